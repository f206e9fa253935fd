/// A tensor's values with its shape, row-major.
///
/// A tensor of more than `summaryThreshold` elements carries only the corners that are shown, as PyTorch
/// summarises: then `values` belongs to `shown`, the shape that is left after each axis longer than six kept its
/// first and last three.
public struct TensorOutput: Hashable, Sendable, Codable {
  public static let summaryThreshold = 1000

  /// The sizes of the axes; empty for a scalar.
  public var shape: [Int]
  /// The values, row-major; `nil` stands for "not a number" and the infinities, which JSON cannot hold:
  /// `special` tells which.
  public var values: [Float?]
  /// The shape that `values` fills where the tensor was summarised.
  public var shown: [Int]?
  /// `nan`, `inf` or `-inf` by index into `values`.
  public var special: [Int: String]?
  /// What PyTorch would print, without the shape: the plain-text form.
  public var text: String

  public init(
    shape: [Int], values: [Float?], shown: [Int]? = nil, special: [Int: String]? = nil, text: String
  ) {
    self.shape = shape
    self.values = values
    self.shown = shown
    self.special = special
    self.text = text
  }
}
