/// The same figures at several moments: a slider on a screen; without scripts, and on paper, all of the frames
/// one after the other.
public struct FramesOutput: Hashable, Sendable, Codable {
  public struct Frame: Hashable, Sendable, Codable {
    /// Which moment it is: "epoch 5".
    public var caption: String
    public var outputs: [CellOutput]
    public init(caption: String, outputs: [CellOutput]) {
      self.caption = caption
      self.outputs = outputs
    }
  }

  public var title: String?
  /// What the slider counts: "epoch", "stride", "step".
  public var label: String
  public var frames: [Frame]

  public init(title: String? = nil, label: String, frames: [Frame]) {
    self.title = title
    self.label = label
    self.frames = frames
  }
}
