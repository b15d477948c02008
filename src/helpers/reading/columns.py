"""Read tables and YAML strictly: rows of CSV, JSON and Parquet, and which column holds which field of an article."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from .. import InputError
from ..language.dates import parse
from ..language.words import lists, stands
from .plain import FORM, composed, unmarked

DATA = Path(__file__).parent / "data"
FIELDS = lists(DATA / "columns.txt")  # the names under which exports keep each field, the most telling first
CONTAINERS = re.compile(rf"(?:{'|'.join(FIELDS.pop('containers'))})\.")
NOTHING = {"", "none", "null", "nan", "nat", "n/a", "<na>", "\\n"}
HEADER = re.compile(r"[*_]{0,2}([A-Za-z][A-Za-z _-]{1,24}?)[*_]{0,2}[ \t]*:[*_]{0,2}(?!//)[ \t]*(.{0,300})")
WRAPPERS = ("articles", "response", "docs", "results", "posts", "data", "stories", "items", "entries", "hits", "@graph")
TEXTUAL = ("rendered", "value", "text", "html", "content", "raw")  # where an object keeps its text


def _folded(name: str) -> str:
    """The name of a column in small letters and digits alone: `pub_date`, `Pub. Date` and `pubDate` are one."""
    return re.sub(r"[\W_]+", "", CONTAINERS.sub("", name)).lower()


OTHERS = set(map(_folded, FIELDS.pop("others")))  # what the header of an article may say besides
KNOWN = {field: [[_folded(part) for part in name.split("+")] for name in names] for field, names in FIELDS.items()}


@lru_cache(100)
def _likely(names: tuple[str, ...]) -> dict[str, list[list[str]]]:
    """The columns of each name that may hold each field, the likeliest first; some fields are parted over several."""
    folded = {_folded(name): name for name in reversed(names)}
    return {
        field: [[folded[part] for part in parts if part in folded] for parts in likely if set(parts) & set(folded)]
        for field, likely in KNOWN.items()
    }


def field_columns(names: list[str], columns: dict[str, str] | None = None) -> dict[str, str]:
    """Which of these columns holds which field; `columns` comes first, then the names that exports use.

    >>> field_columns(["Date", "maintext", "source_domain"])
    {'outlet': 'source_domain', 'published': 'Date', 'text': 'maintext'}
    """
    if wrong := set(columns or {}) - set(FIELDS):
        raise InputError(f"columns: no field '{sorted(wrong)[0]}'; there are {', '.join(FIELDS)}")
    known = {field: likely[0][0] for field, likely in _likely(tuple(names)).items() if likely}
    return {field: (known | (columns or {}))[field] for field in FIELDS if field in known or (columns or {}).get(field)}


def fields(row: dict, columns: dict[str, str] | None = None) -> dict[str, str]:
    """The fields of an article that a row holds, each from its likeliest column that says something.

    All but the text are without tags.
    """
    field_columns([], columns)
    given = {field: [[name]] for field, name in (columns or {}).items() if name}
    texts = {}
    for field, likely in (_likely(tuple(key for key in row if isinstance(key, str))) | given).items():
        for parts in likely:
            cells = [_cell_text(row.get(name), every=field == "text") for name in parts]
            if text := "\n".join(cell for cell in cells if cell[:5].lower() not in NOTHING):
                texts[field] = text if field == "text" else unmarked(FORM["hiding"].sub("", text))
                break
    outlet = texts.get("outlet", "")
    if outlet.startswith(("http://", "https://")):
        texts.setdefault("url", outlet)
        outlet = host(outlet)
    texts["outlet"] = outlet.removeprefix("www.")
    return {field: text for field, text in texts.items() if text}


def host(address: str) -> str:
    """The site of a web address without www; "" for what is none."""
    with suppress(ValueError):
        return (urlsplit(address).hostname or "").removeprefix("www.") if "/" in address else ""
    return ""


def flat(key: object, value: object) -> Iterator[tuple[str, object]]:
    """A cell, or the cells of an object inside it: {"source": {"name": "EFE"}} is source.name."""
    yield str(key), value
    if isinstance(value, dict):
        yield from ((f"{key}.{inner}", part) for inner, part in value.items())


def _cell_text(value: object, *, every: bool) -> str:
    """A cell as text; of a list the first, or `every` one a paragraph, and of an object what is named as its text."""
    if isinstance(value, dict) and every:
        value = next((value[name] for name in TEXTUAL if name in value), list(value.values()))
    if isinstance(value, list):
        parts = [_cell_text(part, every=every) for part in value]
        return "\n".join(parts) if every else next(iter(parts), "")
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    # Half of a letter, as "\\ud800" in JSON, fits no table.
    text = "" if isinstance(value, dict) or value is None else str(value).strip()
    return composed(text.encode("utf-8", "replace").decode())


def front_matter(text: str) -> tuple[dict[str, str], int]:
    """Read the YAML front matter or the `Key: value` lines on top of a text: its fields, and how many lines they take.

    Two lines at least must be keys that are known, or they are text; either may say nothing.

    >>> front_matter("Title: Snow\\nDate: 2024-01-09\\n\\nIt fell.")
    ({'published': '2024-01-09', 'title': 'Snow'}, 2)
    """
    top = text[:400].lstrip("\ufeff \t\r\n")
    if not (top.startswith("---") or HEADER.match(top)):
        return {}, 0
    lines = text[:40_000].splitlines()[:200]
    if marked := lines[0].strip("\ufeff \t") == "---":
        last = next((n for n, line in enumerate(lines) if n and line.strip() in ("---", "...")), 0) + 1
        texts = fields(_plain_yaml("\n".join(lines[1 : last - 1])))
    else:
        pairs, last = _header(lines)
        texts = fields(pairs)
        # Prose may have the shape of a header, but no day or address that is one, and no blank line below.
        blank = bool(lines[last:]) and not lines[last].strip()
        sure = blank or parse(texts.get("published", "")) or "://" in texts.get("url", "")
        told = {field for field in ("outlet", "published", "title", "url") if _likely(tuple(pairs))[field]}
        last = last if sure and len(told) >= (2 if told & set(texts) else 3) else 0
    texts = {field: value for field, value in texts.items() if field not in ("doc", "text")}
    return (texts, last) if last and (texts or not marked) else ({}, 0)


def _header(lines: list[str]) -> tuple[dict[str, str], int]:
    """The keys and values of the lines on top that have the shape of a header, and how many lines they are."""
    pairs: dict[str, str] = {}
    last = end = 0
    for n, line in enumerate(lines):
        pair = HEADER.fullmatch(line.strip("\ufeff \t"))
        if not line.strip() and n <= end + 1:
            continue
        key, value = pair.groups() if pair else ("", "")
        fits = {field for field, likely in _likely((key,)).items() if likely}
        known = fits or _folded(key) in OTHERS
        # The text may begin behind its own key; a turn of speech or a heading has the shape of a header, too.
        speech = FORM["stop"].search(value) and (not known or n > end)
        if not pair or speech or (value and "text" in fits) or (0 < end < n and not fits):
            break
        pairs[key] = pairs.get(key) or value
        end = n + 1
        last = end if known or (value and len(value.split()) < 3) else last
    return pairs, last


def _plain_yaml(text: str) -> dict:
    """What an article's own YAML says, of which nobody here can mend a mistake: a broken one is read line by line."""
    import yaml

    try:
        # The base loader makes nothing but text, lists and mappings, whatever tags say.
        found = yaml.load(text, Loader=yaml.BaseLoader)
    except Exception:  # as in read_yaml
        pairs = (line.groups() for line in map(HEADER.fullmatch, text.splitlines()) if line)
        found = {key: value.strip("\"' ") for key, value in pairs}
    # An alias may stand for itself or for a million: nothing is read but texts and lists of them.
    flat = found.items() if isinstance(found, dict) else ()
    return {key: cell for key, cell in flat if {*map(type, cell if isinstance(cell, list) else [cell])} <= {str}}


