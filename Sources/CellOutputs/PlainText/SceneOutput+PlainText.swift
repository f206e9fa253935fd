extension SceneOutput: OutputContent {
  public static let kind = "scene"

  /// The shapes in characters: lines and outlines of dots, circles as `o`, filled ones as `#`.
  public var plainText: String {
    var canvas = TextCanvas(scene: self)
    for shape in shapes { canvas.draw(shape) }
    return ([title, description].compactMap { $0 } + canvas.lines).joined(separator: "\n")
  }

  /// What the author says, else "A drawing of 2 lines and 1 circle; it says: goal."
  public func altText(in language: OutputLanguage) -> String {
    let head = title.map { $0 + language.of(". ", "。") } ?? ""
    if let description { return head + description }
    let names: [(Shape.Form, String, String, String)] = [
      (.line, "line", "lines", "条线"), (.arrow, "arrow", "arrows", "个箭头"),
      (.polygon, "polygon", "polygons", "个多边形"), (.circle, "circle", "circles", "个圆"),
    ]
    let counts = names.compactMap { form, one, many, chinese -> String? in
      let count = shapes.count { $0.form == form }
      guard count > 0 else { return nil }
      return language.of("\(count) \(count == 1 ? one : many)", "\(count) \(chinese)")
    }
    let words = shapes.compactMap(\.text)
    let said =
      words.isEmpty
      ? ""
      : language.of(
        "; it says: \(words.joined(separator: ", "))", "；文字：\(words.joined(separator: "、"))")
    if counts.isEmpty && words.isEmpty { return head + language.of("An empty drawing.", "空白的图。") }
    let things = counts.joined(separator: language.of(", ", "、"))
    return head + language.of("A drawing\(things.isEmpty ? "" : " of \(things)")", "图中有\(things)") + said
      + language.of(".", "。")
  }
}

/// A sheet of characters, about twice as high as they are wide.
private struct TextCanvas {
  private let scene: SceneOutput
  private let columns: Int
  private let rows: Int
  private var cells: [[Character]]

  init(scene: SceneOutput) {
    self.scene = scene
    let width = max(abs(scene.x.high - scene.x.low), 1e-12)
    let height = max(abs(scene.y.high - scene.y.low), 1e-12)
    let share = height / width
    let fitting = share.isFinite ? min(max(60 * share / 2, 1), 24).rounded() : 12
    rows = Int(fitting) + 1
    columns = 61
    cells = [[Character]](repeating: [Character](repeating: " ", count: columns), count: rows)
  }

  var lines: [String] {
    cells.map { String(String($0).reversed().drop { $0 == " " }.reversed()) }
  }

  mutating func draw(_ shape: SceneOutput.Shape) {
    let places = shape.points.compactMap(place)
    guard let first = places.first, places.count == shape.points.count else { return }
    switch shape.form {
    case .text:
      let text = Array(shape.text ?? "")
      for (i, letter) in text.enumerated() { mark(first.row, first.column - text.count / 2 + i, letter) }
    case .circle: mark(first.row, first.column, shape.isFilled ? "@" : "o")
    case .polygon: trace(places + [first], shape.isFilled ? "#" : ".")
    case .line: trace(places, "*")
    case .arrow:
      trace(places, "*")
      if let last = places.last { mark(last.row, last.column, ">") }
    }
  }

  private func place(_ point: SceneOutput.Point) -> (row: Int, column: Int)? {
    let across = (point.x - scene.x.low) / (scene.x.high - scene.x.low)
    let up = (point.y - scene.y.low) / (scene.y.high - scene.y.low)
    let down = scene.isDownward ? up : 1 - up
    guard across.isFinite, down.isFinite, abs(across) < 100, abs(down) < 100 else { return nil }
    return (Int((down * Double(rows - 1)).rounded()), Int((across * Double(columns - 1)).rounded()))
  }

  private mutating func mark(_ row: Int, _ column: Int, _ letter: Character) {
    if cells.indices.contains(row), cells[row].indices.contains(column) { cells[row][column] = letter }
  }

  private mutating func trace(_ places: [(row: Int, column: Int)], _ letter: Character) {
    for (a, b) in zip(places, places.dropFirst()) {
      let steps = max(abs(a.row - b.row), abs(a.column - b.column), 1)
      for i in 0...steps {
        mark(a.row + (b.row - a.row) * i / steps, a.column + (b.column - a.column) * i / steps, letter)
      }
    }
  }
}
