"""From report.yml to what is to be built: a report, its pages and parameters, all checked before anything runs."""

import ast
import json
import os
import re
from collections.abc import Callable, Collection, Mapping
from functools import partial
from itertools import count, product
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from .. import InputError
from ..reading.columns import read_yaml

PROJECT = Path(__file__).parents[3]
KEYS = dict.fromkeys(("title", "subtitle", "corpus", "outlet_is", "extra_names", "articles"), str) | {"pages": list}
HELD = ("full", "passages", "none")
PAGE = {"notebook": str, "title": str, "parameters": dict, "sweep": dict | list, "most": int}
KINDS = ("outlets", "events", "years", "quarters", "months")
LINES = "lines of the form  name: value"
SHAPES = {str: "text", list: "a list", dict: LINES, dict | list: LINES, int: "a whole number"}
TYPES = {"int": int, "float": (float, int), "str": str, "bool": bool, "list": list}
MOST = 300  # pages of one sweep: more is a slip, or nobody reads them


class Parameter(NamedTuple):
    """One line of a notebook's parameters cell: its type, default value, and the comment that explains it."""

    kind: str
    default: Any
    note: str


class Page(NamedTuple):
    """One notebook with the parameters it is given, and `home`, the folder that paths in them are relative to.

    `group` names the pages of one sweep together.
    """

    notebook: Path
    home: Path
    name: str
    title: str
    given: dict[str, Any]
    takes: dict[str, Parameter]
    group: str = ""

    @property
    def parameters(self) -> dict[str, Any]:
        """The value of every parameter: as given, or the notebook's default."""
        return {name: self.given.get(name, parameter.default) for name, parameter in self.takes.items()}

    @property
    def whole_title(self) -> str:
        """Its title, after that of its sweep."""
        return f"{self.group}: {self.title}" if self.group else self.title

    @property
    def corpus(self) -> Path:
        """The folder, table or archive that this page reads."""
        return (self.home / (self.parameters.get("corpus") or PROJECT / "corpus")).resolve()


class Report(NamedTuple):
    """What report.yml asks for; `empty` says which sweeps have no page, `held` how much is printed of articles.

    `reads` is how the corpus is read: the `outlet_is` and `extra_names` of `load`, where they are given.
    """

    title: str
    subtitle: str
    corpus: Path
    pages: list[Page]
    empty: list[str]
    reads: Mapping[str, str] = MappingProxyType({})
    held: str = "full"


def read(
    path: Path, corpus: Path | None = None, values: Callable = lambda corpus, kind: [], *, outlet_is: str = ""
) -> Report:
    """Read report.yml and hold every parameter against the notebook it is for, before anything runs.

    Paths in it are relative to its folder, and so are those that its pages are given; `corpus` and `outlet_is` go
    before those it names; `values(corpus, kind)` lists what a sweep over one of KINDS finds. Raises InputError with the
    key or the parameter, and the cure.
    """
    given = read_yaml(path, "name your report file, or run this in the project's folder")
    if not isinstance(given, dict) or not given.get("pages"):
        raise InputError(f"{path}: needs 'pages:' with a list of notebooks below it")
    _checked(given, KEYS, str(path))
    folder = corpus.resolve() if corpus else path.parent.resolve() / (given.get("corpus") or "corpus")
    if corpus:  # the report file's title speaks of another corpus
        given |= {"title": f"The articles in {folder.name}", "subtitle": "", "outlet_is": ""}
    if (held := given.get("articles") or "full") not in HELD:
        raise InputError(f"{path}: 'articles' is one of {', '.join(HELD)}, not {held!r}")
    told = {"outlet_is": outlet_is or given.get("outlet_is"), "extra_names": given.get("extra_names")}
    told = {name: value for name, value in told.items() if value}
    pages: dict[str, Page] = {}
    empty = []
    for entry in given["pages"]:
        entry = {"notebook": entry} if isinstance(entry, str) else entry
        made = _pages(entry, path, folder, told, partial(values, folder, **told))
        for page in made:
            if page.name in pages and entry.get("title"):
                page = page._replace(name=f"{page.name}-{slug(page.title)}")
            if page.name in pages:
                raise InputError(f"{path}: lists {page.name} twice; keep one, or give the second a title of its own")
            pages[page.name] = page
        if not made:
            title, sweep = entry.get("title") or short(entry["notebook"]), " and ".join(entry["sweep"])
            empty.append(f"{title}: the corpus has no {sweep} to make a page of.")
    title, subtitle = given.get("title") or "Dateline", given.get("subtitle") or ""
    return Report(title, subtitle, folder, list(pages.values()), empty, told, held)


