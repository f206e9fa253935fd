extension MatrixOutput: OutputContent {
  public static let kind = "matrix"

  /// A table of the numbers for each panel.
  public var plainText: String {
    let corner =
      switch (rowLabel, columnLabel) {
      case (let row?, let column?): "\(row) \\ \(column)"
      case (let row, let column): row ?? column ?? ""
      }
    let tables = completePanels.map { panel in
      let rows = rows.enumerated().map { index, name in
        [TableOutput.Value.text(name)]
          + panel.values[index * columns.count..<(index + 1) * columns.count].map {
            .number(Double($0), decimals: decimals)
          }
      }
      let table = TableOutput(columns: [corner] + columns, rows: rows, hasRowHeaders: true).plainText
      return panel.name.isEmpty ? table : "\(panel.name)\n\(table)"
    }
    return ((title.map { [$0] } ?? []) + [tables.joined(separator: "\n\n")]).joined(separator: "\n")
  }

  /// Of counts, how many lie on the diagonal and what was mistaken most; of weights, what each row looks at most;
  /// of values, where they are least and greatest.
  public func altText(in language: OutputLanguage) -> String {
    let head = title.map { $0 + language.of(". ", "。") } ?? ""
    let parts = completePanels.prefix(4).map { panel in
      let name = panel.name.isEmpty ? "" : panel.name + language.of(": ", "：")
      guard let extremes = extremes(panel, language) else {
        let size = "\(rows.count) × \(columns.count)"
        return name + language.of("A matrix of \(size) without finite values.", "\(size) 的矩阵，没有有限值。")
      }
      return switch meaning {
      case .values: name + extremes
      case .counts: name + (mistakes(panel, language) ?? extremes)
      case .weights: name + glances(panel, language)
      }
    }
    let more = completePanels.count - parts.count
    let rest = more > 0 ? [language.of("\(more) more panels.", "另有 \(more) 个。")] : []
    return head + (parts + rest).joined(separator: language.of(" ", ""))
  }

  /// `nil` where there are no finite values.
  private func extremes(_ panel: Panel, _ language: OutputLanguage) -> String? {
    let size = "\(rows.count) × \(columns.count)"
    let finite = panel.values.indices.filter { panel.values[$0].isFinite }
    guard let low = finite.min(by: { panel.values[$0] < panel.values[$1] }),
      let high = finite.max(by: { panel.values[$0] < panel.values[$1] })
    else { return nil }
    func place(_ index: Int) -> String {
      let (row, column) = (rows[index / columns.count], columns[index % columns.count])
      return "\(spoken(Double(panel.values[index]))) (\(row), \(column))"
    }
    return language.of(
      "A matrix of \(size), least \(place(low)), greatest \(place(high)).",
      "\(size) 的矩阵，最小 \(place(low))，最大 \(place(high))。")
  }

  /// `nil` where the values are no counts.
  private func mistakes(_ panel: Panel, _ language: OutputLanguage) -> String? {
    let total = panel.values.reduce(0, +)
    guard total > 0, total.isFinite else { return nil }
    let right = rows.indices.filter { $0 < columns.count }.reduce(Float(0)) {
      $0 + panel.values[$1 * columns.count + $1]
    }
    let share = numberText(Double(right / total * 100), decimals: 1)
    let (all, good) = (spoken(Double(total)), spoken(Double(right)))
    let wrong = panel.values.indices.filter {
      $0 / columns.count != $0 % columns.count && panel.values[$0] > 0
    }
    guard let worst = wrong.max(by: { panel.values[$0] < panel.values[$1] }) else {
      return language.of("All \(all) were recognised.", "\(all) 个全部识别正确。")
    }
    let count = spoken(Double(panel.values[worst]))
    let (row, column) = (rows[worst / columns.count], columns[worst % columns.count])
    return language.of(
      "\(good) of \(all) (\(share) %) were recognised; most often \(row) was taken for \(column) (\(count) times).",
      "\(all) 个中有 \(good) 个（\(share)%）识别正确；最常见的错误是把 \(row) 当作 \(column)（\(count) 次）。")
  }

  private func glances(_ panel: Panel, _ language: OutputLanguage) -> String {
    let most = rows.indices.prefix(12).compactMap { row -> String? in
      let own = panel.values[row * columns.count..<(row + 1) * columns.count]
      guard let best = own.indices.filter({ own[$0].isFinite }).max(by: { own[$0] < own[$1] }) else {
        return nil
      }
      let weight = numberText(Double(own[best]), decimals: 2)
      return "\(rows[row]) → \(columns[best % columns.count]) \(weight)"
    }
    let rest = rows.count > 12 ? ", …" : ""
    return language.of(
      "Each looks most at: \(most.joined(separator: ", "))\(rest).",
      "各自最关注：\(most.joined(separator: "，"))\(rest)。")
  }
}
