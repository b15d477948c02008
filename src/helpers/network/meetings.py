"""From mentions to who is named with whom: pairs held against chance, with intervals, and compared between groups."""

import re
from collections import Counter

import numpy as np
import pandas as pd

from .. import InputError, stats
from ..language.words import ENGLISH

UNITS = {"sentence": ["doc", "sent"], "paragraph": ["doc", "para"], "article": ["doc"]}
PAIRS = ["first", "second", "together", "articles", "expected", "npmi", "p", "q"]
CONTRAST = ["first", "second", "one", "other", "difference", "low", "high", "p", "q"]
BEFORE = re.compile(r"\b(?:to|will|would|can|could|should|must|may|might) ([a-z]{3,})\b")
OWN = "own voice"  # as `sentiment` names it
FORM = re.compile(r"\b[a-z]{3,}\b")


def appearances(mentions: pd.DataFrame, sentences: pd.DataFrame, *, unit: str = "sentence") -> pd.DataFrame:
    """One row for each actor in each unit it is named in: doc, the unit's number, actor.

    Left out are names inside longer names, capitals that are only places, and groups such as "both countries", which
    would make their members meet in one word. `unit` is sentence, paragraph or article.
    """
    keys = _keys(unit)
    group = mentions[(mentions.via == "desc") & ~mentions.nested].duplicated(["doc", "start", "end"], keep=False)
    counted = mentions[~mentions.nested & (mentions.via != "loc") & ~group.reindex(mentions.index, fill_value=False)]
    counted = counted.merge(sentences[["doc", "sent", "para"]], on=["doc", "sent"], validate="many_to_one")
    return counted[[*keys, "actor"]].drop_duplicates().reset_index(drop=True)


def units(sentences: pd.DataFrame, unit: str = "sentence") -> pd.Series:
    """How many units each article has, by doc."""
    return sentences[_keys(unit)].drop_duplicates().groupby("doc").size().rename("units")


def pairs(appearances: pd.DataFrame, units: pd.Series, *, least: int = 2) -> pd.DataFrame:
    """Pairs of actors named in one unit, held against chance.

    Takes `appearances` and the units of every article, named or not. Returns first, second, together (units),
    articles, expected (articles by chance), npmi (-1 to 1), p (binomial) and q (p for many comparisons). Pairs in fewer
    than `least` articles are left out, so that one article can not make an edge. Sorted by articles, then NPMI.

    By chance two actors share a unit of an article if both are in it, each as often as articles name it, and if two of
    the units in which it is then named fall together. That articles differ in length is part of it.
    """
    coded, names = pd.factorize(appearances.actor, sort=True)
    table = _together(appearances, coded, len(names))
    first, second = table["first"].to_numpy(), table["second"].to_numpy()
    times, found = np.bincount(coded, minlength=len(names)), _articles(appearances, coded)
    articles = found.groupby("actor").size().reindex(range(len(names)), fill_value=0).to_numpy()
    room = found.doc.map(units).groupby(found.actor).sum().reindex(range(len(names)), fill_value=1).to_numpy()
    rate = times / np.maximum(room, 1)
    table["npmi"] = stats.npmi(table.together, times[first], times[second], int(units.sum()))
    both = articles[first] * articles[second] / max(1, len(units)) ** 2
    table["expected"] = len(units) * both * _meeting(rate[first] * rate[second], units)
    table["p"] = stats.tail(table.articles, table.expected / max(1, len(units)), len(units))
    table["q"] = stats.adjusted(table.p.to_numpy(float))
    table["first"], table["second"] = names[first], names[second]
    table = table[table.articles >= least]
    order = ["articles", "npmi", "first", "second"]
    return table.sort_values(order, ascending=[False, False, True, True], ignore_index=True)[PAIRS]


