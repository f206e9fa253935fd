import Foundation

/// The fonts of a page's formulas, each cut to the characters that the page sets in it.
struct MathFonts {
  let site: HandoutSite

  /// A font as a stylesheet asks for it.
  struct Face: Hashable {
    var family: String
    var style = "normal"
    var weight = "normal"
  }

  /// The `@font-face` rule with the font in it; nothing where no character of the page is set in it.
  func embedded(_ rule: Stylesheet.Rule, used: [Face: Set<Unicode.Scalar>]) -> String {
    let face = Face(
      family: Self.family(Stylesheet.value(of: "font-family", in: rule.body) ?? ""),
      style: Stylesheet.value(of: "font-style", in: rule.body) ?? "normal",
      weight: Self.weight(Stylesheet.value(of: "font-weight", in: rule.body) ?? "normal"))
    guard let characters = used[face], !characters.isEmpty, let font = data(of: rule, characters) else {
      return ""
    }
    return """
      @font-face{font-family:\(face.family);font-style:\(face.style);font-weight:\(face.weight);\
      src:url(\(font.url)) format("\(font.format)")}
      """
  }

  /// The font that the rule names, cut; as it is where there is nothing to cut it from.
  private func data(of rule: Stylesheet.Rule, _ characters: Set<Unicode.Scalar>) -> (
    url: String, format: String
  )? {
    guard let match = rule.body.firstMatch(of: #/([\w\-]+)\.woff2/#) else { return nil }
    let name = String(match.1)
    if let file = site.mathFonts?.appending(path: name + ".ttf"), let font = try? Data(contentsOf: file),
      let subset = FontSubset.of(font, characters: characters)
    {
      return (DataURL.of(subset, type: "font/ttf"), "truetype")
    }
    guard let whole = site.resources.first(where: { $0.key.hasSuffix("/\(name).woff2") }) else { return nil }
    return (DataURL.of(whole.value, type: "font/woff2"), "woff2")
  }

  // MARK: What is set in which font

  /// The characters of formulas below `root` by the font that `rules` (KaTeX's) set them in.
  static func characters(in root: Element, rules: [Stylesheet.Rule]) -> [Face: Set<Unicode.Scalar>] {
    let changes = rules.compactMap(Change.init)
    var used: [Face: Set<Unicode.Scalar>] = [:]
    func visit(_ element: Element, _ ancestors: [Element], _ inherited: Face) {
      let path = ancestors + [element]
      var face = inherited
      for change in changes where change.selectors.contains(where: { $0.matches(path) }) {
        change.apply(to: &face)
      }
      for child in element.children {
        switch child {
        case .element(let element): visit(element, path, face)
        case .text(let text): used[face, default: []].formUnion(text.unicodeScalars)
        }
      }
    }
    root.walk { element in
      guard element.hasClass("katex") else { return true }
      visit(element, [], Face(family: ""))
      return false
    }
    return used
  }

  /// What a rule says about fonts. KaTeX's rules don't contend with each other: the later one holds.
  private struct Change {
    var selectors: [Selector]
    var family: String?
    var style: String?
    var weight: String?

    init?(_ rule: Stylesheet.Rule) {
      guard !rule.prelude.hasPrefix("@") else { return nil }
      // `font: normal 1.21em KaTeX_Main, serif` sets all three.
      let shorthand = Stylesheet.value(of: "font", in: rule.body)
      family = (Stylesheet.value(of: "font-family", in: rule.body) ?? shorthand).map(MathFonts.family)
      style = Stylesheet.value(of: "font-style", in: rule.body) ?? (shorthand == nil ? nil : "normal")
      weight = (Stylesheet.value(of: "font-weight", in: rule.body) ?? (shorthand == nil ? nil : "normal"))
        .map(MathFonts.weight)
      guard family != nil || style != nil || weight != nil else { return nil }
      selectors = rule.selectors.compactMap(Selector.init)
    }

    func apply(to face: inout Face) {
      if let family { face.family = family }
      if let style { face.style = style }
      if let weight { face.weight = weight }
    }
  }

  /// The first family of a list, quotation marks and what stands before it in `font` left out.
  private static func family(_ value: String) -> String {
    value.firstMatch(of: #/KaTeX_\w+/#).map { String($0.0) } ?? value
  }

  private static func weight(_ value: String) -> String {
    switch value {
    case "400": "normal"
    case "700": "bold"
    default: value
    }
  }
}
