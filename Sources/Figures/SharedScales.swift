import CellOutputs

extension FramesOutput {
  /// The frames with the charts, maps, matrices and grids that stand at the same place in each on shared axes and
  /// colours: what moves between two frames are the data, not the axes.
  var onSharedScales: FramesOutput {
    var result = self
    for place in 0..<(frames.map(\.outputs.count).min() ?? 0) {
      let shared = frames.map { $0.outputs[place] }.onSharedScales
      for frame in result.frames.indices { result.frames[frame].outputs[place] = shared[frame] }
    }
    return result
  }
}

extension [CellOutput] {
  /// The outputs on shared scales where all of them are of one kind that has a scale; else as they are.
  var onSharedScales: [CellOutput] {
    let charts = compactMap { output in if case .chart(let chart) = output { chart } else { nil } }
    if charts.count == count { return charts.onSharedAxes.map(CellOutput.chart) }
    let maps = compactMap { output in if case .featureMap(let map) = output { map } else { nil } }
    if maps.count == count { return maps.onSharedColors.map(CellOutput.featureMap) }
    let matrices = compactMap { output in if case .matrix(let matrix) = output { matrix } else { nil } }
    if matrices.count == count { return matrices.onSharedColors.map(CellOutput.matrix) }
    let grids = compactMap { output in if case .grid(let grid) = output { grid } else { nil } }
    if grids.count == count { return grids.onSharedColors.map(CellOutput.grid) }
    let groups = compactMap { output in if case .group(let group) = output { group } else { nil } }
    if groups.count == count { return groups.onSharedScales.map(CellOutput.group) }
    return self
  }
}

extension [GroupOutput] {
  fileprivate var onSharedScales: [GroupOutput] {
    var result = self
    for place in 0..<(map(\.outputs.count).min() ?? 0) {
      let shared = map { $0.outputs[place] }.onSharedScales
      for index in indices { result[index].outputs[place] = shared[index] }
    }
    return result
  }
}

extension [ChartOutput] {
  fileprivate var onSharedAxes: [ChartOutput] {
    // Charts with limits of their own keep them; bars' axes begin at zero by themselves.
    let x = limits(\.xValues)
    let y = limits(\.yValues)
    // A scale that one frame would choose is every frame's.
    let axis = ChartOutput.Axis(label: "")
    let together = ChartOutput(x: axis, y: axis, series: flatMap(\.series), field: first?.field)
    let scale = together.resolvedScale
    return map { chart in
      var chart = chart
      let hasBars = chart.series.contains { $0.mark == .bar || $0.mark == .histogram }
      if !hasBars { chart.x.limits = chart.x.limits ?? x }
      chart.y.limits = chart.y.limits ?? y
      if chart.y.scale == .automatic { chart.y.scale = scale }
      return chart
    }
  }

  private func limits(_ values: KeyPath<ChartOutput, [Double]>) -> ChartOutput.Limits? {
    let finite = flatMap { $0[keyPath: values] }.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max(), low < high else { return nil }
    return ChartOutput.Limits(low, high)
  }
}

extension ChartOutput {
  fileprivate var xValues: [Double] {
    if let field { return [field.x.low, field.x.high] }
    return series.flatMap(\.x)
  }

  fileprivate var yValues: [Double] {
    if let field { return [field.y.low, field.y.high] }
    return series.flatMap { series -> [Double] in
      var values = series.y
      if let band = series.band { values += band.low + band.high }
      if let raw = series.raw { values += raw }
      // Bars stand on zero.
      if series.mark == .bar || series.mark == .histogram { values.append(0) }
      return values
    }
  }
}

/// An output that shows numbers as colours.
private protocol ColorScaled {
  associatedtype Value: Comparable & SignedNumeric
  var scale: FeatureMapOutput.Scale { get set }
  /// The values at the ends of the scale.
  var low: Value { get set }
  var high: Value { get set }
}

extension FeatureMapOutput: ColorScaled {}
extension MatrixOutput: ColorScaled {}
extension GridOutput: ColorScaled {}

extension ColorScaled {
  fileprivate var hasBothSigns: Bool { low < 0 && high > 0 }
}

extension Array where Element: ColorScaled {
  fileprivate var onSharedColors: [Element] {
    guard let low = map(\.low).min(), let high = map(\.high).max() else { return self }
    // Who shows both signs without centring on zero was told to.
    let areSignedTogether = low < 0 && high > 0 && !contains(where: \.hasBothSigns)
    let isSigned = areSignedTogether || contains { $0.scale == .diverging }
    let reach = Swift.max(-low, high)
    return map { output in
      var output = output
      (output.low, output.high) = isSigned ? (-reach, reach) : (low, high)
      if isSigned { output.scale = .diverging }
      return output
    }
  }
}
