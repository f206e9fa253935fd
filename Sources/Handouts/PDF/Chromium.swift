import Diagnostics
import Foundation
import Subprocess
import SystemPackage

/// Chromium without a window, which prints pages.
package struct Chromium: Sendable {
  private let executable: FilePath

  /// How long one page may take.
  private static let limit = Duration.seconds(180)
  private static let names = [
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
  ]

  /// The browser that `LECTERN_CHROMIUM` names, or else the first one on the PATH.
  /// - Throws: `Diagnostic` where there is none.
  package static func find() async throws(Diagnostic) -> Chromium {
    let named = ProcessInfo.processInfo.environment["LECTERN_CHROMIUM"].flatMap { $0.isEmpty ? nil : $0 }
    let candidates = named.map { [Executable.path(FilePath($0))] } ?? names.map { Executable.name($0) }
    for candidate in candidates {
      guard let path = try? await candidate.resolveExecutablePath(in: .inherit),
        FileManager.default.isExecutableFile(atPath: path.string)
      else { continue }
      return Chromium(executable: path)
    }
    throw Diagnostic(
      .error, file: named ?? "chromium", message: "PDF is printed by Chromium, which was not found",
      hint: "Install it (Debian, Ubuntu: apt-get install chromium), or name it in LECTERN_CHROMIUM.")
  }

  /// Prints a page that needs no other file: tagged, with its headings as bookmarks.
  /// - Parameter file: what messages call it.
  package func pdf(of html: String, file: String) async throws -> Data {
    let folder = FileManager.default.temporaryDirectory.appending(path: "lectern-pdf-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let page = folder.appending(path: "page.html")
    let printed = folder.appending(path: "page.pdf")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(html.utf8).write(to: page)
    } catch {
      throw Diagnostic(
        .error, file: folder.path, message: "the page cannot be written: \(error.localizedDescription)")
    }
    let complaints = try await run(Self.arguments(page: page, printed: printed, profile: folder), file: file)
    guard let data = try? Data(contentsOf: printed), data.starts(with: Data("%PDF".utf8)) else {
      throw Self.failure(file, complaints)
    }
    return Self.withoutDates(data)
  }

  private static func arguments(page: URL, printed: URL, profile: URL) -> [String] {
    // Its sandbox refuses to work for root, as in containers. The page can load and send nothing, by its own policy.
    (getuid() == 0 ? ["--no-sandbox"] : []) + [
      "--headless=new", "--disable-gpu", "--disable-extensions", "--disable-background-networking",
      "--disable-sync",
      "--no-first-run", "--no-default-browser-check", "--no-pdf-header-footer",
      "--generate-pdf-document-outline",
      "--export-tagged-pdf", "--user-data-dir=\(profile.appending(path: "profile").path)",
      "--print-to-pdf=\(printed.path)", page.absoluteString,
    ]
  }

  /// - Returns: what the browser complained of.
  private func run(_ arguments: [String], file: String) async throws -> String {
    try await withThrowingTaskGroup(of: String?.self) { group in
      group.addTask {
        let result = try await Subprocess.run(
          .path(executable), arguments: Arguments(arguments), input: .none, output: .discarded,
          error: .string(limit: 1 << 20))
        return result.standardError
      }
      group.addTask {
        try await Task.sleep(for: Self.limit)
        return nil
      }
      defer { group.cancelAll() }
      do {
        guard let first = try await group.next(), let complaints = first else {
          throw Diagnostic(
            .error, file: file,
            message: "Chromium did not finish printing in \(Self.limit.components.seconds) s")
        }
        return complaints
      } catch let error where !(error is CancellationError) && !(error is Diagnostic) {
        throw Self.failure(file, "\(error)")
      }
    }
  }

  private static func failure(_ file: String, _ complaints: String) -> Diagnostic {
    // The last thing that it said is why; what comes before is about buses and displays.
    let last = complaints.split(separator: "\n").last { !$0.allSatisfy(\.isWhitespace) }
    return Diagnostic(
      .error, file: file, message: "Chromium could not print the page\(last.map { ": \($0)" } ?? "")",
      hint: "Does `chromium --headless --print-to-pdf` work on this machine?")
  }

  /// The same page gives the same bytes: the day on which it was printed is none of its properties.
  private static func withoutDates(_ data: Data) -> Data {
    // One character for each byte, so that places in the text are places in the file.
    guard let head = String(data: data.prefix(4096), encoding: .isoLatin1) else { return data }
    var data = data
    let digits = "20000101000000"
    for match in head.matches(of: #/\/(?:CreationDate|ModDate) \(D:(\d{14})/#) {
      let offset = head.unicodeScalars.distance(from: head.startIndex, to: match.1.startIndex)
      let start = data.startIndex + offset
      data.replaceSubrange(start..<start + digits.utf8.count, with: digits.utf8)
    }
    return data
  }
}
