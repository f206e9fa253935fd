import Tensors

/// How the next word is chosen from logits.
public enum Sampling: Sendable {
  /// The likeliest.
  case greedy
  /// At random by softmax(logits / temperature): below 1 bolder for the likely, above 1 more adventurous.
  case temperature(Float)
  /// At random among the k likeliest.
  case topK(Int, temperature: Float = 1)

  /// The number of the next word for logits [classes].
  public func choose(_ logits: Tensor) -> Int {
    if logits.rank != 1 || logits.count == 0 {
      stop("Sampling: logits \(logits.shape): a vector of logits is needed")
    }
    switch self {
    case .greedy: return logits.argmax()
    case .temperature(let temperature): return Sampling.draw(logits.detached, temperature)
    case .topK(let k, let temperature):
      let (values, indices) = logits.detached.topK(min(k, logits.count))
      return indices.integers[Sampling.draw(values, temperature)]
    }
  }

  private static func draw(_ logits: Tensor, _ temperature: Float) -> Int {
    if !(temperature > 0) {
      stop("Sampling: a temperature of \(temperature) is not above 0; use .greedy instead")
    }
    let probabilities = softmax(logits / temperature).scalars
    var rest = Tensor.random(1).item
    for (i, p) in probabilities.enumerated() {
      rest -= p
      if rest < 0 { return i }
    }
    return probabilities.lastIndex { $0 > 0 } ?? 0
  }
}

/// Continues a sequence word by word.
///
/// - Parameters:
///   - prompt: the numbers it begins with.
///   - count: how many are added at the most.
///   - end: the number after which it ends, if any.
///   - next: the logits [classes] of what comes after a sequence.
/// - Returns: the prompt and what was added.
public func generate(
  _ prompt: [Int], count: Int, sampling: Sampling = .greedy, end: Int? = nil, next: ([Int]) -> Tensor
) -> [Int] {
  var sequence = prompt
  noGradient {
    for _ in 0..<count {
      let word = sampling.choose(next(sequence))
      sequence.append(word)
      if word == end { break }
    }
  }
  return sequence
}

/// Looks for the likeliest continuation by keeping the best few at every step.
///
/// - Parameters:
///   - width: how many are kept.
///   - lengthPenalty: a finished sequence's log-probability is divided by its length to this power; 0.75 by
///     default.
///   - next: the logits [classes] of what comes after a sequence.
/// - Returns: the sequences that were kept, the best first, with their scores.
public func beamSearch(
  _ prompt: [Int], width: Int, count: Int, end: Int? = nil, lengthPenalty: Double = 0.75,
  next: ([Int]) -> Tensor
) -> [(sequence: [Int], score: Double)] {
  if width < 1 { stop("beamSearch: a width of \(width) keeps nothing") }
  var beams: [(sequence: [Int], total: Double)] = [(prompt, 0)]
  var finished: [(sequence: [Int], total: Double)] = []
  noGradient {
    for _ in 0..<count where !beams.isEmpty {
      var candidates: [(sequence: [Int], total: Double)] = []
      for beam in beams {
        let logits = next(beam.sequence)
        let (values, indices) = logSoftmax(logits).topK(min(width, logits.count))
        for (value, index) in zip(values.scalars, indices.integers) {
          candidates.append((beam.sequence + [index], beam.total + Double(value)))
        }
      }
      candidates.sort { $0.total > $1.total }
      let best = candidates.prefix(width)
      finished += best.filter { $0.sequence.last == end }
      beams = best.filter { $0.sequence.last != end }
    }
  }
  return (finished + beams).map { beam in
    let length = Double(max(beam.sequence.count - prompt.count, 1))
    return (sequence: beam.sequence, score: beam.total / pow(length, lengthPenalty))
  }.sorted { $0.score > $1.score }.prefix(width).map { $0 }
}
