"""From a folder, a table or an archive to articles as they were written: names, bytes, text, fields."""

import hashlib
import io
import os
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from os.path import splitext
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from .. import InputError
from ..language.words import stands
from . import columns, pages
from .plain import FORM, decode, decode_table, unmarked

TEXT, HTML = (".txt", ".md", ".markdown"), (".html", ".htm", ".xhtml")
KINDS = (*TEXT, *HTML, *columns.ROWS, ".parquet", ".zip")
COMPRESSED = (".gz", ".zst")
LARGEST = 10_000_000  # bytes of one article: what is larger is something else
MANY = "an article is shorter; is this a whole archive?"
PAGE = 2_000_000  # bytes of one HTML page: what is larger is something else
OUTSIDE = pages.OUTSIDE
ROOMY, RATIO, ALL = 20_000_000, 100, 2_000_000_000  # bytes an archive may grow to: the first + ratio times its own size


class Article(NamedTuple):
    """An article before cleaning: key, raw text, metadata by field, their source, lines out (number, text, rule)."""

    doc: str
    raw: str
    fields: dict[str, str]
    source: str = ""
    removed: tuple[tuple[int, str, str], ...] = ()


class Problem(NamedTuple):
    """Something that cannot be read: its key, what stands there, and why, with what to do."""

    doc: str
    what: str
    why: str


Items = Iterator[Article | Problem]


def walk(
    home: Path, refused: Callable[[str], str] = lambda name: "", inside: Path | None = None
) -> Iterator[tuple[str, bytes | str]]:
    """Yield the path below a folder and the bytes of each file in sorted order, or the reason why it is not read.

    `refused` gives a reason for names that need not be read, and "" for the others. Hidden files are passed over, links
    to folders or out of the corpus, which is `inside` or else the folder, are not followed. A file in place of the
    folder yields itself.
    """
    for entry, name, fault in _entries(home, inside or home):
        data: bytes | str = fault or refused(name)
        try:
            data = data or _bytes(entry)
        except (OSError, ValueError) as error:
            data = f"cannot be read: {error.strerror}" if isinstance(error, OSError) else str(error)
        yield name, data


def fingerprint(source: str | Path) -> str:
    """Twelve hexadecimal digits that change when a file of the corpus changes: SHA-256 over names and bytes."""
    digest = hashlib.sha256()
    for entry, name, fault in _entries(Path(source), Path(source)):
        with suppress(OSError), open(os.devnull if fault else entry, "rb") as file:  # noqa: PTH123
            told = hashlib.file_digest(file, "sha256").hexdigest()
            digest.update(f"{printable(name)}\0{told}\0".encode() if not fault else b"")
    return digest.hexdigest()[:12]


def _bytes(entry: os.DirEntry | Path) -> bytes:
    """What a file holds; its size is asked first, and ValueError says that there is too much of it."""
    with open(entry, "rb") as file:  # noqa: PTH123  (a third faster than pathlib on many small files)
        _fits(entry.name, os.fstat(file.fileno()).st_size)
        return file.read()


def _fits(name: str, size: int) -> None:
    """See that a file of that name is no larger than its kind may be; ValueError where it is."""
    limits = ((HTML, PAGE, "a page ", "save the article alone"), (TEXT, LARGEST, "", MANY), (KINDS, ALL, "", "split"))
    for kinds, most, what, cure in limits:
        if kind(name) in kinds and size > most:
            raise ValueError(f"{what}larger than {most // 1_000_000:,} MB: {cure}")


def _entries(home: Path, inside: Path) -> Iterator[tuple[os.DirEntry | Path, str, str]]:
    """Yield every visible file in sorted order: the entry, its path below `home`, and why it cannot be read, or ""."""
    waiting: list[tuple[os.DirEntry | Path, str]] = [(home, "")]
    if home.is_file():
        yield home, home.name, ""
        return
    while waiting:
        place, name = waiting.pop()
        if isinstance(place, os.DirEntry) and not place.is_dir(follow_symlinks=False):
            yield place, name, irregular(place, inside)
            continue
        try:
            within = sorted(os.scandir(place), key=lambda entry: entry.name, reverse=True)
        except OSError as error:
            yield place, name or home.name, f"a folder that cannot be read: {error.strerror}"
            continue
        prefix = f"{name}/" if name else ""
        waiting += [(entry, prefix + entry.name) for entry in within if not entry.name.startswith(".")]


