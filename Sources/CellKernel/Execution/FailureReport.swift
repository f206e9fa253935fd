import Chapters
import ExecutionRecords
import Foundation
import KernelProtocol

/// Puts a failure into words, at its place in the chapter.
struct FailureReport {
  var status: CellStatus
  var error: CellError

  /// - Parameters:
  ///   - fatalError: what the Swift runtime said last, if it said anything.
  ///   - timeLimit: the limit that the unit ran into, if it did.
  init(
    _ failure: Failure, fatalError: String?, timeLimit: Double?, memoryLimit: Int, map: SourceMap,
    symbolizer: Symbolizer
  ) async {
    let thrown = fatalError.flatMap { $0.removing(prefix: "Error raised at top level: ") }
    let locations = await symbolizer.locations(of: thrown == nil ? failure.frames : failure.throwFrames)
    let outer = thrown == nil || !locations.isEmpty ? [] : await symbolizer.locations(of: failure.frames)
    let trap = locations.lazy.compactMap { $0.function?.removing(prefix: "Swift runtime failure: ") }.first

    let message: String
    if let timeLimit {
      status = .timedOut
      message = """
        it ran longer than its limit of \(timeLimit.formatted()) seconds; `timeout:` among its options changes that
        """
    } else if let thrown {
      status = .failed
      message = "threw an error: \(OutputDecoding.withoutModuleNames(thrown))"
    } else {
      switch failure.cause {
      case .exit(let code):
        status = .failed
        message = "called exit(\(code)), which ends the program"
      case .signal(let signal, let isStackOverflow):
        status = .crashed
        message = Self.message(
          signal: signal, isStackOverflow: isStackOverflow, words: fatalError ?? trap,
          memoryLimit: memoryLimit)
      }
    }
    var frames = Self.frames(at: locations + outer, map: map)
    if frames.isEmpty {
      frames = Self.frames(at: await symbolizer.locations(of: failure.frames, nearby: true), map: map)
    }
    error = CellError(
      message: message, line: frames.first?.line, column: frames.first?.column,
      frames: Array(frames.prefix(20)))
  }

  private static func message(signal: Int32, isStackOverflow: Bool, words: String?, memoryLimit: Int)
    -> String
  {
    let limit = (Double(memoryLimit) / Double(1 << 30)).formatted() + " GiB"
    let outOfMemory =
      "ran out of memory: its limit is \(limit); `memory:` under `execute:` in book.yml changes that"
    if isStackOverflow {
      return "the stack overflowed: a function calls itself without end, or too deeply"
    }
    switch words {
    case let words? where words.hasPrefix("failed to allocate "):
      return outOfMemory
    case let words? where !words.isEmpty: return OutputDecoding.withoutModuleNames(words)
    default: break
    }
    switch signal {
    case SIGKILL: return outOfMemory
    case SIGSEGV, SIGBUS: return "accessed memory that is not its own"
    case SIGILL, SIGTRAP: return "stopped at a trap: a condition that must hold did not"
    case SIGABRT: return "aborted"
    case SIGFPE: return "divided by zero"
    default: return "was ended by signal \(signal)"
    }
  }

  /// The calls in the chapter.
  private static func frames(at locations: [Symbolizer.Location], map: SourceMap) -> [CellError.Frame] {
    var frames: [CellError.Frame] = []
    // A function's prologue has no column; the call that led to it has. An empty loop may have none either.
    let exact = locations.filter { $0.column > 0 }
    for location in exact.isEmpty ? locations : exact {
      guard let place = map.place(file: location.file, line: location.line, column: location.column) else {
        continue
      }
      let frame = CellError.Frame(function: location.function, line: place.line, column: place.column)
      // A function that calls itself fills the list with one line.
      if frames.suffix(3).allSatisfy({ $0 == frame }), frames.count >= 3 { continue }
      frames.append(frame)
    }
    return frames
  }
}

extension String {
  func removing(prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}
