"""The workbook of a report read back cell by cell, and the codebook of all its columns."""

import csv
import re
import xml.etree.ElementTree as ET
import zipfile
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pandas as pd
import pytest
from support import ROOT

from helpers.report import cite, plan, workbook
from helpers.show import html

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# A table that the bundled corpus has no row for.
SELDOM = {f"{one}s-by-outlet": f"outlet {one} articles here others low high p".split() for one in ("word", "topic")}
SELDOM["joined"] = "name kind written reason articles".split()


class Read(NamedTuple):
    """A sheet of a workbook: its rows, the links and what is done with it."""

    rows: list[list]
    links: list[str]
    xml: str


def place(cell):
    """Row and column of a cell such as B12."""
    letters, number = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - 64
    return int(number) - 1, column - 1


def read(path):
    """The sheets of a workbook by name; a cell is None, text, a number, or a day where it is shown as one."""
    with zipfile.ZipFile(path) as packed:
        names = [sheet.get("name") for sheet in ET.fromstring(packed.read("xl/workbook.xml")).iter(f"{MAIN}sheet")]
        styles = ET.fromstring(packed.read("xl/styles.xml"))
        days = {form.get("numFmtId") for form in styles.iter(f"{MAIN}numFmt") if form.get("formatCode") == "yyyy-mm-dd"}
        dated = [style.get("numFmtId") in days for style in styles.find(f"{MAIN}cellXfs")]
        return {
            name: sheet(packed.read(f"xl/worksheets/sheet{number}.xml").decode(), dated)
            for number, name in enumerate(names, 1)
        }


def sheet(xml, dated):
    root, rows = ET.fromstring(xml), []
    for cell in root.iter(f"{MAIN}c"):
        row, column = place(cell.get("r"))
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row] += [None] * (column + 1 - len(rows[row]))
        if cell.get("t") == "inlineStr":
            rows[row][column] = "".join(cell.itertext())
        else:
            number = float(cell.find(f"{MAIN}v").text)
            shown = dated[int(cell.get("s", 0))]
            rows[row][column] = date(1899, 12, 30) + timedelta(days=number) if shown else number
    return Read(rows, [link.get("location") for link in root.iter(f"{MAIN}hyperlink")], xml)


def page(name, title, *, group=""):
    return plan.Page(ROOT / "notebooks" / f"{name}.ipynb", ROOT, name, title, {}, {}, group)


def written(folder, *tables, title="Report", left_out=(), sheets=()):
    """The workbook of a page with some tables (a name and a frame each), read back."""
    (folder / "downloads").mkdir(parents=True)
    settled = [told(page("one", "One"), tables, left_out), *sheets]
    report = plan.Report(title, "", folder / "corpus", [], [])
    book = workbook.write(cite.Source(report, "12ab"), settled, folder)
    return book, read(folder / book.href)


def told(page, tables, left_out=()):
    pieces = [html.table(frame, f"Of {name}", name=name).flat for name, frame in tables]
    pieces = [piece | {"file": {"href": f"downloads/{page.name}-{piece['name']}.csv"}} for piece in pieces]
    return SimpleNamespace(
        run=SimpleNamespace(page=page), at=f"{page.name}.html", tables=pieces, left_out=left_out, beside={}
    )


FORMULAS = [
    "=1+1",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "\t=1",
    '=HYPERLINK("http://a.example")',
    " =1",
]
TEXTS = [
    *[(text, text) for text in FORMULAS],
    ("https://attacker.example/a", "https://attacker.example/a"),
    ("internal:Contents!A1", "internal:Contents!A1"),
    ("mailto:a@b.example", "mailto:a@b.example"),
    ("007", "007"),
    ("1e5", "1e5"),
    ("True", "True"),
    ("<b>&amp;</b>", "<b>&amp;</b>"),
    ("_x0041_", "_x005F_x0041_"),  # as Excel writes that text: unescaped it would be an A
    ("a\x00b\x07c\x0bd\ufffee", "abcde"),
    ("a\u202eb", "ab"),
    ("one\ntwo", "one\ntwo"),
    ("\U0001f6a2" * 20_000, "\U0001f6a2" * 16_383),
    ("x" * 40_000, "x" * 32_767),
    ("  blanks  ", "  blanks  "),
]


