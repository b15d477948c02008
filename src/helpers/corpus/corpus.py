"""A folder of articles as one object: the tables that everything is measured on, and ways to look into them."""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from .. import InputError
from ..actors import gazetteer, speakers
from ..actors import mentions as naming
from ..language import speech, split
from ..language.words import fold
from ..reading import catalogue
from ..show import html, words
from ..show.result import Finding, Result, kept
from . import about, asked, copies, dating, grouping, view

SENTENCES = ["doc", "para", "sent", "start", "end", "words", "text"]
VOICES = ["doc", "start", "end", "voice", "speaker"]
MENTIONS = ["doc", "sent", "start", "end", "surface", "actor", "via", "nested", "voice"]
PROJECT = Path(__file__).parents[3]

Scorer = Callable[[pd.DataFrame, pd.DataFrame], pd.DataFrame]


@dataclass(frozen=True, eq=False, repr=False)
class Corpus:
    """The articles of one folder; the README describes the columns of its tables.

    Offsets count characters of `documents.text`, so that every number can be walked back to its words.
    """

    documents: pd.DataFrame
    removed: pd.DataFrame
    sentences: pd.DataFrame
    voices: pd.DataFrame
    mentions: pd.DataFrame
    copies: pd.DataFrame
    actors: pd.DataFrame
    _home: Path | None = None
    _scores: Scorer | None = None
    _whole: "Corpus | None" = None

    def __len__(self) -> int:
        return len(self.documents)

    def __getitem__(self, doc: str) -> pd.Series:
        """One article as a row of `documents`."""
        return self.documents.set_index("doc", drop=False).loc[asked.one_of(doc, set(self.documents.doc), "article")]

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("_"):
            raise InputError(f"a corpus has no {name!r}; {asked.near(name, dir(self))}")
        raise AttributeError(name)

    def __dir__(self) -> list[str]:
        return sorted(name for name in {*vars(type(self)), *vars(self)} if not name.startswith("_"))

    def __repr__(self) -> str:
        return "\n".join(about.lines(self))

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return html.bundle([html.note(" · ".join(about.lines(self)))]) | {"text/plain": repr(self)}

    def only(self, *, outlet: str = "", period: str = "", event: str = "") -> "Corpus":
        """The articles of one outlet, one period (2024, 2024Q2 or 2024-05) or one event; "" for all.

        >>> len(corpus.only(outlet="Volga Post", period="2024")) < len(corpus)
        True

        Raises InputError where no article is left.
        """
        chosen = {"outlet": outlet, "period": period, "event": event}
        parts = [_fitting(self.documents, name, asked.fits(value, str, name)) for name, value in chosen.items()]
        left = pd.concat(parts, axis=1).all(axis=1)
        if not left.any():
            wanted = ", ".join(filter(None, chosen.values()))
            raise InputError(f"no article is of {wanted} together; leave one of them empty")
        return self._select(left)

    def english(self, *, copies: bool = True) -> "Corpus":
        """The articles in English, or of a language the text is too short to show; with or without copies of others.

        >>> set(corpus.english(copies=False).documents.copy_of)
        {''}
        """
        kept_ = self.documents.language.isin(["en", ""])
        return self._select(kept_ if copies else kept_ & (self.documents.copy_of == ""))

    def search(self, phrase: str, *, outlet: str = "", n: int = 20) -> Result:
        """The sentences that hold a word or phrase, newest first, each with outlet, day and headline.

        Capitals do not matter, and a word is found whole. Shows the first `n`; its table has all: doc, outlet,
        published, title, sent, start, end, text.

        >>> corpus.search("no limits", outlet="Volga Post").says[0].says
        '“no limits” stands in 1 sentence of 1 article in Volga Post.'
        """
        wanted = asked.fits(phrase, str, "phrase").strip()
        part = self.only(outlet=outlet) if outlet else self
        pattern = r"\s+".join(map(re.escape, fold(wanted).split()))
        finder = re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE)
        folded = part.sentences.text.map(fold)
        rows = part.sentences[folded.str.contains(finder, regex=True) & bool(wanted)]
        rows = dated(rows, part.documents).sort_values(["published", "doc", "sent"], ascending=[False, True, True])
        rows["marks"] = [[match.span() for match in finder.finditer(fold(text))] for text in rows.text]
        counts = f"{words.plural(len(rows), 'sentence')} of {words.plural(rows.doc.nunique(), 'article')}"
        place = f" in {outlet}" if outlet else ""
        more = f"The first {n} of {len(rows)}" if len(rows) > n else "All of them"
        columns = ["doc", "outlet", "published", "title", "sent", "start", "end", "text"]
        return Result(
            "search", rows[columns].reset_index(drop=True), f"“{wanted}” stands in no sentence{place}.",
            says=(Finding(f"“{wanted}” stands in {counts}{place}.", effect=len(rows), articles=rows.doc.nunique()),),
            finds=lambda: [html.evidence(rows.head(n), f"{more}, newest first")], opens=True,
        )  # fmt: skip

    def read(self, doc: str) -> Result:
        """One article whole: whom it names, what it quotes and reports, and its warm and cold sentences marked.

        Its table has a row a sentence: sent, start, end, text, and where scores are known news and vader.

        >>> corpus.read("no-minister-to-greet-shoigu").table.columns[:4].tolist()
        ['sent', 'start', 'end', 'text']
        """
        [row] = self._of("documents", asked.one_of(doc, set(self.documents.doc), "article"))
        own = pd.DataFrame(self._of("sentences", doc), columns=SENTENCES).astype(self.sentences.dtypes)
        table = own.drop(columns=["doc", "para", "words"]).reset_index(drop=True)
        if self._scores:
            # The scores know English alone.
            spoken = pd.DataFrame(self._of("voices", doc), columns=VOICES)
            scored = self._scores(own if row.language in ("en", "") else own[:0], spoken)
            sums = scored[["news", "vader"]].mul(scored.words, axis=0).groupby(scored.sent).sum()
            table = table.join(sums.div(scored.groupby("sent").words.sum(), axis=0).astype(float), on="sent")
        head = f"{view.headline(row.title, doc)} · {row.outlet}, {words.day(row.published)}"
        says = (Finding(f"{head}. {words.plural(len(table), 'sentence')}.", articles=1),)
        return Result(
            "read", table, "The article is empty.",
            says=says, finds=lambda: [view.shown(self, row, table)], opens=True,
        )  # fmt: skip

    def compare(self, doc: str, other: str) -> Result:
        """Two articles side by side, with the words that both have in one order marked.

        Its table has a row a stretch of the first that stands in the second too: start, end, words, text.

        >>> corpus.compare("russian-plane-japanese-airspace", "monday-at-rebun-flares").table.columns.tolist()
        ['start', 'end', 'words', 'text']
        """
        one, two = self[doc], self[other]
        spans = copies.shared_spans(one.text, two.text)
        rows = [(start, end, split.count(one.text[start:end]), one.text[start:end]) for start, end in spans]
        table = pd.DataFrame(rows, columns=["start", "end", "words", "text"])
        share = table.words.sum() / max(1, split.count(one.text))
        says = f"{words.percent(share)} of the words of {doc} stand in runs of five or more in {other} too."
        return Result(
            "compare", table, "The two have no five words in a row in common.",
            says=(Finding(says, effect=share, articles=2),), finds=lambda: [view.side_by_side(one, two)], opens=True,
        )  # fmt: skip

    @kept
    def _named(self, extra_names: str = "auto") -> pd.DataFrame:
        """The mentions, with those of names that no gazetteer knows: yes, no, or auto, without one of the folder's own.

        Names that no gazetteer knows are their own actor ids.
        """
        if extra_names == "auto":
            return self._named("no" if gazetteer.is_own(self._home) and len(self.mentions) else "yes")
        if extra_names == "no":
            return self.mentions
        more = naming.unknown(self.sentences, self.mentions).assign(via="name", nested=False)
        spans = {doc: list(rows.itertuples()) for doc, rows in self.voices.groupby("doc")}
        whose = ([s.voice for s in spans.get(r.doc, []) if s.start <= r.start < s.end] for r in more.itertuples())
        more["voice"] = [(voices or ["own"])[0] for voices in whose]
        return pd.concat([self.mentions, more], ignore_index=True).astype({"nested": bool})

    outlets = kept(about.outlets)
    events = kept(about.events)
    missing = kept(about.missing)
    cuts = kept(about.cuts)
    days = kept(about.days)
    shared = kept(about.shared)

    @property
    def _all(self) -> "Corpus":
        return self._whole or self

    @kept
    def _groups(self) -> dict[tuple[str, str], list[tuple]]:
        """The rows of each article in each table, and the articles of each text with its copies and of each event."""
        groups: dict[tuple[str, str], list[tuple]] = {}
        for name in ("sentences", "voices", "mentions", "removed"):
            for row in getattr(self, name).itertuples(index=False):
                groups.setdefault((name, row.doc), []).append(row)
        for row in self.documents.itertuples(index=False):
            keys = ("documents", row.doc), ("text", row.copy_of or row.doc), ("event", row.event or row.doc)
            for key in keys:
                groups.setdefault(key, []).append(row)
        return groups

    def _of(self, name: str, key: str) -> list[tuple]:
        """The rows of an article in a table, or the articles of one text or event."""
        return self._all._groups().get((name, key), [])

    def _select(self, kept_: pd.Series) -> "Corpus":
        """The corpus with only the articles for which `kept_`, in the order of `documents`, is true."""
        documents = self.documents[kept_.to_numpy()].reset_index(drop=True)
        tables = {"documents": documents, "_whole": self._all}
        for name in ("sentences", "voices", "mentions"):
            table = getattr(self, name)
            tables[name] = table[table.doc.isin(documents.doc)].reset_index(drop=True)
        return replace(self, **tables)


