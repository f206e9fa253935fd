import Foundation
import SwiftParser
import SwiftSyntax

/// A declaration that cells can see, as the sources have it.
struct PublicDeclaration: Sendable, CustomStringConvertible {
  var file: String
  var line: Int
  /// `Adam.init`, `crossEntropy`.
  var name: String
  /// The lines of its doc comment, without the slashes.
  var documentation: [String]
  /// The parameters, or the property itself, that have a default, and its source text.
  var defaults: [(name: String, value: String)]
  /// Its first line.
  var source: String

  var description: String { "\(file):\(line): \(name)" }

  /// All public declarations of the modules that cells see.
  static let all: [PublicDeclaration] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources")
    return ["Tensors", "NeuralNetworks", "ReinforcementLearning"].flatMap { module in
      let folder = root.appending(path: module)
      let files = (FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? [])
      return files.filter { $0.hasSuffix(".swift") }.sorted().flatMap { file -> [PublicDeclaration] in
        guard let source = try? String(contentsOf: folder.appending(path: file), encoding: .utf8) else {
          return []
        }
        return declarations(in: source, file: "\(module)/\(file)")
      }
    }
  }()

  static func declarations(in source: String, file: String) -> [PublicDeclaration] {
    let tree = Parser.parse(source: source)
    let collector = Collector(file, SourceLocationConverter(fileName: file, tree: tree))
    collector.walk(tree)
    return collector.found
  }
}

/// Walks a file, and notes what is public in it.
private final class Collector: SyntaxVisitor {
  var found: [PublicDeclaration] = []
  private let file: String
  private let converter: SourceLocationConverter
  private var types: [String] = []

  init(_ file: String, _ converter: SourceLocationConverter) {
    self.file = file
    self.converter = converter
    super.init(viewMode: .sourceAccurate)
  }

  private func note(
    _ node: some WithModifiersSyntax & DeclSyntaxProtocol, _ name: String,
    _ defaults: [(name: String, value: String)] = []
  ) {
    // What an override or a conformance's witness does is told where it is declared first.
    let modifiers = node.modifiers.map(\.name.text)
    guard modifiers.contains("public"), !modifiers.contains("override") else { return }
    found.append(
      PublicDeclaration(
        file: file, line: converter.location(for: node.positionAfterSkippingLeadingTrivia).line,
        name: (types + [name]).joined(separator: "."),
        documentation: node.leadingTrivia.compactMap {
          if case .docLineComment(let text) = $0 {
            String(text.dropFirst(3)).trimmingCharacters(in: .whitespaces)
          } else {
            nil
          }
        }, defaults: defaults,
        source: node.trimmedDescription.split(separator: "\n").first.map(String.init) ?? ""))
  }

  private func defaults(_ parameters: FunctionParameterListSyntax) -> [(name: String, value: String)] {
    parameters.compactMap { parameter in
      parameter.defaultValue.map {
        ((parameter.secondName ?? parameter.firstName).text, $0.value.trimmedDescription)
      }
    }
  }

  private func enter(_ name: String) -> SyntaxVisitorContinueKind {
    types.append(name)
    return .visitChildren
  }

  override func visit(_ node: StructDeclSyntax) -> SyntaxVisitorContinueKind {
    note(node, node.name.text)
    return enter(node.name.text)
  }
  override func visitPost(_ node: StructDeclSyntax) { types.removeLast() }
  override func visit(_ node: ClassDeclSyntax) -> SyntaxVisitorContinueKind {
    note(node, node.name.text)
    return enter(node.name.text)
  }
  override func visitPost(_ node: ClassDeclSyntax) { types.removeLast() }
  override func visit(_ node: EnumDeclSyntax) -> SyntaxVisitorContinueKind {
    note(node, node.name.text)
    return enter(node.name.text)
  }
  override func visitPost(_ node: EnumDeclSyntax) { types.removeLast() }
  override func visit(_ node: ProtocolDeclSyntax) -> SyntaxVisitorContinueKind {
    note(node, node.name.text)
    return enter(node.name.text)
  }
  override func visitPost(_ node: ProtocolDeclSyntax) { types.removeLast() }
  override func visit(_ node: ExtensionDeclSyntax) -> SyntaxVisitorContinueKind {
    enter(node.extendedType.trimmedDescription)
  }
  override func visitPost(_ node: ExtensionDeclSyntax) { types.removeLast() }

  override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind {
    note(node, node.name.text, defaults(node.signature.parameterClause.parameters))
    return .skipChildren
  }
  override func visit(_ node: InitializerDeclSyntax) -> SyntaxVisitorContinueKind {
    note(node, "init", defaults(node.signature.parameterClause.parameters))
    return .skipChildren
  }
  override func visit(_ node: SubscriptDeclSyntax) -> SyntaxVisitorContinueKind {
    note(node, "subscript")
    return .skipChildren
  }
  override func visit(_ node: VariableDeclSyntax) -> SyntaxVisitorContinueKind {
    let bindings = node.bindings.map {
      ($0.pattern.trimmedDescription, $0.initializer?.value.trimmedDescription)
    }
    note(
      node, bindings.map(\.0).joined(separator: ", "),
      bindings.compactMap { name, value in value.map { (name, $0) } })
    return .skipChildren
  }
}
