import Chapters
import Diagnostics
import ExecutionRecords
import Foundation

/// Makes pages from chapters and their records.
///
/// The same chapter and record give the same bytes, on every machine and on every day.
public struct Weaver: Sendable {
  let theme: Theme

  /// - Parameters:
  ///   - templates: the folders in which templates and assets are looked for, the first one that has a file
  ///     wins; the theme that ships comes last.
  ///   - formulas: the file in which set formulas are kept from build to build; `nil` keeps none.
  /// - Throws: `Diagnostic` for a template that is missing, does not parse, or names an unknown field.
  public init(templates: [URL], formulas: URL? = nil) throws {
    theme = try Theme(folders: templates, formulas: formulas)
  }

  /// Keeps the formulas that were set for the next build.
  public func keepFormulas() {
    theme.math.keepFormulas()
  }

  package init(theme: Theme) {
    self.theme = theme
  }

  /// The whole page of one chapter.
  /// - Parameters:
  ///   - record: its run; it may lack cells (a cell without a record is shown as not run).
  ///   - resources: the files and works that it draws on.
  public func page(
    for chapter: Chapter, record: ExecutionRecord, in site: Site,
    resources: ChapterResources = ChapterResources()
  ) -> WovenFile {
    PageWeaver(theme: theme, site: site, chapter: chapter, record: record, resources: resources).page()
  }

  /// The front pages: `index.html`, and in a book of several languages one in each language's folder.
  public func indexes(of site: Site) -> [WovenFile] {
    IndexWeaver(theme: theme, site: site).indexes()
  }

  /// The files that pages refer to: stylesheets, scripts, fonts.
  /// - Parameter math: the characters of all of the site's formulas; `nil` where no page has any, so that KaTeX's
  ///   stylesheet and fonts are left out.
  package func assets(math: MathCharacters?) throws -> [Asset] {
    let own = try theme.folders.assets().map { Asset(path: "assets/" + $0.key, contents: $0.value) }
    return (own + (try math.map(theme.mathAssets) ?? [])).sorted { $0.path < $1.path }
  }
}

/// A file to be written, relative to the output folder, with what was found wrong while making it.
public struct WovenFile: Sendable {
  public var path: String
  public var contents: String
  public var diagnostics: [Diagnostic]
  /// The characters of its formulas; `nil` where there are none.
  package var math: MathCharacters?

  package init(path: String, contents: String, diagnostics: [Diagnostic] = [], math: MathCharacters? = nil) {
    self.path = path
    self.contents = contents
    self.diagnostics = diagnostics
    self.math = math
  }
}

public struct Asset: Sendable {
  public var path: String
  public var contents: Data
  public init(path: String, contents: Data) {
    self.path = path
    self.contents = contents
  }
}
