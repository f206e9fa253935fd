/// One line that tells how far a build is, fitted to the terminal's width.
package struct ProgressBar {
  var state: ProgressState
  var seconds: Double
  var width: Int
  var usesColor: Bool

  package init(state: ProgressState, seconds: Double, width: Int, usesColor: Bool) {
    self.state = state
    self.seconds = seconds
    self.width = width
    self.usesColor = usesColor
  }

  /// `██████░░░░░ running 3/12 · 11-training.md · 4/20 train · 12 s, about 40 s left`, as much of it as there is room for.
  package var line: String {
    // The last column stays free: some terminals wrap as soon as it is written.
    let room = max(0, width - 1)
    let phase = state.phase == .compiling ? "compiling" : "running"
    let count = "\(phase) \(min(state.done + 1, state.total))/\(state.total)"
    var parts = [count]
    if let activity = state.active.first {
      parts.append(activity.chapter)
      if let cell = activity.cell { parts.append("\(activity.finishedCells + 1)/\(activity.cells) \(cell)") }
    }
    let rest = state.expectedRest.map { ", about \(Self.time($0.rounded(.up))) left" } ?? ""
    let time = Self.time(seconds) + rest
    // The chapter and the cell give way first, then the bar, then the time.
    while parts.count > 1, (parts + [time]).joined(separator: " · ").columns > room - 13 {
      parts.removeLast()
    }
    var text = (parts + [time]).joined(separator: " · ")
    if text.columns > room { text = "\(count) · \(Self.time(seconds))" }
    if text.columns > room { text = count }
    if text.columns > room { return "" }
    let barWidth = min(24, room - text.columns - 3)
    return barWidth < 6 ? text : "\(bar(barWidth)) \(text)"
  }

  private func bar(_ width: Int) -> String {
    let filled = Int((state.fraction * Double(width)).rounded(.down))
    let bar = String(repeating: "█", count: filled)
    let rest = String(repeating: "░", count: width - filled)
    return usesColor ? "\u{1B}[36m\(bar)\u{1B}[2m\(rest)\u{1B}[0m" : "[\(bar)\(rest)]"
  }

  /// `0.4 s`, `12 s`, `3 min 05 s`.
  package static func time(_ seconds: Double) -> String {
    if seconds < 9.95 { return "\((seconds * 10).rounded() / 10) s" }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    let rest = whole % 60
    return "\(whole / 60) min \(rest < 10 ? "0" : "")\(rest) s"
  }
}

extension String {
  /// The columns that a terminal gives the text: two for each East Asian wide character.
  var columns: Int {
    unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 && $1.properties.isWide ? 2 : 1) }
  }
}

extension Unicode.Scalar.Properties {
  fileprivate var isWide: Bool { isIdeographic || isEmojiPresentation || generalCategory == .otherLetter }
}
