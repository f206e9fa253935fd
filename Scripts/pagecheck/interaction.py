"""What a reader does on the pages of Tests/Fixtures/theme: searches, opens the drawer and the notes, changes the
language and the theme, prints. By keyboard, and where it must do without scripts, without."""

import asyncio
import shutil
import sys
from pathlib import Path

from playwright.async_api import async_playwright

CHECKS = []


def check(function):
    CHECKS.append(function)
    return function


def expect(condition, message):
    if not condition:
        raise AssertionError(message)


async def until(page, condition):
    """Waits for an expression to be true. Playwright's own way evaluates text in the page, which the policy forbids."""
    for _ in range(200):
        if await page.evaluate(condition):
            return
        await page.wait_for_timeout(50)
    raise AssertionError(f"never true: {condition}")


async def find(page, query):
    """Types into the search, which is open, and gives the finds: (heading, place, text, address)."""
    await page.fill("dialog.search input", query)
    return await page.eval_on_selector_all(
        ".search-results a",
        """links => links.map(a => ["heading", "place", "text"].map(name => {
          const part = a.querySelector(".search-" + name); return part ? part.textContent : "";
        }).concat(decodeURIComponent(a.href)))""")


@check
async def search_finds_words_in_headings_text_and_code(page, root):
    await page.goto(root + "en/1-all.html")
    await page.keyboard.press("/")
    await page.wait_for_selector("dialog.search[open]")
    await until(page, "document.querySelector('.search-status').textContent !== ''")
    for query, heading in [
        ("pooling", "Pooling"), ("POOL", "Pooling"), ("convolutions", "Everything on one page"),
        ("movingAverage", "Code"), ("average", "Code"), ("softmax", "Callouts"), ("δ", "A table and a formula"),
        ("kernels strides", "A section that is long enough to be read"), ("callout", "Callouts"),
    ]:
        finds = await find(page, query)
        expect(finds and finds[0][0] == heading, f"‘{query}’ finds {finds[:3]}, not ‘{heading}’ first")
    expect(not await find(page, "nowhereatall"), "a word that the book does not have is found")
    expect(await page.inner_text(".search-status") == "Nothing found", "nothing found, and nothing said")
    await find(page, "convolution")
    expect(await page.inner_text(".search-results mark >> nth=0") == "Convolution", "what was asked for is not marked")


@check
async def search_finds_chinese(page, root):
    await page.goto(root + "zh-Hans/2-more.html")
    await page.keyboard.press("Control+k")
    await until(page, "document.querySelector('.search-status').textContent !== ''")
    for query, heading in [("卷积", "一页之中"), ("池", "池化"), ("激活函数", "最后一节"), ("参数个数", "提示框"), ("gradient", "一页之中")]:
        finds = await find(page, query)
        expect(finds and finds[0][0] == heading, f"‘{query}’ finds {finds[:3]}, not ‘{heading}’ first")


@check
async def search_goes_by_keyboard(page, root):
    await page.goto(root + "en/1-all.html")
    await page.keyboard.press("Control+k")
    await until(page, "document.querySelector('.search-status').textContent !== ''")
    await page.keyboard.type("pooling")
    await page.wait_for_selector(".search-results a")
    await page.keyboard.press("ArrowDown")
    expect(await page.evaluate("document.activeElement.closest('.search-results') !== null"), "the arrow goes nowhere")
    await page.keyboard.press("ArrowUp")
    expect(await page.evaluate("document.activeElement.localName") == "input", "the arrow does not come back")
    await page.keyboard.press("Escape")
    if await page.evaluate("document.querySelector('dialog.search').open"):
        # The first Escape clears the field, as every search field does.
        await page.keyboard.press("Escape")
    expect(not await page.evaluate("document.querySelector('dialog.search').open"), "Escape does not close the search")
    await page.keyboard.press("/")
    await page.fill("dialog.search input", "pooling")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/en/2-more.html*")
    expect(page.url.endswith("#pooling"), f"Enter leads to {page.url}")


@check
async def search_shows_hostile_text_as_text(page, root):
    await page.goto(root + "en/2-more.html")
    await page.keyboard.press("/")
    await until(page, "document.querySelector('.search-status').textContent !== ''")
    finds = await find(page, "zebrafish")
    expect(finds and "<script>" in finds[0][1], f"the title is not shown as it is: {finds}")
    expect(await page.locator(".search-results :is(script, img)").count() == 0, "markup of a chapter is in the finds")


@check
async def no_search_is_offered_without_scripts(page, root):
    await without_scripts(page)
    await page.goto(root + "en/1-all.html")
    for name in ["search-open", "theme"]:
        expect(not await page.is_visible(f".{name}"), f".{name} is shown, though no script runs")


@check
async def the_drawer_opens_without_scripts(page, root):
    await without_scripts(page)
    await page.set_viewport_size({"width": 360, "height": 700})
    await page.goto(root + "en/1-all.html")
    expect(not await page.is_visible("nav.chapters"), "the drawer is open from the start")
    await page.focus("button.contents")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("nav.chapters", state="visible")
    await page.keyboard.press("Escape")
    await page.wait_for_selector("nav.chapters", state="hidden")


