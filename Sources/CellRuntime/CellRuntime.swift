import CellOutputs

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What the worker does for a running cell. The worker installs these when it has loaded the library; outside a
/// worker (in a tangled program, say) nothing is installed, and displaying prints.
struct Hooks: Sendable {
  var begin: @convention(c) (_ unit: Int32, _ seed: UInt64) -> Void
  var end: @convention(c) (_ unit: Int32) -> Void
  /// Returns false where the log has no room left.
  var put: @convention(c) (_ kind: UInt32, _ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Bool
}

/// Written once, before any cell runs.
nonisolated(unsafe) private var hooks: Hooks?

@_cdecl("lectern_install_hooks")
public func installHooks(
  begin: @escaping @convention(c) (Int32, UInt64) -> Void,
  end: @escaping @convention(c) (Int32) -> Void,
  put: @escaping @convention(c) (UInt32, UnsafePointer<UInt8>?, Int) -> Bool
) {
  hooks = Hooks(begin: begin, end: end, put: put)
}

/// Called by generated code before a cell's or an inline value's own.
public func lecternBegin(_ unit: Int32, _ seed: UInt64) {
  hooks?.begin(unit, seed)
}

/// Called by generated code after a cell's or an inline value's own.
public func lecternEnd(_ unit: Int32) {
  hooks?.end(unit)
}

/// Displays the value of a cell's last expression: as a figure where it is `CellDisplayable`, else its description.
public func lecternDisplay<Value>(_ value: Value) {
  if value is Void { return }
  display((value as? any CellDisplayable)?.cellOutput ?? .text(describing: value))
}

/// A call to a function that never returns can be a cell's last expression too.
public func lecternDisplay(_ value: Never) {}

/// Displays a value where a cell stands, before the cell's end: within a loop, say.
public func display(_ value: some CellDisplayable) {
  display(value.cellOutput)
}

private func display(_ output: CellOutput) {
  guard let hooks else {
    print(output.plainText)
    return
  }
  do {
    put(.figure, Array(try JSONEncoder.forRecords().encode(output)), through: hooks)
  } catch {
    fatalError("this value cannot be displayed: \(error)")
  }
}

/// Puts the text of an inline value into its place in the prose.
public func lecternInlineValue<Value>(_ value: Value) {
  guard let hooks else { return }
  put(.inlineValue, Array(inlineText(value).utf8), through: hooks)
}

private enum OutputKind: UInt32 {
  case figure = 3
  case inlineValue = 4
}

private func put(_ kind: OutputKind, _ bytes: [UInt8], through hooks: Hooks) {
  let fits = bytes.withUnsafeBufferPointer { hooks.put(kind.rawValue, $0.baseAddress, $0.count) }
  guard fits else {
    fatalError("a cell can display 64 MiB of figures, no more: display fewer or smaller ones")
  }
}
