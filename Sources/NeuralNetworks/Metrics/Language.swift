import Tensors

/// e to the mean cross-entropy: how many words a model is as unsure among as if all were alike.
///
///     perplexity(crossEntropy: Float.log(28))   // 28 for a uniform guess among 28 symbols
public func perplexity(crossEntropy: Double) -> Double { exp(crossEntropy) }

/// The perplexity of a text whose words a model gave these probabilities: (Π 1/p)^(1/n).
public func perplexity(probabilities: [Double]) -> Double {
  if probabilities.isEmpty { stop("perplexity: there are no probabilities") }
  return exp(-probabilities.reduce(0) { $0 + log($1) } / Double(probabilities.count))
}

/// The BLEU score of a translation (Papineni et al. 2002): exp(min(0, 1 − reference length / length)) times
/// the geometric mean of the precisions of n-grams up to `maximum`, 4 by default, each n-gram counting as often as the
/// reference has it.
///
///     bleu(["the", "cat", "sat", "down"], ["the", "cat", "sat", "down"])   // 1
public func bleu<Word: Hashable>(_ candidate: [Word], _ reference: [Word], maximum: Int = 4) -> Double {
  bleu([candidate], [reference], maximum: maximum)
}

/// The BLEU score of a whole corpus: matches and lengths are added up over all sentences before the precisions are
/// taken, so that short sentences without a common run of four words do not count as failures.
public func bleu<Word: Hashable>(_ candidates: [[Word]], _ references: [[Word]], maximum: Int = 4) -> Double {
  if candidates.count != references.count {
    stop("bleu: \(candidates.count) translations for \(references.count) references: each needs one")
  }
  if maximum < 1 { stop("bleu: runs of up to \(maximum) words: at least single words must count") }
  let (length, goal) = (candidates.reduce(0) { $0 + $1.count }, references.reduce(0) { $0 + $1.count })
  if length == 0 { return 0 }
  var logPrecision = 0.0
  for n in 1...maximum {
    var (total, matches) = (0, 0)
    for (candidate, reference) in zip(candidates, references) {
      let (ours, theirs) = (ngrams(candidate, n), ngrams(reference, n))
      total += ours.values.reduce(0, +)
      matches += ours.reduce(0) { $0 + min($1.value, theirs[$1.key] ?? 0) }
    }
    if total == 0 || matches == 0 { return 0 }
    logPrecision += log(Double(matches) / Double(total)) / Double(maximum)
  }
  return exp(min(0, 1 - Double(goal) / Double(length)) + logPrecision)
}

/// How often each run of `n` words comes.
public func ngrams<Word: Hashable>(_ words: [Word], _ n: Int) -> [[Word]: Int] {
  if words.count < n || n < 1 { return [:] }
  return (0...words.count - n).reduce(into: [:]) { $0[Array(words[$1..<$1 + n]), default: 0] += 1 }
}
