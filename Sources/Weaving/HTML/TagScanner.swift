/// Cuts a piece of raw HTML into tags, comments and text, as a browser would see them.
struct TagScanner {
  enum Piece: Equatable {
    case text(String)
    case comment
    case open(name: String, attributes: [(String, String)])
    case close(name: String)

    static func == (a: Piece, b: Piece) -> Bool {
      switch (a, b) {
      case (.text(let a), .text(let b)), (.close(let a), .close(let b)): a == b
      case (.comment, .comment): true
      case (.open(let a, let x), .open(let b, let y)): a == b && x.elementsEqual(y, by: ==)
      default: false
      }
    }
  }

  private var rest: Substring.UnicodeScalarView

  init(_ html: String) {
    rest = html.unicodeScalars[...]
  }

  mutating func next() -> Piece? {
    guard let first = rest.first else { return nil }
    if first == "<" {
      let start = rest
      if let tag = tag() { return tag }
      // A bracket that opens no tag is text.
      rest = start.dropFirst()
      return .text("<")
    }
    let text = rest.prefix { $0 != "<" }
    rest = rest[text.endIndex...]
    return .text(String(text))
  }

  /// Text of raw HTML: character references stay, all else that could open something is escaped.
  static func escapingText(_ text: String) -> String {
    Escaping.escaped(text).replacing(#/&amp;(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});/#)
    {
      "&\($0.1);"
    }
  }

  private mutating func tag() -> Piece? {
    rest.removeFirst()
    switch rest.first {
    case "!", "?":
      let isComment = rest.starts(with: "!--".unicodeScalars)
      let terminator = isComment ? "-->" : ">"
      while !rest.isEmpty, !rest.starts(with: terminator.unicodeScalars) { rest.removeFirst() }
      rest = rest.dropFirst(terminator.unicodeScalars.count)
      return .comment
    case "/":
      rest.removeFirst()
      let name = name()
      guard !name.isEmpty else { return nil }
      while let next = rest.popFirst(), next != ">" {}
      return .close(name: name)
    default:
      let name = name()
      guard !name.isEmpty else { return nil }
      return attributes().map { .open(name: name, attributes: $0) }
    }
  }

  private mutating func name() -> String {
    let name = rest.prefix {
      $0.isASCII && ($0.properties.isAlphabetic || $0 == "-" || ("0"..."9").contains($0))
    }
    guard name.first?.properties.isAlphabetic == true else { return "" }
    rest = rest[name.endIndex...]
    return String(name).lowercased()
  }

  /// The attributes up to the tag's end; `nil` where it has none.
  private mutating func attributes() -> [(String, String)]? {
    var attributes: [(String, String)] = []
    while true {
      rest = rest.drop { $0.properties.isWhitespace || $0 == "/" }
      guard let next = rest.first else { return nil }
      if next == ">" {
        rest.removeFirst()
        return attributes
      }
      let name = rest.prefix { !$0.properties.isWhitespace && !"/>=".unicodeScalars.contains($0) }
      guard !name.isEmpty else {
        rest.removeFirst()
        continue
      }
      rest = rest[name.endIndex...].drop { $0.properties.isWhitespace }
      var value = ""
      if rest.first == "=" {
        rest = rest.dropFirst().drop { $0.properties.isWhitespace }
        value = attributeValue()
      }
      attributes.append((String(name).lowercased(), value))
    }
  }

  private mutating func attributeValue() -> String {
    if let quote = rest.first, quote == "\"" || quote == "'" {
      let value = rest.dropFirst().prefix { $0 != quote }
      rest = rest[value.endIndex...].dropFirst()
      return Entities.decoded(String(value))
    }
    let value = rest.prefix { !$0.properties.isWhitespace && $0 != ">" }
    rest = rest[value.endIndex...]
    return Entities.decoded(String(value))
  }
}

/// The character references that could hide a scheme in an attribute.
enum Entities {
  private static let named = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "colon": ":", "Tab": "\t", "NewLine": "\n",
    "nbsp": "\u{A0}", "sol": "/",
  ]

  static func decoded(_ text: String) -> String {
    text.replacing(#/&(?:#(?<decimal>[0-9]{1,7})|#[xX](?<hex>[0-9a-fA-F]{1,6})|(?<name>[a-zA-Z]{1,31}));?/#) {
      match in
      if let decimal = match.decimal { return scalar(UInt32(decimal)) }
      if let hex = match.hex { return scalar(UInt32(hex, radix: 16)) }
      return match.name.flatMap { named[String($0)] } ?? String(match.0)
    }
  }

  private static func scalar(_ value: UInt32?) -> String {
    value.flatMap(Unicode.Scalar.init).map { String(Character($0)) } ?? "\u{FFFD}"
  }
}
