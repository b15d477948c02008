"""Find who is said to say what in one sentence: verbs of saying with their subject and what they cover."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from .matcher import trie
from .quotes import MASK
from .words import ENGLISH, Patterns, any_of, lists, pairs

Piece = tuple[int, int]
FAR = 300  # characters in which a clause shows its verb
LISTS = lists(Path(__file__).parent / "data" / "attribution.txt")
KINDS = ("strong", "weak", "part", "label", "liken", "ask", "of", "deny", "accuse", "count", "tell", "clausal", "quote")
KINDS += ("how", "attitude", "sure", "rumour", "beg", "see", "bound", "give", "alert", "expect", "deem")
LISTS["strong"] += LISTS["clausal"]
LISTS["part"] += [word.replace("~", "ing") for word in LISTS["strong"] if word.endswith("~")]
for _kind in KINDS:
    LISTS[_kind] = [word.replace("~", "e?(?:d|s|ed|es)") for word in LISTS[_kind]]
_FORMS = {kind: "|".join(LISTS[kind]) for kind in KINDS}
# By the first letters of every form, four at most, most words are passed over at once; by two a kind of verb is.
_BEGINS = r"(?:^|[|])(?:[(][?]:)?([a-z]{2,4})(?![?*])"
BEGINNINGS = {kind: frozenset(word[:2] for word in re.findall(_BEGINS, _FORMS[kind])) for kind in KINDS}


def _finder(kinds: Iterable[str]) -> re.Pattern[str]:
    """An expression that finds the verbs of some kinds."""
    forms = "|".join(_FORMS[kind] for kind in kinds)
    return re.compile(rf"\b(?={trie(re.findall(_BEGINS, forms))})(?:{forms})\b")


VERBS, SAYING = _finder(KINDS), _finder(kind for kind in KINDS if kind != "quote")  # all; those that need no marks
PATTERN = Patterns(LISTS, mask=MASK, weekdays=any_of(ENGLISH["weekdays"]), verbs=VERBS.pattern)
OF_KIND = {kind: re.compile(rf"\b{PATTERN.any[kind]}\b") for kind in KINDS}
AFTER = re.compile(rf"{PATTERN.any['after']}\b")  # "..., experts believe."
ACTIVE, PASSIVELY = (
    {kind: rules.split(",") for kind, rules in pairs(LISTS[voice]).items()} for voice in ("active", "passively")
)


class Cue(NamedTuple):
    """An attribution: its end, speaker, reported pieces, where a quotation would be the speaker's own, and verb."""

    end: int
    speaker: Piece | None
    content: list[Piece]
    reach: list[Piece]
    verb: Piece  # or the words that stand for one, as "according to"


def cues(bare: str, start: int, end: int) -> list[Cue]:
    """List the attributions of one sentence of a text whose quotations are masked, in order."""
    accords = list(PATTERN["according"].finditer(bare, start, end))
    found, first = list(_sources(bare, start, end, accords)), None
    for verb in (VERBS if bare.find(MASK, start, end) >= 0 else SAYING).finditer(bare, start, end):
        at = verb.start()
        if _is_noun(bare, start, verb, end) or any(at < cue.end and cue.verb[0] <= at for cue in found):
            continue
        around = [cue for cue in found if any(a <= at < b for a, b in cue.content)]
        behind = max([a for cue in around for a, _ in cue.content if a <= at], default=start)
        subject = _subject(bare, start, at, first, behind)
        if subject and not _able(bare, verb, subject):
            continue
        if (around and not _joins(bare, start, at, subject, around)) or (
            subject and bare[slice(*subject)].rsplit(maxsplit=1)[-1] in ("I", "we", "We")
        ):
            continue
        before = max([b for cue in found for _, b in cue.content if b <= at], default=start)
        if any(before <= cue.verb[0] and not cue.content and MASK in bare[cue.verb[0] - 2 : at] for cue in found):
            before = max(before, bare.rfind(MASK, start, at))  # “It is late,” said X, a cook, “and dark,” she added
        cue = _forward(bare, verb, subject, start, end) or _relative(bare, verb, subject, end)
        cue = cue or _trailing(bare, verb, subject, start, before, end) or _owner(bare, verb, subject, start, end)
        if (
            not cue
            and subject
            and OF_KIND["strong"].match(bare, at)
            and PATTERN["announces"].match(bare, verb.end(), end)
        ):
            cue = Cue(verb.end(), subject, [], [], verb.span())
        if cue and (cue.content or not around):
            found = [_cut(bare, other, cue, at) if other in around else other for other in found] + [cue]
            first = first or cue.speaker
    for cue in _without_verb(bare, start, end, found, accords):
        if not any(a <= cue.verb[0] < b for other in found for a, b in other.content):
            found.append(cue)
    return sorted(found, key=lambda cue: cue.end)


