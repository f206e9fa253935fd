import CWorkerSupport
import Glibc

/// The functions that the notebook library's runtime calls at a cell's begin and end, and for its figures.
enum RuntimeHooks {
  private typealias Install =
    @convention(c) (
      @convention(c) (Int32, UInt64) -> Void,
      @convention(c) (Int32) -> Void,
      @convention(c) (UInt32, UnsafePointer<UInt8>?, Int) -> Bool
    ) -> Void
  private typealias Seed = @convention(c) (UInt64) -> Void

  /// Seeds the library's random numbers.
  nonisolated(unsafe) private static var seed: Seed?

  static func install(in library: UnsafeMutableRawPointer) throws {
    guard let symbol = dlsym(library, "lectern_install_hooks") else {
      throw WorkerError.missingSymbol("lectern_install_hooks")
    }
    if let symbol = dlsym(library, "lectern_library_seed") {
      seed = unsafeBitCast(symbol, to: Seed.self)
    }
    unsafeBitCast(symbol, to: Install.self)(
      { unit, seed in
        RuntimeHooks.seed?(seed)
        Runner.current.begin(unit)
      },
      { unit in Runner.current.end(unit) },
      { kind, bytes, count in capture_append(kind, bytes, count) })
  }
}
