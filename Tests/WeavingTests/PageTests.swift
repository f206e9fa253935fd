import Testing
import Weaving

@Suite struct PageTests {
  @Test func wholePage() throws {
    let weaver = Weaver(theme: try theme.get())
    let page = weaver.page(for: SampleBook.chapter, record: SampleBook.record, in: SampleBook.site)
    #expect(page.path == "en/11-training.html")
    #expect(page.diagnostics.map(\.description) == [])
    try expectSnapshot(page.contents, "book/en/11-training.html")
  }

  @Test func indexPage() throws {
    let weaver = Weaver(theme: try theme.get())
    for index in weaver.indexes(of: SampleBook.site) {
      try expectSnapshot(index.contents, "book/\(index.path)")
    }
  }
}
