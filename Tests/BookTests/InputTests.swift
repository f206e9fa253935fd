import Book
import Foundation
import KernelProtocol
import Testing

@Suite("What a build was made from") struct InputTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder([
      "book/book.yml": "bibliography: works.json\n",
      "book/works.json": #"[{"id": "a", "type": "book", "title": "A", "issued": {"date-parts": [[1999]]}}]"#,
      "book/a.md": """
      # Files

      ![A dot](dot.svg) and [data](absent.csv)

      ```swift-run
      //| depends: declared.txt
      import Foundation
      let read = try! String(contentsOfFile: "read.txt", encoding: .utf8)
      let sought = FileManager.default.fileExists(atPath: "sought.txt")
      let names = try! FileManager.default.contentsOfDirectory(atPath: "list")
      ```

      ```swift-run
      try! read.write(toFile: "written.txt", atomically: false, encoding: .utf8)
      let own = try! String(contentsOfFile: "written.txt", encoding: .utf8)
      ```
      """,
      "book/dot.svg": #"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>"#,
      "book/declared.txt": "1", "book/read.txt": "2", "book/list/one": "", "book/beside.txt": "3",
    ])
  }

  private func inputs() async throws -> [String: FileUse] {
    var options = BuildOptions()
    options.output = folder.url.appending(path: "output").path
    let book = try Book.read(at: folder.url.appending(path: "book").path)
    let result = try await BookBuilder(book, options) { _ in }.build()
    let root = folder.url.appending(path: "book").path + "/"
    return Dictionary(
      result.inputs.filter { $0.path.hasPrefix(root) }.map { (String($0.path.dropFirst(root.count)), $0) },
      uniquingKeysWith: { $0.aspect == .contents ? $0 : $1 })
  }

  private static let all = [
    "absent.csv", "book.css", "declared.txt", "dot.svg", "list", "read.txt", "sought.txt", "works.json",
  ]

  @Test func areAllFilesBesidesTheChapters() async throws {
    let fresh = try await inputs()
    #expect(fresh.keys.sorted() == Self.all)
    #expect(fresh.values.allSatisfy { $0.isCurrent })
    let list = try #require(fresh["list"])
    #expect(list.isOfList)
    for name in ["absent.csv", "book.css", "sought.txt"] {
      #expect(fresh[name]?.state == "missing", "\(name)")
    }
    let kept = try await inputs()
    #expect(kept == fresh, "with nothing left to run")
  }

  @Test(arguments: all) func tellWhatHasChanged(name: String) async throws {
    let found = try await inputs()
    try folder.write("changed", to: name == "list" ? "book/list/two" : "book/\(name)")
    #expect(found.filter { !$0.value.isCurrent }.keys.sorted() == [name])
  }
}