def load(
    folder: "str | Path | Corpus" = "", *, outlet: str = "", period: str = "", event: str = "",
    outlet_is: str = "", columns: dict[str, str] | None = None, scores: Scorer | None = None,
) -> Corpus:  # fmt: skip
    """Read a folder, table or archive into a Corpus: cleaned, dated, split, with voices, mentions, copies and events.

    As `helpers.load`; `scores` makes the sentence scores that `Corpus.read` shows. The same files give the same tables,
    whatever the machine. Raises InputError when there is nothing to read, and for an outlet, period or event that is
    not there, before anything slow runs.

    >>> len(load(corpus, outlet="Volga Post")) < len(corpus)
    True
    """
    asked.no_old_names()
    chosen = {"outlet": outlet, "period": period, "event": event}
    name = asked.fits(outlet_is, str, "outlet_is").strip()
    if isinstance(folder, Corpus) and name:
        raise InputError("outlet_is names the outlet of a folder's articles: give it where the folder is read")
    if isinstance(folder, Corpus):
        return folder._all.only(**chosen)
    home = _home(folder)
    documents, removed = catalogue.read_documents(home, columns, outlet_is=name)
    for name, value in chosen.items():
        asked.fits(value, str, name)
    _fitting(documents, "outlet", outlet)
    if event:
        asked.one_of(event, set(documents.doc), "event (it is named by the doc of its first article)")
    inside = home if home.is_dir() else None
    known = gazetteer.read(inside)
    documents = dating.fill(documents, removed, known, dating.chronology(inside, known))
    _fitting(documents, "period", period)
    pairs = copies.find_copies(documents)
    origin = dict(zip(pairs.doc, pairs.copy_of, strict=True))
    documents["copy_of"] = [origin.get(doc, "") for doc in documents.doc]
    sentences, voices, mentions = _read_articles(documents, known)
    documents["event"] = grouping.group_articles(documents, mentions)
    corpus = Corpus(documents, removed, sentences, voices, mentions, pairs, known.actors, inside, scores)
    return corpus.only(**chosen) if any(chosen.values()) else corpus


