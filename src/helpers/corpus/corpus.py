"""A folder of articles as one object: the tables that everything is measured on, and ways to look into them."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from .. import InputError
from ..actors import gazetteer, speakers, whose
from ..actors import mentions as naming
from ..actors.names import Names, find
from ..language import speech, split
from ..language.words import fold
from ..reading import catalogue
from ..show import html, words
from ..show.result import Finding, Result, kept
from . import about, asked, copies, dating, grouping, view

SENTENCES = ["doc", "para", "sent", "start", "end", "words", "text"]
VOICES = ["doc", "start", "end", "voice", "speaker", "verb"]
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
    _pairs: pd.DataFrame  # of copies
    actors: pd.DataFrame
    _home: Path | None = None
    _scores: Scorer | None = None
    _whole: "Corpus | None" = None
    _listed: frozenset[str] = frozenset()  # the actors that a list knows
    _found: Names | None = None  # where names that no list knows count, these names

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

    @property
    def names(self) -> pd.DataFrame:
        """The mentions of names that no list knows, as in `mentions`, whether they count or not; places are via loc."""
        return self._all._voiced()[lambda rows: rows.doc.isin(self.documents.doc)].reset_index(drop=True)

    @kept
    def _names(self) -> Names:
        """The names that no list knows, of the whole corpus; where they do not count, found when first asked for."""
        if self._whole:
            return self._whole._names()
        return self._found or _find_names(self.documents, self.sentences, self.mentions, actors=self.actors)

    @kept
    def _voiced(self) -> pd.DataFrame:
        """Their mentions, each with its voice."""
        found, spans = self._names(), {doc: list(rows.itertuples()) for doc, rows in self.voices.groupby("doc")}
        whose = (
            [s.voice for s in spans.get(r.doc, []) if s.start <= r.start < s.end] for r in found.mentions.itertuples()
        )
        places = found.mentions.actor.isin(found.actors.actor[found.actors.kind == "place"])
        return found.mentions.assign(
            via=found.mentions.via.mask(places, "loc"), voice=[(voices or ["own"])[0] for voices in whose]
        )[MENTIONS]

    @kept
    def _spoken(self) -> pd.DataFrame:
        """`voices` with kind, country and name of each speaker (`Whose`); of several each has a row, and a part."""
        known, rows = whose.Register(gazetteer.read(self._home), self.actors), []
        days = dict(zip(self.documents.doc, self.documents.published, strict=True))
        for row in self.voices.itertuples():
            each = row.speaker.split("+") if known.knows(row.speaker) else [row.speaker]
            rows += [(row.Index, one, 1 / len(each), *known.whose(one, days[row.doc])) for one in each]
        told = pd.DataFrame(rows, columns=["span", "speaker", "part", *whose.Whose._fields]).set_index("span")
        return self.voices.drop(columns="speaker").join(told).reset_index(names="span")

    @kept
    def _titled(self) -> pd.DataFrame:
        """The actors that headlines name, as doc and actor, without places and demonyms."""
        known, rows = gazetteer.read(self._home), []
        for row in self.documents[self.documents.title != ""].itertuples():
            day, until = (row.earliest, row.latest) if pd.isna(row.published) else (row.published, None)
            found = naming.mentions(row.title, day, known, until=until)
            rows += [(row.doc, m.actor) for m in found if not m.nested and m.via not in ("loc", "dem")]
        return pd.DataFrame(rows, columns=["doc", "actor"]).drop_duplicates(ignore_index=True)

    @kept
    def _named(self) -> pd.DataFrame:
        """The mentions that count: those of lists, and where they count those of names that no list knows."""
        if not self._all._found:
            return self.mentions
        both = pd.concat([self.mentions, self.names], ignore_index=True)
        return both.sort_values(["doc", "start", "end"], kind="stable", ignore_index=True).astype({"nested": bool})

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
        tables = {
            "mentions": self._named(),
            **{name: getattr(self, name) for name in ("sentences", "voices", "removed")},
        }
        for name, table in tables.items():
            for row in table.itertuples(index=False):
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


def load(  # noqa: PLR0913
    folder: "str | Path | Corpus" = "", *, outlet: str = "", period: str = "", event: str = "",
    outlet_is: str = "", columns: dict[str, str] | None = None, extra_names: str = "auto",
    scores: Scorer | None = None,
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
    asked.one_of(asked.fits(extra_names, str, "extra_names"), ("yes", "no", "auto"), "extra_names")
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
    own, listed = gazetteer.is_own(inside), frozenset(known.actors.actor)
    sentences, voices, mentions, actors, found = _read_articles(documents, known, extra_names, own=own)
    named = pd.concat([mentions, found.mentions]) if found else mentions
    documents["event"] = grouping.group_articles(documents, named)
    tables = documents, removed, sentences, voices, mentions, pairs, actors
    corpus = Corpus(*tables, inside, scores, None, listed, found)
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


class _Article(NamedTuple):
    """An article taken apart: its sentences, the spans of other voices than its outlet's, and whom it names."""

    doc: str
    text: str
    sentences: list[split.Sentence]
    spans: list[speech.Span]
    named: list[naming.Mention]


