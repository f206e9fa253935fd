import Tensors

/// Waves that tell positions apart (Vaswani et al. 2017, section 3.5): in dimension 2i sin(p / 10000^(2i /
/// size)), in 2i + 1 the cosine of the same; [length, size], dimensions counted from 0.
public func positionalEncoding(length: Int, size: Int) -> Tensor {
  Tensor(shape: [length, size]) { y in
    for p in 0..<length {
      for j in 0..<size {
        let angle = Double(p) / pow(10000, Double(j / 2 * 2) / Double(size))
        y[p * size + j] = Float(j % 2 == 0 ? sin(angle) : cos(angle))
      }
    }
  }
}

/// Adds the positions' waves to sequences [N, L, size] or [L, size], then dropout (0.1 by default).
public final class PositionalEncoding: Module {
  private let table: Tensor
  private let dropout: Dropout

  /// - Parameter length: the longest sequence, 1000 by default.
  public init(_ size: Int, length: Int = 1000, dropout: Float = 0.1) {
    table = positionalEncoding(length: length, size: size)
    self.dropout = Dropout(dropout)
  }

  public func forward(_ x: Tensor) -> Tensor {
    if x.rank < 2 || x.shape[x.rank - 1] != table.shape[1] || x.shape[x.rank - 2] > table.shape[0] {
      stop(
        "PositionalEncoding: \(x.shape): a sequence needs the axes [N, L ≤ \(table.shape[0]), \(table.shape[1])]"
      )
    }
    return dropout.forward(x + table[0..<x.shape[x.rank - 2]])
  }
}
