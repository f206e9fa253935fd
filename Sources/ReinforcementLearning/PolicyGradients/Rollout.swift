import NeuralNetworks
import Tensors

/// Some steps of several copies of an environment, with what the critic expected: what actor–critic and PPO learn from.
/// Step t of copy i is at t · copies + i.
struct Rollout {
  var observations: [Float] = [], actions: [Int] = [], advantages: [Float] = [], targets: [Float] = []
  var logProbabilities: [Float] = []
  var count: Int { actions.count }

  /// Plays `length` steps with the agent's policy and estimates the advantages (GAE).
  init(
    _ agent: Agent, _ workers: inout Workers, length: Int, discount: Double, lambda: Double,
    random: inout PCG64
  ) {
    let copies = workers.count
    var rewards: [Float] = []
    var values: [Float] = []
    var ends: [Bool] = []
    for _ in 0..<length {
      let x = workers.observationTensor
      let (logits, value) = noGradient { (agent.network.forward(x), agent.critic!.forward(x)) }
      let chosen = random.actions(logits)
      observations += workers.observations
      actions += chosen
      values += value.scalars
      logProbabilities += noGradient { ReinforcementLearning.logProbabilities(logits, of: chosen) }.scalars
      for answer in workers.step(chosen, noting: agent) {
        var reward = answer.reward
        // Cut off is not the end: what would have followed is what the critic expects.
        if let last = answer.cutOff { reward += Float(discount) * agent.value(of: last) }
        rewards.append(reward)
        ends.append(answer.isOver)
      }
    }
    let after = noGradient { agent.critic!.forward(workers.observationTensor).scalars }
    advantages = [Float](repeating: 0, count: count)
    let (gamma, decay) = (Float(discount), Float(discount * lambda))
    for i in 0..<copies {
      var next: Float = 0
      for t in (0..<length).reversed() {
        let place = t * copies + i
        let following = t == length - 1 ? after[i] : values[place + copies]
        let goesOn: Float = ends[place] ? 0 : 1
        next = rewards[place] + gamma * goesOn * following - values[place] + decay * goesOn * next
        advantages[place] = next
      }
    }
    targets = zip(advantages, values).map { $0 + $1 }
  }
}

extension Workers {
  mutating func step(_ actions: [Int], noting agent: Agent) -> [Answer] {
    let answers = step(actions)
    agent.note(answers, self)
    return answers
  }
}
