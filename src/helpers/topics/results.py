"""The answers of a topic model: what the coverage is about, and whether every outlet covers the same."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial, wraps
from typing import Any

import pandas as pd

from .. import InputError, stats
from ..corpus import about
from ..corpus.about import UNKNOWN
from ..corpus.asked import fits, one_of
from ..corpus.corpus import Corpus, dated
from ..show import charts, html
from ..show.result import Result, kept
from ..show.words import chance, decimal, listed, percent, plural, points
from . import compare, stability
from .compare import BACK, SURE
from .model import METHODS, Model, make
from .words import masked

SHOWN = 8  # topics in a figure
INTERVAL = ("low", "high")
# How a reader sees the columns of all tables of this room; other columns are shown under their own name.
HEADS = {
    "number": "No.",
    "words": ("Heaviest words", ", ".join),
    "back": ("Comes back", percent),
    "kind": "Counted",
    "day": "From",
    "mean": ("Share", percent),
    "share": ("Share", percent),
    "others": ("Elsewhere", percent),
    "all": ("With all copies", percent),
    INTERVAL: ("95 % interval", percent),
    "second": "And",
    "distance": ("Distance", "{:.2f}".format),
    "dealt": ("By chance", "{:.2f}".format),
    "chance": ("By chance", percent),
    "effect": ("Log-odds", decimal),
    "phrase": "Words side by side",
    "strength": ("Strength", decimal),
    "q": ("q", chance),
}


def told(method: Callable) -> Callable:
    """Let a method keep its Result; where there is too little text for topics, the Result says so."""

    @wraps(method)
    def _once(self: "TopicModel", *args: Any, **options: Any) -> Result:
        if self._nothing:
            return Result(f"topics-{method.__name__}", pd.DataFrame(), self._nothing, little=(self._nothing,))
        return method(self, *args, **options)

    return kept(_once)


@dataclass(frozen=True, eq=False, repr=False)
class TopicModel:
    """The topics of a corpus, the largest first; every method answers with a Result.

    shares: one row an article, copies left out; one column a topic, under its name; rows sum to 1.
    """

    shares: pd.DataFrame
    _model: Model | None
    _asked: Corpus
    _corpus: Corpus  # its English originals
    _texts: pd.Series
    _words: Callable[[str], list[str]]
    _choose: Callable[[], pd.DataFrame]
    _seed: int
    _nothing: str = ""

    def __repr__(self) -> str:
        return repr(self.table())

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return self.table()._repr_mimebundle_()

    @property
    def names(self) -> list[str]:
        """The names of the topics: words that are heavy in each and met near each other."""
        return list(self.shares)

    @told
    def table(self) -> Result:
        """All topics: topic, number, words (the heaviest), share, back (share of refits in which it comes back).

        >>> fit(corpus, n_topics=8).table().table.number.tolist()
        [1, 2, 3, 4, 5, 6, 7, 8]
        """
        table = pd.DataFrame({"topic": self.names, "number": range(1, len(self.names) + 1)})
        table = table.assign(words=self._model.top_words(7), share=self.shares.mean().to_numpy())
        table["back"] = self._back().to_numpy()
        table["faint"] = ~(table.back >= BACK)
        articles = len(self.shares)
        return self._result(
            "topics",
            table,
            caption=f"{plural(len(table), 'topic')}; grey: comes back in less than half of the refits",
            says=tuple(compare.size_findings(table, articles, len(self._asked) - articles)),
            little=(f"Topics of {plural(articles, 'article')} can change with a single one.",) * (articles < 30),
        )

    @told
    def choice(self) -> Result:
        """What speaks for each number of topics; see `stability.choose`. Takes seconds where `fit` was given a number.

        >>> int(fit(corpus.only(period="2022"), n_topics=4).choice().table.chosen.sum())
        1
        """
        table, number = self._choose(), len(self.names)
        best = stability.best(table)
        asked = "" if number == best else f" This page was asked for {number} topics."
        measures = {"stability": "Stability (1: the same topics each time)"}
        draw = partial(
            charts.choice,
            table,
            measures=measures | {"coherence": "Coherence in articles left out (0: chance)"},
            title=f"{plural(best, 'topic')} hold still and hang together",
            alt=f"Stability and coherence of 2 to {table.topics.max()} topics; {best} are chosen.",
            caption=f"Mean of twenty refits and one standard error. The line is the number chosen.{asked}",
        )
        return Result("topic-choice", table, "", "What speaks for each number of topics", draws=draw)

    @told
    def coverage(self, *, by: str = "", min_articles: int = 3) -> Result:
        """The mean share of each topic, copies counted once and all; or, by "outlet" or "year", in each of these.

        Columns topic, kind, mean, low, high (95 % interval, articles resampled), articles, enough; or topic, by, share.

        >>> fit(corpus, n_topics=8).coverage(by="outlet").table.columns.tolist()
        ['outlet', 'topic', 'share', 'link']
        """
        if by:
            return self._matrix(by, min_articles)
        parts = []
        for shares, kind in ((self.shares, "copies once"), (self._counted(), "all copies")):
            kinds = pd.DataFrame({"kind": kind}, shares.index)
            parts.append(compare.coverage(shares, kinds, seed=self._seed, min_articles=_least(min_articles)))
        table = self._ordered(pd.concat(parts))
        table["enough"] &= table.topic.map((self._back() >= BACK).to_dict())
        draw = partial(
            charts.intervals,
            self._linked(table[table.topic.isin(self.names[:SHOWN])]),
            label="topic",
            series="kind",
            title=f"“{self.names[0]}” takes {percent(table['mean'][0])} of the coverage",
            alt=f"Share of the {plural(len(self.names[:SHOWN]), 'largest topic')}, copies counted once and all.",
            caption="Mean share of an article, with the 95 % interval from resampling articles. Grey: a topic that "
            "does not come back. A mark opens its passages.",
        )
        return self._result("topic-coverage", table, caption="Share of each topic", draws=draw)

    @told
    def main(self, *, by: str = "outlet", min_articles: int = 3) -> Result:
        """What each outlet or year tells most: `by`, topic, mean, low, high, articles, all (the share with all copies).

        >>> fit(corpus, n_topics=8).main(by="year").table.columns.tolist()
        ['year', 'topic', 'mean', 'low', 'high', 'articles', 'all', 'link']
        """
        groups, shares = self._groups(by, min_articles)
        table = compare.leading(shares, groups.to_frame(), seed=self._seed)
        copied = self._counted().groupby(_grouping(self._asked.english(), by)).mean()
        table["all"] = [copied.at[row[1], row.topic] for row in table.itertuples()]
        nothing = f"No {by} has {plural(min_articles, 'article')}."
        return self._result(f"main-topic-by-{by}", table, nothing, f"The largest topic of each {by}")

    @told
    def contrasts(self, *, by: str = "outlet", min_articles: int = 3) -> Result:
        """Where an outlet or year differs from all others, q below .05: topic, articles, columns of `stats.contrasts`.

        >>> bool(fit(corpus, n_topics=8).contrasts(min_articles=8).table.q.max() < 0.05)
        True
        """
        groups, shares = self._groups(by, min_articles)
        table = stats.across(shares.join(groups), by, self.names, seed=self._seed, least=min_articles)
        table = table[table.q < SURE].sort_values("difference", key=abs, ascending=False, kind="stable")
        table = table.assign(topic=table.measure, articles=table[by].map(groups.value_counts()))
        few, alike = _few(groups, min_articles), f"No {by} gives a topic more or less room than chance would have it."
        little = [alike] * (table.empty and not few)
        if lone := sorted(set(_grouping(self._corpus, by)) - set(groups)):
            little.append(f"{listed(lone)}: fewer than {plural(min_articles, 'article')}.")
        return self._result(
            f"contrasts-by-{by}",
            table[[by, "topic", "articles", "mean", "others", "low", "high", "q"]],
            few or alike,
            f"Where one {by} differs from all others",
            heads={"mean": ("Here", percent), INTERVAL: ("Difference in points", points)},
            says=tuple(compare.contrast_findings(table, by)),
            little=tuple(little),
        )

    @told
    def distances(self, *, by: str = "outlet", min_articles: int = 3, n: int = 5) -> Result:
        """The n pairs farthest apart: first, second, distance, dealt, q, articles; see `compare.distances`.

        >>> fit(corpus, n_topics=8).distances(n=1).table.distance.between(0, 1).tolist()
        [True]
        """
        groups, shares = self._groups(by, min_articles)
        table = compare.distances(shares, groups, seed=self._seed).head(_least(n, "n")).drop(columns="p")
        return self._result(
            f"distances-by-{by}",
            table,
            _few(groups, min_articles),
            "The agendas farthest apart",
            heads={"first": by.capitalize()},
            says=tuple(compare.distance_findings(table, by)),
        )

    @told
    def silences(self, *, by: str = "outlet", min_articles: int = 3, n: int = 5) -> Result:
        """What one never covers though most others do, the n least likely: `by`, columns of `compare.silences`.

        >>> fit(corpus, n_topics=8).silences().table.columns[:3].tolist()
        ['outlet', 'topic', 'others']
        """
        groups, shares = self._groups(by, min_articles)
        table = compare.silences(shares, groups).head(_least(n, "n")).rename(columns={"group": by})
        caption = f"What one {by} leaves out though most others tell it, and how likely that is by chance"
        heads = {"topic": "Never covers", "others": f"Other {by}s that do", "articles": "Its articles"}
        nothing = _few(groups, min_articles) or f"No {by} leaves out a topic that most others cover."
        return self._result(f"silences-by-{by}", table, nothing, caption, heads=heads)

    @told
    def over_time(self, *, by: str = "", min_articles: int = 5) -> Result:
        """The three largest topics in each month, quarter or year; or, by "outlet", its largest topic in each year.

        Columns topic, day (the first of the period), mean, low, high, articles, enough; or by, year, topic, mean, ...

        >>> fit(corpus, n_topics=8).over_time().table.topic.nunique()
        3
        """
        if by:
            return self._years(one_of(by, ["outlet"], "grouping"), _least(min_articles))
        published = self._corpus.documents.set_index("doc").published
        periods = about.periods(published, min_articles=_least(min_articles)).rename("period").dropna()
        shares = self.shares.loc[periods.index, self.names[:3]]
        table = compare.coverage(shares, periods.to_frame(), seed=self._seed, min_articles=min_articles)
        table = self._ordered(table[: len(table) * (periods.nunique() > 1)])
        table["day"] = [period.start_time for period in table.period]
        peak = table[table.enough].sort_values("mean", ascending=False, kind="stable").head(1)
        high = [f"“{r.topic}”: {percent(r.mean)} of {about.period_name(r.period)}" for r in peak.itertuples()]
        draw = partial(
            charts.lines,
            table,
            series="topic",
            title="".join(high) or "The largest topics over time",
            alt=f"Share of the {plural(len(self.names[:3]), 'largest topic')} in each period, with 95 % intervals.",
            caption="Mean share of an article in each month, quarter or year (by how many there are), with the 95 % "
            f"interval from resampling articles. A ring: fewer than {min_articles} articles.",
        )
        nothing = "The articles are of one period, or of none that is known."
        table = table[["topic", "day", "mean", "low", "high", "articles", "enough"]]
        return self._result("topics-over-time", table, nothing, "The largest topics over time", draws=draw)

    @told
    def words(self, *, by: str = "outlet", min_articles: int = 3) -> Result:
        """The three surest words of each outlet or year, q below .05: `by`, articles, effect, low, high, q.

        >>> int(fit(corpus, n_topics=8).words().table.groupby("outlet").size().max())
        3
        """
        groups, _ = self._groups(by, min_articles)
        table = compare.distinctive(self._texts[groups.index], groups, words=self._words).rename(columns={"group": by})
        table = table[table.q < SURE].groupby(by).head(3)
        table["link"] = [html.anchor("word", name, word) for name, word in zip(table[by], table.word, strict=True)]
        return self._result(
            f"words-by-{by}",
            table[["word", by, "articles", "effect", "low", "high", "q", "link"]],
            _few(groups, min_articles) or f"No word sets one {by} apart more surely than chance would.",
            f"Words that set one {by} apart; q below 0.05",
            heads={INTERVAL: ("95 % interval", decimal)},
            says=tuple(compare.word_findings(table, by)),
            finds=partial(self._sentences, table, groups),
        )

    @told
    def manner(self, *, by: str = "outlet", min_articles: int = 3) -> Result:
        """The surest words with which one tells a topic, q below .1: topic, by, word, articles, q; `compare.by_topic`.

        >>> fit(corpus, n_topics=8).manner().table.columns[:3].tolist()
        ['topic', 'outlet', 'word']
        """
        groups, shares = self._groups(by, min_articles)
        table = compare.by_topic(self._texts[groups.index], shares, groups, words=self._words)
        table = table[table.q < 0.1].head(9).rename(columns={"group": by})[["topic", by, "word", "articles", "q"]]
        nothing = f"No {by} has enough articles on one topic to tell it in words of its own."
        return self._result(f"manner-by-{by}", table, nothing, f"How one {by} tells a topic; q below 0.1")

    @told
    def phrases(self, *, n: int = 10) -> Result:
        """The n surest fixed phrases: phrase, times, articles, strength; see `compare.collocations`.

        >>> fit(corpus, n_topics=8).phrases(n=1).table.columns.tolist()
        ['phrase', 'times', 'articles', 'strength']
        """
        table = compare.collocations(self._corpus.sentences, n=_least(n, "n"))
        nothing = "No two words stand side by side in three articles."
        return self._result("phrases", table, nothing, "Fixed phrases, the surest first")

    @told
    def passages(self, topic: int = 0, *, n: int = 2) -> Result:
        """The n passages nearest to a topic, given by its number, or to every topic: doc, sent, text, nearness, number.

        >>> fit(corpus, n_topics=8).passages(3, n=1).table.number.tolist()
        [3]
        """
        numbers = range(1, len(self.names) + 1)
        chosen = [one_of(topic, numbers, "topic")] if fits(topic, int, "topic", least=0) else numbers
        table = pd.concat([self._model.passages(number - 1, _least(n, "n")).assign(number=number) for number in chosen])
        finds = partial(self._passages, chosen, n)
        return Result("passages", table.reset_index(drop=True), "No passage is near.", finds=finds, opens=True)

    @kept
    def _back(self) -> pd.Series:
        """The share of refits in which each topic comes back."""
        return stability.returns(self._model, seed=self._seed).back.set_axis(self.names)

    @kept
    def _counted(self) -> pd.DataFrame:
        """Shares of all articles in English, copies too."""
        texts = self._asked.english().documents.set_index("doc").text
        return self._model.transform(texts).set_axis(self.names, axis=1)

    def _ordered(self, table: pd.DataFrame) -> pd.DataFrame:
        """The same with the largest topic first."""
        return table.sort_values(
            "topic", key=lambda column: column.map(self.names.index), kind="stable", ignore_index=True
        )

    def _linked(self, table: pd.DataFrame) -> pd.DataFrame:
        """The same with the id of the passages of each row's topic."""
        return table.assign(link=[f"topic-{self.names.index(name) + 1}" for name in table.topic])

    def _groups(self, by: str, min_articles: int) -> tuple[pd.Series, pd.DataFrame]:
        """The outlet or year of each article, where it has `min_articles` or more, and the shares of these articles."""
        groups = _grouping(self._corpus, one_of(by, ("outlet", "year"), "grouping"))
        groups = groups[groups.map(groups.value_counts()) >= _least(min_articles)]
        return groups, self.shares.loc[groups.index]

    def _result(
        self,
        name: str,
        table: pd.DataFrame,
        nothing: str = "",
        caption: str = "",
        *,
        heads: html.Columns | None = None,
        **more: Any,
    ) -> Result:
        """A table under this room's headings; its rows open the passages of their topics, where they have any."""
        if "topic" in table:
            table = self._linked(table)
            numbers = sorted({self.names.index(topic) + 1 for topic in table.topic})
            more = {"finds": partial(self._passages, numbers), "evidence": "The passages nearest to its topics"} | more
        known = HEADS | (heads or {})
        keys = [INTERVAL if key == "low" else key for key in table if key not in {"high", "enough", *html.META}]
        columns = {key: known.get(key) or key.capitalize() for key in keys}
        return Result(name, table.reset_index(drop=True), nothing, caption, columns, **more)

    def _passages(self, numbers: Iterable[int], n: int = 2) -> list[html.Piece]:
        return [self._piece(number, n) for number in numbers]

    @kept
    def _piece(self, number: int, n: int) -> html.Piece:
        """The n passages nearest to a topic, headed by the sentence that is most about it."""
        tops = self._model.top_words(10)[number - 1]
        rows = dated(self._model.passages(number - 1, n), self._corpus.documents)
        rows["marks"] = [[*tops, *map(str.capitalize, tops)]] * len(rows)
        heading = f"{number} {self.names[number - 1]}: “{self._model.sentence(number - 1)}”"
        return html.evidence(rows, heading, name=f"topic-{number}")

    def _sentences(self, table: pd.DataFrame, groups: pd.Series) -> Iterator[html.Piece]:
        """One sentence for each word of a table of words."""
        for row in table.to_dict("records"):
            docs = groups.index[groups == row[groups.name]]
            found = compare.sentences(self._corpus.sentences, docs, row["word"], 1)
            heading = f"{row[groups.name]}: {row['word']}"
            yield html.evidence(dated(found, self._corpus.documents), heading, name=row["link"])

    def _matrix(self, by: str, min_articles: int) -> Result:
        """The share of each topic in each outlet or year."""
        groups, shares = self._groups(by, min_articles)
        means = shares.groupby(groups).mean().rename_axis(columns="topic")[: len(groups) * (groups.nunique() > 1)]
        shown = means.T.head(SHOWN)
        draw = partial(
            charts.matrix,
            shown.where(shown >= 0.005),
            links=pd.DataFrame({name: [f"topic-{number + 1}" for number in range(len(shown))] for name in shown}),
            title=f"Who tells which of the {plural(len(shown), 'largest topic')}",
            alt=f"Share of each topic in the articles of {plural(len(means), by)}, in per cent.",
            caption=f"Per cent of the coverage of one {by}, mean over its articles; empty: none.",
        )
        table = means.stack().rename("share").reset_index()
        return self._result(f"topics-by-{by}", table, _few(groups, min_articles), f"Topics by {by}", draws=draw)

    def _years(self, by: str, min_articles: int) -> Result:
        """The largest topic of each outlet in each year."""
        both = pd.concat([_grouping(self._corpus, each) for each in (by, "year")], axis=1, join="inner")
        table = compare.leading(self.shares, both, seed=self._seed, min_articles=min_articles)
        numbers = [f"no. {self.names.index(topic) + 1}" for topic in table.topic]
        wide = partial(self._linked(table).assign(short=numbers).pivot, index=by, columns="year")
        draw = partial(
            charts.matrix,
            wide(values="mean"),
            words=wide(values="short"),
            links=wide(values="link").fillna(""),
            title=f"What each {by} told most in each year",
            alt=f"For each {by} and year the number of its largest topic, shaded by its share.",
            caption="The number of the topic in the table of all; the darker, the larger its share. Empty: fewer than "
            f"{plural(min_articles, 'article')}.",
        )
        nothing = f"No {by} has {plural(min_articles, 'article')} of one known year."
        return self._result(
            f"main-topic-by-{by}-and-year", table, nothing, f"The largest topic by {by} and year", draws=draw
        )


