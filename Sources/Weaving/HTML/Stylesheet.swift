import Foundation

/// A stylesheet, as far as anybody here looks into it: its rules.
package struct Stylesheet {
  package struct Rule: Sendable {
    /// The selectors, or an at-rule's name and condition.
    package var prelude: String
    /// What stands between the braces.
    package var body: String

    package var selectors: [String] {
      prelude.split(separator: ",").map { String($0).trimmingCharacters(in: .whitespacesAndNewlines) }
    }
  }

  package let text: String

  package init(_ text: String) {
    self.text = text
  }

  /// The outermost rules, comments left out.
  package var rules: [Rule] {
    var rules: [Rule] = []
    var rest = text.replacing(#/\/\*.*?\*\//#.dotMatchesNewlines(), with: "")[...]
    while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")) {
      var depth = 1
      var index = rest.utf8.index(after: open)
      while index < rest.endIndex {
        if rest.utf8[index] == UInt8(ascii: "{") { depth += 1 }
        if rest.utf8[index] == UInt8(ascii: "}") { depth -= 1 }
        if depth == 0 { break }
        index = rest.utf8.index(after: index)
      }
      let prelude = rest[..<open].split(separator: ";").last ?? ""
      rules.append(
        Rule(
          prelude: String(prelude).trimmingCharacters(in: .whitespacesAndNewlines),
          body: String(rest[rest.index(after: open)..<index])))
      rest = index < rest.endIndex ? rest[rest.index(after: index)...] : ""
    }
    return rules
  }

  /// The value of a declaration in a rule's body.
  package static func value(of property: String, in body: String) -> String? {
    for declaration in body.split(separator: ";") {
      let parts = declaration.split(separator: ":", maxSplits: 1)
      if parts.count == 2, parts[0].trimmingCharacters(in: .whitespacesAndNewlines) == property {
        return parts[1].trimmingCharacters(in: .whitespacesAndNewlines)
      }
    }
    return nil
  }
}
