extension PictureOutput: OutputContent {
  public static let kind = "picture"

  private static let widest = 76

  /// The picture as ASCII art, at most 76 columns wide: two characters for a pixel where there is room.
  public var plainText: String {
    let head = [title, description].compactMap { $0 }
    guard isComplete else { return (head + [altText(in: .english)]).joined(separator: "\n") }
    let ramp = Array(" .:-=+*#%@")
    let perPixel = width * 2 <= Self.widest ? 2 : 1
    let columns = min(width, Self.widest / perPixel)
    // A letter is twice as high as it is wide.
    let rows = max(1, height * columns * perPixel / (width * 2))
    let lines = (0..<rows).map { row in
      let text = String(
        (0..<columns).flatMap { column in
          let light = brightness(
            rows: row * height / rows..<(row + 1) * height / rows,
            columns: column * width / columns..<(column + 1) * width / columns)
          return [Character](repeating: ramp[min(9, Int(light * 10))], count: perPixel)
        })
      return String(text.reversed().drop { $0 == " " }.reversed())
    }
    return (head + lines).joined(separator: "\n")
  }

  /// "A colour picture of 28 × 28 pixels, mostly dark, brightest at row 3, column 5."
  public func altText(in language: OutputLanguage) -> String {
    if let description { return (title.map { $0 + language.of(". ", "。") } ?? "") + description }
    let size = "\(height) × \(width)"
    var text = (title.map { $0 + language.of(". ", "。") } ?? "")
    text +=
      channels == 3
      ? language.of("A colour picture of \(size) pixels", "\(size) 像素的彩色图片")
      : language.of("A grey picture of \(size) pixels", "\(size) 像素的灰度图片")
    guard isComplete else { return text + language.of(" that lacks some of them.", "，像素不全。") }
    let mean = brightness(rows: 0..<height, columns: 0..<width)
    let percent = Int((mean * 100).rounded())
    return text + language.of(", mean brightness \(percent) %.", "，平均亮度 \(percent)%。")
  }

  /// The mean brightness of a part, from 0 to 1; of an empty part that of the pixel where it begins.
  private func brightness(rows: Range<Int>, columns: Range<Int>) -> Double {
    var sum = 0.0
    var count = 0
    for row in rows.lowerBound..<max(rows.upperBound, rows.lowerBound + 1) {
      for column in columns.lowerBound..<max(columns.upperBound, columns.lowerBound + 1) {
        let at = (row * width + column) * channels
        sum +=
          channels == 3
          ? 0.299 * Double(pixels[at]) + 0.587 * Double(pixels[at + 1]) + 0.114 * Double(pixels[at + 2])
          : Double(pixels[at])
        count += 1
      }
    }
    return sum / Double(count) / 255
  }
}
