"""Find quoted and reported speech as spans with their speaker; the rest is the outlet's own voice."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from . import attribution, split
from .attribution import Cue, Piece
from .quotes import ENDS, MASK, Quote, mask, pairs
from .split import Sentence
from .turns import turns

LONGEST = 3000  # characters; longer sentences are tables or lists: skip them
LEAD = re.compile(r"[,;]?\s*(?:(?:and|but|or)\s+)?that(?=\s)|[,;]\s*(?:and|but|or)(?=\s)")
SAYS = re.compile(rf"\s(?:(?:also|has|have|had|later|then)\s)*(?:{attribution.SAYING.pattern})")
NEAR = 200  # characters before a quotation in which whose words it has can be told, and at its ends, how it looks
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
        """The words of a quotation without its marks; of one that reaches over many sentences both ends."""
        start, end = quote.start, quote.end
        if end - start > 2 * NEAR:
            return f"{self.text[start : start + NEAR]} {self.text[end - NEAR : end]}".strip(ENDS)
        return self.text[start:end].strip(ENDS)


def spans(text: str, sentences: Iterable[Sentence] = ()) -> list[Span]:
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
    starts, ends = [q.start for q in quotes], [q.end for q in quotes]
    bare = mask(text, [quote for quote in quotes if not _names(text, quote)])
    masked = _Masked(text, bare, quotes, {})
    told = [Span(turn.start, turn.end, "quoted", turn.who, None) for turn in turns(text)]
    reported: list[Span] = []
    last, said, before, para = None, False, None, -1
    for sentence in sentences or split.sentences(text):
        inside = range(bisect_right(ends, sentence.start), bisect_left(starts, sentence.end))
        if sentence.para != para:
            goes_on = said and _goes_on(masked, sentence, inside)
            last, para = (last if goes_on else None), sentence.para
        if (turn := bisect_right(told, sentence.start, key=_opens)) and sentence.start < told[turn - 1].end:
            continue
        frame = sentence.end - sentence.start - bare.count(MASK, sentence.start, sentence.end)
        if frame > LONGEST:
            masked.whose.update(dict.fromkeys(inside, (None, None)))
            continue
        cues = _cues(bare, sentence, before, quoted=bool(inside)) if frame > 5 else []
        _assign(masked, sentence, inside, cues, last)
        if frame > 5 or inside:
            last, said = _latest(masked, sentence, inside, cues) or (last, said)
        before = cues[-1] if cues else None
        for cue in cues:
            free = [piece for a, b in cue.content for piece in _free(bare, a, b)]
            reported += [Span(*piece, "reported", cue.speaker, cue.verb) for piece in free]
    quoted = [Span(*quotes[number][:2], "quoted", *whose) for number, whose in masked.whose.items()]
    return list(_apart(sorted(reported + quoted + told, key=lambda span: (span.start, -span.end))))


def _names(text: str, quote: Quote) -> bool:
    """Whether marks enclose the name of something of a speaker: "the captain of the “Maria Dolores” said"."""
    before = text[max(0, quote.start - 2) : quote.start]
    within = before[-1:] == " " and before[:1].isalpha() and quote.end - quote.start < NEAR
    return within and bool(SAYS.match(text, quote.end)) and _is_title(text[quote.start : quote.end].strip(ENDS))


def _opens(turn: Span) -> int:
    """Where a turn of a transcript opens: with the name of who speaks."""
    return turn.speaker[0]


def _cues(bare: str, sentence: Sentence, before: Cue | None, *, quoted: bool) -> list[Cue]:
    """The attributions of a sentence, or where it has none that of the one before it, if that goes on."""
    cues = attribution.cues(bare, sentence.start, sentence.end)
    if before and not cues and not quoted and attribution.carries_on(bare, sentence.start, sentence.end, before):
        return [before._replace(content=[(sentence.start, sentence.end - 1)])]
    return cues


def _latest(masked: _Masked, sentence: Sentence, inside: range, cues: list[Cue]) -> tuple[Piece | None, bool] | None:
    """Who spoke last, and whether he did: whom a sentence right before a quotation opens with may only be about to."""
    if spoken := [cue.speaker for cue in cues if cue.speaker]:
        return spoken[-1], True
    if inside:
        who = masked.whose.get(inside[-1], (None, None))[0]
        return (who, True) if who else None
    near = bisect_left(masked.quotes, (sentence.end,)) < bisect_left(masked.quotes, (sentence.end + 3,))
    return attribution.opening(masked.bare, sentence.start, sentence.end) if near else None, False


def _goes_on(masked: _Masked, sentence: Sentence, inside: range) -> bool:
    """Whether a paragraph goes on with words of the one before: it is all in marks, or was announced by a colon."""
    if masked.text[max(0, sentence.start - 3) : sentence.start].rstrip().endswith(":"):
        return True
    opens = bool(inside) and masked.quotes[inside.start].start <= sentence.start + 1
    left_open = opens and inside.start and not masked.quotes[inside.start - 1].closed
    return opens and (left_open or not masked.bare[sentence.start : sentence.end].strip(" .!?" + MASK))


def _assign(masked: _Masked, sentence: Sentence, inside: range, cues: list[Cue], last: Piece | None) -> None:
    """Give each quotation of a sentence its speaker in `whose`, or leave it out where nobody speaks in it."""
    whose, before, outer = masked.whose, inside.start - 1, masked.bare[sentence.start : sentence.end]
    follows = before in whose and not inside and sentence.start - masked.quotes[before].end < 3
    if follows and cues and not cues[0].content and not masked.bare[cues[0].end : sentence.end].strip(" ."):
        whose[before] = cues[0].speaker, cues[0].verb  # “Is it so?” Wang asked.
    meant, whole = attribution.PATTERN["sayings"].search(outer), not outer.strip(" .!?•*-–—" + MASK)
    for number in inside:
        quote = masked.quotes[number]
        cue, title = _cue(quote, cues), _is_title(masked.inner(quote))
        full = not quote.closed or _full(masked, quote, whole)
        near = max(cue.end if cue else sentence.start, quote.start - NEAR)
        if attribution.PATTERN["of others"].search(masked.bare, near, quote.start):
            whose[number] = None, None
        elif number - 1 in whose and number > inside.start and _broken(masked, quote):
            whose[number] = whose[number - 1]
        elif cue and cue.speaker and not (title and cue.end <= quote.start):
            whose[number] = _signed(masked.bare, sentence.start, quote) or cue.speaker, cue.verb
        elif number not in whose and not title and (full or meant):
            whose[number] = _teller(masked, sentence, quote, last, whole=whole) if full else None, None


def _broken(masked: _Masked, quote: Quote) -> bool:
    """Whether a quotation goes on with the one before: "My client," said a lawyer in court, "was asleep"."""
    before = masked.quotes[bisect_left(masked.quotes, quote) - 1]
    goes_on = masked.text.endswith(",", 0, before.end - 1) and masked.bare.endswith(", ", 0, quote.start)
    return goes_on and masked.inner(quote)[:1].islower()


def _teller(masked: _Masked, sentence: Sentence, quote: Quote, last: Piece | None, *, whole: bool) -> Piece | None:
    """Who says a sentence in marks that no known verb gives to anybody: who is named beside it, or spoke last.

    "It rained," summed up a trader; “It rained.” — Pia Roe; but "It rained," he was told.
    """
    bare = masked.bare
    if by := attribution.PATTERN["byline"].match(bare, quote.end):
        return by.span("name")
    if not whole and attribution.PATTERN["goes on"].match(masked.text, quote.end - 2, sentence.end):
        tag = attribution.PATTERN["tag"].match(bare, quote.end, sentence.end)
        return next((tag.span(who) for who in ("name", "post", "who") if tag[who]), None) if tag else None
    if not last and bare.endswith((", ", ": "), sentence.start, quote.start):
        return attribution.opening(bare, sentence.start, sentence.end)
    return last


def _signed(bare: str, start: int, quote: Quote) -> Piece | None:
    """The paper whose words a quotation has, where it says no more of a person than that he signed it."""
    signed = attribution.PATTERN["signed"].search(bare, max(start, quote.start - NEAR), quote.start)
    return signed.span("paper") if signed else None


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


def _is_title(inner: str) -> bool:
    """Whether words are a name or a title: every word of weight has a capital, and no sentence ends in them."""
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
