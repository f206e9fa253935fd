import CellOutputs
import Testing
import Weaving

@Suite struct ChartTests {
  @Test func linearTicksAreRound() {
    let scale = ChartScale([0.03, 2.31])
    #expect(scale.ticks.map(\.label) == ["0.0", "0.5", "1.0", "1.5", "2.0", "2.5"])
    #expect(scale.place(1.25) == 0.5)
    #expect(ChartScale([-3, 7], count: 5).ticks.map(\.label) == ["-4", "-2", "0", "2", "4", "6", "8"])
    #expect(
      ChartScale([0, 0.0004]).ticks.map(\.label) == ["0.0000", "0.0001", "0.0002", "0.0003", "0.0004"])
    #expect(ChartScale([0, 5e9]).ticks.last?.label == "5e+09")
    #expect(ChartScale([0, 9e3]).ticks.last?.label == "10,000")
    #expect(ChartScale([0, 8e3], count: 4).ticks.map(\.label) == ["0", "2000", "4000", "6000", "8000"])
    #expect(ChartScale([-2e4, 5e3]).ticks.map(\.label).contains("-5,000"))
  }

  @Test func logarithmicTicksArePowers() {
    let scale = ChartScale([0.00002, 3], scale: .logarithmic)
    #expect(scale.ticks.map(\.label) == ["10⁻⁵", "10⁻⁴", "0.001", "0.01", "0.1", "1", "10"])
    #expect(scale.place(0) == nil)
    #expect(scale.place(-1) == nil)
    #expect(scale.place(10) == 1)
  }

  @Test func tightAxesEndWithTheData() {
    let scale = ChartScale([1, 10], isTight: true)
    #expect((scale.low, scale.high) == (1, 10))
    #expect(scale.ticks.map(\.label) == ["2", "4", "6", "8", "10"])
  }

  @Test(
    arguments: [[], [3], [.nan], [.infinity, 1], [0, 0], [-2, -2], [1e300, -1e300], [1e-300, 0]] as [[Double]]
  )
  func anyDataHasAnAxis(_ values: [Double]) {
    for scale in [ChartOutput.Scale.linear, .logarithmic] {
      let axis = ChartScale(values, scale: scale)
      #expect(axis.low < axis.high)
      #expect((1...100).contains(axis.ticks.count))
      for value in values { if let place = axis.place(value) { #expect((0...1).contains(place)) } }
    }
  }

  @Test func barsReachFromZero() {
    #expect(ChartScale([5, 6], includesZero: true).low == 0)
  }

  @Test func drawsEverySeriesWithItsNameAndData() throws {
    let html = try rendered([
      .chart(
        ChartOutput(
          title: "T & U", x: .init(label: "step"), y: .init(label: "loss"),
          series: [.init(name: "a<b", x: [0, 1], y: [2, 1]), .init(name: "c", x: [0, 1], y: [1, .nan])]))
    ])
    #expect(html.contains("<title id=\"cell-1.1-title\">T &amp; U</title>"))
    #expect(
      html.contains("role=\"img\" aria-labelledby=\"cell-1.1-title\" aria-describedby=\"cell-1.1-desc\""))
    #expect(html.contains(">a&lt;b</text>"))
    #expect(html.contains("stroke-dasharray"))
    #expect(html.contains("<th scope=\"row\" class=\"number\">1</th><td class=\"number\">1</td>"))
    #expect(!html.contains("nan,") && !html.contains("Mnan"))
  }

  @Test func aLongLineIsThinned() throws {
    let count = 100_000
    let chart = ChartOutput(
      x: .init(label: "x"), y: .init(label: "y"),
      series: [.init(name: "s", x: (0..<count).map(Double.init), y: (0..<count).map { Double($0 % 100) })])
    let html = try rendered([.chart(chart)])
    #expect(html.utf8.count < 40_000)
    #expect(html.contains("50 of 100000 rows"))
  }
}

@Suite struct ColorTests {
  @Test func viridisRunsFromDarkToBright() {
    #expect(ColorMap.sequential.color(at: 0).css == "#440154")
    #expect(ColorMap.sequential.color(at: 1).css == "#fde725")
    let steps = (0...50).map { ColorMap.sequential.color(at: Double($0) / 50).luminance }
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test func divergingIsCentredOnZero() {
    let scale = ColorScale(fitting: [-1, 4])
    #expect((scale.low, scale.high, scale.map) == (-4, 4, .diverging))
    #expect(scale.color(of: 0).css == "#f7f7f7")
    let positive = ColorScale(fitting: [1, 4])
    #expect((positive.low, positive.high, positive.map) == (1, 4, .sequential))
  }

  @Test func numbersCanBeReadOnEveryColor() {
    for map in [ColorMap.sequential, .diverging] {
      for step in 0...200 {
        let color = map.color(at: Double(step) / 200)
        let (a, b) = (color.luminance, color.ink.luminance)
        #expect((max(a, b) + 0.05) / (min(a, b) + 0.05) >= 4.5)
      }
    }
  }

  @Test func picturesAreValid() {
    let png = PNG.encoded(
      width: 2, height: 1, pixels: [0, 1], palette: [Color(0, 0, 0), Color(255, 255, 255)])
    #expect(png.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    // The end's checksum is the same in every PNG.
    #expect(png.suffix(4) == [0xAE, 0x42, 0x60, 0x82])
  }
}

@Suite struct NumberTests {
  @Test func formats() {
    #expect(grouped(199_000) == "199,000")
    #expect(grouped(-1_234_567) == "-1,234,567")
    #expect(grouped(12) == "12")
    #expect(Numbers.byteCount(12_345_678) == "12 MB")
    #expect(Numbers.byteCount(1500) == "1.5 kB")
    #expect(Numbers.byteCount(999_999) == "1 MB")
    #expect(Numbers.byteCount(7) == "7 bytes")
    #expect(Numbers.fixed(-0.00001, 4) == "0.0000")
    #expect(Numbers.fixed(.nan, 4) == "nan")
    #expect(Numbers.plain(Double(Float(0.1))) == "0.1")
    #expect(Numbers.plain(3) == "3")
    #expect(Numbers.short(0.493912345) == "0.4939")
  }
}
