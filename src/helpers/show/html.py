"""A page in pieces: what a reader sees, as data, and one template that draws it in JupyterLab and in the report.

Article text is only ever text: a piece holds words, never HTML, and the template escapes them.
"""

import re
import zlib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from .words import day, plural, signed, span

if TYPE_CHECKING:
    import jinja2

PAGE = "application/vnd.dateline.page+json"
FINDING = "application/vnd.dateline.finding+json"
TEMPLATES = Path(__file__).parent / "templates"
BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # marks that reorder what stands beside them
FILES = (".csv", ".gexf", ".graphml", ".json", ".txt")  # what no browser executes
PROSE = frozenset({"text", "example"})  # columns that hold the words of articles
META = {"link", "faint", "marks"}  # columns of a table that say how a row is shown and are not shown themselves
ROWS = 100  # of a table in JupyterLab; the report shows more, and the CSV has all
FIRST, FEW = 50, 3  # sentences behind a mark on its page of the report, and in JupyterLab
ALL = 5_000  # of them in the CSV
ARTICLE = "article:"  # what a link to an article begins with; its doc follows, and "#s" with the number of a sentence
NOWHERE = re.compile(rf""" xlink:href=(["'])#{ARTICLE}.*?\1""")  # in a figure: JupyterLab has no pages of articles
LINES, WIDTH = 20, 200  # of a result as plain text

# A heading, or a heading and the function that puts a value into words. A pair of columns is shown as an interval.
Columns = Mapping[str | tuple[str, str], "str | tuple[str, Callable]"]


class Piece(NamedTuple):
    """A part of a page: its kind, and what it holds as plain data."""

    kind: str
    data: dict[str, Any]

    @property
    def flat(self) -> dict[str, Any]:
        """The piece as one plain dictionary."""
        return {"kind": self.kind, **self.data}

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return bundle([self])


def bundle(pieces: Iterable[Piece], found: dict[str, Any] | None = None) -> dict[str, Any]:
    """What Jupyter keeps of pieces: HTML with its style, plain text, the pieces as data, and findings."""
    pieces = list(pieces)
    flat = [piece.flat for piece in pieces]
    shown = {"text/html": _lab().render(pieces=flat), "text/plain": plain(pieces), PAGE: flat}
    return shown | ({FINDING: found} if found else {})


def plain(pieces: Iterable[Piece]) -> str:
    """Pieces as plain text of at most 20 lines, each of at most 200 letters."""
    lines = [line[:WIDTH] for piece in pieces for line in _lines(piece)]
    return "\n".join(lines if len(lines) <= LINES else [*lines[: LINES - 1], f"({len(lines) - LINES + 1} more lines)"])


def note(sentence: str) -> Piece:
    """A sentence that stands where a figure or a table would.

    >>> note("Nobody is named.").data["words"]
    'Nobody is named.'
    """
    return Piece("note", {"words": sentence})


def table(rows: pd.DataFrame, caption: str, columns: Columns | None = None, *, name: str = "") -> Piece:
    """A table: the given columns of `rows` under their headings, and all its numbers as CSV under `name`.

    A pair of column names is shown as an interval. A column `link` has the id that the first cell of a row opens,
    `faint` is true for rows to be greyed, `marks` says what to mark in the column `text`. Rows that show the same and
    open the same stand once, with their number under "Times".

    >>> shown = table(pd.DataFrame({"share": [0.07]}), "Shares", {"share": ("Share", "{:.0%}".format)})
    >>> shown.data["rows"][0][0]["words"], shown.data["csv"]
    ('7%', 'share\\n0.07\\n')
    """
    columns = columns or {column: column for column in rows if column not in META}
    columns = {key: (told, None) if isinstance(told, str) else told for key, told in columns.items()}
    heads = [
        {"label": label, "number": isinstance(key, tuple) or rows[key].dtype.kind in "iuf", "key": str(key)}
        for key, (label, _) in columns.items()
    ]
    cells = []
    for row in rows.to_dict("records"):
        first, *rest = (_cell(row, key, form) for key, (_, form) in columns.items())
        cells.append([first | {"to": row.get("link") or "", "faint": bool(row.get("faint"))}, *rest])
    times = Counter(map(repr, cells))
    if len(times) < len(cells):
        heads.append({"label": "Times", "number": True})
        cells = [[*row, {"words": f"{times[key]:,}"}] for key, row in {repr(row): row for row in cells}.items()]
    flat = [name for key in columns for name in ((key,) if isinstance(key, str) else key)]
    told = {"name": name, "caption": caption, "heads": heads, "rows": cells, "all": len(rows)}
    return Piece("table", told | {"csv": csv(rows[flat])})


