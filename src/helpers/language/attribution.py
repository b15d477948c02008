"""Find who is said to say what in one sentence: verbs of saying with their subject and what they cover."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .matcher import trie
from .quotes import MASK
from .words import ENGLISH, any_of, lists

Piece = tuple[int, int]
FAR = 300  # characters in which a clause shows its verb
LISTS = lists(Path(__file__).parent / "data" / "attribution.txt")
ANY = {name: any_of(words) for name, words in LISTS.items()}
LISTS["strong"] += LISTS["clausal"]
LISTS["part"] += [word.replace("~", "ing") for word in LISTS["strong"] if word.endswith("~")]
KINDS = ("strong", "weak", "part", "label", "liken", "ask", "of", "deny", "accuse", "count", "tell", "clausal", "quote")
FORMS = {kind: "|".join(LISTS[kind]).replace("~", "e?(?:d|s|ed|es)") for kind in KINDS}
OF_KIND = {kind: re.compile(rf"\b(?:{forms})\b") for kind, forms in FORMS.items()}
# By the first two letters of every form most words are passed over at once.
_BEGINNINGS = trie(re.findall(r"(?:^|[|])(?:[(][?]:)?([a-z]{2})", "|".join(FORMS.values())))
VERBS = re.compile(rf"\b(?={_BEGINNINGS})(?:{'|'.join(FORMS.values())})\b")

DAY = any_of([*ENGLISH["weekdays"], *LISTS["day"]])
WHOM = (
    rf"(?: (?:{ANY['listener']}|(?:the|an?|his|her|their|its|this) [\w’'-]+(?: [a-z][\w’'-]+)?"
    r"|[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|of|the|and)){0,8}))?"
)
WHEN = rf"(?:,? (?:{ANY['when']} [^,;:{MASK}“”]{{2,50}}?|{DAY}|as well|in turn|a day later)){{0,3}}"
STARTER = rf"(?={ANY['starter']}\b|[A-Z])"
AUX = re.compile(rf"\b{ANY['auxiliary']}\b")
FINITE = re.compile(rf"{AUX.pattern}|\b(?!{ANY['no verb']}\b)[a-z]{{3,}}(?:ed|s)\b")
# What may stand behind a verb of saying, up to the words that are said.
RULES = {
    "that": re.compile(rf"{WHOM}{WHEN},? that (?=[^\s])"),
    "all that": re.compile(
        rf"(?: (?:(?! (?:he|she|it|they|we|I|who|which|\w+ed) )[^;:{MASK}]){{1,120}}?)?,? that (?=[^\s])"
    ),
    "colon": re.compile(rf"{WHOM}{WHEN}[:,]? ?(?={MASK})"),
    "whether": re.compile(rf"{WHOM}{WHEN} (?=(?:whether|if|why|how|what|who|where|which)\b)"),
    "number": re.compile(r" (?=(?:(?:close to|about|more than|nearly|almost|over|some|only|at least) )?\d[\d,.]*\b)"),
    "clause": re.compile(rf"{WHEN} {STARTER}"),
    "told": re.compile(rf"{WHOM}{WHEN} {STARTER}"),
    "plain": re.compile(rf"{WHEN} (?!{ANY['no clause']}\b)(?=[a-z])"),
    "infinitive": re.compile(
        rf"(?: [^,;:{MASK}]{{2,60}}?)(?: not)? (?=to (?!(?:the|an?|his|her|their|its|this|that|be named)\b)[a-z]+\b)"
    ),
    "accuse": re.compile(rf" [^,.;:{MASK}]{{2,60}}? (?:of|for) (?=\w+ing\b|(?:his|her|its|their|the|an?)\b|{MASK})"),
    "as": re.compile(rf"(?: [^,.;:{MASK}]{{2,60}}?)? as (?={MASK}|\w)"),
    "call": re.compile(
        rf" (?:it|them|him|her|this|that|[A-Z][\w’'-]+|(?:the|this|these|those|his|her|their|its|one|such) "
        rf"[\w’']+(?: [a-z]+s)??) (?=[a-z{MASK}])"
    ),
    "of": re.compile(r" (?=[^\s])"),
    "gerund": re.compile(r" (?=[a-z]+ing\b)"),
}
# Which rules a kind of verb is tried with, in order; which of them in the passive ("it was said that"); the kinds that
# in ", called a start," have no subject; the rules that need a clause; and those whose words end with the clause.
FORWARD = {
    "of": ["of"],
    "tell": ["all that", "told"],
    "ask": ["whether", "infinitive"],
    "accuse": ["accuse"],
    "liken": ["as"],
    "label": ["call"],
    "count": ["number"],
    "strong": ["that", "colon"],
    "clausal": ["clause", "plain"],
    "weak": ["that", "clause"],
    "part": ["that", "colon", "clause"],
    "deny": ["gerund"],
}
PASSIVELY = {"tell": ["all that"], "strong": ["that", "colon"], "weak": ["that"]}
REDUCED = ("ask", "label", "liken", "accuse")
BARE = ("clause", "told", "plain")
SHORT = ("number", "call", "as")

# Where the words of others end, and what may stand behind ", X said".
_BACK = rf"(?:{AUX.pattern}|[a-z]+ed\b|[a-z]+s\b)"
ASIDE = re.compile(
    rf"(?:,|;| [–—-]) ?(?:{ANY['own voice']}|which(?![^,]{{2,60}}, {AUX.pattern}))\b|[;:]| – |"
    rf", and (?=(?:he|she|it|they|by|[A-Z]\w+ {_BACK}))"
)
CLAUSE_END = re.compile(rf",(?!\d)|[;:]|\bknown\b| – | — | and (?=(?:[a-z]+ed|[a-z]+s to|{VERBS.pattern})\b)")
CLOSING = re.compile(
    rf"{WHOM}(?:,? (?:{ANY['circumstance']} [^,;:{MASK}“”]{{1,90}}|{DAY})){{0,3}}"
    rf"(?:[.!?…”’\"]*$|,? {ANY['afterwards']}\b|[;:]|,? ?{MASK}|, {ANY['aside']}\b)"
)
MORE = re.compile(
    rf"{WHEN}(?:, (?!(?:as|while|amid|after|when|adding|who|even|although|though|during|\w+ing)\b)|,? ?(?={MASK}))"
)
INVERTS = re.compile(rf"(?:,|{MASK},?) ?$")
INVERTED = re.compile(
    rf" (?P<who>[^,;:{MASK}]{{2,140}}?)"
    rf"(?=[,;:{MASK}]|[.!?]*$| (?:who|on \w+day|yesterday|in an? interview|as|when|after)\b)"
)
AFTER_WORDS = re.compile(rf"(?:,|{MASK},?)(?: as)? ?$")
AS_END = re.compile(r",? as $")
COORDINATE = re.compile(r"(?:,? (?:and|but|then)|,)(?: (?:he|she|it|they))?(?: (?:also|then|later|has|had))* $")
JOINT_END = re.compile(r"(?:,|\s|\band|\bbut|\bthen)+$")

# What makes a clause, and what makes a verb none of saying.
PRONOUN = re.compile(r"(?:(?:he|she|they|I|we|you) [a-z]+|it [a-z]+(?:ed|s)\b)")
PAST = re.compile(r" [a-z]+ed\b")
ASKED = re.compile(r"\b(?:ask(?:s|ed)|wonder(?:s|ed)|demand(?:s|ed))\b")
# "the law, passed in haste, is unworkable"
PARTED = re.compile(rf"[^,;:{MASK}]{{2,80}}, [^,;:{MASK}]{{2,80}}, {AUX.pattern}")
HALF = re.compile(r"\b(?:the|an?|his|her|its|their|this|no|of|in|new)\b $")
PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)(?: \w+ly| also)? $")
NOUN = re.compile(
    r"(?:[’']s|[’']|\b(?:the|an?|his|her|its|their|this|no|any|of|new|more|such|all))(?: joint| latest)? $"
)
MODAL = re.compile(r"\b(?:would|could|can|might|may|must|should|cannot)(?: not| have| \w+ly)? $")
SMALL = re.compile(r" [a-z]")

# Who speaks: where the words that name a subject begin and end.
BOUNDARY = re.compile(rf"[,;:—–(•{MASK}]\s*|\s- |\b{ANY['boundary']} ")
AND = re.compile(r" (?:and|but) ")
TAIL = re.compile(
    rf"(?:,? (?:{ANY['tail']}|{DAY}|(?:on|this|last|next) (?:the )?\w+|for (?:his|her|its|their) part))*,?\s*$"
)
NO_SUBJECT = re.compile(rf"^{ANY['no subject']}$")
LEAD = re.compile(rf"(?:[•‘“-]\s*)?(?:{ANY['lead']}\b[^,;:{MASK}]{{0,160}}, )+")
LEADING = re.compile(rf"\s*(?:(?:{ANY['leading']}|There (?:is|are|were|was)|(?:[Oo]n|[Ee]arlier|[Ll]ater) \w+)\b\s+)*")
SUBJECT = re.compile(
    rf"(?:But |And |So |Yet |Then )?(?P<who>[^,;:.{MASK}()]{{2,140}}?)"
    rf"(?=,| (?:{AUX.pattern}|{VERBS.pattern}|[a-z]+ed\b)|$)"
)
RESTRICTS = re.compile(rf"(?:who|which|that) (?:now |\w+ly )?(?:{AUX.pattern}|[a-z]+(?:ed|s)\b|went|sets?)")
RELATIVE = re.compile(r"\b(?:that|which|what|who|whom) $")
PRONOUN_ONLY = re.compile(r"^(?:which|that|what|who|whom)\b|\b(?:whom|which)\b")
# What a sentence opens with is a person by a pronoun, a name of two words, or what such nouns end in.
PERSON = re.compile(
    rf"^(?:[Hh]e|[Ss]he)$|[A-Z]\w+ [A-Z]\w+|^[A-Z][a-z]+[a-rt-z]$|^(?:The|An?|His|Her|One|the|an?)\b.*{ANY['person']}$"
)
QUOTED_AS = re.compile(
    r"(?P<who>[^,;]{2,120}?) (?:(?:was|were|is|are|been) (?:also )?quoted\b[^;]*?|quoted (?P<by>[^,;]+?)) as $"
)

# Attributions without a verb of their own.
ACCORDING = re.compile(r"\b(?:[Aa]ccording to|[Ii]n the words of|[Aa]s reported by|Per)\s")
SOURCE = re.compile(
    rf"[^,;:{MASK}]{{2,120}}?(?:(?=[,;:]|[.]?$)|(?={MASK}))(?:, (?:who|which|a|an|the) [^,;]{{2,80}}(?=, ))?"
)
AS_PUT = re.compile(rf"As (?P<who>[^,;:{MASK}]{{2,80}}?) (?:{FORMS['strong']}|sees? it|saw it|tells? it)(?: {DAY})?, ")
OPINION = re.compile(
    r"\b(?:[Bb]y (?P<a>[^,;:]{2,80}?)[’']s (?:own )?(?:count|account|estimate|reckoning)|"
    r"[Ii]n (?P<b>his|her|their|its|[^,;:]{2,60}?[’']s) (?:own )?(?:opinion|view|words|account|telling))\b"
)
CLAIM = re.compile(rf"\b{ANY['claims']} that (?=[^\s])")


class Cue(NamedTuple):
    """An attribution: end of the verb, speaker, reported pieces, and where a quotation would be the speaker's own."""

    end: int
    speaker: Piece | None
    content: list[Piece]
    reach: list[Piece]


