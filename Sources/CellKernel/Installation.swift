import Foundation

/// Where the parts of Lectern are found that are not in the executable: in a build folder or below `make install`'s
/// prefix, told from the executable's own place.
public struct Installation: Sendable {
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
    fatalError()
  }
}
