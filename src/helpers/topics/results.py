"""The answers of a topic model: what the coverage is about, and whether every outlet covers the same."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial, wraps
from typing import Any

import pandas as pd

from .. import InputError, stats
from ..corpus import about
from ..corpus.asked import fits, one_of
from ..corpus.corpus import Corpus, dated
from ..show import charts, html
from ..show.result import Result, kept
from ..show.words import chance, decimal, named_or_counted, percent, plural, points
from . import compare, stability
from .compare import BACK, SURE, Told
from .model import METHODS, Model, make
from .words import Tokeniser, masked

SHOWN = 8  # topics in a figure
INTERVAL = ("low", "high")
# How a reader sees the columns of all tables of this room; other columns are shown under their own name.
HEADS = {
    "number": "No.", "words": ("Heaviest words", ", ".join), "back": ("Comes back", percent),
    "kind": "Counted", "day": "From", "mean": ("Share", percent), "share": ("Share", percent),
    "others": ("Elsewhere", percent), "all": ("With all copies", percent), INTERVAL: ("95 % interval", percent),
    "second": "And", "distance": ("Distance", "{:.2f}".format), "dealt": ("By chance", "{:.2f}".format),
    "chance": ("By chance", percent), "effect": ("Log-odds", decimal), "phrase": "Words side by side",
    "strength": ("Strength", decimal), "q": ("q", chance),
}  # fmt: skip


def told(method: Callable) -> Callable:
    """Let a method check its numbers and keep its Result; where there is too little text, the Result says so."""

    @wraps(method)
    def _once(self: "TopicModel", *args: Any, **options: Any) -> Result:
        if self._nothing:
            return Result(f"topics-{method.__name__}", pd.DataFrame(), self._nothing, little=(self._nothing,))
        for name in {"min_articles", "n"} & {*options}:
            fits(options[name], int, name, least=1)
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
    _words: Tokeniser
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

        >>> model.table().table.number.tolist()
        [1, 2, 3, 4, 5, 6, 7, 8]
        """
        table = pd.DataFrame({"topic": self.names, "number": range(1, len(self.names) + 1)})
        table = table.assign(words=self._model.top_words(7), share=self.shares.mean().to_numpy())
        table = table.assign(back=self._back().to_numpy(), faint=lambda rows: ~(rows.back >= BACK))
        articles, sentence = len(self.shares), self._model.sentence(0)
        return self._result(
            "topics", table,
            caption=f"{plural(len(table), 'topic')}; grey: comes back in less than half of the refits",
            says=tuple(compare.size_findings(table, articles, len(self._asked) - articles, sentence)),
            little=(f"Topics of {plural(articles, 'article')} can change with a single one.",) * (articles < 30),
        )  # fmt: skip

    @told
    def choice(self) -> Result:
        """What speaks for each number of topics; see `stability.choose`. Takes seconds where `fit` was given a number.

        >>> int(fit(corpus.only(period="2021"), n_topics=2).choice().table.chosen.sum())
        1
        """
        table, number = self._choose(), len(self.names)
        best = stability.best(table)
        asked = "" if number == best else f" This page was asked for {number} topics."
        draw = partial(
            charts.choice, table,
            measures={"stability": "Stability (1: the same topics each time)",
                      "coherence": "Coherence in articles left out (0: chance)"},
            title=f"{plural(best, 'topic')} hold still and hang together",
            alt=f"Stability and coherence of 2 to {table.topics.max()} topics; {best} are chosen.",
            caption=f"Mean of twenty refits and one standard error. The line is the number chosen.{asked}",
        )  # fmt: skip
        return Result("topic-choice", table, "", "What speaks for each number of topics", draws=draw)

    @told
    def coverage(self, *, by: str = "", min_articles: int = 3) -> Result:
        """The mean share of each topic, copies counted once and all; or, by "outlet" or "year", in each of these.

        Columns topic, kind, mean, low, high (95 % interval, articles resampled), articles, enough; or topic, by, share.

        >>> model.coverage(by="outlet").table.columns.tolist()
        ['outlet', 'topic', 'share', 'link']
        """
        if by:
            return self._matrix(by, min_articles)
        parts = []
        for kind, shares in (("copies once", self.shares), ("all copies", self._counted())):
            kinds = pd.Series(kind, shares.index, name="kind")
            parts.append(compare.coverage(shares, kinds, seed=self._seed, min_articles=min_articles))
        table = self._ordered(pd.concat(parts))
        table["enough"] &= table.topic.map((self._back() >= BACK).to_dict())
        largest = self.names[:SHOWN]
        draw = partial(
            charts.intervals, self._linked(table[table.topic.isin(largest)]), label="topic", series="kind",
            title=f"“{self.names[0]}” takes {percent(table['mean'][0])} of the coverage",
            alt=f"Share of the {plural(len(largest), 'largest topic')}, copies counted once and all.",
            caption="Mean share of an article, with the 95 % interval from resampling articles. Grey: a topic that "
            "does not come back. A mark opens its passages.",
        )  # fmt: skip
        return self._result("topic-coverage", table, caption="Share of each topic", draws=draw)

    @told
    def main(self, *, by: str = "outlet", min_articles: int = 3) -> Result:
        """What each outlet or year tells most: `by`, topic, mean, low, high, articles, all (the share with all copies).

        >>> model.main(by="year").table.columns.tolist()
        ['year', 'topic', 'mean', 'low', 'high', 'articles', 'all', 'link']
        """
        groups, shares, _ = self._groups(by, min_articles)
        table = self._ordered(compare.coverage(shares, groups, seed=self._seed, min_articles=min_articles))
        table = table.sort_values("mean", ascending=False, kind="stable").drop_duplicates(by).sort_values(by)
        copied = self._counted().groupby(_grouping(self._asked.english(), by)).mean()
        table["all"] = [copied.at[row[1], row.topic] for row in table.itertuples()]
        table, nothing = table.drop(columns="enough"), f"No {by} has {plural(min_articles, 'article')}."
        return self._result(f"main-topic-by-{by}", table, nothing, f"The largest topic of each {by}")

    @told
    def contrasts(self, *, by: str = "outlet", min_articles: int = 3) -> Result:
        """Where an outlet or year differs from all others, q below .05: topic, articles, columns of `stats.contrasts`.

        >>> bool(model.contrasts(min_articles=8).table.q.max() < 0.05)
        True
        """
        groups, shares, few = self._groups(by, min_articles)
        table = stats.across(shares.join(groups), by, self.names, seed=self._seed, min_articles=min_articles)
        table = table[table.q < SURE].sort_values("difference", key=abs, ascending=False, kind="stable")
        table = table.assign(topic=table.measure, articles=table[by].map(groups.value_counts()))
        alike = f"No {by} gives a topic more or less room than chance would have it."
        little = [alike] * (table.empty and not few)
        if lone := sorted(set(_grouping(self._corpus, by)) - set(groups)):
            little.append(f"{named_or_counted(lone)}: fewer than {plural(min_articles, 'article')}.")
        return self._result(
            f"contrasts-by-{by}", table[[by, "topic", "articles", "mean", "others", "low", "high", "q"]],
            few or alike, f"Where one {by} differs from all others",
            heads={"mean": ("Here", percent), INTERVAL: ("Difference in points", points)},
            says=tuple(compare.contrast_findings(table, by, partial(self._about, groups))), little=tuple(little),
        )  # fmt: skip

    @told
    def distances(self, *, by: str = "outlet", min_articles: int = 3, n: int = 5) -> Result:
        """The n pairs farthest apart: first, second, distance, dealt, q, articles; see `compare.distances`.

        >>> model.distances(n=1).table.distance.between(0, 1).tolist()
        [True]
        """
        groups, shares, few = self._groups(by, min_articles)
        table = compare.distances(shares, groups, seed=self._seed).head(n).drop(columns="p")
        heads, says = {"first": by.capitalize()}, tuple(compare.distance_findings(table, by))
        return self._result(f"distances-by-{by}", table, few, "The agendas farthest apart", heads=heads, says=says)

    @told
    def silences(self, *, by: str = "outlet", min_articles: int = 3, n: int = 5) -> Result:
        """What one never covers though most others do, the n least likely: `by`, columns of `compare.silences`.

        >>> model.silences().table.columns[:3].tolist()
        ['outlet', 'topic', 'others']
        """
        groups, shares, few = self._groups(by, min_articles)
        table = compare.silences(shares, groups).head(n).rename(columns={"group": by})
        caption = f"What one {by} leaves out though most others tell it, and how likely that is by chance"
        heads = {"topic": "Never covers", "others": f"Other {by}s that do", "articles": "Its articles"}
        nothing = few or f"No {by} leaves out a topic that most others cover."
        return self._result(f"silences-by-{by}", table, nothing, caption, heads=heads)

    @told
    def over_time(self, *, min_articles: int = 5) -> Result:
        """The three largest topics by month, quarter or year: topic, day (first), mean, low, high, articles, enough.

        >>> model.over_time().table.topic.nunique()
        3
        """
        published = self._corpus.documents.set_index("doc").published
        periods = about.periods(published, min_articles=min_articles).rename("period").dropna()
        shares = self.shares.loc[periods.index, self.names[:3]]
        table = compare.coverage(shares, periods, seed=self._seed, min_articles=min_articles)
        table = self._ordered(table[: len(table) * (periods.nunique() > 1)])
        table["day"] = [period.start_time for period in table.period]
        peak = table[table.enough].sort_values("mean", ascending=False, kind="stable").head(1)
        high = [f"“{r.topic}”: {percent(r.mean)} of {about.period_name(r.period)}" for r in peak.itertuples()]
        draw = partial(
            charts.lines, table, series="topic",
            title="".join(high) or "The largest topics over time",
            alt=f"Share of the {plural(len(self.names[:3]), 'largest topic')} in each period, with 95 % intervals.",
            caption="Mean share of an article in each month, quarter or year (by how many there are), with the 95 % "
            f"interval from resampling articles. A ring: fewer than {min_articles} articles.",
        )  # fmt: skip
        nothing = "The articles are of one period, or of none that is known."
        table = table[["topic", "day", "mean", "low", "high", "articles", "enough"]]
        return self._result("topics-over-time", table, nothing, "The largest topics over time", draws=draw)

    @told
    def words(self, *, by: str = "outlet", min_articles: int = 3) -> Result:
        """The three surest words of each outlet or year, q below .05: `by`, articles, effect, low, high, q.

        >>> int(model.words().table.groupby("outlet").size().max())
        3
        """
        groups, _, few = self._groups(by, min_articles)
        texts = self._corpus.documents.set_index("doc").text[groups.index]
        table = compare.distinctive(texts, groups, words=self._words).rename(columns={"group": by})
        table = table[table.q < SURE].groupby(by).head(3)
        table["link"] = [html.anchor("word", name, word) for name, word in zip(table[by], table.word, strict=True)]
        find = partial(self._holding, groups)
        return self._result(
            f"words-by-{by}", table[["word", by, "articles", "effect", "low", "high", "q", "link"]],
            few or f"No word sets one {by} apart more surely than chance would.",
            f"Words that set one {by} apart; q below 0.05", heads={INTERVAL: ("95 % interval", decimal)},
            says=tuple(compare.word_findings(table, by, find)),
            finds=lambda: [html.evidence(find(row["word"], row[by]), f"{row[by]}: {row['word']}", name=row["link"])
                           for row in table.to_dict("records")],
        )  # fmt: skip

    @told
    def phrases(self, *, n: int = 10) -> Result:
        """The n surest fixed phrases: phrase, times, articles, strength; see `compare.collocations`.

        >>> model.phrases(n=1).table.columns.tolist()
        ['phrase', 'times', 'articles', 'strength']
        """
        table = compare.collocations(self._corpus.sentences, n=n)
        nothing = "No two words stand side by side in three articles."
        return self._result("phrases", table, nothing, "Fixed phrases, the surest first")

    @told
    def passages(self, topic: int = 0, *, n: int = 2) -> Result:
        """The n passages nearest to a topic, given by its number, or to every topic: doc, sent, text, nearness, number.

        >>> model.passages(3, n=1).table.number.tolist()
        [3]
        """
        numbers = range(1, len(self.names) + 1)
        chosen = [one_of(topic, numbers, "topic")] if fits(topic, int, "topic", least=0) else numbers
        table = pd.concat([self._model.passages(number - 1, n).assign(number=number) for number in chosen])
        return Result(
            "passages", table.reset_index(drop=True), "No passage is near.",
            finds=lambda: [self._piece(number, n) for number in chosen], opens=True,
        )  # fmt: skip

    @kept
    def _back(self) -> pd.Series:
        """The share of refits in which each topic comes back."""
        return stability.returns(self._model, seed=self._seed).set_axis(self.names)

    @kept
    def _counted(self) -> pd.DataFrame:
        """Shares of all articles in English, copies too."""
        texts = self._asked.english().documents.set_index("doc").text
        return self._model.transform(texts).set_axis(self.names, axis=1)

    def _ordered(self, table: pd.DataFrame) -> pd.DataFrame:
        """The same with the largest topic first."""
        places = table.topic.map({name: place for place, name in enumerate(self.names)})
        return table.iloc[places.argsort(kind="stable")].reset_index(drop=True)

    def _linked(self, table: pd.DataFrame) -> pd.DataFrame:
        """The same with the id of the passages of each row's topic."""
        return table.assign(link=[f"topic-{self.names.index(name) + 1}" for name in table.topic])

    def _groups(self, by: str, min_articles: int) -> tuple[pd.Series, pd.DataFrame, str]:
        """The outlet or year of each article, where it has enough, their shares, and why they can not be compared."""
        groups = _grouping(self._corpus, one_of(by, ("outlet", "year"), "grouping"))
        groups = groups[groups.map(groups.value_counts()) >= min_articles]
        few = f"There are no two {by}s with {plural(min_articles, 'article')} to compare."
        return groups, self.shares.loc[groups.index], few if groups.nunique() < 2 else ""

    def _result(
        self, name: str, table: pd.DataFrame, nothing: str = "", caption: str = "", *,
        heads: html.Columns | None = None, **more: Any,
    ) -> Result:  # fmt: skip
        """A table under this room's headings; its rows open the passages of their topics, where they have any."""
        if "topic" in table:
            table, numbers = self._linked(table), sorted({self.names.index(topic) + 1 for topic in table.topic})
            more |= {"finds": lambda: [*map(self._piece, numbers)], "evidence": "The passages nearest to its topics"}
        known = HEADS | (heads or {})
        keys = [INTERVAL if key == "low" else key for key in table if key not in {"high", "enough", *html.META}]
        columns = {key: known.get(key) or key.capitalize() for key in keys}
        return Result(name, table.reset_index(drop=True), nothing, caption, columns, **more)

    @kept
    def _piece(self, number: int, n: int = 2) -> html.Piece:
        """The n passages nearest to a topic, headed by the sentence that is most about it."""
        tops = self._model.top_words(10)[number - 1]
        rows = dated(self._model.passages(number - 1, n), self._corpus.documents)
        rows["marks"] = [[*tops, *map(str.capitalize, tops)]] * len(rows)
        heading = f"{number} {self.names[number - 1]}: “{self._model.sentence(number - 1)[0]}”"
        return html.evidence(rows, heading, name=f"topic-{number}")

    def _about(self, groups: pd.Series, topic: str, name: str) -> Told:
        """A sentence about a topic from the articles of one outlet or year, or where it has none from any."""
        number = self.names.index(topic)
        own = self._model.sentence(number, groups.index[groups == name])
        return own if own[0] else self._model.sentence(number)

    def _holding(self, groups: pd.Series, word: str, name: str) -> pd.DataFrame:
        """The first sentence with a word in the articles of one outlet or year, with its outlet and day."""
        rows = compare.sentences(self._corpus.sentences, groups.index[groups == name], word, 1)
        return dated(rows, self._corpus.documents)

    def _matrix(self, by: str, min_articles: int) -> Result:
        """The share of each topic in each outlet or year."""
        groups, shares, few = self._groups(by, min_articles)
        means = shares.groupby(groups).mean().rename_axis(columns="topic")[: len(groups) * (groups.nunique() > 1)]
        shown = means.T.head(SHOWN)
        draw = partial(
            charts.matrix, shown.where(shown >= 0.005),
            links=pd.DataFrame({name: [f"topic-{number + 1}" for number in range(len(shown))] for name in shown}),
            title=f"Who tells which of the {plural(len(shown), 'largest topic')}",
            alt=f"Share of each topic in the articles of {plural(len(means), by)}, in per cent.",
            caption=f"Per cent of the coverage of one {by}, mean over its articles; empty: none.",
        )  # fmt: skip
        table = means.stack().rename("share").reset_index()
        return self._result(f"topics-by-{by}", table, few, f"Topics by {by}", draws=draw)


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
        raise InputError("topics.fit takes a Corpus: add articles to a folder and read it, topics.fit(load('folder'))")
    fits(n_topics, int, "n_topics", least=0)
    one_of(method, METHODS, "method")
    fits(mask_names, bool, "mask_names")
    fits(seed, int, "seed", least=0)
    originals = corpus.english().originals()
    words = masked(originals.mentions.surface if mask_names else [])
    texts, options = originals.documents.set_index("doc").text, {"method": method, "words": words, "seed": seed}
    choose = cache(partial(stability.choose, texts, **options))
    known = {"_asked": corpus, "_corpus": originals, "_words": words, "_choose": choose, "_seed": seed}
    try:
        model = make(texts, n_topics=n_topics or stability.best(choose()), **options)
    except InputError as error:
        nothing = f"{str(error)[0].upper()}{str(error)[1:]}."
        return TopicModel(pd.DataFrame(index=texts.index), None, **known, _nothing=nothing)
    return TopicModel(model.shares.set_axis(model.names(), axis=1), model, **known)


def _grouping(corpus: Corpus, by: str) -> pd.Series:
    """The outlet or the year of each article that has one, by doc."""
    documents = corpus.documents.set_index("doc")
    if by == "year":
        return documents.published.dropna().dt.year.astype(str).rename("year")
    return documents.outlet[documents.outlet != about.UNKNOWN]
