import AcceptedOutputs
import Testing

@Suite("Tolerance")
struct ToleranceTests {
  @Test(arguments: [
    (0.4939, 0.4940, true), (0.4939, 0.4941, false), (10_000, 10_001, true), (10_000, 10_002, false),
    (.nan, .nan, true), (.infinity, .infinity, true), (.infinity, -.infinity, false), (1, .nan, false),
    (0, 0.0001, true), (0, -0.0001, true), (-0.0, 0, true), (5, .infinity, false),
  ])
  func oneInTenThousand(old: Double, new: Double, isAllowed: Bool) {
    #expect(Tolerance(1e-4).allows(new, for: old) == isAllowed)
  }

  @Test func none() {
    #expect(Tolerance(0).allows(0.1, for: 0.1))
    #expect(!Tolerance(0).allows(0.1.nextUp, for: 0.1))
  }
}

@Suite("Numbers in text")
struct NumberedTextTests {
  @Test(arguments: [
    ("loss 0.25 after 10 steps", ["0.25", "10"]), ("x1 = -3.5e-4, conv2d", ["-3.5e-4"]), ("", []),
    ("[1., 2.5]", ["1", "2.5"]), ("It took 12.", ["12"]), (".5 and +1e9", [".5", "+1e9"]),
    ("2024-05-01", ["2024", "-05", "-01"]), ("损失0.5，", ["0.5"]), ("x² 3", ["3"]), ("1e", []),
    ("a_1 1_000", []),
    ("v1.2.3", ["2.3"]), ("50%", ["50"]), ("- 5 -", ["5"]),
  ])
  func numbers(text: String, numbers: [String]) {
    let parts = NumberedText(text)
    #expect(parts.numbers.map { String($0.text) } == numbers)
    #expect(parts.words.count == parts.numbers.count + 1)
    var joined = String(parts.words[0])
    for (number, word) in zip(parts.numbers, parts.words.dropFirst()) { joined += number.text + word }
    #expect(joined == text)
  }
}
