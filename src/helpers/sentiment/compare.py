"""Outlets by how they sound, each voice by itself, and by how they treat an actor: results with their findings."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from .. import InputError, stats
from ..corpus import asked
from ..corpus.about import UNKNOWN
from ..corpus.corpus import Corpus, dated
from ..show import charts, html
from ..show.result import Finding, Result, kept
from ..show.words import apart, chance, fine, named_or_counted, plural, signed, span
from . import scores
from .scores import OWN, QUOTED, SCORES

VOICES = {OWN: "own voice", QUOTED: "quoted or reported"}
UNITS = {"event": "the event of", "doc": "the article"}
SURE = 0.05  # q below which a difference is more than chance
MOVED = 0.005  # means that move less stand still
FEW = 10  # articles without which no correlation is told
NO_SENTENCE = "There is no sentence to score."
OUTLET, VOICE, MEAN = {"outlet": "Outlet"}, {"voice": ("Voice", VOICES.get)}, {"mean": ("Mean", fine)}
Q, ARTICLES = {"q": ("q", chance)}, {"articles": "Articles"}


@dataclass(frozen=True, eq=False, repr=False)
class Scores:
    """The scores of the English originals of a corpus.

    sentences: a row a part of a sentence in one voice (own, or quoted, with which reported speech counts), with its
    words, news and vader; articles: a row an article and voice, with its mean news and vader.
    """

    sentences: pd.DataFrame
    articles: pd.DataFrame
    _copied: pd.DataFrame  # as `articles`, with copies
    _corpus: Corpus

    def __repr__(self) -> str:
        parts = plural(len(self.sentences), "part of a sentence", "parts of sentences")
        return f"{parts} in {plural(self.articles.doc.nunique(), 'article')}, each with its news and vader score"

    @cached_property
    def mentions(self) -> pd.DataFrame:
        """Whom outlets name in their own voice: a row a mention, with its outlet, event, text, score and terms."""
        rows, texts = self._corpus.mentions, self._corpus.sentences
        rows = scores.mentions(texts, rows[~rows.nested & (rows.via != "loc") & (rows.voice == OWN)])
        rows = rows.merge(texts[["doc", "sent", "text"]], on=["doc", "sent"], validate="many_to_one")
        return self._placed(rows)

    @kept
    def compare(
        self, by: str = "outlet", *, score: str = "news", min_articles: int = 3, sentences_shown: int = 2
    ) -> Result:
        """Each outlet's distance from the average one, as it stands and on the same events, in both voices.

        An outlet of fewer than `min_articles` is shown and not compared; so many sentences at each end are evidence.

        >>> scores.compare().table.voice.unique().tolist()
        ['own', 'quoted']
        """
        asked.one_of(by, ["outlet"], "group to compare")
        asked.fits(sentences_shown, int, "sentences_shown", least=1)
        table = self._compared(_checked(score), asked.fits(min_articles, int, "min_articles", least=1))
        told = self._told(score)
        says = of_outlets(table[table.voice == OWN], told)
        lone = sorted({*self._known.outlet} - {*table.outlet[table.enough]})
        columns = OUTLET | VOICE | ARTICLES | MEAN | {"plain": ("As it stands", fine), "pooled": ("Same events", fine)}
        columns |= {("low", "high"): ("95 %", fine)} | Q | ({"note": "Note"} if table.note.any() else {})
        return Result(
            "outlets", table, "No outlets to compare.", "Distance from the average outlet, before and after", columns,
            lambda: _by_outlet(table, says[0].says), says,
            (f"{named_or_counted(lone)}: too few articles or shared events.",) if lone else (),
            lambda: [
                _evidence(told, sentences_shown if row.enough else 1, row.link, outlet=row.outlet, voice=row.voice)
                for row in table.itertuples()
            ], "The warmest and darkest sentences of each outlet",
        )  # fmt: skip

    @kept
    def influence(self, *, score: str = "news", n: int = 6) -> Result:
        """The events and articles whose absence moves an outlet most, in its own voice.

        >>> len(scores.influence(n=2).table)
        2
        """
        told, own = self._told(_checked(score)), self._known[self._known.voice == OWN]
        moves = pd.concat([stats.influence(own, of=score, unit=unit).assign(unit=unit) for unit in UNITS])
        moves = moves.assign(most=-moves.change.abs()).sort_values(["most", "outlet"], kind="stable", ignore_index=True)
        moves = moves.head(asked.fits(n, int, "n", least=1))
        titles = self._corpus.documents.set_index("doc").title
        moves["title"] = [titles.get(doc) or doc for doc in moves.left_out]
        moves["link"] = [html.anchor("without", row.unit, row.left_out, row.outlet) for row in moves.itertuples()]
        columns = OUTLET | {"pooled": ("All", fine), "unit": ("Without", UNITS.get), "title": "Titled"}
        return Result(
            "influence", moves, "There is nothing to leave out.",
            "The events and articles whose absence moves an outlet most", columns | {"without": ("Then", fine)},
            finds=lambda: [
                _evidence(told, 2, row.link, **_whose(told, row), **{"voice": OWN, row.unit: row.left_out})
                for row in moves.itertuples()
            ],
        )  # fmt: skip

    @kept
    def agreement(self) -> Result:
        """The same outlets by both scores, in their own voice, and how far the two rank articles alike.

        >>> scores.agreement().table.columns.tolist()
        ['outlet', 'news', 'news_q', 'vader', 'vader_q']
        """
        own = self._known[self._known.voice == OWN]
        one, other = (stats.outlets(own, of=name)[["outlet", "pooled", "q"]] for name in SCORES)
        table = one.merge(other, on="outlet", validate="one_to_one").dropna()
        table = table.set_axis(["outlet", "news", "news_q", "vader", "vader_q"], axis=1)
        columns = OUTLET | {"news": ("news", fine), "news_q": ("q", chance)}
        return Result(
            "agreement", table.sort_values("news", ascending=False, kind="stable", ignore_index=True),
            "No outlets to compare.", "The same outlets by both scores, on the same events",
            columns | {"vader": ("vader", fine), "vader_q": ("its q", chance)}, says=of_agreement(own),
        )  # fmt: skip

    @kept
    def towards(self, *, most_named: int = 6, min_articles: int = 3, sentences_shown: int = 2) -> Result:
        """How each outlet treats the actors named most, in its own voice; the surest difference from the others first.

        >>> scores.towards(most_named=1).table.name.unique().tolist()
        ['China']
        """
        asked.fits(sentences_shown, int, "sentences_shown", least=1)
        table = self._attitudes(most_named, min_articles)
        columns = OUTLET | {"name": "Towards"} | ARTICLES | {"mean": ("Mean", signed)}
        columns |= {("mean_low", "mean_high"): ("95 %", signed), "pooled": ("Same events", signed)}
        return Result(
            "towards", table.sort_values(["faint", "p"], kind="stable", ignore_index=True),
            "No actor is named in an outlet's own voice.", "Attitudes, those least like the others' first",
            columns | {("low", "high"): ("95 %", signed)} | Q, lambda: _by_actor(table, min_articles),
            of_actors(table, self.mentions), finds=lambda: self._passages(table, sentences_shown),
            evidence="For and against each actor",
        )  # fmt: skip

    @kept
    def copies(self, *, score: str = "news") -> Result:
        """The mean scores that move when copies are counted too.

        >>> scores.copies().table.columns.tolist()
        ['outlet', 'voice', 'once', 'all']
        """
        means = [rows.groupby(["outlet", "voice"])[_checked(score)].mean() for rows in (self.articles, self._copied)]
        table = pd.concat(means, axis=1, keys=["once", "all"]).dropna().reset_index()
        copies = self._copied[self._copied.copy_of != ""].drop_duplicates("doc")
        listing = OUTLET | {"doc": "Article", "copy_of": "Copy of"}
        return Result(
            "with-copies", table[(table.once - table["all"]).abs() >= MOVED].reset_index(drop=True),
            f"Counting copies moves no mean by {MOVED} or more.", "Means that move",
            OUTLET | VOICE | {"once": ("Copies once", fine), "all": ("All copies", fine)},
            finds=lambda: [html.table(copies, "Articles that copy another", listing, name="copies-counted")],
            evidence="The copies",
        )  # fmt: skip

    @kept
    def voices(self, *, score: str = "news") -> Result:
        """The mean score of articles in each voice.

        >>> scores.voices().table.columns.tolist()
        ['voice', 'articles', 'mean']
        """
        groups = self.articles.groupby("voice", as_index=False)
        table = groups.agg(articles=("doc", "size"), mean=(_checked(score), "mean"))
        caption = "Mean score of an article in each voice"
        return Result("voices", table, NO_SENTENCE, caption, VOICE | ARTICLES | MEAN, says=of_voices(table))

    @kept
    def extremes(self, n: int = 2, *, score: str = "news") -> Result:
        """The warmest and the darkest sentences that outlets write in their own voice.

        >>> len(scores.extremes(3).table)
        6
        """
        table = _ends(_where(self._told(_checked(score)), voice=OWN), asked.fits(n, int, "n", least=1))
        says = Finding(f"{plural(len(table), 'sentence')} from both ends, by the {score} score.")
        return Result(
            "extremes", table[["outlet", "doc", "sent", "score", "text"]].reset_index(drop=True), NO_SENTENCE,
            says=(says,), finds=lambda: [html.evidence(table, "The warmest and the darkest sentences")], opens=True,
        )  # fmt: skip

    @cached_property
    def _known(self) -> pd.DataFrame:
        return self.articles[self.articles.outlet != UNKNOWN]

    def _placed(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows with outlet, day, title and event of their article."""
        documents = self._corpus.documents
        return dated(rows, documents).merge(documents[["doc", "event"]], on="doc", validate="many_to_one")

    @kept
    def _told(self, score: str) -> pd.DataFrame:
        """The parts of sentences as evidence, from dark to warm, with the words that made the score."""
        rows = self._placed(self.sentences)
        rows = rows.assign(score=rows[score], marks=rows[f"{score}_terms"].str.split(", "))
        return rows.sort_values(["score", "doc", "sent"], kind="stable")

    @kept
    def _compared(self, score: str, min_articles: int) -> pd.DataFrame:
        """Outlets in both voices, the warmest in its own voice first."""
        parts = {voice: stats.outlets(rows, of=score) for voice, rows in self._known.groupby("voice")}
        table = pd.concat(parts or {"": stats.outlets(self._known, of=score)}, names=["voice"]).reset_index("voice")
        own = _where(table, voice=OWN).sort_values("pooled", ascending=False)
        enough = table.comparable.astype(bool) & table.outlet.isin(own.outlet[own.articles >= min_articles])
        table = table.assign(
            enough=enough, faint=~enough,
            place=table.outlet.map({name: place for place, name in enumerate(own.outlet)}),
            link=[html.anchor("sentences", row.outlet, row.voice) for row in table.itertuples()],
        )  # fmt: skip
        return table.sort_values(["place", "voice"], kind="stable", ignore_index=True)

    @kept
    def _attitudes(self, most_named: int, min_articles: int) -> pd.DataFrame:
        """Outlets by their mean attitude, for each of the actors that most articles name."""
        asked.fits(min_articles, int, "min_articles", least=1)
        rows = self.mentions[self.mentions.outlet != UNKNOWN]
        often = rows.groupby("actor").doc.nunique().sort_values(ascending=False, kind="stable").index
        often = often[: asked.fits(most_named, int, "most_named", least=1)]
        means = rows.groupby(["actor", "doc", "outlet", "event"], as_index=False).score.mean()
        parts = {actor: stats.outlets(_where(means, actor=actor), of="score") for actor in often}
        table = pd.concat(parts or {"": stats.outlets(means, of="score")}, names=["actor"]).reset_index("actor")
        enough = table.comparable.astype(bool) & (table.articles >= min_articles)
        links = zip(table.actor, table.outlet.where(enough, ""), strict=True)  # a grey mark opens its actor's list
        return table.assign(
            q=stats.adjusted(table.p.fillna(1).to_numpy(float)), enough=enough, faint=~enough,
            name=table.actor.map(self._corpus.actors.set_index("actor").name),
            mean_low=table["mean"] - table.plain + table.plain_low,
            mean_high=table["mean"] - table.plain + table.plain_high,
            link=[html.anchor("sentences", *words) for words in links],
        )  # fmt: skip

    def _passages(self, table: pd.DataFrame, n: int) -> Iterator[html.Piece]:
        """What speaks most for and against each actor, in all outlets and in those compared; an article comes once."""
        rows = self.mentions[self.mentions.outlet != UNKNOWN].sort_values(["score", "doc", "start"], kind="stable")
        rows = rows.assign(marks=[[row.surface, *row.terms.split(", ")] for row in rows.itertuples()])
        rows = rows.drop_duplicates(["actor", "doc"])
        for actor, name in table[["actor", "name"]].drop_duplicates().itertuples(index=False):
            yield html.evidence(_ends(_where(rows, actor=actor), n + 1), name, name=html.anchor("sentences", actor))
        for row in table[table.enough].itertuples():
            some = _ends(_where(rows, actor=row.actor, outlet=row.outlet), max(1, n - 1))
            yield html.evidence(some, f"{row.name} in {row.outlet}", name=row.link)


