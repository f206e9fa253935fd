import CellKernel
import Chapters
import ExecutionCache
import ExecutionRecords
import Foundation
import KernelProtocol
import Testing

@Suite("The execution cache")
struct ExecutionCacheTests {
  private let folder: TemporaryFolder
  private let cache: ExecutionCache

  init() throws {
    folder = try TemporaryFolder(["data.csv": "1,2\n"])
    cache = ExecutionCache(folder: folder.url.appending(path: "cache"))
  }

  private var place: ChapterPlace { ChapterPlace(chapterFolder: folder.url, bookFolder: folder.url) }

  private func analysis(_ cells: [String], prose: String = "", kernel: String = "k") async throws
    -> ChapterAnalysis
  {
    let text = prose + cells.map { "```swift-run\n\($0)\n```\n\n" }.joined()
    let settings = CellKernel.Settings()
    let tool = CellKernel(installation: try .current(), toolchain: try await .current(), settings: settings)
    return tool.analyze(
      .parse(text, path: "a.md", file: "a.md"), identity: kernel, folder: folder.url)
  }

  private func keepAll(_ analysis: ChapterAnalysis, _ change: (inout UnitOutcome) -> Void = { _ in }) throws {
    for unit in 0..<analysis.unitCount {
      var outcome = UnitOutcome(status: .ok)
      change(&outcome)
      try cache.store(outcome, of: unit, in: ChapterOutcomes(ExecutionPlan(analysis)), at: place)
    }
  }

  private func missing(_ analysis: ChapterAnalysis) -> [Int] {
    cache.plan(analysis, at: place).missing.sorted()
  }

  @Test func findsWhatWasStored() async throws {
    let chapter = try await analysis(["let x = 1", "x"])
    #expect(missing(chapter) == [0, 1])
    try keepAll(chapter)
    #expect(missing(chapter).isEmpty)
  }

  @Test func onlyWhatSharesANameRunsAgain() async throws {
    try keepAll(try await analysis(["let x = 1", "let y = 2", "x", "y", "x + y"]))
    #expect(missing(try await analysis(["let x = 3", "let y = 2", "x", "y", "x + y"])) == [0, 2, 4])
    #expect(missing(try await analysis(["let x = 1", "let y = 2", "x", "y; y", "x + y"])) == [3, 4])
    #expect(missing(try await analysis(["let x = 1", "let y = 2", "x", "y", "x - y"])) == [4])
  }

  @Test(arguments: [
    (["struct S {}", "1"], ["struct S { var n = 1 }", "1"], [0]),
    (["extension Int { var k: Int { 1 } }", "2"], ["extension Int { var k: Int { 2 } }", "2"], [0, 1]),
    (["typealias IntegerLiteralType = Int8", "2"], ["typealias IntegerLiteralType = Int16", "2"], [0, 1]),
    (["import Glibc", "2"], ["import Foundation", "2"], [0, 1]),
    (["srand(1)", "rand()"], ["srand(2)", "rand()"], [0, 1]),
    (["let x = 1", "func f(x: Int) -> Int { x }"], ["let x = 2", "func f(x: Int) -> Int { x }"], [0]),
    (["let x: Int? = 1", "if let x { print(x) }"], ["let x: Int? = 2", "if let x { print(x) }"], [0, 1]),
    (["a - b"], ["a -b"], [0]), (["f\n(x)"], ["f(x)"], [0]), (["print(\"a b\")"], ["print(\"ab\")"], [0]),
  ]) func dependence(old: [String], new: [String], runs: [Int]) async throws {
    // Labels that cells have from their numbers stay as they are here.
    try keepAll(try await analysis(old))
    #expect(missing(try await analysis(new)) == runs)
  }

  @Test func proseCommentsBlanksAndWhatIsOnlyShownChangeNothing() async throws {
    try keepAll(try await analysis(["let x = 1", "print(x)"]))
    let edited = try await analysis(
      ["//| echo: false\n//| fig-cap: A caption\n// why\nlet  x =\n  1", "print( x ) // shows it"],
      prose: "Prose.\n\n")
    #expect(missing(edited).isEmpty)
  }

  @Test func whatAsksForItsLineRunsAgainWhereThatChanges() async throws {
    let cells = ["print(#line)", "func here(line: Int = #line) -> Int { line }", "here()", "print(1)"]
    try keepAll(try await analysis(cells))
    #expect(missing(try await analysis(cells, prose: "Prose.\n\n")) == [0, 1, 2])
  }

  @Test func aNewCellChangesTheSeedsOfUnlabelledOnesBelow() async throws {
    try keepAll(try await analysis(["//| label: one\n1", "2"]))
    #expect(missing(try await analysis(["0", "//| label: one\n1", "2"])) == [0, 2])
  }

