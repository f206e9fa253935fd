/// The generator MT19937 (Matsumoto & Nishimura 1998), which PyTorch's random numbers on a CPU come from.
struct MersenneTwister {
  private var state = [UInt32](repeating: 0, count: 624)
  private var next = 624

  init(seed: UInt64) {
    state[0] = UInt32(truncatingIfNeeded: seed)
    for i in 1..<624 { state[i] = 1_812_433_253 &* (state[i - 1] ^ (state[i - 1] >> 30)) &+ UInt32(i) }
  }

  /// 32 random bits.
  mutating func bits() -> UInt32 {
    if next == 624 { twist() }
    var y = state[next]
    next += 1
    y ^= y >> 11
    y ^= (y << 7) & 0x9d2c_5680
    y ^= (y << 15) & 0xefc6_0000
    return y ^ (y >> 18)
  }

  private mutating func twist() {
    state.withUnsafeMutableBufferPointer { s in
      for i in 0..<624 {
        let y = (s[i] & 0x8000_0000) | (s[i + 1 == 624 ? 0 : i + 1] & 0x7fff_ffff)
        s[i] = s[i + 397 >= 624 ? i + 397 - 624 : i + 397] ^ (y >> 1) ^ (y & 1 == 0 ? 0 : 0x9908_b0df)
      }
    }
    next = 0
  }
}
