import CellOutputs

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension CellOutput {
  /// A value that is no figure shows as its description.
  static func text(describing value: some Any) -> CellOutput {
    .text(TextOutput(stream: .value, text: String(describing: value)))
  }
}

/// The text of a value within a sentence. Floating-point numbers are shown with six significant digits, which is
/// what a sentence can bear; `String(value)` gives all of them.
func inlineText(_ value: some Any) -> String {
  switch value {
  case let number as Float: significant(Double(number))
  case let number as Double: significant(number)
  case let displayable as any CellDisplayable: displayable.cellOutput.plainText
  default: String(describing: value)
  }
}

/// C's `%.6g`.
private func significant(_ number: Double) -> String {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: 32) { buffer in
    _ = withVaList([number]) { vsnprintf(buffer.baseAddress, buffer.count, "%.6g", $0) }
    return String(cString: buffer.baseAddress!)
  }
}
