/// What `text.mustache` may name: text that a cell put out.
struct TextContext: TemplateContext {
  var stream: String
  var label: String?
  var text: String
  /// How much was left out after `text`, where `tail` follows.
  var omission: String?
  var tail: String?

  static let sample = TextContext(
    stream: "stdout", label: "Error stream", text: "a", omission: "…", tail: "z")
}

/// What `table.mustache` may name: a table or a tensor.
struct TableContext: TemplateContext {
  var kind: String
  var label: String
  /// A tensor's shape, or what else there is to say about the table.
  var note: String?
  var rows: HTML

  static let sample = TableContext(kind: "tensor", label: "Tensor", note: "shape [2, 3]", rows: "<tr></tr>")
}

/// What `chart.mustache` may name.
struct ChartContext: TemplateContext {
  var drawing: HTML
  var hasData: Bool
  var label: String
  var dataLabel: String
  var rows: HTML
  var tableLabel: String

  static let sample = ChartContext(
    drawing: "<svg></svg>", hasData: true, label: "Chart", dataLabel: "Data", rows: "<tr></tr>",
    tableLabel: "Data of the chart")
}

/// What `feature-map.mustache` may name.
struct FeatureMapContext: TemplateContext {
  var drawing: HTML
  var textLabel: String
  var panels: [FeatureMapPanel]
  var legend: String

  static let sample = FeatureMapContext(
    drawing: "<svg></svg>", textLabel: "As characters",
    panels: [FeatureMapPanel(name: "channel 0", description: "…", art: "@@")], legend: "0 to 1")
}

struct FeatureMapPanel: Sendable {
  var name: String
  var description: String
  var art: String
}

/// What `graph.mustache` may name.
struct GraphContext: TemplateContext {
  var drawing: HTML
  var label: String
  var dataLabel: String
  var items: [String]

  static let sample = GraphContext(
    drawing: "<svg></svg>", label: "Graph", dataLabel: "Nodes", items: ["x → y"])
}

/// What `picture.mustache` may name: a raster, as a data URI.
struct PictureContext: TemplateContext {
  var title: String?
  var source: String
  var alt: String
  var width: Int
  var height: Int

  static let sample = PictureContext(
    title: "A digit", source: "data:image/png;base64,", alt: "A three", width: 280, height: 280)
}

/// What `scene.mustache` may name.
struct SceneContext: TemplateContext {
  var title: String?
  var drawing: HTML

  static let sample = SceneContext(title: "The cart", drawing: "<svg></svg>")
}

/// What `group.mustache` may name: outputs that belong together.
struct GroupContext: TemplateContext {
  /// `row` or `column`.
  var arrangement: String
  var content: HTML

  static let sample = GroupContext(arrangement: "row", content: "<p>a</p><p>b</p>")
}

/// What `frames.mustache` may name: outputs at several moments. The script makes a slider of them.
struct FramesContext: TemplateContext {
  var title: String?
  var label: String
  /// What the slider counts.
  var counter: String
  var isSlider: Bool
  var frames: [FrameContext]
  var previous: String
  var next: String
  var play: String
  var pause: String

  static let sample = FramesContext(
    title: "Training", label: "2 frames by epoch", counter: "epoch", isSlider: true,
    frames: [FrameContext(isFirst: true, caption: "epoch 1", content: "<p>a</p>")], previous: "Previous",
    next: "Next", play: "Play", pause: "Pause")
}

struct FrameContext: Sendable {
  var isFirst: Bool
  var caption: String
  var content: HTML
}

/// What `matrix.mustache` may name: a matrix or several on one scale, each a table or a drawing.
struct MatrixContext: TemplateContext {
  var title: String?
  var panels: [MatrixPanel]
  /// The numbers as text, where they are not in tables.
  var text: String?
  var textLabel: String

  static let sample = MatrixContext(
    title: "Attention",
    panels: [
      MatrixPanel(
        name: "head 1", label: "Attention", rows: "<tr></tr>", digits: 4, drawing: "<svg></svg>",
        isTable: true)
    ], text: "0 1", textLabel: "As numbers")
}

struct MatrixPanel: Sendable {
  var name: String?
  var label: String
  var rows: HTML
  /// The length of the longest number: all columns are that wide.
  var digits: Int
  var drawing: HTML
  var isTable: Bool
}

/// What `grid.mustache` may name.
struct GridContext: TemplateContext {
  var title: String?
  var drawing: HTML
  var text: String
  var textLabel: String

  static let sample = GridContext(
    title: "A policy", drawing: "<svg></svg>", text: "S → G", textLabel: "As characters")
}
