import Chapters

extension ChapterRenderer {
  mutating func render(_ table: Table) {
    startLine()
    let target = table.label.flatMap { numbering.targets[$0] }
    let hasCaption = isDecorated && (target != nil || !table.caption.isEmpty)
    if hasCaption {
      output += """
        <figure\(attribute: "id", claimed(target?.id)) class="table-figure">
        <figcaption>\(numbered(table.caption, target))</figcaption>

        """
    }
    if isDecorated {
      output += """
        <div class="table-scroll" tabindex="0" role="group" aria-label="\(wording.table)">

        """
    }
    output += "<table>\n<thead>\n"
    namesFormulas = isDecorated
    render(table.header, as: "th", alignments: table.alignments)
    namesFormulas = false
    output += "</thead>\n"
    if !table.rows.isEmpty {
      output += "<tbody>\n"
      for row in table.rows { render(row, as: "td", alignments: table.alignments) }
      output += "</tbody>\n"
    }
    output += "</table>\n"
    if isDecorated { output += "</div>\n" }
    if hasCaption { output += "</figure>\n" }
  }

  /// Alignment goes into `style`, as cmark-gfm's option for that has it: HTML 5 knows no `align`.
  private mutating func render(_ row: [[Inline]], as tag: HTML, alignments: [Table.Alignment?]) {
    output += "<tr>\n"
    for (index, content) in row.enumerated() {
      let alignment: HTML =
        switch index < alignments.count ? alignments[index] : nil {
        case nil: ""
        case .left?: " style=\"text-align: left\""
        case .center?: " style=\"text-align: center\""
        case .right?: " style=\"text-align: right\""
        }
      // A cell that heads nothing is no heading to a screen reader.
      let tag = isDecorated && content.isEmpty ? "td" : tag
      output += "<\(tag)\(alignment)>\(inline(content))</\(tag)>\n"
    }
    output += "</tr>\n"
  }
}
