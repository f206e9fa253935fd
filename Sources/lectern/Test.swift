import ArgumentParser
import Book

struct Test: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a book and compare with the outputs that were accepted.",
    discussion: """
      Accepted outputs lie beside the chapters, in files that end in .outputs. Text is compared exactly, numbers by a \
      tolerance (`tolerance:` in book.yml, or a cell's own); cells with `volatile: true` are left out.
      """)

  @OptionGroup var argument: BookArgument

  @Flag(help: "Accept what the book puts out now.")
  var accept = false

  @Flag(help: "Run every chapter, and keep no run.")
  var noCache = false

  @OptionGroup var work: WorkOptions

  func run() async throws {
    var options = BuildOptions()
    options.jobs = work.jobs
    options.usesCache = !noCache
    let result = try await work.reporting { [options, argument, accept] report in
      let book = try Book.read(at: argument.book)
      return try await BookTester(book, options, report: report).test(isAccepting: accept)
    } summary: { result, time in
      result.summary(time: time)
    }
    guard result.build.succeeded else { throw ExitCode(1) }
  }
}
