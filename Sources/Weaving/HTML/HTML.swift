/// A piece of HTML that may stand in a page as it is.
///
/// What is written between the quotation marks of a literal is markup; what is interpolated is data, and is
/// escaped, unless it is `HTML` itself:
///
///     let cell: HTML = "<td title=\"\(tooltip)\">\(text)</td>"
///
/// So no string of HTML is ever made from data without escaping, and a forgotten escape does not compile into
/// one.
package struct HTML: Hashable, Sendable {
  /// The markup.
  package private(set) var source: String

  /// Text, escaped.
  package init(_ text: some StringProtocol) {
    source = Escaping.escaped(String(text))
  }

  /// Markup that another program vouches for: KaTeX's, a template's, or a filter's own output.
  package init(trusted source: String) {
    self.source = source
  }

  package init() {
    source = ""
  }

  package var isEmpty: Bool { source.isEmpty }

  package static func += (html: inout HTML, addition: HTML) {
    html.source += addition.source
  }

  package static func + (first: HTML, second: HTML) -> HTML {
    HTML(trusted: first.source + second.source)
  }
}

extension HTML: ExpressibleByStringInterpolation {
  package init(stringLiteral markup: String) {
    source = markup
  }

  package init(stringInterpolation: StringInterpolation) {
    source = stringInterpolation.source
  }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var source = ""

    package init(literalCapacity: Int, interpolationCount: Int) {
      source.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }

    package mutating func appendLiteral(_ markup: String) {
      source += markup
    }

    package mutating func appendInterpolation(_ text: some StringProtocol) {
      source += Escaping.escaped(String(text))
    }

    package mutating func appendInterpolation(_ html: HTML) {
      source += html.source
    }

    package mutating func appendInterpolation(_ number: Int) {
      source += String(number)
    }

    /// An attribute with the blank before it, or nothing where there is no value: `<p\(attribute: "id",
    /// id)>`.
    package mutating func appendInterpolation(attribute name: StaticString, _ value: String?) {
      guard let value else { return }
      source += " \(name)=\"\(Escaping.escaped(value))\""
    }
  }
}

extension Sequence where Element == HTML {
  package func joined(separator: HTML = HTML()) -> HTML {
    HTML(trusted: map(\.source).joined(separator: separator.source))
  }
}
