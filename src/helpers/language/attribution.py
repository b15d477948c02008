"""Who is said to say what in one sentence: verbs of saying with their subject and what they cover."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from . import quotes as marks
from . import verbs

Piece = tuple[int, int]


FAR = 300  # characters in which a clause shows its verb


class Cue(NamedTuple):
    """One attribution: where its verb ends, its speaker, the reported pieces, and where a quotation would be "
    "its own."""

    end: int
    speaker: Piece | None
    content: list[Piece]
    reach: list[Piece]


def cues(bare: str, start: int, end: int) -> list[Cue]:
    """The attributions of one sentence of a text whose quotations are masked, in order."""
    found, first = list(_sources(bare, start, end)), None
    for verb in verbs.VERBS.finditer(bare, start, end):
        at = verb.start()
        within = [n for n, cue in enumerate(found) if any(a <= at < b for a, b in cue.content)]
        before = max([b for cue in found for _, b in cue.content if b <= at], default=start)
        part = first and verbs.OF_KIND["part"].match(bare, at) and not bare.endswith(" as ", start, at)
        subject = first if part else _subject(bare, start, at) or first
        if subject is None and bare.endswith((" to ", " and "), start, at):
            subject = opening(bare, start, end)
        if (
            verbs.NOUN.search(bare, max(start, at - 18), at)
            or verbs.MODAL.search(bare, max(start, at - 24), at)
            or (subject and bare[slice(*subject)] in ("I", "we", "We"))
        ):
            continue
        if within and not (_joins(bare, start, at, subject)):
            continue
        cue = _forward(bare, verb, subject, start, end) or _trailing(bare, verb, subject, before, end)
        cue = cue or _owner(bare, verb, subject, start, end)
        if cue is None or (within and not cue.content):
            continue
        for n in within:
            own = cue.speaker[0] if cue.speaker and cue.speaker[0] > found[n].end else at
            found[n] = _cut(bare, found[n], min(own, at))
        first = first or cue.speaker
        found.append(cue)
    if not any(cue.content for cue in found):
        found += _reported(bare, start, end)
    if not any(cue.content for cue in found) and (noun := verbs.CLAIM.search(bare, start, end)):
        stop = _stop(bare, noun.end(), end, verbs.ASIDE)
        found.append(Cue(noun.end(), None, [(noun.end(), stop)], [(noun.end(), end)]))
    return sorted(found, key=lambda cue: cue.end)


def opening(bare: str, start: int, end: int) -> Piece | None:
    """The words a sentence opens with up to its verb: whom it is about, as far as that can be told."""
    lead = verbs.LEAD.match(bare, start, end)
    match = verbs.SUBJECT.match(bare, lead.end() if lead else start, end)
    found = _trimmed(bare, *match.span("who")) if match else None
    return found if found and verbs.PERSON.search(bare[slice(*found)]) else None


def _sources(bare: str, start: int, end: int) -> Iterator[Cue]:
    """According to X; by X's count; in X's opinion; as X put it."""
    for match in verbs.ACCORDING.finditer(bare, start, end):
        who = verbs.SOURCE.match(bare, match.end(), end)
        if not who:
            continue
        if match.start() == start or bare[: match.start()].endswith((", and ", "• ", "But ")):
            comma = bare.find(", ", who.end(), end)
            if comma == who.end():
                yield Cue(
                    who.end(), who.span(), [(comma + 2, _stop(bare, comma + 2, end, verbs.ASIDE))], [(start, end)]
                )
    if match := verbs.AS_PUT.match(bare, start, end):
        yield Cue(
            match.end(), match.span("who"), [(match.end(), _stop(bare, match.end(), end, verbs.ASIDE))], [(start, end)]
        )
    for match in verbs.OPINION.finditer(bare, start, end):
        who = match.span("a") if match["a"] else match.span("b")
        pieces = [
            _bounds(bare, start, match.start()),
            _bounds(bare, match.end(), _stop(bare, match.end() + 1, end, verbs.ASIDE)),
        ]
        yield Cue(match.end(), who, [piece for piece in pieces if piece[0] < piece[1]], [(start, end)])


def _reported(bare: str, start: int, end: int) -> Iterator[Cue]:
    """What stands before "according to X", where no verb gives it to somebody else."""
    for match in verbs.ACCORDING.finditer(bare, start + 1, end):
        if who := verbs.SOURCE.match(bare, match.end(), end):
            a, b = _bounds(bare, start, match.start())
            yield Cue(who.end(), _trimmed(bare, *who.span()), [(a, b)] if a < b else [], [(start, end)])


