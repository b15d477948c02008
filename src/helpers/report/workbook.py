"""All tables of a report as one workbook: a list of them first, what their columns mean, then a sheet for each."""

import csv
import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from functools import cache
from itertools import count, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..show.html import BIDI
from . import plan, safe

if TYPE_CHECKING:
    from xlsxwriter import Workbook

    from .cite import Source
    from .sheet import Piece, Sheet

CODEBOOK = Path(__file__).parent / "codebook.csv"
NAME, CELL, ROWS, SHEETS = 31, 32_767, 1_048_576, 255  # letters of a name and of a cell, rows, and sheets at most
WIDEST = 70  # letters that a column shows
MADE = datetime(1980, 1, 1)  # for every workbook, so that two runs give the same bytes
DAY, FIRST = re.compile(r"\d{4}-\d\d-\d\d"), "1900-03-01"  # from which on all programs count days alike
EXACT = 1e15  # whole numbers from which on a spreadsheet loses digits
PAIR = re.compile(r"\('.*', '.*'\)", re.DOTALL)  # the key of an interval
NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NOT_NAME = re.compile(r"[\[\]:*?/\\\s]+")
OPTIONS = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
CONTENTS = ("Sheet", "Page", "What it shows", "Rows", "The same as CSV")
EXPLAINED = ("Sheet or file", "Column", "Heading on the page", "Meaning", "Unit")
OWN = "A column of this page's own."


class Book(NamedTuple):
    """A workbook beside the pages: where it is, how many tables it has of how many, and of which pages."""

    href: str
    tables: int
    of: int
    pages: frozenset[str]


class _Table(NamedTuple):
    """A table on its sheet: the name of the sheet, the page, the piece and its rows, their heads first."""

    name: str
    page: str
    piece: "Piece"
    rows: list[list[str]]

    @property
    def labels(self) -> dict[str, str]:
        """The heading of each column on the page; that of an interval is of two columns."""
        spans = [1 + bool(PAIR.match(head.get("key", ""))) for head in self.piece["heads"]]
        labels = [head["label"] for head, span in zip(self.piece["heads"], spans, strict=True) for _ in range(span)]
        return dict(zip(safe.heads(self.piece["csv"]), labels, strict=False))

    @property
    def told(self) -> list[str]:
        """Its row of the contents."""
        caption, file = self.piece["caption"], Path(self.piece["file"]["href"]).name
        return [self.name, self.page, caption, str(len(self.rows) - 1), file]


