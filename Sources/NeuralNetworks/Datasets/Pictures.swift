import Tensors

extension Datasets {
  /// A picture to try filters on, [1, 1, size, size] with values from 0 to 1: a sky that darkens upwards, a sun (a
  /// curved edge), a house with a door (straight edges both ways), a roof (slanted ones) and a striped fence (fine
  /// detail).
  public static func picture(size: Int = 48) -> Tensor {
    if size < 8 { stop("Datasets.picture: a size of \(size) is too small to show anything; take at least 8") }
    return Tensor(shape: [1, 1, size, size]) { y in
      for row in 0..<size {
        for column in 0..<size {
          // The middle of the pixel, in a square from 0 to 1.
          let (u, v) = ((Float(column) + 0.5) / Float(size), (Float(row) + 0.5) / Float(size))
          y[row * size + column] = brightness(u, v)
        }
      }
    }
  }

  private static func brightness(_ u: Float, _ v: Float) -> Float {
    let (sunX, sunY) = (u - 0.8, v - 0.2)
    if sunX * sunX + sunY * sunY < 0.0121 { return 1 }
    if (0.2..<0.6).contains(u) && (0.5..<0.88).contains(v) {
      return (0.34..<0.46).contains(u) && v > 0.66 ? 0.1 : 0.75
    }
    if v >= 0.26 && v < 0.5 && abs(u - 0.4) < v - 0.26 { return 0.3 }
    if u > 0.64 && v > 0.7 && v < 0.88 { return Int(u * 24) % 2 == 0 ? 0.95 : 0.2 }
    return v < 0.88 ? 0.4 + 0.25 * v : 0.5
  }
}
