"""From mentions to who is named with whom: pairs held against chance, and told from neighbours in a text."""

import re
from collections import Counter
from itertools import product

import numpy as np
import pandas as pd

from .. import stats
from ..corpus import grouping
from ..language.words import ENGLISH

ENDS = ["first", "second"]  # of a pair
UNITS = {"sentence": ["doc", "sent"], "paragraph": ["doc", "para"], "article": ["doc"]}
PAIRS = ["first", "second", "together", "articles", "expected", "npmi", "p", "q"]
EVENTS = 3  # that must bring two together, where there are so many
LIST = 3  # actors from which on it is a list, where no more than commas, "and" or figures part them
NEARLY = 0.75  # of the sentences of a pair: names that stand side by side in so many are one
PART = 2 / 3  # of the sentences of a name: what stands beside another in so many is hardly ever elsewhere
GAP = 40  # letters between names side by side, at most
BEFORE = re.compile(r"\b(?:to|will|would|can|could|should|must|may|might) ([a-z]{3,})\b")
WITHIN = r"\b(?:of|for|on|at|the|to|de|du|del|da|di|la|le|van|von|al|s)\b|\b[a-z]{0,3}[A-Z]\w*"
JOINED = rf"(?:\W|\band\b|{WITHIN})*"  # between parts of a name, or two names: "Russia and China"
ONE = rf"(?:[^\w,;:&\"“”—]|{WITHIN})*|{JOINED}[(\[]"  # between parts of one name: "Bank of China", "Agency (EPA)"
LISTED = re.compile(
    r"(?=\s*$|.*(?:[\d,;:&(/–—]|\b(?:and|or|nor|plus|then)\b))"
    r"(?:[\W\d]|\b(?:and|or|nor|plus|then|the|as|well|both|also|including|such|like|namely|s)\b|\b[A-Z]\w*)*", re.DOTALL
)  # fmt: skip
FORM = re.compile(r"\b[a-z]{3,}\b")


def counted(mentions: pd.DataFrame) -> pd.DataFrame:
    """The mentions that count as naming an actor.

    Left out are names inside longer names, capitals that are only places, and groups such as "both countries", which
    would make their members meet in one word.
    """
    group = mentions[(mentions.via == "desc") & ~mentions.nested].duplicated(["doc", "start", "end"], keep=False)
    return mentions[~mentions.nested & (mentions.via != "loc") & ~group.reindex(mentions.index, fill_value=False)]


def appearances(mentions: pd.DataFrame, sentences: pd.DataFrame, *, unit: str = "sentence") -> pd.DataFrame:
    """One row for each actor in each unit it is named in: doc, the unit's number, actor. `unit` is one of UNITS."""
    found = counted(mentions).merge(sentences[["doc", "sent", "para"]], on=["doc", "sent"], validate="many_to_one")
    return found[[*UNITS[unit], "actor"]].drop_duplicates().reset_index(drop=True)


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


def company(
    pairs: pd.DataFrame, appearances: pd.DataFrame, mentions: pd.DataFrame, documents: pd.DataFrame, known: set[str]
) -> pd.DataFrame:  # fmt: skip
    """The `pairs` that keep company and are no mere neighbours in a text, with `events`: how many bring them together.

    Left out are pairs of fewer than EVENTS events, and pairs mostly in lists, or no more than by chance out of lists.
    So are parts of one name, unless both are `known`: side by side in nearly all sentences, with no more than "of" or a
    bracket between them, or one of them hardly ever elsewhere.
    """
    texts = documents.set_index("doc").text.to_dict()
    spots = _runs(counted(mentions), texts)
    beside = _beside(pairs, spots, texts)
    listed = beside.groupby(["pair", "doc"]).listed.all()
    rows = met(appearances, pairs)[["pair", "doc"]].drop_duplicates()
    rows = rows[~pd.MultiIndex.from_frame(rows).isin(listed.index[listed])]
    facts = beside.groupby("pair")[["lists", "joined", "one"]].mean()
    facts = facts.assign(sentences=beside.pair.value_counts()).reindex(pairs.index)
    facts = facts.assign(articles=rows.pair.value_counts(), events=_events(rows, documents, mentions)).fillna(0)
    own = spots.drop_duplicates(["doc", "sent", "actor"]).actor.value_counts()
    part = facts.joined * facts.sentences >= PART * pairs[ENDS].map(own.to_dict().get).astype(float).min(axis=1)
    one = (facts.joined >= NEARLY) & ((facts.one >= NEARLY) | part) & ~pairs[ENDS].isin(known).all(axis=1)
    p = stats.tail(facts.articles, pairs.expected / max(1, len(documents)), len(documents))
    kept = (facts.events > 0) & (p < stats.SURE) & (facts.lists <= 0.5) & ~one
    return pairs.assign(events=facts.events.astype(int))[kept]