@pytest.mark.parametrize(("given", "kept"), TEXTS, ids=[repr(given[:14]) for given, _ in TEXTS])
def test_text_stays_text_and_runs_nothing(given, kept, tmp_path):
    frame = pd.DataFrame({"name": ["Alpha", given], given[:40] or "x": [1.5, -2.0]})
    book, sheets = written(tmp_path, ("t", frame))
    assert sheets["One t"].rows[2][0] == kept
    assert sheets["One t"].rows[2][1] == -2.0
    names = zipfile.ZipFile(tmp_path / book.href).namelist()
    for each in sheets.values():
        assert "<f" not in each.xml and "r:id" not in each.xml
    assert not [name for name in names if "external" in name.lower() or name.startswith("xl/worksheets/_rels")]


NUMBERS = [
    (0.1, 0.1), (-3, -3.0), (1e-30, 1e-30), (float("nan"), None), (float("inf"), "inf"), (10**14, 1e14),
    (2**60, str(2**60)),
]  # fmt: skip


@pytest.mark.parametrize(("given", "kept"), NUMBERS)
def test_numbers_are_numbers_where_a_spreadsheet_holds_them(given, kept, tmp_path):
    _, sheets = written(tmp_path, ("t", pd.DataFrame({"a": [given], "z": ["end"]})))
    assert sheets["One t"].rows[1][0] == kept


DAYS = [
    (["2024-05-17", "1900-03-01"], [date(2024, 5, 17), date(1900, 3, 1)]),
    (["2024-05-17", "1871-01-18"], [date(2024, 5, 17), "1871-01-18"]),
    (["2024-05-17", ""], [date(2024, 5, 17), None]),
    (["2024-05-17", "May"], ["2024-05-17", "May"]),  # words of which one happens to look like a day
    (["2024-13-45", "2024-05-17"], ["2024-13-45", date(2024, 5, 17)]),
    (["2019", "2020"], ["2019", "2020"]),
]


@pytest.mark.parametrize(("given", "kept"), DAYS)
def test_days_are_days(given, kept, tmp_path):
    _, sheets = written(tmp_path, ("t", pd.DataFrame({"a": given, "z": ["end", "end"]})))
    assert [row[0] for row in sheets["One t"].rows[1:]] == kept


LONG = ["x" * 29 + " t", *("x" * 27 + f" t {n}" for n in range(2, 10)), "x" * 26 + " t 10"]
NAMES = [
    ([("Sentiment", "outlets")], ["Sentiment outlets"]),
    ([("Sentiment", "outlets"), ("SENTIMENT", "Outlets")], ["Sentiment outlets", "SENTIMENT Outlets 2"]),
    ([("[a]: b?*/\\'", "t")], ["a b t"]),
    ([("'quoted'", "'t'")], ["quoted t"]),
    ([("x" * 40, "topics-by-outlet")], ["x" * 14 + " topics-by-outlet"]),
    ([("x", "t" * 60)], ["x " + "t" * 22]),
    ([("x" * 31, "t")] * 10, LONG),
    ([("\U0001f6a2" * 20, "t")], ["\U0001f6a2" * 14 + " t"]),
    ([("?", "History"), ("*", "contents"), ("=1", "t")], ["History 2", "contents 2", "=1 t"]),
    ([("a\x00\nb", "t")], ["a b t"]),
]


@pytest.mark.parametrize(("given", "names"), NAMES)
def test_names_of_sheets(given, names):
    taken = {"contents", "codebook", "history"}
    assert [workbook.named(*each, taken) for each in given] == names
    assert all(len(name.encode("utf-16-le")) <= 62 for name in names)


