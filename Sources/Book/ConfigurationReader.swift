import Chapters
import Diagnostics
import Foundation
import Weaving
import Yams

extension BookConfiguration {
  /// Reads the text of a `book.yml`.
  /// - Parameter file: the file as diagnostics name it.
  /// - Returns: what could be read, and everything that is wrong with the rest.
  package static func parse(_ text: String, file: String) -> (BookConfiguration, [Diagnostic]) {
    var reader = ConfigurationReader(yaml: YAMLText(text))
    do {
      for entry in try reader.yaml.entries() { reader.read(entry) }
    } catch {
      reader.problems.append(error)
    }
    reader.checkTranslations()
    let source = SourceText(text)
    let diagnostics = reader.problems.map { problem in
      source.diagnostic(.error, in: file, at: problem.position, problem.message, hint: problem.hint)
    }
    return (reader.configuration, diagnostics)
  }
}

/// Reads `book.yml` entry by entry; what is wrong with one is noted, and the others count.
private struct ConfigurationReader {
  let yaml: YAMLText
  var configuration = BookConfiguration()
  var problems: [YAMLText.Problem] = []
  /// The languages that texts are given in, and where.
  var translations: [(language: String, position: SourcePosition)] = []

  private static let keys = [
    "title", "author", "description", "languages", "chapters", "editions", "html", "bibliography",
    "number-sections", "macros", "seed", "tolerance", "execute", "cache-limit",
  ]

  mutating func read(_ entry: YAMLText.Entry) {
    // `author:` with nothing behind it says nothing.
    guard entry.value.text != nil || entry.value.scalar == nil || !Self.keys.contains(entry.key) else {
      return
    }
    switch entry.key {
    case "title": configuration.title = localizedText(entry)
    case "author": configuration.author = localizedText(entry)
    case "description": configuration.description = localizedText(entry)
    case "languages": readLanguages(entry)
    case "chapters": readChapters(entry)
    case "editions": readEditions(entry)
    case "html": if let flag = flag(entry) { configuration.allowsHTML = flag }
    case "number-sections": configuration.numbersSections = flag(entry)
    case "bibliography":
      do {
        configuration.bibliography = try yaml.files(of: entry)
      } catch {
        problems.append(error)
      }
    case "macros": readMacros(entry)
    case "seed":
      if let seed = entry.value.text.flatMap({ UInt64($0) }) {
        configuration.kernel.seed = seed
      } else {
        refuse(entry, "a whole number, 0 or more")
      }
    case "tolerance":
      if let tolerance = entry.value.tolerance {
        configuration.tolerance = tolerance
      } else {
        refuse(entry, "a number of 0 or more", hint: "`tolerance: 0.001` lets numbers move by a thousandth.")
      }
    case "execute": readExecution(entry)
    case "cache-limit":
      if let size = entry.value.text.flatMap(ByteSize.parse), size > 0 {
        configuration.cacheLimit = size
      } else {
        refuse(entry, "a size, as in `500 MB`")
      }
    default:
      let hint = Self.keys.closest(to: entry.key).map { "Did you mean `\($0)`?" }
      report(
        entry.keyPosition, "unknown key `\(entry.key)`",
        hint: hint ?? "The keys of a book are \(Self.keys.listed(by: "and")).")
    }
  }

  private mutating func readLanguages(_ entry: YAMLText.Entry) {
    for (tag, position) in texts(entry) {
      if !tag.isLanguageTag {
        report(
          position, "`\(tag)` is no language tag",
          hint: "A language is named as in `en`, `zh-Hans` or `pt-BR`.")
      } else if configuration.languages.contains(tag) {
        report(position, "the language `\(tag)` is listed twice")
      } else {
        configuration.languages.append(tag)
      }
    }
  }

  private mutating func readChapters(_ entry: YAMLText.Entry) {
    var chapters: [BookConfiguration.ListedChapter] = []
    for (path, position) in texts(entry) {
      if let path = RelativePath.normalized(path) {
        if chapters.contains(where: { $0.path == path }) {
          report(position, "the chapter `\(path)` is listed twice")
        } else {
          chapters.append(BookConfiguration.ListedChapter(path: path, position: position))
        }
      } else {
        report(
          position, "the chapter `\(path)` lies outside the book's folder",
          hint: "Chapters are named relative to the folder of \(ChapterDiscovery.configurationName).")
      }
    }
    configuration.chapters = chapters
  }

  private mutating func readEditions(_ entry: YAMLText.Entry) {
    for (name, position) in texts(entry) {
      if let edition = CellOptions.Edition(rawValue: name) {
        if !configuration.editions.contains(edition) { configuration.editions.append(edition) }
      } else {
        report(position, "the editions of a book are `student` and `instructor`, not `\(name)`")
      }
    }
  }

