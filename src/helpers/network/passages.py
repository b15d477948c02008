"""From a mark to the sentences that made it: those that name an actor, or both of a pair in one unit."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from ..corpus.about import UNKNOWN
from ..corpus.corpus import Corpus, dated
from ..show import html
from ..show.result import kept
from ..show.words import day
from .meetings import UNITS, counted

GOOD = 140  # characters of a sentence that is good to quote


class Passages:
    """The sentences of a corpus by whom they name, with the names to mark; pairs meet in a `unit`, one of UNITS."""

    def __init__(self, mentions: pd.DataFrame, corpus: Corpus, unit: str) -> None:
        self._sentences = dated(corpus.sentences, corpus.documents)
        self._unit = self._sentences.groupby(UNITS[unit]).ngroup()
        places = self._sentences[["doc", "sent", "start"]].rename_axis("at").reset_index()
        spots = counted(mentions).merge(places, on=["doc", "sent"], suffixes=("", "_of"), validate="many_to_one")
        spots["end"] = np.minimum(spots.end - spots.start_of, self._sentences.text.str.len().loc[spots["at"]].array)
        self._spots = spots.assign(start=spots.start - spots.start_of)[["at", "actor", "start", "end"]]
        self._places = self._spots.groupby("actor").indices
        self._crowd = spots.groupby("at").actor.nunique().rename("crowd")

    @kept
    def named(self, first: str, second: str = "") -> pd.DataFrame:
        """The sentences that name an actor, or one of a pair where a unit names both, dated, in the order of the text.

        `marks` are the spans of the names, `named` is how many of the two a sentence names, `crowd` how many actors.
        """
        wanted = {first, second} - {""}
        spots = self._spots.iloc[np.sort(np.concatenate([self._places.get(who, np.zeros(0, int)) for who in wanted]))]
        met = spots.groupby(self._unit.loc[spots["at"]].to_numpy()).actor.transform("nunique") == len(wanted)
        spots = spots[met].assign(marks=[*zip(spots.start[met], spots.end[met], strict=True)])
        found = spots.groupby("at").agg(marks=("marks", list), named=("actor", "nunique"))
        return self._sentences.loc[found.index].join(found).join(self._crowd)

    def of(self, row: tuple) -> pd.DataFrame:
        """The sentences behind a row (first, second), of its `docs` where only some made it."""
        rows, docs = self.named(row.first, row.second), getattr(row, "docs", None)
        return rows if docs is None else rows[rows.doc.isin(docs)]

    def behind(self, rows: pd.DataFrame) -> Iterator[html.Piece]:
        """All sentences behind each row, under its `heading` and `link`: those with both first, then the newest."""
        order, up = ["named", "published", "doc", "sent"], [False, False, True, True]
        for row in rows.itertuples():
            yield html.evidence(self.of(row).sort_values(order, ascending=up), row.heading, name=row.link)


def written(mentions: pd.DataFrame, joined: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """Who is written in several ways, by what was `joined`: actor, written, reason (a list), articles, a way a row.

    The actor's name comes first, then the commonest way. Each opens its sentences (`link`, `heading`), which are those
    of the actor and the way on two lines (`first`), or its first article (`at`).
    """
    ways = counted(mentions).rename(columns={"surface": "written"}).groupby(["actor", "written"])
    ways = ways.agg(articles=("doc", "nunique"), doc=("doc", "first"), sent=("sent", "first")).reset_index()
    reasons = joined.astype(str).groupby(["actor", "written"]).reason.agg(list).reset_index()
    ways = ways.astype(dict.fromkeys(["actor", "written", "doc"], str)).merge(reasons)
    ways = ways[ways.duplicated("actor", keep=False)].assign(name=lambda rows: rows.actor.map(names))
    ways = ways.assign(whole=ways.written == ways.name, first=ways.actor + "\n" + ways.written)
    ways = ways.sort_values(["actor", "whole", "articles", "written"], ascending=[True, False, False, True])
    ways["link"] = [html.anchor("written", row.actor, row.written) for row in ways.itertuples()]
    ways["heading"] = "“" + ways.written + "” for " + ways.name
    return ways.assign(at=html.ARTICLE + ways.doc + "#s" + ways.sent.astype(str))


def quoted(passages: pd.DataFrame, names: list[str], voices: pd.DataFrame) -> dict[str, str]:
    """Of passages the one that shows most plainly that `names` are named: evidence, doc and source of a finding.

    It has the names as they are, is of the outlet's own voice and of about GOOD characters, where there is such a one,
    and names few others.
    """
    if passages.empty:
        return {}
    spans = passages.reset_index(names="at").merge(voices, on="doc", suffixes=("", "_of"))
    spoken = spans["at"][(spans.start < spans.end_of) & (spans.start_of < spans.end)]
    said = [{text[a:b] for a, b in marks} for text, marks in zip(passages.text, passages.marks, strict=True)]
    plainly = [len(words.intersection(names)) for words in said]
    far = (passages.text.str.len() - GOOD).abs()
    score = passages.named + plainly + ~passages.index.isin(spoken) + (far < GOOD / 2)
    best = passages.iloc[np.lexsort((far, passages.crowd, -score))[0]]
    known = [best.outlet] * (best.outlet != UNKNOWN) + [day(best.published)] * pd.notna(best.published)
    return {"evidence": best.text, "doc": best.doc, "source": ", ".join(known)}
