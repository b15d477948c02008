"""What a reader can take from a page: tables as CSV in which nothing is a formula, and what notebooks offer."""

import csv
import re
from collections.abc import Iterable
from datetime import datetime
from io import StringIO
from typing import NamedTuple

from ..show import html as show

# What a spreadsheet takes for a formula, also in full width; a number with a sign is none.
FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?")
DAY = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}")
FEWEST = 20  # rows of a table that a page shows, however full it is


class Table(NamedTuple):
    """A table as a page shows it: as HTML with the first of its rows, its caption, and all of its rows in words."""

    html: str
    caption: str
    rows: list[list[str]]
    shown: int


def table(html: str, room: int) -> Table:
    """A sanitised `<table>` cut to about `room` bytes of HTML, and never below FEWEST rows."""
    from lxml.html import fragment_fromstring

    root = fragment_fromstring(html)
    caption = " ".join(root.xpath("string(caption)").split())
    rows = [[_value(cell.text_content()) for cell in row.iterchildren("td", "th")] for row in root.iter("tr")]
    head, body, foot = (
        re.fullmatch(r"(.*?<tbody>)(.*)(</tbody>.*)", html, re.DOTALL).groups() if "<tbody>" in html else (html, "", "")
    )
    kept, size = [], 0
    for row in re.findall(r"<tr\b.*?</tr>", body, re.DOTALL):
        size += len(row.encode())
        if size > room and len(kept) >= FEWEST:
            break
        kept.append(row)
    return Table(head + "".join(kept) + foot, caption, rows, len(kept))


def text(rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV; a cell that begins like a formula gets an apostrophe, which spreadsheets do not show.

    >>> text([["a", "b"], ["=1+1", "-0.5"]])
    "a,b\\n'=1+1,-0.5\\n"
    """
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows([[_inert(str(cell)) for cell in row] for row in rows])
    return out.getvalue()


def offered(name: str, content: str) -> tuple[str, str]:
    """A file that a notebook offers, its name without path, its cells without formulas; ("", "") for another kind."""
    stem, dot, ending = name.replace("\\", "/").rpartition("/")[2].rpartition(".")
    if f"{dot}{ending}" not in show.FILES:
        return "", ""
    if ending == "csv":
        csv.field_size_limit(max(csv.field_size_limit(), len(content) + 1))
        content = text(csv.reader(StringIO(_lines(content).replace("\0", ""))))
    plain = re.sub(r"[^\w-]+", "-", stem)[:60].strip("-")
    return f"{plain or 'file'}.{ending}", content


def _inert(cell: str) -> str:
    cell = show.BIDI.sub("", cell).replace("\0", "")
    cell = f"'{cell}" if FORMULA.match(cell) and not NUMBER.fullmatch(cell) else cell
    return _lines(cell)


def _lines(words: str) -> str:
    """One kind of line end: the writer leaves a lone carriage return unquoted, and readers begin a row there."""
    return words.replace("\r\n", "\n").replace("\r", "\n")


def _value(words: str) -> str:
    """A cell of a page as a program reads it: numbers with a plain minus and no commas, days as 2024-10-15.

    >>> _value("−0.30"), _value("+1,204"), _value("4 February 2022"), _value("–")
    ('-0.30', '1204', '2022-02-04', '')
    """
    words = words.replace("\u00a0", " ").strip()
    if NUMBER.fullmatch(plain := words.replace("−", "-")):
        return plain.replace(",", "").removeprefix("+")
    if DAY.fullmatch(words):
        try:
            return f"{datetime.strptime(words, '%d %B %Y'):%Y-%m-%d}"
        except ValueError:
            return words
    return "" if words in ("–", "day unknown") else words
