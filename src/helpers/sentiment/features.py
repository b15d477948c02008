"""What the trained models see of a sentence: words without names, and by name what in them speaks for or against."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, compress
from math import exp, log, sqrt
from pathlib import Path
from typing import NamedTuple

from ..language.words import ENGLISH, fold, is_headline, lists, spelled
from . import vader

DATA = Path(__file__).parent / "data"
STANCES = DATA / "stances.txt"
TOKEN = re.compile(
    r"[^\W\d_](?:\.[^\W\d_])++\.|[^\W\d_]++(?:[-'.](?!s\b)[^\W\d_]++)*+|'s\b|\d[\d,.]*+|\"|''|[.,;:!?()—]|-++"
)
TARGET, NAME, TITLE = "TARGET", "NAME", "TITLE"
MASKS = frozenset([TARGET, NAME, TITLE])
ROLES = {role: words[0] for role, words in lists(DATA / "roles.txt").items()}
GRAMMAR = {name: frozenset(words) for name, words in lists(DATA / "grammar.txt").items()}
GOOD, NEGATIONS, SAYING, AUXILIARIES = (GRAMMAR[name] for name in ("good", "negation", "saying", "auxiliary"))
# Of the ranks only what is listed here: the models were trained on it.
TITLES = GRAMMAR["title"] | {title.lower() for title in (*ENGLISH["courtesies"], *ENGLISH["titles"])}
EMPTY = GRAMMAR["determiner"] | GRAMMAR["preposition"] | AUXILIARIES
FUNCTION = NEGATIONS | GRAMMAR["conjunction"] | GRAMMAR["function"] | EMPTY
BREAKS = frozenset(",;:—-().!?") | GRAMMAR["conjunction"]
BETWEEN = GRAMMAR["determiner"] | {"'s", NAME, TITLE, "and", "or"}  # what may stand between a verb and its object
OPENERS = frozenset('.!?:"')
SPLIT = frozenset(["all", "near", "clause"])  # windows where good and bad count apart too
DAMPING = 8  # about the square of two strong words

# Where a feature comes from: its role ("" for words), and its first and last word, -1 for what is no word.
Place = tuple[str, int, int]
# One thing the models weigh: its key, amount and place. Plain tuples, because a sentence has a hundred of them.
Feature = tuple[str, float, Place]
# A good or bad word: its place, its value, and the windows it lies in with how much it counts in each.
Weighed = tuple[int, float, list[tuple[str, float]]]


class Word(NamedTuple):
    """A word in small letters and American spelling, with what the lists know of it."""

    text: str
    stem: str
    kind: str  # its stance in stances.txt, or ""
    value: float  # how good or bad, in the units of VADER's list
    content: bool  # could be a verb, noun or adjective
    parts: bool  # a mark or conjunction between clauses


class Role(NamedTuple):
    """What a word is to the target, such as the verb it is the object of, and the place of that word."""

    name: str
    at: int


def named(role: str, word: str) -> str:
    """How a role reads in an explanation.

    >>> named("object", "accuse"), named("behind of", "critic")
    ('object of accuse', 'critic of')
    """
    return ROLES[role].format(word) if role in ROLES else f"{word} {role.removeprefix('behind ')}"


class Reading(NamedTuple):
    """A sentence as the models see it: masked words, where they stand in the text, and which is the target."""

    words: list[Word]
    texts: list[str]
    spans: list[tuple[int, int]]
    target: int
    surface: str  # the target as written


def masked(sentence: str, start: int = 0, end: int = 0) -> Reading:
    """The words of a sentence, with names, titles and institutions masked, and the span start:end as its target.

    >>> [word.text for word in masked("The Chinese Foreign Ministry condemned Mr. Smith’s offence.").words]
    ['the', 'NAME', 'condemned', 'NAME', "'s", 'offense', '.']
    """
    words, spans, target = [], [], -1
    for text, first, last in _tokens(sentence):
        if first < end and last > start:
            if target >= 0:
                continue
            while words and words[-1].text in MASKS:  # "President" before it belongs to it
                words.pop(), spans.pop()
            target, text, first, last = len(words), TARGET, start, end
        elif text in MASKS and words and (before := words[-1].text) in MASKS and (before, text) != (TARGET, TITLE):
            if before != TARGET:
                words[-1], spans[-1] = word(NAME), (spans[-1][0], last)
            continue
        words.append(word(text))
        spans.append((first, last))
    return Reading(words, [word.text for word in words], spans, target, sentence[start:end])


def stem(text: str) -> str:
    """What is left of a word without its inflection: "accuses", "accused" and "accusing" are one."""
    if len(text) > 4:
        text = re.sub(r"(?:ies|ied)$", "y", text)
        if len(text) > 4 and not text.endswith("ss"):
            text = re.sub(r"(?:ing|ed|es|ly|s)$", "", text)
        if len(text) > 3 and text[-1] == text[-2] and text[-1] not in "se":
            text = text[:-1]
        if len(text) > 3:
            text = re.sub(r"y$", "i", text.removesuffix("e"))
    return text


@lru_cache(maxsize=200_000)
def word(text: str) -> Word:
    """What the lists know of a word, given as it stands in a sentence or as a mask."""
    if text in MASKS:
        return Word(text, text, "", 0.0, False, False)
    low = spelled(text)
    kind = stance(low)[0]
    value = 0.0 if low in GRAMMAR["topic"] else _values().get(low, 0.0)
    if kind and not value:
        value = 1.5 if kind in GOOD else -1.5
    return Word(low, stem(low), kind, value, low.isalpha() and low not in EMPTY, low in BREAKS)


def stance(low: str) -> tuple[str, str]:
    """The kind of a word in stances.txt and the word in its plain form; two empty strings where it has none."""
    return _stances().get(low) or _stances().get(stem(low)) or ("", "")


@lru_cache
def _stances() -> dict[str, tuple[str, str]]:
    known: dict[str, tuple[str, str]] = {}
    for kind, words in lists(STANCES).items():
        for plain in words:
            for form in (spelled(plain), stem(spelled(plain))):
                known.setdefault(form, (kind, plain))
    return known


@lru_cache
def _values() -> dict[str, float]:
    """VADER's list in American spelling; where it has both spellings, the American value stands."""
    lexicon = vader.lexicon()
    british = {spelled(text): value for text, value in lexicon.items()}
    return british | {text: value for text, value in lexicon.items() if spelled(text) == text}


