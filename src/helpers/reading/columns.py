"""Read tables and YAML strictly: rows of CSV, JSON and Parquet, and which column holds which field of an article."""

import csv
import io
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import takewhile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from .. import InputError
from ..language.dates import parse
from ..language.words import lists

DATA = Path(__file__).parent / "data"
FIELDS = lists(DATA / "columns.txt")  # the names under which exports keep each field, the most telling first
NOTHING = {"", "none", "null", "nan", "nat", "n/a", "<na>"}
HEADER = re.compile(r"([A-Za-z][A-Za-z _-]{1,24}):[ \t]+(\S.{0,300})")
WRAPPERS = ("articles", "response", "docs", "results", "posts", "data", "stories")


def field_columns(names: list[str], columns: dict[str, str] | None = None) -> dict[str, str]:
    """Which of these columns holds which field; `columns` comes first, then the names that exports use.

    >>> field_columns(["Date", "maintext", "source_domain"])
    {'outlet': 'source_domain', 'published': 'Date', 'text': 'maintext'}
    """
    if wrong := set(columns or {}) - set(FIELDS):
        raise InputError(f"columns: no field '{sorted(wrong)[0]}'; there are {', '.join(FIELDS)}")
    folded = {re.sub(r"[ ./-]+|_", " ", name.strip("\ufeff \t").lower()): name for name in reversed(names)}
    known = {field: next((folded[name] for name in likely if name in folded), "") for field, likely in FIELDS.items()}
    return {field: name for field, name in (known | (columns or {})).items() if name}


def fields(row: dict, columns: dict[str, str] | None = None) -> dict[str, str]:
    """The fields of an article that a row holds, as text; cells that say nothing are left out."""
    texts = {}
    for field, name in field_columns([key for key in row if isinstance(key, str)], columns).items():
        text = _cell_text(row.get(name), every=field == "text")
        if text[:5].lower() not in NOTHING:
            texts[field] = text
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
    """A cell as text; of a list the first, or `every` one a paragraph."""
    if isinstance(value, list):
        parts = [_cell_text(part, every=every) for part in value]
        return "\n".join(parts) if every else next(iter(parts), "")
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    # Half of a letter, as "\\ud800" in JSON, fits no table.
    return "" if isinstance(value, dict) or value is None else str(value).strip().encode("utf-8", "replace").decode()


def front_matter(text: str) -> tuple[dict[str, str], int]:
    """Read the YAML front matter or the `Key: value` lines on top of a text: its fields, and how many lines they take.

    Two lines at least must be keys that are known, or they are text.

    >>> front_matter("Title: Snow\\nDate: 2024-01-09\\n\\nIt fell.")
    ({'published': '2024-01-09', 'title': 'Snow'}, 2)
    """
    if not (text.startswith("---") or HEADER.match(text.lstrip("\ufeff \t")[:400])):
        return {}, 0
    lines = text[:40_000].splitlines()[:200]
    if lines[0].strip() == "---":
        last = next((n for n, line in enumerate(lines) if n and line.strip() in ("---", "...")), 0) + 1
        texts = fields(_plain_yaml("\n".join(lines[1 : last - 1])))
    else:
        pairs = [pair.groups() for pair in takewhile(bool, (HEADER.fullmatch(line.strip()) for line in lines))]
        texts, last = fields(dict(pairs)), len(pairs)
        # Prose may have the shape of a header, but no day or address that is one, and no blank line below.
        blank = bool(lines[last:]) and not lines[last].strip()
        sure = blank or parse(texts.get("published", "")) or "://" in texts.get("url", "")
        last = last if sure and len(set(texts) & {"outlet", "published", "title", "url"}) >= 2 else 0
    texts = {field: value for field, value in texts.items() if field not in ("doc", "text")}
    return (texts, last) if texts and last else ({}, 0)


def _plain_yaml(text: str) -> dict:
    """What an article's own YAML says, of which nobody here can mend a mistake: a broken one is read line by line."""
    import yaml

    try:
        # The base loader makes nothing but text, lists and mappings, whatever tags say.
        found = yaml.load(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        found = dict(line.groups() for line in map(HEADER.fullmatch, text.splitlines()) if line)
    return found if isinstance(found, dict) else {}


def read_yaml(path: Path, cure: str = "see that it can be opened") -> Any:
    """What a YAML file that a user wrote says; a key that stands twice is an error, not a choice of the last.

    Raises InputError for a file that is no YAML, or cannot be opened, with the `cure` for that.
    """
    import yaml

    class _Strict(yaml.SafeLoader):
        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
            """As YAML does, and no key twice."""
            keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
            if twice := [key for key in keys if keys.count(key) > 1]:
                part = f"the part that begins in line {node.start_mark.line + 1}"
                raise yaml.YAMLError(f"'{twice[0]}' stands twice in {part}")
            return super().construct_mapping(node, deep)

    try:
        return yaml.load(path.read_text(encoding="utf-8-sig"), _Strict)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; {cure}") from None
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise InputError(f"{path}: not readable as YAML: {' '.join(str(error).split())}") from None


def column_map(path: Path) -> dict[str, str]:
    """The columns of a table by field, from a file of `field: column`; {} where there is no such file."""
    columns = read_yaml(path) if path.is_file() else {}
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
        names, records = csv_header(text), _records(text)
        if twice := next((name for name in names if name and names.count(name) > 1), ""):
            yield f"two columns are called '{twice}', and the last one counts: rename one"
        next(filter(None, records), None)
        for row in records:
            if waiting:
                yield _row(names, waiting)
            waiting = row if any(row) and row != names else []
    except csv.Error as error:
        yield f"cannot be read ({error}): quote the text"
    # A quotation mark that nobody closed takes all that follows into one cell of the last row.
    if waiting and text.count('"') % 2 and "\n" in waiting[-1]:
        yield f"a quotation mark before '{waiting[-1].split(chr(10))[0][:40]}' is never closed: close it"
    elif waiting:
        yield _row(names, waiting)


def _records(text: str) -> Iterator[list[str]]:
    """The records of a table of cells, without the line that tells Excel its separator."""
    if text[:20].lower().lstrip("\ufeff").startswith("sep="):
        text = text.partition("\n")[2]
    csv.field_size_limit(2**31 - 1)
    delimiter = max(",;\t|", key=(text[: text.find("\n") + 1] or text).count)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)


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
    yield from map(_object, rows if isinstance(rows, list) else [rows])


def _object(row: object) -> dict | str:
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
