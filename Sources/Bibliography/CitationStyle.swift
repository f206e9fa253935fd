import Foundation

/// How works are cited and listed, by author and year: as the Chicago Manual of Style has it, or, in Chinese, as
/// GB/T 7714 has it.
public struct CitationStyle: Hashable, Sendable {
  public var isChinese: Bool

  public init(isChinese: Bool) {
    self.isChinese = isChinese
  }

  /// A piece of an entry in a list of works.
  public enum Run: Hashable, Sendable {
    case text(String)
    case emphasis(String)
    case link(String)
  }

  func of(_ english: String, _ chinese: String) -> String { isChinese ? chinese : english }

  // MARK: In the text

  /// "Hornik", "Hornik and White", "Hornik et al."; "Hornik 等".
  public func authors(of work: Work) -> String {
    let names = work.creators.map(\.short)
    let most = isChinese ? 2 : 3
    guard let first = names.first else { return shortTitle(of: work) }
    if names.count > most || work.hasMoreAuthors {
      return isChinese ? spaced(first, "等") : "\(first) et al."
    }
    switch names.count {
    case 1: return first
    case 2: return isChinese ? spaced(spaced(first, "和"), names[1]) : "\(first) and \(names[1])"
    default: return names.dropLast().joined(separator: ", ") + ", and " + names[names.count - 1]
    }
  }

  /// A space between Latin and Chinese, none within Chinese.
  private func spaced(_ first: String, _ second: String) -> String {
    return first + (Self.isLatin(first.last) != Self.isLatin(second.first) ? " " : "") + second
  }

  static func isLatin(_ character: Character?) -> Bool {
    character.map { $0.unicodeScalars.allSatisfy { $0.value < 0x2E80 } } ?? false
  }

  private func shortTitle(of work: Work) -> String {
    let title = work.title ?? work.key
    return of("“\(title)”", "《\(title)》")
  }

  /// - Parameter suffix: "a" where the same authors have several works of that year.
  public func year(of work: Work, suffix: String) -> String {
    (work.year ?? of("n.d.", "无日期")) + suffix
  }

  // MARK: The order of the list

  /// Works as they are listed: by author, year and title.
  public func sorted(_ works: [Work]) -> [Work] {
    works.map { ($0, key(of: $0)) }.sorted { a, b in
      for (first, second) in zip(a.1, b.1) where first != second {
        if !isChinese, first.beginsInChinese != second.beginsInChinese { return second.beginsInChinese }
        let order = first.compare(
          second, options: [.caseInsensitive, .diacriticInsensitive], locale: Self.order)
        return order == .orderedSame ? first < second : order == .orderedAscending
      }
      return a.0.key < b.0.key
    }.map(\.0)
  }

  /// Chinese names by their Pinyin, whatever the machine's own language is: before all others in a Chinese list, behind
  /// them in an English one.
  private static let order = Locale(identifier: "zh_Hans")

  private func key(of work: Work) -> [String] {
    let names = work.creators.map(\.inverted).joined(separator: "; ")
    return [names.isEmpty ? work.title ?? "" : names, work.year ?? "", work.title ?? ""]
  }

  /// By key: "a", "b" for works of the same authors and year, in the order of the list.
  public func yearSuffixes(of works: [Work]) -> [String: String] {
    var groups: [[String]: [Work]] = [:]
    for work in sorted(works) {
      groups[[authors(of: work), work.year ?? ""], default: []].append(work)
    }
    var suffixes: [String: String] = [:]
    for group in groups.values where group.count > 1 {
      for (index, work) in group.enumerated() { suffixes[work.key] = Self.letters(index) }
    }
    return suffixes
  }

  private static func letters(_ index: Int) -> String {
    let letter = String(UnicodeScalar(UInt8(97 + index % 26)))
    return index < 26 ? letter : letters(index / 26 - 1) + letter
  }

  // MARK: The list

  /// An entry of the list of works.
  public func entry(of work: Work, suffix: String) -> [Run] {
    (isChinese
      ? ChineseEntry(style: self, work: work, suffix: suffix).runs
      : EnglishEntry(style: self, work: work, suffix: suffix).runs).merged
  }
}

extension [CitationStyle.Run] {
  /// Texts side by side made one.
  fileprivate var merged: Self {
    reduce(into: []) { result, run in
      if case .text(let more) = run, case .text(let text)? = result.last {
        result[result.count - 1] = .text(text + more)
      } else {
        result.append(run)
      }
    }
  }
}

extension String {
  fileprivate var beginsInChinese: Bool { unicodeScalars.first.map { $0.value >= 0x2E80 } ?? false }
}
