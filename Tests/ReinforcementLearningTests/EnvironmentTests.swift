import ReinforcementLearning
import Tensors
import Testing

@Suite struct EnvironmentTests {
  /// NumPy: default_rng(0).random(), default_rng(42).integers(13) …
  @Test func numbersAreNumPys() {
    var random = PCG64(seed: 0)
    let first = random.uniform()
    let second = random.uniform()
    #expect(first == 0.6369616873214543 && second == 0.2697867137638703)
    var other = PCG64(seed: 42)
    let integers = (0..<8).map { _ in other.integer(below: 13) }
    #expect(integers == [1, 10, 8, 5, 5, 11, 1, 9])
    var large = PCG64(seed: 12_345_678_901)
    let drawn = large.uniform()
    #expect(drawn == 0.8361377783790088)
  }

  @Test func resetsAreGymnasiums() {
    var pole = CartPole()
    let rest = pole.reset(seed: 42)
    #expect(rest == [0.027395604, -0.006112156, 0.035859793, 0.019736802])
    var car = MountainCar()
    let valley = car.reset(seed: 0)
    #expect(valley == [-0.47260767, 0])
  }

  /// `gymnasium.make(…).reset(seed=3)`, then these actions.
  @Test func seededEpisodesAreGymnasiums() {
    var lake = FrozenLake()
    var found = [lake.reset(seed: 3)]
    for i in 0..<12 {
      let step = lake.step(i * 7 % 4)
      found.append(step.observation)
      if step.isOver { found.append(lake.reset()) }
    }
    #expect(found.prefix(15) == [0, 0, 0, 1, 0, 0, 0, 4, 5, 0, 0, 0, 1, 5, 0])
    var game = Blackjack()
    var hands = [game.reset(seed: 3)]
    var rewards: [Double] = []
    for i in 0..<12 {
      let step = game.step(i % 2)
      rewards.append(step.reward)
      hands.append(step.observation)
      if step.isOver { hands.append(game.reset()) }
    }
    let states = [
      (7, 10), (7, 10), (7, 8), (16, 8), (16, 8), (12, 7), (13, 7), (13, 7), (13, 6), (22, 6), (20, 8),
    ]
    #expect(hands.prefix(11) == states.map { Blackjack.state(sum: $0, dealer: $1, usableAce: false) }[...])
    #expect(rewards == [1, 0, -1, 0, -1, -1, -1, -1, 1, 0, -1, 0])
    var taxi = Taxi()
    let fare = taxi.reset(seed: 3)
    #expect(fare == 42)
    let cells = (0..<12).map { taxi.step($0 * 7 % 4).observation }
    #expect(cells == [142, 142, 162, 62, 162, 142, 162, 62, 162, 142, 162, 62])
  }

  @Test func cartPoleFromRest() {
    var pole = CartPole()
    pole.reset(to: [0, 0, 0, 0])
    var last: [Float] = []
    for action in [1, 1, 0] { last = pole.step(action).observation }
    let expected: [Float] = [0.011707, 0.195204, -0.017561, -0.294533]
    #expect(zip(last, expected).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func timeLimitTruncates() {
    var car = MountainCar(timeLimit: 3)
    _ = car.reset(seed: 0)
    let cut = (0..<3).map { _ in car.step(1).truncated }
    #expect(cut == [false, false, true])
    var wrapped = TimeLimit(MountainCar(timeLimit: nil), 2)
    _ = wrapped.reset(seed: 0)
    let cutEarlier = (0..<2).map { _ in wrapped.step(1).truncated }
    #expect(cutEarlier == [false, true])
  }

  @Test func copiesAreWorldsOfTheirOwn() {
    var lake = FrozenLake()
    _ = lake.reset(seed: 7)
    var copy = lake
    let first = (0..<5).map { _ in lake.step(2).observation }.prefix(1)
    let other = copy.step(2).observation
    #expect(other == first[0])
  }

  @Test func unseededResetsFollowManualSeed() {
    func firstObservation() -> [Float] {
      withSeed(5) {
        var pole = CartPole()
        return pole.reset()
      }
    }
    #expect(firstObservation() == firstObservation())
  }

  @Test func vectorsRestartByThemselves() {
    var poles = VectorEnvironment(CartPole(timeLimit: 5), count: 3)
    let start = poles.reset(seed: 10)
    var one = CartPole()
    let alone = one.reset(seed: 12)
    #expect(start[2] == alone)
    var last = poles.step([0, 1, 0])
    for _ in 1..<5 { last = poles.step([0, 1, 0]) }
    #expect(last.truncated == [true, true, true])
    #expect(last.finalObservations.allSatisfy { $0 != nil })
    #expect(last.observations.allSatisfy { abs($0[0]) <= 0.05 })
    let next = poles.step([1, 1, 1])
    #expect(next.truncated == [false, false, false])
  }

  @Test func spaces() {
    #expect(Discrete(2).contains(1) && !Discrete(2).contains(2) && !Discrete(2).contains(-1))
    let box = Box(low: [-1, 0], high: [1, .infinity])
    #expect(
      box.contains([0, 5]) && !box.contains([0, -1]) && !box.contains([0]) && !box.contains([.nan, 0]))
    var random = PCG64(seed: 1)
    let samples = (0..<100).map { _ in Discrete(3).sample(using: &random) }
    #expect(Set(samples) == [0, 1, 2])
    #expect(withSeed(3) { Discrete(1000).sample() } == withSeed(3) { Discrete(1000).sample() })
  }

  @Test func renders() {
    var lake = FrozenLake()
    _ = lake.reset(seed: 0)
    #expect(lake.render() == "[S] F  F  F \n F  H  F  H \n F  F  F  H \n H  F  F  G ")
    var walk = RandomWalk()
    _ = walk.reset(seed: 0)
    #expect(walk.render() == " A  B [C] D  E ")
    var taxi = Taxi()
    _ = taxi.reset(seed: 0)
    #expect(taxi.render().contains("→"))
    var pole = CartPole()
    pole.reset(to: [0, 0, 0, 0])
    #expect(
      pole.render().hasSuffix(String(repeating: "-", count: 20) + "■" + String(repeating: "-", count: 20)))
  }

  @Test func taxiNumbersItsStates() {
    for s in 0..<500 {
      let (row, column, passenger, destination) = Taxi.decode(s)
      #expect(Taxi.encode(row: row, column: column, passenger: passenger, destination: destination) == s)
    }
  }

  @Test func blackjackPlaysAsItsModel() {
    let model = Blackjack().model()
    var game = Blackjack()
    var total = 0.0
    for i in 0..<20_000 {
      var state = game.reset(seed: i == 0 ? 1 : nil)
      while true {
        let step = game.step(Blackjack.decode(state).sum >= 18 ? 0 : 1)
        state = step.observation
        if step.isOver {
          total += step.reward
          break
        }
      }
    }
    let policy = Policy((0..<model.stateCount).map { Blackjack.decode($0).sum >= 18 ? [1, 0] : [0, 1] })
    let values = (try? model.values(of: policy)) ?? []
    let expected = zip(values, game.startDistribution).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(total / 20_000 - expected) < 0.02)
  }
}
