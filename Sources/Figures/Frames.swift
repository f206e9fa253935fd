public import CellOutputs

/// Figures at several moments, behind a slider; on paper, one after the other.
///
///     var film = Frames("epoch")
///     for epoch in 1...50 {
///       trainer.trainEpoch()
///       if epoch % 10 == 0 { film.append(decisionBoundary(data) { model($0) }, at: epoch) }
///     }
///     film
public struct Frames: CellDisplayable, CustomStringConvertible, Sendable {
  public private(set) var output: FramesOutput

  /// - Parameter label: what the slider counts: "epoch", "stride", "step".
  public init(_ label: String, title: String? = nil) {
    output = FramesOutput(title: title, label: label, frames: [])
  }

  public init(output: FramesOutput) { self.output = output }

  public var count: Int { output.frames.count }

  /// Adds what is to be seen at a moment.
  ///
  /// - Parameters:
  ///   - moment: the slider's value; the frame is called "epoch 5".
  ///   - caption: a better name for the frame.
  public mutating func append(
    _ figure: some CellDisplayable, at moment: some CustomStringConvertible, caption: String? = nil
  ) {
    output.frames.append(
      FramesOutput.Frame(
        caption: caption ?? "\(output.label) \(moment)", outputs: figure.cellOutput.parts))
  }

  /// Adds several figures, which the frame shows one under the other.
  @_disfavoredOverload
  public mutating func append(
    at moment: some CustomStringConvertible, caption: String? = nil,
    @FigureBuilder _ figures: () -> CellOutput
  ) {
    append(figures(), at: moment, caption: caption)
  }

  /// The frames, those of one place drawn on the same axes and colours, so that they can be compared.
  public var cellOutput: CellOutput { return .frames(output.onSharedScales) }
  public var description: String { output.plainText }
}

/// Figures made from each of some values, behind a slider; on paper, one after the other.
///
/// All frames are drawn on the same axes and colours. What has no value, such as a step of training, runs before
/// the figure below it.
///
///     frames("epoch", over: [1, 5, 20]) { epoch in
///       train(until: epoch)
///       lineChart(losses, x: "step", y: "loss")
///     }
///
/// - Parameters:
///   - label: what the slider counts.
///   - caption: what a frame is called; "epoch 5" by default.
public func frames<Values: Sequence>(
  _ label: String, over values: Values, title: String? = nil, caption: ((Values.Element) -> String)? = nil,
  @FigureBuilder _ figure: (Values.Element) throws -> CellOutput
) rethrows -> Frames {
  var frames = Frames(label, title: title)
  for value in values {
    frames.append(try figure(value), at: "\(value)", caption: caption?(value))
  }
  return frames
}

/// The same with a body that returns its figure.
@_disfavoredOverload
public func frames<Values: Sequence>(
  _ label: String, over values: Values, title: String? = nil, caption: ((Values.Element) -> String)? = nil,
  _ figure: (Values.Element) throws -> some CellDisplayable
) rethrows -> Frames {
  var frames = Frames(label, title: title)
  for value in values {
    frames.append(try figure(value), at: "\(value)", caption: caption?(value))
  }
  return frames
}

extension CellOutput {
  /// The outputs of a column of them, or this one alone.
  fileprivate var parts: [CellOutput] {
    if case .group(let group) = self, group.arrangement == .column { return group.outputs }
    return [self]
  }
}