def _forward(bare: str, verb: re.Match[str], subject: Piece | None, start: int, end: int) -> Cue | None:
    """What stands behind a verb of saying: a clause, a name given, a request, an accusation."""
    at = verb.start()
    passive = verbs.PASSIVE.search(bare, max(start, at - 20), at)
    for kind, rules in verbs.FORWARD.items():
        word = verbs.OF_KIND[kind].match(bare, at, end)
        reduced = (
            bare.startswith(", ", at - 2)
            and (not subject or subject[1] >= at - 2)
            and kind in ("ask", "label", "liken", "accuse")
        )
        if not word or reduced or (passive and kind not in ("strong", "weak", "clausal", "tell")):
            continue
        for name in rules:
            match = verbs.RULES[name].match(bare, word.end(), end)
            if not match or (passive and name not in ("that", "all that", "colon")):
                continue
            if name in ("clause", "told", "plain") and not _clause(bare, match.end(), end, kind, name, at):
                continue
            if subject is None and kind != "part" and not passive:
                continue
            if name == "colon" and subject and marks.MASK in bare[max(start, subject[0] - 2) : subject[0]]:
                continue
            short = name in verbs.SHORT or ("that" not in name and _relative(bare, subject))
            last = _stop(bare, match.end(), end, verbs.CLAUSE_END if short else verbs.ASIDE)
            silent = name == "colon" or (short and bare.startswith(marks.MASK, match.end()))
            content = [] if silent else [(match.end(), last)]
            return Cue(word.end(), None if passive and name != "colon" else subject, content, [(at, end)])
    strong = verbs.OF_KIND["strong"].match(bare, at) and re.compile(r" [a-z]").match(bare, verb.end(), end)
    if not (strong and _relative(bare, subject)):
        return None
    last = _stop(bare, verb.end(), end, verbs.CLAUSE_END)
    return Cue(verb.end(), subject, [(verb.end(), last)], [(at, end)])


def _relative(bare: str, subject: Piece | None) -> bool:
    """Whether a subject stands in a relative clause: "the parts that Washington says ..."."""
    return bool(subject and verbs.RELATIVE.search(bare, max(0, subject[0] - 8), subject[0]))


def _clause(bare: str, at: int, end: int, kind: str, name: str, verb: int) -> bool:
    """Whether a clause begins here: a finite verb stands in it; behind a comma, one that is no plural noun."""
    first = verbs.CLAUSE_END.search(bare, at, min(end, at + FAR))
    to = first.start() if first else min(end, at + FAR)
    inverted = bare[verb - 2 : verb - 1] in (",", marks.MASK)
    if inverted:
        return bool(verbs.AUX.search(bare, at, to) or verbs.PAST.search(bare, at, to))
    if name == "plain" or kind == "weak":
        return bool(verbs.AUX.search(bare, at, to) or verbs.PRONOUN.match(bare, at, to))
    if kind == "clausal" and verbs.PARTED.match(bare, at, end):
        return True
    quote = bare.find(marks.MASK, at, to)
    return bool(verbs.FINITE.search(bare, at, to)) or (quote > 0 and not verbs.HALF.search(bare, at, quote))


def _trailing(bare: str, verb: re.Match[str], subject: Piece | None, before: int, end: int) -> Cue | None:
    """The cue of ", X said" or ", said X" behind what is said, or within it."""
    at, tail = verb.start(), verb.end()
    quoted_as = bare.endswith(" as ", 0, at)
    word = verbs.OF_KIND["strong"].match(bare, at, end) or verbs.ASKED.match(bare, at, end)
    if verbs.PASSIVE.search(bare, max(0, at - 20), at) or not (word or quoted_as):
        return None
    tail = word.end() if word else tail
    if verbs.INVERTS.search(bare, max(before, at - 3), at):
        who = verbs.INVERTED.match(bare, tail, end)
        if not who or not verbs.CLOSING.match(bare, who.end(), end):
            return None
        speaker, comma, tail = who.span("who"), at, who.end()
    else:
        if not subject or not (
            verbs.AFTER_WORDS.search(bare, max(before, subject[0] - 6), subject[0])
            or _alone(bare, subject, before, end)
        ):
            return None
        if not (verbs.CLOSING.match(bare, tail, end) or verbs.MORE.match(bare, tail, end)):
            return None
        speaker, comma = subject, subject[0]
    joint = verbs.AS_END.search(bare, max(before, comma - 5), max(before, comma))
    a, b = _bounds(bare, before, joint.start() if joint else comma)
    content, reach = [(a, b)] if a < b else [], [(before, at)]
    if more := verbs.MORE.match(bare, tail, end):
        reach.append((tail, end))
        if content and not bare.startswith(marks.MASK, more.end()):
            content.append((more.end(), _stop(bare, more.end(), end, verbs.ASIDE)))
    return Cue(tail, speaker, content, reach)


