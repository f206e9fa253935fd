import CellOutputs
import Foundation
import Figures
import Tensors
import Testing

@Suite struct KindTests {
  @Test func surfacesAreToldByTheirExtremes() {
    let chart = surfaceChart(x: -1...1, y: -2...2, resolution: 5, label: "loss", paths: ["SGD": [(1, 2), (0, 0)]]) {
      a, b in a * a + b * b
    }
    #expect(
      chart.output.altText == """
        loss from 0, at x = 0, y = 0, to 5, at x = -1, y = -2. SGD leads from (1, 2) to (0, 0).
        """)
    #expect(chart.output.altText(in: .chinese).hasPrefix("loss最小 0（x = 0, y = 0），最大 5"))
    #expect(chart.output.field?.isLogarithmic == false)
    #expect(surfaceChart(x: 0.1...9, y: 0...1) { a, _ in a * a * a }.output.field?.isLogarithmic == true)
    #expect(chart.description.contains("SGD:"))
  }

  @Test func boundariesFollowTheClassifier() {
    let points = Tensor([[-1, 0], [1, 0]])
    let one = decisionBoundary(points, labels: [0, 1], resolution: 11) { $0[.all, 0] }
    #expect(one.output.field?.values.count == 121)
    #expect(one.output.field?.values.prefix(11) == [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1])
    #expect(one.output.altText.hasPrefix("Regions of the plane: class 0 55%, class 1 45%."))
    let two = decisionBoundary(points, labels: [0, 1], names: ["left", "right"], resolution: 11) { stack([$0[.all, 1], $0[.all, 0]], axis: 1) }
    #expect(two.output.field?.classes == ["left", "right"])
    #expect(two.output.series.map(\.name) == ["left", "right"])
  }

  @Test func attentionTellsWhatEachWordLooksAt() {
    let weights = Tensor([[[0.9, 0.1], [0.2, 0.8]], [[0.5, 0.5], [0, 1]]])
    let map = attentionMap(weights, queries: ["I", "am"], keys: ["ich", "bin"])
    #expect(map.output.panels.map(\.name) == ["head 1", "head 2"])
    #expect((map.output.low, map.output.high) == (0, 1))
    #expect(
      map.output.altText
        == "head 1: Each looks most at: I → ich 0.90, am → bin 0.80. head 2: Each looks most at: I → ich 0.50, am → bin 1.00.")
    #expect(map.description.contains("query \\ key   ich   bin\n"))
  }

  @Test func confusionsAreTold() {
    let matrix = confusionMatrix([[8, 2], [0, 10]], classNames: ["cat", "dog"])
    #expect(
      matrix.output.altText == "18 of 20 (90.0 %) were recognised; most often cat was taken for dog (2 times).")
    #expect(
      matrix.output.altText(in: .chinese) == "20 个中有 18 个（90.0%）识别正确；最常见的错误是把 cat 当作 dog（2 次）。")
    #expect(confusionMatrix([[1, 0], [0, 1]]).output.altText == "All 2 were recognised.")
  }

  @Test func histogramsCountEveryValue() {
    let chart = histogram([0.0, 0.1, 0.5, 1.0, .nan], bins: 2)
    #expect(chart.output.series[0].y == [2, 2])
    #expect(chart.output.series[0].x == [0.25, 0.75])
    #expect(histogram([3.0, 3.0], bins: 1).output.series[0].y == [2])
    #expect(histogram([Double]()).output.series[0].y.allSatisfy { $0 == 0 })
  }

  @Test func barsHaveNames() {
    let chart = barChart(["MLP": 101_770, "CNN": 421_642], x: "network", y: "parameters")
    #expect(chart.output.x.categories == ["MLP", "CNN"])
    #expect(chart.output.altText == "parameters: 2 bars, the highest 421642 at network CNN.")
  }

  @Test func meansStandInTheirBands() throws {
    let chart = meanChart(["a": [[1, 2], [3, 2]]])
    let series = chart.output.series[0]
    #expect(series.y == [2, 2])
    let band = try #require(series.band)
    #expect(abs(band.low[0] - (2 - 2.0.squareRoot())) < 1e-12 && band.high[1] == 2)
    let smooth = lineChart([0.0, 2, 4], y: "loss").smoothed(over: 2)
    #expect(smooth.output.series[0].y == [0, 1, 3] && smooth.output.series[0].raw == [0, 2, 4])
  }

  @Test func linesOverPowersOfTenAreLogarithmic() {
    #expect(lineChart([1.0, 0.1, 0.001]).output.resolvedScale == .logarithmic)
    #expect(lineChart([1.0, 0.1]).output.resolvedScale == .linear)
    #expect(lineChart([1.0, 0.001, 0]).output.resolvedScale == .linear)
    #expect(lineChart([1.0, 0.001], scale: .linear).output.resolvedScale == .linear)
  }

  @Test func gridsAreWalked() {
    let grid = gridMap(
      ["S.#", "..G"], values: [[0.1, 0.2, nil], [0.5, 0.9, nil]], arrows: [["↓", "↓", ""], ["→", "→", ""]])
    #expect(grid.description == "S ↓ 0.10  ↓ 0.20    #\n→ 0.50    → 0.90    G")
    #expect(
      grid.output.altText
        == "A grid of 2 × 3; v from 0.10 at row 1, column 1 to 0.90 at row 2, column 2; from the start the arrows lead ↓ → → to the goal.")
    #expect(grid.output.altText(in: .chinese).hasSuffix("从起点沿箭头 ↓ → →，到达目标。"))
  }

  @Test func convolutionsMoveTheirFilter() {
    let film = convolutionFrames([[0, 1, 2], [3, 4, 5], [6, 7, 8]], [[0, 1], [2, 3]])
    #expect(film.output.frames.map(\.caption)[3] == "place (1, 1): 4·0 + 5·1 + 7·2 + 8·3 = 43")
    #expect(film.count == 4)
    #expect(film.cellOutput.altText.contains("The filter at row 0, column 0: 0·0 + 1·1 + 3·2 + 4·3 = 19"))
  }

  @Test(arguments: [[], [.nan], [.infinity, -.infinity], [1e308, -1e308], [3, 3, 3], [5]] as [[Double]])
  func anyDataHasWords(_ values: [Double]) {
    for chart in [lineChart(values), scatterChart(values, values), barChart(values), histogram(values)] {
      for language in [OutputLanguage.english, .chinese] { #expect(!chart.output.altText(in: language).isEmpty) }
      #expect(!chart.description.isEmpty)
    }
  }

  @Test func recordsAreCompact() throws {
    let points = Tensor([[-1, 0], [1, 0]])
    let boundary = decisionBoundary(points, labels: [0, 1]) { $0[.all, 0] }.cellOutput
    let data = try JSONEncoder.forRecords().encode(boundary)
    #expect(data.count < 6000)
    #expect(try JSONDecoder.forRecords().decode(CellOutput.self, from: data) == boundary)
    manualSeed(0)
    let map = featureMap(Tensor.normal([28, 28])).cellOutput
    #expect(try JSONEncoder.forRecords().encode(map).count < 784 * 8)
  }
}
