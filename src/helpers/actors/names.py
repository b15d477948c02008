"""Find the names that no list knows, and join the ways in which a corpus writes one actor."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

import pandas as pd

from ..language.words import fold
from .capitals import (
    ADJECTIVES,
    BODIES,
    FIRST,
    HEADS,
    KNOWN,
    LISTED,
    LISTS,
    SAME,
    STATES,
    Spot,
    Vocabulary,
    bare,
    is_title_case,
    read,
)  # fmt: skip
from .kinds import CAMEL, COMPANY, JUNIOR, LINKS, Facts, kind, plain

MENTIONS = ["doc", "sent", "start", "end", "surface", "actor", "via", "nested"]
ACTORS = ["actor", "kind", "name", "surname", "aliases"]
JOINED = ["actor", "kind", "written", "reason", "articles", "mentions"]
NICKNAMES = dict(one.split("=") for one in LISTS["nicknames"])
NO_SURNAMES = frozenset(one.casefold() for one in ADJECTIVES | KNOWN["parties"] | KNOWN["no name"] | KNOWN["function"])
OWNERS = frozenset(["us", "uk", "un", "eu", *(one.casefold() for one in ADJECTIVES | STATES)])
PARTS = KNOWN["particles"] | JUNIOR  # that make a surname of several words
CLEAR = 3  # times as many articles name the one as the next: a corpus means that one


class Names(NamedTuple):
    """Names that no list knows, as three tables.

    mentions: doc, sent, start, end, surface, actor (the name in full), via (name), nested (False), in the order of the
    texts; actors: as `actors.csv`; joined: each way an actor is written: actor, kind, written, reason (why it is that
    actor's; "" for its own name), articles, mentions.
    """

    mentions: pd.DataFrame
    actors: pd.DataFrame
    joined: pd.DataFrame


def find(sentences: pd.DataFrame, mentions: pd.DataFrame, actors: pd.DataFrame) -> Names:
    """Find the names that the `mentions` of a gazetteer do not cover, and join what means one actor in all articles.

    Takes the tables of a corpus: `sentences`, `mentions` and `actors`, whose names and aliases win over what is found.
    Its time and memory grow with the text.
    """
    vocabulary = Vocabulary(map(fold, sentences.text))
    spots = list(_spots(sentences, mentions, vocabulary))
    facts = _counted(spots)
    kinds = {key: kind(one, vocabulary) for key, one in facts.items()}
    glued = {key for key, one in facts.items() if " " not in key and CAMEL.fullmatch(one.form)}
    kinds |= {key: "institution" for key in facts if key.replace(" ", "") in glued and kinds[key] == "person"}
    people = _People(kinds, facts)
    bodies = _Bodies(spots, kinds, facts, people.bearers.keys())
    aliases = [(alias, row.actor) for row in actors.itertuples() for alias in [row.name, *row.aliases.split("|")]]
    listed = {_key(tuple(fold(alias).split())).replace(" ", ""): actor for alias, actor in aliases if alias}
    for _, own in groupby(spots, attrgetter("doc")):
        _join([*own], people, bodies, listed)
    named = _sure([spot for spot in spots if spot.actor], kinds, vocabulary)
    return _tables(named, kinds, actors)


def unknown(sentences: pd.DataFrame, mentions: pd.DataFrame, *, min_times: int = 2) -> pd.DataFrame:
    """Find the names that no gazetteer knows, of actors and places, each with where it stands.

    Takes the `sentences` and `mentions` tables; returns doc, sent, start, end, surface, actor (the name in full, where
    the corpus gives it), sorted, of names found `min_times` times or more.

    >>> "Sea of Japan" in set(unknown(corpus.sentences, corpus.mentions).actor)
    True
    """
    found = find(sentences, mentions, pd.DataFrame(columns=ACTORS)).mentions[MENTIONS[:6]]
    return found[found.groupby("actor").actor.transform("size") >= min_times].reset_index(drop=True)


def _spots(sentences: pd.DataFrame, mentions: pd.DataFrame, vocabulary: Vocabulary) -> Iterator[Spot]:
    """All runs of capitalised words that no mention covers, in the order of the texts."""
    rows = sentences[["doc", "sent", "start", "text"]].sort_values(["doc", "sent"])
    whole = mentions[~mentions.nested.astype(bool)] if "nested" in mentions else mentions
    taken = {doc: sorted(zip(part.start, part.end, strict=True)) for doc, part in whole.groupby("doc")}
    for doc, sent, start, text in rows.itertuples(index=False):
        folded, spans = fold(text), taken.get(doc, ())
        if is_title_case(folded):
            continue
        for spot in read(folded, vocabulary):
            last = bisect_right(spans, (start + spot.end - 1, start + spot.end + 1000))
            if all(stop <= start + spot.start for _, stop in spans[max(0, last - 3) : last]):
                spot.text, spot.doc, spot.sent, spot.key = text[spot.start : spot.end], doc, sent, _key(spot.words)
                spot.start, spot.end = start + spot.start, start + spot.end
                yield spot


@lru_cache(maxsize=100_000)
def _key(words: tuple[str, ...]) -> str:
    """A name without what its ways of writing differ in: capitals, points, hyphens, a company's ending."""
    words = words[:-1] if len(words) > 1 and bare(words[-1]) in COMPANY else words
    if len(words) == 1 and len(one := words[0].replace(".", "")) < 4 and one.isupper():
        return one
    name = " ".join("and" if word == "&" else word for word in words)
    return name.replace(".", "").replace("-", " " if len(words) > 1 else "").replace("'", "").casefold()


def _counted(spots: list[Spot]) -> dict[str, Facts]:
    """What the corpus tells of each key."""
    facts: dict[str, Facts] = defaultdict(Facts)
    alone = {(spot.doc, spot.words[0]) for spot in spots if len(spot.words) == 1}
    for spot in spots:
        facts[spot.key].add(spot)
        first, last = ((spot.doc, spot.words[at]) in alone for at in (0, -1))
        eastern = spot.words[0] in KNOWN["families"] or "-" in spot.words[-1]
        facts[spot.key].again |= len(spot.words) > 1 and ((last and not first) or (first and eastern))
        facts[spot.key].before |= len(spot.words) > 1 and first and not last and not eastern
    return facts


def _join(own: list[Spot], people: "_People", bodies: "_Bodies", listed: dict[str, str]) -> None:
    """Give each spot of an article its actor, and the reason."""
    told = people.told(own)
    storms = {spot.words[-1] for spot in own if len(spot.words) > 1 and spot.words[0] in KNOWN["thing firsts"]}
    for spot in own:
        if (known := spot.key.replace(" ", "")) in listed:
            spot.actor, spot.reason = listed[known], "the name of a list, written otherwise"
        elif spot.key in people.whole:
            spot.actor = people.best[spot.key]
            spot.reason = "" if spot.actor == spot.key else "the same without initials, middle or short names"
        elif (found := people.meant(spot, told)) is not None:
            spot.actor, spot.reason = found
        elif bodies.kinds[spot.key] and spot.words[-1] not in storms and not bodies.is_tag(spot):
            spot.actor, spot.reason = bodies.meant(spot)


class _Person(NamedTuple):
    """The parts of the name of a person."""

    first: str
    middle: tuple[str, ...]
    last: str
    junior: str

    def ways(self) -> set[tuple[str, str]]:
        """The parts by which a person is called again: (first, middle or last, part); some first ones are surnames."""
        last = {self.last, self.last.split()[-1], f"{self.last} {self.junior}".strip()}
        last |= {self.first} if self.first.title() in KNOWN["families"] or "-" in self.last else set()
        middle = {("middle", one) for one in self.middle if len(one) > 2}
        return {("last", one) for one in last} | {("first", self.first)} | middle


class _People:
    """The people of a corpus: their names in full, and whom a part of one means."""

    def __init__(self, kinds: dict[str, str], facts: dict[str, Facts]) -> None:
        self._kinds, self._facts = kinds, facts
        full = {key: plain(one.form).split() for key, one in facts.items() if kinds[key] == "person" and " " in key}
        led = {key for key, words in full.items() if words[0].lower() in KNOWN["particles"] and words[0] not in FIRST}
        full = {key: words for key, words in full.items() if key not in led}  # "Van der Kolk" is no whole name
        self.whole = {key: _parts(words) for key, words in full.items()}
        self.best = _same(self.whole, facts)
        self._ways = {key: person.ways() for key, person in self.whole.items()}
        self.bearers: dict[str, Counter[str]] = defaultdict(Counter)
        for key, ways in self._ways.items():
            for part, name in ways:
                if part == "last" and name not in NO_SURNAMES:
                    self.bearers[name][self.best[key]] += len(facts[key].docs)

    def told(self, spots: list[Spot]) -> "dict[tuple[str, str], list[tuple[int, str]]]":
        """Whom an article names in full, and where, by the parts of their names: (kind of part, part)."""
        told: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
        for spot in spots:
            for part in self._ways.get(spot.key, ()):
                told[part].append((spot.start, spot.key))
        return told

    def meant(self, spot: Spot, told: dict[tuple[str, str], list[tuple[int, str]]]) -> tuple[str, str] | None:
        """Whom a part of a name means, and why: ("", "") for somebody who stays open, None for no part of a name."""
        name, kind_ = " ".join(spot.words).casefold(), self._kinds[spot.key]
        if len(spot.words) > 1 and kind_ != "person" and not {spot.words[0].lower(), spot.words[-1]} & PARTS:
            return None
        near = told.get(("last", name), [])
        if kind_ in ("place", "state") and not spot.title and (spot.placed or not near):
            return None
        if near:
            return self._nearest(spot, near, told)
        reasons = {"first": "the only one of this first name in the article", "middle": "part of the name"}
        for part, reason in reasons.items():
            here = {self.best[key] for _, key in told.get((part, name), ())}
            if len(here) == 1 and name not in NO_SURNAMES:
                return here.pop(), reason
        return self._known(spot, name, kind_)

    def _nearest(self, spot: Spot, near: list[tuple[int, str]], told: dict) -> tuple[str, str]:
        """Of several of one surname the one named last before; "Mrs" and "Mr" choose by first names."""
        if spot.title in ("Mr", "Mrs", "Ms", "Miss"):
            other, called = ("women", "mrs") if spot.title == "Mr" else ("men", "mr")
            theirs = {key for _, key in told.get(("called", called), ())}
            near = [
                one for one in near if self.whole[one[1]].first.title() not in KNOWN[other] and one[1] not in theirs
            ] or near
        before = [key for at, key in near if at < spot.start]
        name, here = " ".join(spot.words).casefold(), {self.best[key] for _, key in near}
        known = self._clear(name)
        if (
            known
            and known not in here
            and spot.title not in ("Mrs", "Ms", "Miss")
            and (told.get(("presumed", name)) or not before)
        ):
            told["presumed", name].append(
                (spot.start, known)
            )  # "Mr. Trump", who is named in full nowhere, and his daughter
            return known, "the one of this surname whom articles name in full"
        meant, alone = before[-1] if before else near[0][1], len({self.best[key] for _, key in near}) == 1
        if spot.title:
            told["called", "mr" if spot.title == "Mr" else "mrs"].append((spot.start, meant))
        if alone:
            return self.best[meant], "the only one of this surname in the article"
        return self.best[meant], f"of this surname the one named {'last before' if before else 'first behind'}"

    def _clear(self, name: str) -> str:
        """The one of a surname whom nearly all articles mean that give the name in full; "" where there are two."""
        (top, times), *rest = self.bearers[name].most_common(2) if name in self.bearers else [("", 0)]
        return top if not rest or times >= CLEAR * rest[0][1] else ""

    def _known(self, spot: Spot, name: str, kind_: str) -> tuple[str, str] | None:
        """Whom a surname means that the article gives to nobody in full."""
        facts = self._facts[spot.key]
        if name in self.bearers and kind_ and not (kind_ == "institution" and facts.the > facts.times / 2):
            top = self._clear(name)
            return top, "the one of this surname whom articles name in full" * bool(top)
        first = spot.words[0] in FIRST and not spot.title and kind_ == "person" and len(spot.words) == 1
        return ("", "") if first and facts.times < 3 else None


def _parts(words: list[str]) -> _Person:
    small = [word.casefold() for word in words]
    junior = small.pop() if bare(words[-1]) in JUNIOR else ""
    first, *rest = small if len(small) > 1 else small * 2
    at = next((at for at, one in enumerate(rest) if one in KNOWN["particles"]), len(rest) - 1)
    return _Person(first, tuple(rest[:at]), " ".join(rest[at:]), junior)


def _same(people: dict[str, _Person], facts: dict[str, Facts]) -> dict[str, str]:
    """For each name in full the one its person goes by: initials and middle names may be missing, first names short.

    Two different initials are two people; then a name without one is its own.
    """
    groups: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for key, one in people.items():
        groups[NICKNAMES.get(one.first.title(), one.first).casefold(), one.last, one.junior].append(key)
    best = {}
    for keys in groups.values():
        initials = {"".join(part[0] for part in people[key].middle) for key in keys} - {""}
        shortest = lambda key: (-facts[key].times, len(key), key)  # noqa: E731
        for key in keys:
            own = people[key].middle
            alike = [one for one in keys if len(initials) < 2 or _initials(people[one]) == _initials(people[key])]
            best[key] = min(alike if own or len(initials) < 2 else [key], key=shortest)
    return best


def _initials(person: _Person) -> str:
    return "".join(part[0] for part in person.middle)


class _Bodies:
    """The bodies, states and places of a corpus, and what a short form of one means."""

    def __init__(
        self, spots: list[Spot], kinds: dict[str, str], facts: dict[str, Facts], surnames: Container[str]
    ) -> None:  # fmt: skip
        self.kinds, self._facts = kinds, facts
        self._best: dict[str, str] = {}
        self._beginnings: dict[str, set[str]] = defaultdict(set)
        self._initials: dict[str, Counter[str]] = defaultdict(Counter)
        self._here: dict[tuple[str, str], set[str]] = defaultdict(set)  # by article and short form
        self._brackets: dict[str, Counter[str]] = defaultdict(Counter)
        self._things: set[str] = set()
        for key, one in facts.items():
            other = SAME.get(one.form) or SAME.get(one.form.replace(".", ""))
            if other:
                self._best[key] = _key(tuple(other.split()))
        self._write_alike(surnames)
        docs: dict[str, set[str]] = defaultdict(set)
        for spot in spots:
            if kinds[spot.key] == "institution" and " " in spot.key:
                docs[spot.key].add(spot.doc)
        for key, where in docs.items():
            self._shorten(key, where)
        for one, two in pairwise(spots):
            if two.bracketed and one.doc == two.doc:
                self._bracket(one, two)

    def meant(self, spot: Spot) -> tuple[str, str]:
        """The actor that a name stands for, and why; "" for its own name."""
        key, word = spot.key, "".join(one for one in spot.words if one not in COMPANY).replace(".", "").replace("&", "")
        if key in self._best:
            return self._top(key), "another way to write it"
        if self.kinds[key] in ("place", "state") or key in self._things:
            return ("" if key in self._things else key), ""
        if len(here := self._tops(spot.doc, f"({key}")) == 1:
            return here.pop(), "in brackets behind the name"
        letters = word.upper() if word.istitle() and 3 < len(word) < 7 and word.upper() in self._initials else word
        if len(key.split()) == 1 and letters.isupper() and 1 < len(letters) < 8:
            return self._acronym(spot, letters)
        return (
            self._part(spot) if self.kinds[key] == "institution" and " ".join(spot.words) not in BODIES else (key, "")
        )

    def _part(self, spot: Spot) -> tuple[str, str]:
        """What the beginning or the end of a name stands for: the one such body of the article, or of the corpus."""
        key = spot.key
        for mark, reason in (("-", "the end of the name"), ("", "the beginning of the name")):
            here = self._tops(spot.doc, f"{mark}{key}")
            if len(here) == 1 and self._facts[key].times < 5 * self._facts[min(here)].times:
                return here.pop(), reason
        far = {self._top(one) for one in self._beginnings.get(key, ()) if len(self._facts[one].docs) > 1}
        return (far.pop(), "the beginning of the only such name") if len(far) == 1 else (key, "")

    def is_tag(self, spot: Spot) -> bool:
        """Tell whether a spot is in brackets and short for nothing before it, as the party of a politician."""
        return spot.bracketed and len(spot.text) < 6 and not self._here.get((spot.doc, f"({spot.key}"))

    def _acronym(self, spot: Spot, letters: str) -> tuple[str, str]:
        """What an acronym stands for: what has it in brackets, or the initials."""
        if known := self._brackets.get(spot.key):
            return self._top(known.most_common(1)[0][0]), "in brackets behind the name in other articles"
        if len(here := self._tops(spot.doc, f"={letters}")) == 1:
            return here.pop(), "its initials"
        counts: Counter[str] = Counter()
        for one, times in self._initials.get(letters, {}).items():
            counts[self._top(one)] += times
        (top, times), *rest = counts.most_common(2) or [("", 0)]
        enough = times >= (1 if len(letters) > 2 else 5)
        return (top, "its initials") if enough and (not rest or times >= CLEAR * rest[0][1]) else (spot.key, "")

    def _tops(self, doc: str, short: str) -> set[str]:
        return {self._top(one) for one in self._here.get((doc, short), ())}

    def _top(self, key: str) -> str:
        """The key that a name goes by in the end."""
        for _ in range(4):
            key = self._best.get(key, key)
        return key

    def _write_alike(self, surnames: Container[str]) -> None:
        """Join names that differ in blanks (ExxonMobil), in order, or in what owns them (U.S. Senate, Trump EPA)."""
        groups: dict[str, list[str]] = defaultdict(list)
        for key in self._facts:
            if self.kinds[key] not in ("", "person"):
                groups["".join(_turned(key)).casefold()].append(key)
        for keys in groups.values():
            top = min(keys, key=lambda key: (-self._facts[key].times, key))
            self._best |= {key: top for key in keys if key != top and key not in self._best}
        for key in self._facts:
            first, *rest = key.split()
            while (
                self.kinds[key] == "institution" and rest and (first in OWNERS or (first in surnames and len(rest) > 1))
            ):
                if self.kinds.get(" ".join(rest)) == "institution":
                    self._best.setdefault(key, " ".join(rest))
                first, *rest = rest

    def _shorten(self, key: str, docs: set[str]) -> None:
        """Note the short forms of a body: its beginnings, ends and initials."""
        words, facts = key.split(), self._facts
        shown = tuple(facts[key].form.split())
        for at in range(1, len(words)):
            begin, end = " ".join(words[:at]), " ".join(words[at:])
            times = facts[begin].times if begin in facts else 0
            if words[at - 1] not in LINKS | {"the", "and"} and _can_begin(words[:at], words[at]):
                if times <= 2 * facts[key].times:
                    self._beginnings[begin].add(key)
                if times <= CLEAR * (facts[key].times + 1):
                    self._note(docs, begin, key)
            if words[at] not in LINKS | {"the", "and"}:
                self._note(docs, f"-{end}", key)
        starts = [0, *(at for at in range(1, min(4, len(shown) - 1)) if " ".join(shown[:at]) in LISTED)]
        for letters in {one for at in starts for one in _letters(shown[at:])}:
            self._initials[letters][key] += len(docs)
            self._note(docs, f"={letters}", key)

    def _note(self, docs: Iterable[str], short: str, key: str) -> None:
        for doc in docs:
            self._here[doc, short].add(key)

    def _bracket(self, one: Spot, two: Spot) -> None:
        """Note an acronym in brackets behind a name, or the name behind the acronym."""
        for short, whole in ((two, one), (one, two)):
            if _shortens(short.words, whole.words):
                if not self.kinds[whole.key]:  # the acronym of a law
                    self._things.add(short.key)
                    return
                self._brackets[short.key][whole.key] += 1
                self._here[one.doc, f"({short.key}"].add(whole.key)
                return


def _turned(key: str) -> list[str]:
    """The words of a name, those of "Department of State" as of "State Department"."""
    first, *rest = key.split()
    return [*rest[1:], first] if first in ("department", "ministry") and rest[:1] == ["of"] else [first, *rest]


def _can_begin(short: list[str], behind: str) -> bool:
    """Whether the beginning of a name can be short for it: it is no whole name of another body, or breaks off."""
    whole = short[-1].title() in HEADS or not LINKS.isdisjoint(short)
    return not whole or behind in LINKS | {"and"}


def _letters(words: tuple[str, ...]) -> set[str]:
    """The acronyms of a name: its capitals, and its initials with those of small words."""
    parts = [
        one
        for word in words
        for one in (
            word.replace(".", "") if word.count(".") > 1 or len(word) == 2 == sum(map(str.isupper, word)) else [word]
        )
    ]
    initials = [one[0] for one in parts if one[0].isalpha()]
    whole = "".join(one[0] for one in parts if one[0].isalpha() and one not in ("the", "a", "an")).upper()
    return {"".join(filter(str.isupper, initials)), whole, "".join(filter(str.isupper, "".join(parts)))}


def _shortens(short: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether an acronym can stand for a name: its letters stand there in order, the first one first."""
    letters = "".join(short).replace(".", "").replace("-", "")
    if len(short) > 1 or len(whole) < 2 or len(letters) < 2 or not letters[:2].isupper():
        return False
    if letters.upper() in _letters(whole):
        return True
    text, at = " ".join(whole).upper(), 0
    for letter in letters.upper():
        at = text.find(letter, at) + 1
        if not at:
            return False
    return whole[0][0].upper() == letters[0] and len(letters) <= len(whole) + 2


def _sure(spots: list[Spot], kinds: dict[str, str], vocabulary: Vocabulary) -> list[Spot]:
    """The spots of actors that are surely names: named often, or once with what makes it plain."""
    total: Counter[str] = Counter()
    for spot in spots:
        total[spot.actor] += 1 + (not spot.opens)
    clear = {spot.actor for spot in spots if _is_clear(spot, kinds, vocabulary)}
    letters = {
        spot.actor for spot in spots if spot.key == spot.actor and "".join(spot.words).replace(".", "").isupper()
    }
    # A strange word alone is a product or a thing more often than a body.
    least = lambda actor: 10 if actor in letters else 3 if " " in actor else 6  # noqa: E731
    return [spot for spot in spots if spot.actor in clear or total[spot.actor] > least(spot.actor)]


def _is_clear(spot: Spot, kinds: dict[str, str], vocabulary: Vocabulary) -> bool:
    """Whether one mention is enough: beside a title or a verb of saying, of a known form, of strange words."""
    words, kind_, mate = spot.words, kinds[spot.key], spot.beside
    if (
        spot.title
        or spot.said
        or spot.told
        or spot.acts
        or spot.bracketed
        or spot.posted
        or spot.firm
        or " ".join(words) in LISTED
    ):
        return True
    if kind_ == "place" and (spot.placed or len(words) > 1):
        return True
    if (
        mate
        and kind_ == "institution" == kinds.get(mate.key)
        and (" ".join(mate.words) in LISTED or mate.words[-1] in HEADS)
    ):
        return True
    if len(words) == 1:
        return False
    formed = (kind_ == "institution" and not HEADS.isdisjoint(words)) or words[0] in FIRST or words[-1] in COMPANY
    strange = not any(map(vocabulary.is_common, words)) and words[0] not in LISTED
    return formed or "of" in words or (strange and not spot.the)


def _tables(spots: list[Spot], kinds: dict[str, str], actors: pd.DataFrame) -> Names:
    """The three tables of the spots that are kept."""
    known = dict(zip(actors.actor, actors.kind, strict=True))
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for spot in spots:
        forms[spot.actor][plain(spot.text)] += spot.key == spot.actor
    shown = {_key(tuple(one.split())): one for one in sorted(SAME.values())}
    best = {key: min(ways, key=lambda one: (-ways[one], one)) for key, ways in forms.items()}
    names = {
        key: key if key in known else best[key] if any(forms[key].values()) else shown.get(key, key) for key in forms
    }
    kind_of = {
        names[key]: known.get(key) or kinds.get(key) or ("state" if names[key] in STATES else "institution")
        for key in names
    }
    rows = [(s.doc, s.sent, s.start, s.end, s.text, names[s.actor], "name", False) for s in spots]
    found = pd.DataFrame(rows, columns=MENTIONS)
    ways = found.assign(reason=[spot.reason for spot in spots], kind=found.actor.map(kind_of))
    groups = ways.groupby(["actor", "kind", "surface", "reason"], as_index=False)
    joined = groups.agg(articles=("doc", "nunique"), mentions=("doc", "size"))
    new = sorted(set(names.values()) - known.keys())
    surname = [name.split()[-1] if kind_of[name] == "person" else "" for name in new]
    table = pd.DataFrame({"actor": new, "kind": [kind_of[name] for name in new], "name": new, "surname": surname})
    return Names(found, table.assign(aliases=""), joined.set_axis(JOINED, axis=1))
