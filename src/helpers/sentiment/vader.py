"""VADER's four numbers for a text, exactly those of the package vaderSentiment, at several times its speed."""

import string
from functools import lru_cache
from heapq import heappop, heappush
from math import fabs, sqrt
from operator import attrgetter
from typing import NamedTuple

CAPITALS, NEGATION, ALPHA = 0.733, -0.74, 15  # the constants of Hutto and Gilbert
FADING = (1, 0.95, 0.9)  # how much a booster one, two or three words before still counts
REMEMBERED = 200_000  # words whose properties are kept; what comes after is looked up each time


class Scores(NamedTuple):
    """The shares of negative, neutral and positive words, and the compound score from -1 to 1."""

    neg: float
    neu: float
    pos: float
    compound: float


class _Word(NamedTuple):
    lower: str
    valence: float | None  # None where the word has none of its own
    listed: bool  # in the lexicon, even where its valence is not counted
    upper: bool
    negates: bool
    boost: float
    idiom: bool  # part of a phrase with a meaning of its own
    plain: bool  # no rule looks for it


class _Tables(dict):
    """What the package ships, and each word seen with its properties."""

    def __init__(self) -> None:
        from vaderSentiment import vaderSentiment as package  # noqa: N813

        analyzer = package.SentimentIntensityAnalyzer()
        self.lexicon, self.emojis = analyzer.lexicon, analyzer.emojis
        self.pictures = frozenset(self.emojis)
        self.boosters, self.negations = package.BOOSTER_DICT, frozenset(package.NEGATE)
        self.phrases = package.SPECIAL_CASES
        self.inside = {word for phrase in (*self.phrases, *self.boosters) if " " in phrase for word in phrase.split()}
        # Every phrase has a rarer word than these, and that word alone calls for a closer look.
        self.rules = self.inside - {"the", "of", "to", "for"} | self.negations | {"no", "least", "so", "this"}

    def __missing__(self, token: str) -> _Word:
        bare = token.strip(string.punctuation)
        if len(bare) <= 2:  # then it is a smiley
            bare = token
        lower = bare.lower()
        found = _Word(
            lower,
            None if lower in self.boosters else self.lexicon.get(lower),
            lower in self.lexicon,
            bare.isupper(),
            lower in self.negations or "n't" in lower,
            self.boosters.get(lower, 0.0),
            lower in self.inside,
            not (lower in self.rules or lower in self.boosters or "n't" in lower),
        )
        if len(self) < REMEMBERED:
            self[token] = found
        return found


UPPER, PLAIN = map(attrgetter, ("upper", "plain"))


def scores(text: str) -> Scores:
    """The four numbers of VADER for a text (Hutto and Gilbert, 2014), rounded as the package rounds them.

    >>> scores("The talks were a great success!")
    Scores(neg=0.0, neu=0.331, pos=0.669, compound=0.8439)
    """
    text, words, valences = _valences(text)
    if not words:
        return Scores(0.0, 0.0, 0.0, 0.0)
    values = [valence for valence in valences.values() if valence]
    stress = _stress(text)
    total = float(sum(values))
    total += stress if total > 0 else -stress if total < 0 else 0.0
    pos, neg = sum([v + 1 for v in values if v > 0], 0.0), sum([v - 1 for v in values if v < 0], 0.0)
    if pos > -neg:
        pos += stress
    elif pos < -neg:
        neg -= stress
    neutral = len(words) - len(values)
    everything = pos + fabs(neg) + neutral
    compound = max(-1.0, min(1.0, total / sqrt(total * total + ALPHA)))
    shares = (round(fabs(part / everything), 3) for part in (neg, neutral, pos))
    return Scores(*shares, round(compound, 4))


def terms(text: str) -> list[tuple[str, float]]:
    """The words of a text that VADER counts, with what each adds, after negation, boosters, capitals and "but".

    >>> terms("The United States said so.")
    [('United', 1.8)]
    """
    _, words, valences = _valences(text)
    return [(words[at].strip(string.punctuation) or words[at], value) for at, value in valences.items() if value]


@lru_cache
def lexicon() -> dict[str, float]:
    """VADER's list: a word and how positive (up to 4) or negative (down to -4) ten people found it on average."""
    return _tables().lexicon


@lru_cache
def _tables() -> _Tables:
    return _Tables()


