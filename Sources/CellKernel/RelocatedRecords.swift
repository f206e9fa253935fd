import Chapters
import Diagnostics
import ExecutionRecords

/// Tells the records of a chapter's cells by the lines of another chapter with the same code.
public struct RecordRelocation {
  private let places: (from: AnchoredPlaces, to: AnchoredPlaces)
  private let target: Chapter

  /// - Parameters:
  ///   - original: the chapter that ran.
  ///   - translation: the one whose lines are wanted.
  ///   - counterparts: pairs of cells with the same code, comments and blanks aside.
  public init(
    from original: Chapter, to translation: Chapter, counterparts: [(original: Int, translation: Int)]
  ) {
    func places(_ chapter: Chapter, _ cells: [Int]) -> AnchoredPlaces {
      AnchoredPlaces(units: Unit.cells(cells, of: chapter), isWorded: false)
    }
    self.places = (
      places(original, counterparts.map(\.original)), places(translation, counterparts.map(\.translation))
    )
    target = translation
  }

  /// The record with all places moved; those that lie in none of the cells stay what they are.
  public func relocated(_ record: CellRecord) -> CellRecord {
    guard record.error != nil || !record.warnings.isEmpty else { return record }
    var outcome = UnitOutcome(status: record.status)
    (outcome.error, outcome.warnings) = (record.error, record.warnings)
    guard places.from.anchor(&outcome), places.to.place(&outcome, in: target) else { return record }
    var record = record
    (record.error, record.warnings) = (outcome.error, outcome.warnings)
    return record
  }
}
