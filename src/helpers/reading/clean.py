"""From the raw text of one file to body text, and every line or span cut out with the rule that cut it."""

import re
from itertools import pairwise
from typing import NamedTuple

from ..language import dates
from .chrome import CREDIT_WORDS, NOTES, Page, credit, mark
from .furniture import Rules, ends, is_plain, kind, prose, rules

# Marks that steer the display and are no letters: controls, direction marks, zero-width marks, soft hyphens.
CONTROL = re.compile(
    r"[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
# The first byte of a UTF-8 letter read in a one-byte encoding, with what can follow it; and escapes of HTML.
GARBLED = re.compile(
    r"[Â-ôĂăĎďŃńĐđ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸˇ˘˝˛]|[РСв][Ђ-Џђ-џ\x80-\xbf‚„…†‡€‰‹‘’“”•–—™›№]"
    r"|&(?:#\d{2,5}|#x[\da-fA-F]{2,4}|amp|quot|nbsp|apos|lt|gt|[lr][sd]quo|[mn]dash|hellip);"
)
_MEDIA = "photo|picture|video|image|map|chart|graphic|gallery|watch|listen|read|see|more|full|click|audio"
ASIDE = re.compile(
    rf"(?:\[(?:\d{{1,3}}|(?:{_MEDIA})\b[^\[\]]{{0,60}})\]|\((?:{_MEDIA})\b[^()]{{0,60}}\))", re.IGNORECASE
)
POST = re.compile(
    rf"^(?:#\d+\s*(?:·\s*)?)?(?:(?:{dates.DATE.pattern}|Today|Yesterday)[^·|]{{0,25}}[·|]\s+)+(?:#\d+\s*)?(?:·\s*)?|^#\d+\s+(?=\S)"
)
NOTE = re.compile(rf"(?:(?<=[^\W\d_]{{2}}[.,”’\"'])|(?<=[^\W\d_]{{3}}))[{NOTES}]+")
LEADING = re.compile(r"[Â-ôĂăĎďŃńĐđРСв]")
ASIDES = ((POST, "post number", "#·|"), (ASIDE, "aside", "[("), (NOTE, "footnote mark", NOTES[:3]))
# What stands behind the last stop of a paragraph and has none itself: a button or a source may have slipped in.
ENDING = re.compile(r"(?<=[.!?…”\"’')\]])\s+((?:[(\[][^()\[\]]{2,120}[)\]])|[^.!?…()]{3,100})$")


class Cut(NamedTuple):
    """One piece that cleaning took out: its line in the raw text (from 1), its words, and the rule that cut it."""

    line: int
    text: str
    rule: str


def article(raw: str, title: str = "", known: Rules | None = None) -> tuple[str, list[Cut]]:
    r"""Body text, one paragraph a line, and what was cut from the raw text.

    Kept lines keep their characters, except non-breaking spaces and broken encodings, which are repaired and reported
    as they were; lines broken at a width are joined; white space round a line goes without a row. The `title` stays.
    `known` are the listed rules, the packaged ones if none are given.

    >>> text, cuts = article("OSLO, May 3 (NTB) - Snow fell.\nAdvertisement\n")
    >>> text, [cut.rule for cut in cuts]
    ('Snow fell.', ['dateline', 'advertisement'])
    """
    lines, cuts = _readable(raw)
    known = (known or rules()).of("\n".join(line for line in lines.values() if not is_plain(line)))
    kinds = {n: kind(line, known) for n, line in lines.items()}
    heading = next((n for n, line in lines.items() if line == title), 0)
    page = Page(lines, kinds, {n: n != heading and not kinds[n] and prose(line) for n, line in lines.items()}, heading)
    mark(page)
    if not page.open():  # a text of nothing but furniture is a text all the same
        kinds.update(dict.fromkeys(lines, ""))
    cuts += [Cut(n, lines[n], rule) for n, rule in kinds.items() if rule]
    kept = {n: lines[n] for n in page.open()}
    _spans(kept, page, known, cuts)
    return "\n".join(line for line in kept.values() if line), sorted(cuts)


def _readable(raw: str) -> tuple[dict[int, str], list[Cut]]:
    """The lines that hold anything, by number, control marks out and broken encodings repaired."""
    cuts: list[Cut] = []
    lines = {}
    foreign = "&" in raw or (not raw.isascii() and LEADING.search(raw))
    suspect = bool(CONTROL.search(raw) or (foreign and GARBLED.search(raw)))
    for n, line in enumerate(_unwrapped(raw.replace("\u00a0", " ").splitlines()), 1):
        if suspect:
            line = _repaired(n, line, cuts)
        if line := line.strip():
            lines[n] = line
    return lines, cuts


def _unwrapped(lines: list[str]) -> list[str]:
    """Lines broken at a width joined to paragraphs, each at the place of its first; other texts stay as they are."""
    inner = [(a, b) for a, b in pairwise(lines) if 50 <= len(a) <= 90 and b.strip()]
    if sum(b.lstrip()[:1].islower() for _, b in inner) < max(6, len(inner) / 2):
        return lines
    joined, opened = [""] * len(lines), -1
    parts: dict[int, list[str]] = {}
    for n, line in enumerate(lines):
        if opened < 0 or not line.strip() or line[:1].isspace() or len(lines[n - 1]) < 50:
            opened = n
        parts.setdefault(opened, []).append(line.strip())
    for n, pieces in parts.items():
        joined[n] = " ".join(pieces)
    return joined


def _repaired(n: int, line: str, cuts: list[Cut]) -> str:
    if GARBLED.search(line):
        import html

        import ftfy

        better = ftfy.fix_encoding(html.unescape(line)).replace("\u00a0", " ")
        if better != line and len(better.splitlines()) == 1:
            cuts.append(Cut(n, line.strip(), "broken encoding, repaired"))
            line = better
    if marks := CONTROL.findall(line):
        cuts.append(Cut(n, " ".join(f"U+{ord(mark):04X}" for mark in marks), "control characters"))
        line = CONTROL.sub("", line)
    return line


def _spans(kept: dict[int, str], page: Page, known: Rules, cuts: list[Cut]) -> None:
    """Cut datelines, credits, asides, sign-offs and slipped-in furniture out of kept lines, and note each."""
    agency, whole = "", "".join(kept.values())
    asides = [(pattern, rule) for pattern, rule, signs in ASIDES if any(map(whole.__contains__, signs))]
    credited = any(map(whole.__contains__, CREDIT_WORDS))
    sure = [n for n in kept if page.prose[n]][:2]
    for n in [n for n in kept if not sure or n <= sure[-1]][:12]:
        if not agency and (found := dates.dateline(kept[n])):
            agency = found[0].agency
            _take(kept, n, (0, found[1]), "dateline", cuts)
    for n, line in list(kept.items()):
        if line[-1:] in ")]" or not ends(line):
            if (last := ENDING.search(line, max(0, len(line) - 160))) and (rule := kind(last[1], known)) != "caption":
                _take(kept, n, last.span(), rule, cuts)
            if credited and (tail := credit(kept[n])):
                _take(kept, n, tail, "caption credit", cuts)
        for pattern, rule in asides:
            if pattern.search(kept[n]):
                _take_all(kept, n, pattern, rule, cuts)
        if agency and (found := re.search(rf"(?:(?<=[.!?”\"’)])\s+|^)\(?{re.escape(agency)}\)?$", kept[n])):
            _take(kept, n, found.span(), "sign-off", cuts)


def _take(kept: dict[int, str], n: int, span: tuple[int, int], rule: str, cuts: list[Cut]) -> None:
    if rule:
        line = kept[n]
        cuts.append(Cut(n, line[slice(*span)], rule))
        kept[n] = line[: span[0]] + line[span[1] :]


def _take_all(kept: dict[int, str], n: int, pattern: re.Pattern[str], rule: str, cuts: list[Cut]) -> None:
    """Cut every match out of a line, and before an aside the space as well."""
    line, left, at = kept[n], [], 0
    for found in pattern.finditer(line):
        before = line[at : found.start()]
        before = before.rstrip() if rule == "aside" else before
        cuts.append(Cut(n, line[at + len(before) : found.end()], rule))
        left.append(before)
        at = found.end()
    kept[n] = "".join([*left, line[at:]])
