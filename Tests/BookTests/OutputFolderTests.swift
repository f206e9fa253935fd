import Book
import Foundation
import Testing

@Suite("The output folder")
struct OutputFolderTests {
  private func data(_ files: [String: String]) -> [String: Data] {
    files.mapValues { Data($0.utf8) }
  }

  @Test func writesOnlyWhatChanged() throws {
    let folder = try TemporaryFolder()
    let output = try OutputFolder(folder.path + "/out")
    #expect(try output.update(data(["a.html": "1", "en/b.html": "2"])) == ["a.html", "en/b.html"])
    let inode = {
      try FileManager.default.attributesOfItem(atPath: folder.path + "/out/a.html")[.systemFileNumber] as? Int
    }
    let before = try inode()
    #expect(try output.update(data(["a.html": "1", "en/b.html": "3"])) == ["en/b.html"])
    #expect(try inode() == before)
    #expect(try folder.text(of: "out/en/b.html") == "3")
  }

  @Test func removesOnlyItsOwn() throws {
    let folder = try TemporaryFolder()
    let output = try OutputFolder(folder.path)
    try output.update(data(["a.html": "1", "en/b.html": "2", "en/c.html": "3", "zh/d.html": "4"]))
    try folder.write("mine", to: "en/notes.txt")
    try output.update(data(["a.html": "1"]), keeping: ["en/c.html"])
    #expect(folder.files == [".lectern-manifest.json", "a.html", "en/c.html", "en/notes.txt"])
    #expect(!folder.exists("zh"))
    output.clean()
    #expect(folder.files == ["en/notes.txt"])
  }

  @Test func cleanRemovesTheFolderItMade() throws {
    let folder = try TemporaryFolder()
    let output = try OutputFolder(folder.path + "/out")
    try output.update(data(["a/b/c.html": "1"]))
    output.clean()
    #expect(!folder.exists("out"))
  }

  @Test func refusesToOverwriteWhatIsNotItsOwn() throws {
    let folder = try TemporaryFolder(["index.html": "by hand", "same.html": "1"])
    let output = try OutputFolder(folder.path)
    let error = try #require(throws: BookError.self) {
      try output.update(data(["a.html": "1", "index.html": "2", "same.html": "1"]))
    }
    #expect(error.description.contains("index.html"))
    #expect(folder.files == ["index.html", "same.html"])
    #expect(try folder.text(of: "index.html") == "by hand")
  }

  @Test func aManifestCannotReachOutside() throws {
    let folder = try TemporaryFolder([
      "secret.txt": "keep",
      "out/.lectern-manifest.json": #"{"format": 1, "files": ["../secret.txt", "a//b"]}"#,
    ])
    try OutputFolder(folder.path + "/out").clean()
    #expect(folder.exists("secret.txt"))
  }

  @Test func aDamagedManifestMeansNothingIsOurs() throws {
    let folder = try TemporaryFolder(["a.html": "1", ".lectern-manifest.json": "{"])
    let output = try OutputFolder(folder.path)
    #expect(throws: BookError.self) { try output.update(data(["a.html": "2"])) }
    try output.update(data(["b.html": "1"]))
    #expect(try folder.text(of: "a.html") == "1")
  }

  @Test func aFileIsNoFolder() throws {
    let folder = try TemporaryFolder(["out": "file"])
    let error = try #require(throws: BookError.self) { try OutputFolder(folder.path + "/out") }
    #expect(error.isWrongUsage)
  }

  @Test func aFileWhereAFolderShouldBe() throws {
    let folder = try TemporaryFolder(["en": "file"])
    let output = try OutputFolder(folder.path)
    let error = try #require(throws: BookError.self) { try output.update(data(["en/a.html": "1"])) }
    #expect(error.description.contains("en/a.html"))
  }

  @Test func leavesNoLitterWhereAFileCannotBeRenamed() throws {
    let folder = try TemporaryFolder(["a.html/in-the-way": ""])
    let output = try OutputFolder(folder.path)
    #expect(throws: BookError.self) { try output.update(data(["a.html": "1"])) }
    #expect(folder.files.filter { $0.hasSuffix(".tmp") }.isEmpty)
  }
}
