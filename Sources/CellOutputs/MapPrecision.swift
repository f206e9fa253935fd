/// How exactly the values of maps and matrices are kept: finer than colours can tell, and short in the record.
package struct MapPrecision: Sendable {
  /// Values are multiples of 1 over this; of anything where it is 0.
  private let inverse: Float

  /// - Parameters:
  ///   - low: the value at one end of the scale of colours.
  ///   - high: the value at the other.
  package init(low: Float, high: Float) {
    let reach = max(abs(low), abs(high))
    var power: Float = 1000
    while reach > 0, power < 1e30, reach * power < 1000 { power *= 10 }
    inverse = reach < 1e4 ? power : 0
  }

  /// The distance of two neighbouring values.
  package var step: Float { inverse > 0 ? 1 / inverse : 0 }

  package func rounded(_ value: Float) -> Float {
    guard value.isFinite, inverse > 0, abs(value) < 1e6 else { return value }
    return (value * inverse).rounded() / inverse
  }
}
