extension Element {
  /// Puts the notes that a page has in its paragraphs, for its margin, into the list at its end: for formats that have
  /// no margin.
  func gatherMarginNotes() {
    var notes: [Element] = []
    replaceDescendants { element in
      guard element.hasClass("margin-note") else { return nil }
      notes.append(element)
      return []
    }
    guard !notes.isEmpty else { return }
    let list = first { $0.hasClass("footnotes") }?.first(named: "ol") ?? newNoteList()
    for note in notes {
      let number = note.elements.first { $0.hasClass("footnote-number") }
      let text = note.children.filter { node in
        if case .element(let element) = node { !element.hasClass("footnote-number") } else { true }
      }
      note.name = "div"
      note.children = [number.map { .element($0) }, .element(Element("p", children: text))].compactMap { $0 }
      list.children.append(.element(Element("li", children: [.element(note)])))
    }
    list.children = list.elements.sorted { $0.noteNumber < $1.noteNumber }.map { .element($0) }
  }

  private func newNoteList() -> Element {
    let list = Element("ol")
    children.append(.element(Element("section", [("class", "footnotes")], children: [.element(list)])))
    return list
  }

  private var noteNumber: Int {
    first { $0.hasClass("footnote-number") }.flatMap { Int($0.text) } ?? .max
  }
}
