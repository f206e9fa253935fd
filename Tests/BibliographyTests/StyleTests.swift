import Bibliography
import Testing

private let english = CitationStyle(isChinese: false)
private let chinese = CitationStyle(isChinese: true)

private let works = read(
  """
  @article{one, author = {Hornik, Kurt}, title = {Approximation}, journal = {Neural Networks}, volume = 4, number = 2,
    pages = {251--257}, year = 1991, doi = {10.1/x}}
  @article{two, author = {Hornik, Kurt and White, Halbert}, title = {Really?}, journal = {J}, year = 1990}
  @inproceedings{many, author = {Vaswani, Ashish and Shazeer, Noam and Parmar, Niki and Uszkoreit, Jakob},
    title = {Attention is all you need}, booktitle = {NeurIPS}, pages = {1--9}, year = 2017}
  @book{book, author = {Goodfellow, Ian and Bengio, Yoshua and Courville, Aaron}, title = {Deep Learning},
    edition = 2, publisher = {MIT Press}, address = {Cambridge}, year = 2016}
  @incollection{part, author = {A, B}, editor = {C, D and E, F}, title = {Part}, booktitle = {Whole}, year = 2001}
  @phdthesis{thesis, author = {Li, X. Y.}, title = {Nets}, school = {MIT}, year = 1999}
  @techreport{report, author = {{OpenAI}}, title = {GPT}, institution = {OpenAI}, number = 7, year = 2020}
  @online{web, title = {Swift}, url = {https://swift.org/a}}
  @book{zhou, author = {周志华}, title = {机器学习}, publisher = {清华大学出版社}, address = {北京}, year = 2016}
  @book{two-cjk, author = {张三 and 李四}, title = {学习}, year = 2019}
  @article{a2, author = {Doe, Jane}, title = {B}, journal = {J}, year = 2000}
  @article{a1, author = {Doe, Jane}, title = {A}, journal = {J}, year = 2000}
  """
).works

extension CitationStyle {
  fileprivate func text(_ key: String) -> String {
    entry(of: works[key]!, suffix: "").map {
      switch $0 {
      case .text(let text): text
      case .emphasis(let text): "*\(text)*"
      case .link(let address): "<\(address)>"
      }
    }.joined()
  }
}

@Suite struct StyleTests {
  @Test(arguments: [
    ("one", "Hornik", "Hornik"), ("two", "Hornik and White", "Hornik 和 White"),
    ("many", "Vaswani et al.", "Vaswani 等"), ("book", "Goodfellow, Bengio, and Courville", "Goodfellow 等"),
    ("report", "OpenAI", "OpenAI"), ("web", "“Swift”", "《Swift》"), ("zhou", "周志华", "周志华"),
    ("two-cjk", "张三 and 李四", "张三和李四"),
  ])
  func authors(key: String, inEnglish: String, inChinese: String) {
    #expect(english.authors(of: works[key]!) == inEnglish)
    #expect(chinese.authors(of: works[key]!) == inChinese)
  }

  @Test(arguments: [
    (
      "one",
      "Hornik, Kurt. 1991. “Approximation.” *Neural Networks* 4 (2): 251–257. <https://doi.org/10.1/x>."
    ),
    ("two", "Hornik, Kurt, and Halbert White. 1990. “Really?” *J*."),
    (
      "many",
      "Vaswani, Ashish, Noam Shazeer, Niki Parmar, and Jakob Uszkoreit. 2017. “Attention is all you need.” In *NeurIPS*, 1–9."
    ),
    (
      "book",
      "Goodfellow, Ian, Yoshua Bengio, and Aaron Courville. 2016. *Deep Learning*. 2nd ed. Cambridge: MIT Press."
    ),
    ("part", "A, B. 2001. “Part.” In *Whole*, edited by D C and F E."),
    ("thesis", "Li, X. Y. 1999. “Nets.” PhD thesis, MIT."),
    ("report", "OpenAI. 2020. *GPT*. Technical report 7. OpenAI."),
    ("web", "“Swift.” n.d. <https://swift.org/a>."),
    ("zhou", "周志华. 2016. *机器学习*. 北京: 清华大学出版社."),
  ])
  func englishEntries(key: String, entry: String) {
    #expect(english.text(key) == entry)
  }

  @Test(arguments: [
    ("one", "Hornik K, 1991. Approximation[J/OL]. Neural Networks, 4(2): 251–257. <https://doi.org/10.1/x>."),
    ("many", "Vaswani A, Shazeer N, Parmar N, et al., 2017. Attention is all you need[C]//NeurIPS: 1–9."),
    ("book", "Goodfellow I, Bengio Y, Courville A, 2016. Deep Learning[M]. 第2版. Cambridge: MIT Press."),
    ("thesis", "Li X Y, 1999. Nets[D]. MIT."),
    ("web", "Swift[EB/OL], 无日期. <https://swift.org/a>."),
    ("zhou", "周志华, 2016. 机器学习[M]. 北京: 清华大学出版社."),
  ])
  func chineseEntries(key: String, entry: String) {
    #expect(chinese.text(key) == entry)
  }

  @Test func orderAndLetters() {
    let all = ["a2", "two", "zhou", "a1", "one", "web"].compactMap { works[$0] }
    #expect(
      english.sorted(all).map(\.key) == ["a1", "a2", "two", "one", "web", "zhou"]
        || english.sorted(all).map(\.key) == ["a1", "a2", "one", "two", "web", "zhou"])
    #expect(english.yearSuffixes(of: all) == ["a1": "a", "a2": "b"])
    #expect(english.yearSuffixes(of: all.filter { $0.key != "a1" }) == [:])
  }
}
