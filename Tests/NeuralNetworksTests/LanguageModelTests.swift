import Figures
import NeuralNetworks
import Tensors
import Testing

@Suite struct LanguageModelTests {
  /// Twenty-eight symbols, each as likely as any other.
  @Test func uniformOver28SymbolsIs28() {
    let symbols = (0..<28).map { "s\($0)" }
    let model = NGramModel(symbols, order: 1)
    #expect(abs(model.perplexity(of: symbols) - 28) < 1e-9)
    #expect(abs(model.logLikelihood(of: ["s0", "s1"]) + 2 * log(28.0)) < 1e-9)
    #expect(abs(perplexity(probabilities: [Double](repeating: 1.0 / 28, count: 5)) - 28) < 1e-9)
  }

  @Test func bigramsOfAbracadabra() {
    let model = NGramModel(characters: "abracadabra", order: 2)
    #expect(model.probability(of: "b", after: ["a"]) == 0.5)
    #expect(model.probability(of: "r", after: ["x"].filter { _ in false } + ["b"]) == 1)
    #expect(model.probability(of: "a") == 5.0 / 11)
    // P(a) P(b | a) P(r | b): the likelihood of a sequence is the product along it.
    #expect(abs(model.likelihood(of: ["a", "b", "r"]) - 5.0 / 11 * 0.5) < 1e-12)
    #expect(model.likelihood(of: ["b", "b"]) == 0)
    #expect(model.perplexity(of: ["b", "b"]) == .infinity)
    #expect(model.mostLikely(1, after: ["a"])[0].word == "b")
  }

  @Test(arguments: [0.0, 0.5]) func probabilitiesAddUp(_ smoothing: Double) {
    let text = withSeed(0) { Corpora.story(sentences: 30) }
    let model = NGramModel(characters: text, order: 3, smoothing: smoothing)
    for context in [[], ["t"], ["t", "h"], ["q", "z"].filter(model.vocabulary.contains), [" ", "t"]] {
      let sum = model.vocabulary.words.reduce(0) { $0 + model.probability(of: $1, after: context) }
      #expect(abs(sum - 1) < 1e-9)
    }
  }

  @Test func moreContextAndMoreTextHelp() {
    let text = withSeed(0) { Corpora.story(sentences: 200) }.map(String.init)
    let perplexities = [1, 2, 3, 5].map { NGramModel(text, order: $0).perplexity(of: text) }
    #expect(perplexities == perplexities.sorted(by: >))
    #expect(perplexities[0] > 10 && perplexities[3] < 2)
    let bigram = NGramModel(text, order: 2)
    let drawn = withSeed(1) { bigram.generate(200, after: ["t"]) }
    #expect(drawn.count == 201 && drawn == withSeed(1) { bigram.generate(200, after: ["t"]) })
    #expect(bigram.perplexity(of: drawn) < 20)
  }

  @Test(arguments: RecurrentCellKind.allCases) func recurrentModelsWrite(_ cell: RecurrentCellKind) {
    withSeed(0) {
      let text = Corpora.story(sentences: 60)
      let model = RecurrentLanguageModel(of: text, cell: cell, hiddenSize: 64)
      #expect(abs(model.perplexity(of: text) - Double(model.vocabulary.count)) < 8)
      let history = model.fit(text, steps: 150, learningRate: 0.01)
      #expect(history.count == 150 && history.last < history.losses[0] / 3)
      #expect(model.perplexity(of: text) < 2)
      let written = model.write(40, after: "the ")
      #expect(written.count == 44 && written.hasPrefix("the "))
      // Greedy writing is the likeliest next character of all that was written, whether its state was kept or not.
      let all = model.vocabulary.encode(characters: String(written.dropLast())).map { Float($0) }
      let again = noGradient { model(Tensor(all, shape: [all.count, 1]))[-1, 0].argmax() }
      #expect(model.vocabulary.words[again] == String(written.last!))
      let sampled = withSeed(5) { model.write(40, after: "the ", sampling: .temperature(2)) }
      #expect(sampled != written)
    }
  }

  @Test func modelsOfWords() {
    withSeed(0) {
      let text = Corpora.story(sentences: 60)
      let model = RecurrentLanguageModel(of: text, by: .words, hiddenSize: 32)
      model.fit(text, steps: 60, length: 12, learningRate: 0.02)
      #expect(model.write(3, after: "my sister").split(separator: " ").count == 5)
      #expect(model.perplexity(of: text) < 8)
    }
  }

  /// .9¹⁰⁰ and 1.1¹⁰⁰: what is left of a gradient after a hundred steps.
  @Test func gradientsVanishAndExplode() {
    let vanishing = gradientNorms(steps: 100, from: [1]) { _, h in h * 0.9 }
    #expect(vanishing.count == 101 && vanishing[100] == 1)
    #expect(abs(vanishing[0] / 2.656e-5 - 1) < 1e-3)
    #expect(abs(vanishing[99] - 0.9) < 1e-6)
    let exploding = gradientNorms(steps: 100, from: [1]) { _, h in h * 1.1 }
    #expect(abs(exploding[0] / 13_780.6 - 1) < 1e-3)
  }