def _is_noun(bare: str, start: int, verb: re.Match[str], end: int) -> bool:
    """Whether what looks like a verb is a noun, or the verb of nobody."""
    before = max(start, verb.start() - 24), verb.start()
    if bare.endswith(" to ", *before) and verb[0].endswith("ing"):
        return True
    return bool(PATTERN["no saying"].search(bare, *before)) or bool(
        PATTERN["plural"].fullmatch(verb[0])
        and (PATTERN["before plural"].search(bare, *before) or PATTERN["behind plural"].match(bare, verb.end(), end))
    )


def _able(bare: str, verb: re.Match[str], subject: Piece) -> bool:
    """Whether a subject fits its verb: experts warn, an expert warns; a study shows, a silence does not."""
    if PATTERN["no one"].search(bare, *subject):
        return False
    head = _head(bare, subject)
    base = PATTERN["base"].fullmatch(verb[0])
    if (
        base
        and not PATTERN["lifted"].search(bare, max(0, verb.start() - 24), verb.start())
        and not PATTERN["plural ends"].search(bare[slice(*subject)] if " and " in bare[slice(*subject)] else head)
    ):
        return False
    if OF_KIND["sure"].match(bare, verb.start()) and PATTERN["abstract"].search(head):
        return False
    proves = PATTERN["evidence"].fullmatch(verb[0]) and not PATTERN["studies"].search(head)
    if proves and PATTERN["abstract"].search(head):
        return bool(re.fullmatch(PATTERN.any["agents"], head))
    return True


def _head(bare: str, subject: Piece) -> str:
    """The word that the others of a subject lean on, in small letters: "study" of "a study of nurses"."""
    words = PATTERN["head"].split(bare[slice(*subject)])[0].split()
    return words[-1].lower() if words else ""


def opening(bare: str, start: int, end: int, *, thing: bool = False) -> Piece | None:
    """Find the words a sentence opens with up to its verb: whom it is about, or what, as far as that can be told."""
    lead = PATTERN["lead"].match(bare, start, end)
    match = PATTERN["subject"].match(bare, lead.end() if lead else start, end)
    tail = PATTERN["tail"].search(bare, match.start("who"), match.end("who")) if match else None
    who = _trimmed(bare, match.start("who"), tail.start() if tail else match.end("who")) if match else None
    return who if who and (thing or PATTERN["person"].search(bare[slice(*who)])) else None


def carries_on(bare: str, start: int, end: int, before: Cue) -> bool:
    """Whether a sentence without an attribution goes on with what the one before it reports."""
    if PATTERN["announced"].fullmatch(bare, before.verb[1], start):
        return True
    told = PATTERN["told before"].fullmatch(bare, *before.verb)
    whole = told and before.content and not bare[before.content[-1][1] : start].strip(" .")
    return bool(whole and PATTERN["carries on"].match(bare, start, end))


def _sources(bare: str, start: int, end: int, accords: list[re.Match[str]]) -> Iterator[Cue]:
    """According to X; by X's count; in X's opinion; as X put it."""
    for match in accords:
        who = PATTERN["source"].match(bare, match.end(), end)
        opens = match.start() == start or bare.endswith((", and ", "; ", "• ", "But "), 0, match.start())
        if who and opens and bare.startswith(", ", who.end(), end):
            yield Cue(who.end(), who.span(), [_upto(bare, who.end() + 2, end)], [(start, end)], match.span("by"))
    if match := PATTERN["participle"].match(bare, start, end):
        yield Cue(match.end(), match.span("who"), [match.span("what")], [], match.span("verb"))
    if match := PATTERN["as put"].match(bare, start, end):
        content = [_upto(bare, match.end(), end)]
        yield Cue(match.end(), match.span("who"), content, [(start, end)], match.span("verb"))
    for match in PATTERN["opinion"].finditer(bare, start, end):
        relative = [each.end() for each in PATTERN["relating"].finditer(bare, start, match.start())]
        before = _bounds(bare, relative[-1] if relative else start, match.start())
        behind = _bounds(bare, match.end(), _upto(bare, match.end() + 1, end)[1])
        pieces = [(a, b) for a, b in (before, behind) if a < b]
        verb = match.span("count" if match["count"] else "telling")
        who = next(match.span(name) for name in "ahb" if match[name])
        yield Cue(match.end(), who, pieces, [(start, end)], verb)


