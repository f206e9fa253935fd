import Book
import Testing

@Suite("Sizes of memory")
struct ByteSizeTests {
  @Test(arguments: [
    ("4 GiB", 4 << 30), ("512MiB", 512 << 20), ("1.5 MB", 1_500_000), ("64k", 64 << 10), ("65536", 65536),
    ("2 B", 2),
  ])
  func reads(text: String, bytes: Int) {
    #expect(ByteSize.parse(text) == bytes)
  }

  @Test(arguments: ["", "GiB", "4 parsecs", "-1 GiB", "1.2.3", "9999999999 TiB", "four"])
  func refuses(text: String) {
    #expect(ByteSize.parse(text) == nil)
  }
}
