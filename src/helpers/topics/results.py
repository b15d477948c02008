"""The answers of a topic model: what the coverage is about, and whether every outlet covers the same."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial, wraps
from textwrap import shorten
from typing import Any

import pandas as pd

from .. import InputError
from ..corpus import about
from ..corpus.asked import fits, one_of
from ..corpus.corpus import Corpus, dated
from ..corpus.questions import Question, ask, by_period, settled
from ..show import charts, html
from ..show.result import Result, kept
from ..show.words import chance, percent, plural, points
from ..stats import MIN_ARTICLES
from . import compare, stability
from . import words as vocabulary
from .compare import BACK, Told
from .model import METHODS, Model, make

SHOWN = 8  # topics in a figure
OUTLETS = 20  # in a figure, and half as many in a matrix
INTERVAL = ("low", "high")
# How a reader sees the columns of all tables of this room; other columns are shown under their own name.
HEADS = {
    "number": "No.", "title": "Headline nearest to it", "words": ("Heaviest words", ", ".join),
    "back": ("Found again", percent), "day": "From", "mean": ("Share", percent), "share": ("Share", percent),
    "here": ("Here", percent), "others": ("Others", percent), "all": ("With all copies", percent),
    INTERVAL: ("95 % interval", percent), "p": ("p", chance),
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
    _names: frozenset[str] | None  # kept out of the topics; None where names are wanted
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
        """All topics: topic, number, title (the headline nearest to it), words, share, low, high, all, back.

        `all` is the share with all copies; `back` the share of refits in which it comes back.

        >>> model.table().table.number.tolist()
        [1, 2, 3, 4, 5, 6, 7, 8]
        """
        table = compare.coverage(self.shares, pd.Series("all", self.shares.index, name="kind")).rename(
            columns={"mean": "share"}
        )
        table = table.assign(
            number=range(1, len(table) + 1), title=[*self._titles().values()], words=self._model.top_words(7)
        )
        every = self._model.transform(self._asked.english().documents.set_index("doc").text)
        table = table.assign(all=every.mean().to_numpy(), back=self._back().to_numpy())
        columns = ["topic", "number", *["title"] * any(table.title), "words", "share", "low", "high", "all", "back"]
        articles = len(self.shares)
        return self._result(
            "topics", table[columns].assign(faint=~(table.back >= BACK)),
            caption=f"{plural(len(table), 'topic')}; grey: not found again in half of the tries",
            says=tuple(compare.of_stability(self._back())),
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
            title=f"How well 2 to {table.topics.max()} topics hold; {best} are taken",
            alt=f"Stability and coherence of 2 to {table.topics.max()} topics; {best} are chosen.",
            caption=f"Mean of twenty tries and one standard error. The line is the number taken.{asked}",
        )  # fmt: skip
        few, table = (
            "In so few articles no more than two topics can be looked for.",
            table[: len(table) * (len(table) > 1)],
        )
        return Result("topic-choice", table, few, "What speaks for each number of topics", draws=draw)

    @told
    def coverage(self, *, min_articles: int = MIN_ARTICLES) -> Result:
        """The share of each topic in the coverage of each outlet: outlet, topic, share, low, high, articles.

        >>> model.coverage().table.columns[:3].tolist()
        ['outlet', 'topic', 'share']
        """
        groups = self._outlets(min_articles)
        table = compare.coverage(self.shares, groups[: len(groups) * (groups.nunique() > 1)])
        table = self._linked(table.rename(columns={"mean": "share"}))
        most = groups.value_counts().index[: OUTLETS // 2].sort_values()
        shown = table.pivot(index="topic", columns="outlet", values="share").reindex(self.names[:SHOWN], columns=most)
        draw = partial(
            charts.matrix, shown.where(shown >= 0.005).rename(index=lambda name: self._label(name, 36)),
            links=pd.DataFrame({name: [f"topic-{number + 1}" for number in range(len(shown))] for name in shown}),
            title=f"Who tells which of the {plural(len(shown), 'largest topic')}",
            alt=f"Share of each topic in the articles of {plural(len(most), 'outlet')}, in per cent.",
            caption="Per cent of the coverage of one outlet, mean over its articles; empty: none. A topic is named by "
            f"the headline nearest to it. Of more than {OUTLETS // 2} outlets those with most articles are drawn.",
        )  # fmt: skip
        few = f"Fewer than two outlets have {plural(min_articles, 'article')}."
        return self._result("topics-by-outlet", table, few, "Topics by outlet", draws=draw)

    @told
    def contrasts(self, *, min_articles: int = MIN_ARTICLES) -> Result:
        """To which topics outlets give more or less room than others in the same period: outlet, topic, articles.

        And the shares here and of others, low and high of their difference, and p, where it is below .05.

        >>> bool((model.contrasts().table.p < 0.05).all())
        True
        """
        question = self._compared(min_articles)[0]["topics"]
        says = compare.of_topics(question, self._titles(), self._about, self.shares.mean())
        table = question.main.named.rename(columns={"measure": "topic"})
        return self._differences(
            "contrasts-by-outlet", question, self._linked(table), tuple(says),
            f"No outlet gives a topic more or less room than the others {question.held.words}, beyond chance.",
            notes=(compare.left_out(question, min_articles),),
        )  # fmt: skip

    @told
    def over_time(self, *, min_articles: int = MIN_ARTICLES) -> Result:
        """The three largest topics by month, quarter or year: topic, day (first), mean, low, high, articles.

        >>> model.over_time().table.topic.nunique()
        3
        """
        documents = self._corpus.documents.set_index("doc")
        periods = about.periods(documents.published, min_articles=min_articles).rename("period").dropna()
        periods = periods[periods.map(periods.value_counts()) >= min_articles]
        shares = self.shares.loc[periods.index, self.names[:3]]
        table = compare.coverage(shares, periods[: len(periods) * (periods.nunique() > 1)])
        table = table.assign(day=[period.start_time for period in table.period])
        draw = partial(
            charts.lines, table.assign(topic=table.topic.map(self._label)), series="topic",
            title=f"The {plural(shares.shape[1], 'largest topic')} over time",
            alt=f"Share of the {plural(shares.shape[1], 'largest topic')} in each period, with 95 % intervals.",
            caption="Mean share of an article in each month, quarter or year (by how many there are), with its 95 % "
            f"interval; periods of fewer than {min_articles} articles are left out.",
        )  # fmt: skip
        nothing = f"Fewer than two periods have {plural(min_articles, 'article')}."
        table = table[["topic", "day", "mean", "low", "high", "articles"]]
        return self._result("topics-over-time", table, nothing, "The largest topics over time", draws=draw)

    @told
    def words(self, *, min_articles: int = MIN_ARTICLES) -> Result:
        """The words that outlets use in more or fewer articles than others on the same events: outlet, word, articles.

        And the shares of articles here and of others, low and high of their difference, and p, where it is below .05.

        >>> model.words().table.columns[:2].tolist()
        ['outlet', 'word']
        """
        questions, length, spread = self._compared(min_articles)
        question, find = questions["words"], partial(self._holding, length)
        table = question.main.named.rename(columns={"measure": "word"})
        table["link"] = [html.anchor("word", *each) for each in zip(table.group, table.word, strict=True)]
        table["link"] = table.link.where(table.effect > 0, "")
        tell = lambda word, outlet: tuple(find(word, outlet)[["text", "doc"]].head(1).to_numpy().ravel()) or ("", "")  # noqa: E731
        return self._differences(
            "words-by-outlet", question, table, tuple(compare.of_words(question, length, tell, spread)),
            f"No word is one outlet's more than the others' {question.held.words}, beyond chance.",
            note=f"Looked at are the first {length} words of an article that its outlet writes itself.",
            finds=lambda: [html.evidence(find(row.word, row.group), f"{row.group}: {row.word}", name=row.link)
                           for row in table[table.effect > 0].itertuples()],
            evidence="A sentence with each word",
        )  # fmt: skip

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
    def _titles(self) -> dict[str, str]:
        """The headline nearest to each topic, "" where there is none."""
        titles = self._corpus.documents.set_index("doc").title.str.strip()
        docs = self._model.nearest(titles.index[(titles != "") & ~titles.duplicated(keep=False)])
        return {name: titles.get(doc, "") for name, doc in zip(self.names, docs, strict=True)}

    def _label(self, topic: str, letters: int = 60) -> str:
        """What stands for a topic in a figure: its headline, or its words where it has none."""
        return shorten(self._titles().get(topic) or topic, letters, placeholder=" …")

    @kept
    def _own(self) -> pd.DataFrame:
        """The sentences of outlets' own voice."""
        return vocabulary.own_sentences(self._corpus.documents, self._corpus.sentences, self._corpus.voices)

    @kept
    def _compared(self, min_articles: int) -> tuple[dict[str, Question], int, pd.Series]:
        """All questions of this page, how many words of an article one looks at, and the share that has each."""
        documents, (texts, length) = self._corpus.documents, vocabulary.openings(self._own())
        names = () if self._names is None else self._corpus._named("yes").surface
        words = vocabulary.candidates(texts, vocabulary.masked({*names, *vocabulary.seats(documents)}))
        options = {"min_articles": min_articles, "seed": self._seed}
        # On one event all outlets tell much the same topic, so there is nothing to check within events.
        topics = ask(self.shares, documents, held=by_period(documents), **options)._replace(check=None)
        asked = ask(words, documents, **options)
        if words.empty:
            cannot = topics.main.cannot or "no word stands in enough articles"
            asked = asked._replace(main=asked.main._replace(cannot=cannot))
        return settled({"topics": topics, "words": asked}), length, words.mean()

    def _outlets(self, min_articles: int = 1) -> pd.Series:
        """The outlet of each article, where it is known and has enough."""
        outlets = self._corpus.documents.set_index("doc").outlet
        outlets = outlets[outlets != about.UNKNOWN]
        return outlets[outlets.map(outlets.value_counts()) >= min_articles]

    def _linked(self, table: pd.DataFrame) -> pd.DataFrame:
        """The same with the id of the passages of each row's topic."""
        return table.assign(link=[f"topic-{self.names.index(name) + 1}" for name in table.topic])

    def _differences(
        self, name: str, question: Question, table: pd.DataFrame, says: tuple, nothing: str, note: str = "", **more: Any
    ) -> Result:  # fmt: skip
        """Where outlets differ in one question: `table` has its named rows, `nothing` is said where there are none."""
        thing = "topic" if "topic" in table else "word"
        table = table.rename(columns={"group": "outlet"})
        more["notes"] = tuple(filter(None, (*question.notes, *more.get("notes", ()))))
        draw = partial(_drawn, question.main.table, table, self._label, f"{question.held.words}. {note}".strip())
        little = compare.alike(question, nothing)
        return self._result(
            name, table[["outlet", thing, "articles", "here", "others", "low", "high", "p", "link"]],
            says[0].says if says else little, f"Where one outlet differs from the others, {thing} by {thing}",
            heads={INTERVAL: ("Difference in points", points)}, draws=draw, says=says, little=(little,) * bool(little),
            **more,
        )  # fmt: skip

    def _result(
        self, name: str, table: pd.DataFrame, nothing: str = "", caption: str = "", *,
        heads: html.Columns | None = None, **more: Any,
    ) -> Result:  # fmt: skip
        """A table under this room's headings; its rows open the passages of their topics, where they have any."""
        if "topic" in table:
            table, numbers = self._linked(table), sorted({self.names.index(topic) + 1 for topic in table.topic})
            more |= {"finds": lambda: [*map(self._piece, numbers)], "evidence": "The passages nearest to its topics"}
        known = HEADS | (heads or {})
        keys = [INTERVAL if key == "low" else key for key in table if key not in {"high", *html.META}]
        columns = {key: known.get(key) or key.capitalize() for key in keys}
        return Result(name, table.reset_index(drop=True), nothing, caption, columns, **more)

    @kept
    def _piece(self, number: int, n: int = 2) -> html.Piece:
        """The n passages nearest to a topic, headed by the headline nearest to it."""
        tops = self._model.top_words(10)[number - 1]
        rows = dated(self._model.passages(number - 1, n), self._corpus.documents)
        rows["marks"] = [[*tops, *map(str.capitalize, tops)]] * len(rows)
        name = self.names[number - 1]
        told = self._titles()[name] or self._model.sentence(number - 1)[0]
        return html.evidence(rows, f"{number} {name}: “{told}”", name=f"topic-{number}")

    def _about(self, topic: str, outlet: str) -> Told:
        """A sentence about a topic from the articles of one outlet."""
        outlets = self._outlets()
        return self._model.sentence(self.names.index(topic), outlets.index[outlets == outlet])

    def _holding(self, length: int, word: str, outlet: str) -> pd.DataFrame:
        """The first sentence with a word in the articles of one outlet, with its outlet and day."""
        outlets = self._outlets()
        rows = compare.holding(self._own(), outlets.index[outlets == outlet], word, length)
        return dated(rows, self._corpus.documents)


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
    originals = corpus.english(copies=False)
    names = frozenset(originals.mentions.surface) if mask_names else None
    words = vocabulary.masked(names or ())
    texts, options = originals.documents.set_index("doc").text, {"method": method, "words": words, "seed": seed}
    choose = cache(partial(stability.choose, texts, **options))
    known = {"_asked": corpus, "_corpus": originals, "_names": names, "_choose": choose, "_seed": seed}
    try:
        model = make(texts, n_topics=n_topics or stability.best(choose()), **options)
    except InputError as error:
        nothing = f"{str(error)[0].upper()}{str(error)[1:]}."
        return TopicModel(pd.DataFrame(index=texts.index), None, **known, _nothing=nothing)
    return TopicModel(model.shares.set_axis(model.names(), axis=1), model, **known)


