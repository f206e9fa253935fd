import Weaving

extension Stylesheet {
  /// The sheet with the files that it names in it.
  func embeddingFiles(of site: HandoutSite, at path: String) -> String {
    text.replacing(#/url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]*))\s*\)/#) { match in
      let reference = String(match.1 ?? match.2 ?? match.3 ?? "")
      if reference.hasPrefix("data:") || reference.hasPrefix("#") { return String(match.0) }
      // What is not there, or is another site's, is not asked for.
      let data = site.resource(reference, from: path).map { DataURL.of($0.data, named: $0.path) } ?? "data:,"
      return "url(\(data))"
    }
  }
}
