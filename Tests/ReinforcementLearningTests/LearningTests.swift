import ReinforcementLearning
import Testing

/// Learning with tables: the numbers of the books, each from a fixed seed.
@Suite struct LearningTests {
  @Test func randomWalkByTemporalDifferences() {
    let walk = RandomWalk()
    let learnt = temporalDifferences(
      walk, episodes: 5000, stepSize: .exponential(from: 0.1, factor: 0.999, minimum: 0.002), initial: 0.5,
      seed: 0)
    #expect(close(Array(learnt.values.prefix(5)), walk.trueValues, 0.03))
    #expect(learnt.values.suffix(2) == [0, 0])
  }

  @Test(arguments: [Visits.first, .every]) func randomWalkByMonteCarlo(_ visits: Visits) {
    let walk = RandomWalk()
    let learnt = monteCarloPrediction(walk, visits: visits, episodes: 20_000, seed: 1)
    #expect(close(Array(learnt.values.prefix(5)), walk.trueValues, 0.02))
  }

  @Test(arguments: [0.0, 0.5, 0.9]) func randomWalkWithTraces(_ lambda: Double) {
    let walk = RandomWalk()
    let learnt = temporalDifferences(
      walk, lambda: lambda, episodes: 5000, stepSize: .exponential(from: 0.1, factor: 0.999, minimum: 0.002),
      initial: 0.5, seed: 2)
    #expect(learnt.error(from: walk.trueValues) < 0.03)
  }

  /// Example 7.1: on the walk of 19 states a few steps are better than one and than all.
  @Test func aFewStepsAreBest() {
    let walk = RandomWalk(19, leftReward: -1)
    func error(_ n: Int) -> Double {
      (0..<20).reduce(0) { sum, seed in
        sum
          + temporalDifferences(walk, steps: n, episodes: 10, stepSize: 0.3, seed: seed).error(
            from: walk.trueValues)
      } / 20
    }
    #expect(error(4) < error(1))
    #expect(error(4) < error(64))
  }

  /// TD(0) with n = 1 and TD(λ) with λ = 0 are the same algorithm.
  @Test func zeroTracesAreOneStep() {
    let a = temporalDifferences(RandomWalk(), steps: 1, episodes: 50, seed: 3)
    let b = temporalDifferences(RandomWalk(), lambda: 0, episodes: 50, seed: 3)
    #expect(close(a.values, b.values, 1e-12))
  }

  /// Example 6.6: Q-learning finds the way along the edge (13 steps), SARSA the safe one (17).
  @Test func cliff() {
    let cliff = CliffWalking()
    let q = qLearning(cliff, episodes: 2000, stepSize: 0.5, exploration: .epsilonGreedy(0.1), seed: 0)
    #expect(cliff.evaluate(q.policy, episodes: 1, maximumSteps: 200, seed: 0).mean == -13)
    let safe = sarsa(
      cliff, episodes: 20_000, stepSize: .exponential(from: 0.5, factor: 0.9997, minimum: 0.01),
      exploration: .epsilonGreedy(0.1), seed: 0)
    #expect(cliff.evaluate(safe.policy, episodes: 1, maximumSteps: 200, seed: 0).mean == -17)
    // While it explores, the careful one earns more.
    let last = { (learnt: TabularLearning) in Returns(Array(learnt.returns.suffix(500))).mean }
    #expect(last(safe) > last(q))
  }

  @Test func expectedSarsaAndDoubleQLearningCrossTheCliff() {
    let cliff = CliffWalking()
    let expected = expectedSarsa(cliff, episodes: 2000, stepSize: 0.5, seed: 1)
    #expect(cliff.evaluate(expected.policy, episodes: 1, maximumSteps: 200, seed: 0).mean >= -17)
    let double = doubleQLearning(cliff, episodes: 3000, stepSize: 0.5, seed: 1)
    #expect(cliff.evaluate(double.policy, episodes: 1, maximumSteps: 200, seed: 0).mean >= -17)
  }

  @Test func qLearningComesCloseToTheOptimumOnIce() {
    let lake = FrozenLake(timeLimit: nil)
    let learnt = qLearning(
      lake, episodes: 20_000, discount: 0.99,
      stepSize: .exponential(from: 0.5, factor: 0.9998, minimum: 0.02),
      exploration: .epsilonGreedy(.linear(from: 1, to: 0.1, over: 10_000)), seed: 0)
    let process = lake.model(discount: 0.99)
    let values = (try? process.values(of: learnt.policy)) ?? []
    #expect(values[0] > 0.5)
  }

