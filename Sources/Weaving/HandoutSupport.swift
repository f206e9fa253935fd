import CellOutputs
import Foundation

/// What handouts take from the weaver besides pages.
extension Weaver {
  /// The folder of KaTeX's fonts, in all the forms that they were installed in.
  package var mathFonts: URL? { theme.katex?.fonts }

  /// The theme's stylesheet for reading devices.
  /// - Throws: `Diagnostic` where the theme has none.
  package func stylesheetForReadingDevices() throws -> String { try theme.folders.text(of: "epub.css") }

  /// One output as it stands in a page.
  package func html(of output: CellOutput, language: String, id: String) -> String {
    OutputRenderer(templates: theme.templates, wording: Wording(language: language), idPrefix: id, alt: nil)
      .html(of: [output]).source
  }
}
