"""Holds the handouts in a folder against what they must be. Prints what is wrong; exit status 1 if anything is."""

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import nbformat

# A single file goes by mail and onto a telephone.
MAXIMUM_PAGE = 500_000


class Fetches(HTMLParser):
    """What a page would ask for when it is opened."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        loads = tag in {"img", "script", "iframe", "source", "video", "audio", "embed", "object", "image", "input"}
        loads = loads or tag == "link" and not {"prev", "next", "canonical", "alternate"} & set(
            (attributes.get("rel") or "").split())
        for name in ["src", "srcset", "href", "xlink:href", "poster", "data"]:
            value = attributes.get(name)
            if loads and value and not value.startswith(("data:", "#")):
                self.found.append(f"<{tag} {name}={value[:60]}>")


def run(*command):
    result = subprocess.run(command, capture_output=True, text=True)
    return result.returncode, result.stdout + result.stderr


def page(path):
    text = path.read_text(encoding="utf-8")
    size = len(text.encode())
    if size > MAXIMUM_PAGE:
        yield f"{size:,} bytes, more than {MAXIMUM_PAGE:,}"
    fetches = Fetches()
    fetches.feed(text)
    yield from (f"asks for {fetch}" for fetch in fetches.found)
    for address in re.findall(r"url\(\s*[\"']?(?!data:|#)([^)\"']{0,60})", "".join(
            re.findall(r"<style[^>]*>(.*?)</style>", text, re.S))):
        yield f"a stylesheet asks for {address}"
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    if not policy or "default-src 'none'" not in policy[1] or "'self'" in policy[1] or "http" in policy[1]:
        yield f"its policy lets something in: {policy and policy[1]}"


def epub(path):
    # Debian's command is the archive itself, which not every system knows how to start.
    program = Path(shutil.which("epubcheck")).resolve()
    start = ["java", "-jar", str(program)] if program.suffix == ".jar" else [str(program)]
    status, told = run(*start, str(path))
    for line in told.splitlines():
        if re.match(r"(ERROR|WARNING|FATAL|USAGE)", line):
            yield line
    if status != 0:
        yield f"EPUBCheck: exit status {status}"


def notebook(path):
    try:
        book = nbformat.read(path, as_version=4)
        nbformat.validate(book)
    except Exception as error:
        yield f"{type(error).__name__}: {str(error)[:300]}"
        return
    if (book.nbformat, book.nbformat_minor) != (4, 5):
        yield f"format {book.nbformat}.{book.nbformat_minor}, not 4.5"
    if not book.cells:
        yield "there is nothing in it"


def pdf(path):
    status, told = run("pdfinfo", str(path))
    facts = dict(re.findall(r"^([^:]+):\s*(.*)$", told, re.M))
    if status != 0 or "Syntax Error" in told:
        yield told.strip()[:300]
        return
    if facts.get("Tagged") != "yes":
        yield "it is not tagged"
    if "(A4)" not in facts.get("Page size", ""):
        yield f"its pages are {facts.get('Page size')}, not A4"
    if not facts.get("Title"):
        yield "it has no title"
    if b"/Outlines" not in path.read_bytes():
        yield "it has no bookmarks"
    _, text = run("pdftotext", str(path), "-")
    if "Syntax Error" in text:
        yield "it is damaged"
    if not text.split():
        yield "there is no text in it"
    links = set(re.findall(rb"/URI \((file:[^)]*)", path.read_bytes()))
    yield from (f"a link leads to {link.decode()}, on this machine" for link in links)


def main():
    root = Path(sys.argv[1])
    checks = {".html": page, ".epub": epub, ".ipynb": notebook, ".pdf": pdf}
    wrong, counts, heaviest = 0, dict.fromkeys(checks, 0), (0, None)
    for path in sorted(root.rglob("*")):
        check = checks.get(path.suffix)
        if not check:
            continue
        counts[path.suffix] += 1
        if path.suffix == ".html":
            heaviest = max(heaviest, (path.stat().st_size, str(path.relative_to(root))))
        for problem in check(path):
            wrong += 1
            print(f"{path.relative_to(root)}: {problem}")
    missing = [suffix for suffix, count in counts.items() if count == 0]
    for suffix in missing:
        print(f"{root}: there is no {suffix} in it")
    print(", ".join(f"{count} {suffix}" for suffix, count in counts.items())
          + f"; the heaviest page is {heaviest[1]} with {heaviest[0]:,} bytes; {wrong + len(missing)} problems")
    sys.exit(1 if wrong or missing else 0)


if __name__ == "__main__":
    main()
