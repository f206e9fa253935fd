import Foundation
import Testing
import Weaving

@Suite struct ImageTests {
  private func file(_ bytes: [UInt8]) -> ImageFile? { ImageFile(Data(bytes)) }
  private func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test func png() {
    let head: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + ascii("IHDR")
    #expect(file(head + [0, 0, 1, 0x2C, 0, 0, 0, 200]) == ImageFile(format: .png, width: 300, height: 200))
    #expect(file(head + [0, 0, 1]) == nil)
  }

  @Test func gif() {
    #expect(file(ascii("GIF89a") + [0x2C, 1, 200, 0]) == ImageFile(format: .gif, width: 300, height: 200))
  }

  @Test func jpeg() {
    let frame: [UInt8] = [0xFF, 0xC0, 0, 11, 8, 0, 200, 1, 0x2C, 1, 1, 0x11, 0]
    #expect(file([0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0] + frame) == ImageFile(format: .jpeg, width: 300, height: 200))
    // EXIF's orientation 6: the camera was held upright.
    let tiff: [UInt8] = ascii("MM") + [0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]
    let exif = ascii("Exif") + [0, 0] + tiff
    let turned: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE1, 0, UInt8(exif.count + 2)] + exif + frame
    #expect(file(turned) == ImageFile(format: .jpeg, width: 200, height: 300))
    #expect(file([0xFF, 0xD8, 0xFF, 0xE0, 0, 200, 0]) == nil)
  }

  @Test func webP() {
    let head = ascii("RIFF") + [0, 0, 0, 0] + ascii("WEBP")
    #expect(file(head + ascii("VP8X") + [10, 0, 0, 0, 0, 0, 0, 0, 0x2B, 1, 0, 199, 0, 0]) == ImageFile(format: .webP, width: 300, height: 200))
    #expect(file(head + ascii("VP8 ") + [0, 0, 0, 0, 0, 0, 0, 0x9D, 0x01, 0x2A, 0x2C, 1, 200, 0]) == ImageFile(format: .webP, width: 300, height: 200))
    // 14 bits each, less one: 299 and 199.
    let bits: UInt32 = 299 | 199 << 14
    let packed = (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) }
    #expect(file(head + ascii("VP8L") + [0, 0, 0, 0, 0x2F] + packed) == ImageFile(format: .webP, width: 300, height: 200))
  }

  @Test(arguments: [
    ("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"300\" height=\"200\"/>", 300, 200),
    ("<?xml version='1.0'?>\n<!-- a > b -->\n<!DOCTYPE svg>\n<svg viewBox='0 0 30 20'>", 30, 20),
    ("<svg width=\"60\" viewBox=\"0,0,30,20\">", 60, 40), ("<svg width=\"1in\" height='2.54cm'>", 96, 96),
    ("<svg width=\"100%\" height=\"100%\" viewBox=\"0 0 3 2\">", 3, 2),
  ])
  func svg(text: String, width: Int, height: Int) {
    #expect(ImageFile(Data(text.utf8)) == ImageFile(format: .svg, width: width, height: height))
  }

  @Test func scriptsInSVG() {
    #expect(ImageFile(Data("<svg><script>x</script></svg>".utf8))?.hasScript == true)
    #expect(ImageFile(Data("<svg onload=\"x()\"></svg>".utf8))?.hasScript == true)
    #expect(ImageFile(Data("<svg><title>on = x</title></svg>".utf8))?.hasScript == false)
  }

  @Test func whatIsNoImage() {
    #expect(ImageFile(Data()) == nil)
    #expect(ImageFile(Data("<html><svg></svg></html>".utf8)) == nil)
    #expect(ImageFile(Data("hello".utf8)) == nil)
    // Any beginning of any format, cut anywhere.
    for count in 0..<40 { _ = file(Array(([0xFF, 0xD8, 0xFF, 0xE1, 0, 30] + ascii("Exif\0\0MM\0*\0\0\0\u{8}\0\u{1}")).prefix(count))) }
  }

  @Test func aPageSaysHowLargeItsImagesAre() throws {
    var resources = ChapterResources()
    resources.files["../a b.png"] = LinkedFile(path: "images/a b.png", image: ImageFile(format: .png, width: 300, height: 200))
    let text = "![A](<../a b.png>){width=50%}\n\n![](<../a b.png>){alt=\"\"}\n\n![](<../a b.png>)"
    let page = try BookFixture(["en/a.md": text]).page("en/a.md", resources: resources)
    #expect(page.html.contains("<img src=\"../images/a%20b.png\" alt=\"A\" width=\"300\" height=\"200\" style=\"width: 50%\" />"))
    #expect(page.html.contains("<p><img src=\"../images/a%20b.png\" alt=\"\" width=\"300\" height=\"200\" /></p>"))
    #expect(page.messages == ["en/a.md:5:1: warning: the picture ‘../a b.png’ has no description"])
  }
}
