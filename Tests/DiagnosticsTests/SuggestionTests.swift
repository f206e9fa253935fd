import Diagnostics
import Testing

@Suite struct SuggestionTests {
  @Test(arguments: [
    ("lable", "label"), ("fig_cap", "fig-cap"), ("Echo", "echo"), ("tiemout", "timeout"),
    ("outputs", "output"),
    ("zzz", nil), ("", nil),
  ])
  func closest(name: String, expected: String?) {
    #expect(["label", "echo", "timeout", "fig-cap", "output"].closest(to: name) == expected)
  }

  @Test(arguments: [("kitten", "sitting", 3), ("ab", "ba", 1), ("", "abc", 3), ("same", "same", 0)])
  func distance(a: String, b: String, expected: Int) {
    #expect(editDistance(Array(a), Array(b)) == expected)
  }
}
