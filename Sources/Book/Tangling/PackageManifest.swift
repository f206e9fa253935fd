import Foundation

/// The `Package.swift` of a tangled book.
struct PackageManifest {
  var title: String
  var targets: [String]
  var library: LibraryReference

  var text: String {
    """
    // swift-tools-version: 6.2
    import PackageDescription

    \(librarySettings)

    let package = Package(
      name: \(literal(title)),
      platforms: [.macOS(.v15)],
      dependencies: [\(packageDependency)],
      targets: [
    \(targets.map(target).joined(separator: "\n"))
      ],
      // As in the book: a global variable needs no actor.
      swiftLanguageModes: [.v5]
    )

    """
  }

  private func target(_ name: String) -> String {
    switch library {
    case .installed:
      "    .executableTarget(name: \(literal(name)), swiftSettings: swiftSettings, linkerSettings: linkerSettings),"
    default: "    .executableTarget(name: \(literal(name)), dependencies: [library]),"
    }
  }

  private var packageDependency: String {
    switch library {
    case .folder(let path): ".package(name: \"Lectern\", path: \(literal(path)))"
    case .repository(let url): ".package(url: \(literal(url)), branch: \"main\")"
    case .installed: ""
    }
  }

  private var librarySettings: String {
    switch library {
    case .folder: "let library = Target.Dependency.product(name: \"NotebookLibrary\", package: \"Lectern\")"
    case .repository(let url):
      "let library = Target.Dependency.product(name: \"NotebookLibrary\", package: \(literal(identity(of: url))))"
    case .installed(let modules, let library):
      """
      let swiftSettings = [SwiftSetting.unsafeFlags([\(modules.map { "\"-I\", \(literal($0))" }.joined(separator: ", "))])]
      let libraryFolder = \(literal(library.deletingLastPathComponent().path))
      let linkerSettings = [
        LinkerSetting.unsafeFlags(
          ["-L", libraryFolder, "-lNotebookLibrary", "-Xlinker", "-rpath", "-Xlinker", libraryFolder])
      ]
      """
    }
  }

  /// SwiftPM names a package after its repository: `lectern` of `https://host/owner/lectern.git`.
  private func identity(of url: String) -> String {
    let name = url.split { $0 == "/" || $0 == ":" }.last ?? ""
    return String(name.hasSuffix(".git") ? name.dropLast(4) : name)
  }

  private func literal(_ text: String) -> String { text.debugDescription }
}
