import Diagnostics

/// The works that a book or a chapter may cite, by their keys.
public struct Bibliography: Hashable, Sendable {
  /// By key.
  public private(set) var works: [String: Work] = [:]
  /// The files that they are from, as diagnostics name them; also those in which nothing could be read.
  public private(set) var files: [String] = []

  public init() {}

  /// Whether there is none, so that `@key` cites nothing.
  public var isEmpty: Bool { files.isEmpty }

  public subscript(key: String) -> Work? { works[key] }

  /// Reads a file of works: BibTeX (`.bib`), or CSL's in JSON or YAML.
  ///
  /// What is wrong with one work does not keep the others from being read.
  /// - Parameter file: as diagnostics name it; its extension tells the format.
  /// - Returns: all that is wrong in the file.
  public mutating func read(_ text: String, file: String) -> [Diagnostic] {
    files.append(file)
    let isBibTeX = file.lowercased().hasSuffix(".bib") || file.lowercased().hasSuffix(".bibtex")
    let (found, diagnostics) =
      isBibTeX ? BibTeXReader.read(text, file: file) : CSLReader.read(text, file: file)
    var problems = diagnostics
    for work in found {
      if let first = works[work.key] {
        problems.append(first.duplicate(work))
      } else {
        works[work.key] = work
      }
    }
    return problems.sorted { ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0) }
  }

  /// These works, and the others' where they have keys of their own.
  public func merging(_ other: Bibliography) -> Bibliography {
    var result = self
    result.works.merge(other.works) { own, _ in own }
    result.files += other.files.filter { !files.contains($0) }
    return result
  }
}

extension Work {
  /// The message about a second work of the same key.
  fileprivate func duplicate(_ other: Work) -> Diagnostic {
    Diagnostic(
      .error, file: other.file, line: other.position.line, column: other.position.column,
      message: "the key `\(key)` is given twice", hint: "Give one of the two works another key.",
      notes: [
        Diagnostic(
          .note, file: file, line: position.line, column: position.column, message: "it is first given here")
      ])
  }
}
