import CellOutputs
import Foundation

/// A coordinate within a drawing: a tenth of a unit is finer than a screen shows.
func coordinate(_ value: Double) -> HTML {
  let text = Numbers.fixed(value, 1)
  return HTML(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
}

/// About as wide as a text will be in the page's sans-serif letters: wide characters count double.
func textWidth(_ text: String, size: Double = 13) -> Double {
  let ems = text.unicodeScalars.reduce(0.0) { sum, scalar in
    switch scalar.value {
    case 0x2E80...: sum + 1
    case 0x57, 0x6D: sum + 0.98
    case 0x4D, 0x77: sum + 0.86
    case 0x41...0x5A: sum + 0.74
    case 0x20, 0x2C, 0x2E, 0x3A, 0x69, 0x6A, 0x6C, 0x74, 0x66, 0x72: sum + 0.38
    default: scalar.properties.isDiacritic ? sum : sum + 0.62
    }
  }
  return ems * size
}

/// The text with its end cut off where it is wider than there is room.
func shortened(_ text: String, to width: Double, size: Double = 13) -> String {
  guard textWidth(text, size: size) > width else { return text }
  var kept = text
  while !kept.isEmpty, textWidth(kept + "…", size: size) > width { kept.removeLast() }
  return kept + "…"
}

/// The frame that all drawings have: a picture with a title and a description that a screen reader reads.
func svg(
  kind: String, id: String, title: String, description: String, width: Double, height: Double,
  isFluid: Bool = false, content: HTML
) -> HTML {
  let size: HTML = "width=\"\(coordinate(width))\" height=\"\(coordinate(height))\" "
  return """
    <svg class="\(kind)" viewBox="0 0 \(coordinate(width)) \(coordinate(height))" \(isFluid ? HTML() : size)\
    role="img" aria-labelledby="\(id)-title" aria-describedby="\(id)-desc" font-size="13">
    <title id="\(id)-title">\(title)</title>
    <desc id="\(id)-desc">\(description)</desc>
    \(content)</svg>

    """
}
