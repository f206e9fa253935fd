import NeuralNetworks
import Tensors

/// What actor–critic and PPO have in common: an actor and a critic that learn from rollouts, some steps of several
/// copies of the world at a time. They differ in what the actor goes down, and in how often a rollout is used.
protocol ActorAndCritic: Sendable {
  var discount: Double { get }
  /// λ of the advantage estimates.
  var lambda: Double { get }
  var learningRate: Float { get }
  /// Copies of the world, and the steps of each for one rollout.
  var environments: Int { get }
  var stepsPerUpdate: Int { get }
  /// Passes over a rollout, and the steps of it that are learnt from at once.
  var epochs: Int { get }
  var batchSize: Int { get }
  var entropyBonus: Float { get }
  var valueWeight: Float { get }
  var gradientLimit: Float { get }
  var hidden: [Int] { get }
  /// Whether the size of changes sinks to zero over the training steps.
  var anneals: Bool { get }
  var target: Double? { get }

  /// What the actor goes down.
  /// - Parameters:
  ///   - chosen: ln π(a | s) of the actions that were taken, [n].
  ///   - old: the same at the time when they were taken.
  ///   - advantages: with mean 0 and deviation 1.
  ///   - left: the share of training that is left, 1 where nothing anneals.
  func actorLoss(chosen: Tensor, old: Tensor, advantages: Tensor, left: Float) -> Tensor
}

extension ActorAndCritic {
  func agent(
    _ environment: any ControlEnvironment, policy: (any Module)?, critic: (any Module)?, steps: Int,
    seed: Int?
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
        let rollout = Rollout(
          agent, &workers, length: stepsPerUpdate, discount: discount, lambda: lambda, random: &random)
        for _ in 0..<epochs {
          for rows in batches(rollout.count, &random) {
            optimizer.descend(loss(agent, rollout, rows, left), limit: gradientLimit)
          }
        }
        if goal.isReached(by: agent) { break }
      }
      return agent
    }
  }

  /// The steps of a rollout in random order, cut into batches; as they are where one batch takes them all.
  private func batches(_ count: Int, _ random: inout PCG64) -> [[Int]] {
    if batchSize >= count { return [Array(0..<count)] }
    let order = (0..<count).shuffled(using: &random)
    return stride(from: 0, to: count, by: batchSize).map { Array(order[$0..<min($0 + batchSize, count)]) }
  }

  private func loss(_ agent: Agent, _ rollout: Rollout, _ rows: [Int], _ left: Float) -> Tensor {
    func column(_ values: [Float]) -> Tensor { Tensor(values, shape: [rows.count]) }
    let size = rollout.observations.count / rollout.count
    let x = Tensor(rollout.observations, shape: [rollout.count, size]).select(rows: rows)
    let logits = agent.network.forward(x)
    let values = agent.critic!.forward(x).squeeze(axis: 1)
    let actor = actorLoss(
      chosen: logProbabilities(logits, of: rows.map { rollout.actions[$0] }),
      old: column(rows.map { rollout.logProbabilities[$0] }),
      advantages: column(normalized(rows.map { rollout.advantages[$0] })), left: left)
    let critic = meanSquaredError(values, column(rows.map { rollout.targets[$0] }))
    let loss = actor + valueWeight * critic
    return entropyBonus == 0 ? loss : loss - entropyBonus * entropy(logits)
  }
}
