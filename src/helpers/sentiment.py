"""How a sentence sounds: VADER's score for each voice in it, with the words that made it."""

from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from . import split

if TYPE_CHECKING:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

COLUMNS = ["doc", "sent", "voice", "text", "part", "words", "score", "terms"]
OWN, OTHERS = "own voice", "quoted or reported"
FOLD = str.maketrans("’‘“”–", "''\"\"-")  # the lexicon is written in plain marks


def score(text: str) -> float:
    """VADER's compound score of a text, from -1 to 1 (Hutto and Gilbert, 2014).

    >>> score("The talks were a great success."), score("The talks took place.")
    (0.8316, 0.0)
    """
    return _analyzer().polarity_scores(text.translate(FOLD))["compound"]


def terms(text: str) -> list[str]:
    """The words of a text that VADER's lexicon knows, in order, as written.

    >>> terms("The United States said so.")
    ['United']
    """
    lexicon = _analyzer().lexicon
    return [word for word in split.words(text) if word.translate(FOLD).lower() in lexicon]


def sentences(sentences: pd.DataFrame, voices: pd.DataFrame, *, least: int = 4) -> pd.DataFrame:
    """One row for each part of a sentence in one voice: its words, score and the terms behind it.

    Takes the `sentences` and `voices` tables and returns doc, sent, voice ("own voice" or "quoted or reported"), text
    (the sentence), part (its words in this voice), words (how many), score (-1 to 1), terms (joined by ", "). Parts of
    fewer than `least` words, such as a bare "he said", are left out.
    """
    spans = {doc: list(zip(rows.start, rows.end, strict=True)) for doc, rows in voices.groupby("doc")}
    rows = []
    for sentence in sentences.itertuples():
        inside = [(a, b) for a, b in spans.get(sentence.doc, []) if a < sentence.end and b > sentence.start]
        for voice, part in _parts(sentence, inside).items():
            if (words := split.count(part)) >= least:
                key = (sentence.doc, sentence.sent, voice)
                rows.append((*key, sentence.text, part, words, score(part), ", ".join(terms(part))))
    return pd.DataFrame(rows, columns=COLUMNS)


def articles(scored: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """One row for each article and voice: the mean score of its parts, each counting by its words.

    Takes `sentences(...)` and `documents`; returns doc, outlet, published, copy_of, voice, score, sentences.
    """
    weighted = scored.assign(weight=scored.score * scored.words)
    sums = weighted.groupby(["doc", "voice"], as_index=False).agg(
        weight=("weight", "sum"), words=("words", "sum"), sentences=("sent", "nunique")
    )
    sums["score"] = sums.weight / sums.words
    found = documents[["doc", "outlet", "published", "copy_of"]].merge(sums, on="doc", validate="one_to_many")
    return found[["doc", "outlet", "published", "copy_of", "voice", "score", "sentences"]]


@lru_cache
def _analyzer() -> "SentimentIntensityAnalyzer":
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


def _parts(sentence: tuple, spans: list[tuple[int, int]]) -> dict[str, str]:
    """The words of a sentence by voice: what lies inside the spans, and what remains."""
    own, others, at = [], [], 0
    for start, end in spans:
        start, end = max(start - sentence.start, at), min(end, sentence.end) - sentence.start
        own.append(sentence.text[at:start])
        others.append(sentence.text[start:end])
        at = max(at, end)
    own.append(sentence.text[at:])
    parts = {OWN: " ".join(" ".join(own).split()), OTHERS: " ".join(" ".join(others).split())}
    return {voice: text for voice, text in parts.items() if text}