def test_a_link_leads_to_a_sheet_whatever_it_is_called(tmp_path):
    frame = pd.DataFrame({"a": [1]})
    sheets = [told(page("two", title), [("t", frame)]) for title in ("O'Brien's #1 & <co>", "internal:x!A1", "Ünï")]
    book, found = written(tmp_path, ("t", frame), sheets=sheets)
    named = [f"'{name.replace(chr(39), chr(39) * 2)}'!A1" for name in [*found][2:]]
    assert found["Contents"].links == named and book.tables == len(named) == 4


@pytest.mark.parametrize(("alone", "swept", "held"), [(2, 251, 253), (2, 252, 2), (0, 254, 253), (260, 9, 253)])
def test_more_tables_than_a_workbook_takes(alone, swept, held, tmp_path):
    frame = pd.DataFrame({"a": [1]})
    sheets = [told(page(f"a{n}", f"A {n}"), [("t", frame)]) for n in range(alone - (alone > 0))]
    sheets += [told(page(f"s{n}", f"S {n}", group="By S"), [("t", frame)]) for n in range(swept)]
    one = [("t", frame)] * (alone > 0)
    book, found = written(tmp_path, *one, sheets=sheets)
    assert (book.tables, book.of) == (held, alone + swept) and len(found) == held + 2
    words = " ".join(str(row[0]) for row in found["Contents"].rows[:6] if row)
    assert (f"here are {held} of {alone + swept}" in words) == (held < alone + swept)
    assert ("s0.html" in book.pages) == (held > alone)


def test_a_sheet_has_no_more_rows_than_it_takes_and_no_column_that_is_left_out(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "ROWS", 20)
    frame = pd.DataFrame({"a": range(30), "text": ["secret"] * 30})
    _, sheets = written(tmp_path, ("t", frame), left_out=frozenset({"text"}))
    assert sheets["One t"].rows == [["a"], *([float(n)] for n in range(19))]
    assert not [each for each in sheets.values() if "secret" in each.xml]
    assert sheets["Contents"].rows[-1] == ["One t", "One", "Of t", 30.0, "one-t.csv"]


def test_a_lone_carriage_return_breaks_no_row_in_two(tmp_path):
    _, sheets = written(tmp_path, ("t", pd.DataFrame({"a": ["one\rtwo"], "b": [1]})))
    assert sheets["One t"].rows == [["a", "b"], ["one two", 1.0]]


def test_where_there_is_no_table_there_is_no_workbook(tmp_path):
    assert workbook.write(cite.Source(plan.Report("R", "", tmp_path, [], []), ""), [], tmp_path) is None


def test_two_runs_give_the_same_bytes_and_leave_nothing_behind(tmp_path):
    frame = pd.DataFrame({"a": [1.5], "b": ["=1"], "c": [pd.Timestamp("2024-05-17")]})
    both = [written(tmp_path / name, ("t", frame))[0].href for name in ("x", "y")]
    one, two = ((tmp_path / name / href).read_bytes() for name, href in zip("xy", both, strict=True))
    assert one == two
    assert [path.name for path in (tmp_path / "x").rglob("*") if path.is_file()] == ["report.xlsx"]


@pytest.fixture(scope="module")
def found(report):
    (path,) = report.folder.glob("downloads/*.xlsx")
    return read(path)


