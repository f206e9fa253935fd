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
  var id: String?
  var kind: String
  /// What the callout is, where its title does not say it.
  var kindName: String?
  var heading: HTML
  /// Whether the callout is a solution or the like, which the reader opens.
  var isFolded: Bool
  var content: HTML

  static let sample = CalloutContext(
    id: "exr-a", kind: "note", kindName: "Note", heading: "Mind this", isFolded: true, content: "<p>Text</p>")
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

/// What `references.mustache` may name: the works that a chapter cites.
struct ReferencesContext: TemplateContext {
  var headingID: String
  var heading: String
  var works: [WorkContext]

  static let sample = ReferencesContext(headingID: "references", heading: "References", works: [.sample])
}

struct WorkContext: TemplateContext {
  var workID: String?
  var entry: HTML

  static let sample = WorkContext(workID: "ref-hornik1991", entry: "Hornik, Kurt. 1991.")
}
