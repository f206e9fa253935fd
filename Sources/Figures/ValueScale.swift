import CellOutputs

/// The scale of colours on which values are shown.
struct ValueScale {
  let kind: FeatureMapOutput.Scale
  let low: Float
  let high: Float
  private let precision: MapPrecision

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
    precision = MapPrecision(low: low, high: high)
  }

  /// A value with four digits or so.
  func rounded(_ value: Float) -> Float { precision.rounded(value) }
}
