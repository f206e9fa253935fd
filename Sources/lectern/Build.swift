import ArgumentParser
import Book
import Foundation

struct Build: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a book's cells and write its pages.",
    discussion: """
      Every page is written, also where cells fail; the exit status is 1 then. Without book.yml every .md file of \
      the folder is a chapter, in the order of names; README.md is not.
      """)

  @OptionGroup var argument: BookArgument

  @OptionGroup var pages: PageOptions

  @Option(
    name: [.customShort("f"), .customLong("format")],
    help: "What to write; several with commas. Default: html.")
  var formats: Formats?

  @Flag(help: "The same as --format standalone: pages that need no other file.")
  var standalone = false

  @Flag(help: "Make the pages from the accepted outputs (see test), and compile and run nothing.")
  var frozen = false

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
    var options = pages.buildOptions(jobs: work.jobs)
    options.isFrozen = frozen
    options.formats = wanted
    let result = try await work.reporting { [options, argument] report in
      let book = try Book.read(at: argument.book)
      return try await BookBuilder(book, options, report: report).build()
    } summary: { result, time in
      result.summary(output: pages.output, time: time)
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