def irregular(entry: os.DirEntry | Path, inside: Path) -> str:
    """Why an entry of a corpus is no file to be opened; "" for one that is."""
    with suppress(OSError):  # a link to itself
        if entry.is_file():
            regular = not entry.is_symlink() or stands(Path(entry), inside)
            return "" if regular else "a link out of the corpus, not followed: put the file itself here"
    return "a link that is not followed: put the file itself here" if entry.is_symlink() else "no regular file"


def printable(name: str) -> str:
    """A name that fits a table: control characters and broken encodings shown as a mark."""
    if name.isascii() and name.isprintable():
        return name
    name = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode())
    letters = ("\ufffd" if unicodedata.category(letter) in ("Cc", "Cf") else letter for letter in name)
    return name if name.isprintable() else "".join(letters)


def kind(name: str) -> str:
    """The ending that tells what a file is, below its compression; "" for what cannot be read."""
    # Paths are text here, because pathlib takes ten times as long and there is one of them for every article.
    base, ending = splitext(name.lower())
    ending = splitext(base)[1] if ending in COMPRESSED else ending
    return ending if ending in KINDS else ""


def stem(name: str) -> str:
    """A name without the endings that say what it is."""
    while (parts := splitext(name))[1].lower() in KINDS + COMPRESSED:
        name = parts[0]
    return name


def read_table(path: Path) -> tuple[list[str], list[dict | str]]:
    """The header and the rows of a table beside the articles, a string for a row of no use; InputError for no table."""
    try:
        text = decode_table(_bytes(path))
        return columns.csv_header(text), list(columns.csv_rows(text))
    except (ValueError, OSError) as error:
        raise InputError(f"{path}: cannot be read as a table ({error}); save it as CSV in UTF-8") from None


def articles(name: str, data: bytes, names: dict[str, str] | None = None) -> Items:
    """The articles in a file of that name, and a Problem for each thing in it that cannot be read.

    `names` says which column of a table holds which field (columns.FIELDS), where exports call it otherwise. Raises
    InputError for a field that does not exist.
    """
    doc, ending = stem(name), kind(name)
    try:
        if name.lower().endswith(COMPRESSED):
            data = _expanded(name, data)
        _fits(name, len(data))
        if ending in HTML:
            yield _page(doc, data)
        elif ending in TEXT:
            yield _text(doc, data)
        elif ending == ".zip":
            yield from _archive(doc, data, names or {})
        else:
            yield from _table(doc, ending, data, names or {})
    except InputError:
        raise
    except Exception as error:  # what a parser raises on hostile bytes no list of classes holds
        reason = " ".join(str(error).split())[:160] or type(error).__name__
        yield Problem(doc, PurePosixPath(name).name, reason)


def _text(doc: str, data: bytes) -> Article:
    """A text, its front matter or header lines taken off and read; a page, where it is one by another name."""
    text = decode(data)
    if FORM["page"].match(text):
        with suppress(ValueError):  # too short for a page
            return _page(doc, data)
    fields, last = columns.front_matter(text)
    lines = text.splitlines() if last else []
    header = [(n, line.strip(), "header") for n, line in enumerate(lines[:last], 1) if line.strip()]
    rest = FORM["label"].sub("", "\n".join(lines[last:])) if last else text
    body, above = unmarked(rest), "\n" * last
    removed = (*header, *pages.hidden(above + rest, body))
    return Article(doc, above + body, fields, "front matter" if fields else "", removed)


def _page(doc: str, data: bytes) -> Article:
    """The article of an HTML page, with its title, day and site, and what of the page is no article."""
    if len(data) > PAGE:
        raise ValueError(f"a page larger than {PAGE // 1_000_000} MB: save the article alone")
    declared = re.search(rb"(?:charset|encoding)\s*=\s*[\"']?((?!utf-?16)[\w-]+)", data[:4000], re.IGNORECASE)
    text = decode(data, declared[1].decode() if declared else "")
    text = text.replace("\0", "").encode("utf-8", "replace")
    body, fields, removed = pages.article(text)
    return Article(doc, body, fields, "HTML metadata", tuple(removed))