def files(report):
    """Every CSV of the report but those of sentences: its name and rows."""
    for path in sorted(report.folder.glob("downloads/*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            yield path, list(csv.reader(lines))


def test_every_table_of_the_report_is_a_sheet_with_the_same_cells(report, found):
    contents = [row for row in found["Contents"].rows if len(row) == 5][1:]
    assert [row[0] for row in contents] == [*found][2:]
    known = {path.name: rows for path, rows in files(report)}
    for name, _, caption, rows, file in contents:
        heads, *below = known.pop(file)
        assert caption and rows == len(below), file
        assert found[name].rows[0] == heads
        for got, row in zip(found[name].rows[1:], below, strict=True):
            for cell, text in zip([*got, *[None] * (len(row) - len(got))], row, strict=True):
                if isinstance(cell, float):
                    assert cell == float(text)
                else:
                    assert str("" if cell is None else cell) == re.sub(r"^'(?=\s*[=+\-@＝＋－＠\t])", "", text)
    # What is no table of a page is a file by itself.
    beside = {"npmi", "degree"}  # of all pairs tested, and of the nodes
    assert all(name.endswith("-sentences.csv") or beside & {*rows[0]} for name, rows in known.items()), list(known)


def test_a_reader_finds_the_heads_held_bold_and_with_a_filter(found):
    for name, each in found.items():
        assert 'state="frozen"' in each.xml and "<autoFilter" in each.xml, name
        widths = re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', each.xml)
        assert all(5 <= float(width) <= 75 for *_, width in widths), name
        assert sum(int(last) - int(first) + 1 for first, last, _ in widths) == max(map(len, each.rows)), name
        assert "<f>" not in each.xml


def test_the_front_page_and_each_page_with_a_table_offer_the_workbook(report, hostile):
    for folder in (report.folder, hostile.folder):
        (path,) = folder.glob("downloads/*.xlsx")
        for each in folder.glob("*.html"):
            text, offered = each.read_text("utf-8"), f'href="downloads/{path.name}"'
            assert (offered in text) == ('aria-label="CSV: ' in text or each.stem == "index"), each.name
        for each in read(path).values():
            assert "<f>" not in each.xml and "r:id" not in each.xml


def table_of(path):
    """The name of a table in the name of its CSV, on a page that is no part of a sweep."""
    return path.stem.partition("-")[2]


def test_the_codebook_tells_every_column_and_no_other(report):
    tables = [(table_of(path), rows[0]) for path, rows in files(report)] + [*SELDOM.items()]
    assert len(tables) > 40
    used = set()
    for table, columns in tables:
        for column in columns:
            places = [f"table {table}", *(f"beside {each}" for each in columns), ""]
            where = next((place for place in places if (column, place) in workbook.codebook()), None)
            assert where is not None and all(workbook.meaning(column, table, columns)), (
                f"codebook.csv says nothing of the column {column!r} of {table}: add a line "
                f"“{column},,what it means,its unit”, or “{column},table {table},…” where it means something else there"
            )
            used.add((column, where))
    assert not set(workbook.codebook()) - used, "no table has these any more: take their lines out of codebook.csv"


def test_the_codebook_is_in_order_and_plain():
    lines = workbook.CODEBOOK.read_text(encoding="utf-8").splitlines()
    assert lines[1:] == sorted(lines[1:], key=lambda line: line.split(",")[:2])
    for (column, where), (meaning, unit) in workbook.codebook().items():
        assert where == "" or re.fullmatch(r"(beside|table) [\w-]+", where), (column, where)
        assert meaning[0].isupper() or meaning.startswith("VADER"), meaning
        assert meaning.endswith(".") and unit and not unit.endswith("."), meaning


def test_the_codebook_sheet_has_the_heading_that_stands_on_the_page(report, found):
    heads = {}
    for path in report.folder.glob("0*.html"):
        heads[path.stem] = set(re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', path.read_text("utf-8")))
    sheets = {row[0]: Path(row[4]).stem.partition("-")[0] for row in found["Contents"].rows if len(row) == 5}
    rows = found["Codebook"].rows[1:]
    for name, column, heading, meaning, unit in (row for row in rows if row[0] in sheets):
        assert heading in heads[sheets[name]], (name, column)
        assert meaning != workbook.OWN and unit
    assert {(row[0], row[1]) for row in rows} >= {
        (name, head) for name, each in found.items() for head in each.rows[0] if name in sheets
    }
