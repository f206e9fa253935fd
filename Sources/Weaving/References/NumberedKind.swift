import Chapters

/// What can be referred to by a number.
package enum NumberedKind: Hashable, Sendable {
  case figure, table, listing, equation, section, chapter
  case callout(Callout.Kind)

  /// What labels of it begin with.
  var prefix: String {
    switch self {
    case .figure: "fig-"
    case .table: "tbl-"
    case .listing: "lst-"
    case .equation: "eq-"
    case .section, .chapter: "sec-"
    case .callout(let kind): kind.labelPrefix ?? ""
    }
  }
}

extension Wording {
  /// "Figure", "图".
  func name(of kind: NumberedKind) -> String {
    switch kind {
    case .figure: figure
    case .table: table
    case .listing: listing
    case .equation: equation
    case .section: of("Section", "节")
    case .chapter: of("Chapter", "章")
    case .callout(let kind): title(of: kind)
    }
  }

  /// "Figures". Chinese nouns have one form.
  func plural(of kind: NumberedKind) -> String {
    let name = name(of: kind)
    return isChinese ? name : name + "s"
  }

  /// "Figure 5.3", "图 5.3", "Section 2.3", "第 2.3 节". No line ends between the two.
  func reference(to kind: NumberedKind, number: String) -> String {
    switch kind {
    case .section, .chapter: of("\(name(of: kind))\u{A0}\(number)", "第\u{A0}\(number)\u{A0}\(name(of: kind))")
    default: "\(name(of: kind))\u{A0}\(shown(number, of: kind))"
    }
  }

  /// A number as it stands in a list of them: equations have theirs in brackets.
  func shown(_ number: String, of kind: NumberedKind) -> String {
    kind == .equation ? "(\(number))" : number
  }
}
