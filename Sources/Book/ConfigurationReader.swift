import Chapters
import Diagnostics
import Foundation
import Yams

extension BookConfiguration {
  /// Reads the text of a `book.yml`.
  /// - Parameter file: the file as diagnostics name it.
  /// - Returns: what could be read, and everything that is wrong with the rest.
  package static func parse(_ text: String, file: String) -> (BookConfiguration, [Diagnostic]) {
    let reader = YAMLReader(text, file: file)
    var configuration = BookConfiguration()
    if let mapping = reader.document(text) { configuration.read(mapping, with: reader) }
    return (configuration, reader.diagnostics)
  }

  private static let keys = [
    "title", "author", "description", "languages", "chapters", "editions", "html", "seed", "execute",
  ]

  private mutating func read(_ mapping: Node.Mapping, with reader: YAMLReader) {
    reader.forEach(in: mapping, keys: Self.keys) { key, value in
      switch key {
      case "title": title = reader.string(value, for: key)
      case "author": author = reader.string(value, for: key)
      case "description": description = reader.string(value, for: key)
      case "languages": languages = Self.languages(value, with: reader)
      case "chapters": chapters = Self.chapters(value, with: reader)
      case "editions": editions = Self.editions(value, with: reader)
      case "html": allowsHTML = reader.bool(value, for: key) ?? allowsHTML
      case "seed":
        kernel.seed = reader.number(value, for: key, "a whole number, 0 or more") ?? kernel.seed
      default: readExecution(value, with: reader)
      }
    }
  }

  private static func languages(_ node: Node, with reader: YAMLReader) -> [String] {
    var languages: [String] = []
    for item in reader.list(node, for: "languages") {
      guard let tag = reader.string(item, for: "languages") else { continue }
      if !LanguageTag.isValid(tag) {
        reader.report(
          "'\(tag)' is no language tag", at: item.mark, hint: "tags look like 'en', 'de-CH' or 'zh-Hans'")
      } else if languages.contains(tag) {
        reader.report("language '\(tag)' is listed twice", at: item.mark)
      } else {
        languages.append(tag)
      }
    }
    return languages
  }

  private static func chapters(_ node: Node, with reader: YAMLReader) -> [ListedChapter] {
    var chapters: [ListedChapter] = []
    for item in reader.list(node, for: "chapters") {
      guard let path = reader.string(item, for: "chapters") else { continue }
      let normalized = RelativePath.normalized(path)
      if normalized == nil {
        reader.report(
          "chapter '\(path)' lies outside the book's folder", at: item.mark,
          hint: "chapters are named relative to the folder of \(ChapterDiscovery.configurationName)")
      } else if chapters.contains(where: { $0.path == normalized }) {
        reader.report("chapter '\(path)' is listed twice", at: item.mark)
      } else if let normalized {
        chapters.append(ListedChapter(path: normalized, position: item.mark.map(reader.position) ?? .start))
      }
    }
    return chapters
  }

  private static func editions(_ node: Node, with reader: YAMLReader) -> [CellOptions.Edition] {
    var editions: [CellOptions.Edition] = []
    for item in reader.list(node, for: "editions") {
      guard
        let edition = reader.choice(
          item, for: "editions", among: [CellOptions.Edition.student, .instructor])
      else { continue }
      if !editions.contains(edition) { editions.append(edition) }
    }
    return editions
  }

  private static let executionKeys = [
    "echo", "eval", "output", "include", "error", "warning", "cache", "code-fold", "timeout", "volatile",
    "memory", "output-limit",
  ]

  private mutating func readExecution(_ node: Node, with reader: YAMLReader) {
    guard let mapping = node.mapping else {
      return reader.report("'execute' is to hold settings like 'echo: false'", at: node.mark)
    }
    reader.forEach(in: mapping, keys: Self.executionKeys) { key, value in
      switch key {
      case "echo": execute.echo = reader.bool(value, for: key)
      case "eval": execute.eval = reader.bool(value, for: key)
      case "output": execute.output = reader.bool(value, for: key)
      case "include": execute.include = reader.bool(value, for: key)
      case "error": execute.error = reader.bool(value, for: key)
      case "warning": execute.warning = reader.bool(value, for: key)
      case "cache": execute.cache = reader.bool(value, for: key)
      case "volatile": execute.volatile = reader.bool(value, for: key)
      case "code-fold":
        execute.codeFold = reader.choice(value, for: key, among: [CellOptions.CodeFold.closed, .open, .none])
      case "timeout":
        execute.timeout = reader.number(value, for: key, "seconds above 0") { $0 > 0 && $0.isFinite }
      case "memory":
        kernel.memoryLimit = Self.size(value, key, atLeast: 64 << 20, reader) ?? kernel.memoryLimit
      default: kernel.outputLimit = Self.size(value, key, atLeast: 1 << 10, reader) ?? kernel.outputLimit
      }
    }
  }

  private static func size(_ node: Node, _ key: String, atLeast least: Int, _ reader: YAMLReader) -> Int? {
    if let text = node.scalar?.string, let size = ByteSize.parse(text), size >= least { return size }
    reader.report(
      "'\(key)' is to be a size of \(least >= 1 << 20 ? "\(least >> 20) MiB" : "\(least >> 10) KiB") or more",
      at: node.mark, hint: "write it as '4 GiB', '512 MiB' or in bytes")
    return nil
  }
}

extension SourcePosition {
  static let start = SourcePosition(line: 1, column: 1)
}