def score(corpus: Corpus) -> Scores:
    """Score every sentence of a corpus's English articles, what an outlet says and what it quotes each by itself.

    >>> sorted(score(corpus).articles.voice.unique())
    ['own', 'quoted']
    """
    if not isinstance(corpus, Corpus):
        raise InputError(f"score takes a corpus, not {corpus!r}; load it first: score(load('folder'))")
    whole = corpus.english()
    originals = whole.originals()
    parts = scores.sentences(whole.sentences, whole.voices)
    articles = scores.articles(parts, whole.documents)
    once = [rows[rows.doc.isin(originals.documents.doc)].reset_index(drop=True) for rows in (parts, articles)]
    return Scores(*once, articles, originals)


def explain(sentences: str | list[str]) -> Result:
    """Both scores of any sentences, and the words that made them.

    >>> explain("The United States said so.").table.vader_terms.tolist()
    ['United']
    """
    texts = [sentences] if isinstance(sentences, str) else asked.fits(sentences, list, "sentences")
    rows = [(text, *scores.both(asked.fits(text, str, "a sentence"))) for text in texts]
    table = pd.DataFrame(rows, columns=["text", *scores.BOTH])
    made = "Words that made it", lambda words: words or "–"
    columns = {"text": "Sentence", "vader": ("VADER", signed), "vader_terms": made}
    columns |= {"news": ("News score", signed), "news_terms": made}
    return Result("explain", table, "There is no sentence.", "What two scores make of a sentence", columns)


