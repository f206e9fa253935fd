import ReinforcementLearning
import Testing

@Suite struct ChainTests {
  let weather = MarkovChain(["sun", "rain"], [[0.9, 0.1], [0.5, 0.5]])

  @Test func stationaryDistribution() throws {
    #expect(close(try #require(weather.stationaryDistribution), [5.0 / 6, 1.0 / 6]))
    #expect(close(weather.distribution(after: 200, from: "rain"), [5.0 / 6, 1.0 / 6]))
    #expect(close(weather.distribution(after: 2, from: "sun"), [0.86, 0.14]))
    #expect(weather.transitions(after: 0) == [[1, 0], [0, 1]])
  }

  @Test func twoAbsorbingStatesHaveNoSingleStationaryDistribution() {
    let chain = MarkovChain(["a", "b"], [[1, 0], [0, 1]])
    #expect(chain.stationaryDistribution == nil)
    #expect(chain.absorbingStates == ["a", "b"])
  }

  @Test func ruin() throws {
    // A fair game for three: from 1 of 3 the goal is reached with probability 1/3, in 2 steps on average.
    let chain = MarkovChain(
      ["0", "1", "2", "3"], [[1, 0, 0, 0], [0.5, 0, 0.5, 0], [0, 0.5, 0, 0.5], [0, 0, 0, 1]])
    #expect(close(try chain.absorptionProbabilities(in: "3"), [0, 1.0 / 3, 2.0 / 3, 1]))
    #expect(close(try chain.expectedStepsToAbsorption(), [0, 2, 2, 0]))
  }

  @Test func samplesAreSeededAndStopWhereAbsorbed() {
    let walk = Student.chain.sample(from: "Class 1", steps: 10_000, seed: 3)
    #expect(walk == Student.chain.sample(from: "Class 1", steps: 10_000, seed: 3))
    #expect(walk.first == "Class 1" && walk.last == "Sleep")
    let long = weather.sample(from: "sun", steps: 20_000, seed: 0)
    let share = Double(long.filter { $0 == "sun" }.count) / Double(long.count)
    #expect(abs(share - 5.0 / 6) < 0.01)
  }

  @Test func singularSystemIsToldAsSuch() {
    let process = MarkovRewardProcess(weather, rewards: [1, 0], discount: 1)
    #expect(throws: SingularSystem(states: ["sun", "rain"])) { try process.values() }
    #expect("\(SingularSystem(states: ["sun"]))".contains("γ < 1"))
    #expect(throws: Never.self) {
      try MarkovRewardProcess(weather, rewards: [1, 0], discount: 0.99).values()
    }
    // A state that stays and earns for ever has no finite value either.
    let earning = MarkovRewardProcess(MarkovChain(["a"], [[1]]), rewards: [1], discount: 1)
    #expect(throws: SingularSystem.self) { try earning.values() }
  }

  @Test func returnOfAWalk() {
    let process = Student.rewardProcess(discount: 0.5)
    #expect(process.discountedReturn(of: ["Class 1", "Class 2", "Class 3", "Pass", "Sleep"]) == -2.25)
    #expect(
      process.discountedReturn(of: ["Class 1", "Facebook", "Facebook", "Class 1", "Class 2", "Sleep"])
        == -3.125)
  }
}
