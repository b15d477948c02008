"""From report.yml to what is to be built: reports, their pages and parameters, all checked before anything runs."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

from .. import InputError
from ..reading.columns import read_yaml
from . import parameters
from .parameters import Parameter

KEYS = {"title": str, "subtitle": str, "corpus": str, "pages": list}
PAGE = {"notebook": str, "title": str, "parameters": dict, "sweep": (dict, list), "most": int}
KINDS = ("outlets", "events", "years", "quarters", "months")
SHAPES = {str: "text", list: "a list", dict: "lines of the form  name: value", int: "a whole number"}
MOST = 300  # pages of one sweep: more is a slip, or nobody reads them

Values = Callable[[Path, str], list[str]]


@dataclass(frozen=True)
class Page:
    """One notebook with the parameters it is given; `group` names the pages of one sweep together."""

    notebook: Path
    name: str
    title: str
    given: dict[str, Any]
    takes: dict[str, Parameter]
    group: str = ""

    @property
    def parameters(self) -> dict[str, Any]:
        """All it runs with: what it is given and the notebook's own defaults."""
        return {name: self.given.get(name, parameter.default) for name, parameter in self.takes.items()}


@dataclass(frozen=True)
class Report:
    """One report that report.yml asks for; `name` is its folder where there are several, `empty` sweeps of no page."""

    name: str
    title: str
    subtitle: str
    corpus: Path
    pages: list[Page]
    empty: list[str]


def read(path: Path, corpus: Path | None = None, values: Values = lambda corpus, kind: []) -> list[Report]:
    """Read report.yml and hold every parameter against the notebook it is for, before anything runs.

    Paths in it are relative to its folder; `corpus` goes before the one it names; `values` lists what a sweep over a
    corpus (KINDS) finds there. Raises InputError with the key or parameter and the cure.
    """
    given = read_yaml(path, "name your report file, or run this in the project's folder")
    if not isinstance(given, dict) or not (given.get("pages") or given.get("reports")):
        raise InputError(f"{path}: needs 'pages:' with a list of notebooks below it")
    named = given.pop("reports", {"": {}})
    if not isinstance(named, dict) or not all(re.fullmatch(r"[\w-]*", str(name)) for name in named):
        raise InputError(f"{path}: 'reports' takes a name of letters and digits for each, and its keys below it")
    _checked(given, KEYS, str(path), also=("reports",))
    for name, own in named.items():
        _checked(own or {}, KEYS, f"{path}, {name}")
    return [_report(str(name), given | (own or {}), path, corpus, values) for name, own in named.items()]


def short(name: str) -> str:
    """The name of a notebook as a title: "02_sentiment" is "Sentiment"."""
    return re.sub(r"^\d+_", "", name).replace("_", " ").capitalize()


def _report(name: str, given: dict[str, Any], path: Path, corpus: Path | None, values: Values) -> Report:
    root = path.parent.resolve()
    if not given.get("pages"):
        raise InputError(f"{path}, {name}: needs 'pages:' with a list of notebooks below it")
    folder = corpus.resolve() if corpus else root / (given.get("corpus") or "corpus")
    if corpus:  # the report file's title speaks of another corpus
        given |= {"title": f"The articles in {folder.name}", "subtitle": ""}
    pages: list[Page] = []
    empty = []
    for entry in given["pages"]:
        made = list(_pages(entry, root, folder, path, values))
        for page in made:
            if page.name in {other.name for other in pages} and isinstance(entry, dict) and entry.get("title"):
                page = replace(page, name=f"{page.name}-{slug(page.title)}")
            if page.name in {other.name for other in pages}:
                raise InputError(f"{path}: lists {page.name} twice; keep one, or give the second a title of its own")
            pages.append(page)
        if not made:
            sweep = " and ".join(entry["sweep"])
            empty.append(
                f"{entry.get('title') or short(entry['notebook'])}: the corpus has no {sweep} to make a page of."
            )
    return Report(name, given.get("title") or "Dateline", given.get("subtitle") or "", folder, pages, empty)


