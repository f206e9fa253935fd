import ArgumentParser
import Book

struct Tangle: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a book's code alone, as a Swift package.")

  @OptionGroup var argument: BookArgument

  @Option(name: .shortAndLong, help: "The package's folder.", completion: .directory)
  var output = "tangled"

  @Option(
    help: "Where the package finds the library: a folder with Lectern's Package.swift, or a repository's URL."
  )
  var library: String?

  func run() async throws {
    let book = try Book.read(at: argument.book)
    let package = try await BookTangler(book, library: library).tangle(into: output)
    let report = ProgressReport(.current(isQuiet: false))
    for warning in package.warnings { report.reporter(.diagnostic(warning)) }
    print("Wrote \(package.chapters) programs to \(output).")
    print("Run one with: swift run --package-path \(output) \(package.example)")
  }
}
