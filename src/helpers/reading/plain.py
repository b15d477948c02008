"""From bytes to plain text: encodings of old and damaged files, letters in one character each, no tags."""

import codecs
import html
import re
import unicodedata
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from ..language.words import Patterns, lists, pairs

LISTS = lists(Path(__file__).parent / "data" / "plain.txt")
MEANT, FORM = pairs(word.replace(" ", "_") for word in LISTS.pop("meant")), Patterns(LISTS)
MARKS = {codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
USUAL = bytes({*range(0xC0), *range(0xC3, 0xCA), 0xE2})  # bytes in UTF-8 of Latin letters, quotation marks and dashes


def decode(data: bytes, label: str = "") -> str:
    """The text of a file in UTF-8 or UTF-16, in what its `label` means or in the older encoding that fits best.

    Where nearly all of a file is UTF-8, its other bytes are Windows-1252. Raises ValueError for bytes that are no text.

    >>> decode(b"The caf\\xc3\\xa9 closed. It\\x92s over."), decode(b"It\\x92s over.", "iso-8859-1")
    ('The café closed. It’s over.', 'It’s over.')
    """
    if b"\0" in data[:4000] and data[:4000].count(0) > len(data[:4000]) / 100 and not _wide(data):
        raise ValueError("a binary file: save the article as plain text")
    return composed(_decoded(data, label))


def decode_table(data: bytes) -> str:
    """The text of a whole table, which may hold a NUL."""
    return _decoded(data).replace("\0", "")


def _wide(data: bytes) -> str:
    """The encoding of two or four bytes a letter by the mark or the zeros in front; "" for another."""
    if data[:1] in (b"\xff", b"\xfe"):
        return next((encoding for mark, encoding in MARKS.items() if data.startswith(mark)), "")
    zeros = data[:4000:2].count(0), data[1:4000:2].count(0)
    if abs(zeros[0] - zeros[1]) * 4 > len(data[:4000]):
        encoding = "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
        text = data[:4000].decode(encoding, errors="replace")
        if sum(letter.isalpha() or letter.isspace() for letter in text) > len(text) * 0.7:
            return encoding
    return ""


def _decoded(data: bytes, label: str = "") -> str:
    if wide := _wide(data):
        return data.decode(wide, errors="replace")
    with suppress(UnicodeDecodeError):
        return data.decode("iso2022_jp_2" if b"\x1b$" in data else "utf-8-sig")
    escaped = data.decode("utf-8", "surrogateescape")
    bad, likely, sure = (len(FORM[name].findall(escaped)) for name in ("bad", "likely", "sure"))
    if bad <= likely + 20 * sure:
        return data.decode("utf-8-sig", "windows-1252")
    with suppress(LookupError, ValueError):
        name = codecs.lookup(label).name
        if FORM["textual"].match(meant := MEANT.get(name, name)):
            return data.decode(meant, "replace" if meant == "cp1252" else "strict")
    return data.decode(_encoding(data), errors="replace")


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """What bytes that are no UTF-8 stand for in Windows-1252; half of a letter is a mark of its own."""
    part = error.object[error.start : error.end].decode("cp1252", "replace")
    last = error.end == len(error.object) and error.object[error.start] > 0xC1
    return "\ufffd" if (part[1] not in "‘’“”…–—" if len(part) > 1 else last) else part, error.end


codecs.register_error("windows-1252", _as_windows)


def _encoding(data: bytes) -> str:
    """The older encoding that fits the letters best; ValueError where none does."""
    # A large table may begin with a megabyte of plain letters.
    sample = data if len(data) < 1_000_000 else b"\n".join(line for line in data.split(b"\n") if not line.isascii())
    text = (sample := sample[:1_000_000]).decode("cp1252", errors="replace")
    marks = "".join(mark for mark in text if mark > "\x7f")
    # A few foreign marks between plain letters are too few for a guess, and those of the commonest encoding.
    few = len(marks) < max(0.03 * len(text), 0.005 * len(data)) or not FORM["quoted"].sub("", marks)
    if few and FORM["western"].fullmatch(text):
        return "cp1252"
    from charset_normalizer import from_bytes

    matches = from_bytes(sample, cp_exclusion=[] if b"\0" in sample else ["utf_16_be", "utf_16_le"])
    best = matches.best()
    if best is None or sum(map(data.count, (*range(9), 11, *range(14, 32)))) > len(data) / 100:
        raise ValueError("a binary file: save the article as plain text")
    # Of encodings that fit equally well the commonest is the likeliest.
    fit = {one.encoding for one in matches if one.chaos == best.chaos and one.coherence > best.coherence - 0.05}
    return next((likely for likely in ("cp1252", "cp1251") if likely in fit), best.encoding)


def composed(text: str) -> str:
    """Text with each letter in one character, ligatures in two, and the marks of Windows that were read as controls.

    >>> composed("The ﬁrst cafe\u0301 in dis\u00ad\\ncuss it")
    'The first café in discuss\\nit'
    """
    rare = not text.isascii() and text.encode(errors="surrogatepass").translate(None, USUAL)
    if not rare or not FORM["odd"].search(text):
        return text
    text = FORM["broken"].sub(r"\2\1", text)
    text = FORM["controls"].sub(lambda mark: mark[0].encode("latin-1").decode("cp1252", "ignore") or mark[0], text)
    text = FORM["parted"].sub(lambda letter: unicodedata.normalize("NFC", letter[0]), text)
    # Among Asian letters the wide ones are spelt so.
    spelt = FORM["joined" if FORM["asian"].search(text) else "spelt"]
    return spelt.sub(lambda letter: unicodedata.normalize("NFKC", letter[0]), text)


def unmarked(text: str) -> str:
    """Text without the tags and escapes of a page, a paragraph a line; what only speaks of tags stays.

    >>> unmarked("<p>Ships &amp; men<br>left.</p>"), unmarked("If a <b and c> d, write to <x@y.example>.")
    ('Ships & men\\nleft.', 'If a <b and c> d, write to <x@y.example>.')
    """
    if not _is_marked(text):
        once = FORM["entity"].sub(lambda entity: html.unescape(entity[0]), text) if "&" in text else text
        return unmarked(once) if once != text and _is_marked(once) else once
    low, parts, at, inside = re.sub("[A-Z]+", lambda word: word[0].lower(), text), [], 0, False
    closed = {tag[2].lower() for tag in FORM["tag"].finditer(text) if tag[1]}
    for tag in FORM["tag"].finditer(text):
        name = (tag[2] or "").lower()
        if tag.start() < at or (name and name not in closed and not FORM["known"].fullmatch(name)):
            continue
        piece, at = text[at : tag.start()], tag.end()
        parts.append(piece.replace("\r\n", " ").replace("\n", " ") if inside else piece)
        if block := FORM["block"].fullmatch(name):
            inside = inside if name in ("br", "hr") else not tag[1]
        parts.append("\n" if block else "\t" if tag[1] and name in ("td", "th") else "")
        hides = not tag[1] and name in ("script", "style", "noscript", "iframe")
        ending = "-->" if tag[0] == "<!--" else f"</{name}>" if hides else ""
        end = low.find(ending, at) if ending else -1
        at = end + len(ending) if end >= 0 else at
    plain = html.unescape(FORM["shortcode"].sub("", "".join([*parts, text[at:]])))
    return "\n".join(line.strip() for line in plain.splitlines() if line.strip())


def _is_marked(text: str) -> bool:
    """Whether tags of a page stand in a text."""
    if "<" not in text or FORM["break"].search(text):
        return "<" in text
    names = ({(tag[1] or tag[2]).lower() for tag in FORM[name].finditer(text)} for name in ("opened", "closed"))
    return bool(set.intersection(*names))


def glued(lines: list[str], words: set[str]) -> str:
    """The lines of a paragraph as one, words whole that were broken at their ends; a hyphen stays where it parts words.

    `words` are those of the text in small letters, hyphens within, for what it writes elsewhere is sure.

    >>> glued(["The mili-", "tary and the well-", "known Jean-", "Paul met at short-", "or no notice"], set())
    'The military and the well-known Jean-Paul met at short- or no notice'
    """
    parts = lines[:1]
    for before, line in pairwise(lines):
        left, right = FORM["left"].search(before[-60:]), FORM["right"].match(line)
        if left and right and not FORM["suspended"].fullmatch(right[0]):
            first, second = left[1], right[0]
            whole, parted = (f"{first}{mark}{second}".lower() for mark in ("", "-"))
            apart = (second[0].isupper() and not first.isupper()) or first[-1].isdigit() or second[0].isdigit()
            apart = apart or FORM["hyphened"].fullmatch(f"{before[-60:].split()[-1]}{second}".lower())
            if parted not in words and (whole in words or not apart):
                parts[-1] = parts[-1][:-1]
        else:
            line = " " + line
        parts.append(line)
    return "".join(parts)