def cues(bare: str, start: int, end: int) -> list[Cue]:
    """List the attributions of one sentence of a text whose quotations are masked, in order."""
    found, first = list(_sources(bare, start, end)), None
    for verb in VERBS.finditer(bare, start, end):
        at = verb.start()
        if NOUN.search(bare, max(start, at - 18), at) or MODAL.search(bare, max(start, at - 24), at):
            continue
        subject = _subject(bare, start, at, end, first)
        around = [cue for cue in found if any(a <= at < b for a, b in cue.content)]
        if (around and not _joins(bare, start, at, subject)) or (
            subject and bare[slice(*subject)] in ("I", "we", "We")
        ):
            continue
        before = max([b for cue in found for _, b in cue.content if b <= at], default=start)
        cue = _forward(bare, verb, subject, start, end) or _relative(bare, verb, subject, end)
        cue = cue or _trailing(bare, verb, subject, before, end) or _owner(bare, verb, subject, start, end)
        if cue and (cue.content or not around):
            found = [_cut(bare, other, cue, at) if other in around else other for other in found] + [cue]
            first = first or cue.speaker
    for without_verb in (_reported, _claimed):
        if not any(cue.content for cue in found):
            found += without_verb(bare, start, end)
    return sorted(found, key=lambda cue: cue.end)


