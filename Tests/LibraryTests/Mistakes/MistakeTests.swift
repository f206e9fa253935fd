import Testing

/// What a mistake in a cell says, from the call that makes it to the words: the operation, what was found, the rule.
struct CellMistake: Sendable, CustomTestStringConvertible {
  let message: String
  let make: @Sendable () -> Void

  init(_ message: String, _ make: @escaping @Sendable () -> Void) {
    self.message = message
    self.make = make
  }

  var testDescription: String { message }

  static let all = ofNetworks + ofReinforcementLearning
}

/// A mistake ends the process that makes it, so each is made in one of its own.
@Suite struct MistakeTests {
  @Test(arguments: CellMistake.all.indices)
  func saysWhatIsWrong(_ index: Int) async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { [index] in
      CellMistake.all[index].make()
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("Fatal error: \(CellMistake.all[index].message)\n"), "\(text.prefix(300))")
  }
}
