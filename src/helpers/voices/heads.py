"""Headlines held against their articles: whose words stand in them unmarked, and who is hardly in the text."""

import re
from collections.abc import Iterator

from ..language import speech
from ..language.words import ENGLISH, fold, spelled

WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
# Marks, and what says whose words a headline has: "Putin: war is near", "War is near – Putin".
TOLD = re.compile(r"[“”\"«»]|(?<!\w)['‘]|:\s|\s[–—-]+\s|\s\|\s")
SMALL = frozenset(
    [*ENGLISH["starters"], *"to in of with from is are was be will has have had its into over up out than".split()]
)
LEAST = 3  # words of weight in one order, which are no accident

Token = tuple[int, int, str]  # start, end, word


def echoed(title: str, passages: list[tuple[str, tuple[int, int, str]]]) -> tuple[int, int, int] | None:
    """The first passage that has three words of weight or more of a headline in its order: its number, start and end.

    A passage is a sentence and the place in it of the words of others. None where the headline marks or attributes
    words itself, or has none of others.

    >>> echoed("Sanctions will hurt Europe more", [("He said sanctions hurt Europe most.", (8, 34, "reported"))])
    (0, 8, 29)
    """
    words = [word for *_, word in _weighty(title)]
    if len(words) < LEAST or TOLD.search(title) or speech.spans(f"{title.rstrip('.')}."):
        return None
    for number, (text, (start, end, _)) in enumerate(passages):
        inside = _weighty(text[start:end])
        for first in range(len(words) - LEAST + 1):
            found = _run(words[first:], inside)
            if any(text[start + at].islower() for at, *_ in found):
                return number, start + found[0][0], start + found[-1][1]
    return None


def _weighty(text: str) -> list[Token]:
    """The words of weight: no article, pronoun, preposition or auxiliary."""
    words = ((match.start(), match.end(), spelled(fold(match[0]))) for match in WORD.finditer(text))
    return [word for word in words if word[2] not in SMALL]


def _run(wanted: list[str], words: list[Token]) -> list[Token]:
    """The longest run of words that begins as wanted, one strange word allowed between two; [] if it is short."""
    best: list[Token] = []
    for at, (*_, word) in enumerate(words):
        if word == wanted[0]:
            run = list(_follow(wanted, words, at))
            best = max(best, run, key=len)
    return best if len(best) >= LEAST else []


def _follow(wanted: list[str], words: list[Token], at: int) -> Iterator[Token]:
    for word in wanted:
        place = next((place for place in range(at, min(at + 2, len(words))) if words[place][2] == word), None)
        if place is None:
            return
        yield words[place]
        at = place + 1