  @Test func executionOptionsCount() async throws {
    try keepAll(try await analysis(["1"]))
    for option in ["timeout: 5", "expect-error: runtime", "depends: data.csv", "label: other"] {
      #expect(missing(try await analysis(["//| \(option)\n1"])) == [0], "\(option)")
    }
    #expect(missing(try await analysis(["1"], kernel: "other")) == [0])
  }

  @Test func filesThatWereReadCount() async throws {
    let chapter = try await analysis(["read()", "2"])
    let file = folder.url.appending(path: "data.csv").path
    try keepAll(chapter) { $0.files.reads = [FileUse(.contents, of: file)] }
    #expect(missing(chapter).isEmpty)
    try folder.write("1,3\n", to: "data.csv")
    #expect(missing(chapter) == [0, 1])
    try folder.write("1,2\n", to: "data.csv")
    #expect(missing(chapter).isEmpty)
  }

  /// A build may be stopped between a cell that read a file and one that shows what was read.
  @Test func filesCountForWhatIsBelowTheirReader() async throws {
    let chapter = try await analysis([
      "import Foundation\nlet text = try! String(contentsOfFile: \"data.csv\", encoding: .utf8)", "text",
    ])
    let kernel = CellKernel(
      installation: try .current(), toolchain: try await .current(), settings: .init())
    func run(keeping kept: [Int]) async throws {
      let (cache, place) = (cache, place)
      var observer = RunObserver()
      observer.outcome = { if kept.contains($0) { try? cache.store($1, of: $0, in: $2, at: place) } }
      let compiled = try await kernel.compile(cache.plan(chapter, at: place))
      _ = try await kernel.outcomes(of: compiled, in: folder.url, observer: observer)
    }
    try await run(keeping: [0, 1])
    #expect(missing(chapter).isEmpty)
    try folder.write("1,3\n", to: "data.csv")
    try await run(keeping: [0])
    #expect(missing(chapter) == [1])
    try await run(keeping: [1])
    #expect(missing(chapter).isEmpty)
  }

  @Test(arguments: ["nothing", "[1][2]"]) func inlineValuesOfOneTextFailAtTheirOwnPlaces(text: String)
    async throws
  {
    let chapter = try await analysis(["1"], prose: "One `{swift} \(text)`.\n\nTwo: `{swift} \(text)`.\n\n")
    let kernel = CellKernel(
      installation: try .current(), toolchain: try await .current(), settings: .init())
    let (cache, place) = (cache, place)
    var observer = RunObserver()
    observer.outcome = { try? cache.store($1, of: $0, in: $2, at: place) }
    let compiled = try await kernel.compile(cache.plan(chapter, at: place))
    _ = try await kernel.outcomes(of: compiled, in: folder.url, observer: observer)
    let known = cache.plan(chapter, at: place).known
    #expect((0..<2).map { known[$0]?.error?.line } == [1, 3])
    #expect((0..<2).map { known[$0]?.error?.column } == (text == "nothing" ? [14, 15] : [17, 18]))
  }

  @Test func aWrittenFileThatIsGoneIsWrittenAgain() async throws {
    let chapter = try await analysis(["write()"])
    let file = folder.url.appending(path: "data.csv")
    try keepAll(chapter) { $0.files.writes = [FileUse(.contents, of: file.path)] }
    #expect(missing(chapter).isEmpty)
    try FileManager.default.removeItem(at: file)
    #expect(missing(chapter) == [0])
  }

  @Test func whatMayDifferAnotherTimeIsNotReused() async throws {
    let chapter = try await analysis(["1", "2"])
    try keepAll(chapter) { $0.status = .timedOut }
    #expect(missing(chapter) == [0, 1])
    try keepAll(chapter) { $0.files.isUnrepeatable = true }
    #expect(missing(chapter) == [0, 1])
    let uncached = try await analysis(["//| cache: false\n1"])
    try keepAll(uncached)
    #expect(missing(uncached) == [0])
  }

  @Test func damagedEntriesAreDroppedAndHeal() async throws {
    let chapter = try await analysis(["let x = 1"])
    try keepAll(chapter)
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
      #expect(missing(chapter) == [0])
      #expect(!folder.exists(name), "a damaged entry is removed")
    }
    try keepAll(chapter)
    #expect(missing(chapter).isEmpty)
  }

  @Test func theOldestGoWhereThereAreTooMany() async throws {
    let small = ExecutionCache(folder: cache.folder, limit: 2000)
    for number in 0..<20 { try keepAll(try await analysis(["let x = \(number)"])) }
    let old = try #require(folder.files.first { $0.hasPrefix("cache/") })
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -7200)],
      ofItemAtPath: folder.url.appending(path: old).path)
    small.trim()
    let size = try folder.files.filter { $0.hasPrefix("cache/") }
      .reduce(0) { try $0 + Data(contentsOf: folder.url.appending(path: $1)).count }
    #expect(size > 0 && size <= 2000)
    #expect(!folder.exists(old))
  }
}
