import Foundation
import Testing

/// Compares text with a file under `Snapshots/`.
///
/// `LECTERN_RECORD=1` writes the files anew; a run that records fails, so that none is taken for a check.
func expectSnapshot(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snapshots/\(name)")
  if ProcessInfo.processInfo.environment["LECTERN_RECORD"] == "1" {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    Issue.record("recorded \(name)", sourceLocation: sourceLocation)
    return
  }
  let expected = try? String(contentsOf: file, encoding: .utf8)
  guard text != expected else { return }
  let difference = firstDifference(text, expected ?? "")
  Issue.record(
    "differs from Snapshots/\(name) (LECTERN_RECORD=1 records it anew)\n\(difference)",
    sourceLocation: sourceLocation)
}

private func firstDifference(_ actual: String, _ expected: String) -> String {
  let actual = actual.split(separator: "\n", omittingEmptySubsequences: false)
  let expected = expected.split(separator: "\n", omittingEmptySubsequences: false)
  for index in 0..<max(actual.count, expected.count) {
    let a = index < actual.count ? actual[index] : "(end)"
    let e = index < expected.count ? expected[index] : "(end)"
    if a != e { return "line \(index + 1):\n  is        \(a)\n  should be \(e)" }
  }
  return ""
}