def declared(notebook: Path) -> dict[str, Parameter]:
    """Read the parameters a notebook takes from its one cell tagged "parameters".

    Every line there is `name: type = literal  # what it means`. Raises InputError when the cell is missing or a line is
    something else.
    """
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        told = [("".join(cell["source"]), cell["metadata"].get("tags", []), cell["cell_type"]) for cell in cells]
        tagged = [source for source, tags, _ in told if "parameters" in tags]
    except OSError as error:
        raise InputError(f"{notebook}: {error.strerror}; check the name in report.yml") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputError(f"{notebook}: is not a notebook; save it again from JupyterLab") from None
    if len(tagged) != 1:
        what = f"has {len(tagged)} cells tagged 'parameters'"
        raise InputError(f"{notebook}: {what}; tag one in JupyterLab's property inspector")
    try:
        return dict(_parameter(node, tagged[0].splitlines()) for node in ast.parse(tagged[0]).body)
    except (SyntaxError, ValueError) as error:
        cure = "write each line as  name: int = 3  # what it means"
        raise InputError(f"{notebook}: parameters cell: {error}; {cure}") from None


def known(given: set, names: set, where: str, *, what: str = "key") -> None:
    """Raise InputError for the first of `given` that is none of `names`: with its new name, the nearest, or some."""
    for name in sorted(map(str, given - names)):
        from ..corpus import asked  # only here: it loads pandas

        if new := asked.renamed(name, names):
            raise InputError(f"{where}: {what} '{name}' is now called {new}; give it under that name")
        raise InputError(f"{where}: unknown {what} '{name}'; {asked.near(name, names)}")


def short(name: str) -> str:
    """The name of a notebook as a title: "02_sentiment" is "Sentiment"."""
    return re.sub(r"^\d+_", "", name).replace("_", " ").capitalize()


def slug(words: str) -> str:
    """Words as a part of a file name: letters and digits joined by hyphens, 60 at most.

    >>> slug("../Evil & Sons <b>")
    'evil-sons-b'
    """
    return re.sub(r"\W+", "-", words.lower()).strip("-")[:60].strip("-")


def free(wanted: str, taken: Collection[str]) -> str:
    """A name that is not taken: the wanted one, or with the first number that makes it another."""
    numbered = (f"{wanted}-{number}" for number in count(2))
    return wanted if wanted not in taken else next(name for name in numbered if name not in taken)


def _pages(entry: Any, path: Path, corpus: Path, told: dict, ask: Callable[[str], list[str]]) -> list[Page]:
    """The page of one entry of `pages`, or those of its sweep, their parameters checked."""
    if not isinstance(entry, dict) or "notebook" not in entry:
        raise InputError(f"{path}: a page is a notebook's name, or 'notebook:' with 'parameters:'; not {entry!r}")
    where, home = f"{path}, {entry['notebook']}", path.parent.resolve()
    _checked(entry, PAGE, where)
    folder = home / "notebooks" if (home / "notebooks").is_dir() else PROJECT / "notebooks"
    notebook = folder / f"{entry['notebook'].removesuffix('.ipynb')}.ipynb"
    takes, given = declared(notebook), entry.get("parameters") or {}
    if "corpus" in takes:
        inside = corpus.is_relative_to(home)
        given = {"corpus": os.path.relpath(corpus, home) if inside else str(corpus), **given}
    given = {name: value for name, value in told.items() if name in takes} | given
    _fitting(given, takes, where)
    title = entry.get("title") or short(notebook.stem)
    if not (sweep := entry.get("sweep")):
        return [Page(notebook, home, notebook.stem, title, given, takes)]
    pages: dict[str, Page] = {}
    rows = _swept(sweep, takes, where, ask)
    swept = " and ".join(dict.fromkeys(name for row in rows for name in row)).replace("_", " ")
    for row in rows[: entry.get("most") or MOST]:
        _fitting(row, takes, where)
        words = ", ".join(map(str, row.values()))
        name = free(f"{notebook.stem}-{slug(words) or len(pages) + 1}", pages)
        pages[name] = Page(notebook, home, name, words, given | row, takes, entry.get("title") or f"{title} by {swept}")
    return list(pages.values())


