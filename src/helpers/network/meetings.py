"""From mentions to who is named with whom: pairs held against chance, with intervals, and compared between groups."""

import re
from collections import Counter

import numpy as np
import pandas as pd

from .. import stats
from ..language.words import ENGLISH

ENDS = ["first", "second"]  # of a pair
UNITS = {"sentence": ["doc", "sent"], "paragraph": ["doc", "para"], "article": ["doc"]}
PAIRS = ["first", "second", "together", "articles", "expected", "npmi", "p", "q"]
CONTRAST = ["first", "second", "articles", "one", "other", "difference", "low", "high", "p", "q"]
BEFORE = re.compile(r"\b(?:to|will|would|can|could|should|must|may|might) ([a-z]{3,})\b")
FORM = re.compile(r"\b[a-z]{3,}\b")


def appearances(mentions: pd.DataFrame, sentences: pd.DataFrame, *, unit: str = "sentence") -> pd.DataFrame:
    """One row for each actor in each unit it is named in: doc, the unit's number, actor.

    Left out are names inside longer names, capitals that are only places, and groups such as "both countries", which
    would make their members meet in one word. `unit` is one of UNITS.
    """
    group = mentions[(mentions.via == "desc") & ~mentions.nested].duplicated(["doc", "start", "end"], keep=False)
    counted = mentions[~mentions.nested & (mentions.via != "loc") & ~group.reindex(mentions.index, fill_value=False)]
    counted = counted.merge(sentences[["doc", "sent", "para"]], on=["doc", "sent"], validate="many_to_one")
    return counted[[*UNITS[unit], "actor"]].drop_duplicates().reset_index(drop=True)


def units(sentences: pd.DataFrame, unit: str = "sentence") -> pd.Series:
    """How many units each article has, by doc."""
    return sentences[UNITS[unit]].drop_duplicates().groupby("doc").size().rename("units")


def pairs(appearances: pd.DataFrame, units: pd.Series, *, min_meetings: int = 2) -> pd.DataFrame:
    """Pairs of actors named in one unit, held against chance.

    Takes `appearances` and the units of every article, named or not. Returns first, second, together (units),
    articles, expected (articles by chance), npmi (-1 to 1), p (binomial) and q (p for many comparisons). Pairs in fewer
    than `min_meetings` articles are left out, so that one article can not make an edge. Sorted by articles, then NPMI.

    By chance two actors share a unit of an article if both are in it, each as often as articles name it, and if two of
    the units in which it is then named fall together. That articles differ in length is part of it.
    """
    table = _together(appearances).reset_index()
    named = appearances[["doc", "actor"]].drop_duplicates()
    actors = named.doc.map(units).groupby(named.actor).agg(articles="size", room="sum")
    actors = actors.assign(times=appearances.actor.value_counts()).astype(float)
    one, two = (actors.reindex(table[end]).reset_index() for end in ENDS)
    table["npmi"] = stats.npmi(table.together, one.times, two.times, int(units.sum()))
    both = one.articles * two.articles / max(1, len(units)) ** 2
    rate = one.times / np.maximum(one.room, 1) * (two.times / np.maximum(two.room, 1))
    table["expected"] = len(units) * both * _meeting(rate.to_numpy(), units)
    table["p"] = stats.tail(table.articles, table.expected / max(1, len(units)), len(units))
    table["q"] = stats.adjusted(table.p.to_numpy(float))
    order, up = ["articles", "npmi", *ENDS], [False, False, True, True]
    return table[table.articles >= min_meetings].sort_values(order, ascending=up, ignore_index=True)[PAIRS]


