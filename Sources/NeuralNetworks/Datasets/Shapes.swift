import Tensors

/// Examples made in code.
public enum Datasets {
  /// Two half moons that reach into each other: classes 0 and 1, points [count, 2].
  public static func moons(_ count: Int = 200, noise: Float = 0.1) -> Dataset {
    points(count, classes: 2, noise: noise) { part, label in
      let angle = Float.pi * part
      return label == 0 ? (cos(angle), sin(angle)) : (1 - cos(angle), 0.5 - sin(angle))
    }
  }

  /// A ring around a disc's edge: class 0 outside, class 1 inside with `factor` of the radius.
  public static func circles(_ count: Int = 200, noise: Float = 0.05, factor: Float = 0.5) -> Dataset {
    points(count, classes: 2, noise: noise) { part, label in
      let angle = 2 * Float.pi * part
      let radius = label == 0 ? 1 : factor
      return (radius * cos(angle), radius * sin(angle))
    }
  }

  /// Arms that wind around each other, one for each class.
  public static func spiral(_ count: Int = 300, classes: Int = 3, noise: Float = 0.05, turns: Float = 0.65)
    -> Dataset
  {
    points(count, classes: classes, noise: noise) { part, label in
      let angle = 2 * Float.pi * (turns * part + Float(label) / Float(classes))
      return (part * cos(angle), part * sin(angle))
    }
  }

  /// Round clouds of points about centres that lie evenly on a circle of radius `spread`.
  public static func blobs(_ count: Int = 300, classes: Int = 3, noise: Float = 0.5, spread: Float = 3)
    -> Dataset
  {
    points(count, classes: classes, noise: noise) { _, label in
      let angle = 2 * Float.pi * Float(label) / Float(classes)
      return (spread * cos(angle), spread * sin(angle))
    }
  }

  /// Points of a curve for each class, evenly along it, moved by normal noise.
  private static func points(
    _ count: Int, classes: Int, noise: Float, _ curve: (_ part: Float, _ label: Int) -> (Float, Float)
  ) -> Dataset {
    if count < classes || classes < 1 { stop("Datasets: \(count) points are too few for \(classes) classes") }
    let labels = (0..<count).map { $0 % classes }
    let scalars = labels.enumerated().flatMap { i, label -> [Float] in
      let (x, y) = curve(Float(i / classes) / Float(Swift.max(count / classes - 1, 1)), label)
      return [x, y]
    }
    return Dataset(
      Tensor(scalars, shape: [count, 2]) + Tensor.normal([count, 2], standardDeviation: noise), labels)
  }
}
