import CellOutputs
import Figures
import Foundation
import Tensors
import Testing

private struct Run: CellDisplayable {
  var losses: [Double]
  var isShort = false
  var cellOutput: CellOutput {
    lineChart(losses, y: "loss")
    if !isShort { "The last is \(losses.last ?? 0)." }
    for loss in losses.prefix(1) { table(["first"], [[loss]]) }
  }
}

@Suite struct FrameTests {
  @Test func framesOfValues() {
    let film = frames("epoch", over: [1, 2]) { epoch in
      lineChart([2.0, 1.0 / Double(epoch)], y: "loss")
    }
    #expect(film.output.frames.map(\.caption) == ["epoch 1", "epoch 2"])
    let text = film.cellOutput.plainText
    #expect(text.contains("epoch 1\n") && text.contains("epoch 2\n"))
    #expect(
      film.cellOutput.altText == """
        2 frames by epoch. epoch 1: loss falls from 2 to 1 between x 0 and 1. \
        epoch 2: loss falls from 2 to 0.500 between x 0 and 1.
        """)
    #expect(
      film.cellOutput.altText(in: .chinese).hasPrefix("按epoch的 2 幅画面。epoch 1：x从 0 到 1 时，loss从 2 下降到 1。"))
  }

  @Test func chartsOfAllFramesShareTheirAxes() {
    let film = frames("epoch", over: [1, 2, 4]) { n in
      lineChart((0...n).map { Double($0) }, y: "loss")
    }
    guard case .frames(let output) = film.cellOutput else {
      Issue.record("another kind")
      return
    }
    for frame in output.frames {
      guard case .chart(let chart) = frame.outputs[0] else {
        Issue.record("another kind")
        return
      }
      #expect(chart.x.limits == .init(0, 4) && chart.y.limits == .init(0, 4))
      #expect(chart.y.scale == .linear)
    }
  }

  @Test func matricesAndGridsOfAllFramesShareTheirColors() {
    let film = frames("sweep", over: [1.0, 4.0]) { n in
      heatMap(Tensor([0, Float(n)], shape: [1, 2]))
      gridMap(["SG"], values: [[-n, n]])
      // One frame has the one sign, one the other.
      gridMap(["SG"], values: [[0, n == 1 ? -1 : 4]])
    }
    guard case .frames(let output) = film.cellOutput else {
      Issue.record("another kind")
      return
    }
    for frame in output.frames {
      guard case .matrix(let matrix) = frame.outputs[0], case .grid(let grid) = frame.outputs[1],
        case .grid(let mixed) = frame.outputs[2]
      else {
        Issue.record("other kinds")
        return
      }
      #expect(matrix.low == 0 && matrix.high == 4 && matrix.scale == .sequential)
      for grid in [grid, mixed] { #expect(grid.low == -4 && grid.high == 4 && grid.scale == .diverging) }
    }
  }

  @Test func mapsOfAllFramesShareTheirColors() {
    let film = frames("step", over: [1, 3]) { n in featureMap(Tensor([0, Float(n)], shape: [1, 2])) }
    guard case .frames(let output) = film.cellOutput else {
      Issue.record("another kind")
      return
    }
    for frame in output.frames {
      guard case .featureMap(let map) = frame.outputs[0] else {
        Issue.record("another kind")
        return
      }
      #expect((map.low, map.high) == (0, 3))
    }
  }

  @Test func framesAreGatheredOneByOne() {
    var film = Frames("step", title: "A walk")
    film.append(table(["x"], [[1]]), at: 0)
    film.append(at: 1, caption: "the end") {
      table(["x"], [[2]])
      "done"
    }
    #expect(film.count == 2)
    #expect(film.output.frames[1].caption == "the end")
    #expect(film.output.frames[1].outputs.count == 2)
    let returning = frames("n", over: 1...2) { n in
      let doubled = 2 * n
      return table(["2n"], [[doubled]])
    }
    #expect(returning.count == 2)
  }

  @Test func aTypeIsComposedOfFigures() {
    guard case .group(let group) = Run(losses: [2, 1]).cellOutput else {
      Issue.record("another kind")
      return
    }
    #expect(group.outputs.count == 3)
    #expect(group.arrangement == .column)
    #expect(group.plainText.contains("The last is 1.0."))
    let row = sideBySide {
      featureMap([[0, 1]])
      featureMap([[1, 0]])
    }
    guard case .group(let pair) = row else {
      Issue.record("another kind")
      return
    }
    #expect(pair.arrangement == .row && pair.outputs.count == 2)
  }

  @Test func picturesKeepTheirColors() throws {
    let image = picture(
      Tensor([0, 1, 0.5, 2, -1, .nan] as [Float], shape: [3, 1, 2]), description: "Two pixels")
    #expect(image.output.pixels == [0, 128, 0, 255, 255, 0])
    #expect(image.output.altText == "Two pixels")
    #expect(image.output.isComplete)
    let grey = picture([[0, 1], [1, 0]])
    #expect(grey.description == "  @@\n@@")
    #expect(grey.output.altText == "A grey picture of 2 × 2 pixels, mean brightness 50 %.")
    #expect(grey.output.altText(in: .chinese) == "2 × 2 像素的灰度图片，平均亮度 50%。")
  }

  @Test func scenesAreTold() {
    var scene = Scene(x: 0...10, y: 0...5)
    scene.line((0, 0), (10, 0))
    scene.circle((5, 2.123456), radius: 1, isFilled: true)
    scene.text("ball", at: (5, 4))
    #expect(scene.output.altText == "A drawing of 1 line, 1 circle; it says: ball.")
    #expect(scene.output.altText(in: .chinese) == "图中有1 条线、1 个圆；文字：ball。")
    let lines = scene.description.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.last == Substring(String(repeating: "*", count: 61)))
    #expect(lines.contains { $0.contains("ball") } && lines.contains { $0.contains("@") })
    #expect(scene.output.shapes[1].points[0].y == 2.1235)
  }

  @Test func everyKindSurvivesJSON() throws {
    var scene = Scene(x: 0...1, y: 0...1)
    scene.arrow((0, 0), (1, 1), ink: .blue)
    let outputs: [CellOutput] = [
      Run(losses: [1, .nan, .infinity]).cellOutput,
      frames("n", over: 0..<2) { picture(Tensor([Float($0)], shape: [1, 1])) }.cellOutput,
      scene.cellOutput,
    ]
    for output in outputs {
      let data = try JSONEncoder.forRecords().encode(output)
      let read = try JSONDecoder.forRecords().decode(CellOutput.self, from: data)
      #expect(read.plainText == output.plainText)
      #expect(try JSONEncoder.forRecords().encode(read) == data)
    }
  }

  @Test func picturesAreShortInJSON() throws {
    let output = picture(Tensor.zeros([100, 100])).cellOutput
    #expect(try JSONEncoder.forRecords().encode(output).count < 14_000)
  }
}
