extension TensorOutput {
  /// What `print` shows: `tensor([1., 2.], shape: [2])`.
  public var plainText: String {
    let indented = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .map { $0.offset == 0 || $0.element.isEmpty ? String($0.element) : "       " + $0.element }
      .joined(separator: "\n")
    return shape.isEmpty ? "tensor(\(indented))" : "tensor(\(indented), shape: \(shape))"
  }

  /// "A tensor of shape 2 × 3 with values from 1 to 6."
  public var altText: String {
    let finite = values.compactMap { $0 }
    guard let low = finite.min(), let high = finite.max() else {
      return "A tensor of shape \(shapeText) without finite values."
    }
    if shape.isEmpty { return "The number \(spoken(Double(low)))." }
    let part = shown == nil ? "" : " where shown"
    return
      "A tensor of shape \(shapeText) with values from \(spoken(Double(low))) to \(spoken(Double(high)))\(part)."
  }

  private var shapeText: String { shape.map(String.init).joined(separator: " × ") }
}
