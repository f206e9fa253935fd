import ReinforcementLearning
import Testing

/// CartPole-v1 is solved, a mean return of at least 475 over 100 episodes, by each algorithm on at least four of five
/// seeds. One algorithm after the other: the wall time is printed.
@Suite(.serialized) struct CartPoleTests {
  @Test func reinforceWithBaseline() { solve("REINFORCE") { REINFORCE().train(CartPole(), seed: $0) } }
  @Test func actorCritic() { solve("actor–critic") { ActorCritic().train(CartPole(), seed: $0) } }
  @Test func ppo() { solve("PPO") { PPO().train(CartPole(), seed: $0) } }
  @Test func dqn() { solve("DQN") { DQN().train(CartPole(), seed: $0) } }

  private func solve(_ name: String, _ train: (Int) -> Agent) {
    var solved = 0
    for seed in 0..<5 {
      let agent = train(seed)
      let score = agent.evaluate(CartPole(), episodes: 100, seed: 10_000 + seed)
      if score.mean >= 475 { solved += 1 }
      print("\(name), seed \(seed): \(score), \(agent)")
    }
    #expect(solved >= 4, "\(name) solved CartPole on \(solved) of 5 seeds")
  }
}
