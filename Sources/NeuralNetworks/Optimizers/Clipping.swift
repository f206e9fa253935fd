import Tensors

/// The length of all gradients together: √Σ g².
public func gradientNorm(_ parameters: [Parameter]) -> Float {
  Float(
    parameters.reduce(0.0) { total, parameter in
      guard let gradient = parameter.gradient else { return total }
      let norm = noGradient { gradient.norm().item }
      return total + Double(norm) * Double(norm)
    }.squareRoot())
}

/// Shortens all gradients together to a length of at most `maximum`, and returns the length they had: as
/// `clip_grad_norm_`, by the factor maximum / (length + 10⁻⁶).
///
///     clipGradientNorm(model.parameters, maximum: 1)
@discardableResult
public func clipGradientNorm(_ parameters: [Parameter], maximum: Float) -> Float {
  let norm = gradientNorm(parameters)
  let factor = min(1, maximum / (norm + 1e-6))
  if factor < 1 {
    for parameter in parameters { parameter.gradient = parameter.gradient.map { $0.scaled(by: factor) } }
  }
  return norm
}

/// Cuts each number of the gradients off at ±maximum.
public func clipGradientValue(_ parameters: [Parameter], maximum: Float) {
  for parameter in parameters {
    parameter.gradient = parameter.gradient.map { clamp($0, minimum: -maximum, maximum: maximum) }
  }
}
