import CellKernel
import Chapters
import Diagnostics
import Foundation

/// Writes a book's code as a Swift package: a program for each chapter, its cells in order.
public struct BookTangler {
  let book: Book
  let library: LibraryReference

  /// - Parameter library: a folder with Lectern's `Package.swift` or a repository's URL; `nil` for the library that
  ///   the running executable uses.
  public init(_ book: Book, library: String?) throws {
    self.book = book
    self.library = try library.map(LibraryReference.init(named:)) ?? LibraryReference(Installation.current())
  }

  /// What was written.
  public struct TangledPackage: Sendable {
    public var chapters: Int
    /// One of the programs' names.
    public var example: String
    /// What will not build as it stands.
    public var warnings: [Diagnostic]
  }

  /// Writes the package into a folder; only files that an earlier call wrote are replaced.
  public func tangle(into path: String) async throws -> TangledPackage {
    let output = try OutputFolder(path)
    let read = try await book.readChapters(jobs: 1)
    let errors = read.diagnostics + read.chapters.flatMap(\.chapter.diagnostics)
    guard !errors.contains(where: { $0.severity == .error }) else { throw BookError(errors) }

    var files: [String: Data] = [:]
    var targets: [String] = []
    var warnings: [Diagnostic] = []
    // A translation's code is the original's.
    for chapter in read.runs.map(\.original) where !chapter.chapter.cells.isEmpty {
      let target = Self.targetName(chapter.file.page, besides: targets)
      let program = TangledProgram(chapter.chapter)
      targets.append(target)
      files["Sources/\(target)/main.swift"] = Data(program.text.utf8)
      warnings += program.warnings
    }
    guard let example = targets.first else {
      throw BookError(book.displayed("."), "the book has no cells to tangle")
    }
    let manifest = PackageManifest(
      title: book.configuration.title?.main ?? "Tangled", targets: targets, library: library)
    files["Package.swift"] = Data(manifest.text.utf8)
    try output.update(files)
    return TangledPackage(chapters: targets.count, example: example, warnings: warnings)
  }

  /// A name that SwiftPM takes: `en/11-Training a net` becomes `en-11-Training-a-net`.
  package static func targetName(_ page: String, besides taken: [String]) -> String {
    let words = page.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    var name = words.joined(separator: "-")
    if name.isEmpty { name = "chapter" }
    // A module's name begins with a letter.
    if name.first?.isNumber == true { name = "chapter-\(name)" }
    var unique = name
    var number = 2
    while taken.contains(where: { $0.lowercased() == unique.lowercased() }) {
      unique = "\(name)-\(number)"
      number += 1
    }
    return unique
  }
}
