/// The generator PCG64 (O'Neill 2014), seeded as NumPy's `default_rng(seed)` is: what Gymnasium's environments draw
/// from, so that `reset(seed:)` starts them where Gymnasium starts them.
///
///     var random = PCG64(seed: 0)
///     random.uniform()   // 0.6369616873214543
public struct PCG64: RandomNumberGenerator, Sendable {
  private var state: UInt128
  private let increment: UInt128
  /// The upper half of the last 64 bits, where only 32 were asked for.
  private var half: UInt32?
  private static let multiplier =
    UInt128(2_549_297_995_355_413_924) << 64 | UInt128(4_865_540_595_714_422_341)

  /// A generator with a seed, as `numpy.random.default_rng(seed)`.
  public init(seed: Int) {
    let words = SeedSequence(UInt64(bitPattern: Int64(seed))).words()
    increment = (UInt128(words[2]) << 64 | UInt128(words[3])) << 1 | 1
    state = 0
    advance()
    state &+= UInt128(words[0]) << 64 | UInt128(words[1])
    advance()
  }

  /// A generator seeded from the library's own random numbers, and so from `manualSeed`.
  public init() { self.init(seed: seedFromLibrary()) }

  @inline(__always)
  private mutating func advance() { state = state &* PCG64.multiplier &+ increment }

  /// 64 random bits.
  @inline(__always)
  public mutating func next() -> UInt64 {
    advance()
    let high = UInt64(truncatingIfNeeded: state >> 64)
    let mixed = high ^ UInt64(truncatingIfNeeded: state)
    let turn = high >> 58
    return mixed >> turn | mixed << ((64 &- turn) & 63)
  }

  /// A number from 0 up to but without 1, a multiple of 2⁻⁵³.
  @inline(__always)
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number from `low` up to but without `high`.
  public mutating func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * uniform() }

  /// A whole number from 0 up to but without `bound`, by Lemire's method (2019).
  public mutating func integer(below bound: Int) -> Int {
    if bound <= 1 { return 0 }
    let range = UInt32(bound)
    var product = UInt64(bits32()) * UInt64(range)
    if UInt32(truncatingIfNeeded: product) < range {
      let threshold = (0 &- range) % range
      while UInt32(truncatingIfNeeded: product) < threshold { product = UInt64(bits32()) * UInt64(range) }
    }
    return Int(product >> 32)
  }

  /// A number of the normal distribution, by the method of Box and Muller (not NumPy's stream).
  public mutating func normal(mean: Double = 0, standardDeviation: Double = 1) -> Double {
    let radius = (-2 * logarithm(1 - uniform())).squareRoot()
    return mean + standardDeviation * radius * cosine(2 * .pi * uniform())
  }

  /// An index drawn with the given probabilities, as Gymnasium's `categorical_sample` draws it.
  public mutating func index(_ probabilities: some Collection<Double>) -> Int {
    let u = uniform()
    var sum = 0.0
    for (i, p) in probabilities.enumerated() {
      sum += p
      if sum > u { return i }
    }
    // Rounding can leave the sum just below u: then the last one that can happen.
    return probabilities.enumerated().reduce(0) { $1.element > 0 ? $1.offset : $0 }
  }

  private mutating func bits32() -> UInt32 {
    if let half {
      self.half = nil
      return half
    }
    let bits = next()
    half = UInt32(bits >> 32)
    return UInt32(truncatingIfNeeded: bits)
  }
}

/// NumPy's `SeedSequence`: spreads a small seed over the generator's whole state.
private struct SeedSequence {
  private var pool: [UInt32] = []

  init(_ seed: UInt64) {
    let entropy = [UInt32(truncatingIfNeeded: seed), UInt32(seed >> 32)]
    var constant: UInt32 = 0x43b0_d7e5
    func hash(_ value: UInt32) -> UInt32 {
      var value = value ^ constant
      constant &*= 0x931e_8875
      value &*= constant
      return value ^ (value >> 16)
    }
    pool = (0..<4).map { hash($0 < entropy.count ? entropy[$0] : 0) }
    for source in 0..<4 {
      for target in 0..<4 where target != source {
        let mixed = 0xca01_f9dd &* pool[target] &- 0x4973_f715 &* hash(pool[source])
        pool[target] = mixed ^ (mixed >> 16)
      }
    }
  }

  /// Four words of 64 bits.
  func words() -> [UInt64] {
    var constant: UInt32 = 0x8b51_f9dd
    let halves = (0..<8).map { i -> UInt64 in
      var value = pool[i % 4] ^ constant
      constant &*= 0x58f3_8ded
      value &*= constant
      return UInt64(value ^ (value >> 16))
    }
    return (0..<4).map { halves[2 * $0] | halves[2 * $0 + 1] << 32 }
  }
}