  /// `macros:` of formulas, as KaTeX and MathJax take them: `\R: \mathbb{R}`.
  private mutating func readMacros(_ entry: YAMLText.Entry) {
    do {
      let expected = "macros under `macros:`, as in `\\R: \\mathbb{R}`"
      for macro in try yaml.entries(of: entry.value, at: entry.valuePosition, expecting: expected) {
        let name = macro.key.hasPrefix("\\") ? macro.key : "\\" + macro.key
        guard name.wholeMatch(of: /\\([A-Za-z]+|[^A-Za-z0-9\s])/) != nil else {
          report(
            macro.keyPosition, "a macro's name is letters behind a backslash, which `\(macro.key)` is not")
          continue
        }
        guard let expansion = macro.value.text else {
          refuse(macro, "text")
          continue
        }
        if let problem = MathRenderer.problem(ofMacro: expansion) {
          report(macro.valuePosition, "the macro `\(name)`: \(problem)")
        } else {
          configuration.macros[name] = expansion
        }
      }
    } catch {
      problems.append(error)
    }
  }

  /// Limits of the run are the book's alone; all else is what a chapter's `execute:` may hold too.
  private mutating func readExecution(_ entry: YAMLText.Entry) {
    do {
      let entries = try yaml.entries(
        of: entry.value, at: entry.valuePosition, expecting: "settings under `execute:`, as in `echo: false`")
      for entry in entries where entry.key == "memory" {
        if let size = size(entry, atLeast: 64 << 20) { configuration.kernel.memoryLimit = size }
      }
      for entry in entries where entry.key == "output-limit" {
        if let size = size(entry, atLeast: 1 << 10) { configuration.kernel.outputLimit = size }
      }
      let options = entries.filter { !["memory", "output-limit"].contains($0.key) }
      configuration.execute = CellOptions(options, isDefaults: true, problems: &problems)
    } catch {
      problems.append(error)
    }
  }

  private mutating func size(_ entry: YAMLText.Entry, atLeast least: Int) -> Int? {
    if let size = entry.value.text.flatMap(ByteSize.parse), size >= least { return size }
    let words = least >= 1 << 20 ? "\(least >> 20) MiB" : "\(least >> 10) KiB"
    refuse(entry, "a size of \(words) or more", hint: "Sizes look like `4 GiB` or `512 MiB`.")
    return nil
  }

  // MARK: Values

  private mutating func flag(_ entry: YAMLText.Entry) -> Bool? {
    if entry.value.flag == nil { refuse(entry, "true or false") }
    return entry.value.flag
  }

  /// A text, or one for each language: `title: {en: A guide, zh-Hans: 指南}`.
  private mutating func localizedText(_ entry: YAMLText.Entry) -> LocalizedText? {
    if let text = entry.value.text { return LocalizedText(text) }
    let texts = try? yaml.entries(of: entry.value, at: entry.valuePosition, expecting: "texts")
    guard let texts, texts.allSatisfy({ $0.key.isLanguageTag }) else {
      refuse(entry, "text, or a text for each language")
      return nil
    }
    var others: [String: String] = [:]
    for text in texts {
      if text.value.text == nil { refuse(text, "text") }
      others[text.key] = text.value.text
      translations.append((text.key, text.keyPosition))
    }
    return texts.first?.value.text.map { LocalizedText($0, others: others) }
  }

  /// Texts are in the book's languages, which may be listed below them.
  mutating func checkTranslations() {
    let languages = configuration.languages
    for (language, position) in translations where !languages.isEmpty && !languages.contains(language) {
      report(
        position, "`\(language)` is none of the book's languages",
        hint: "They are \(languages.listed(by: "and")).")
    }
  }

  /// The items of a list of texts; one text alone counts as a list of it.
  private mutating func texts(_ entry: YAMLText.Entry) -> [(String, SourcePosition)] {
    if let text = entry.value.text { return [(text, entry.valuePosition)] }
    guard let list = entry.value.sequence else {
      refuse(entry, "a list")
      return []
    }
    var texts: [(String, SourcePosition)] = []
    for item in list {
      let position = yaml.place(item.mark) ?? entry.valuePosition
      if let text = item.text {
        texts.append((text, position))
      } else {
        report(position, "`\(entry.key)` takes a list of texts; this is \(item.shown)")
      }
    }
    return texts
  }

  private mutating func refuse(_ entry: YAMLText.Entry, _ wanted: String, hint: String? = nil) {
    report(entry.valuePosition, "`\(entry.key)` takes \(wanted), not \(entry.value.shown)", hint: hint)
  }

  private mutating func report(_ position: SourcePosition, _ message: String, hint: String? = nil) {
    problems.append(YAMLText.Problem(at: position, message, hint: hint))
  }
}
