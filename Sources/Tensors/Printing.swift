/// How a tensor's numbers look, after `torch._tensor_str`: 4 decimals, or whole numbers with a point, or
/// powers of ten where sizes differ too much, all of one width.
package struct NumberFormat {
  private enum Style { case whole, fixed, scientific }
  private let style: Style
  private let width: Int

  package init(_ values: some Sequence<Float>) {
    let visible = values.filter { $0.isFinite && $0 != 0 }.map { Double($0) }
    guard let largest = visible.map(abs).max(), let smallest = visible.map(abs).min() else {
      style = .whole
      width = 1
      return
    }
    let isWhole = visible.allSatisfy { $0 == $0.rounded(.up) }
    if largest / smallest > 1000 || largest > 1e8 || (!isWhole && smallest < 1e-4) {
      // Whole numbers go to powers of ten for the same reasons, except for being small.
      style = .scientific
    } else {
      style = isWhole ? .whole : .fixed
    }
    let style = style
    width = visible.map { NumberFormat.text($0, style).utf8.count }.max() ?? 1
  }

  package func callAsFunction(_ value: Float) -> String {
    let text = NumberFormat.text(Double(value), style)
    return String(repeating: " ", count: max(0, width - text.utf8.count)) + text
  }

  var columnWidth: Int { width }

  private static func text(_ value: Double, _ style: Style) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    switch style {
    case .whole: return decimal(value, 0) + "."
    case .fixed: return decimal(value, 4)
    case .scientific: return formatted("%.4e", value)
    }
  }
}

/// A number with a fixed count of decimals: `decimal(2.5, 2)` is "2.50".
public func decimal(_ value: Double, _ decimals: Int) -> String { formatted("%.\(decimals)f", value) }

package func formatted(_ format: String, _ value: Double) -> String {
  withVaList([value]) { arguments in
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
      _ = vsnprintf(buffer.baseAddress!, buffer.count, format, arguments)
      return String(cString: buffer.baseAddress!)
    }
  }
}

extension Tensor: CustomStringConvertible {
  /// What PyTorch prints, and the shape: `tensor([1., 2.], shape: [2])`.
  public var description: String {
    shape.isEmpty ? "tensor(\(text(indent: 7)))" : "tensor(\(text(indent: 7)), shape: \(shape))"
  }

  /// More elements than this are summarised: of each axis longer than six the first and last three.
  package static let summaryThreshold = 1000
  package static let edgeItems = 3

  /// The numbers with their brackets, as PyTorch prints them.
  /// - Parameter indent: how far the first bracket stands in.
  package func text(indent: Int) -> String {
    if count == 0 { return "[]" }
    let summarised = count > Tensor.summaryThreshold
    let shown = summarised ? corners() : detached
    return text(NumberFormat(shown.scalars), summarised, indent: indent, axis: 0, offset: 0)
  }

  /// The tensor with only the first and last three of each axis longer than six.
  package func corners() -> Tensor {
    var result = detached
    for axis in shape.indices where shape[axis] > 2 * Tensor.edgeItems {
      let first = result.slicedRaw(axis, 0..<Tensor.edgeItems)
      let last = result.slicedRaw(axis, shape[axis] - Tensor.edgeItems..<shape[axis])
      result = noGradient { concatenate([first, last], axis: axis) }
    }
    return result
  }

  private func text(_ format: NumberFormat, _ summarised: Bool, indent: Int, axis: Int, offset: Int) -> String
  {
    if axis == rank { return format(pointer[offset]) }
    let size = shape[axis]
    let step = elementCount(Array(shape[(axis + 1)...]))
    let isCut = summarised && size > 2 * Tensor.edgeItems
    let indices =
      isCut ? Array(0..<Tensor.edgeItems) + Array(size - Tensor.edgeItems..<size) : Array(0..<size)
    var parts = indices.map {
      text(format, summarised, indent: indent + 1, axis: axis + 1, offset: offset + $0 * step)
    }
    let margin = String(repeating: " ", count: indent + 1)
    if axis < rank - 1 {
      if isCut { parts.insert("...", at: Tensor.edgeItems) }
      return "[" + parts.joined(separator: "," + String(repeating: "\n", count: rank - axis - 1) + margin)
        + "]"
    }
    if isCut { parts.insert(" ...", at: Tensor.edgeItems) }
    let perLine = Swift.max(1, (80 - indent) / (format.columnWidth + 2))
    let lines = stride(from: 0, to: parts.count, by: perLine).map {
      parts[$0..<Swift.min($0 + perLine, parts.count)].joined(separator: ", ")
    }
    return "[" + lines.joined(separator: ",\n" + margin) + "]"
  }
}
