import CellKernel
import Chapters
import Foundation

/// The workers that outlive a build: each chapter's, with the states after its cells (checkpoints), so that the next
/// build of the same book resumes above the first cell that changed instead of running what stands above it again.
///
/// One of these serves one book, build after build; `serve` makes it. Builds take turns. One that is cancelled ends the
/// cell that it was running and keeps all checkpoints.
public actor LiveKernels {
  /// Bytes that the checkpoints of all chapters may take together; the least useful are dropped beyond it.
  public let memoryBudget: Int

  /// By chapter; the one that was used last is the last.
  private var kernels: [(chapter: String, settings: CellKernel.Settings, live: LiveKernel)] = []

  public init(memoryBudget: Int = 2 << 30) {
    self.memoryBudget = memoryBudget
  }

  /// Ends all workers.
  public func close() async {
    for kernel in kernels { await kernel.live.close() }
    kernels = []
  }

  /// The worker of a chapter, made where there is none yet, or where the limits of a run have changed.
  func kernel(of chapter: Chapter, in folder: URL, _ kernel: CellKernel) async throws -> LiveKernel {
    if let index = kernels.firstIndex(where: { $0.chapter == chapter.path }) {
      let found = kernels.remove(at: index)
      if found.settings == kernel.settings {
        kernels.append(found)
        return found.live
      }
      await found.live.close()
    }
    let live = LiveKernel(kernel, folder: folder)
    kernels.append((chapter.path, kernel.settings, live))
    return live
  }

  /// Keeps within the budget after a chapter has run: the chapters that were not edited for the longest time give way
  /// first, then states of this one.
  func trim(_ live: LiveKernel, after plan: ExecutionPlan) async {
    var rest = memoryBudget
    for kernel in kernels.reversed() where kernel.live !== live {
      let memory = await kernel.live.memory
      if rest - memory > memoryBudget / 2 { rest -= memory } else { await kernel.live.closeWhereIdle() }
    }
    await live.trim(to: max(rest, memoryBudget / 2), after: plan)
  }
}
