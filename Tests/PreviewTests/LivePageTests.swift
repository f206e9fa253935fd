import Diagnostics
import FlyingFox
import Foundation
import Preview
import Testing

@Suite("Pages on their way to the browser")
struct LivePageTests {
  private let state = LiveState(server: "s1")

  private func adding(_ html: String) -> String {
    String(decoding: LivePage.adding(to: Data(html.utf8), state: state), as: UTF8.self)
  }

  private let script = #"<script src="/.lectern/live.js" data-server="s1" data-version="0" defer></script>"#

  @Test func theScriptComesFirstAndMayListen() {
    let page = adding(
      """
      <html><head><meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; script-src 'sha256-x'">
      <script src="a.js" defer></script></head></html>
      """)
    #expect(
      page.contains(
        #"content="default-src 'none'; script-src 'sha256-x' 'self'; connect-src 'self'">"# + script),
      "\(page)")
  }

  @Test func aPolicyThatAllowsItStaysAsItIs() {
    let meta =
      #"<meta http-equiv="Content-Security-Policy" content="script-src 'self'; connect-src 'self'">"#
    #expect(adding(meta) == meta + script)
    let none = #"<meta http-equiv="Content-Security-Policy" content="connect-src 'none'">"#
    #expect(adding(none).contains("connect-src 'self'"))
  }

  @Test func pagesWithoutAPolicyOrAHead() {
    #expect(adding("<html><head lang='en'><title>") == "<html><head lang='en'>" + script + "<title>")
    #expect(adding("hello") == script + "hello")
  }

  @Test func missingPagesEscapeWhatWasAskedFor() {
    var built = state
    built.version = 1
    let page = String(decoding: LivePage.missing("/<script>alert(1)</script>", state: built), as: UTF8.self)
    #expect(!page.contains("<script>alert"))
    #expect(page.contains("&lt;script>alert"))
  }

  @Test func problemsKeepThePlaceApart() {
    let diagnostic = Diagnostic(
      .error, file: "a.md", line: 3, column: 2, message: "wrong", sourceLine: "abc", hint: "mend it",
      notes: [Diagnostic(.note, file: "a.md", line: 1, column: 1, message: "here")])
    let problem = LiveState.Problem(diagnostic)
    #expect(problem.place == "a.md:3:2")
    #expect(problem.message == "wrong")
    #expect(problem.details == "    abc\n     ^\n    mend it\na.md:1:1: note: here")
  }
}

@Suite("Requests")
struct RequestTests {
  private let place: ServedPlace
  private let handler: PreviewHandler

  init() throws {
    place = try ServedPlace([
      "output/index.html": "<head></head>home", "output/a/b.css": "p {}", "secret.txt": "secret",
    ])
    handler = PreviewHandler(
      folder: place.output, channel: LiveChannel(server: "s"), script: Data("live".utf8))
  }

  private func answer(
    _ path: String, method: HTTPMethod = .GET, host: String? = "localhost:3000"
  ) async throws -> HTTPResponse {
    var headers = HTTPHeaders()
    headers[.host] = host
    return try await handler.handleRequest(
      HTTPRequest(
        method: method, version: .http11, target: .init(path: path, query: ""), headers: headers,
        body: HTTPBodySequence()))
  }

  @Test func pagesAndFiles() async throws {
    let page = try await answer("/")
    #expect(page.statusCode == .ok)
    #expect(String(decoding: try await page.bodyData, as: UTF8.self).contains("/.lectern/live.js"))
    #expect(page.headers[.cacheControl] == "no-store")
    #expect(page.headers[HTTPHeader("X-Content-Type-Options")] == "nosniff")
    let style = try await answer("/a/b.css")
    #expect(style.headers[.contentType] == "text/css; charset=utf-8")
    #expect(try await style.bodyData == Data("p {}".utf8))
    #expect(try await answer("/.lectern/live.js").bodyData == Data("live".utf8))
    #expect(try await answer("/a").headers[.location] == "/a/")
    #expect(
      try String(contentsOf: place.output.appending(path: "index.html"), encoding: .utf8)
        == "<head></head>home")
  }

  @Test func heads() async throws {
    let response = try await answer("/a/b.css", method: .HEAD)
    #expect(response.statusCode == .ok)
    #expect(response.headers[.contentLength] == "4")
    #expect(try await response.bodyData.isEmpty)
  }

  @Test(arguments: ["/none", "/../secret.txt", "/%2e%2e/secret.txt", "http://evil.example/index.html"])
  func notFound(path: String) async throws {
    let response = try await answer(path)
    #expect(response.statusCode == .notFound)
    #expect(!String(decoding: try await response.bodyData, as: UTF8.self).contains("secret\n"))
  }

  @Test(arguments: ["evil.example", "evil.example:3000", nil])
  func foreignHosts(host: String?) async throws {
    for path in ["/", "/.lectern/events", "/.lectern/live.js"] {
      #expect(try await answer(path, host: host).statusCode == .forbidden)
    }
  }

  @Test func otherMethods() async throws {
    let response = try await answer("/", method: .POST)
    #expect(response.statusCode == .methodNotAllowed)
    #expect(response.headers[HTTPHeader("Allow")] == "GET, HEAD")
  }
}

@Suite("The channel to browsers")
struct LiveChannelTests {
  @Test func tellsTheStateAtOnceAndEachChange() async {
    let channel = LiveChannel(server: "s")
    var events = channel.events().makeAsyncIterator()
    #expect(await events.next()?.contains("\"version\":0") == true)
    channel.update { $0.version = 1 }
    channel.update { _ in }
    channel.update { $0.problems = [.init(Diagnostic(.error, file: "a.md", message: "two\nlines"))] }
    #expect(await events.next()?.contains("\"version\":1") == true)
    let last = await events.next()
    #expect(last?.contains(#"two\nlines"#) == true)
    #expect(last?.dropLast(2).contains("\n") == false)
  }

  @Test func forgetsThoseWhoLeave() async throws {
    let channel = LiveChannel()
    do {
      var events = channel.events().makeAsyncIterator()
      _ = await events.next()
      #expect(channel.listenerCount == 1)
    }
    for _ in 0..<200 where channel.listenerCount > 0 { try await Task.sleep(for: .milliseconds(10)) }
    #expect(channel.listenerCount == 0)
  }

  @Test func aSlowReaderGetsTheLastState() async {
    let channel = LiveChannel()
    var events = channel.events().makeAsyncIterator()
    for version in 1...100 { channel.update { $0.version = version } }
    var last = ""
    for _ in 0..<4 { last = await events.next() ?? "" }
    #expect(last.contains("\"version\":100"))
  }
}
