import Foundation

/// The Swift compiler that cells are compiled with.
public struct Toolchain: Sendable {
  /// `swift-frontend`.
  public var compiler: URL
  /// "Swift version 6.3.1 (swift-6.3.1-RELEASE)".
  public var version: String

  /// The toolchain of `LECTERN_SWIFT`, or else of the `swiftc` on the PATH.
  /// - Throws: `Diagnostic` where there is none, or where it is not the one that the library was built with.
  public static func current() async throws -> Toolchain {
    fatalError()
  }
}
