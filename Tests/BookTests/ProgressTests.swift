import Book
import Testing

@Suite("Progress")
struct ProgressTests {
  private var state: ProgressState {
    var state = ProgressState()
    for chapter in ["a.md", "b.md", "chapters/zh-Hans/11-卷积神经网络.md"] {
      state.apply(.running(chapter: chapter, total: 4))
      if chapter.count > 4 { break }
      state.apply(.ran(chapter: chapter, cells: 2, seconds: 1))
    }
    state.apply(.cell(chapter: "chapters/zh-Hans/11-卷积神经网络.md", index: 3, count: 8, label: "train"))
    return state
  }

  @Test func tellsChapterCellAndTime() {
    let line = ProgressBar(state: state, seconds: 12.4, width: 120, usesColor: false).line
    #expect(line.contains("running 3/4"))
    #expect(line.contains("11-卷积神经网络.md"))
    #expect(line.contains("4/8 train"))
    #expect(line.hasSuffix("12 s"))
    #expect(line.contains("█"))
  }

  @Test(arguments: 0...130)
  func fitsTheTerminal(width: Int) {
    let line = ProgressBar(state: state, seconds: 75, width: width, usesColor: false).line
    let columns = line.unicodeScalars.reduce(0) { $0 + ($1.properties.isIdeographic ? 2 : 1) }
    #expect(columns < max(1, width))
  }

  @Test(arguments: [
    (0.04, "0.0 s"), (3.21, "3.2 s"), (9.96, "10 s"), (59.6, "1 min 00 s"), (185, "3 min 05 s"),
  ])
  func writesTimes(seconds: Double, text: String) {
    #expect(ProgressBar.time(seconds) == text)
  }

  @Test func styles() {
    func style(_ isTerminal: Bool, _ environment: [String: String], quiet: Bool = false) -> ProgressStyle {
      ProgressStyle.style(isTerminal: isTerminal, environment: environment, isQuiet: quiet)
    }
    #expect(style(true, ["TERM": "xterm"]).kind == .bar)
    #expect(style(true, ["TERM": "xterm"]).usesColor)
    #expect(style(true, ["TERM": "xterm", "NO_COLOR": "1"]).kind == .bar)
    #expect(!style(true, ["TERM": "xterm", "NO_COLOR": "1"]).usesColor)
    #expect(style(true, ["TERM": "xterm", "NO_COLOR": ""]).usesColor)
    #expect(style(true, ["TERM": "dumb"]).kind == .lines)
    #expect(style(true, [:]).kind == .lines)
    #expect(style(false, ["TERM": "xterm"]).kind == .lines)
    #expect(!style(false, ["TERM": "xterm"]).usesColor)
    #expect(style(true, ["TERM": "xterm"], quiet: true).kind == .quiet)
  }
}
