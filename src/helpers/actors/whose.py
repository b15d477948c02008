"""Tell what a speaker is: an office, a person, a body, a state, a medium, a document, somebody unnamed, nobody."""

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from ..language.words import Patterns, fold, lists
from .capitals import ADJECTIVES, BODIES, HEADS, STATES
from .gazetteer import Gazetteer
from .people import noun

WORDS = lists(Path(__file__).parent / "data" / "speakers.txt")
PATTERN = Patterns(WORDS)
KINDS = ("office", "person", "institution", "state", "media", "document", "unnamed", "nobody")
LETTERS = re.compile(r"[A-Z][A-Z.]{1,7}|(?!Ma?c[A-Z])[A-Z][a-z]+[A-Z]\w+")  # NORAD, TechInsights

OWNS, AWAY = re.compile(r"'s? [a-z]|'s | [a-z]{3,}"), re.compile(r"\b(?:in|at|from|of|on|for) $")


class Whose(NamedTuple):
    """What a speaker is: one of KINDS; the state or bloc it speaks for, "" if unknown; its name, "" for the unnamed."""

    kind: str
    country: str = ""
    name: str = ""


class Register:
    """What is known of those who speak, by a gazetteer: kinds, offices and countries of its actors."""

    def __init__(self, gazetteer: Gazetteer, actors: pd.DataFrame) -> None:
        table = actors.set_index("actor")
        self._known, self._kinds, self._names = gazetteer, table.kind.to_dict(), table.name.to_dict()
        given = table.country if "country" in table else pd.Series(dtype=str)
        self._countries = {actor: country for (_, country), actor in gazetteer.organs.items()}
        self._countries |= {actor: country for actor, country in given.items() if country}
        self._told = lru_cache(maxsize=None)(self._of_words)

    def knows(self, speakers: str) -> bool:
        """Tell whether all that are joined by "+" are actors."""
        return all(one in self._kinds for one in speakers.split("+"))

    def whose(self, speaker: str, day: pd.Timestamp) -> Whose:
        """Tell what a speaker, as `voices` has it, is on a day; several joined by "+" are asked for one by one."""
        kind = self._kinds.get(speaker, "")
        if not kind:
            return self._told(speaker)
        kind = {"bloc": "state", "name": "person", "place": "unnamed"}.get(kind, kind)
        if kind == "person" and self._known.careers.get(speaker):
            kind = "office"
        return Whose(kind, self._country(speaker, day), self._names[speaker])

    def _country(self, actor: str, day: pd.Timestamp) -> str:
        """The state or bloc of an actor: its own, as the table says, of its office on the day, of the last before."""
        if self._kinds.get(actor) in ("state", "bloc"):
            return actor
        at = day.toordinal() if pd.notna(day) else 0
        terms = self._known.careers.get(actor, ())
        terms = sorted(terms, key=lambda term: (not term.first <= at <= term.last, -term.first))
        found = self._countries.get(actor) or next((term.country for term in terms), "")
        return found if found in ("", actor) or self._kinds.get(found) != "institution" else self._country(found, day)

    def _of_words(self, words: str) -> Whose:
        """Tell what words mean that are no actor: "Ivan Petrov", "the report", "an official"."""
        words = fold(words).strip()
        if not words or (PATTERN["no one"].fullmatch(words.split()[0]) and not PATTERN["lead"].match(words)):
            return Whose("nobody")
        core = _core(words)
        found, last = self._known.surfaces, core.rpartition(" ")[2]
        meaning = found.get(core.removesuffix("'s")) or (
            found.get(f"the {last}") if core[:4].lower() == "the " else None
        )
        if meaning and self._kinds.get(meaning.actor) and meaning.via != "dem":
            return self.whose(meaning.actor, pd.NaT)
        kind, name = _kind(core)
        if core in STATES:
            return Whose("state", core, core)
        return Whose(kind, self._owner(words if kind == "institution" else core, kind), name)

    def _owner(self, words: str, kind: str) -> str:
        """The state or bloc whose somebody is: "a Russian official", "China's envoy", "the Ministry in Taipei"."""
        for match in self._known.finder.finditer(words):
            meaning, before = self._known.surfaces[match[0]], words[: match.start()]
            own = before.endswith(" in ") or (OWNS.match(words, match.end()) and not AWAY.search(before))
            own = (
                own or meaning.via in ("dem", "inst", "office") or (kind == "institution" and not before.strip(" the"))
            )
            if meaning and meaning.actor and own:
                return self._country(meaning.actor, pd.NaT)
        return ""


def _core(words: str) -> str:
    """A noun phrase up to what only tells more of it: "a scholar" of "a scholar of law", but "the Ministry of Law"."""
    first, *more = re.split(r" (?=(?:of|for)\b)", PATTERN["end"].split(words, maxsplit=1)[0].strip())
    return " ".join([first, *more]) if first.rpartition(" ")[2][:1].isupper() else first


def _kind(core: str) -> tuple[str, str]:
    """The kind of the one that a noun phrase means, and its name."""
    led = PATTERN["lead"].match(core)
    bare = core[led.end() :] if led else core
    words = bare.split()
    last = words[-1].removesuffix("'s") if words else ""
    big = last[:1].isupper()
    if big and PATTERN["titles of media"].fullmatch(last) and (led or len(words) > 1 or last.isupper()):
        return "media", ""
    for kind, name in (("media", "media"), ("institution", "bodies"), ("state", "states")):
        if not big and re.search(rf"\b{PATTERN.any[name]}$", bare):
            return kind, ""
    what = noun(last)
    if (what == "paper" and (led or not big)) or (what == "body" and not big):
        return {"paper": "document", "body": "institution"}[what], ""
    plain = len(words) == 1 and (PATTERN["plain"].fullmatch(last) or what in ("person", "people") or last in ADJECTIVES)
    if not big or plain:
        return "unnamed", ""
    first = re.split(" (?:of|for) ", bare)[0].split()[-1]
    body = {first, last} & HEADS if len(words) > 1 else led
    if body or bare in BODIES or LETTERS.fullmatch(last):
        return "institution", bare
    name = _name(words)
    kind = "office" if PATTERN["office"].search(bare) else "person"
    return (
        (kind, name)
        if len(name) > 1 and re.fullmatch(r"[^\W\d_]{2}[^\d()]*|[A-Z]\. [^\d()]*", name)
        else ("unnamed", "")
    )


def _name(words: list[str]) -> str:
    """The name at the end of a phrase, without titles: "Ivan Petrov" of "Kremlin aide Ivan Petrov"."""
    name: list[str] = []
    for word in reversed(words):
        small = PATTERN["particles"].fullmatch(word) and name
        if not (word[:1].isupper() or small) or PATTERN["title"].fullmatch(word):
            break
        name.insert(0, word)
    while len(name) > 1 and not name[0][:1].isupper():
        name.pop(0)
    return " ".join(name).removesuffix("'s")