def _without_verb(bare: str, start: int, end: int, found: list[Cue], accords: list[re.Match[str]]) -> Iterator[Cue]:
    """What stands around "according to X", where no verb before it has a speaker, or else behind "X's claim that"."""
    for match in accords:
        who = PATTERN["source"].match(bare, match.end(), end)
        if who and match.start() > start and not any(cue.verb[0] < match.start() for cue in found):
            a, b = _bounds(bare, start, match.start())
            content = [(a, b)] if a < b else []
            hangs = PATTERN["hangs"].search(bare, a, b) or not PATTERN["finite"].search(bare, a, b)
            if content and hangs and bare.startswith(", ", who.end(), end):
                content.append(_upto(bare, who.end() + 2, end))  # "The bakery, according to him, had no exit."
            yield Cue(who.end(), _trimmed(bare, *who.span()), content, [(start, end)], match.span("by"))
            return
    if bare.find(" that ", start, end) > 0 or bare.find(": ", start, end) > 0:
        yield from _nouns(bare, start, end, found)


def _nouns(bare: str, start: int, end: int, found: list[Cue]) -> Iterator[Cue]:
    """What stands behind a noun of saying: "the minister's claim that", "his point is that"."""
    starts = [cue.speaker[0] for cue in found if cue.speaker]
    for rule in ("claim", "point"):
        for match in PATTERN[rule].finditer(bare, start, end):
            owner = PATTERN["owner"].search(bare, max(start, match.start() - 80), match.start())
            named = (one.span(name) for one in (owner, match) if one for name in one.groupdict() if one[name])
            who = next((span for span in named if span != match.span("noun")), None)
            a, b = _upto(bare, match.end(), min([at for at in starts if at > match.end()], default=end))
            verbs = [verb.start() for verb in PATTERN["finite clause"].finditer(bare, a, b)]
            if rule == "claim" and len(verbs) > 1 and not PATTERN["finite"].search(bare, start, match.start()):
                b = _bounds(bare, a, verbs[1])[1]  # "The claim that he lied | is false."
            relative = VERBS.match(bare, a) or PATTERN["rejected"].search(bare[a:b])  # "a charge that Bern rejects"
            if not relative:
                yield Cue(match.end(), who, [(a, b)], [(match.end(), b)], match.span("noun"))


def _forward(bare: str, verb: re.Match[str], subject: Piece | None, start: int, end: int) -> Cue | None:
    """What stands behind a verb of saying: a clause, a name given, a request, an accusation."""
    at = verb.start()
    passive = _is_passive(bare, start, at) and not bare.endswith("ing", at, verb.end())
    for kind, rules in (PASSIVELY if passive else ACTIVE).items():
        word = bare[at : at + 2] in BEGINNINGS[kind] and OF_KIND[kind].match(bare, at, end)
        if not word or not _tried(bare, kind, at, start, subject, passive=passive):
            continue
        for rule in rules:
            match = PATTERN[rule].match(bare, word.end(), end) if _suits(bare, kind, rule, at, subject) else None
            who = None if passive and kind != "sure" else subject
            who = match.span("by") if match and "by" in match.groupdict() else who
            if match and "colon" in rule:
                if not subject or MASK not in bare[max(start, subject[0] - 2) : subject[0]]:
                    return Cue(word.end(), who, [], [(at, end)], word.span())
            elif match and (rule not in LISTS["bare"] or _clause(bare, match.end(), end, kind, rule, at, subject)):
                content = _reported(bare, match, rule, at, subject, start, end)
                return Cue(word.end(), who, content, [(at, end)], word.span())
    return None