def akin(pairs: pd.DataFrame, actors: pd.DataFrame) -> pd.Series:
    """Whether one of a pair is named in the other's name, or by its initials: China in the Bank of China, the EPA.

    Two states are not, as Sudan and South Sudan. Takes `actors` (actor, kind, name, aliases); others are their ids.
    """
    aliases = actors.aliases.where(actors.kind != "person", "")  # a surname is not only one person's
    forms = dict(zip(actors.actor, (actors.name + "|" + aliases).str.split("|"), strict=True))
    states, found = set(actors.actor[actors.kind == "state"]), []
    for both in zip(pairs["first"], pairs.second, strict=True):
        names = product(*(forms.get(who, [who]) for who in both))
        found.append(not {*both} <= states and any(_short(*each) or _short(*each[::-1]) for each in names))
    return pd.Series(found, pairs.index, bool)


def shares(appearances: pd.DataFrame, groups: pd.Series, actors: list[str], order: list) -> pd.DataFrame:
    """How many articles of each group name each actor, a row an actor and group, those in their order.

    `groups` gives the group of each doc, a period or an outlet. Returns actor, group, times, articles (of the group),
    share, low and high (95 %; Wilson, 1927).
    """
    named = appearances[appearances.actor.isin(actors)].drop_duplicates(["doc", "actor"])
    counts = pd.crosstab(named.actor, named.doc.map(groups.to_dict())).reindex(index=list(actors), columns=order)
    rows = counts.fillna(0).rename_axis(index="actor", columns="group").stack().rename("times").reset_index()
    articles = rows.group.map(groups.value_counts()).to_numpy(float)
    low, high = stats.wilson(rows.times, articles)
    return rows.assign(articles=articles.astype(int), share=rows.times / articles, low=low, high=high)


def kinds(shared: pd.DataFrame, scored: pd.DataFrame, verbs: frozenset[str]) -> pd.DataFrame:
    """The kind of company of each pair: the commonest verbs of the sentences they share, and their mean sentiment.

    Takes shared sentences (pair, doc, sent, text), their parts with scores (doc, sent, voice, words, vader) and the
    verb forms to count. Returns by pair verbs (three, joined by ", "), own and quoted: means by voice, by words.
    """
    forms = shared.text.map(lambda text: verbs.intersection(FORM.findall(text))).explode()
    counts = forms.groupby(shared.pair).value_counts().rename("times").reset_index()
    counts = counts.sort_values(["pair", "times", "text"], ascending=[True, False, True])
    parts = scored.assign(weight=scored.vader * scored.words).merge(shared[["pair", "doc", "sent"]], on=["doc", "sent"])
    sums = parts.groupby(["pair", "voice"])[["weight", "words"]].sum()
    means = (sums.weight / sums.words).unstack().reindex(shared.pair.unique()).reindex(columns=["own", "quoted"])
    found = counts.groupby("pair").text.agg(lambda words: ", ".join(words[:3])).reindex(means.index).fillna("")
    return means.assign(verbs=found)


def verbs(sentences: pd.DataFrame) -> frozenset[str]:
    """The verb forms of a corpus: forms in -ed and -ing of what stands behind "to", "will" and the like."""
    bases = Counter(base for text in sentences.text for base in BEFORE.findall(text))
    forms = {form for text in sentences.text for form in FORM.findall(text)}
    often = [base for base, times in bases.items() if times >= 2]
    stems = [(base, base.removesuffix("e"), f"{base}{base[-1]}", re.sub("y$", "i", base)) for base in often]
    found = {f"{stem}{end}" for each in stems for stem in each for end in ("ed", "ing")}
    return frozenset(found & forms | set(ENGLISH["past"])) - set(ENGLISH["empty verbs"])


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


