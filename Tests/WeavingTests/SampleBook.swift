import CellOutputs
import Chapters
import Diagnostics
import ExecutionRecords
import Foundation
import Weaving

/// A chapter with one of everything, for the snapshot of a whole page.
enum SampleBook {
  static let site = Site(
    title: "Deep learning by hand", author: "A. Teacher", description: "Networks small enough to follow.",
    pages: [
      Site.Page(
        title: "Forward and backward by hand", description: "A network of two inputs, with its numbers.",
        path: "en/10-forward.html", chapterPath: "en/10-forward.md", language: "en"),
      Site.Page(
        title: "Training a small network", path: "en/11-training.html", chapterPath: "en/11-training.md",
        language: "en"),
      Site.Page(
        title: "Convolution by hand", path: "en/12-convolution.html", chapterPath: "en/12-convolution.md",
        language: "en"),
      Site.Page(
        title: "训练一个小网络", path: "zh-Hans/11-training.html", chapterPath: "zh-Hans/11-training.md",
        language: "zh-Hans"),
    ],
    languages: ["en", "zh-Hans"])

  static let source = """
    ---
    title: Training a small network
    ---
    ```swift-run
    let a = [1, 2, 3]
    a[10]
    ```
    """

  static let chapter: Chapter = {
    var chapter = Chapter(
      path: "en/11-training.md", file: "chapters/en/11-training.md", source: source,
      frontMatter: FrontMatter(
        title: "Training a small network", subtitle: "One hundred steps of gradient descent", language: "en"))
    chapter.cells = cells.map(\.cell)
    chapter.inlineValues = [InlineValue(expression: "history.last", position: nowhere)]
    chapter.footnotes = [Footnote(label: "adam", blocks: [.paragraph([.text("Kingma and Ba, 2015.")])])]
    chapter.blocks = blocks
    return chapter
  }()

  static let record = ExecutionRecord(
    chapter: "en/11-training.md", cells: cells.map(\.record),
    inlineValues: [InlineRecord(expression: "history.last", line: 9, status: .ok, text: "0.2350")])

  private static func heading(_ level: Int, _ text: String, _ id: String) -> Block {
    .heading(Heading(level: level, content: [.text(text)], id: id, position: nowhere))
  }

  private static func math(_ tex: String, displayed: Bool = false, label: String? = nil) -> Formula {
    Formula(tex: tex, isDisplayed: displayed, label: label, position: nowhere)
  }

  private static func reference(_ label: String) -> Inline {
    .reference(Reference(label: label, position: nowhere))
  }

