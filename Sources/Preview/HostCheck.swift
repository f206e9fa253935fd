/// Tells requests to this machine from those that a foreign page has sent here.
///
/// A page of `evil.example` can have its name resolve to 127.0.0.1 and then reads what is served here; its requests
/// still name `evil.example` as their host.
package enum HostCheck {
  package static func isOwn(_ host: String?) -> Bool {
    guard let host else { return false }
    return ["localhost", "127.0.0.1", "[::1]"].contains(withoutPort(host.lowercased()))
  }

  private static func withoutPort(_ host: String) -> Substring {
    if host.hasPrefix("["), let end = host.firstIndex(of: "]") {
      let rest = host[host.index(after: end)...]
      return isPort(rest) ? host[...end] : Substring(host)
    }
    guard let colon = host.firstIndex(of: ":") else { return Substring(host) }
    return isPort(host[colon...]) ? host[..<colon] : Substring(host)
  }

  private static func isPort(_ text: Substring) -> Bool {
    text.isEmpty || (text.first == ":" && text.dropFirst().allSatisfy { $0.isASCII && $0.isNumber })
  }
}
