/// A chapter that is edited at random: cells and inline values that share names, files, objects and mistakes.
struct RandomChapter {
  private var random: SplitMix
  private var cells: [Cell] = []
  private var prose = 0
  private let number: Int

  struct Cell {
    var code: String
    var label: String?
    var option: String?
    var comment = ""
    var inline: String?
    /// Whether it reads what a cell above writes into a file.
    var isReader = false
    var isWriter = false
  }

  init(number: Int, seed: UInt64) {
    self.number = number
    random = SplitMix(state: seed)
    for _ in 0..<(3 + random.below(4)) { cells.append(newCell()) }
  }

  var markdown: String {
    var text = "# Chapter \(number)\n\n" + String(repeating: "Some prose.\n\n", count: prose)
    var hasWriter = false
    for cell in cells {
      text += "```swift-run\n"
      if let label = cell.label { text += "//| label: \(label)\n" }
      if let option = cell.option { text += "//| \(option)\n" }
      // What a cell reads before it was written is not the same in a fresh copy of the book.
      let code = cell.isReader && !hasWriter ? "print(\"nothing is written yet\")" : cell.code
      text += cell.comment + code + "\n```\n\n"
      if let inline = cell.inline { text += "The value is `{swift} \(inline)`.\n\n" }
      hasWriter = hasWriter || cell.isWriter && cell.option != "eval: false"
    }
    return text
  }

  /// Changes one thing or a few.
  mutating func edit() {
    for _ in 0...random.below(2) {
      let index = cells.isEmpty ? 0 : random.below(cells.count)
      switch random.below(14) {
      case 0: prose = random.below(4)
      case 1, 2: cells.insert(newCell(), at: min(index, cells.count))
      case 3 where cells.count > 1: cells.remove(at: index)
      case 4 where cells.count > 1: cells.swapAt(index, random.below(cells.count))
      case 5 where !cells.isEmpty:
        cells[index].comment = ["", "// why\n", "/* one\n two */\n", "\n\n"].randomElement(&random)
      case 6 where !cells.isEmpty:
        cells[index].label = random.below(2) == 0 ? nil : "label-\(random.below(1000))"
      case 7 where !cells.isEmpty:
        cells[index].option = [
          nil, "echo: false", "eval: false", "error: true", "cache: false", "warning: false",
        ]
        .randomElement(&random)
      case 8 where !cells.isEmpty:
        cells[index].inline = [nil, "a", "b * 2", "list.count", "box.value", "c +", "double(3)"]
          .randomElement(&random)
      case 9 where !cells.isEmpty: cells[index].code += "\nprint(\(random.below(9)))"
      default: if !cells.isEmpty { cells[index] = newCell() }
      }
    }
    // Two cells of one label are a mistake of another kind.
    var labels: Set<String> = []
    for index in cells.indices {
      if let label = cells[index].label, !labels.insert(label).inserted { cells[index].label = nil }
    }
  }

  private mutating func newCell() -> Cell {
    let n = random.below(20)
    let name = ["a", "b", "c"].randomElement(&random)
    let other = ["a", "b", "c"].randomElement(&random)
    let code: String
    switch random.below(33) {
    case 0, 1, 2: code = "var \(name) = \(n)"
    case 3, 4: code = "\(name) += \(n)\n\(name)"
    case 5, 6: code = "print(\"\(name)\", \(name) + \(other))"
    case 7: code = "var list = [\(n), \(n + 1)]"
    case 8: code = "list.append(\(n))\nlist"
    case 9: code = "final class Box { var value = \(n) }\nlet box = Box()"
    case 10: code = "box.value += \(n)\nbox.value"
    case 11: code = "func double(_ x: Int) -> Int { x * 2 + \(n % 3) }"
    case 12: code = "double(\(n)) + \(name)"
    case 13: code = "extension Int { var next: Int { self + \(1 + n % 3) } }"
    case 14: code = "print(\(n).next)"
    case 15: code = "Tensor.random([2])"
    case 16: return Cell(code: "try? String(contentsOfFile: \"data-\(n % 3).txt\", encoding: .utf8)")
    case 17: code = "(try? FileManager.default.contentsOfDirectory(atPath: \"data\"))?.sorted()"
    case 18: code = "precondition(\(name) > \(n), \"too small\")"
    case 19: code = "struct Wrong: Error {}\nif \(name) > \(n) { throw Wrong() }"
    case 20: code = "let wrong: Int = \"\(n)\""
    case 21: code = "print(#line, \(name))"
    case 22: code = "func unused() { var q = \(n); print(q) }\nunused()"
    case 23: return Cell(code: "let bad: Int = \"no\"", option: "expect-error: compile")
    case 24:
      // It builds on no other cell: where it does not run, what is read below is not the same in a fresh copy of the book.
      let text = "(try? String(contentsOfFile: \"data-\(n % 3).txt\", encoding: .utf8)) ?? \"\(n)\""
      return Cell(
        code: "try (\(text)).write(toFile: \"out-\(number).txt\", atomically: true, encoding: .utf8)",
        isWriter: true)
    case 25:
      return Cell(code: "try String(contentsOfFile: \"out-\(number).txt\", encoding: .utf8)", isReader: true)
    case 26:
      code =
        "struct P { var x = \(n) }\nextension P: CustomStringConvertible { var description: String { \"P\\(x)\" } }"
    case 27: code = "print(P(), \"\\(P(x: \(n)))\")"
    case 28:
      let end = ["abort()", "exit(\(n))", "kill(getpid(), SIGKILL)", "_ = [1][\(name)]"].randomElement(
        &random)
      code = "print(\"the end\")\nif \(name) > 3 { \(end) }"
    case 29: code = "var handle = FileHandle(forReadingAtPath: \"data-0.txt\")"
    case 30: code = "handle.map { String(decoding: $0.readData(ofLength: 1), as: UTF8.self) }"
    case 31: code = "Thread.detachNewThread { Thread.sleep(forTimeInterval: 60) }"
    default:
      code = "func fail(_ x: Int) { if x > \(n) { fatalError(\"at \\(x)\") } }\nfail(\(name))\n\(name) += 1"
    }
    return Cell(code: code)
  }
}

/// A small generator whose numbers are the same everywhere.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

  /// From zero to one.
  mutating func fraction() -> Double { Double(next() >> 11) / 0x1p53 }
}

extension Array {
  func randomElement(_ random: inout SplitMix) -> Element { self[random.below(count)] }
}
