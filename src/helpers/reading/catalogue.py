"""From a folder, table or archive of articles to `documents`, one row an article, and `removed`, what is left out."""

import gc
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import takewhile
from pathlib import Path

import pandas as pd

from .. import InputError
from ..language import dates, split
from . import chrome, clean, files, formats, furniture, outlets
from . import columns as exports

DOCUMENTS = [
    *["doc", "path", "outlet", "published", "earliest", "latest", "dated_by", "agency", "place", "title", "url"],
    *["language", "words", "copy_of", "event", "text"],
]
REMOVED = ["doc", "line", "text", "rule"]
UNKNOWN = "unknown outlet"
COMPANIONS = {f"{name}.csv" for name in ("articles", "outlets", "actors", "surfaces", "roles", "chronology")}
COMPANIONS |= {"README.md", "furniture.yml", "columns.yml"}
NO_STAMP = {"related stories", "quoted post", "footnote", "copyright", "outside the article", "about the author"}
LATER = re.compile(r"updat|edited|modified|joined|accessed|correct", re.IGNORECASE)


@contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage collection while many small things are made: it would walk all of them again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@_uncollected()
def read(source: str | Path, columns: dict[str, str] | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read every article of a folder (below `source/articles` if there is one), of one table or of one archive.

    Text, Markdown, HTML, CSV, TSV, JSON, Parquet, each also as .gz or .zst, and zip archives; `columns`, or a file
    `columns.yml` beside them, maps fields (doc, outlet, published, title, url, text) to the columns of a table. A
    sidecar `articles.csv` describes articles by `doc`, their path without ending; a `furniture.yml` adds rules. Returns
    `documents` (columns DOCUMENTS, sorted by published and doc; `copy_of` and `event` empty) and `removed` (doc, line,
    text, rule; line 0 stands for a file or a row).

    Raises InputError for a source that is missing or holds no article, and for a catalogue or rules beyond reading.
    """
    root, removed = Path(source), []
    home = articles(root)
    known = furniture.rules(root / "furniture.yml" if (root / "furniture.yml").is_file() else None)
    entries = _entries(root, home, removed) if root.is_dir() else {}
    found = _found(home, columns or exports.columns((root if root.is_dir() else root.parent) / "columns.yml"), removed)
    if not found:
        reason = f"{removed[0][2]}: {removed[0][3]}" if removed else "it is empty"
        raise InputError(f"{root}: holds no readable article ({reason})")
    removed += _aside(root, home)
    for doc in sorted(set(entries) - set(found) - {row[0] for row in removed if row[1] == 0}):
        removed.append((doc, 0, doc, "articles.csv names it, but there is no such file"))
    said = {doc: article.said | entries.get(doc, {}) for doc, (_, article) in found.items()}
    sources = outlets.said(said)
    common = chrome.across({doc: article.raw for doc, (_, article) in found.items()}, sources)
    read_as = {
        doc: _cleaned(article, said[doc].get("title", ""), common[sources[doc]], known)
        for doc, (_, article) in found.items()
    }
    known_outlets = outlets.known(root, sources, [cuts for _, cuts in read_as.values()])
    rows = []
    for doc, (path, article) in sorted(found.items()):
        text, cuts = read_as[doc]
        day, dated_by = _day(doc, path, entries.get(doc, {}), article, read_as[doc], removed)
        line = next((dates.dateline(cut.text) for cut in cuts if cut.rule == "dateline"), None)
        place, agency = (line[0].place, line[0].agency) if line else ("", "")
        outlet = sources[doc] or outlets.credited(cuts, known_outlets) or UNKNOWN
        title, url = said[doc].get("title") or _headline(text), said[doc].get("url", "")
        facts = (doc, path, outlet, day, day, day, dated_by, agency or outlets.agency(cuts, outlet), place, title, url)
        rows.append((*facts, language(text), split.count(text), "", "", text))
        removed += [(doc, *cut) for cut in cuts]
    documents = pd.DataFrame(rows, columns=DOCUMENTS).sort_values(["published", "doc"], ignore_index=True)
    out = pd.DataFrame(removed, columns=REMOVED).sort_values(["doc", "line"], ignore_index=True, kind="stable")
    return documents, out


def articles(source: str | Path) -> Path:
    """Where the articles of a corpus lie: a folder, or one file; InputError when there is none that can be read."""
    root = Path(source)
    if root.is_file():
        if formats.kind(root.name):
            return root
        raise InputError(f"{root}: not a kind of file that is read; give one of {', '.join(formats.KINDS)}")
    if not root.is_dir():
        raise InputError(f"{root}: no such folder or file; give the folder that holds your articles")
    home = root / "articles" if (root / "articles").is_dir() else root
    names = (name for _, _, files in os.walk(home) for name in files)
    if not any(formats.kind(name) and name not in COMPANIONS - {"articles.csv"} for name in names):
        raise InputError(f"{home}: holds no article; put text, HTML, tables or archives of articles into it")
    return home


def language(text: str) -> str:
    """The ISO 639-1 code of a text's language, judged by its first 2,000 characters; "" below five words."""
    start = text[:2000]
    # No other language has the English article; three of them settle it without a model.
    if start.count(" the ") >= 3:
        return "en"
    if split.count(start) < 5:
        return ""
    import py3langid

    return py3langid.classify(start)[0]


def _found(home: Path, columns: dict[str, str], removed: list[tuple]) -> dict[str, tuple[str, formats.Article]]:
    """The path and the article by its key; what cannot be read, or comes twice, goes to `removed`."""
    found: dict[str, tuple[str, formats.Article]] = {}
    above = "articles/" if home.is_dir() and home.name == "articles" else ""
    for name, data in files.below(home, _refused):
        if home.is_dir() and name in COMPANIONS and not (name == "articles.csv" and _is_table(home / name)):
            continue
        parts = [formats.Problem(formats.stem(name), name, data)] if isinstance(data, str) else ()
        for article in parts or formats.read(name, data, columns):
            doc = files.shown(article.doc)
            if isinstance(article, formats.Problem):
                removed.append((doc, 0, files.shown(article.what), article.why))
            elif doc in found:
                removed.append((doc, 0, files.shown(name), "a second article of this name: rename one of the two"))
            elif not article.raw.strip():
                removed.append((doc, 0, files.shown(name), "an empty file"))
            else:
                found[doc] = (files.shown(above + name), article)
    return found


def _aside(root: Path, home: Path) -> Iterator[tuple]:
    """A row for each file that could hold articles and lies beside the folder that does."""
    for path in sorted(root.iterdir()) if home != root else ():
        if path.is_file() and formats.kind(path.name) and path.name not in COMPANIONS:
            why = "beside the folder articles/, which holds the articles: move it there"
            yield (files.shown(formats.stem(path.name)), 0, files.shown(path.name), why)


def _refused(name: str) -> str:
    known = formats.kind(name) or name in COMPANIONS
    return "" if known else f"not a kind of file that is read: save it as {formats.TEXT[0]} or {formats.HTML[0]}"


def _is_table(path: Path) -> bool:
    """Whether a file named articles.csv holds the articles themselves."""
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return "text" in exports.fields(exports.header(files.decode_table(file.read(100_000))))
    except (OSError, ValueError):
        return False


def _entries(root: Path, home: Path, removed: list[tuple]) -> dict[str, dict[str, str]]:
    """What the catalogue says of each article; a row that cannot be used goes to `removed`."""
    places = [place for place in dict.fromkeys((root / "articles.csv", home / "articles.csv")) if place.is_file()]
    places = [place for place in places if not _is_table(place)]
    if not places:
        return {}
    path = places[0]
    for other in places[1:]:
        removed.append(("articles", 0, other.relative_to(root).as_posix(), "a second catalogue: the outer one counts"))
    rows = formats.rows(path)
    if "doc" not in exports.fields(header := exports.header(files.decode_table(path.read_bytes()))):
        columns = ", ".join(header) or "nothing"
        raise InputError(f"{path}: has no column 'doc'; it has {columns}; name the article's file there")
    entries: dict[str, dict[str, str]] = {}
    for row in rows:
        if isinstance(row, str) and "never closed" in row:
            raise InputError(f"{path}: {row}")
        said = exports.said(row) if isinstance(row, dict) else {}
        doc = formats.stem(said.pop("doc", ""))
        if not isinstance(row, dict):
            removed.append(("articles", 0, "articles.csv", row))
        elif doc in entries:
            removed.append(
                (doc, 0, ",".join(row.values()), "a second row for this article in articles.csv: the first counts")
            )
        elif doc:
            entries[doc] = said
    return entries


def _cleaned(
    article: formats.Article, title: str, chrome: set[str], known: furniture.Rules
) -> tuple[str, list[clean.Cut]]:
    """Body text, and all that was taken out of it on the way."""
    lines = article.raw.splitlines(keepends=True) if chrome else []
    common = {n for n, line in enumerate(lines, 1) if line.strip() in chrome and line.strip() != title}
    raw = "".join("\n" if n in common else line for n, line in enumerate(lines, 1)) if common else article.raw
    text, cuts = clean.article(raw, title, known)
    if article.out or common:
        shared = [clean.Cut(n, lines[n - 1].strip(), "repeated across articles") for n in sorted(common)]
        cuts = sorted([*(clean.Cut(*out) for out in article.out), *shared, *cuts])
    return text, cuts


def _day(
    doc: str,
    path: str,
    entry: dict[str, str],
    article: formats.Article,
    read_as: tuple[str, list[clean.Cut]],
    removed: list[tuple],
) -> tuple[pd.Timestamp, str]:
    """The day that the catalogue, the file, its name or address, a dateline or a line of the page states in full."""
    for said, how in ((entry, "catalogue"), (article.said, article.how)):
        if written := said.get("published"):
            if day := dates.parse(written):
                return pd.Timestamp(day), how
            where = "articles.csv" if said is entry else "the table" if how == "catalogue" else how
            removed.append((doc, 0, written, f"no such day in {where}: write it as 2024-10-15"))
    names = (path.rpartition("/")[2], entry.get("url", ""), article.said.get("url", ""))
    for name in names:
        if day := dates.in_name(name):
            return pd.Timestamp(day), "file name" if name is names[0] else "address"
    text, cuts = read_as
    for cut in cuts:
        line = dates.dateline(cut.text) if cut.rule == "dateline" else None
        if line and line[0].year:
            return pd.Timestamp(date(line[0].year, line[0].month, line[0].day)), "dateline"
    stated = (cut for cut in cuts if cut.rule not in NO_STAMP and ("20" in cut.text or "19" in cut.text))
    stamps = [(bool(LATER.match(cut.text)), cut.line, cut.text) for cut in stated]
    above = takewhile(lambda line: not furniture.prose(line), text.splitlines()[:4])
    for written in [*(text for _, _, text in sorted(stamps)), *above]:
        if day := next((named for named in dates.named(written) if named.year), None):
            return pd.Timestamp(date(day.year, day.month, day.day)), "text"
    return pd.NaT, "unknown"


def _headline(text: str) -> str:
    """The first line, when it has the shape of a headline above an article."""
    first, _, rest = text.partition("\n")
    return first if rest and len(first) <= 160 and not furniture.ends(first) else ""
