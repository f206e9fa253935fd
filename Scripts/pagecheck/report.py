"""What the gates found: violations by page and gate, printed as they are told from each other."""

from dataclasses import dataclass, field

GATES = {
    "markup": "the Nu validator's errors",
    "axe": "axe's violations: light, dark, and at 320 px",
    "console": "errors in the console",
    "requests": "requests that leave the folder, and files that are not there",
    "overlaps": "things that lie on one another",
    "sideways": "pages that scroll sideways, at 320 px and at every other width",
    "links": "broken links and anchors",
    "math": "formulas that KaTeX shows as an error",
    "shift": "layout shift of 0.01 and more",
    "policy": "a content security policy before anything that loads, and no inline script that it does not name",
    "weight": "HTML, stylesheets and fonts of a page together",
}


@dataclass(frozen=True)
class Violation:
    page: str
    gate: str
    # In which browser, at which width, with what colours; empty where that does not matter.
    where: str
    message: str
    element: str = ""

    def __str__(self):
        where = f" ({self.where})" if self.where else ""
        element = f"\n    {self.element}" if self.element else ""
        return f"{self.page}: {self.gate}{where}: {self.message}{element}"


@dataclass
class Report:
    pages: list[str]
    violations: list[Violation] = field(default_factory=list)
    checked: set[tuple[str, str]] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)

    def add(self, page, gate, where="", findings=()):
        """Notes that `gate` has looked at `page`, and what it found: (message, element) or a message."""
        self.checked.add((page, gate))
        for finding in findings:
            message, element = finding if isinstance(finding, tuple) else (finding, "")
            self.violations.append(Violation(page, gate, where, message, element))

    def print(self):
        told = {}
        for violation in self.violations:
            # The same thing in several widths and browsers is one line with all of them.
            key = (violation.page, violation.gate, violation.message, violation.element)
            told.setdefault(key, []).append(violation.where)
        for (page, gate, message, element), places in sorted(told.items()):
            where = ", ".join(dict.fromkeys(place for place in places if place))
            print(Violation(page, gate, where, message, element))
        failed = {(violation.page, violation.gate) for violation in self.violations}
        for note in self.notes:
            print(f"note: {note}")
        counts = {gate: sum(1 for _, failing in failed if failing == gate) for gate in GATES}
        wrong = ", ".join(f"{gate} on {count}" for gate, count in counts.items() if count)
        print(
            f"{len(self.pages)} pages, {len(self.checked)} checks: {len(self.checked - failed)} passed, "
            f"{len(failed)} failed" + (f" ({wrong})" if wrong else "")
        )
        return not failed
