import Foundation
import ReinforcementLearning
import Testing

/// Reference values from Gymnasium and from textbooks: the files in Oracles/, and those anywhere in the folder that
/// `LECTERN_ORACLES` names. It may hold reference values of tensors too, which OracleTests walk: only files that speak
/// of environments and processes are read here.
@Suite struct OracleTests {
  @Test(arguments: OracleFile.all) func agreesWith(_ file: OracleFile) throws {
    let content = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: file.url)) as? [String: Any])
    let oracle = Oracle(content)
    var known = 0
    for (key, value) in content {
      switch key {
      case "format", "source", "tolerance", "note": continue
      case "traces": for trace in value as? [[String: Any]] ?? [] { oracle.checkTrace(trace) }
      case "cases": for entry in value as? [[String: Any]] ?? [] { oracle.checkTable(entry) }
      case "studentChain": try oracle.checkStudent(#require(value as? [String: Any]))
      case "gridworld": try oracle.checkGrid(#require(value as? [String: Any]))
      case "randomWalk": try oracle.checkWalk(#require(value as? [String: Any]))
      case "gambler": try oracle.checkGambler(#require(value as? [String: Any]))
      default: Issue.record("\(file): unknown operation “\(key)”")
      }
      known += 1
    }
    #expect(known > 0, "\(file) holds no case")
  }
}

struct OracleFile: CustomTestStringConvertible, CustomStringConvertible, Sendable {
  let url: URL
  var description: String { url.lastPathComponent }
  var testDescription: String { description }

  static let all: [OracleFile] = {
    var files = jsonFiles(in: Bundle.module.resourceURL!.appending(path: "Oracles"))
    if let more = ProcessInfo.processInfo.environment["LECTERN_ORACLES"] {
      files += jsonFiles(in: URL(fileURLWithPath: more)).filter(speaksOfProcesses)
    }
    return files.map { OracleFile(url: $0) }
  }()

  /// The JSON files of a folder and of the folders in it.
  private static func jsonFiles(in folder: URL) -> [URL] {
    let paths = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    return paths.filter { $0.hasSuffix(".json") }.sorted().map { folder.appending(path: $0) }
  }

  private static func speaksOfProcesses(_ url: URL) -> Bool {
    guard let data = try? Data(contentsOf: url),
      let content = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
    else { return false }
    let kinds = ["traces", "studentChain", "gridworld", "randomWalk", "gambler"]
    return kinds.contains { content[$0] != nil }
      || (content["cases"] as? [[String: Any]])?.first?["environment"] != nil
  }
}

/// One file's tolerance, and how each kind of case is checked.
struct Oracle {
  let relative: Double, absolute: Double

  init(_ content: [String: Any]) {
    let tolerance = content["tolerance"] as? [String: Double] ?? [:]
    relative = tolerance["relative"] ?? 1e-4
    absolute = tolerance["absolute"] ?? 1e-5
  }

  func expectClose(_ found: [Double], _ expected: Any?, _ place: @autoclosure () -> String) {
    guard let expected = expected as? [Double] else { return #expect(Bool(false), "\(place()): no numbers") }
    guard found.count == expected.count else {
      return #expect(Bool(false), "\(place()): \(found.count) numbers, \(expected.count) expected")
    }
    if let i = found.indices.first(where: {
      abs(found[$0] - expected[$0]) > absolute + relative * abs(expected[$0])
    }) {
      #expect(Bool(false), "\(place())[\(i)]: \(found[i]), expected \(expected[i])")
    }
  }

  func checkTrace(_ trace: [String: Any]) {
    let name = trace["environment"] as? String ?? "?"
    let start = trace["initialState"] as? [Double] ?? []
    switch name {
    case "CartPole-v1":
      var environment = CartPole()
      environment.reset(to: start)
      follow(environment, trace, name) { ($0 as? Int) ?? -1 }
    case "MountainCar-v0":
      var environment = MountainCar()
      environment.reset(to: start)
      follow(environment, trace, name) { ($0 as? Int) ?? -1 }
    case "Acrobot-v1":
      var environment = Acrobot()
      environment.reset(to: start)
      follow(environment, trace, name) { ($0 as? Int) ?? -1 }
    case "Pendulum-v1":
      var environment = Pendulum()
      environment.reset(to: start)
      follow(environment, trace, name) { ($0 as? [Double] ?? []).map { Float($0) } }
    default: Issue.record("unknown environment \(name)")
    }
  }

  private func follow<E: Environment>(
    _ environment: E, _ trace: [String: Any], _ name: String, action: (Any?) -> E.Action
  ) where E.Observation == [Float] {
    var environment = environment
    for (t, expected) in (trace["steps"] as? [[String: Any]] ?? []).enumerated() {
      let step = environment.step(action(expected["action"]))
      expectClose(step.observation.map { Double($0) }, expected["observation"], "\(name), step \(t)")
      expectClose([step.reward], [expected["reward"] as? Double ?? .nan], "\(name), reward \(t)")
      #expect(step.terminated == expected["terminated"] as? Bool, "\(name), step \(t)")
    }
  }

  func checkTable(_ entry: [String: Any]) {
    let name = entry["environment"] as? String ?? "?"
    let options = entry["options"] as? [String: Any] ?? [:]
    let discount = entry["discount"] as? Double ?? 1
    let environment: any TabularEnvironment
    switch name {
    case "FrozenLake-v1":
      environment = FrozenLake(
        options["map_name"] as? String == "8x8" ? FrozenLake.large : FrozenLake.small,
        isSlippery: options["is_slippery"] as? Bool ?? true)
    case "CliffWalking-v1": environment = CliffWalking(isSlippery: options["is_slippery"] as? Bool ?? false)
    case "Taxi-v4": environment = Taxi()
    default:
      Issue.record("unknown environment \(name)")
      return
    }
    let place = "\(name) \(options)"
    let process = environment.model(discount: discount)
    #expect(process.stateCount == entry["states"] as? Int)
    #expect(process.actionCount == entry["actions"] as? Int)
    if let listed = entry["transitions"] as? [[[[Any]]]] { checkOutcomes(process, listed, place) }
    expectClose(
      valueIteration(process, tolerance: 1e-12, keepingSweeps: false).values, entry["optimalValue"], place)
    let uniform = Policy.uniform(process)
    do {
      expectClose(try process.values(of: uniform), entry["uniformRandomPolicyValue"], place + ", uniform")
    } catch {
      Issue.record("\(place): \(error)")
    }
  }

  /// The listed outcomes, those with the same end added up, are the process's.
  private func checkOutcomes(_ process: MarkovDecisionProcess, _ expected: [[[[Any]]]], _ place: String) {
    struct End: Hashable { var state: Int, reward: Double, isTerminal: Bool }
    #expect(expected.count == process.stateCount, "\(place)")
    for (s, actions) in expected.enumerated() {
      for (a, outcomes) in actions.enumerated() {
        var wanted: [End: Double] = [:]
        var found: [End: Double] = [:]
        for o in outcomes {
          let end = End(
            state: o[1] as? Int ?? -1, reward: o[2] as? Double ?? .nan, isTerminal: o[3] as? Bool ?? false)
          wanted[end, default: 0] += o[0] as? Double ?? .nan
        }
        for o in process.outcomes(s, a) {
          found[End(state: o.state, reward: o.reward, isTerminal: o.isTerminal), default: 0] += o.probability
        }
        let isSame = wanted.keys == found.keys && wanted.allSatisfy { abs($1 - found[$0]!) < 1e-6 }
        if !isSame {
          Issue.record("\(place): state \(s), action \(a): \(found), expected \(wanted)")
          return
        }
      }
    }
  }

  func checkStudent(_ entry: [String: Any]) throws {
    let chain = MarkovChain(
      try #require(entry["states"] as? [String]), try #require(entry["transition"] as? [[Double]]))
    let rewards = try #require(entry["rewardOnLeaving"] as? [Double])
    #expect(chain.transitions == Student.chain.transitions)
    for (discount, values) in try #require(entry["values"] as? [String: Any]) {
      let process = MarkovRewardProcess(chain, rewards: rewards, discount: try #require(Double(discount)))
      expectClose(try process.values(), values, "student chain, γ = \(discount)")
    }
  }

  func checkGrid(_ entry: [String: Any]) throws {
    let process = GridWorld.textbook.model(discount: 1)
    let sweeps = policyEvaluation(process, .uniform(process), tolerance: 0, sweeps: 5000)
    for (count, values) in try #require(entry["valuesAfterSweeps"] as? [String: Any]) {
      let n = min(try #require(Int(count)), sweeps.count)
      expectClose(sweeps[n], (values as? [[Double]])?.flatMap { $0 }, "grid after \(count) sweeps")
    }
  }

  func checkWalk(_ entry: [String: Any]) throws {
    let walk = RandomWalk(try #require(entry["states"] as? Int))
    let process = walk.model(discount: 1)
    let values = try process.values(of: .uniform(process))
    expectClose(Array(values.dropLast(2)), entry["trueValues"], "random walk")
    expectClose(walk.trueValues, entry["trueValues"], "random walk, formula")
  }

  func checkGambler(_ entry: [String: Any]) throws {
    let gambler = Gambler(headProbability: try #require(entry["headProbability"] as? Double))
    let values = valueIteration(gambler.model(discount: 1), tolerance: 1e-13, keepingSweeps: false).values
    let expected = try #require(entry["values"] as? [Double])
    // The book counts the goal itself as 1; here the reward comes on the way there.
    expectClose(Array(values.dropLast()), Array(expected.dropLast()), "gambler")
  }
}
