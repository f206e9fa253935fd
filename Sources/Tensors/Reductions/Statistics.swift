extension Tensor {
  /// The variance of all elements, or along an axis: Σ (x − mean)² / (n − 1), or / n when not `unbiased`.
  public func variance(axis: Int? = nil, unbiased: Bool = true, keepingDimensions: Bool = false) -> Tensor {
    guard let axis else { return reshape([count]).variance(axis: 0, unbiased: unbiased) }
    let n = size(axis)
    let deviation = self - mean(axis: axis, keepingDimensions: true)
    return square(deviation).sum(axis: axis, keepingDimensions: keepingDimensions)
      / Float(unbiased ? n - 1 : n)
  }

  /// The standard deviation, the square root of the variance.
  public func standardDeviation(axis: Int? = nil, unbiased: Bool = true, keepingDimensions: Bool = false)
    -> Tensor
  {
    sqrt(variance(axis: axis, unbiased: unbiased, keepingDimensions: keepingDimensions))
  }

  /// The length of the tensor as a vector: (Σ |x|^p)^(1/p), √Σx² by default.
  ///
  ///     Tensor([3, 4]).norm()   // tensor(5.)
  public func norm(_ p: Float = 2, axis: Int? = nil, keepingDimensions: Bool = false) -> Tensor {
    let powers = p == 2 ? square(self) : p == 1 ? abs(self) : pow(abs(self), p)
    let total = axis.map { powers.sum(axis: $0, keepingDimensions: keepingDimensions) } ?? powers.sum()
    return p == 2 ? sqrt(total) : p == 1 ? total : pow(total, 1 / p)
  }
}
