import Chapters
import Testing

/// The rules of markdown-cjk-friendly, by its classes of neighbours.
@Suite struct CJKTests {
  @Test(arguments: [
    // Closing after CJK punctuation, with and without a space behind.
    ("这是**重点。**请记住。", "p(这是strong(重点。)请记住。)"),
    ("**注意：**内容", "p(strong(注意：)内容)"),
    ("これは**大事です。**はい", "p(これはstrong(大事です。)はい)"),
    ("**真，** 她", "p(strong(真，) 她)"),
    ("**真**，她", "p(strong(真)，她)"),
    // Opening before CJK punctuation.
    ("他说**「你好」**了", "p(他说strong(「你好」)了)"),
    ("损失**（每步）**下降", "p(损失strong(（每步）)下降)"),
    ("Swift**（语言）**很快", "p(Swiftstrong(（语言）)很快)"),
    ("真**《她**", "p(真strong(《她))"),
    // ASCII and other punctuation beside CJK characters.
    ("卷积**(convolution)**运算", "p(卷积strong((convolution))运算)"),
    ("他说**\"hello\"**了", "p(他说strong(\"hello\")了)"),
    ("共**¥10**元", "p(共strong(¥10)元)"),
    ("**a**b和**C#**与**F#**", "p(strong(a)b和strong(C#)与strong(F#))"),
    ("**真”**她**‘真**", "p(strong(真”)她strong(‘真))"),
    ("**真—**她和**真…**她", "p(strong(真—)她和strong(真…)她)"),
    ("见**[链接](u)**和**`代码`**吧", "p(见strong(a(链接))和strong(code(代码))吧)"),
    // Characters beyond the BMP, variation selectors, Korean, kana.
    ("𠮟**(正式)**字", "p(𠮟strong((正式))字)"),
    ("葛\u{E0100}**(こちら)**城", "p(葛\u{E0100}strong((こちら))城)"),
    ("大塚\u{FE00}**(x)** 字", "p(大塚\u{FE00}strong((x)) 字)"),
    ("**“\u{FE01}Git”\u{FE01}**Hub", "p(strong(“\u{FE01}Git”\u{FE01})Hub)"),
    ("〽\u{FE0E}**(庵点)**は、", "p(〽\u{FE0E}strong((庵点))は、)"),
    ("「\u{FE00}_重_」", "p(「\u{FE00}em(重)」)"),
    ("a.\u{FE00}**(b)** c", "p(a.\u{FE00}strong((b)) c)"),
    ("**스크립트(script)**라고", "p(strong(스크립트(script))라고)"),
    ("ﾃｽﾄ**(x)**ﾃｽﾄ", "p(ﾃｽﾄstrong((x))ﾃｽﾄ)"),
    // One star, three, and strikethrough.
    ("这是*重点。*请", "p(这是em(重点。)请)"),
    ("这是***重点。***请", "p(这是em(strong(重点。))请)"),
    ("这是~~错误。~~请", "p(这是del(错误。)请)"),
    ("错~~（误）~~字", "p(错del(（误）)字)"),
    // Underscores keep to words.
    ("__注意__：事项", "p(strong(注意)：事项)"),
    ("注意：__事项__", "p(注意：strong(事项))"),
    ("这是__重点__吧", "p(这是__重点__吧)"),
    ("「_重_」", "p(「em(重)」)"),
    ("正體字。_Traditional._", "p(正體字。em(Traditional.))"),
    // What was so before stays.
    ("a**(b)**c", "p(a**(b)**c)"),
    ("**a.**b", "p(**a.**b)"),
    ("2 * 3 * 4，好", "p(2 * 3 * 4，好)"),
    ("\\*\\*重点。\\*\\*请", "p(**重点。**请)"),
    ("**重点。", "p(**重点。)"),
    ("🙂**(x)**a", "p(🙂**(x)**a)"),
  ])
  func emphasis(source: String, outline expected: String) {
    #expect(outline(chapter(source).blocks) == expected)
  }

  @Test(arguments: [
    ("`**「」**文`与**「」**文", "p(code(**「」**文)与strong(「」)文)"),
    ("$**「」**文$与**「」**文", "p(math(**「」**文)与strong(「」)文)"),
    ("[a](<**「」**文>)", "p(a(a))"),
    ("<https://a.b/**「」**文>", "p(a(https://a.b/**「」**文))"),
    ("a<i title='**「」**文'>", "p(ahtml(<i title='**「」**文'>))"),
    ("```x **「」**文\n**「」**文\n```", "code[x **「」**文]"),
  ])
  func elsewhereNothingChanges(source: String, outline expected: String) {
    let read = chapter(source)
    #expect(outline(read.blocks) == expected)
    for case .paragraph(let content) in read.blocks {
      for case .link(let link) in content { #expect(link.destination.hasSuffix("**「」**文")) }
    }
    for case .codeBlock(let block) in read.blocks { #expect(block.code == "**「」**文\n") }
  }

  @Test(arguments: [
    ("卷积\n网络", "p(卷积网络)"),
    ("卷积，\n网络", "p(卷积，网络)"),
    ("> 卷积\n> 网络", "quote(p(卷积网络))"),
    ("**卷积**\n网络", "p(strong(卷积)网络)"),
    ("*卷\n积*", "p(em(卷积))"),
    ("“卷积”\n网络", "p(“卷积”网络)"),
    ("カナ\nかな", "p(カナかな)"),
    ("卷积\nnetwork", "p(卷积⏎network)"),
    ("network\n卷积", "p(network⏎卷积)"),
    ("卷积\n$x$", "p(卷积⏎math(x))"),
    ("한국어\n한국어", "p(한국어⏎한국어)"),
    ("卷积  \n网络", "p(卷积↵网络)"),
    ("“a”\n“b”", "p(“a”⏎“b”)"),
  ])
  func softBreaks(source: String, outline expected: String) {
    #expect(outline(chapter(source).blocks) == expected)
  }

  @Test func charactersThatAreNotOurs() {
    // The characters that serve as markers, in a text that has them.
    let marker = String(Unicode.Scalar(0xFDD0 as UInt32)!)
    #expect(chapter("a\(marker)b **强：**然后").blocks.plainText == "a\(marker)b **强：**然后")
    #expect(chapter("\u{10A58} **强：**然后").blocks.plainText == "\u{10A58} 强：然后")
    #expect(chapter("\u{0E} $a|b$\n").blocks.plainText == "\u{0E} a|b")
  }
}
