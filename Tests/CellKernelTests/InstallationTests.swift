import CellKernel
import Diagnostics
import Foundation
import Testing

@Suite struct InstallationTests {
  @Test func anExecutableWithoutTheRestSaysSo() {
    let lonely = FileManager.default.temporaryDirectory.appending(path: "nowhere/bin/lectern")
    #expect {
      try Installation(executable: lonely)
    } throws: {
      ($0 as? Diagnostic)?.message == "the rest of Lectern is not where this executable is"
    }
  }

  @Test func theIdentityIsStable() async throws {
    let kernel = try await Kernel.make()
    #expect(kernel.identity == kernel.identity)
    #expect(kernel.identity.contains("Swift version"))
  }
}
