"""How a sentence sounds, and how it treats an actor: scores of each voice in it, with the words that made them."""

import gzip
import json
import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate
from math import exp, tanh
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from .. import InputError
from ..language import split
from ..language.words import fold
from . import features, vader
from .features import Place, Reading

DATA = Path(__file__).parent / "data"
OWN, QUOTED = "own", "quoted"  # voices, as in the table `voices`; reported speech counts as quoted here
SCORES = ["news", "vader"]
BOTH = ["vader", "vader_terms", "news", "news_terms"]
COLUMNS = ["doc", "sent", "start", "voice", "text", "part", "words", *BOTH]
TARGETS = ["score", "negative", "neutral", "positive", "terms", "marks"]
ALWAYS = "in any sentence"  # the term of what a model says before it has read a word
BASE: Place = (ALWAYS, -2, -1)
DULL = features.FUNCTION | features.GRAMMAR["pronoun"] | {"length"}  # words that tell a reader nothing
SHOWN = 6  # terms in a table; `towards` gives all
COUNTS = 0.04  # a word that adds less to a score is not shown as one that made it
PIECE = re.compile(r"\S+")
Span = tuple[int, int]


class Term(NamedTuple):
    """A word, a role or a pair of words, what it adds to a score, and where it stands if it is one word and no name."""

    words: str
    weight: float
    start: int = 0
    end: int = 0

    @property
    def counts(self) -> bool:
        """Whether it adds enough by itself to be told and marked; a name that is masked never does."""
        return self.end > 0 and abs(self.weight) >= COUNTS and _says(self.words)


class Stance(NamedTuple):
    """How a sentence treats a target, from -1 to 1, the chances of the three classes, and terms that add up to it."""

    score: float
    negative: float
    neutral: float
    positive: float
    terms: tuple[Term, ...]


class News(NamedTuple):
    """How a sentence sounds to readers of newspapers, from -1 to 1, and terms that add up to it."""

    score: float
    terms: tuple[Term, ...]

    def shown(self) -> str:
        """The heaviest words that count by themselves, as a phrase."""
        return _phrase(self.terms)


class Model(NamedTuple):
    """A linear model: what it says of every sentence, and the weights of its features, one for each output."""

    about: dict[str, str]
    constants: tuple[float, ...]
    weights: dict[str, tuple[float, ...]]


@lru_cache
def model(name: str) -> Model:
    """The packaged model "towards" or "news"; `about` has licence, sha256 of the training data, and command."""
    with gzip.open(DATA / f"{name}.json.gz", "rt", encoding="utf-8") as file:
        stored = json.load(file)
    unit = stored["about"]["unit"]
    weights = {key: tuple(value / unit for value in row) for key, row in stored["weights"].items()}
    return Model(stored["about"], tuple(value / unit for value in stored["constants"]), weights)


def news(sentence: str) -> News:
    """The score of the model trained on rated newspaper sentences (ridge regression on Hutto and Gilbert's ratings).

    Names, titles and institutions are masked, both spellings and all quotation marks give the same score, and the
    weights of the terms add up to it. A text without a word scores 0.

    >>> round(abs(news("The United States said so.").score), 1)
    0.0
    """
    reading = features.masked(sentence)
    if not any(text[0].isalpha() for text in reading.texts):
        return News(0.0, ())
    _, (raw,), weights = model("news")
    sums = {BASE: raw}
    for key, amount, place in features.of_sentence(reading):
        if key in weights:
            weight = weights[key][0] * amount
            raw += weight
            sums[place] = sums.get(place, 0.0) + weight
    held = max(-1.0, min(1.0, raw))
    return News(held, _terms(sentence, reading, sums, held / raw if raw else 1.0))


@lru_cache(maxsize=10_000)  # what is asked of a corpus twice is read once
def both(text: str) -> tuple[float, str, float, str]:
    """VADER's score and the news score of a text, each with the words that made it."""
    one, other = vader.score(text), news(text)
    return one.compound, one.shown(), other.score, other.shown()


@lru_cache(maxsize=10_000)  # a part of a sentence stands behind several marks of a page
def marks(text: str, score: str) -> list[Span]:
    """Where the words stand that count by themselves in the "news" or "vader" score of a text.

    >>> marks("The United States won the war.", "vader"), marks("The United States won the war.", "news")
    ([(4, 10), (18, 21), (26, 29)], [(18, 21), (26, 29)])
    """
    if score == "vader":
        return vader.marks(text)
    return sorted((term.start, term.end) for term in news(text).terms if term.counts)