def csv(rows: pd.DataFrame) -> str:
    """A frame as CSV: plain numbers, days as 2024-10-15, lists joined by a bar.

    >>> csv(pd.DataFrame({"day": [pd.Timestamp("2024-10-15")], "low": [-0.25]}))
    'day,low\\n2024-10-15,-0.25\\n'
    """
    return _csv(rows.map(lambda value: "|".join(map(str, value)) if isinstance(value, list | tuple) else value))


def _csv(rows: pd.DataFrame) -> str:
    """A frame without lists as CSV; no lone carriage return, at which readers would begin a row."""
    written = rows.to_csv(index=False, float_format="%.6g", date_format="%Y-%m-%d", lineterminator="\n")
    return written.replace("\r", " ")


def evidence(rows: pd.DataFrame, heading: str, *, name: str = "", noun: str = "sentence") -> Piece:
    """All sentences behind a mark, those that count most first; `name` is the id that the mark links to, `noun` a row.

    Takes rows with doc, outlet, published, and optionally sent (the number of the sentence in its article), title,
    text, marks (words, or spans as start, end and a kind) and score (-1 to 1). Rows without `text` are articles. The
    report gives those with a name a page of their own with the first 50 and a CSV of all; else all are shown. `noun` is
    what a row with a text is.

    >>> day = pd.Timestamp("2024-05-01")
    >>> shown = evidence(pd.DataFrame([{"doc": "a", "outlet": "A", "published": day, "text": "Snow fell."}]), "Snow")
    >>> shown.data["items"][0]["day"], shown.data["count"]
    ('1 May 2024', '1 sentence of 1 article')
    """
    whole, said = rows.reindex(columns=["doc", "sent", "outlet", "published", "title", "score", "text"]), "text" in rows
    items = [
        {
            "outlet": str(row["outlet"]), "day": day(row["published"]), "title": row.get("title") or "",
            "parts": parts(row["text"], row.get("marks", ())) if said else [],
            "score": None if pd.isna(row.get("score")) else signed(row["score"]), "doc": str(row.get("doc", "")),
            "sent": -1 if pd.isna(row.get("sent")) else int(row["sent"]),
        }
        for row in rows.head(FIRST if name else len(rows)).to_dict("records")
    ]  # fmt: skip
    count = plural(whole.doc.nunique(), "article")
    told = {"name": name, "heading": heading, "items": items, "rows": len(rows), "listed": min(len(rows), ALL)}
    told["count"] = f"{plural(len(rows), noun)} of {count}" if said else count
    return Piece("evidence", told | {"csv": _csv(whole.head(ALL)) if name else ""})


def article(text: str, marks: Iterable = (), sentences: Iterable = (), **told: Any) -> Piece:
    """The text of an article, one paragraph a line, with spans of the whole text (start, end, kind) marked.

    `sentences` (start, end, score in words or None) stand in order, each in a line; `told` is what else is known. A
    paragraph is a list of stretches: sentences by their number, and as number -1 what stands between them.

    >>> article("Snow fell. It is cold.", sentences=[(0, 10, "+0.10")]).data["paragraphs"][0][0]
    {'sent': 0, 'score': '+0.10', 'parts': [['Snow fell.', '']]}
    """
    spans, numbered, paragraphs, at = list(marks), deque(enumerate(sentences)), [], 0
    for line in text.split("\n"):
        stretches, end = [], at + len(line)
        while numbered and numbered[0][1][0] < end:
            number, (start, stop, score) = numbered.popleft()
            stretches += [_stretch(text, spans, at, start), _stretch(text, spans, start, stop, number, score)]
            at = stop
        stretches.append(_stretch(text, spans, at, end))
        paragraphs.append([stretch for stretch in stretches if stretch["parts"]])
        at = end + 1
    return Piece("article", {"paragraphs": paragraphs, **told})


def beside(left: tuple[str, Piece], right: tuple[str, Piece]) -> Piece:
    """Two pieces with a heading each, side by side where there is room."""
    columns = [{"heading": heading, "piece": piece.flat} for heading, piece in (left, right)]
    return Piece("beside", {"columns": columns})


def fold(summary: str, pieces: Iterable[Piece], *, name: str = "") -> Piece:
    """Pieces that open on demand; `name` is the id of what they stand behind."""
    return Piece("fold", {"name": name, "summary": summary, "pieces": [piece.flat for piece in pieces]})


def download(name: str, content: str) -> Piece:
    """A file that the report puts beside its page; ValueError for a name that ends in none of FILES."""
    if not name.endswith(FILES):
        raise ValueError(f"{name}: a download ends in one of {', '.join(FILES)}")
    return Piece("file", {"name": name, "content": content})


