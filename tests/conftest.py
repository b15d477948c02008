import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
collect_ignore = ["offline"]  # meant for the processes under test: imported here it would cut off pytest itself
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


@pytest.fixture(scope="session")
def report(tmp_path_factory) -> Built:
    """The report on the bundled corpus."""
    return build(tmp_path_factory.mktemp("build"))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory) -> Built:
    """The report on a corpus that attacks the page."""
    folder = tmp_path_factory.mktemp("hostile")
    for number in range(12):
        weather = ["storm", "sunshine", "fog", "frost"][number % 4]
        story = [
            f"The {weather} of day {day} kept the {weather} crews of ship {day + number} home." for day in range(9)
        ]
        text = "\n".join([f"Number {number}: {line}" for line in HOSTILE.splitlines()] + story)
        (folder / f"a{number:02d}.txt").write_text(text, encoding="utf-8")
    rows = [f'a{number:02d},"{OUTLET}",2024-01-{number + 1:02d},"{TITLE}",javascript:alert(1)' for number in range(12)]
    (folder / "articles.csv").write_text("doc,outlet,published,title,url\n" + "\n".join(rows), encoding="utf-8")
    return build(tmp_path_factory.mktemp("build"), "--corpus", folder)


@pytest.fixture
def project(tmp_path) -> Path:
    """A copy of the notebooks and the report file, with two small articles, to break at will."""
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    shutil.copy(ROOT / "report.yml", tmp_path)
    articles = tmp_path / "corpus"
    articles.mkdir()
    for name, day in (("one", "Monday"), ("two", "Tuesday")):
        (articles / f"{name}.txt").write_text(
            f"Russia met China on {day}. The talks were long. " * 20, encoding="utf-8"
        )
    return tmp_path
