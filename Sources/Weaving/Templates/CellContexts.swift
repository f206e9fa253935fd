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
