import Foundation

/// A stylesheet, as far as handouts look into it: its rules, and the files that it names.
struct Stylesheet {
  struct Rule {
    /// The selectors, or an at-rule's name and condition.
    var prelude: String
    /// What stands between the braces.
    var body: String

    var selectors: [String] {
      prelude.split(separator: ",").map { String($0).trimmingCharacters(in: .whitespacesAndNewlines) }
    }
  }

  let text: String

  init(_ text: String) {
    self.text = text
  }

  /// The sheet with the files that it names in it.
  func embeddingFiles(of site: HandoutSite, at path: String) -> String {
    text.replacing(#/url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]*))\s*\)/#) { match in
      let reference = String(match.1 ?? match.2 ?? match.3 ?? "")
      if reference.hasPrefix("data:") || reference.hasPrefix("#") { return String(match.0) }
      // What is not there, or is another site's, is not asked for.
      let data = site.resource(reference, from: path).map { DataURL.of($0.data, named: $0.path) } ?? "data:,"
      return "url(\(data))"
    }
  }

  /// The outermost rules, comments left out.
  var rules: [Rule] {
    var rules: [Rule] = []
    var rest = text.replacing(#/\/\*.*?\*\//#.dotMatchesNewlines(), with: "")[...]
    while let open = rest.firstIndex(of: "{") {
      var depth = 1
      var index = rest.index(after: open)
      while index < rest.endIndex {
        if rest[index] == "{" { depth += 1 }
        if rest[index] == "}" { depth -= 1 }
        if depth == 0 { break }
        index = rest.index(after: index)
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
  static func value(of property: String, in body: String) -> String? {
    for declaration in body.split(separator: ";") {
      let parts = declaration.split(separator: ":", maxSplits: 1)
      if parts.count == 2, parts[0].trimmingCharacters(in: .whitespacesAndNewlines) == property {
        return parts[1].trimmingCharacters(in: .whitespacesAndNewlines)
      }
    }
    return nil
  }
}
