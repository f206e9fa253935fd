import Chapters
import Diagnostics
import Foundation

/// Finds a book's chapters: those that `book.yml` lists, or else every Markdown file in the order of names.
///
/// A `README.md` is about the book, not of it, and is only a chapter where it is listed.
struct ChapterDiscovery {
  static let configurationName = "book.yml"
  static let defaultLanguage = "en"

  var folder: URL
  var configuration: BookConfiguration
  /// The text of `book.yml`, for messages.
  var text: String
  /// `book.yml` as messages name it.
  var file: String

  static func isMarkdown(_ name: some StringProtocol) -> Bool {
    let name = name.lowercased()
    return name.hasSuffix(".md") || name.hasSuffix(".markdown")
  }

  func chapters(_ diagnostics: inout [Diagnostic]) throws -> [ChapterFile] {
    let languages = try languageFolders()
    var chapters: [ChapterFile] = []
    if let listed = configuration.chapters {
      chapters = listedChapters(listed, in: languages, &diagnostics)
    } else {
      for language in languages {
        chapters += try markdownFiles(in: language.folder).map { chapter($0, in: language, of: languages) }
      }
    }
    reportSharedPages(chapters, &diagnostics)
    return chapters
  }

  // MARK: Languages

  private struct LanguageFolder {
    var language: String
    /// `nil` where the chapters lie in the book's own folder.
    var folder: String?
  }

  /// The folders that hold chapters. Without `languages:` in `book.yml` that is the book's own folder or, where no
  /// chapter lies in it, each folder that is named like a language.
  private func languageFolders() throws -> [LanguageFolder] {
    let named = configuration.languages
    if named.count > 1 { return named.map { LanguageFolder(language: $0, folder: $0) } }
    if let language = named.first {
      let hasFolder = try !markdownFiles(in: language).isEmpty
      return [LanguageFolder(language: language, folder: hasFolder ? language : nil)]
    }
    if try markdownFiles(in: nil).isEmpty {
      let found = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        .filter { try $0.isLanguageTag && !markdownFiles(in: $0).isEmpty }
        .sorted { ($0 == Self.defaultLanguage ? 0 : 1, $0) < ($1 == Self.defaultLanguage ? 0 : 1, $1) }
      if !found.isEmpty { return found.map { LanguageFolder(language: $0, folder: $0) } }
    }
    return [LanguageFolder(language: Self.defaultLanguage, folder: nil)]
  }

  /// The names of the Markdown files in a folder of the book's, numbers counted as numbers: 2 before 10.
  private func markdownFiles(in subfolder: String?) throws -> [String] {
    var folder = folder
    if let subfolder {
      folder.append(path: subfolder)
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder), isFolder.boolValue
      else { return [] }
    }
    return try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { Self.isMarkdown($0) && !$0.hasPrefix(".") && $0.lowercased() != "readme.md" }
      .sorted {
        let order = $0.compare($1, options: .numeric)
        return order == .orderedSame ? $0 < $1 : order == .orderedAscending
      }
  }

  private func chapter(
    _ name: String, in language: LanguageFolder, of languages: [LanguageFolder]
  ) -> ChapterFile {
    let path = language.folder.map { "\($0)/\(name)" } ?? name
    let page = languages.count > 1 ? path : name
    return ChapterFile(path: path, language: language.language, page: RelativePath.withoutExtension(page))
  }

  // MARK: Listed chapters

  private func listedChapters(
    _ listed: [BookConfiguration.ListedChapter], in languages: [LanguageFolder],
    _ diagnostics: inout [Diagnostic]
  ) -> [ChapterFile] {
    var found: [String: [ChapterFile]] = [:]
    for item in listed {
      guard Self.isMarkdown(item.path) else {
        diagnostics.append(
          message("chapter `\(item.path)` is no Markdown file", at: item, hint: "Its name is to end in .md."))
        continue
      }
      var missing: [String] = []
      for language in languages where concerns(item, language, of: languages) {
        let name = nameWithinLanguage(item.path, language)
        let chapter = chapter(name, in: language, of: languages)
        if FileManager.default.fileExists(atPath: folder.appending(path: chapter.path).path) {
          found[language.language, default: []].append(chapter)
        } else {
          missing.append(chapter.path)
        }
      }
      report(item, missing: missing, of: languages, &diagnostics)
    }
    return languages.flatMap { found[$0.language] ?? [] }
  }

  /// An item may name its language's folder itself: `en/11-training.md` is a chapter of the English edition alone.
  private func concerns(
    _ item: BookConfiguration.ListedChapter, _ language: LanguageFolder, of languages: [LanguageFolder]
  ) -> Bool {
    let first = item.path.split(separator: "/").first.map(String.init)
    guard item.path.contains("/"), let named = languages.first(where: { $0.folder == first }) else {
      return true
    }
    return named.language == language.language
  }

  private func nameWithinLanguage(_ path: String, _ language: LanguageFolder) -> String {
    guard let folder = language.folder, path.hasPrefix(folder + "/") else { return path }
    return String(path.dropFirst(folder.count + 1))
  }

  /// A chapter that no language has is a mistake; one that is not translated yet is worth a warning.
  private func report(
    _ item: BookConfiguration.ListedChapter, missing: [String], of languages: [LanguageFolder],
    _ diagnostics: inout [Diagnostic]
  ) {
    guard let first = missing.first else { return }
    if missing.count < languages.count, languages.count > 1, !item.path.hasPrefix(first) {
      for path in missing {
        diagnostics.append(message("chapter `\(path)` is not there yet", at: item, severity: .warning))
      }
    } else {
      let folder = RelativePath.folder(of: first)
      let nearest = try? markdownFiles(in: folder).closest(to: String(RelativePath.lastPart(first)))
      diagnostics.append(
        message(
          "chapter `\(item.path)` does not exist", at: item, hint: nearest.map { "Did you mean `\($0)`?" }))
    }
  }

  private func reportSharedPages(_ chapters: [ChapterFile], _ diagnostics: inout [Diagnostic]) {
    var owners: [String: ChapterFile] = [:]
    for chapter in chapters {
      // Some file systems take 'A.html' and 'a.html' for the same file.
      if let owner = owners.updateValue(chapter, forKey: chapter.page.lowercased()) {
        diagnostics.append(
          Diagnostic(
            .error, file: file,
            message: "`\(owner.path)` and `\(chapter.path)` would both become \(chapter.pagePath)",
            hint: "Give one of them another name."))
      }
    }
  }

  private func message(
    _ message: String, at item: BookConfiguration.ListedChapter,
    severity: Diagnostic.Severity = .error, hint: String? = nil
  ) -> Diagnostic {
    SourceText(text).diagnostic(severity, in: file, at: item.position, message, hint: hint)
  }
}
