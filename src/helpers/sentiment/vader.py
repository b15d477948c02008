"""VADER's score of a text and the words that made it, by the package of its authors."""

import string
from functools import lru_cache
from typing import Any, NamedTuple

from ..language.words import fold

LONGEST = 1000  # words of a text that are read: the package takes square time after "but"


class Scored(NamedTuple):
    """The compound score from -1 to 1, and the words counted, each with what it adds."""

    compound: float
    terms: tuple[tuple[str, float], ...]

    def shown(self) -> str:
        """The words counted, as a phrase."""
        return ", ".join(word for word, _ in self.terms)


def score(text: str) -> Scored:
    """VADER's reading of a text (Hutto and Gilbert, 2014), curly quotes and dashes made plain.

    What a word adds is its value after negation, boosters, capitals and "but".

    >>> score("The United States said so."), score("The talks took place.").compound
    (Scored(compound=0.4215, terms=(('United', 1.8),)), 0.0)
    """
    plain, analyzer = " ".join(fold(text).split()[:LONGEST]), _analyzer()
    # The package looks at each of the pieces for an emoji: of plain letters all are one piece.
    compound = analyzer.polarity_scores([plain] if plain.isascii() else plain)["compound"]
    return Scored(compound, tuple((w.strip(string.punctuation) or w, value) for w, value in analyzer.counted if value))


def lexicon() -> dict[str, float]:
    """VADER's list: a word and how positive (up to 4) or negative (down to -4) ten people found it on average."""
    return _analyzer().lexicon


@lru_cache
def _analyzer() -> Any:
    """The package's analyzer, which reads its lists once and remembers which words of the last text counted."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    class Traced(SentimentIntensityAnalyzer):
        """Keeps the words of a text with their values after the last rule."""

        def _but_check(self, words: list[str], sentiments: list[float]) -> list[float]:
            sentiments = super()._but_check(words, sentiments)
            self.counted = zip(words, sentiments, strict=True)
            return sentiments

    return Traced()
