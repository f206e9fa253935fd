import Diagnostics
import Foundation
import Subprocess
import SystemPackage

/// The Swift compiler that cells are compiled with, and what belongs to it.
public struct Toolchain: Hashable, Sendable {
  /// `swift-frontend`, the compiler proper.
  public var compiler: URL
  /// `ld.lld`.
  public var linker: URL
  /// `llvm-symbolizer`, which tells the line of an address; `nil` where the toolchain lacks it.
  public var symbolizer: URL?
  /// The compiler's resources: the standard library's modules and more.
  public var resources: URL
  /// Where the runtime's libraries and `swiftrt.o` lie.
  public var runtimeLibraries: URL
  public var runtimeObject: URL
  /// "Swift version 6.3.1 (swift-6.3.1-RELEASE)".
  public var version: String

  /// The toolchain of `LECTERN_SWIFT` (a `swiftc`), or else of the `swiftc` on the PATH.
  /// - Throws: `Diagnostic` where there is none, or where it lacks a part.
  public static func current() async throws -> Toolchain {
    let named = ProcessInfo.processInfo.environment["LECTERN_SWIFT"].flatMap { $0.isEmpty ? nil : $0 }
    let name = named ?? "swiftc"
    do {
      let executable = named.map { Executable.path(FilePath($0)) } ?? .name(name)
      let path = try await executable.resolveExecutablePath(in: .inherit).string
      return try Toolchain(info: try await targetInfo(swiftc: path), name: name)
    } catch let diagnostic as Diagnostic {
      throw diagnostic
    } catch {
      throw Diagnostic(
        .error, file: name, message: "no Swift compiler was found here",
        hint: "Install Swift 6.2 or later and put it on the PATH, or name its swiftc in LECTERN_SWIFT.")
    }
  }

  /// Asks the compiler proper where `swiftc` is a link beside it, which takes a third of the driver's time; what
  /// stands on the PATH may also be a script of a version manager's.
  private static func targetInfo(swiftc: String) async throws -> TargetInfo {
    let sibling = URL(fileURLWithPath: swiftc).resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "swift-frontend").path
    let program = FileManager.default.isExecutableFile(atPath: sibling) ? sibling : swiftc
    let result = try await Subprocess.run(
      .path(FilePath(program)), arguments: ["-print-target-info"], output: .data(limit: 1 << 20),
      error: .discarded)
    guard case .exited(0) = result.terminationStatus else { throw ToolchainError.failed }
    return try JSONDecoder().decode(TargetInfo.self, from: result.standardOutput)
  }

  private init(info: TargetInfo, name: String) throws {
    resources = URL(fileURLWithPath: info.paths.runtimeResourcePath)
    let programs = resources.deletingLastPathComponent().deletingLastPathComponent().appending(path: "bin")
    let platform = resources.appending(path: info.target.platform)
    runtimeLibraries = info.paths.runtimeLibraryPaths.first.map { URL(fileURLWithPath: $0) } ?? platform
    runtimeObject = platform.appending(path: "\(info.target.arch)/swiftrt.o")
    version = info.compilerVersion
    compiler = programs.appending(path: "swift-frontend")
    linker = programs.appending(path: "ld.lld")
    let symbolizer = programs.appending(path: "llvm-symbolizer")
    self.symbolizer = FileManager.default.isExecutableFile(atPath: symbolizer.path) ? symbolizer : nil
    for part in [compiler, linker, runtimeObject]
    where !FileManager.default.fileExists(atPath: part.path) {
      throw Diagnostic(
        .error, file: name, message: "the Swift toolchain of \(name) has no \(part.path)",
        hint:
          "Lectern needs a whole toolchain, as swift.org ships it; name another's swiftc in LECTERN_SWIFT.")
    }
  }
}

extension Toolchain {
  /// None at all: what a machine has that only publishes.
  public static let absent = Toolchain(
    compiler: URL(fileURLWithPath: "/"), linker: URL(fileURLWithPath: "/"), symbolizer: nil,
    resources: URL(fileURLWithPath: "/"), runtimeLibraries: URL(fileURLWithPath: "/"),
    runtimeObject: URL(fileURLWithPath: "/"), version: "")

  private init(
    compiler: URL, linker: URL, symbolizer: URL?, resources: URL, runtimeLibraries: URL, runtimeObject: URL,
    version: String
  ) {
    self.compiler = compiler
    self.linker = linker
    self.symbolizer = symbolizer
    self.resources = resources
    self.runtimeLibraries = runtimeLibraries
    self.runtimeObject = runtimeObject
    self.version = version
  }
}

private enum ToolchainError: Error {
  case failed
}

/// What `swiftc -print-target-info` prints.
private struct TargetInfo: Decodable {
  struct Target: Decodable {
    var platform: String
    var arch: String
  }
  struct Paths: Decodable {
    var runtimeLibraryPaths: [String]
    var runtimeResourcePath: String
  }
  var compilerVersion: String
  var target: Target
  var paths: Paths
}
