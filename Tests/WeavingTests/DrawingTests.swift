import CellOutputs
import Foundation
import Testing
import Weaving

/// The texts of a drawing with the rectangles that they take, and its size.
private struct Sheet {
  struct Text {
    var words: String
    var left: Double
    var right: Double
    var top: Double
    var bottom: Double

    func overlaps(_ other: Text) -> Bool {
      left < other.right - 1 && other.left < right - 1 && top < other.bottom - 1 && other.top < bottom - 1
    }
  }

  let width: Double
  let height: Double
  var texts: [Text] = []

  init(_ html: String) throws {
    let box = try #require(html.firstMatch(of: /viewBox="0 0 ([\d.]+) ([\d.]+)"/))
    (width, height) = (try #require(Double(box.1)), try #require(Double(box.2)))
    // Turned texts stand along the sides, apart from the others.
    for match in html.matches(of: /<text ([^>]*)>([^<]*)<\/text>/) where !match.1.contains("rotate") {
      let attributes = String(match.1)
      func number(_ name: String) -> Double? {
        attributes.firstMatch(of: try! Regex("(?:^| )\(name)=\"(-?[0-9.]+)\"")).flatMap {
          $0.output[1].substring.flatMap { Double($0) }
        }
      }
      let size = number("font-size") ?? 13
      guard let x = number("x"), let y = number("y") else { continue }
      let room = Double(match.2.count) * size * 0.55
      let left = attributes.contains("\"middle\"") ? x - room / 2 : attributes.contains("\"end\"") ? x - room : x
      texts.append(
        Text(words: String(match.2), left: left, right: left + room, top: y - size * 0.8, bottom: y + size * 0.2))
    }
  }

  func check(_ location: SourceLocation = #_sourceLocation) {
    for text in texts {
      #expect(
        text.left >= -2 && text.right <= width + 2 && text.top >= -2 && text.bottom <= height + 2,
        "‘\(text.words)’ leaves the drawing", sourceLocation: location)
    }
    for (i, a) in texts.enumerated() {
      for b in texts[..<i] where a.overlaps(b) {
        Issue.record("‘\(a.words)’ covers ‘\(b.words)’", sourceLocation: location)
      }
    }
  }
}

private func sheet(_ output: CellOutput) throws -> Sheet {
  try Sheet(try rendered([output]) { $0.echo = false })
}

private func chart(_ series: [ChartOutput.Series], scale: ChartOutput.Scale = .automatic) -> CellOutput {
  .chart(ChartOutput(title: "Title", x: .init(label: "step"), y: .init(label: "loss", scale: scale), series: series))
}

@Suite struct DrawingTests {
  @Test func namesOfLinesStandApart() throws {
    let x = (0..<10).map(Double.init)
    let series = (0..<6).map { index in
      ChartOutput.Series(name: "series \(index)", x: x, y: x.map { 1 / (1 + $0) + Double(index) * 0.001 })
    }
    try sheet(chart(series)).check()
  }

  @Test func longNamesKeepWithinTheSheet() throws {
    let names = ["a name that is much longer than any margin could be", "另一个非常非常非常非常非常长的名字"]
    try sheet(chart(names.map { .init(name: $0, x: [0, 1], y: [1, 2]) })).check()
    try sheet(chart(names.map { .init(name: $0, mark: .scatter, x: [0, 1], y: [1, 2]) })).check()
  }

