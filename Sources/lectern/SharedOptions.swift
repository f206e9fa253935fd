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

/// What every command that makes pages takes.
struct PageOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: "Where the pages are written.", completion: .directory)
  var output = "output"

  @Option(help: "A folder of templates and assets to be used before the book's own.", completion: .directory)
  var templates: String?

  @Option(help: "Which edition to make: student or instructor.")
  var edition: CellOptions.Edition?

  @Flag(help: "Run every chapter, and keep no run.")
  var noCache = false

  func buildOptions(jobs: Int) -> BuildOptions {
    var options = BuildOptions()
    options.output = output
    options.templates = templates
    options.edition = edition
    options.jobs = jobs
    options.usesCache = !noCache
    return options
  }
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
