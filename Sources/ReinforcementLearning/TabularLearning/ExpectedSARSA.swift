/// Expected SARSA (Sutton & Barto §6.6): q(s, a) moves towards r + γ Σ π(a′|s′) q(s′, a′), the mean over what may be
/// done next.
///
/// - Parameters:
///   - episodes: how many, 500 by default.
///   - discount: γ, 1 by default.
///   - stepSize: α, how far a value moves: 0.1 by default, a number or a schedule over the episodes.
///   - exploration: ε-greedy with 0.1 by default.
///   - initial: the first values; high ones make an agent curious.
///   - maximumSteps: after which an episode is left, if it does not end.
///   - seed: of agent and environment; by default drawn from the library's random numbers.
public func expectedSarsa(
  _ environment: some TabularEnvironment, episodes: Int = 500, discount: Double = 1, stepSize: Schedule = 0.1,
  exploration: Exploration = .epsilonGreedy(0.1), initial: Double = 0, maximumSteps: Int = 10_000,
  seed: Int? = nil
) -> TabularLearning {
  learnFromSteps(
    environment, .expected, episodes: episodes, discount: discount, stepSize: stepSize,
    exploration: exploration,
    initial: initial, maximumSteps: maximumSteps, seed: seed)
}
