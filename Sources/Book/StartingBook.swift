import Foundation

/// The book that `init` makes: small, and good enough to begin with.
public enum StartingBook {
  /// Writes the book into a new or empty folder.
  /// - Throws: `BookError` where anything is there already.
  public static func create(at path: String) throws(BookError) {
    let folder = URL(filePath: path)
    let displayed = DisplayedPath.of(path).isEmpty ? "." : DisplayedPath.of(path)
    if let contents = try? FileManager.default.contentsOfDirectory(atPath: folder.path) {
      guard contents.allSatisfy({ $0 == ".git" }) else {
        throw BookError(
          displayed, "the folder is not empty, and nothing is overwritten", hint: "Name a new folder.",
          isWrongUsage: true)
      }
    } else if FileManager.default.fileExists(atPath: folder.path) {
      throw BookError(
        displayed, "this is a file, and nothing is overwritten", hint: "Name a new folder.",
        isWrongUsage: true)
    }
    let name = folder.standardizedFileURL.lastPathComponent
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for (file, text) in files(title: name) {
        try AtomicFile.write(Data(text.utf8), to: folder.appending(path: file))
      }
    } catch {
      throw BookError(displayed, "cannot be written: \(SystemError.reason(of: error))")
    }
  }

  private static func files(title: String) -> [(String, String)] {
    [
      ("book.yml", bookYAML(title: title)), ("01-first-steps.md", firstChapter),
      (".gitignore", "output/\n.lectern/\n"),
    ]
  }

  /// A title may hold anything that a file name may; JSON's strings are YAML's.
  private static func quoted(_ text: String) -> String {
    let data = try? JSONEncoder().encode(text)
    return data.map { String(decoding: $0, as: UTF8.self).replacing("\\/", with: "/") } ?? "\"\""
  }

  private static func bookYAML(title: String) -> String {
    """
    title: \(quoted(title))
    author: ""
    description: ""

    # Chapters in reading order. Without this list: every .md file, in the order of names.
    chapters:
      - 01-first-steps.md

    # Every run starts from this seed.
    seed: 0

    # Defaults for all cells; a chapter and a cell can say otherwise.
    execute:
      timeout: 120
      memory: 4 GiB

    """
  }

  private static let firstChapter = #"""
    ---
    title: First steps
    ---

    A cell is a code block marked `swift-run`. It is compiled and run, and its last expression is shown:

    ```swift-run
    //| label: squares
    let squares = (1...5).map { $0 * $0 }
    squares
    ```

    Cells share one scope, from the top of the chapter down, and values can stand in the text: the squares add up
    to `{swift} squares.reduce(0, +)`.

    ```swift-run
    //| label: table
    for (n, square) in zip(1..., squares) {
      print("\(n)² = \(square)")
    }
    ```

    Formulas are set when the book is built: $\sum_{n=1}^{5} n^2 = 55$.

    > [!NOTE]
    > Change a cell, run `lectern build .` again, and look at `output/index.html`.

    """#
}
