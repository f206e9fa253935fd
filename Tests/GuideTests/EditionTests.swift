import Chapters
import Foundation
import Testing

/// Both editions are one book: a chapter has the same sections, cells, formulas, exercises and works in each of them.
@Suite struct EditionTests {
  @Test(arguments: try Guide.chapters(in: "en")) func aChapterIsBuiltAlikeInBothEditions(_ name: String)
    throws
  {
    let english = try Guide.chapter(name, in: "en")
    let chinese = try Guide.chapter(name, in: "zh-Hans")
    #expect(outline(of: english) == outline(of: chinese))
    #expect(values(of: english) == values(of: chinese))
    #expect(references(of: english) == references(of: chinese))
  }

  @Test func theEditionsHaveTheSameChapters() throws {
    #expect(try Guide.chapters(in: "en") == Guide.chapters(in: "zh-Hans"))
  }

  @Test(arguments: try Guide.chapters(in: "en")) func everyExerciseHasANumber(_ name: String) throws {
    let entries = outline(of: try Guide.chapter(name, in: "en"))
    let exercises = entries.filter { $0.hasPrefix("exercise") }
    #expect(exercises.allSatisfy { $0.contains("exr-") })
    #expect(exercises.count == entries.filter { $0.hasPrefix("solution") }.count)
    if !["00-preface", "15-glossary", "16-bibliography"].contains(name) {
      #expect((5...10).contains(exercises.count))
    }
  }

  @Test func theBibliographyNamesEveryWork() throws {
    let all = try Guide.chapters(in: "en").map { references(of: try Guide.chapter($0, in: "en")) }
    let works = all.reduce(into: Set<String>()) { $0.formUnion($1) }.filter { !$0.contains("-") }
    #expect(works == references(of: try Guide.chapter("16-bibliography", in: "en")))
    let source = try String(contentsOf: Guide.folder.appending(path: "references.bib"), encoding: .utf8)
    #expect(works == Set(source.matches(of: /@\w+\{(\w+),/).map { String($0.1) }))
  }

  /// What stands in a chapter, in order, without its words: paragraphs may be cut differently in another language.
  private func outline(of chapter: Chapter) -> [String] {
    chapter.blocks.flatMap { outline($0, chapter.cells) }
  }

  private func outline(_ block: Block, _ cells: [Cell]) -> [String] {
    switch block {
    case .heading(let heading):
      let id = heading.id.hasPrefix("sec-") ? heading.id : ""
      return [String(repeating: "#", count: heading.level) + id]
    case .paragraph(let content):
      return content.compactMap { if case .math(let formula) = $0 { formula.label } else { nil } }
    case .quotation(let blocks): return blocks.flatMap { outline($0, cells) }
    case .callout(let callout):
      return ["\(callout.kind) \(callout.label ?? "")"] + callout.blocks.flatMap { outline($0, cells) }
    case .list(let list):
      return ["list of \(list.items.count)"] + list.items.flatMap(\.blocks).flatMap { outline($0, cells) }
    case .codeBlock(let block): return ["code \(block.label ?? "")"]
    case .cell(let index):
      let options = cells[index].options
      let captions = [
        options.figCap.map { _ in "figure" }, options.tblCap.map { _ in "table" },
        options.lstCap.map { _ in "listing" },
      ]
      let label = options.sameAs ?? cells[index].label
      return [(["cell \(label)"] + captions.compactMap(\.self)).joined(separator: ", ")]
    case .table(let table): return ["table of \(table.rows.count) × \(table.header.count)"]
    case .math(let formula): return ["formula \(formula.label ?? "")"]
    case .html, .thematicBreak: return []
    }
  }

  /// What is computed within the text; a sentence may have another order in another language.
  private func values(of chapter: Chapter) -> [String] { chapter.inlineValues.map(\.expression).sorted() }

  /// The figures, sections and works that the text names.
  private func references(of chapter: Chapter) -> Set<String> {
    var labels: Set<String> = []
    chapter.forEachInline { inline in
      switch inline {
      case .reference(let reference): labels.insert(reference.label)
      case .citation(let citation): labels.formUnion(citation.items.map(\.key))
      default: break
      }
    }
    return labels
  }
}