@lru_cache(maxsize=16)  # the mentions of one sentence come together
def _tokens(sentence: str) -> list[tuple[str, int, int]]:
    """Words and marks with their places; a capital makes a name, but at the start of a sentence a known word stays."""
    text, headline = fold(sentence), is_headline(sentence)
    out, opening = [], True
    for match in TOKEN.finditer(text):
        first, last = match.span()
        if plain := _plain(match[0]):
            out.append((plain, first, last))
            opening = False
            continue
        low = spelled(match[0])
        if text[first].isupper() and last - first > (match[0] == "I"):
            # "United States" opens a sentence as a name, although "united" is a common word.
            beside = text[last + 1 : last + 2].isupper() and text[last + 1 : last + 3] not in ("I ", "I'")
            alone = headline or not beside or (low in FUNCTION and low != "new")
            low = low if low in TITLES or ((opening or headline) and alone and _common(low)) else NAME
        if low in TITLES:
            while out and out[-1][0] in GRAMMAR["office"]:
                first = out.pop()[1]
            last += text[last : last + 1] == "." and last - first < 5  # "Mr." opens nothing
            low = TITLE
        elif low == "." and out and out[-1][2] > first:
            continue
        elif low.endswith("n't") and len(low) > 3:
            out.append((low[:-3], first, last - 3))
            low, first = "n't", last - 3
        out.append(('"' if low == "''" else low, first, last))
        opening = low in OPENERS
    return out


