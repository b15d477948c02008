"""What is new since an earlier run: its articles, findings and numbers; and whether the news or the method made it."""

import ast
import csv
import hashlib
import json
import re
from calendar import month_name
from collections.abc import Collection
from contextlib import suppress
from datetime import date
from difflib import SequenceMatcher
from io import StringIO
from math import isfinite, nan
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from .. import InputError
from ..show import html
from ..show.words import listed, plural
from . import safe
from .sheet import Piece, Sheet, found, led

if TYPE_CHECKING:
    from ..corpus.corpus import Corpus

MOST, NAMED, LONG = 50, 8, 60  # rows that are shown, things that are named, letters of a value
MONTH = f"(?:{'|'.join(month_name[1:])})"
DAYS = re.compile(rf"\d{{1,2}} {MONTH}\b(?: \d{{4}})?|\b{MONTH} \d{{4}}")
WORD = re.compile(r"[^\W\d_][\w’'-]*")
# Columns that are no news of their own: the ends of an interval, how sure a test or a guess is, the number of a row.
ASIDE = re.compile(r"low|high|number|[pq](_.+)?|.+_error")
INSIDE = str(("low", "high"))  # the heading of an interval
FIELDS = ("headline", "outlet", "day", "cleaned text")
SAME = "A finding is the same where its page, its figure and the names in it agree, whatever its numbers and days are."
RULE = """A number moved when it is printed otherwise and, where it has an interval, that moved by more than a quarter
of its width. The furthest first: against that quarter, a count against what chance would move it, others against their
size."""
BOTH = """and method both changed: what made the differences {} cannot be told apart. Run the old articles with the new
method (--corpus FOLDER --build between), and compare with that (--against between)."""
VERDICTS = {
    ("same", "same"): "Nothing {} is new: articles, parameters and code are the same.",
    ("same", "chance"): "What differs {} is chance, or edited by hand: articles, parameters and code are the same.",
    ("same", "other"): "Everything {} comes from a change of method: the articles are the same.",
    ("articles", "same"): "Everything {} comes from new, gone or changed articles: parameters and code are the same.",
    ("files", "same"): "Everything {} comes from files beside the articles, as a list of names: all else is the same.",
    ("articles", "other"): f"Articles {BOTH}",
    ("files", "other"): f"Files beside the articles {BOTH}",
    ("unknown", "other"): "The method changed, the articles perhaps too: what made the differences {} cannot be told.",
    ("unknown", "unknown"): "Articles or method changed, or both: what made the differences {} cannot be told.",
}

Row = tuple[dict[str, str], dict[str, str], str]  # its values by column, its words by heading, and what it opens


class Page(NamedTuple):
    """One executed notebook: its findings as figure and words, its tables by name, their rows and their headings."""

    fingerprint: str
    parameters: dict[str, Any]
    code: list[str]
    findings: list[tuple[str, str]]
    tables: dict[str, tuple[list[Row], dict[str, str]]]


class Told(NamedTuple):
    """One run as it is compared: what its run.json keeps of it, its pages, and why a page is not among them."""

    name: str
    kept: dict[str, Any]
    pages: dict[str, Page]
    lost: dict[str, str]


def articles(corpus: "Corpus") -> dict[str, list[str]]:
    """Each article in short: headline, outlet, day, and a fingerprint of its text."""
    told = corpus.documents.assign(day=corpus.documents.published.dt.strftime("%Y-%m-%d").fillna(""))
    told["text"] = [hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12] for text in told.text]
    return dict(zip(told.doc, told[["title", "outlet", "day", "text"]].to_numpy().tolist(), strict=True))


def read(build: Path) -> Told:
    """Read what a build folder holds of an earlier run; InputError where that is no page."""
    paths = sorted(path for path in (build / "executed").glob("*.ipynb") if not path.stem.endswith(".part"))
    if not paths:
        cure = "name the build folder of an earlier run, which holds executed/ and report/"
        raise InputError(f"{build}: {'holds no executed page' if build.is_dir() else 'is no folder'}; {cure}")
    kept: dict[str, Any] = {"corpus": "", "versions": "", "code": {}, "articles": {}, "pages": {}}
    with suppress(Exception):  # none, of another version, cut off, or made to do harm
        kept = _checked(_json(build / "report" / "run.json"))
    pages = kept["pages"]
    return told(build.resolve().name, kept, {path.stem: path for path in paths if not pages or path.stem in pages})


