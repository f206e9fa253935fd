#!/usr/bin/env python3
"""How long builds take, whole process: from a cold cache, after edits, and where nothing changed; and how the time and
the memory grow with the book.

    python3 Benchmarks/builds.py [--runs 7] [--jobs 1] [--lectern PATH]

Prints the median of several runs, the spread, and ratios. The same work is measured with its peers where they are on the
PATH: R Markdown (Debian: apt-get install --no-install-recommends r-cran-rmarkdown pandoc r-base-core), nbconvert and
Jupyter Book with its cache (PyPI: pip install nbconvert 'jupyter-book<2' ipykernel).
"""

import argparse
import itertools
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def swift_cell(n):
    return (
        f"```swift-run\nlet v{n} = (1...{n + 10}).map {{ Double($0) * {n + 1} }}\n"
        f"let s{n} = v{n}.reduce(0, +)\nprint(\"sum {n}:\", s{n})\ns{n} / Double(v{n}.count)\n```\n"
    )


def r_cell(n):
    return (
        f"```{{r}}\nv{n} <- (1:{n + 10}) * {n + 1}\ns{n} <- sum(v{n})\n"
        f"cat(\"sum {n}:\", s{n}, \"\\n\")\ns{n} / length(v{n})\n```\n"
    )


def python_code(n):
    return (
        f"v{n} = [x * {n + 1} for x in range(1, {n + 11})]\ns{n} = sum(v{n})\n"
        f"print(\"sum {n}:\", s{n})\ns{n} / len(v{n})\n"
    )


def myst_cell(n):
    return f"```{{code-cell}} python\n{python_code(n)}```\n"


MYST_HEAD = "jupytext:\n  text_representation:\n    extension: .md\n    format_name: myst\nkernelspec:\n  name: python3\n"


def notebook(cells):
    def cell(kind, text, **more):
        return {"cell_type": kind, "metadata": {}, "source": text, "id": f"{kind}-{abs(hash(text))}", **more}

    content = []
    for n in range(cells):
        content.append(cell("markdown", f"## Part {n}\n\nSome prose about part {n}.\n"))
        content.append(cell("code", python_code(n), outputs=[], execution_count=None))
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": kernel, "cells": content})


def chapter(cells, cell, title="Benchmark", head=""):
    text = f"---\ntitle: {title}\n{head}---\n\n"
    for n in range(cells):
        text += f"## Part {n}\n\nSome prose about part {n}.\n\n{cell(n)}\n"
    return text


class MemoryWatch:
    """The largest resident size of any worker, sampled while a build runs (Linux)."""

    def __init__(self):
        self.peaks = []
        self.running = True
        self.thread = threading.Thread(target=self.sample, daemon=True)
        self.thread.start()

    def sample(self):
        while self.running:
            largest = 0
            for entry in Path("/proc").glob("[0-9]*"):
                try:
                    if (entry / "comm").read_text().strip() != "lectern-kernel":
                        continue
                    pages = int((entry / "statm").read_text().split()[1])
                    largest = max(largest, pages * os.sysconf("SC_PAGE_SIZE"))
                except (OSError, IndexError, ValueError):
                    continue
            if largest:
                self.peaks.append(largest)
            time.sleep(0.02)

    def stop(self):
        self.running = False
        self.thread.join()
        return self.peaks


def timed(command, folder):
    start = time.perf_counter()
    result = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    seconds = time.perf_counter() - start
    if result.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{result.stdout}")
    return seconds


def measure(name, runs, command, folder, prepare=lambda: None):
    prepare()
    timed(command, folder)  # the first run finds files that the system has not read yet
    times = []
    for _ in range(runs):
        prepare()
        times.append(timed(command, folder))
    median = statistics.median(times)
    print(f"{name:<44} {median:7.3f} s   ({min(times):.3f} to {max(times):.3f}, {runs} runs)")
    return median


EDITS = {
    "prose edit": ("Some prose about part 10", "Some prose, edit {number}, about part 10"),
    "edit of the last cell": ('"sum 19:"', '"sum 19, edit {number}:"'),
}


def edits(file, edit):
    """Makes an edit that differs each time it is called."""
    text = file.read_text()
    old, new = EDITS[edit]
    assert old in text
    numbers = itertools.count()
    return lambda: file.write_text(text.replace(old, new.format(number=next(numbers))))


PEERS = {"R Markdown": "Rscript", "nbconvert": "jupyter-nbconvert", "Jupyter Book": "jupyter-book"}


