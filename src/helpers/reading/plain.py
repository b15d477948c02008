"""From bytes to plain text: encodings of old and damaged files, letters in one character each, no tags."""

import codecs
import html
import re
import unicodedata
from contextlib import suppress

MARKS = {codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# What a label means is wider than what it says: https://encoding.spec.whatwg.org has the list that browsers go by.
MEANT = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874"}
MEANT |= {"gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs"}
TEXTUAL = re.compile(r"ascii|cp|iso|koi8|gb|big5|shift|euc|mac|tis|johab|hp")  # others, as punycode, may hang
HIGH = bytes(range(128, 256))
# Letters and marks that texts in UTF-8 hold; of Windows-1252, nothing but chance makes the first, and hardly that.
SURE, BAD = re.compile("[\u2010-\u203a\u20ac]"), re.compile("[\udc80-\udcff]")
LIKELY = re.compile(
    "[\u00a0-\u024f\u0370-\u052f\u05d0-\u06ff\u0900-\u0e7f\u1e00-\u1eff\u2010-\ud7ff\uf900-\uffef\U0001f000-\U0001faff]"
)
QUOTED, WESTERN = "‚„…†‘’“”•–—™€\u00a0", re.compile("[ -~\\s¡£§©«®°²³´·¹º»¼½¾¿À-ÖØ-öø-ÿŒœŠšŸŽž‚„…‘’“”•–—™€\u00a0]*")
ODD = re.compile(
    "[\u0080-\u009f\u00ac\u00ad\u0300-\u036f\u1100-\u11ff\u3099\u309a\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff]"
)
PARTED = re.compile("\\w[\u0300-\u036f\u3099\u309a]+|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?")
JOINED, LATIN = re.compile("[\ufb00-\ufb06\U0001d400-\U0001d7ff]"), re.compile("[\uff01-\uff5e]")
ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
BROKEN = re.compile("[\u00ad\u00ac][ \t]*(\r?\n)[ \t]*([^\\W\\d_]+\\S*)[ \t]?")
BLOCK = (
    "p|div|br|h[1-6]|ul|ol|li|table|tr|blockquote|section|article|figure|figcaption|header|footer|hr|pre|dl|dd|dt|aside"
)
SPAN = "a|abbr|b|big|cite|code|del|em|font|i|iframe|img|ins|mark|noscript|q|s|script|small|span|strong|style|sub|sup"
SPAN += "|td|th|time|u"
TAG = re.compile(r"<(/?)([a-z][\w:-]*)(?=[\s/>])[^<>]*>|<!--|<!\[CDATA\[|\]\]>", re.IGNORECASE)
KNOWN = re.compile(
    rf"(?:{BLOCK}|{SPAN}|tbody|thead|main|picture|source|video|audio|center|html|head|body|meta|link|title)"
)
BLOCKS, HIDDEN = re.compile(f"(?:{BLOCK})"), {"script", "style", "noscript", "iframe"}
# A tag of a page clings to its words or opens a line; one that a text speaks of stands between blanks.
OPENED = re.compile(rf"<({BLOCK}|{SPAN})(?:\s[^<>]*)?>(?=\S)|(?:\A|[\n>])[ \t]*<({BLOCK})(?:\s[^<>]*)?>", re.IGNORECASE)
CLOSED = re.compile(rf"(?<=\S)</({BLOCK}|{SPAN})\s*>|</({BLOCK})\s*>[ \t]*(?:\Z|[\n<])", re.IGNORECASE)
BREAK = re.compile(r"(?:(?<=\S)|(?<=[.!?:,;”\"’)>] ))<(?:br|hr)\s*/?>", re.IGNORECASE)
ENTITY = re.compile(r"&(?:#\d{2,6}|#x[\da-f]{2,5}|[a-z]{2,8}\d?);", re.IGNORECASE)
SHORTCODE = re.compile(r"\[/?(?:caption|embed|gallery|audio|video|playlist|vc_\w+|et_pb_\w+|fusion_\w+)\b[^\[\]]*\]")


def decode(data: bytes, label: str = "") -> str:
    """The text of a file in UTF-8 or UTF-16, in what its `label` means or in the older encoding that fits best.

    Where nearly all of a file is UTF-8, its other bytes are Windows-1252. Raises ValueError for bytes that are no text.

    >>> decode(b"The caf\\xc3\\xa9 closed. It\\x92s over."), decode(b"It\\x92s over.", "iso-8859-1")
    ('The café closed. It’s over.', 'It’s over.')
    """
    if wide := _wide(data):
        return data.decode(wide, errors="replace")
    if data[:4000].count(0) > len(data[:4000]) / 100:
        raise ValueError("a binary file: save the article as plain text")
    return _narrow(data, label)


def decode_table(data: bytes) -> str:
    """The text of a whole table, which may hold a NUL."""
    wide = _wide(data)
    return (data.decode(wide, errors="replace") if wide else _narrow(data)).replace("\0", "")


def _wide(data: bytes) -> str:
    """The encoding of two or four bytes a letter by the mark or the zeros in front; "" for another."""
    if marked := next((encoding for mark, encoding in MARKS.items() if data.startswith(mark)), ""):
        return marked
    for encoding in ("utf-16-le", "utf-16-be") if data[:4000].count(0) > len(data[:4000]) / 4 else ():
        text = data[:4000].decode(encoding, errors="replace")
        if sum(letter.isalpha() or letter.isspace() for letter in text) > len(text) * 0.7:
            return encoding
    return ""


def _narrow(data: bytes, label: str = "") -> str:
    """The text of bytes in UTF-8 or an older encoding."""
    with suppress(UnicodeDecodeError):
        return data.decode("iso2022_jp_2" if b"\x1b$" in data else "utf-8-sig")
    escaped = data.decode("utf-8-sig", "surrogateescape")
    bad, good = len(BAD.findall(escaped)), len(LIKELY.findall(escaped)) + 20 * len(SURE.findall(escaped))
    if bad <= good:
        return data.decode("utf-8-sig", "windows-1252")
    with suppress(LookupError, ValueError):
        name = codecs.lookup(label).name
        meant = MEANT.get(name, name)
        if TEXTUAL.match(meant):
            return data.decode(meant, "replace" if meant == "cp1252" else "strict")
    return data.decode(_encoding(data), errors="replace")


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """What bytes that are no UTF-8 stand for in Windows-1252; half of a letter is a mark of its own."""
    part = error.object[error.start : error.end].decode("cp1252", "replace")
    half = part[1] not in QUOTED if len(part) > 1 else part > "Á" and error.end == len(error.object)
    return "\ufffd" if half else part, error.end


codecs.register_error("windows-1252", _as_windows)


def _encoding(data: bytes) -> str:
    """The older encoding that fits the letters best; ValueError where none does."""
    if sum(map(data.count, (*range(9), 11, *range(14, 32)))) > len(data) / 100:
        raise ValueError("a binary file: save the article as plain text")
    # A large table may begin with a megabyte of plain letters.
    sample = data if len(data) < 1_000_000 else b"\n".join(line for line in data.split(b"\n") if not line.isascii())
    sample = sample[:1_000_000]
    # A few foreign marks between plain letters are those of the commonest encoding: too few for a guess.
    text = sample.decode("cp1252", errors="replace")
    marks = [mark for mark in text if mark > "\x7f"]
    if (len(marks) < 0.03 * len(text) or {*marks} <= {*QUOTED}) and WESTERN.fullmatch(text):
        return "cp1252"
    from charset_normalizer import from_bytes

    matches = from_bytes(sample)
    best = matches.best()
    if best is None:
        raise ValueError("a binary file: save the article as plain text")
    # Of encodings that fit equally well the commonest is the likeliest.
    fit = {match.encoding for match in matches if match.chaos == best.chaos and match.coherence > best.coherence - 0.05}
    return next((likely for likely in ("cp1252", "cp1251") if likely in fit), best.encoding)


def composed(text: str) -> str:
    """Text with each letter in one character, ligatures in two, and the marks of Windows that were read as controls.

    >>> composed("The ﬁrst cafe\u0301 in dis\u00ad\\ncuss it")
    'The first café in discuss\\nit'
    """
    if text.isascii() or not ODD.search(text):
        return text
    text = BROKEN.sub(r"\2\1", text)  # the hyphen that shows at the end of a line alone
    text = re.sub("[\x80-\x9f]", lambda mark: mark[0].encode("latin-1").decode("cp1252", "ignore") or mark[0], text)
    text = PARTED.sub(lambda letter: unicodedata.normalize("NFC", letter[0]), text)
    text = JOINED.sub(lambda letter: unicodedata.normalize("NFKC", letter[0]), text)
    if not ASIAN.search(text):  # among Asian letters the wide ones are spelt so
        text = LATIN.sub(lambda letter: chr(ord(letter[0]) - 0xFEE0), text)
    return text


def unmarked(text: str) -> str:
    """Text without the tags of a page, a paragraph a line; what only speaks of tags stays.

    >>> unmarked("<p>Ships &amp; men<br>left.</p>"), unmarked("If a <b and c> d, write to <x@y.example>.")
    ('Ships & men\\nleft.', 'If a <b and c> d, write to <x@y.example>.')
    """
    if not _is_marked(text):
        once = ENTITY.sub(lambda entity: html.unescape(entity[0]), text) if "&lt;" in text else ""
        return unmarked(once) if _is_marked(once) else text
    low, parts, at, inside = text.lower(), [], 0, False
    pairs = {tag[2].lower() for tag in TAG.finditer(text) if tag[1]}
    for tag in TAG.finditer(text):
        name = (tag[2] or "").lower()
        if tag.start() < at or (name and not KNOWN.fullmatch(name) and name not in pairs):
            continue
        piece, at = text[at : tag.start()], tag.end()
        parts.append(re.sub(r"\s*\n\s*", " ", piece) if inside else piece)
        if BLOCKS.fullmatch(name):
            inside = inside if name in ("br", "hr") else not tag[1]
            parts.append("\n")
        elif name in ("td", "th") and tag[1]:
            parts.append("\t")
        ending = "-->" if tag[0] == "<!--" else f"</{name}" if name in HIDDEN and not tag[1] else ""
        end = low.find(ending, at) if ending else -1
        at = at if end < 0 else end + 3 if ending == "-->" else (low.find(">", end) + 1 or len(text))
    plain = html.unescape(SHORTCODE.sub("", "".join([*parts, text[at:]])))
    return "\n".join(line.strip() for line in plain.splitlines() if line.strip())


def _is_marked(text: str) -> bool:
    """Whether tags of a page stand in a text."""
    if "<" not in text or ">" not in text:
        return False
    if BREAK.search(text) or (text.lstrip()[:3].lower() == "<p>" and text.lower().count("<p>") > 1):
        return True
    opened, closed = ({(tag[1] or tag[2]).lower() for tag in found.finditer(text)} for found in (OPENED, CLOSED))
    return bool(opened & closed)
