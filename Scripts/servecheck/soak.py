"""Edits a book a thousand times while it is served and looked at: memory and file handles must stay what they were."""
import argparse
import random
import sys
import time

from session import Serve, browser, wait_for, wait_on
from check import new_book


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=0, help="how long it is to last at least")
    options = parser.parse_args()
    book = new_book()
    serve = Serve(book, "--port", "0")
    choose = random.Random(1)
    start = time.monotonic()
    measured = []
    with browser() as chromium:
        page = chromium.new_page()
        wait_for((serve.output / "01-first.html").exists, "the first build", 120)
        page.goto(serve.address + "01-first.html")
        opening = "The opening paragraph."
        numbers = "[1, 2, 3]"
        for edit in range(options.edits):
            kind = choose.random()
            if kind < 0.7:
                words = f"Edit {edit}, ${edit}^2$."
                book.replace("01-first.md", opening, words)
                opening = words
                wait_on(page, f"document.querySelector('article').innerText.includes('Edit {edit},')")
            else:
                values = f"[{edit}, 2, 3]"
                if kind > 0.9:
                    book.replace("01-first.md", "print(numbers.count)", "print(numbers.cuont)")
                    time.sleep(0.3)
                    book.replace("01-first.md", "print(numbers.cuont)", "print(numbers.count)")
                book.replace("01-first.md", numbers, values)
                numbers = values
                wait_on(page, f"document.querySelector('article').innerText.includes('The sum is {edit + 5}')")
            time.sleep(max(0, start + options.seconds * (edit + 1) / options.edits - time.monotonic()))
            if edit % max(1, options.edits // 20) == 0 or edit == options.edits - 1:
                measured.append((edit, serve.memory(), serve.handles(), len(serve.tree())))
                print("edit {0:5}  {1:8.1f} MiB  {2:4} handles  {3:3} processes".format(
                    edit, measured[-1][1] / 2**20, *measured[-1][2:]), flush=True)
    serve.stop()
    # What the first edits warm up is no leak: until some fifty states of cells are kept, each edit may add one, and the
    # allocator's share grows for some hundred edits more.
    warm = next(
        measurement for measurement in measured if measurement[0] >= max(60, options.edits // 2) or measurement is measured[-1])
    limit = 2 if options.edits >= 1000 else 16
    last = measured[-1]
    grown = (last[1] - warm[1]) / 2**20
    print(f"{options.edits} edits in {time.monotonic() - start:.0f} s; "
          f"{grown:+.1f} MiB, {last[2] - warm[2]:+} handles since edit {warm[0]}")
    if grown > limit or last[2] - warm[2] > 4 or last[3] - warm[3] > 40:
        sys.exit("it is not flat")
    book.remove()


if __name__ == "__main__":
    main()
