import Book
import Foundation
import Testing

/// Whatever goes wrong in one build, the next one writes what a clean build of a fresh copy writes. No build that is
/// stopped leaves a page that is neither the old one nor the new one, and no accepted output is lost: accepting that
/// is stopped leaves the old ones or the new ones.
///
/// `LECTERN_FAULTS` says how many chapters are edited (each is a sequence of its own), `LECTERN_SEED` where their random
/// numbers start: a failure names the seed of its book.
@Suite(.serialized) struct FaultTests {
  private static let chaptersInBook = 8
  private static let stepsInBook = 4
  private static let books: [UInt64] = {
    let environment = ProcessInfo.processInfo.environment
    let sequences = environment["LECTERN_FAULTS"].flatMap { Int($0) } ?? 504
    let seed = environment["LECTERN_SEED"].flatMap { UInt64($0) } ?? 1
    return (0..<max(1, sequences / chaptersInBook)).map { seed + UInt64($0) }
  }()

  enum Fault: CaseIterable {
    /// The build is killed, without a chance to tidy up.
    case killed
    /// The build is told to stop, as `serve` tells the one that an edit overtakes, and tidies up.
    case cancelled
    /// The book lies on a file system with little room left.
    case fullDisk
    /// No file can become longer than so many bytes.
    case shortFiles
    /// Files of the cache are cut, changed, emptied or taken away.
    case damagedCache
    /// Between two builds on live workers, some of their processes are killed.
    case lostWorkers
  }

  /// All of them, but the full disk where the system lets nobody mount a file system.
  private static let faults: [Fault] = {
    let mounts = try? Process.run(
      URL(filePath: "/usr/bin/env"),
      arguments: EditedBook.withMounts + ["mount -t tmpfs lectern \"$0\"", NSTemporaryDirectory()])
    mounts?.waitUntilExit()
    if mounts?.terminationStatus == 0 { return Fault.allCases }
    print("No file system can be mounted here: disks do not fill up, files become only so long.")
    return Fault.allCases.filter { $0 != .fullDisk }
  }()

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
      let fault = Self.faults.randomElement(&random)
      let place = "LECTERN_SEED=\(seed) LECTERN_FAULTS=8, step \(step), \(fault)"
      if fault == .lostWorkers {
        // Where nothing is kept all cells run, so that there are workers to lose.
        try book.write(sources)
        try book.forget()
        _ = try await book.build(usesCache: true, kernels: kernels)
        for index in chapters.indices { chapters[index].edit() }
      }
      let clean = try EditedBook("clean")
      for book in [book, clean] { try book.write(sources) }
      let clock = ContinuousClock()
      let start = clock.now
      let expected = try await clean.build(usesCache: false)
      let moment = (clock.now - start) * random.fraction()
      let (before, accepted) = (book.outputFiles, book.acceptedFiles)
      try await meet(fault, at: moment, book, kernels, &random, place)
      if fault == .killed || fault == .cancelled {
        for (path, data) in book.outputFiles where path.hasSuffix(".html") {
          #expect(data == before[path] || data == expected.files[path], "\(path) is torn: \(place)")
        }
      }
      let left = book.acceptedFiles
      let found = try await book.build(usesCache: true, kernels: step % 2 == 0 ? kernels : nil)
      for (path, data) in expected.files where found.files[path] != data {
        Issue.record("\(path) differs: \(place)")
        for book in [book, clean] { book.isKept = true }
        print("The books: \(book.folder.path) \(clean.folder.path)")
        await kernels.close()
        return
      }
      #expect(found.messages == expected.messages, "\(place)")
      try await book.accept()
      let new = book.acceptedFiles
      for path in Set(accepted.keys).union(left.keys) {
        #expect(left[path] == accepted[path] || left[path] == new[path], "\(path) is lost: \(place)")
      }
      for index in chapters.indices { chapters[index].edit() }
      files[files.keys.sorted().randomElement(&random)] = "\(random.below(5))"
    }
    await kernels.close()
  }

  private func meet(
    _ fault: Fault, at moment: Duration, _ book: EditedBook, _ kernels: LiveKernels,
    _ random: inout SplitMix, _ place: String
  ) async throws {
    let command = "\"$LECTERN\" " + ["build book -o output", "test book --accept"].randomElement(&random)
    switch fault {
    case .killed:
      let build = try book.start("exec \(command)")
      try await Task.sleep(for: moment)
      kill(build.processIdentifier, SIGKILL)
      build.waitUntilExit()
    case .cancelled:
      let build = Task { try await book.build(usesCache: true, kernels: kernels) }
      try await Task.sleep(for: moment)
      build.cancel()
      _ = try? await build.value
    case .fullDisk:
      let kibibytes = [0, 4, 16, 60, 200, 800].randomElement(&random)
      let build = try book.start(command, kibibytesLeft: kibibytes)
      build.waitUntilExit()
      try #require(build.terminationStatus == 0, "the disk did not fill up: \(place)")
    case .shortFiles:
      // In blocks of 512 bytes.
      let blocks = [0, 1, 4, 16, 60, 200, 800].randomElement(&random)
      try book.start("ulimit -f \(blocks); exec \(command)").waitUntilExit()
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
  var outputFiles: [String: Data] { Self.files(in: folder.appending(path: "output")) { _ in true } }

  /// The accepted outputs beside the chapters.
  var acceptedFiles: [String: Data] { Self.files(in: book) { $0.hasSuffix(".outputs") } }

  private static func files(in folder: URL, where isWanted: (String) -> Bool) -> [String: Data] {
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
    return Dictionary(
      uniqueKeysWithValues: paths.filter(isWanted).compactMap { path in
        (try? Data(contentsOf: folder.appending(path: path))).map { (path, $0) }
      })
  }

  /// Takes what the cells put out for right.
  func accept() async throws {
    let book = try Book.read(at: book.path)
    _ = try await BookTester(book, BuildOptions()) { _ in }.test(isAccepting: true)
  }

  /// Where the rest of a command is run by root in a space of mounts that ends with it.
  fileprivate static let withMounts = ["unshare", "--map-root-user", "--mount", "sh", "-euc"]

  /// Starts a line of shell as `start` does, with the book and its output on a file system that has so much room left.
  /// What is on it at the end is in the folder then.
  func start(_ line: String, kibibytesLeft: Int) throws -> Process {
    let script = """
      mkdir -p disk output
      mount -t tmpfs -o size=256m lectern disk
      cp -a book output disk/
      mount --bind disk/book book
      mount --bind disk/output output
      left=$(df -k --output=avail disk | tail -n 1)
      dd if=/dev/zero of=disk/full bs=1024 count=$((left - \(kibibytesLeft))) 2>&1
      \(line) || true
      umount --lazy book output
      rm -rf book/.lectern book/*.outputs output/* output/.lectern*
      cp -a disk/book disk/output .
      """
    return try start("exec \(Self.withMounts.joined(separator: " ")) '\(script)'")
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
    let work = book.appending(path: ".lectern")
    if FileManager.default.fileExists(atPath: work.path) { try FileManager.default.removeItem(at: work) }
  }

  func damageCache(_ random: inout SplitMix) throws {
    let work = book.appending(path: ".lectern")
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
