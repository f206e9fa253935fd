import Foundation

extension ColorScale {
  /// Values as a picture with one pixel each: what an `image`'s `href` takes.
  func picture(of values: [Float], width: Int, height: Int) -> String {
    let levels = values.map { value -> Int in
      let t = (Double(value) - low) / (high - low)
      return t.isNaN ? 0 : Int(min(max(t, 0), 1) * 255)
    }
    // The palette holds the levels that occur: a small map is a small file.
    let used = Set(levels).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(used, 0...UInt8.max))
    return PNG.dataURI(
      PNG.encoded(
        width: width, height: height, pixels: levels.map { places[$0]! },
        palette: used.map { map.color(at: Double($0) / 255) }))
  }

  /// The scale as a bar from its low to its high end, with its numbers.
  /// - Parameter width: of the drawing that it stands in the middle of.
  func legend(id: String, width: Double, y: Double) -> HTML {
    let bar = min(width - 110, 220)
    let left = (width - bar) / 2
    let stops = (0...10).map { step -> HTML in
      "<stop offset=\"\(step * 10)%\" stop-color=\"\(map.color(at: Double(step) / 10).css)\"/>"
    }.joined()
    return """
      <defs><linearGradient id="\(id)-scale">\(stops)</linearGradient></defs>
      <rect class="frame" x="\(coordinate(left))" y="\(coordinate(y))" width="\(coordinate(bar))" height="12" \
      fill="url(#\(id)-scale)"/>
      <text x="\(coordinate(left - 6))" y="\(coordinate(y + 10.5))" \
      text-anchor="end">\(Numbers.short(low, digits: 3))</text>
      <text x="\(coordinate(left + bar + 6))" y="\(coordinate(y + 10.5))">\(Numbers.short(high, digits: 3))</text>

      """
  }
}
