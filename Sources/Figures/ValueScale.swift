import CellOutputs

/// The scale of colours on which values are shown.
struct ValueScale {
  let kind: FeatureMapOutput.Scale
  let low: Float
  let high: Float
  /// Values are kept as multiples of 1 over this: finer than colours can tell, and short in the record.
  private let inverse: Float

  /// Centred on zero where the values have both signs, unless `kind` says otherwise.
  init(_ values: [Float], kind: FeatureMapOutput.Scale? = nil, range: ClosedRange<Float>? = nil) {
    let finite = values.lazy.filter(\.isFinite)
    var low = range?.lowerBound ?? finite.min() ?? 0
    var high = range?.upperBound ?? finite.max() ?? 0
    self.kind = kind ?? (low < 0 && high > 0 ? .diverging : .sequential)
    if self.kind == .diverging && range == nil {
      high = max(abs(low), abs(high))
      low = -high
    }
    (self.low, self.high) = (low, high)
    let reach = max(abs(low), abs(high))
    var power: Float = 1000
    while reach > 0, power < 1e30, reach * power < 1000 { power *= 10 }
    inverse = reach < 1e4 ? power : 0
  }

  /// A value with four digits or so.
  func rounded(_ value: Float) -> Float {
    guard value.isFinite, inverse > 0, abs(value) < 1e6 else { return value }
    return (value * inverse).rounded() / inverse
  }
}
