import Foundation

/// The text that LaTeX's notation stands for: `Schr{\"o}dinger` is Schrödinger.
struct LaTeXText {
  /// Formulas between dollars are kept as they are, dollars included.
  static func decoded(_ source: String) -> String {
    var text = LaTeXText(Array(source.unicodeScalars))
    text.read()
    let words = String(text.result).split { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r\n" }
    return words.joined(separator: " ").precomposedStringWithCanonicalMapping
  }

  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var result = String.UnicodeScalarView()

  private init(_ scalars: [Unicode.Scalar]) {
    self.scalars = scalars
  }

  private mutating func read() {
    while index < scalars.count {
      switch scalars[index] {
      case "{", "}": index += 1
      case "~":
        result.append("\u{A0}")
        index += 1
      case "-": readDashes()
      case "`": readQuotes("`", one: "‘", two: "“")
      case "'": readQuotes("'", one: "’", two: "”")
      case "$": readFormula()
      case "\\": readCommand()
      default:
        result.append(scalars[index])
        index += 1
      }
    }
  }

  private func run(of scalar: Unicode.Scalar) -> Int {
    scalars[index...].prefix { $0 == scalar }.count
  }

  private mutating func readDashes() {
    let count = run(of: "-")
    result.append(count == 1 ? "-" : count == 2 ? "–" : "—")
    index += count
  }

  private mutating func readQuotes(_ mark: Unicode.Scalar, one: Unicode.Scalar, two: Unicode.Scalar) {
    let isDouble = run(of: mark) > 1
    result.append(isDouble ? two : one)
    index += isDouble ? 2 : 1
  }

  private mutating func readFormula() {
    let end = scalars[(index + 1)...].firstIndex(of: "$") ?? index
    result.append(contentsOf: scalars[index...end])
    index = end + 1
  }

  // MARK: Commands

  private mutating func readCommand() {
    index += 1
    guard index < scalars.count else { return }
    let first = scalars[index]
    guard first.properties.isAlphabetic else {
      index += 1
      if let accent = Self.accents[String(first)] {
        readAccented(accent)
      } else if first == " " || first == "\n" || first == "," {
        result.append(" ")
      } else if first != "-", first != "/" {
        result.append(first)
      }
      return
    }
    var name = ""
    while index < scalars.count, scalars[index].isASCII, scalars[index].properties.isAlphabetic {
      name.unicodeScalars.append(scalars[index])
      index += 1
    }
    if let accent = Self.accents[name] {
      readAccented(accent)
    } else if let symbol = Self.symbols[name] {
      result.append(contentsOf: symbol.unicodeScalars)
      skipSpace()
    } else {
      // \emph, \textit, \textsc and their like: what they are given is the text.
      skipSpace()
    }
  }

  private mutating func skipSpace() {
    while index < scalars.count, scalars[index] == " " { index += 1 }
  }

  /// The letter behind an accent, in braces or not; `\i` is an i.
  private mutating func readAccented(_ accent: Unicode.Scalar) {
    skipSpace()
    while index < scalars.count, scalars[index] == "{" { index += 1 }
    guard index < scalars.count else { return }
    if scalars[index] == "\\", index + 1 < scalars.count, scalars[index + 1] == "i" || scalars[index + 1] == "j" {
      result.append(scalars[index + 1])
      index += 2
    } else if scalars[index] == "\\" {
      readCommand()
    } else {
      result.append(scalars[index])
      index += 1
    }
    result.append(accent)
  }

  /// The combining characters that accents are.
  private static let accents: [String: Unicode.Scalar] = [
    "\"": "\u{308}", "'": "\u{301}", "`": "\u{300}", "^": "\u{302}", "~": "\u{303}", "=": "\u{304}",
    ".": "\u{307}", "u": "\u{306}", "v": "\u{30C}", "H": "\u{30B}", "c": "\u{327}", "k": "\u{328}",
    "r": "\u{30A}", "d": "\u{323}", "b": "\u{331}",
  ]

  private static let symbols: [String: String] = [
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "textendash": "–",
    "textemdash": "—", "ldots": "…", "dots": "…", "textquoteright": "’", "textquoteleft": "‘",
    "textquotedblleft": "“", "textquotedblright": "”", "textasciitilde": "~", "textbackslash": "\\",
    "textregistered": "®", "texttrademark": "™", "copyright": "©", "S": "§", "P": "¶", "LaTeX": "LaTeX",
    "TeX": "TeX", "BibTeX": "BibTeX",
  ]
}
