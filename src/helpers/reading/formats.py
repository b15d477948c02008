"""From a file of any kind to articles as they were written: text, page, table, archive, compressed or not."""

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import islice
from os.path import splitext
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from .. import InputError
from . import columns as exports
from . import files

TEXT, HTML = (".txt", ".md", ".markdown"), (".html", ".htm", ".xhtml")
TABLES = (".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet")
KINDS = (*TEXT, *HTML, *TABLES, ".zip")
COMPRESSED = (".gz", ".zst")
PAGE = 2_000_000  # bytes of one HTML page: what is larger is something else
OUTSIDE, PIECES = "outside the article", 4000  # a page has a few hundred pieces of text; more are counted, not listed
ROOMY, RATIO, ALL = 20_000_000, 100, 2_000_000_000  # bytes an archive may grow to: the first + ratio times its own size


class Article(NamedTuple):
    """One article as found: its key, the text as written, what it says of itself by field, who says so, what is out."""

    doc: str
    raw: str
    said: dict[str, str]
    how: str = ""
    out: tuple[tuple[int, str, str], ...] = ()


class Problem(NamedTuple):
    """Something that cannot be read: where, what stands there, and why, with what to do."""

    doc: str
    what: str
    why: str


Found = Iterator[Article | Problem]


def kind(name: str) -> str:
    """The ending that tells what a file is, below its compression; "" for what cannot be read."""
    # Paths are text here, because pathlib takes ten times as long and there is one of them for every article.
    base, ending = splitext(name.lower())
    ending = splitext(base)[1] if ending in COMPRESSED else ending
    return ending if ending in KINDS else ""


def stem(name: str) -> str:
    """A name without the endings that say what it is."""
    base, ending = splitext(name)
    while ending.lower() in KINDS or ending.lower() in COMPRESSED:
        name, (base, ending) = base, splitext(base)
    return name


def read(name: str, data: bytes, columns: dict[str, str] | None = None) -> Found:
    """The articles in a file of that name, and a Problem for each thing in it that cannot be read.

    `columns` says which column of a table holds which field (exports.FIELDS), where the names do not. Raises InputError
    for `columns` that name no field.
    """
    doc, ending = stem(name), kind(name)
    try:
        if name.lower().endswith(COMPRESSED):
            data = _expanded(name, data)
        if ending in TEXT:
            yield _text(doc, files.decode(data))
        elif ending in HTML:
            yield _page(doc, data)
        elif ending == ".zip":
            yield from _archive(doc, data, columns)
        else:
            yield from _table(doc, ending, data, columns)
    except InputError:
        raise
    except Exception as error:  # what a parser raises on hostile bytes no list of classes holds
        reason = " ".join(str(error).split())[:160] or type(error).__name__
        yield Problem(doc, PurePosixPath(name).name, reason)


def _text(doc: str, text: str) -> Article:
    """A text, what its front matter or first lines say of it taken off and read."""
    said, last = exports.front(text)
    if not last:
        return Article(doc, text, {})
    lines = text.splitlines()
    out = tuple((n, line.strip(), "header") for n, line in enumerate(lines[:last], 1) if line.strip())
    return Article(doc, "\n" * last + "\n".join(lines[last:]), said, "front matter", out)


