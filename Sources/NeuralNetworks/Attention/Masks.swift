import Tensors

/// What each position may look at when it may not look ahead: 0 on and below the diagonal, −∞ above; [length,
/// length].
public func causalMask(_ length: Int) -> Tensor { causalMask(length, length) }

/// The same for queries and keys of different numbers, [queries, keys].
func causalMask(_ queries: Int, _ keys: Int) -> Tensor {
  Tensor(shape: [queries, keys]) { y in
    for i in 0..<queries { for j in 0..<keys { y[i * keys + j] = j > i ? -.infinity : 0 } }
  }
}

/// For each sequence 0 at its own positions and −∞ beyond its length: [N, 1, count], to be added to scores.
public func paddingMask(lengths: [Int], count: Int) -> Tensor {
  for length in lengths where length < 0 || length > count {
    stop("paddingMask: a length of \(length) does not fit sequences of \(count)")
  }
  return Tensor(shape: [lengths.count, 1, count]) { y in
    for (i, length) in lengths.enumerated() {
      for j in 0..<count { y[i * count + j] = j < length ? 0 : -.infinity }
    }
  }
}

/// Softmax over the last axis of scores [N, queries, keys], of each sequence only over its first keys.
public func maskedSoftmax(_ scores: Tensor, lengths: [Int]?) -> Tensor {
  guard let lengths else { return softmax(scores) }
  if scores.rank != 3 || scores.shape[0] != lengths.count {
    stop(
      "maskedSoftmax: scores \(scores.shape) with \(lengths.count) lengths: scores need the axes [lengths, queries, keys]"
    )
  }
  return softmax(scores + paddingMask(lengths: lengths, count: scores.shape[2]))
}

/// Checks shapes that all kinds of attention share.
func checkAttention(_ name: String, _ query: Tensor, _ key: Tensor, _ value: Tensor) {
  let shapes = "\(name): query \(query.shape), key \(key.shape), value \(value.shape)"
  if query.rank < 2 || key.rank < 2 || value.rank < 2 {
    stop("\(shapes): each needs at least the axes [length, size]")
  }
  if key.shape[key.rank - 2] != value.shape[value.rank - 2] {
    stop(
      "\(shapes): each key needs a value, but there are \(key.shape[key.rank - 2]) and \(value.shape[value.rank - 2])"
    )
  }
}
