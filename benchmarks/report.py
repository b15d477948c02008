"""The report against nbconvert's own template and a Sphinx book of the same notebooks, all run and built in turn.

    python benchmarks/report.py [rounds] [python of an environment with the packages of the extra "peers"]

Each way starts with nothing cached and runs the notebooks itself. Then Chromium opens every page from its file, wide
and light, narrow and dark: requests to elsewhere are counted and refused, axe-core counts elements at fault.
"""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
BOOK = """project = "Dateline"
extensions = ["myst_nb"]
html_theme = "pydata_sphinx_theme"
nb_execution_mode = "force"
nb_execution_timeout = 600
suppress_warnings = ["mystnb.unknown_mime_type"]
"""
VIEWS = [(1200, "light"), (390, "dark")]


def ours(folder: Path, _: Path) -> Path:
    run(sys.executable, "-m", "helpers.report", "--build", folder, cwd=ROOT)
    return folder / "report"


def nbconvert(folder: Path, _: Path) -> Path:
    """Papermill, then nbconvert with its own template, for each notebook, as one would by hand."""
    (folder / "html").mkdir()
    for notebook in sorted((ROOT / "notebooks").glob("*.ipynb")):
        run(BIN / "papermill", "--no-progress-bar", notebook, folder / notebook.name, cwd=ROOT)
        target = ("--to", "html", "--log-level=ERROR", "--output-dir", folder / "html")
        run(BIN / "jupyter", "nbconvert", *target, folder / notebook.name, cwd=folder)
    return folder / "html"


def sphinx(folder: Path, python: Path) -> Path:
    """A book of the notebooks, run by myst-nb in a kernel of this environment."""
    book, kernel = folder / "notebooks", folder / "share" / "kernels" / "python3"
    shutil.copytree(ROOT / "notebooks", book)
    names = "\n".join(path.stem for path in sorted(book.glob("*.ipynb")))
    (book / "conf.py").write_text(BOOK)
    (book / "index.md").write_text(f"# Dateline\n\n```{{toctree}}\n{names}\n```\n")
    kernel.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (kernel / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "here", "language": "python"}))
    run(python, "-m", "sphinx", "-q", book, folder / "html", cwd=book, JUPYTER_PATH=folder / "share")
    return folder / "html"


def run(*command: object, cwd: Path, **own: object) -> None:
    env = os.environ | {name: str(value) for name, value in own.items()}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{command[0]}: exit {done.returncode}\n{done.stdout}{done.stderr}")


def timed(way, folder: Path, python: Path) -> tuple[float, Path]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    start = perf_counter()
    made = way(folder, python)
    return perf_counter() - start, made


def refuse(refused: list[str], route) -> None:
    refused.append(route.request.url)
    route.abort()


def opened(folder: Path) -> tuple[int, int]:
    """Requests to elsewhere, and elements that axe-core finds at fault, over all pages and views."""
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    remote, faults = 0, 0
    with sync_playwright() as play:
        options = {"executable_path": shutil.which("chromium"), "args": ["--no-sandbox", "--disable-gpu"]}
        browser = play.chromium.launch(**options)
        for width, scheme in VIEWS:
            context = browser.new_context(
                viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
            )
            refused: list[str] = []
            context.route(re.compile("^https?:"), partial(refuse, refused))
            for page in pages(folder):
                tab = context.new_page()
                tab.goto(page.as_uri())
                faults += sum(len(fault["nodes"]) for fault in Axe().run(tab).response["violations"])
                tab.close()
            remote += len(refused)
        browser.close()
    return remote, faults


def pages(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.html") if path.stem not in ("genindex", "search"))


def size(folder: Path) -> tuple[int, int]:
    """Bytes of the pages and of all that a browser loads for them; what is only there to download is neither."""
    loaded = [path for path in folder.rglob("*") if path.is_file() and not {"downloads", "_sources"} & set(path.parts)]
    return sum(page.stat().st_size for page in pages(folder)), sum(path.stat().st_size for path in loaded)


def main(rounds: int, python: Path) -> None:
    ways = {"make report": ours, "papermill, nbconvert": nbconvert, "sphinx, myst-nb": sphinx}
    found = subprocess.run([python, "-c", "import myst_nb, pydata_sphinx_theme"], capture_output=True, check=False)
    if found.returncode:
        print(f"sphinx is left out: {python} has no myst-nb and pydata-sphinx-theme")
        del ways["sphinx, myst-nb"]
    look = bool(shutil.which("chromium") and importlib.util.find_spec("playwright"))
    with tempfile.TemporaryDirectory() as place:
        times: dict[str, list[float]] = {name: [] for name in ways}
        made: dict[str, Path] = {}
        for _ in range(rounds):
            for number, (name, way) in enumerate(ways.items()):
                seconds, made[name] = timed(way, Path(place) / f"way-{number}", python)
                times[name].append(seconds)
        for name, folder in made.items():
            html, loaded = size(folder)
            seen = (
                "requests to elsewhere {:3}   elements at fault {:4}".format(*opened(folder)) if look else "no chromium"
            )
            seconds = median(times[name])
            sizes = f"{html / 1000:7,.0f} kB of pages, {loaded / 1000:7,.0f} kB in all"
            print(f"{name:<21} {seconds:6.1f} s   {sizes}   {seen}", flush=True)
        again = Path(place) / "way-0"
        start = perf_counter()
        ours(again, python)
        print(f"{'make report, again':<21} {perf_counter() - start:6.1f} s")
        for name in list(ways)[1:]:
            ratio = median(a / b for a, b in zip(times["make report"], times[name], strict=True))
            print(f"time against {name}: {ratio:.2f} (median of {rounds} rounds)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3, Path(sys.argv[2] if len(sys.argv) > 2 else sys.executable))
