import CellKernel
import Chapters
import Foundation

/// The workers that outlive a build: each chapter's, with the states after its cells (checkpoints), so that the next
/// build of the same book resumes above the first cell that changed instead of running what stands above it again.
///
/// One of these serves one book, build after build; `serve` makes it. Builds take turns. One that is cancelled ends the
/// cell that it was running and keeps all checkpoints.
public actor LiveKernels {
  /// Bytes that the checkpoints of all chapters may take together.
  public let memoryBudget: Int

  private struct Entry {
    var chapter: String
    /// What the worker was started with.
    var settings: CellKernel.Settings
    var kernelIdentity: String
    var live: LiveKernel
  }

  /// The one that was used last is the last.
  private var entries: [Entry] = []

  public init(memoryBudget: Int = 2 << 30) {
    self.memoryBudget = memoryBudget
  }

  /// Ends all workers.
  public func close() async {
    let old = entries
    entries = []
    for entry in old { await entry.live.close() }
  }

  /// The worker of a chapter, a new one where the chapter has none yet, or one that was started otherwise.
  func kernel(of analysis: ChapterAnalysis, in folder: URL, _ kernel: CellKernel) async -> LiveKernel {
    let path = analysis.chapter.path
    if let index = entries.firstIndex(where: { $0.chapter == path }) {
      let found = entries.remove(at: index)
      if found.settings == kernel.settings, found.kernelIdentity == analysis.kernelIdentity {
        entries.append(found)
        return found.live
      }
      await found.live.close()
    }
    let live = LiveKernel(kernel, folder: folder)
    entries.append(
      Entry(
        chapter: path, settings: kernel.settings, kernelIdentity: analysis.kernelIdentity, live: live))
    return live
  }

  /// Keeps within the budget, between two builds: the chapters that were not run for the longest time give way first.
  public func trim() async {
    var rest = memoryBudget
    for (age, entry) in entries.reversed().enumerated() {
      if age < Self.mostChapters { rest -= await entry.live.trim(to: rest) } else { await entry.live.close() }
    }
  }

  private static let mostChapters = 8
}
