#!/usr/bin/env python3
"""How long builds take, whole process, from a cold cache; and how the time and the memory grow with the book.

    python3 Benchmarks/builds.py [--runs 7] [--jobs 1] [--lectern PATH]

Prints the median of several runs, the spread, and ratios. R Markdown is measured too where it is installed
(Debian: apt-get install --no-install-recommends r-cran-rmarkdown pandoc r-base-core).
"""

import argparse
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


def chapter(cells, cell, title="Benchmark"):
    text = f"---\ntitle: {title}\n---\n\n"
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
        unchanged = measure("lectern, 20 cells, nothing changed", arguments.runs, build("20 cells"), folder)

        print()
        print(f"200 cells / 20 cells                 {times['200 cells'] / times['20 cells']:6.2f}   (10 times the work)")
        ratio = times["100 chapters of 5 cells"] / times["10 chapters of 5 cells"]
        print(f"100 chapters / 10 chapters           {ratio:6.2f}   (10 times the work)")
        print(f"nothing changed / cold               {unchanged / times['20 cells']:6.2f}")

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

        if shutil.which("Rscript") and shutil.which("pandoc"):
            (folder / "one.Rmd").write_text(chapter(20, r_cell))
            print()
            peer = measure(
                "R Markdown, 20 cells", arguments.runs,
                ["Rscript", "-e", "rmarkdown::render('one.Rmd', quiet = TRUE)"], folder)
            print()
            print(f"lectern / R Markdown, 20 cells       {times['20 cells'] / peer:6.2f}   (target: at most 0.60)")
        else:
            print("\nR Markdown is not installed; it is left out.")


if __name__ == "__main__":
    main()
