"""Find each time an actor is named in a text, and by which rule."""

from collections import defaultdict
from datetime import date

from ..language.words import ENGLISH, fold, squeezed
from . import longer, resolve
from .gazetteer import PATTERN, Gazetteer
from .longer import NO_NAME
from .resolve import Article, Atom, Mention, new

SHORT = frozenset(["US", "WHO"])  # short names that are words when everything is in capitals
NO_GIVEN = NO_NAME - {*ENGLISH["short months"]}  # "Jun" is a given name too, but before a number
LIST = frozenset([" and ", ", ", " or ", ", and ", "-", " and to ", " and from "])


def mentions(text: str, day: date | None, gazetteer: Gazetteer, *, until: date | None = None) -> list[Mention]:
    """List every mention in a text, sorted; what can not be told is left out.

    `day` is the article's, or the first of the days up to `until` between which it was written; offices are resolved
    by it, a vacant one to nobody. Longest match wins; a name inside a longer one ("Russian" in "Russian Navy") is
    there too, marked `nested`.
    """
    (folded, before), known, kinds = squeezed(fold(text)), gazetteer.surfaces, gazetteer.kinds
    surnames = gazetteer.surnames
    atoms = [new(Atom, (m.start(), m.end(), one := m[0], known[one])) for m in gazetteer.finder.finditer(folded)]
    atoms = longer.apart(folded, atoms, gazetteer.lands)
    named = {atom.meaning.actor for atom in atoms if atom.meaning.via != "desc"}
    people = {who for who in named if kinds.get(who) == "person"}
    play = ([], [], defaultdict(set), defaultdict(set), {}, {"named": named}, {})
    article = Article(folded, text, gazetteer, (day, until), atoms, people, defaultdict(list), inner := set(), *play)
    # The surnames that somebody else bears in the article: "Melania Trump", "Yoon Do-han", "Li Ming".
    for at, (start, _, surface, _) in enumerate(atoms):
        if surface in surnames and _is_another(article, at):
            article.strangers[surface].append(start)
    if article.strangers:
        full = {atom.meaning.actor for atom in atoms if atom.surface not in article.strangers}
        people.difference_update({atom.meaning.actor for atom in atoms if atom.surface in article.strangers} - full)
    for at, atom in enumerate(atoms):
        if atom[0] not in inner:  # a country behind its office has been told with it
            RULES[atom[3][1]](article, at, atom)
    found = article.mentions
    if before is not int:
        places = ((before(m.start), before(m.end - 1) + 1, m) for m in found)
        found = [Mention(start, end, text[start:end], *m[3:]) for start, end, m in places]
    return sorted(dict.fromkeys(found))  # nearly in order, which a set would lose


def _is_another(article: Article, at: int) -> bool:
    """Whether a surname belongs to somebody the gazetteer does not know, by the given name beside it."""
    atom, text = article.atoms[at], article.text
    word = text[max(0, atom.start - 60) : atom.start]
    led = not word[word.rfind(" ", 0, -1) + 1 :].islower()
    given = PATTERN["given"].search(text, max(0, atom.start - 40), atom.start) if led else None
    before = article.atoms[at - 1] if at and article.atoms[at - 1].end == atom.start - 1 else None
    free = not before or before.meaning.via == "surname"
    if free and given and given[1] not in NO_GIVEN:
        return True
    if free and led and not given and longer.is_name(text, atom.start, opening=True):
        return True
    family = atom.surface in article.gazetteer.families
    behind = PATTERN["family first"].match(text, atom.end) if family else None
    if not behind or behind[1] in NO_GIVEN:
        return False
    after = article.after(at)
    return not after or after.start != behind.start(1) or after.meaning.via == "surname"


def _name(article: Article, at: int, atom: Atom) -> None:
    """A name; a surname among the names is somebody else's where a given name says so."""
    start, end, surface, (actor, _, _) = atom
    text = article.text
    if surface in article.strangers and (actor not in article.people or _is_another(article, at)):
        return
    if text[end : end + 2].isupper() and PATTERN["called after"].match(text, end):
        return
    if surface in SHORT and (text[end : end + 1] == "$" or PATTERN["shouted"].search(text, max(0, start - 12), start)):
        return
    article.add(start, end, actor, "name")


def _institution(article: Article, at: int, atom: Atom) -> None:
    """An institution by name: that of the country beside it, where several have one of that name."""
    if " " not in atom.surface:
        return article.add(atom.start, atom.end, atom.meaning.actor, "inst")
    resolve.organ(article, at, atom)
    return article.inside(atom.start, atom.end)


def _capital(article: Article, at: int, atom: Atom) -> None:
    """A capital or seat: its government, unless the text makes it a place; in a list it is what the one before is."""
    text, start, end = article.text, atom.start, atom.end
    last = article.mentions[-1] if at and article.mentions else None
    beside = last and last.via in ("loc", "met") and article.atoms[at - 1].end == last.end
    gap = text[last.end : start] if beside else ""
    if gap in LIST and not (gap == ", " and PATTERN["listed on"].match(text, end)):
        place = last.via == "loc" and not text.startswith("'", end)
    else:
        after = article.after(at) if text.startswith(", ", end) else None
        listed = after and after.meaning.via == "name" and after.start == end + 2
        place = listed or resolve.is_place(text, start, end)
    article.add(start, end, atom.meaning.actor, "loc" if place else "met")


def _surname(article: Article, at: int, atom: Atom) -> None:
    """A surname alone: its person, once named in full or by office; two named before it stay unresolved."""
    people = [who for who in article.gazetteer.surnames[atom.surface] if who in article.people]
    people = [who for who in people if who in article.latest] or people
    strange = article.strangers.get(atom.surface)
    if len(people) == 1 and not (strange and (strange[0] <= atom.start or people[0] not in article.latest)):
        article.add(atom.start, atom.end, people[0], "name")


def _described(article: Article, at: int, atom: Atom) -> None:
    """A description of the gazetteer, such as "the island": the last named of those it can mean, or the one to come."""
    if able := [who for who in atom.meaning.actor.split("|") if who in article.groups["named"]]:
        article.add(atom.start, atom.end, max(able, key=lambda who: article.latest.get(who, -1)), "desc")


RULES = resolve.RULES | {
    "name": _name, "inst": _institution, "met": _capital, "desc": _described, "surname": _surname,
    "dem": lambda article, at, atom: article.add(atom.start, atom.end, atom.meaning.actor, "dem"),
    "seated": lambda article, at, atom: article.add(atom.start, atom.end, atom.meaning.actor, "desc"),
    "block": lambda article, at, atom: None,  # "Sea of Japan" only keeps its words from meaning somebody
}  # fmt: skip
