"""Whom an office, an institution's noun, a counterpart or "both countries" means in an article."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from . import surfaces
from .context import OWNED, Article, Atom

RANK = (
    r"(?:(?:[Mm]r|[Mm]s|[Mm]rs|[Dd]r|[Gg]en|[Ll]t|[Cc]ol|[Cc]apt|[Aa]dm|[Ss]en)\.? |"
    r"(?:Army |Vice |Rear |Lieutenant |Colonel )?"
    r"(?:[Gg]eneral|[Aa]dmiral|[Mm]arshal|[Cc]olonel|[Cc]ommander|[Cc]aptain|[Cc]omrade|[Ss]enator) |Sir |Lord )*"
)
# Between an office and the name behind it.
BESIDE = re.compile(rf"(?:-elect)? (?:and [a-z]+ |is |was )?{RANK}$|, {RANK}$| \({RANK}$")
# Between a name and the office behind it: ", the", "as", "who became".
BEHIND = re.compile(
    r"(?: \([^()]{1,20}\))?(?:,|\)| -)?(?: (?:who|then|now|also|and|the|his|her|its|an?|one|of|two|three|is|was|as|"
    r"been|became|becomes|stays|remains?|appointed|named|acting|outgoing|incoming|former|late|longtime|long-time|then-|"
    r"[a-z]+'s))* ?$|[^.;]{0,50} as (?:the |an? |its |his |her )?$"
)
OF_OR_IN = re.compile(r" (?:of|in) (?:the )?$")
NOT_NOW = re.compile(r"\b(?:former|ex|then|late|previous|deputy|vice|assistant|under|next|future|would-be)[ -]$")
THE = re.compile(r"\b(?:[Tt]he|[Ii]ts) $")
AND = re.compile(r"(?:'s?)?(?: and |-|/| & )(?:the )?|'s? [a-z]+ and ")  # between two states in one breath
SAYS = re.compile(r"\b(?:said|says?|told|announc\w+|stat\w+|confirm\w+)\b")
NEAR = 600  # characters: further back than a sentence begins, or than "his" reaches
CONFLICT = re.compile(
    r" (?:of|in|to) (?:the|this|that|any) (?:[a-z]+ )?(?:front|war|conflict|border|strait|table|aisle|line)"
)


def office(article: Article, at: int, atom: Atom) -> None:
    """An office: of the person named beside it, else of who held it on the day, else of whom it meant before."""
    owner = article.owner(at)
    start = min(atom.start, owner.start) if owner else atom.start
    end = max(atom.end, owner.end) if owner else atom.end
    titles, country = atom.meaning.post.split("|"), owner.meaning.actor if owner else atom.meaning.actor
    person = _fitting(article, _beside(article, at, start, end), titles, country)
    if person:
        return _resolve(article, start, end, person, owner, titles[0])
    if any(NOT_NOW.search(article.text, max(0, before - 12), before) for before in (start, atom.start)):
        return None
    if country:
        for title in titles:
            if person := article.holder(title, country):
                return _resolve(article, start, end, person, owner, title)
    elif " of the " in atom.surface:
        person = _sole(article, titles)
    elif THE.search(article.text, max(0, start - 5), start):
        person = _in_play(article, titles) or _sole(article, titles)
    return _resolve(article, start, end, person, owner, titles[0]) if person else None


def noun(article: Article, at: int, atom: Atom) -> None:
    """A noun alone, such as "minister" or "ministry": one that was named before."""
    word, owner = atom.meaning.post, article.owner(at)
    start, country = min(atom.start, owner.start) if owner else atom.start, owner.meaning.actor if owner else ""
    fits = lambda term: surfaces.head(term.office) == word and country in ("", term.country)  # noqa: E731
    for person in _beside(article, at, start, atom.end):
        if any(map(fits, article.gazetteer.careers.get(person, ()))):
            return _resolve(article, start, atom.end, person, owner, word)
    if NOT_NOW.search(article.text, max(0, atom.start - 12), atom.start):
        return None
    if owner:
        holding = {who for who in article.people if any(map(fits, article.terms(who)))}
        if len(holding) == 1:
            _resolve(article, start, atom.end, holding.pop(), owner, word)
    elif THE.search(article.text, max(0, atom.start - 5), atom.start):
        if person := _in_play(article, [word]):
            return _resolve(article, atom.start, atom.end, person, None, word)
        if word in surfaces.AGAIN and len(again := article.nouns[word] or _ministries(article, word)) == 1:
            article.add(atom.start, atom.end, *again, "desc")
    return None


def organ(article: Article, at: int, atom: Atom) -> None:
    """An institution of the country beside it; else the last so named; else the one the gazetteer gives that name."""
    owner, nouns = article.owner(at, OF_OR_IN), (atom.meaning.post or surfaces.key(atom.surface)).split("|")
    organs = article.gazetteer.organs
    actor = next((a for one in nouns if owner and (a := organs.get((one, owner.meaning.actor)))), "")
    if actor and article.text.startswith(" in ", atom.end) and owner.start > atom.end:
        return article.add(atom.start, atom.end, actor, "inst")
    if actor:
        article.nest(owner)
        return article.add(min(atom.start, owner.start), max(atom.end, owner.end), actor, "inst")
    if owner and not atom.meaning.actor:
        return None
    meant = {actor for (one, _), actor in organs.items() if one in nouns}
    named = meant & article.latest.keys()
    if len(named) == 1 and (atom.meaning.actor or THE.search(article.text, max(0, atom.start - 5), atom.start)):
        return article.add(atom.start, atom.end, named.pop(), "inst")
    return article.add(atom.start, atom.end, atom.meaning.actor, "inst") if atom.meaning.actor else None


def kin(article: Article, at: int, atom: Atom) -> None:
    """A counterpart, as in "his Chinese counterpart": who is named behind it, or holds the office for that country."""
    owner = article.owner(at)
    after = article.atoms[at + 1] if at + 1 < len(article.atoms) else None
    named = after and article.kind(after) == "person" and BESIDE.fullmatch(article.text, atom.end, after.start)
    person = after.meaning.actor if named else ""
    if owner and not person and article.persons:
        held = [term.office for term in article.terms(article.persons[-1][1])]
        peers = [peer for one in held for peer in article.gazetteer.peers.get(one, ())]
        person = next(filter(None, (article.holder(one, owner.meaning.actor) for one in (*held, *peers))), "")
    if person:
        if owner:
            article.nest(owner)
        article.add(owner.start if owner else atom.start, atom.end, person, "desc")
        article.people.add(person)


def own(article: Article, at: int, atom: Atom) -> None:
    """A possessive, as in "his country": that of the person named last, in the same paragraph."""
    last, person = article.persons[-1] if article.persons else (0, "")
    near = atom.start - last < NEAR and "\n" not in article.text[last : atom.start]
    if near and (country := article.country(person)):
        article.add(atom.start, atom.end, country, "desc")


def group(article: Article, at: int, atom: Atom) -> None:
    """A group, as in "both countries" or "the two ministers": the so many that are in play."""
    number, kind = atom.meaning.post.split("|")[0].split(" ", 1)
    count = int(number)
    if not count:
        return _holders(article, at, atom, kind)
    if kind not in ("state", "person") and (people := _beside(article, at, atom.start, atom.end)):
        return article.add(atom.start, atom.end, people[0], "role")
    named = _candidates(article, kind)
    start = max(0, atom.start - NEAR)
    begin = max(start - 1, *(article.text.rfind(stop, start, atom.start) for stop in (". ", "\n", "! ", "? ")))
    here = {who for _, who in named[bisect_left(named, (begin, "")) : bisect_left(named, (atom.start, ""))]}
    meant = sorted(here) if len(here) == count else _salient(article, named, count, kind)
    # "China sends no weapons to either side": who acts in the sentence is none of the two, unless it only speaks.
    speaks = SAYS.search(article.text, begin + 1, atom.start) or not atom.surface.lower().startswith(("either", "nei"))
    acts = len(here) == 1 and here < set(meant) and not speaks
    if not acts and not CONFLICT.match(article.text, atom.end):
        for actor in meant:
            article.add(atom.start, atom.end, actor, "desc")
    return None


def _resolve(article: Article, start: int, end: int, person: str, owner: Atom | None, title: str) -> None:
    if owner:
        article.nest(owner)
    article.add(start, end, person, "role")
    article.people.add(person)
    for word in {title, surfaces.head(title)}:
        article.titles[word].add(person)


def _beside(article: Article, at: int, start: int, end: int) -> list[str]:
    """Who is named right behind a title, or right before it with a comma or "as"; several of one surname, or nobody."""
    text = article.text
    after = next((one for one in article.atoms[at + 1 : at + 3] if one.start >= end), None)
    if after and BESIDE.fullmatch(text, end, after.start):
        if after.meaning.via == "surname":
            return article.gazetteer.surnames[after.surface]
        if article.kind(after) == "person":
            return [after.meaning.actor]
    for mention in reversed(article.found[-4:]):
        person = article.gazetteer.kinds.get(mention.actor) == "person"
        if person and mention.end <= start and BEHIND.fullmatch(text, mention.end, start):
            return [mention.actor]
    return []


def _fitting(article: Article, people: list[str], titles: list[str], country: str) -> str:
    """The one of the people beside an office who ever held it; somebody of no known office fits any."""
    fits = []
    for person in people:
        career = article.gazetteer.careers.get(person, ())
        held = any(term.office in titles and country in ("", term.country) for term in career)
        if held or (not career and len(people) == 1):
            fits.append(person)
    return fits[0] if len(fits) == 1 else ""


def _ministries(article: Article, word: str) -> set[str]:
    """The institutions of the ministers an article names: whose "the ministry" can be."""
    terms = [term for who in article.people for term in article.terms(who)]
    nouns = [(surfaces.key(term.office).replace("minister", word), term.country) for term in terms]
    return {actor for one in nouns if (actor := article.gazetteer.organs.get(one))}


def _in_play(article: Article, titles: list[str]) -> str:
    """Whom an office without its country means: the one person the article has named by it."""
    meant = set().union(*(article.titles[title] for title in titles))
    return meant.pop() if len(meant) == 1 else ""


def _sole(article: Article, titles: list[str]) -> str:
    """The holder of an office that only one country has."""
    countries = [country for title, country in article.gazetteer.terms if title in titles]
    return article.holder(titles[0], countries[0]) if len(countries) == 1 else ""


def _holders(article: Article, at: int, atom: Atom, title: str) -> None:
    """An office of two, as in "the Chinese and Russian defence ministers": the holder for each country."""
    if at < 2:
        return
    owners, text = article.atoms[at - 2 : at], article.text
    if AND.fullmatch(text, owners[0].end, owners[1].start) and OWNED.fullmatch(text, owners[1].end, atom.start):
        people = [article.holder(title, owner.meaning.actor) for owner in owners]
        if all(people):
            for owner, person in zip(owners, people, strict=True):
                article.nest(owner)
                _resolve(article, owners[0].start, atom.end, person, None, title)


def _candidates(article: Article, kind: str) -> list[tuple[int, str]]:
    """Whom a group of this kind can mean, by place: the states or people of the article, or those of one title."""
    if kind.startswith("organ "):
        return sorted((article.latest[who], who) for who in article.nouns[kind[6:]])
    if kind not in ("state", "person"):
        fits = lambda title: kind in (title, surfaces.head(title))  # noqa: E731
        return [(start, who) for start, who in article.persons[-50:] if any(fits(t.office) for t in article.terms(who))]
    if kind not in article.groups:
        found = [(atom.start, atom.meaning.actor) for atom in article.atoms if article.kind(atom) == kind]
        if kind == "state":
            people = [(start, article.country(who)) for start, who in _candidates(article, "person")]
            found = sorted([*found, *((start, country) for start, country in people if country)])
        article.groups[kind] = found
    return article.groups[kind]


def _salient(article: Article, named: list[tuple[int, str]], count: int, kind: str) -> list[str]:
    """The so many an article names most, if the next is named less often; of states the pair named in one breath."""
    if (kind, count) in article.groups:
        return article.groups[kind, count]
    ranked = Counter(actor for _, actor in named).most_common()
    clear = len(ranked) == count or (len(ranked) > count == 2 and ranked[2][1] < ranked[1][1])
    meant = sorted(actor for actor, _ in ranked[:count]) if clear else []
    if kind == "state" and count == 2:
        meant = _couple(article, [actor for actor, _ in ranked]) or meant
    if kind in ("state", "person"):
        article.groups[kind, count] = meant
    return meant


def _couple(article: Article, ranked: list[str]) -> list[str]:
    """The two states of those named most that an article most often names in one breath: "Russia and China"."""
    couples = Counter(
        tuple(sorted((one.meaning.actor, two.meaning.actor)))
        for one, two in pairwise(article.atoms)
        if one.meaning.actor in ranked[:4]
        and two.meaning.actor in ranked[:4]
        and one.meaning.actor != two.meaning.actor
        and AND.fullmatch(article.text, one.end, two.start)
    )
    # Of couples named equally often the first: the beginning says what the article is about.
    couple, times = next(iter(couples.most_common(1)), ((), 0))
    return list(couple) if times > 1 or set(couple) <= set(ranked[:3]) else []


Rule = Callable[[Article, int, Atom], None]
RULES: dict[str, Rule] = {"office": office, "head": noun, "organ": organ, "kin": kin, "own": own, "group": group}