def of_outlets(own: pd.DataFrame, told: pd.DataFrame) -> tuple[Finding, ...]:
    """Which outlets stand apart in their own voice, by how much, and which are the warmest and the darkest.

    `own` has outlet, articles, pooled, low, high, q, enough, the warmest first; `told` their parts, from dark to warm.
    """
    able = own[own.enough]
    if len(able) < 2:
        return (Finding("Too few articles to compare how outlets sound."),)
    sure, articles = able[able.q < SURE], int(able.articles.sum())
    found = [Finding(f"{apart(sure.outlet)}.", articles=articles, p=able.q.min(), figure="outlets")]
    for row in sure.head(3).itertuples():
        side = f"sounds {'warmer' if row.pooled > 0 else 'darker'} than the average outlet on the same events"
        says = f"{row.outlet} {side}, by {fine(abs(row.pooled))} ({span(row.low, row.high, fine)})."
        found.append(_finding(says, row, "outlets", _where(told, outlet=row.outlet, voice=OWN)))
    first, last = able.iloc[0], able.iloc[-1]
    says = f"{first.outlet} is warmest and {last.outlet} darkest on the same events"
    says += "." if len(sure) else ", within what chance does."
    return (*found, Finding(says, first.pooled - last.pooled, articles, figure="outlets"))


