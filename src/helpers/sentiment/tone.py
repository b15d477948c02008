"""What the trained models see of a sentence: words without names, the stance they take, and who does what to whom."""

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ..language.words import ENGLISH, fold, is_headline, lists, spelled
from . import vader

DATA = Path(__file__).parent / "data"
STANCES = DATA / "stances.txt"
GOOD = frozenset("praise help win virtue boon joy".split())
TOKEN = re.compile(
    r"[^\W\d_](?:\.[^\W\d_])++\.|[^\W\d_]++(?:[-'.](?!s\b)[^\W\d_]++)*+|'s\b|\d[\d,.]*+|\"|''|[.,;:!?()—]|-++"
)
TARGET, NAME, TITLE = "TARGET", "NAME", "TITLE"
MASKS = frozenset([TARGET, NAME, TITLE])

# How each role reads in an explanation; {} is the word that has it.
ROLES = {
    "object": "object of {}",
    "not object": "object of not {}",
    "subject": "subject of {}",
    "not subject": "subject of not {}",
    "is": "is {}",
    "is not": "is not {}",
    "owner": "owner of {}",
    "owner subject": "owns what {}",
    "not owner subject": "owns what does not {}",
    "called": "called {}",
    "does": "does, with {}",
    "after": "after {}",
    "behind": "with {}",
    "by": "{} by",
    "speaks": "said by {}",
    "spoken of": "said by {}",
}


GRAMMAR = {name: frozenset(words) for name, words in lists(DATA / "grammar.txt").items()}
OPENERS = frozenset('.!?:"')
# Of the ranks only what is listed here: the models were trained on it.
TITLES = GRAMMAR["title"] | {title.lower() for title in (*ENGLISH["courtesies"], *ENGLISH["titles"])}
NEGATIONS = GRAMMAR["negation"]
EMPTY = GRAMMAR["determiner"] | GRAMMAR["preposition"] | GRAMMAR["auxiliary"]
FUNCTION = GRAMMAR["negation"] | GRAMMAR["conjunction"] | GRAMMAR["function"] | EMPTY
BREAKS = frozenset(",;:—-().!?") | GRAMMAR["conjunction"]


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


def read(sentence: str, start: int = 0, end: int = 0) -> Reading:
    """The words of a sentence, with names, titles and institutions masked, and the span start:end as its target.

    >>> [word.text for word in read("The Chinese Foreign Ministry condemned Mr. Smith’s offence.").words]
    ['the', 'NAME', 'condemned', 'NAME', "'s", 'offense', '.']
    """
    words: list[Word] = []
    spans: list[tuple[int, int]] = []
    target = -1
    for text, first, last in _masked(sentence):
        if first < end and last > start:
            if target < 0:
                while words and words[-1].text in MASKS:  # "President" before it belongs to it
                    words.pop(), spans.pop()
                target = len(words)
                words.append(word(TARGET))
                spans.append((start, end))
            continue
        if text in MASKS and words and words[-1].text in MASKS:
            if words[-1].text != TARGET:
                words[-1], spans[-1] = word(NAME), (spans[-1][0], last)
                continue
            if text == NAME:
                continue
        words.append(word(text))
        spans.append((first, last))
    texts = [word.text for word in words]
    return Reading(words, texts, spans, target, sentence[start:end])


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
    root = stem(low)
    kind = stance(low)[0]
    value = 0.0 if low in GRAMMAR["topic"] else _values().get(low, 0.0)
    if kind and not value:
        value = 1.5 if kind in GOOD else -1.5
    return Word(low, root, kind, value, low.isalpha() and low not in EMPTY, low in BREAKS)


def stance(low: str) -> tuple[str, str]:
    """The kind of a word in stances.txt and the word in its plain form; two empty strings where it has none."""
    return _stances().get(low) or _stances().get(stem(low)) or ("", "")


@lru_cache
def _stances() -> dict[str, tuple[str, str]]:
    known: dict[str, tuple[str, str]] = {}
    for kind, words in lists(STANCES).items():
        for plain in words:
            known.setdefault(spelled(plain), (kind, plain))
            known.setdefault(stem(spelled(plain)), (kind, plain))
    return known


@lru_cache
def _values() -> dict[str, float]:
    """VADER's list in American spelling; where it has both spellings, the American value stands."""
    lexicon = vader.lexicon()
    british = {spelled(text): value for text, value in lexicon.items()}
    return british | {text: value for text, value in lexicon.items() if spelled(text) == text}


@lru_cache(maxsize=16)  # the mentions of one sentence come together
def _masked(sentence: str) -> list[tuple[str, int, int]]:
    """Words and marks with their places; a capital makes a name, but at the start of a sentence a known word stays."""
    text = fold(sentence)
    headline = is_headline(sentence)
    out: list[tuple[str, int, int]] = []
    opening = True
    for match in TOKEN.finditer(text):
        first, last = match.span()
        low = spelled(match[0])
        if _simple(match[0]):
            out.append((low, first, last))
            opening = False
            continue
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
def _simple(text: str) -> bool:
    """Whether a token is a word in small letters that needs no closer look."""
    return text.islower() and text.isalpha() and spelled(text) not in TITLES and not text.endswith("n't")


@lru_cache(maxsize=50_000)
def _common(low: str) -> bool:
    """Whether a word at the start of a sentence is a word and no name."""
    return low in FUNCTION or low in vader.lexicon() or bool(stance(low)[0])


def turned(texts: list[str], at: int) -> bool:
    """Whether one of the three words before turns this one into its opposite."""
    return not NEGATIONS.isdisjoint(texts[max(0, at - 3) : at])
