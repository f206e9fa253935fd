"""From a file's save to the page's change in a real browser, under `lectern serve`: medians in milliseconds.

    Scripts/check-pages.sh --help     once, to install the Python modules
    .build/pagecheck/bin/python Benchmarks/serve.py [--training 60] [--runs 9]
"""
import argparse
import pathlib
import statistics
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Scripts" / "servecheck"))
from session import Book, Serve, browser, wait_for, wait_on  # noqa: E402

CHAPTER = """---
title: Training
---

Prose 0.

```swift-run
//| label: train
//| timeout: 600
import Foundation
Thread.sleep(forTimeInterval: {seconds})
let loss = 0.25
print("trained")
```

""" + "\n\n".join(
    f"Section {n}\n\n```swift-run\nlet value{n} = {n}\nprint(value{n})\n```\n\nFormula $x_{{{n}}}^2$." for n in range(18)) + """

```swift-run
//| label: last
print("result 0", loss)
```
"""

# Notes the time at which the page first has a text, by itself: asking from outside would take time too.
WATCH = """text => { window.seen = null; const note = () => {
  if (window.seen === null && document.querySelector('article').textContent.includes(text)) window.seen = Date.now(); };
  window.watcher && window.watcher.disconnect();
  window.watcher = new MutationObserver(note);
  window.watcher.observe(document.body, {subtree: true, childList: true, characterData: true}); note(); }"""


def measure(book, page, old, new):
    page.evaluate(WATCH, new)
    text = book.read("training.md").replace(old, new)
    start = time.time()
    book.write("training.md", text)
    wait_on(page, "window.seen !== null", 300)
    return page.evaluate("window.seen") - start * 1000


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--training", type=float, default=60, help="seconds that the first cell takes")
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    book = Book({"training.md": CHAPTER.replace("{seconds}", str(options.training)), "other.md": "# Other\n\nText.\n"})
    serve = Serve(book, "--port", "0")
    slow = False
    with browser() as chromium:
        page = chromium.new_page()
        wait_for(lambda: "result 0" in (serve.output / "training.html").read_text()
                 if (serve.output / "training.html").exists() else False, "the first build", options.training + 120)
        page.goto(serve.address + "training.html")
        for kind, limit, edit in [("prose", 150, "Prose {}."), ("a cell below the training", 500, "result {}")]:
            times = []
            for run in range(options.runs):
                times.append(measure(book, page, edit.format(run), edit.format(run + 1)))
                time.sleep(0.2)
            median = statistics.median(times)
            slow |= median > limit
            print(f"{kind:26} {median:7.0f} ms  (from {min(times):.0f} to {max(times):.0f}; at most {limit} are asked for)")
    serve.stop()
    book.remove()
    sys.exit(1 if slow else 0)


if __name__ == "__main__":
    main()
