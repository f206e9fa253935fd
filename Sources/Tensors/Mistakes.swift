internal import CVectorMath

/// Stops the program with a message that reads like help: the operation, the shapes, and the rule that was
/// broken.
///
/// The trap's backtrace leads the notebook to the line of the cell; no line of the library is named.
package func stop(_ message: String) -> Never {
  fflush(nil)
  let text = Array("Fatal error: \(message)\n".utf8)
  _ = write(STDERR_FILENO, text, text.count)
  lectern_trap()
}

/// `matmul: [2, 3] × [4, 5]: inner sizes 3 and 4 differ`
package func shapeError(_ operation: String, _ shapes: [Int]..., joinedBy sign: String = "×", rule: String)
  -> Never
{
  let list = shapes.map { "\($0)" }.joined(separator: " \(sign) ")
  stop("\(operation): \(list): \(rule)")
}

/// Stops unless `condition` holds.
@inline(__always)
package func require(_ condition: Bool, _ message: @autoclosure () -> String) {
  if !condition { stop(message()) }
}
