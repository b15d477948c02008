"""From a folder of articles to `documents`, one row an article, and `removed`, one row for everything left out."""

import hashlib
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from . import InputError, clean, split

DOCUMENTS = [
    *["doc", "path", "outlet", "published", "earliest", "latest", "dated_by", "agency", "place", "title", "url"],
    *["language", "words", "copy_of", "event", "text"],
]
REMOVED = ["doc", "line", "text", "rule"]
UNKNOWN = "unknown outlet"
COMPANIONS = {"articles.csv", "outlets.csv", "actors.csv", "surfaces.csv", "roles.csv", "README.md"}


class Entry(NamedTuple):
    """What the catalogue says of one article; an empty string is what it does not say."""

    outlet: str = ""
    published: str = ""
    title: str = ""
    url: str = ""


def read(folder: str | Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read every `.txt` below a corpus folder, with `articles.csv` where there is one.

    Articles lie in `folder/articles` or in `folder` itself; the key of an article is its path below that, without
    ending. Returns `documents` (columns DOCUMENTS, sorted by published and doc; `copy_of` and `event` empty) and
    `removed` (doc, line, text, rule; line 0 stands for the whole file or a catalogue row).

    Raises InputError for a folder that is missing or holds no article.
    """
    root, home = Path(folder), articles(folder)
    removed: list[tuple] = []
    entries = _entries(next((p for p in (root / "articles.csv", home / "articles.csv") if p.is_file()), None), removed)
    found: dict[str, tuple[Path, str]] = {}
    for path in sorted(p for p in home.rglob("*") if not p.is_dir() and not _hidden(p.relative_to(home))):
        doc = path.relative_to(home).with_suffix("").as_posix()
        if path.suffix.lower() != ".txt":
            if path.name not in COMPANIONS:
                removed.append((doc, 0, path.name, "not a .txt file: save the article as plain text"))
        elif doc in found:
            removed.append((doc, 0, path.name, "a second file of this name: rename one of the two"))
        elif raw := _raw(path, doc, removed):
            found[doc] = (path.relative_to(root), raw)
    if not found:
        raise InputError(f"{root}: holds no readable article ({removed[0][2]}: {removed[0][3]})")
    for doc in sorted(set(entries) - set(found)):
        if not any(row[0] == doc and row[1] == 0 for row in removed):
            removed.append((doc, 0, doc, "articles.csv names it, but there is no such .txt file"))
    chrome = _chrome({doc: raw for doc, (_, raw) in found.items()}, entries)
    rows = [
        _document(doc, path, raw, entries.get(doc, Entry()), chrome, removed)
        for doc, (path, raw) in sorted(found.items())
    ]
    documents = pd.DataFrame(rows, columns=DOCUMENTS).sort_values(["published", "doc"], ignore_index=True)
    return documents, pd.DataFrame(removed, columns=REMOVED).sort_values(
        ["doc", "line"], ignore_index=True, kind="stable"
    )


def articles(folder: str | Path) -> Path:
    """The folder in which the articles of a corpus lie; InputError when it is missing or holds no .txt file."""
    root = Path(folder)
    if not root.is_dir():
        raise InputError(f"{root}: no such folder; give the folder that holds your articles, one .txt file each")
    home = root / "articles" if (root / "articles").is_dir() else root
    if not any(path.suffix.lower() == ".txt" for path in home.rglob("*")):
        raise InputError(f"{home}: holds no article; put one .txt file for each article into it")
    return home


def fingerprint(folder: str | Path) -> str:
    """Twelve hexadecimal digits that change when a file of the corpus changes: SHA-256 over names and bytes."""
    digest = hashlib.sha256()
    root = Path(folder)
    for path in sorted(p for p in root.rglob("*") if p.is_file() and not _hidden(p.relative_to(root))):
        digest.update(
            f"{path.relative_to(root).as_posix()}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\0".encode()
        )
    return digest.hexdigest()[:12]


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or, failing these, the encoding that fits its letters best.

    Raises ValueError for bytes that are no text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    if b"\0" in data:
        raise ValueError("not text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        matches = from_bytes(data)
        best = matches.best()
        if best is None or sum(c < 32 and c not in (9, 10, 12, 13) for c in data) > len(data) / 100:
            raise ValueError("not text") from None
        # Of encodings that fit equally well the commonest is the likeliest.
        fit = [match for match in matches if (match.chaos, match.coherence) == (best.chaos, best.coherence)]
        return str(next((match for match in fit if match.encoding == "cp1252"), best))


def language(text: str) -> str:
    """The ISO 639-1 code of a text's language, judged by its first 2,000 characters; "" below five words."""
    if split.count(text[:2000]) < 5:
        return ""
    import py3langid

    return py3langid.classify(text[:2000])[0]


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _raw(path: Path, doc: str, removed: list[tuple]) -> str:
    """The decoded text of a file, or "" with the reason in `removed`."""
    try:
        raw = decode(path.read_bytes())
    except OSError as error:
        removed.append((doc, 0, path.name, f"cannot be read: {error.strerror}"))
    except ValueError:
        removed.append((doc, 0, path.name, "a binary file: save the article as plain text"))
    else:
        if raw.strip():
            return raw
        removed.append((doc, 0, path.name, "an empty file"))
    return ""


def _chrome(raws: dict[str, str], entries: dict[str, Entry]) -> set[tuple[str, str]]:
    """Lines, each with its outlet, that stand in three or more of its articles: nobody writes one line thrice."""
    seen = Counter()
    for doc, raw in raws.items():
        lines = {line.strip() for line in raw.splitlines()}
        seen.update((entries.get(doc, Entry()).outlet, line) for line in lines if 0 < len(line) <= 160)
    return {line for line, times in seen.items() if times >= 3}


def _document(
    doc: str, path: Path, raw: str, entry: Entry, chrome: set[tuple[str, str]], removed: list[tuple]
) -> tuple:
    lines = raw.splitlines(keepends=True)
    common = {n for n, line in enumerate(lines, 1) if (entry.outlet, line.strip()) in chrome}
    removed += [(doc, n, lines[n - 1].strip(), "repeated across articles") for n in sorted(common)]
    text, cuts = clean.article("".join("\n" if n in common else line for n, line in enumerate(lines, 1)), entry.title)
    removed += [(doc, *cut) for cut in cuts]
    line = next((clean.dateline(cut.text) for cut in cuts if cut.rule == "dateline"), clean.Dateline("", 0, 0, 0, ""))
    day, dated_by = _day(entry.published, f"articles.csv, {doc}", removed), "catalogue"
    if day is pd.NaT:
        day, dated_by = _dateline_day(line), "dateline"
    if day is pd.NaT:
        dated_by = "unknown"
    return (
        *(doc, path.as_posix(), entry.outlet or UNKNOWN, day, day, day, dated_by, line.agency, line.place),
        *(entry.title or _headline(text), entry.url, language(text), split.count(text), "", "", text),
    )


def _day(written: str, where: str, removed: list[tuple]) -> pd.Timestamp:
    if not written:
        return pd.NaT
    try:
        return pd.Timestamp(date.fromisoformat(written))
    except ValueError:
        removed.append((where.split(", ", 1)[1], 0, written, "no such day in articles.csv: write it as 2024-10-15"))
        return pd.NaT


def _dateline_day(line: clean.Dateline) -> pd.Timestamp:
    try:
        return pd.Timestamp(date(line.year, line.month, line.day))
    except ValueError:
        return pd.NaT


def _headline(text: str) -> str:
    """The first line, when it has the shape of a headline above an article."""
    first, _, rest = text.partition("\n")
    return first if rest and len(first) <= 160 and not clean.STOP.search(first) else ""


def _entries(path: Path | None, removed: list[tuple]) -> dict[str, Entry]:
    """The catalogue by article; a row that cannot be used goes to `removed`."""
    if path is None:
        return {}
    table = _table(path)
    if "doc" not in table:
        raise InputError(
            f"{path}: has no column 'doc'; it has {', '.join(table)}; name the article's file there, without .txt"
        )
    entries: dict[str, Entry] = {}
    for row in table.to_dict("records"):
        doc = re.sub(r"\.txt$", "", row["doc"].strip(), flags=re.IGNORECASE)
        if doc in entries:
            removed.append(
                (doc, 0, ",".join(row.values()), "a second row for this article in articles.csv: the first counts")
            )
        elif doc:
            entries[doc] = Entry(**{field: row.get(field, "").strip() for field in Entry._fields})
    return entries


def _table(path: Path) -> pd.DataFrame:
    """A CSV file as text, every cell a string."""
    from io import StringIO

    try:
        return pd.read_csv(StringIO(decode(path.read_bytes())), dtype=str, keep_default_na=False, skipinitialspace=True)
    except (ValueError, OSError) as error:
        reason = str(error).strip().splitlines()[-1]
        raise InputError(
            f"{path}: cannot be read as a table ({reason}); save it as comma-separated UTF-8 text"
        ) from None