def peers(folder, runs):
    """Times of the others' builds of 20 cells, by their names and what is built."""
    times = {}
    if shutil.which("Rscript") and shutil.which("pandoc"):
        (folder / "one.Rmd").write_text(chapter(20, r_cell))
        render = ["Rscript", "-e", "rmarkdown::render('one.Rmd', quiet = TRUE)"]
        times["R Markdown", "cold cache"] = measure("R Markdown, 20 cells", runs, render, folder)
    if shutil.which("jupyter-nbconvert"):
        (folder / "one.ipynb").write_text(notebook(20))
        convert = ["jupyter-nbconvert", "--to", "html", "--execute", "one.ipynb"]
        times["nbconvert", "cold cache"] = measure("nbconvert, 20 cells", runs, convert, folder)
    if shutil.which("jupyter-book"):
        book = folder / "jupyter"
        book.mkdir()
        file = book / "one.md"
        file.write_text(chapter(20, myst_cell, head=MYST_HEAD))
        (book / "_config.yml").write_text("title: Benchmark\nexecute:\n  execute_notebooks: cache\n")
        (book / "_toc.yml").write_text("format: jb-book\nroot: one\n")
        build = ["jupyter-book", "build", "-q", "."]

        def cold():
            shutil.rmtree(book / "_build", ignore_errors=True)

        name = "Jupyter Book"
        times[name, "cold cache"] = measure(f"{name}, 20 cells, cold cache", runs, build, book, cold)
        times[name, "nothing changed"] = measure(f"{name}, 20 cells, nothing changed", runs, build, book)
        for edit in EDITS:
            times[name, edit] = measure(f"{name}, 20 cells, {edit}", runs, build, book, edits(file, edit))
    return times


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--lectern", default=str(ROOT / ".build/release/lectern"))
    arguments = parser.parse_args()
    if not Path(arguments.lectern).exists():
        sys.exit("There is no lectern to measure: run 'make build' first, or name one with --lectern.")

    with tempfile.TemporaryDirectory(prefix="lectern-bench-") as temporary:
        folder = Path(temporary)
        books = {
            "20 cells": {"one.md": chapter(20, swift_cell)},
            "200 cells": {"one.md": chapter(200, swift_cell)},
            "10 chapters of 5 cells": {
                f"c{n:03}.md": chapter(5, swift_cell, f"Chapter {n}") for n in range(10)},
            "100 chapters of 5 cells": {
                f"c{n:03}.md": chapter(5, swift_cell, f"Chapter {n}") for n in range(100)},
        }
        for name, files in books.items():
            book = folder / name
            book.mkdir()
            for file, text in files.items():
                (book / file).write_text(text)

        def build(name, *options):
            return [arguments.lectern, "build", str(folder / name), "--output", str(folder / f"{name} output"),
                    "--jobs", str(arguments.jobs), "--quiet", *options]

        def cold(name):
            def prepare():
                shutil.rmtree(folder / name / ".lectern", ignore_errors=True)
                shutil.rmtree(folder / f"{name} output", ignore_errors=True)
            return prepare

        times = {}
        for name in books:
            runs = arguments.runs if len(books[name]) < 100 else min(3, arguments.runs)
            times[name] = measure(f"lectern, {name}, cold cache", runs, build(name), folder, cold(name))
        own = {"cold cache": times["20 cells"]}
        own["nothing changed"] = measure(
            "lectern, 20 cells, nothing changed", arguments.runs, build("20 cells"), folder)
        for edit in EDITS:
            own[edit] = measure(
                f"lectern, 20 cells, {edit}", arguments.runs, build("20 cells"), folder,
                edits(folder / "20 cells" / "one.md", edit))

        print()
        print(f"200 cells / 20 cells                 {times['200 cells'] / times['20 cells']:6.2f}   (10 times the work)")
        ratio = times["100 chapters of 5 cells"] / times["10 chapters of 5 cells"]
        print(f"100 chapters / 10 chapters           {ratio:6.2f}   (10 times the work)")
        print(f"nothing changed / cold               {own['nothing changed'] / times['20 cells']:6.2f}")

        if Path("/proc/self/statm").exists():
            cold("100 chapters of 5 cells")()
            process = subprocess.Popen(build("100 chapters of 5 cells"), cwd=folder)
            watch = MemoryWatch()
            process.wait()
            peaks = watch.stop()
            third = max(1, len(peaks) // 3)
            first, last = max(peaks[:third]), max(peaks[-third:])
            print(f"worker memory, last third / first    {last / first:6.2f}   "
                  f"({first >> 20} MiB, then {last >> 20} MiB)")

        print()
        others = peers(folder, arguments.runs)
        print()
        for (name, work), seconds in others.items():
            print(f"lectern / {name}, {work:<24} {own[work] / seconds:6.2f}")
        missing = [name for name, program in PEERS.items() if not shutil.which(program)]
        if missing:
            print(f"Not installed, and left out: {', '.join(missing)}.")


if __name__ == "__main__":
    main()
