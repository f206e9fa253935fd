import Chapters
import Testing

@Suite struct CaptionTests {
  @Test(arguments: [
    ("Loss, $\\eta = 0.1$", "Loss, math(\\eta = 0.1)"), ("", ""), ("*a* @fig-b", "em(a) @(fig-b)"),
    ("$$x$$", "Math(x)"), ("now `{swift} x`", "now code(x)"), ("---", "---"), ("a\n\nb", "a\n\nb"),
    ("# a", "# a"), ("这是**重点。**吧", "这是strong(重点。)吧"),
  ])
  func captions(markdown: String, outline expected: String) {
    #expect(outline([Inline](markdown: markdown)) == expected)
  }
}
