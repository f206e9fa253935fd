import ExecutionRecords
import Testing

/// A fork would lose a cell's threads, so there is no checkpoint after them, and the run is repeated instead.
@Suite struct ThreadsTests {
  @Test func stateComesBackWhereNoCheckpointCouldBeTaken() async throws {
    let record = try await Kernel.run(try Kernel.fixture("hostile/04-threads.md"))
    #expect(record["awaits"].text() == "awaited 7\n")
    #expect(record["queue"].text() == "from a queue\n")
    #expect(record["crash-after-threads"].status == .crashed)
    #expect(record["crash-after-threads"].error?.message == "value 12")
    #expect(record["state-before-crash"].text() == "2 7\n")
    #expect(record["throws-while-awaiting"].status == .failed)
    #expect(record["throws-while-awaiting"].error?.message == "threw an error: Late()")
    #expect(record["matrices"].text(.value) == "262144.0")
  }

  @Test func linearAlgebraWorksAfterEachFork() async throws {
    let cell = "matmul(Tensor.ones([200, 300]), Tensor.ones([300, 200])).sum().item"
    let record = try await Kernel.run(cells: cell, "fatalError()", cell, cell)
    #expect(record.cells.map { $0.text(.value) } == ["12000000.0", "", "12000000.0", "12000000.0"])
  }

  /// The runtime's locks remember their thread's number, which is another one after a fork.
  @Test func locksThatThreadsWaitForAreLetGoAfterEachFork() async throws {
    let cell = """
      import Dispatch
      enum Slow { static let value: Int = { usleep(50_000); return 7 }() }
      DispatchQueue.concurrentPerform(iterations: 2) { _ in precondition(Slow.value == 7) }
      Slow.value
      """
    let record = try await Kernel.run(
      cells: "enum First { static let value = [1].first }; First.value!", cell)
    #expect(record.cells.map { $0.text(.value) } == ["1", "7"])
  }
}
