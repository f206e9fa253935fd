extension Sequence<String> {
  /// The name among these that a mistyped `name` most likely means: at most a third of its letters are wrong.
  ///
  ///     ["fig-cap", "fig-alt"].closest(to: "fig_cap")  // "fig-cap"
  package func closest(to name: String) -> String? {
    let wanted = Array(name.lowercased().unicodeScalars)
    // A name of hundreds of letters is no slip of the pen, and comparing it would take its time.
    guard wanted.count <= 64 else { return nil }
    let limit = Swift.max(1, wanted.count / 3)
    return map { (name: $0, distance: editDistance(wanted, Array($0.lowercased().unicodeScalars))) }
      .filter { $0.distance <= limit }
      .min { $0.distance < $1.distance }?.name
  }
}

/// How many letters must be inserted, deleted, replaced, or swapped with their neighbour to turn `a` into `b`.
package func editDistance<Letter: Equatable>(_ a: [Letter], _ b: [Letter]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var best = Swift.min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = Swift.min(best, beforeLast[j - 1] + 1) }
      row.append(best)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
