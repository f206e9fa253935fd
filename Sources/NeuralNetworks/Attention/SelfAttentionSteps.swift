public import CellOutputs
import Figures
import Tensors

/// Self-attention in six steps, each with its result: what `scaledDotProductAttention` does at once.
///
///     let steps = SelfAttentionSteps(x, queryWeight: wq, keyWeight: wk, valueWeight: wv)
///     steps.scores          // q · k, every query with every key
///     steps.weights         // softmax(scores / √d)
///     steps                 // shown with all six steps
public struct SelfAttentionSteps: CellDisplayable, CustomStringConvertible, Sendable {
  /// 1. Each word's query q = x W_q, key k = x W_k and value v = x W_v: [L, d], [L, d], [L, e].
  public let queries: Tensor, keys: Tensor, values: Tensor
  /// 2. The scores Q Kᵀ: how well each query fits each key, [L, L].
  public let scores: Tensor
  /// 3. The scores divided by √d, so that their size does not grow with d.
  public let scaledScores: Tensor
  /// 4. Softmax of each row: weights that add up to 1.
  public let weights: Tensor
  /// 5. The values, each times its weight, [L, L, e]: row i holds what word i takes from every word.
  public let weightedValues: Tensor
  /// 6. Their sum over the words: the output [L, e].
  public let output: Tensor
  /// What each row stands for.
  public let words: [String]

  /// - Parameters:
  ///   - x: the words' vectors [L, n].
  ///   - queryWeight: W_q [n, d], as the formula has it: queries are x W_q.
  ///   - keyWeight: W_k [n, d].
  ///   - valueWeight: W_v [n, e].
  ///   - words: what the rows are called; 1, 2, … by default.
  public init(
    _ x: Tensor, queryWeight: Tensor, keyWeight: Tensor, valueWeight: Tensor, words: [String]? = nil
  ) {
    if x.rank != 2 { stop("SelfAttentionSteps: \(x.shape): the words' vectors need the shape [words, size]") }
    self.init(
      queries: matmul(x, queryWeight), keys: matmul(x, keyWeight), values: matmul(x, valueWeight),
      words: words)
  }

  /// From queries [L, d], keys [L, d] and values [L, e] that are there already.
  public init(queries: Tensor, keys: Tensor, values: Tensor, words: [String]? = nil) {
    checkAttention("SelfAttentionSteps", queries, keys, values)
    let size = keys.size(-1)
    self.queries = queries
    self.keys = keys
    self.values = values
    scores = matmul(queries, keys.transposed)
    scaledScores = scores / Float(size).squareRoot()
    weights = softmax(scaledScores)
    weightedValues = weights.unsqueeze(axis: -1) * values
    output = weightedValues.sum(axis: 1)
    self.words = words ?? (1...max(queries.shape[0], 1)).map(String.init)
    if self.words.count != queries.shape[0] || keys.shape[0] != queries.shape[0] {
      stop(
        "SelfAttentionSteps: queries \(queries.shape), keys \(keys.shape) and \(self.words.count) words: each word needs one of each"
      )
    }
  }

  /// The six steps with their names and results, in their order. The first has three results.
  public var steps: [(name: String, results: [(name: String, tensor: Tensor)])] {
    let root = "√\(keys.size(-1))"
    return [
      ("1. queries, keys, values", [("Q = x W_q", queries), ("K = x W_k", keys), ("V = x W_v", values)]),
      ("2. scores", [("Q Kᵀ", scores)]), ("3. scale", [("Q Kᵀ / \(root)", scaledScores)]),
      ("4. softmax", [("A = softmax(Q Kᵀ / \(root))", weights)]),
      ("5. weigh the values", [("Aᵢⱼ vⱼ", weightedValues)]), ("6. add up", [("A V", output)]),
    ]
  }

  /// For one word all six steps as a table: a row for each word that it looks at, and a last one for the sum.
  public func table(for word: Int, decimals: Int = 4) -> Table {
    if !words.indices.contains(word) {
      stop("SelfAttentionSteps: word \(word) is not among the \(words.count), counted from 0")
    }
    func numbers(_ x: Tensor) -> String {
      x.scalars.map { decimal(Double($0), decimals) }.joined(separator: " ")
    }
    let rows = words.indices.map { other -> [any TableCell] in
      [
        words[other], scores[word, other].item, scaledScores[word, other].item, weights[word, other].item,
        numbers(values[other]), numbers(weightedValues[word, other]),
      ]
    }
    return Figures.table(
      ["\(words[word]) looks at", "score q·k", "÷ √d", "softmax", "value v", "weight · v"],
      rows + [["sum", "", "", weights[word].sum().item, "", numbers(output[word])]], decimals: decimals,
      rowHeaders: true)
  }

  public var cellOutput: CellOutput { .text(TextOutput(stream: .value, text: description)) }

  /// All six steps, each tensor under its formula.
  public var description: String {
    steps.map { name, results in
      ([name] + results.map { "\($0.name)\n\($0.tensor)" }).joined(separator: "\n")
    }.joined(separator: "\n\n")
  }
}