def _runs(spots: pd.DataFrame, texts: dict[str, str]) -> pd.DataFrame:
    """Mentions in their order, with `run`, by what is no more than a comma or "and" away, and whether it is `long`."""
    spots = spots[["doc", "sent", "start", "end", "actor"]].sort_values(["doc", "sent", "start"])
    last = spots.shift(fill_value=0)
    near = (spots.doc == last.doc) & (spots.sent == last.sent) & (spots.start - last.end < GAP)
    gaps = zip(near, spots.doc, last.end, spots.start, strict=True)
    run = np.cumsum([not (beside and LISTED.fullmatch(texts[doc][end:start])) for beside, doc, end, start in gaps])
    return spots.assign(run=run, long=spots.groupby(run).actor.transform("nunique") >= LIST)


def _beside(pairs: pd.DataFrame, spots: pd.DataFrame, texts: dict[str, str]) -> pd.DataFrame:
    """One row for each sentence that names both of a pair, and how: side by side (joined), as if they were one name.

    They may be `listed` in one list, and `lists` tells whether at least one of them is in one: its members, its head.
    """
    rows = pairs[ENDS].rename_axis("pair").reset_index().merge(spots.rename(columns={"actor": "first"}), on="first")
    rows = rows.merge(spots.rename(columns={"actor": "second"}), on=["second", "doc", "sent"], suffixes=("", "_2"))
    gaps = [texts[r.doc][min(r.end, r.end_2) : max(r.start, r.start_2)] for r in rows.itertuples()]
    for name, between in (("joined", JOINED), ("one", ONE)):
        rows[name] = [len(gap) < GAP and bool(re.fullmatch(rf"(?!\s[A-Z])(?:{between})", gap)) for gap in gaps]
    rows["lists"], rows["listed"] = rows.long | rows.long_2, rows.long & (rows.run == rows.run_2)
    every = {"joined": "any", "one": "any", "lists": "all", "listed": "all"}
    return rows.groupby(["pair", "doc", "sent"], as_index=False).agg(every)


def _events(rows: pd.DataFrame, documents: pd.DataFrame, mentions: pd.DataFrame) -> pd.Series:
    """How many events the articles of each pair (pair, doc) tell, 0 where they are too few or of too few days.

    Days in a row are one, and more events make up for fewer of them: both together are twice EVENTS, where the articles
    have as many. Those without a day are grouped by what they tell, and each group has a day of its own.
    """
    undated = documents[documents.published.isna() & documents.doc.isin(rows.doc)]
    alike = grouping.group_articles(undated.assign(published=pd.Timestamp(0)), mentions)
    event = alike.reindex(documents.index).fillna(documents.event)
    items = documents[["doc"]].assign(event=event.where(event != "", documents.doc))
    own = items.event.rank(method="dense") * 2 + 1e6
    items["day"] = (documents.published - pd.Timestamp(0)).dt.days.fillna(own)
    rows = rows.merge(items, on="doc").sort_values(["pair", "day"])
    rows["fresh"] = ~(rows.groupby("pair").day.diff() <= 1)
    told = rows.groupby("pair").agg(events=("event", "nunique"), days=("fresh", "sum"))
    least = min(EVENTS, items.event.nunique())
    many = told.events + told.days >= least + min(EVENTS, (items.day.nunique() + 1) // 2)
    return told.events.where((told.events >= least) & many, 0)


def _short(one: str, other: str) -> bool:
    """Whether a name stands in another, or is written with its initials."""
    words, within = (re.findall(r"\w+", name) for name in (one, other))
    letters, initials = one.replace(".", ""), "".join(word[0] for word in within if word[0].isupper())
    inside = f" {' '.join(words)} ".casefold() in f" {' '.join(within)} ".casefold()
    return bool(words) and (inside or (len(letters) > 1 and letters == initials))