def _tried(bare: str, kind: str, at: int, start: int, subject: Piece | None, *, passive: bool) -> bool:
    """Whether a verb can be of this kind where it stands: with a subject, not as "called a start", not denied."""
    if kind in LISTS["reduced"] and bare.startswith(", ", at - 2) and (not subject or subject[1] >= at - 2):
        return False
    if kind == "give" and not (subject and PATTERN["studies"].search(_head(bare, subject))):
        return False
    denied = kind not in LISTS["thought"] and PATTERN["negated"].search(bare, max(start, at - 14), at)
    return not denied and bool(subject or passive or kind == "part")


def _suits(bare: str, kind: str, rule: str, at: int, subject: Piece | None) -> bool:
    """Whether a rule goes with how the verb hangs on what stands before it: "what they called a law"."""
    if kind in ("label", "liken") and rule != "by as":
        return (rule in ("what", "as such")) == _is_relative(bare, subject)
    return rule != "plain" or not PATTERN["antecedent"].search(bare, max(0, at - 7), at - 1)


def _reported(
    bare: str, match: re.Match[str], rule: str, at: int, subject: Piece | None, start: int, end: int
) -> list[Piece]:
    """The words a verb reports, from where its rule has matched to where they end, and what goes on with "and that"."""
    that = "that" in rule
    short = rule in LISTS["short"] or (not that and _is_relative(bare, subject))
    short = short or bool(subject and PATTERN["subordinate"].fullmatch(bare, start, subject[0]))
    if short and bare.startswith(MASK, match.end()):
        return []
    until = "noun end" if rule == "for" and match[0][-2] != ":" else "clause end" if short else "aside"
    until = "deed end" if rule == "own attitude" else until
    begins = match.end() - len("that ") * (that and bool(PATTERN["auxiliary"].match(bare, match.end(), end)))
    content = [_upto(bare, begins, end, until)]  # "said that would be foolish"
    leans = subject and bare[subject[1] : at] == ", " and bare.endswith("ing", at, bare.find(" ", at))
    if leans or PATTERN["who"].search(bare, max(start, at - 40), at):
        content = [_upto(bare, *content[0], "relative end")]
    elif PATTERN["antecedent"].search(bare, max(start, at - 7), at - 1):
        verbs = [verb.start() for verb in PATTERN["finite clause"].finditer(bare, *content[0])]
        if len(verbs) > 1 and not PATTERN["joins"].search(bare, verbs[0], verbs[1]):
            content = [_bounds(bare, content[0][0], verbs[1])]  # "Those who say it has no teeth | are right."
    if that and (again := PATTERN["and that"].search(bare, content[0][1], end)):
        content.append(_upto(bare, again.end(), end))
    return content


def _relative(bare: str, verb: re.Match[str], subject: Piece | None, end: int) -> Cue | None:
    """What a verb says in a relative clause: "the parts that Washington says were sold"."""
    strong = OF_KIND["strong"].match(bare, verb.start()) and PATTERN["small"].match(bare, verb.end(), end)
    strong = strong and not VERBS.match(bare, verb.end() + 1)
    if not strong or not _is_relative(bare, subject):
        return None
    content = [_upto(bare, verb.end(), end, "clause end")]
    return Cue(verb.end(), subject, content, [(verb.start(), end)], verb.span())


def _is_relative(bare: str, subject: Piece | None) -> bool:
    return bool(subject and PATTERN["relative"].search(bare, max(0, subject[0] - 8), subject[0]))


def _is_passive(bare: str, start: int, at: int) -> bool:
    return bool(PATTERN["passive"].search(bare, max(start, at - 20), at))


