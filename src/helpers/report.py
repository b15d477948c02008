"""From report.yml and notebooks to the HTML report: `python -m helpers.report`, which `make report` calls."""

import argparse
import ast
import difflib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from . import InputError

WORKERS = 2
TYPES = {"int": int, "float": (float, int), "str": str, "bool": bool, "list": list}
KEYS = {"title", "subtitle", "corpus", "pages"}


@dataclass(frozen=True)
class Parameter:
    """One line of a notebook's parameters cell: its name, type, default value, and the comment that explains it."""

    name: str
    kind: str
    default: Any
    note: str


@dataclass(frozen=True)
class Page:
    """One notebook with the parameters it is given, and all it runs with: these and its own defaults."""

    notebook: Path
    given: dict[str, Any]
    parameters: dict[str, Any]

    @property
    def name(self) -> str:
        """The notebook's file name without ending, which names the page."""
        return self.notebook.stem


@dataclass(frozen=True)
class Report:
    """What report.yml asks for."""

    title: str
    subtitle: str
    corpus: Path
    pages: list[Page]


@dataclass(frozen=True)
class Run:
    """One executed notebook: the page, where the executed file lies, and why it failed ("" when it did not)."""

    page: Page
    executed: Path
    failure: str


def main(argv: Sequence[str] | None = None) -> int:
    """Build the report; exit status 0, 1 when a notebook failed, 2 when something given was wrong."""
    options = _options(argv)
    start = perf_counter()
    try:
        report = read(options.report, options.corpus)
        runs = run(report, options.build)
        from . import page

        target = page.write(report, runs, options.build)
    except InputError as error:
        print(f"report: {error}", file=sys.stderr)
        return 2
    failed = [each for each in runs if each.failure]
    print(f"{target / 'index.html'}  {len(runs) - len(failed)} of {len(runs)} pages in {perf_counter() - start:.1f} s")
    return 1 if failed else 0


def read(path: Path, corpus: Path | None = None) -> Report:
    """Read report.yml and hold every parameter against the notebook it is for, before anything runs.

    Paths in it are relative to its folder. Raises InputError with the key or parameter and the cure.
    """
    import yaml

    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(
            f"{path}: {error.strerror}; name your report file, or run this in the project's folder"
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: not readable as YAML: {' '.join(str(error).split())}") from None
    if not isinstance(given, dict) or not isinstance(given.get("pages"), list) or not given["pages"]:
        raise InputError(f"{path}: needs 'pages:' with a list of notebooks below it")
    _known(set(given), KEYS, f"{path}")
    root = path.parent.resolve()
    folder = corpus.resolve() if corpus else root / str(given.get("corpus", "corpus"))
    pages = [_page(entry, root, folder, path) for entry in given["pages"]]
    if twice := [page.name for page in pages if [other.name for other in pages].count(page.name) > 1]:
        raise InputError(f"{path}: lists {twice[0]} twice; keep one")
    from . import catalogue

    catalogue.articles(folder)
    if corpus:  # the report file's title speaks of another corpus
        given |= {"title": f"The articles in {folder.name}", "subtitle": ""}
    return Report(str(given.get("title", "Dateline")), str(given.get("subtitle", "")), folder, pages)


def declared(notebook: Path) -> dict[str, Parameter]:
    """The parameters a notebook takes, from its one cell tagged "parameters".

    Every line there is `name: type = literal  # what it means`. Raises InputError when the cell is missing or a line is
    something else.
    """
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    except OSError as error:
        raise InputError(f"{notebook}: {error.strerror}; check the name in report.yml") from None
    except (ValueError, KeyError, TypeError):
        raise InputError(f"{notebook}: is not a notebook; save it again from JupyterLab") from None
    tagged = [cell for cell in cells if "parameters" in cell.get("metadata", {}).get("tags", [])]
    if len(tagged) != 1:
        raise InputError(
            f"{notebook}: has {len(tagged)} cells tagged 'parameters'; tag one in JupyterLab's property inspector"
        )
    source = "".join(tagged[0]["source"])
    try:
        found = [_parameter(node, source.splitlines()) for node in ast.parse(source).body]
    except (SyntaxError, ValueError) as error:
        raise InputError(
            f"{notebook}: parameters cell: {error}; write each line as  name: int = 3  # what it means"
        ) from None
    return {parameter.name: parameter for parameter in found}


def run(report: Report, build: Path) -> list[Run]:
    """Run the notebooks on two workers, a line of progress each; a failing one does not stop the others."""
    os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
    executed = build.resolve() / "executed"
    executed.mkdir(parents=True, exist_ok=True)
    # The folder is the process's, not a thread's: enter it once, so that "../corpus" means the same as in JupyterLab.
    with (
        tempfile.TemporaryDirectory(prefix="dateline-") as sockets,
        chdir(report.pages[0].notebook.parent),
        ThreadPoolExecutor(WORKERS) as workers,
    ):
        return list(workers.map(lambda page: _run(page, executed, Path(sockets)), report.pages))


def _run(page: Page, executed: Path, sockets: Path) -> Run:
    """One notebook through papermill; its kernel talks over files, so nothing listens on the network."""
    import papermill
    from papermill.exceptions import PapermillExecutionError
    from traitlets.config import Config

    start, target = perf_counter(), executed / page.notebook.name
    kernel = Config({"KernelManager": {"transport": "ipc", "ip": str(sockets / page.name)}})
    failure = ""
    try:
        papermill.execute_notebook(
            *(str(page.notebook), str(target), page.given), config=kernel,
            progress_bar=False, request_save_on_cell_execute=False, execution_timeout=1800, shutdown_kernel="immediate",
        )  # fmt: skip
    except PapermillExecutionError as error:
        failure = f"{error.ename}: {error.evalue}" if error.ename != "InputError" else error.evalue
    except Exception as error:
        failure = f"{type(error).__name__}: {error}"
        shutil.copy(page.notebook, target)
    failure = " ".join(failure.split())
    print(f"{page.name:<20} {f'FAILED  {failure}' if failure else 'done'}  {perf_counter() - start:.1f} s", flush=True)
    return Run(page, target, failure)


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m helpers.report", description="Run the notebooks and write the HTML report."
    )
    parser.add_argument(
        "report",
        nargs="?",
        type=Path,
        default=Path("report.yml"),
        help="which pages, with which parameters (report.yml)",
    )
    parser.add_argument("--corpus", type=Path, help="read this folder of articles, whatever the report file says")
    parser.add_argument("--build", type=Path, default=Path("build"), help="write into this folder (build)")
    return parser.parse_args(argv)