def told(name: str, kept: dict[str, Any], notebooks: dict[str, Path]) -> Told:
    """One run from what it keeps of itself and its executed notebooks."""
    run = Told(name, kept, {}, {})
    for page, path in notebooks.items():
        try:
            made, failure = _page(_json(path))
        except Exception:
            run.lost[page] = "cannot be read"
            continue
        if failure or made.fingerprint != kept["pages"].get(page, {"fingerprint": made.fingerprint})["fingerprint"]:
            run.lost[page] = "is not complete" if failure else "is not up to date"
        else:
            run.pages[page] = made
    return run


def _json(path: Path) -> Any:
    """What a file holds; halves of letters, which JSON can spell and no page can hold, are other letters."""
    return json.loads(re.sub(r"\\u[dD][89a-fA-F]", r"\\u00", path.read_text(encoding="utf-8")))


def _checked(kept: Any) -> dict[str, Any]:
    """A run.json of the shape that this version writes; of any other something raises."""
    words = [kept["corpus"], kept["versions"], *kept["code"].values()]
    for title, outlet, day, text in kept["articles"].values():
        words += [title, outlet, day, text]
        date.fromisoformat(day or "2000-01-01")
    "".join([*words, *(word for page in kept["pages"].values() for word in (page["fingerprint"], *page["read"]))])
    return kept


def _page(notebook: dict[str, Any]) -> tuple[Page, str]:
    """What is compared of an executed notebook, and why it is not complete."""
    run, tables = notebook["metadata"]["dateline"], {}
    findings = [(str(each["figure"]), _says(each)) for each in found(notebook["cells"], every=True)["findings"]]
    page = Page(run["fingerprint"], {}, [], findings, tables)
    for cell in (cell for cell in notebook["cells"] if cell["cell_type"] == "code"):
        source = "".join(cell["source"])
        if "parameters" in cell["metadata"].get("tags", []) or cell.get("id") == "given":
            for node in ast.parse(source).body:
                target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
                page.parameters[target.id] = ast.literal_eval(node.value)
        else:
            page.code.append(source)
        for piece in (piece for output in cell["outputs"] for piece in output.get("data", {}).get(html.PAGE, ())):
            one = {"figure": piece.get("numbers"), "table": piece}.get(piece["kind"])
            if one and all("key" in head for head in one["heads"]):  # as this version writes them
                tables.setdefault(piece["name"] or f"table {len(tables) + 1}", _table(one))
    page.parameters.pop("corpus", None)  # it is compared by what it holds
    return page, run["failure"]


def _table(one: dict[str, Any]) -> tuple[list[Row], dict[str, str]]:
    columns, *values = csv.reader(StringIO(one["csv"]))
    labels = {head["key"]: head["label"] for head in one["heads"]}
    rows = []
    for row, cells in zip(values, one["rows"], strict=True):
        words = dict(zip(labels, [cell["words"] for cell in cells], strict=True))
        rows.append((dict(zip(columns, row, strict=True)), words, cells[0]["to"]))
    return rows, labels


def _says(finding: dict[str, Any]) -> str:
    """A finding as one text: its sentence, after its headline where that has other names."""
    names, says = {name.lower() for name in about(finding["headline"])}, finding["says"]
    told = says if names <= set(WORD.findall(says.lower())) else f"{finding['headline']} {says}"
    return " ".join(told.split())


def about(words: str) -> frozenset[str]:
    """What a sentence is about: its names and the words that it quotes, whatever its numbers and days.

    >>> sorted(about("Since 3 May 2024 Russia named “the bear” in 50 % of 12 articles."))
    ['Russia', 'Since', 'bear', 'the']
    """
    bare = DAYS.sub(" ", words)
    quoted = WORD.findall(" ".join(re.findall(r"“(.*?)”", bare)))
    return frozenset([*quoted, *(word for word in WORD.findall(bare) if not word[0].islower())])


def findings(old: Page, new: Page) -> tuple[list, list, list]:
    """New ones (figure, words), gone ones, and those that changed (figure, before, now).

    One of the same figure about the same is the same; of several, those whose words are most alike are.
    """
    fresh, gone = _apart(old.findings, new.findings)
    pairs = [(was, now) for now in fresh for was in gone if was[0] == now[0] and about(was[1]) == about(now[1])]
    changed = []
    for was, now in sorted(pairs, key=lambda pair: -SequenceMatcher(None, pair[0][1], pair[1][1]).ratio()):
        if was in gone and now in fresh:
            gone.remove(was)
            fresh.remove(now)
            changed.append((now[0], was[1], now[1]))
    return fresh, gone, changed


