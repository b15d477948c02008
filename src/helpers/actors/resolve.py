"""Whom offices, institutions, groups and capitals mean in an article, and the state of reading one."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import NamedTuple

from ..language.words import ENGLISH
from . import gazetteer as gazetteers
from . import groups
from .gazetteer import AGAIN, PATTERN, WORDS, Gazetteer, Group, Surface, Term, head, key

IN = frozenset(WORDS["in"])
OWNERS = ("dem", "name", "met", "inst", "desc")
FELT = frozenset([*WORDS["felt"], *map(str.capitalize, WORDS["felt"])])
NOT_NOW = frozenset(WORDS["not now"])
WAYS = {"to": "moved", "from": "away", "between": "away", "for": "bound"}  # what makes a place of what is behind
WAYS |= dict.fromkeys(("on", "over", "at", "hit", "struck"), "fired")
new = tuple.__new__  # makes a NamedTuple of its parts at half the cost
NEAR = 600  # characters: further back than a sentence begins, or than "his" reaches


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
    """Working state while one article is scanned from left to right: the fields from `mentions` down fill on the way.

    written: the text with its own marks; days: the first and last day it can be of; people: whom it names, by more
    than a surname that others bear too; strangers: where such surnames stand; inner: where names inside longer ones
    begin. Who is in play: persons (at, person), titles (the people of each office), nouns (the institutions that end
    with each noun), latest (where each was named last); groups and running (terms) keep what is found out about the
    whole article once.
    """

    text: str
    written: str
    gazetteer: Gazetteer
    days: tuple[date | None, date | None]
    atoms: list[Atom]
    people: set[str]
    strangers: dict[str, list[int]]
    inner: set[int]
    mentions: list[Mention]
    persons: list[tuple[int, str]]
    titles: dict[str, set[str]]
    nouns: dict[str, set[str]]
    latest: dict[str, int]
    groups: dict
    running: dict[str, list[Term]]

    def add(self, start: int, end: int, actor: str, via: str) -> None:
        """Add a mention of an actor, and what it brings into play."""
        self.mentions.append(new(Mention, (start, end, self.written[start:end], actor, via, False)))
        self.latest[actor] = start
        if (kind := self.gazetteer.kinds.get(actor)) == "person":
            self.persons.append((start, actor))
        elif kind != "state":
            self.nouns[head(self.text[start:end])].add(actor)

    def nest(self, owner: Atom) -> None:
        """Mark the country in an office or institution as named inside a longer name."""
        self.inner.add(owner.start)
        meaning = self.gazetteer.surfaces[owner.surface]
        mention = Mention(*owner[:2], self.written[owner.start : owner.end], meaning.actor, meaning.via, True)
        for back in range(1, min(4, len(self.mentions) + 1)):
            if self.mentions[-back][:2] == owner[:2]:
                self.mentions[-back] = mention
                return
        self.mentions.append(mention)

    def inside(self, start: int, end: int, *, nested: bool = True) -> None:
        """Add the names inside a longer one: "Russian" in "Russian Navy"."""
        for inner in self.gazetteer.finder.finditer(self.text, start, end - 1):
            actor, via, _ = self.gazetteer.surfaces[inner[0]]
            opens = inner.start() == start or PATTERN["nested"].search(self.text, start, inner.start())
            if opens and actor and via != "desc":
                self.mentions.append(Mention(*(at := inner.span()), self.written[slice(*at)], actor, via, nested))

    def after(self, at: int) -> Atom | None:
        """Give the atom behind this one; None at the end."""
        return self.atoms[at + 1] if at + 1 < len(self.atoms) else None

    def owner(self, at: int, behind: str = "of") -> Atom | None:
        """Find the country or institution an office belongs to: "China's" before it, or "of China" behind.

        "Putin's defence minister" belongs to Putin's country.
        """
        atom, kinds = self.atoms[at], self.gazetteer.kinds
        if at:
            before = self.atoms[at - 1]
            gap = self.text[before.end : atom.start]
            plain = before.meaning.via == "dem" or gap == " " or gap.startswith("'")
            if plain and before.meaning.via in OWNERS and PATTERN["owned"].fullmatch(gap):
                if kinds.get(before.meaning.actor) != "person":
                    return before
                if gap.startswith("'") and (country := self.country(before.meaning.actor)):
                    return before._replace(meaning=Surface(country, "name"))
        after = self.after(at)
        if after and self.text[after.end : after.end + 1] in ("'", "-"):  # "the president of Russia's football union"
            return None
        owns = after and after.meaning.via in ("name", "met", "inst") and kinds.get(after.meaning.actor) != "person"
        return after if owns and PATTERN[behind].fullmatch(self.text, atom.end, after.start) else None

    def holder(self, office: str, country: str, days: tuple[date | None, date | None] | None = None) -> str:
        """Find who holds an office on the article's day, or on other days; "" for nobody."""
        return gazetteers.holder(self.gazetteer, office, country, *(days or self.days))

    def career(self, person: str) -> list[Term]:
        """List all terms of a person."""
        return self.gazetteer.careers.get(person, [])

    def terms(self, person: str) -> list[Term]:
        """List the terms of a person that run on the article's day."""
        if person not in self.running:
            holds = lambda term: term.shared or self.holder(term.office, term.country) == person  # noqa: E731
            self.running[person] = [term for term in self.career(person) if holds(term)]
        return self.running[person]

    def country(self, person: str) -> str:
        """Find the country of a person's offices; "" where there is none, or more than one."""
        countries = {term.country for term in self.career(person) if self.gazetteer.kinds.get(term.country) == "state"}
        return countries.pop() if len(countries) == 1 else ""

    def begin(self, at: int) -> int:
        """Find where the sentence around a place begins, no further back than `NEAR`."""
        start = max(0, at - NEAR)
        for stop in (". ", '." ', "\n", "! ", "? "):
            start = max(start, self.text.rfind(stop, start, at) + 1)
        return start

    def nation(self, at: int, *, back: bool = True) -> str:
        """Find the country that a sentence, or the one before, is about: that of whom it names first."""
        begin = self.begin(at)
        before = self.begin(begin - 2) if back and begin > 1 else begin
        named = [one for one in self.mentions[-12:] if before <= one.start < at and one.via != "loc"]
        named.sort(key=lambda one: (one.start < begin, one.start))
        actors, kinds = (one.actor for one in named), self.gazetteer.kinds
        return next(filter(None, (who if kinds.get(who) == "state" else self.country(who) for who in actors)), "")


