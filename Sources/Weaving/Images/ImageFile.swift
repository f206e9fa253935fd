import Foundation

/// What an image file is, by its contents: its format, and its size in CSS pixels.
public struct ImageFile: Hashable, Sendable {
  public enum Format: String, Hashable, Sendable, CaseIterable {
    case png = "PNG"
    case jpeg = "JPEG"
    case gif = "GIF"
    case webP = "WebP"
    case svg = "SVG"

    public var mediaType: String {
      switch self {
      case .png: "image/png"
      case .jpeg: "image/jpeg"
      case .gif: "image/gif"
      case .webP: "image/webp"
      case .svg: "image/svg+xml"
      }
    }

    /// The extensions that files of the format have; a browser that reads from a file goes by them.
    public var extensions: [String] {
      switch self {
      case .png: ["png", "apng"]
      case .jpeg: ["jpg", "jpeg", "jfif"]
      case .gif: ["gif"]
      case .webP: ["webp"]
      case .svg: ["svg"]
      }
    }
  }

  public var format: Format
  /// `nil` where an SVG does not say.
  public var width: Int?
  public var height: Int?
  /// Whether an SVG holds a script or calls one, which an `<img>` never runs.
  public var hasScript = false

  public init(format: Format, width: Int?, height: Int?, hasScript: Bool = false) {
    self.format = format
    self.width = width
    self.height = height
    self.hasScript = hasScript
  }

  /// `nil` where the bytes are no image that every browser shows, or one that is cut short.
  public init?(_ data: Data) {
    let bytes = ImageBytes(data)
    let found = Self.png(bytes) ?? Self.gif(bytes) ?? Self.webP(bytes) ?? Self.jpeg(bytes) ?? Self.svg(data)
    guard let found else { return nil }
    self = found
  }

  // MARK: Formats

  private static func png(_ bytes: ImageBytes) -> ImageFile? {
    guard bytes.has([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], at: 0), bytes.has("IHDR", at: 12),
      let width = bytes.big(4, at: 16), let height = bytes.big(4, at: 20)
    else { return nil }
    return ImageFile(format: .png, width: width, height: height)
  }

  private static func gif(_ bytes: ImageBytes) -> ImageFile? {
    guard bytes.has("GIF87a", at: 0) || bytes.has("GIF89a", at: 0), let width = bytes.little(2, at: 6),
      let height = bytes.little(2, at: 8)
    else { return nil }
    return ImageFile(format: .gif, width: width, height: height)
  }

  /// Of its three kinds, each has the size elsewhere.
  private static func webP(_ bytes: ImageBytes) -> ImageFile? {
    guard bytes.has("RIFF", at: 0), bytes.has("WEBP", at: 8) else { return nil }
    var size: (Int?, Int?) = (nil, nil)
    if bytes.has("VP8 ", at: 12) {
      size = (bytes.little(2, at: 26).map { $0 & 0x3FFF }, bytes.little(2, at: 28).map { $0 & 0x3FFF })
    } else if bytes.has("VP8L", at: 12) {
      size = (
        bytes.little(4, at: 21).map { ($0 & 0x3FFF) + 1 }, bytes.little(4, at: 21).map { ($0 >> 14 & 0x3FFF) + 1 }
      )
    } else if bytes.has("VP8X", at: 12) {
      size = (bytes.little(3, at: 24).map { $0 + 1 }, bytes.little(3, at: 27).map { $0 + 1 })
    }
    guard let width = size.0, let height = size.1 else { return nil }
    return ImageFile(format: .webP, width: width, height: height)
  }

  /// The size stands in the frame's header, behind segments of any length. A camera held upright says so in its
  /// EXIF data, and browsers turn the picture.
  private static func jpeg(_ bytes: ImageBytes) -> ImageFile? {
    guard bytes.has([0xFF, 0xD8, 0xFF], at: 0) else { return nil }
    var index = 2
    var isTurned = false
    while let marker = bytes.big(2, at: index), marker >> 8 == 0xFF {
      if marker == 0xFFFF {
        index += 1
        continue
      }
      guard let length = bytes.big(2, at: index + 2), length >= 2 else { return nil }
      if marker == 0xFFE1, bytes.has("Exif\0\0", at: index + 4) {
        isTurned = bytes.isTurned(exifAt: index + 10)
      }
      if (0xFFC0...0xFFCF).contains(marker), ![0xFFC4, 0xFFC8, 0xFFCC].contains(marker) {
        guard let height = bytes.big(2, at: index + 5), let width = bytes.big(2, at: index + 7) else { return nil }
        return ImageFile(format: .jpeg, width: isTurned ? height : width, height: isTurned ? width : height)
      }
      index += 2 + length
    }
    return nil
  }

  private static func svg(_ data: Data) -> ImageFile? {
    guard let text = String(data: data, encoding: .utf8) else { return nil }
    return SVGHeader(text)?.file
  }
}

/// The bytes of a file, of which any may be missing.
private struct ImageBytes {
  private let bytes: Data

  init(_ data: Data) {
    bytes = data
  }

  private subscript(index: Int) -> UInt8? {
    index >= 0 && index < bytes.count ? bytes[bytes.startIndex + index] : nil
  }

  func has(_ expected: [UInt8], at index: Int) -> Bool {
    expected.indices.allSatisfy { self[index + $0] == expected[$0] }
  }

  func has(_ text: String, at index: Int) -> Bool { has(Array(text.utf8), at: index) }

  func big(_ count: Int, at index: Int) -> Int? { number((0..<count).map { self[index + $0] }) }

  func little(_ count: Int, at index: Int) -> Int? { number((0..<count).reversed().map { self[index + $0] }) }

  private func number(_ bytes: [UInt8?]) -> Int? {
    var number = 0
    for byte in bytes {
      guard let byte else { return nil }
      number = number << 8 | Int(byte)
    }
    return number
  }

  /// Whether EXIF's orientation, in the TIFF header at an index, lays the picture on its side.
  func isTurned(exifAt start: Int) -> Bool {
    let isLittle = has("II", at: start)
    func read(_ count: Int, _ index: Int) -> Int? { isLittle ? little(count, at: index) : big(count, at: index) }
    guard let directory = read(4, start + 4), let count = read(2, start + directory) else { return false }
    for entry in 0..<min(count, 100) {
      let place = start + directory + 2 + 12 * entry
      if read(2, place) == 0x0112 { return read(2, place + 8).map { (5...8).contains($0) } ?? false }
    }
    return false
  }
}
