"""Passages counted: as shares that can be compared, and as the sentences that hold them."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from .. import stats
from ..corpus import asked, questions
from ..corpus.corpus import Corpus
from ..corpus.questions import Question
from ..show.words import listed

FAR = 10**10  # more than the letters of any article


def counted(rows: pd.DataFrame, order: Iterable[str]) -> pd.DataFrame:
    """How many passages of each article (a row, by doc) are of each `what` (a column, in order)."""
    made = rows.pivot_table(index="doc", columns="what", values="part", aggfunc="sum", fill_value=0, observed=True)
    return made.reindex(columns=list(order), fill_value=0.0).astype(float)


def weighed(rows: pd.DataFrame, order: Iterable[str], within: pd.Series) -> pd.DataFrame:
    """What each article has more of each kind than all of its stratum that quote and report as much, by the root of its
    passages.

    A share of two passages varies more than one of twenty; times this root they vary alike, so that articles of outlets
    with few and with many can be shuffled.
    """
    counts, keys = counted(rows, order), [rows.doc.map(within), rows.voice]
    size, parts = counts.sum(axis=1), rows.part.groupby(keys).transform("sum")
    for what in counts:
        same = (rows.part * (rows.what == what)).groupby(keys).transform("sum")
        counts[what] -= (rows.part * same / parts).groupby(rows.doc).sum()
    return counts.div(size**0.5, axis=0) / (size**0.5).mean()


def plain(found: Question, counts: pd.DataFrame) -> Question:
    """The answer with what a reader can count: here is the share of all passages of a group, others the rest."""
    posed, table, size = found.posed, found.main.table, counts.sum(axis=1)
    root = size**0.5
    groups = posed.groups.reindex(counts.index)
    unit = counts.index.to_series() if posed.unit is None else posed.unit.reindex(counts.index)
    mean = root.groupby(unit).mean().groupby(groups.groupby(unit).first()).mean() / root.mean()
    whole = counts.groupby(groups).sum()
    share = whole.div(size.groupby(groups).sum(), axis=0).stack()
    scale = table.group.map(mean).astype(float)
    here = pd.Series([share.get((row.group, row.measure), np.nan) for row in table.itertuples()], table.index)
    told = {name: table[name].astype(float) / scale for name in ("effect", "low", "high", "error")}
    others = (here - told["effect"]).clip(0, 1)
    return found._replace(main=found.main._replace(table=table.assign(here=here, others=others, **told)))


def ask(rows: pd.DataFrame, order: Iterable[str], documents: pd.DataFrame, least: int, measures: list[str]) -> Question:
    """Ask about passages: of all articles of the same time, as an article has few, an outlet's on one event as one.

    `measures` are the kinds that are compared.
    """
    held = questions.by_period(documents) if documents.published.notna().any() else questions.by_event(documents)
    values = weighed(rows, order, held.within)[measures]
    return questions.ask(values, documents, min_articles=least, held=held)


def crossed(rows: pd.DataFrame, order: Sequence[str]) -> pd.DataFrame:
    """Of the passages `by` each group the share of each `what`, with a 95 % interval by resampled articles.

    The group of most articles is the first.
    """
    made, sizes = [], rows.groupby("by").doc.nunique().sort_values(ascending=False, kind="stable")
    for by in sizes.index:
        found = counted(rows[rows.by == by], order)
        size = found.sum(axis=1)
        for what in order:
            share = found[what].sum() / size.sum()
            spread = share + (found[what] - share * size) / size.mean()
            made.append((what, by, len(found), found[what].sum(), share, *stats.interval(spread, seed=7)))
    table = pd.DataFrame(made, columns=["what", "by", "articles", "passages", "share", "low", "high"])
    return table.assign(low=table.low.clip(lower=0), high=table.high.clip(upper=1))


def stretches(passages: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """The sentences that each passage reaches into (doc, sent, text), a row each, with its place there as a mark."""
    codes = {doc: code * FAR for code, doc in enumerate(dict.fromkeys(sentences.doc))}
    told = passages[passages.doc.isin(codes)]
    at, begin = sentences.doc.map(codes).to_numpy(np.int64), told.doc.map(codes).to_numpy(np.int64)
    first = np.searchsorted(at + sentences.end.to_numpy(), begin + told.start.to_numpy(), "right")
    last = np.searchsorted(at + sentences.start.to_numpy(), begin + told.end.to_numpy(), "left")
    times = np.maximum(0, last - first)
    rows = told.loc[told.index.repeat(times)].reset_index(drop=True)
    place = np.repeat(first - np.append(0, np.cumsum(times)[:-1]), times) + np.arange(times.sum())
    held = sentences.iloc[place].reset_index(drop=True)
    size = held.text.str.len()
    marks = (rows.start - held.start).clip(lower=0), np.minimum(rows.end - held.start, size), rows.voice
    return rows.assign(sent=held.sent, text=held.text, mark=[*zip(*marks, strict=True)])


def joined(rows: pd.DataFrame) -> pd.DataFrame:
    """Each sentence once, with the marks of all its passages, those with the longest passages first."""
    rows = rows.drop_duplicates(["doc", "sent", "mark"])
    made = rows.groupby(["doc", "sent"], sort=False).agg(text=("text", "first"), marks=("mark", list)).reset_index()
    size = [sum(end - start for start, end, _ in marks) for marks in made.marks]
    order = made.assign(size=size).sort_values(["size", "doc", "sent"], ascending=[False, True, True])
    return order.drop(columns="size").reset_index(drop=True)


def camps(written: str, actors: pd.DataFrame) -> dict[str, set[str]]:
    """The actors of each side by its name: as they are written, or by the column `camp`."""
    if not written.strip():
        known = actors[actors.camp != ""] if "camp" in actors else actors[:0]
        return {camp: {*some.actor} for camp, some in known.groupby(known.get("camp", known.actor))}
    ids = dict(zip(actors.actor, actors.actor, strict=True)) | dict(zip(actors.name, actors.actor, strict=True))
    names, sides = dict(zip(actors.actor, actors.name, strict=True)), {}
    for side in written.split("|"):
        known = [ids[asked.one_of(each.strip(), ids, "actor")] for each in side.split(",") if each.strip()]
        sides |= {listed(names[each] for each in known): {*known}} if known else {}
    return sides


def given(corpus: Corpus) -> pd.DataFrame:
    """The share of the text of each article that is quoted or reported, both and each."""
    size = corpus.documents.set_index("doc").text.str.len().clip(lower=1)
    spans = corpus.voices.assign(size=corpus.voices.end - corpus.voices.start)
    made = spans.pivot_table(index="doc", columns="voice", values="size", aggfunc="sum", fill_value=0)
    made = made.reindex(index=size.index, columns=["quoted", "reported"], fill_value=0).div(size, axis=0)
    return made.assign(given=made.sum(axis=1))[["given", "quoted", "reported"]].rename_axis(columns=None)
