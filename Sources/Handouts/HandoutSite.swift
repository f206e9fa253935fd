import Foundation
import Weaving

/// The files of a site that was woven, from which handouts are made.
public struct HandoutSite: Sendable {
  /// What pages refer to, by path in the output folder: stylesheets, scripts, fonts, pictures.
  public var resources: [String: Data]
  /// The fonts of formulas; `nil` where there are none.
  package var mathFonts: MathFonts?

  package init(resources: [String: Data], mathFonts: MathFonts?) {
    self.resources = resources
    self.mathFonts = mathFonts
  }

  /// The file that a page or a stylesheet at `base` calls `reference`; `nil` for other sites and for what is not there.
  func resource(_ reference: String, from base: String) -> (path: String, data: Data)? {
    let name = reference.prefix { $0 != "#" && $0 != "?" }
    guard !name.isEmpty, !name.hasPrefix("/"), !Self.hasScheme(reference) else { return nil }
    var parts = base.split(separator: "/").dropLast()
    for part in (name.removingPercentEncoding ?? String(name)).split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    let path = parts.joined(separator: "/")
    return resources[path].map { (path, $0) }
  }

  /// Whether a link leads out of the site, or names no file.
  static func hasScheme(_ reference: String) -> Bool {
    reference.prefixMatch(of: #/([A-Za-z][A-Za-z0-9+.\-]*:|\/\/)/#) != nil
  }
}

/// Files within a page.
enum DataURL {
  static func of(_ data: Data, type: String) -> String { "data:\(type);base64,\(data.base64EncodedString())" }

  static func of(_ data: Data, named path: String) -> String { of(data, type: mediaType(of: path)) }

  /// By the name's extension, as servers tell them.
  static func mediaType(of path: String) -> String {
    switch path.split(separator: ".").last?.lowercased() {
    case "png": "image/png"
    case "jpg", "jpeg": "image/jpeg"
    case "gif": "image/gif"
    case "svg": "image/svg+xml"
    case "webp": "image/webp"
    case "avif": "image/avif"
    case "woff2": "font/woff2"
    case "woff": "font/woff"
    case "ttf": "font/ttf"
    case "otf": "font/otf"
    case "css": "text/css"
    case "js": "text/javascript"
    case "xhtml": "application/xhtml+xml"
    case "mp4": "video/mp4"
    case "mp3": "audio/mpeg"
    default: "application/octet-stream"
    }
  }
}