def opening(bare: str, start: int, end: int) -> Piece | None:
    """Find the words a sentence opens with up to its verb: whom it is about, as far as that can be told."""
    lead = LEAD.match(bare, start, end)
    match = SUBJECT.match(bare, lead.end() if lead else start, end)
    who = _trimmed(bare, *match.span("who")) if match else None
    return who if who and PERSON.search(bare[slice(*who)]) else None


def _sources(bare: str, start: int, end: int) -> Iterator[Cue]:
    """According to X; by X's count; in X's opinion; as X put it."""
    for match in ACCORDING.finditer(bare, start, end):
        who = SOURCE.match(bare, match.end(), end)
        opens = match.start() == start or bare.endswith((", and ", "• ", "But "), 0, match.start())
        if who and opens and bare.startswith(", ", who.end(), end):
            yield Cue(who.end(), who.span(), [_rest(bare, who.end() + 2, end)], [(start, end)])
    if match := AS_PUT.match(bare, start, end):
        yield Cue(match.end(), match.span("who"), [_rest(bare, match.end(), end)], [(start, end)])
    for match in OPINION.finditer(bare, start, end):
        before = _bounds(bare, start, match.start())
        behind = _bounds(bare, match.end(), _stop(bare, match.end() + 1, end, ASIDE))
        pieces = [(a, b) for a, b in (before, behind) if a < b]
        yield Cue(match.end(), match.span("a" if match["a"] else "b"), pieces, [(start, end)])


