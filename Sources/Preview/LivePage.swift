import Foundation

/// Adds to a page, on its way to the browser, what keeps it up to date. The file on disk stays as it is.
package enum LivePage {
  /// Where the script is served: no file of a book has such a path.
  package static let scriptPath = "/.lectern/live.js"
  package static let eventsPath = "/.lectern/events"

  /// The page with the live script as its first one, and a content policy that lets it fetch and listen.
  package static func adding(to html: Data, state: LiveState) -> Data {
    var text = String(decoding: html, as: UTF8.self)
    let script = """
      <script src="\(scriptPath)" data-server="\(state.server)" data-version="\(state.version)" defer></script>
      """
    if let policy = text.firstMatch(of: Self.policy) {
      text.replaceSubrange(policy.range, with: policy.1 + allowing(policy.2) + policy.3 + script)
    } else if let head = text.firstRange(of: /<head[^>]*>/) {
      text.insert(contentsOf: script, at: head.upperBound)
    } else {
      text = script + text
    }
    return Data(text.utf8)
  }

  nonisolated(unsafe) private static let policy =
    /(<meta http-equiv="Content-Security-Policy" content=")([^"]*)("[^>]*>)/

  private static func allowing(_ policy: Substring) -> String {
    // Quotation marks may be written as references, whose own semicolons part nothing.
    let policy = policy.replacing("&#39;", with: "'").replacing("&apos;", with: "'")
    var directives = policy.split(separator: ";").map {
      $0.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
    }.filter { !$0.isEmpty }
    for name in ["script-src", "connect-src"] {
      if let index = directives.firstIndex(where: { $0[0] == name }) {
        directives[index].removeAll { $0 == "'none'" }
        if !directives[index].contains(where: { $0 == "'self'" }) {
          directives[index].append("'self'")
        }
      } else if name == "connect-src" {
        directives.append([name, "'self'"])
      }
    }
    return directives.map { $0.joined(separator: " ") }.joined(separator: "; ")
  }

  /// What a browser is shown where there is no page: one that waits for it.
  package static func missing(_ path: String, state: LiveState) -> Data {
    let isFirst = state.version == 0
    let title = isFirst ? "The book is being built" : "There is no such page"
    let text =
      isFirst
      ? "<p>Its pages will appear here by themselves.</p>"
      : "<p>Nothing was built for <code>\(escaped(path))</code>. <a href=\"/\">To the book’s contents</a></p>"
    let page = """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><title>\(title)</title>
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark"><link rel="icon" href="data:,"></head>
      <body data-missing><h1>\(title)</h1>\(text)</body></html>

      """
    return adding(to: Data(page.utf8), state: state)
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
  }
}
