"""Tell people, bodies, states and places apart by their names and by what stands around them."""

import re
from collections import Counter
from dataclasses import dataclass, field

from ..language.words import any_of
from .capitals import (
    ADJECTIVES,
    BODIES,
    DAYS,
    FIRST,
    HEADS,
    KNOWN,
    MATTERS,
    OF_PLACES,
    OPENERS,
    PLACE_HEADS,
    PLACES,
    SAME,
    STATES,
    THINGS,
    TITLES,
    Spot,
    Vocabulary,
)  # fmt: skip

COMPANY = frozenset(["Inc", "Corp", "Ltd", "Co", "LLC", "PLC", "Corporation", "Incorporated", "Company"])
JUNIOR = frozenset(["Jr", "Sr", "II", "III", "IV"])
LINKS = frozenset(["of", "for", "on", "in", "at"])
SITE, INITIALS = (
    re.compile(r".+\.(?:com|org)"),
    re.compile(r"(?:[A-Z]\.?|(?:[A-Z]\.)+) .*|.* [A-Z]\.? .*|.* (?:al|el|ar|as|ash)-[A-Z].*"),
)
MODEL = re.compile(r"(?![GP]-?\d)[A-Z]+-?\d+|[A-Z]{2,}s|SARS.*")  # N95, NGOs
CAMEL = re.compile(r"(?!Mc|Mac|O'|D')\w+[A-Z].*")
PEOPLE = any_of(
    sorted(
        (re.escape(one.rstrip("aeiouy")) for one in (*STATES, *KNOWN["places"]) if len(one) > 3), key=len, reverse=True
    )
)
DWELLERS = re.compile(rf"{PEOPLE}[a-z]?(?:ites?|i?ans?|ers?)")
NONE = frozenset(one.casefold() for one in KNOWN["no name"] if " " in one or len(one) > 4)
WORDS = (
    THINGS
    | HEADS
    | MATTERS
    | TITLES
    | PLACE_HEADS
    | KNOWN["crowns"]
    | KNOWN["place firsts"]
    | KNOWN["thing firsts"]
    | OPENERS
)


@dataclass(slots=True)
class Facts:
    """What a corpus tells of a name, however it is written: how often it stands so, and by which forms.

    again: its last word stands alone in an article that has it whole, as a surname does; before: only its first does.
    """

    times: int = 0
    inside: int = 0
    titled: int = 0
    said: int = 0
    posted: int = 0
    firm: int = 0
    acts: int = 0
    told: int = 0
    spoken: int = 0
    placed: int = 0
    the: int = 0
    thing: int = 0
    again: bool = False
    before: bool = False
    docs: set[str] = field(default_factory=set)
    forms: Counter[str] = field(default_factory=Counter)

    def add(self, spot: Spot) -> None:
        """Count one spot."""
        self.times += 1
        self.inside += not spot.opens
        self.titled += bool(spot.title)
        for name in ("said", "posted", "firm", "acts", "told", "spoken", "placed", "the", "thing"):
            setattr(self, name, getattr(self, name) + getattr(spot, name))
        self.docs.add(spot.doc)
        self.forms[" ".join(spot.words)] += 1

    @property
    def form(self) -> str:
        """The commonest way to write it."""
        return min(self.forms, key=lambda one: (-self.forms[one], one))


def plain(name: str) -> str:
    """Write a name that is all in capitals as others are.

    >>> plain("BILL McKIBBEN"), plain("UNESCO")
    ('Bill McKibben', 'UNESCO')
    """
    words = name.split()
    if len(words) < 2 or not name.replace("Mc", "MC").isupper() or all(len(one) < 6 for one in words):
        return name
    words = [one.title() if len(one) > 3 or one.title() in FIRST else one for one in words]
    return re.sub(r"\bMc([a-z])", lambda match: f"Mc{match[1].upper()}", " ".join(words))


def kind(facts: Facts, vocabulary: Vocabulary) -> str:
    """Tell what a name stands for: person, institution, state or place; "" for what is no actor and no place."""
    name = plain(facts.form)
    words = name.split()
    known = SAME.get(name) or SAME.get(name.replace(".", "")) or name
    if known in STATES or known in BODIES or (name in KNOWN["papers"] and facts.the > facts.times / 2):
        return "state" if known in STATES else "institution"
    if name in PLACES or f"{name}." in PLACES:
        return "place"
    if _is_none(name, words, facts, vocabulary):
        return ""
    told = _of_one(name, facts) if len(words) == 1 else _of_several(words, facts)
    return _by_company(words, facts, vocabulary) if told is None else told


