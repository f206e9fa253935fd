import CellOutputs
import Figures
import Tensors

extension Trajectory: CellDisplayable, CustomStringConvertible {
  /// The episode frame by frame behind a slider: the state as a drawing, or as text where there is none, and the step
  /// that led to it.
  ///
  ///     var pole = CartPole()
  ///     pole.play(seed: 0, recordingFrames: true) { $0[2] > 0 ? 1 : 0 }.film()
  ///
  /// - Parameter count: how many frames, evenly spread, 24 by default; the first and the last one are among them.
  public func film(_ count: Int = 24) -> Frames {
    require(
      !frames.isEmpty,
      .parameter("film", value: 0, rule: "no frames: play the episode with recordingFrames: true"))
    var film = Figures.Frames("step")
    for t in spread(count) {
      let caption = caption(t)
      if scenes.count == frames.count {
        film.append(scenes[t], at: t, caption: caption)
      } else {
        film.append(
          CellOutput.text(TextOutput(stream: .value, text: frames[t])), at: t, caption: caption)
      }
    }
    return film
  }

  private func caption(_ t: Int) -> String {
    if t == 0 { return "step 0: the start" }
    let sum = rewards[..<t].reduce(0, +)
    return
      "step \(t): \(name(of: actions[t - 1])), reward \(shortened(rewards[t - 1])), in all \(shortened(sum))"
  }

  private func name(of action: Action) -> String {
    if let number = action as? Int, actionNames.indices.contains(number) { return actionNames[number] }
    return "\(action)"
  }

  /// The steps: what was seen, what was done, what came of it.
  public func table(_ count: Int = 20) -> Table {
    let shown = self.count <= count ? Array(0..<self.count) : Array(0..<count)
    return Figures.table(
      ["step", "observation", "action", "reward"],
      shown.map { ["\($0)", "\(observations[$0])", name(of: actions[$0]), rewards[$0]] as [any TableCell] },
      decimals: 3,
      rowHeaders: true)
  }

  public var cellOutput: CellOutput {
    if frames.isEmpty { table() } else { film() }
  }

  /// How the episode went, and its frames as text where they were kept.
  public var description: String {
    let end = terminated ? "terminated" : "cut off"
    return
      (["\(count) steps, return \(shortened(totalReward)), \(end)"]
      + (frames.isEmpty ? [] : spread(6).map { "step \($0)\n\(frames[$0])" }))
      .joined(separator: "\n")
  }

  private func spread(_ count: Int) -> [Int] {
    if frames.count <= max(count, 1) { return Array(frames.indices) }
    return (0..<count).map { $0 * (frames.count - 1) / max(count - 1, 1) }
  }
}
