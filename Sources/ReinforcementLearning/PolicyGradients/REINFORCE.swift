import NeuralNetworks
import Tensors

/// REINFORCE (Williams 1992; Sutton & Barto §13.3–13.4): play whole episodes, then make each action likelier by the
/// return that followed it, less what was to be expected there.
///
///     let agent = REINFORCE().train(CartPole(), steps: 200_000, seed: 0)
///     var plain = REINFORCE { $0.hasBaseline = false }
public struct REINFORCE: Sendable {
  /// Whether a second network learns v(s) as a baseline.
  public var hasBaseline = true
  /// γ; 0.99 by default.
  public var discount = 0.99
  /// Of Adam; 0.005 by default.
  public var learningRate: Float = 0.005
  /// Of the baseline's Adam; 0.01 by default.
  public var baselineLearningRate: Float = 0.01
  /// How many episodes are played, side by side, for one update.
  public var episodesPerUpdate = 8
  /// Whether the returns of an update are brought to mean 0 and deviation 1.
  public var normalizesReturns = true
  /// How much the entropy of the policy counts beside the return.
  public var entropyBonus: Float = 0.01
  /// The widths of the hidden layers; [64] by default.
  public var hidden = [64]
  /// The mean return at which training ends, `nil` for never.
  public var target: Double? = 475

  /// Settings with some changed: `REINFORCE { $0.discount = … }`.
  public init(_ configure: (inout REINFORCE) -> Void = { _ in }) { configure(&self) }

  /// - Parameters:
  ///   - policy: observations [N, n] → logits [N, actions]; one hidden layer of 64 by default.
  ///   - steps: at most so many environment steps.
  public func train(
    _ environment: any ControlEnvironment, policy: (any Module)? = nil, steps: Int = 400_000, seed: Int? = nil
  ) -> Agent {
    orStop { () throws(Mistake) in try checkDiscount(discount) }
    let seed = seed ?? seedFromLibrary()
    return Agent.training(seed: seed) {
      let policy = policy ?? defaultNetwork(environment, hidden: hidden, outputs: environment.actionCount)
      let baseline = hasBaseline ? defaultNetwork(environment, hidden: hidden, outputs: 1) : nil
      let agent = Agent(network: policy, critic: baseline)
      let optimizer = Adam(policy.parameters, learningRate: learningRate)
      let baselineOptimizer = baseline.map { Adam($0.parameters, learningRate: baselineLearningRate) }
      var random = PCG64(seed: seed)
      var goal = Goal(environment, target, seed: seed)
      while agent.steps < steps {
        let batch = play(environment, agent, &random)
        update(batch, agent, optimizer, baselineOptimizer)
        if goal.isReached(by: agent) { break }
      }
      return agent
    }
  }

  private struct Batch {
    var observations: [Float] = [], actions: [Int] = [], returns: [Float] = []
  }

  /// Whole episodes of the present policy, side by side.
  private func play(_ environment: any ControlEnvironment, _ agent: Agent, _ random: inout PCG64) -> Batch {
    var worlds = [any ControlEnvironment](repeating: environment, count: episodesPerUpdate)
    let size = environment.observationSize
    var seen = worlds.indices.map { worlds[$0].reset(seed: random.integer(below: 1 << 31)) }
    var observations = [[Float]](repeating: [], count: worlds.count)
    var actions = [[Int]](repeating: [], count: worlds.count)
    var rewards = [[Double]](repeating: [], count: worlds.count)
    var playing = Array(worlds.indices)
    while !playing.isEmpty {
      let logits = noGradient {
        agent.network.forward(Tensor(playing.flatMap { seen[$0] }, shape: [playing.count, size]))
      }
      let chosen = random.actions(logits)
      agent.steps += playing.count
      var ended: Set<Int> = []
      for (place, i) in playing.enumerated() {
        let step = worlds[i].step(chosen[place])
        observations[i] += seen[i]
        actions[i].append(chosen[place])
        rewards[i].append(step.reward)
        seen[i] = step.observation
        if step.isOver {
          ended.insert(i)
          agent.returns.append(rewards[i].reduce(0, +))
          agent.stepsAtEnd.append(agent.steps)
        }
      }
      if !ended.isEmpty { playing.removeAll { ended.contains($0) } }
    }
    return Batch(
      observations: observations.flatMap { $0 }, actions: actions.flatMap { $0 },
      returns: rewards.flatMap { discountedReturns($0, discount: discount).map { Float($0) } })
  }

  private func update(_ batch: Batch, _ agent: Agent, _ optimizer: Adam, _ baselineOptimizer: Adam?) {
    let count = batch.actions.count
    let x = Tensor(batch.observations, shape: [count, batch.observations.count / count])
    var weights = batch.returns
    if let baseline = agent.critic, let baselineOptimizer {
      // The baseline learns the returns as a share of the longest possible, so that its outputs stay small.
      let scale = Float(1 / max(1 - discount, 1e-3))
      let values = baseline.forward(x).squeeze(axis: 1)
      weights = zip(batch.returns, values.scalars).map { $0 - $1 * scale }
      baselineOptimizer.descend(
        meanSquaredError(values, Tensor(batch.returns.map { $0 / scale }, shape: [count])))
    }
    if normalizesReturns { weights = normalized(weights) }
    let logits = agent.network.forward(x)
    var loss = policyGradientLoss(logits, actions: batch.actions, returns: weights)
    if entropyBonus != 0 { loss = loss - entropyBonus * entropy(logits) }
    optimizer.descend(loss)
  }
}
