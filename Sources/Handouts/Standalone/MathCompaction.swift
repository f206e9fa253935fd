import Diagnostics
import Weaving

/// Makes the formulas of a page take half the space, and look the same.
///
/// KaTeX writes long class names and the same few styles again and again, which weigh more than all the rest of a page
/// with many formulas. Where page and stylesheets are one file, both can be given short names: classes that no rule
/// names go, the others are renamed, and a style becomes a class.
struct MathCompaction {
  private let root: Element
  /// KaTeX's classes that must keep their names: other stylesheets or scripts speak of them.
  private let kept: Set<String>
  private let taken: Set<String>

  /// - Parameter others: the page's scripts, and its stylesheets but KaTeX's.
  init(_ root: Element, others: [String]) {
    self.root = root
    let words = others.flatMap { $0.matches(of: #/[A-Za-z][\w\-]*/#).map { String($0.0) } }
    kept = Set(words)
    var taken = kept
    root.walk { element in
      taken.formUnion(element.classes.map(String.init))
      return true
    }
    self.taken = taken
  }

  /// KaTeX's stylesheet as the page needs it after its formulas were made smaller, which this does.
  /// - Throws: `Diagnostic` where a font is not there.
  func stylesheet(fonts: MathFonts) throws(Diagnostic) -> String {
    let rules = fonts.rules
    var characters = MathCharacters()
    for formula in root.all(where: { $0.hasClass("katex-html") }) {
      characters.formUnion(fonts.characters(in: formula.html))
    }
    let faces = try fonts.fonts(for: characters).map { $0.rule(source: $0.dataURI) }

    var names = ShortNames(taken: taken)
    var used: Set<String> = []
    var styles: [String: String] = [:]
    let named = Set(rules.flatMap { Self.classes(of: $0.prelude) })
    for formula in root.all(where: { $0.hasClass("katex-html") }) {
      formula.walk { element in
        let classes = element.classes.map(String.init).filter { named.contains($0) || kept.contains($0) }
        used.formUnion(classes)
        var short = classes.map { isFree($0) ? names.name(of: $0) : $0 }
        if element.name == "span", let style = element["style"] {
          let name = names.name(of: "style: " + style)
          styles[name] = style
          short.append(name)
          element["style"] = nil
        }
        element["class"] = short.isEmpty ? nil : short.joined(separator: " ")
        return true
      }
    }
    let all = used.union(root.all { _ in true }.flatMap { $0.classes.map(String.init) })
    let styling = rules.filter { !$0.prelude.hasPrefix("@") }.compactMap { rule -> String? in
      let selectors = rule.selectors.filter { Self.classes(of: $0).allSatisfy(all.contains) }
      guard !selectors.isEmpty else { return nil }
      let renamed = selectors.joined(separator: ",").replacing(#/\.([A-Za-z][\w\-]*)/#) { match in
        let name = String(match.1)
        return "." + (isFree(name) && used.contains(name) ? names.name(of: name) : name)
      }
      return "\(renamed){\(rule.body)}"
    }
    // A style that became a class still outranks what any stylesheet says.
    let own = styles.sorted { $0.key < $1.key }.map { name, style in
      ".\(name){\(Self.important(style))}"
    }
    return (faces + styling + own).filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func isFree(_ name: String) -> Bool { !name.hasPrefix("katex") && !kept.contains(name) }

  private static func classes(of selector: String) -> [String] {
    selector.matches(of: #/\.([A-Za-z][\w\-]*)/#).map { String($0.1) }
  }

  private static func important(_ style: String) -> String {
    style.split(separator: ";").map { "\($0)!important" }.joined(separator: ";")
  }
}

/// Names of one or two letters and digits, in the order in which they are asked for.
private struct ShortNames {
  let taken: Set<String>
  private var names: [String: String] = [:]
  private var count = 0

  init(taken: Set<String>) {
    self.taken = taken
  }

  mutating func name(of text: String) -> String {
    if let name = names[text] { return name }
    var name: String
    repeat {
      let letter = Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8(count % 26)))
      name = String(letter) + (count < 26 ? "" : String(count / 26 - 1, radix: 36))
      count += 1
    } while taken.contains(name)
    names[text] = name
    return name
  }
}
