"""Whose words these are: quoted and reported speech as spans with their speaker; the rest is the outlet's own voice."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from . import split

# Verbs that introduce what somebody says, in the forms newspapers use. WEAK ones need "that" after them: "he found
# that ..." is reported thought, "he found a boat" is not.
_STEMS = (
    "acknowledg add alleg announc argu assert claim complain conclud conced confirm contend declar explain insist "
    "maintain not observ pledg predict promis recall reiterat reaffirm remark report respond stat stress suggest tweet "
    "vow warn"
).split()
STRONG = (
    r"(?:said|says?|told|tells?|wrote|writes?|emphasi[sz](?:ed|es)|underlin(?:ed|es)|den(?:ied|ies)|repl(?:ied|ies)|"
    r"testif(?:ied|ies)|admit(?:ted|s)|" + "|".join(rf"{stem}(?:ed|e?s)" for stem in _STEMS) + ")"
)
WEAK = (
    r"(?:believ(?:ed?|es)|th(?:inks?|ought)|hop(?:ed?|es)|fear(?:ed|s)?|expect(?:ed|s)?|agreed?|kn(?:ow|ew)s?|"
    r"f(?:ound|inds)|indicat(?:ed|es)|show(?:ed|s)|reveal(?:ed|s)|decid(?:ed|es)|felt|feels?|saying|telling|"
    + "|".join(f"{stem}ing" for stem in _STEMS)
    + ")"
)
ACCORDING = r"(?:[Aa]ccording to|[Ii]n the words of|[Aa]s reported by)"
QUOTE = re.compile(
    r"“[^“”\n]{1,2000}(?:”|$)|(?<![\w\"])\"[^\"\n]{1,2000}(?:\"|$)|"
    r"(?<!\w)‘(?:[^‘’\n]|’(?=\w)){2,600}’(?!\w)|«[^«»\n]{1,2000}(?:»|$)",
    re.MULTILINE,
)
# The words before a verb of saying that can be its subject: a pronoun, or a phrase up to the last clause boundary.
SUBJECT = re.compile(r"(?:[^\s,;:.“”\"]+ ){0,12}[^\s,;:.“”\"]+(?:, [^,“”\"]{2,80},)?$")
THAT = re.compile(
    rf"\b(?:{STRONG}|{WEAK})\b"
    r"(?: (?:him|her|them|reporters|journalists|lawmakers|[A-Z][\w’'-]+|(?:on|in|at|to) [^,;“”]{2,40}?)){0,3},? that "
)
SAID = re.compile(
    rf"\b(?P<verb>{STRONG})(?: (?:on|in|at) (?:[A-Z]\w+|an? \w+(?: \w+)?))? "
    r"(?:(?P<clause>(?=(?:the|an?|he|she|it|they|there|his|her|their|its|this|these|both|some|no|[A-Z])\b))|"
    r"(?!(?:to|on|in|at|by|for|with|from|of|about|after|before|as|when|while|and|but|or|so|nothing|little|much|that)\b))"
)
TRAIL = re.compile(
    rf",[”\"’]? (?P<who>[^,;“”\"]{{1,140}}?(?:, [^,“”\"]{{2,90}},)?) {STRONG}\b|"
    rf",[”\"’]? {STRONG} (?P<who2>[^,;“”\"]{{2,140}})"
)
ACCUSED = re.compile(
    r"\b(?:accus|blam|critici[sz])(?:ed?|es|ing) [^,.;“”\"]{2,60}? (?:of|for) "
    r"(?=\w+ing\b|(?:his|her|its|their|the|an?)\b)"
)
CLAIM = re.compile(r"\b(?:accusations?|allegations?|assertions?|claims?|warnings?|suggestions?|statements?) that ")
CLOSING = re.compile(
    r"(?: (?:on|in|at|to|during|of|after|via) [^,;“”]{1,90}| [^,;“”\s]{1,30}){0,3}[.!?]?$|"
    r",? (?:as|while|amid|after|when|adding|in)\b"
)
BESIDE = re.compile(rf"\b(?:{STRONG}|{WEAK}|call(?:ed|s|ing)|praised|described|labell?ed|quoted)\b")
AUXILIARY = re.compile(r"\b(?:is|are|was|were|will|would|could|should|may|might|has|have|had|can|must|do|does|did)\b")
FINITE = re.compile(rf"{AUXILIARY.pattern}|\b\w{{3,}}(?:ed|s)\b")


LONGEST = 3000  # characters; what goes on longer without a stop is a table or a list, and no rule speaks of it


class Span(NamedTuple):
    """Words not the outlet's own: where they stand, how (quoted or reported), and the span of their speaker."""

    start: int
    end: int
    voice: str
    speaker: tuple[int, int] | None