def _alone(bare: str, subject: Piece, before: int, end: int) -> bool:
    """Whether "X asked." is all a sentence has, said of the quotation before it."""
    return subject[0] <= before and marks.MASK not in bare[subject[0] : end]


def _owner(bare: str, verb: re.Match[str], subject: Piece | None, start: int, end: int) -> Cue | None:
    """A verb that owns the words in marks behind it, before the next stop of the sense."""
    passive = verbs.PASSIVE.search(bare, max(start, verb.start() - 20), verb.start())
    if subject is None or passive or bare.find(marks.MASK, verb.end(), end) < 0:
        return None
    return Cue(verb.end(), subject, [], [(verb.end(), end)])


def _subject(bare: str, start: int, verb: int) -> Piece | None:
    """The words before a verb that name who speaks."""
    if bare.endswith(" as ", start, verb) and (match := verbs.QUOTED_AS.search(bare, max(start, verb - 300), verb)):
        return _trimmed(bare, *(match.span("by") if match["by"] else match.span("who")), clause=True)
    tail = verbs.TAIL.search(bare, max(start, verb - 90), verb)
    at = tail.start() if tail else verb
    if at > start and bare[at - 1] == ",":
        at -= 1
    if re.search(r"\bwho$", bare[max(start, at - 4) : at]):
        at = at - 4 if bare[at - 5 : at - 4] != "," else at - 5
    elif bare[verb - 2 : verb - 1] == "," and (comma := bare.rfind(", ", start, at)) > start and bare[at - 1] != ",":
        at = comma
    return _trimmed(bare, start, at, clause=True)


def _trimmed(bare: str, start: int, at: int, *, clause: bool = False) -> Piece | None:
    """The name at the end of a stretch of text: what follows its last boundary, without what leads into it."""
    if clause:
        for boundary in verbs.BOUNDARY.finditer(bare, max(start, at - 300), at):
            if start < boundary.start() and verbs.RESTRICTS.match(bare, boundary.start(), at):
                at = boundary.start()  # "a scholar who has advised on aviation said"
                break
            start = boundary.end() if boundary.end() < at else start
        for joint in re.compile(r" (?:and|but) ").finditer(bare, start, at):
            if verbs.FINITE.search(bare, start, joint.start()) or verbs.VERBS.search(bare, start, joint.start()):
                start = joint.end()
    lead = verbs.LEADING.match(bare, start, at)
    start = lead.end() if lead else start
    words = bare[start:at].rstrip(" ,")
    if verbs.PRONOUN_ONLY.search(words):
        return None
    if not words or marks.MASK in words or verbs.NO_SUBJECT.match(words) or len(words) > 160 or not words[0].isalnum():
        return None
    if verbs.NO_SUBJECT.match(words.rsplit(" ", 1)[-1]):
        return None
    return start, start + len(words)


def _joins(bare: str, start: int, at: int, subject: Piece | None) -> bool:
    """Whether a verb within what another reports stands beside that one: "and called", ", adding"."""
    if verbs.COORDINATE.search(bare, max(start, at - 60), at):
        return True
    return bool(
        subject and subject[0] - 2 >= start and bare[subject[0] - 2 : subject[0]] == ", " and at - subject[1] < 12
    )


def _bounds(bare: str, start: int, end: int) -> Piece:
    """A stretch without the marks, stops and blanks at its ends, and without a bullet."""
    while start < end and (bare[start] in " ,;:—–-•*" or bare[start] in marks.MASK):
        start += 1
    while start < end and bare[end - 1] in " ,;:.—–-":
        end -= 1
    return start, end


def _stop(bare: str, at: int, end: int, rule: re.Pattern[str]) -> int:
    """Where reported words give way to the outlet's own."""
    match = rule.search(bare, at + 1, end)
    return _bounds(bare, at, match.start() if match else end)[1]


def _cut(bare: str, cue: Cue, at: int) -> Cue:
    """An attribution that ends where a second one, beside it, begins."""
    start = min([a for a, _ in cue.content], default=at)
    joint = verbs.JOINT_END.search(bare, start, at)
    at = joint.start() if joint else at
    content = [(a, min(b, at)) for a, b in cue.content if a < at]
    return cue._replace(content=content, reach=[(a, min(b, at)) for a, b in cue.reach])
