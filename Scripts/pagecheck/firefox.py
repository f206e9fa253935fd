"""The gates in Firefox, which speaks WebDriver BiDi by itself: no driver is needed beside it."""

import asyncio
import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import websockets

LAYOUT = (Path(__file__).parent / "layout.js").read_text(encoding="utf-8")
WIDTHS = [1400, 320]


async def check_in_firefox(names, root, report):
    """Looks at every page in Firefox; notes it where there is none."""
    executable = shutil.which("firefox-esr") or shutil.which("firefox")
    if not executable:
        report.notes.append("there is no Firefox here: the pages were looked at in Chromium only")
        return
    with tempfile.TemporaryDirectory(prefix="lectern-firefox-") as profile:
        (Path(profile) / "user.js").write_text(
            # No page of its own, no asking for updates.
            'user_pref("browser.startup.page", 0);\nuser_pref("app.normandy.enabled", false);\n'
            'user_pref("datareporting.policy.dataSubmissionEnabled", false);\n'
        )
        process = subprocess.Popen(
            [executable, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )
        try:
            address = await asyncio.wait_for(asyncio.to_thread(address_of, process), timeout=300)
            # Firefox refuses connections that name an origin.
            # A busy machine may let it be silent for long, which says nothing.
            connection = websockets.connect(address + "/session", origin=None, max_size=None, ping_interval=None)
            async with connection as socket:
                await Session(socket, root, report).run(names)
        finally:
            process.kill()
            process.wait()


def address_of(process):
    for line in process.stderr:
        if "WebDriver BiDi listening on" in line:
            return line.split()[-1]
    raise RuntimeError("Firefox ended before it could be spoken to")


class Session:
    def __init__(self, socket, root, report):
        self.socket, self.root, self.report = socket, root, report
        self.answers, self.number = {}, 0
        self.errors, self.refused = [], []

    async def run(self, names):
        listening = asyncio.create_task(self.listen())
        await self.call("session.new", capabilities={})
        await self.call("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent", "network.fetchError"])
        contexts = await self.call("browsingContext.getTree")
        self.context = contexts["contexts"][0]["context"]
        for name in names:
            await self.check(name)
        listening.cancel()

    async def check(self, name):
        self.errors, self.refused = [], []
        for width in WIDTHS:
            await self.call(
                "browsingContext.setViewport", context=self.context, viewport={"width": width, "height": 900})
            if width == WIDTHS[0]:
                await self.call(
                    "browsingContext.navigate", context=self.context, url=(self.root / name).as_uri(), wait="complete")
                await self.evaluate("() => document.fonts.ready.then(() => 0)")
            found = await self.evaluate(LAYOUT)
            where = f"Firefox {width} px"
            self.report.add(name, "overlaps", where, map(tuple, found["overlaps"]))
            self.report.add(name, "sideways", where, map(tuple, found["sideways"]))
        self.report.add(name, "console", "Firefox", self.errors)
        self.report.add(name, "requests", "Firefox", self.refused)

    async def evaluate(self, function):
        answer = await self.call(
            "script.evaluate", expression=f"Promise.resolve(({function})()).then(JSON.stringify)",
            target={"context": self.context}, awaitPromise=True)
        if answer["type"] != "success":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    async def call(self, method, **parameters):
        self.number += 1
        answer = self.answers[self.number] = asyncio.get_running_loop().create_future()
        await self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        return await asyncio.wait_for(answer, timeout=300)

    async def listen(self):
        async for text in self.socket:
            message = json.loads(text)
            if message["type"] == "event":
                self.note(message["method"], message["params"])
            elif message["type"] == "success":
                self.answers.pop(message["id"]).set_result(message["result"])
            else:
                self.answers.pop(message["id"]).set_exception(RuntimeError(f"{message['error']}: {message['message']}"))

    def note(self, event, parameters):
        if event == "log.entryAdded":
            if parameters["level"] == "error":
                self.errors.append((parameters["text"], ""))
            return
        url = parameters["request"]["url"]
        parts = urlsplit(url)
        if event == "network.fetchError":
            self.refused.append((f"{url} cannot be loaded", ""))
        elif parts.scheme in ("http", "https", "ws", "wss") or (
            parts.scheme == "file" and not Path(unquote(parts.path)).is_relative_to(self.root)
        ):
            self.refused.append((f"the page asks for {url}", ""))
