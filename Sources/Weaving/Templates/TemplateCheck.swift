import Diagnostics

/// Holds every name in a template, and in the partials that it takes in, against the fields that there are.
struct TemplateCheck {
  let templates: [String: Template]
  private var visited: Set<String> = []

  init(templates: [String: Template]) {
    self.templates = templates
  }

  /// - Throws: `Diagnostic`, at the first tag that is wrong.
  mutating func check(_ name: String, against fields: TemplateField) throws {
    guard let template = templates[name] else {
      throw Diagnostic(
        .error, file: "\(name).mustache", message: "the template ‘\(name).mustache’ is missing",
        hint: "it belongs into the folder of the theme, templates/")
    }
    var open: [(tag: TemplateTag, scopes: [TemplateField])] = []
    var scopes = [fields]
    for tag in try TemplateTag.read(template) {
      switch tag.kind {
      case .section, .invertedSection:
        open.append((tag, scopes))
        let field = try find(tag, in: scopes, of: template)
        if tag.kind == .section, let inner = field.scope { scopes.append(inner) }
      case .end:
        guard let start = open.popLast(), start.tag.spelling == tag.spelling else {
          throw template.error(
            "‘{{/\(tag.spelling)}}’ closes no section that is open here", line: tag.line, column: tag.column)
        }
        scopes = start.scopes
      case .partial:
        try checkPartial(tag, scopes: scopes, in: template)
      case .text, .html:
        try checkVariable(tag, field: try find(tag, in: scopes, of: template), in: template)
      }
    }
    if let unclosed = open.last?.tag {
      throw template.error(
        "the section ‘\(unclosed.spelling)’ is never closed", line: unclosed.line, column: unclosed.column,
        hint: "close it with {{/\(unclosed.spelling)}}")
    }
  }

  private mutating func checkPartial(_ tag: TemplateTag, scopes: [TemplateField], in template: Template)
    throws
  {
    guard templates[tag.name] != nil else {
      let hint = templates.keys.sorted().closest(to: tag.name).map { "did you mean ‘\($0)’?" }
      throw template.error(
        "there is no partial ‘\(tag.name).mustache’", line: tag.line, column: tag.column, hint: hint)
    }
    // A partial may take in itself (a tree of headings does); each is read once in each place.
    guard visited.insert("\(template.name):\(tag.line):\(tag.column)").inserted else { return }
    try check(tag.name, against: .object(scopes.fieldsInReach))
  }

  private func checkVariable(_ tag: TemplateTag, field: TemplateField, in template: Template) throws {
    switch (tag.kind, field) {
    case (.text, .text), (.html, .html): return
    case (.text, .html):
      throw template.error(
        "‘\(tag.spelling)’ is markup", line: tag.line, column: tag.column,
        hint: "write {{{\(tag.spelling)}}}, or its tags will be shown as text")
    case (.html, .text):
      throw template.error(
        "‘\(tag.spelling)’ is text", line: tag.line, column: tag.column,
        hint: "write {{\(tag.spelling)}}, so that it is escaped")
    default:
      throw template.error(
        "‘\(tag.spelling)’ is nothing that can be printed", line: tag.line, column: tag.column,
        hint: "use it as a section: {{#\(tag.spelling)}} … {{/\(tag.spelling)}}")
    }
  }

  private func find(_ tag: TemplateTag, in scopes: [TemplateField], of template: Template) throws
    -> TemplateField
  {
    if tag.name == "." { return scopes.last! }
    // `{{#first()}}` asks for a place in the list, not for a field.
    if tag.name.isEmpty || tag.spelling.hasSuffix("()") { return .flag }
    var path = tag.name.split(separator: ".")[...]
    guard let head = path.popFirst() else { return .text }
    var field = scopes.reversed().lazy.compactMap { $0.fields?[String(head)] }.first
    var known = Array(scopes.fieldsInReach.keys)
    while let name = path.popFirst(), let outer = field {
      known = outer.fields.map { Array($0.keys) } ?? []
      field = outer.fields?[String(name)]
    }
    guard let field else {
      let suggestion = known.sorted().closest(to: tag.name)
      throw template.error(
        "there is no field ‘\(tag.name)’ here", line: tag.line, column: tag.column,
        hint: suggestion.map { "did you mean ‘\($0)’?" }
          ?? "there are: \(known.sorted().joined(separator: ", "))")
    }
    return field
  }
}

extension TemplateField {
  var fields: [String: TemplateField]? {
    if case .object(let fields) = self { return fields }
    return nil
  }

  /// What the names inside a section mean.
  fileprivate var scope: TemplateField? {
    switch self {
    case .list(let element): element
    case .object, .text, .html: self
    case .flag: nil
    }
  }
}

extension [TemplateField] {
  /// Every field that a name can mean here; inner scopes hide outer ones.
  fileprivate var fieldsInReach: [String: TemplateField] {
    reduce(into: [:]) { result, scope in
      result.merge(scope.fields ?? [:], uniquingKeysWith: { _, inner in inner })
    }
  }
}
