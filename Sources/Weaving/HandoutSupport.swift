import CellOutputs
import Foundation

/// What handouts take from the weaver besides pages.
extension Weaver {
  /// The fonts of formulas, to be cut to those of one page.
  package var mathFonts: MathFonts? { theme.katex.flatMap { try? MathFonts($0) } }

  /// The theme's stylesheet for reading devices.
  /// - Throws: `Diagnostic` where the theme has none.
  package func stylesheetForReadingDevices() throws -> String { try theme.folders.text(of: "epub.css") }

  /// One output as it stands in a page.
  package func html(of output: CellOutput, language: String, id: String) -> String {
    OutputRenderer(templates: theme.templates, wording: Wording(language: language), idPrefix: id, alt: nil)
      .html(of: [output]).source
  }
}