def _reported(bare: str, start: int, end: int) -> Iterator[Cue]:
    """What stands before "according to X", where no verb gives it to somebody else."""
    for match in ACCORDING.finditer(bare, start + 1, end):
        if who := SOURCE.match(bare, match.end(), end):
            a, b = _bounds(bare, start, match.start())
            yield Cue(who.end(), _trimmed(bare, *who.span()), [(a, b)] if a < b else [], [(start, end)])


def _claimed(bare: str, start: int, end: int) -> Iterator[Cue]:
    """What stands behind a noun: "claims that ships were lost"."""
    if noun := CLAIM.search(bare, start, end):
        yield Cue(noun.end(), None, [_rest(bare, noun.end(), end)], [(noun.end(), end)])


def _forward(bare: str, verb: re.Match[str], subject: Piece | None, start: int, end: int) -> Cue | None:
    """What stands behind a verb of saying: a clause, a name given, a request, an accusation."""
    at = verb.start()
    passive = _is_passive(bare, start, at)
    reduced = bare.startswith(", ", at - 2) and (not subject or subject[1] >= at - 2)
    for kind, rules in (PASSIVELY if passive else FORWARD).items():
        word = OF_KIND[kind].match(bare, at, end)
        if not word or (reduced and kind in REDUCED) or not (subject or passive or kind == "part"):
            continue
        for rule in rules:
            match = RULES[rule].match(bare, word.end(), end)
            if match and rule == "colon":
                if not subject or MASK not in bare[max(start, subject[0] - 2) : subject[0]]:
                    return Cue(word.end(), subject, [], [(at, end)])
            elif match and (rule not in BARE or _clause(bare, match.end(), end, kind, rule, at)):
                content = _content(bare, match.end(), end, rule, subject)
                return Cue(word.end(), None if passive else subject, content, [(at, end)])
    return None


