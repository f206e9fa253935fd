import Foundation
import Testing

@Suite("A full disk")
struct FullDiskTests {
  /// Runs a line of shell with `$LECTERN` in a folder.
  private func shell(_ line: String, in place: Workplace) throws -> Executable.Result {
    try Executable.start(
      URL(filePath: "/bin/sh"), ["-c", line], in: place.url, environment: ["LECTERN": Executable.lectern.path]
    ).wait()
  }

  /// A limit on the size of files stands in for the disk: no rights are needed to set it.
  @Test func keepsTheOldPageAndLeavesNoLitter() throws {
    let place = try Workplace(files: ["book/a.md": "# Old\n"])
    #expect(try place.lectern("build", "book").status == 0)
    let old = place.contents(of: "output")
    let long = String(repeating: "Prose that takes room.\n\n", count: 20_000)
    try place.write("# New\n\n" + long, to: "book/a.md")
    // In blocks of 512 bytes: room for the worker's files, not for the page.
    let result = try shell("ulimit -f 800; \"$LECTERN\" build book", in: place)
    #expect(result.status == 1, "\(result.errors)")
    #expect(result.errors.contains("output/a.html: error: cannot be written"), "\(result.errors)")
    #expect(place.contents(of: "output")["a.html"] == old["a.html"])
    #expect(!place.contents(of: "output").keys.contains { $0.hasSuffix(".tmp") })
  }

  /// A real small disk, where the system lets us make one.
  @Test func realDisk() throws {
    let place = try Workplace(files: ["book/a.md": "# Title\n", "output/.keep": ""])
    let mounted = try shell("mount -t tmpfs -o size=64k none output", in: place)
    guard mounted.status == 0 else { return }
    defer { _ = try? shell("umount output", in: place) }
    let result = try shell(
      "head -c 60000 /dev/zero > output/filler; \"$LECTERN\" build book", in: place)
    #expect(result.status == 1)
    #expect(result.errors.contains("no space left on device"), "\(result.errors)")
    #expect(!place.contents(of: "output").keys.contains { $0.hasSuffix(".tmp") })
  }
}
