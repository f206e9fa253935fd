/// The workers that outlive a build: each chapter's, with the states after its cells (checkpoints), so that the next
/// build of the same book resumes above the first cell that changed instead of running what stands above it again.
///
/// One of these serves one book, build after build; `serve` makes it. A build that is cancelled ends the cell that it
/// was running and keeps all checkpoints.
public actor LiveKernels {
  /// Bytes that the checkpoints of all chapters may take together; the least useful are dropped beyond it.
  public let memoryBudget: Int

  public init(memoryBudget: Int = 2 << 30) {
    self.memoryBudget = memoryBudget
  }

  /// Ends all workers.
  public func close() async {}
}
