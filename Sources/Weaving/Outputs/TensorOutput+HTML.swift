import CellOutputs

extension OutputRenderer {
  /// The widest and tallest tensor that is shown as a table of coloured cells.
  private static let heatMapLimit = 12

  func html(of output: TensorOutput) -> HTML {
    let shape = "[\(output.shape.map(String.init).joined(separator: ", "))]"
    let note = wording.of("shape \(shape)", "形状 \(shape)")
    guard let rows = TensorRows(output), rows.width <= Self.heatMapLimit, rows.height <= Self.heatMapLimit
    else {
      let text = TerminalText.plain(output.text)
      return templates.render(
        "text",
        TextContext(
          stream: "value", label: output.shape.isEmpty ? nil : wording.of("Tensor of \(note)", "张量，\(note)"),
          text: text))
    }
    return templates.render(
      "table",
      TableContext(
        kind: "tensor", label: wording.of("Tensor of \(note)", "张量，\(note)"), note: note, rows: rows.html))
  }
}

/// A vector's or a matrix's values, as rows of a table.
private struct TensorRows {
  let width: Int
  let height: Int
  private let values: [Double]
  private let texts: [String]

  /// `nil` where the tensor has no such form, or not all of its values.
  init?(_ output: TensorOutput) {
    guard (1...2).contains(output.shape.count), output.shown == nil,
      output.shape.allSatisfy({ $0 > 0 }), output.values.count == output.shape.reduce(1, *)
    else { return nil }
    width = output.shape[output.shape.count - 1]
    height = output.shape.count == 2 ? output.shape[0] : 1
    values = output.values.enumerated().map { index, value in
      if let value { return Double(value) }
      switch output.special?[index] {
      case "inf": return .infinity
      case "-inf": return -.infinity
      default: return .nan
      }
    }
    texts = Self.texts(of: values)
  }

  /// Whole numbers as such, others with four decimals, unless their size asks for an exponent: as PyTorch
  /// prints.
  private static func texts(of values: [Double]) -> [String] {
    let finite = values.filter(\.isFinite)
    if finite.allSatisfy({ $0 == $0.rounded() && abs($0) < 1e8 }) {
      return values.map { Numbers.fixed($0, 0) }
    }
    let sizes = finite.map(abs).filter { $0 > 0 }
    let least = sizes.min() ?? 1
    let greatest = sizes.max() ?? 1
    if greatest > 1e8 || least < 1e-4 || greatest / least > 1000 && greatest >= 1e5 {
      return values.map { Numbers.short($0, digits: 5) }
    }
    return values.map { Numbers.fixed($0, 4) }
  }

  var html: HTML {
    let scale = ColorScale(fitting: values)
    var result: HTML = "<tbody>\n"
    for row in 0..<height {
      result += "<tr>"
      for index in row * width..<(row + 1) * width {
        let color = scale.color(of: values[index])
        result += "<td style=\"background:\(color.css);color:\(color.ink.css)\">\(texts[index])</td>"
      }
      result += "</tr>\n"
    }
    return result + "</tbody>\n"
  }
}
