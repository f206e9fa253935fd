import Diagnostics
import Foundation

/// Tells the user on standard error how a build goes: a bar on a terminal, a line for each chapter elsewhere, only
/// what is wrong when it is to be quiet.
public final class ProgressReport: @unchecked Sendable {
  // Everything below is guarded by `lock`: events come from several tasks and the clock's thread.
  private let lock = NSLock()
  private let style: ProgressStyle
  private let start = ContinuousClock.now
  private var state = ProgressState()
  private var isBarShown = false
  private var isFinished = false

  public init(_ style: ProgressStyle) {
    self.style = style
    guard style.kind == .bar else { return }
    Thread.detachNewThread { [weak self] in
      while let self, self.tick() { Thread.sleep(forTimeInterval: 0.1) }
    }
  }

  /// What `BookBuilder` reports to.
  public var reporter: BuildReporter {
    { [self] event in handle(event) }
  }

  /// Takes the bar away and says how it went.
  public func finish(_ summary: String? = nil) {
    lock.withLock {
      eraseBar()
      isFinished = true
      if let summary, style.kind != .quiet { write(summary + "\n" + slowestCells) }
    }
  }

  /// Where the time went, if there is anything to be told.
  private var slowestCells: String {
    let slowest = state.slowest(5).filter { $0.seconds >= 0.05 }
    guard state.cells.count > 1, !slowest.isEmpty else { return "" }
    let word = slowest.count == 1 ? "the slowest cell" : "the \(slowest.count) slowest cells"
    let lines = slowest.map { "  \(ProgressBar.time($0.seconds)) \($0.label) (\($0.chapter):\($0.line))\n" }
    return "\(state.cells.count) cells ran; \(word):\n" + lines.joined()
  }

  /// `12 s`.
  public var timeSoFar: String { ProgressBar.time(secondsSoFar) }

  private var secondsSoFar: Double { (ContinuousClock.now - start) / .seconds(1) }

  private func handle(_ event: BuildEvent) {
    lock.withLock {
      state.apply(event)
      switch event {
      case .diagnostic(let diagnostic):
        eraseBar()
        write(diagnostic.rendered(inColor: style.usesColor) + "\n")
      case .ran(let chapter, let cells, let seconds) where style.kind == .lines:
        let word = cells == 1 ? "cell" : "cells"
        write("\(chapter): \(cells) \(word) in \(ProgressBar.time(seconds))\n")
      default: break
      }
    }
  }

  /// Draws the bar anew; `false` when it is no longer wanted.
  private func tick() -> Bool {
    lock.withLock {
      guard !isFinished else { return false }
      // Builds that are over at once need no bar.
      guard secondsSoFar > 0.2, state.total > 0 else { return true }
      let bar = ProgressBar(
        state: state, seconds: secondsSoFar, width: ProgressStyle.terminalWidth, usesColor: style.usesColor)
      write("\r\u{1B}[K\(bar.line)")
      isBarShown = true
      return true
    }
  }

  private func eraseBar() {
    if isBarShown { write("\r\u{1B}[K") }
    isBarShown = false
  }

  private func write(_ text: String) {
    // A reader that went away is no reason to stop a build.
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}

extension Diagnostic {
  /// The message, its `error:` in colour.
  func rendered(inColor: Bool) -> String {
    guard inColor else { return description }
    let color = severity == .error ? "31" : severity == .warning ? "35" : "36"
    let word = "\(severity.rawValue): "
    return description.replacing(word, with: "\u{1B}[1;\(color)m\(word)\u{1B}[0m", maxReplacements: 1)
  }
}
