import CDuktape
import Foundation

/// A JavaScript interpreter, with a bound on what one call may use.
///
/// Debian's Duktape is built without its own check for a time limit. But JavaScript that runs allocates, so the
/// bound lies in the allocator: after so many allocations (or so much memory at once) it gives nothing any more, which
/// Duktape raises as an error that no script can go on after. A count instead of a clock also makes the
/// same formula fail or pass on every machine.
final class Interpreter {
  enum Failure: Error {
    /// What the script threw.
    case thrown(String)
    case exhausted
  }

  /// Read and written by the allocator, through a pointer that C keeps.
  private struct Budget {
    var allocations = Int.max
    var bytes = 0
    static let maximumBytes = 512 << 20

    var isExhausted: Bool { allocations <= 0 }

    mutating func allows(_ size: Int) -> Bool {
      allocations -= 1
      bytes += size
      return allocations > 0 && size < 64 << 20
    }
  }

  private let budget: UnsafeMutablePointer<Budget>
  private let context: OpaquePointer

  init() throws(Failure) {
    budget = .allocate(capacity: 1)
    budget.initialize(to: Budget())
    let heap = duk_create_heap(
      { budget, size in
        guard size > 0, let budget, budget.assumingMemoryBound(to: Budget.self).pointee.allows(Int(size)) else {
          return nil
        }
        return malloc(Int(size))
      },
      { budget, block, size in
        guard let budget, size == 0 || budget.assumingMemoryBound(to: Budget.self).pointee.allows(Int(size)) else {
          return nil
        }
        if size == 0 {
          free(block)
          return nil
        }
        return realloc(block, Int(size))
      },
      { _, block in free(block) }, budget, nil)
    guard let heap else {
      budget.deallocate()
      throw .exhausted
    }
    context = heap
  }

  deinit {
    budget.pointee.allocations = .max
    duk_destroy_heap(context)
    budget.deallocate()
  }

  /// Runs a script for what it defines.
  func run(_ script: String, named name: String) throws(Failure) {
    var script = script
    let outcome = script.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { code in
        duk_push_string(context, name)
        let flags = duk_uint_t(DUK_COMPILE_EVAL | DUK_COMPILE_SAFE | DUK_COMPILE_NOSOURCE) | 1
        let compiled = duk_compile_raw(context, code.baseAddress, code.count, flags)
        return compiled == 0 ? duk_pcall(context, 0) : compiled
      }
    }
    defer { duk_pop(context) }
    if outcome != 0 { throw .thrown(Self.text(of: context)) }
  }

  /// Calls a global function with strings for a string, within a budget of allocations.
  func call(_ function: String, _ arguments: [String], allocations: Int) throws(Failure) -> String {
    duk_get_global_string(context, function)
    for argument in arguments {
      var argument = argument
      argument.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) { _ = duk_push_lstring(context, $0.baseAddress, $0.count) }
      }
    }
    budget.pointee.allocations = allocations
    let outcome = duk_pcall(context, duk_idx_t(arguments.count))
    let isExhausted = budget.pointee.isExhausted
    budget.pointee.allocations = .max
    defer { duk_pop(context) }
    if isExhausted { throw .exhausted }
    let text = Self.text(of: context)
    if outcome != 0 { throw .thrown(text) }
    return text
  }

  private static func text(of context: OpaquePointer) -> String {
    var length = 0
    guard let bytes = duk_safe_to_lstring(context, -1, &length) else { return "" }
    return bytes.withMemoryRebound(to: UInt8.self, capacity: length) {
      CESU8.decoded(UnsafeBufferPointer(start: $0, count: length))
    }
  }
}
