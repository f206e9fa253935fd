import Chapters
import Testing

@Suite struct ParsingTests {
  @Test func dump() {
    let c = Chapter.parse(source, path: "a.md", file: "a.md")
    for b in c.blocks { print(b) }
    for b in c.footnotes { print(b) }
    for b in c.cells { print(b) }
    for b in c.inlineValues { print(b) }
    print(c.units, c.frontMatter)
    for b in c.diagnostics { print(b) }
  }
}
let source = #"""
---
title: "A: b"
lang: en
execute:
  echo: fals
  label: x
---
# Title `{swift} a + b` and $x$ {#sec-top}

> Text *here $a_1 * b_1$* and $$x
> ^2$$ {#eq-x} see @fig-a, [link `{swift} x`](u "t
> ") and `{swift}   foo
> bar` me@fig-x.org

> [!NOTE] A title
> body

> [!NOTES]
> body

| a \| b | $P(A|B)$ |
|---|---|
| `{swift} a \|\| b` c | `{swift} q` |

- item
  ```swift-run
  //| label: train
  //| ecko: true
  //| timeout:3
  let x = 1

    y
  ```

> ~~~~ swift-run
> //| label: a b
> #| fig-cap: |
> #|   foo bar
> #|   baz
> //| code-fold: maybe
>   let s = """
>   """
> ~~~~

1. ```swift-run
	tab()

太郎は**「こんにちわ」**といった
次の**行。**です[^n]

$$
a
+ b
$$ {#eq-long}

```math
x + y
```

$$one$$
text $5 and $6, \$x$ y

[^n]: A note `{swift} n`

    ```swift-run
    inNote()
    ```

```swift-run
end
"""#
