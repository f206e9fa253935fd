import Diagnostics
import Foundation
import Testing
import Weaving

/// A folder of templates that lie over the theme that ships.
private func weaver(overriding files: [String: String]) throws -> Weaver {
  let folder = FileManager.default.temporaryDirectory.appending(path: "lectern-\(UUID().uuidString)")
  defer { try? FileManager.default.removeItem(at: folder) }
  for (name, text) in files {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
  return Weaver(theme: try Theme(folders: [folder, themeFolder]))
}

private func mistake(_ name: String, _ text: String) -> Diagnostic? {
  do {
    _ = try weaver(overriding: [name: text])
    return nil
  } catch {
    return error as? Diagnostic
  }
}

@Suite struct TemplateTests {
  @Test func aBookOverridesATemplate() throws {
    let weaver = try weaver(overriding: ["pager.mustache": "<p>{{#next}}{{label}}{{/next}}</p>\n"])
    let page = weaver.page(for: SampleBook.chapter, record: SampleBook.record, in: SampleBook.site)
    #expect(page.contents.contains("<p>Convolution by hand</p>"))
    #expect(!page.contents.contains("class=\"pager\""))
  }

  @Test func aBookOverridesAndAddsAssets() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "lectern-\(UUID().uuidString)/assets")
    defer { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }
    try FileManager.default.createDirectory(
      at: folder.appending(path: "img"), withIntermediateDirectories: true)
    try Data("body{}".utf8).write(to: folder.appending(path: "lectern.css"))
    try Data("x".utf8).write(to: folder.appending(path: "img/logo.svg"))
    let weaver = Weaver(theme: try Theme(folders: [folder.deletingLastPathComponent(), themeFolder]))
    let assets = Dictionary(
      uniqueKeysWithValues: try weaver.assets(math: nil).map { ($0.path, $0.contents) })
    #expect(assets["assets/lectern.css"] == Data("body{}".utf8))
    #expect(assets["assets/img/logo.svg"] == Data("x".utf8))
    #expect(assets["assets/cells.css"] != nil)
    #expect(assets.keys.allSatisfy { !$0.contains("katex") })
  }

  @Test func anUnknownFieldIsToldWithItsPlace() throws {
    let error = try #require(mistake("page.mustache", "<h1>{{title}}</h1>\n<p>{{titel}}</p>\n"))
    #expect(error.line == 2)
    #expect(error.column == 4)
    #expect(error.message == "there is no field ‘titel’ here")
    #expect(error.hint == "did you mean ‘title’?")
    #expect(error.file.hasSuffix("page.mustache"))
    #expect(error.sourceLine == "<p>{{titel}}</p>")
  }

  @Test(arguments: [
    ("{{#chapters}}{{titel}}{{/chapters}}", "there is no field ‘titel’ here"),
    ("{{#chapters}}{{label}}", "the section ‘chapters’ is never closed"),
    ("{{#chapters}}{{/chapter}}", "‘{{/chapter}}’ closes no section that is open here"),
    ("{{/chapters}}", "‘{{/chapters}}’ closes no section that is open here"),
    ("{{{title}}}", "‘title’ is text"),
    ("{{&title}}", "‘title’ is text"),
    ("{{body}}", "‘body’ is markup"),
    ("{{chapters}}", "‘chapters’ is nothing that can be printed"),
    ("{{wording.skop}}", "there is no field ‘wording.skop’ here"),
    ("{{> paper}}", "there is no partial ‘paper.mustache’"),
    ("{{title", "a tag that begins with ‘{{’ has no ‘}}’ on its line"),
    ("{{}}", "a tag without a name"),
    ("{{=<% %>=}}", "templates have no tags that begin with ‘{{=’"),
    ("{{label}}", "there is no field ‘label’ here"),
  ])
  func everyMistakeIsTold(_ text: String, _ message: String) throws {
    #expect(try #require(mistake("page.mustache", text)).message == message)
  }

  @Test func aPartialIsHeldAgainstWhatItsPlaceHas() throws {
    let error = try #require(mistake("head.mustache", "<title>{{pageTitel}}</title>"))
    #expect(error.hint == "did you mean ‘pageTitle’?")
  }

  @Test func aThemeWithoutATemplateIsRefused() throws {
    let empty = FileManager.default.temporaryDirectory.appending(path: "lectern-none-\(UUID().uuidString)")
    let error = #expect(throws: Diagnostic.self) { try Theme(folders: [empty]) }
    #expect(error?.message.contains("is missing") == true)
  }

  @Test func carriageReturnsAndCommentsAreFine() throws {
    let weaver = try weaver(overriding: [
      "pager.mustache": "{{! a comment }}\r\n<p>\r\n{{#next}}\r\n{{label}}\r\n{{/next}}\r\n</p>\r\n"
    ])
    let page = weaver.page(for: SampleBook.chapter, record: SampleBook.record, in: SampleBook.site)
    #expect(page.contents.contains("<p>\nConvolution by hand\n</p>"))
  }
}
