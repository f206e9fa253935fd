"""`lectern serve` on a book of its own, with a browser that looks at it."""
import contextlib
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time

from playwright.sync_api import sync_playwright

PACKAGE = pathlib.Path(__file__).resolve().parent.parent.parent
LECTERN = PACKAGE / ".build" / "release" / "lectern"


class Book:
    """A folder with chapters; files are put into their places as editors do, whole."""

    def __init__(self, files):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="lectern-serve-"))
        self.folder = self.root / "book"
        for path, text in files.items():
            self.write(path, text)

    def write(self, path, text):
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary = file.with_name(file.name + "~")
        temporary.write_bytes(text if isinstance(text, bytes) else text.encode())
        os.replace(temporary, file)

    def read(self, path):
        return (self.folder / path).read_text()

    def replace(self, path, old, new):
        text = self.read(path)
        assert old in text, f"{path} has no {old!r}"
        self.write(path, text.replace(old, new))

    def clean_build(self):
        """The output of a build that knows nothing of earlier ones: contents by path."""
        output = self.root / "clean"
        shutil.rmtree(output, ignore_errors=True)
        subprocess.run([LECTERN, "build", self.folder, "-o", output, "--no-cache", "--quiet"],
                       cwd=self.root, stderr=subprocess.DEVNULL)
        return contents(output)

    def remove(self):
        shutil.rmtree(self.root, ignore_errors=True)


def contents(folder):
    return {str(file.relative_to(folder)): file.read_bytes()
            for file in folder.rglob("*") if file.is_file() and file.name[0] != "."}


class Serve:
    """The running command."""

    def __init__(self, book, *arguments):
        self.book = book
        self.output = book.root / "output"
        self.log = open(book.root / "serve.log", "a+")
        start = self.log.seek(0, os.SEEK_END)
        self.process = subprocess.Popen(
            [LECTERN, "serve", book.folder, "-o", self.output, *arguments], cwd=book.root,
            stdout=self.log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while not (match := re.search(r"http://localhost:(\d+)/", self.text(start))):
            assert time.monotonic() < deadline and self.process.poll() is None, self.text(start)
            time.sleep(0.01)
        self.port = int(match[1])
        self.address = match[0]

    def text(self, start=0):
        with open(self.book.root / "serve.log") as log:
            log.seek(start)
            return log.read()

    def stop(self):
        """Ctrl-C; returns the exit status."""
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(timeout=20)
        self.log.close()
        return status

    def tree(self):
        """The process and all that descend from it."""
        processes = [self.process.pid]
        for pid in processes:
            with contextlib.suppress(OSError):
                for task in os.listdir(f"/proc/{pid}/task"):
                    children = pathlib.Path(f"/proc/{pid}/task/{task}/children").read_text()
                    processes += [int(child) for child in children.split()]
        return processes

    def memory(self):
        """Bytes of memory that are the process's own."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"RssAnon:\s+(\d+) kB", status)[1]) * 1024

    def handles(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))


@contextlib.contextmanager
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"), args=["--no-sandbox"])
        try:
            yield chromium
        finally:
            chromium.close()


def wait_for(condition, what, seconds=30):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain: {what}"
        time.sleep(0.02)


def wait_on(page, expression, seconds=30):
    """Waits until an expression, or a function without arguments, is true on the page; the page's own policy forbids
    Playwright's way of waiting."""
    def is_true():
        try:
            return page.evaluate(expression)
        except Exception:  # It is being loaded again.
            return False
    wait_for(is_true, expression, seconds)