def towards(sentence: str, start: int, end: int) -> Stance:
    """How a sentence treats what its characters start:end name, by logistic regression on NewsMTSC (2021).

    `score` is the chance of positive less that of negative. It is (1 - neutral) * tanh(odds / 2), where the log odds of
    positive against negative are a sum over features; each term has its share of the score in proportion, so that
    the weights of the terms add up to the score. Roles and words come before pairs of words, each by weight.

    >>> found = towards("Critics accused Beijing of lying.", 16, 23)
    >>> found.score < 0, "object of accuse" in [term.words for term in found.terms]
    (True, True)

    Raises InputError for a span that does not lie in the sentence or holds no word.
    """
    if not 0 <= start < end <= len(sentence):
        inside = f"the sentence, which has characters 0:{len(sentence)}"
        raise InputError(f"the target {start}:{end} is not inside {inside}")
    reading = features.masked(sentence, start, end)
    if reading.target < 0 or not any(letter.isalnum() for letter in sentence[start:end]):
        raise InputError(f"the target {start}:{end} holds no word; give the span of a name")
    _, (against, favour), weights = model("towards")
    sums = {BASE: favour - against}
    for key, amount, place in features.of_target(reading):
        if pair := weights.get(key):
            against += pair[0] * amount
            favour += pair[1] * amount
            sums[place] = sums.get(place, 0.0) + (pair[1] - pair[0]) * amount
    top = max(against, favour, 0.0)
    negative, neutral, positive = exp(against - top), exp(-top), exp(favour - top)
    whole = negative + neutral + positive
    odds = favour - against
    share = (1 - neutral / whole) * (tanh(odds / 2) / odds if odds else 0.5)
    terms = _terms(sentence, reading, sums, share)
    return Stance((positive - negative) / whole, negative / whole, neutral / whole, positive / whole, terms)