def _pages(entry: Any, root: Path, corpus: Path, path: Path, values: Values) -> Iterator[Page]:
    """The page of one entry of `pages`, or those of its sweep, their parameters checked."""
    entry = {"notebook": entry} if isinstance(entry, str) else entry
    if not isinstance(entry, dict) or "notebook" not in entry:
        raise InputError(f"{path}: a page is a notebook's name, or 'notebook:' with 'parameters:'; not {entry!r}")
    where = f"{path}, {entry['notebook']}"
    _checked(entry, PAGE, where)
    notebook = root / "notebooks" / f"{entry['notebook'].removesuffix('.ipynb')}.ipynb"
    takes, given, stem = parameters.declared(notebook), entry.get("parameters") or {}, notebook.stem
    if "corpus" in takes:
        given = {"corpus": os.path.relpath(corpus, notebook.parent), **given}
    parameters.fitting(given, takes, where)
    title = entry.get("title") or short(stem)
    if not (sweep := entry.get("sweep")):
        yield Page(notebook, stem, title, given, takes)
        return
    names: set[str] = set()
    rows, asked = _swept(sweep, takes, where, lambda kind: values(corpus, kind))
    for row in rows[: entry.get("most") or MOST]:
        parameters.fitting(row, takes, where)
        words = ", ".join(map(str, row.values()))
        name = base = f"{stem}-{slug(words) or len(names) + 1}"
        while name in names:
            name = f"{base}-{len(names) + 1}"
        names.add(name)
        group = entry.get("title") or f"{title} by {' and '.join(asked).replace('_', ' ')}"
        yield Page(notebook, name, words, {**given, **row}, takes, group)


def _swept(
    sweep: Any, takes: dict[str, Parameter], where: str, ask: Callable[[str], list[str]]
) -> tuple[list[dict[str, Any]], list[str]]:
    """The parameters of each page of a sweep, and the names of those that change."""
    rows = [sweep] if isinstance(sweep, dict) else sweep
    if not all(isinstance(row, dict) and row for row in rows):
        raise InputError(f"{where}: 'sweep' takes a parameter with its values, or a list of parameters for each page")
    asked = list(dict.fromkeys(str(name) for row in rows for name in row))
    parameters.known(set(asked), set(takes), where, what="parameter")
    if isinstance(sweep, list):
        return rows, asked
    for name, values in sweep.items():
        if not isinstance(values, list) and values not in KINDS:
            raise InputError(f"{where}: sweep {name} takes a list of values or one of {', '.join(KINDS)}")
    several = [values if isinstance(values, list) else ask(values) for values in sweep.values()]
    made = [dict(zip(sweep, row, strict=True)) for row in product(*several)]
    if len(made) > MOST and any(isinstance(values, list) for values in sweep.values()):
        raise InputError(f"{where}: sweep makes {len(made):,} pages; give at most {MOST} values")
    return made, asked


def slug(words: str) -> str:
    """Words as a part of a file name: letters and digits joined by hyphens, 60 at most.

    >>> slug("../Evil & Sons <b>")
    'evil-sons-b'
    """
    return re.sub(r"\W+", "-", words.lower()).strip("-")[:60].strip("-")


def _checked(given: Any, keys: dict[str, Any], where: str, also: tuple[str, ...] = ()) -> None:
    """Only known keys, each with a value of its type; one that is left empty counts as absent."""
    if not isinstance(given, dict):
        raise InputError(f"{where}: takes lines of the form  name: value, not {given!r}")
    parameters.known(set(given), {*keys, *also}, where)
    for name, value in given.items():
        kinds = keys.get(name, object)
        if value is not None and (not isinstance(value, kinds) or isinstance(value, bool)):
            shape = SHAPES[kinds[0] if isinstance(kinds, tuple) else kinds]
            said = "'parameters' holds" if name == "parameters" else f"'{name}' takes"
            cure = "; put it in quotes" if kinds is str and not isinstance(value, list | dict) else ""
            raise InputError(f"{where}: {said} {shape}, not {value!r}{cure}")