def when(article: Article, start: int, end: int) -> tuple[date | None, date | None] | None:
    """Find the days of another time that an office is of: "In 2018 the US president"; none where only that is known.

    Gives None for an office of the article's own time.
    """
    text, begin = article.text, article.begin(start)
    told = PATTERN["once"].match(text, begin, start) or PATTERN["once behind"].match(text, end)
    if not told:
        return (None, None) if PATTERN["then behind"].match(text, end) else None
    if not (year := PATTERN["year"].search(told[0])):
        return None, None
    number, month = int(year["year"]), year["month"]
    months = [ENGLISH["months"].index(month) + 1] * 2 if month else [1, 12]
    if not month and article.days[0] is not None and article.days[0].year == number:
        return None
    return date(number, months[0], 1), date(number, months[1], 28)


def is_place(text: str, start: int, end: int) -> bool:
    """Tell whether the capital at these offsets is only a place there.

    >>> text = "Moscow said so. They met in Moscow."
    >>> is_place(text, 0, 6), is_place(text, 28, 34)
    (False, True)
    """
    before = text[max(0, start - 100) : start]
    dateline = before[-1:] in ("", "\n", "/") and text[start:end].isupper() and PATTERN["dateline"].match(text, end)
    if dateline or PATTERN["after" if text[end : end + 1] == " " else "after a mark"].match(text, end):
        return True
    words = before.rsplit(None, 4) if before[-1:].isspace() and not before.isspace() else [""]
    word = words[-1]
    if text.startswith("'", end):
        return word.lower() in IN and bool(PATTERN["site"].match(text, end))
    if word.lower() in ("a", "an"):
        return text.startswith(" ", end) and not PATTERN["speaks"].match(text, end + 1)
    if word in ("both", "either"):
        before, word = before[: -len(word) - 1], words[-2:][0]
    close = before if word == "to" else before[-50:]
    goes = word == "from" and PATTERN["to"].match(text, end) and not PATTERN["sent"].search(close)
    if goes or (word in WAYS and PATTERN[WAYS[word]].search(close)):
        return True
    if word.lower() in IN:
        left = word[:2] == "le" and PATTERN["so left"].match(text, end)
        felt = left or (word in ("in", "at") and not FELT.isdisjoint(words[-4:-1]))
        return not felt and (text[start].isupper() or bool(PATTERN["hall"].search(close)))
    return word.endswith(("of", "capital", "capital,")) and bool(PATTERN["out"].search(close))


