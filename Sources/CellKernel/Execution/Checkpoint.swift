import KernelProtocol

/// A unit that a process of the worker has run.
struct ExecutedUnit: Sendable {
  /// As it was compiled.
  var unit: Unit
  /// Its number in the chapter as it is now.
  var now: Int
  /// Tells what state it left: all that its run depended on, the files that it read included. `nil` where that is not
  /// known.
  var state: Digest?
  var seconds: Double
}

/// A process that keeps the state after some units.
struct Checkpoint: Sendable {
  var link: WorkerSession.Link
  /// The id of the last unit that was run; -1 for the top.
  var unit: Int
  var executed: [ExecutedUnit] = []
  /// What was compiled for the run that the checkpoint comes from, which may be more than what was run.
  var scope = Scope()

  /// What it saves: the time that its units took.
  var seconds: Double { executed.reduce(0) { $0 + $1.seconds } }
}

/// The state that the next run of a worker begins from.
struct ResumePoint: Sendable {
  /// Its units bear the numbers that they have in the chapter as it is now.
  var checkpoint: Checkpoint
  var workspace: Workspace
  /// Added to a unit's number, it makes an id that no unit in the same worker has had before.
  var firstID: Int

  func units(of analysis: ChapterAnalysis) -> [Unit] {
    analysis.units.map { unit in
      var unit = unit
      unit.id += firstID
      return unit
    }
  }
}

extension ChapterAnalysis {
  /// Tells the state that a unit leaves, given the files that it used.
  func state(of unit: Int, _ files: FileUses) -> Digest? {
    guard !files.isUnseen, !files.isUnrepeatable else { return nil }
    return Digest([keys[unit].description] + files.reads.flatMap { [$0.path, $0.state] })
  }
}