def documents(old: dict[str, list[str]], new: dict[str, list[str]]) -> tuple[list[str], list[str], dict[str, str]]:
    """The articles that are new, that are gone, and those that changed, with what of them did."""
    pairs = {doc: zip(FIELDS, old[doc], new[doc], strict=True) for doc in new if old.get(doc, new[doc]) != new[doc]}
    return *_apart(old, new), {doc: listed(name for name, a, b in pair if a != b) for doc, pair in pairs.items()}


def _apart(old: Any, new: Any) -> tuple[list, list]:
    return [each for each in new if each not in old], [each for each in old if each not in new]


def moved(old: list[Row], new: list[Row], labels: dict[str, str]) -> tuple[list[tuple], int, int]:
    """Rows whose numbers moved (row, before, now, what it opens, size); how many are new, and how many are gone."""
    both = [values for values, *_ in (*old, *new)]
    columns = [name for name in (both[-1] if both else ()) if all(name in each for each in both)]
    columns = [name for name in columns if name not in html.PROSE]
    numbers = [name for name in columns if all(isfinite(_number(values[name] or "0")) for values in both)]
    keys, told = columns[:1], [name for name in columns[1:] if name not in numbers]

    def _by(rows: list[Row]) -> dict[tuple, Row]:
        return {tuple(row[0][name] for name in keys): row for row in rows}

    while told and any(len(_by(rows)) < len(rows) for rows in (old, new)):
        keys.append(told.pop(0))
    before, now = _by(old), _by(new)
    wanted = [name for name in numbers if name in labels and name not in keys and not ASIDE.fullmatch(name)]
    rows = [(", ".join(key), *_moved(before[key], now[key], wanted, labels)) for key in now if key in before]
    return [row for row in rows if row[-1]], *map(len, _apart(before, now))


def _moved(before: Row, now: Row, wanted: list[str], labels: dict[str, str]) -> tuple[str, str, str, float]:
    """Words for the numbers of a row then and now, what it opens, and how far they moved; 0 where they did not."""
    (old, said, _), (new, says, to) = before, now
    shown = [name for name in wanted if said.get(name) != says[name]]
    if INSIDE in labels:
        (low, high), (least, most) = ([_number(row.get(end, "")) for end in ("low", "high")] for row in (old, new))
        width, way = high - low + most - least, 4 * abs(least + most - low - high)
        size = way / width * (way > width) if width > 0 and shown else 0.0
        shown.append(INSIDE)
    else:
        sizes = {name: _size(_number(old[name]), _number(new[name])) for name in shown}
        shown, size = [name for name in shown if sizes[name]], max(sizes.values(), default=0.0)
    words = ("; ".join(f"{labels[name]}: {row.get(name, '–')}" for name in shown) for row in (said, says))
    return *words, to, size


def _size(was: float, value: float) -> float:
    """How far a number moved: a count by what chance would move it, another by its own size; 0 where one is none."""
    both, whole = abs(was) + abs(value), was.is_integer() and value.is_integer()
    return abs(value - was) / (both**0.5 if whole else both) if isfinite(both) and both else 0.0


def _number(words: str) -> float:
    with suppress(ValueError):
        return float(words)
    return nan


def cause(old: Told, new: Told, page: str) -> tuple[str, str]:
    """What changed for a page: of the news (same, articles, files, unknown) and the method (same, other, unknown)."""
    was, now = old.pages[page], new.pages[page]
    own = (was.parameters, was.code) != (now.parameters, now.code)
    if not old.kept["code"]:  # without a run.json only that all is the same can be known
        same = was.fingerprint == now.fingerprint
        return ("same", "same") if same else ("unknown", "other" if own else "unknown")
    method = "other" if own or code(old, new) else "same"
    if old.kept["pages"].get(page, {}).get("read", []) == new.kept["pages"][page]["read"]:
        return "same", method
    alike = old.kept["corpus"] == new.kept["corpus"] or old.kept["articles"] == new.kept["articles"] != {}
    return "files" if alike else "articles", method


def code(old: Told, new: Told) -> list[str]:
    """What differs of versions, rooms of the helpers, and the lock, in words."""
    was, now = ({part.rpartition(" ")[0]: part for part in one.kept["versions"].split(", ")} for one in (old, new))
    words = [
        f"{was.get(name, 'none')} → {now.get(name, 'none')}" for name in was | now if was.get(name) != now.get(name)
    ]
    before, after = old.kept["code"], new.kept["code"]
    return words + [room for room in before | after if before.get(room) != after.get(room)]


