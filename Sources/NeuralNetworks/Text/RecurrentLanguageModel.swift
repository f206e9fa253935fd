import Tensors

/// What a text is cut into.
public enum TextUnit: String, Sendable {
  case characters
  /// Parted by spaces.
  case words

  /// The pieces of a text.
  public func split(_ text: String) -> [String] {
    self == .characters ? text.map(String.init) : text.split(separator: " ").map(String.init)
  }

  /// The text that pieces make.
  public func join(_ pieces: [String]) -> String { pieces.joined(separator: self == .characters ? "" : " ") }
}

/// Which recurrent network a model is made of.
public enum RecurrentCellKind: String, Sendable, CaseIterable {
  case rnn, gru, lstm
}

/// A recurrent language model (Mikolov et al. 2010): reads a text piece by piece and says after each what may come next.
///
///     let model = RecurrentLanguageModel(of: text)
///     model.fit(text, steps: 300)
///     model.write(80, after: "the ", sampling: .temperature(0.7))
public final class RecurrentLanguageModel: Module {
  /// All pieces that there are.
  public let vocabulary: Vocabulary
  /// Whether it reads characters or words.
  public let unit: TextUnit
  private let embedding: Embedding
  private let network: RecurrentNetwork
  private let output: Linear

  /// - Parameters:
  ///   - text: gives the vocabulary.
  ///   - unit: characters by default.
  ///   - cell: a GRU by default.
  ///   - embeddingSize: the size of a piece's vector, 32 by default.
  ///   - hiddenSize: the size of the state, 128 by default.
  ///   - layers: 1 by default.
  public init(
    of text: String, by unit: TextUnit = .characters, cell: RecurrentCellKind = .gru, embeddingSize: Int = 32,
    hiddenSize: Int = 128, layers: Int = 1
  ) {
    vocabulary = unit == .characters ? Vocabulary(characters: text) : Vocabulary(unit.split(text))
    self.unit = unit
    embedding = Embedding(vocabulary.count, embeddingSize)
    network =
      switch cell {
      case .rnn: RNN(embeddingSize, hiddenSize, layers: layers)
      case .gru: GRU(embeddingSize, hiddenSize, layers: layers)
      case .lstm: LSTM(embeddingSize, hiddenSize, layers: layers)
      }
    output = Linear(hiddenSize, vocabulary.count)
  }

  /// The logits of the next piece after each: numbers [T, N] → [T, N, pieces].
  public func forward(_ x: Tensor) -> Tensor { output(network.forward(embedding(x))) }

  /// Trains with Adam to foretell each piece of random stretches of a text from those before it (backpropagation
  /// through time, cut off at the stretch's beginning).
  ///
  /// - Parameters:
  ///   - steps: how many batches, 300 by default.
  ///   - batchSize: stretches in a batch, 32 by default.
  ///   - length: pieces in a stretch, 40 by default.
  ///   - learningRate: 0.005 by default.
  ///   - gradientLimit: longer gradients are shortened to this; 1 by default.
  ///   - report: told of every tenth part of the way; prints nothing by default.
  /// - Returns: the loss of each step, in nats a piece.
  @discardableResult
  public func fit(
    _ text: String, steps: Int = 300, batchSize: Int = 32, length: Int = 40, learningRate: Float = 0.005,
    gradientLimit: Float = 1, report: (String) -> Void = { _ in }
  ) -> History {
    let numbers = vocabulary.encode(unit.split(text))
    if length < 1 || batchSize < 1 || numbers.count <= length {
      stop(
        "RecurrentLanguageModel: \(batchSize) stretches of \(length) from a text of \(numbers.count) \(unit): the text must be longer than a stretch"
      )
    }
    let optimizer = Adam(parameters, learningRate: learningRate)
    var history = History(by: "step")
    train()
    for step in stride(from: 1, through: steps, by: 1) {
      let starts = randomIntegers(below: numbers.count - length, count: batchSize)
      let x = (0..<length).flatMap { t in starts.map { Float(numbers[$0 + t]) } }
      let labels = (0..<length).flatMap { t in starts.map { numbers[$0 + t + 1] } }
      let logits = forward(Tensor(x, shape: [length, batchSize]))
      let loss = crossEntropy(logits.reshape(-1, vocabulary.count), labels)
      optimizer.zeroGradients()
      loss.backward()
      clipGradientNorm(optimizer.parameters, maximum: gradientLimit)
      optimizer.step()
      history.append(loss: loss.item)
      if step % max(steps / 10, 1) == 0 { report("step \(step)/\(steps): loss \(decimal(history.last, 4))") }
    }
    eval()
    return history
  }

  /// e to the mean cross-entropy of the pieces of a text after its first.
  public func perplexity(of text: String) -> Double {
    let numbers = vocabulary.encode(unit.split(text))
    if numbers.count < 2 {
      stop("perplexity: the text has \(numbers.count) \(unit); at least two are needed")
    }
    return noGradient {
      let logits = forward(Tensor(numbers.dropLast().map { Float($0) }, shape: [numbers.count - 1, 1]))
      let loss = crossEntropy(logits.squeeze(axis: 1), Array(numbers.dropFirst()))
      return NeuralNetworks.perplexity(crossEntropy: Double(loss.item))
    }
  }

  /// Goes on from a beginning.
  ///
  /// - Parameters:
  ///   - count: how many pieces are added.
  ///   - beginning: what it begins with; one piece at least.
  ///   - sampling: how each next piece is chosen: the likeliest one by default.
  /// - Returns: the beginning and what was added.
  public func write(_ count: Int, after beginning: String, sampling: Sampling = .greedy) -> String {
    var numbers = vocabulary.encode(unit.split(beginning))
    if numbers.isEmpty { stop("write: the beginning is empty; give at least one of the \(unit)") }
    noGradient {
      // The state after what was read goes on to the next step: nothing is read twice.
      var (hidden, cell): (Tensor?, Tensor?) = (nil, nil)
      var unread = numbers[...]
      for _ in 0..<count {
        let x = embedding(Array(unread)).unsqueeze(axis: 1)
        let result = network.run(x, hidden, cell)
        (hidden, cell) = (result.hidden, result.cell)
        numbers.append(sampling.choose(output(result.output[-1, 0])))
        unread = numbers.suffix(1)
      }
    }
    return unit.join(vocabulary.decode(numbers))
  }
}
