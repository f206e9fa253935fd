import Foundation
import Testing

@Suite("init, tangle, clean")
struct OtherCommandTests {
  @Test func aNewBookBuilds() throws {
    let place = try Workplace()
    let made = try place.lectern("init", "My \"book\"")
    #expect(made.status == 0, "\(made.errors)")
    let checked = try place.lectern("check", "My \"book\"", "--quiet")
    #expect(checked.status == 0)
    #expect(checked.errors.isEmpty, "\(checked.errors)")
    let built = try place.lectern("build", "My \"book\"")
    #expect(built.status == 0, "\(built.errors)")
    #expect(try place.text(of: "output/01-first-steps.html").contains("55"))
    #expect(try place.lectern("init", "My \"book\"").status == 2)
  }

  @Test func cleanRemovesWhatBuildMade() throws {
    let place = try Workplace("small")
    let before = place.contents(of: ".")
    #expect(try place.lectern("build", "small").status == 0)
    let result = try place.lectern("clean", "small")
    #expect(result.status == 0, "\(result.errors)")
    #expect(place.contents(of: ".") == before)
    #expect(!place.exists("output"))
    #expect(try place.lectern("clean", "small").status == 0)
  }

  @Test func tangledProgramsCompile() throws {
    let place = try Workplace("small")
    let result = try place.lectern("tangle", "small", "--output", "package")
    #expect(result.status == 0, "\(result.errors)")
    let manifest = try place.text(of: "package/Package.swift")
    #expect(manifest.contains("\"one\""))
    #expect(manifest.contains("\"part-two\""))
    let program = try place.text(of: "package/Sources/one/main.swift")
    #expect(program.contains("// one.md:6 squares"))
    for target in ["one", "part-two"] {
      let compiled = try typeCheck("package/Sources/\(target)/main.swift", in: place)
      #expect(compiled.status == 0, "\(compiled.errors)")
    }
  }

  /// Against the modules beside the tool: building the package would compile all of the library again.
  private func typeCheck(_ file: String, in place: Workplace) throws -> Executable.Result {
    let sources = Executable.package.appending(path: "Sources").path
    let arguments = [
      "swiftc", "-typecheck", "-swift-version", "5", "-I", Executable.folder.path + "/Modules",
      "-I", sources + "/COpenBLAS", "-I", sources + "/CVectorMath/include", file,
    ]
    return try Executable.start(URL(filePath: "/usr/bin/env"), arguments, in: place.url).wait()
  }
}
