import Diagnostics

/// A page made ready for paper: one file, in which links lead to places of itself and to the web only.
package enum PrintedPage {
  package static func html(_ page: String, at path: String, in site: HandoutSite) throws(Diagnostic) -> String
  {
    let root = try HTMLReading.page(page, file: path)
    root.replaceDescendants { $0.name == "link" && $0["rel"] != "stylesheet" ? [] : nil }
    // Other chapters are other files, whose places on this machine are nobody's business.
    root.walk { element in
      guard element.name == "a", let href = element["href"], !href.hasPrefix("#") else { return true }
      if href.prefixMatch(of: #/(?:https?|mailto):/#) == nil { element["href"] = nil }
      return true
    }
    for details in root.all(where: { $0.name == "details" && !$0.hasClass("data") }) { details["open"] = "" }
    return try StandalonePage(root, at: path, in: site).html()
  }
}
