"""Pair quotation marks of every kind: from body text to the spans they enclose."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from . import split

CLOSES = {"“": "”", "„": "“”", "«": "»", "»": "«", "”": "”", "``": "''"}
ENDS = "“”„«»\"‘’‚‹›'`"
MARK = re.compile(r"``|''|[“”„«»\"]|(?<!\w)[‘'‚›](?=[\w“\"(…])")
# Printers mix marks: one that can not open closes what another kind opened, where its own kind opened nothing.
MIXED = re.compile(r"(?<=\S)(?:[”\"]|''|“(?=[\s.,;:!?)]|$))")
# A straight mark opens with no word or stop before it, and something behind it.
OPENS = re.compile(r"(?<![^\W_])(?<![.,!?])(?:''|\")(?=\S)")
# A straight mark that can only open, though another is open: "We are shut, he said. "Come back."
AGAIN = re.compile(r"(?<=\. )\"(?=\w)")
# A word that starts with an apostrophe opens no quotation, whichever way its apostrophe leans.
CLIPPED = re.compile(r"[‘'](?:\d0s|\d\d(?![^‘’']*[,.!?][’'])|em|tis|twas|til|till|cause|bout|round|n)\b", re.IGNORECASE)
SINGLE = {"‘": r"(?<=\S)’(?!\w)", "'": r"(?<=[^\s'])'(?![\w'])", "‚": r"(?<=\S)[‘’](?!\w)", "›": r"(?<=\S)‹(?!\w)"}
SINGLE = {mark: re.compile(closes) for mark, closes in SINGLE.items()}
# One single mark that closes what a double one opened; none that was opened by a single one.
SINGLE_STOP, SINGLE_OPENS = re.compile(r"[,.!?][’'](?=\s|$)"), re.compile(r"(?<!\w)[‘'](?=\w)")
# What follows the apostrophe of a plural owner ("the ministers’ talks"): a small word, with no stop between.
OWNER = re.compile(r"(?<=s)[’'] (?=[a-z])")
MASK = "\ue000"  # stands for every character between marks, so that no rule reads what is quoted


class Quote(NamedTuple):
    """A quotation, its marks included, and whether it was closed before its paragraph ended."""

    start: int
    end: int
    closed: bool


def pairs(text: str) -> list[Quote]:
    """List every outermost quotation of a text, in order.

    One that is not closed runs to the end of its paragraph, as newspapers leave it open when it goes on in the next;
    a single mark without a partner is an apostrophe.

    >>> [text[q.start : q.end] for text in ["‘It’s the dockers’ job,’ he said."] for q in pairs(text)]
    ['‘It’s the dockers’ job,’']
    """
    return [quote for line in split.PARAGRAPH.finditer(text) for quote in _outermost(_paired(text, *line.span()))]


def mask(text: str, places: Iterable[tuple]) -> str:
    """Blot out some places of a text, such as its quotations, character for character; each begins with start, end."""
    parts, at = [], 0
    for start, end, *_ in places:
        parts += [text[at:start], MASK * (end - start)]
        at = end
    return "".join([*parts, text[at:]])


def _paired(text: str, start: int, end: int) -> Iterator[Quote]:
    """The pairs of marks in one paragraph, inner ones too; a mark left open runs on if nothing was opened after it."""
    open_: list[tuple[int, str]] = []
    closers: dict[str, list[int]] = {}
    ends = {mark: text.rfind(CLOSES[mark], start, end) for mark in "»”"}  # they open only if there is one to close
    at, last = start, start
    while match := MARK.search(text, at, end):
        mark, at = match[0], match.end()
        if mark in SINGLE:
            close = 0 if open_ else _single(text, match.start(), end, closers) or _double(text, at, end)
            if close:
                yield Quote(match.start(), close, True)
                at = close
        elif depth := _closes(text, match, open_):
            del open_[len(open_) - depth + 1 :]
            yield Quote(open_.pop()[0], match.end(), True)
        elif mark in "»”" and (text[at - 2 : at - 1].strip() or at > ends[mark]):
            continue
        elif mark in CLOSES or OPENS.match(text, match.start()):
            open_.append((match.start(), mark))
            last = len(open_)
    if len(open_) == 1 and last == 1:
        close = SINGLE_STOP.search(text, open_[0][0] + 1, end)
        alone = close and not SINGLE_OPENS.search(text, open_[0][0] + 1, close.start())
        yield Quote(open_[0][0], close.end() if alone else end, bool(alone))


def _closes(text: str, match: re.Match[str], open_: list[tuple[int, str]]) -> int:
    """How deep the quotation lies that a mark closes, 1 the innermost: of its kind, else of any; 0 for none."""
    if AGAIN.match(text, match.start()):
        return 0
    for depth, (_, mark) in enumerate(reversed(open_[-2:]), 1):
        if match[0] in CLOSES.get(mark, mark):
            return depth
    return int(bool(open_ and MIXED.match(text, match.start()) and not OPENS.match(text, match.start())))


def _single(text: str, start: int, end: int, closers: dict[str, list[int]]) -> int:
    """Where a single quotation that opens at `start` ends, 0 if nowhere in the paragraph."""
    mark = text[start]
    if CLIPPED.match(text, start):
        return 0
    if mark not in closers:
        closers[mark] = [match.end() for match in SINGLE[mark].finditer(text, start, end)]
    places = closers[mark]
    at = bisect_right(places, start + 2)
    first = at
    while at + 1 < min(len(places), first + 9) and OWNER.match(text, places[at] - 1):
        opener = MARK.search(text, places[at], places[at + 1])
        if opener and opener[0] in SINGLE:
            break
        at += 1
    return places[at] if at < len(places) else 0


def _double(text: str, start: int, end: int) -> int:
    """Where a double mark ends what a single one opened: the next mark of all, behind a stop; 0 where it does not."""
    match = MARK.search(text, start, end)
    return match.end() if match and match[0] in '”"' and text[match.start() - 1] in ",.!?" else 0


def _outermost(pairs: Iterator[Quote]) -> Iterator[Quote]:
    end = -1
    for quote in sorted(pairs, key=lambda quote: (quote.start, -quote.end)):
        if quote.start >= end and quote.end - quote.start > 2:
            yield quote
            end = quote.end
