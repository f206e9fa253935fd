import ArgumentParser
import Book
import Foundation
import Preview

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show a book in the browser, and keep it up to date while it is written.",
    discussion: """
      Chapters, images, templates and book.yml are watched; what changed is built again and the pages in the browser \
      follow. Only this machine can reach the pages. Ctrl-C ends it.
      """)

  @OptionGroup var argument: BookArgument

  @Option(help: "Where to listen. [default: the first free port from 3000 on]")
  var port: UInt16?

  @OptionGroup var pages: PageOptions
  @OptionGroup var work: WorkOptions

  func run() async throws {
    let options = pages.buildOptions(jobs: work.jobs)
    let session = try PreviewSession(
      book: argument.book, options, style: .current(isQuiet: work.quiet))
    do {
      try await Interruption.cancelling { [argument, port] in
        try await session.run(port: port) { address in
          let line = "Serving \(argument.book) at \(address) (Ctrl-C to stop)\n"
          try? FileHandle.standardOutput.write(contentsOf: Data(line.utf8))
        }
      }
    } catch is Interruption.Interrupted {
      // That is how it ends.
    }
  }
}
