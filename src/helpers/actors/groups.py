"""Find whom "both countries" and "the two ministers" mean: those in play in a sentence, else in its article."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from .gazetteer import PATTERN, Group, head

if TYPE_CHECKING:
    from .resolve import Article

COUPLE = Group(2, "state")


def members(article: "Article", at: int, begin: int, meant: Group) -> tuple[set[str], list[str]]:
    """Find who is named near, from `begin` to the group that is atom `at`, and its members; nobody if unclear."""
    if not (candidates := _candidates(article, meant)):
        return set(), []
    first, last = (bisect_left(candidates, (place, "")) for place in (begin, article.atoms[at].start))
    near = {who for _, who in candidates[first:last]}
    if len(near) == meant.count:
        return near, sorted(near)
    if meant.kind == "person" and not last:
        return near, []
    return near, (_told(article, at) if meant == COUPLE else []) or _salient(article, candidates, meant)


def _candidates(article: "Article", meant: Group) -> list[tuple[int, str]]:
    """Whom a group can mean, by place: the states or people of the article, or those of one title."""
    if meant.kind == "organ":
        return sorted((article.latest[who], who) for who in article.nouns[meant.noun])
    if meant.kind == "office":
        fits = lambda term: meant.noun in (term.office, head(term.office))  # noqa: E731
        named = article.persons[-50:]
        able = {who for who in {who for _, who in named} if any(map(fits, article.terms(who)))}
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
    """The so many an article names most, if the next is named less often; of states the pair named in one breath."""
    if meant in article.groups:
        return article.groups[meant]
    count, ranked = meant.count, Counter(actor for _, actor in candidates).most_common()
    clear = len(ranked) == count or (len(ranked) > count == 2 and ranked[2][1] < ranked[1][1])
    members = sorted(actor for actor, _ in ranked[:count]) if clear else []
    if meant == COUPLE:  # of couples named equally often the first: the beginning says what the article is about
        most = {actor for actor, _ in ranked[:4]}
        couples = Counter(pair for pair in _couples(article, 0, len(article.atoms)) if most.issuperset(pair))
        members = list(max(couples, key=couples.__getitem__, default=members))
    if not meant.noun:
        article.groups[meant] = members
    return members


def _couples(article: "Article", first: int, last: int) -> Iterator[tuple[str, ...]]:
    """Each two states that atoms name in one breath: "Russia and China", but not the last two of a longer list."""
    text, kinds, before = article.text, article.gazetteer.kinds, 0
    for one, two in pairwise(article.atoms[first:last]):
        pair = {one.meaning.actor, two.meaning.actor}
        states = len(pair) == 2 and all(kinds.get(who) == "state" for who in pair)
        listed = one.start - before == len(", ")
        if states and not listed and PATTERN["and"].fullmatch(text, one.end, two.start):
            yield tuple(sorted(pair))
        before = one.end


def _told(article: "Article", at: int) -> list[str]:
    """The two states an article told of most often before an atom, in one breath or as two; of several the last."""
    for pair in _couples(article, article.groups.get("told", 1) - 1, at):
        tell(article, pair)
    article.groups["told"] = max(at, 1)
    couples = article.groups.get("couples", {})
    return list(max(reversed(couples), key=couples.__getitem__, default=()))


def tell(article: "Article", pair: Collection[str]) -> None:
    """Count a couple, and make it the last one told of."""
    couples, pair = article.groups.setdefault("couples", {}), tuple(sorted(pair))
    couples[pair] = couples.pop(pair, 0) + 1
