"""How a sentence sounds, and how it treats an actor: scores of each voice in it, with the words that made them."""

import gzip
import json
from functools import lru_cache
from itertools import islice
from math import exp, tanh
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from .. import InputError
from ..language import split
from . import features, vader
from .features import Place, Reading

DATA = Path(__file__).parent / "data"
OWN, QUOTED = "own", "quoted"  # voices, as in the table `voices`; reported speech counts as quoted here
SCORES = ["news", "vader"]
BOTH = ["vader", "vader_terms", "news", "news_terms"]
COLUMNS = ["doc", "sent", "voice", "text", "part", "words", *BOTH]
TARGETS = ["score", "negative", "neutral", "positive", "terms"]
ALWAYS = "in any sentence"  # the term of what a model says before it has read a word
BASE: Place = (ALWAYS, -2, -1)
DULL = features.FUNCTION | features.GRAMMAR["pronoun"] | {"length"}  # words that tell a reader nothing
SHOWN = 6  # terms in a table; `towards` gives all
COUNTS = 0.04  # a word that adds less to a score is not shown as one that made it


class Term(NamedTuple):
    """A word, a role or a pair of words, and what it adds to a score."""

    words: str
    weight: float


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
        """The heaviest words that count by themselves, as a phrase: no pairs, which may hold a name."""
        words = (term.words for term in self.terms if abs(term.weight) >= COUNTS and " " not in term.words)
        return ", ".join(list(dict.fromkeys(filter(_says, words)))[:SHOWN])


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


def both(text: str) -> tuple[float, str, float, str]:
    """VADER's score and the news score of a text, each with the words that made it."""
    one, other = vader.score(text), news(text)
    return one.compound, one.shown(), other.score, other.shown()


def towards(sentence: str, start: int, end: int, *, shown: int | None = None) -> Stance:
    """How a sentence treats what its characters start:end name, by logistic regression on NewsMTSC (2021).

    `score` is the chance of positive less that of negative. It is (1 - neutral) * tanh(odds / 2), where the log odds of
    positive against negative are a sum over features; each term has its share of the score in proportion, so that
    the weights of the terms add up to the score. Roles and words come before pairs of words, each by weight.

    >>> found = towards("Critics accused Beijing of lying.", 16, 23)
    >>> found.score < 0, "object of accuse" in [term.words for term in found.terms]
    (True, True)

    With `shown` only so many terms, of those that count by themselves. Raises InputError for a span that does not
    lie in the sentence or holds no word.
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
    chosen = _terms(sentence, reading, sums, share, shown)
    return Stance((positive - negative) / whole, negative / whole, neutral / whole, positive / whole, chosen)


def mentions(sentences: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """The `mentions` table with score, negative, neutral, positive and terms beside each row, as `towards` gives them.

    `sentences` and `mentions` are tables of one corpus; offsets count characters of the article. `terms` has the words
    of the heaviest terms, joined by ", ". Raises InputError for a mention outside its sentence.
    """
    places = {(row.doc, row.sent): (row.start, row.text) for row in sentences.itertuples()}
    found = []
    for row in mentions.itertuples():
        if (row.doc, row.sent) not in places:
            raise InputError(f"{row.doc}: no sentence {row.sent}, in which a mention is; give both tables whole")
        begin, text = places[row.doc, row.sent]
        found.append(towards(text, row.start - begin, min(row.end - begin, len(text)), shown=SHOWN))
    columns = pd.DataFrame(found, columns=TARGETS)
    columns["terms"] = [", ".join(dict.fromkeys(term.words for term in row.terms)) for row in found]
    return pd.concat([mentions.reset_index(drop=True), columns], axis=1)


def sentences(sentences: pd.DataFrame, voices: pd.DataFrame, *, min_words: int = 4) -> pd.DataFrame:
    """One row for each part of a sentence in one voice: its words, two scores and the terms behind each.

    Takes the `sentences` and `voices` tables and returns doc, sent, voice (own, or quoted, with which reported speech
    counts), text (the sentence), part (its words in this voice), words (how many), and vader and news (-1 to 1), each
    with its terms joined by ", ". Parts of fewer than `min_words` words, such as a bare "he said", are left out.
    """
    spans = {doc: list(zip(rows.start, rows.end, strict=True)) for doc, rows in voices.groupby("doc")}
    rows = []
    for sentence in sentences.itertuples():
        inside = [(a, b) for a, b in spans.get(sentence.doc, []) if a < sentence.end and b > sentence.start]
        for voice, part in _parts(sentence, inside).items():
            if (words := split.count(part)) >= min_words:
                rows.append((sentence.doc, sentence.sent, voice, sentence.text, part, words, *both(part)))
    return pd.DataFrame(rows, columns=COLUMNS)


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


def _terms(
    sentence: str, reading: Reading, sums: dict[Place, float], share: float, shown: int | None = None
) -> tuple[Term, ...]:
    """What the places of a sentence add, as a reader sees them: roles and words before pairs, each by weight."""
    ranked = sorted([((p[1] < 0) * 2 + (p[1] != p[2]), -abs(weight), p) for p, weight in sums.items()])
    if shown is not None:
        ranked = [(other, weight, p) for other, weight, p in ranked if not other and -weight * share >= COUNTS]
    named = (Term(_words(sentence, reading, *place), sums[place] * share) for *_, place in ranked)
    return tuple(named if shown is None else islice((term for term in named if _says(term.words)), shown))


@lru_cache(maxsize=100_000)
def _says(words: str) -> bool:
    """Whether a term says something to a reader: no "and", no "in the", nothing that is no word."""
    return words != ALWAYS and words[-1].isalnum() and words.lower().split()[-1] not in DULL


def _words(sentence: str, reading: Reading, role: str, first: int, last: int) -> str:
    """How a reader sees a feature: "object of accuse", the word as written, or a pair of words."""
    if first < 0:
        return role
    written = " ".join(sentence[reading.spans[first][0] : reading.spans[last][1]].split())
    return features.named(role, features.stance(reading.texts[first])[1] or written) if role else written


def _parts(sentence: tuple, spans: list[tuple[int, int]]) -> dict[str, str]:
    """The words of a sentence by voice: what lies inside the spans, and what remains."""
    found, at = {OWN: [], QUOTED: []}, 0
    for start, end in spans:
        start, end = max(start - sentence.start, at), min(end, sentence.end) - sentence.start
        found[OWN] += sentence.text[at:start].split()
        found[QUOTED] += sentence.text[start:end].split()
        at = max(at, end)
    found[OWN] += sentence.text[at:].split()
    return {voice: " ".join(words) for voice, words in found.items() if words}
