import Foundation

/// The `lectern` that was built with these tests.
enum Executable {
  /// The package's root, told from this file's own place.
  static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Executables lie beside the bundle of tests.
  static let folder: URL = {
    let bundle = Bundle.allBundles.first { $0.bundleURL.pathExtension == "xctest" }?.bundleURL
    let executable = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    return (bundle ?? executable).deletingLastPathComponent()
  }()

  static var lectern: URL { folder.appending(path: "lectern") }

  struct Result: Sendable {
    var status: Int32
    var output: String
    var errors: String
  }

  /// Starts a program; standard output and error go to files, so that no pipe can fill up.
  static func start(
    _ executable: URL, _ arguments: [String], in folder: URL, environment: [String: String] = [:]
  ) throws -> Running {
    let process = Process()
    let files = FileManager.default.temporaryDirectory.appending(path: "lectern-run-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: files, withIntermediateDirectories: true)
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    for name in ["output", "errors"] { try Data().write(to: files.appending(path: name)) }
    process.standardOutput = try FileHandle(forWritingTo: files.appending(path: "output"))
    process.standardError = try FileHandle(forWritingTo: files.appending(path: "errors"))
    try process.run()
    return Running(process: process, files: files)
  }

  struct Running {
    let process: Process
    let files: URL

    var outputSoFar: String { text("output") }
    var errorsSoFar: String { text("errors") }

    func wait() -> Result {
      process.waitUntilExit()
      defer { try? FileManager.default.removeItem(at: files) }
      return Result(status: process.terminationStatus, output: text("output"), errors: text("errors"))
    }

    private func text(_ name: String) -> String {
      let data = (try? Data(contentsOf: files.appending(path: name))) ?? Data()
      return String(decoding: data, as: UTF8.self)
    }
  }
}

/// A folder of its own for one test, with a `lectern` that runs in it.
final class Workplace {
  let url: URL

  /// - Parameter fixtures: books of `Tests/Fixtures` that are copied into the folder.
  init(_ fixtures: String..., files: [String: String] = [:]) throws {
    url = FileManager.default.temporaryDirectory.appending(path: "lectern-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for fixture in fixtures {
      try FileManager.default.copyItem(
        at: Executable.package.appending(path: "Tests/Fixtures/\(fixture)"), to: url.appending(path: fixture))
    }
    for (path, text) in files { try write(text, to: path) }
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  func lectern(_ arguments: String..., environment: [String: String] = [:]) throws -> Executable.Result {
    try Executable.start(Executable.lectern, arguments, in: url, environment: environment).wait()
  }

  func write(_ text: String, to path: String) throws {
    try write(Data(text.utf8), to: path)
  }

  func write(_ data: Data, to path: String) throws {
    let file = url.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
  }

  func text(of path: String) throws -> String {
    String(decoding: try Data(contentsOf: url.appending(path: path)), as: UTF8.self)
  }

  func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: url.appending(path: path).path)
  }

  /// All files below a folder, with their contents.
  func contents(of folder: String) -> [String: Data] {
    let root = url.appending(path: folder)
    let paths = FileManager.default.subpaths(atPath: root.path) ?? []
    return Dictionary(
      uniqueKeysWithValues: paths.compactMap { path in
        (try? Data(contentsOf: root.appending(path: path))).map { (path, $0) }
      })
  }
}
