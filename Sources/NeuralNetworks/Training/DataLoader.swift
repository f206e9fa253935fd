import Tensors

/// Examples with their labels.
public struct Dataset: Sendable {
  /// One example for each index of the first axis.
  public var inputs: Tensor
  /// The class of each example.
  public var labels: [Int]
  /// What the classes are called, if anything.
  public var classNames: [String]?

  /// Examples along the first axis of `inputs`, with a label each.
  public init(_ inputs: Tensor, _ labels: [Int], classNames: [String]? = nil) {
    if inputs.rank == 0 || inputs.shape[0] != labels.count {
      stop(
        "Dataset: inputs \(inputs.shape) with \(labels.count) labels: there must be as many labels as examples"
      )
    }
    self.inputs = inputs
    self.labels = labels
    self.classNames = classNames
  }

  /// The number of examples.
  public var count: Int { labels.count }

  /// The examples with the given indices.
  public subscript(_ indices: [Int]) -> Dataset {
    Dataset(inputs.select(rows: indices), indices.map { labels[$0] }, classNames: classNames)
  }

  /// The examples of a range.
  public subscript(_ range: Range<Int>) -> Dataset {
    Dataset(inputs.slice(axis: 0, range), Array(labels[range]), classNames: classNames)
  }

  /// Two parts, chosen at random: the first with `fraction` of the examples.
  public func split(_ fraction: Double) -> (Dataset, Dataset) {
    let order = randomPermutation(count)
    let first = Int((Double(count) * fraction).rounded())
    return (self[Array(order[..<first])], self[Array(order[first...])])
  }
}

/// The examples in batches, in random order where `shuffle` says so: for x, y in loader { … }.
public struct DataLoader: Sequence {
  /// What the batches are taken from.
  public let dataset: Dataset
  /// Examples in a batch.
  public let batchSize: Int
  /// Whether each pass goes through the examples in another order.
  public let shuffle: Bool
  /// Whether a last batch that is not full is left out; no by default.
  public let dropLast: Bool

  /// - Parameters:
  ///   - batchSize: 1 by default.
  ///   - shuffle: no by default.
  ///   - dropLast: no by default.
  public init(_ dataset: Dataset, batchSize: Int = 1, shuffle: Bool = false, dropLast: Bool = false) {
    if batchSize < 1 { stop("DataLoader: a batch size of \(batchSize) makes no sense") }
    self.dataset = dataset
    self.batchSize = batchSize
    self.shuffle = shuffle
    self.dropLast = dropLast
  }

  /// Batches of examples along the first axis of `inputs`, with a label each; the parameters as above.
  public init(
    _ inputs: Tensor, _ labels: [Int], batchSize: Int = 1, shuffle: Bool = false, dropLast: Bool = false
  ) {
    self.init(Dataset(inputs, labels), batchSize: batchSize, shuffle: shuffle, dropLast: dropLast)
  }

  /// The number of batches.
  public var count: Int {
    dropLast ? dataset.count / batchSize : (dataset.count + batchSize - 1) / batchSize
  }

  public func makeIterator() -> AnyIterator<(Tensor, [Int])> {
    let order = shuffle ? randomPermutation(dataset.count) : Array(0..<dataset.count)
    var batch = 0
    return AnyIterator {
      guard batch < count else { return nil }
      let rows = Array(order[batch * batchSize..<Swift.min((batch + 1) * batchSize, order.count)])
      batch += 1
      return (dataset.inputs.select(rows: rows), rows.map { dataset.labels[$0] })
    }
  }
}