@lru_cache(maxsize=200_000)
def _plain(text: str) -> str:
    """A word in small letters that needs no closer look, in American spelling; "" for any other token."""
    return spelled(text) if text.islower() and text.isalpha() and spelled(text) not in TITLES else ""


@lru_cache(maxsize=50_000)
def _common(low: str) -> bool:
    """Whether a word at the start of a sentence is a word and no name."""
    return low in FUNCTION or low in vader.lexicon() or bool(stance(low)[0])


def turned(texts: list[str], at: int) -> bool:
    """Whether one of the three words before turns this one into its opposite."""
    return not NEGATIONS.isdisjoint(texts[max(0, at - 3) : at])


def of_sentence(reading: Reading) -> list[Feature]:
    """The features of a sentence as a whole: words, stems, stances, pairs, and the balance of good and bad words."""
    words, texts = reading.words, reading.texts
    places = [at for at, text in enumerate(texts) if text[0].isalpha() or text in '"?!']
    found = {}
    for at, after in zip(places, [*places[1:], -1], strict=True):
        if texts[at] not in MASKS:
            found[texts[at]] = found["~" + words[at].stem] = "", at, at
            if words[at].kind:
                found[f"@{'not ' if turned(texts, at) else ''}{words[at].kind}"] = "", at, at
            if after > 0:
                found[f"{texts[at]} {texts[after]}"] = "", at, after
    windows = [(at, value, [("all", 1.0)]) for at, value in _polar(reading)]
    shape = ("!length", log(len(places) + 1), ("length", -1, -1))
    return [*_even(found), *_balances(windows, sqrt(len(places) + 1)), shape]


def of_target(reading: Reading) -> list[Feature]:
    """The features of a sentence as it bears on its target."""
    clauses = list(accumulate(word.parts for word in reading.words))  # the number of the clause of each word
    quoted = [count % 2 == 1 for count in accumulate(text == '"' for text in reading.texts)]  # between quotation marks
    found = list(roles(reading))
    speaks = any(role.name == "speaks" for role in found)
    return [
        *_even(_placed(reading, clauses)),
        *(feature for role in found for feature in _role(role, reading.words[role.at])),
        *_balances(_windows(reading, clauses, quoted, speaks)),
        *_shape(reading, quoted),
    ]


def _even(found: dict[str, Place]) -> list[Feature]:
    """Words and pairs with equal amounts, all together of length one."""
    amount = 1 / sqrt(len(found) or 1)
    return [(key, amount, place) for key, place in found.items()]


def _placed(reading: Reading, clauses: list[int]) -> dict[str, Place]:
    """Words and pairs; stems of the target's clause and of the six words on either side, by side."""
    words, texts, target = reading.words, reading.texts, reading.target
    places = [at for at, text in enumerate(texts) if text[0].isalpha() or text == '"']
    found, here = {}, clauses[target]
    for at, after in zip(places, [*places[1:], -1], strict=True):
        text = texts[at]
        if text not in MASKS:
            place = "", at, at
            found[text] = place
            side = "<" if at < target else ">"
            if clauses[at] == here:
                found[f"clause{side}{words[at].stem}"] = place
            if -6 <= at - target <= 6:
                found[f"near{side}{words[at].stem}"] = place
            if words[at].kind:
                found[f"{side}@{'not ' if turned(texts, at) else ''}{words[at].kind}"] = place
        if after > 0:
            found[f"{text} {texts[after]}"] = "", at, after
    return found


def _role(role: Role, word: Word) -> list[Feature]:
    """A role by its word, by the stance of it, by good and bad, and by itself."""
    keys = [role.name] if role.name in ("speaks", "spoken of") else [f"{role.name}:{word.stem}", role.name]
    if word.kind:
        keys.append(f"{role.name}@{word.kind}")
    if word.value:
        keys.append(f"{role.name}{'+' if word.value > 0 else '-'}")
    return [(f"={key}", 1.0, (role.name, role.at, role.at)) for key in keys]


