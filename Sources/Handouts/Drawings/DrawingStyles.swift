import Foundation
import Weaving

/// The rules that give a page's drawings their ink, for places that know no custom properties and no dark mode: a
/// notebook's pictures, a reading device.
///
/// They are taken from the site's own stylesheets, so that whatever draws and however a book restyles it, a drawing looks
/// the same there.
struct DrawingStyles {
  /// The stylesheet.
  let text: String

  init(_ site: HandoutSite) {
    let sheets = site.resources.filter { $0.key.hasSuffix(".css") && !$0.key.contains("katex") }
      .sorted {
        ($0.key.hasSuffix("book.css") ? 1 : 0, $0.key) < ($1.key.hasSuffix("book.css") ? 1 : 0, $1.key)
      }
    self.init(sheets: sheets.map { String(decoding: $0.value, as: UTF8.self) })
  }

  init(sheets: [String]) {
    let rules = sheets.flatMap { Stylesheet($0).rules }.filter { !$0.prelude.hasPrefix("@") }
    var global: [String: String] = [:]
    for rule in rules where rule.prelude == ":root" {
      global.merge(Self.properties(of: rule.body)) { _, new in new }
    }
    let variables = Variables(global: global, local: rules.flatMap(Self.local))
    text = rules.filter { $0.selectors.allSatisfy(Self.isOfDrawings) }.flatMap { rule in
      variables.resolved(rule)
    }.joined(separator: "\n")
  }

  private static func isOfDrawings(_ selector: String) -> Bool {
    // Where a drawing stands on a page is the page's business.
    selector.firstMatch(of: #/^svg(?![\w\-])/#) != nil
  }

  /// The custom properties that a rule sets.
  private static func properties(of body: String) -> [String: String] {
    var properties: [String: String] = [:]
    for declaration in body.split(separator: ";") {
      let parts = declaration.split(separator: ":", maxSplits: 1).map {
        $0.trimmingCharacters(in: .whitespacesAndNewlines)
      }
      if parts.count == 2, parts[0].hasPrefix("--") { properties[parts[0]] = parts[1] }
    }
    return properties
  }

  /// What classes set: `.series-1 { --series: … }`.
  private static func local(_ rule: Stylesheet.Rule) -> [Variables.Local] {
    let classes = rule.selectors.filter { $0.wholeMatch(of: #/\.[\w\-]+/#) != nil }
    return classes.flatMap { selector in
      properties(of: rule.body).map { Variables.Local(selector: selector, name: $0.key, value: $0.value) }
    }.sorted { $0.name < $1.name }
  }
}

/// Custom properties, put in where they are asked for.
private struct Variables {
  struct Local {
    var selector: String
    var name: String
    var value: String
  }

  let global: [String: String]
  let local: [Local]

  /// A rule without custom properties: one rule for each class that sets one it asks for.
  func resolved(_ rule: Stylesheet.Rule) -> [String] {
    let body = declarations(resolving(rule.body))
    let asked = local.filter { body.contains("var(\($0.name)") }
    guard !asked.isEmpty else { return body.isEmpty ? [] : ["\(rule.prelude) {\(body)}"] }
    return asked.map { variable in
      let selectors = rule.selectors.flatMap { selector -> [String] in
        let parts = selector.split(separator: " ").map(String.init)
        let last = parts.last ?? ""
        let before = parts.dropLast().joined(separator: " ")
        return ["\(before) \(variable.selector) \(last)", "\(before) \(last)\(variable.selector)"]
      }
      let value = body.replacing("var(\(variable.name))", with: resolving(variable.value))
      return "\(selectors.joined(separator: ", ")) {\(value)}"
    }
  }

  private func resolving(_ text: String) -> String {
    var text = text
    // A property may name others; so many steps are more than any sheet takes.
    for _ in 0..<8 {
      let next = text.replacing(#/var\((--[\w\-]+)\)/#) { match in global[String(match.1)] ?? String(match.0)
      }
      .replacing(#/light-dark\(\s*((?:[^(),]|\([^()]*\))+?)\s*,(?:[^()]|\([^()]*\))*\)/#) { String($0.1) }
      if next == text { break }
      text = next
    }
    return text
  }

  private func declarations(_ body: String) -> String {
    body.split(separator: ";").map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
      .filter { !$0.isEmpty && !$0.hasPrefix("--") }.joined(separator: "; ")
  }
}
