import Foundation
import Preview
import Testing

/// A folder for one test, with a secret beside it.
final class ServedPlace {
  let root: URL
  var output: URL { root.appending(path: "output") }

  init(_ files: [String: String] = [:]) throws {
    root = FileManager.default.temporaryDirectory.appending(path: "lectern-serve-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
    for (path, text) in files { try write(text, to: path) }
  }

  deinit {
    try? FileManager.default.removeItem(at: root)
  }

  func write(_ text: String, to path: String) throws {
    let file = root.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
}

@Suite("Files that are served")
struct ServedFolderTests {
  private let place: ServedPlace
  private var folder: ServedFolder { ServedFolder(place.output) }

  init() throws {
    place = try ServedPlace([
      "output/index.html": "home", "output/en/11 a.html": "page", "output/en/index.html": "en",
      "output/.lectern-manifest.json": "{}", "secret.txt": "secret", "outside/secret.txt": "secret",
    ])
    let manager = FileManager.default
    try manager.createSymbolicLink(
      at: place.output.appending(path: "link.txt"),
      withDestinationURL: place.root.appending(path: "secret.txt"))
    try manager.createSymbolicLink(
      at: place.output.appending(path: "linked"), withDestinationURL: place.root.appending(path: "outside"))
    mkfifo(place.output.appending(path: "pipe").path, 0o600)
  }

  @Test(arguments: [
    ("/", "home", "index.html"), ("/index.html", "home", "index.html"), ("/en/", "en", "en/index.html"),
    ("/en/11%20a.html", "page", "en/11 a.html"), ("//en//11%20a.html", "page", "en/11 a.html"),
  ])
  func found(path: String, contents: String, file: String) {
    #expect(folder.find(path) == .file(Data(contents.utf8), path: file))
  }

  @Test(arguments: [
    "/../secret.txt", "/en/../../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt",
    "/%2E%2E%2Fsecret.txt",
    "/en/%2e%2e/%2e%2e/secret.txt", "/link.txt", "/linked/secret.txt", "/.lectern-manifest.json",
    "/./index.html",
    "/index.html%00", "/index.html%00.txt", "/%", "/%zz", "/%ff", "/pipe", "/en/11 b.html", "/index.html/",
    "secret.txt", "", "../secret.txt", "/\\..\\secret.txt", "/" + String(repeating: "a", count: 5000),
    "/" + String(repeating: "a/", count: 5000),
  ])
  func notFound(path: String) {
    #expect(folder.find(path) == .nothing)
  }

  @Test func aFolderWithoutItsSlash() {
    #expect(folder.find("/en") == .folder)
  }

  @Test func aFolderThatIsGone() {
    #expect(ServedFolder(place.root.appending(path: "none")).find("/") == .nothing)
  }

  @Test(arguments: [
    "localhost", "localhost:3000", "127.0.0.1:80", "127.0.0.1", "[::1]:3000", "[::1]", "LOCALHOST",
  ])
  func ownHosts(host: String) {
    #expect(HostCheck.isOwn(host))
  }

  @Test(arguments: [
    nil, "", "evil.example", "evil.example:3000", "localhost.evil.example", "127.0.0.1.evil.example",
    "localhost:3000.evil.example", "[::1].evil.example", "0.0.0.0:3000", "192.168.1.2", "localhost:x",
    "user@localhost",
  ])
  func foreignHosts(host: String?) {
    #expect(!HostCheck.isOwn(host))
  }

  @Test(arguments: [
    ("a.html", "text/html; charset=utf-8"), ("assets/a.CSS", "text/css; charset=utf-8"),
    ("a.js", "text/javascript; charset=utf-8"), ("f.woff2", "font/woff2"), ("a.svg", "image/svg+xml"),
    ("a", "application/octet-stream"), ("a.b/c", "application/octet-stream"),
    ("x.exe", "application/octet-stream"),
  ])
  func contentTypes(path: String, type: String) {
    #expect(ContentType.of(path) == type)
  }
}