def office(article: Article, at: int, atom: Atom) -> None:
    """Resolve an office; of one that names its country itself, such as "Kremlin chief", at least the country."""
    known, country = len(article.mentions), atom.meaning.actor
    if not (country and PATTERN["other chief"].match(article.text, atom.end)):
        _office(article, at, atom)
    nested = len(article.mentions) > known
    for shift in (0, 1) if country else ():
        article.inside(atom.start + shift, atom.end + shift, nested=nested)


def _office(article: Article, at: int, atom: Atom) -> None:
    """Resolve an office to the person named beside it, else to its holder on the day, else to whom it meant before."""
    owner = article.owner(at)
    start = min(atom.start, owner.start) if owner else atom.start
    end = max(atom.end, owner.end) if owner else atom.end
    titles, country = atom.meaning.posts, owner.meaning.actor if owner else atom.meaning.actor
    beside = _beside(article, at, start, end)
    if person := _fitting(article, beside, titles, country, start, atom.start) if beside else "":
        return _resolve(article, start, end, person, owner, titles[0])
    if _is_not_now(article, start, atom.start):
        return None
    definite = country or _is_definite(article, start)
    once = when(article, start, end) if definite else None
    if once == (None, None) or (once and not country):
        return None
    if country:
        person = _holding(article, titles, country, once)
    elif " of the " in atom.surface:
        person = _sole(article, titles)
    elif definite:
        person = _in_play(article, titles[:1]) or _in_play(article, titles) or _sole(article, titles)
        person = person or _holding(article, titles, article.nation(start))
    elif PATTERN["made"].search(article.text, max(0, start - 16), start):  # of that country, the last who ever was
        nation, latest = article.nation(start), (who for _, who in reversed(article.persons[-9:]))
        person = next((who for who in latest if _has_held(article.career(who), titles, nation)), "")
    return _resolve(article, start, end, person, owner, titles[0]) if person else None


def _holding(article: Article, titles: Iterable[str], country: str, days: tuple | None = None) -> str:
    """Who holds the first of these offices that a country has."""
    return next(filter(None, (article.holder(title, country, days) for title in titles)), "")


def noun(article: Article, at: int, atom: Atom) -> None:
    """Resolve a noun alone, such as "minister" or "ministry", to one that was named before."""
    (word, *_), owner = atom.meaning.posts, article.owner(at)
    start, country = min(atom.start, owner.start) if owner else atom.start, owner.meaning.actor if owner else ""
    for person in _beside(article, at, start, atom.end):
        if _has_held(article.career(person), (word,), country, head):
            return _resolve(article, start, atom.end, person, owner, word)
    if _is_not_now(article, start, atom.start) or PATTERN["then behind"].match(article.text, atom.end):
        return None
    if owner:
        holders = [who for who in article.people if _has_held(article.terms(who), (word,), country, head)]
        return _resolve(article, start, atom.end, holders[0], owner, word) if len(holders) == 1 else None
    if not _is_definite(article, atom.start):
        return None
    if person := _in_play(article, (word,)):
        return _resolve(article, atom.start, atom.end, person, None, word)
    if word in AGAIN and (again := _again(article, word, atom.start)):
        article.add(atom.start, atom.end, again, "desc")
    return None


