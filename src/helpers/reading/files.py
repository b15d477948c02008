"""From a folder to the names and bytes of its files, and from bytes to text."""

import hashlib
import os
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

LARGEST = 10_000_000  # bytes of one article: what is larger is something else


def below(home: Path, refused: Callable[[str], str] = lambda name: "") -> Iterator[tuple[str, bytes | str]]:
    """The name below a folder and the bytes of each file in order, or the reason why it is not read.

    `refused` gives a reason for names that need not be read, and "" for the others. Hidden files are passed over, links
    to folders are not followed.
    """
    if home.is_file():
        try:
            yield home.name, home.read_bytes()
        except OSError as error:
            yield home.name, f"cannot be read: {error.strerror}"
        return
    for entry, name, fault in _entries(home):
        if fault or (fault := _irregular(entry) or refused(name)):
            yield name, fault
            continue
        try:
            with open(entry.path, "rb") as file:  # noqa: PTH123  (a third faster than pathlib on many small files)
                data = file.read()
        except OSError as error:
            yield name, f"cannot be read: {error.strerror}"
        else:
            yield name, data


def fingerprint(source: str | Path) -> str:
    """Twelve hexadecimal digits that change when a file of the corpus changes: SHA-256 over names and bytes."""
    digest = hashlib.sha256()
    root = Path(source)
    for name, data in below(root):
        if isinstance(data, bytes):
            digest.update(f"{shown(name)}\0{hashlib.sha256(data).hexdigest()}\0".encode())
    return digest.hexdigest()[:12]


def _entries(home: Path) -> Iterator[tuple[os.DirEntry | Path, str, str]]:
    """Everything in a folder that is not hidden, with its name below the first one and what ails it, sorted."""
    waiting: list[tuple[os.DirEntry | Path, str]] = [(home, "")]
    while waiting:
        place, name = waiting.pop()
        if isinstance(place, os.DirEntry) and not place.is_dir(follow_symlinks=False):
            yield place, name, ""
            continue
        try:
            inside = sorted(os.scandir(place), key=lambda entry: entry.name, reverse=True)
        except OSError as error:
            yield place, name or home.name, f"a folder that cannot be read: {error.strerror}"
            continue
        prefix = f"{name}/" if name else ""
        waiting += [(entry, prefix + entry.name) for entry in inside if not entry.name.startswith(".")]


def _irregular(entry: os.DirEntry) -> str:
    try:
        regular = entry.is_file()
    except OSError:  # a link to itself
        regular = False
    if regular:
        return ""
    return "a link that is not followed: put the file itself here" if entry.is_symlink() else "no regular file"


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


def decode_table(data: bytes) -> str:
    """The text of a whole table, which may be larger than an article."""
    try:
        return data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        return data.decode(_encoding(data[:1_000_000]), errors="replace").replace("\0", "")


def shown(name: str) -> str:
    """A name that fits a table: control characters and broken encodings shown as a mark."""
    name = name.encode("utf-8", "replace").decode()
    return "".join("\ufffd" if unicodedata.category(letter) in ("Cc", "Cf") else letter for letter in name)
