import CellOutputs
import Figures
import Tensors

extension Trajectory: CellDisplayable, CustomStringConvertible {
  /// The frames one after the other, as pictures of their letters: the episode as a strip of film.
  ///
  ///     var pole = CartPole()
  ///     pole.play(seed: 0, recordingFrames: true) { $0[2] > 0 ? 1 : 0 }.film(12)
  ///
  /// - Parameter count: how many frames, evenly spread; the first and the last one are among them.
  public func film(_ count: Int = 12) -> FeatureMap {
    require(
      !frames.isEmpty,
      .parameter("film", value: 0, rule: "no frames: play the episode with recordingFrames: true"))
    let shown = spread(count)
    let pictures = shown.map {
      frames[$0].split(separator: "\n", omittingEmptySubsequences: false).map { Array($0) }
    }
    let height = pictures.map(\.count).max() ?? 0
    let width = pictures.flatMap { $0 }.map(\.count).max() ?? 0
    let image = Tensor(shape: [pictures.count, height, width]) { y in
      for (f, picture) in pictures.enumerated() {
        for i in 0..<height {
          for j in 0..<width {
            let letter: Character = i < picture.count && j < picture[i].count ? picture[i][j] : " "
            y[(f * height + i) * width + j] = brightness(letter)
          }
        }
      }
    }
    return featureMap(
      image, channels: Array(shown.indices), names: shown.map { "step \($0)" }, scale: .sequential,
      range: 0...1)
  }

  /// The steps: what was seen, what was done, what came of it.
  public func table(_ count: Int = 20) -> Table {
    let shown = self.count <= count ? Array(0..<self.count) : Array(0..<count)
    return Figures.table(
      ["step", "observation", "action", "reward"],
      shown.map { ["\($0)", "\(observations[$0])", "\(actions[$0])", rewards[$0]] as [any TableCell] },
      decimals: 3,
      rowHeaders: true)
  }

  public var cellOutput: CellOutput { frames.isEmpty ? table().cellOutput : film().cellOutput }

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

/// How bright a letter is in a picture: what moves is brightest.
private func brightness(_ letter: Character) -> Float {
  switch letter {
  case " ": 0
  case ".", "F", "-", ":", "·": 0.25
  case "H", "#", "C", "|", "+", "=": 0.5
  default: 1
  }
}
