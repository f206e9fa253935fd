import Foundation

/// Removes what `build` made, and nothing else.
public enum BookCleaner {
  /// - Parameters:
  ///   - book: the book's folder or its only chapter, as `build` was given it.
  ///   - output: the output folder.
  public static func clean(book: String, output: String) throws(BookError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: book, isDirectory: &isFolder) else {
      throw BookError(DisplayedPath.of(book), "there is no such file or folder", isWrongUsage: true)
    }
    let url = URL(filePath: book)
    WorkFolder(in: isFolder.boolValue ? url : url.deletingLastPathComponent()).remove()
    try OutputFolder(output).clean()
  }
}