def _clause(bare: str, at: int, end: int, kind: str, rule: str, verb: int, subject: Piece | None) -> bool:
    """Whether a clause begins here: a finite verb stands in it; behind a comma, one that is no plural noun."""
    far = min(end, at + FAR)
    to = _upto(bare, at, far, "clause end")[1]
    studies = bool(subject and PATTERN["studies"].search(_head(bare, subject)))
    if kind == "weak" and rule == "plain" and not studies:
        return False
    kind = "clausal" if studies else kind
    inverted = bare[verb - 2 : verb - 1] in (",", MASK)
    plainly = studies or (PATTERN["plainly"].match(bare, verb) and kind != "tell")
    if plainly and rule == "plain" and not inverted and " " not in bare[verb : at - 1]:
        later = bare.find(" ", at, to)  # "say police ignored them"
        many = PATTERN["many do"].match(bare, at, to)  # "say payments take weeks"
        return bool(many) or (later > 0 and bool(PATTERN["finite clause"].search(bare, later, to)))
    if not plainly and not inverted and (within := PATTERN["within"].search(bare, at, to)):
        to = within.start()  # "maintained the measure now that he is gone"
    if inverted or rule == "plain" or kind == "weak":
        other = PATTERN["past"].search if inverted else PATTERN["pronoun"].match
        return bool(PATTERN["auxiliary"].search(bare, at, to) or other(bare, at, to))
    if PATTERN["pronoun"].match(bare, at, end) or (kind == "clausal" and PATTERN["parted"].match(bare, at, end)):
        return True
    quote = bare.find(MASK, at, to)
    finite = "finite" if plainly else "finite clause"
    return bool(PATTERN[finite].search(bare, at, to)) or (quote > 0 and not PATTERN["half"].search(bare, at, quote))


def _trailing(bare: str, verb: re.Match[str], subject: Piece | None, start: int, before: int, end: int) -> Cue | None:
    """The cue of ", X said" or ", said X" behind what is said, or within it."""
    at = verb.start()
    turned = PATTERN["inverts"].search(bare, max(before, at - 3), at) and not PATTERN["tells"].match(bare, at)
    word = OF_KIND["strong"].match(bare, at, end) or PATTERN["asked"].match(bare, at, end)
    word = word or (None if turned else AFTER.match(bare, at, end))
    if _is_passive(bare, 0, at) or not (word or bare.endswith(" as ", 0, at)):
        return None
    tail, speaker, comma = (word or verb).end(), subject, subject[0] if subject else at
    who = PATTERN["inverted"].match(bare, tail, end) if turned else None
    if who and PATTERN["interposed"].search(bare, before, at) and not PATTERN["finite"].search(bare, before, at):
        who = None  # "Roe, in a ruling, pointed out the fault"
    if who and PATTERN["two verbs"].search(bare, *who.span("who")):
        return None  # "The firm owns 40 ships, adds one a year and says nothing."
    if who and (PATTERN["closing"].match(bare, who.end(), end) or PATTERN["more"].match(bare, who.end(), end)):
        tail, speaker, comma = who.end(), _trimmed(bare, *who.span("who")), at
    elif who or not subject or not _follows(bare, subject, tail, before, end):
        return None
    joint = PATTERN["as end"].search(bare, max(before, comma - 5), max(before, comma))
    content, reach = _before(bare, before, joint.start() if joint else comma), [(before, at)]
    if not content and before > start and MASK not in bare[start:comma]:
        content = _before(bare, start, comma)  # "Police believe it was a joke, said Li."
    if more := _more(bare, tail, end, apposed=bool(who), joined=bool(joint)):
        reach.append((tail, end))
        if content and not bare.startswith(MASK, more):
            content.append(_upto(bare, more, end))
    elif content and PATTERN["aloof"].match(bare, *content[0]):
        if not PATTERN["finite clause"].search(bare, *content[0]):
            return None  # "Within hours, two sheriffs responded."
    elif (again := bare.find(MASK, tail, end)) > 0 and bare.endswith(", ", tail, again) and MASK in bare[before:at]:
        reach.append((again, end))  # “It was late,” said X, 43, a fisherman, “and dark.”
    return Cue(tail, speaker, content, reach, (word or verb).span())


def _more(bare: str, tail: int, end: int, *, apposed: bool, joined: bool) -> int:
    """Where what is said goes on behind "X said", 0 where the outlet tells who X is or goes on itself."""
    more = PATTERN["more"].match(bare, tail, end)
    if not more or (joined and bare.startswith(("and ", "but "), more.end())):
        return 0
    title = apposed and bare[more.end()] not in MASK and not bare.startswith(("and ", "but "), more.end())
    comma = bare.find(", ", more.end(), end)
    clause = PATTERN["finite clause"].search(bare, more.end(), comma if comma > 0 else end)
    return 0 if title and (PATTERN["apposition"].match(bare, more.end()) or not clause) else more.end()


