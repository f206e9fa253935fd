/// How far a build has come.
package struct ProgressState {
  enum Phase { case compiling, running }

  private(set) var phase = Phase.compiling
  private(set) var total = 0
  private(set) var done = 0
  /// The chapters that are being compiled or run, longest at it first.
  private(set) var active: [Activity] = []

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
    case .compiled(let chapter), .ran(let chapter, _, _):
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

  /// Between 0 and 1; a chapter that is half run counts half.
  var fraction: Double {
    guard total > 0 else { return 0 }
    let parts = active.map { $0.cells == 0 ? 0 : Double($0.finishedCells) / Double($0.cells) }
    return min(1, (Double(done) + parts.reduce(0, +)) / Double(total))
  }
}