  @Test func windyGridBySarsa() {
    let windy = WindyGridWorld()
    let learnt = sarsa(
      windy, episodes: 3000, stepSize: 0.5,
      exploration: .epsilonGreedy(.linear(from: 0.1, to: 0, over: 2500)), seed: 0)
    #expect(windy.evaluate(learnt.policy, episodes: 1, maximumSteps: 200, seed: 0).mean >= -17)
  }

  /// Sticking at 20 alone: from (13, usable ace, dealer 2) about −.277.
  @Test func blackjackByMonteCarlo() {
    let game = Blackjack()
    let policy = Policy((0..<game.stateCount).map { Blackjack.decode($0).sum >= 20 ? [1, 0] : [0, 1] })
    let learnt = monteCarloPrediction(game, policy, episodes: 500_000, seed: 0)
    let exact = (try? game.model().values(of: policy)) ?? []
    let state = Blackjack.state(sum: 13, dealer: 2, usableAce: true)
    #expect(abs(learnt.values[state] - exact[state]) < 0.06)
    let common = Blackjack.state(sum: 20, dealer: 10, usableAce: false)
    #expect(abs(learnt.values[common] - exact[common]) < 0.01)
  }

  @Test func monteCarloControlPlaysBlackjackWell() {
    let game = Blackjack()
    let learnt = monteCarloControl(game, episodes: 300_000, exploration: .epsilonGreedy(0.1), seed: 0)
    let values = (try? game.model().values(of: learnt.policy)) ?? []
    let start = zip(values, game.startDistribution).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(start > -0.08)
  }

  @Test func studentLearnsToStudy() {
    let learnt = qLearning(
      Student(), episodes: 2000, stepSize: 0.1, exploration: .softmax(temperature: 2), seed: 0)
    #expect(close(learnt.values, [6, 6, 8, 10, 0], 1.5))
  }

  @Test func bandits() {
    let best = (0..<200).map { seed in
      let learnt = learnBandit(
        .testbed(seed: seed), exploration: .epsilonGreedy(0.1), steps: 1000, seed: seed)
      return Double(learnt.wasBest.suffix(100).filter { $0 }.count) / 100
    }
    // Figure 2.2: about 80 % after 1000 steps with ε = 0.1.
    #expect(abs(Returns(best).mean - 0.8) < 0.08)
  }

  @Test func runsAreSeeded() {
    let a = qLearning(FrozenLake(), episodes: 200, seed: 5)
    #expect(a.actionValues == qLearning(FrozenLake(), episodes: 200, seed: 5).actionValues)
    #expect(a.returns != qLearning(FrozenLake(), episodes: 200, seed: 6).returns)
  }

  @Test func schedules() {
    let linear = Schedule.linear(from: 1, to: 0, over: 10)
    #expect([0, 5, 10, 20].map { linear($0) } == [1, 0.5, 0, 0])
    let fading = Schedule.exponential(from: 1, factor: 0.5, minimum: 0.2)
    #expect(close([0, 1, 2, 3].map { fading($0) }, [1, 0.5, 0.25, 0.2]))
    let fixed: Schedule = 0.1
    #expect(fixed(7) == 0.1)
  }

  @Test func curvesOverSeeds() {
    let curve = learningCurve("q", seeds: 0..<4) { qLearning(CliffWalking(), episodes: 50, seed: $0).returns }
    #expect(curve.runs.count == 4 && curve.mean.count == 50)
    #expect(curve.mean[49] > curve.mean[0])
    #expect(curve.smoothed(10).mean.count == 50)
    let line = curve.chart.output.series
    #expect(line.count == 1 && line[0].y == curve.mean)
    let spread = curve.standardDeviation
    #expect(
      line[0].band?.low[7] == curve.mean[7] - spread[7] && line[0].band?.high[7] == curve.mean[7] + spread[7])
    let both = LearningCurve.compare([curve, curve.smoothed(5)], band: false).output.series
    #expect(both.count == 2 && both[0].band == nil)
  }
}
