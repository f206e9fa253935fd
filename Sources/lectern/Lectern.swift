import ArgumentParser
import Book
import Diagnostics
import Foundation

@main
struct Lectern: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lectern",
    abstract: "A literate notebook for Swift: Markdown chapters with live code become a static book.",
    version: "lectern \(lecternVersion)",
    subcommands: [
      Init.self, Build.self, Serve.self, Test.self, Check.self, Tangle.self, Clean.self,
    ])

  /// Exit status: 0 all well, 1 something in the book failed, 2 wrong usage, 128 + n stopped by signal n.
  static func main() async {
    Interruption.reportFileSizeLimitAsError()
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      exit(reporting: error)
    }
  }

  private static func exit(reporting error: any Error) -> Never {
    switch error {
    case let error as BookError:
      printError(error.description)
      Foundation.exit(error.isWrongUsage ? 2 : 1)
    case let error as Diagnostic:
      printError(error.description)
      Foundation.exit(1)
    case let error as Interruption.Interrupted:
      printError("lectern: interrupted")
      Foundation.exit(error.exitCode)
    case is CancellationError:
      Foundation.exit(1)
    default:
      let code = exitCode(for: error)
      guard code == .validationFailure else { exit(withError: error) }
      printError(fullMessage(for: error))
      Foundation.exit(2)
    }
  }

  private static func printError(_ message: String) {
    try? FileHandle.standardError.write(contentsOf: Data((message + "\n").utf8))
  }
}
