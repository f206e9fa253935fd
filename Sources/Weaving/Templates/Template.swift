import Diagnostics
import Foundation

/// A template file, read but not yet parsed.
struct Template {
  /// The file's name without its extension: what a partial calls it.
  var name: String
  /// The file as diagnostics name it.
  var file: String
  var text: String
  var lines: [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  func error(_ message: String, line: Int? = nil, column: Int? = nil, hint: String? = nil) -> Diagnostic {
    let lines = lines
    return Diagnostic(
      .error, file: file, line: line, column: column, message: message,
      sourceLine: line.flatMap { lines.indices.contains($0 - 1) ? lines[$0 - 1] : nil }, hint: hint)
  }
}

/// The folders in which templates and assets lie; the first folder that has a file wins.
struct ThemeFolders: Sendable {
  var folders: [URL]

  /// Every template by its name.
  func templates() throws -> [String: Template] {
    var templates: [String: Template] = [:]
    for folder in folders {
      for file in contents(of: folder) where file.pathExtension == "mustache" {
        let name = file.deletingPathExtension().lastPathComponent
        guard templates[name] == nil else { continue }
        let path = Self.displayed(file)
        guard let data = try? Data(contentsOf: file) else {
          throw Diagnostic(.error, file: path, message: "the template cannot be read")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
          throw Diagnostic(.error, file: path, message: "the template is not valid UTF-8")
        }
        // A carriage return and a line feed are one `Character`, at which no line would end.
        templates[name] = Template(name: name, file: path, text: text.replacing("\r\n", with: "\n"))
      }
    }
    return templates
  }

  /// Every file below `assets/`, by its path there.
  func assets() throws -> [String: Data] {
    var assets: [String: Data] = [:]
    for folder in folders {
      let root = folder.appending(path: "assets")
      for file in filesBelow(root) where assets[file] == nil {
        let url = root.appending(path: file)
        guard let data = try? Data(contentsOf: url) else {
          throw Diagnostic(.error, file: Self.displayed(url), message: "the asset cannot be read")
        }
        assets[file] = data
      }
    }
    return assets
  }

  private func contents(of folder: URL) -> [URL] {
    let files = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    return (files ?? []).sorted { $0.lastPathComponent < $1.lastPathComponent }
  }

  /// Relative paths of the regular files below a folder, hidden ones left out.
  private func filesBelow(_ folder: URL, prefix: String = "") -> [String] {
    contents(of: folder).flatMap { file -> [String] in
      let name = file.lastPathComponent
      if name.hasPrefix(".") { return [] }
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder) else { return [] }
      return isFolder.boolValue ? filesBelow(file, prefix: prefix + name + "/") : [prefix + name]
    }
  }

  /// The path relative to the current folder where the file lies below it, as diagnostics name files.
  static func displayed(_ file: URL) -> String {
    let current = FileManager.default.currentDirectoryPath + "/"
    let path = file.standardizedFileURL.path
    return path.hasPrefix(current) ? String(path.dropFirst(current.count)) : path
  }
}

extension String {
  /// The text, if the bytes are valid UTF-8.
  fileprivate init?(validating data: Data, as encoding: UTF8.Type) {
    guard let text = String(data: data, encoding: .utf8) else { return nil }
    self = text
  }
}
