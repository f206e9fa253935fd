import Diagnostics
import Foundation

/// KaTeX's fonts, cut to what formulas need of them, and which formula needs what.
package struct MathFonts: Sendable {
  /// KaTeX's rules, but those that name fonts' files.
  package let rules: [Stylesheet.Rule]
  private let folder: URL
  private let names: [Face: String]
  private let changes: [Change]

  /// A font as a stylesheet asks for it.
  struct Face: Hashable {
    var family: String
    var style = "normal"
    var weight = "normal"
  }

  /// A font's file.
  package struct Font {
    package var name: String
    package var data: Data
    /// `woff`, or `woff2` where it is whole.
    package var format: String
    fileprivate var face: Face

    /// The rule by which formulas are set in it, wherever it is.
    package func rule(source: String) -> String {
      """
      @font-face{font-family:\(face.family);font-style:\(face.style);font-weight:\(face.weight);\
      src:url(\(source)) format("\(format)")}
      """
    }

    /// The font as a part of whatever names it.
    package var dataURI: String { "data:font/\(format);base64,\(data.base64EncodedString())" }
  }

  /// - Throws: `Diagnostic` where KaTeX's stylesheet cannot be read.
  package init(_ installation: KaTeXInstallation) throws(Diagnostic) {
    guard let css = try? String(contentsOf: installation.stylesheet, encoding: .utf8) else {
      throw Diagnostic(
        .error, file: installation.stylesheet.path, message: "KaTeX's stylesheet cannot be read")
    }
    folder = installation.fonts
    let all = Stylesheet(css).rules
    rules = all.filter { $0.prelude != "@font-face" }
    changes = rules.compactMap(Change.init)
    names = all.filter { $0.prelude == "@font-face" }.reduce(into: [:]) { names, rule in
      guard let file = rule.body.firstMatch(of: #/KaTeX_([\w\-]+)\.woff2/#) else { return }
      names[Face(rule)] = String(file.1)
    }
  }

  // MARK: Cutting

  /// The fonts that these characters are set in, in the order of their names.
  /// - Throws: `Diagnostic` where a font is not there.
  package func fonts(for characters: MathCharacters) throws(Diagnostic) -> [Font] {
    var fonts: [Font] = []
    for (face, name) in names.sorted(by: { $0.value < $1.value }) {
      guard characters.areIncomplete || characters.byFont[name]?.isEmpty == false else { continue }
      fonts.append(try font(name, face, characters.areIncomplete ? nil : characters.byFont[name]))
    }
    return fonts
  }

  /// - Parameter characters: `nil` for all that the font has.
  private func font(
    _ name: String, _ face: Face, _ characters: Set<Unicode.Scalar>?
  ) throws(Diagnostic) -> Font {
    let file = folder.appending(path: "KaTeX_" + name)
    if let characters, let whole = try? Data(contentsOf: file.appendingPathExtension("ttf")),
      let subset = FontSubset.of(whole, characters: characters), let packed = WOFF.packed([UInt8](subset))
    {
      return Font(name: name, data: Data(packed), format: "woff", face: face)
    }
    // Where there is nothing that can be cut, as it is.
    guard let whole = try? Data(contentsOf: file.appendingPathExtension("woff2")) else {
      throw Diagnostic(
        .error, file: file.path, message: "KaTeX's font is not there",
        hint: "install its fonts (Debian, Ubuntu: apt-get install fonts-katex)")
    }
    return Font(name: name, data: whole, format: "woff2", face: face)
  }

  // MARK: What is set in which font

  /// The characters of a formula's markup by the font that KaTeX's rules set them in.
  package func characters(in formula: String) -> MathCharacters {
    var result = MathCharacters()
    // The half that is seen.
    guard let start = formula.range(of: "<span class=\"katex-html\"")?.lowerBound else { return result }
    let outermost = Selector.Tag(name: "span", classes: ["katex"])
    var path = [outermost]
    var faces = [face(of: path, within: Face(family: ""))]
    var scanner = TagScanner(String(formula[start...]))
    while let piece = scanner.next() {
      switch piece {
      case .open(let name, let attributes):
        let classes = attributes.first { $0.0 == "class" }?.1 ?? ""
        path.append(Selector.Tag(name: name, classes: classes[...].split(separator: " ")))
        faces.append(face(of: path, within: faces[faces.count - 1]))
      case .close(let name):
        // Drawings have elements that end by themselves.
        while path.count > 1, let last = path.popLast() {
          faces.removeLast()
          if last.name == name { break }
        }
      case .text(let text):
        if let name = names[faces[faces.count - 1]] {
          result.byFont[name, default: []].formUnion(Entities.decoded(text).unicodeScalars)
        }
      case .comment: break
      }
    }
    return result
  }

  private func face(of path: [Selector.Tag], within outer: Face) -> Face {
    var face = outer
    for change in changes where change.selectors.contains(where: { $0.matches(path) }) {
      change.apply(to: &face)
    }
    return face
  }

  /// What a rule says about fonts. KaTeX's rules don't contend with each other: the later one holds.
  private struct Change: Sendable {
    var selectors: [Selector]
    var family: String?
    var style: String?
    var weight: String?

    init?(_ rule: Stylesheet.Rule) {
      // `font: normal 1.21em KaTeX_Main, serif` sets all three.
      let shorthand = Stylesheet.value(of: "font", in: rule.body)
      family = (Stylesheet.value(of: "font-family", in: rule.body) ?? shorthand).map(Face.family)
      style = Stylesheet.value(of: "font-style", in: rule.body) ?? (shorthand == nil ? nil : "normal")
      weight = (Stylesheet.value(of: "font-weight", in: rule.body) ?? (shorthand == nil ? nil : "normal"))
        .map(Face.weight)
      guard family != nil || style != nil || weight != nil else { return nil }
      selectors = rule.selectors.compactMap(Selector.init)
    }

    func apply(to face: inout Face) {
      if let family { face.family = family }
      if let style { face.style = style }
      if let weight { face.weight = weight }
    }
  }
}

extension MathFonts.Face {
  /// What an `@font-face` rule is about.
  fileprivate init(_ rule: Stylesheet.Rule) {
    self.init(
      family: Self.family(Stylesheet.value(of: "font-family", in: rule.body) ?? ""),
      style: Stylesheet.value(of: "font-style", in: rule.body) ?? "normal",
      weight: Self.weight(Stylesheet.value(of: "font-weight", in: rule.body) ?? "normal"))
  }

  /// The first family of a list, quotation marks and what stands before it in `font` left out.
  fileprivate static func family(_ value: String) -> String {
    value.firstMatch(of: #/KaTeX_\w+/#).map { String($0.0) } ?? value
  }

  fileprivate static func weight(_ value: String) -> String {
    switch value {
    case "400": "normal"
    case "700": "bold"
    default: value
    }
  }
}