  private static let blocks: [Block] = [
    .paragraph([
      .text("A network is a function with many "), .emphasis([.text("weights")]),
      .text(". Training turns them, a little at a time, in the direction that lowers the "),
      .strong([.text("loss")]),
      .text(" "), .math(math("E = -\\log p_y")), .text(". The idea is old"), .footnoteReference(0),
      .text("; what is new is how far it reaches. See "), reference("eq-step"), .text(", "),
      reference("fig-train"),
      .text(", "), reference("tbl-losses"), .text(" and "), reference("lst-model"), .text("; "),
      .link(
        Link(destination: "12-convolution.md#stride", content: [.text("the next chapter")], position: nowhere)
      ),
      .text(" goes on. The function is "), .code("loss.backward()"), .text("."),
    ]),
    heading(2, "The step", "sec-step"),
    .math(
      math("w \\leftarrow w - \\eta \\frac{\\partial E}{\\partial w}", displayed: true, label: "eq-step")),
    .paragraph([
      .text("The rate "), .math(math("\\eta")), .text(" is small. After 100 steps the loss is "), .value(0),
      .text("."),
    ]),
    .math(
      math(
        "\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix} \\begin{bmatrix} x_1 \\\\ x_2 \\end{bmatrix}",
        displayed: true)),
    .cell(0),
    heading(2, "Training", "training"),
    .cell(1), .cell(2), .cell(3),
    heading(3, "What is in the tensor", "tensor"),
    .cell(4), .cell(5), .cell(6), .cell(7), .cell(12), .cell(13),
    .callout(
      Callout(
        kind: .note,
        blocks: [
          .paragraph([.text("The numbers are those that PyTorch prints for the same seed.")])
        ], position: nowhere)),
    .callout(
      Callout(
        kind: .exercise, title: [.text("Exercise: a larger rate")],
        blocks: [
          .paragraph([.text("Train with "), .math(math("\\eta = 1")), .text(". What happens, and why?")]),
          .cell(8),
        ],
        position: nowhere)),
    .callout(
      Callout(
        kind: .solution,
        blocks: [
          .paragraph([.text("The step overshoots the valley.")])
        ], position: nowhere)),
    .callout(Callout(kind: .warning, blocks: [.paragraph([.text("Mind the sign.")])], position: nowhere)),
    .callout(
      Callout(kind: .exam, blocks: [.paragraph([.text("Compute one step by hand.")])], position: nowhere)),
    .callout(Callout(kind: .tip, blocks: [.paragraph([.text("Draw the graph first.")])], position: nowhere)),
    heading(2, "When things go wrong", "wrong"),
    .cell(9), .cell(10), .cell(11),
    heading(2, "Plain Markdown", "plain"),
    .list(
      List(
        isTight: true,
        items: [
          .init(isDone: true, blocks: [.paragraph([.text("forward")])]),
          .init(
            isDone: false,
            blocks: [
              .paragraph([.text("backward")]),
              .list(List(start: 3, isTight: true, items: [.init(blocks: [.paragraph([.text("third")])])])),
            ]),
        ])),
    .quotation([.paragraph([.text("All models are wrong, but some are useful.")])]),
    .table(
      Table(
        alignments: [nil, .right, .center], header: [[.text("Layer")], [.text("Weights")], [.text("Kind")]],
        rows: [
          [[.text("Linear")], [.text("15")], [.text("dense")]],
          [[.text("ReLU")], [.text("0")], [.text("—")]],
        ])),
    .codeBlock(
      CodeBlock(info: "swift", code: "let loss = crossEntropy(model(x), y)  // a scalar\n", position: nowhere)
    ),
    .codeBlock(
      CodeBlock(
        info: "", code: "plain text that is rather long: \(String(repeating: "lorem ipsum ", count: 12))\n",
        position: nowhere)),
    .thematicBreak,
    .paragraph([
      .text("Inline "), .strikethrough([.text("old")]), .text(" and a "),
      .link(
        Link(
          destination: "https://example.org/?a=1&b=2", title: "A site", content: [.text("link")],
          position: nowhere)),
      .text("."),
    ]),
  ]

  private static let steps = (0...20).map(Double.init)

  private static func cell(
    _ label: String?, _ code: String, _ outputs: [CellOutput] = [], status: CellStatus = .ok,
    error: CellError? = nil,
    warnings: [Diagnostic] = [], options: (inout CellOptions) -> Void = { _ in }
  ) -> (cell: Cell, record: CellRecord) {
    var cellOptions = CellOptions()
    cellOptions.label = label
    options(&cellOptions)
    let name = label ?? "cell-1"
    return (
      Cell(
        label: name, options: cellOptions, code: code, firstLine: 5,
        columnOffsets: code.split(separator: "\n", omittingEmptySubsequences: false).map { _ in 0 },
        position: nowhere),
      CellRecord(label: name, line: 4, status: status, outputs: outputs, error: error, warnings: warnings)
    )
  }