@check
async def notes_open_without_scripts(page, root):
    await without_scripts(page)
    await page.set_viewport_size({"width": 360, "height": 700})
    await page.goto(root + "en/1-all.html")
    await page.focus(".footnote-ref button >> nth=0")
    await page.keyboard.press("Enter")
    await page.wait_for_selector(".footnote >> nth=0", state="visible")
    box = await page.locator(".footnote >> nth=0").bounding_box()
    expect(box["x"] >= 0 and box["x"] + box["width"] <= 360, f"the note lies outside of the window: {box}")


@check
async def notes_stand_in_the_margin_of_a_wide_window(page, root):
    await page.set_viewport_size({"width": 1700, "height": 900})
    await page.goto(root + "en/1-all.html")
    boxes = [await page.locator(f".margin-note >> nth={index}").bounding_box() for index in range(2)]
    text = await page.locator("article").bounding_box()
    expect(all(boxes), "the notes are not shown")
    expect(all(box["x"] >= text["x"] + text["width"] for box in boxes), "a note lies in the text")
    expect(boxes[1]["y"] >= boxes[0]["y"] + boxes[0]["height"], "one note lies on the other")


@check
async def the_language_changes_and_the_place_stays(page, root):
    for number, label in [(0, None), (1, None), (3, None), (None, "fig-train")]:
        await page.goto(root + "en/1-all.html")
        selector = f"#{label}" if label else f"main :is(h2, h3) >> nth={number}"
        await page.locator(selector).evaluate("e => e.scrollIntoView({behavior: 'instant'})")
        await page.click("a.language")
        await page.wait_for_url("**/zh-Hans/1-all.html*")
        await until(page, "location.hash !== '' && !location.hash.startsWith('#at')")
        target = page.locator(selector)
        top = await target.evaluate("e => e.getBoundingClientRect().top")
        id = await target.get_attribute("id")
        expect(await page.evaluate("decodeURIComponent(location.hash.slice(1))") == id, f"{selector}: {page.url}")
        end = await page.evaluate("scrollY + innerHeight >= document.documentElement.scrollHeight - 2")
        expect(0 <= top < 200 or end, f"{selector} stands at {top} px")


@check
async def the_list_of_headings_follows(page, root):
    await page.goto(root + "en/1-all.html")
    await page.locator("main h2 >> nth=1").evaluate("e => e.scrollIntoView({behavior: 'instant'})")
    await page.wait_for_selector("nav.headings a[aria-current]")
    expect((await page.inner_text("nav.headings a[aria-current]")).endswith("Code"), "another heading is marked")


@check
async def the_theme_is_kept_and_there_from_the_first_line(page, root):
    await page.goto(root + "en/1-all.html")
    for _ in range(2):
        await page.click("button.theme")
    await page.add_init_script(
        """new MutationObserver(() => {
          if (document.body && window.themeAtBody === undefined) window.themeAtBody = document.documentElement.dataset.theme || "";
        }).observe(document, {childList: true, subtree: true})""")
    await page.goto(root + "en/2-more.html")
    expect(await page.evaluate("window.themeAtBody") == "dark", "the page begins in another theme")


@check
async def paper_has_everything_and_no_frame(page, root):
    await page.goto(root + "en/1-all.html")
    await page.emulate_media(media="print")
    for selector in ["header.site", ".drawer", ".pager", ".copy", "dialog.search"]:
        expect(await page.locator(f"{selector}:visible").count() == 0, f"{selector} is printed")
    expect(await page.is_visible(".callout-solution details p"), "a solution is folded on paper")
    expect(await page.is_visible(".footnote >> nth=0"), "a footnote is not printed")


@check
async def a_book_overrides_templates_and_styles(page, root):
    await page.goto(root + "en/1-all.html")
    expect(await page.locator("nav.own-pager").count() == 1, "the book's pager.mustache is not used")
    accent = await page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--accent')")
    expect("#6b2fa0" in accent, f"book.css does not hold: {accent}")


async def without_scripts(page):
    session = await page.context.new_cdp_session(page)
    await session.send("Emulation.setScriptExecutionDisabled", {"value": True})


async def run(root):
    failures = 0
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for function in CHECKS:
            name = function.__name__.replace("_", " ")
            context = await browser.new_context(viewport={"width": 1300, "height": 800}, reduced_motion="reduce")
            context.set_default_timeout(10_000)
            page = await context.new_page()
            wrong = []
            page.on("dialog", lambda dialog: wrong.append(f"a script of a chapter ran: {dialog.message}"))
            page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
            try:
                await function(page, root.as_uri() + "/")
            except Exception as error:
                wrong.append(str(error))
            failures += bool(wrong)
            for message in wrong:
                print(f"{name}: {message}")
            await context.close()
        await browser.close()
    print(f"interaction: {len(CHECKS)} checks, {len(CHECKS) - failures} passed, {failures} failed")
    return failures == 0


if __name__ == "__main__":
    sys.exit(0 if asyncio.run(run(Path(sys.argv[1]).resolve())) else 1)
