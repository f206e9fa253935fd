import Diagnostics
import Foundation
import Subprocess
import SystemPackage

/// Calls the compiler and the linker.
struct Compiler: Sendable {
  var toolchain: Toolchain
  var installation: Installation

  enum Mode: Equatable {
    /// Object code and interface.
    case full(object: URL)
    /// The interface alone.
    case interface
    /// Errors and warnings alone.
    case typecheck
    /// Syntax errors alone.
    case parse
  }

  /// What the compiler said, as it said it.
  struct Message: Hashable, Sendable {
    var severity: Diagnostic.Severity
    var file: String
    var line: Int
    var column: Int
    var text: String
  }

  /// How a call ended.
  enum Verdict {
    case compiled
    /// There are errors in the code.
    case refused
    /// The compiler failed itself: a signal ended it, or it could not write. Nothing is known of the code.
    case failed
  }

  /// Compiles the source of module `name`, and puts its interface into `folder`.
  func compile(
    _ source: URL, module name: String, mode: Mode, into folder: URL, searchPaths: [URL] = []
  ) async throws -> (verdict: Verdict, messages: [Message]) {
    var arguments = ["-frontend"]
    switch mode {
    case .full(let object): arguments += ["-c", "-g", "-o", object.path]
    case .interface: arguments += ["-emit-module"]
    case .typecheck: arguments += ["-typecheck"]
    case .parse: arguments += ["-parse"]
    }
    switch mode {
    case .full: arguments += ["-emit-module-path", interface(of: name, in: folder)]
    case .interface: arguments += ["-o", interface(of: name, in: folder)]
    case .typecheck, .parse: break
    }
    arguments += ["-primary-file", source.path, "-module-name", name]
    arguments += [
      "-swift-version", "5", "-Onone", "-enable-testing", "-entry-point-function-name", name + "_main",
    ]
    arguments += ["-resource-dir", toolchain.resources.path, "-module-cache-path", Self.moduleCache.path]
    arguments += ["-no-color-diagnostics", "-diagnostic-style", "llvm"]
    for path in searchPaths + installation.moduleSearchPaths { arguments += ["-I", path.path] }
    for module in Installation.notebookModules where mode != .parse {
      arguments += ["-import-module", module]
    }

    let (status, output) = try await run(toolchain.compiler, arguments)
    let messages = Self.messages(in: output)
    if let unknown = messages.first(where: { $0.severity == .error && $0.file == "<unknown>" }) {
      throw unusable(because: unknown.text)
    }
    switch status {
    case .exited(0): return (.compiled, messages)
    case .exited(1) where messages.contains { $0.severity == .error }: return (.refused, messages)
    default:
      // What it says of its own failure fills pages, and the end says most.
      let message = Message(
        severity: .error, file: "", line: 0, column: 0,
        text: "the compiler failed (\(status)): \(output.suffix(300))")
      return (.failed, [message])
    }
  }

  /// Links an object to a library that the worker can load. What it lacks is there already, in the worker.
  func link(_ object: URL, to library: URL, importing modules: [String]) async throws {
    var arguments = ["-shared", "-o", library.path, toolchain.runtimeObject.path, object.path]
    arguments += ["-L", toolchain.runtimeLibraries.path, "-rpath", toolchain.runtimeLibraries.path]
    for module in Set(modules).sorted() {
      // A module of the toolchain may come with a library that nobody has loaded yet.
      for name in [module, "swift" + module]
      where FileManager.default.fileExists(
        atPath: toolchain.runtimeLibraries.appending(path: "lib\(name).so").path)
      {
        arguments.append("-l" + name)
      }
    }
    let (status, output) = try await run(toolchain.linker, arguments)
    guard case .exited(0) = status else {
      throw Diagnostic(.error, file: toolchain.linker.path, message: "cannot link a cell: \(output)")
    }
  }

  private func interface(of module: String, in folder: URL) -> String {
    folder.appending(path: module + ".swiftmodule").path
  }

  private func run(_ program: URL, _ arguments: [String]) async throws
    -> (status: TerminationStatus, output: String)
  {
    let result = try await Subprocess.run(
      .path(FilePath(program.path)), arguments: Arguments(arguments), output: .discarded,
      error: .string(limit: 8 << 20))
    // A compiler that was killed because nobody waits for it any more has not failed.
    try Task.checkCancellation()
    return (result.terminationStatus, result.standardError)
  }

  /// The library's modules cannot be read by this compiler, most likely.
  private func unusable(because reason: String) -> Diagnostic {
    let hint: String? =
      if reason.contains("compiled with") || reason.contains("older version of the compiler") {
        """
        Lectern's library was built with another version of Swift than this one (\(toolchain.version)). \
        Build Lectern again with this one, or name the swiftc it was built with in LECTERN_SWIFT.
        """
      } else if reason.contains("no such module") {
        "A part of Lectern's library is missing: build Lectern again with make (or make install PREFIX=…)."
      } else {
        nil
      }
    return Diagnostic(.error, file: toolchain.compiler.path, message: reason, hint: hint)
  }

  /// Where the compiler keeps the C modules it has read, for all books.
  private static let moduleCache: URL = {
    let environment = ProcessInfo.processInfo.environment
    let caches =
      environment["XDG_CACHE_HOME"].map { URL(fileURLWithPath: $0) }
      ?? environment["HOME"].map { URL(fileURLWithPath: $0).appending(path: ".cache") }
      ?? FileManager.default.temporaryDirectory
    return caches.appending(path: "lectern/modules")
  }()

  /// Reads `file:line:column: severity: text`.
  static func messages(in output: String) -> [Message] {
    output.split(separator: "\n").compactMap { line in
      let pattern = /^(.+?):(\d+)(?::(\d+))?: (error|warning|note): (.*)$/
      guard let match = line.wholeMatch(of: pattern),
        let severity = Diagnostic.Severity(rawValue: String(match.4))
      else { return nil }
      return Message(
        severity: severity, file: String(match.1), line: Int(match.2) ?? 0,
        column: match.3.flatMap { Int($0) } ?? 1, text: String(match.5))
    }
  }
}
