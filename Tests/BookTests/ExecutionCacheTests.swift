import CellKernel
import CellOutputs
import Chapters
import Diagnostics
import ExecutionCache
import ExecutionRecords
import Foundation
import Testing

@Suite("The execution cache")
struct ExecutionCacheTests {
  private let folder: TemporaryFolder
  private let cache: ExecutionCache

  init() throws {
    folder = try TemporaryFolder(["data.csv": "1,2\n"])
    cache = ExecutionCache(folder: folder.url.appending(path: "cache"))
  }

  private func chapter(_ code: [String], line: Int = 3) -> Chapter {
    let cells = code.enumerated().map { index, code in
      let line = line + 10 * index
      return Cell(
        label: "cell-\(index + 1)", code: code, firstLine: line + 1,
        columnOffsets: code.split(separator: "\n").map { _ in 0 },
        position: SourcePosition(line: line, column: 1))
    }
    return Chapter(
      path: "a.md", file: "a.md", source: "", cells: cells, units: cells.indices.map { .cell($0) })
  }

  private func key(
    _ chapter: Chapter, kernel: String = "k", settings: CellKernel.Settings = CellKernel.Settings()
  ) throws -> RunKey {
    try RunKey(chapter: chapter, kernelIdentity: kernel, settings: settings, folder: folder.url)
  }

  private func run(of chapter: Chapter, _ status: CellStatus = .ok, error: CellError? = nil) -> ChapterRun {
    let cells = chapter.cells.map {
      CellRecord(
        label: $0.label, line: $0.position.line, status: status,
        outputs: [.text(TextOutput(stream: .stdout, text: "42\n"))], error: error)
    }
    return ChapterRun(diagnostics: [], record: ExecutionRecord(chapter: chapter.path, cells: cells))
  }

  @Test func findsWhatWasStored() throws {
    let chapter = chapter(["let x = 1", "x"])
    #expect(cache.run(for: try key(chapter), of: chapter) == nil)
    try cache.store(run(of: chapter), for: key(chapter), of: chapter)
    #expect(cache.run(for: try key(chapter), of: chapter) == run(of: chapter))
  }

  @Test func keyFollowsWhatARunDependsOn() throws {
    let base = chapter(["let x = 1", "x"])
    var keys = [try key(base)]
    keys.append(try key(chapter(["let x = 2", "x"])))
    keys.append(try key(chapter(["x", "let x = 1"])))
    keys.append(try key(base, kernel: "other"))
    var settings = CellKernel.Settings()
    settings.seed = 1
    keys.append(try key(base, settings: settings))
    for change: (inout Cell) -> Void in [
      { $0.label = "other" }, { $0.options.eval = false }, { $0.options.timeout = 5 },
      { $0.options.expectError = .runtime }, { $0.options.error = true },
      { $0.options.depends = ["data.csv"] },
      { $0.options.depends = ["no.csv"] },
    ] {
      var changed = base
      change(&changed.cells[0])
      keys.append(try key(changed))
    }
    #expect(Set(keys).count == keys.count)
  }

  @Test func keyIgnoresWhatIsOnlyShown() throws {
    let base = chapter(["let x = 1"])
    var changed = chapter(["let x = 1"], line: 40)
    changed.source = "prose"
    changed.cells[0].options.echo = false
    changed.cells[0].options.figCap = "caption"
    #expect(try key(changed) == key(base))
  }

  @Test func keyFollowsDeclaredFiles() throws {
    var chapter = chapter(["read()"])
    chapter.cells[0].options.depends = ["data.csv"]
    let before = try key(chapter)
    try folder.write("1,3\n", to: "data.csv")
    #expect(try key(chapter) != before)
  }

  @Test func movesWithItsCells() throws {
    let old = chapter(["let x = 1", "x"])
    let new = chapter(["let x = 1", "x"], line: 30)
    try cache.store(run(of: old), for: key(old), of: old)
    #expect(cache.run(for: try key(new), of: new) == run(of: new))
  }

  @Test func doesNotMoveWhatTellsItsPlace() throws {
    let failing = chapter(["fail()"])
    try cache.store(
      run(of: failing, .failed, error: CellError(message: "no", line: 4)), for: key(failing), of: failing)
    #expect(cache.run(for: try key(failing), of: failing) != nil)
    let moved = chapter(["fail()"], line: 30)
    #expect(cache.run(for: try key(moved), of: moved) == nil)

    let line = chapter(["print(#line)"])
    try cache.store(run(of: line), for: key(line), of: line)
    let movedLine = chapter(["print(#line)"], line: 30)
    #expect(cache.run(for: try key(movedLine), of: movedLine) == nil)
  }

  @Test func doesNotKeepWhatMayDiffer() throws {
    let chapter = chapter(["while true {}"])
    try cache.store(run(of: chapter, .timedOut), for: key(chapter), of: chapter)
    #expect(cache.run(for: try key(chapter), of: chapter) == nil)
    var uncached = chapter
    uncached.cells[0].options.cache = false
    try cache.store(run(of: uncached), for: key(uncached), of: uncached)
    #expect(cache.run(for: try key(uncached), of: uncached) == nil)
  }

  @Test func dropsDamagedEntries() throws {
    let chapter = chapter(["let x = 1"])
    let key = try key(chapter)
    try cache.store(run(of: chapter), for: key, of: chapter)
    let name = try #require(folder.files.first { $0.hasPrefix("cache/") })
    let whole = try Data(contentsOf: folder.url.appending(path: name))
    var damages = [
      Data(), Data(whole.prefix(whole.count / 2)), Data(whole.dropLast()), whole + Data("x".utf8),
    ]
    for index in stride(from: 0, to: whole.count, by: 7) {
      var damaged = whole
      damaged[index] ^= 0x20
      damages.append(damaged)
    }
    for damaged in damages {
      try folder.write(damaged, to: name)
      #expect(cache.run(for: key, of: chapter) == nil)
      #expect(!folder.exists(name), "a damaged entry is removed")
    }
    try cache.store(run(of: chapter), for: key, of: chapter)
    #expect(cache.run(for: key, of: chapter) == run(of: chapter))
  }

  @Test func isSafeForSeveralAtOnce() async throws {
    let chapters = (0..<4).map { chapter(["let x = \($0)"]) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<32 {
        let chapter = chapters[index % 4]
        let key = try key(chapter)
        let run = run(of: chapter)
        group.addTask { [cache] in
          try cache.store(run, for: key, of: chapter)
          #expect(cache.run(for: key, of: chapter) == run)
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func keepsInfiniteNumbers() throws {
    let chapter = chapter(["loss"])
    var run = run(of: chapter)
    let series = ChartOutput.Series(name: "loss", x: [1, 2], y: [.infinity, -.infinity])
    run.record.cells[0].outputs = [
      .chart(ChartOutput(x: .init(label: "step"), y: .init(label: "loss"), series: [series]))
    ]
    try cache.store(run, for: key(chapter), of: chapter)
    #expect(cache.run(for: try key(chapter), of: chapter) == run)
  }
}