def _page(entry: Any, root: Path, corpus: Path, path: Path) -> Page:
    """One entry of `pages`, its parameters checked."""
    entry = {"notebook": entry} if isinstance(entry, str) else entry
    if not isinstance(entry, dict) or "notebook" not in entry:
        raise InputError(f"{path}: a page is a notebook's name, or 'notebook:' with 'parameters:'; not {entry!r}")
    _known(set(entry), {"notebook", "parameters"}, f"{path}, {entry['notebook']}")
    notebook = root / "notebooks" / f"{entry['notebook']}.ipynb"
    takes = declared(notebook)
    values = entry.get("parameters") or {}
    if not isinstance(values, dict):
        raise InputError(f"{path}, {entry['notebook']}: 'parameters' holds lines of the form  name: value")
    _known(set(values), set(takes), f"{path}, {entry['notebook']}", what="parameter")
    for name, value in values.items():
        if not _fits(value, takes[name].kind):
            raise InputError(
                f"{path}, {entry['notebook']}: {name} takes {takes[name].kind}, not {value!r} ({takes[name].note})"
            )
    if "corpus" in takes:
        values = {"corpus": os.path.relpath(corpus, notebook.parent), **values}
    defaults = {name: parameter.default for name, parameter in takes.items()}
    return Page(notebook, values, {**defaults, **values})


def _known(given: set, known: set, where: str, *, what: str = "key") -> None:
    for name in sorted(map(str, given - known)):
        near = difflib.get_close_matches(name, known, 1)
        hint = f"did you mean '{near[0]}'?" if near else f"it takes {', '.join(sorted(known))}"
        raise InputError(f"{where}: unknown {what} '{name}'; {hint}")


def _parameter(node: ast.stmt, lines: list[str]) -> Parameter:
    if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name) or node.value is None:
        raise ValueError(f"line {node.lineno} is no typed parameter")
    kind, note = (
        ast.unparse(node.annotation),
        lines[node.end_lineno - 1][node.end_col_offset :].strip().removeprefix("#").strip(),
    )
    value = ast.literal_eval(node.value)
    if kind.split("[")[0] not in TYPES or not _fits(value, kind):
        raise ValueError(f"{node.target.id} has type {kind} and value {value!r}")
    if not note:
        raise ValueError(f"{node.target.id} has no comment")
    return Parameter(node.target.id, kind, value, note)


def _fits(value: Any, kind: str) -> bool:
    base = kind.split("[", maxsplit=1)[0]
    return isinstance(value, TYPES[base]) and (base == "bool" or not isinstance(value, bool))


if __name__ == "__main__":
    sys.exit(main())
