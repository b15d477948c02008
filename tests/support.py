"""What several tests need: paths, a hostile folder, and the command that builds a report."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
OFFLINE = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "tests" / "offline"), str(ROOT / "src")])}

# A folder of articles that wants to break the page. Every line of it must come out as nothing but text.
HOSTILE = """<script>document.title='PWNED'</script> said the minister of China in Beijing on Monday.
A photograph <img src=x onerror="document.title='PWNED'"> of Russia was shown to the great delight of Xi Jinping.
**Not bold** and [no link](https://attacker.example/a), a terrible war, murder, $x^2$ and {{ 7*7 }} \u202egnorw\u202c
<svg onload=alert(1)><foreignObject><iframe src="https://attacker.example"></iframe></foreignObject></svg> China won.
</table></main><style>body{display:none}</style> <a href="javascript:alert(1)">Russia and China</a> were pleased.
"""
OUTLET = "<b onmouseover=alert(1)>Evil & Sons</b>"
TITLE = "A title of three thousand letters " * 90


class Built(NamedTuple):
    """A finished run of `python -m helpers.report`."""

    folder: Path
    status: int
    out: str
    err: str


def build(folder: Path, *arguments: str | Path) -> Built:
    """Run the report as `make report` does, with the network off."""
    command = [sys.executable, "-m", "helpers.report", *map(str, arguments), "--build", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=OFFLINE, capture_output=True, text=True, timeout=300, check=False)
    return Built(folder / "report", done.returncode, done.stdout, done.stderr)


CHROMIUM = shutil.which("chromium")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
