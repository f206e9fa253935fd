/// One thing that a cell put out, as data: never as HTML, so that the same run can be woven light or dark,
/// as plain text, into one file, or again after a template changed.
///
/// In JSON each output is an object with a `kind`: `{"kind": "tensor", "shape": [2, 3], "values": […]}`.
public enum CellOutput: Hashable, Sendable {
  /// What the program printed, or the description of a cell's last expression.
  case text(TextOutput)
  case tensor(TensorOutput)
  case table(TableOutput)
  case chart(ChartOutput)
  case featureMap(FeatureMapOutput)
  case graph(GraphOutput)
  /// Numbers with the names of their rows and columns: attention maps, confusion matrices.
  case matrix(MatrixOutput)
  /// A world of squares with values and arrows.
  case grid(GridOutput)
  /// A raster of colours or greys.
  case picture(PictureOutput)
  /// Lines, circles, polygons and words in a box of coordinates.
  case scene(SceneOutput)
  /// Figures one after the other in time: a slider.
  case frames(FramesOutput)
  /// Figures that belong together, side by side or one under the other.
  case group(GroupOutput)

  /// What the output holds.
  public var content: any OutputContent {
    switch self {
    case .text(let output): output
    case .tensor(let output): output
    case .table(let output): output
    case .chart(let output): output
    case .featureMap(let output): output
    case .graph(let output): output
    case .matrix(let output): output
    case .grid(let output): output
    case .picture(let output): output
    case .scene(let output): output
    case .frames(let output): output
    case .group(let output): output
    }
  }

  /// The output as text alone: what a terminal, a comparison of two runs, and a screen reader get.
  public var plainText: String { content.plainText }

  /// What the output shows, in a sentence made from its data: for a picture's alternative text.
  public func altText(in language: OutputLanguage) -> String { content.altText(in: language) }
  public var altText: String { content.altText }
}

/// What every kind of output has.
public protocol OutputContent: Hashable, Sendable, Codable {
  /// The `kind` in JSON.
  static var kind: String { get }
  /// The output as text alone.
  var plainText: String { get }
  /// What the output shows, in a sentence made from its data.
  func altText(in language: OutputLanguage) -> String
}

extension OutputContent {
  /// What the output shows, in English.
  public var altText: String { altText(in: .english) }
}

/// The languages in which outputs describe themselves.
public enum OutputLanguage: Hashable, Sendable {
  case english, chinese

  /// One of two texts.
  func of(_ english: @autoclosure () -> String, _ chinese: @autoclosure () -> String) -> String {
    self == .english ? english() : chinese()
  }
}
