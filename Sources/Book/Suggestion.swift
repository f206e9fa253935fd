/// Finds the word that was meant.
enum Suggestion {
  /// "did you mean 'title'?", where one of `candidates` is close enough to `word`.
  static func hint(for word: String, among candidates: [String]) -> String? {
    nearest(to: word, among: candidates).map { "did you mean '\($0)'?" }
  }

  static func nearest(to word: String, among candidates: [String]) -> String? {
    let distances = candidates.map { ($0, editDistance(word.lowercased(), $0.lowercased())) }
    guard let (best, distance) = distances.min(by: { $0.1 < $1.1 }) else { return nil }
    return distance <= max(1, word.count / 3) ? best : nil
  }

  /// Levenshtein's distance: insertions, deletions and replacements.
  private static func editDistance(_ a: String, _ b: String) -> Int {
    let b = Array(b)
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let replaced = diagonal + (x == y ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
      }
    }
    return row[b.count]
  }
}
