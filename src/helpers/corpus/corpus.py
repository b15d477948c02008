"""From a corpus folder to the tables every notebook speaks: documents, removed, sentences, voices, mentions."""

from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from .. import InputError
from ..actors import gazetteer, speakers
from ..actors import mentions as actors
from ..language import speech as voice
from ..language import split
from ..reading import catalogue
from . import dating
from .copies import find_copies
from .grouping import group_articles

SENTENCES = ["doc", "para", "sent", "start", "end", "words", "text"]
VOICES = ["doc", "start", "end", "voice", "speaker"]
MENTIONS = ["doc", "sent", "start", "end", "surface", "actor", "via", "nested", "voice"]

VIA = {
    "name": "a name, or a surname after it",
    "dem": "a demonym: Russian, Chinese",
    "met": "a capital or seat that stands for its state",
    "loc": "a capital that is only a place",
    "inst": "an institution",
    "role": "an office, held by someone on that day",
    "desc": "a description: his Chinese counterpart, both countries, the island",
}


@dataclass(frozen=True)
class Corpus:
    """The tables of one corpus; the README describes their columns. Offsets count characters of `documents.text`."""

    documents: pd.DataFrame
    removed: pd.DataFrame
    sentences: pd.DataFrame
    voices: pd.DataFrame
    mentions: pd.DataFrame
    copies: pd.DataFrame
    actors: pd.DataFrame

    def select(self, kept: pd.Series) -> "Corpus":
        """The corpus with only the articles for which `kept`, in the order of `documents`, is true."""
        documents = self.documents[kept.to_numpy()].reset_index(drop=True)
        parts = {
            name: table[table.doc.isin(documents.doc)].reset_index(drop=True)
            for name in ("sentences", "voices", "mentions")
            for table in [getattr(self, name)]
        }
        return Corpus(documents, self.removed, **parts, copies=self.copies, actors=self.actors)

    def only(self, *, outlet: str = "", period: str = "", event: str = "") -> "Corpus":
        """The articles of one outlet, one period (2024, 2024Q2 or 2024-05) or one event; "" for all.

        Raises InputError where no article is left.
        """
        days = self.documents.published.dt
        periods = pd.concat([days.to_period(unit).astype(str) for unit in "YQM"], axis=1)
        fits = {"outlet": self.documents.outlet == outlet, "event": self.documents.event == event}
        fits["period"] = (periods == period).any(axis=1)
        asked = {name: value for name, value in (("outlet", outlet), ("period", period), ("event", event)) if value}
        kept = pd.Series(True, index=self.documents.index)
        for name in asked:
            kept &= fits[name]
        if not kept.any():
            wanted = ", ".join(f"{name} '{value}'" for name, value in asked.items())
            raise InputError(f"no article is of {wanted}; the corpus page lists outlets and days")
        return self.select(kept)

    def dated(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows that have a `doc`, with outlet and published beside them."""
        return rows.merge(self.documents[["doc", "outlet", "published"]], on="doc", how="left", validate="many_to_one")

    def english(self) -> "Corpus":
        """The articles in English, or of a language the text is too short to show."""
        return self.select(self.documents.language.isin(["en", ""]))

    def originals(self) -> "Corpus":
        """The articles that are no copies of earlier ones."""
        return self.select(self.documents.copy_of == "")


def load(folder: str | Path, columns: dict[str, str] | None = None) -> Corpus:
    """Read a folder, table or archive into tables: cleaned, dated, split, with voices, mentions, copies and events.

    `columns` names the columns of a table where they are not known (`catalogue.read_documents`).

    The same files give the same tables, whatever the machine. Raises InputError when there is nothing to read.
    """
    documents, removed = catalogue.read_documents(folder, columns)
    home = Path(folder) if Path(folder).is_dir() else None
    known = gazetteer.read(home)
    documents = dating.fill(documents, removed, known, dating.chronology(home, known))
    copies = find_copies(documents)
    originals = dict(zip(copies.doc, copies.copy_of, strict=True))
    documents["copy_of"] = [originals.get(doc, "") for doc in documents.doc]
    sentences, voices, mentions = [], [], []
    for article in documents.itertuples():
        own = list(split.sentences(article.text))
        spans = voice.spans(article.text)
        undated = pd.isna(article.published)
        day, until = (article.earliest, article.latest) if undated else (article.published, None)
        named = actors.mentions(article.text, day, known, until=until)
        sentences += _sentences(article, own)
        whose = speakers.name_speakers(article.text, spans, named, known.kinds)
        voices += [(article.doc, *span[:3], name) for span, name in zip(spans, whose, strict=True)]
        mentions += _mentions(article.doc, own, spans, named)
    sentences, voices = pd.DataFrame(sentences, columns=SENTENCES), pd.DataFrame(voices, columns=VOICES)
    mentions = pd.DataFrame(mentions, columns=MENTIONS)
    documents["event"] = group_articles(documents, mentions)
    return Corpus(documents, removed, sentences, voices, mentions, copies, known.actors)


def _sentences(article: tuple, own: list[split.Sentence]) -> list[tuple]:
    return [
        (article.doc, s.para, number, s.start, s.end, split.count(text), text)
        for number, s in enumerate(own)
        for text in [article.text[s.start : s.end]]
    ]


def _mentions(doc: str, own: list[split.Sentence], spans: list[voice.Span], named: list[actors.Mention]) -> list[tuple]:
    """Mentions with their sentence and voice; one that starts outside every sentence does not exist."""
    starts, voiced = [s.start for s in own], [s.start for s in spans]
    rows = []
    for m in named:
        sent = bisect_right(starts, m.start) - 1
        last = bisect_right(voiced, m.start) - 1
        whose = spans[last].voice if last >= 0 and m.start < spans[last].end else "own"
        rows.append((doc, sent, m.start, m.end, m.surface, m.actor, m.via, m.nested, whose))
    return rows


def outlets(documents: pd.DataFrame) -> pd.DataFrame:
    """One row an outlet, those with most articles first: outlet, articles, copies, words (median), first, last."""
    table = documents.assign(copy=documents.copy_of != "").groupby("outlet", as_index=False)
    table = table.agg(
        articles=("doc", "size"),
        copies=("copy", "sum"),
        words=("words", "median"),
        first=("published", "min"),
        last=("published", "max"),
    )
    return table.sort_values(["articles", "outlet"], ascending=[False, True], ignore_index=True)


def dated(documents: pd.DataFrame) -> pd.DataFrame:
    """One row a source of days, the commonest first: dated_by, articles, and as an example doc, published."""
    table = documents.sort_values(["published", "doc"]).groupby("dated_by", as_index=False)
    table = table.agg(articles=("doc", "size"), doc=("doc", "first"), published=("published", "first"))
    return table.sort_values(["articles", "dated_by"], ascending=[False, True], ignore_index=True)


class Gap(NamedTuple):
    """A silence: how many days lie between two articles, and on which days those stand."""

    days: int
    first: pd.Timestamp
    last: pd.Timestamp


def gap(documents: pd.DataFrame) -> Gap:
    """The longest time without an article; of no days where fewer than two have a day."""
    days = documents.published.dropna().sort_values(ignore_index=True)
    if len(days) < 2:
        return Gap(0, pd.NaT, pd.NaT)
    at = int(days.diff().dt.days.argmax())
    return Gap(int((days[at] - days[at - 1]).days), days[at - 1], days[at])


def absent(folder: str | Path, documents: pd.DataFrame) -> list[str]:
    """The outlets that `outlets.csv` lists and no article is from."""
    return sorted(catalogue.listed_outlets(Path(folder)) - set(documents.outlet))


def cuts(removed: pd.DataFrame) -> pd.DataFrame:
    """One row a cleaning rule, the busiest first: rule, pieces, articles, and its shortest piece as an example."""
    pieces = removed[removed.line > 0].sort_values("text", key=lambda text: text.str.len(), kind="stable")
    table = pieces.groupby("rule", as_index=False).agg(
        pieces=("text", "size"), articles=("doc", "nunique"), example=("text", "first")
    )
    return table.sort_values(["pieces", "rule"], ascending=[False, True], ignore_index=True)
