import ArgumentParser
import Book

struct Clean: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Remove what build made: its pages and the kept runs.")

  @OptionGroup var argument: BookArgument

  @Option(name: .shortAndLong, help: "Where the pages were written.", completion: .directory)
  var output = "output"

  func run() throws {
    try BookCleaner.clean(book: argument.book, output: output)
  }
}
