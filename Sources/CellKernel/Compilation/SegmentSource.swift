/// The Swift file that a segment becomes.
struct SegmentSource {
  var header: [String]
  var units: [Unit]
  var map: SourceMap
  /// Declarations that a later unit has declared again: their offsets in the code, by the unit's id.
  var retired: [Int: Set<Int>] = [:]

  var text: String {
    var lines = header
    for unit in units {
      lines.append("lecternBegin(\(unit.id), \(unit.seed))")
      lines.append("#sourceLocation(file: \"\(map.file(of: unit))\", line: \(map.line(of: unit)))")
      lines.append(code(of: unit))
      lines.append("#sourceLocation()")
      lines.append("lecternEnd(\(unit.id))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func code(of unit: Unit) -> String {
    // An overload that another one has replaced must lose against it, and change in nothing else: the code that
    // was compiled against it goes on.
    let retired = (retired[unit.id] ?? []).map { Insertion(offset: $0, text: "@_disfavoredOverload ") }
    var bytes: [UInt8] = []
    var rest = Array(unit.code.utf8)[...]
    for insertion in (retired + unit.insertions).sorted(by: { $0.offset < $1.offset }) {
      bytes += rest[..<insertion.offset]
      rest = rest[insertion.offset...]
      bytes += insertion.text.utf8
    }
    bytes += rest
    return String(decoding: bytes, as: UTF8.self)
  }
}