def _swept(sweep: Any, takes: dict[str, Parameter], where: str, ask: Callable[[str], list[str]]) -> list[dict]:
    """The parameters of each page of a sweep."""
    rows = [sweep] if isinstance(sweep, dict) else sweep
    if not all(isinstance(row, dict) and row for row in rows):
        raise InputError(f"{where}: 'sweep' takes a parameter with its values, or a list of parameters for each page")
    known({name for row in rows for name in row}, set(takes), where, what="parameter")
    if isinstance(sweep, list):
        return rows
    for name, values in sweep.items():
        if not isinstance(values, list) and values not in KINDS:
            raise InputError(f"{where}: sweep {name} takes a list of values or one of {', '.join(KINDS)}")
    several = [values if isinstance(values, list) else ask(values) for values in sweep.values()]
    made = [dict(zip(sweep, row, strict=True)) for row in product(*several)]
    if len(made) > MOST and any(isinstance(values, list) for values in sweep.values()):
        raise InputError(f"{where}: sweep makes {len(made):,} pages; give at most {MOST} values")
    return made


def _checked(given: dict, keys: dict[str, Any], where: str) -> None:
    """Only known keys, each with a value of its type; one that is left empty counts as absent."""
    known(set(given), set(keys), where)
    for name, value in given.items():
        kind = keys[name]
        if value is not None and (not isinstance(value, kind) or isinstance(value, bool)):
            takes = "'parameters' holds" if name == "parameters" else f"'{name}' takes"
            raise InputError(f"{where}: {takes} {SHAPES[kind]}, not {value!r}{_quotes(kind is str, value)}")


def _fitting(values: dict, takes: dict[str, Parameter], where: str) -> None:
    """Hold values against what a notebook takes; InputError names the first that is unknown or of another type."""
    known(set(values), set(takes), where, what="parameter")
    for name, value in values.items():
        if not _fits(value, kind := takes[name].kind):
            cure = _quotes(kind == "str", value)
            raise InputError(f"{where}: {name} takes {kind}, not {value!r} ({takes[name].note}){cure}")


def _quotes(text: bool, value: Any) -> str:
    return "; put it in quotes" if text and not isinstance(value, list | dict) else ""


def _parameter(node: ast.stmt, lines: list[str]) -> tuple[str, Parameter]:
    if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name) or node.value is None:
        raise ValueError(f"line {node.lineno} is no typed parameter")
    kind, rest = ast.unparse(node.annotation), lines[node.end_lineno - 1].encode()[node.end_col_offset :].decode()
    note, value = rest.strip().removeprefix("#").strip(), ast.literal_eval(node.value)
    if kind.split("[")[0] not in TYPES or not _fits(value, kind):
        raise ValueError(f"{node.target.id} has type {kind} and value {value!r}")
    if not note:
        raise ValueError(f"{node.target.id} has no comment")
    return node.target.id, Parameter(kind, value, note)


def _fits(value: Any, kind: str) -> bool:
    base, _, inner = kind.rstrip("]").partition("[")
    if not isinstance(value, TYPES[base]) or (base != "bool" and isinstance(value, bool)):
        return False
    return not (base == "list" and inner in TYPES) or all(_fits(item, inner) for item in value)
