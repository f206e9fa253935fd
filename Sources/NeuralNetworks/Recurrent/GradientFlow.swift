import Tensors

/// How large the gradient is at each step of a recurrence: ‖∂ Σ h_T / ∂ h_t‖ for t = 0 … T. What vanishes or explodes
/// on the way back through time is seen here.
///
///     gradientNorms(steps: 100, from: [1]) { _, h in h * 0.9 }[0]    // 2.656e-5 = .9¹⁰⁰
///     let cell = RNNCell(4, 16)
///     gradientNorms(steps: 50, from: Tensor.zeros(1, 16)) { t, h in cell(x[t], h) }
///
/// - Parameters:
///   - steps: T.
///   - start: h₀.
///   - step: h_t from t, counted from 1, and h_{t−1}.
/// - Returns: T + 1 norms, the first for h₀, the last for h_T itself.
public func gradientNorms(steps: Int, from start: Tensor, _ step: (Int, Tensor) -> Tensor) -> [Double] {
  if steps < 1 { stop("gradientNorms: \(steps) steps: there must be at least one") }
  var states = [start.requiringGradient()]
  for t in 1...steps {
    let next = step(t, states[t - 1])
    if !next.requiresGradient {
      stop("gradientNorms: step \(t) gives a tensor that does not come from the state it was given")
    }
    next.retainGradient()
    states.append(next)
  }
  states[steps].sum().backward()
  return states.map { state in Double(state.gradient?.norm().item ?? 0) }
}
