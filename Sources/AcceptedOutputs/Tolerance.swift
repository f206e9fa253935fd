/// How far a number may move.
///
/// `t` allows a difference of `t` for numbers up to 1, and of the same part of larger ones: |new − old| ≤ t·max(1, |old|).
public struct Tolerance: Hashable, Sendable {
  public var value: Double

  public init(_ value: Double) {
    self.value = value
  }

  /// Wide enough for the last digits that another processor computes, narrow enough for a reader's four decimals.
  public static let standard = Tolerance(1e-4)

  /// Whether `new` may stand where `old` was accepted. "Not a number" is equal to itself here.
  public func allows(_ new: Double, for old: Double) -> Bool {
    if new == old || new.isNaN && old.isNaN { return true }
    guard new.isFinite, old.isFinite else { return false }
    // 0.4940 and 0.4939 differ by a little more than 0.0001, as binary numbers have it.
    return abs(new - old) <= value * max(1, abs(old)) * (1 + 1e-9)
  }
}
