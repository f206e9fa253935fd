import CellOutputs
import Figures
import Tensors
import Testing

@Suite struct FigureTests {
  @Test func featureMapsAsArt() {
    let map = featureMap([[0, 1], [2, 3]])
    #expect(map.ascii == "\n  --\n**@@")
    #expect(map.output.scale == .sequential)
    #expect(
      map.output.altText == "An image of 2 × 2 pixels, values from 0 to 3: greatest at row 2, column 2.")
    let signed = featureMap(
      Tensor([[[-1, 0], [0, 1]], [[0, 0], [0, 0]]]), names: ["edges", "nothing"])
    #expect(signed.output.scale == .diverging)
    #expect((signed.output.low, signed.output.high) == (-1, 1))
    #expect(signed.ascii == "edge  noth\nNN\n  ##")
  }

  @Test func chartsSpeak() {
    let losses = lineChart([2.3, 1.1, 0.41], at: [1, 2, 3], name: "loss", x: "epoch")
    #expect(losses.output.altText == "loss falls from 2.30 to 0.410 between epoch 1 and 3.")
    #expect(losses.output.plainText.contains("loss: █▃▁"))
    let both = lineChart(relu, over: -1...1, name: "relu") + lineChart(tanh, over: -1...1, name: "tanh")
    #expect(both.output.series.map(\.name) == ["relu", "tanh"])
    #expect(
      scatterChart([[0, 1], [2, 3]], labels: [1, 0]).output.series.map(\.name) == ["class 0", "class 1"])
  }

  @Test func tablesAlign() {
    let text = table(["layer", "parameters"], [["conv1", 320], ["卷积", 18496]]).output.plainText
    #expect(text == "layer  parameters\n-----  ----------\nconv1         320\n卷积        18496")
  }

  @Test func computationsAreDrawn() {
    let w = Tensor(2, requiresGradient: true).named("w")
    let graph = computationGraph { square(w * 3 - 1) }
    #expect(graph.output.nodes.map(\.label) == ["w", "*", "-", "square"])
    #expect(graph.output.nodes.map(\.details)[0] == ["2.0000", "∂ 30.0000"])
    #expect(graph.output.edges.count == 3)
    #expect(w.gradient == nil)
    #expect(
      graph.output.altText == "A graph of 4 nodes in 4 columns and 3 edges; it ends in square (25.0000).")
  }

  @Test func networksAreDrawn() {
    let graph = networkDiagram(
      inputs: [0.05, 0.1],
      layers: [(weight: [[0.15, 0.2], [0.25, 0.3]], bias: [0.35, 0.35], output: [0.5, 0.6])])
    #expect(graph.output.nodes.map(\.label) == ["x1", "x2", "y1", "y2"])
    #expect(graph.output.edges.map(\.label) == ["0.1500", "0.2000", "0.2500", "0.3000"])
  }

  @Test func convolutionsStepByStep() {
    let steps = convolutionSteps([[0, 1, 2], [3, 4, 5], [6, 7, 8]], [[0, 1], [2, 3]])
    #expect(steps.output.rows.count == 4)
    #expect(steps.output.rows[0].map(\.plainText) == ["(0, 0)", "0 1 3 4", "0·0 + 1·1 + 3·2 + 4·3", "19"])
  }
}
