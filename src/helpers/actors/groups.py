"""Find whom "both countries" and "the two ministers" mean: those in play in a sentence, else in its article."""

from bisect import bisect_left
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from .gazetteer import PATTERN, Group, head

if TYPE_CHECKING:
    from .resolve import Article

COUPLE = Group(2, "state")


def members(article: "Article", at: int, begin: int, meant: Group) -> tuple[set[str], list[str]]:
    """Find who is named near, from `begin` to the group that is atom `at`, and its members; nobody if unclear."""
    candidates = _candidates(article, meant)
    first, last = (bisect_left(candidates, (place, "")) for place in (begin, article.atoms[at].start))
    near = {who for _, who in candidates[first:last]}
    found = sorted(near) if len(near) == meant.count else []
    if meant == COUPLE:  # of those told of equally often before the last
        told = _couples(article, "told", at)
        found = found or list(max(reversed(told), key=told.__getitem__, default=()))
    return near, found or (_salient(article, candidates, meant) if last or meant.kind != "person" else [])


def _candidates(article: "Article", meant: Group) -> list[tuple[int, str]]:
    """Whom a group can mean, by place: the states or people of the article, or those of one title."""
    if meant.kind == "organ":
        return sorted((article.latest[who], who) for who in article.nouns[meant.noun])
    if meant.kind == "office":
        named = article.persons[-50:]
        terms = ((who, term.office) for who in {who for _, who in named} for term in article.terms(who))
        able = {who for who, office in terms if meant.noun in (office, head(office))}
        return [one for one in named if one[1] in able]
    if meant.kind not in article.groups:
        kinds = article.gazetteer.kinds
        places = [(start, who[0]) for start, _, _, who in article.atoms if kinds.get(who[0]) == meant.kind]
        if meant.kind == "state":
            people = _candidates(article, Group(0, "person"))
            countries = {who: country for who in {who for _, who in people} if (country := article.country(who))}
            places = sorted([*places, *((start, countries[who]) for start, who in people if who in countries)])
        article.groups[meant.kind] = places
    return article.groups[meant.kind]


def _salient(article: "Article", candidates: list[tuple[int, str]], meant: Group) -> list[str]:
    """The so many an article names most, if the next is named less often."""
    if meant in article.groups:
        return article.groups[meant]
    count, ranked = meant.count, Counter(actor for _, actor in candidates).most_common()
    clear = len(ranked) == count or (len(ranked) > count == 2 and ranked[2][1] < ranked[1][1])
    members = sorted(actor for actor, _ in ranked[:count]) if clear else []
    if meant == COUPLE:  # of those in the whole article the first, as the beginning says what it is about
        told, most = _couples(article, "all", len(article.atoms)), {actor for actor, _ in ranked[:4]}
        members = list(max(filter(most.issuperset, told), key=told.__getitem__, default=members))
    if not meant.noun:
        article.groups[meant] = members
    return members


def _couples(article: "Article", name: str, last: int) -> dict[tuple[str, ...], int]:
    """Count each two states named in one breath up to an atom, "Russia and China" but not the end of a longer list."""
    before, kinds, (first, told) = 0, article.gazetteer.kinds, article.groups.get(name, (1, {}))
    for one, two in pairwise(article.atoms[first - 1 : last]):
        near = two.start - one.end < 30 and one.start - before != len(", ")  # a word and "and the" take less
        joined = near and PATTERN["and"].fullmatch(article.text, one.end, two.start)
        pair = tuple(sorted({one.meaning.actor, two.meaning.actor})) if joined else ()
        if len(pair) == 2 and all(kinds.get(who) == "state" for who in pair):
            told[pair] = (told.pop(pair, 0) if name == "told" else told.get(pair, 0)) + 1
        before = one.end
    article.groups[name] = max(last, first), told
    return told
