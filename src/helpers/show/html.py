"""What a reader sees: answers, tables and evidence as HTML in which article text is only ever text."""

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any, NamedTuple

import pandas as pd

# A notebook finds all words in one place.
from .words import apart, between, chance, day, decimal, fine, listed, percent, plain, plural, points, signed, span

ANSWER = "application/vnd.dateline.answer+json"
BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # marks that reorder what stands beside them


class Html(NamedTuple):
    """A piece of a page; JupyterLab and the report show the same."""

    html: str
    plain: str = ""

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.plain or re.sub(r"<[^>]*>", "", self.html)}


class Answer(NamedTuple):
    """What a page found: a headline, sentences with the ids of what shows them, and what was too little to say.

    The front page quotes it.
    """

    headline: str
    sentences: list[tuple[str, str]]
    little: list[str]
    strip: str

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        body = [f'<p class="answer">{text(self.headline)}</p>'] if self.headline else []
        for words, at in self.sentences:
            told = f'<a href="#{text(at)}">{text(words)}</a>' if at else text(words)
            body.append(f'<p class="finding">{told}</p>')
        if self.little:
            body.append(f'<p class="little"><b>Too little to say.</b> {text(" ".join(self.little))}</p>')
        plain = "\n".join([self.headline, *(words for words, _ in self.sentences), *self.little])
        return {ANSWER: self._asdict(), "text/html": "".join(body), "text/plain": plain}


def answer(
    headline: str, sentences: Iterable[str | tuple[str, str]] = (), *, little: Iterable[str] = (), strip: str = ""
) -> Answer:
    """The answer of a page, from computed sentences, empty ones dropped.

    A sentence may come with the name of the figure that shows it; `strip` is a line for the front page's top.
    """
    pairs = [(one, "") if isinstance(one, str) else one for one in sentences]
    return Answer(headline, [(words, at) for words, at in pairs if words], [s for s in little if s], strip)


def text(value: object) -> str:
    """Anything as inert HTML text: escaped, without bidirectional control marks.

    >>> text("<b>No</b>")
    '&lt;b&gt;No&lt;/b&gt;'
    """
    return escape(BIDI.sub("", str(value)))


def table(
    rows: pd.DataFrame, caption: str, names: Mapping[str, str], formats: Mapping[str, Callable] | None = None
) -> Html:
    """A table of the columns in `names` under the headings given there; `formats` puts a column into words."""
    rows, formats = rows[list(names)], formats or {}
    numeric = {column for column in rows if pd.api.types.is_numeric_dtype(rows[column])}
    head = "".join(f'<th scope="col"{_right(c in numeric)}>{text(names[c])}</th>' for c in rows)
    body = "".join(
        "<tr>"
        + "".join(f"<td{_right(c in numeric)}>{_cell(v, formats.get(c))}</td>" for c, v in zip(rows, row, strict=True))
        + "</tr>"
        for row in rows.itertuples(index=False)
    )
    return Html(
        f"<table><caption>{text(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>", caption
    )


def evidence(rows: pd.DataFrame, heading: str, *, anchor: str = "") -> Html:
    """The sentences behind a figure.

    Takes rows with outlet, published, text, and optionally marks (a list of words or of (start, end) to mark) and score
    (-1 to 1). `anchor` is the id that figures link to.
    """
    items = "".join(_item(row) for row in rows.to_dict("records"))
    id_ = f' id="{escape(anchor)}"' if anchor else ""
    body = f'<ol class="evidence">{items}</ol>' if items else '<p class="little">No sentence.</p>'
    return Html(f"<h3{id_}>{text(heading)}</h3>{body}", heading)


def sentence(text: str, marks: Iterable = ()) -> Html:
    """One sentence for a table's cell, with words or (start, end) spans marked."""
    return Html(marked(text, marks), text)


def note(sentence: str) -> Html:
    """A sentence that stands where a figure or table would."""
    return Html(f"<p>{text(sentence)}</p>", sentence)


def blocks(pieces: Iterable[Html]) -> Html:
    """Several pieces, one below the other."""
    pieces = list(pieces)
    return Html("".join(piece.html for piece in pieces), "\n".join(piece.plain for piece in pieces))


