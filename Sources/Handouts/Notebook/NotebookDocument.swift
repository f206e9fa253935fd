/// A Jupyter notebook as its format (nbformat 4.5) has it.
struct NotebookDocument: Encodable {
  var cells: [Cell]
  var metadata: Metadata
  let nbformat = 4
  let nbformatMinor = 5

  enum CodingKeys: String, CodingKey {
    case cells, metadata, nbformat
    case nbformatMinor = "nbformat_minor"
  }

  struct Metadata: Encodable {
    var title: String
    var authors: [Author]?
    let kernelspec = ["display_name": "Swift", "language": "swift", "name": "swift"]
    let languageInfo = ["file_extension": ".swift", "mimetype": "text/x-swift", "name": "swift"]

    enum CodingKeys: String, CodingKey {
      case title, authors, kernelspec
      case languageInfo = "language_info"
    }
  }

  struct Author: Encodable {
    var name: String
  }

  struct Cell: Encodable {
    var id: String
    var source: Lines
    var content: Content

    enum Content {
      /// - Parameter attachments: the pictures that the text shows, by name and media type.
      case markdown(attachments: [String: [String: String]])
      case code(outputs: [Output], executionCount: Int?, isSourceHidden: Bool)
    }

    enum CodingKeys: String, CodingKey {
      case id, source, metadata, outputs, attachments
      case type = "cell_type"
      case executionCount = "execution_count"
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(id, forKey: .id)
      try container.encode(source, forKey: .source)
      switch content {
      case .markdown(let attachments):
        try container.encode("markdown", forKey: .type)
        try container.encode([String: String](), forKey: .metadata)
        if !attachments.isEmpty { try container.encode(attachments, forKey: .attachments) }
      case .code(let outputs, let count, let isSourceHidden):
        try container.encode("code", forKey: .type)
        try container.encode(isSourceHidden ? ["jupyter": ["source_hidden": true]] : [:], forKey: .metadata)
        try container.encode(outputs, forKey: .outputs)
        try container.encode(count, forKey: .executionCount)
      }
    }
  }

  enum Output: Encodable {
    case stream(name: String, text: Lines)
    case display(Bundle)
    case result(Bundle, executionCount: Int)
    case error(name: String, value: String, traceback: [String])

    enum CodingKeys: String, CodingKey {
      case name, text, data, metadata, ename, evalue, traceback
      case type = "output_type"
      case executionCount = "execution_count"
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      switch self {
      case .stream(let name, let text):
        try container.encode("stream", forKey: .type)
        try container.encode(name, forKey: .name)
        try container.encode(text, forKey: .text)
      case .display(let bundle):
        try container.encode("display_data", forKey: .type)
        try container.encode(bundle.data, forKey: .data)
        try container.encode(bundle.metadata, forKey: .metadata)
      case .result(let bundle, let count):
        try container.encode("execute_result", forKey: .type)
        try container.encode(bundle.data, forKey: .data)
        try container.encode(bundle.metadata, forKey: .metadata)
        try container.encode(count, forKey: .executionCount)
      case .error(let name, let value, let traceback):
        try container.encode("error", forKey: .type)
        try container.encode(name, forKey: .ename)
        try container.encode(value, forKey: .evalue)
        try container.encode(traceback, forKey: .traceback)
      }
    }
  }

  /// The same thing in several forms, of which a reader's program takes the richest that it can show.
  struct Bundle {
    var data: [String: Lines]

    /// Drawings are made for a light ground.
    var metadata: [String: String] { data["image/svg+xml"] == nil ? [:] : ["needs_background": "light"] }
  }

  /// Text as the format likes it: a list of lines, each with its end.
  struct Lines: Encodable, Hashable {
    var text: String

    init(_ text: String) {
      self.text = text
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      var lines: [String] = []
      var line = ""
      for character in text.unicodeScalars {
        line.unicodeScalars.append(character)
        if character == "\n" {
          lines.append(line)
          line = ""
        }
      }
      try container.encode(line.isEmpty ? lines : lines + [line])
    }
  }
}
