import ReinforcementLearning
import Testing

/// Mistakes read like help.
@Suite struct MistakeTests {
  static let wordings: [(Mistake, String)] = [
    (.probabilities(of: "Class 1", sum: 0.9), "Class 1: the probabilities add up to 0.900000, not to 1"),
    (
      .negativeProbability(of: "Class 1", value: -0.5),
      "Class 1: -0.5 is no probability: each lies from 0 to 1"
    ),
    (
      .discount(1.5),
      "discount: γ = 1.5 lies outside 0…1: 0 looks at the next reward alone, 1 at all of them alike"
    ),
    (
      .action("2", in: "CartPole", space: "Discrete(2): 0 left, 1 right"),
      "CartPole: action 2 is not in the action space Discrete(2): 0 left, 1 right"
    ),
    (.stepBeforeReset("CartPole"), "CartPole: step before reset: call reset() first, it starts an episode"),
    (
      .stepAfterEnd("CartPole", steps: 9, why: "terminated"),
      "CartPole: the episode is over (terminated after 9 steps): call reset() to start the next one"
    ),
    (.mapWithoutStart, "map: no start: one cell must be S"),
    (
      .raggedMap(row: 1, width: 3, expected: 4),
      "map: row 1 has 3 cells, row 0 has 4: all rows must be equally wide"
    ),
    (.unknownState("Pub", known: ["a", "b"]), "there is no state “Pub”; known are a, b"),
  ]

  @Test(arguments: wordings) func wording(_ mistake: Mistake, _ text: String) {
    #expect("\(mistake)" == text)
  }

  @Test func chains() {
    #expect(throws: Mistake.probabilities(of: "a", sum: 0.9)) {
      try MarkovChain(checking: ["a", "b"], [[0.5, 0.4], [0, 1]])
    }
    #expect(throws: Mistake.negativeProbability(of: "a", value: -0.5)) {
      try MarkovChain(checking: ["a", "b"], [[-0.5, 1.5], [0, 1]])
    }
    #expect(throws: Mistake.self) { try MarkovChain(checking: ["a", "b"], [[1, 0]]) }
  }

  @Test(arguments: [-0.1, 1.01, .nan]) func discounts(_ discount: Double) {
    #expect(throws: Mistake.self) { try checkDiscount(discount) }
  }

  @Test func processes() {
    #expect(throws: Mistake.probabilities(of: "s, a", sum: 0.5)) {
      try MarkovDecisionProcess(checking: ["s"], actions: ["a"], discount: 1) { _, _ in
        [Outcome(0.5, to: 0, reward: 0)]
      }
    }
    #expect(throws: Mistake.self) {
      try MarkovDecisionProcess(checking: ["s"], actions: ["a"], discount: 1) { _, _ in
        [Outcome(1, to: 3, reward: 0)]
      }
    }
  }

  @Test func maps() {
    #expect(throws: Mistake.mapWithoutStart) { try GridMap(checking: ["..", ".G"]) }
    #expect(throws: Mistake.mapWithoutGoal) { try GridMap(checking: ["S.", ".."]) }
    #expect(throws: Mistake.raggedMap(row: 1, width: 1, expected: 2)) { try GridMap(checking: ["SG", "."]) }
    #expect(throws: Mistake.self) { try GridMap(checking: ["S?", ".G"]) }
  }

  @Test func stepsAtTheWrongMoment() {
    var clock = EpisodeClock("Walk", limit: 2)
    #expect(clock.mistake == .stepBeforeReset("Walk"))
    clock.start(seed: 0)
    #expect(clock.mistake == nil)
    _ = clock.tick(terminated: false)
    let isCut = clock.tick(terminated: false)
    #expect(isCut)
    #expect(clock.mistake == .stepAfterEnd("Walk", steps: 2, why: "cut off by the time limit"))
    clock.start(seed: nil)
    _ = clock.tick(terminated: true)
    #expect(clock.mistake == .stepAfterEnd("Walk", steps: 1, why: "terminated"))
  }
}