def _content(bare: str, at: int, end: int, rule: str, subject: Piece | None) -> list[Piece]:
    """The words a verb reports from here on, to the end of clause or sentence; none where marks hold them."""
    short = rule in SHORT or ("that" not in rule and _is_relative(bare, subject))
    if short and bare.startswith(MASK, at):
        return []
    return [(at, _stop(bare, at, end, CLAUSE_END if short else ASIDE))]


def _relative(bare: str, verb: re.Match[str], subject: Piece | None, end: int) -> Cue | None:
    """What a verb says in a relative clause: "the parts that Washington says were sold"."""
    strong = OF_KIND["strong"].match(bare, verb.start()) and SMALL.match(bare, verb.end(), end)
    if not strong or not _is_relative(bare, subject):
        return None
    last = _stop(bare, verb.end(), end, CLAUSE_END)
    return Cue(verb.end(), subject, [(verb.end(), last)], [(verb.start(), end)])


def _is_relative(bare: str, subject: Piece | None) -> bool:
    return bool(subject and RELATIVE.search(bare, max(0, subject[0] - 8), subject[0]))


def _is_passive(bare: str, start: int, at: int) -> bool:
    return bool(PASSIVE.search(bare, max(start, at - 20), at))


def _clause(bare: str, at: int, end: int, kind: str, rule: str, verb: int) -> bool:
    """Whether a clause begins here: a finite verb stands in it; behind a comma, one that is no plural noun."""
    stop = CLAUSE_END.search(bare, at, min(end, at + FAR))
    to = stop.start() if stop else min(end, at + FAR)
    inverted = bare[verb - 2 : verb - 1] in (",", MASK)
    if inverted:
        return bool(AUX.search(bare, at, to) or PAST.search(bare, at, to))
    if rule == "plain" or kind == "weak":
        return bool(AUX.search(bare, at, to) or PRONOUN.match(bare, at, to))
    if kind == "clausal" and PARTED.match(bare, at, end):
        return True
    quote = bare.find(MASK, at, to)
    return bool(FINITE.search(bare, at, to)) or (quote > 0 and not HALF.search(bare, at, quote))


def _trailing(bare: str, verb: re.Match[str], subject: Piece | None, before: int, end: int) -> Cue | None:
    """The cue of ", X said" or ", said X" behind what is said, or within it."""
    at = verb.start()
    word = OF_KIND["strong"].match(bare, at, end) or ASKED.match(bare, at, end)
    if _is_passive(bare, 0, at) or not (word or bare.endswith(" as ", 0, at)):
        return None
    tail, speaker, comma = (word or verb).end(), subject, subject[0] if subject else at
    if INVERTS.search(bare, max(before, at - 3), at):
        who = INVERTED.match(bare, tail, end)
        if not who or not CLOSING.match(bare, who.end(), end):
            return None
        tail, speaker, comma = who.end(), who.span("who"), at
    elif not subject or not (_follows(bare, subject, before, end) and _closes(bare, tail, end)):
        return None
    joint = AS_END.search(bare, max(before, comma - 5), max(before, comma))
    a, b = _bounds(bare, before, joint.start() if joint else comma)
    content, reach = [(a, b)] if a < b else [], [(before, at)]
    if more := MORE.match(bare, tail, end):
        reach.append((tail, end))
        if content and not bare.startswith(MASK, more.end()):
            content.append(_rest(bare, more.end(), end))
    return Cue(tail, speaker, content, reach)


def _follows(bare: str, subject: Piece, before: int, end: int) -> bool:
    """Whether a subject stands behind words and a comma, or "X asked." is all that its sentence has."""
    alone = subject[0] <= before and MASK not in bare[subject[0] : end]
    return alone or bool(AFTER_WORDS.search(bare, max(before, subject[0] - 6), subject[0]))


