/// Draws as PyTorch's CPU generator draws: the same seed and the same calls give the same numbers.
struct RandomNumbers {
  private var twister: MersenneTwister
  /// The sine half of the last pair of normal numbers.
  private var spare: Double?

  init(seed: UInt64) { twister = MersenneTwister(seed: seed) }

  /// 32 random bits, read twice for 64: the first draw is the high half.
  private mutating func bits64() -> UInt64 {
    let high = UInt64(twister.bits())
    return high << 32 | UInt64(twister.bits())
  }

  /// A number from 0 up to but without 1, a multiple of 2⁻²⁴.
  mutating func uniform() -> Float { Float(twister.bits() & 0xff_ffff) * 0x1p-24 }

  /// A number from 0 up to but without 1, a multiple of 2⁻⁵³.
  private mutating func uniform53() -> Double { Double(bits64() & (1 << 53 - 1)) * 0x1p-53 }

  /// A whole number below `bound`.
  mutating func integer(below bound: Int) -> Int {
    bound >= 1 << 32 ? Int(bits64() % UInt64(bound)) : Int(twister.bits() % UInt32(bound))
  }

  /// Numbers of the normal distribution, by the method of Box and Muller: one by one below 16, in blocks from
  /// there on.
  mutating func normal(_ y: UnsafeMutablePointer<Float>, _ count: Int, mean: Float, deviation: Float) {
    if count < 16 {
      for i in 0..<count { y[i] = Float(normal() * Double(deviation) + Double(mean)) }
      return
    }
    for i in 0..<count { y[i] = uniform() }
    for start in stride(from: 0, through: count - 16, by: 16) {
      RandomNumbers.block(y + start, mean, deviation)
    }
    if count % 16 != 0 {
      let last = y + count - 16
      for i in 0..<16 { last[i] = uniform() }
      RandomNumbers.block(last, mean, deviation)
    }
  }

  private mutating func normal() -> Double {
    if let spare {
      self.spare = nil
      return spare
    }
    let angle = 2 * Double.pi * uniform53()
    let radius = (-2 * log1p(-uniform53())).squareRoot()
    spare = radius * sin(angle)
    return radius * cos(angle)
  }

  /// Turns 16 uniform numbers into 16 normal ones, in pairs eight apart.
  private static func block(_ y: UnsafeMutablePointer<Float>, _ mean: Float, _ deviation: Float) {
    for j in 0..<8 {
      let radius = (-2 * logf(1 - y[j])).squareRoot()
      let angle = 2 * Float.pi * y[j + 8]
      y[j] = radius * cosf(angle) * deviation + mean
      y[j + 8] = radius * sinf(angle) * deviation + mean
    }
  }
}
