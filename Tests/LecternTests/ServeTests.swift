import Foundation
import Testing

@Suite("lectern serve")
struct ServeTests {
  /// A running `serve`, ended with the test.
  private final class Server {
    let running: Executable.Running
    let port: UInt16

    init(_ place: Workplace, _ arguments: String...) throws {
      running = try Executable.start(
        Executable.lectern, ["serve", "small", "--port", "0"] + arguments, in: place.url)
      for _ in 0..<3000 where !running.outputSoFar.contains("Ctrl-C") {
        guard running.process.isRunning else { break }
        usleep(10_000)
      }
      let match = try #require(
        running.outputSoFar.firstMatch(of: /http:\/\/localhost:(\d+)\//), "\(running.errorsSoFar)")
      port = try #require(UInt16(match.1))
    }

    deinit {
      if running.process.isRunning { kill(running.process.processIdentifier, SIGKILL) }
    }

    /// What is answered to raw lines of a request.
    func answer(_ request: String, address: String = "127.0.0.1") throws -> String {
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(descriptor) }
      var name = sockaddr_in()
      name.sin_family = sa_family_t(AF_INET)
      name.sin_port = port.bigEndian
      inet_pton(AF_INET, address, &name.sin_addr)
      let connected = withUnsafePointer(to: &name) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      guard connected == 0 else { throw POSIXError(.ECONNREFUSED) }
      let bytes = Array(request.utf8)
      _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
      var answer: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while case let count = recv(descriptor, &buffer, buffer.count, 0), count > 0 {
        answer += buffer[..<count]
      }
      return String(decoding: answer, as: UTF8.self)
    }

    func get(_ path: String, host: String = "localhost") throws -> String {
      try answer("GET \(path) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n")
    }

    func wait(_ path: String, for text: String) throws {
      var last = ""
      for _ in 0..<1200 {
        last = try get(path)
        if last.contains(text) { return }
        usleep(25_000)
      }
      Issue.record("\(path) never had \(text): \(last.suffix(2000))\n\(running.errorsSoFar)")
    }

    func interrupt() -> Int32 {
      kill(running.process.processIdentifier, SIGINT)
      return running.wait().status
    }
  }

  @Test func pagesFollowTheBookAndAreThoseOfACleanBuild() throws {
    let place = try Workplace("small")
    let server = try Server(place)
    try server.wait("/", for: "HTTP/1.1 200")
    let names = try FileManager.default.contentsOfDirectory(atPath: place.url.appending(path: "small").path)
    let chapter = try #require(names.filter { $0.hasSuffix(".md") }.sorted().first)
    let page = chapter.replacing(".md", with: ".html")
    for text in ["A first edit.", "A second one, with $y^2$."] {
      try place.write(
        try place.text(of: "small/\(chapter)") + "\n\(text.prefix(12)) follows.\n", to: "small/\(chapter)")
      try server.wait("/\(page)", for: "\(text.prefix(12)) follows.")
    }
    try place.write(
      try place.text(of: "small/\(chapter)") + "\n```swift-run\nprint(\"a new \\(\"cell\")\")\n```\n",
      to: "small/\(chapter)")
    try server.wait("/\(page)", for: "a new cell")
    try place.write("# Late\n\nA late chapter.\n", to: "small/99-late.md")
    let configuration = try place.text(of: "small/book.yml")
    try place.write(
      configuration.replacing("part/two.md]", with: "part/two.md, 99-late.md]"), to: "small/book.yml")
    try server.wait("/99-late.html", for: "A late chapter.")
    // A file that is being written is empty for a moment, and so is the book then.
    try server.wait("/part/two.html", for: "HTTP/1.1 200")
    #expect(try !place.text(of: "output/\(page)").contains("/.lectern/"))
    #expect(try place.lectern("build", "small", "-o", "clean", "--no-cache").status == 0)
    #expect(place.contents(of: "output") == place.contents(of: "clean"))
    #expect(server.interrupt() == 0)
  }

  @Test func onlyThisMachineAndOnlyTheOutput() throws {
    let place = try Workplace("small", files: ["secret.txt": "a secret"])
    let server = try Server(place)
    try server.wait("/", for: "HTTP/1.1 200")
    for path in [
      "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "//../secret.txt",
      "/small/../../secret.txt",
      "/%00", "/.lectern-manifest.json", "file:///etc/passwd", "/%2e%2e%5csecret.txt",
    ] {
      let answer = try server.get(path)
      #expect(answer.hasPrefix("HTTP/1.1 404"), "\(path): \(answer.prefix(80))")
      #expect(!answer.contains("a secret"))
    }
    #expect(try server.get("/", host: "evil.example").hasPrefix("HTTP/1.1 403"))
    #expect(try server.answer("GET / HTTP/1.0\r\n\r\n").hasPrefix("HTTP/1.1 403"))
    #expect(
      try server.answer("HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").hasSuffix(
        "\r\n\r\n"))
    // 127.0.0.2 is this machine too, but nobody listens there: only two addresses are bound.
    #expect(throws: POSIXError.self) { try server.answer("", address: "127.0.0.2") }
    #expect(server.interrupt() == 0)
  }

  @Test func aTakenPort() throws {
    let place = try Workplace("small")
    let server = try Server(place)
    let result = try place.lectern("serve", "small", "--port", "\(server.port)", "-o", "other")
    #expect(result.status == 1)
    #expect(result.errors.contains("port \(server.port) is taken"), "\(result.errors)")
    #expect(server.interrupt() == 0)
  }

  @Test func mistakesAreToldAndMended() throws {
    let place = try Workplace(files: ["small/book.yml": "title: a: b\n", "small/a.md": "# A\n\nText.\n"])
    let server = try Server(place)
    #expect(try server.get("/").hasPrefix("HTTP/1.1 404"))
    for _ in 0..<400 where !server.running.errorsSoFar.contains("book.yml:1:9: error") { usleep(25_000) }
    #expect(server.running.errorsSoFar.contains("small/book.yml:1:9: error: broken YAML"))
    try place.write("title: Mended\n", to: "small/book.yml")
    try server.wait("/a.html", for: "Mended")
    #expect(server.interrupt() == 0)
  }

  /// Nobody watches a file before it is known that a cell reads it.
  @Test func dataThatIsEditedDuringTheFirstBuild() throws {
    let place = try Workplace(files: [
      "small/a.md": """
      ```swift-run
      import Foundation
      func read(_ name: String) -> String { try! String(contentsOfFile: name, encoding: .utf8) }
      let above = read("above.txt")
      ```

      ```swift-run
      let own = read("own.txt")
      FileManager.default.createFile(atPath: "has-read", contents: nil)
      usleep(1_500_000)
      ```

      ![A dot](dot.svg)

      The files say `{swift} above + own`.
      """, "small/above.txt": "1", "small/own.txt": "2",
      "small/dot.svg": #"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>"#,
    ])
    let server = try Server(place)
    for _ in 0..<3000 where !place.exists("small/has-read") { usleep(10_000) }
    try place.write("3", to: "small/above.txt")
    try place.write("4", to: "small/own.txt")
    try server.wait("/a.html", for: "The files say 34.")
    try place.write("5", to: "small/own.txt")
    try server.wait("/a.html", for: "The files say 35.")
    #expect(server.interrupt() == 0)
  }

  @Test func noSuchBook() throws {
    let place = try Workplace()
    let result = try place.lectern("serve", "nowhere")
    #expect(result.status == 2)
    #expect(result.errors.contains("nowhere: error: there is no such file or folder"), "\(result.errors)")
  }
}