def _closes(bare: str, at: int, end: int) -> bool:
    """Whether a sentence ends behind a verb, or goes on with more of what was said."""
    return bool(CLOSING.match(bare, at, end) or MORE.match(bare, at, end))


def _owner(bare: str, verb: re.Match[str], subject: Piece | None, start: int, end: int) -> Cue | None:
    """A verb that owns the words in marks behind it, before the next stop of the sense."""
    if subject is None or _is_passive(bare, start, verb.start()) or bare.find(MASK, verb.end(), end) < 0:
        return None
    return Cue(verb.end(), subject, [], [(verb.end(), end)])


def _subject(bare: str, start: int, verb: int, end: int, first: Piece | None) -> Piece | None:
    """The words that name who speaks: before the verb, else the first speaker, else whom the sentence opens with."""
    if first and OF_KIND["part"].match(bare, verb) and not bare.endswith(" as ", start, verb):
        return first
    subject = _named(bare, start, verb) or first
    if subject is None and bare.endswith((" to ", " and "), start, verb):
        return opening(bare, start, end)
    return subject


def _named(bare: str, start: int, verb: int) -> Piece | None:
    """The words right before a verb that name who speaks."""
    if bare.endswith(" as ", start, verb) and (match := QUOTED_AS.search(bare, max(start, verb - 300), verb)):
        return _trimmed(bare, *match.span("by" if match["by"] else "who"), clause=True)
    tail = TAIL.search(bare, max(start, verb - 90), verb)
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
        for boundary in BOUNDARY.finditer(bare, max(start, at - 300), at):
            if start < boundary.start() and RESTRICTS.match(bare, boundary.start(), at):
                at = boundary.start()  # "a scholar who has advised on aviation said"
                break
            start = boundary.end() if boundary.end() < at else start
        for joint in AND.finditer(bare, start, at):
            if FINITE.search(bare, start, joint.start()) or VERBS.search(bare, start, joint.start()):
                start = joint.end()
    lead = LEADING.match(bare, start, at)
    start = lead.end() if lead else start
    words = bare[start:at].rstrip(" ,")
    if not words or len(words) > 160 or MASK in words or not words[0].isalnum() or PRONOUN_ONLY.search(words):
        return None
    if NO_SUBJECT.match(words) or NO_SUBJECT.match(words.rsplit(" ", 1)[-1]):
        return None
    return start, start + len(words)


def _joins(bare: str, start: int, at: int, subject: Piece | None) -> bool:
    """Whether a verb within what another reports stands beside that one: "and called", ", adding"."""
    if COORDINATE.search(bare, max(start, at - 60), at):
        return True
    return bool(
        subject and subject[0] - 2 >= start and bare[subject[0] - 2 : subject[0]] == ", " and at - subject[1] < 12
    )


def _bounds(bare: str, start: int, end: int) -> Piece:
    """A stretch without the marks, stops and blanks at its ends, and without a bullet."""
    while start < end and (bare[start] in " ,;:—–-•*" or bare[start] in MASK):
        start += 1
    while start < end and bare[end - 1] in " ,;:.—–-":
        end -= 1
    return start, end


def _stop(bare: str, at: int, end: int, rule: re.Pattern[str]) -> int:
    """Where reported words give way to the outlet's own."""
    match = rule.search(bare, at + 1, end)
    return _bounds(bare, at, match.start() if match else end)[1]


def _rest(bare: str, at: int, end: int) -> Piece:
    return at, _stop(bare, at, end, ASIDE)


def _cut(bare: str, cue: Cue, second: Cue, verb: int) -> Cue:
    """An attribution that ends where a second one, beside it, begins: with its speaker, or with its verb."""
    at = min(second.speaker[0], verb) if second.speaker and second.speaker[0] > cue.end else verb
    joint = JOINT_END.search(bare, min([a for a, _ in cue.content], default=at), at)
    at = joint.start() if joint else at
    content = [(a, min(b, at)) for a, b in cue.content if a < at]
    return cue._replace(content=content, reach=[(a, min(b, at)) for a, b in cue.reach])