def intervals(
    pairs: pd.DataFrame, appearances: pd.DataFrame, units: pd.Series, *, seed: int, draws: int = 500
) -> pd.DataFrame:
    """`pairs` with low and high: the 95 % interval of NPMI, by resampling articles."""
    docs = units.index
    weights = np.random.default_rng(seed).multinomial(len(docs), np.full(len(docs), 1 / max(1, len(docs))), size=draws)
    total = weights @ units.to_numpy()
    counts = {who: weights @ _by_doc(rows, docs) for who, rows in appearances.groupby("actor")}
    ends = []
    for row in pairs.itertuples():
        together = weights @ _by_doc(_shared(appearances, row.first, row.second), docs)
        drawn = stats.npmi(pd.Series(together), counts[row.first], counts[row.second], total)
        ends.append(np.nanquantile(drawn, [0.025, 0.975]))
    low, high = zip(*ends, strict=True) if ends else ((), ())
    return pairs.assign(low=np.array(low, float), high=np.array(high, float))


def contrast(
    appearances: pd.DataFrame, groups: pd.Series, one: object, other: object, *, least: int = 3
) -> pd.DataFrame:
    """How the company of pairs differs between two groups of articles: periods, or outlets.

    `groups` gives the group of each doc. Returns first, second, one and other (shares of the group's articles in which
    they meet), difference with low and high (95 %; Newcombe, 1998), p (Fisher's exact test) and q. Pairs that meet in
    fewer than `least` articles of both together are left out. Sorted by q, then by size of the difference.
    """
    rows = appearances.assign(group=appearances.doc.map(groups))
    ones, others = int((groups == one).sum()), int((groups == other).sum())
    counted = []
    for name in (one, other):
        part = rows[rows.group == name].drop(columns="group")
        coded, names = pd.factorize(part.actor, sort=True)
        met = _together(part, coded, len(names))
        met["first"], met["second"] = names[met["first"]], names[met["second"]]
        counted.append(met.set_index(["first", "second"]).articles)
    table = pd.concat(counted, axis=1, keys=["one", "other"]).fillna(0).astype(int).reset_index()
    table = table[(table.one + table.other >= least) & (min(ones, others) > 0) & (one != other)].reset_index(drop=True)
    table["p"] = stats.fisher(table.one, table.other, ones, others)
    table["q"] = stats.adjusted(table.p.to_numpy(float))
    table["low"], table["high"] = stats.newcombe(table.one, table.other, ones, others)
    table["one"], table["other"] = table.one / max(1, ones), table.other / max(1, others)
    table["difference"] = table.one - table.other
    order = table.assign(size=-table.difference.abs()).sort_values(["q", "size", "first", "second"])
    return order[CONTRAST].reset_index(drop=True)


def contrasts(appearances: pd.DataFrame, groups: pd.Series, *, least: int = 3) -> pd.DataFrame:
    """`contrast` of every group against all others, with a column `group`; q counts all of them together."""
    parts = [
        contrast(appearances, groups == name, True, False, least=least).assign(group=name)
        for name in sorted(groups.unique())
        if groups.nunique() > 1
    ]
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*CONTRAST, "group"])
    table["q"] = stats.adjusted(table.p.to_numpy(float))
    order = table.assign(size=-table.difference.abs()).sort_values(["q", "size", "group", "first", "second"])
    return order[["group", *CONTRAST]].reset_index(drop=True)


def shares(appearances: pd.DataFrame, groups: pd.Series, actors: list[str], *, last: int = 0) -> pd.DataFrame:
    """The share of each group's articles that name each actor: a row an actor, a column a group, in order.

    `groups` gives the group of each doc, a period or an outlet; `last` keeps only so many groups from the end.
    """
    sizes = groups.value_counts().sort_index()
    sizes = sizes.tail(last) if last else sizes
    named = appearances.drop_duplicates(["doc", "actor"])
    counts = pd.crosstab(named.actor, named.doc.map(groups.to_dict()))
    counts = counts.reindex(index=list(actors), columns=sizes.index)
    return counts.fillna(0) / sizes