def spans(text: str) -> list[Span]:
    """Quoted and reported speech in a text, in order; no two spans overlap, quoted words part reported ones.

    Rules after a hand-labelled corpus of attributions (PolNeAR; Newell, Margolin and Ruths, 2018): quotation marks of
    every kind, an open one running to the end of its paragraph; "according to"; "said that"; "said" and a clause;
    a trailing "X said"; accusations. The outlet's own voice is what remains.

    >>> [("It is late, he said."[s.start:s.end], s.voice) for s in spans("It is late, he said.")]
    [('It is late', 'reported')]
    """
    found: list[Span] = []
    quotes = [match.span() for match in QUOTE.finditer(text)]
    starts, ends = [a for a, _ in quotes], [b for _, b in quotes]
    last: tuple[int, int] | None = None
    for sentence in split.sentences(text):
        inside = quotes[bisect_right(ends, sentence.start) : bisect_left(starts, sentence.end)]
        if sentence.end - sentence.start > LONGEST:
            last = None
            found += [Span(max(a, sentence.start), min(b, sentence.end), "quoted", None) for a, b in inside]
            continue
        report = _report(text, sentence, inside)
        speaker = report.speaker if report else _speaker_beside(text, sentence, inside)
        last = speaker or (last if inside else None)
        found += [Span(max(a, sentence.start), min(b, sentence.end), "quoted", speaker or last) for a, b in inside]
        if report:
            found += [Span(a, b, "reported", speaker) for a, b in _outside(text, report.start, report.end, inside)]
    return list(_joined(found))


def _report(text: str, sentence: split.Sentence, quotes: list[tuple[int, int]]) -> Span | None:
    """The reported clause of one sentence, by the first rule that fits."""
    start, end = sentence.start, sentence.end
    free = lambda at: not any(a <= at < b for a, b in quotes)  # noqa: E731
    if source := re.compile(rf"{ACCORDING} (?P<who>[^,“”]{{2,120}}), ").match(text, start, end):
        return Span(source.end(), end, "reported", source.span("who"))
    source = re.compile(rf",? {ACCORDING} (?P<who>[^,“”]{{2,120}}?)(?=[.,;])").search(text, start, end)
    if source and free(source.start()):
        return Span(start, source.start(), "reported", source.span("who"))
    for trail in TRAIL.finditer(text, start, end):
        who = "who" if trail["who"] else "who2"
        if (
            free(trail.start(who))
            and not re.match(r"(?:who|which|that|and|but)\b", trail[who])
            and _closes(text, trail, end)
        ):
            return Span(start, trail.start(), "reported", trail.span(who))
    for rule in (THAT, ACCUSED, CLAIM):
        if (match := rule.search(text, start, end)) and free(match.start()):
            speaker = None if rule is CLAIM else _subject(text, start, match.start())
            return Span(match.end(), _stop(text, match.end(), end, quotes), "reported", speaker)
    for match in SAID.finditer(text, start, end):
        subject = _subject(text, start, match.start())
        verb = FINITE if match["clause"] is not None else AUXILIARY
        if subject and free(match.start()) and verb.search(text, match.end(), end):
            return Span(match.end(), _stop(text, match.end(), end, quotes), "reported", subject)
    return None


def _closes(text: str, trail: re.Match[str], end: int) -> bool:
    """Whether ", X said" ends its sentence, perhaps with a place, a day or a clause of circumstance behind it."""
    return bool(CLOSING.match(text, trail.end(), end))


def _stop(text: str, at: int, end: int, quotes: list[tuple[int, int]]) -> int:
    """Where a reported clause gives way to the outlet's own aside, such as ", even as ..."."""
    aside = re.compile(r", (?:even as|while|amid|drawing|according to) ").search(text, at, end)
    return aside.start() if aside and not any(a <= aside.start() < b for a, b in quotes) else end


def _subject(text: str, start: int, verb: int) -> tuple[int, int] | None:
    """The span of the words before a verb of saying that name who speaks."""
    match = SUBJECT.search(text[start:verb].rstrip())
    if not match or re.search(r"\b(?:to|be|been|was|were|is|are|of|the|an?|and|not)$", match[0]):
        return None
    return start + match.start(), start + match.end()


def _speaker_beside(text: str, sentence: split.Sentence, quotes: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Who stands by a verb of saying outside the quotation marks of a sentence."""
    for match in BESIDE.finditer(text, sentence.start, sentence.end):
        if quotes and not any(a <= match.start() < b for a, b in quotes):
            before = max([b for a, b in quotes if b <= match.start()], default=sentence.start)
            after = re.compile(r" (?P<who>(?:the |an? )?[^,;.“”\"]{2,120})").match(text, match.end(), sentence.end)
            subject = _subject(text, before, match.start())
            return subject or (after.span("who") if after else None)
    return None


def _outside(text: str, start: int, end: int, quotes: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The parts of a span between quotation marks that hold a word."""
    for a, b in [*quotes, (end, end)]:
        if start < a and split.WORD.search(text, start, min(a, end)):
            yield start, min(a, end)
        start = max(start, b)


def _joined(found: list[Span]) -> Iterator[Span]:
    """Spans of one quotation that crosses sentences, put together again."""
    open_: Span | None = None
    for span in sorted(found, key=lambda span: span[:2]):
        if open_ and span.voice == open_.voice == "quoted" and span.start <= open_.end + 1:
            open_ = open_._replace(end=max(open_.end, span.end), speaker=span.speaker or open_.speaker)
            continue
        if open_:
            yield open_
        open_ = span
    if open_:
        yield open_
