import FlyingFox
import FlyingSocks
import Foundation

/// Answers browsers: files of the output folder, the live script, and the stream of the book's states.
package struct PreviewHandler: HTTPHandler {
  let folder: ServedFolder
  let channel: LiveChannel
  /// The script that keeps pages up to date.
  let script: Data

  package init(folder: URL, channel: LiveChannel, script: Data) {
    self.folder = ServedFolder(folder)
    self.channel = channel
    self.script = script
  }

  package func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    guard HostCheck.isOwn(request.headers[.host]) else {
      return text(.forbidden, "This server answers to localhost and 127.0.0.1 only.\n")
    }
    guard request.method == .GET || request.method == .HEAD else {
      var response = text(.methodNotAllowed, "Only GET and HEAD.\n")
      response.headers[HTTPHeader("Allow")] = "GET, HEAD"
      return response
    }
    var response = answer(request.target.path(percentEncoded: true), isHead: request.method == .HEAD)
    if request.method == .HEAD, case .httpBody(let body) = response.payload {
      response.headers[.contentLength] = body.count.map(String.init)
      response.payload = .httpBody(HTTPBodySequence())
    }
    return response
  }

  private func answer(_ path: String, isHead: Bool) -> HTTPResponse {
    switch path {
    case LivePage.scriptPath: return file(script, type: ContentType.of(path))
    // What is never read would stay a listener for ever.
    case LivePage.eventsPath where isHead: return file(Data(), type: "text/event-stream")
    case LivePage.eventsPath: return events()
    default: break
    }
    switch folder.find(path) {
    case .file(let data, let path):
      let type = ContentType.of(path)
      guard type.hasPrefix("text/html") else { return file(data, type: type) }
      return file(LivePage.adding(to: data, state: channel.state), type: type)
    case .folder:
      var response = text(.movedPermanently, "")
      response.headers[.location] = path + "/"
      return response
    case .nothing:
      let shown = path.removingPercentEncoding ?? path
      return file(
        LivePage.missing(shown, state: channel.state), type: "text/html; charset=utf-8", status: .notFound)
    }
  }

  private func events() -> HTTPResponse {
    var headers = Self.headers(type: "text/event-stream")
    headers[HTTPHeader("X-Accel-Buffering")] = "no"
    return HTTPResponse(
      statusCode: .ok, headers: headers, body: HTTPBodySequence(from: EventBytes(events: channel.events())))
  }

  private func text(_ status: HTTPStatusCode, _ text: String) -> HTTPResponse {
    file(Data(text.utf8), type: "text/plain; charset=utf-8", status: status)
  }

  private func file(_ data: Data, type: String, status: HTTPStatusCode = .ok) -> HTTPResponse {
    HTTPResponse(
      statusCode: status, headers: Self.headers(type: type),
      body: HTTPBodySequence(data: data, suggestedBufferSize: 1 << 16))
  }

  /// Nothing is kept by the browser, guessed at, or given to other sites.
  private static func headers(type: String) -> HTTPHeaders {
    [
      .contentType: type, .cacheControl: "no-store", HTTPHeader("X-Content-Type-Options"): "nosniff",
      HTTPHeader("Cross-Origin-Resource-Policy"): "same-origin",
      HTTPHeader("Referrer-Policy"): "no-referrer",
    ]
  }
}

/// The bytes of a stream of events, each handed on as soon as it comes.
private struct EventBytes: AsyncBufferedSequence {
  typealias Element = UInt8
  let events: AsyncStream<String>

  func makeAsyncIterator() -> Iterator { Iterator(events: events.makeAsyncIterator()) }

  struct Iterator: AsyncBufferedIteratorProtocol {
    var events: AsyncStream<String>.AsyncIterator

    mutating func next() async throws -> UInt8? { nil }

    mutating func nextBuffer(suggested count: Int) async throws -> [UInt8]? {
      await events.next().map { Array($0.utf8) }
    }
  }
}
