import Chapters
import Diagnostics
import Foundation
import Testing

@Suite struct ReadingFilesTests {
  private func file(_ bytes: [UInt8]) throws -> URL {
    let url = FileManager.default.temporaryDirectory.appending(path: "chapter-\(UUID().uuidString).md")
    try Data(bytes).write(to: url)
    return url
  }

  private func problem(_ url: URL) -> String {
    do throws(Diagnostic) {
      _ = try Chapter.read(from: url, path: "a.md", file: "book/a.md")
      return "none"
    } catch {
      return String(error.description.prefix { $0 != "\n" })
    }
  }

  @Test func reads() throws {
    let url = try file(Array("\u{FEFF}# 题\r\n".utf8))
    defer { try? FileManager.default.removeItem(at: url) }
    let read = try Chapter.read(from: url, path: "a.md", file: "book/a.md")
    #expect(read.title == "题")
    #expect(read.source == "# 题\n")
    #expect(read.path == "a.md" && read.file == "book/a.md")
  }

  @Test(
    arguments: [
      ([0x61, 0xFF], "1:2: error: not UTF-8: the byte 0xFF, at offset 1 of the file, begins no character"),
      (
        [0x61, 0x0A, 0xE5, 0x8D, 0xB7, 0xC0, 0x80],
        "2:4: error: not UTF-8: the byte 0xC0, at offset 5 of the file, begins no character"
      ),
      ([0xE5, 0x8D], "1:1: error: not UTF-8: the byte 0xE5, at offset 0 of the file, begins no character"),
      (
        [0x0A, 0x0A, 0xED, 0xA0, 0x80],
        "3:1: error: not UTF-8: the byte 0xED, at offset 2 of the file, begins no character"
      ),
      (
        [0xFF, 0xFE, 0x61, 0x00],
        "1:1: error: not UTF-8: the byte 0xFF, at offset 0 of the file, begins no character"
      ),
    ] as [([UInt8], String)])
  func invalid(bytes: [UInt8], message: String) throws {
    let url = try file(bytes)
    defer { try? FileManager.default.removeItem(at: url) }
    #expect(problem(url) == "book/a.md:" + message)
  }

  @Test func missingAndUnreadable() throws {
    let folder = FileManager.default.temporaryDirectory
    #expect(
      problem(folder.appending(path: "no-such-chapter.md"))
        == "book/a.md: error: cannot be read: there is no such file")
    #expect(problem(folder) == "book/a.md: error: cannot be read: it is a folder")
  }
}
