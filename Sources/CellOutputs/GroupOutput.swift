/// Figures that belong together.
public struct GroupOutput: Hashable, Sendable, Codable {
  public enum Arrangement: String, Hashable, Sendable, Codable {
    /// One under the other.
    case column
    /// Side by side, as far as the page is wide.
    case row
  }

  public var arrangement: Arrangement
  public var outputs: [CellOutput]

  public init(_ outputs: [CellOutput], arrangement: Arrangement = .column) {
    self.outputs = outputs
    self.arrangement = arrangement
  }
}
