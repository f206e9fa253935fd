import Diagnostics
import Foundation
import Mustache

/// The theme's templates, checked and ready to render.
struct TemplateLibrary: Sendable {
  private let library: MustacheLibrary

  /// - Throws: `Diagnostic` for a template that is missing, does not parse, or names an unknown field.
  init(folders: ThemeFolders) throws {
    MustacheContentTypes.register(EscapedHTML(), named: EscapedHTML.name)
    let templates = try folders.templates()
    var check = TemplateCheck(templates: templates)
    for (name, fields) in Self.roots { try check.check(name, against: fields) }

    var library = MustacheLibrary()
    for template in templates.values.sorted(by: { $0.name < $1.name }) {
      do {
        try library.register(
          "{{% CONTENT_TYPE: \(EscapedHTML.name)}}\n\(template.text)", named: template.name)
      } catch let error as MustacheTemplate.ParserError {
        // The line above was put there here.
        throw template.error(
          "the template does not parse: \(error.error)", line: max(1, error.context.lineNumber - 1),
          column: error.context.columnNumber)
      }
    }
    self.library = library
  }

  /// The templates that Swift code asks for, with what they may name.
  private static let roots: [(String, TemplateField)] = [
    ("page", TemplateField(of: PageContext.sample)),
    ("index", TemplateField(of: IndexContext.sample)),
    ("cell", TemplateField(of: CellContext.sample)),
    ("callout", TemplateField(of: CalloutContext.sample)),
    ("text", TemplateField(of: TextContext.sample)),
    ("table", TemplateField(of: TableContext.sample)),
    ("chart", TemplateField(of: ChartContext.sample)),
    ("feature-map", TemplateField(of: FeatureMapContext.sample)),
    ("graph", TemplateField(of: GraphContext.sample)),
    ("matrix", TemplateField(of: MatrixContext.sample)),
    ("grid", TemplateField(of: GridContext.sample)),
    ("picture", TemplateField(of: PictureContext.sample)),
    ("scene", TemplateField(of: SceneContext.sample)),
    ("group", TemplateField(of: GroupContext.sample)),
    ("frames", TemplateField(of: FramesContext.sample)),
    ("failure", TemplateField(of: FailureContext.sample)),
    ("footnotes", TemplateField(of: FootnotesContext.sample)),
    ("equation", TemplateField(of: EquationContext.sample)),
    ("references", TemplateField(of: ReferencesContext.sample)),
  ]

  func render(_ name: String, _ context: some TemplateContext) -> HTML {
    HTML(trusted: library.render(context.fields, withTemplate: name) ?? "")
  }
}

extension HTML: MustacheCustomRenderable {
  package var renderText: String { source }
  package var isNull: Bool { isEmpty }
}

/// Escapes what `{{name}}` prints. swift-mustache's own escaping goes by `Character`, and lets a quotation
/// mark through that a combining accent follows.
private struct EscapedHTML: MustacheContentType {
  static let name = "LECTERN"
  func escapeText(_ text: String) -> String { Escaping.escaped(text) }
}
