import Tensors
import Testing

/// Every case of every file of reference values, outputs and gradients, within the file's tolerance.
@Suite struct OracleTests {
  @Test(arguments: OracleCase.all)
  func agrees(_ oracle: OracleCase) throws {
    try withSeed(0) {
      if let check = Operations.checks[oracle.operation] {
        try check(oracle)
      } else if let operation = Operations.functions[oracle.operation] {
        try compare(oracle, operation)
      } else {
        Issue.record("the operation \(oracle.operation) is unknown")
      }
    }
  }

  @Test func thereAreCases() {
    #expect(OracleCase.all.count >= 155)
  }

  private func compare(_ oracle: OracleCase, _ operation: Operations.Function) throws {
    let inputs = oracle.inputs()
    let outputs = try operation(oracle, inputs)
    for (name, expected) in oracle.json["outputs"].object ?? [:] {
      record(oracle.mismatch(name, outputs[name], expected))
    }
    let cotangent = oracle.json["cotangent"]
    guard let name = cotangent["of"].string, let output = outputs[name] else { return }
    (output * OracleCase.tensor(cotangent, shape: output.shape)).sum().backward()
    for (name, expected) in oracle.json["gradients"].object ?? [:] {
      record(oracle.mismatch("gradient of \(name)", inputs[name]?.gradient, expected))
    }
  }

  private func record(_ mismatch: String?) {
    if let mismatch { Issue.record("\(mismatch)") }
  }
}