def _polar(reading: Reading) -> list[tuple[int, float]]:
    """The places of good and bad words and their values, turned by a negation as VADER turns them."""
    polar = [(at, word.value) for at, word in enumerate(reading.words) if word.value]
    return [(at, value * (-0.74 if turned(reading.texts, at) else 1)) for at, value in polar]


def _windows(reading: Reading, clauses: list[int], quoted: list[bool], speaks: bool) -> list[Weighed]:
    """For each good or bad word the windows it lies in, and how much it counts in each."""
    target = reading.target
    turn = next((at for at, text in enumerate(reading.texts) if text in GRAMMAR["contrast"]), len(clauses))
    found = []
    for at, value in _polar(reading):
        far, side = abs(at - target), "left" if at < target else "right"
        where = "quoted" if quoted[at] else "unquoted"
        inside = [("all", 1.0), ("near", exp(-far / 8)), (side, exp(-far / 12)), (where, 1.0)]
        holds = (clauses[at] == clauses[target], speaks, quoted[target], at > turn)
        more = ("clause", f"{where}, target speaks", f"{where}, target quoted", "after but")
        found.append((at, value, [*inside, *((name, 1.0) for name in compress(more, holds))]))
    return found


def _balances(windows: list[Weighed], scale: float = 1.0) -> list[Feature]:
    """The good, the bad, and their balance in each window, damped as VADER damps its sum and split by words."""
    sums: dict[str, float] = {}
    for _, value, inside in windows:
        for name, weight in inside:
            sums[name] = sums.get(name, 0.0) + value * weight
    damped = {name: 1 / sqrt(total * total + DAMPING) for name, total in sums.items()}
    found = []
    for at, value, inside in windows:
        sign, place = "+" if value > 0 else "-", ("", at, at)
        for name, weight in inside:
            found.append(("#" + name, value * weight * damped[name], place))
            if name in SPLIT:
                found.append(("#" + name + sign, value * weight / scale, place))
    return found


def _shape(reading: Reading, quoted: list[bool]) -> list[Feature]:
    """What is no single word: length, the target's place and form, questions, negation, other names."""
    texts, target = reading.texts, reading.target
    amounts = {
        "length": log(len(texts) + 1),
        "place of the target": target / len(texts),
        "target opens": target <= 1,
        "target in quotes": quoted[target],
        "question": "?" in texts,
        "exclamation": "!" in texts,
        "negation near": not NEGATIONS.isdisjoint(texts[max(0, target - 4) : target + 5]),
        "other names": texts.count(NAME) / 4,
        "target is a pronoun": reading.surface.lower() in GRAMMAR["pronoun"],
        "target in small letters": reading.surface == reading.surface.lower(),
        "target owns": "'s" in texts[target + 1 : target + 2],
        "contrast": not GRAMMAR["contrast"].isdisjoint(texts),
    }
    return [("!" + key, float(amount), (key, -1, -1)) for key, amount in amounts.items() if amount]


def roles(reading: Reading) -> Iterator[Role]:
    """What the words around are to the target: verbs it is subject or object of, what it is, owns, says."""
    texts, target = reading.texts, reading.target
    owned = list(_owned(reading))
    yield from owned or _subject(reading)
    yield from _object(reading)
    before = texts[max(0, target - 2) : target]
    if before == ["according", "to"] or not SAYING.isdisjoint([*before, *texts[target + 1 : target + 3]]):
        yield Role("speaks", target)
    for at, text in enumerate(texts):
        if text in SAYING and NAME in texts[max(0, at - 1) : at + 2]:
            yield Role("spoken of", at - 1 if NAME in texts[max(0, at - 1) : at] else at + 1)
            break


