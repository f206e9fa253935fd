import Book
import CellKernel
import Diagnostics
import Foundation
import KernelProtocol
import Synchronization

/// `serve`: builds a book, serves its pages, and builds it again whenever something changes that it is made from.
///
/// A build that is overtaken by the next change is cancelled. What builds share lives here: the workers with their
/// checkpoints, and the memory of what was read and woven.
public final class PreviewSession: Sendable {
  private let path: String
  private let options: BuildOptions
  private let style: ProgressStyle
  private let channel = LiveChannel()
  private let kernels = LiveKernels()
  private let memory = BuildMemory()
  private let filter: Mutex<ChangeFilter>

  private let bookFolder: String
  private let output: URL
  private let themes: [String]

  /// - Parameters:
  ///   - path: the book's folder or its only chapter, as the user named it.
  ///   - style: how each build's progress is told.
  /// - Throws: `BookError` where there is no such book, whatever is in it.
  public init(book path: String, _ options: BuildOptions, style: ProgressStyle) throws {
    self.path = path
    self.options = options
    self.style = style
    do {
      _ = try Book.read(at: path)
    } catch  where error.isWrongUsage {
      throw error
    } catch {
      // A mistake in the book is shown, and mended while we watch.
    }
    var isFolder: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    let url = URL(filePath: path)
    let folder = isFolder.boolValue ? url : url.deletingLastPathComponent()
    bookFolder = Self.canonical(folder)
    output = URL(filePath: options.output)
    let own = folder.appending(path: "templates").standardizedFileURL.path
    themes =
      [options.templates.map { Self.canonical(URL(filePath: $0)) }, own]
      .compactMap { $0 } + [Self.canonical(try Installation.current().templates)]
    filter = Mutex(ChangeFilter(book: bookFolder, output: Self.canonical(output), themes: Set(themes)))
  }

  /// Serves until the task is cancelled.
  /// - Parameters:
  ///   - port: where to listen; `nil` for the first free one of the usual.
  ///   - ready: told the address as soon as browsers can connect.
  /// - Throws: `Diagnostic` where no port is to be had.
  public func run(port: UInt16?, ready: @escaping @Sendable (String) -> Void) async throws {
    let script = try Data(contentsOf: Installation.current().templates.appending(path: "live.js"))
    let watcher: FileWatcher
    do {
      watcher = try FileWatcher()
    } catch {
      throw Diagnostic(
        .error, file: "lectern serve", message: "files cannot be watched: \(error.localizedDescription)",
        hint: "The system allows only so many watchers (fs.inotify.max_user_instances).")
    }
    defer { watcher.stop() }
    watcher.watch(targets())
    let server = PreviewServer(folder: output, channel: channel, script: script)
    do {
      try await withThrowingTaskGroup { group in
        group.addTask { try await server.run(port: port) { ready("http://localhost:\($0)/") } }
        group.addTask { [self] in try await buildAlways(watcher) }
        try await group.next()
        group.cancelAll()
      }
    } catch {
      await kernels.close()
      throw error
    }
    await kernels.close()
  }

  // MARK: Builds

  private func buildAlways(_ watcher: FileWatcher) async throws {
    let bursts = Bursts().of(watcher.changes) { [self] change in filter.withLock { $0.matters(change) } }
    var build = Task { await self.buildUntilCurrent(watcher) }
    await withTaskCancellationHandler {
      for await _ in bursts {
        build.cancel()
        await build.value
        build = Task { await self.buildUntilCurrent(watcher) }
      }
      build.cancel()
      await build.value
    } onCancel: {
      watcher.stop()
    }
    try Task.checkCancellation()
  }

  private func buildUntilCurrent(_ watcher: FileWatcher) async {
    while await build(watcher) {}
  }

