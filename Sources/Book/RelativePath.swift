/// Paths with forward slashes, relative to a folder.
enum RelativePath {
  /// The path without `.` and empty parts; `nil` where it is absolute, empty, or leaves its folder.
  static func normalized(_ path: String) -> String? {
    guard !path.hasPrefix("/"), !path.contains("\0") else { return nil }
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part != ".." {
        parts.append(part)
      } else if parts.popLast() == nil {
        return nil
      }
    }
    return parts.isEmpty ? nil : parts.joined(separator: "/")
  }

  /// The path without its last extension: `en/11-training` of `en/11-training.md`.
  static func withoutExtension(_ path: String) -> String {
    let name = lastPart(path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return path }
    return String(path.dropLast(name.distance(from: dot, to: name.endIndex)))
  }

  static func lastPart(_ path: String) -> Substring {
    path.split(separator: "/").last ?? ""
  }

  /// `nil` where the path has no folder.
  static func folder(of path: String) -> String? {
    path.lastIndex(of: "/").map { String(path[..<$0]) }
  }
}
