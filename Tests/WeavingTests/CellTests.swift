import CellOutputs
import Chapters
import Diagnostics
import ExecutionRecords
import Testing
import Weaving

private func text(_ text: String, _ stream: TextOutput.Stream = .stdout) -> CellOutput {
  .text(TextOutput(stream: stream, text: text))
}

@Suite struct CellTests {
  @Test func codeIsHighlighted() {
    let html = Highlighting.html(of: "@main struct A { // x\n  let b: Int = f(at: 1, \"<\") }")
    #expect(
      html.source == """
        <span class="a">@main</span> <span class="k">struct</span> A { <span class="c">// x</span>
          <span class="k">let</span> b: <span class="t">Int</span> = \
        f(<span class="l">at</span>: <span class="n">1</span>, \
        <span class="s">&quot;&lt;&quot;</span>) }
        """)
  }

  @Test(arguments: [
    "", "\"unterminated", "}}}} ((( #if", "let 变量 = \"😀\" // 注释", "a\u{0}b", "/* never closed",
  ])
  func anyCodeIsKeptWhole(_ code: String) {
    let html = Highlighting.html(of: code).source
    let plain = html.replacing(#/<[^>]*>/#, with: "")
    #expect(plain == HTML(code).source)
  }

  @Test func codeAndOutputsStandTogether() throws {
    try expectSnapshot(
      try rendered([text("a\nb\n"), text("3", .value)], label: "train", code: "\n\nf()"), "cell.html")
  }

  @Test func optionsAreHonoured() throws {
    #expect(!(try rendered([text("x")]) { $0.echo = false }).contains("language-swift"))
    #expect(!(try rendered([text("put out")]) { $0.output = false }).contains("put out"))
    #expect(try rendered([text("x")]) { $0.include = false } == "")
    #expect(try rendered([text("x")]) { $0.edition = .instructor } == "")
    #expect(!(try rendered([text("x"), text("wrong", .stderr)]) { $0.warning = false }).contains("wrong"))
    let folded = try rendered([]) {
      $0.codeFold = .closed
      $0.codeSummary = "Show <it>"
    }
    #expect(folded.contains("<details class=\"fold\">\n<summary>Show &lt;it&gt;</summary>"))
    #expect(try rendered([]) { $0.codeFold = .open }.contains("<details class=\"fold\" open>"))
  }

  @Test func captionsAreNumbered() throws {
    let chart = CellOutput.chart(ChartOutput(x: .init(label: "x"), y: .init(label: "y"), series: []))
    let figure = try rendered([text("printed"), chart], label: "fig-loss") { $0.figCap = "Loss & more" }
    #expect(figure.contains("<figure id=\"fig-loss\" class=\"figure\">"))
    #expect(figure.contains("<span class=\"caption-number\">Figure\u{A0}1: </span>Loss &amp; more"))
    #expect(figure.firstRange(of: "printed")!.lowerBound < figure.firstRange(of: "<figure id=")!.lowerBound)
    let table = try rendered([.table(TableOutput(columns: ["a"], rows: []))], label: "t") { $0.tblCap = "T" }
    #expect(table.contains("id=\"tbl-t\"") && table.contains("Table\u{A0}1: "))
    #expect(try rendered([], label: "m") { $0.lstCap = "M" }.contains("id=\"lst-m\""))
  }

  @Test func captionsAreMarkdown() throws {
    let html = try rendered([text("x")], label: "a") {
      $0.figCap = "The *loss* $E$ of `f<T>`, <b>not</b> bold"
    }
    #expect(html.contains("The <em>loss</em> <span class=\"katex\">"))
    #expect(html.contains("<code>f&lt;T&gt;</code>, &lt;b&gt;not&lt;/b&gt; bold"))
    #expect(try rendered([text("x")], label: "a") { $0.figCap = "- a list" }.contains("</span>- a list<"))
  }

  @Test func aLongOutputTellsWhatIsMissing() throws {
    let output = CellOutput.text(
      TextOutput(stream: .stdout, text: "0\n", tail: "9\n", omitted: .init(lines: 199_000, bytes: 12_000_000))
    )
    #expect(try rendered([output]).contains("<p class=\"omission\">… 199,000 lines (12 MB) left out …</p>"))
  }

  @Test(arguments: [
    (CellStatus.failed, "This cell stopped with an error"), (.crashed, "This cell crashed"),
    (.timedOut, "This cell ran out of time"), (.notCompiled, "This cell does not compile"),
    (.skipped, "This cell was not run"),
  ])
  func aFailureSaysWhatHappened(_ status: CellStatus, _ headline: String) throws {
    let error = CellError(
      message: "Index <out> of range", line: 2, column: 3,
      frames: [.init(function: "g", line: 2, column: 1), .init(function: "h", line: 1, column: 1)])
    let html = try rendered([], status: status, error: error, code: "a[7]")
    #expect(html.contains(headline))
    #expect(html.contains("Index &lt;out&gt; of range <span class=\"place\">line 2</span>"))
    #expect(html.contains("<span class=\"line-number\">2</span>a[7]"))
    #expect(
      html.contains("<span class=\"ghost\" aria-hidden=\"true\">a[</span><span class=\"caret\">^</span>"))
    #expect(html.contains("<code>g, line 2</code>"))
  }

  @Test func aHiddenCellThatFailsIsShown() throws {
    let error = CellError(message: "boom")
    #expect(try rendered([], status: .failed, error: error) { $0.include = false }.contains("boom"))
    #expect(
      try rendered([], status: .failed, error: error) {
        $0.include = false
        $0.error = true
      } == "")
  }

  @Test func aCellWithoutARecordWasNotRun() throws {
    let cell = Cell(
      label: "c", options: CellOptions(), code: "f()", firstLine: 2, columnOffsets: [0], position: nowhere)
    #expect(try rendered([.cell(0)], cells: [cell]).html.contains("This cell was not run"))
  }

  @Test func inlineValuesAreReplaced() throws {
    let values = [
      InlineValue(expression: "a < b", position: nowhere), InlineValue(expression: "x<y", position: nowhere),
    ]
    let record = ExecutionRecord(
      chapter: "a.md",
      inlineValues: [
        InlineRecord(expression: "a < b", line: 1, status: .ok, text: "<3>"),
        InlineRecord(expression: "x<y", line: 1, status: .crashed, error: CellError(message: "no \"x\"")),
      ])
    let html = try rendered(
      [.paragraph([.value(0), .text(" "), .value(1)])], record: record, inlineValues: values
    ).html
    #expect(
      html == """
        <p>&lt;3&gt; <span class="value-error" title="no &quot;x&quot;"><code>x&lt;y</code> \
        (not computed)</span></p>

        """)
  }
}