def _valences(text: str) -> tuple[str, list[str], dict[int, float]]:
    """The text with emojis spelled out, its words, and the valence of each word of the lexicon by its place."""
    tables = _tables()
    if not text.isascii() and not tables.pictures.isdisjoint(text):
        text = _described(text, tables.emojis)
    text = text.strip()
    tokens = text.split()
    words = list(map(tables.__getitem__, tokens))
    hits = [at for at, word in enumerate(words) if word[1] is not None]
    if not hits:
        return text, tokens, {}
    mixed = 0 < sum(map(UPPER, words)) < len(words)  # capitals mean something only among small letters
    valences = {at: _valence(words, at, mixed) for at in hits}
    but = "but" in text.lower()
    turn = next((at for at, word in enumerate(words) if word.lower == "but"), None) if but else None
    return text, tokens, valences if turn is None else _contrasted(valences, turn)


def _valence(words: list[_Word], at: int, mixed: bool) -> float:
    """What one word of the lexicon adds, with the up to three words before it."""
    word, before = words[at], words[max(0, at - 3) : at][::-1]
    if word.plain and not (mixed and word.upper) and all(map(PLAIN, before)):
        return word.valence
    after = words[at + 1] if at + 1 < len(words) else None
    if word.lower == "kind" and after and after.lower == "of":
        return 0.0
    value = 0.0 if word.lower == "no" and after and after.listed else word.valence
    nos = [other.lower == "no" for other in before]
    if any(nos[:2]) or (nos[2:] == [True] and before[0].lower in ("or", "nor")):
        value = word.valence * NEGATION
    if mixed and word.upper:
        value += CAPITALS if value > 0 else -CAPITALS
    for back, other in enumerate(before):
        if not other.listed:
            if other.boost:
                value += _boost(other, value, mixed) * FADING[back]
            value *= _turned(before, back)
            if back == 2 and (word.idiom or before[0].idiom or before[1].idiom):
                value = _idiom(words, at, value)
    if before and before[0].lower == "least" and not (before[1:] and before[1].lower in ("at", "very")):
        value *= NEGATION
    return value


def _boost(booster: _Word, value: float, mixed: bool) -> float:
    boost = -booster.boost if value < 0 else booster.boost
    if mixed and booster.upper:
        boost += CAPITALS if value > 0 else -CAPITALS
    return boost


def _turned(before: list[_Word], back: int) -> float:
    """The factor by which the word `back` words further away turns or strengthens a valence."""
    other, between = before[back], [word.lower for word in before[:back]]
    so = [word in ("so", "this") for word in between]
    # The package asks for "never" only of the nearer word: three words away a "so" or "this" alone strengthens.
    if (other.lower == "never" and any(so)) or (back == 2 and so[0]):
        return 1.25
    if other.lower == "without" and "doubt" in between:
        return 1
    return NEGATION if other.negates else 1


def _idiom(words: list[_Word], at: int, value: float) -> float:
    """The valence of a phrase around a word where the list has one."""
    tables = _tables()
    span = lambda first, last: " ".join(word.lower for word in words[at + first : at + last + 1])  # noqa: E731
    phrases = [span(-1, 0), span(-2, 0), span(-2, -1), span(-3, -1), span(-3, -2)]
    value = next((tables.phrases[phrase] for phrase in phrases if phrase in tables.phrases), value)
    for last in (1, 2):
        if at + last < len(words):
            value = tables.phrases.get(span(0, last), value)
    return value + sum(tables.boosters.get(phrase, 0) for phrase in (phrases[3], phrases[4], phrases[2]))


def _contrasted(valences: dict[int, float], turn: int) -> dict[int, float]:
    """Valences before "but" halved, after it half as much again.

    The package looks each value up by itself and so changes the first word of that value, not the word at hand;
    a heap of places for each value finds the same one without searching the whole text.
    """
    places: dict[float, list[int]] = {}
    for at, value in valences.items():
        heappush(places.setdefault(value, []), at)
    for at in sorted(valences):
        value = valences[at]
        if not value:
            continue
        while valences[places[value][0]] != value:
            heappop(places[value])
        first = places[value][0]
        if first != turn:
            valences[first] = value * (0.5 if first < turn else 1.5)
            heappush(places.setdefault(valences[first], []), first)
    return valences


def _described(text: str, emojis: dict[str, str]) -> str:
    """Emojis replaced by their description, parted from the word before."""
    out, space = [], True
    for letter in text:
        if letter in emojis:
            out.append(emojis[letter] if space else " " + emojis[letter])
            space = False
        else:
            out.append(letter)
            space = letter == " "
    return "".join(out)


def _stress(text: str) -> float:
    """What exclamation and question marks add."""
    asks = text.count("?")
    return min(text.count("!"), 4) * 0.292 + (0 if asks < 2 else asks * 0.18 if asks <= 3 else 0.96)
