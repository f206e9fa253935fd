import NeuralNetworks
import Tensors

/// Proximal policy optimisation (Schulman et al. 2017): several passes over the same steps, the policy's change held
/// back by clipping its ratio to the policy that made them. The defaults solve CartPole in some 50,000 steps.
///
///     let agent = PPO().train(CartPole(), steps: 100_000, seed: 0)
public struct PPO: Sendable {
  public var discount = 0.98
  /// λ of the advantage estimates.
  public var lambda = 0.8
  public var learningRate: Float = 0.001
  /// ε: the ratio counts from 1 − ε to 1 + ε.
  public var clip: Float = 0.2
  /// Copies of the world that are stepped together.
  public var environments = 8
  /// Steps of each copy for one update.
  public var stepsPerUpdate = 32
  /// Passes over the steps of an update.
  public var epochs = 10
  public var batchSize = 256
  public var entropyBonus: Float = 0
  public var valueWeight: Float = 0.5
  /// Longer gradients are shortened to this.
  public var gradientLimit: Float = 0.5
  public var hidden = [64, 64]
  /// Whether the learning rate and ε sink to zero over the training steps.
  public var anneals = true
  /// The mean return at which training ends, `nil` for never.
  public var target: Double? = 475

  public init(_ configure: (inout PPO) -> Void = { _ in }) { configure(&self) }

  /// - Parameters:
  ///   - policy: observations [N, n] → logits [N, actions].
  ///   - critic: observations [N, n] → values [N, 1].
  ///   - steps: at most so many environment steps.
  public func train(
    _ environment: any ControlEnvironment, policy: (any Module)? = nil, critic: (any Module)? = nil,
    steps: Int = 200_000, seed: Int? = nil
  ) -> Agent {
    orStop { () throws(Mistake) in try checkDiscount(discount) }
    let seed = seed ?? seedFromLibrary()
    return Agent.training(seed: seed) {
      let agent = Agent(
        network: policy ?? defaultNetwork(environment, hidden: hidden, outputs: environment.actionCount),
        critic: critic ?? defaultNetwork(environment, hidden: hidden, outputs: 1))
      let optimizer = Adam(agent.network.parameters + agent.critic!.parameters, learningRate: learningRate)
      var random = PCG64(seed: seed)
      var workers = Workers(environment, count: environments, seed: random.integer(below: 1 << 31))
      var goal = Goal(environment, target, seed: seed)
      while agent.steps < steps {
        let left = anneals ? Float(1 - Double(agent.steps) / Double(steps)) : 1
        optimizer.learningRate = learningRate * left
        let batch = Rollout(
          agent, &workers, length: stepsPerUpdate, discount: discount, lambda: lambda, random: &random)
        for _ in 0..<epochs {
          let order = (0..<batch.count).shuffled(using: &random)
          for start in stride(from: 0, to: batch.count, by: batchSize) {
            let rows = Array(order[start..<min(start + batchSize, batch.count)])
            optimizer.descend(
              loss(agent, batch, rows, size: workers.size, clip: clip * left), limit: gradientLimit)
          }
        }
        if goal.isReached(by: agent) { break }
      }
      return agent
    }
  }

  private func loss(_ agent: Agent, _ batch: Rollout, _ rows: [Int], size: Int, clip: Float) -> Tensor {
    let x = Tensor(batch.observations, shape: [batch.count, size]).select(rows: rows)
    let advantages = Tensor(normalized(rows.map { batch.advantages[$0] }), shape: [rows.count])
    let old = Tensor(rows.map { batch.logProbabilities[$0] }, shape: [rows.count])
    let logits = agent.network.forward(x)
    let ratio = exp(logProbabilities(logits, of: rows.map { batch.actions[$0] }) - old)
    let actorLoss = -clippedObjective(ratio: ratio, advantage: advantages, clip: clip).mean()
    let values = agent.critic!.forward(x).squeeze(axis: 1)
    let criticLoss = meanSquaredError(values, Tensor(rows.map { batch.targets[$0] }, shape: [rows.count]))
    let loss = actorLoss + valueWeight * criticLoss
    return entropyBonus == 0 ? loss : loss - entropyBonus * entropy(logits)
  }
}
