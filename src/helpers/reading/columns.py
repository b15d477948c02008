"""From a table of articles, as the tools of the field export it, to rows that say which column holds what."""

import csv
import io
import json
import re
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from urllib.parse import urlsplit

from .. import InputError
from ..language.dates import parse

# The names under which exports keep what an article says of itself, the most telling first: news-please, Media Cloud,
# CC-News, newspaper, trafilatura, NewsAPI, Event Registry, Webz, Guardian, LexisNexis, ProQuest, Factiva.
FIELDS = {
    "doc": "doc proquest_document_id stories_id news_id article_id story_id doc_id document_id uuid guid filename id "
    "uri",
    "outlet": "outlet media_name source_name source_title source_hostname meta_site_name site_name sitename "
    "og_site_name publication_title publication_name newspaper publication publisher thread_site_title thread_site "
    "source_domain domain hostname site medium origin source",
    "published": "published date_publish publish_date date_published published_date publishing_date publication_date "
    "publication_datetime webpublicationdate datetimepub published_at publishedat thread_published pub_date pubdate "
    "datetimestamp datetime timestamp date day",
    "title": "title headline_main webtitle article_title headline heading hd thread_title title_rss",
    "url": "url web_url weburl article_url canonical_url canonical_link link permalink address",
    "text": "maintext main_text article_text story_text full_text fulltext cleaned_text plain_text plaintext bodytext "
    "fields_bodytext body_text text raw_text content article body",
}
NOTHING = {"", "none", "null", "nan", "nat", "n/a", "<na>"}
HEADER = re.compile(r"([A-Za-z][A-Za-z _-]{1,24}):[ \t]+(\S.{0,300})")
WRAPPERS = ("articles", "response", "docs", "results", "posts", "data", "stories")


def fields(names: list[str], columns: dict[str, str] | None = None) -> dict[str, str]:
    """Which of these columns holds which field; `columns` comes first, then the names that exports use.

    >>> fields(["Date", "maintext", "source_domain"])
    {'outlet': 'source_domain', 'published': 'Date', 'text': 'maintext'}
    """
    if wrong := set(columns or {}) - set(FIELDS):
        raise InputError(f"columns: no field '{sorted(wrong)[0]}'; there are {', '.join(FIELDS)}")
    folded = {re.sub(r"[ ./-]+", "_", name.strip("\ufeff \t").lower()): name for name in reversed(names)}
    found = {}
    for field, known in FIELDS.items():
        if columns and field in columns:
            found[field] = columns[field]
        elif here := next((folded[name] for name in known.split() if name in folded), ""):
            found[field] = here
    return found


def host(address: str) -> str:
    """The site of a web address without www; "" for what is none."""
    if "/" not in address:
        return ""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def said(row: dict, columns: dict[str, str] | None = None) -> dict[str, str]:
    """What a row says by field, as text; cells that say nothing are left out."""
    found = {}
    for field, name in fields([key for key in row if isinstance(key, str)], columns).items():
        value = _written(row.get(name), every=field == "text")
        if value[:5].lower() not in NOTHING:
            found[field] = value
    if found.get("outlet", "").startswith(("http://", "https://")):
        found.setdefault("url", found["outlet"])
        found["outlet"] = host(found["outlet"])
    if "." in found.get("outlet", ""):
        found["outlet"] = found["outlet"].removeprefix("www.")
    return {field: value for field, value in found.items() if value}


def _written(value: object, *, every: bool) -> str:
    """A cell as text; of a list the first, or `every` one a paragraph."""
    if isinstance(value, list):
        parts = [_written(part, every=every) for part in value]
        return "\n".join(parts) if every else next(iter(parts), "")
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    # Half of a letter, as "\\ud800" in JSON, fits no table.
    return "" if isinstance(value, dict) or value is None else str(value).strip().encode("utf-8", "replace").decode()


def front(text: str) -> tuple[dict[str, str], int]:
    """What a text says of itself in YAML front matter or in `Key: value` lines on top, and how many lines that takes.

    Two lines at least must be keys that are known, or they are text.

    >>> front("Title: Snow\\nDate: 2024-01-09\\n\\nIt fell.")
    ({'published': '2024-01-09', 'title': 'Snow'}, 2)
    """
    if not (text.startswith("---") or HEADER.match(text.lstrip("\ufeff \t")[:400])):
        return {}, 0
    lines = text[:40_000].splitlines()[:200]
    if lines and lines[0].strip() == "---":
        last = next((n for n, line in enumerate(lines) if n and line.strip() in ("---", "...")), 0)
        found = said(_yaml("\n".join(lines[1:last]))) if last else {}
        last += 1
    else:
        pairs = takewhile(bool, (HEADER.fullmatch(line.strip()) for line in lines))
        keys = [pair.groups() for pair in pairs]
        found, last = said(dict(keys)) if keys else {}, len(keys)
        # Prose may have the shape of a header, but no day or address that is one, and no blank line below.
        blank = bool(lines[last:]) and not lines[last].strip()
        sure = blank or parse(found.get("published", "")) or "://" in found.get("url", "")
        last = last if sure and len(set(found) & {"outlet", "published", "title", "url"}) >= 2 else 0
    found = {field: value for field, value in found.items() if field not in ("doc", "text")}
    return (found, last) if found and last else ({}, 0)


