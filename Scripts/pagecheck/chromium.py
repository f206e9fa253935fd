"""The gates that need a browser: Chromium, several pages at a time, from file://."""

import asyncio
import gzip
import shutil
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.async_api import async_playwright

LAYOUT = (Path(__file__).parent / "layout.js").read_text(encoding="utf-8")
# Wide enough for all three columns, just so, one column, telephones.
WIDE, NARROW = [1400, 1210, 1000], [320, 420]
MAXIMUM_SHIFT = 0.01

AXE = """options => axe.run(document, {preload: false, resultTypes: ["violations"], ...options})"""
# What another colour scheme can change. It is most of axe's time.
COLORS = ["color-contrast", "link-in-text-block"]
ONLY_COLORS = {"runOnly": {"type": "rule", "values": COLORS}}
ALL_BUT_COLORS = {"rules": {rule: {"enabled": False} for rule in COLORS}}
# A page has thousands of tokens and of formulas' letters, and few ways to paint them: their ink and the ground it is on.
# Notes how each of them is painted in the colour scheme of the moment.
NOTE_PAINT = """() => {
  const ground = element => {
    for (; element; element = element.parentElement) {
      const color = getComputedStyle(element).backgroundColor;
      if (color !== "rgba(0, 0, 0, 0)") return color;
    }
    return "none";
  };
  for (const part of document.querySelectorAll("pre span[class], .katex-html :not(:has(*))"))
    part.dataset.paint = `${part.dataset.paint ?? ""} ${getComputedStyle(part).color} on ${ground(part)};`;
}"""
# Leaves one of each paint. Of single letters axe says nothing, so that those of formulas are doubled.
ONE_OF_EACH_PAINT = """() => {
  const seen = new Set();
  const isNew = kind => !seen.has(kind) && seen.add(kind);
  for (const token of document.querySelectorAll("pre span[class]"))
    if (!isNew(token.dataset.paint + getComputedStyle(token).font)) token.replaceWith(...token.childNodes);
  seen.clear();
  // Hidden from readers by ear, who have the other half, and from axe: not from those who look.
  for (const drawn of document.querySelectorAll(".katex-html")) drawn.removeAttribute("aria-hidden");
  for (const letter of document.querySelectorAll(".katex-html :not(:has(*))"))
    if (isNew(letter.dataset.paint)) letter.textContent = "xx"; else letter.remove();
}"""
# To the end and back, so that all that waits to be seen has been.
SCROLL = """async () => {
  const pause = () => new Promise(done => setTimeout(done, 20));
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight * 2) {
    scrollTo({top: y, behavior: "instant"}); await pause();
  }
  scrollTo({top: 0, behavior: "instant"}); await pause();
}"""


async def check_in_chromium(names, root, report, weight, jobs):
    axe = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--allow-file-access-from-files=false"]
        )
        queue = list(reversed(names))

        async def work():
            while queue:
                name = queue.pop()
                for hasScripts in [True, False]:
                    for widths in [WIDE, NARROW]:
                        await PageCheck(browser, root, name, report, axe, hasScripts, widths).run(weight)

        await asyncio.gather(*(work() for _ in range(jobs)))
        await browser.close()


