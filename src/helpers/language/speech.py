"""Find quoted and reported speech as spans with their speaker; the rest is the outlet's own voice."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from . import attribution, split
from .attribution import Cue, Piece
from .quotes import ENDS, MASK, Quote, mask, pairs
from .split import Sentence
from .turns import turns

LONGEST = 3000  # characters; longer sentences are tables or lists: skip them
LEAD = re.compile(r"[,;]?\s*(?:(?:and|but|or)\s+)?that(?=\s)|[,;]\s*(?:and|but|or)(?=\s)")
FREE = re.compile(rf"[^{MASK}]+")


class Span(NamedTuple):
    """Words not the outlet's own: where they stand, how (quoted or reported), their speaker's place and their verb's.

    The verb may be words that stand for one, as "according to"; a quotation that no attribution reaches has none.
    """

    start: int
    end: int
    voice: str
    speaker: tuple[int, int] | None
    verb: tuple[int, int] | None


class _Masked(NamedTuple):
    """A text, the same with its quotations masked, the quotations, and by number the speaker and verb of those said."""

    text: str
    bare: str
    quotes: list[Quote]
    whose: dict[int, tuple[Piece | None, Piece | None]]

    def inner(self, quote: Quote) -> str:
        """The words of a quotation without its marks."""
        return self.text[quote.start : quote.end].strip(ENDS)


def spans(text: str) -> list[Span]:
    """List quoted and reported speech in a text, in order; no two spans overlap, quoted words part reported ones.

    Rules after a hand-labelled corpus of attributions (PolNeAR; Newell, Margolin and Ruths, 2018): quotation marks of
    every kind, an open one running to the end of its paragraph; "according to"; "said that"; "said" and a clause;
    a trailing "X said"; accusations, requests and names given to things ("called it a start"); "his claim that"; turns
    of a transcript. Words in marks that nobody says, titles and names among them, stay with the outlet, whose own voice
    is what remains.

    >>> [("It is late, he said."[s.start:s.end], s.voice) for s in spans("It is late, he said.")]
    [('It is late', 'reported')]
    """
    quotes = pairs(text)
    bare, starts, ends = mask(text, quotes), [q.start for q in quotes], [q.end for q in quotes]
    masked = _Masked(text, bare, quotes, {})
    told = [Span(turn.start, turn.end, "quoted", turn.who, None) for turn in turns(text)]
    reported: list[Span] = []
    last, before, para = None, None, -1
    for sentence in split.sentences(text):
        inside = range(bisect_right(ends, sentence.start), bisect_left(starts, sentence.end))
        if sentence.para != para:
            last, para = (last if _goes_on(masked, sentence.start, inside) else None), sentence.para
        if (turn := bisect_right(told, sentence.start, key=_opens)) and sentence.start < told[turn - 1].end:
            continue
        frame = sentence.end - sentence.start - bare.count(MASK, sentence.start, sentence.end)
        if frame > LONGEST:
            masked.whose.update(dict.fromkeys(inside, (None, None)))
            continue
        cues = _cues(bare, sentence, before, quoted=bool(inside)) if frame > 5 else []
        _assign(masked, sentence, inside, cues, last)
        if spoken := [cue.speaker for cue in cues if cue.speaker]:
            last = spoken[-1]
        elif frame > 5 and not inside:
            near = bisect_left(starts, sentence.end) < bisect_left(starts, sentence.end + 3)
            last = attribution.opening(bare, sentence.start, sentence.end) if near else None
        before = cues[-1] if cues else None
        for cue in cues:
            free = [piece for a, b in cue.content for piece in _free(bare, a, b)]
            reported += [Span(*piece, "reported", cue.speaker, cue.verb) for piece in free]
    quoted = [Span(*quotes[number][:2], "quoted", *whose) for number, whose in masked.whose.items()]
    return list(_apart(sorted(reported + quoted + told, key=lambda span: (span.start, -span.end))))


def _opens(turn: Span) -> int:
    """Where a turn of a transcript opens: with the name of who speaks."""
    return turn.speaker[0]


def _cues(bare: str, sentence: Sentence, before: Cue | None, *, quoted: bool) -> list[Cue]:
    """The attributions of a sentence, or where it has none that of the one before it, if that goes on."""
    cues = attribution.cues(bare, sentence.start, sentence.end)
    if before and not cues and not quoted and attribution.carries_on(bare, sentence.start, sentence.end, before):
        return [before._replace(content=[(sentence.start, sentence.end - 1)])]
    return cues


def _goes_on(masked: _Masked, start: int, inside: range) -> bool:
    """Whether a paragraph goes on with words of the one before: it opens with a mark, or was announced by a colon."""
    opens = bool(inside) and masked.quotes[inside.start].start <= start + 1
    return opens or masked.text[max(0, start - 3) : start].rstrip().endswith(":")


def _assign(masked: _Masked, sentence: Sentence, inside: range, cues: list[Cue], last: Piece | None) -> None:
    """Give each quotation of a sentence its speaker in `whose`, or leave it out where nobody speaks in it."""
    whose, before, outer = masked.whose, inside.start - 1, masked.bare[sentence.start : sentence.end]
    follows = before in whose and not inside and sentence.start - masked.quotes[before].end < 3
    if follows and cues and not cues[0].content and not masked.bare[cues[0].end : sentence.end].strip(" ."):
        whose[before] = cues[0].speaker, cues[0].verb  # “Is it so?” Wang asked.
    meant, whole = attribution.PATTERN["sayings"].search(outer), not outer.strip(" .!?•*-–—" + MASK)
    last = last or (attribution.opening(masked.bare, sentence.start, sentence.end) if inside else None)
    for number in inside:
        quote = masked.quotes[number]
        cue, title = _cue(quote, cues), _title(masked, quote)
        if cue and cue.speaker and not (title and cue.end <= quote.start):
            whose[number] = cue.speaker, cue.verb
        elif number not in whose and not title and (meant or not quote.closed or _full(masked, quote, whole)):
            whose[number] = last, None


def _cue(quote: Quote, cues: list[Cue]) -> Cue | None:
    """The attribution that a quotation belongs to: the nearest of those that reach it."""
    near = [cue for cue in cues if any(a < quote.end and quote.start < b for a, b in cue.reach)]
    return min(near, key=lambda cue: _gap(quote, cue), default=None)


def _gap(quote: Quote, cue: Cue) -> int:
    """How many characters lie between a quotation and its verb, or its speaker where he stands nearer."""
    if cue.end <= quote.start:
        return quote.start - cue.end
    return (min(cue.speaker[0], cue.end) if cue.speaker else cue.end) - quote.end


def _full(masked: _Masked, quote: Quote, whole: bool) -> bool:
    """Whether a quotation is speech by itself: five words, or from a capital to a stop, or all its sentence has."""
    inner = masked.inner(quote)
    many = len(inner.split())
    ends = inner[:1].isupper() and inner[-1] in ".,!?…"
    return many > 4 or (ends and many > 2) or (whole and inner[:1].isupper() and (ends or many > 2))


def _title(masked: _Masked, quote: Quote) -> bool:
    """Whether a quotation is a name or a title: every word of weight has a capital, and no sentence ends in it."""
    inner = masked.inner(quote)
    words = [word for word in inner.split() if len(word) > 3 or word[:1].isdigit()]
    return bool(words) and inner[-1] not in ".!?," and all(not word[0].islower() for word in words) and (
        len(inner.split()) > 1 or not inner.isalpha()
    )  # fmt: skip


def _free(bare: str, start: int, end: int) -> Iterator[Piece]:
    """The parts of a stretch outside quotation marks that hold a word."""
    for match in FREE.finditer(bare, start, end):
        lead = LEAD.match(bare, *match.span()) if match.start() > start else None
        first = split.WORD.search(bare, lead.end() if lead else match.start(), match.end())
        if first:
            inner = bare[first.start() : match.end()].rstrip()
            yield first.start(), first.start() + len(inner)


def _apart(spans: list[Span]) -> Iterator[Span]:
    """Spans with what two of them share left to the first."""
    end = 0
    for span in spans:
        if span.end > (start := max(span.start, end)):
            yield span._replace(start=start)
            end = span.end