  @Test(
    arguments: [
      [], [3], [.nan], [.infinity, 1], [0, 0], [-2, -2], [1e300, -1e300], [1e-300, 0], [1e308, -1e308],
      [.nan, -.infinity], [1, 1 + 1e-15],
    ] as [[Double]])
  func anyDataIsDrawn(_ values: [Double]) throws {
    let x = values.indices.map(Double.init)
    for mark in [ChartOutput.Mark.line, .scatter, .bar, .histogram] {
      for scale in [ChartOutput.Scale.automatic, .linear, .logarithmic] {
        let series = ChartOutput.Series(
          name: "s", mark: mark, x: x, y: values, band: .init(low: values, high: values), raw: values)
        let output = chart([series, .init(name: "t", mark: mark, x: values, y: x)], scale: scale)
        let html = try rendered([output]) { $0.echo = false }
        let svg = html[..<(html.range(of: "</svg>")?.upperBound ?? html.endIndex)]
        for match in svg.matches(of: /\ (?:d|x|y|x1|x2|y1|y2|cx|cy|width|height)="([^"]*)"/) {
          #expect(!match.1.contains("nan") && !match.1.contains("inf"), "\(match.0)")
        }
        try Sheet(html).check()
      }
    }
  }

  @Test func aLineOverPowersOfTenIsLogarithmic() throws {
    let html = try rendered([chart([.init(name: "s", x: [0, 1, 2], y: [1, 0.01, 0.0001])])])
    #expect(html.contains(">10⁻⁴</text>"))
  }

  @Test func bandsAndRawValuesLieBehindTheLine() throws {
    let html = try rendered([
      chart([.init(name: "s", x: [0, 1], y: [1, 2], band: .init(low: [0, 1], high: [2, 3]), raw: [1.5, 1])])
    ])
    let band = try #require(html.range(of: "class=\"band\""))
    let raw = try #require(html.range(of: "class=\"curve raw\""))
    let line = try #require(html.range(of: "class=\"curve\""))
    #expect(band.lowerBound < raw.lowerBound && raw.lowerBound < line.lowerBound)
  }

  @Test func categoriesAreNamedAsFarAsThereIsRoom() throws {
    func bars(_ names: [String]) -> CellOutput {
      .chart(
        ChartOutput(
          x: .init(label: "", categories: names), y: .init(label: "n"),
          series: [.init(name: "n", mark: .bar, x: names.indices.map(Double.init), y: names.map { _ in 1 })]))
    }
    try sheet(bars(["MLP", "CNN", "RNN"])).check()
    try sheet(bars((0..<60).map { "category \($0)" })).check()
    #expect(try rendered([bars(["MLP", "CNN"])]).contains("<th scope=\"row\">MLP</th>"))
  }

  @Test func statesOfARingStandApart() throws {
    let nodes = (0..<7).map { GraphOutput.Node(id: "\($0)", label: "state \($0)", details: ["v = \($0)"], layer: 0) }
    let edges = (0..<7).flatMap { i in
      [
        GraphOutput.Edge(from: "\(i)", to: "\((i + 1) % 7)", label: "0.\(i)"),
        GraphOutput.Edge(from: "\((i + 1) % 7)", to: "\(i)", label: "back"),
        GraphOutput.Edge(from: "\(i)", to: "\(i)", label: "stay"),
      ]
    }
    try sheet(.graph(GraphOutput(arrangement: .ring, nodes: nodes, edges: edges))).check()
  }

  @Test func aWayBetweenFarColumnsGoesAroundTheNodesBetween() throws {
    let nodes = (0..<3).map { GraphOutput.Node(id: "\($0)", label: "n\($0)", layer: $0) }
    let html = try rendered([
      .graph(
        GraphOutput(
          nodes: nodes, edges: [.init(from: "0", to: "1"), .init(from: "1", to: "2"), .init(from: "0", to: "2")]))
    ])
    #expect(html.matches(of: /class="edge" d="M[^"]*C/).count == 1)
  }

  @Test func matricesAreTablesOrPictures() throws {
    func matrix(_ count: Int) -> CellOutput {
      .matrix(
        MatrixOutput(
          meaning: .weights, rowLabel: "query", columnLabel: "key<", rows: (0..<count).map { "r\($0)" },
          columns: (0..<count).map { "c\($0)" }, panels: [.init(values: (0..<count * count).map(Float.init))],
          decimals: 1, scale: .sequential, low: 0, high: Float(count * count)))
    }
    let small = try rendered([matrix(12)])
    #expect(small.contains("<th scope=\"col\">c11</th>") && small.contains("query ↓  key&lt; →"))
    #expect(!small.contains("<svg"))
    let large = try rendered([matrix(13)])
    #expect(large.contains("<svg class=\"map matrix\"") && large.contains("data:image/png"))
    try Sheet(large).check()
    #expect(try rendered([matrix(0)]).contains("without finite values"))
  }

  @Test func largeTensorsArePictures() throws {
    let tensor = TensorOutput(
      shape: [20, 20], values: (0..<400).map { Float($0) }, text: "[[0, …]]")
    let html = try rendered([.tensor(tensor)])
    #expect(html.contains("data:image/png") && html.contains("Tensor of shape [20, 20]"))
  }

  @Test func gridsShowArrowsWallsAndValues() throws {
    let grid = GridOutput(
      rows: 1, columns: 3,
      cells: [.init(ground: .start, value: 0.5, arrows: "→"), .init(ground: .wall), .init(ground: .goal)],
      path: [0, 2])
    let html = try rendered([.grid(grid)])
    #expect(html.contains("class=\"way\"") && html.contains("fill:url(#cell-1.1-wall)"))
    #expect(html.contains(">0.50</text>") && html.contains(">G</text>") && html.contains("class=\"way-path\""))
    var broken = grid
    broken.rows = 9
    #expect(throws: Never.self) { try rendered([.grid(broken)]) }
  }

  @Test func framesAreAllOnThePage() throws {
    let film = FramesOutput(
      title: "T<", label: "epoch",
      frames: (1...3).map { n in
        .init(caption: "epoch \(n) & on", outputs: [chart([.init(name: "s", x: [0, 1], y: [1, Double(n)])])])
      })
    let html = try rendered([.frames(film)])
    #expect(html.matches(of: /<li class="frame/).count == 3 && html.matches(of: /<li class="frame current">/).count == 1)
    #expect(html.contains("epoch 3 &amp; on") && html.contains("T&lt;"))
    #expect(html.contains("id=\"cell-1.1.3.1-title\"") && html.contains("<div class=\"frame-controls\">"))
    let single = try rendered([.frames(FramesOutput(label: "n", frames: [film.frames[0]]))])
    #expect(!single.contains("frame-controls"))
  }

  @Test func groupsAndPictures() throws {
    let picture = PictureOutput(
      description: "Two \"pixels\"", height: 1, width: 2, channels: 3, pixels: [255, 0, 0, 0, 0, 255])
    let html = try rendered([.group(GroupOutput([.picture(picture), .picture(picture)], arrangement: .row))])
    #expect(html.contains("arranged-row"))
    #expect(html.matches(of: /<img class="raster" src="data:image\/png[^"]*" alt="Two &quot;pixels&quot;" width="280" height="140">/).count == 2)
    var broken = picture
    broken.width = 100
    #expect(try rendered([.picture(broken)]).contains("<samp>"))
  }

  @Test func scenesKeepTheirProportions() throws {
    let scene = SceneOutput(
      x: .init(0, 2), y: .init(0, 1),
      shapes: [
        .init(.circle, [.init(1, 0.5)], radius: 0.5, ink: .blue, isFilled: true),
        .init(.text, [.init(1, 1)], text: "a<b"), .init(.line, [.init(0, .nan), .init(1, 1)]),
      ])
    let html = try rendered([.scene(scene)])
    #expect(html.contains("viewBox=\"0 0 532 272\"") && html.contains("r=\"130\""))
    #expect(html.contains("a&lt;b") && !html.contains("nan"))
    var flat = scene
    flat.y = .init(1, 1)
    #expect(throws: Never.self) { try rendered([.scene(flat)]) }
  }

  @Test func aFieldIsAPictureUnderItsChart() throws {
    let field = ChartOutput.Field(
      columns: 3, rows: 3, x: .init(0, 2), y: .init(0, 2), values: [0, 1, 4, 1, 2, 5, 4, 5, 8], label: "loss")
    let chart = ChartOutput(
      x: .init(label: "a"), y: .init(label: "b"), series: [.init(name: "SGD", x: [2, 0], y: [2, 0])], field: field)
    let html = try rendered([.chart(chart)])
    #expect(html.contains("<image class=\"field\"") && html.contains("class=\"rim\"") && html.contains(">SGD</text>"))
    try Sheet(html).check()
    var classes = chart
    classes.field?.classes = ["one", "two"]
    classes.field?.values = [0, 1, 1, 0, 0, 1, 0, 0, 0]
    #expect(try rendered([.chart(classes)]).contains("<image class=\"field\""))
    var broken = chart
    broken.field?.rows = 7
    #expect(throws: Never.self) { try rendered([.chart(broken)]) }
  }
}