def _before(bare: str, before: int, comma: int) -> list[Piece]:
    """What is said before "X said": from the last stop of the sense on, without a title before the name."""
    start = max(before, bare.rfind(": ", before, comma) + 1, bare.rfind("; ", before, comma) + 1)
    quote = bare.rfind(MASK, start, comma) + 1
    title = quote and bare[quote:comma].lstrip(" ,")[:1].isupper()
    if title and not PATTERN["finite clause"].search(bare, quote, comma):
        comma = quote  # “...,” Secretary of the Treasury, Ann Lee said
    a, b = _bounds(bare, start, comma)
    return [(a, b)] if a < b else []


def _follows(bare: str, subject: Piece, tail: int, before: int, end: int) -> bool:
    """Whether "X said" stands behind words and a comma, or "X asked." alone, and ends a sentence or leads to more."""
    alone = subject[0] <= before and MASK not in bare[subject[0] : end]
    behind = alone or PATTERN["after words"].search(bare, max(before, subject[0] - 6), subject[0])
    closing = "told closing" if PATTERN["tells"].search(bare, subject[1], tail) else "closing"
    return bool(behind and (PATTERN[closing].match(bare, tail, end) or PATTERN["more"].match(bare, tail, end)))


def _owner(bare: str, verb: re.Match[str], subject: Piece | None, start: int, end: int) -> Cue | None:
    """A verb that owns the words in marks behind it, before the next stop of the sense."""
    if subject is None or _is_passive(bare, start, verb.start()) or bare.find(MASK, verb.end(), end) < 0:
        return None
    if PATTERN["thing found"].match(bare, verb.start()) and not PATTERN["studies"].search(_head(bare, subject)):
        return None  # "Police found a “rocket” in a shed."
    if bare.startswith(", ", verb.start() - 2) and subject[1] >= verb.start() - 2 and verb[0].endswith("ed"):
        return None  # "the road, dubbed the eel"
    return Cue(verb.end(), subject, [], [(verb.end(), end)], verb.span())


def _subject(bare: str, start: int, verb: int, first: Piece | None, behind: int) -> Piece | None:
    """The words that name who speaks: before the verb, else the first speaker, else whom the sentence opens with."""
    if first and OF_KIND["part"].match(bare, verb) and not bare.endswith(" as ", start, verb):
        return first
    ing = bool(re.match(r"[a-z]+ing\b", bare[verb : verb + 20]))
    leans = ing and bare.endswith(", ", start, verb)
    subject = (opening(bare, start, verb, thing=True) if leans else None) or _named(bare, behind, verb) or first
    if subject and (shared := PATTERN["shared"].match(bare, *subject)) and bare[verb - 2] in ",d":
        subject = subject[0], shared.end("who")  # "The two agreed to go, agreed that it is late and"
    beside = bool(PATTERN["besides"].search(bare, max(start, verb - 40), verb)) != ing
    if subject is None and (beside or bare.endswith(" to ", start, verb)):
        return opening(bare, start, verb, thing=beside)
    return subject


def _named(bare: str, start: int, verb: int) -> Piece | None:
    """The words right before a verb that name who speaks."""
    quoted = bare.endswith(" as ", start, verb) and PATTERN["quoted as"].search(bare, max(start, verb - 300), verb)
    if quoted:
        return _trimmed(bare, *quoted.span("by" if quoted["by"] else "who"), clause=True)
    tail = PATTERN["tail"].search(bare, max(start, verb - 90), verb)
    at = tail.start() if tail else verb
    closes = "," in (bare[verb - 2 : verb - 1], bare[at : at + 1])  # behind an apposition
    if at > start and bare[at - 1] == ",":
        at -= 1
    if antecedent := PATTERN["antecedent"].search(bare, max(start, at - 8), at):
        at = antecedent.start()
    elif closes and (comma := bare.rfind(", ", start, at)) > start and bare[at - 1] != ",":
        lead = PATTERN["lead"].match(bare, start, at)
        opens = bare.rfind(MASK, start, at) + 1 or (lead.end() if lead else start)
        first = bare.find(", ", opens + 2, at)
        whole = first > 0 and not PATTERN["finite before"].search(bare, opens, at if first < comma else first)
        at = first if whole else comma
    who = _trimmed(bare, start, at, clause=True)
    if antecedent and not who and (phrase := PATTERN["phrase"].search(bare, max(start, at - 70), at)):
        return _trimmed(bare, *phrase.span())  # "nothing of it is in the new statement, which says"
    return who


