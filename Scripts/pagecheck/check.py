"""Holds every page of a folder against the gates that a page of Lectern must pass.

    Scripts/check-pages.sh [FOLDER]     FOLDER is output unless another is named

Each violation is printed with its page and its element; the exit status is 1 if there was any.
"""

import argparse
import asyncio
import os
import sys
import time
from pathlib import Path

from chromium import Weight, check_in_chromium
from documents import Document, check_documents
from firefox import check_in_firefox
from markup import check_markup
from report import GATES, Report

# HTML, stylesheets and fonts, as a server sends them.
MAXIMUM_WEIGHT = 120_000


def check(root, jobs):
    """Every gate over every page below `root`."""
    root = root.resolve()
    pages = sorted(path for path in root.rglob("*.html"))
    names = [str(path.relative_to(root)) for path in pages]
    report = Report(names)
    if not names:
        return report
    documents = {name: Document(path) for name, path in zip(names, pages)}
    check_documents(documents, root, report)
    weight = Weight(root, MAXIMUM_WEIGHT)

    async def browse():
        await asyncio.gather(
            asyncio.to_thread(check_markup, documents, root, report),
            check_in_firefox(names, root, report),
            check_in_chromium(names, root, report, weight, jobs),
        )

    asyncio.run(browse())
    report.notes.append(weight.heaviest())
    return report


def main():
    gates = "\n".join(f"  {name:10}{meaning}" for name, meaning in GATES.items())
    parser = argparse.ArgumentParser(
        prog="Scripts/check-pages.sh", description="Holds the pages of a built book against their gates.",
        epilog=f"gates:\n{gates}", formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", default="output", type=Path, help="the built book (output)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 2, help="how many pages at a time")
    options = parser.parse_args()
    if not options.folder.is_dir():
        parser.error(f"there is no folder ‘{options.folder}’: run make book first")
    start = time.monotonic()
    report = check(options.folder, options.jobs)
    if not report.pages:
        parser.error(f"there is no page in ‘{options.folder}’")
    passed = report.print()
    print(f"in {time.monotonic() - start:.0f} s")
    sys.exit(0 if passed else 1)


if __name__ == "__main__":
    main()