def verdicts(old: Told, new: Told, titles: dict[str, str], differing: set[str]) -> list[str]:
    """What made the differences: a sentence for all pages of `titles`, or one for each cause."""
    groups: dict[tuple[str, str], list[str]] = {}
    for page, title in titles.items():
        if (why := cause(old, new, page)) == ("same", "same") and page in differing:
            why = ("same", "chance")
        groups.setdefault(why, []).append(title)
    where = {why: f"on {_listed(some)}" if len(groups) > 1 else "below" for why, some in groups.items()}
    return [VERDICTS[why].format(where[why]) for why in groups] or ["No page is in both runs and complete."]


def states(old: Told, new: Told, titles: dict[str, str]) -> list[str]:
    """Whether articles, parameters and code are the same: a sentence each."""
    if not titles:
        return [_corpus(old, new)]
    given = parameters(old, new, titles)
    given = given if len(given) <= NAMED else [*given[:NAMED], f"{len(given) - NAMED} more"]
    books = [title for page, title in titles.items() if old.pages[page].code != new.pages[page].code]
    known = bool(old.kept["code"])
    made = [*code(old, new)] * known + [f"the notebook of {_listed(books)}"] * bool(books)
    same = "The same code and versions." if known else "Whether helpers and versions are the same is not known."
    return [
        _corpus(old, new),
        f"Other parameters: {'; '.join(given)}." if given else f"The same parameters on {plural(len(titles), 'page')}.",
        f"Other code or versions: {'; '.join(made)}." if made else same,
    ]


def _corpus(old: Told, new: Told) -> str:
    """Whether the articles are the same."""
    if not old.kept["code"]:
        return f"Whether the articles are the same is not known: {old.name} has no report/run.json of this version."
    (was, before), (now, after) = ((one.kept["corpus"], one.kept["articles"]) for one in (old, new))
    fresh, gone, changed = map(len, documents(before, after))
    if was == now:
        cleaned = f" {plural(changed, 'text')} came out of cleaning otherwise." * (changed > 0)
        return f"The same articles (fingerprint {now}).{cleaned}"
    counts = f": {fresh:,} new, {gone:,} gone, {changed:,} changed, {len(after) - fresh - changed:,} as they were"
    told = f"Other articles{counts * bool(before and after)}"
    told = told if before != after or not after else "The same articles, and other files beside them"
    return f"{told} (fingerprint {was} → {now})."


def parameters(old: Told, new: Told, titles: dict[str, str]) -> list[str]:
    """The parameters that differ, each with the pages on which it does alike."""
    pages: dict[tuple[str, str, str], list[str]] = {}
    for page, title in titles.items():
        was, now = old.pages[page].parameters, new.pages[page].parameters
        for name in (name for name in was | now if was.get(name) != now.get(name)):
            both = (repr(one[name])[:LONG] if name in one else "nothing" for one in (was, now))
            pages.setdefault((name, *both), []).append(title)
    return [f"{name} {was} → {now} on {_listed(some)}" for (name, was, now), some in pages.items()]


def _listed(titles: list[str], *noun: str) -> str:
    return listed(titles) if len(titles) <= NAMED else plural(len(titles), *(noun or ("page",)))


