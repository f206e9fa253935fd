import NeuralNetworks
import ReinforcementLearning
import Tensors

extension CellMistake {
  static let ofReinforcementLearning: [CellMistake] = [
    CellMistake("sun: the probabilities add up to 0.900000, not to 1") {
      _ = MarkovChain(["sun", "rain"], [[0.5, 0.4], [0, 1]])
    },
    CellMistake("sun: -0.5 is no probability: each lies from 0 to 1") {
      _ = MarkovChain(["sun", "rain"], [[-0.5, 1.5], [0, 1]])
    },
    CellMistake("s, a: the probabilities add up to 0.500000, not to 1") {
      _ = MarkovDecisionProcess(states: ["s"], actions: ["a"], discount: 1) { _, _ in
        [Outcome(0.5, to: 0, reward: 0)]
      }
    },
    CellMistake("the policy in state 0: the probabilities add up to 1.200000, not to 1") {
      _ = Policy([[0.6, 0.6]])
    },
    CellMistake("there is no state “snow”; known are sun, rain") {
      _ = MarkovChain(["sun", "rain"], [[0.5, 0.5], [0, 1]]).sample(from: "snow")
    },
    CellMistake(
      "discount: γ = 1.5 lies outside 0…1: 0 looks at the next reward alone, 1 at all of them alike"
    ) { _ = qLearning(FrozenLake(), episodes: 1, discount: 1.5, seed: 0) },
    CellMistake(
      "discount: γ = -0.1 lies outside 0…1: 0 looks at the next reward alone, 1 at all of them alike"
    ) { _ = FrozenLake().model(discount: -0.1) },
    CellMistake(
      "discount: γ = 2.0 lies outside 0…1: 0 looks at the next reward alone, 1 at all of them alike"
    ) {
      _ = discountedReturns([1], discount: 2)
    },
    CellMistake("CartPole: action 2 is not in the action space Discrete(2): 0 left, 1 right") {
      var pole = CartPole()
      _ = pole.reset(seed: 0)
      _ = pole.step(2)
    },
    CellMistake("FrozenLake: action 4 is not in the action space Discrete(4): 0…3 mean left, down, right, up")
    {
      var lake = FrozenLake()
      _ = lake.reset(seed: 0)
      _ = lake.step(4)
    },
    CellMistake(
      "Student: action 1 is not in the action space of state 1: 0 Facebook, 2 study"
    ) {
      var student = Student()
      _ = student.reset(seed: 0)
      _ = student.step(1)
    },
    CellMistake("Pendulum: action [1.0, 2.0] is not in the action space Box(low: [-2.0], high: [2.0])") {
      var pendulum = Pendulum()
      _ = pendulum.reset(seed: 0)
      _ = pendulum.step([1, 2])
    },
    CellMistake("MountainCar: step before reset: call reset() first, it starts an episode") {
      var car = MountainCar()
      _ = car.step(1)
    },
    CellMistake(
      "MountainCar: the episode is over (cut off by the time limit after 2 steps): call reset() to start the next one"
    ) {
      var car = MountainCar(timeLimit: 2)
      _ = car.reset(seed: 0)
      for _ in 0..<3 { _ = car.step(1) }
    },
    CellMistake(
      "GridWorld: the episode is over (terminated after 1 steps): call reset() to start the next one"
    ) {
      var world = GridWorld(["SG"])
      _ = world.reset(seed: 0)
      for _ in 0..<2 { _ = world.step(2) }
    },
    CellMistake("map: no start: one cell must be S") { _ = GridWorld(["..", ".G"]) },
    CellMistake("map: no goal: at least one cell must be G, or else no episode ends") {
      _ = FrozenLake(["SF", "FF"])
    },
    CellMistake("map: row 1 has 3 cells, row 0 has 2: all rows must be equally wide") {
      _ = GridWorld(["SG", "..."])
    },
    CellMistake("map: “?” in row 0, column 1 means nothing; known are S F H G") { _ = FrozenLake(["S?G"]) },
    CellMistake("VectorEnvironment: 1 actions where 2 are needed") {
      var poles = VectorEnvironment(CartPole(), count: 2)
      poles.reset(seed: 0)
      _ = poles.step([0])
    },
    CellMistake("policy: 4 states where 16 are needed") {
      let process = GridWorld.textbook.model(discount: 1)
      _ = policyEvaluation(process, .uniform(states: 4, actions: 4))
    },
    CellMistake("ε: 1.5: it must lie from 0 to 1") {
      _ = sarsa(FrozenLake(), episodes: 1, exploration: .epsilonGreedy(1.5), seed: 0)
    },
    CellMistake("temporalDifferences, steps: 0.0: it must be at least 1") {
      _ = temporalDifferences(RandomWalk(), steps: 0, seed: 0)
    },
    CellMistake("film: 0.0: no frames: play the episode with recordingFrames: true") {
      var pole = CartPole()
      _ = pole.play(seed: 0) { _ in 0 }.film()
    },
    CellMistake("heatMap: 3 values where 16 are needed") { _ = FrozenLake().heatMap([1, 2, 3]) },
    CellMistake("generalizedAdvantages: 1 values where 3 are needed") {
      _ = generalizedAdvantages(rewards: [1, 2], values: [0])
    },
    CellMistake("MarkovRewardProcess: 1 rewards where 7 are needed") {
      _ = MarkovRewardProcess(Student.chain, rewards: [1], discount: 1)
    },
    // A singular system is an error to be caught; uncaught it ends the cell with its words.
    CellMistake(
      "the matrix I − γP is singular: from sun, rain the process never ends, and with γ = 1 the rewards add up without end. Take γ < 1, or let the process end somewhere"
    ) {
      let weather = MarkovChain(["sun", "rain"], [[0.9, 0.1], [0.5, 0.5]])
      do { _ = try MarkovRewardProcess(weather, rewards: [1, 0], discount: 1).values() } catch {
        fatalError("\(error)")
      }
    },
  ]
}
