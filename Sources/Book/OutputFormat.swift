/// What a book is made into. The output folder holds what the last build was asked for.
public enum OutputFormat: String, Hashable, CaseIterable, Sendable {
  /// A site: pages that share their stylesheets, scripts and fonts.
  case html
  /// Pages that need no other file.
  case standalone
  /// A book for reading devices, one for each language.
  case epub
  /// A Jupyter notebook for each chapter, with its outputs.
  case notebook
  /// A PDF for each chapter.
  case pdf
}