def parts(sentence: str, marks: Iterable = ()) -> list[list[str]]:
    """A sentence as stretches with the kinds of the marks on each: "mark" for words and spans that name no kind.

    >>> parts("A warm welcome.", ["warm"])
    [['A ', ''], ['warm', 'mark'], [' welcome.', '']]
    """
    words = [re.escape(mark) for mark in marks if isinstance(mark, str) and mark]
    spans = [tuple(mark) for mark in marks if not isinstance(mark, str)]
    if words:
        spans += [match.span() for match in re.finditer(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", sentence)]
    ends = sorted({0, len(sentence), *(end for mark in spans for end in mark[:2] if 0 < end < len(sentence))})
    cut = []
    for start, end in pairwise(ends):
        inside = [mark for mark in spans if mark[0] <= start and end <= mark[1]]
        kinds = " ".join(dict.fromkeys(mark[2] if len(mark) > 2 else "mark" for mark in inside))
        cut.append((sentence[start:end], kinds))
    return [["".join(words for words, _ in some), kinds] for kinds, some in groupby(cut, lambda part: part[1])]


def anchor(*words: str) -> str:
    """An id from any words, another for other words.

    >>> anchor("sentences", "harbour"), anchor("sentences", "Harbour!") == anchor("sentences", "harbour!")
    ('sentences-harbour', False)
    """
    plain = re.sub(r"[^a-z0-9]+", "-", " ".join(words).lower()).strip("-")
    if plain == "-".join(words) and not any("-" in word for word in words):
        return plain
    return f"{plain[:60]}-{zlib.crc32(chr(31).join(words).encode('utf-8', 'replace')):08x}"


def templates(*folders: Path) -> "jinja2.Environment":
    """The templates of the given folders and of this room: everything is escaped but what is marked as safe."""
    import jinja2
    from markupsafe import Markup

    def _inert(value: Any) -> Any:
        return BIDI.sub("", value) if isinstance(value, str) and not isinstance(value, Markup) else value

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader([*folders, TEMPLATES]),
        autoescape=True, finalize=_inert, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


@lru_cache
def _lab() -> "jinja2.Template":
    """The template that draws pieces in JupyterLab: of tables the first rows, figures as they were drawn."""
    from markupsafe import Markup

    page = {
        "rows": lambda piece: piece["rows"][:ROWS],
        "below": lambda piece: f"The first {ROWS:,} of {len(piece['rows']):,} rows." * (len(piece["rows"]) > ROWS),
        "svg": lambda piece: Markup(NOWHERE.sub("", piece["svg"][piece["svg"].index("<svg") :])),
        "href": lambda to: "" if to.startswith(ARTICLE) else f"#{to}" if to else "",
        "some": lambda piece: piece["items"][:FEW] if piece["name"] else piece["items"],
        "file": lambda piece: f"{piece['name']}: to download from this page of the report",
    }
    style = Markup((TEMPLATES / "pieces.css").read_text(encoding="utf-8"))
    return templates().get_template("lab.html.j2", globals={"page": page, "style": style})


def _lines(piece: Piece) -> list[str]:
    """A piece as plain text."""
    told, words = piece.data, lambda parts: "".join(words for words, _ in parts)
    if piece.kind == "table":
        rows = [[head["label"] for head in told["heads"]], *([cell["words"] for cell in row] for row in told["rows"])]
        return [told["caption"], *map("  ".join, rows)]
    if piece.kind == "evidence":
        return [told["heading"], *(f"{i['outlet']}, {i['day']}: {words(i['parts'])}" for i in told["items"])]
    if piece.kind == "article":
        return ["".join(words(stretch["parts"]) for stretch in paragraph) for paragraph in told["paragraphs"]]
    if piece.kind == "answer":
        return [told["headline"], *(says for says, _ in told["findings"]), *told["little"]]
    if piece.kind == "figure":
        return [f"[Figure: {told['alt']}]", told["caption"]]
    return [told[key] for key in ("words", "summary", "name") if key in told]


def _stretch(text: str, marks: list, start: int, end: int, sent: int = -1, score: str | None = None) -> dict[str, Any]:
    """A stretch of an article, with the marks that reach into it."""
    inside = [(max(a, start) - start, min(b, end) - start, *kind) for a, b, *kind in marks if a < end and b > start]
    return {"sent": sent, "score": score, "parts": parts(text[start:end], inside)}


def _cell(row: dict, key: str | tuple[str, str], form: Callable | None) -> dict[str, Any]:
    if isinstance(key, tuple):
        return {"words": span(row[key[0]], row[key[1]], form or str)}
    value = row[key]
    if key == "text" and len(row.get("marks", ())):
        return {"words": value, "parts": parts(value, row["marks"])}
    if isinstance(value, pd.Timestamp) or value is pd.NaT:
        return {"words": day(value)}
    if isinstance(value, float) and pd.isna(value):
        return {"words": "–"}
    written = form(value) if form else f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else value
    return {"words": str(written)}
