import Tensors

extension Operations {
  static let elementwise: [String: Function] = [
    "exp": unary { x, _ in exp(x) },
    "log": unary { x, _ in log(x) },
    "sqrt": unary { x, _ in sqrt(x) },
    "tanh": unary { x, _ in tanh(x) },
    "sin": unary { x, _ in sin(x) },
    "cos": unary { x, _ in cos(x) },
    "abs": unary { x, _ in abs(x) },
    "negate": unary { x, _ in -x },
    "square": unary { x, _ in square(x) },
    "pow": unary { x, a in pow(x, a["exponent"].float ?? 2) },
    "clamp": unary { x, a in
      clamp(x, minimum: a["minimum"].float ?? -.infinity, maximum: a["maximum"].float ?? .infinity)
    },
    "sigmoid": unary { x, _ in sigmoid(x) },
    "relu": unary { x, _ in relu(x) },
    "leakyReLU": unary { x, a in leakyReLU(x, negativeSlope: a["negativeSlope"].float ?? 0.01) },
    "softplus": unary { x, _ in softplus(x) },
    "logSigmoid": unary { x, _ in logSigmoid(x) },
    "gelu": unary { x, a in gelu(x, approximate: a["approximate"].string == "tanh" ? .tanh : .none) },
    "silu": unary { x, _ in silu(x) },
    "elu": unary { x, a in elu(x, alpha: a["alpha"].float ?? 1) },
    "add": binary(+),
    "subtract": binary(-),
    "multiply": binary(*),
    "divide": binary(/),
    "maximum": binary { maximum($0, $1) },
    "minimum": binary { minimum($0, $1) },
  ]

  static let reductions: [String: Function] = [
    "sum": reduction(all: { $0.sum() }, along: { $0.sum(axes: $1, keepingDimensions: $2) }),
    "mean": reduction(all: { $0.mean() }, along: { $0.mean(axes: $1, keepingDimensions: $2) }),
    "max": reduction(all: { $0.max() }, along: { $0.max(axis: $1[0], keepingDimensions: $2) }),
    "min": reduction(all: { $0.min() }, along: { $0.min(axis: $1[0], keepingDimensions: $2) }),
    "argmax": unary { x, a in a["axis"].int.map { x.argmax(axis: $0) } ?? Tensor(x.argmax()) },
    "argmin": unary { x, a in a["axis"].int.map { x.argmin(axis: $0) } ?? Tensor(x.argmin()) },
    "variance": unary { x, a in x.variance(axis: a["axis"].int, unbiased: a["unbiased"].bool ?? true) },
    "standardDeviation": unary { x, a in
      x.standardDeviation(axis: a["axis"].int, unbiased: a["unbiased"].bool ?? true)
    },
    "softmax": unary { x, a in softmax(x, axis: a["axis"].int ?? -1) },
    "logSoftmax": unary { x, a in logSoftmax(x, axis: a["axis"].int ?? -1) },
    "logSumExp": unary { x, a in logSumExp(x, axis: a["axis"].int ?? -1) },
    "cumulativeSum": unary { x, a in x.cumulativeSum(axis: a["axis"].int ?? -1) },
    "norm": unary { x, a in x.norm(a["p"].float ?? 2, axis: a["axis"].int) },
  ]

  private static func reduction(
    all: @escaping @Sendable (Tensor) -> Tensor, along: @escaping @Sendable (Tensor, [Int], Bool) -> Tensor
  ) -> Function {
    unary { x, a in
      guard let axes = a["axes"].ints ?? a["axis"].sizes else { return all(x) }
      return along(x, axes, a["keepingDimensions"].bool ?? false)
    }
  }
}
