import Diagnostics
import Foundation

/// The folder that a book is built into.
///
/// It keeps a list of the files that were made, so that pages of chapters that no longer exist can be removed
/// without ever touching a file of the user's.
package struct OutputFolder {
  static let manifestName = ".lectern-manifest.json"

  package var url: URL
  /// As messages name it.
  package var displayed: String

  /// - Throws: `BookError` where the path is a file.
  package init(_ path: String) throws(BookError) {
    url = URL(filePath: path)
    displayed = DisplayedPath.of(path)
    if displayed.isEmpty { displayed = "." }
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), !isFolder.boolValue {
      throw BookError(
        displayed, "the output folder is a file", hint: "Remove it, or name another with --output.",
        isWrongUsage: true)
    }
  }

  /// Brings the folder up to date: writes what changed, and removes what was made before and is not wanted now.
  /// - Parameters:
  ///   - files: contents by path, relative to the folder.
  ///   - kept: files that stay although they are not written this time.
  /// - Returns: the files that were written or removed.
  @discardableResult
  package func update(_ files: [String: Data], keeping kept: Set<String> = []) throws(BookError) -> [String] {
    let old = manifest()
    let changed = files.filter { !hasContents($0.value, at: $0.key) }
    try refuseForeignFiles(changed.keys.filter { !old.contains($0) }.sorted())
    let wanted = Set(files.keys).union(kept.intersection(old))
    // Before the first page is written: if the build is stopped half-way, the next one knows its own files.
    if !wanted.isSubset(of: old) { try writeManifest(wanted.union(old)) }
    for (path, data) in changed.sorted(by: { $0.key < $1.key }) { try write(data, to: path) }
    for path in old.subtracting(wanted) { remove(path) }
    if !old.isSubset(of: wanted) { try writeManifest(wanted) }
    return (Array(changed.keys) + old.subtracting(wanted)).sorted()
  }

  /// Removes all that was made here, and the folder itself if nothing else is in it.
  package func clean() {
    for path in manifest() { remove(path) }
    try? FileManager.default.removeItem(at: url.appending(path: Self.manifestName))
    rmdir(url.path)
  }

  // MARK: Files

  private func hasContents(_ data: Data, at path: String) -> Bool {
    let file = url.appending(path: path)
    guard let size = try? FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int,
      size == data.count
    else { return false }
    return (try? Data(contentsOf: file)) == data
  }

  private func refuseForeignFiles(_ paths: [String]) throws(BookError) {
    let foreign = paths.filter { FileManager.default.fileExists(atPath: url.appending(path: $0).path) }
    guard foreign.isEmpty else {
      throw BookError(
        foreign.map { path in
          Diagnostic(
            .error, file: "\(displayed)/\(path)",
            message: "this file is in the way: it was not made by Lectern",
            hint: "Move it, or name another folder with --output.")
        })
    }
  }

  private func write(_ data: Data, to path: String) throws(BookError) {
    let file = url.appending(path: path)
    do {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try AtomicFile.write(data, to: file)
    } catch {
      throw BookError("\(displayed)/\(path)", "cannot be written: \(SystemError.reason(of: error))")
    }
  }

  /// Removes a file, and the folders that it leaves empty.
  private func remove(_ path: String) {
    unlink(url.appending(path: path).path)
    var folder = RelativePath.folder(of: path)
    while let path = folder, rmdir(url.appending(path: path).path) == 0 {
      folder = RelativePath.folder(of: path)
    }
  }

  // MARK: The list of files

  private struct Manifest: Codable {
    var format = 1
    var files: [String]
  }

  /// The files that were made by earlier builds. A path that would leave the folder is not ours, whatever the list
  /// says.
  private func manifest() -> Set<String> {
    guard let data = try? Data(contentsOf: url.appending(path: Self.manifestName)),
      let manifest = try? JSONDecoder().decode(Manifest.self, from: data)
    else { return [] }
    return Set(manifest.files.filter { RelativePath.normalized($0) == $0 })
  }

  private func writeManifest(_ files: Set<String>) throws(BookError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(Manifest(files: files.sorted())) else { return }
    try write(data + Data("\n".utf8), to: Self.manifestName)
  }
}
