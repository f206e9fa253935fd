import ExecutionRecords
import Foundation
import KernelProtocol
import Subprocess
import SystemPackage

/// Tells the functions and places of addresses in cells' libraries.
struct Symbolizer: Sendable {
  var toolchain: Toolchain

  struct Location: Hashable, Sendable {
    /// None for a cell's own statements.
    var function: String?
    var file: String
    var line: Int
    var column: Int
  }

  /// The locations of `frames`, innermost first; a frame with inlined calls gives several.
  ///
  /// - Parameter nearby: take the nearest line where an address belongs to none, as a loop's jump back does. Not all
  ///   symbolizers can.
  func locations(of frames: [Failure.Frame], nearby: Bool = false) async -> [Location] {
    guard let symbolizer = toolchain.symbolizer, !frames.isEmpty else { return [] }
    let addresses = frames.map { "\"\($0.library)\" 0x\(String($0.offset - 1, radix: 16))" }
    return await answer(symbolizer, nearby ? ["--skip-line-zero"] : [], addresses)
  }

  private func answer(_ symbolizer: URL, _ options: [String], _ addresses: [String]) async -> [Location] {
    var answer = await ask(symbolizer, options, addresses)
    // Ctrl-C ends the symbolizer, too, and maybe before we hear of it.
    if case .signaled = answer?.status { answer = await ask(symbolizer, options, addresses) }
    guard let answer, case .exited(0) = answer.status else { return [] }
    return Self.locations(in: answer.output)
  }

  private func ask(_ symbolizer: URL, _ options: [String], _ addresses: [String]) async
    -> (status: TerminationStatus, output: Data)?
  {
    let result = try? await Subprocess.run(
      .path(FilePath(symbolizer.path)),
      // As arguments: who writes to a process that is being ended gets a signal that ends the writer.
      arguments: Arguments(["--output-style=JSON", "--no-demangle"] + options + addresses),
      output: .data(limit: 16 << 20), error: .discarded)
    return result.map { ($0.terminationStatus, $0.standardOutput) }
  }

  private static func locations(in output: Data) -> [Location] {
    // An object for each address, in their order.
    let answers = (try? JSONDecoder().decode([Answer].self, from: output)) ?? []
    return answers.flatMap { $0.symbols ?? [] }.map {
      Location(
        function: displayName(of: $0.functionName), file: $0.fileName, line: $0.line, column: $0.column)
    }
  }

  private struct Answer: Decodable {
    struct Symbol: Decodable {
      var functionName: String
      var fileName: String
      var line: Int
      var column: Int

      enum CodingKeys: String, CodingKey {
        case functionName = "FunctionName"
        case fileName = "FileName"
        case line = "Line"
        case column = "Column"
      }
    }
    var symbols: [Symbol]?
    enum CodingKeys: String, CodingKey { case symbols = "Symbol" }
  }

  /// `pick(_:)` for `$s8__Cells04pickyS2iF`; none for the statements of a cell.
  private static func displayName(of symbol: String) -> String? {
    if symbol.hasPrefix("__Cells"), symbol.hasSuffix("_main") { return nil }
    guard let demangle else { return symbol }
    var size = 1024
    let name = withUnsafeTemporaryAllocation(of: CChar.self, capacity: size) { buffer -> String? in
      guard demangle(symbol, symbol.utf8.count, buffer.baseAddress, &size) != nil else { return nil }
      return String(cString: buffer.baseAddress!)
    }
    return name ?? symbol
  }

  /// The runtime's own demangler, as its backtraces use it: names and labels without types and modules.
  private static let demangle: Demangle? = dlsym(nil, "_swift_backtrace_demangle").map {
    unsafeBitCast($0, to: Demangle.self)
  }
  private typealias Demangle =
    @convention(c) (
      UnsafePointer<CChar>, Int, UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<Int>
    ) -> UnsafeMutablePointer<CChar>?
}
