"""Proves that each gate can fail: a sound page passes all of them, and each page with one planted fault fails the
one gate that the fault is for, and no other."""

import random
import sys
import tempfile
from pathlib import Path

from check import check
from report import GATES

POLICY = "default-src 'none'; img-src 'self' data:; font-src 'self'; style-src-elem 'self'; script-src 'self'"
STYLE = """
:root { color-scheme: light dark; }
body { margin: 1rem; background: light-dark(#fff, #111); color: light-dark(#111, #eee); font: 1rem/1.5 sans-serif; }
a { color: light-dark(#03c, #9cf); }
.scroller { overflow-x: auto; }
.cut { overflow: hidden; }
.wide { inline-size: 60rem; }
.over { position: absolute; inset-block-start: 5.8rem; margin: 0; }
.dim { color: light-dark(#111, #222); }
.faint { color: #ccc; background: #fff; }
.token { color: light-dark(#555, #aaa); }
.gray-ground { background: light-dark(#888, #666); }
.dark-part { color: light-dark(#111, #333); }
@media (max-width: 400px) { .dim-when-narrow { color: #ccc; background: #fff; } }
@media (min-width: 1300px) { .over-when-wide { position: absolute; inset-block-start: 5.8rem; margin: 0; } }
"""
# What each page says where, around its fault.
SOUND = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
{before_policy}<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A page</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="style.css">
{head}</head>
<body>
<main>
<h1 id="top">A page</h1>
<p>Some text on a line of its own, with <a href="sound.html#top">a link</a> that leads somewhere.</p>
<div class="scroller" tabindex="0" role="group" aria-label="Code"><pre class="wide">code</pre></div>
{body}
</main>
</body>
</html>
"""
FILES = {
    "style.css": STYLE,
    "error.js": "throw new Error('planted')",
    "shift.js": """setTimeout(() => {
      const block = document.createElement("p");
      block.textContent = "Late"; block.style.blockSize = "20rem"; document.querySelector("h1").after(block);
    }, 60)""",
    "print.js": "console.log('no error')",
    "more.css": "/* " + "0123456789abcdef" * 8 + " */\n",
    "picture.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>',
}
FORMULA = '<p><span class="katex-error" title="ParseError">x</span></p>'
TOKEN = '<pre><code>let <span class="token">word</span></code></pre>'
MATH = '<p><span class="katex"><span class="katex-html" aria-hidden="true"><span class="mord {}">x</span></span></span></p>'
SVG = '<svg viewBox="0 0 100 20" width="200" height="40" role="img" aria-label="A drawing">{}</svg>'
FAULTS = {
    "markup-unclosed": ("markup", {"body": "<p><em>never closed</p>"}),
    "markup-id-twice": ("markup", {"body": '<p id="top">the id of the heading</p>'}),
    "axe-no-label": ("axe", {"body": '<p><button type="button"></button></p>'}),
    "axe-contrast": ("axe", {"body": '<p class="faint">hard to see</p>'}),
    "axe-contrast-in-the-dark": ("axe", {"body": '<p class="dim">hard to see in the dark</p>'}),
    "axe-contrast-when-narrow": ("axe", {"body": '<p class="dim-when-narrow">hard to see on a telephone</p>'}),
    # Of tokens and formulas painted alike the check looks at one: these are not.
    "axe-contrast-of-a-token-on-another-ground": (
        "axe", {"body": TOKEN + f'<div class="gray-ground">{TOKEN}</div>'}),
    "axe-contrast-inside-a-formula": ("axe", {"body": MATH.format("") + MATH.format("dark-part")}),
    "axe-unreachable": ("axe", {"body": '<pre class="scroller">' + "code " * 100 + "</pre>"}),
    "console-thrown": ("console", {"head": '<script src="error.js" defer></script>\n'}),
    "console-refused-style": ("console", {"body": '<p style="color: red">a style that the policy refuses</p>'}),
    "requests-elsewhere": (
        "requests", {"body": '<p><img src="http://127.0.0.1:4999/a.png" alt="a picture" width="10" height="10"></p>',
                     "policy": POLICY.replace("'self' data:", "'self' http: data:")}),
    "overlaps-text": ("overlaps", {"body": '<p class="over">This lies on what stands there</p>'}),
    "overlaps-when-wide": ("overlaps", {"body": '<p class="over-when-wide">This lies on what stands there</p>'}),
    "overlaps-picture": (
        "overlaps", {"body": '<img class="over" src="picture.svg" alt="a picture" width="200" height="40">'}),
    "overlaps-in-a-drawing": (
        "overlaps", {"body": SVG.format('<text x="5" y="12">one</text><text x="8" y="14">two</text>')}),
    "overlaps-in-details": (
        "overlaps",
        {"body": '<details><summary>More</summary><p class="over">This lies on what stands there</p></details>'}),
    "sideways-wide": ("sideways", {"body": '<pre class="wide">a page as wide as this</pre>'}),
    "sideways-unreachable": ("sideways", {"body": '<div class="scroller"><pre class="wide">code</pre></div>'}),
    "sideways-cut-off": ("sideways", {"body": '<div class="cut"><pre class="wide">code</pre></div>'}),
    "links-file": ("links", {"body": '<p><a href="nowhere.html">leads nowhere</a></p>'}),
    "links-anchor": ("links", {"body": '<p><a href="#nowhere">no such place</a></p>'}),
    "links-other-page": ("links", {"body": '<p><a href="sound.html#nowhere">no such place there</a></p>'}),
    "links-outside": ("links", {"body": '<p><a href="../outside.html">out of the folder</a></p>'}),
    "math-error": ("math", {"body": FORMULA}),
    "math-red": ("math", {"body": '<math><mi mathcolor="#cc0000">x</mi></math>'}),
    "shift-late": ("shift", {"head": '<script src="shift.js" defer></script>\n'}),
    "policy-late": ("policy", {"before_policy": '<script src="print.js" defer></script>\n'}),
    "policy-loose": ("policy", {"policy": POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")}),
    "policy-none": ("policy", {"policy": None}),
    "weight": ("weight", {"head": '<link rel="stylesheet" href="heavy.css">\n'}),
}
# What cannot but fail with another: a page that asks elsewhere is told of by its policy and by the console as well.
COMPANIONS = {
    "requests-elsewhere": {"policy", "console"},
    # What scrolls and cannot be reached is both gates' matter.
    "axe-unreachable": {"sideways"},
}


def plant(folder):
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    # Noise, which does not compress.
    noise = random.Random(0)
    (folder / "heavy.css").write_text(f"/* {noise.getrandbits(4 * 300_000):x} */\n", encoding="utf-8")
    for name, (_, parts) in {"sound": ("", {}), **FAULTS}.items():
        parts = {"before_policy": "", "policy": POLICY, "head": "", "body": "", **parts}
        text = SOUND.format(**{key: value or "" for key, value in parts.items()})
        if parts["policy"] is None:
            text = text.replace('<meta http-equiv="Content-Security-Policy" content="">\n', "")
        (folder / f"{name}.html").write_text(text, encoding="utf-8")


def main():
    with tempfile.TemporaryDirectory(prefix="lectern-pagecheck-") as folder:
        folder = Path(folder).resolve()
        (folder / "pages").mkdir()
        (folder / "outside.html").write_text("<!DOCTYPE html>")
        plant(folder / "pages")
        report = check(folder / "pages", jobs=2)
    failed = {name: set() for name in report.pages}
    for violation in report.violations:
        failed[violation.page].add(violation.gate)
    wrong = []
    for name in ["sound", *FAULTS]:
        expected = {FAULTS[name][0]} if name in FAULTS else set()
        found = failed[f"{name}.html"]
        if not expected <= found <= expected | COMPANIONS.get(name, set()):
            wrong.append(f"{name}: should fail {expected or 'nothing'}, fails {found or 'nothing'}")
    untested = set(GATES) - {gate for gate, _ in FAULTS.values()}
    if untested:
        wrong.append(f"no fault is planted for {untested}")
    if "--verbose" in sys.argv or wrong:
        report.print()
    for line in wrong:
        print(line)
    for note in report.notes:
        if "Firefox" in note:
            print(f"note: {note}")
    print(f"self-test: {len(FAULTS)} planted faults and a sound page, {len(wrong)} not told as they should be")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
