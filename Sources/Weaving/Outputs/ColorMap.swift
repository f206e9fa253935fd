import CellOutputs

/// Numbers as colours that colour-blind readers can tell apart.
package enum ColorMap: Sendable {
  /// Viridis (van der Walt and Smith, 2015): dark is little, bright is much.
  case sequential
  /// Blue for negative, white for zero, orange for positive.
  case diverging

  init(_ scale: FeatureMapOutput.Scale) {
    switch scale {
    case .sequential: self = .sequential
    case .diverging: self = .diverging
    }
  }

  /// - Parameter t: from 0, the scale's low end, to 1; what lies outside takes the end's colour.
  package func color(at t: Double) -> Color {
    let stops = stops
    let place = min(max(t, 0), 1) * Double(stops.count - 1)
    let index = min(Int(place), stops.count - 2)
    return Color.mix(stops[index], stops[index + 1], place - Double(index))
  }

  private var stops: [Color] {
    switch self {
    case .sequential: Self.viridis
    case .diverging: Self.blueOrange
    }
  }

  private static let viridis = [
    Color(68, 1, 84), Color(71, 19, 101), Color(72, 36, 117), Color(70, 52, 128), Color(65, 68, 135),
    Color(59, 82, 139), Color(53, 95, 141), Color(47, 108, 142), Color(42, 120, 142), Color(37, 132, 142),
    Color(33, 145, 140), Color(30, 156, 137), Color(34, 168, 132), Color(47, 180, 124), Color(68, 191, 112),
    Color(94, 201, 98), Color(122, 209, 81), Color(155, 217, 60), Color(189, 223, 38), Color(223, 227, 24),
    Color(253, 231, 37),
  ]

  private static let blueOrange = [
    Color(0, 68, 127), Color(0, 114, 178), Color(90, 164, 211), Color(171, 208, 232), Color(247, 247, 247),
    Color(246, 207, 171), Color(230, 155, 92), Color(196, 98, 27), Color(143, 54, 0),
  ]
}

/// How values are placed on a colour map.
package struct ColorScale: Hashable, Sendable {
  package var low: Double
  package var high: Double
  package var map: ColorMap

  package init(low: Double, high: Double, map: ColorMap) {
    self.low = low
    self.high = high
    self.map = map
  }

  /// Centred on zero where the values have both signs; from the least to the greatest otherwise.
  package init(fitting values: some Sequence<Double>) {
    let finite = values.filter(\.isFinite)
    let low = finite.min() ?? 0
    let high = finite.max() ?? 0
    if low < 0, high > 0 {
      let reach = max(-low, high)
      self.init(low: -reach, high: reach, map: .diverging)
    } else {
      self.init(low: low, high: high, map: .sequential)
    }
  }

  package func color(of value: Double) -> Color {
    guard value.isFinite else { return value.isNaN ? Color(128, 128, 128) : map.color(at: value > 0 ? 1 : 0) }
    return map.color(at: high > low ? (value - low) / (high - low) : 0.5)
  }
}
