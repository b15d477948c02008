"""What several tests need: paths, a hostile folder, the command that builds a report, notebooks without a kernel."""

import ast
import io
import json
import linecache
import os
import shutil
import subprocess
import sys
from contextlib import redirect_stdout
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
OFFLINE = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "tests" / "offline"), str(ROOT / "src")])}

# What an article may try on a page.
ATTACKS = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg onload=alert(1)>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="https://attacker.example">x</a>',
    '<iframe src="https://attacker.example"></iframe>',
    '<style>body{display:none}</style>',
    '<p style="background:url(https://attacker.example)">x</p>',
    '<form action="https://attacker.example"><input></form>',
    '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
    '<base href="https://attacker.example">',
    '<img src="https://attacker.example/x.png">',
    '<x onmouseover=alert(1)>',
]  # fmt: skip

# A folder of articles that wants to break the page. Every line of it must come out as nothing but text.
HOSTILE = """<script>document.title='PWNED'</script> said the minister of China in Beijing on Monday.
A photograph <img src=x onerror="document.title='PWNED'"> of Russia was shown to the great delight of Xi Jinping.
**Not bold** and [no link](https://attacker.example/a), a terrible war, murder, $x^2$ and {{ 7*7 }} \u202egnorw\u202c
<svg onload=alert(1)><foreignObject><iframe src="https://attacker.example"></iframe></foreignObject></svg> China won.
</table></main><style>body{display:none}</style> <a href="javascript:alert(1)">Russia and China</a> were pleased.
Told &lt;img src=x onerror=alert(1)&gt; and <x onfocus=alert(1)> were shown to the minister of China on Monday evening.
"""
OUTLET = "<evil onmouseover=alert(1)>Evil & Sons"  # a tag that no page has is a word to the reader of files
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


def executed(path: Path, given: dict | None = None) -> dict:
    """Execute the code cells of a notebook in this process: the notebook with what each cell shows.

    A traceback names notebook, cell and line. `given` stands in a cell of its own below the parameters, as papermill's.
    """
    notebook, space = json.loads(path.read_text(encoding="utf-8")), {"__name__": "__main__"}
    for number, cell in enumerate(notebook["cells"]):
        if given and "parameters" in cell["metadata"].get("tags", []):
            source = "".join(f"{name} = {value!r}\n" for name, value in given.items())
            tags = {"metadata": {"tags": ["injected-parameters"]}, "source": source}
            notebook["cells"].insert(number + 1, {"cell_type": "code", "id": "x", "execution_count": None, **tags})
            break
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            _run(cell, space, f"{path.name} {cell['id']}")
    return notebook


def _run(cell: dict, space: dict, name: str) -> None:
    """Run one cell as Jupyter does, its outputs kept in it."""
    source, said = "".join(cell["source"]), io.StringIO()
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    tree, outputs = ast.parse(source, name), []
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None

    def display(*shown: object) -> None:
        for each in shown:
            bundle = getattr(each, "_repr_mimebundle_", dict)() or {"text/plain": repr(each)}
            outputs.append({"output_type": "display_data", "data": json.loads(json.dumps(bundle)), "metadata": {}})

    space["display"] = display
    with redirect_stdout(said):
        exec(compile(tree, name, "exec"), space)
        value = eval(compile(ast.Expression(last.value), name, "eval"), space) if last else None
    if said.getvalue():
        outputs.insert(0, {"output_type": "stream", "name": "stdout", "text": said.getvalue()})
    if value is not None:
        display(value)
    cell["outputs"] = outputs


class Page(HTMLParser):
    """What a test wants to know of a page: its elements, its words, and everything it refers to."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.refs, self.ids, self.words, self.handlers = [], [], [], "", []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        for name, value in attrs:
            if name in ("href", "src", "srcset", "action", "poster", "xlink:href", "data"):
                self.refs.append(value)
            if name == "id":
                self.ids.append(value)
            if name.startswith("on"):
                self.handlers.append(value)

    def handle_data(self, data):
        self.words += data


VIEWS = {
    f"{name} {scheme}": (width, scheme)
    for width, name in ((1200, "desktop"), (390, "phone"))
    for scheme in ("light", "dark")
}
# Axe takes seconds a page: the quick tests hold all its rules in one view and colours in the other theme, and look
# whether pages fit a phone; `make test-all` all rules in all views.
RULES = [
    ("desktop light", {}),
    ("desktop dark", {"runOnly": ["color-contrast"]}),
    ("phone light", None),
    *[pytest.param(view, {}, marks=pytest.mark.slow) for view in ("desktop dark", "phone light", "phone dark")],
]


def faults(tab, rules):
    """What is wrong with an open page: it does not fit its view, it complains, or axe does by some of its rules."""
    from axe_playwright_python.sync_playwright import Axe

    width = tab.evaluate("document.documentElement.scrollWidth")
    found = [*tab.faults, *[f"is {width} wide"] * (width > tab.viewport_size["width"])]
    if rules is not None:  # no report about what is right: it takes as long as the rules
        broken = Axe().run(tab, options={"resultTypes": ["violations"]} | rules)
        tab.faults.clear()  # axe asks for the style sheet again, which a page from a file may not
        found += [broken.generate_report()] * (broken.violations_count > 0)
    return found


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
