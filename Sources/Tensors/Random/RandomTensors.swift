extension Tensor {
  /// Numbers evenly distributed from `low` up to but without `high`: `Tensor.random(2, 3)`.
  public static func random(_ shape: Int..., low: Float = 0, high: Float = 1) -> Tensor {
    random(shape, low: low, high: high)
  }

  /// Numbers evenly distributed from `low` up to but without `high`, of a shape.
  public static func random(_ shape: [Int], low: Float = 0, high: Float = 1) -> Tensor {
    checkShape(shape, "random")
    let result = Tensor(uninitialized: shape)
    let y = UncheckedSendable(result)
    Generator.current.draw { numbers in
      for i in 0..<y.value.count { y.value.pointer[i] = numbers.uniform() * (high - low) + low }
    }
    return result
  }

  /// Numbers of the normal distribution: `Tensor.normal(1, 3)`.
  public static func normal(_ shape: Int..., mean: Float = 0, standardDeviation: Float = 1) -> Tensor {
    normal(shape, mean: mean, standardDeviation: standardDeviation)
  }

  /// Numbers of the normal distribution, of a shape.
  public static func normal(_ shape: [Int], mean: Float = 0, standardDeviation: Float = 1) -> Tensor {
    checkShape(shape, "normal")
    let result = Tensor(uninitialized: shape)
    let y = UncheckedSendable(result)
    Generator.current.draw {
      $0.normal(y.value.pointer, y.value.count, mean: mean, deviation: standardDeviation)
    }
    return result
  }

  /// Whole numbers from `low` up to but without `high`, as elements of a tensor.
  public static func randomIntegers(_ low: Int = 0, below high: Int, _ shape: [Int]) -> Tensor {
    Tensor(Tensors.randomIntegers(low, below: high, count: elementCount(shape)).map(Float.init), shape: shape)
  }
}

/// Whole numbers from `low` up to but without `high`.
public func randomIntegers(_ low: Int = 0, below high: Int, count: Int) -> [Int] {
  require(low < high, "randomIntegers: there is no number from \(low) up to but without \(high)")
  return Generator.current.draw { numbers in (0..<count).map { _ in low + numbers.integer(below: high - low) }
  }
}

/// The numbers 0 ..< count in random order.
public func randomPermutation(_ count: Int) -> [Int] {
  require(count >= 0, "randomPermutation: a count of \(count) is negative")
  return Generator.current.draw { numbers in
    var order = Array(0..<count)
    for i in 0..<Swift.max(count - 1, 0) { order.swapAt(i, i + numbers.integer(below: count - i)) }
    return order
  }
}

/// A generator for Swift's own random functions that draws the same stream: `names.shuffled(using:
/// &generator)`.
public struct SeededGenerator: RandomNumberGenerator {
  /// A generator that draws from the library's random numbers.
  public init() {}
  public mutating func next() -> UInt64 {
    Generator.current.draw {
      UInt64($0.integer(below: 1 << 31)) << 33 | UInt64($0.integer(below: 1 << 31)) << 2
        | UInt64($0.integer(below: 4))
    }
  }
}
