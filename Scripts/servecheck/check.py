"""What an author sees of `lectern serve` in a browser: each behaviour is tried on a small book in Chromium."""
import os
import shutil
import sys

from session import Book, Serve, browser, contents, wait_for, wait_on

CHAPTER = """---
title: First
---

The opening paragraph.

```swift-run
//| label: numbers
//| code-fold: true
let numbers = [1, 2, 3]
print(numbers.count)
```

![A picture](picture.svg)

## A heading

""" + "\n\n".join(f"Paragraph {n} of a chapter that is longer than the window." for n in range(60)) + """

```swift-run
//| label: sum
print(numbers.reduce(0, +))
```

The sum is `{swift} numbers.reduce(0, +)`.
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="40"><rect width="{0}" height="40"/></svg>'


def new_book():
    return Book({
        "book.yml": "title: Trial\n", "01-first.md": CHAPTER, "02-second.md": "# Second\n\nOf two.\n",
        "picture.svg": PICTURE.format(50)})


def text(page, selector="article"):
    return page.locator(selector).inner_text()


def panel(page):
    return page.evaluate("""() => {
      const hosts = [...document.documentElement.children].map(e => e.shadowRoot).filter(Boolean);
      const section = hosts[0].querySelector('section');
      return section.hidden ? '' : section.innerText;
    }""")


def mark(page):
    """Leaves something on the page that loading it again would take away."""
    page.evaluate("window.isTheSamePage = true")


def is_same(page):
    return page.evaluate("window.isTheSamePage === true")


def prose_changes_in_place(book, serve, page):
    page.locator("article details").first.evaluate("e => e.open = true")
    page.evaluate("scrollTo(0, 1500)")
    page.locator("article a, article button, article summary").first.evaluate("e => e.focus({preventScroll: true})")
    focused = page.evaluate("document.activeElement.outerHTML")
    anchor = "() => [...document.querySelectorAll('article > p')].find(e => e.getBoundingClientRect().top > 0)"
    before = page.evaluate(f"({anchor})().getBoundingClientRect().top")
    name = page.evaluate(f"({anchor})().textContent")
    book.replace("01-first.md", "The opening paragraph.", "Opening words.\n\nAnd more.\n\nAnd even more.")
    wait_on(page, "document.querySelector('article').innerText.includes('And even more.')")
    after = page.evaluate("t => [...document.querySelectorAll('article > p')].find(e => e.textContent === t)"
                          ".getBoundingClientRect().top", name)
    assert is_same(page), "the page was loaded again"
    assert abs(after - before) < 2, f"the text moved from {before} to {after}"
    assert page.locator("article details").first.evaluate("e => e.open"), "the fold was closed"
    assert page.evaluate("document.activeElement.outerHTML") == focused, "the focus is gone"


def cells_change_in_place(book, serve, page):
    book.replace("01-first.md", "[1, 2, 3]", "[1, 2, 3, 4]")
    wait_on(page, "document.querySelector('article').innerText.includes('The sum is 10')")
    assert "10" in text(page, "#sum, .cell >> nth=1")
    assert is_same(page), "the page was loaded again"
    copies = page.locator("article .code-block > .copy, article button.copy").count()
    codes = page.locator("article pre > code").count()
    assert copies == codes, f"{codes} listings, {copies} buttons to copy them"


def new_cells_have_their_buttons(book, serve, page):
    book.replace("01-first.md", "## A heading", "```swift-run\n//| label: new\nprint(\"brand new\")\n```\n\n## A heading")
    wait_on(page, "document.querySelector('article').innerText.includes('brand new')")
    assert is_same(page), "the page was loaded again"
    codes = page.locator("article pre > code").count()
    wait_on(page, f"document.querySelectorAll('article button.copy').length === {codes}")


def mistakes_are_shown_and_taken_away(book, serve, page):
    book.replace("01-first.md", "print(numbers.count)", "print(numbers.cuont)")
    wait_on(page, "() => [...document.documentElement.children].some(e => e.shadowRoot && "
                           "!e.shadowRoot.querySelector('section').hidden)")
    shown = panel(page)
    for part in ["01-first.md:", ":15", "has no member 'cuont'", "print(numbers.cuont)", "^"]:
        assert part in shown, f"{part!r} is not in {shown!r}"
    assert is_same(page), "the page was loaded again"
    book.replace("01-first.md", "print(numbers.cuont)", "print(numbers.count)")
    wait_for(lambda: panel(page) == "", "the panel goes")
    assert is_same(page), "the page was loaded again"


def broken_configuration_is_shown_and_mended(book, serve, page):
    book.write("book.yml", "title: a: b\n")
    wait_for(lambda: "book.yml:1:" in panel(page), "the mistake in book.yml")
    book.write("book.yml", "title: Renamed\n")
    wait_for(lambda: panel(page) == "", "the panel goes")
    wait_on(page, "document.body.innerText.includes('Renamed')")


def pictures_change(book, serve, page):
    width = "document.querySelector('article img').naturalWidth"
    assert page.evaluate(width) == 50
    book.write("picture.svg", PICTURE.format(90))
    wait_on(page, width + " === 90")
    assert is_same(page), "the page was loaded again"
    os.remove(book.folder / "picture.svg")
    wait_for(lambda: "picture.svg" in panel(page), "the missing picture")
    book.write("picture.svg", PICTURE.format(50))
    wait_for(lambda: panel(page) == "", "the panel goes")


def themes_change(book, serve, page):
    book.write("templates/assets/book.css", "article { --trial: 7px; }\n")
    wait_on(page, 
        "getComputedStyle(document.querySelector('article')).getPropertyValue('--trial').trim() === '7px'")
    assert is_same(page), "the page was loaded again"
    shutil.rmtree(book.folder / "templates")
    wait_on(page, 
        "getComputedStyle(document.querySelector('article')).getPropertyValue('--trial') === ''")


def chapters_come_and_go(book, serve, page):
    book.write("03-third.md", "# Third\n\nNew.\n")
    wait_on(page, "document.body.innerText.includes('Third')")
    assert is_same(page), "the page was loaded again"
    third = page.context.new_page()
    third.goto(serve.address + "03-third.html")
    os.rename(book.folder / "03-third.md", book.folder / "04-fourth.md")
    wait_for(lambda: "no longer" in third.evaluate(
        "[...document.documentElement.children].map(e => e.shadowRoot).filter(Boolean)[0].textContent"), "the note")
    third.goto(serve.address + "04-fourth.html")
    assert "New." in text(third)
    missing = page.context.new_page()
    missing.goto(serve.address + "05-fifth.html")
    assert "no such page" in missing.content()
    book.write("05-fifth.md", "# Fifth\n\nHere now.\n")
    wait_on(missing, "document.body.innerText.includes('Here now.')")
    for name in ["04-fourth.md", "05-fifth.md"]:
        os.remove(book.folder / name)
    wait_on(page, "!document.body.innerText.includes('Third')")
    third.close()
    missing.close()


def several_browsers_follow(book, serve, page):
    other = page.context.new_page()
    other.goto(serve.address + "02-second.html")
    book.replace("02-second.md", "Of two.", "Of two windows.")
    wait_on(other, "document.body.innerText.includes('Of two windows.')")
    other.close()


def the_output_folder_may_go(book, serve, page):
    shutil.rmtree(serve.output)
    wait_for(lambda: (serve.output / "01-first.html").exists(), "the pages are there again")
    book.replace("01-first.md", "Opening words.", "Words again.")
    wait_on(page, "document.body.innerText.includes('Words again.')")


def a_new_server_is_found(book, serve, page):
    port = serve.port
    mark(page)
    status = serve.stop()
    assert status == 0, f"exit status {status}"
    wait_on(page, "() => [...document.documentElement.children].some(e => e.shadowRoot && "
                           "e.shadowRoot.textContent.includes('not running'))")
    book.replace("01-first.md", "Words again.", "Another server.")
    again = Serve(book, "--port", str(port))
    wait_on(page, "document.body.innerText.includes('Another server.')")
    assert is_same(page), "the page was loaded again"
    return again


BEHAVIOURS = [
    prose_changes_in_place, cells_change_in_place, new_cells_have_their_buttons, mistakes_are_shown_and_taken_away,
    broken_configuration_is_shown_and_mended, pictures_change, themes_change, chapters_come_and_go,
    several_browsers_follow, the_output_folder_may_go, a_new_server_is_found]


def main():
    book = new_book()
    serve = Serve(book, "--port", "0")
    failures = 0
    with browser() as chromium:
        page = chromium.new_context().new_page()
        complaints = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        wait_for((serve.output / "01-first.html").exists, "the first build", 120)
        page.goto(serve.address + "01-first.html")
        mark(page)
        for behaviour in BEHAVIOURS:
            try:
                serve = behaviour(book, serve, page) or serve
                print(f"ok      {behaviour.__name__}")
            except Exception as error:
                failures += 1
                print(f"FAILED  {behaviour.__name__}: {error}")
                page.goto(serve.address + "01-first.html")
                mark(page)
        # A picture that is missing, and a server that is gone, are complaints of ours.
        complaints = [c for c in complaints if "Failed to load resource" not in c]
        if complaints:
            failures += 1
            print("FAILED  the console is quiet:", complaints)
    served, clean = contents(serve.output), book.clean_build()
    if served != clean:
        failures += 1
        differing = [path for path in sorted(set(served) | set(clean)) if served.get(path) != clean.get(path)]
        print("FAILED  the pages are those of a clean build:", differing)
    else:
        print(f"ok      all {len(clean)} files are those of a clean build")
    workers = serve.tree()[1:]
    if serve.stop() != 0 or any(os.path.exists(f"/proc/{worker}") for worker in workers):
        failures += 1
        print("FAILED  Ctrl-C ends it and its workers")
    if failures:
        print(serve.text())
    else:
        book.remove()
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