  private static let cells: [(cell: Cell, record: CellRecord)] = [
    cell(
      "model",
      """
      manualSeed(0)
      /// A network with one hidden layer.
      let model = Sequential(Linear(3, 5), ReLU(), Linear(5, 2))
      let optimizer = SGD(model.parameters, learningRate: 0.01)
      @discardableResult func step(_ x: Tensor) -> Float { "loss \\(x)".isEmpty ? 1 : 0x1F }
      """, [.text(TextOutput(stream: .value, text: "Sequential(Linear(3, 5), ReLU(), Linear(5, 2))"))]
    ) { $0.lstCap = "The model and its optimizer" },
    cell(
      "train", "for step in 1...100 { history.append(train(step)) }\nhistory",
      [
        .text(TextOutput(stream: .stdout, text: "step 10: 0.4939\nstep 20: 0.4445\n")),
        .chart(
          ChartOutput(
            x: .init(label: "step"), y: .init(label: "loss"),
            series: [
              .init(
                name: "training", x: steps, y: steps.map { 2.3 * exp(-$0 / 6) + 0.1 + 0.06 * sin($0 * 3) }),
              .init(
                name: "validation", x: steps, y: steps.map { 2.3 * exp(-$0 / 8) + 0.25 + 0.03 * cos($0 * 2) }),
            ])),
      ]
    ) { $0.figCap = "Loss while training" },
    cell(
      "losses", "history.table",
      [
        .table(
          TableOutput(
            columns: ["epoch", "loss", "accuracy", "remark"],
            rows: (1...4).map {
              [
                .number(Double($0), decimals: nil), .number(2.3 / Double($0), decimals: 4),
                .number(0.3 + 0.15 * Double($0), decimals: 2),
                .text($0 == 1 ? "cold" : ""),
              ]
            }))
      ]
    ) {
      $0.tblCap = "Losses by epoch"
      $0.codeFold = .closed
      $0.codeSummary = "How the table is made"
    },
    cell(
      "print", "for i in 0..<200_000 { print(i) }",
      [
        .text(
          TextOutput(
            stream: .stdout, text: "0\n1\n2\n", tail: "199998\n199999\n",
            omitted: .init(lines: 199_995, bytes: 12_345_678))),
        .text(TextOutput(stream: .stderr, text: "\u{1B}[31mwarning:\u{1B}[0m slow\n")),
      ]),
    cell(
      "tensor", "model.weight",
      [
        .tensor(
          TensorOutput(
            shape: [3, 4], values: [-0.5, 0.25, 0.75, -1, 0, 0.1, -0.2, 0.6, 0.9, -0.7, 0.3, 0.05],
            text: "[[-0.5000, 0.2500, 0.7500, -1.0000], …]")),
        .tensor(
          TensorOutput(shape: [5], values: [0, 1, 2, 3, nil], special: [4: "inf"], text: "[0, 1, 2, 3, inf]")),
        .tensor(
          TensorOutput(
            shape: [2, 2, 2], values: (0..<8).map { Float($0) },
            text: "[[[0, 1],\n  [2, 3]],\n\n [[4, 5],\n  [6, 7]]]")),
        .tensor(TensorOutput(shape: [], values: [0.235], text: "0.2350")),
      ]),
    cell("edges", "showFeatureMap(conv(image))", [.featureMap(featureMap)]) { $0.figCap = "Edges of a ring" },
    cell("network", "graph(of: model)", [.graph(graph)]) {
      $0.figCap = "A small network with its numbers"
      $0.echo = false
    },
    cell("scatter", "scatter(points)", [.chart(scatter), .chart(bars)]),
    cell("exercise", "train(rate: 1)", []) { $0.eval = false },
    cell(
      "crash", "let a = [1, 2, 3]\na[10]", [.text(TextOutput(stream: .stdout, text: "before\n"))],
      status: .crashed,
      error: CellError(
        message: "Fatal error: Index out of range", line: 6, column: 1,
        frames: [
          .init(function: "pick(_:)", line: 6, column: 1), .init(function: "main", line: 5, column: 5),
        ])),
    cell(
      "refused", "let a: Int = \"x\"", status: .notCompiled,
      error: CellError(
        message: "",
        diagnostics: [
          Diagnostic(
            .error, file: "chapters/en/11-training.md", line: 5, column: 9,
            message: "cannot convert value of type 'String' to specified type 'Int'")
        ])
    ) { $0.expectError = .compile },
    cell(
      "after", "print(a)", status: .skipped,
      error: CellError(message: "needs ‘a’ of the cell ‘refused’, which did not compile"),
      warnings: [
        Diagnostic(
          .warning, file: "chapters/en/11-training.md", line: 5, column: 5,
          message: "variable 'b' was never used")
      ]),
    cell("gray", "digit", [.featureMap(digit)]),
    cell("log", "curve", [.chart(logChart)]),
  ]

