/// The head of an SVG file: its root element, and whether it runs anything.
struct SVGHeader {
  let file: ImageFile

  init?(_ text: String) {
    guard let root = Self.root(of: text) else { return nil }
    var width = Self.length(root["width"])
    var height = Self.length(root["height"])
    // Without its own size, an image has that of its view box.
    let box = (root["viewbox"] ?? "").split { $0 == " " || $0 == "," || $0 == "\n" || $0 == "\t" }.compactMap { Double($0) }
    if box.count == 4, box[2] > 0, box[3] > 0 {
      let ratio = box[3] / box[2]
      if width == nil, height == nil {
        (width, height) = (box[2], box[3])
      } else if let known = width, height == nil {
        height = known * ratio
      } else if let known = height, width == nil {
        width = known / ratio
      }
    }
    let hasScript = text.firstMatch(of: /<(?:\w+:)?script[\s>\/]|\son[a-z]+\s*=|javascript:/.ignoresCase()) != nil
    file = ImageFile(
      format: .svg, width: width.flatMap(Self.pixels), height: height.flatMap(Self.pixels), hasScript: hasScript)
  }

  private static func pixels(_ length: Double) -> Int? {
    length.isFinite && length > 0 && length < 100_000 ? max(1, Int(length.rounded())) : nil
  }

  /// The attributes of the `<svg>` that the text begins with, behind a declaration, comments and a document type.
  private static func root(of text: String) -> [String: String]? {
    var rest = text[...]
    if rest.first == "\u{FEFF}" { rest.removeFirst() }
    while true {
      rest = rest.drop(while: \.isWhitespace)
      if rest.hasPrefix("<?"), let end = rest.firstRange(of: "?>") {
        rest = rest[end.upperBound...]
      } else if rest.hasPrefix("<!--"), let end = rest.firstRange(of: "-->") {
        rest = rest[end.upperBound...]
      } else if rest.hasPrefix("<!"), let end = rest.firstIndex(of: ">") {
        // A document type may hold declarations of its own.
        let declarations = rest[..<end].contains("[") ? rest.firstRange(of: "]>")?.upperBound : nil
        rest = rest[(declarations ?? rest.index(after: end))...]
      } else {
        break
      }
    }
    guard let match = rest.prefixMatch(of: /<(?:\w+:)?svg((?:\s+[^\s=>\/]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*\/?>/) else {
      return nil
    }
    var attributes: [String: String] = [:]
    for attribute in match.1.matches(of: /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/) {
      attributes[attribute.1.lowercased()] = String(attribute.2 ?? attribute.3 ?? "")
    }
    return attributes
  }

  /// A length in pixels; `nil` for a share of what the image stands in.
  private static func length(_ text: String?) -> Double? {
    guard let match = text?.wholeMatch(of: /\s*([0-9.]+(?:e[+-]?[0-9]+)?)\s*([a-z%]*)\s*/.ignoresCase()),
      let number = Double(match.1)
    else { return nil }
    switch match.2.lowercased() {
    case "", "px": return number
    case "pt": return number * 4 / 3
    case "pc": return number * 16
    case "mm": return number * 96 / 25.4
    case "cm": return number * 96 / 2.54
    case "in": return number * 96
    case "em", "rem": return number * 16
    default: return nil
    }
  }
}