def shared(appearances: pd.DataFrame, sentences: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """The rows of `sentences` whose unit names both actors."""
    keys = [column for column in appearances if column != "actor"]
    return sentences.merge(_shared(appearances, first, second), on=keys, validate="many_to_one")


def companies(
    pairs: pd.DataFrame, appearances: pd.DataFrame, sentences: pd.DataFrame, scored: pd.DataFrame, verbs: frozenset[str]
) -> pd.DataFrame:
    """The kind of company of each pair: the commonest verbs of the sentences they share, and their mean sentiment.

    `scored` has parts of sentences (doc, sent, voice, score, words), `verbs` the forms to count. Returns, on the index
    of `pairs`, verbs (three, joined by ", ") and own and others: means by voice, each part counting by its words.
    """
    parts = scored.assign(weight=scored.score * scored.words, side=np.where(scored.voice == OWN, "own", "others"))
    rows = []
    for pair in pairs.itertuples():
        both = shared(appearances, sentences, pair.first, pair.second)
        counts = Counter(form for text in both.text for form in set(FORM.findall(text)) if form in verbs)
        ranked = sorted(counts, key=lambda verb: (-counts[verb], verb))[:3]
        sums = parts.merge(both[["doc", "sent"]], on=["doc", "sent"]).groupby("side")[["weight", "words"]].sum()
        means = (sums.weight / sums.words).reindex(["own", "others"])
        rows.append((", ".join(ranked), *means))
    return pd.DataFrame(rows, columns=["verbs", "own", "others"], index=pairs.index)


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


def _keys(unit: str) -> list[str]:
    if unit not in UNITS:
        raise InputError(f"unit is {unit!r}; it can be {', '.join(UNITS)}")
    return UNITS[unit]


def _articles(appearances: pd.DataFrame, coded: np.ndarray) -> pd.DataFrame:
    """One row for each article and actor (as a number) it names."""
    return pd.DataFrame({"doc": appearances.doc.to_numpy(), "actor": coded}).drop_duplicates()


def _together(appearances: pd.DataFrame, coded: np.ndarray, actors: int) -> pd.DataFrame:
    """One row a pair of actor numbers, first below second: units and articles in which they are together."""
    keys = [column for column in appearances if column != "actor"]
    unit = appearances.groupby(keys, sort=False).ngroup().to_numpy()
    doc = pd.factorize(appearances.doc)[0]
    order = np.lexsort((coded, unit))
    unit, doc, who = unit[order], doc[order], coded[order].astype(np.int64)
    size = np.bincount(unit) if len(unit) else np.zeros(0, int)
    behind = np.cumsum(size)[unit] - np.arange(len(unit)) - 1 if len(unit) else np.zeros(0, int)
    left = np.repeat(np.arange(len(unit)), behind)
    step = np.arange(len(left)) - np.repeat(np.cumsum(behind) - behind, behind) + 1
    pair = who[left] * actors + who[left + step]
    table = pd.DataFrame({"pair": pair, "doc": doc[left]})
    counts = table.groupby("pair").doc.agg(together="size", articles="nunique").reset_index()
    first, second = np.divmod(counts.pop("pair").to_numpy(np.int64), max(1, actors))
    return counts.assign(first=first, second=second)


def _meeting(rate: np.ndarray, units: pd.Series) -> np.ndarray:
    """The chance that two actors fall into one unit of an article that names both, over the articles' lengths."""
    if not len(units) or not len(rate):
        return np.zeros(len(rate))
    lengths = np.quantile(units, (np.arange(20) + 0.5) / 20)
    return np.mean([1 - (1 - np.minimum(rate, 1)) ** length for length in lengths], axis=0)


def _shared(appearances: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    keys = [column for column in appearances if column != "actor"]
    one, other = (appearances.loc[appearances.actor == who, keys] for who in (first, second))
    return one.merge(other, on=keys, validate="one_to_one")


def _by_doc(rows: pd.DataFrame, docs: pd.Index) -> np.ndarray:
    """How many of the rows each article has."""
    return rows.doc.value_counts().reindex(docs, fill_value=0).to_numpy()
