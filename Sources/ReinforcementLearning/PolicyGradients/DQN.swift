import NeuralNetworks
import Tensors

/// Deep Q-learning (Mnih et al. 2015): a network for q(s, a), learnt from steps drawn at random from a memory, towards
/// targets from an older copy of itself. With `isDouble` the newer one chooses the action that the older one values.
///
///     let agent = DQN().train(CartPole(), steps: 60_000, seed: 0)
public struct DQN: Sendable {
  /// γ; 0.99 by default.
  public var discount = 0.99
  /// Of Adam; 0.001 by default.
  public var learningRate: Float = 0.001
  /// Steps drawn from the memory for one update; 64 by default.
  public var batchSize = 64
  /// How many steps the memory holds.
  public var capacity = 50_000
  /// Steps made at random before learning begins.
  public var learningStarts = 1000
  /// Environment steps between two rounds of learning; the target network is copied anew before each round.
  public var stepsPerRound = 256
  /// Updates in a round.
  public var updatesPerRound = 128
  /// ε at first, at last, and the share of all steps in which it sinks.
  public var exploration = (first: 1.0, last: 0.04, share: 0.16)
  /// Whether the two networks share choosing and valuing (van Hasselt et al. 2016).
  public var isDouble = true
  /// Longer gradients are shortened to this; 10 by default.
  public var gradientLimit: Float = 10
  /// The widths of the hidden layers; [128, 128] by default.
  public var hidden = [128, 128]
  /// Whether the learning rate sinks to a tenth over the training steps.
  public var annealsLearningRate = true
  /// The mean return at which training ends, `nil` for never.
  public var target: Double? = 475

  /// Settings with some changed: `DQN { $0.discount = … }`.
  public init(_ configure: (inout DQN) -> Void = { _ in }) { configure(&self) }

  /// - Parameter steps: at most so many environment steps.
  public func train(_ environment: any ControlEnvironment, steps: Int = 100_000, seed: Int? = nil) -> Agent {
    orStop { () throws(Mistake) in try checkDiscount(discount) }
    let seed = seed ?? seedFromLibrary()
    return Agent.training(seed: seed) {
      let widths = [environment.observationSize] + hidden + [environment.actionCount]
      let online = MLP(widths: widths)
      let older = MLP(widths: widths)
      older.copyParameters(from: online)
      let agent = Agent(network: online)
      let optimizer = Adam(online.parameters, learningRate: learningRate)
      var random = PCG64(seed: seed)
      var memory = ReplayMemory(capacity: capacity, size: environment.observationSize)
      var workers = Workers(environment, count: 1, seed: random.integer(below: 1 << 31))
      var goal = Goal(environment, target, seed: seed)
      while agent.steps < steps {
        let seen = workers.observations
        let progress = min(Double(agent.steps) / (exploration.share * Double(steps)), 1)
        let epsilon = exploration.first + (exploration.last - exploration.first) * progress
        let action =
          agent.steps < learningStarts || random.uniform() < epsilon
          ? random.integer(below: environment.actionCount) : agent.action(for: seen)
        let answer = workers.step([action], noting: agent)[0]
        memory.append(
          seen, action, answer.reward, next: answer.cutOff ?? workers.observations, isEnd: answer.terminated)
        if answer.isOver && goal.isReached(by: agent, nearness: 0.4) { break }
        if agent.steps < learningStarts || agent.steps % stepsPerRound != 0 { continue }
        if annealsLearningRate {
          optimizer.learningRate = learningRate * Float(1 - 0.9 * Double(agent.steps) / Double(steps))
        }
        older.copyParameters(from: online)
        for _ in 0..<updatesPerRound {
          optimizer.descend(loss(memory, online, older, &random), limit: gradientLimit)
        }
      }
      return agent
    }
  }

  private func loss(_ memory: ReplayMemory, _ online: MLP, _ older: MLP, _ random: inout PCG64) -> Tensor {
    let batch = memory.sample(batchSize, using: &random)
    let targets = noGradient {
      let valued = older.forward(batch.next)
      let best =
        isDouble
        ? valued.gather(online.forward(batch.next).argmax(axis: 1).unsqueeze(axis: 1), axis: 1).squeeze(
          axis: 1)
        : valued.max(axis: 1)
      return batch.rewards + Float(discount) * batch.goesOn * best
    }
    let chosen = logProbabilities(online.forward(batch.observations), chosen: batch.actions)
    return huber(chosen, targets)
  }
}

/// The last steps that an agent made, to be drawn from at random.
struct ReplayMemory {
  private let capacity: Int, size: Int
  private var observations: [Float], next: [Float], actions: [Int], rewards: [Float], goesOn: [Float]
  private(set) var count = 0
  private var place = 0

  init(capacity: Int, size: Int) {
    self.capacity = capacity
    self.size = size
    observations = [Float](repeating: 0, count: capacity * size)
    next = observations
    actions = [Int](repeating: 0, count: capacity)
    rewards = [Float](repeating: 0, count: capacity)
    goesOn = rewards
  }

  mutating func append(_ seen: [Float], _ action: Int, _ reward: Float, next after: [Float], isEnd: Bool) {
    for j in 0..<size {
      observations[place * size + j] = seen[j]
      next[place * size + j] = after[j]
    }
    (actions[place], rewards[place], goesOn[place]) = (action, reward, isEnd ? 0 : 1)
    place = (place + 1) % capacity
    count = min(count + 1, capacity)
  }

  func sample(
    _ n: Int, using random: inout PCG64
  ) -> (observations: Tensor, actions: [Int], rewards: Tensor, next: Tensor, goesOn: Tensor) {
    let rows = (0..<n).map { _ in random.integer(below: count) }
    func matrix(_ all: [Float]) -> Tensor {
      Tensor(shape: [n, size]) { y in
        for (i, row) in rows.enumerated() { for j in 0..<size { y[i * size + j] = all[row * size + j] } }
      }
    }
    return (
      matrix(observations), rows.map { actions[$0] }, Tensor(rows.map { rewards[$0] }, shape: [n]),
      matrix(next),
      Tensor(rows.map { goesOn[$0] }, shape: [n])
    )
  }
}

extension Module {
  /// Takes over the values of another module of the same make.
  func copyParameters(from other: some Module) {
    for (mine, theirs) in zip(parameters, other.parameters) { mine.value = theirs.value.detached }
  }
}