def _table(doc: str, ending: str, data: bytes, names: dict[str, str]) -> Items:
    """One article a row; a row that has no text, or too many cells, is a Problem."""
    parquet = ending == ".parquet"
    rows = columns.parquet_rows(data, _room(len(data))) if parquet else columns.ROWS[ending](decode_table(data))
    header: dict[str, None] = {}
    without: list[Problem] = []
    number = texts = 0
    for number, row in enumerate(rows, 1):
        place = f"{doc}/{number:05d}"
        if not isinstance(row, dict):
            yield Problem(place, f"row {number}", row)
            continue
        row = {name: value for key, cell in row.items() for name, value in columns.flat(key, cell)}
        header |= dict.fromkeys(row)
        fields = columns.fields(row, {field: name for field, name in names.items() if name in row})
        written, key = fields.pop("text", ""), re.sub(r"\s+", " ", fields.pop("doc", ""))
        if len(written) > LARGEST:
            yield Problem(place, f"row {number}", f"a text of {len(written):,} characters: split it into articles")
        elif text := unmarked(written):
            removed, texts = tuple(pages.hidden(written, text)), texts + 1
            yield Article(key if key and "://" not in key else place, text, fields, "catalogue", removed)
        else:
            without.append(Problem(place, fields.get("title", f"row {number}"), "a row without a text"))
    if not number:
        yield Problem(doc, PurePosixPath(doc).name, "an empty table")
    elif header and not texts and names.get("text") not in header and "text" not in columns.field_columns([*header]):
        why = f"a table without a column of text; it has {', '.join(header)[:200]}; name it in columns.yml as text"
        yield Problem(doc, PurePosixPath(doc).name, why)
    else:
        yield from without


def _room(size: int) -> int:
    """How many bytes a file of that size may unpack to."""
    return min(ALL, ROOMY + RATIO * size)


def _expanded(name: str, data: bytes) -> bytes:
    """A .gz or .zst file unpacked, up to a size that no collection of texts reaches."""
    import pyarrow as pa

    room, compression = _room(len(data)), "gzip" if name.lower().endswith(".gz") else "zstd"
    try:
        with pa.input_stream(io.BytesIO(data), compression=compression) as stream:
            unpacked = stream.read(room + 1)
    except (OSError, pa.ArrowException) as error:
        raise ValueError(f"damaged or cut off ({str(error).splitlines()[0][:100]}): fetch it again") from None
    if len(unpacked) > room:
        raise ValueError(f"unpacks to more than {room // 1_000_000} MB: unpack it yourself if you trust it")
    return unpacked


def _archive(doc: str, data: bytes, names: dict[str, str]) -> Items:
    """What lies in a zip archive, read in memory: nothing is written, so no path can leave it."""
    room = _room(len(data))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = sorted(archive.infolist(), key=lambda entry: entry.filename)
        entries = [entry for entry in entries if not (entry.is_dir() or FORM["hidden"].search(entry.filename))]
        if not any(kind(entry.filename) for entry in entries):
            yield Problem(doc, PurePosixPath(doc).name, "an archive without anything that is read")
        for entry in entries:
            place, most = f"{doc}/{stem(entry.filename)}", min(room, _room(entry.compress_size))
            path = PurePosixPath(entry.filename.replace("\\", "/"))
            if room <= 0:
                yield Problem(doc, entry.filename, "the archive unpacks to too much: the rest of it is not read")
                return
            unpacked = _unpacked(archive, entry, path, most)
            if isinstance(unpacked, str):
                yield Problem(place, entry.filename, unpacked)
                continue
            room -= len(unpacked)
            if len(unpacked) > most:
                yield Problem(place, entry.filename, f"unpacks to more than {most // 1_000_000} MB: is it a trap?")
            else:
                yield from articles(place + "".join(PurePosixPath(entry.filename).suffixes[-2:]), unpacked, names)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: PurePosixPath, most: int) -> bytes | str:
    """An entry of an archive, one byte more than `most` at most, or why it is not unpacked."""
    if path.is_absolute() or ".." in path.parts:
        return "its path leaves the archive: not read"
    if entry.external_attr >> 28 == 0xA:
        return "a link, not followed: put the file itself there"
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "packed in a way that is not read: make a usual zip archive of it"
    if kind(path.name) in ("", ".zip"):
        return "not a kind of file that is read: save it as text or HTML"
    try:
        with archive.open(entry) as file:
            return file.read(most + 1)
    except Exception as error:  # as above: one damaged entry is no reason to lose the others
        return f"damaged or locked ({error})"
