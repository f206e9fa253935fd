/// Which links a page may hold, and how they are written.
package enum URLs {
  package enum Kind: Equatable {
    case fragment(String)
    /// `http`, `https` or `mailto`.
    case web
    /// A path within the book, with the query and fragment that follow it.
    case relative(path: String, rest: String)
    /// Another scheme: `javascript` and friends.
    case forbidden(scheme: String)
  }

  package static func kind(of url: String) -> Kind {
    // Browsers drop these before they look for a scheme: `java\nscript:` is `javascript:` to them.
    let scalars = url.unicodeScalars.filter { $0.value > 0x20 && $0.value != 0x7F }
    let url = String(String.UnicodeScalarView(scalars))
    if url.hasPrefix("#") { return .fragment(String(url.dropFirst())) }
    if url.hasPrefix("//") || url.hasPrefix("\\") || url.hasPrefix("/\\") { return .forbidden(scheme: "//") }
    if let match = url.prefixMatch(of: #/([a-zA-Z][a-zA-Z0-9+.\-]*):/#) {
      let scheme = match.1.lowercased()
      return ["http", "https", "mailto"].contains(scheme) ? .web : .forbidden(scheme: scheme)
    }
    let end = url.firstIndex { $0 == "?" || $0 == "#" } ?? url.endIndex
    return .relative(path: String(url[..<end]), rest: String(url[end...]))
  }

  /// A URL as cmark writes it into `href`: what may not stand in a URL is percent-encoded, the rest is kept.
  package static func escaped(_ url: String) -> HTML {
    let url = encoded(url, keeping: "-_.+!*'(),%#@?=;:/,+&$~")
    return HTML(trusted: url.replacing("&", with: "&amp;").replacing("'", with: "&#x27;"))
  }

  /// An id as it stands after the `#` of a link. Letters of all scripts are kept: browsers and readers like
  /// them.
  package static func fragment(_ id: String) -> String {
    String(
      String.UnicodeScalarView(
        id.unicodeScalars.flatMap { scalar -> [Unicode.Scalar] in
          if scalar.value < 0x80, !scalar.properties.isAlphabetic,
            !"0123456789-_.~:".unicodeScalars.contains(scalar)
          {
            return Array(encoded(String(scalar), keeping: "").unicodeScalars)
          }
          return [scalar]
        }))
  }

  private static func encoded(_ url: String, keeping kept: String) -> String {
    let hex = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for byte in url.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        result.append(byte)
      case _ where kept.utf8.contains(byte):
        result.append(byte)
      default:
        result += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// A path relative to the file at `base`, made one relative to the book's folder.
  package static func resolved(_ path: String, against base: String) -> String {
    var parts = path.hasPrefix("/") ? [] : Array(base.split(separator: "/").dropLast())
    for part in path.split(separator: "/") where part != "." {
      if part == ".." {
        _ = parts.popLast()
      } else {
        parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }

  /// The way from one page to another, both relative to the output folder.
  package static func relative(_ target: String, from page: String) -> String {
    var target = target.split(separator: "/")[...]
    var folder = page.split(separator: "/").dropLast()
    while let a = target.first, a == folder.first, target.count > 1 {
      target.removeFirst()
      folder.removeFirst()
    }
    return (folder.map { _ in ".." } + target).joined(separator: "/")
  }

  /// The same, as it is written into a link: a file's name may hold anything.
  package static func path(_ target: String, from page: String) -> String {
    let path = relative(target, from: page)
    let isAmbiguous = path.prefix { $0 != "/" }.contains(":")
    return (isAmbiguous ? "./" : "") + encoded(path, keeping: "-_.+!*'(),@=;:/$~")
  }
}
