import Tensors

/// How many pixels in a row one output pixel sees after layers of windows, the first layer first:
/// r ← r + (kernel − 1) · jump, jump ← jump · stride.
///
///     receptiveField([(kernelSize: 3, stride: 1), (kernelSize: 2, stride: 2), (kernelSize: 3, stride: 1)])   // 8
public func receptiveField(_ layers: [(kernelSize: Int, stride: Int)]) -> Int {
  var (field, jump) = (1, 1)
  for layer in layers {
    field += (layer.kernelSize - 1) * jump
    jump *= layer.stride
  }
  return field
}

/// Well-known filters [3, 3]; `conv2d(image, Filters.sobelX.reshape(1, 1, 3, 3), padding: 1)` shows what each
/// does.
public enum Filters {
  /// Leaves the picture as it is.
  public static let identity: Tensor = [[0, 0, 0], [0, 1, 0], [0, 0, 0]]
  /// The mean of nine pixels.
  public static let blur: Tensor = Tensor.full([3, 3], 1.0 / 9)
  /// A mean in which near pixels count more.
  public static let gaussian: Tensor = Tensor([[1, 2, 1], [2, 4, 2], [1, 2, 1]]) / 16
  /// Makes edges stand out.
  public static let sharpen: Tensor = [[0, -1, 0], [-1, 5, -1], [0, -1, 0]]
  /// Where brightness grows to the right: vertical edges.
  public static let sobelX: Tensor = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
  /// Where brightness grows downwards: horizontal edges.
  public static let sobelY: Tensor = [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]
  /// All edges.
  public static let laplacian: Tensor = [[0, 1, 0], [1, -4, 1], [0, 1, 0]]
  /// As if lit from the upper left.
  public static let emboss: Tensor = [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]]

  /// All of them with their names.
  public static let all: [(name: String, filter: Tensor)] = [
    ("identity", identity), ("blur", blur), ("gaussian", gaussian), ("sharpen", sharpen), ("sobelX", sobelX),
    ("sobelY", sobelY), ("laplacian", laplacian), ("emboss", emboss),
  ]
}
