import Tensors

/// What can be wrong with a process, an environment or a call, apart from its wording.
package enum Mistake: Error, Equatable {
  case probabilities(of: String, sum: Double)
  case negativeProbability(of: String, value: Double)
  case discount(Double)
  case action(String, in: String, space: String)
  case stepBeforeReset(String)
  case stepAfterEnd(String, steps: Int, why: String)
  case mapWithoutStart
  case mapWithoutGoal
  case raggedMap(row: Int, width: Int, expected: Int)
  case unknownMapCharacter(Character, row: Int, column: Int, known: String)
  case unknownState(String, known: [String])
  case shape(String, found: Int, expected: Int, what: String)
  case parameter(String, value: Double, rule: String)
}

extension Mistake: CustomStringConvertible {
  package var description: String {
    switch self {
    case .probabilities(let place, let sum):
      "\(place): the probabilities add up to \(fixed(sum, 6)), not to 1"
    case .negativeProbability(let place, let value):
      "\(place): \(value) is no probability: each lies from 0 to 1"
    case .discount(let value):
      "discount: γ = \(value) lies outside 0…1: 0 looks at the next reward alone, 1 at all of them alike"
    case .action(let action, let environment, let space):
      "\(environment): action \(action) is not in the action space \(space)"
    case .stepBeforeReset(let environment):
      "\(environment): step before reset: call reset() first, it starts an episode"
    case .stepAfterEnd(let environment, let steps, let why):
      "\(environment): the episode is over (\(why) after \(steps) steps): call reset() to start the next one"
    case .mapWithoutStart: "map: no start: one cell must be S"
    case .mapWithoutGoal: "map: no goal: at least one cell must be G, or else no episode ends"
    case .raggedMap(let row, let width, let expected):
      "map: row \(row) has \(width) cells, row 0 has \(expected): all rows must be equally wide"
    case .unknownMapCharacter(let character, let row, let column, let known):
      "map: “\(character)” in row \(row), column \(column) means nothing; known are \(known)"
    case .unknownState(let name, let known):
      "there is no state “\(name)”; known are \(known.joined(separator: ", "))"
    case .shape(let place, let found, let expected, let what):
      "\(place): \(found) \(what) where \(expected) are needed"
    case .parameter(let name, let value, let rule):
      "\(name): \(value): \(rule)"
    }
  }
}

/// Stops with the mistake's wording unless `condition` holds.
@inline(__always)
func require(_ condition: Bool, _ mistake: @autoclosure () -> Mistake) {
  if !condition { stop(mistake().description) }
}

/// Runs a check; a mistake stops the program with its wording.
func orStop<R>(_ body: () throws(Mistake) -> R) -> R {
  do throws(Mistake) { return try body() } catch { stop(error.description) }
}

/// Checks that numbers are probabilities and add up to 1.
package func checkProbabilities(_ values: some Sequence<Double>, of place: @autoclosure () -> String)
  throws(Mistake)
{
  var sum = 0.0
  for p in values {
    if !(p >= 0 && p <= 1 + 1e-6) { throw .negativeProbability(of: place(), value: p) }
    sum += p
  }
  if !(abs(sum - 1) <= 1e-6) { throw .probabilities(of: place(), sum: sum) }
}

/// Checks that 0 ≤ γ ≤ 1.
package func checkDiscount(_ discount: Double) throws(Mistake) {
  if !(discount >= 0 && discount <= 1) { throw .discount(discount) }
}

/// Checks that 0 ≤ value ≤ 1 for a step size or a rate of exploration.
func checkRate(_ name: String, _ value: Double) {
  require(value >= 0 && value <= 1, .parameter(name, value: value, rule: "it must lie from 0 to 1"))
}