  /// Through tanh and small weights a network forgets; one whose gate stays open does not.
  @Test func gatesKeepTheGradient() {
    withSeed(0) {
      let x = Tensor.normal(60, 1, 4)
      let plain = RNNCell(4, 16)
      let forgetful = gradientNorms(steps: 60, from: Tensor.zeros(1, 16)) { t, h in plain(x[t - 1], h) }
      let gated = GRUCell(4, 16)
      // PyTorch's z: the part of the old state that is kept; a large bias keeps it open.
      let bias = gated.namedParameters.first { $0.name == "bias_ih" }!.parameter
      bias.value = Tensor(
        [Float](repeating: 0, count: 16) + [Float](repeating: 5, count: 16) + [Float](repeating: 0, count: 16)
      )
      let keeping = gradientNorms(steps: 60, from: Tensor.zeros(1, 16)) { t, h in gated(x[t - 1], h) }
      #expect(forgetful[0] < 1e-6 * forgetful[60])
      #expect(keeping[0] > 0.1 * keeping[60])
    }
  }

  @Test func clippingKeepsTheDirection() {
    let p = Parameter([0, 0])
    p.gradient = [3, 4]
    #expect(abs(clipGradientNorm([p], maximum: 1) - 5) < 1e-5)
    #expect(p.gradient!.isClose(to: [0.6, 0.8], absolute: 1e-5))
    p.gradient = [0.3, -0.4]
    clipGradientNorm([p], maximum: 1)
    #expect(p.gradient! == [0.3, -0.4])
    p.gradient = [3, -4]
    clipGradientValue([p], maximum: 1)
    #expect(p.gradient! == [1, -1])
  }

  /// Keys of 64 numbers, scores 112 and 96: over √64 the softmax gives .8808 and .1192.
  @Test func selfAttentionInSixSteps() {
    let queries = Tensor.ones(2, 64)
    let keys = stack([Tensor.full([64], 1.75), Tensor.full([64], 1.5)])
    let steps = SelfAttentionSteps(
      queries: queries, keys: keys, values: [[1, 0], [0, 1]], words: ["a", "b"])
    #expect(steps.scores[0] == [112, 96])
    #expect(steps.scaledScores[0] == [14, 12])
    #expect(steps.weights[0].isClose(to: [0.8808, 0.1192], absolute: 1e-4))
    #expect(steps.weightedValues.shape == [2, 2, 2])
    #expect(steps.output[0].isClose(to: [0.8808, 0.1192], absolute: 1e-4))
    #expect(steps.steps.map(\.name).count == 6)
    #expect(steps.table(for: 0).output.rows.count == 3)
    // All at once it is the same.
    let x = withSeed(0) { Tensor.normal(3, 4) }
    let (q, k, v) = withSeed(1) { (Tensor.normal(4, 5), Tensor.normal(4, 5), Tensor.normal(4, 2)) }
    let whole = scaledDotProductAttention(matmul(x, q), matmul(x, k), matmul(x, v)).output
    #expect(
      SelfAttentionSteps(x, queryWeight: q, keyWeight: k, valueWeight: v).output.isClose(
        to: whole, relative: 1e-4))
  }

  @Test func theProbabilityOfAChoice() {
    let logits = Tensor([0, log(3.0), -50])
    #expect(Sampling.greedy.choose(logits) == 1)
    let drawn = withSeed(0) { (0..<4000).map { _ in Sampling.temperature(1).choose(logits) } }
    #expect(abs(Double(drawn.count { $0 == 1 }) / 4000 - 0.75) < 0.03)
    let cold = withSeed(0) { (0..<100).map { _ in Sampling.temperature(0.1).choose(logits) } }
    #expect(cold.allSatisfy { $0 == 1 })
    let two = withSeed(0) { (0..<500).map { _ in Sampling.topK(2, temperature: 100).choose([0, 1, 0.5]) } }
    #expect(Set(two) == [1, 2])
  }

  /// Greedy goes to 0.6 · 0.5; the beam finds 0.4 · 1.
  @Test func theBeamLooksAhead() {
    let table: [[Int]: [Float]] = [
      [0]: [0, 0.6, 0.4], [0, 1]: [0.5, 0.25, 0.25], [0, 2]: [0.01, 0.01, 0.98],
    ]
    let next: ([Int]) -> Tensor = { log(Tensor(table[$0]!) + 1e-9) }
    #expect(generate([0], count: 2, next: next) == [0, 1, 0])
    let best = beamSearch([0], width: 2, count: 2, next: next)
    #expect(best[0].sequence == [0, 2, 2])
    #expect(abs(best[0].score - log(0.4 * 0.98) / pow(2, 0.75)) < 1e-4)
  }
}