@Suite struct OutputTests {
  @Test func tensorsShowNumbersColorsAndShape() throws {
    let matrix = TensorOutput(shape: [2, 2], values: [1, -2, 0.5, nil], special: [3: "nan"], text: "")
    try expectSnapshot(try rendered([.tensor(matrix)]) { $0.echo = false }, "tensor.html")
  }

  @Test func largeTensorsAreText() throws {
    let tensor = TensorOutput(shape: [1, 2, 13], values: Array(repeating: 0, count: 26), text: "[[0, …]]")
    let html = try rendered([.tensor(tensor)])
    #expect(html.contains("<samp>[[0, …]]</samp>"))
    #expect(html.contains("Tensor of shape [1, 2, 13]"))
    let summarized = TensorOutput(shape: [12, 12], values: [0, 1], shown: [1, 2], text: "[[0, 1]]")
    #expect(try rendered([.tensor(summarized)]).contains("<samp>[[0, 1]]</samp>"))
  }

  @Test func tables() throws {
    let table = TableOutput(
      columns: ["", "a<b"], rows: [[.text("x&y"), .number(0.5, decimals: 3)]], hasRowHeaders: true)
    try expectSnapshot(try rendered([.table(table)]) { $0.echo = false }, "table.html")
  }

  @Test func numbersOfTablesAreGroupedByColumn() throws {
    let table = TableOutput(
      columns: ["long", "short", "decimal", "any"],
      rows: [
        [
          .number(3_612_672, decimals: 0), .number(1290, decimals: 0), .number(18_496, decimals: 2),
          .number(123_456.7, decimals: nil),
        ],
        [
          .number(-1290, decimals: nil), .number(9999, decimals: nil), .number(-0.25, decimals: 2),
          .number(1e-9, decimals: nil),
        ],
      ])
    let html = try rendered([.table(table)])
    for text in ["3,612,672", "-1,290", "1290", "9999", "18,496.00", "-0.25", "123,456.7", "1e-09"] {
      #expect(html.contains(">\(text)</td>"), "\(text)")
    }
  }

  @Test func featureMaps() throws {
    let map = FeatureMapOutput(
      height: 2, width: 2, channels: [.init(name: "a<b", values: [0, 1, 0.5, -1])], scale: .diverging,
      low: -1, high: 1)
    try expectSnapshot(try rendered([.featureMap(map)]) { $0.echo = false }, "feature-map.html")
    let broken = FeatureMapOutput(
      height: 2, width: 2, channels: [.init(name: "a", values: [0])], scale: .sequential, low: 0, high: 1)
    #expect(throws: Never.self) { try rendered([.featureMap(broken)]) }
  }

  @Test func graphs() throws {
    let graph = GraphOutput(
      title: "a & b",
      nodes: [
        .init(id: "1", label: "x<y", details: ["∂E .1"], layer: 0), .init(id: "2", label: "z", layer: 1),
      ],
      edges: [
        .init(from: "1", to: "2", label: "w"), .init(from: "1", to: "nowhere"), .init(from: "2", to: "2"),
      ])
    try expectSnapshot(try rendered([.graph(graph)]) { $0.echo = false }, "graph.html")
  }

  @Test func charts() throws {
    let chart = ChartOutput(
      x: .init(label: "step"), y: .init(label: "loss"),
      series: [.init(name: "a", x: [0, 1, 2], y: [3, 2, 1.5])])
    try expectSnapshot(try rendered([.chart(chart)]) { $0.echo = false }, "chart.html")
  }
}