class PageCheck:
    """One load of one page."""

    def __init__(self, browser, root, name, report, axe, hasScripts, widths):
        self.browser, self.root, self.name, self.report, self.axe = browser, root, name, report, axe
        self.hasScripts, self.widths = hasScripts, widths
        self.requested, self.refused, self.errors = set(), [], []
        self.shift, self.moved = 0, []

    def where(self, *words):
        return " ".join(["Chromium", *words] + ([] if self.hasScripts else ["without scripts"]))

    async def run(self, weight):
        context = await self.browser.new_context(
            viewport={"width": self.widths[0], "height": 900}, color_scheme="light", reduced_motion="no-preference")
        page = await context.new_page()
        browser = await context.new_cdp_session(page)
        browser.on("PerformanceTimeline.timelineEventAdded", lambda event: self.note_shift(event["event"]))
        await browser.send("PerformanceTimeline.enable", {"eventTypes": ["layout-shift"]})
        page.on("request", self.note_request)
        page.on("requestfailed", lambda request: self.refused.append((f"{request.url} cannot be loaded", "")))
        page.on("console", lambda message: message.type == "error" and self.errors.append((message.text, "")))
        page.on("pageerror", lambda error: self.errors.append((str(error), "")))
        # A busy machine may paint a page that it has read half of: then the page is loaded again. What else went wrong
        # while loading stays.
        for _ in range(3):
            self.shift, self.moved = 0, []
            await self.load(page, browser)
            if self.shift < MAXIMUM_SHIFT:
                break
        self.report.add(
            self.name, "shift", self.where(f"{self.widths[0]} px"),
            [(f"content moves by {self.shift:.3f}", f"at {self.moved}")] if self.shift >= MAXIMUM_SHIFT else [],
        )
        await self.check_layout(page)
        await self.check_axe(page)
        self.report.add(self.name, "requests", self.where(), unique(self.refused))
        self.report.add(self.name, "console", self.where(), unique(self.errors))
        if self.hasScripts and self.widths == WIDE:
            weight.add(self.name, self.requested, self.report)
        await context.close()

    async def load(self, page, browser):
        await browser.send("Emulation.setScriptExecutionDisabled", {"value": not self.hasScripts})
        await page.goto((self.root / self.name).as_uri(), wait_until="load")
        # The page's own scripts have had their moment; what looks at the page from here on needs some.
        await browser.send("Emulation.setScriptExecutionDisabled", {"value": False})
        await page.evaluate("() => document.fonts.ready.then(() => 0)")
        await page.wait_for_timeout(150)
        await page.evaluate(SCROLL)

    def note_request(self, request):
        parts = urlsplit(request.url)
        if parts.scheme in ("data", "blob"):
            return
        path = Path(unquote(parts.path))
        if parts.scheme != "file" or not path.is_relative_to(self.root):
            self.refused.append((f"the page asks for {request.url}", ""))
        else:
            self.requested.add(path)

    def note_shift(self, event):
        details = event.get("layoutShiftDetails", {})
        if not details.get("hadRecentInput"):
            self.shift += details["value"]
            self.moved += [
                "{x:.0f}, {y:.0f} to ".format(**source["previousRect"]) + "{x:.0f}, {y:.0f}".format(**source["currentRect"])
                for source in details["sources"][:2]
            ]

    async def check_layout(self, page):
        for isOpen in [False, True]:
            if isOpen:
                await page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true })")
            for width in self.widths:
                await page.set_viewport_size({"width": width, "height": 900})
                found = await page.evaluate(LAYOUT)
                where = self.where(f"{width} px")
                self.report.add(self.name, "overlaps", where, map(tuple, found["overlaps"]))
                self.report.add(self.name, "sideways", where, map(tuple, found["sideways"]))
        await page.set_viewport_size({"width": self.widths[0], "height": 900})

    async def check_axe(self, page):
        if not self.hasScripts and self.widths == NARROW:
            return
        await page.evaluate(self.axe)
        isFirst = self.hasScripts and self.widths == WIDE
        runs = [("light", ALL_BUT_COLORS)]
        if self.hasScripts:
            runs.append(("light", ONLY_COLORS))
        if isFirst:
            runs.append(("dark", ONLY_COLORS))
        for scheme in ["dark", "light"]:
            await page.emulate_media(color_scheme=scheme)
            await page.evaluate(NOTE_PAINT)
        for scheme, options in runs:
            # The inside of formulas is looked at once, for all but colours.
            if options is ONLY_COLORS or not isFirst:
                await page.evaluate(ONE_OF_EACH_PAINT)
            await page.emulate_media(color_scheme=scheme)
            result = await page.evaluate(AXE, options)
            findings = [
                (f"{violation['id']}: {violation['help']}", f"{' '.join(map(str, node['target']))}  {node['html'][:100]}")
                for violation in result["violations"]
                for node in violation["nodes"]
            ]
            self.report.add(self.name, "axe", self.where(f"{self.widths[0]} px", scheme), findings)


def unique(findings):
    """Findings of several loads of one page, each once."""
    return list(dict.fromkeys(findings))


class Weight:
    """What a reader's browser fetches to show a page: HTML, stylesheets and fonts, as they lie and as a server sends
    them."""

    def __init__(self, root, limit):
        self.root, self.limit, self.pages = root, limit, {}

    def add(self, name, requested, report):
        kinds = {".html": 0, ".css": 0, ".woff": 0, ".woff2": 0}
        raw = 0
        for path in requested:
            if path.suffix in kinds:
                data = path.read_bytes()
                raw += len(data)
                # Fonts are compressed already.
                kinds[path.suffix] += len(data) if path.suffix in (".woff", ".woff2") else len(gzip.compress(data, 6))
        self.pages[name] = (raw, kinds)
        total = sum(kinds.values())
        over = total > self.limit
        report.add(name, "weight", findings=[self.told(name, total)] if over else [])

    def told(self, name, total):
        raw, kinds = self.pages[name]
        parts = ", ".join(f"{suffix[1:]} {size / 1000:.0f}" for suffix, size in kinds.items() if size)
        return f"{total / 1000:.0f} KB as a server sends it ({parts}), {raw / 1000:.0f} KB uncompressed"

    def heaviest(self):
        name, (_, kinds) = max(self.pages.items(), key=lambda page: sum(page[1][1].values()))
        return f"the heaviest page is {name}: {self.told(name, sum(kinds.values()))}"
