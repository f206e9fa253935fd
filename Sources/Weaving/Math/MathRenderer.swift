import Foundation
import Synchronization

/// A formula as it stands in a page.
package struct SetFormula: Hashable, Codable, Sendable {
  package var html: String
  /// What of which font it needs.
  package var characters: MathCharacters
}

/// Sets TeX as HTML with MathML, by KaTeX. Safe to use from several threads: each takes an interpreter for
/// itself, and formulas that were set once are kept.
package final class MathRenderer: Sendable {
  package enum Failure: Error, Hashable {
    case notInstalled(message: String, hint: String)
    /// - Parameter offset: the byte of the TeX where the error is.
    case invalid(message: String, offset: Int)
  }

  struct Formula: Hashable {
    var tex: String
    var isDisplayed: Bool
    /// The book's macros, which a formula may add to and change for itself alone.
    var macros: [String: String] = [:]
  }

  private struct State: ~Copyable {
    /// What earlier builds set; read when the first formula comes.
    var stored: [Formula: SetFormula]?
    var results: [Formula: Result<SetFormula, Failure>] = [:]
    var idle: [KaTeX] = []

    mutating func known(_ formula: Formula, in store: FormulaStore?) -> Result<SetFormula, Failure>? {
      if let result = results[formula] { return result }
      if stored == nil { stored = store?.read() ?? [:] }
      guard let kept = stored?[formula] else { return nil }
      results[formula] = .success(kept)
      return .success(kept)
    }
  }

  private let state = Mutex(State())
  private let installation: KaTeXInstallation?
  private let store: FormulaStore?

  /// - Parameter stored: the file in which set formulas are kept from build to build.
  package init(installation: KaTeXInstallation? = .find(), stored file: URL? = nil) {
    self.installation = installation
    store = FormulaStore(file: file, of: installation)
  }

  /// - Parameter macros: what `\\name` stands for, by the name with its backslash.
  package func set(
    _ tex: String, isDisplayed: Bool, macros: [String: String] = [:]
  ) throws(Failure) -> SetFormula {
    let formula = Formula(tex: tex, isDisplayed: isDisplayed, macros: macros)
    if let known = state.withLock({ $0.known(formula, in: store) }) { return try known.get() }
    let result: Result<SetFormula, Failure>
    do {
      result = .success(try set(formula))
    } catch {
      if case .notInstalled = error { throw error }
      result = .failure(error)
    }
    state.withLock { $0.results[formula] = result }
    return try result.get()
  }

  /// Keeps the formulas of this build for the next one.
  package func keepFormulas() {
    guard let store else { return }
    let (used, isNew) = state.withLock { state in
      let used = state.results.compactMapValues { try? $0.get() }
      return (used, used != state.stored)
    }
    if isNew, !used.isEmpty { store.write(used) }
  }

  /// What is wrong with a macro, whatever formula uses it; `nil` if nothing is.
  package static func problem(ofMacro expansion: String) -> String? {
    guard case .invalid(let message, _)? = KaTeX.refused(in: expansion) else { return nil }
    return message
  }

  private func set(_ formula: Formula) throws(Failure) -> SetFormula {
    guard let installation else { throw KaTeXInstallation.missing }
    let katex = try takeInterpreter(of: installation)
    let result = try katex.set(formula)
    // Not after an error: an interpreter that ran out of its budget is in no state to go on.
    state.withLock { $0.idle.append(katex) }
    return result
  }

  private func takeInterpreter(of installation: KaTeXInstallation) throws(Failure) -> KaTeX {
    if let katex = state.withLock({ $0.idle.popLast() }) { return katex }
    return try KaTeX(installation)
  }
}
