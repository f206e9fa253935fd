"""What can be said of the files alone: links and anchors, formulas that failed, the content security policy."""

import base64
import hashlib
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

# Attributes that name another file, and elements whose files the browser loads by itself.
REFERENCES = {"href", "src", "poster", "data", "action", "xlink:href"}
LOADING = {"script", "img", "link", "iframe", "audio", "video", "source", "object", "embed", "image", "use"}
# Attributes that name other elements of the page.
POINTERS = {"popovertarget", "for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns"}


@dataclass
class Document(HTMLParser):
    """One page: its ids, what it refers to, its scripts."""

    path: Path
    ids: set[str] = field(default_factory=set)
    references: list[tuple[str, str, int]] = field(default_factory=list)
    pointers: list[tuple[str, str, int]] = field(default_factory=list)
    # In the order of the text: "policy" with its content, "script" with an inline script, "handler", "load".
    loading: list[tuple[str, str, int]] = field(default_factory=list)
    math_errors: list[tuple[str, int]] = field(default_factory=list)

    def __post_init__(self):
        super().__init__(convert_charrefs=True)
        self.script = None
        self.feed(self.path.read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag, attributes):
        line = self.getpos()[0]
        values = {name: value or "" for name, value in attributes}
        if values.get("id"):
            self.ids.add(values["id"])
        if tag == "a" and values.get("name"):
            self.ids.add(values["name"])
        for name, value in values.items():
            if name in REFERENCES:
                self.references.append((tag, value, line))
            if name in POINTERS:
                self.pointers += [(name, pointer, line) for pointer in value.split()]
            if name.startswith("on"):
                self.loading.append(("handler", f"{tag} {name}", line))
        for candidate in values.get("srcset", "").split(","):
            if candidate.strip():
                self.references.append((tag, candidate.split()[0], line))
        if tag == "meta" and values.get("http-equiv", "").lower() == "content-security-policy":
            self.loading.append(("policy", values.get("content", ""), line))
        elif tag == "script" and "src" not in values:
            self.script = ("", line)
        elif tag in LOADING or tag == "style":
            self.loading.append(("load", tag, line))
        if "katex-error" in values.get("class", "").split() or "#cc0000" in values.get("style", ""):
            self.math_errors.append((values.get("title", tag), line))
        if values.get("mathcolor") == "#cc0000":
            self.math_errors.append((tag, line))

    def handle_data(self, data):
        if self.script is not None:
            self.script = (self.script[0] + data, self.script[1])

    def handle_endtag(self, tag):
        if tag == "script" and self.script is not None:
            self.loading.append(("script", *self.script))
            self.script = None


def check_documents(documents, root, report):
    for name, document in documents.items():
        report.add(name, "links", findings=broken_links(document, documents, root))
        report.add(
            name, "math",
            findings=[(f"a formula failed: {text}", f"line {line}") for text, line in document.math_errors],
        )
        report.add(name, "policy", findings=policy_faults(document))


def broken_links(document, documents, root):
    for name, pointer, line in document.pointers:
        if pointer not in document.ids:
            yield f"{name} names ‘{pointer}’, which the page does not have", f"line {line}"
    for tag, reference, line in document.references:
        parts = urlsplit(reference)
        if parts.scheme or parts.netloc:
            # What is loaded by itself is the requests' matter; where a reader may go is not asked.
            continue
        target = document.path if not parts.path else (document.path.parent / unquote(parts.path)).resolve()
        if not target.is_relative_to(root):
            yield f"‘{reference}’ lies outside the folder", f"<{tag}>, line {line}"
        elif not target.is_file():
            yield f"‘{reference}’ leads nowhere", f"<{tag}>, line {line}"
        elif parts.fragment and target.suffix == ".html":
            other = documents.get(str(target.relative_to(root)))
            if other and unquote(parts.fragment) not in other.ids:
                yield f"‘{reference}’: that page has no such anchor", f"<{tag}>, line {line}"


def policy_faults(document):
    policies = [(index, content) for index, (kind, content, _) in enumerate(document.loading) if kind == "policy"]
    if not policies:
        yield "the page has no content security policy", ""
        return
    first, policy = policies[0]
    if not re.search(r"default-src\s+'none'", policy):
        yield "the policy does not begin from default-src 'none'", policy
    for directive in policy.split(";"):
        name, *values = directive.split() or [""]
        loose = [
            value for value in values
            if value in ("*", "http:", "https:", "'unsafe-eval'", "'strict-dynamic'") or "//" in value
            or (value == "'unsafe-inline'" and name != "style-src-attr")
        ]
        if loose:
            yield f"the policy allows too much: {name} {' '.join(loose)}", policy
    for index, (kind, content, line) in enumerate(document.loading):
        if kind != "policy" and index < first:
            yield "something stands before the policy, which does not hold for it", f"{kind} {content[:60]}, line {line}"
        if kind == "handler":
            yield "an inline event handler", f"<{content}>, line {line}"
        if kind == "script":
            digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
            if f"'sha256-{digest}'" not in policy:
                yield "an inline script whose hash is not in the policy", f"line {line}: {content[:60]}"