def read_yaml(path: Path, cure: str = "see that it can be opened") -> Any:
    """What a YAML file that a user wrote says; a key that stands twice is an error, not a choice of the last.

    Raises InputError for a file that is no YAML, or cannot be opened, with the `cure` for that.
    """
    import yaml

    # The fast loader ends Python itself where a text is nested deep, so nobody else's is given to it.
    fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class _Strict(fast if path.parent == DATA else yaml.SafeLoader):
        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
            """As YAML does, and no key twice."""
            keys = Counter(key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode))
            if "<<" in keys:  # what it merges may merge as much in turn, and that for ever
                raise yaml.YAMLError("'<<' is not read: write out what it stands for")
            if twice := [key for key, times in keys.items() if times > 1]:
                part = f"the part that begins in line {node.start_mark.line + 1}"
                raise yaml.YAMLError(f"'{twice[0]}' stands twice in {part}")
            return super().construct_mapping(node, deep)

    try:
        return yaml.load(path.read_text(encoding="utf-8-sig"), _Strict)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; {cure}") from None
    except Exception as error:  # what YAML raises on hostile text no list of classes holds
        raise InputError(f"{path}: not readable as YAML: {' '.join(str(error).split())}") from None


def column_map(path: Path) -> dict[str, str]:
    """The columns of a table by field, from a file of `field: column`; {} where there is no such file."""
    columns = read_yaml(path) if stands(path) else {}
    if not isinstance(columns, dict) or not all(isinstance(name, str) for name in columns.values()):
        raise InputError(f"{path}: write one line a field, such as text: Body")
    return columns