def _is_none(name: str, words: list[str], facts: Facts, vocabulary: Vocabulary) -> bool:
    """Whether it names nobody: days, units, creeds, laws, peoples, words in capitals."""
    if (
        name in KNOWN["no name"]
        or name.replace(".", "") in KNOWN["no name"]
        or name.casefold() in NONE
        or name in ADJECTIVES
        or name in DAYS
    ):
        return True
    if (
        words[0] in KNOWN["thing firsts"]
        or " ".join(words[:2]) in KNOWN["thing firsts"]
        or name in KNOWN["thing firsts"]
    ):
        return True
    if MODEL.fullmatch(name) or DWELLERS.fullmatch(name):
        return True
    shouted = name.isupper() and len(name) > 3 and vocabulary.small[name.lower()]
    return len(words) == 1 and bool(shouted or (name in WORDS and not facts.titled))


def _of_one(name: str, facts: Facts) -> str | None:
    """The kind of a single word; None where what stands around it tells more."""
    if facts.titled > facts.times / 3:
        return "person"
    if SITE.fullmatch(name) or (name.isupper() and 1 < len(name.replace(".", "")) < 7):
        return "institution"
    return "" if name.endswith("ism") or _is_of_things(facts) else None


def _of_several(words: list[str], facts: Facts) -> str | None:
    """The kind of a name of several words by these words; None where they leave it open."""
    first, last, size = words[0], words[-1], len(words)
    linked = next((at for at, one in enumerate(words) if one in LINKS), size)
    main = words[max(0, linked - 1)]
    person = first in FIRST and size < 5 and linked == size
    shown = facts.said or facts.told or facts.posted
    surname = last in KNOWN["place surnames"] and not facts.placed
    initials = INITIALS.fullmatch(facts.form) and first not in BODIES and first not in SAME
    led = initials or any(one in KNOWN["particles"] for one in words[:-1])
    titled = facts.titled > facts.times / 3 and size < 4 and last not in HEADS
    # The first that holds tells the kind: the kind where it seems to be a person, and else.
    rules = (
        (titled or (first in KNOWN["crowns"] and last not in HEADS), "person", "person"),
        (last in JUNIOR, "person" if size > 2 else "", "person" if size > 2 else ""),
        (last in COMPANY or "&" in words or first in KNOWN["body firsts"], "institution", "institution"),
        (
            main in HEADS or (last in HEADS and linked == size) or " ".join(words[-2:]) in HEADS,
            "person" if size == 2 and shown else "institution", "institution",
        ),
        (all(one in KNOWN["no name"] or one in ADJECTIVES for one in words), "", ""),
        (main in KNOWN["projects"] and linked < size, "institution", "institution"),
        ({main, last} & THINGS, "person" if size == 2 and shown else "", ""),
        ({main, last} & PLACE_HEADS, "person" if shown or facts.titled or surname else "place", "place"),
        (person or led, "person", "person" if shown or facts.again or facts.placed <= facts.times / 2 else "place"),
        ((size > 4 and linked == size) or last.endswith("ism") or _is_of_things(facts), "", ""),
        (first in KNOWN["place firsts"], "place", "place"),
    )  # fmt: skip
    return next((if_person if person else other for holds, if_person, other in rules if holds), None)


def _is_of_things(facts: Facts) -> bool:
    """Whether words for things stand behind a name: "the Keystone XL pipeline"."""
    return facts.thing > facts.times / 8 and (facts.thing > 1 or facts.times < 3)


def _by_company(words: list[str], facts: Facts, vocabulary: Vocabulary) -> str:
    """The kind of a name by what stands around it."""
    often, single = facts.placed > facts.times / 2, len(words) == 1
    some = facts.placed >= facts.times / 4 and facts.placed > facts.said and not facts.titled
    if often or (single and some):
        return "place"
    common = [vocabulary.is_common(one) for one in words]
    if single:
        person = (words[0] in FIRST and not facts.firm) or facts.spoken or facts.posted > facts.times / 3
        shown = facts.inside or facts.said or facts.told or facts.acts  # it does more than begin sentences
        word = vocabulary.small[words[0].lower()] > facts.times / 5 or not shown
        return "person" if person else "" if word else "institution"
    matter = (facts.inside < 5 and "for" not in words) or facts.the > facts.times / 2 or not MATTERS.isdisjoint(words)
    if matter and all(plain or one in ADJECTIVES for one, plain in zip(words, common, strict=True)):
        return ""
    known = any(one in OF_PLACES or CAMEL.fullmatch(one) or (one.isupper() and len(one) > 1) for one in words)
    body = any(common) or known or facts.the >= facts.times / 2 or facts.firm or (facts.before and not facts.again)
    person = facts.titled or facts.posted or (facts.again and facts.told)
    return "institution" if body and not person else "person"
