import Chapters
import KernelProtocol

/// A chapter taken apart into the units that run, cells and inline values, and what the results of each depend on.
public struct ChapterAnalysis: Sendable {
  public let chapter: Chapter
  let units: [Unit]
  let graph: DependenceGraph
  /// By unit: the digest of all that its results depend on, but for the files that it is seen to read.
  public let keys: [Digest]
  /// `CellKernel.identity`, as the keys know it.
  public let kernelIdentity: String
  /// The files that cells say they read (`depends:`).
  public let declaredFiles: Set<FileUse>
  /// How results name the book's files.
  let naming: PathNaming?

  /// - Parameters:
  ///   - kernelIdentity: `CellKernel.identity`.
  ///   - fileUse: a file, as it is now, that a cell says it reads.
  init(
    _ chapter: Chapter, settings: CellKernel.Settings, kernelIdentity: String, naming: PathNaming?,
    fileUse: (String) -> FileUse
  ) {
    self.chapter = chapter
    self.kernelIdentity = kernelIdentity
    self.naming = naming
    var units = Unit.all(of: chapter, seed: settings.seed)
    graph = DependenceGraph(units)
    var importCount = 0
    for index in units.indices {
      units[index].importsAbove = importCount
      if units[index].isEvaluated { importCount += units[index].syntax.imports.count }
      units[index].isPlaced = ([index] + graph.dependencies[index]).contains {
        units[$0].syntax.tokens.asksForPlace
      }
    }
    self.units = units
    var declared: Set<FileUse> = []
    var keys: [Digest] = []
    var imports: [String] = []
    for unit in units {
      let options = unit.options
      var parts = [
        "4", kernelIdentity, "\(settings.memoryLimit) \(settings.outputLimit)",
        unit.syntax.isBroken ? unit.code : "",
        unit.syntax.tokens.text, "\(unit.seed) \(unit.isInlineValue) \(unit.isEvaluated)",
        "\(options.timeout ?? 0) \(options.expectError?.rawValue ?? "")",
      ]
      for path in options.depends ?? [] {
        let file = fileUse(path)
        declared.insert(file)
        parts += [path, file.state]
      }
      if unit.isPlaced { parts.append("\(chapter.path) \(unit.firstLine) \(unit.columnOffsets)") }
      parts += ["imports"] + imports + ["above"] + graph.dependencies[unit.index].map { keys[$0].description }
      keys.append(Digest(parts))
      if unit.isEvaluated { imports += unit.syntax.imports }
    }
    self.keys = keys
    declaredFiles = declared
  }

  public var unitCount: Int { units.count }

  /// Earlier units that the results of `unit` depend on.
  public func dependencies(of unit: Int) -> [Int] { graph.dependencies[unit] }

  /// Everything that a message about any of `units` could tell of, comments and blanks included.
  func wording(of units: some Sequence<Int>) -> Digest {
    Digest(
      units.flatMap { index -> [String] in
        let unit = self.units[index]
        return [unit.code, "\(unit.isEvaluated) \(unit.options.expectError?.rawValue ?? "")"]
      })
  }

  /// Whether the author wants the results kept (`nil`: did not say).
  public func mayBeKept(_ unit: Int) -> Bool? { units[unit].options.cache }

  /// Whether the author says which files it reads.
  public func declaresFiles(_ unit: Int) -> Bool { units[unit].options.depends != nil }
}
