import Chapters
import Diagnostics

/// A chapter's cells as the `main.swift` of one program.
///
/// In a chapter a later cell may declare a name again; in a file it may not. From such a cell on, the rest of the
/// program stands in a `do { … }`, where the new name hides the old one, just as in the chapter. Declarations that
/// only a file's top level takes (imports, extensions, operators), and types, move in front of it.
package struct TangledProgram {
  package private(set) var text: String
  package private(set) var warnings: [Diagnostic] = []

  /// The modules that every cell sees without importing them.
  static let importedModules = ["CellOutputs", "Figures", "NeuralNetworks", "Tensors"]

  package init(_ chapter: Chapter) {
    var before = "// The cells of \(chapter.path), tangled by Lectern.\n"
    before += Self.importedModules.map { "import \($0)\n" }.joined()
    var inner = ""
    var depth = 0
    var names = DeclaredNames()
    for cell in chapter.cells {
      let heading = "\n// \(chapter.path):\(cell.firstLine) \(cell.label)\n"
      guard cell.isTangled else {
        before.append(or: &inner, depth, heading + Self.commented(cell))
        continue
      }
      let code = TangledCell(cell.code)
      if names.redeclares(code.names) {
        inner += "\ndo {"
        depth += 1
      }
      if depth == 0 {
        before += heading + cell.code + "\n"
      } else {
        let split = code.split(keepingInPlace: names.types)
        if !split.fileScope.isEmpty { before += heading + split.fileScope + "\n" }
        if !split.rest.isEmpty { inner += heading + split.rest + "\n" }
        warnings += split.misplacedExtensions.map { name in
          Diagnostic(
            .warning, file: chapter.file, line: cell.position.line, column: cell.position.column,
            message:
              "the tangled program will not build: it extends `\(name)`, which an earlier cell declared too",
            hint: "Give one of the two types another name.")
        }
      }
      names.formUnion(code.names)
    }
    text = before + inner + (depth == 0 ? "" : "\n" + String(repeating: "}", count: depth) + "\n")
  }

  /// The code of a cell that the book does not run to its end, for reading only.
  private static func commented(_ cell: Cell) -> String {
    cell.code.split(separator: "\n", omittingEmptySubsequences: false).map { "// \($0)\n" }.joined()
  }
}

extension Cell {
  /// Whether the cell can be a part of a program: not one that is not run, or that is to fail.
  fileprivate var isTangled: Bool {
    options.eval != false && options.expectError == nil && options.error != true
  }
}

extension String {
  fileprivate mutating func append(or inner: inout String, _ depth: Int, _ text: String) {
    if depth == 0 { self += text } else { inner += text }
  }
}
