import Tensors

/// The set of actions that an environment takes, or of observations that it gives.
public protocol Space<Element>: Sendable, CustomStringConvertible {
  associatedtype Element
  /// Whether `element` belongs to the set.
  func contains(_ element: Element) -> Bool
  /// An element at random.
  func sample(using random: inout PCG64) -> Element
}

extension Space {
  /// An element at random, drawn from the numbers that `manualSeed` starts.
  public func sample() -> Element {
    var random = PCG64()
    return sample(using: &random)
  }
}

/// The whole numbers 0 ..< count.
///
///     Discrete(2).contains(2)   // false
public struct Discrete: Space, Hashable {
  /// The number of elements.
  public let count: Int

  /// - Parameter count: at least 1.
  public init(_ count: Int) {
    require(
      count > 0, .parameter("Discrete", value: Double(count), rule: "a space needs at least one element"))
    self.count = count
  }

  @inline(__always)
  public func contains(_ element: Int) -> Bool { element >= 0 && element < count }
  public func sample(using random: inout PCG64) -> Int { random.integer(below: count) }
  public var description: String { "Discrete(\(count))" }
}

/// Vectors whose components each lie between two bounds, both included.
public struct Box: Space, Hashable {
  /// The bounds, one for each component; infinite where there is none.
  public let low: [Float], high: [Float]

  /// - Parameters:
  ///   - low: the lower bounds.
  ///   - high: the upper bounds, as many.
  public init(low: [Float], high: [Float]) {
    require(
      low.count == high.count, .shape("Box", found: high.count, expected: low.count, what: "upper bounds"))
    self.low = low
    self.high = high
  }

  /// The number of components.
  public var count: Int { low.count }

  public func contains(_ element: [Float]) -> Bool {
    element.count == count && element.indices.allSatisfy { low[$0] <= element[$0] && element[$0] <= high[$0] }
  }

  /// Even between two finite bounds, normal around 0 where a bound is infinite.
  public func sample(using random: inout PCG64) -> [Float] {
    low.indices.map { i in
      low[i].isFinite && high[i].isFinite
        ? Float(random.uniform(Double(low[i]), Double(high[i]))) : Float(random.normal())
    }
  }

  public var description: String { "Box(low: \(low), high: \(high))" }
}
