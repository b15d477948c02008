"""What is known of one article while it is read from its beginning: the atoms, the mentions, and who is in play."""

import re
from datetime import date
from typing import NamedTuple

from . import gazetteer as gazetteers
from . import surfaces
from .gazetteer import Gazetteer, Surface, Term

# Between a country and its office: "China's new", "Chinese state councilor and".
OWNED = re.compile(
    r"(?:'s?)?(?: (?!(?:has|had|have|is|was|with|by|no|to|and|for|as|in|of)\b)[a-z]+(?:-[a-z]+)*){0,2}(?: and)? $"
)
OF = re.compile(r" (?:of|for) (?:the )?$")
NESTED = re.compile(r"\b(?:of|in) (?:the )?$")  # "Radio Free Europe" does not name Europe


class Mention(NamedTuple):
    """One actor named once, by offsets into the article's text."""

    start: int
    end: int
    surface: str
    actor: str
    via: str
    nested: bool


class Atom(NamedTuple):
    """A surface of the gazetteer in the text, before it is clear whom it means."""

    start: int
    end: int
    surface: str
    meaning: Surface


class Article(NamedTuple):
    """One article while it is read: `found` and what stands below it grow from its beginning to its end.

    days: the first and last day it can be of; people: whom it names, by more than a surname that others bear too;
    strangers: such surnames; inner: where names inside longer ones begin. Who is in play: persons (at, person), titles
    (the people of each office), nouns (the institutions that end with each noun), latest (where each was named last);
    groups keeps what is found out about the whole article once.
    """

    text: str
    gazetteer: Gazetteer
    days: tuple[date | None, date | None]
    atoms: list[Atom]
    people: set[str]
    strangers: set[str]
    inner: set[int]
    found: list[Mention]
    persons: list[tuple[int, str]]
    titles: dict[str, set[str]]
    nouns: dict[str, set[str]]
    latest: dict[str, int]
    groups: dict

    def kind(self, atom: Atom) -> str:
        """The kind of actor an atom names; "" where it names none by itself."""
        return self.gazetteer.kinds.get(atom.meaning.actor, "")

    def add(self, start: int, end: int, actor: str, via: str) -> None:
        """A mention of an actor, and what it brings into play."""
        self.found.append(Mention(start, end, "", actor, via, False))
        self.latest[actor] = start
        kind = self.gazetteer.kinds.get(actor)
        if kind == "person":
            self.persons.append((start, actor))
        elif kind != "state":
            self.nouns[surfaces.head(self.text[start:end])].add(actor)

    def nest(self, owner: Atom) -> None:
        """The country in an office or institution is named inside a longer name."""
        self.inner.add(owner.start)
        meaning = self.gazetteer.surfaces[owner.surface]
        mention = Mention(owner.start, owner.end, "", meaning.actor, meaning.via, True)
        for back in range(1, min(4, len(self.found) + 1)):
            if self.found[-back][:2] == owner[:2]:
                self.found[-back] = mention
                return
        self.found.append(mention)

    def inside(self, start: int, end: int) -> None:
        """The names inside a longer one: "Russian" in "Russian Navy"."""
        for inner in self.gazetteer.finder.finditer(self.text, start, end - 1):
            meaning = self.gazetteer.surfaces[inner[0]]
            at = inner.start()
            if meaning.actor and meaning.via != "desc" and (at == start or NESTED.search(self.text, start, at)):
                self.found.append(Mention(*inner.span(), "", meaning.actor, meaning.via, True))

    def owner(self, at: int, behind: re.Pattern[str] = OF) -> Atom | None:
        """The country or institution an office belongs to: "China's" before it, or "of China" behind.

        "Putin's defence minister" belongs to Putin's country.
        """
        atom = self.atoms[at]
        if at:
            before = self.atoms[at - 1]
            gap = self.text[before.end : atom.start]
            plain = before.meaning.via == "dem" or gap == " " or gap.startswith("'")
            if before.meaning.via in ("dem", "name", "met", "inst") and plain and OWNED.fullmatch(gap):
                if self.kind(before) != "person":
                    return before
                if gap.startswith("'") and (country := self.country(before.meaning.actor)):
                    return before._replace(meaning=Surface(country, "name"))
        if at + 1 < len(self.atoms):
            after = self.atoms[at + 1]
            owns = after.meaning.via in ("name", "met", "inst") and self.kind(after) != "person"
            if owns and behind.fullmatch(self.text, atom.end, after.start):
                return after
        return None

    def holder(self, office: str, country: str) -> str:
        """Who holds an office on the article's day; "" for nobody."""
        return gazetteers.holder(self.gazetteer, office, country, *self.days)

    def terms(self, person: str) -> list[Term]:
        """The terms of a person that run on the article's day."""
        career = self.gazetteer.careers.get(person, ())
        return [term for term in career if term.shared or self.holder(term.office, term.country) == person]

    def country(self, person: str) -> str:
        """The country of a person's offices; "" where there is none, or more than one."""
        career = self.gazetteer.careers.get(person, ())
        countries = {term.country for term in career if self.gazetteer.kinds.get(term.country) == "state"}
        return countries.pop() if len(countries) == 1 else ""
