internal import Synchronization

/// The generator that all random numbers are drawn from. Each cell of a book starts it from a seed of its
/// own.
final class Generator: Sendable {
  private let numbers: Mutex<RandomNumbers>

  init(seed: UInt64) { numbers = Mutex(RandomNumbers(seed: seed)) }

  func seed(_ seed: UInt64) { numbers.withLock { $0 = RandomNumbers(seed: seed) } }

  func draw<R: Sendable>(_ body: (inout RandomNumbers) -> R) -> R { numbers.withLock { body(&$0) } }

  @TaskLocal static var scoped: Generator?
  private static let shared = Generator(seed: 5489)

  /// The generator of the innermost `withSeed`, or else the one that all share.
  static var current: Generator { scoped ?? shared }
}

/// Starts the random numbers from a seed; the numbers after it are those of `torch.manual_seed`.
///
///     manualSeed(0)
///     Tensor.random(2)   // tensor([0.4963, 0.7682], shape: [2])
public func manualSeed(_ seed: Int) { Generator.current.seed(UInt64(bitPattern: Int64(seed))) }

/// Runs `body` with random numbers of its own, started from a seed; the numbers outside are as if it had not
/// run.
public func withSeed<R>(_ seed: Int, _ body: () throws -> R) rethrows -> R {
  try Generator.$scoped.withValue(Generator(seed: UInt64(bitPattern: Int64(seed))), operation: body)
}

/// `withSeed` for what takes time.
public func withSeed<R>(
  _ seed: Int, isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> R
) async rethrows -> R {
  try await Generator.$scoped.withValue(Generator(seed: UInt64(bitPattern: Int64(seed))), operation: body)
}

/// What the notebook calls before each cell: the same as `manualSeed`.
@_cdecl("lectern_library_seed")
public func lecternLibrarySeed(_ seed: UInt64) { Generator.current.seed(seed) }
