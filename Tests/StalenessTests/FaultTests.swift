import Book
import Foundation
import Testing

/// Whatever goes wrong in one build, the next one writes what a clean build of a fresh copy writes, and no build that is
/// stopped leaves a page that is neither the old one nor the new one.
///
/// `LECTERN_FAULTS` says how many books there are, `LECTERN_SEED` where their random numbers start.
@Suite(.serialized) struct FaultTests {
  private static let chaptersInBook = 3
  private static let stepsInBook = 4
  private static let books: [UInt64] = {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["LECTERN_FAULTS"].flatMap { UInt64($0) } ?? 16
    let seed = environment["LECTERN_SEED"].flatMap { UInt64($0) } ?? 1
    return (0..<max(1, count)).map { seed + $0 }
  }()

  enum Fault: CaseIterable {
    /// The build is killed, without a chance to tidy up.
    case killed
    /// The build is told to stop, as `serve` tells the one that an edit overtakes, and tidies up.
    case cancelled
    /// No file can become longer than so many bytes.
    case fullDisk
    /// Files of the cache are cut, changed, emptied or taken away.
    case damagedCache
    /// Between two builds on live workers, some of their processes are killed.
    case lostWorkers
  }

  @Test(arguments: books) func theNextBuildIsAsIfNothingHadBeen(seed: UInt64) async throws {
    var random = SplitMix(state: seed &* 7_000_003)
    var chapters = (0..<Self.chaptersInBook).map { RandomChapter(number: $0, seed: random.next()) }
    var files = ["data/one.txt": "1", "data-0.txt": "zero"]
    let book = try EditedBook("faulty")
    let kernels = LiveKernels()
    var sources: [String: String] {
      files.merging(chapters.enumerated().map { ("c\($0).md", $1.markdown) }, uniquingKeysWith: { $1 })
    }
    for step in 0..<Self.stepsInBook {
      let fault = Fault.allCases.randomElement(&random)
      let place = "LECTERN_SEED=\(seed) LECTERN_FAULTS=1, step \(step), \(fault)"
      if fault == .lostWorkers {
        // Where nothing is kept all cells run, so that there are workers to lose.
        try book.write(sources)
        try book.forget()
        _ = try await book.build(usesCache: true, kernels: kernels)
        for index in chapters.indices { chapters[index].edit() }
      }
      let clean = try EditedBook("clean")
      for book in [book, clean] { try book.write(sources) }
      let expected = try await clean.build(usesCache: false)
      let before = book.outputFiles
      try await meet(fault, book, kernels, &random, place)
      if fault == .killed || fault == .cancelled {
        for (path, data) in book.outputFiles where path.hasSuffix(".html") {
          #expect(data == before[path] || data == expected.files[path], "\(path) is torn: \(place)")
        }
      }
      let found = try await book.build(usesCache: true, kernels: step % 2 == 0 ? kernels : nil)
      for (path, data) in expected.files where found.files[path] != data {
        Issue.record("\(path) differs: \(place)")
        for book in [book, clean] { book.isKept = true }
        print("The books: \(book.folder.path) \(clean.folder.path)")
        await kernels.close()
        return
      }
      #expect(found.messages == expected.messages, "\(place)")
      for index in chapters.indices { chapters[index].edit() }
      files[files.keys.sorted().randomElement(&random)] = "\(random.below(5))"
    }
    await kernels.close()
  }

  private func meet(
    _ fault: Fault, _ book: EditedBook, _ kernels: LiveKernels, _ random: inout SplitMix, _ place: String
  ) async throws {
    switch fault {
    case .killed:
      let build = try book.start("exec \"$LECTERN\" build book -o output")
      try await Task.sleep(for: .milliseconds(random.below(1500)))
      kill(build.processIdentifier, SIGKILL)
      build.waitUntilExit()
    case .cancelled:
      let build = Task { try await book.build(usesCache: true, kernels: kernels) }
      try await Task.sleep(for: .milliseconds(random.below(1500)))
      build.cancel()
      _ = try? await build.value
    case .fullDisk:
      // In blocks of 512 bytes.
      let blocks = [0, 1, 4, 16, 60, 200, 800].randomElement(&random)
      try book.start("ulimit -f \(blocks); exec \"$LECTERN\" build book -o output").waitUntilExit()
    case .damagedCache: try book.damageCache(&random)
    case .lostWorkers:
      let workers = book.workers
      try #require(!workers.isEmpty, "there are no workers to lose: \(place)")
      let victim = workers.randomElement(&random)
      for worker in workers where worker == victim || random.below(3) == 0 { kill(worker, SIGKILL) }
    }
  }
}

extension EditedBook {
  /// The processes of the workers that run this book's cells: those whose working directory lies in it.
  fileprivate var workers: [pid_t] {
    let numbers =
      (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap { pid_t($0) } ?? []
    let folder = folder.resolvingSymlinksInPath().path + "/"
    return numbers.sorted().filter { number in
      let name = try? String(contentsOfFile: "/proc/\(number)/comm", encoding: .utf8)
      let place = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(number)/cwd")
      return name?.hasPrefix("lectern-kernel") == true && place?.hasPrefix(folder) == true
    }
  }

  /// What lies in the output folder now.
  var outputFiles: [String: Data] {
    let output = folder.appending(path: "output")
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: output.path)) ?? []
    return Dictionary(
      uniqueKeysWithValues: paths.compactMap { path in
        (try? Data(contentsOf: output.appending(path: path))).map { (path, $0) }
      })
  }

  /// Starts a line of shell in the folder around the book, in which `$LECTERN` is the tool.
  func start(_ line: String) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(["LECTERN": Self.lectern.path]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// It lies beside the bundle of tests.
  private static let lectern: URL = {
    let bundle = Bundle.allBundles.first { $0.bundleURL.pathExtension == "xctest" }?.bundleURL
    let executable = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    return (bundle ?? executable).deletingLastPathComponent().appending(path: "lectern")
  }()

  /// Removes all that builds have kept.
  func forget() throws {
    let work = folder.appending(path: "book/.lectern")
    if FileManager.default.fileExists(atPath: work.path) { try FileManager.default.removeItem(at: work) }
  }

  func damageCache(_ random: inout SplitMix) throws {
    let work = folder.appending(path: "book/.lectern")
    let paths = ((try? FileManager.default.subpathsOfDirectory(atPath: work.path)) ?? []).sorted()
    for path in paths where random.below(3) == 0 {
      let file = work.appending(path: path)
      guard var data = try? Data(contentsOf: file), !data.isEmpty else { continue }
      switch random.below(5) {
      case 0: data = data.prefix(random.below(data.count))
      case 1: data[random.below(data.count)] ^= UInt8(1 + random.below(255))
      case 2: data = Data()
      case 3: data += Data("{}\n".utf8)
      default:
        try FileManager.default.removeItem(at: file)
        continue
      }
      try data.write(to: file)
    }
  }
}
