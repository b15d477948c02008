"""From a file of any kind to articles as they were written: text, page, table, archive, compressed or not."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from os.path import splitext
from pathlib import PurePosixPath
from typing import NamedTuple

from . import InputError, exports

TEXT, HTML = (".txt", ".md", ".markdown"), (".html", ".htm", ".xhtml")
TABLES = (".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet")
KINDS = (*TEXT, *HTML, *TABLES, ".zip")
COMPRESSED = (".gz", ".zst")
LARGEST, PAGE = 10_000_000, 3_000_000  # bytes of one article, and of one HTML page: beyond them it is something else
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

    `columns` says which column of a table holds which field (FIELDS), where the names do not. Raises InputError for
    `columns` that the table lacks.
    """
    doc, ending = stem(name), kind(name)
    try:
        if name.lower().endswith(COMPRESSED):
            data = _expanded(name, data)
        if ending in TEXT:
            yield _text(doc, decode(data))
        elif ending in HTML:
            yield _page(doc, data)
        elif ending == ".zip":
            yield from _archive(doc, data, columns)
        else:
            yield from _table(doc, ending, data, columns)
    except InputError:
        raise
    except MemoryError:
        yield Problem(doc, PurePosixPath(name).name, "needs more memory than there is: split it")
    except (ValueError, OSError, EOFError, RecursionError, zlib.error, zipfile.BadZipFile, RuntimeError) as error:
        reason = " ".join(str(error).split())[:160] or type(error).__name__
        yield Problem(doc, PurePosixPath(name).name, reason)


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or, failing these, the encoding that fits its letters best.

    Raises ValueError for bytes that are no text, or too many.
    """
    if len(data) > LARGEST:
        raise ValueError(f"larger than {LARGEST // 1_000_000} MB: an article is shorter; is this a whole archive?")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    zeros = data[:4000].count(0)
    if zeros > len(data[:4000]) / 4:
        for encoding in ("utf-16-le", "utf-16-be"):
            text = data.decode(encoding, errors="replace")
            if sum(letter.isalpha() or letter.isspace() for letter in text[:2000]) > len(text[:2000]) * 0.7:
                return text
    if zeros > len(data[:4000]) / 100:
        raise ValueError("a binary file: save the article as plain text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode(_encoding(data), errors="replace")


def _encoding(data: bytes) -> str:
    """The older encoding that fits the letters best; ValueError where none does."""
    from charset_normalizer import from_bytes

    matches = from_bytes(data)
    best = matches.best()
    if best is None or sum(byte < 32 and byte not in (9, 10, 12, 13) for byte in data) > len(data) / 100:
        raise ValueError("a binary file: save the article as plain text")
    # Of encodings that fit equally well the commonest is the likeliest.
    fit = [match.encoding for match in matches if (match.chaos, match.coherence) == (best.chaos, best.coherence)]
    return "cp1252" if "cp1252" in fit else best.encoding


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

    declared = re.search(rb"charset=[\"']?([\w-]+)", data[:4000])
    try:
        text = data.decode(declared[1].decode()) if declared else decode(data)
    except (LookupError, UnicodeDecodeError):
        text = decode(data)
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
    rows = exports.parquet(data) if ending == ".parquet" else exports.READERS[ending](decode_table(data))
    named: dict[str, str] = {}
    number = 0
    for number, row in enumerate(rows, 1):
        place = f"{doc}/{number:05d}"
        if not isinstance(row, dict):
            yield Problem(place, f"row {number}", str(row))
            continue
        row = {name: value for key, value in row.items() for name, value in exports.flat(key, value)}
        if columns and (missing := [name for name in columns.values() if name not in row]) and not named:
            raise InputError(f"{doc}: has no column '{missing[0]}'; it has {', '.join(map(str, row))}")
        named = named or exports.fields(list(row), columns)
        if "text" not in named:
            known = ", ".join(map(str, row))[:200]
            yield Problem(
                doc,
                PurePosixPath(doc).name,
                f"a table without a column of text; it has {known}; name it in columns.yml, text: its name",
            )
            return
        said = exports.said(row, columns)
        text = said.pop("text", "")
        key = re.sub(r"\s+", " ", said.pop("doc", ""))
        if len(text) > LARGEST:
            yield Problem(place, f"row {number}", f"a text of {len(text):,} characters: split it into articles")
        elif not text:
            yield Problem(place, said.get("title", f"row {number}"), "a row without a text")
        else:
            yield Article(key if key and "://" not in key else place, text, said, "catalogue")
    if not number:
        yield Problem(doc, PurePosixPath(doc).name, "an empty table")


def decode_table(data: bytes) -> str:
    """The text of a whole table, which may be larger than an article."""
    try:
        return data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        return data.decode(_encoding(data[:1_000_000]), errors="replace").replace("\0", "")


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
        for entry in sorted(archive.infolist(), key=lambda entry: entry.filename):
            place = f"{doc}/{stem(entry.filename)}"
            path = PurePosixPath(entry.filename.replace("\\", "/"))
            if entry.is_dir() or any(part.startswith((".", "__MACOSX")) and part != ".." for part in path.parts):
                continue
            if path.is_absolute() or ".." in path.parts:
                yield Problem(place, entry.filename, "its path leaves the archive: not read")
            elif kind(path.name) in ("", ".zip"):
                yield Problem(place, entry.filename, "not a kind of file that is read: save it as text or HTML")
            else:
                most = min(room, _room(entry.compress_size))
                try:
                    with archive.open(entry) as file:
                        held = file.read(most + 1)
                except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
                    yield Problem(place, entry.filename, f"damaged or locked ({error})")
                    continue
                if len(held) > most:
                    yield Problem(place, entry.filename, f"unpacks to more than {most // 1_000_000} MB: is it a trap?")
                    continue
                room -= len(held)
                yield from read(place + "".join(PurePosixPath(entry.filename).suffixes[-2:]), held, columns)