def mentions(sentences: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """The `mentions` table with score, negative, neutral, positive, terms and marks beside each row, by `towards`.

    `sentences` and `mentions` are tables of one corpus; offsets count characters of the article. `terms` has the words
    of the heaviest terms, joined by ", "; `marks` the places in the sentence of all that count, and that of the target
    as "actor". Raises InputError for a mention outside its sentence.
    """
    texts = {(row.doc, row.sent): (row.start, row.text) for row in sentences.itertuples()}
    found = []
    for row in mentions.itertuples():
        if (row.doc, row.sent) not in texts:
            raise InputError(f"{row.doc}: no sentence {row.sent}, in which a mention is; give both tables whole")
        begin, text = texts[row.doc, row.sent]
        target = row.start - begin, min(row.end - begin, len(text))
        *numbers, terms = towards(text, *target)
        places = dict.fromkeys((term.start, term.end) for term in terms if term.counts)
        found.append((*numbers, _phrase(terms), [(*target, "actor"), *places]))
    return pd.concat([mentions.reset_index(drop=True), pd.DataFrame(found, columns=TARGETS)], axis=1)


def sentences(sentences: pd.DataFrame, voices: pd.DataFrame, *, min_words: int = 4) -> pd.DataFrame:
    """One row for each part of a sentence in one voice: its words, two scores and the terms behind each.

    Takes the `sentences` and `voices` tables and returns doc, sent, start (of the sentence in its article), voice (own,
    or quoted, with which reported speech counts), text (the sentence), part (its words in this voice), words (how
    many), and vader and news (-1 to 1), each with its terms joined by ", ". Parts of fewer than `min_words` words, such
    as a bare "he said", are left out.
    """
    spoken, rows = by_doc(voices), []
    for row in sentences.itertuples():
        for voice, places in by_voice(row.text, row.start, spoken.get(row.doc, ())).items():
            part = _joined(row.text, places)
            if (words := split.count(part)) >= min_words:
                rows.append((row.doc, row.sent, row.start, voice, row.text, part, words, *both(part)))
    return pd.DataFrame(rows, columns=COLUMNS)


def by_doc(voices: pd.DataFrame) -> dict[str, list[tuple[int, int, str]]]:
    """The spans of the table `voices` by their article: start, end, voice."""
    return {doc: list(zip(rows.start, rows.end, rows.voice, strict=True)) for doc, rows in voices.groupby("doc")}


def by_voice(text: str, start: int, spans: Iterable[tuple[int, int, str]]) -> dict[str, list[Span]]:
    """The places of the words of a sentence by voice: those inside the spans of its article, and those that remain.

    `start` is where the sentence begins in the article.

    >>> by_voice("He said “yes”.", 100, [(108, 113, "quoted")])
    {'own': [(0, 2), (3, 7), (13, 14)], 'quoted': [(8, 13)]}
    """
    found, at, size = {OWN: [], QUOTED: []}, 0, len(text)
    inside = [(first - start, last - start) for first, last, _ in spans if first < start + size and last > start]
    for first, last in [*inside, (size, size)]:
        first, last = max(first, at), min(last, size)
        found[OWN] += [match.span() for match in PIECE.finditer(text, at, first)]
        found[QUOTED] += [match.span() for match in PIECE.finditer(text, first, last)]
        at = max(at, last)
    return {voice: places for voice, places in found.items() if places}


def in_voice(text: str, places: list[Span], score: str) -> list[Span]:
    """Where in a sentence the words stand that count by themselves in the score of the words at such places.

    >>> in_voice("Good men won “good wars”.", [(0, 4), (5, 8), (9, 12), (24, 25)], "vader")
    [(0, 4), (9, 12)]
    """
    begins = [*accumulate((end - start + 1 for start, end in places), initial=0)]
    part = _joined(text, places) + text[-1] * (not text[-1].isalnum())  # what has no stop passes for a headline
    found = ((start, end, bisect_right(begins, start) - 1) for start, end in marks(part, score))
    moved = ((start, end, places[at][0] - begins[at]) for start, end, at in found)
    return [(start + by, end + by) for start, end, by in moved]


def articles(scored: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """One row for each article and voice: the mean scores of its parts, each counting by its words.

    Takes `sentences(...)` and `documents`. Returns doc, outlet, event, published, copy_of, voice, news, vader, and the
    number of sentences.
    """
    weighted = scored[["doc", "voice", "words"]].join(scored[SCORES].astype(float).mul(scored.words, axis=0))
    groups = weighted.groupby(["doc", "voice"])
    sums = groups[["words", *SCORES]].sum().assign(sentences=groups.size()).reset_index()
    sums[SCORES] = sums[SCORES].div(sums.pop("words"), axis=0)
    return documents[["doc", "outlet", "event", "published", "copy_of"]].merge(sums, on="doc", validate="one_to_many")


def _terms(sentence: str, reading: Reading, sums: dict[Place, float], share: float) -> tuple[Term, ...]:
    """What the places of a sentence add, as a reader sees them: roles and words before pairs, each by weight."""
    ranked = sorted([((p[1] < 0) * 2 + (p[1] != p[2]), -abs(weight), p) for p, weight in sums.items()])
    found = []
    for *_, (role, first, last) in ranked:
        seen = first == last >= 0 and not _masks(sentence, reading, first)
        words, weight = _words(sentence, reading, role, first, last), sums[role, first, last] * share
        found.append(Term(words, weight, *reading.spans[first]) if seen else Term(words, weight))
    return tuple(found)


def _phrase(terms: Iterable[Term]) -> str:
    """The heaviest terms that count by themselves, as a phrase."""
    return ", ".join(list(dict.fromkeys(term.words for term in terms if term.counts))[:SHOWN])


@lru_cache(maxsize=100_000)
def _says(words: str) -> bool:
    """Whether a term says something to a reader: no "and", no "in the", nothing that is no word."""
    return words != ALWAYS and words[-1].isalnum() and fold(words.lower()).split()[-1] not in DULL


def _masks(sentence: str, reading: Reading, at: int) -> bool:
    """Whether a word is masked, or by its capital part of a name, as the "United" of many names in one sentence is."""
    texts, spans = reading.texts, reading.spans
    if texts[at] in features.MASKS:
        return True
    if not sentence[spans[at][0]].isupper() or sentence[-1].isalnum() or sentence[-1] in "?!":  # no name, or a headline
        return False
    opens = at == 0 or texts[at - 1] in features.OPENERS
    return not opens or (at + 1 < len(spans) and sentence[spans[at + 1][0]].isupper())


def _words(sentence: str, reading: Reading, role: str, first: int, last: int) -> str:
    """How a reader sees a feature: "object of accuse", the word as written, or a pair of words; of a name its mask."""
    if first < 0:
        return role
    texts, spans = reading.texts, reading.spans
    seen = [texts[at] if texts[at] in features.MASKS else sentence[slice(*spans[at])] for at in {first: 0, last: 0}]
    return features.named(role, features.stance(texts[first])[1] or seen[0]) if role else " ".join(seen)


def _joined(text: str, places: list[Span]) -> str:
    return " ".join(text[start:end] for start, end in places)
