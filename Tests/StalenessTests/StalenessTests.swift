import Book
import Diagnostics
import Foundation
import Synchronization
import Testing

/// After any sequence of edits, what a cached build writes, and what a build on live workers writes, is byte for byte
/// what a clean build of a fresh copy writes.
///
/// `LECTERN_SEQUENCES` says how many chapters are edited (each is a sequence of its own), `LECTERN_SEED` where their
/// random numbers start: a failure names the seed of its book.
@Suite(.serialized) struct StalenessTests {
  private static let chaptersInBook = 8
  private static let stepsInBook = 4
  private static let books: [UInt64] = {
    let environment = ProcessInfo.processInfo.environment
    let sequences = environment["LECTERN_SEQUENCES"].flatMap { Int($0) } ?? 504
    let seed = environment["LECTERN_SEED"].flatMap { UInt64($0) } ?? 1
    return (0..<max(1, sequences / chaptersInBook)).map { seed + UInt64($0) }
  }()

  @Test(arguments: books) func nothingIsEverStale(seed: UInt64) async throws {
    var random = SplitMix(state: seed &* 1_000_003)
    var chapters = (0..<Self.chaptersInBook).map { RandomChapter(number: $0, seed: random.next()) }
    var files: [String: String] = ["data/one.txt": "1", "data-0.txt": "zero"]
    let (cached, live) = (try EditedBook("cached"), try EditedBook("live"))
    // Now and then too little for all that is to be kept.
    let kernels = LiveKernels(memoryBudget: random.below(3) == 0 ? 256 << 20 : 2 << 30)
    for step in 0..<Self.stepsInBook {
      let clean = try EditedBook("clean")
      for book in [cached, live, clean] {
        try book.write(
          files.merging(chapters.enumerated().map { ("c\($0).md", $1.markdown) }, uniquingKeysWith: { $1 }))
      }
      let expected = try await clean.build(usesCache: false)
      for (book, kernels) in [(cached, nil), (live, kernels)] {
        let found = try await book.build(usesCache: true, kernels: kernels, jobs: 1 + step % 2)
        for (path, data) in expected.files where found.files[path] != data {
          Issue.record(
            "\(book.name): \(path) differs: LECTERN_SEED=\(seed) LECTERN_SEQUENCES=1, step \(step)")
          keep(cached, live, clean)
          await kernels?.close()
          return
        }
        #expect(found.files.count == expected.files.count, "\(book.name), seed \(seed), step \(step)")
        #expect(found.messages == expected.messages, "\(book.name), seed \(seed), step \(step)")
      }
      await kernels.trim()
      for index in chapters.indices where random.below(3) > 0 { chapters[index].edit() }
      editFiles(&files, &random)
    }
    await kernels.close()
  }

  private func editFiles(_ files: inout [String: String], _ random: inout SplitMix) {
    let name = ["data/one.txt", "data/two.txt", "data-0.txt", "data-1.txt", "data-2.txt"].randomElement(
      &random)
    if random.below(3) == 0 { files[name] = nil } else { files[name] = "\(random.below(5))" }
  }

  /// Leaves the books of a failure behind, to be looked at.
  private func keep(_ books: EditedBook...) {
    for book in books { book.isKept = true }
    print("The books: \(books.map(\.folder.path).joined(separator: " "))")
  }
}

/// A book in a folder of its own.
final class EditedBook: @unchecked Sendable {
  let name: String
  let folder: URL
  var isKept = false

  init(_ name: String) throws {
    self.name = name
    folder = FileManager.default.temporaryDirectory.appending(path: "lectern-\(name)-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    if !isKept { try? FileManager.default.removeItem(at: folder) }
  }

  var book: URL { folder.appending(path: "book") }

  /// Makes the files, and only those, the book's sources; what cells wrote stays.
  func write(_ files: [String: String]) throws {
    let old = (try? FileManager.default.subpathsOfDirectory(atPath: book.path)) ?? []
    for path in old where path.hasPrefix("data") && path.hasSuffix(".txt") && files[path] == nil {
      try FileManager.default.removeItem(at: book.appending(path: path))
    }
    for (path, text) in files {
      let file = book.appending(path: path)
      if let old = try? String(contentsOf: file, encoding: .utf8), old == text { continue }
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
  }

  struct Result: Sendable {
    var files: [String: Data] = [:]
    var messages: [String] = []
  }

  func build(usesCache: Bool, kernels: LiveKernels? = nil, jobs: Int = 2) async throws -> Result {
    var options = BuildOptions()
    options.output = folder.appending(path: "output").path
    options.usesCache = usesCache
    options.jobs = jobs
    let messages = Mutex<[String]>([])
    let book = try Book.read(at: book.path)
    let root = folder.path
    _ = try await BookBuilder(book, options, kernels: kernels) { event in
      guard case .diagnostic(let diagnostic) = event, diagnostic.severity != .note else { return }
      messages.withLock { $0.append(diagnostic.description.replacing(root, with: "")) }
    }.build()
    var result = Result(messages: messages.withLock { $0.sorted() })
    for path in try FileManager.default.subpathsOfDirectory(atPath: options.output) {
      if let data = try? Data(contentsOf: URL(filePath: options.output).appending(path: path)) {
        result.files[path] = data
      }
    }
    return result
  }
}