def write(source: "Source", sheets: list["Sheet"], folder: Path) -> Book | None:
    """Write every table of the pages of a report into one workbook in downloads/; None where there is none.

    Of more than 253 tables those of pages outside sweeps. Text never becomes a formula, a link or a number; what a cell
    or a sheet cannot hold is cut.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    every = [(sheet, piece) for sheet in sheets for piece in sheet.tables]
    alone = [each for each in every if not each[0].run.page.group] or every
    chosen = (every if len(every) <= SHEETS - 2 else alone)[: SHEETS - 2]
    if not chosen:
        return None
    title, shown = source.report.title, frozenset(sheet.at for sheet, _ in chosen)
    book = Book(f"downloads/{plan.slug(title) or 'report'}.xlsx", len(chosen), len(every), shown)
    made = Workbook(str(folder / book.href), OPTIONS | {"tmpdir": str(folder)})
    made.set_properties({"created": MADE, "title": _text(title)})
    taken: set[str] = {"contents", "codebook", "history"}
    tables = []
    for sheet, piece in chosen:
        page, rows = sheet.run.page, safe.rows(piece["csv"], sheet.left_out)
        tables.append(_Table(named(page.title, piece["name"], taken), page.whole_title, piece, rows))
    contents = [CONTENTS, *(each.told for each in tables)]
    _sheet(made, "Contents", contents, {*CONTENTS} - {"Rows"}, [*_notes(source, book)], linked=True)
    beside = {name: heads for sheet in sheets for name, heads in sheet.beside.items()}
    _sheet(made, "Codebook", [EXPLAINED, *_explained(tables, beside)], EXPLAINED)
    for table in tables:
        _sheet(made, table.name, table.rows, {head["key"] for head in table.piece["heads"] if not head["number"]})
    try:
        made.close()
    except FileCreateError as error:
        raise error.args[0] from None
    return book


def named(page: str, table: str, taken: set[str]) -> str:
    """Take a name for a sheet that no other has, whatever its capitals, of page and table.

    >>> named("How it sounds: by week", "outlets", {"how it sounds by week outlets"})
    'How it sounds by week outlets 2'
    """
    page, table = (NOT_NAME.sub(" ", _text(words)).strip(" '") for words in (page, table))
    for number in count(1):
        end = _cut(f" {table}", NAME - 8) + (f" {number}" if number > 1 else "")
        name = f"{_cut(page, NAME - len(end.encode('utf-16-le')) // 2).strip()}{end}".strip(" '")
        if name.lower() not in taken:
            taken.add(name.lower())
            return name


def meaning(column: str, table: str, columns: Collection[str]) -> tuple[str, str]:
    """What a column of a table means, and its unit, by the codebook; "" twice where it does not say.

    What it says of a table counts before what it says of a column beside another, and that before what it says of all.

    >>> meaning("low", "outlets", ["share", "low", "high"])[0]
    'Lower end of the 95 % interval of the share (Wilson).'
    """
    places = [f"table {table}", *(f"beside {each}" for each in columns), ""]
    return next((codebook()[column, where] for where in places if (column, where) in codebook()), ("", ""))


@cache
def codebook() -> dict[tuple[str, str], tuple[str, str]]:
    """The meaning and the unit of columns: by column and where that holds ("table given", "beside voice", or "")."""
    with CODEBOOK.open(encoding="utf-8", newline="") as file:
        return {(row["column"], row["where"]): (row["meaning"], row["unit"]) for row in csv.DictReader(file)}


def _notes(source: "Source", book: Book) -> Iterator[str]:
    """What stands above the contents: what this is, and what it does not have."""
    yield from (source.report.title, source.cited().line, source.made_with)
    if book.tables < book.of:
        yield f"Too many tables for one workbook: here are {book.tables:,} of {book.of:,}. All are CSV files."
        yield "Left out are the tables of sweeps, or where there are no others, the last."
    yield "The sentences behind marks are not here: each page offers them as CSV files named …-sentences.csv."


def _explained(tables: list[_Table], beside: dict[str, list[str]]) -> Iterator[list[str]]:
    """What each column means, of every table and of the CSV files that are no table of a page."""
    known = [(each.name, each.piece["name"], each.rows[0], each.labels) for each in tables]
    for place, table, columns, labels in [*known, *((file, "", heads, {}) for file, heads in beside.items())]:
        for column in columns:
            told, unit = meaning(column, table, columns)
            yield [place, column, labels.get(column, ""), told or OWN, unit]


def _sheet(
    made: "Workbook", name: str, rows: Sequence[Sequence[str]], texts: Collection[str],
    notes: Sequence[str] = (), *, linked: bool = False,
) -> None:  # fmt: skip
    """One sheet with its heads bold and held, a filter, and columns wide enough; columns in `texts` hold no number."""
    looks = {"bold": True}, {"quote_prefix": True}, {"num_format": "yyyy-mm-dd"}
    sheet, (bold, inert, day) = made.add_worksheet(name), map(made.add_format, looks)
    top = len(notes) + bool(notes)
    heads, below = rows[0], [row[: len(rows[0])] for row in rows[1 : ROWS - top]]
    for at, words in enumerate(notes):
        sheet.write_string(at, 0, _text(words), None if at else bold)
    columns = list(zip_longest(*below, fillvalue=""))
    for place, head in enumerate(heads):
        sheet.write_string(top, place, _text(head), bold)
        sheet.set_column(place, place, min(WIDEST, max(map(len, (f"{head}   ", *columns[place])))) + 2)
    days = [all(DAY.fullmatch(cell) for cell in cells if cell) for cells in columns]
    for at, row in enumerate(below, top + 1):
        for place, cell in enumerate(row):
            if linked and not place:
                sheet.write_url(at, 0, "internal:'{}'!A1".format(cell.replace("'", "''")), string=cell)
            elif days[place] and (known := _day(cell)):
                sheet.write_datetime(at, place, known, day)
            elif heads[place] not in texts and (number := _number(cell)) is not None:
                sheet.write_number(at, place, number)
            elif cell:
                sheet.write_string(at, place, _text(cell), inert if safe.FORMULA.match(cell) else None)
    sheet.freeze_panes(top + 1, 0)
    if heads:
        sheet.autofilter(top, 0, top + len(below), len(heads) - 1)


def _day(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell) if cell >= FIRST else None
    except ValueError:
        return None


def _number(cell: str) -> float | None:
    """A number that a spreadsheet holds as it is."""
    number = float(cell) if safe.NUMBER.fullmatch(cell) else EXACT
    return number if abs(number) < EXACT else None


def _text(words: Any) -> str:
    """What a cell can hold of words."""
    return _cut(NOT_XML.sub("", BIDI.sub("", str(words))), CELL)


def _cut(words: str, units: int) -> str:
    """The beginning of words, in the letters that a spreadsheet counts."""
    return words if 2 * len(words) <= units else words.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")
