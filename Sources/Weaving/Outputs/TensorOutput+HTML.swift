import CellOutputs

extension OutputRenderer {
  func html(of output: TensorOutput, id: String, alt: String?) -> HTML {
    let shape = "[\(output.shape.map(String.init).joined(separator: ", "))]"
    let note = wording.of("shape \(shape)", "形状 \(shape)")
    let label = wording.of("Tensor of \(note)", "张量，\(note)")
    guard let rows = TensorRows(output), output.shape.count == 2 || rows.width <= Self.heatMapLimit else {
      return templates.render(
        "text",
        TextContext(
          stream: "value", label: output.shape.isEmpty ? nil : label, text: TerminalText.plain(output.text)))
    }
    if max(rows.width, rows.height) > Self.heatMapLimit {
      return html(of: rows.matrix(title: label), id: id, alt: alt ?? altText(of: output))
    }
    return templates.render(
      "table",
      TableContext(
        kind: "tensor", label: label, note: note, rows: rows.html))
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

  /// The same as a matrix, for what is too large for a table.
  func matrix(title: String) -> MatrixOutput {
    let scale = ColorScale(fitting: values)
    return MatrixOutput(
      title: title, rows: (0..<height).map(String.init), columns: (0..<width).map(String.init),
      panels: [MatrixOutput.Panel(values: values.map { Float($0) })], decimals: 4,
      scale: scale.map == .diverging ? .diverging : .sequential, low: Float(scale.low), high: Float(scale.high))
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