def passage(article: str, marks: Iterable = ()) -> Html:
    """The text of an article, one paragraph a line, with (start, end) spans of the whole text marked."""
    spans, paragraphs, at = list(marks), [], 0
    for line in article.split("\n"):
        inside = [(max(start - at, 0), min(end - at, len(line))) for start, end in spans]
        paragraphs.append(f"<p>{marked(line, [(start, end) for start, end in inside if start < end])}</p>")
        at += len(line) + 1
    return Html("".join(paragraphs), article[:80])


def beside(left: tuple[str, Html], right: tuple[str, Html]) -> Html:
    """Two pieces with a heading each, side by side where there is room."""
    columns = "".join(f"<div><h4>{text(heading)}</h4>{piece.html}</div>" for heading, piece in (left, right))
    return Html(f'<div class="beside">{columns}</div>', f"{left[0]} beside {right[0]}")


def details(summary: str, piece: Html) -> Html:
    """A piece that opens on demand."""
    return Html(f"<details><summary>{text(summary)}</summary>{piece.html}</details>", f"{summary}\n{piece.plain}")


def marked(sentence: str, marks: Iterable) -> str:
    """A sentence as HTML with words, or (start, end) spans, in <mark>.

    >>> marked("A warm welcome.", ["warm"])
    'A <mark>warm</mark> welcome.'
    """
    words = [re.escape(mark) for mark in marks if isinstance(mark, str) and mark]
    spans = [tuple(mark) for mark in marks if not isinstance(mark, str)]
    if words:
        spans += [match.span() for match in re.finditer(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", sentence)]
    out, at = "", 0
    for start, end in sorted(spans):
        if start >= at:
            out += f"{text(sentence[at:start])}<mark>{text(sentence[start:end])}</mark>"
            at = end
    return out + text(sentence[at:])


def anchor(*parts: str) -> str:
    """An id for a heading, from any words.

    >>> anchor("sentences", "Harbour Courier")
    'sentences-harbour-courier'
    """
    return re.sub(r"\W+", "-", " ".join(parts).lower()).strip("-")


def link(words: str, to: str, *, faint: bool = False) -> Html:
    """Words that lead to a heading by its id, grey where they are uncertain; a cell of a table can hold them."""
    return Html(f'<a class="{"faint" if faint else "to"}" href="#{escape(to)}">{text(words)}</a>', words)


def paired(rows: pd.DataFrame, names: Mapping[str, str], form: Callable[[float], str]) -> pd.DataFrame:
    """Rows with first and second (and low and high) put into words: pair by `names`, and the interval as gap."""
    pair = [f"{names[row.first]} – {names[row.second]}" for row in rows.itertuples()]
    return rows.assign(pair=pair, gap=[span(row.low, row.high, form) for row in rows.itertuples()])


def _right(numeric: bool) -> str:
    return ' class="number"' if numeric else ""


def _cell(value: object, form: Callable | None) -> str:
    if isinstance(value, Html):
        return value.html
    if isinstance(value, pd.Timestamp) or value is pd.NaT:
        return day(value)
    if isinstance(value, float) and pd.isna(value):
        return "–"
    return text(form(value) if form else f"{value:,}" if isinstance(value, int) else value)


def _item(row: dict) -> str:
    score = row.get("score")
    tone = "" if score is None else f'<span class="score {"neg" if score < 0 else "pos"}">{signed(score)}</span>'
    who = f"{text(row['outlet'])} <br>{day(row['published'])}"
    return f'<li><span class="who">{who}</span><span>{marked(row["text"], row.get("marks", ()))}</span>{tone}</li>'


DOWNLOAD = "application/vnd.dateline.download+json"
FILES = (".csv", ".gexf", ".graphml", ".json", ".txt")  # what no browser executes


class Download(NamedTuple):
    """A file that the report puts beside its page and links; JupyterLab shows its name."""

    name: str
    content: str

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        words = f"{self.name}: to download from this page of the report"
        return {DOWNLOAD: self._asdict(), "text/html": f"<p>{text(words)}</p>", "text/plain": words}


def download(name: str, content: str | pd.DataFrame) -> Download:
    """A text, or a table as CSV, to download from the page; ValueError for a name that ends in none of FILES."""
    if not name.endswith(FILES):
        raise ValueError(f"{name}: a download ends in one of {', '.join(FILES)}")
    return Download(name, content if isinstance(content, str) else content.to_csv(index=False))
