public import CellOutputs
public import Tensors

/// Numbers whose rows and columns have names, on colours.
public struct Matrix: CellDisplayable, CustomStringConvertible, Sendable {
  public var output: MatrixOutput
  public init(output: MatrixOutput) { self.output = output }
  public var cellOutput: CellOutput { .matrix(output) }
  public var description: String { output.plainText }
}

/// A matrix [rows, columns] as a heat map, or several [n, rows, columns] side by side on one scale of colours.
///
/// Up to twelve rows and columns are a table with its numbers; more are a picture.
///
///     heatMap(model.weight, columns: ["x", "y", "z"], columnLabel: "input")
///
/// - Parameters:
///   - rows: the names of the rows; their numbers by default.
///   - panels: the names of several matrices.
///   - range: the values of the ends of the scale; by default the smallest and largest, centred on zero where
///     there are values of both signs.
public func heatMap(
  _ x: Tensor, rows: [String]? = nil, columns: [String]? = nil, panels: [String]? = nil,
  rowLabel: String? = nil, columnLabel: String? = nil, title: String? = nil, decimals: Int = 2,
  range: ClosedRange<Float>? = nil
) -> Matrix {
  matrix("heatMap", x, .values, rows, columns, panels, rowLabel, columnLabel, title, decimals, range)
}

/// The weights of an attention: a row for each query, a column for each key; of several heads [heads, queries,
/// keys] side by side. All are on the scale from 0 to 1.
///
///     attentionMap(attention.weights, queries: ["I", "am", "here"], keys: ["ich", "bin", "hier"])
///
/// - Parameters:
///   - weights: [queries, keys], [heads, queries, keys], or the first of a batch [batch, heads, queries, keys].
///   - queries: the words that look; their numbers by default.
///   - keys: the words that are looked at; the queries' where there are as many.
public func attentionMap(
  _ weights: Tensor, queries: [String]? = nil, keys: [String]? = nil, heads: [String]? = nil,
  title: String? = nil, decimals: Int = 2
) -> Matrix {
  let x = weights.rank == 4 && weights.shape[0] > 0 ? weights.detached[0] : weights
  let keys = keys ?? (x.rank >= 2 && queries?.count == x.shape[x.rank - 1] ? queries : nil)
  let names = heads ?? (x.rank == 3 && x.shape[0] > 1 ? (1...x.shape[0]).map { "head \($0)" } : nil)
  return matrix(
    "attentionMap", x, .weights, queries, keys, names, "query", "key", title, decimals, 0...1)
}

/// How often each class was taken for each other: a row for each true class, a column for each predicted one.
public func confusionMatrix(_ counts: [[Int]], classNames: [String]? = nil, title: String? = nil) -> Matrix {
  let x = Tensor(counts.flatMap { $0.map(Float.init) }, shape: [counts.count, counts.first?.count ?? 0])
  return matrix(
    "confusionMatrix", x, .counts, classNames, classNames, nil, "true", "predicted", title, 0, nil)
}

private func matrix(
  _ function: String, _ x: Tensor, _ meaning: MatrixOutput.Meaning, _ rows: [String]?, _ columns: [String]?,
  _ panels: [String]?, _ rowLabel: String?, _ columnLabel: String?, _ title: String?, _ decimals: Int,
  _ range: ClosedRange<Float>?
) -> Matrix {
  if x.rank != 2 && x.rank != 3 {
    stop("\(function): \(x.shape): a matrix has the axes [rows, columns], several have [n, rows, columns]")
  }
  let images = x.rank == 2 ? x.detached.unsqueeze(axis: 0) : x.detached
  let (height, width) = (images.shape[1], images.shape[2])
  for (names, count, what) in [
    (rows, height, "rows"), (columns, width, "columns"), (panels, images.shape[0], "panels"),
  ] {
    if let names, names.count != count {
      stop("\(function): \(names.count) names were given for the \(count) \(what) of \(x.shape)")
    }
  }
  let scale = ValueScale(images.scalars, range: range)
  return Matrix(
    output: MatrixOutput(
      title: title, meaning: meaning, rowLabel: rowLabel, columnLabel: columnLabel,
      rows: rows ?? (0..<height).map(String.init), columns: columns ?? (0..<width).map(String.init),
      panels: (0..<images.shape[0]).map {
        MatrixOutput.Panel(name: panels?[$0] ?? "", values: images[$0].scalars.map(scale.rounded))
      }, decimals: max(0, decimals), scale: scale.kind, low: scale.low, high: scale.high))
}