def of_actors(table: pd.DataFrame, mentions: pd.DataFrame) -> tuple[Finding, ...]:
    """Which outlets treat an actor unlike the others do: at most three."""
    found = []
    for row in table[table.enough & (table.q < SURE)].head(3).itertuples():
        says = f"{row.outlet} treats {row.name} {'better' if row.pooled > 0 else 'worse'} than the others do."
        rows = _where(mentions, outlet=row.outlet, actor=row.actor).sort_values("score", kind="stable")
        found.append(_finding(says, row, "towards", rows))
    return tuple(found)


def of_voices(table: pd.DataFrame) -> tuple[Finding, ...]:
    """What both voices score on average, where there are both."""
    means = table.set_index("voice")["mean"]
    if {*VOICES} - {*means.dropna().index}:
        return ()
    says = f"Outlets' own voice scores {fine(means[OWN])} on average, what they quote or report {fine(means[QUOTED])}."
    return (Finding(says, means[OWN] - means[QUOTED], int(table.articles.max()), figure="voices"),)


def of_agreement(own: pd.DataFrame) -> tuple[Finding, ...]:
    """How far the two scores rank articles alike, where there are enough that differ."""
    alike = own.news.corr(own.vader, method="spearman") if len(own) >= FEW else float("nan")
    says = f"VADER and the news score rank articles alike with {signed(alike)} (Spearman)."
    return (Finding(says, alike, len(own), figure="agreement"),) if alike == alike else ()  # noqa: PLR0124


