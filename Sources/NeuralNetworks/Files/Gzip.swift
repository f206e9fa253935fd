/// Unpacks a gzip file (RFC 1952, RFC 1951); `nil` where it is damaged. Its checksum is compared.
func gunzip(_ bytes: [UInt8]) -> [UInt8]? {
  guard bytes.count > 18, bytes[0] == 0x1f, bytes[1] == 0x8b, bytes[2] == 8 else { return nil }
  let flags = bytes[3]
  var start = 10
  if flags & 4 != 0 { start += 2 + Int(bytes[10]) + Int(bytes[11]) << 8 }
  for flag: UInt8 in [8, 16] where flags & flag != 0 {
    while start < bytes.count, bytes[start] != 0 { start += 1 }
    start += 1
  }
  if flags & 2 != 0 { start += 2 }
  guard start < bytes.count else { return nil }
  var inflater = Inflater(bytes, from: start)
  guard let output = inflater.run() else { return nil }
  let tail = inflater.nextByte
  guard tail + 4 <= bytes.count else { return nil }
  let expected = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[tail + $1]) << UInt32(8 * $1) }
  return checksum(output) == expected ? output : nil
}

/// CRC-32 as gzip has it.
private func checksum(_ bytes: [UInt8]) -> UInt32 {
  let table: [UInt32] = (0..<256).map { n in
    var c = UInt32(n)
    for _ in 0..<8 { c = c & 1 == 0 ? c >> 1 : 0xedb8_8320 ^ (c >> 1) }
    return c
  }
  var sum = ~UInt32(0)
  for byte in bytes { sum = table[Int((sum ^ UInt32(byte)) & 255)] ^ (sum >> 8) }
  return ~sum
}

/// Unpacks deflated data.
private struct Inflater {
  private let bytes: [UInt8]
  private(set) var nextByte: Int
  private var bits: UInt32 = 0
  private var bitCount = 0
  private var output: [UInt8] = []
  private var failed = false

  init(_ bytes: [UInt8], from start: Int) {
    self.bytes = bytes
    nextByte = start
    output.reserveCapacity(bytes.count * 4)
  }

  mutating func run() -> [UInt8]? {
    var isLast = false
    while !isLast && !failed {
      isLast = read(1) == 1
      switch read(2) {
      case 0: stored()
      case 1: compressed(Inflater.fixedLiterals, Inflater.fixedDistances)
      case 2: dynamic()
      default: failed = true
      }
    }
    return failed ? nil : output
  }

  private mutating func read(_ count: Int) -> Int {
    while bitCount < count {
      guard nextByte < bytes.count else {
        failed = true
        return 0
      }
      bits |= UInt32(bytes[nextByte]) << UInt32(bitCount)
      nextByte += 1
      bitCount += 8
    }
    let value = bits & (1 << UInt32(count) - 1)
    bits >>= UInt32(count)
    bitCount -= count
    return Int(value)
  }

  private mutating func stored() {
    bits = 0
    bitCount = 0
    let (length, complement) = (read(16), read(16))
    guard !failed, length == ~complement & 0xffff, nextByte + length <= bytes.count else {
      failed = true
      return
    }
    output += bytes[nextByte..<nextByte + length]
    nextByte += length
  }

  private mutating func dynamic() {
    let (literals, distances, lengths) = (read(5) + 257, read(5) + 1, read(4) + 4)
    var order = [Int](repeating: 0, count: 19)
    for place in [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15].prefix(lengths) {
      order[place] = read(3)
    }
    let code = HuffmanCode(order)
    var all: [Int] = []
    while all.count < literals + distances && !failed {
      switch symbol(code) {
      case let length where length < 16: all.append(length)
      case 16:
        guard let last = all.last else {
          failed = true
          return
        }
        all += [Int](repeating: last, count: 3 + read(2))
      case 17: all += [Int](repeating: 0, count: 3 + read(3))
      default: all += [Int](repeating: 0, count: 11 + read(7))
      }
    }
    guard !failed, all.count == literals + distances else {
      failed = true
      return
    }
    compressed(HuffmanCode(Array(all[..<literals])), HuffmanCode(Array(all[literals...])))
  }

  private mutating func compressed(_ literals: HuffmanCode, _ distances: HuffmanCode) {
    while !failed {
      let value = symbol(literals)
      if value == 256 { return }
      if value < 256 {
        output.append(UInt8(value))
        continue
      }
      guard value - 257 < Inflater.lengths.count else {
        failed = true
        return
      }
      let (base, extra) = Inflater.lengths[value - 257]
      let length = base + read(extra)
      let place = symbol(distances)
      guard !failed, place < Inflater.distances.count else {
        failed = true
        return
      }
      let distance = Inflater.distances[place].0 + read(Inflater.distances[place].1)
      guard distance <= output.count else {
        failed = true
        return
      }
      for _ in 0..<length { output.append(output[output.count - distance]) }
    }
  }

  private mutating func symbol(_ code: HuffmanCode) -> Int {
    var (value, first, index) = (0, 0, 0)
    for length in 1..<16 {
      value |= read(1)
      if failed { return 256 }
      let count = code.counts[length]
      if value - first < count { return code.symbols[index + value - first] }
      index += count
      first = (first + count) << 1
      value <<= 1
    }
    failed = true
    return 256
  }

  private static let fixedLiterals = HuffmanCode(
    (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
  private static let fixedDistances = HuffmanCode([Int](repeating: 5, count: 30))

  /// For each code the first length, and the bits that are added to it.
  private static let lengths: [(Int, Int)] = {
    var (table, base) = ([(Int, Int)](), 3)
    for i in 0..<28 {
      let extra = i < 8 ? 0 : i / 4 - 1
      table.append((base, extra))
      base += 1 << extra
    }
    return table + [(258, 0)]
  }()

  private static let distances: [(Int, Int)] = {
    var (table, base) = ([(Int, Int)](), 1)
    for i in 0..<30 {
      let extra = i < 4 ? 0 : i / 2 - 1
      table.append((base, extra))
      base += 1 << extra
    }
    return table
  }()
}

/// A code by the lengths of its words: how many words of each length there are, and their symbols in order.
private struct HuffmanCode {
  var counts = [Int](repeating: 0, count: 16)
  var symbols: [Int] = []

  init(_ lengths: [Int]) {
    for length in lengths { counts[length] += 1 }
    counts[0] = 0
    for length in 1..<16 { symbols += lengths.indices.filter { lengths[$0] == length } }
  }
}