def _read_articles(
    documents: pd.DataFrame, known: gazetteer.Gazetteer, extra_names: str, *, own: bool
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame, Names | None]:
    """Sentences, voices, mentions and actors of all articles, and the names that no list knows where they count.

    They are found when all is read, and before speakers are named, who may be such.
    """
    articles, found = [_read(article, known) for article in documents.itertuples()], None
    rows = [
        (each.doc, s.para, number, s.start, s.end, split.count(text := each.text[s.start : s.end]), text)
        for each in articles
        for number, s in enumerate(each.sentences)
    ]
    sentences, mentions, actors = pd.DataFrame(rows, columns=SENTENCES), _mentions(articles), known.actors
    if extra_names == "yes" or (extra_names == "auto" and not (own and len(mentions))):
        found = _find_names(documents, sentences, mentions, actors=actors)
        more = found.actors[~found.actors.actor.isin(actors.actor)]
        actors = pd.concat([actors, more], ignore_index=True).fillna("")
    kinds = dict(zip(actors.actor, actors.kind, strict=True))
    if "place" in kinds.values():
        mentions = mentions.assign(via=mentions.via.mask(mentions.actor.map(kinds) == "place", "loc"))
    articles = list(_named(articles, found, kinds)) if found or "place" in kinds.values() else articles
    rows = []
    for each in articles:
        whose = speakers.name_speakers(each.text, each.spans, each.named, kinds, each.sentences)
        verbs = [" ".join(each.text[slice(*span.verb)].lower().split()) if span.verb else "" for span in each.spans]
        rows += [(each.doc, *span[:3], *told) for span, *told in zip(each.spans, whose, verbs, strict=True)]
    return sentences, pd.DataFrame(rows, columns=VOICES), mentions, actors, found


def _read(article: tuple, known: gazetteer.Gazetteer) -> _Article:
    undated = pd.isna(article.published)
    day, until = (article.earliest, article.latest) if undated else (article.published, None)
    named = naming.mentions(article.text, day, known, until=until)
    own = [*split.sentences(article.text)]
    return _Article(article.doc, article.text, own, speech.spans(article.text, own), named)


def _find_names(documents: pd.DataFrame, *tables: pd.DataFrame, actors: pd.DataFrame) -> Names:
    """The names that no list knows, of articles in English or of no known language: elsewhere capitals mean less."""
    docs = documents.doc[documents.language.isin(["en", ""])]
    return find(*(table[table.doc.isin(docs)].reset_index(drop=True) for table in tables), actors)


def _named(articles: list[_Article], found: Names | None, kinds: dict[str, str]) -> Iterator[_Article]:
    """The articles with the mentions of names that were found; those of what is only a place are via loc."""
    more: dict[str, list[naming.Mention]] = {}
    for doc, *fields in found.mentions[["doc", *naming.Mention._fields]].itertuples(index=False) if found else ():
        more.setdefault(doc, []).append(naming.Mention(*fields))
    for each in articles:
        named = sorted([*each.named, *more.get(each.doc, [])])
        yield each._replace(named=[m._replace(via="loc") if kinds.get(m.actor) == "place" else m for m in named])


def _mentions(articles: list[_Article]) -> pd.DataFrame:
    """Mentions with their sentence and voice; none that starts outside every sentence, as in a heading."""
    rows = []
    for doc, _, own, spans, named in articles:
        starts, voiced = [s.start for s in own], [s.start for s in spans]
        for m in named:
            sent = bisect_right(starts, m.start) - 1
            if sent < 0 or m.start >= own[sent].end:
                continue
            last = bisect_right(voiced, m.start) - 1
            whose = spans[last].voice if last >= 0 and m.start < spans[last].end else "own"
            rows.append((doc, sent, m.start, m.end, m.surface, m.actor, m.via, m.nested, whose))
    return pd.DataFrame(rows, columns=MENTIONS)