def fit(
    corpus: Corpus, *, n_topics: int = 0, method: str = "clusters", mask_names: bool = True, seed: int = 7
) -> TopicModel:
    """Find the topics of a corpus: of its English articles, each copy counted once.

    n_topics: how many, 0 for the number that holds still (`stability.choose`); method: "clusters", or "nmf" in which a
    passage can have several topics; mask_names: keep the names of actors out of the topics. See `model.make`.

    >>> fit(corpus, n_topics=8).shares.shape[1]
    8

    Raises InputError for a wrong parameter; where there is too little text, every Result says so.
    """
    if not isinstance(corpus, Corpus):
        raise InputError("topics are those of a corpus; read one first: topics.fit(load('path/to/folder'))")
    fits(n_topics, int, "n_topics", least=0)
    one_of(method, METHODS, "method")
    fits(mask_names, bool, "mask_names")
    fits(seed, int, "seed", least=0)
    originals = corpus.english().originals()
    words = masked(originals.mentions.surface if mask_names else [])
    texts, options = originals.documents.set_index("doc").text, {"method": method, "words": words, "seed": seed}
    choose = cache(partial(stability.choose, texts, **options))
    try:
        model = make(texts, n_topics=n_topics or stability.best(choose()), **options)
    except InputError as error:
        nothing = f"{str(error)[0].upper()}{str(error)[1:]}."
        return TopicModel(pd.DataFrame(index=texts.index), None, corpus, originals, texts, words, choose, seed, nothing)
    shares = model.shares.set_axis(model.names(), axis=1)
    return TopicModel(shares, model, corpus, originals, texts, words, choose, seed)


def _grouping(corpus: Corpus, by: str) -> pd.Series:
    """The outlet or the year of each article that has one, by doc."""
    documents = corpus.documents.set_index("doc")
    if by == "year":
        return documents.published.dropna().dt.year.astype(str).rename("year")
    return documents.outlet[documents.outlet != UNKNOWN]


def _least(number: int, name: str = "min_articles") -> int:
    """A number of at least one."""
    return fits(number, int, name, least=1)


def _few(groups: pd.Series, min_articles: int) -> str:
    """Why groups can not be compared; "" where they can."""
    few = f"There are no two {groups.name}s with {plural(min_articles, 'article')} to compare."
    return few if groups.nunique() < 2 else ""
