/// What `cell.mustache` may name.
struct CellContext: TemplateContext {
  var id: String?
  /// The cell's number in the chapter, counted from 0: by it a notebook finds its cells in the page.
  var index: Int
  var status: String
  var isOK: Bool
  var listing: ListingContext?
  var hasOutputs: Bool
  var outputsLabel: String
  var outputs: HTML

  static let sample = CellContext(
    id: "cell-train", index: 0, status: "ok", isOK: true, listing: .sample, hasOutputs: true,
    outputsLabel: "Output of train", outputs: "<p>3</p>")
}

/// A cell's code.
struct ListingContext: TemplateContext {
  var listingID: String?
  var caption: HTML?
  /// Whether the code can be folded away.
  var isFoldable: Bool
  var isOpen: Bool
  var summary: String
  var code: HTML

  static let sample = ListingContext(
    listingID: "lst-train", caption: "Listing 1", isFoldable: true, isOpen: true, summary: "Code",
    code: "let a = 1")
}

/// What `callout.mustache` may name.
struct CalloutContext: TemplateContext {
  var kind: String
  /// What the callout is, where its title does not say it.
  var kindName: String?
  var heading: HTML
  /// Whether the callout is a solution or the like, which the reader opens.
  var isFolded: Bool
  var content: HTML

  static let sample = CalloutContext(
    kind: "note", kindName: "Note", heading: "Mind this", isFolded: true, content: "<p>Text</p>")
}

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
  var label: String
  var dataLabel: String
  var rows: HTML
  var tableLabel: String

  static let sample = ChartContext(
    drawing: "<svg></svg>", label: "Chart", dataLabel: "Data", rows: "<tr></tr>",
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

/// What `failure.mustache` may name: why a cell did not run to its end, or a compiler's warning.
struct FailureContext: TemplateContext {
  var severity: String
  var headline: String
  var isExpected: Bool
  var expectedNote: String
  var messages: [MessageContext]

  static let sample = FailureContext(
    severity: "error", headline: "This cell crashed", isExpected: true, expectedNote: "as intended",
    messages: [.sample])
}

struct MessageContext: TemplateContext {
  var message: String
  var place: String?
  var source: SourceContext?
  var hint: String?
  var frames: [String]
  var hasFrames: Bool
  var framesLabel: String

  static let sample = MessageContext(
    message: "Index out of range", place: "line 3", source: .sample, hint: "Check it", frames: ["f, line 3"],
    hasFrames: true, framesLabel: "Called from")
}

/// A line of the chapter, split where the caret points.
struct SourceContext: TemplateContext {
  var lineNumber: Int
  var before: String
  var after: String
  var hasCaret: Bool

  static let sample = SourceContext(lineNumber: 3, before: "let a = ", after: "b[7]", hasCaret: true)
}

/// What `footnotes.mustache` may name.
struct FootnotesContext: TemplateContext {
  var label: String
  var notes: [NoteContext]

  static let sample = FootnotesContext(label: "Footnotes", notes: [.sample])
}

struct NoteContext: TemplateContext {
  var id: String
  var number: Int
  var note: HTML

  static let sample = NoteContext(id: "fn-1", number: 1, note: "<p>Text</p>")
}

/// What `equation.mustache` may name.
struct EquationContext: TemplateContext {
  var id: String?
  var number: String?
  var label: String
  var formula: HTML

  static let sample = EquationContext(
    id: "eq-a", number: "(1)", label: "Equation 1", formula: "<math></math>")
}