def _by_outlet(table: pd.DataFrame, says: str) -> charts.Drawing:
    drawn = table.assign(mean=table.pooled.fillna(table.plain), voice=table.voice.map(VOICES))
    return charts.intervals(
        drawn.dropna(subset=["mean"]), label="outlet", series="voice",
        title=says.rstrip(".") if table.enough.sum() > 1 else "No two outlets can be compared",
        alt="How each outlet differs from the average one, in both voices, with 95 % intervals.",
        caption="Distance from the average outlet on the same events, drawn together where few articles speak, with "
        "95 % intervals. Grey: not comparable. A mark opens its sentences.",
    )  # fmt: skip


def _by_actor(table: pd.DataFrame, min_articles: int) -> charts.Drawing:
    sure = table[table.enough & (table.q < SURE)]
    unlike = [f"{row.outlet} treats {row.name} unlike the others" for row in sure.head(1).itertuples()]
    return charts.multiples(
        table.assign(low=table.mean_low, high=table.mean_high), panel="name", label="outlet",
        title=(unlike or ["No outlet treats an actor unlike the others beyond chance"])[0],
        alt="Mean attitude of each outlet towards the most named actors, in its own voice.",
        caption="From −1, against, to +1, for, in the outlet's own voice, with 95 % intervals. Grey: fewer than "
        f"{min_articles} articles, or fewer than three events shared. A mark opens the sentences.",
    )  # fmt: skip


def _where(rows: pd.DataFrame, **values: str) -> pd.DataFrame:
    """The rows that have these values."""
    for column, value in values.items():
        rows = rows[rows[column] == value]
    return rows


def _ends(rows: pd.DataFrame, n: int) -> pd.DataFrame:
    """The last n rows, from the end, and the first n; a sentence comes once."""
    return pd.concat([rows.tail(n)[::-1], rows.head(n)]).drop_duplicates(["doc", "sent"])


def _whose(told: pd.DataFrame, row: Any) -> dict[str, str]:
    """The outlet of what is left out: none where another's article on the same event moves it."""
    own = (told.outlet == row.outlet) & (told.voice == OWN) & (told[row.unit] == row.left_out)
    return {"outlet": row.outlet} if own.any() else {}


def _evidence(told: pd.DataFrame, n: int, link: str, **values: str) -> html.Piece:
    """The sentences at both ends of those that have these values, under those values."""
    heading = ", ".join(VOICES.get(value, value) for value in values.values())
    return html.evidence(_ends(_where(told, **values), n), heading, name=link)


def _finding(says: str, row: Any, figure: str, rows: pd.DataFrame) -> Finding:
    """What is said of a row, with a sentence as evidence: of `rows`, from dark to warm, the one at the row's end."""
    end = rows.tail(1) if row.pooled > 0 else rows.head(1)
    return Finding(says, row.pooled, row.articles, row.q, figure, *end.text, *end.doc)


def _checked(score: str) -> str:
    return asked.one_of(score, SCORES, "score")
