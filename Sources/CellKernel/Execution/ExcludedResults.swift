import ExecutionRecords

extension CompiledChapter {
  /// What is to be said of the units that were not run.
  /// - Parameters:
  ///   - compilation: the last one; by default the first.
  ///   - results: of the units that were run.
  func excludedResults(of compilation: Compilation? = nil, after results: [Int: UnitResult] = [:])
    -> [Int: UnitResult]
  {
    let excluded = (compilation ?? self.compilation).excluded
    return excluded.compactMapValues { exclusion in
      switch exclusion {
      case .didNotEnd: nil
      case .notEvaluated: UnitResult(status: .skipped)
      case .notCompiled(let messages): UnitResult(status: .notCompiled, error: error(from: messages))
      case .compiledUnexpectedly:
        UnitResult(
          status: .failed, error: CellError(message: "it says `expect-error: compile`, but it compiles"))
      case .needs(let name, let needed):
        UnitResult(
          status: .skipped,
          error: CellError(
            message: """
              not run: it needs `\(name)` of \(units[needed].name), \
              which \(why(excluded[needed], results[needed]?.status))
              """))
      }
    }
  }

  private func why(_ exclusion: Exclusion?, _ status: CellStatus?) -> String {
    switch (exclusion, status) {
    case (_, .failed): "failed"
    case (_, .crashed): "crashed"
    case (_, .timedOut): "ran out of time"
    case (.notEvaluated, _): "is not evaluated"
    case (.needs, _): "was not run either"
    default: "did not compile"
    }
  }
}
