import ReinforcementLearning
import Testing

/// The numbers that lectures and books print.
@Suite struct TextbookTests {
  @Test func returnsOfAnEpisode() {
    let returns = discountedReturns([1, 0, 2], discount: 0.9)
    #expect(close(returns, [2.62, 1.8, 2.0]))
    #expect(discountedReturns([], discount: 0.5).isEmpty)
  }

  @Test func studentUnderTheUniformPolicy() throws {
    let process = Student().model(discount: 1)
    #expect(close(try process.values(of: .uniform(process)), [-2.308, -1.308, 2.692, 7.385, 0], 5e-4))
    #expect(close(valueIteration(process).values, [6, 6, 8, 10, 0]))
    #expect(close(policyIteration(process).values, [6, 6, 8, 10, 0]))
  }

  @Test func studentChainWithDiscount() throws {
    let values = try Student.rewardProcess(discount: 0.9).values()
    #expect(close(values, [-5.013, 0.943, 4.087, 10, 1.908, -7.638, 0], 5e-4))
    #expect(Student.chain.absorbingStates == ["Sleep"])
  }

  @Test func gridOfTheBook() throws {
    let process = GridWorld.textbook.model(discount: 1)
    let values = try process.values(of: .uniform(process))
    #expect(close(values, [0, -14, -20, -22, -14, -18, -20, -20, -20, -20, -18, -14, -22, -20, -14, 0]))
    let synchronous = policyEvaluation(process, .uniform(process), tolerance: 1e-6)
    let inPlace = policyEvaluation(process, .uniform(process), order: .inPlace, tolerance: 1e-6)
    #expect(inPlace.count < synchronous.count)
    #expect(close(inPlace.values, values, 1e-3))
    let best = policyIteration(process)
    #expect(close(best.values, [0, -1, -2, -3, -1, -2, -3, -2, -2, -3, -2, -1, -3, -2, -1, 0]))
  }

  @Test func frozenLakes() {
    #expect(abs(valueIteration(FrozenLake().model(discount: 0.99)).values[0] - 0.542026) < 1e-6)
    #expect(abs(valueIteration(FrozenLake().model(discount: 1)).values[0] - 0.823529) < 1e-6)
  }

  @Test func gambler() {
    let values = valueIteration(Gambler().model(discount: 1)).values
    #expect(abs(values[50] - 0.4) < 1e-9)
    #expect(abs(values[25] - 0.16) < 1e-9)
  }

  @Test func cliff() throws {
    let process = CliffWalking().model(discount: 1)
    #expect(abs(valueIteration(process).values[36] + 13) < 1e-9)
  }

  @Test func windyGridTakesFifteenSteps() {
    let values = valueIteration(WindyGridWorld().model(discount: 1)).values
    #expect(values[30] == -15)
  }

  @Test func blackjackSticksAtTwenty() throws {
    let process = Blackjack().model()
    let policy = Policy(
      (0..<process.stateCount).map { s in
        Blackjack.decode(s).sum >= 20 ? [1, 0] : [0, 1]
      })
    let values = try process.values(of: policy)
    #expect(abs(values[Blackjack.state(sum: 13, dealer: 2, usableAce: true)] + 0.277) < 5e-3)
    let best = valueIteration(process)
    let start = zip(best.values, Blackjack().startDistribution).reduce(0) { $0 + $1.0 * $1.1 }
    // The value of the best play under these rules.
    #expect(start > -0.05 && start < -0.04)
    #expect(best.policy.action(Blackjack.state(sum: 20, dealer: 6, usableAce: false)) == 0)
    #expect(best.policy.action(Blackjack.state(sum: 12, dealer: 10, usableAce: false)) == 1)
  }

  @Test func fibonacciThreeWays() {
    #expect(fibonacci(20, by: .recursion).value == 6765)
    #expect(fibonacci(20, by: .recursion).operations == 21_891)
    #expect(fibonacci(20, by: .table) == .init(value: 6765, operations: 19, memory: 21))
    #expect(fibonacci(20, by: .twoNumbers) == .init(value: 6765, operations: 19, memory: 2))
    for method in FibonacciMethod.allCases {
      #expect((0...6).map { fibonacci($0, by: method).value } == [0, 1, 1, 2, 3, 5, 8])
    }
  }

  @Test func processByMatrices() throws {
    // One action, half the time back: v = 1 + γ v / 2 + γ · 0 / 2.
    let process = MarkovDecisionProcess(
      transitions: [[[0.5, 0.5], [0, 1]]], rewards: [[1, 0]], discount: 0.8)
    #expect(close(try process.values(of: .uniform(process)), [1 / 0.6, 0]))
  }
}

func close(_ a: [Double], _ b: [Double], _ tolerance: Double = 1e-6) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance }
}