def csv_header(text: str) -> list[str]:
    """The names of the columns of a table of cells."""
    return [name.strip("\ufeff ") for name in next(filter(None, _records(text)), [])]


def csv_rows(text: str) -> Iterator[dict | str]:
    """The rows of a table of cells; a string instead of a row says what is wrong with it."""
    waiting: list[str] = []
    try:
        records = _records(text)
        header = next(filter(None, records), [])
        names = [name.strip("\ufeff ") for name in header]
        if twice := next((name for name, times in Counter(names).items() if name and times > 1), ""):
            yield f"two columns are called '{twice}', and the last one counts: rename one"
        for row in records:
            if waiting:
                yield _row(names, waiting)
            waiting = row if any(row) and row not in (names, header) else []
    except csv.Error as error:
        yield f"cannot be read ({error}): quote the text"
    # A quotation mark that nobody closed takes all that follows into one cell of the last row.
    if waiting and text.count('"') % 2 and "\n" in waiting[-1]:
        yield f"a quotation mark before '{waiting[-1].split(chr(10))[0][:40]}' is never closed: close it"
    elif waiting:
        yield _row(names, waiting)


def _records(text: str) -> Iterator[list[str]]:
    """The records of a table of cells, without the line that tells Excel its separator."""
    csv.field_size_limit(2**31 - 1)
    told = re.match(r"\ufeff?sep=([^\r\n]?)[^\n]*\n", text[:20], re.IGNORECASE)
    text = text[told.end() :] if told else text
    first = next((line for line in text[:1_000_000].splitlines() if line.strip()), "")
    usual = max(",;\t|", key=re.sub(r'"[^"]*"', "", first).count)
    how: dict[str, Any] = {"delimiter": (told and told[1]) or usual, "skipinitialspace": True}
    escaped = bool(FORM["escaped"].search(text))
    if escaped:
        whole = re.sub(r'\\(["\\]|\r?\n)', lambda mark: '""' if mark[1] == '"' else mark[1], text)
        escaped = _share(whole, how) >= _share(text, how)
        text = whole if escaped else text
    if how["delimiter"] in "\t|" and not ('"' in text and _is_quoted(text, how)):
        escaped, how = True, how | {"quoting": csv.QUOTE_NONE}
    records = csv.reader(io.StringIO(text, newline=""), **how)
    if (escaped or FORM["ended"].search(text)) and "\\n" in text and ":\\" not in text:
        return ([cell if cell == "\\n" else re.sub(r"(?:\\r)?\\n", "\n", cell) for cell in row] for row in records)
    return records


def _share(text: str, how: dict[str, Any]) -> float:
    """The share of records as wide as the header, in a table read as strictly as that; 0 where it can not be."""
    try:
        widths = [len(row) for row in csv.reader(io.StringIO(text, newline=""), strict=True, **how) if row]
    except csv.Error:
        return 0.0
    return widths.count(widths[0]) / len(widths) if widths else 0.0


