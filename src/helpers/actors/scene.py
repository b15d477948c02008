"""Look at one article for who speaks in it: what it says outside quotations, whom it names there, and who spoke."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from ..language.quotes import MASK, mask
from ..language.speech import Span
from ..language.split import Sentence
from . import people
from .capitals import OPENERS
from .people import Someone
from .resolve import Mention

FAR = 4000  # characters back in which who is described again, or told to be two, was named
RUN = re.compile(r"\b[A-Z][\w’-]+(?: [A-Z][\w’-]+)+\b")


class Scene:
    """One article: its text with quotations masked, its sentences, and the actors the outlet itself names in it."""

    def __init__(
        self, text: str, spans: list[Span], mentions: list[Mention], kinds: Mapping[str, str], sentences: list[Sentence]
    ) -> None:
        self.text, self.kinds = text, kinds
        self.bare = mask(text, [span for span in spans if span.voice == "quoted"])
        free = [m for m in mentions if m.via != "loc" and self.bare[m.start] != MASK]
        self.named = [m for m in free if not m.nested]
        self.nested = [m for m in mentions if m.nested or m.via == "dem"]
        self.sentences = [(s.start, s.end) for s in sentences if text[s.end - 1] in '.!?”"’:…»']
        self._opens = [start for start, _ in self.sentences]
        self._places = {False: [m.start for m in self.named], True: [m.start for m in self.nested]}
        self._whole: dict[str, str] = {}
        self.homes: set[tuple[str, str]] = set()  # persons, and the states whose leaders they are said to be
        self.said: dict[tuple[int, int] | None, list[tuple[int, int]]] = {}  # what is reported, by its speaker's place
        for span in spans:
            if span.voice == "reported":
                self.said.setdefault(span.speaker, []).append((span.start, span.end))

    def kind(self, mention: Mention) -> str | None:
        """Tell the kind of actor that is mentioned."""
        return self.kinds.get(mention.actor)

    def within(self, start: int, end: int, *, nested: bool = False) -> list[Mention]:
        """List the mentions that start in a stretch of the text."""
        low, high = (bisect_left(self._places[nested], at) for at in (start, end))
        return (self.nested if nested else self.named)[low:high]

    def before(self, at: int) -> list[Mention]:
        """List the mentions in the text up to a place, as far back as one remembers, the last one first."""
        return self.within(at - FAR, at + 1)[::-1]

    def number(self, at: int) -> int:
        """Tell which sentence holds a place, -1 before the first."""
        return bisect_right(self._opens, at) - 1

    def opening(self, at: int) -> int:
        """Tell where the sentence that holds a place begins."""
        return self.sentences[number][0] if (number := self.number(at)) >= 0 else at

    @cached_property
    def sexes(self) -> dict[str, str]:
        """Whether those named are women or men, as far as a given name or a title tells."""
        called = ((m.actor, self.text[max(0, m.start - 4) : m.end].strip()) for m in self.named)
        return {actor: told for actor, words in called if (told := people.sex(words))}

    def unlisted(self, start: int, end: int) -> list[Someone]:
        """List the names of people in a stretch that no list knows."""
        taken = [(m.start, m.end) for m in self.within(start, end)]
        found = list(people.names(self.bare, start, end))
        for word in people.TOKEN.finditer(self.bare, start, end):
            if (full := self.full.get(word[0])) and not any(one.start <= word.start() < one.end for one in found):
                found.append(full._replace(start=word.start(), end=word.end()))
        return [one for one in found if not any(a < one.end and one.start < b for a, b in taken)]

    def whole(self, name: str) -> str:
        """Write a name that no list knows in full, where the article does."""
        if name not in self._whole:
            self._whole[name] = self._in_full(name)
        return self._whole[name]

    def _in_full(self, name: str) -> str:
        full = self.full.get(name.rpartition(" ")[2])
        return full.head if full else self._runs.get(name, name)

    @cached_property
    def _runs(self) -> dict[str, str]:
        """Each word with a capital behind one or two more, with these, as they stand first."""
        found: dict[str, str] = {}
        for run in RUN.finditer(self.bare):
            words = run[0].split(" ")
            for at in range(1, len(words)):
                if words[max(0, at - 2)] not in OPENERS:
                    found.setdefault(words[at], " ".join(words[max(0, at - 2) : at + 1]))
        return found

    @cached_property
    def full(self) -> dict[str, Someone]:
        """Names that no list knows, by their last word: as they are written when they are told in full."""
        found: dict[str, Someone] = {}
        for one in people.names(self.bare, 0, len(self.bare)):
            if " " in one.head:
                found.setdefault(one.head.rpartition(" ")[2], one)
        return found


class Speaker(NamedTuple):
    """A speaker resolved: where, to whom, whether that is a person, the noun that described it, and he or she."""

    at: int
    name: str
    person: bool
    head: str = ""
    sex: str = ""
