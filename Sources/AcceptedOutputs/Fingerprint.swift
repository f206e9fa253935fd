import Chapters
import Foundation
import SwiftParser
import SwiftSyntax

/// Sixteen digits that are others when code is: its tokens, the options that decide what it does, and the files that it
/// says it reads. Comments and blanks are none of it.
enum Fingerprint {
  static func of(_ cell: Cell, folder: URL) -> String {
    var hash = FNV1a()
    hash.add(tokensOf: cell.code)
    let options = cell.options
    if options.eval == false { hash.add("eval: false") }
    if let expected = options.expectError { hash.add("expect-error: \(expected.rawValue)") }
    for file in options.depends ?? [] {
      hash.add("depends: \(file)")
      hash.add((try? Data(contentsOf: folder.appending(path: file))) ?? Data())
    }
    return hash.digits
  }

  static func of(_ value: InlineValue) -> String {
    var hash = FNV1a()
    hash.add(tokensOf: value.expression)
    return hash.digits
  }

  private struct FNV1a {
    private var value: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ bytes: some Sequence<UInt8>) {
      for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
      // Two pieces are not their concatenation.
      value = (value ^ 0xFF) &* 0x100_0000_01B3
    }

    mutating func add(_ text: String) { add(text.utf8) }

    mutating func add(tokensOf code: String) {
      for token in Parser.parse(source: code).tokens(viewMode: .sourceAccurate) { add(token.text) }
    }

    var digits: String {
      let digits = String(value, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
  }
}