  /// One build; what is wrong goes to the terminal and to the pages.
  /// - Returns: whether a file changed meanwhile that was not watched yet, so that nobody will tell of it.
  private func build(_ watcher: FileWatcher) async -> Bool {
    let progress = ProgressReport(style)
    defer { progress.finish() }
    let problems = Mutex<[Diagnostic]>([])
    let activity = Activity(channel)
    defer { activity.end() }
    let report: BuildReporter = { event in
      if case .diagnostic(let diagnostic) = event { problems.withLock { $0.append(diagnostic) } }
      activity.follow(event)
      progress.reporter(event)
    }
    var changed: [String] = []
    var isOutdated = false
    do {
      let book = try Book.read(at: path)
      let builder = try await BookBuilder(book, options, kernels: kernels, memory: memory, report: report)
      let result = try await builder.build()
      changed = result.changed
      let watched = filter.withLock { filter in
        defer { filter.inputs = Set(result.inputs.map(\.watchedPath)) }
        return filter.inputs
      }
      watcher.watch(targets())
      isOutdated = result.inputs.contains { !watched.contains($0.watchedPath) && !$0.isCurrent }
      progress.finish(
        result.changed.isEmpty ? nil : result.summary(output: options.output, time: progress.timeSoFar))
    } catch {
      guard !Task.isCancelled, !(error is CancellationError) else { return false }
      for diagnostic in Self.diagnostics(of: error, file: path) { report(.diagnostic(diagnostic)) }
    }
    guard !Task.isCancelled else {
      publish(changed, problems: nil)
      return false
    }
    publish(changed, problems: problems.withLock { $0 })
    // The page is there already.
    await kernels.trim()
    return isOutdated && !Task.isCancelled
  }

  private func publish(_ changed: [String], problems: [Diagnostic]?) {
    channel.update { state in
      if !changed.isEmpty || state.version == 0 {
        state.version += 1
        state.changed = changed
      }
      if let problems {
        state.problems = problems.filter { $0.severity != .note }.map(LiveState.Problem.init)
      }
      state.activity = nil
    }
  }

  private static func diagnostics(of error: any Error, file: String) -> [Diagnostic] {
    switch error {
    case let error as BookError: error.diagnostics
    case let error as Diagnostic: [error]
    default: [Diagnostic(.error, file: file, message: "the book cannot be built: \(error)")]
    }
  }

  // MARK: What is watched

  private func targets() -> FileWatcher.Targets {
    let inputs = filter.withLock(\.inputs)
    let output = Self.canonical(output)
    return FileWatcher.Targets(
      trees: Set([bookFolder] + themes),
      folders: Set(inputs.map { String($0.prefix(upTo: $0.lastIndex(of: "/") ?? $0.startIndex)) } + [output])
        .subtracting([""]),
      excluded: [output])
  }

  /// The path as the watcher will name what lies in it, links resolved.
  private static func canonical(_ url: URL) -> String {
    url.standardizedFileURL.resolvingSymlinksInPath().path
  }
}

extension FileUse {
  /// As `ChangeFilter` knows it.
  fileprivate var watchedPath: String { isOfList ? path + "/" : path }
}

/// Tells pages what a build is at, where it takes long enough for somebody to wonder.
private final class Activity: Sendable {
  private let channel: LiveChannel
  private let ticking: Task<Void, Never>

  init(_ channel: LiveChannel) {
    self.channel = channel
    let (words, word) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingNewest(1))
    self.word = word
    ticking = Task {
      try? await Task.sleep(for: .milliseconds(300))
      for await text in words {
        guard !Task.isCancelled else { return }
        channel.update { $0.activity = text }
        try? await Task.sleep(for: .milliseconds(250))
      }
    }
  }

  private let word: AsyncStream<String>.Continuation

  func follow(_ event: BuildEvent) {
    switch event {
    case .compiling(let chapter, _): word.yield("compiling \(chapter)")
    case .running(let chapter, _): word.yield("running \(chapter)")
    case .cell(let chapter, let index, let count, let label):
      word.yield("running \(chapter), cell \(index + 1) of \(count): \(label)")
    case .diagnostic, .compiled, .expecting, .cellEnded, .ran: break
    }
  }

  func end() {
    ticking.cancel()
    word.finish()
  }
}
