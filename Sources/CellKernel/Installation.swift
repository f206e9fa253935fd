import Diagnostics
import Foundation

/// Where the parts of Lectern are found that are not in the executable: in a build folder or below the prefix of
/// `make install`, told from the executable's own place.
public struct Installation: Hashable, Sendable {
  /// The modules that every cell imports without saying so.
  public static let notebookModules = [
    "CellOutputs", "CellRuntime", "Tensors", "Figures", "NeuralNetworks", "ReinforcementLearning",
  ]

  /// The worker, `lectern-kernel`.
  public var worker: URL
  /// `libNotebookLibrary.so`.
  public var library: URL
  /// Where the library's `.swiftmodule`s lie, and the module maps of the C modules that they import.
  public var moduleSearchPaths: [URL]
  /// The theme that ships.
  public var templates: URL

  public init(worker: URL, library: URL, moduleSearchPaths: [URL], templates: URL) {
    self.worker = worker
    self.library = library
    self.moduleSearchPaths = moduleSearchPaths
    self.templates = templates
  }

  /// The installation that the running executable belongs to.
  /// - Throws: `Diagnostic` naming the part that is missing.
  public static func current() throws -> Installation {
    let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return try Installation(executable: executable)
  }

  /// The installation that `executable` belongs to.
  ///
  ///     PREFIX/bin/lectern                     BUILD/lectern
  ///     PREFIX/lib/lectern/lectern-kernel      BUILD/lectern-kernel
  ///     PREFIX/lib/lectern/libNotebookLibrary  BUILD/libNotebookLibrary
  ///     PREFIX/lib/lectern/modules/            BUILD/Modules/, PACKAGE/Sources/C…/
  ///     PREFIX/share/lectern/templates/        PACKAGE/templates/
  public init(executable: URL) throws {
    let folder = executable.deletingLastPathComponent()
    let prefix = folder.deletingLastPathComponent()
    let installed = prefix.appending(path: "lib/lectern")
    if Self.exists(installed.appending(path: "lectern-kernel")) {
      let modules = installed.appending(path: "modules")
      self.init(
        worker: installed.appending(path: "lectern-kernel"),
        library: installed.appending(path: Self.libraryName),
        moduleSearchPaths: [modules] + Self.cModules.map { modules.appending(path: $0) },
        templates: prefix.appending(path: "share/lectern/templates"))
    } else {
      guard let package = Self.package(above: folder) else {
        throw Diagnostic(
          .error, file: executable.path, message: "the rest of Lectern is not where this executable is",
          hint: "Run it from the build folder, or install it with: make install PREFIX=…")
      }
      let sources = package.appending(path: "Sources")
      self.init(
        worker: folder.appending(path: "lectern-kernel"),
        library: folder.appending(path: Self.libraryName),
        moduleSearchPaths: [folder.appending(path: "Modules")]
          + Self.cModules.map { sources.appending(path: $0) },
        templates: package.appending(path: "templates"))
    }
    for part in [worker, library, moduleSearchPaths[0], templates] where !Self.exists(part) {
      throw Diagnostic(
        .error, file: part.path, message: "this part of Lectern is missing",
        hint: "Build it again with: make (or make install PREFIX=…)")
    }
  }

  /// The C modules that the library imports: the compiler wants to see them, though no cell does. A target's
  /// headers lie in `include`, a system library's beside its module map.
  public static let cModules = ["COpenBLAS", "CVectorMath/include"]

  private static let libraryName = "libNotebookLibrary.so"

  private static func package(above folder: URL) -> URL? {
    var folder = folder
    while folder.path != "/" {
      folder = folder.deletingLastPathComponent()
      if exists(folder.appending(path: "Package.swift")), exists(folder.appending(path: "templates")) {
        return folder
      }
    }
    return nil
  }

  private static func exists(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path) }
}