def dated(rows: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Rows that have a `doc`, with outlet, published and title beside them."""
    facts = documents[["doc", "outlet", "published", "title"]]
    return rows.merge(facts, on="doc", how="left", validate="many_to_one")


def _home(folder: str | Path) -> Path:
    if isinstance(folder, str) and not folder.strip():
        if not (PROJECT / "corpus").is_dir():
            raise InputError("no folder is named; give the folder of your articles: load('path/to/folder')")
        return PROJECT / "corpus"
    return Path(folder if isinstance(folder, Path) else asked.fits(folder, str, "corpus")).expanduser()


def _fitting(documents: pd.DataFrame, name: str, value: str) -> pd.Series:
    """Which articles are of an outlet, a period or an event ("": all); InputError names what is near where none is."""
    if not value:
        return pd.Series(True, index=documents.index)
    if name == "period":
        days = documents.published.dt
        periods = pd.concat([days.to_period(unit).astype(str) for unit in "YQM"], axis=1)
        known = set(periods.to_numpy().ravel()) - {"NaT"}
        asked.one_of(value, known, name, alike={each for each in known if len(each) == len(value)})
        return (periods == value).any(axis=1)
    asked.one_of(value, set(documents[name]) - {""}, name)
    return documents[name] == value


def _read_articles(documents: pd.DataFrame, known: gazetteer.Gazetteer) -> list[pd.DataFrame]:
    """Sentences, voices and mentions of all articles."""
    sentences, voices, mentions = [], [], []
    for article in documents.itertuples():
        own = list(split.sentences(article.text))
        spans = speech.spans(article.text)
        undated = pd.isna(article.published)
        day, until = (article.earliest, article.latest) if undated else (article.published, None)
        named = naming.mentions(article.text, day, known, until=until)
        for number, s in enumerate(own):
            text = article.text[s.start : s.end]
            sentences.append((article.doc, s.para, number, s.start, s.end, split.count(text), text))
        whose = speakers.name_speakers(article.text, spans, named, known.kinds)
        voices += [(article.doc, *span[:3], name) for span, name in zip(spans, whose, strict=True)]
        mentions += _mentions(article.doc, own, spans, named)
    tables = (sentences, SENTENCES), (voices, VOICES), (mentions, MENTIONS)
    return [pd.DataFrame(rows, columns=columns) for rows, columns in tables]


def _mentions(doc: str, own: list, spans: list, named: list[naming.Mention]) -> list[tuple]:
    """Mentions with their sentence and voice; none that starts outside every sentence, as in a heading."""
    starts, voiced = [s.start for s in own], [s.start for s in spans]
    rows = []
    for m in named:
        sent = bisect_right(starts, m.start) - 1
        if sent < 0 or m.start >= own[sent].end:
            continue
        last = bisect_right(voiced, m.start) - 1
        whose = spans[last].voice if last >= 0 and m.start < spans[last].end else "own"
        rows.append((doc, sent, m.start, m.end, m.surface, m.actor, m.via, m.nested, whose))
    return rows