def _page(doc: str, data: bytes) -> Article:
    """The article of an HTML page by trafilatura, with its title, day and site, and what of the page is no article."""
    if len(data) > PAGE:
        raise ValueError(f"a page larger than {PAGE // 1_000_000} MB: save the article alone")
    import trafilatura
    from lxml import etree, html

    declared = re.search(rb"charset=[\"']?((?!utf-?16)[\w-]+)", data[:4000], re.IGNORECASE)
    try:
        text = data.decode(declared[1].decode()) if declared else files.decode(data)
    except (LookupError, UnicodeDecodeError):
        text = files.decode(data)
    try:
        parser = html.HTMLParser(encoding="utf-8")
        tree = html.document_fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser=parser)
        pieces = {
            " ".join(part.split()): element.sourceline or 0
            for element in tree.iter(etree.Element)
            if element.tag not in ("script", "style", "noscript", "template", "title")
            for part in (element.text, element.tail)
            if part and part.strip()
        }
        found = trafilatura.bare_extraction(
            tree,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except (etree.Error, ValueError, TypeError, AttributeError, AssertionError) as error:
        raise ValueError(f"a page that cannot be read ({error})") from None
    if not found or len((found.text or "").split()) < 10:
        raise ValueError("a page without an article: save the article as plain text")
    says = {"outlet": found.sitename or found.hostname, "published": found.date, "title": found.title, "url": found.url}
    said = {field: value for field, value in says.items() if value}
    out = [(line, piece, OUTSIDE) for piece, line in islice(pieces.items(), PIECES) if piece not in found.text]
    if len(pieces) > PIECES:
        out.append((max(pieces.values()), f"and up to {len(pieces) - PIECES:,} pieces more", OUTSIDE))
    return Article(
        doc, found.text, {field: value for field, value in said.items() if value}, "HTML metadata", tuple(out)
    )


def _table(doc: str, ending: str, data: bytes, columns: dict[str, str] | None) -> Found:
    """One article a row; a row that has no text, or too many cells, is a Problem."""
    parquet = ending == ".parquet"
    rows = exports.parquet(data, _room(len(data))) if parquet else exports.READERS[ending](files.decode_table(data))
    known: dict[str, None] = {}
    without: list[Problem] = []
    number = found = 0
    for number, row in enumerate(rows, 1):
        place = f"{doc}/{number:05d}"
        if not isinstance(row, dict):
            yield Problem(place, f"row {number}", row)
            continue
        row = {name: value for key, value in row.items() for name, value in exports.flat(key, value)}
        here = {field: name for field, name in (columns or {}).items() if name in row}
        known |= dict.fromkeys(row)
        said = exports.said(row, here)
        text = said.pop("text", "")
        key = re.sub(r"\s+", " ", said.pop("doc", ""))
        if len(text) > files.LARGEST:
            yield Problem(place, f"row {number}", f"a text of {len(text):,} characters: split it into articles")
        elif text:
            found += 1
            yield Article(key if key and "://" not in key else place, text, said, "catalogue")
        else:
            without.append(Problem(place, said.get("title", f"row {number}"), "a row without a text"))
    if not number:
        yield Problem(doc, PurePosixPath(doc).name, "an empty table")
    elif known and not found and (columns or {}).get("text") not in known and "text" not in exports.fields(list(known)):
        why = f"a table without a column of text; it has {', '.join(known)[:200]}; name it in columns.yml as text"
        yield Problem(doc, PurePosixPath(doc).name, why)
    else:
        yield from without


def rows(path: Path) -> list[dict | str]:
    """The rows of a table of cells beside the articles; InputError when it cannot be read."""
    try:
        return list(exports.cells(files.decode_table(path.read_bytes())))
    except (ValueError, OSError) as error:
        raise InputError(
            f"{path}: cannot be read as a table ({error}); save it as comma-separated UTF-8 text"
        ) from None


def _room(size: int) -> int:
    return min(ALL, ROOMY + RATIO * size)


def _expanded(name: str, data: bytes) -> bytes:
    """A .gz or .zst file unpacked, up to a size that no collection of texts reaches."""
    import pyarrow as pa

    room = _room(len(data))
    try:
        with pa.input_stream(
            io.BytesIO(data), compression="gzip" if name.lower().endswith(".gz") else "zstd"
        ) as stream:
            found = stream.read(room + 1)
    except (OSError, pa.ArrowException) as error:
        raise ValueError(f"damaged or cut off ({str(error).splitlines()[0][:100]}): fetch it again") from None
    if len(found) > room:
        raise ValueError(f"unpacks to more than {room // 1_000_000} MB: unpack it yourself if you trust it")
    return found


def _archive(doc: str, data: bytes, columns: dict[str, str] | None) -> Found:
    """What lies in a zip archive, read in memory: nothing is written, so no path can leave it."""
    room = _room(len(data))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = sorted(archive.infolist(), key=lambda entry: entry.filename)
        if not any(kind(entry.filename) for entry in entries):
            yield Problem(doc, PurePosixPath(doc).name, "an archive without anything that is read")
        for entry in entries:
            place = f"{doc}/{stem(entry.filename)}"
            if room <= 0:
                yield Problem(doc, entry.filename, "the archive unpacks to too much: the rest of it is not read")
                return
            path = PurePosixPath(entry.filename.replace("\\", "/"))
            if entry.is_dir() or any(part.startswith((".", "__MACOSX")) and part != ".." for part in path.parts):
                continue
            if path.is_absolute() or ".." in path.parts:
                yield Problem(place, entry.filename, "its path leaves the archive: not read")
            elif entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                yield Problem(place, entry.filename, "packed in a way that is not read: make a usual zip archive of it")
            elif kind(path.name) in ("", ".zip"):
                yield Problem(place, entry.filename, "not a kind of file that is read: save it as text or HTML")
            else:
                most = min(room, _room(entry.compress_size))
                try:
                    with archive.open(entry) as file:
                        held = file.read(most + 1)
                except Exception as error:  # as above: one damaged entry is no reason to lose the others
                    yield Problem(place, entry.filename, f"damaged or locked ({error})")
                    continue
                room -= len(held)
                if len(held) > most:
                    yield Problem(place, entry.filename, f"unpacks to more than {most // 1_000_000} MB: is it a trap?")
                    continue
                yield from read(place + "".join(PurePosixPath(entry.filename).suffixes[-2:]), held, columns)
