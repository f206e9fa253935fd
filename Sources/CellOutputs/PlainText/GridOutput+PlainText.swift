extension GridOutput: OutputContent {
  public static let kind = "grid"

  /// The squares in columns: walls `#`, then word, arrows and value of each.
  public var plainText: String {
    guard isComplete else { return title ?? "" }
    let texts = cells.map { cell in
      let value = cell.value.map { numberText($0, decimals: decimals) }
      let mark = cell.text ?? cell.ground.mark
      return [mark, cell.arrows, value].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
    }
    let width = texts.map(displayWidth).max() ?? 0
    let lines = (0..<rows).map { row in
      let line = texts[row * columns..<(row + 1) * columns].map { text in
        text + String(repeating: " ", count: width - displayWidth(text))
      }.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
    return ((title.map { [$0] } ?? []) + lines).joined(separator: "\n")
  }

  /// "A grid of 4 × 4: v from 0.02 at row 4, column 3 to 0.86 …; from the start the arrows lead ↓ ↓ → to the goal."
  public func altText(in language: OutputLanguage) -> String {
    let head = title.map { $0 + language.of(". ", "。") } ?? ""
    var parts = [language.of("A grid of \(rows) × \(columns)", "\(rows) × \(columns) 的网格")]
    guard isComplete else { return head + parts[0] + language.of(".", "。") }
    let valued = cells.indices.filter { cells[$0].value?.isFinite == true }
    if let low = valued.min(by: { cells[$0].value! < cells[$1].value! }),
      let high = valued.max(by: { cells[$0].value! < cells[$1].value! })
    {
      let (a, b) = (numberText(cells[low].value!, decimals: decimals), numberText(cells[high].value!, decimals: decimals))
      parts.append(
        language.of(
          "\(valueLabel) from \(a) at \(place(low, language)) to \(b) at \(place(high, language))",
          "\(valueLabel) 从 \(a)（\(place(low, language))）到 \(b)（\(place(high, language))）"))
    }
    if let way = way() {
      let end = cells[way.end].ground
      let there =
        end == .goal
        ? language.of(" to the goal", "，到达目标") : end == .hole ? language.of(" into a hole", "，掉进洞里") : ""
      parts.append(
        language.of("from the start the arrows lead \(way.arrows)\(there)", "从起点沿箭头 \(way.arrows)\(there)"))
    }
    return head + parts.joined(separator: language.of("; ", "；")) + language.of(".", "。")
  }

  private func place(_ index: Int, _ language: OutputLanguage) -> String {
    language.of(
      "row \(index / columns + 1), column \(index % columns + 1)",
      "第 \(index / columns + 1) 行第 \(index % columns + 1) 列")
  }

  /// Where single arrows lead from the start, until one comes back or there is none.
  private func way() -> (arrows: String, end: Int)? {
    guard var here = cells.firstIndex(where: { $0.ground == .start }) else { return nil }
    var arrows: [String] = []
    var seen: Set<Int> = []
    while seen.insert(here).inserted, arrows.count < 24, let arrow = cells[here].arrows,
      let step = GridOutput.steps[arrow]
    {
      let (row, column) = (here / columns + step.down, here % columns + step.right)
      guard (0..<rows).contains(row), (0..<columns).contains(column), cells[row * columns + column].ground != .wall
      else { break }
      arrows.append(arrow)
      here = row * columns + column
    }
    return arrows.isEmpty ? nil : (arrows.joined(separator: " "), here)
  }

  /// Where each arrow leads.
  public static let steps: [String: (right: Int, down: Int)] = [
    "←": (-1, 0), "→": (1, 0), "↑": (0, -1), "↓": (0, 1), "↖": (-1, -1), "↗": (1, -1), "↘": (1, 1), "↙": (-1, 1),
  ]
}

extension GridOutput.Cell.Ground {
  fileprivate var mark: String? {
    switch self {
    case .floor: nil
    case .wall: "#"
    case .hole: "H"
    case .goal: "G"
    case .start: "S"
    }
  }
}
