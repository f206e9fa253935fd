/// What a template may name: the fields of a value, found by looking at a sample of it.
///
/// A context is a struct whose stored properties are the fields; its `sample` has every optional set and
/// every list filled, so that all fields can be seen.
protocol TemplateContext: Sendable {
  static var sample: Self { get }
}

extension TemplateContext {
  /// The fields by their names, and theirs in turn. swift-mustache would reflect on all fields of a value anew for every
  /// name that a template has.
  var fields: Any { Self.fields(of: self) ?? [String: Any]() }

  /// - Returns: `nil` for an optional that holds nothing.
  private static func fields(of value: Any) -> Any? {
    switch value {
    case is String, is HTML, is Bool, is Int: return value
    default:
      let mirror = Mirror(reflecting: value)
      switch mirror.displayStyle {
      case .optional: return mirror.children.first.flatMap { fields(of: $0.value) }
      case .collection: return mirror.children.compactMap { fields(of: $0.value) }
      default:
        return mirror.children.reduce(into: [String: Any]()) { result, child in
          if let label = child.label { result[label] = fields(of: child.value) }
        }
      }
    }
  }
}

/// What stands behind a name in a template.
indirect enum TemplateField: Sendable {
  /// Text, escaped by `{{name}}`.
  case text
  /// Markup, put in as it is by `{{{name}}}`.
  case html
  /// Yes or no, for sections.
  case flag
  case list(TemplateField)
  case object([String: TemplateField])

  /// - Parameter fields: a sample's `fields`, or one of those.
  private init(of fields: Any) {
    switch fields {
    case is HTML: self = .html
    case is Bool: self = .flag
    case let list as [Any]: self = .list(list.first.map { TemplateField(of: $0) } ?? .text)
    case let object as [String: Any]: self = .object(object.mapValues { TemplateField(of: $0) })
    default: self = .text
    }
  }

  init(of context: some TemplateContext) { self.init(of: context.fields) }
}
