import CellOutputs
import ExecutionRecords
import Foundation
import Handouts
import Testing

@Suite("Notebooks")
struct NotebookTests {
  @Test func textIsMarkdownAndCellsAreCells() throws {
    let woven = try Woven(
      #"""
      ---
      title: Cases
      ---

      By @fig-loss: *emphasis*, **“strong”**, `a|b`, \$5, snake_case, 1 < 2, $x_1$, `{swift} 6 * 7`, [next](b.md)[^n].

      [^n]: A note.

      $$
      E = mc^2
      $$ {#eq-e}

      | a | b |
      | --- | --- |
      | 1 | `x\|y` |

      ## Numbers

      ```swift-run
      //| label: loss
      //| fig-cap: A loss
      f()
      ```

      ```swift
      let a = "```"
      ```

      > [!NOTE]
      > Before.
      >
      > ```swift-run
      > //| echo: false
      > g()
      > ```
      >
      > After.
      """#, outputs: [[chart], [tensor]])
    let cells = try woven.notebook()
    let kinds = cells.map { $0["cell_type"] as? String ?? "" }
    #expect(kinds == ["markdown", "markdown", "code", "markdown", "markdown", "code", "markdown"])
    #expect(Set(cells.compactMap { $0["id"] as? String }).count == cells.count)
    let text = cells[0].lines("source")
    #expect(text.hasPrefix("# Cases\n\n"))
    #expect(
      text.contains(
        "By Figure\u{A0}1: *emphasis*, <strong>“strong”</strong>, `a|b`, \\$5, snake_case, 1 &lt; 2, $x_1$, 42"
      ))
    #expect(text.contains("[next](b.ipynb)\u{2060}<sup>1</sup>"))
    #expect(text.contains("$$\nE = mc^2 \\tag{1}\n$$"))
    #expect(text.contains("| a | b |\n| --- | --- |\n| 1 | `x\\|y` |"), "\(text)")
    #expect(cells[1].lines("source") == "## Numbers")
    #expect(cells[2].lines("source") == "f()")
    #expect(cells[2]["id"] as? String == "loss" && cells[2]["execution_count"] as? Int == 1)
    #expect(cells[3].lines("source").contains("Figure\u{A0}1: A loss"))
    #expect(cells[4].lines("source").hasPrefix("````swift\nlet a = \"```\"\n````"))
    // The callout is cut where the cell stands in it.
    #expect(cells[4].lines("source").contains("> **Note**\n>\n> Before."))
    #expect(cells[5].lines("source") == "g()")
    #expect("\(cells[5]["metadata"] ?? "")".contains("source_hidden"))
    #expect(cells[6].lines("source") == "> After.\n\n---\n\n<sup>1</sup> A note.")
  }

  @Test func everyOutputHasItsForm() throws {
    let frames = CellOutput.frames(
      FramesOutput(
        title: nil, label: "step",
        frames: [.init(caption: "step 1", outputs: [chart]), .init(caption: "step 2", outputs: [chart])]))
    let outputs: [CellOutput] = [
      .text(TextOutput(stream: .stdout, text: "printed\n")),
      .text(TextOutput(stream: .stderr, text: "told\n")),
      chart, frames, tensor,
    ]
    let cells = try Woven("```swift-run\nf()\n```\n", outputs: [outputs]).notebook()
    let found = try #require(cells.last?.list("outputs"))
    #expect(found[0]["output_type"] as? String == "stream" && found[0]["name"] as? String == "stdout")
    #expect(found[1]["name"] as? String == "stderr")
    // In an `img`: Jupyter hides other drawings until the reader says that the notebook is to be trusted.
    let drawn = found.compactMap { output in
      (output["data"] as? [String: Any])?.lines("text/html").wholeMatch(
        of: #/<img alt="[^"<]+" src="data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)">/#)
    }
    #expect(drawn.count == 3, "the chart and both frames")
    for drawing in drawn {
      let svg = Data(base64Encoded: String(drawing.1)).map { String(decoding: $0, as: UTF8.self) } ?? ""
      #expect(svg.hasPrefix(#"<svg xmlns="http://www.w3.org/2000/svg""#) && svg.contains("<style>"))
      #expect(!svg.contains("<script") && !svg.contains("var("))
    }
    #expect(found.contains { ($0["data"] as? [String: Any])?.lines("text/plain") == "step 2" })
    // The last one is the cell's result.
    let result = try #require(found.last)
    #expect(result["output_type"] as? String == "execute_result" && result["execution_count"] as? Int == 1)
    let data = try #require(result["data"] as? [String: Any])
    #expect(data.lines("text/html").contains("<table>") && !data.lines("text/html").contains("class="))
    #expect(data.lines("text/plain").contains("shape: [2, 2]"))
  }

  @Test func failuresAreErrors() throws {
    let error = CellError(
      message: "Index out of range", line: 2, column: 3, frames: [.init(function: "f()", line: 2, column: 3)])
    let cells = try Woven("```swift-run\na[3]\n```\n", error: error).notebook()
    let output = try #require(cells.last?.list("outputs").last)
    #expect(output["output_type"] as? String == "error")
    #expect(output["ename"] as? String == "crashed" && output["evalue"] as? String == "Index out of range")
    #expect((output["traceback"] as? [String]) == ["line 2:3: Index out of range", "  in f(), line 2"])
  }

  @Test func nothingGetsThrough() throws {
    let woven = try Woven(
      "# \(attack)\n\n\(attack)\n\n<script>alert(1)</script>\n\n```swift-run\nf()\n```\n",
      outputs: [[chart, .text(TextOutput(stream: .stdout, text: attack))]])
    for cell in try woven.notebook() {
      if cell["cell_type"] as? String == "markdown" {
        let prose = cell.lines("source").replacing(#/```.*?```/#.dotMatchesNewlines(), with: "")
        #expect(!prose.contains("<script") && !prose.contains("<img"), "\(prose)")
      }
      for output in cell.list("outputs") {
        let data = output["data"] as? [String: Any] ?? [:]
        #expect(!data.lines("text/html").contains("<script"))
        #expect(!output.lines("text").contains("\u{1B}"))
      }
    }
  }

  @Test func picturesGoWithTheirText() throws {
    let png = Data([0x89, 0x50])
    let cells = try Woven("![A *dot*](dot.png)\n", pictures: ["en/dot.png": png]).notebook()
    let cell = try #require(cells.last)
    #expect(cell.lines("source").contains("![A dot](attachment:picture-1.png)"))
    let attachments = cell["attachments"] as? [String: [String: String]]
    #expect(attachments?["picture-1.png"]?["image/png"] == png.base64EncodedString())
  }
}
