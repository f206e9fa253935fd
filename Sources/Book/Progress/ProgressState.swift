/// How far a build has come.
package struct ProgressState {
  enum Phase { case compiling, running }

  private(set) var phase = Phase.compiling
  private(set) var total = 0
  private(set) var done = 0
  /// Seconds that cells still to be run took last time, by chapter and label.
  private var expected: [String: [String: Double]] = [:]
  /// Cells that ran, in the order in which they ended.
  private(set) var cells: [TimedCell] = []
  /// The chapters that are being compiled or run, longest at it first.
  private(set) var active: [Activity] = []

  struct TimedCell {
    var chapter: String
    var line: Int
    var label: String
    var seconds: Double
  }

  struct Activity {
    var chapter: String
    var cell: String?
    var finishedCells = 0
    var cells = 0
  }

  package init() {}

  package mutating func apply(_ event: BuildEvent) {
    switch event {
    case .diagnostic: break
    case .compiling(let chapter, let total): start(chapter, .compiling, total)
    case .running(let chapter, let total): start(chapter, .running, total)
    case .cell(let chapter, let index, let count, let label):
      guard let position = active.firstIndex(where: { $0.chapter == chapter }) else { return }
      active[position].cell = label
      active[position].finishedCells = index
      active[position].cells = count
    case .expecting(let seconds): expected = seconds
    case .cellEnded(let chapter, let line, let label, let seconds):
      cells.append(TimedCell(chapter: chapter, line: line, label: label, seconds: seconds))
      expected[chapter]?[label] = nil
    case .compiled(let chapter), .ran(let chapter, _, _):
      if case .ran = event { expected[chapter] = nil }
      active.removeAll { $0.chapter == chapter }
      done += 1
    }
  }

  private mutating func start(_ chapter: String, _ phase: Phase, _ total: Int) {
    if self.phase != phase { done = 0 }
    self.phase = phase
    self.total = total
    active.append(Activity(chapter: chapter))
  }

  /// How long the cells still to be run took last time; `nil` where nothing is known of them.
  package var expectedRest: Double? {
    let rest = expected.values.flatMap(\.values).reduce(0, +)
    return phase == .running && rest > 0 ? rest : nil
  }

  /// The cells that took longest, the longest first.
  func slowest(_ count: Int) -> [TimedCell] {
    Array(cells.sorted { $0.seconds > $1.seconds }.prefix(count))
  }

  /// Between 0 and 1; a chapter that is half run counts half.
  var fraction: Double {
    guard total > 0 else { return 0 }
    let parts = active.map { $0.cells == 0 ? 0 : Double($0.finishedCells) / Double($0.cells) }
    return min(1, (Double(done) + parts.reduce(0, +)) / Double(total))
  }
}
