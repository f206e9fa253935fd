import ReinforcementLearning

// The Swift side of compare.py. Each line: the name of what was measured, and how often a second.

/// The best of three runs.
func measure(_ name: String, _ body: () -> Int) {
  var best = 0.0
  for _ in 0..<3 {
    var count = 0
    let time = ContinuousClock().measure { count = body() }
    let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
    best = max(best, Double(count) / seconds)
  }
  print(name, best)
}

measure("cartpole-steps") {
  var pole = CartPole()
  var random = PCG64(seed: 0)
  _ = pole.reset(seed: 0)
  let count = 2_000_000
  for _ in 0..<count where pole.step(random.integer(below: 2)).isOver { _ = pole.reset() }
  return count
}

measure("frozenlake-q-learning") {
  qLearning(FrozenLake(), episodes: 100_000, discount: 0.99, exploration: .epsilonGreedy(0.1), seed: 0).steps
}

measure("reinforce-cartpole") {
  let reinforce = REINFORCE {
    $0.hasBaseline = false
    $0.target = nil
  }
  return reinforce.train(CartPole(), steps: 100_000, seed: 0).steps
}

let row = String(repeating: ".", count: 100)
let map = ["S" + row.dropFirst()] + Array(repeating: row, count: 98) + [row.dropLast() + "G"]
let process = GridWorld(map, slip: 0.2).model(discount: 0.99)
measure("value-iteration-sweeps") {
  valueIteration(process, tolerance: 0, sweeps: 200, keepingSweeps: false).count
}