def _verb(texts: list[str], at: int) -> tuple[int, str, bool]:
    """Past adverbs and auxiliaries to the next verb: its place, "not " where it is negated, and a form of "be"."""
    negated, being, last = "", False, min(len(texts), at + 6)
    while at < last and (texts[at] in AUXILIARIES or texts[at].endswith("ly")):
        negated = "not " if texts[at] in ("not", "n't", "never") else negated
        being |= texts[at] in GRAMMAR["be"]
        at += 1
    return at, negated, being


def _owned(reading: Reading) -> Iterator[Role]:
    """What the target has, and what that does: "her plan failed"."""
    words, texts, at = reading.words, reading.texts, reading.target + 1
    if texts[at : at + 1] == ["'s"]:
        at += 1
    elif reading.surface.lower() not in GRAMMAR["possessive"]:
        return
    start = at
    while at < min(len(words), start + 3) and words[at].content and not words[at].parts:
        if at > start and texts[at].endswith(("ed", "ly")):
            break
        yield Role("owner", at)
        at += 1
    if at > start:
        at, negated, _ = _verb(texts, at)
        if at < len(words) and words[at].content:
            yield Role(f"{negated}owner subject", at)


def _subject(reading: Reading) -> Iterator[Role]:
    """What the target does or is, past an apposition between commas and the auxiliaries."""
    words, texts = reading.words, reading.texts
    at = reading.target + 1
    if texts[at : at + 2] == [",", "who"]:
        at += 2
    elif texts[at : at + 1] == [","]:
        closing = next((n for n in range(at + 1, min(len(words), at + 14)) if texts[n] == ","), at)
        if closing > at and texts[at + 1] not in ("but", "and", "said"):
            yield from (Role("called", n) for n in range(at + 1, closing) if words[n].content)
            at = closing
        at += 1
    elif texts[at : at + 1] in (["who"], ["and"]):
        at += 2 if texts[at : at + 2] == ["and", NAME] else 1
    at, negated, being = _verb(texts, at)
    if at >= len(words) or (words[at].parts and texts[at].isalpha()):
        return
    if being and _passive(texts[at]):
        yield Role(f"{negated}object", at)
    elif being and not texts[at].endswith("ing"):
        stop = next((n for n in range(at, len(words)) if words[n].parts), len(words))
        yield from (Role(f"is {negated}".strip(), n) for n in range(at, min(stop, at + 5)) if words[n].content)
    elif words[at].content:
        yield Role(f"{negated}subject", at)
        stop = next((n for n in range(at + 1, len(words)) if texts[n] in '.;!?"'), len(words))
        yield from (Role("does", n) for n in range(at + 1, min(stop, at + 9)) if words[n].content)


def _object(reading: Reading) -> Iterator[Role]:
    """The verb whose object the target is, or the preposition before it and what that hangs on."""
    words, texts, at = reading.words, reading.texts, reading.target - 1
    while at >= 0 and (texts[at] in BETWEEN or (texts[at] == "," and at and texts[at - 1] == NAME)):
        at -= 1
    if at < 0:
        return
    if texts[at] in GRAMMAR["preposition"]:
        yield Role("after", at)
        head = _back(texts, at - 1)
        if head >= 0 and texts[head].isalpha() and texts[head] not in MASKS:
            agent = "subject" if _passive(texts[head]) else "by"
            yield Role(agent if texts[at] == "by" else f"behind {texts[at]}", head)
            doer = _back(texts, head - 1)
            if doer >= 0 and words[doer].content:
                yield Role("behind", doer)
    elif words[at].content and not words[at].parts and texts[at] not in ("said", "says"):
        yield Role("not object" if turned(texts, at) else "object", at)


def _passive(text: str) -> bool:
    return text.endswith(("ed", "en")) or text in GRAMMAR["participle"]


def _back(texts: list[str], at: int) -> int:
    """From a place back past determiners, names and adverbs."""
    while at >= 0 and (texts[at] in GRAMMAR["determiner"] or texts[at] == NAME or texts[at].endswith("ly")):
        at -= 1
    return at