def _is_quoted(text: str, how: dict[str, Any]) -> bool:
    """Whether the quotation marks of a table enclose its cells, or belong to what the cells say."""
    plain = how | {"quoting": csv.QUOTE_NONE}
    quoted, unquoted = _share(text, how), _share(text, plain)
    if quoted != unquoted or not quoted:
        return quoted > unquoted
    rows = list(filter(None, csv.reader(io.StringIO(text, newline=""), **plain)))
    cells = [cell for row in rows for cell in row]
    opened, bare = ([cell for cell in cells if (cell[:1] == '"') == mark] for mark in (True, False))
    # Programs enclose all cells of a kind, or only those that hold a mark; Excel also those with a comma.
    columns = zip(*rows[1:], strict=False) if len(rows) > 3 else ()
    whole = any(all(cell[:1] == '"' for cell in column) for column in columns)
    commas = all("," in cell for cell in opened) and not any("," in cell for cell in bare)
    doubled = any('""' in cell[1:-1] for cell in opened)
    return not any('"' in cell for cell in bare) and (whole or commas or doubled or rows[0][0][:1] == '"')


def _row(names: list[str], row: list[str]) -> dict | str:
    if len(row) > len(names):
        return f"{len(row)} cells where the header has {len(names)}: put the text in quotation marks"
    return dict(zip(names, row, strict=False))


def json_lines(text: str) -> Iterator[dict | str]:
    """The objects of a file with one JSON object a line; another line is a string that says so."""
    for line in filter(str.strip, text.split("\n")):
        try:
            yield _object(json.loads(line))
        except (ValueError, RecursionError) as error:
            yield f"no JSON ({str(error)[:80]}): mend or delete the line"


def json_rows(text: str) -> Iterator[dict | str]:
    """The articles of a JSON file: an object, a list, or a list under a name that interfaces use."""
    try:
        rows = json.loads(text)
    except ValueError as error:
        first = text.lstrip().partition("\n")[0].rstrip()
        if first.startswith("{") and first.endswith("}"):
            yield from json_lines(text)
        else:
            yield f"no JSON ({str(error)[:80]}): save it anew"
        return
    while isinstance(rows, dict) and "text" not in field_columns(list(rows)) and set(WRAPPERS) & set(rows):
        rows = next(rows[name] for name in WRAPPERS if name in rows)
    yield from map(_object, _by_row(rows) if isinstance(rows, dict) else rows if isinstance(rows, list) else [rows])


def _by_row(table: dict) -> list[object]:
    """The articles of an object: itself, or what its columns, as pandas writes them, or its keys hold."""
    if "text" in field_columns(list(table)):
        held = [cell for cell in table.values() if isinstance(cell, dict | list)]
        cells = [list(cell.values() if isinstance(cell, dict) else cell) for cell in held]
        even = 1 < len(table) == len(cells) and len({*map(len, cells)}) == 1
        return [dict(zip(table, row, strict=True)) for row in zip(*cells, strict=True)] if even else [table]
    rows = [{"doc": key} | row for key, row in table.items() if isinstance(row, dict)]
    return rows if len(rows) == len(table) and any("text" in field_columns(list(row)) for row in rows) else [table]


def _object(row: object) -> dict | str:
    row = row.get("_source", row) if isinstance(row, dict) else row
    return row if isinstance(row, dict) else "no JSON object: write one for each article"


def parquet_rows(data: bytes, most: int) -> Iterator[dict]:
    """The rows of a Parquet file; ValueError for what is none, or holds more bytes than `most`."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        for batch in pq.ParquetFile(pa.BufferReader(data)).iter_batches(50):
            most -= batch.nbytes
            if most < 0:
                raise ValueError("unpacks to far more than its size: save it anew if you trust it")
            yield from batch.to_pylist()
    except pa.ArrowException as error:
        raise ValueError(f"no Parquet file ({str(error).splitlines()[0][:100]}): save it anew") from None


ROWS = {".csv": csv_rows, ".tsv": csv_rows, ".jsonl": json_lines, ".ndjson": json_lines, ".json": json_rows}
