import Bibliography
import Testing

@Suite struct CSLTests {
  @Test func json() throws {
    let (works, messages) = read(
      """
      [
        {
          "id": "hornik1991", "type": "article-journal", "title": "Approximation",
          "author": [{"family": "Hornik", "given": "Kurt"}, {"literal": "The Swift Team"}],
          "container-title": "Neural\\u0020Networks", "volume": 4, "issue": "2", "page": "251-257",
          "issued": {"date-parts": [[1991, 3, 1]]}, "DOI": "10.1016\\/x"
        },
        {"id":"emoji","title":"\\ud83d\\ude00 <i>x</i>","issued":{"date-parts":[["2020"]]}}
      ]
      """, file: "a.json")
    #expect(messages == [])
    let work = try #require(works["hornik1991"])
    #expect(work.authors == [Name(family: "Hornik", given: "Kurt"), Name(family: "The Swift Team")])
    #expect(work.container == "Neural Networks")
    #expect(work.pages == "251–257")
    #expect(work.year == "1991")
    #expect(work.month == 3)
    #expect(work.address == "https://doi.org/10.1016/x")
    #expect(work.position.line == 3)
    #expect(works["emoji"]?.title == "😀 x")
    #expect(works["emoji"]?.year == "2020")
  }

  @Test func yaml() {
    let (works, messages) = read(
      "references:\n- id: a\n  title: T\n  author:\n  - family: Beethoven\n    non-dropping-particle: van\n  issued: 1808-12-22\n",
      file: "a.yaml")
    #expect(messages == [])
    #expect(works["a"]?.authors == [Name(family: "van Beethoven")])
    #expect(works["a"]?.year == "1808")
  }

  @Test func whatIsWrongIsToldWithItsPlace() {
    let (works, messages) = read(
      """
      [
        {"title": "no id"},
        {"id": "a", "issued": {"date-parts": [[2000]]}},
        {"id": "b", "title": "B", "author": "Knuth", "issued": "2000"},
        {"id": "c", "title": "C", "issued": [1]},
        "d"
      ]
      """, file: "a.json")
    #expect(
      messages == [
        "2:3: error: a work without an `id`",
        "3:3: error: the work `a` has neither an author nor a title",
        "4:39: error: `author` takes a list of names, not `Knuth`",
        "5:39: error: `issued` takes a date, not a list",
        "5:10: warning: the work `c` has no year",
        "6:3: error: expected a work, as in `{\"id\": …}`",
      ].sorted { place($0) < place($1) })
    #expect(works.works.keys.sorted() == ["b", "c"])
    #expect(read("[{\"id\": \"a\",,}]", file: "a.json").messages.first?.hasPrefix("1:") == true)
    #expect(read("[{\"id\": \"a\"", file: "a.json").messages.first?.contains("error: broken JSON") == true)
    #expect(read("{\"id\": \"a\"}", file: "a.json").messages == ["1:1: error: expected a list of works, not a mapping"])
  }

  private func place(_ message: String) -> (Int, Int) {
    let parts = message.split(separator: ":").prefix(2).compactMap { Int($0) }
    return (parts[0], parts[1])
  }
}
