import Foundation

/// The files below a folder, for a server that must never give away any other.
///
/// A path is followed part by part from the folder's own descriptor, and no part may be a link: whatever a request
/// says, and whatever is done to the folder meanwhile, what is read lies in it.
package struct ServedFolder: Sendable {
  package let url: URL

  package init(_ url: URL) {
    self.url = url
  }

  package enum Found: Equatable {
    /// A file's contents, and its path relative to the folder.
    case file(Data, path: String)
    /// A folder, whose address lacks the slash at its end.
    case folder
    case nothing
  }

  /// What a request's path, with its percent signs, stands for; a folder's is its `index.html`.
  package func find(_ requestPath: String) -> Found {
    guard requestPath.hasPrefix("/"), var parts = Self.parts(of: requestPath) else { return .nothing }
    if requestPath.hasSuffix("/") { parts.append("index.html") }
    var folder = open(url.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return .nothing }
    for part in parts.dropLast() {
      let next = openat(folder, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      close(folder)
      guard next >= 0 else { return .nothing }
      folder = next
    }
    defer { close(folder) }
    guard let name = parts.last else { return .nothing }
    // A pipe must not keep the server waiting for somebody to write into it.
    let file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { return .nothing }
    let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
    var status = stat()
    guard fstat(file, &status) == 0 else { return .nothing }
    if status.st_mode & S_IFMT == S_IFDIR { return .folder }
    guard status.st_mode & S_IFMT == S_IFREG, let data = try? handle.readToEnd() ?? Data() else {
      return .nothing
    }
    return .file(data, path: parts.joined(separator: "/"))
  }

  /// The names that a path consists of; `nil` where one of them is no name of a file that may be seen.
  private static func parts(of path: String) -> [String]? {
    var parts: [String] = []
    for part in path.split(separator: "/") {
      guard let name = part.removingPercentEncoding, !name.isEmpty, !name.hasPrefix("."),
        !name.contains("/"), !name.contains("\0")
      else { return nil }
      parts.append(name)
    }
    return parts
  }
}
