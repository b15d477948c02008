"""Find each time an actor is named in a text, and by which rule."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from itertools import dropwhile

import pandas as pd

from ..language.split import STARTERS
from ..language.words import ENGLISH, fold, is_headline, squeezed
from . import longer, resolve
from .gazetteer import PATTERN, Gazetteer
from .longer import NO_NAME
from .resolve import Article, Atom, Mention, new

SHORT = frozenset(["US", "WHO"])  # short names that are words when everything is in capitals
NO_GIVEN = NO_NAME - {*ENGLISH["short months"]}  # "Jun" is a given name too, but before a number
OPENING = " “”\"'‘’([«•-–—"
LIST = (" and ", ", ", " or ", ", and ")


def mentions(text: str, day: date | None, gazetteer: Gazetteer, *, until: date | None = None) -> list[Mention]:
    """List every mention in a text, sorted; what can not be told is left out.

    `day` is the article's, or the first of the days up to `until` between which it was written; offices are resolved
    by it, a vacant one to nobody. Longest match wins; a name inside a longer one ("Russian" in "Russian Navy") is
    there too, marked `nested`.
    """
    (folded, before), known, kinds = squeezed(fold(text)), gazetteer.surfaces, gazetteer.kinds
    atoms = [new(Atom, (m.start(), m.end(), one := m[0], known[one])) for m in gazetteer.finder.finditer(folded)]
    atoms = longer.apart(folded, atoms, gazetteer.lands)
    people = {atom.meaning.actor for atom in atoms if kinds.get(atom.meaning.actor) == "person"}
    play = ([], [], defaultdict(set), defaultdict(set), {}, {}, {})
    article = Article(folded, text, gazetteer, (day, until), atoms, people, defaultdict(list), inner := set(), *play)
    # The surnames that somebody else bears in the article: "Melania Trump", "Yoon Do-han", "Li Ming".
    for at, (start, _, surface, _) in enumerate(atoms):
        if surface in gazetteer.surnames and _is_another(article, at):
            article.strangers[surface].append(start)
    if article.strangers:
        full = {atom.meaning.actor for atom in atoms if atom.surface not in article.strangers}
        people.difference_update({atom.meaning.actor for atom in atoms if atom.surface in article.strangers} - full)
    for at, atom in enumerate(atoms):
        if atom.start not in inner:  # a country behind its office has been told with it
            RULES[atom.meaning.via](article, at, atom)
    found = article.mentions
    if before is not int:
        places = ((before(m.start), before(m.end - 1) + 1, m) for m in found)
        found = [Mention(start, end, text[start:end], *m[3:]) for start, end, m in places]
    return sorted(dict.fromkeys(found))  # nearly in order, which a set would lose


def unknown(sentences: pd.DataFrame, mentions: pd.DataFrame, *, min_times: int = 2) -> pd.DataFrame:
    """Find names that no gazetteer knows: runs of capitalised words, each with where it stands.

    Takes the `sentences` and `mentions` tables; returns doc, sent, start, end, surface, actor (the name in full, where
    the article gives it), sorted, of names found `min_times` times or more. A word that begins a sentence counts if
    others write it with a capital in the middle of one; headlines in capitals are left out.

    >>> "Sea of Japan" in set(unknown(corpus.sentences, corpus.mentions).actor)
    True
    """
    prose = sentences[["doc", "sent", "start", "text"]].sort_values(["doc", "sent"])
    prose = prose[~prose.text.map(_is_headline).astype(bool)]
    small = Counter(word for text in prose.text for word in PATTERN["small"].findall(text))
    middle = Counter(word for text in prose.text for word in PATTERN["middle"].findall(text))
    taken = {doc: sorted(zip(rows.start, rows.end, strict=True)) for doc, rows in mentions.groupby("doc")}
    rows = []
    for doc, sent, start, text in prose.itertuples(index=False):
        for at, end in _runs(text, lambda word: small[word.lower()] < middle[word] or "-" in word):
            spans = taken.get(doc, [])
            near = spans[: bisect_left(spans, (start + end, 0))][-3:]
            if all(stop <= start + at for _, stop in near):
                rows.append((doc, sent, start + at, start + end, text[at:end]))
    found = pd.DataFrame(rows, columns=["doc", "sent", "start", "end", "surface"])
    found["actor"] = [name for _, part in found.groupby("doc", sort=False) for name in _full(part.surface.tolist())]
    often = lambda name: small[name.lower()] > 0.2 * middle[name.split()[-1]] or name.lower() in STARTERS  # noqa: E731
    found = found[~found.actor.map(often).astype(bool)]
    return found[found.groupby("actor").actor.transform("size") >= min_times].reset_index(drop=True)


def _is_headline(sentence: str) -> bool:
    """Whether a sentence is all in capitals, or has those of a headline and no stop."""
    return sentence.isupper() or (is_headline(sentence, min_words=4) and sentence.rstrip(" ”\"'")[-1:] not in ".?!")


def _runs(sentence: str, known: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """Where runs of capitalised words stand in a sentence, without titles and days; `known` judges its first word."""
    for run in PATTERN["run"].finditer(sentence):
        words = list(PATTERN["word in a name"].finditer(sentence, *run.span()))
        if not sentence[: run.start()].strip(OPENING) and not known(words[0][0]):
            words = words[1:]
        while words and (words[-1][0] in NO_NAME or words[-1][0].islower()):
            words = words[:-1]
        title = max((at for at, word in enumerate(words) if word[0] in NO_NAME), default=-1)
        # Of "Foreign Minister Jane Doe" the name.
        words = list(dropwhile(lambda word: word[0].islower(), words[title + 1 :]))
        if words and len(words[0][0]) > 1:
            yield words[0].start(), words[-1].end()


def _full(surfaces: list[str]) -> list[str]:
    """The names of one article, a surname alone as the full name that ends or begins with it."""
    full = [name for name in dict.fromkeys(surfaces) if " " in name]
    longer = {name: [one for one in full if name in (one.split()[0], one.split()[-1])] for name in surfaces}
    return [longer[name][0] if " " not in name and len(longer[name]) == 1 else name for name in surfaces]


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
    actor, text = atom.meaning.actor, article.text
    if atom.surface in article.strangers and (actor not in article.people or _is_another(article, at)):
        return
    shouted = atom.surface in SHORT and PATTERN["shouted"].search(text, max(0, atom.start - 12), atom.start)
    if shouted or (atom.surface in SHORT and text.startswith("$", atom.end)):
        return
    article.add(atom.start, atom.end, actor, "name")


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
    if beside and text[last.end : start] in LIST:
        place = last.via == "loc" and not text.startswith("'", end)
    else:
        after = article.after(at)
        listed = after and after.meaning.via == "name" and text[end : after.start] == ", "
        place = listed or resolve.is_place(text, start, end)
    article.add(start, end, atom.meaning.actor, "loc" if place and atom.surface[0].isupper() else "met")


def _surname(article: Article, at: int, atom: Atom) -> None:
    """A surname alone: its person, once named in full or by office; two named before it stay unresolved."""
    people = [who for who in article.gazetteer.surnames[atom.surface] if who in article.people]
    people = [who for who in people if who in article.latest] or people
    strange = article.strangers.get(atom.surface)
    if len(people) == 1 and not (strange and (strange[0] <= atom.start or people[0] not in article.latest)):
        article.add(atom.start, atom.end, people[0], "name")


def _described(article: Article, at: int, atom: Atom) -> None:
    """A description of the gazetteer, such as "the island": the last named of those it can mean."""
    meant = [who for who in atom.meaning.actor.split("|") if who in article.latest]
    if meant:
        article.add(atom.start, atom.end, max(meant, key=article.latest.__getitem__), "desc")


RULES = resolve.RULES | {
    "name": _name, "inst": _institution, "met": _capital, "desc": _described, "surname": _surname,
    "dem": lambda article, at, atom: article.add(atom.start, atom.end, atom.meaning.actor, "dem"),
    "block": lambda article, at, atom: None,  # "Sea of Japan" only keeps its words from meaning somebody
}  # fmt: skip
