import NeuralNetworks
import Tensors

/// ln π(a | s) of the actions that were taken: logits [N, actions] and N actions → [N].
public func logProbabilities(_ logits: Tensor, of actions: [Int]) -> Tensor {
  logProbabilities(logSoftmax(logits), chosen: actions)
}

/// The entries of log-probabilities [N, actions] at the actions → [N].
func logProbabilities(_ all: Tensor, chosen actions: [Int]) -> Tensor {
  require(
    all.rank == 2 && all.shape[0] == actions.count,
    .shape(
      "logProbabilities", found: actions.count, expected: all.rank == 2 ? all.shape[0] : 0, what: "actions"))
  return all.gather(Tensor(actions.map { Float($0) }, shape: [actions.count, 1]), axis: 1).squeeze(axis: 1)
}

/// What REINFORCE goes down (Williams 1992): −1/N Σ Gᵢ ln π(aᵢ | sᵢ), whose gradient is minus the policy gradient.
///
///     let logits = Tensor([[0, 0]], requiresGradient: true)
///     policyGradientLoss(logits, actions: [1], returns: [2]).backward()
///     logits.gradient   // [[1, −1]]
public func policyGradientLoss(_ logits: Tensor, actions: [Int], returns: [Float]) -> Tensor {
  -(logProbabilities(logits, of: actions) * Tensor(returns, shape: [returns.count])).mean()
}

/// PPO's clipped objective (Schulman et al. 2017, equation 7), to be made large: min(ρ A, clip(ρ, 1 − ε, 1 + ε) A) for
/// each ratio ρ = π(a|s) / π_old(a|s).
///
///     clippedObjective(ratio: [1.5, 1.5], advantage: [1, -1], clip: 0.2)   // [1.2, −1.5]
public func clippedObjective(ratio: Tensor, advantage: Tensor, clip: Float = 0.2) -> Tensor {
  minimum(ratio * advantage, clamp(ratio, minimum: 1 - clip, maximum: 1 + clip) * advantage)
}

/// −Σ π ln π, the mean over the rows of logits [N, actions].
public func entropy(_ logits: Tensor) -> Tensor {
  let logs = logSoftmax(logits)
  return -(exp(logs) * logs).sum(axis: 1).mean()
}

/// Generalised advantage estimates (Schulman et al. 2016): Aₜ = δₜ + γ λ Aₜ₊₁, δₜ = rₜ + γ v(sₜ₊₁) − v(sₜ). λ = 0 is the
/// temporal difference, λ = 1 the return less the value.
///
/// - Parameters:
///   - values: v(s₀) … v(sₜ), one for each reward, then the value after the last one: 0 where the episode ended.
public func generalizedAdvantages(
  rewards: [Double], values: [Double], discount: Double = 0.99, lambda: Double = 0.95
) -> [Double] {
  require(
    values.count == rewards.count + 1,
    .shape("generalizedAdvantages", found: values.count, expected: rewards.count + 1, what: "values"))
  var advantages = [Double](repeating: 0, count: rewards.count)
  var next = 0.0
  for t in rewards.indices.reversed() {
    next = rewards[t] + discount * values[t + 1] - values[t] + discount * lambda * next
    advantages[t] = next
  }
  return advantages
}

/// The numbers with mean 0 and standard deviation 1.
func normalized(_ values: [Float]) -> [Float] {
  let mean = values.reduce(0, +) / Float(max(values.count, 1))
  let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(max(values.count - 1, 1))
  let scale = 1 / (variance.squareRoot() + 1e-8)
  return values.map { ($0 - mean) * scale }
}

extension Optimizer {
  /// One step down a loss; gradients longer than `limit` all together are shortened to it.
  func descend(_ loss: Tensor, limit: Float = .infinity) {
    zeroGradients()
    loss.backward()
    if limit < .infinity { clipGradientNorm(parameters, maximum: limit) }
    step()
  }
}
