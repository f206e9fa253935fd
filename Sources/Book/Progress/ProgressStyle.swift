import Foundation

/// How progress is told.
public struct ProgressStyle: Sendable {
  public enum Kind: Sendable { case bar, lines, quiet }

  public var kind: Kind
  public var usesColor: Bool

  public init(_ kind: Kind, usesColor: Bool) {
    self.kind = kind
    self.usesColor = usesColor
  }

  /// What suits standard error.
  public static func current(isQuiet: Bool) -> ProgressStyle {
    style(
      isTerminal: isatty(STDERR_FILENO) != 0, environment: ProcessInfo.processInfo.environment,
      isQuiet: isQuiet)
  }

  /// A bar wants a terminal that can move its cursor; colour wants one where `NO_COLOR` (no-color.org) is not set.
  package static func style(isTerminal: Bool, environment: [String: String], isQuiet: Bool) -> ProgressStyle {
    let isCapable = isTerminal && environment["TERM"] != "dumb" && environment["TERM"] != nil
    let usesColor = isCapable && (environment["NO_COLOR"] ?? "").isEmpty
    return ProgressStyle(isQuiet ? .quiet : isCapable ? .bar : .lines, usesColor: usesColor)
  }

  static var terminalWidth: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }
}
