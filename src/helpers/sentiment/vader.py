"""VADER's score of a text and the words that made it, by the package of its authors."""

import re
import string
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from ..language.words import fold

LONGEST = 1000  # words of a text that are read: the package takes square time after "but"
PIECE = re.compile(r"\S+")


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
    compound, words = _read(text)
    return Scored(compound, tuple((word.strip(string.punctuation) or word, value) for word, value in words if value))


def marks(text: str) -> list[tuple[int, int]]:
    """Where the words stand that VADER counts in a text, without the marks around them; an emoji counts as a whole.

    >>> marks("The “United” States said so.")
    [(5, 11)]
    """
    counted = zip(_places(fold(text)), _read(text)[1], strict=True)
    return list(dict.fromkeys(place for place, (_, value) in counted if value))


def lexicon() -> dict[str, float]:
    """VADER's list: a word and how positive (up to 4) or negative (down to -4) ten people found it on average."""
    return _analyzer().lexicon


def _read(text: str) -> tuple[float, list[tuple[str, float]]]:
    """The compound score of a text, and all its words with their values."""
    plain, analyzer = " ".join(fold(text).split()[:LONGEST]), _analyzer()
    # The package looks at each of the pieces for an emoji: of plain letters all are one piece.
    compound = analyzer.polarity_scores([plain] if plain.isascii() else plain)["compound"]
    return compound, list(analyzer.counted)


def _places(plain: str) -> Iterator[tuple[int, int]]:
    """Where each word stands that the package reads in a folded text; the words that tell an emoji all stand in its."""
    emojis, marks = _analyzer().emojis, string.punctuation
    for match in islice(PIECE.finditer(plain), LONGEST):
        piece, (start, end) = match[0], match.span()
        told = piece if piece.isascii() else "".join(f" {emojis[sign]}" if sign in emojis else sign for sign in piece)
        if piece.strip(marks):
            start, end = start + len(piece) - len(piece.lstrip(marks)), end - len(piece) + len(piece.rstrip(marks))
        yield from [(start, end)] * len(told.split())


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
