import ArgumentParser
import Book
import Chapters
import Foundation

/// What every command that reads a book takes.
struct BookArgument: ParsableArguments {
  @Argument(
    help: "The book's folder, or one Markdown file.", completion: .file(extensions: ["md", "yml"]))
  var book = "chapters"
}

/// What every command that compiles a book takes.
struct WorkOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: "How many chapters are worked on at once.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  @Flag(name: .shortAndLong, help: "Say only what is wrong.")
  var quiet = false

  func validate() throws {
    guard jobs >= 1 else { throw ValidationError("--jobs is to be 1 or more, not \(jobs).") }
  }

  /// Runs `work` while showing its progress and listening for signals.
  func reporting<Value: Sendable>(
    _ work: @escaping @Sendable (@escaping BuildReporter) async throws -> Value,
    summary: @Sendable (Value, String) -> String
  ) async throws -> Value {
    let progress = ProgressReport(.current(isQuiet: quiet))
    defer { progress.finish() }
    let value = try await Interruption.cancelling { try await work(progress.reporter) }
    progress.finish(summary(value, progress.timeSoFar))
    return value
  }
}

extension CellOptions.Edition: ExpressibleByArgument {}
