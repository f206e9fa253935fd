/// An element of a page that was woven, with what stands in it.
///
/// Handouts are made from finished pages: what a page shows, they show, whatever template or renderer it came from.
package final class Element {
  package enum Namespace: String, Sendable {
    case html = "http://www.w3.org/1999/xhtml"
    case svg = "http://www.w3.org/2000/svg"
    case mathML = "http://www.w3.org/1998/Math/MathML"
    /// A book's list of its files.
    case opf = "http://www.idpf.org/2007/opf"
    /// Where in an archive that list lies.
    case ocf = "urn:oasis:names:tc:opendocument:xmlns:container"
  }

  package enum Node {
    case element(Element)
    case text(String)
  }

  package var name: String
  package var namespace: Namespace
  /// In the order in which they stand.
  package var attributes: [(name: String, value: String)]
  package var children: [Node]

  package init(
    _ name: String, namespace: Namespace = .html, _ attributes: [(name: String, value: String)] = [],
    children: [Node] = []
  ) {
    self.name = name
    self.namespace = namespace
    self.attributes = attributes
    self.children = children
  }

  /// An attribute's value; setting `nil` removes it.
  package subscript(_ attribute: String) -> String? {
    get { attributes.first { $0.name == attribute }?.value }
    set {
      let index = attributes.firstIndex { $0.name == attribute }
      switch (index, newValue) {
      case (let index?, let value?): attributes[index].value = value
      case (let index?, nil): attributes.remove(at: index)
      case (nil, let value?): attributes.append((attribute, value))
      case (nil, nil): break
      }
    }
  }

  package var classes: [Substring] { self["class"]?.split(whereSeparator: \.isWhitespace) ?? [] }

  package func hasClass(_ name: String) -> Bool { classes.contains { $0 == name } }
}

extension Element {
  package var elements: [Element] {
    children.compactMap { node in
      if case .element(let element) = node { return element }
      return nil
    }
  }

  /// The text of this element and all below it.
  package var text: String {
    children.map { node in
      switch node {
      case .text(let text): text
      case .element(let element): element.text
      }
    }.joined()
  }

  /// Calls `visit` with this element and all below it, in the order of the text. What `visit` refuses (by `false`) is
  /// not gone into.
  package func walk(_ visit: (Element) -> Bool) {
    guard visit(self) else { return }
    for element in elements { element.walk(visit) }
  }

  /// The elements for which `condition` holds, this one among them.
  package func all(where condition: (Element) -> Bool) -> [Element] {
    var found: [Element] = []
    walk { element in
      if condition(element) { found.append(element) }
      return true
    }
    return found
  }

  package func first(where condition: (Element) -> Bool) -> Element? {
    if condition(self) { return self }
    for element in elements {
      if let found = element.first(where: condition) { return found }
    }
    return nil
  }

  package func first(named name: String) -> Element? { first { $0.name == name } }

  /// Puts what `replace` says into the place of each element below this one; what it gives is gone into as well,
  /// unless it is another element.
  package func replaceDescendants(_ replace: (Element) -> [Node]?) {
    children = children.flatMap { node -> [Node] in
      guard case .element(let element) = node else { return [node] }
      if let replacement = replace(element) { return replacement }
      element.replaceDescendants(replace)
      return [node]
    }
  }
}
