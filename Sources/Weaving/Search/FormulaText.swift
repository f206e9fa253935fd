/// A formula as running text, for the words around a search's finds: `\sigma(z)` is `σ(z)`.
///
/// It says what a formula speaks of, not how it is built: fractions become a slash, and what only lays out goes.
package enum FormulaText {
  package static func text(of tex: String) -> String {
    var result = ""
    var rest = Substring(tex)
    while let character = rest.first {
      rest.removeFirst()
      switch character {
      case "\\":
        let name = rest.prefix { $0.isASCII && $0.isLetter }
        guard !name.isEmpty else {
          // `\\` ends a line, `\,` is a space, `\{` a brace.
          if let sign = rest.popFirst() { result += "{}%$#_&|".contains(sign) ? String(sign) : " " }
          continue
        }
        rest.removeFirst(name.count)
        result += word(String(name), in: &rest)
      case "{", "}", "&", "~", "$": break
      default: result.append(character)
      }
    }
    return result.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func word(_ command: String, in rest: inout Substring) -> String {
    if let symbol = symbols[command] { return symbol }
    switch command {
    case "frac", "tfrac", "dfrac":
      // The slash goes between the two groups.
      if let numerator = group(&rest) {
        return "\(text(of: numerator))/"
      }
      return ""
    case "begin", "end":
      _ = group(&rest)
      if rest.first == "{" { _ = group(&rest) }
      return " "
    case "text", "mathrm", "operatorname", "mathbf", "mathbb", "mathcal", "boldsymbol", "mathit", "texttt":
      return ""
    case "log", "ln", "exp", "sin", "cos", "tanh", "tan", "max", "min", "arg", "lim", "sup", "inf", "det",
      "Pr":
      return command + " "
    default: return ""
    }
  }

  /// What stands in braces here, which is taken off.
  private static func group(_ rest: inout Substring) -> String? {
    guard rest.first == "{" else { return nil }
    var depth = 0
    for index in rest.indices {
      if rest[index] == "{" { depth += 1 }
      if rest[index] == "}" { depth -= 1 }
      guard depth == 0 else { continue }
      let content = rest[rest.index(after: rest.startIndex)..<index]
      rest = rest[rest.index(after: index)...]
      return String(content)
    }
    return nil
  }

  private static let symbols: [String: String] = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ",
    "eta": "η",
    "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ",
    "sigma": "σ",
    "tau": "τ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ",
    "Theta": "Θ", "Lambda": "Λ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "sum": "∑",
    "prod": "∏", "int": "∫", "partial": "∂", "nabla": "∇", "infty": "∞", "cdot": "·", "times": "×", "le": "≤",
    "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈", "in": "∈", "to": "→", "mid": "|",
    "rightarrow": "→", "leftarrow": "←", "gets": "←", "mapsto": "↦", "pm": "±", "odot": "⊙", "otimes": "⊗",
    "sqrt": "√",
    "dots": "…", "cdots": "…", "ldots": "…", "quad": " ", "qquad": " ", "top": "ᵀ", "ell": "ℓ", "forall": "∀",
    "exists": "∃", "propto": "∝", "sim": "∼", "equiv": "≡", "star": "⋆", "ast": "∗", "prime": "′",
  ]
}