  private static let featureMap: FeatureMapOutput = {
    func ring(_ f: (Double, Double) -> Double) -> [Float] {
      (0..<12).flatMap { y in (0..<12).map { x in Float(f(Double(x) - 5.5, Double(y) - 5.5)) } }
    }
    return FeatureMapOutput(
      height: 12, width: 12,
      channels: [
        .init(name: "vertical edges", values: ring { x, y in x / 5.5 * exp(-pow(hypot(x, y) - 4, 2)) }),
        .init(name: "horizontal edges", values: ring { x, y in y / 5.5 * exp(-pow(hypot(x, y) - 4, 2)) }),
      ],
      scale: .diverging, low: -1, high: 1)
  }()

  private static let digit = FeatureMapOutput(
    height: 28, width: 28,
    channels: [
      .init(
        name: "digit",
        values: (0..<784).map { i in
          let x = Double(i % 28) - 13.5
          let y = Double(i / 28) - 13.5
          return Float(max(0, 1 - abs(hypot(x * 1.5, y) - 9) / 2.5))
        })
    ], scale: .sequential, low: 0, high: 1)

  private static let graph = GraphOutput(
    nodes: [
      .init(id: "i1", label: "i₁", details: [".05"], layer: 0),
      .init(id: "i2", label: "i₂", details: [".10"], layer: 0),
      .init(id: "h1", label: "h₁", details: ["out .5933", "∂E .0364"], layer: 1),
      .init(id: "h2", label: "h₂", details: ["out .5969", "∂E .0414"], layer: 1),
      .init(id: "o1", label: "o₁", details: ["out .7514", "∂E .7414"], layer: 2),
      .init(id: "o2", label: "o₂", details: ["out .7729", "∂E −.2171"], layer: 2),
    ],
    edges: [
      .init(from: "i1", to: "h1", label: ".15"), .init(from: "i2", to: "h1", label: ".20"),
      .init(from: "i1", to: "h2", label: ".25"), .init(from: "i2", to: "h2", label: ".30"),
      .init(from: "h1", to: "o1", label: ".40"), .init(from: "h2", to: "o1", label: ".45"),
      .init(from: "h1", to: "o2", label: ".50"), .init(from: "h2", to: "o2", label: ".55"),
    ])

  private static let scatter = ChartOutput(
    title: "Two classes", x: .init(label: "x₁"), y: .init(label: "x₂"),
    series: [
      .init(
        name: "class 0", mark: .scatter, x: steps.map { 3 * cos($0) - 1 }, y: steps.map { 2 * sin($0 * 1.7) }),
      .init(
        name: "class 1", mark: .scatter, x: steps.map { 2 * cos($0 * 2) + 3 },
        y: steps.map { 2 * sin($0) + 1 }),
      .init(name: "boundary", mark: .line, x: [-4, 5], y: [3, -2]),
    ])

  private static let bars = ChartOutput(
    title: "Digits in the set", x: .init(label: "digit"), y: .init(label: "count"),
    series: [
      .init(
        name: "training", mark: .bar, x: (0...9).map(Double.init),
        y: [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949])
    ])

  private static let logChart = ChartOutput(
    title: "Gradient norms", x: .init(label: "layer"), y: .init(label: "norm", scale: .logarithmic),
    series: [
      .init(name: "sigmoid", x: (1...10).map(Double.init), y: (1...10).map { pow(0.25, Double($0)) }),
      .init(name: "ReLU", x: (1...10).map(Double.init), y: (1...10).map { pow(0.9, Double($0)) }),
    ])
}