class News:
    """The page while it is written: the `page` that the macros of pieces.html.j2 draw its pieces for.

    `states` and `verdicts` stand on top, then by heading the pieces of `sections`.
    """

    def __init__(self, old: Told, kept: dict[str, Any], sheets: list[Sheet], folder: Path, links: Any) -> None:
        self.sheets = {sheet.run.page.name: sheet for sheet in sheets}
        new = told("this run", kept, {name: sheet.run.executed for name, sheet in self.sheets.items()})
        self.old, self.new, self.folder = old, new, folder
        self.below, self.href, self.rows = links.csv, str, lambda piece: piece["rows"][:MOST]
        words = {name: (sheet.run.page.group, sheet.run.page.title) for name, sheet in self.sheets.items()}
        self.titles = {name: ": ".join(filter(None, each)) for name, each in words.items()}
        self.both = {name: title for name, title in self.titles.items() if name in old.pages and name in new.pages}
        self.differing: set[str] = set()
        self.sections = {"Articles": self._articles()}
        if self.both:
            self.sections |= {"Findings": self._findings(), "Numbers": self._numbers()}
        self.sections["Not compared"] = [html.note(words).flat for words in self._lost()]
        self.states, self.verdicts = states(old, new, self.both), verdicts(old, new, self.both, self.differing)

    def _table(self, name: str, rows: list[dict], **columns: str) -> list[Piece]:
        """A table with its CSV, its caption the last word of its name; none where there is no row."""
        if not rows:
            return []
        piece = html.table(pd.DataFrame(rows), f"{len(rows):,} {name.rpartition('-')[2]}", columns, name=name).flat
        path = f"downloads/against-{name}.csv"
        (self.folder / path).write_text(safe.plain_csv(piece["csv"]), "utf-8-sig")
        return [piece | {"shown": min(MOST, len(rows)), "file": {"href": path, "words": piece["caption"]}}]

    def _articles(self) -> list[Piece]:
        before, after = self.old.kept["articles"], self.new.kept["articles"]
        if not (before and after):
            return [html.note("Which articles are new is not known.").flat]
        fresh, gone, changed = documents(before, after)
        shelf = next((sheet.library for sheet in self.sheets.values() if sheet.library), {})

        def _rows(docs: Collection[str], told: dict[str, list[str]]) -> list[dict]:
            rows = []
            for doc in sorted(docs, key=lambda doc: told[doc][2]):
                title, outlet, day, _ = told[doc]
                day = pd.to_datetime(day, format="%Y-%m-%d", errors="coerce")
                link, what = led(html.ARTICLE + doc, shelf), changed.get(doc)
                rows.append({"headline": title or doc, "outlet": outlet, "published": day, "link": link, "what": what})
            return rows

        columns = {"headline": "Headline", "outlet": "Outlet", "published": "Day"}
        tables = [
            *self._table("articles-new", _rows(fresh, after), **columns),
            *self._table("articles-gone", _rows(gone, before), **columns),
            *self._table("articles-changed", _rows(changed, after), **columns, what="What changed"),
        ]
        return tables or [html.note("No article is new, gone or changed.").flat]

    def _findings(self) -> list[Piece]:
        rows: tuple[list, ...] = ([], [], [])
        for name, title in self.both.items():
            for some, told in zip(rows, findings(self.old.pages[name], self.new.pages[name]), strict=True):
                for figure, *says in told:
                    to = self.sheets[name].where(figure)
                    some.append({"page": title, "before": says[0], "now": says[-1], "link": to})
                    self.differing.add(name)
        tables = [
            *self._table("findings-new", rows[0], page="Page", now="Finding"),
            *self._table("findings-gone", rows[1], page="Page", before="Finding"),
            *self._table("findings-changed", rows[2], page="Page", before="Before", now="Now"),
        ]
        return [html.note(SAME if tables else "No finding is new, gone or changed.").flat, *tables]

    def _numbers(self) -> list[Piece]:
        """The rows that moved of all figures and tables that both runs have, the furthest first."""
        rows, fresh, gone, both = [], 0, 0, 0
        for name, title in self.both.items():
            before, now = self.old.pages[name].tables, self.new.pages[name].tables
            for figure in [figure for figure in now if figure in before]:
                some, more, less = moved(before[figure][0], *now[figure])
                fresh, gone, both = fresh + more, gone + less, both + 1
                for row, was, value, to, size in some:
                    told = {"page": _named(title, figure), "row": row, "before": was, "now": value, "size": size}
                    rows.append(told | {"link": self.sheets[name].where(to or figure)})
                self.differing |= {name} if some or more or less else set()
        rows.sort(key=lambda row: -row["size"])
        tables = self._table("numbers-moved", rows, page="Page", row="What", before="Before", now="Now")
        beside = [html.note(f"Rows of tables that are new: {fresh:,}; that are gone: {gone:,}.").flat]
        return [
            html.note(RULE if tables else "No number moved." if both else "No table can be compared.").flat,
            *tables,
            *beside * bool(fresh or gone),
        ]

    def _lost(self) -> list[str]:
        """What is not compared, a line each."""
        lines = []
        for run, other in ((self.new, self.old), (self.old, self.new)):
            lines += [f"{self.titles.get(page, page)} {why} in {run.name}." for page, why in run.lost.items()]
            only = [self.titles.get(page, page) for page in run.pages if page not in {*other.pages, *other.lost}]
            for page, title in self.both.items():
                only += [_named(title, name) for name in run.pages[page].tables if name not in other.pages[page].tables]
            where = "Only in" if self.old.kept["code"] else f"Otherwise made in {self.old.name}, or only in"
            lines += [f"{where} {run.name}: {_listed(only, 'page or figure', 'pages and figures')}."] * bool(only)
        return lines


def _named(title: str, figure: str) -> str:
    return f"{title}, {figure.replace('-', ' ')}"