def _drawn(every: pd.DataFrame, named: pd.DataFrame, label: Callable[..., str], where: str) -> charts.Drawing:
    """The differences of all outlets in the two topics or words in which one differs most surely."""
    thing = "topic" if "topic" in named else "word"
    turns = {name: turn for turn, name in enumerate(named[thing].unique()[:2])}
    rows = every[(every.articles > 0) & every.measure.isin(turns)].rename(columns={"compared": "enough"})
    rows = rows.assign(mean=100 * rows.effect, low=100 * rows.low.clip(-1), high=100 * rows.high.clip(upper=1))
    links = named.set_index([thing, "outlet"]).link.to_dict()
    rows["link"] = [links.get(key, "") for key in zip(rows.measure, rows.group, strict=True)]
    rows = rows.assign(turn=rows.measure.map(turns), series=rows.measure.map(lambda name: label(name, 36)))
    rows = rows.sort_values(["turn", "enough", "mean"], ascending=[True, False, False])
    places = {outlet: place for place, outlet in enumerate(rows.group.unique()[:OUTLETS])}
    rows = rows[rows.group.isin(places)].sort_values(["turn", "group"], key=lambda key: key.replace(places))
    return charts.intervals(
        rows, label="group", series="series", title=compare.title(named.iloc[0]),
        alt=f"By how many points outlets differ from the others, {thing} by {thing}, with 95 % intervals.",
        caption=f"Points by which an outlet differs from the others {where} The 95 % intervals hold for all outlets "
        f"and {thing}s together. Grey: too few articles to be compared.",
    )  # fmt: skip
