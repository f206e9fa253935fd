#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A raster of colours or greys. In JSON its pixels are Base64: one character for each pixel and a third.
public struct PictureOutput: Hashable, Sendable {
  public var title: String?
  /// What can be seen, where the author says so.
  public var description: String?
  public var height: Int
  public var width: Int
  /// 1 for greys, 3 for red, green and blue.
  public var channels: Int
  /// `height` × `width` × `channels` bytes, row by row, the channels of a pixel together.
  public var pixels: [UInt8]

  public init(
    title: String? = nil, description: String? = nil, height: Int, width: Int, channels: Int, pixels: [UInt8]
  ) {
    self.title = title
    self.description = description
    self.height = height
    self.width = width
    self.channels = channels
    self.pixels = pixels
  }

  /// Whether the pixels fill the picture: a record that was tampered with may lack some.
  public var isComplete: Bool {
    guard height > 0, width > 0, channels == 1 || channels == 3, height < 1 << 20, width < 1 << 20 else {
      return false
    }
    return pixels.count == height * width * channels
  }
}

extension PictureOutput: Codable {
  private enum CodingKeys: String, CodingKey {
    case title, description, height, width, channels, pixels
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    title = try container.decodeIfPresent(String.self, forKey: .title)
    description = try container.decodeIfPresent(String.self, forKey: .description)
    height = try container.decode(Int.self, forKey: .height)
    width = try container.decode(Int.self, forKey: .width)
    channels = try container.decode(Int.self, forKey: .channels)
    pixels = [UInt8](try container.decode(Data.self, forKey: .pixels))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(title, forKey: .title)
    try container.encodeIfPresent(description, forKey: .description)
    try container.encode(height, forKey: .height)
    try container.encode(width, forKey: .width)
    try container.encode(channels, forKey: .channels)
    try container.encode(Data(pixels), forKey: .pixels)
  }
}