def _again(article: Article, word: str, at: int) -> str:
    """The institution that "the ministry" means: one so named or of a minister named, that of the sentence's nation."""
    organs, terms = article.gazetteer.organs, (term for who in article.people for term in article.terms(who))
    ministries = (organs.get((key(term.office).replace("minister", word), term.country)) for term in terms)
    named = article.nouns[word] or {*filter(None, ministries)}
    if len(named) > 1 and (nation := article.nation(at, back=False)):
        named = named & {actor for (_, country), actor in organs.items() if country == nation}
    return next(iter(named)) if len(named) == 1 else ""


def _is_not_now(article: Article, *places: int) -> bool:
    """Whether a former, a deputy, any or no holder is meant, by what stands before an office or its country."""
    ended = (at for at in {*places} if article.text[at - 1 : at] in (" ", "-"))
    words = [word for at in ended for word in article.text[max(0, at - 24) : at - 1].split()[-1:]]
    return any(word.lstrip("\"'(").lower() in NOT_NOW for word in words)


def organ(article: Article, at: int, atom: Atom) -> None:
    """Resolve an institution by the country beside it; else to the last so named; else to the gazetteer's own."""
    owner, nouns = article.owner(at, "of or in"), atom.meaning.posts or (key(atom.surface),)
    organs = article.gazetteer.organs
    known = [organs.get((one, owner.meaning.actor), "") for one in nouns] if owner else []
    actor = next(filter(None, known), "")
    if actor and article.text.startswith(" in ", atom.end) and owner.start > atom.end:
        return article.add(atom.start, atom.end, actor, "inst")
    if actor:
        article.nest(owner)
        return article.add(min(atom.start, owner.start), max(atom.end, owner.end), actor, "inst")
    if owner and not atom.meaning.actor:
        return None
    named = {actor for (one, _), actor in organs.items() if one in nouns} & article.latest.keys()
    own = not atom.meaning.actor and len(named) != 1 and _is_definite(article, atom.start)
    if own and (nation := article.nation(atom.start)):
        named = {organs[one, nation] for one in nouns if (one, nation) in organs}
    if len(named) == 1 and (atom.meaning.actor or _is_definite(article, atom.start)):
        return article.add(atom.start, atom.end, named.pop(), "inst")
    return article.add(atom.start, atom.end, atom.meaning.actor, "inst") if atom.meaning.actor else None


def counterpart(article: Article, at: int, atom: Atom) -> None:
    """Resolve "his Chinese counterpart" to who is named behind it, or holds that office for the country."""
    owner = article.owner(at)
    start, country = owner.start if owner else atom.start, owner.meaning.actor if owner else ""
    beside = _beside(article, at, start, atom.end)
    # "His Chinese counterpart" is of somebody who is not Chinese himself, and most often of the last who is named.
    others = [who for _, who in reversed(article.persons[-6:]) if article.country(who) != country]
    beside = [who for who in beside if country in ("", article.country(who)) or not article.country(who)]
    person = beside[0] if len(beside) == 1 else _peer(article, atom.start, others, country)
    if person and not _is_not_now(article, start):
        if owner:
            article.nest(owner)
        article.add(start, atom.end, person, "desc")
        article.people.add(person)


