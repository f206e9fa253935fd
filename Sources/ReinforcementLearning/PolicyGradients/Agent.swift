import NeuralNetworks
import Tensors

/// A network that acts, and how it came to: what the algorithms of this folder give back.
///
///     let agent = PPO().train(CartPole(), steps: 100_000, seed: 0)
///     agent.evaluate(CartPole(), episodes: 100, seed: 1).mean
///     agent.learningCurve
public final class Agent {
  /// Observations [N, n] → a number for each action: the logits of π(a | s), or q(s, a).
  public let network: any Module
  /// Observations [N, n] → v(s) [N, 1], where the algorithm learns one.
  public let critic: (any Module)?
  /// The sum of rewards of each training episode that ended.
  public internal(set) var returns: [Double] = []
  /// The number of environment steps made until each of them ended.
  public internal(set) var stepsAtEnd: [Int] = []
  /// The number of environment steps of training.
  public internal(set) var steps = 0
  /// The wall time of training, in seconds.
  public internal(set) var seconds = 0.0

  init(network: any Module, critic: (any Module)? = nil) {
    self.network = network
    self.critic = critic
  }

  /// The best action for an observation.
  public func action(for observation: [Float]) -> Int {
    noGradient { network.forward(Tensor(observation, shape: [1, observation.count])).argmax() }
  }

  /// π(· | s) for an observation, the network's outputs taken as logits.
  public func probabilities(for observation: [Float]) -> [Float] {
    noGradient { softmax(network.forward(Tensor(observation, shape: [1, observation.count]))).scalars }
  }

  /// v(s), 0 without a critic.
  public func value(of observation: [Float]) -> Float {
    guard let critic else { return 0 }
    return noGradient { critic.forward(Tensor(observation, shape: [1, observation.count])).item }
  }

  /// The sums of rewards of whole episodes in which the best action is always taken.
  public func evaluate(_ environment: any ControlEnvironment, episodes: Int = 100, seed: Int? = nil)
    -> Returns
  {
    var workers = Workers(environment, count: min(episodes, 50), seed: seed ?? seedFromLibrary())
    // Each copy plays its share, so that long episodes count as much as short ones.
    var left = (0..<workers.count).map { episodes / workers.count + ($0 < episodes % workers.count ? 1 : 0) }
    var totals: [Double] = []
    while totals.count < episodes {
      let scores = noGradient { network.forward(workers.observationTensor) }
      let actions = scores.argmax(axis: 1).integers
      let steps = workers.step(actions)
      for (i, step) in steps.enumerated() where step.isOver && left[i] > 0 {
        left[i] -= 1
        totals.append(workers.finished[i])
      }
    }
    return Returns(totals)
  }

  /// The mean of the last training episodes' sums of rewards.
  public func recentReturn(_ episodes: Int = 20) -> Double {
    let last = returns.suffix(episodes)
    return last.isEmpty ? -.infinity : last.reduce(0, +) / Double(last.count)
  }
}

/// When training may end early: a policy is good enough when its last training episodes are, and then 100 whole
/// episodes of always the best action.
struct Goal {
  let environment: any ControlEnvironment
  let target: Double?
  private var seed: Int
  private var episodesAtLastTry = 0

  init(_ environment: any ControlEnvironment, _ target: Double?, seed: Int) {
    self.environment = environment
    self.target = target
    self.seed = seed &* 7919 &+ 104_729
  }

  /// - Parameter nearness: the share of the target that training episodes must have come to.
  mutating func isReached(by agent: Agent, nearness: Double = 0.95) -> Bool {
    guard let target, agent.returns.count >= 10, agent.returns.count >= episodesAtLastTry + 5 else {
      return false
    }
    let needed = target - (1 - nearness) * abs(target)
    if agent.recentReturn(10) < needed { return false }
    episodesAtLastTry = agent.returns.count
    seed &+= 1
    if agent.evaluate(environment, episodes: 20, seed: seed).mean < target { return false }
    return agent.evaluate(environment, episodes: 100, seed: seed &+ 500_000).mean >= target
  }
}

/// Copies of an environment that are stepped together and start again by themselves.
struct Workers {
  /// What one copy answered.
  struct Answer {
    var reward: Float
    var terminated: Bool
    /// The last observation of an episode that the time limit cut off.
    var cutOff: [Float]?
    var isOver: Bool { terminated || cutOff != nil }
  }

  private var environments: [any ControlEnvironment]
  let size: Int
  /// The present observations, one after the other.
  private(set) var observations: [Float]
  private var totals: [Double]
  /// The sum of rewards of the episode that each copy finished last.
  private(set) var finished: [Double]

  var count: Int { environments.count }
  var observationTensor: Tensor { Tensor(observations, shape: [count, size]) }

  init(_ environment: any ControlEnvironment, count: Int, seed: Int) {
    environments = Array(repeating: environment, count: count)
    size = environment.observationSize
    observations = []
    for i in 0..<count { observations += environments[i].reset(seed: seed &+ i) }
    totals = [Double](repeating: 0, count: count)
    finished = totals
  }

  mutating func step(_ actions: [Int]) -> [Answer] {
    actions.enumerated().map { i, action in
      let step = environments[i].step(action)
      totals[i] += step.reward
      var next = step.observation
      if step.isOver {
        finished[i] = totals[i]
        totals[i] = 0
        next = environments[i].reset(seed: nil)
      }
      for j in 0..<size { observations[i * size + j] = next[j] }
      return Answer(
        reward: Float(step.reward), terminated: step.terminated,
        cutOff: step.truncated && !step.terminated ? step.observation : nil)
    }
  }
}

extension Agent {
  /// Notes what the copies answered.
  func note(_ answers: [Workers.Answer], _ workers: Workers) {
    steps += answers.count
    for (i, answer) in answers.enumerated() where answer.isOver {
      returns.append(workers.finished[i])
      stepsAtEnd.append(steps)
    }
  }

  /// Runs training with random numbers of its own, and notes the time it took.
  static func training(seed: Int, _ body: () -> Agent) -> Agent {
    let clock = ContinuousClock()
    var agent: Agent?
    let time = clock.measure { agent = withSeed(seed, body) }
    agent!.seconds = Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
    return agent!
  }
}

/// The network that is taken where none is given: two hidden layers with tanh.
func defaultNetwork(_ environment: any ControlEnvironment, hidden: [Int], outputs: Int) -> any Module {
  MLP(widths: [environment.observationSize] + hidden + [outputs], activation: { tanh($0) })
}

extension PCG64 {
  /// An action for each row of logits, drawn from their softmax.
  mutating func actions(_ logits: Tensor) -> [Int] {
    let (rows, columns) = (logits.shape[0], logits.shape[1])
    let x = logits.pointer
    return (0..<rows).map { i in
      let row = x + i * columns
      var best = row[0]
      for a in 1..<max(columns, 1) where row[a] > best { best = row[a] }
      var sum = 0.0
      for a in 0..<columns { sum += naturalExponential(Double(row[a] - best)) }
      var left = uniform() * sum
      for a in 0..<columns {
        left -= naturalExponential(Double(row[a] - best))
        if left < 0 { return a }
      }
      return columns - 1
    }
  }
}
