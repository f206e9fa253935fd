import CDuktape

/// A JavaScript interpreter, with a bound on what one call may use.
///
/// The bound counts allocations, not seconds, so that the same script passes or fails on every machine.
final class Interpreter {
  enum Failure: Error {
    /// What the script threw.
    case thrown(String)
    /// The call went beyond its bound. The interpreter cannot be used again.
    case exhausted
  }

  private let sandbox: UnsafeMutablePointer<lectern_sandbox>
  private let context: OpaquePointer

  init() throws(Failure) {
    guard let sandbox = lectern_sandbox_create() else { throw .exhausted }
    guard let context = lectern_sandbox_context(sandbox) else {
      lectern_sandbox_destroy(sandbox)
      throw .exhausted
    }
    self.sandbox = sandbox
    self.context = context
  }

  deinit {
    lectern_sandbox_destroy(sandbox)
  }

  /// Runs a script for what it defines.
  func run(_ script: String, named name: String) throws(Failure) {
    let outcome = CESU8.encoded(script).withUnsafeBytes { bytes in
      duk_push_string(context, name)
      let flags = DUK_COMPILE_EVAL | DUK_COMPILE_SAFE | DUK_COMPILE_NOSOURCE
      // One argument is on the stack: the name.
      let compiled = duk_compile_raw(
        context, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, flags | 1)
      return compiled == 0 ? duk_pcall(context, 0) : compiled
    }
    defer { duk_pop(context) }
    if outcome != 0 { throw .thrown(text) }
  }

  /// Calls a global function with strings for a string, within a number of allocations.
  func call(_ function: String, _ arguments: [String], allocations: Int) throws(Failure) -> String {
    duk_get_global_string(context, function)
    for argument in arguments {
      CESU8.encoded(argument).withUnsafeBytes { bytes in
        _ = duk_push_lstring(context, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
      }
    }
    let outcome = lectern_sandbox_call(sandbox, duk_idx_t(arguments.count), allocations)
    if outcome < 0 { throw .exhausted }
    defer { duk_pop(context) }
    if outcome != 0 { throw .thrown(text) }
    return text
  }

  /// The value on top of the stack, as text.
  private var text: String {
    var length = 0
    guard let bytes = duk_safe_to_lstring(context, -1, &length) else { return "" }
    return bytes.withMemoryRebound(to: UInt8.self, capacity: length) {
      CESU8.decoded(UnsafeBufferPointer(start: $0, count: length))
    }
  }
}
