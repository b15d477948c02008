"""Find those a text speaks of whom no list knows: "a beekeeper from the Altai", "the committee", "a poll"."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ..language.words import Patterns, any_of, lists
from .capitals import OPENERS
from .gazetteer import TITLES

_DATA = Path(__file__).parent / "data"
LISTS = lists(_DATA / "people.txt")
PATTERN = Patterns(LISTS, titles=any_of([*TITLES, *LISTS["courtesy"]]))
NOUNS = {word: kind for kind in ("paper", "body", "people", "person") for word in LISTS[kind]}
NOUNS |= dict.fromkeys([*lists(_DATA / "names.txt")["posts"], *LISTS["women"], *LISTS["men"]], "person")
NO_PERSON = frozenset(LISTS["no person"])
OWNS = ("’s", "'s", "s’", "s'")
MANY = {"person": "people"}  # what the plural of a noun stands for
TOKEN = re.compile(r"(?:[A-Z]\.)+|[^\W_](?:[\w’'-]*\w)?[’']?")
SEXES = {
    **dict.fromkeys([*LISTS["women"], *LISTS["women names"], "Mrs", "Ms", "Miss", "Dame", "female"], "f"),
    **dict.fromkeys([*LISTS["men"], *LISTS["men names"], "Mr", "Sir", "male"], "m"),
}


class Someone(NamedTuple):
    """Who a text speaks of: where, and up to where more is told; the noun or name; a person, people, body or paper."""

    start: int
    end: int
    until: int
    head: str
    what: str
    sex: str = ""


@lru_cache(maxsize=20_000)
def noun(word: str) -> str:
    """Tell what a noun stands for: person, people, body or paper, "" for anything else.

    >>> noun("beekeeper"), noun("builders"), noun("ministry"), noun("chili")
    ('person', 'people', 'body', '')
    """
    low = word.lower()
    if low in NOUNS:
        return NOUNS[low]
    one = low[:-3] + "y" if low.endswith("ies") else low.removesuffix("s")
    if one != low and one in NOUNS:
        return MANY.get(NOUNS[one], NOUNS[one])
    if low in NO_PERSON or one in NO_PERSON:
        return ""
    if PATTERN["person ends"].fullmatch(one):
        return "person" if one == low else "people"
    return "people" if low.endswith(("men", "women")) else ""


def phrases(bare: str, start: int, end: int) -> Iterator[Someone]:
    """List the descriptions in a stretch of a text whose quotations are masked, each with what belongs to it."""
    words, at = [*TOKEN.finditer(bare, start, end), None], start
    for number, word in enumerate(words[:-1]):
        if word.start() < at or not (PATTERN["determiner"].fullmatch(word[0]) or word[0].endswith(OWNS)):
            continue
        for before, head, behind in zip(*(words[number + more : number + more + 7] for more in range(3)), strict=False):
            if bare[before.end() : head.start()] != " " or PATTERN["no part"].fullmatch(head[0]):
                break
            what = _noun_of(word[0], before[0], head[0])
            if what and (behind is None or bare[head.end() : behind.start()] != " " or _leaves_alone(what, behind[0])):
                tail = PATTERN["tail"].match(bare, head.end(), end)
                at = tail.end() if tail else head.end()
                told = sex(bare[word.end() : head.end()])
                first = _owner(bare, start, word)
                if part := PATTERN["part of"].search(bare, start, first):
                    first, what = part.start(), "person" if part[0].lower().startswith("one") else what
                yield Someone(first, head.end(), at, head[0].lower(), what, told)
                break


def _owner(bare: str, start: int, word: re.Match[str]) -> int:
    """Where the name of an owner begins: "Vladimir Putin’s driver"."""
    given = PATTERN["given before"].search(bare, start, word.start()) if word[0][0].isupper() else None
    return given.start() if given else word.start()


def _leaves_alone(what: str, word: str) -> bool:
    """Whether a word behind a noun goes on with the sentence: "the report states", not "the member states"."""
    return bool(PATTERN["behind"].fullmatch(word)) and (noun(word) in ("", "paper") or what == "paper")


def _noun_of(determiner: str, before: str, word: str) -> str:
    """What a noun stands for; "his head" is no person, nor is a coast guard."""
    if f"{before.lower()} {word}" in NOUNS:
        return NOUNS[f"{before.lower()} {word}"]
    own = PATTERN["own"].fullmatch(determiner) or determiner.endswith(OWNS)
    return "" if own and word in LISTS["parts"] else noun(word)


def names(bare: str, start: int, end: int) -> Iterator[Someone]:
    """List the names in a stretch that are a person's, by a given name, a title before them, or an age behind."""
    for match in PATTERN["name"].finditer(bare, start, end):
        first = match["name"].partition(" ")[0]
        if first in OPENERS or bare.startswith(OWNS, match.end()) or match["name"].endswith(OWNS):
            continue
        known = SEXES.get(first) or match["title"]
        if known or PATTERN["age"].match(bare, match.end(), end) or _is_told(bare, start, match, end):
            yield Someone(match.start("name"), match.end(), match.end(), match["name"], "person", sex(match[0]))


def _is_told(bare: str, start: int, name: re.Match[str], end: int) -> bool:
    """Whether words beside a name of two words say that it is a person's: "the envoy, Pia Roe", "Pia Roe, an envoy"."""
    if " " not in name["name"]:
        return False
    before = PATTERN["word before"].search(bare, max(start, name.start() - 30), name.start())
    told = before and noun(before["word"]) == "person"
    return bool(told) or (
        bare.startswith(", ", name.end())
        and any(
            one.start == name.end() + 2 and one.what == "person"
            for one in phrases(bare, name.end() + 2, min(end, name.end() + 80))
        )
    )


def sex(words: str) -> str:
    """Tell whether words mean a woman ("f") or a man ("m"), "" where they do not say.

    >>> sex("an elderly woman"), sex("Maria Costa"), sex("a pilot")
    ('f', 'f', '')
    """
    for word in words.split():
        if told := SEXES.get(word) or ("f" if word.endswith("woman") else "m" if word.endswith("man") else ""):
            return told
    return ""