def _peer(article: Article, at: int, others: list[str], country: str) -> str:
    """Who holds for a country what the first of the others holds, or held; without a country whom the article names."""
    begin = article.begin(at)
    if not country:
        others = [who for place, who in article.persons if place >= begin] or others
    held = [term.office for who in others[:1] for term in article.terms(who) or article.career(who)]
    offices = [*held, *(peer for office in held for peer in article.gazetteer.peers.get(office, ()))]
    if country:
        return _holding(article, offices, country)
    named = article.latest.keys() & article.people if offices else ()
    named = [one for one in named if _has_held(article.terms(one), offices, "")]
    named = [one for one in named if article.country(one) != article.country(others[0])]
    return named[0] if len(named) == 1 else ""


def possessive(article: Article, at: int, atom: Atom) -> None:
    """Resolve "his country" to that of the person named last, in the same paragraph; so the "Trump administration"."""
    last, person = article.persons[-1] if article.persons else (0, "")
    near = bool(person) and atom.start - last < NEAR and "\n" not in article.text[last : atom.start]
    beside = " " in atom.surface or (near and article.mentions[-1][1:4:2] == (atom.start - 1, person))
    if near and beside and (country := article.country(person)):
        article.add(atom.start, atom.end, country, "desc")


def visit(article: Article, at: int, atom: Atom) -> None:
    """Resolve "the guest" to the last who is not of the country they are in, "the host" to the last of it."""
    word, owner, beside = atom.surface, article.owner(at), _beside(article, at, atom.start, atom.end)
    start, text = owner.start if owner else atom.start, article.text
    told = PATTERN["whose"].search(text, max(0, start - 6), start)
    beside = beside if told or text.endswith(" as ", 0, start) else []  # not "talk show host Jane Doe"
    article.titles[word].update(beside[:1])
    if not told or PATTERN["visit of"].match(text, atom.end):
        return
    persons, own = [who for _, who in reversed(article.persons[-30:])], told[0].lower() in ("his ", "her ")
    stay = (one for one in reversed(article.mentions[-60:]) if article.gazetteer.kinds.get(one.actor) == "state")
    stay = (one.actor for one in stay if one.via == "loc" or text.endswith((" in ", " to "), 0, one.start))
    guest, here = word in ("guest", "visitor"), owner.meaning.actor if owner else next(stay, "")
    here = article.country(persons[0]) if guest and own and persons else here
    able = [who for who in persons if here and article.country(who) and (article.country(who) != here) == guest]
    able = [*beside[:1], _in_play(article, (word,)), *able] if own or word != "hosts" else [here]
    if actor := next(filter(None, able), ""):
        article.add(atom.start, atom.end, actor, "desc")


def group(article: Article, at: int, atom: Atom) -> None:
    """Resolve "both countries" or "the two ministers" to the so many that are in play."""
    meant: Group = atom.meaning.posts[0]
    if not meant.count:
        return _holders(article, at, atom, meant.noun)
    if meant.noun and (people := _beside(article, at, atom.start, atom.end)):
        return article.add(atom.start, atom.end, people[0], "role")
    begin = article.begin(atom.start) - 1
    near, members = groups.members(article, at, begin, meant)
    # "China sends no weapons to either side": who acts in the sentence is none of the two, unless it only speaks.
    either = atom.surface.lower().startswith(("either", "nei"))
    says, arms = (PATTERN[one].search(article.text, begin + 1, atom.start) for one in ("says", "arms"))
    acts = len(near) == 1 and near < set(members) and (arms or (either and not says))
    after, counted = article.after(at), article.text[atom.start - 1 : atom.start] == "-"  # "thirty-two governments"
    elsewhere = PATTERN["elsewhere"].match(article.text, atom.end) and not (after and after.meaning.via == "met")
    if not (acts or counted or elsewhere or PATTERN["conflict"].match(article.text, atom.end)):
        if meant == groups.COUPLE and members:  # told of once more, and last
            told[pair] = (told := article.groups["told"][1]).pop(pair := tuple(members), 0) + 1
        for actor in members:
            article.add(atom.start, atom.end, actor, "desc")
    return None


