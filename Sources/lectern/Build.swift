import ArgumentParser
import Book
import Chapters
import Foundation

struct Build: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a book's cells and write its pages.",
    discussion: """
      Every page is written, also where cells fail; the exit status is 1 then. Without book.yml every .md file of \
      the folder is a chapter, in the order of names; README.md is not.
      """)

  @OptionGroup var argument: BookArgument

  @Option(name: .shortAndLong, help: "Where the pages are written.", completion: .directory)
  var output = "output"

  @Option(
    name: [.customShort("f"), .customLong("format")],
    help: "What to write: html, standalone, epub, notebook, pdf; several with commas (html).")
  var formats: Formats?

  @Flag(help: "The same as --format standalone: pages that need no other file.")
  var standalone = false

  @Option(help: "A folder of templates and assets to be used before the book's own.", completion: .directory)
  var templates: String?

  @Option(help: "Which edition to make: student or instructor.")
  var edition: CellOptions.Edition?

  @Flag(help: "Run every chapter, and keep no run.")
  var noCache = false

  @OptionGroup var work: WorkOptions

  func validate() throws {
    guard !wanted.isSuperset(of: [.html, .standalone]) else {
      throw ValidationError(
        "Pages are either html or standalone, since both have the same names. Build twice, into two folders.")
    }
  }

  private var wanted: Set<OutputFormat> {
    let named = formats?.formats ?? []
    return standalone ? named.union([.standalone]) : named.isEmpty ? [.html] : named
  }

  func run() async throws {
    var options = BuildOptions()
    options.output = output
    options.formats = wanted
    options.templates = templates
    options.edition = edition
    options.jobs = work.jobs
    options.usesCache = !noCache
    let result = try await work.reporting { [options, argument] report in
      let book = try Book.read(at: argument.book)
      return try await BookBuilder(book, options, report: report).build()
    } summary: { result, time in
      result.summary(output: output, time: time)
    }
    guard result.succeeded else { throw ExitCode(1) }
  }
}

/// Formats with commas between them.
struct Formats: ExpressibleByArgument {
  var formats: Set<OutputFormat> = []

  init?(argument: String) {
    for name in argument.split(separator: ",") {
      guard let format = OutputFormat(rawValue: name.trimmingCharacters(in: .whitespaces)) else { return nil }
      formats.insert(format)
    }
    if formats.isEmpty { return nil }
  }

  static var allValueStrings: [String] { OutputFormat.allCases.map(\.rawValue) }
}
