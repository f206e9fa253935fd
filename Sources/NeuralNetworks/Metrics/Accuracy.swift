public import CellOutputs
public import Figures
import Tensors

/// The share of examples whose largest logit [N, classes] is at their label.
public func accuracy(_ logits: Tensor, _ labels: [Int]) -> Double {
  if labels.isEmpty { stop("accuracy: the batch is empty") }
  return Double(correctCount(logits, labels)) / Double(labels.count)
}

func correctCount(_ logits: Tensor, _ labels: [Int]) -> Int {
  if logits.rank != 2 || logits.shape[0] != labels.count {
    stop(
      "accuracy: logits \(logits.shape) with \(labels.count) labels: logits need the axes [labels, classes]")
  }
  return zip(logits.argmax(axis: 1).integers, labels).count { $0 == $1 }
}

/// How often each class was taken for each other: a row for each true class, a column for each predicted one.
public struct ConfusionMatrix: CellDisplayable, CustomStringConvertible, Sendable {
  /// `counts[true][predicted]`.
  public private(set) var counts: [[Int]]
  /// What the classes are called.
  public let classNames: [String]

  /// - Parameter classes: the number of classes, or their names.
  public init(classes: Int) { self.init(classNames: (0..<classes).map(String.init)) }

  /// A matrix of zeros for classes of these names.
  public init(classNames: [String]) {
    self.classNames = classNames
    counts = classNames.map { _ in [Int](repeating: 0, count: classNames.count) }
  }

  /// Counts what a model puts out [N, classes] against the true labels.
  public mutating func add(_ logits: Tensor, _ labels: [Int]) {
    add(predicted: logits.argmax(axis: 1).integers, labels)
  }

  /// Counts predicted classes against the true labels.
  public mutating func add(predicted: [Int], _ labels: [Int]) {
    if predicted.count != labels.count {
      stop("ConfusionMatrix: \(predicted.count) predictions for \(labels.count) labels")
    }
    for (p, l) in zip(predicted, labels) {
      if !counts.indices.contains(p) || !counts.indices.contains(l) {
        stop("ConfusionMatrix: class \(max(p, l)) is not among the \(counts.count) classes")
      }
      counts[l][p] += 1
    }
  }

  /// The share on the diagonal.
  public var accuracy: Double {
    let total = counts.reduce(0) { $0 + $1.reduce(0, +) }
    return total == 0 ? 0 : Double(counts.indices.reduce(0) { $0 + counts[$1][$1] }) / Double(total)
  }

  /// A row for each true class, a column for each predicted one.
  public var table: Table {
    Figures.table(
      ["true \\ predicted"] + classNames,
      zip(classNames, counts).map { name, row in [name] + row.map { $0 as any TableCell } }, rowHeaders: true)
  }

  /// The counts on colours, with what was recognised and what was mistaken most.
  public var figure: Matrix { Figures.confusionMatrix(counts, classNames: classNames) }

  public var cellOutput: CellOutput { figure.cellOutput }
  public var description: String { table.description }
}
