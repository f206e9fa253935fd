/// The Swift file that a segment becomes.
struct SegmentSource {
  var header: [String]
  var units: [Unit]
  var map: SourceMap
  /// Declarations that a later unit has declared again: their offsets in the code, by unit.
  var retired: [Int: Set<Int>] = [:]

  var text: String {
    var lines = header
    for unit in units {
      lines.append("lecternBegin(\(unit.index), \(unit.seed))")
      lines.append("#sourceLocation(file: \"\(map.file(of: unit))\", line: \(unit.firstLine))")
      lines.append(code(of: unit))
      lines.append("#sourceLocation()")
      lines.append("lecternEnd(\(unit.index))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func code(of unit: Unit) -> String {
    var insertions: [(offset: Int, text: String)] = []
    if let (call, range) = unit.insertion {
      insertions += [(range.upperBound, ")"), (range.lowerBound, call)]
    }
    // An overload that another one has replaced must lose against it, and change in nothing else: the code that
    // was compiled against it goes on.
    insertions += (retired[unit.index] ?? []).map { ($0, "@_disfavoredOverload ") }
    var bytes = Array(unit.code.utf8)
    for insertion in insertions.sorted(by: { $0.offset > $1.offset }) {
      bytes.insert(contentsOf: insertion.text.utf8, at: insertion.offset)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
