/// An environment whose state is a few numbers, controlled by a few numbered actions.
public protocol ControlEnvironment: Environment, Sendable
where Observation == [Float], Action == Int, Actions == Discrete, Observations == Box {
  /// What each action is called.
  var actionNames: [String] { get }
  /// A picture of the present state in letters.
  func render() -> String
}

extension ControlEnvironment {
  /// The number of actions.
  public var actionCount: Int { actionSpace.count }
  /// The number of components of an observation.
  public var observationSize: Int { observationSpace.count }

  @inline(__always)
  func checkAction(_ action: Int, _ name: String) {
    require(
      actionSpace.contains(action),
      .action(
        "\(action)", in: name,
        space: "\(actionSpace): \(actionNames.enumerated().map { "\($0) \($1)" }.joined(separator: ", "))"))
  }
}
