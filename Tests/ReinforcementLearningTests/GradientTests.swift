import NeuralNetworks
import ReinforcementLearning
import Tensors
import Testing

/// Small numbers that can be checked by hand.
@Suite struct GradientTests {
  @Test func gradientOfReinforce() {
    let logits = Tensor([[0, 0]], requiresGradient: true)
    policyGradientLoss(logits, actions: [1], returns: [2]).backward()
    #expect(logits.gradient == [[1, -1]])
  }

  @Test func clipping() {
    let objective = clippedObjective(ratio: [1.5, 1.5, 0.5, 0.5], advantage: [1, -1, 1, -1], clip: 0.2)
    #expect(objective.isClose(to: [1.2, -1.5, 0.5, -0.8]))
  }

  @Test func equalAnswersCostLnTwo() {
    #expect(abs(bradleyTerryLoss(preferred: [0], rejected: [0]).item - 0.693147) < 1e-6)
  }

  @Test func entropyOfACoin() {
    #expect(abs(entropy([[0, 0]]).item - 0.693147) < 1e-6)
  }

  @Test func advantages() {
    let rewards = [1.0, 0, 2]
    let values = [0.5, 0.2, 0.1, 0]
    let differences = generalizedAdvantages(rewards: rewards, values: values, discount: 0.9, lambda: 0)
    #expect(close(differences, [1 + 0.18 - 0.5, 0.09 - 0.2, 1.9]))
    let returns = generalizedAdvantages(rewards: rewards, values: values, discount: 0.9, lambda: 1)
    #expect(close(returns, zip([2.62, 1.8, 2.0], values).map { $0 - $1 }))
  }

  @Test func agentsAreSeeded() {
    let train = { (seed: Int) in PPO { $0.target = nil }.train(CartPole(), steps: 2000, seed: seed).returns }
    #expect(train(3) == train(3))
    #expect(train(3) != train(4))
  }
}
