import Foundation

/// Collects changes that come close together: a save may be several, and a checkout is hundreds.
struct Bursts: Sendable {
  /// How long nothing may happen until a burst is over; longer where all that is known is that files went away, since
  /// some editors remove a file before they write it anew.
  var quiet: Duration = .milliseconds(8)
  var quietAfterRemovals: Duration = .milliseconds(80)
  /// When a burst is handed on although it is not over.
  var longest: Duration = .milliseconds(400)

  /// The changes that `isRelevant` lets through, burst by burst.
  func of(
    _ changes: AsyncStream<FileWatcher.Change>,
    where isRelevant: @escaping @Sendable (FileWatcher.Change) -> Bool
  ) -> AsyncStream<[FileWatcher.Change]> {
    let (bursts, output) = AsyncStream.makeStream(of: [FileWatcher.Change].self)
    let collected = Collected()
    let task = Task {
      // Any other group would keep what ended, until the end.
      await withDiscardingTaskGroup { group in
        for await change in changes where isRelevant(change) {
          let (number, isFirst) = await collected.add(change)
          let removalsOnly = await collected.isRemovalsOnly
          let wait = removalsOnly ? quietAfterRemovals : quiet
          group.addTask {
            try? await Task.sleep(for: wait)
            if let burst = await collected.take(ifLastIs: number) { output.yield(burst) }
          }
          if isFirst {
            group.addTask {
              try? await Task.sleep(for: longest)
              if let burst = await collected.take(startedAt: number) { output.yield(burst) }
            }
          }
        }
      }
      output.finish()
    }
    output.onTermination = { _ in task.cancel() }
    return bursts
  }

  private actor Collected {
    private var changes: [FileWatcher.Change] = []
    private var last = 0
    private var start = 0

    var isRemovalsOnly: Bool { changes.allSatisfy(\.isRemoval) }

    func add(_ change: FileWatcher.Change) -> (number: Int, isFirst: Bool) {
      last += 1
      if changes.isEmpty { start = last }
      changes.append(change)
      return (last, start == last)
    }

    func take(ifLastIs number: Int) -> [FileWatcher.Change]? { last == number ? take() : nil }
    func take(startedAt number: Int) -> [FileWatcher.Change]? { start == number ? take() : nil }

    private func take() -> [FileWatcher.Change]? {
      defer { changes = [] }
      return changes.isEmpty ? nil : changes
    }
  }
}