def _yaml(text: str) -> dict:
    import yaml

    try:
        # The base loader makes nothing but text, lists and mappings, whatever tags say.
        found = yaml.load(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        found = dict(line.groups() for line in map(HEADER.fullmatch, text.splitlines()) if line)
    return found if isinstance(found, dict) else {}


def columns(path: Path) -> dict[str, str]:
    """The columns of a table by field, from a file of `field: column`."""
    if not path.is_file():
        return {}
    import yaml

    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (ValueError, OSError, RecursionError, yaml.YAMLError) as error:
        raise InputError(f"{path}: not readable as YAML ({' '.join(str(error).split())[:100]})") from None
    if not isinstance(found, dict) or not all(isinstance(name, str) for name in found.values()):
        raise InputError(f"{path}: write one line a field, such as text: Body")
    return found


def flat(key: object, value: object) -> Iterator[tuple[str, object]]:
    """A cell, or the cells of an object inside it: {"source": {"name": "EFE"}} is source.name."""
    yield str(key), value
    if isinstance(value, dict):
        yield from ((f"{key}.{inner}", held) for inner, held in value.items())


def header(text: str) -> list[str]:
    """The names of the columns of a table of cells."""
    text = _without_sep(text)
    first = text[: text.find("\n") + 1] or text
    return [name.strip("\ufeff ") for name in next(_reader(first, first), [])]


def _without_sep(text: str) -> str:
    """A table without the line that tells Excel its separator."""
    return text.partition("\n")[2] if text[:20].lower().lstrip("\ufeff").startswith("sep=") else text


def _reader(text: str, first: str) -> Iterator[list[str]]:
    csv.field_size_limit(2**31 - 1)
    delimiter = max(",;\t|", key=first.count)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)


def cells(text: str) -> Iterator[dict | str]:
    """The rows of a table of cells; a string instead of a row says what is wrong with it."""
    text = _without_sep(text)
    reader = _reader(text, text[: text.find("\n") + 1] or text)
    names: list[str] = []
    waiting: list[str] = []
    while True:
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            yield f"cannot be read ({error}): quote the text"
            break
        if not names:
            names = [name.strip("\ufeff ") for name in row]
            if twice := next((name for name in names if name and names.count(name) > 1), ""):
                yield f"two columns are called '{twice}', and the last one counts: rename one"
        else:
            if waiting:
                yield _row(names, waiting)
            waiting = row if any(row) and row != names else []
    # A quotation mark that nobody closed takes all that follows into one cell of the last row.
    if waiting and text.count('"') % 2 and "\n" in waiting[-1]:
        yield f"a quotation mark before '{waiting[-1].split(chr(10))[0][:40]}' is never closed: close it"
    elif waiting:
        yield _row(names, waiting)


def _row(names: list[str], row: list[str]) -> dict | str:
    if len(row) > len(names):
        return f"{len(row)} cells where the header has {len(names)}: put the text in quotation marks"
    return dict(zip(names, row, strict=False))


def lines(text: str) -> Iterator[dict | str]:
    """The objects of a file with one JSON object a line; another line is a string that says so."""
    for line in text.split("\n"):
        if line.strip():
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield f"no JSON ({str(error)[:80]}): mend or delete the line"
            else:
                yield row if isinstance(row, dict) else "no JSON object: write one for each article"


def objects(text: str) -> Iterator[dict | str]:
    """The articles of a JSON file: an object, a list, or a list under a name that interfaces use."""
    try:
        found = json.loads(text)
    except ValueError as error:
        first = text.lstrip().partition("\n")[0].rstrip()
        if first.startswith("{") and first.endswith("}"):
            yield from lines(text)
        else:
            yield f"no JSON ({str(error)[:80]}): save it anew"
        return
    while isinstance(found, dict) and "text" not in fields(list(found)) and (inner := set(WRAPPERS) & set(found)):
        found = found[sorted(inner, key=WRAPPERS.index)[0]]
    for row in found if isinstance(found, list) else [found]:
        yield row if isinstance(row, dict) else "no JSON object: write one for each article"


def parquet(data: bytes, most: int) -> Iterator[dict]:
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


READERS = {".csv": cells, ".tsv": cells, ".jsonl": lines, ".ndjson": lines, ".json": objects}
