extension TensorOutput: OutputContent {
  public static let kind = "tensor"

  /// What `print` shows: `tensor([1., 2.], shape: [2])`.
  public var plainText: String {
    let indented = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .map { $0.offset == 0 || $0.element.isEmpty ? String($0.element) : "       " + $0.element }
      .joined(separator: "\n")
    return shape.isEmpty ? "tensor(\(indented))" : "tensor(\(indented), shape: \(shape))"
  }

  /// "A tensor of shape 2 × 3 with values from 1 to 6."
  public func altText(in language: OutputLanguage) -> String {
    let finite = values.compactMap { $0 }
    guard let least = finite.min(), let greatest = finite.max() else {
      return language.of(
        "A tensor of shape \(shapeText) without finite values.", "形状为 \(shapeText) 的张量，没有有限值。")
    }
    let (low, high) = (spoken(Double(least)), spoken(Double(greatest)))
    if shape.isEmpty { return language.of("The number \(low).", "数 \(low)。") }
    let part = shown == nil ? "" : language.of(" where shown", "（所示部分）")
    return language.of(
      "A tensor of shape \(shapeText) with values from \(low) to \(high)\(part).",
      "形状为 \(shapeText) 的张量，值从 \(low) 到 \(high)\(part)。")
  }

  private var shapeText: String { shape.map(String.init).joined(separator: " × ") }
}