def _is_definite(article: Article, at: int) -> bool:
    """Whether "the" or "its" stands before."""
    return bool(PATTERN["the"].search(article.text, max(0, at - 5), at))


def _has_held(terms: list[Term], titles: Collection[str], country: str, title: Callable[[str], str] = str) -> bool:
    """Whether a term is in an office of these titles, or these nouns by `head`, and of the country if one is given."""
    return any(title(term.office) in titles and country in ("", term.country) for term in terms)


def _resolve(article: Article, start: int, end: int, person: str, owner: Atom | None, title: str) -> None:
    if owner:
        article.nest(owner)
    article.add(start, end, person, "role")
    article.people.add(person)
    for word in {title, head(title)}:
        article.titles[word].add(person)


def _beside(article: Article, at: int, start: int, end: int) -> list[str]:
    """Who is named right behind a title, or right before it with a comma or "as"; several of one surname, or nobody."""
    text, kinds = article.text, article.gazetteer.kinds
    after = next((one for one in article.atoms[at + 1 : at + 3] if one.start >= end), None)
    if after and PATTERN["beside"].fullmatch(text, end, after.start):
        if after.start in article.strangers.get(after.surface, ()):
            return []
        if after.meaning.via == "surname":
            return article.gazetteer.surnames[after.surface]
        if kinds.get(after.meaning.actor) == "person":
            return [after.meaning.actor]
    for mention in reversed(article.mentions[-4:]):
        person = mention.end <= start and kinds.get(mention.actor) == "person"
        if person and PATTERN["behind"].fullmatch(text, mention.end, start):
            return [mention.actor]
    return []


def _fitting(article: Article, people: list[str], titles: tuple[str, ...], country: str, *places: int) -> str:
    """The one of the people beside an office who ever held it; somebody of no known office fits any."""
    careers = {person: article.career(person) for person in people}
    unknown = len(people) == 1 and not careers[people[0]]
    fits = [who for who, career in careers.items() if unknown or _has_held(career, titles, country)]
    if len(fits) > 1:  # of two premiers of one surname the one of the day
        former = _is_not_now(article, *places)
        fits = [who for who in fits if _has_held(article.terms(who), titles, country) != former]
    return fits[0] if len(fits) == 1 else ""


def _in_play(article: Article, titles: tuple[str, ...]) -> str:
    """Whom an office without its country means: the one person the article has named by it."""
    meant = set().union(*(article.titles[title] for title in titles))
    return meant.pop() if len(meant) == 1 else ""


def _sole(article: Article, titles: tuple[str, ...]) -> str:
    """The holder of an office that only one country has; "the chairman" alone can be of anything."""
    countries = [country for title, country in article.gazetteer.terms if title in titles]
    sole = len(countries) == 1 and (" " in titles[0] or article.gazetteer.kinds.get(countries[0]) == "state")
    return article.holder(titles[0], countries[0]) if sole else ""


def _holders(article: Article, at: int, atom: Atom, title: str) -> None:
    """An office of two, as in "the Chinese and Russian defence ministers": the holder for each country."""
    owners, text = article.atoms[at + 1 : at + 3], article.text
    if not (of := bool(owners) and PATTERN["of"].fullmatch(text, atom.end, owners[0].start)):
        owners = article.atoms[max(0, at - 2) : at]
    if len(owners) < 2 or not PATTERN["and"].fullmatch(text, owners[0].end, owners[1].start):
        return
    people = [_holding(article, article.gazetteer.surfaces[title].posts, owner.meaning.actor) for owner in owners]
    if (of or PATTERN["owned"].fullmatch(text, owners[1].end, atom.start)) and all(people):
        for owner, person in zip(owners, people, strict=True):
            article.nest(owner)
            _resolve(article, min(atom.start, owners[0].start), max(atom.end, owners[1].end), person, None, title)


RULES = {
    "office": office,
    "head": noun,
    "organ": organ,
    "kin": counterpart,
    "own": possessive,
    "visit": visit,
    "group": group,
}