def _trimmed(bare: str, start: int, at: int, *, clause: bool = False) -> Piece | None:
    """The name at the end of a stretch of text: what follows its last boundary, without what leads into it."""
    if bracket := PATTERN["bracket"].search(bare, max(start, at - 90), at):
        at = bracket.start()  # "Roe (D-Ohio) said"
    if clause:
        whole = at
        for boundary in PATTERN["boundary"].finditer(bare, max(start, at - 300), at):
            word = bare[boundary.start()].isalpha()
            if word and start < boundary.start() and PATTERN["restricts"].match(bare, boundary.start(), whole):
                at = min(at, boundary.start())  # "a scholar who has advised on aviation said"
            elif (at == whole or not word) and boundary.end() < whole:
                start, at = boundary.end(), whole
        for joint in PATTERN["and"].finditer(bare, start, at):
            if (
                PATTERN["finite before"].search(bare, start, joint.end())
                or VERBS.search(bare, start, joint.start())
                or PATTERN["pronoun alone"].match(bare, joint.end(), at)
            ):
                start = joint.end()
    lead = PATTERN["leading"].match(bare, start, at)
    start = lead.end() if lead else start
    words = bare[start:at].rstrip(" ,")
    named = 0 < len(words) <= 160 and MASK not in words and words[0].isalnum() and not PATTERN["nobody"].search(words)
    own = PATTERN["finite within"].search(words) if named and clause else None
    if own and not PATTERN["relating"].search(words, 0, own.start()):
        words = words[: own.start()].rstrip() if PATTERN["begins"].search(words) else ""
    return (start, start + len(words)) if named and words else None


def _joins(bare: str, start: int, at: int, subject: Piece | None, around: list[Cue]) -> bool:
    """Whether a verb within what another reports stands beside that one: "and called", ", adding"."""
    beside = subject and bare.endswith(", ", start, subject[0]) and at - subject[1] < 12
    joint = PATTERN["coordinate"].search(bare, max(start, at - 60), at)
    if joint and joint.start() in [cue.end for cue in around] and not re.search("and|but|then", joint[0]):
        return False  # "Both, the envoy noted, had agreed that"
    return bool(beside or joint)


def _bounds(bare: str, start: int, end: int) -> Piece:
    """A stretch without the marks, stops and blanks at its ends, and without a bullet."""
    while start < end and (bare[start] in " ,;:—–-•*" or bare[start] in MASK):
        start += 1
    while start < end and bare[end - 1] in " ,;:.—–-":
        end -= 1
    return start, end


def _upto(bare: str, at: int, end: int, rule: str = "aside") -> Piece:
    """The reported words from here on, up to where they give way to the outlet's own."""
    for match in PATTERN[rule].finditer(bare, at + 1, end):
        dash = PATTERN["any dash"].match(bare, match.start()) and PATTERN["any dash"].search(bare, at, match.start())
        if not dash:  # the second of two dashes leads back
            return at, _bounds(bare, at, match.start())[1]
    return at, _bounds(bare, at, end)[1]


def _cut(bare: str, cue: Cue, second: Cue, verb: int) -> Cue:
    """An attribution that ends where a second one, beside it, begins: with its speaker, or with its verb."""
    at = min(second.speaker[0], verb) if second.speaker and second.speaker[0] > cue.end else verb
    joint = PATTERN["joint end"].search(bare, min([a for a, _ in cue.content], default=at), at)
    at = joint.start() if joint else at
    source = cue.end > cue.verb[1]  # "As the agency reports, the ministry said that": no "the ministry" of the agency's
    content = [
        (a, min(b, at))
        for a, b in cue.content
        if a < at and (b <= at or not source or PATTERN["finite"].search(bare, a, at))
    ]
    return cue._replace(content=content, reach=[(a, min(b, at)) for a, b in cue.reach])
