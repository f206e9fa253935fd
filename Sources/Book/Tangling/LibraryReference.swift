import CellKernel
import Foundation

/// Where a tangled package finds the library that its chapters use.
enum LibraryReference {
  /// A folder with Lectern's own `Package.swift`.
  case folder(String)
  case repository(String)
  /// What `make install` put in place: modules and a dynamic library without their sources.
  case installed(modules: [String], library: URL)

  init(named name: String) throws(BookError) {
    if name.contains("://") || name.hasPrefix("git@") {
      self = .repository(name)
      return
    }
    let folder = URL(filePath: name)
    guard FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path) else {
      throw BookError(
        DisplayedPath.of(name), "there is no Package.swift",
        hint: "--library names Lectern's source folder or its repository's URL.", isWrongUsage: true)
    }
    self = .folder(folder.standardizedFileURL.path)
  }

  init(_ installation: Installation) {
    let root = installation.templates.deletingLastPathComponent()
    if FileManager.default.fileExists(atPath: root.appending(path: "Package.swift").path) {
      self = .folder(root.path)
    } else {
      self = .installed(modules: installation.moduleSearchPaths.map(\.path), library: installation.library)
    }
  }
}
