import Chapters
import Diagnostics

extension ChapterRenderer {
  /// An image in running text.
  mutating func inline(_ image: Image) -> HTML {
    if image.label != nil {
      report(
        .error, "an image with a label is a figure, which stands alone in its paragraph", at: image.position,
        hint: "put empty lines before and behind it")
    }
    return picture(image) ?? HTML(image.description ?? image.alternative.plainText(values: record.texts))
  }

  /// An image alone in its paragraph, with its caption, and a number if it has a label.
  mutating func renderFigure(_ image: Image) {
    startLine()
    let target = image.label.flatMap { numbering.targets[$0] }
    let caption = numbered(image.alternative, target)
    guard let picture = picture(image) else {
      output += "<p>\(caption)</p>\n"
      return
    }
    output += """
      <figure\(attribute: "id", claimed(target?.id)) class="figure image-figure">
      \(picture)
      <figcaption>\(caption)</figcaption>
      </figure>

      """
  }

  /// `nil` where the file cannot be shown.
  private mutating func picture(_ image: Image) -> HTML? {
    let alternative = (image.description ?? image.alternative.plainText(values: record.texts))
    if isDecorated, alternative.isEmpty, image.description == nil {
      report(
        .warning, "the picture ‘\(image.source)’ has no description", at: image.position,
        hint: """
          write ![what it shows](\(image.source)), for those who cannot see it, or {alt=""} behind one that only \
          decorates
          """)
    }
    guard let source = source(of: image) else { return nil }
    let title = image.title.isEmpty ? nil : image.title
    let size = resources.files[image.source]?.image
    return """
      <img src="\(URLs.escaped(source))" alt="\(alternative)"\(attribute: "title", title)\
      \(attribute: "width", size?.width.map(String.init))\(attribute: "height", size?.height.map(String.init))\
      \(attribute: "style", style(of: image)) />
      """
  }

  /// The size that the author gives; where only one side is given, the other follows.
  private func style(of image: Image) -> String? {
    let sides = [("width", image.width), ("height", image.height)].compactMap { name, length in
      length.map { "\(name): \($0)" }
    }
    if image.height != nil, image.width == nil { return (sides + ["width: auto"]).joined(separator: "; ") }
    return sides.isEmpty ? nil : sides.joined(separator: "; ")
  }

  /// Where a picture lies; pictures of other sites are not loaded.
  private mutating func source(of image: Image) -> String? {
    switch URLs.kind(of: image.source) {
    case .relative(_, let rest):
      return resources.files[image.source].map { URLs.path($0.path, from: pagePath) + rest } ?? image.source
    case .fragment: return image.source
    case .forbidden("data") where image.source.lowercased().hasPrefix("data:image/"): return image.source
    case .web where !isDecorated: return image.source
    case .web:
      report(
        .warning, "a picture of another site is not loaded, so that the page asks nobody for anything",
        at: image.position, hint: "copy the picture into the book's folder")
    case .forbidden(let scheme):
      report(.warning, "a picture by ‘\(scheme):’ is left out", at: image.position)
    }
    return nil
  }
}