def met(appearances: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """One row for each unit in which a pair meets: `pair`, its index in `pairs`, and the columns of the unit."""
    keys = [column for column in appearances if column != "actor"]
    one, other = (appearances.rename(columns={"actor": end}) for end in ENDS)
    ends = pairs[ENDS].rename_axis("pair").reset_index()
    return ends.merge(one, on="first").merge(other, on=["second", *keys])[["pair", *keys]]


def shared(appearances: pd.DataFrame, sentences: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """The rows of `sentences` in whose unit a pair meets, with `pair` before them."""
    both = met(appearances, pairs)
    return both.merge(sentences, on=[column for column in both if column != "pair"])


def intervals(
    pairs: pd.DataFrame, appearances: pd.DataFrame, units: pd.Series, *, seed: int, draws: int = 500
) -> pd.DataFrame:
    """`pairs` with low and high: the 95 % interval of NPMI, by resampling articles."""
    if pairs.empty:
        return pairs.assign(low=pairs.npmi, high=pairs.npmi)
    docs, both = units.index, met(appearances, pairs)
    weights = np.random.default_rng(seed).multinomial(len(docs), np.full(len(docs), 1 / max(1, len(docs))), size=draws)
    some = appearances[appearances.actor.isin({*pairs["first"], *pairs["second"]})]
    of = pd.crosstab(some.doc, some.actor).reindex(docs, fill_value=0)
    together = pd.crosstab(both.doc, both.pair).reindex(index=docs, columns=pairs.index, fill_value=0)
    counts = of[pairs["first"]], of[pairs["second"]], together
    first, second, drawn = (weights.astype(float) @ count.to_numpy(float) for count in counts)
    measure = stats.npmi(pd.DataFrame(drawn), first, second, (weights @ units.to_numpy())[:, None])
    low, high = np.nanquantile(measure.to_numpy(float), [0.025, 0.975], axis=0)
    return pairs.assign(low=low, high=high)


def contrast(
    appearances: pd.DataFrame, groups: pd.Series, one: object, other: object, *, min_meetings: int = 3
) -> pd.DataFrame:
    """How the company of pairs differs between two groups of articles: periods, or outlets.

    `groups` gives the group of each doc. Returns first, second, articles, one and other (shares of the group's articles
    in which they meet), difference with low and high (95 %; Newcombe, 1998), p (Fisher's exact test) and q. Pairs that
    meet in fewer than `min_meetings` articles of both are left out. Sorted by q, then by size of the difference.
    """
    group = appearances.doc.map(groups)
    ones, others = int((groups == one).sum()), int((groups == other).sum())
    counted = [_together(appearances[group == name]).articles for name in (one, other)]
    table = pd.concat(counted, axis=1, keys=["one", "other"]).fillna(0).astype(int).reset_index()
    table["articles"] = table.one + table.other
    table = table[(table.articles >= min_meetings) & (min(ones, others) > 0) & (one != other)]
    table["p"] = stats.fisher(table.one, table.other, ones, others)
    table["low"], table["high"] = stats.newcombe(table.one, table.other, ones, others)
    table["one"], table["other"] = table.one / max(1, ones), table.other / max(1, others)
    return _by_surprise(table.assign(difference=table.one - table.other), [])


def contrasts(appearances: pd.DataFrame, groups: pd.Series, *, min_meetings: int = 3) -> pd.DataFrame:
    """`contrast` of every group against all others, with a column `group`; q counts all of them together."""
    names = sorted(groups.unique()) if groups.nunique() > 1 else []
    parts = [contrast(appearances, groups == name, True, False, min_meetings=min_meetings) for name in names]
    named = [part.assign(group=name) for part, name in zip(parts, names, strict=True)]
    none = pd.DataFrame(columns=[*CONTRAST, "group"])
    return _by_surprise(pd.concat(named, ignore_index=True) if named else none, ["group"])


def shares(appearances: pd.DataFrame, groups: pd.Series, actors: list[str], *, last: int = 0) -> pd.DataFrame:
    """The share of each group's articles that name each actor: a row an actor, a column a group, in order.

    `groups` gives the group of each doc, a period or an outlet; `last` keeps only so many groups from the end.
    """
    sizes = groups.value_counts().sort_index().tail(last or len(groups))
    named = appearances.drop_duplicates(["doc", "actor"])
    counts = pd.crosstab(named.actor, named.doc.map(groups.to_dict()))
    return counts.reindex(index=list(actors), columns=sizes.index).fillna(0) / sizes


def kinds(both: pd.DataFrame, scored: pd.DataFrame, verbs: frozenset[str]) -> pd.DataFrame:
    """The kind of company of each pair: the commonest verbs of the sentences they share, and their mean sentiment.

    Takes `shared` sentences, their parts with scores (doc, sent, voice, words, vader) and the verb forms to count.
    Returns by pair verbs (three, joined by ", "), own and quoted: means by voice, each part counting by its words.
    """
    forms = both.text.map(lambda text: verbs.intersection(FORM.findall(text)))
    counts = forms.explode().groupby(both.pair).value_counts().rename("times").reset_index()
    ranked = counts.sort_values(["pair", "times", "text"], ascending=[True, False, True]).groupby("pair").head(3)
    parts = scored.assign(weight=scored.vader * scored.words).merge(both[["pair", "doc", "sent"]], on=["doc", "sent"])
    sums = parts.groupby(["pair", "voice"])[["weight", "words"]].sum()
    means = (sums.weight / sums.words).unstack().reindex(columns=["own", "quoted"])
    found = pd.DataFrame(index=both.pair.unique()).join(ranked.groupby("pair").text.agg(", ".join).rename("verbs"))
    return found.fillna({"verbs": ""}).join(means)


def verbs(sentences: pd.DataFrame) -> frozenset[str]:
    """The verb forms of a corpus: forms in -s, -ed and -ing of what stands behind "to", "will" and the like."""
    bases = Counter(base for text in sentences.text for base in BEFORE.findall(text))
    forms = Counter(form for text in sentences.text for form in FORM.findall(text))
    found = set(ENGLISH["past"])
    for base, times in bases.items():
        if times >= 2:
            stem = base.removesuffix("e")
            past = {f"{stem}ed", f"{base}{base[-1]}ed", f"{re.sub('y$', 'i', base)}ed"}
            found |= {form for form in (*past, f"{stem}ing", f"{base}{base[-1]}ing") if form in forms}
    return frozenset(found.difference(ENGLISH["empty verbs"]))


def _by_surprise(table: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Contrasts with q for all of them together, the least likely first, of these the largest."""
    table = table.assign(q=stats.adjusted(table.p.to_numpy(float)), size=-table.difference.abs())
    return table.sort_values(["q", "size", *by, "first", "second"], ignore_index=True)[[*by, *CONTRAST]]


def _together(appearances: pd.DataFrame) -> pd.DataFrame:
    """Units and articles in which two are together, by first and second, the first below the second."""
    keys = [column for column in appearances if column != "actor"]
    unit = appearances.groupby(keys, sort=False).ngroup().to_numpy()
    one, other = (appearances[["doc", "actor"]].assign(unit=unit).rename(columns={"actor": end}) for end in ENDS)
    both = one.merge(other.drop(columns="doc"), on="unit")
    both = both[both["first"] < both.second].assign(doc=lambda rows: pd.factorize(rows.doc)[0])
    return both.groupby(ENDS).doc.agg(together="size", articles="nunique")


def _meeting(rate: np.ndarray, units: pd.Series) -> np.ndarray:
    """The chance that two actors fall into one unit of an article that names both, over the articles' lengths."""
    if not len(units) or not len(rate):
        return np.zeros(len(rate))
    lengths = np.quantile(units, (np.arange(20) + 0.5) / 20)
    return np.mean([1 - (1 - np.minimum(rate, 1)) ** length for length in lengths], axis=0)
