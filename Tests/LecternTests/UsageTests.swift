import Foundation
import Testing

@Suite("Wrong usage")
struct UsageTests {
  @Test(arguments: [
    (["build", "--no-such-option"], "--no-such-option"),
    (["build", "nowhere"], "nowhere"),
    (["build", "text.txt"], "Markdown"),
    (["build", "one.md", "two.md"], "two.md"),
    (["build", "one.md", "--jobs", "0"], "--jobs"),
    (["build", "one.md", "--jobs", "many"], "many"),
    (["build", "one.md", "--edition", "teacher"], "teacher"),
    (["build", "one.md", "--output", "text.txt"], "text.txt"),
    (["build", "one.md", "--templates", "nowhere"], "nowhere"),
    (["bulid"], "bulid"),
    (["check", "nowhere"], "nowhere"),
    (["tangle", "one.md", "--library", "nowhere"], "nowhere"),
    (["clean", "nowhere"], "nowhere"),
    (["init", "."], "not empty"),
    (["init", "text.txt"], "text.txt"),
  ])
  func isRefused(arguments: [String], word: String) throws {
    let place = try Workplace(files: ["one.md": "# One\n", "text.txt": "text"])
    let before = place.contents(of: ".")
    let result = try Executable.start(Executable.lectern, arguments, in: place.url).wait()
    #expect(result.status == 2)
    #expect(result.errors.contains(word), "\(result.errors)")
    #expect(place.contents(of: ".") == before)
  }

  @Test(arguments: [["--help"], ["build", "--help"], ["help", "check"], ["--version"]])
  func helps(arguments: [String]) throws {
    let place = try Workplace()
    let result = try Executable.start(Executable.lectern, arguments, in: place.url).wait()
    #expect(result.status == 0)
    #expect(result.output.contains("lectern"))
    #expect(result.errors.isEmpty)
  }
}
