import ArgumentParser
import Book

struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compile a book's cells and check its references, without running anything.")

  @OptionGroup var argument: BookArgument
  @OptionGroup var work: WorkOptions

  func run() async throws {
    let result = try await work.reporting { [argument, work] report in
      let book = try Book.read(at: argument.book)
      return try await BookChecker(book, jobs: work.jobs, report: report).check()
    } summary: { result, time in
      result.checkSummary(time: time)
    }
    guard result.succeeded else { throw ExitCode(1) }
  }
}
