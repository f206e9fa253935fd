/// The numbers of a book's chapters, with which those of their sections and figures begin.
///
/// A name that begins with a number has that one, so that the numbers stay when a chapter is added or is still to come;
/// `00-preface.md` and a name without a number among such names have none. Where the names have no numbers, or none that
/// go up, chapters are counted. A single chapter has no number.
package enum ChapterNumbers {
  /// - Parameter paths: the chapters of one language, in reading order.
  package static func numbers(of paths: [String]) -> [String: String] {
    guard paths.count > 1 else { return [:] }
    let own = paths.map { path in
      Int(RelativePath.lastPart(path).prefix { $0.isASCII && $0.isNumber }.prefix(4))
    }
    let given = own.compactMap { $0 }
    let goUp = !given.isEmpty && zip(given, given.dropFirst()).allSatisfy { $0 < $1 }
    let numbers = goUp && given.last! < 1000 ? own : paths.indices.map { $0 + 1 }
    return Dictionary(
      uniqueKeysWithValues: zip(paths, numbers).compactMap { path, number in
        number.flatMap { $0 > 0 ? (path, String($0)) : nil }
      })
  }
}
