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
from ..show.words import chance, day, percent, plural, points
from ..stats import MIN_ARTICLES, SURE
from . import compare, stability
from . import words as vocabulary
from .compare import BACK, TOLD
from .model import METHODS, Model, make

SHOWN = 8  # topics in a figure
OUTLETS = 20  # in a figure, and half as many in a matrix
# How a reader sees the columns of all tables of this room; other columns are shown under their own name.
HEADS = {
    "number": "No.", "title": "Headline nearest to it", "words": ("Heaviest words", ", ".join),
    "back": ("Found again", percent), "share": ("Share", percent), "here": ("Here", percent),
    "others": ("Others", percent), "articles": "Of articles", "p": ("p", chance),
    "chosen": ("Taken", lambda chosen: "yes" * chosen),
    "stability": ("Stability (1: the same each time)", "{:.2f}".format),
    "stability_error": ("Its error", "{:.2f}".format), "coherence_error": ("Its error", "{:.2f}".format),
    "coherence": ("Coherence in others (0: chance)", "{:.2f}".format),
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
    _corpus: Corpus  # English originals
    _choose: Callable[[], pd.DataFrame]
    _blank: Callable[[str], str]  # takes out of a text what the topics do not see
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
        """All topics: topic, number, title (the headline nearest to it), words, share, back (in refits).

        >>> model.table().table.number.tolist()
        [1, 2, 3, 4, 5, 6, 7, 8]
        """
        back, number = stability.returns(self._model, seed=self._seed), range(1, len(self.names) + 1)
        known = {"topic": self.names, "number": number, "title": self._titles().values(), "share": self.shares.mean()}
        table = pd.DataFrame(known | {"words": self._model.top_words(7)}).assign(back=back.to_numpy())
        columns = ["topic", "number", *["title"] * any(table.title), "words", "share", "back"]
        articles, (table, finds) = len(self.shares), self._opens(table[columns], self._behind())
        return self._result(
            "topics", table.assign(faint=~(table.back >= BACK)), finds=finds,
            caption=f"{plural(len(table), 'topic')}; share: of an article's passages, mean over articles; grey: not "
            "found again in half of the tries",
            says=tuple(compare.of_stability(back)),
            little=(f"Topics of {plural(articles, 'article')} can change with a single one.",) * (articles < 30),
            notes=tuple(filter(None, [compare.of_events(self.shares, self._facts().event)])),
        )  # fmt: skip

    @told
    def choice(self) -> Result:
        """What speaks for each number of topics; see `stability.choose`. Takes seconds where `fit` was given a number.

        >>> int(fit(corpus.only(period="2021"), n_topics=2).choice().table.chosen.sum())
        1
        """
        table, number = self._choose(), len(self.names)
        asked = f" This page was asked for {plural(number, 'topic')}." * (number != stability.best(table))
        return self._result(
            "topic-choice", table[: len(table) * (len(table) > 1)].assign(faint=~table.chosen),
            "In so few articles no more than two topics can be looked for.",
            f"How well topics hold, by their number: means of twenty tries with one standard error.{asked}",
        )  # fmt: skip

    @told
    def coverage(self, *, min_articles: int = MIN_ARTICLES) -> Result:
        """The share of each topic in the coverage of each outlet: outlet, topic, share, low, high, articles.

        >>> model.coverage().table.columns[:3].tolist()
        ['outlet', 'topic', 'share']
        """
        outlets = self._facts().outlet
        outlets = outlets[(outlets != about.UNKNOWN) & (outlets.map(outlets.value_counts()) >= min_articles)]
        table = compare.coverage(self.shares, outlets[: len(outlets) * (outlets.nunique() > 1)])
        table, finds = self._opens(table, self._behind())
        most = outlets.value_counts().index[: OUTLETS // 2].sort_values()
        shown, links = (
            table.pivot(index="topic", columns="outlet", values=values).reindex(self.names[:SHOWN], columns=most)
            for values in ("share", "link")
        )
        draw = partial(
            charts.matrix, shown.where(shown >= 0.005).rename(index=lambda name: self._label(name, 36)),
            links=links.astype(object).fillna(""),
            title=f"Who tells which of the {plural(len(shown), 'largest topic')}",
            alt=f"Share of each topic in the articles of {plural(len(most), 'outlet')}, in per cent.",
            caption="Per cent of the passages of an article, mean over the articles of one outlet; empty: none. A "
            "topic is named by the headline nearest to it. "
            f"Of more than {OUTLETS // 2} outlets those with most articles are drawn.",
        )  # fmt: skip
        few = f"Fewer than two outlets have {plural(min_articles, 'article')}."
        return self._result(
            "topics-by-outlet", table, few, "Topics by outlet", draws=draw if len(self.names) > 1 else None, finds=finds
        )

    @told
    def contrasts(self, *, min_articles: int = MIN_ARTICLES) -> Result:
        """To which topics outlets give more or less room than others in the same period: outlet, topic, articles.

        And the shares here and of others, low and high of their difference, and p, where it is below .05.

        >>> bool((model.contrasts().table.p < 0.05).all())
        True
        """
        question = self._compared(min_articles)[0]["topics"]
        posed, rows, beside = question.posed, self._behind(), f"{question.held.words} as the others"
        return self._differences(
            "topic", question, self.shares.mean(),
            lambda topic, outlet: self._model.sentence(self.names.index(topic), _of(posed.docs(topic), outlet)),
            name=lambda topic: compare.like(topic, self._titles()[topic]),
            opens=lambda table: self._opens(table, rows[rows.doc.isin(posed.docs(self.names[0]).index)], beside),
        )  # fmt: skip

    @told
    def words(self, *, min_articles: int = MIN_ARTICLES) -> Result:
        """The words that outlets use in more or fewer articles than others on the same events: outlet, word, articles.

        And the shares of articles here and of others, low and high of their difference, and p, where it is below .05.

        >>> model.words().table.columns[:2].tolist()
        ['outlet', 'word']
        """
        questions, names, spread = self._compared(min_articles)
        question, (sentences, _, length) = questions["words"], self._opening()
        posed, blank = question.posed, vocabulary.blanked(names)

        def holding(word: str, outlet: str, *, others: bool = False) -> pd.DataFrame:
            """The sentences with a word in the openings of an outlet, or of the others beside it."""
            docs = posed.docs(word, beside=outlet).index if others else _of(posed.docs(word), outlet)
            rows = sentences[sentences.doc.isin(docs[posed.values[word][docs] > 0])]
            return dated(vocabulary.holding(rows, length, word, blank), self._corpus.documents)

        def opens(table: pd.DataFrame) -> tuple[pd.DataFrame, Callable]:
            """A table whose rows open their sentences: of an outlet that has a word less, those of the others."""
            less, found = (table.p < SURE) & (table.effect < 0), []
            for row, others in zip(table.itertuples(), less, strict=True):
                where = f"the others, beside {row.outlet}" if others else row.outlet
                to = html.anchor("word", row.outlet, row.word, *["others"] * others)
                rows = holding(row.word, row.outlet, others=others)
                found.append((to * (len(rows) > 0), rows, f"“{row.word}” in openings of {where}"))
            pieces = (html.evidence(*shown, name=to) for to, *shown in found if to)
            return table.assign(link=[to for to, *_ in found]), partial(list, pieces)

        return self._differences(
            "word", question, spread,
            lambda *asked: next(holding(*asked)[["text", "doc"]].itertuples(index=False, name=None), ("", "")),
            name="“{}”".format, opens=opens,
            note=f"Openings are the first {length} words that an outlet writes itself.",
        )  # fmt: skip

    @told
    def passages(self, topic: int = 1, *, n: int = 2) -> Result:
        """The n passages nearest to a topic, given by its number: doc, sent, text, nearness.

        >>> len(model.passages(3, n=1).table)
        1
        """
        one_of(fits(topic, int, "topic"), range(1, len(self.names) + 1), "topic")
        table, name = self._model.passages(topic - 1, n), self.names[topic - 1]
        finds = lambda: [self._piece(dated(table, self._corpus.documents), name)]  # noqa: E731
        return Result("passages", table, "No passage is near.", finds=finds, opens=True)

    @kept
    def _facts(self) -> pd.DataFrame:
        """The articles by doc."""
        return self._corpus.documents.set_index("doc")

    @kept
    def _titles(self) -> dict[str, str]:
        """The headline nearest to each topic, "" where there is none."""
        titles = self._facts().title.str.strip()
        docs = self._model.nearest(titles.index[(titles != "") & ~titles.duplicated(keep=False)])
        return {name: titles.get(doc, "") for name, doc in zip(self.names, docs, strict=True)}

    def _label(self, topic: str, letters: int = 60) -> str:
        """What stands for a topic in a figure: its headline, or its words where it has none."""
        return shorten(self._titles().get(topic) or topic, letters, placeholder=" …")

    @kept
    def _opening(self) -> tuple[pd.DataFrame, pd.Series, int]:
        """The openings of articles; see `words.openings`."""
        return vocabulary.openings(self._corpus.documents, self._corpus.sentences, self._corpus.voices)

    @kept
    def _compared(self, min_articles: int) -> tuple[dict[str, Question], set[str], pd.Series]:
        """All questions of this page, the names that are no words, and the share of openings that has each word."""
        documents, (sentences, texts, _) = self._corpus.documents, self._opening()
        names = {
            *self._corpus.mentions.surface,
            *self._corpus._names().mentions.surface,
            *documents.outlet,
            *documents.place,
        }
        said = vocabulary.attributing(sentences.own)
        words = vocabulary.candidates(texts, vocabulary.masked(names), said)
        options = {"min_articles": min_articles, "seed": self._seed}
        # On one event all outlets tell much the same topic, so there is nothing to check within events.
        topics = ask(self.shares, documents, held=by_period(documents), **options)._replace(check=None)
        asked = ask(words, documents, **options)
        if words.empty:
            cannot = topics.main.cannot or "no word stands in enough articles"
            asked = asked._replace(main=asked.main._replace(cannot=cannot))
        return settled({"topics": topics, "words": asked}), names, words.mean()

    def _differences(
        self, thing: str, question: Question, spread: pd.Series, tell: Callable[[str, str], tuple], *,
        name: Callable[[str], str], opens: Callable[[pd.DataFrame], tuple[pd.DataFrame, Callable]], note: str = "",
    ) -> Result:  # fmt: skip
        """Where outlets differ in their topics or words, with a figure of the one in which one does most surely.

        `opens` gives a table links, and makes the evidence that they open.
        """
        main, held = question.main, question.held.words
        facts, little = self._facts(), compare.alike(question, thing)
        says = tuple(
            each._replace(source=f"{facts.outlet[each.doc]}, {day(facts.published[each.doc])}" if each.doc else "")
            for each in compare.of_differences(question, thing, name, tell, spread)
        )
        table = compare.surest(question)
        rows = main.table[main.table.measure.isin(table.measure[:1]) & (main.table.articles > 0)]
        rows = rows.sort_values(["compared", "t"], ascending=False).head(OUTLETS)
        rows = rows.sort_values(["compared", "effect"], ascending=False)
        both, names = pd.concat([table, rows]), {"group": "outlet", "measure": thing}
        both, finds = opens(both[~both.index.duplicated()].rename(columns=names))
        table, rows = table.assign(link=both.link), rows.assign(link=both.link)
        draw = partial(
            charts.intervals, rows.assign(
                series=rows.measure.map(self._label), enough=rows.compared, mean=100 * rows.effect,
                low=100 * rows.low.clip(-1), high=100 * rows.high.clip(upper=1),
            ),
            label="group", series="series", title=next(map(self._heading, table.itertuples()), ""),
            alt=f"By how many points outlets differ from the others in one {thing}, with 95 % intervals.",
            caption=f"Points by which an outlet differs from the others {held}. The 95 % intervals hold for all "
            f"outlets and {thing}s together. Grey: too few articles to be compared. {note}".strip(),
        )  # fmt: skip
        table = table.rename(columns=names)
        return self._result(
            TOLD[thing][0], table[["outlet", thing, "articles", "here", "others", "low", "high", "p", "link"]],
            says[0].says if says else little, f"Where one outlet differs from the others, {thing} by {thing}",
            says=says, little=(little,) * bool(little), draws=draw, notes=question.notes,
            tested=not main.cannot, finds=finds,
        )  # fmt: skip

    def _heading(self, row: Any) -> str:
        """What a figure of a difference shows, in two short lines."""
        return (
            f"{row.group}: {'more' if row.effect > 0 else 'less'} of “{self._label(row.measure, 40)}” than the others"
        )

    def _result(self, name: str, table: pd.DataFrame, nothing: str = "", caption: str = "", **more: Any) -> Result:
        """A table under this room's headings."""
        more["evidence"] = "The sentences with each word" if "word" in table else "The passages behind each share"
        interval = ("Difference in points", points) if "here" in table else ("95 % interval", percent)
        heads = {name: HEADS.get(name, name.capitalize()) for name in table if name not in {"high", *html.META}}
        columns = {("low", "high") if name == "low" else name: interval if name == "low" else head
                   for name, head in heads.items()}  # fmt: skip
        return Result(name, table.reset_index(drop=True), nothing, caption, columns, **more)

    @kept
    def _behind(self) -> pd.DataFrame:
        """Every passage of every article under each topic of which it is a part, nearest first."""
        facts = self._corpus.documents
        docs = pd.DataFrame({"doc": facts.doc, "article": pd.Index(self._model.texts).get_indexer(facts.text)})
        rows = dated(self._model.behind(self.names).merge(docs, on="article"), facts)
        return rows.sort_values(["nearness", "doc", "sent"], ascending=[False, True, True])

    def _opens(self, table: pd.DataFrame, rows: pd.DataFrame, *beside: str) -> tuple[pd.DataFrame, Callable]:
        """A table whose rows open those of `rows` of the same topic, and of the same outlet if it has one."""
        keys = [name for name in ("topic", "outlet") if name in table]
        found, keyed = dict(iter(rows.groupby(keys))), [*table[keys].itertuples(index=False, name=None)]
        ids = {key: html.anchor("topic", str(self.names.index(key[0]) + 1), *key[1:], *beside)
               for key in keyed if key in found}  # fmt: skip
        finds = lambda: [self._piece(found[key], *key, *beside, name=name) for key, name in ids.items()]  # noqa: E731
        return table.assign(link=[ids.get(key, "") for key in keyed]), finds

    def _piece(self, rows: pd.DataFrame, topic: str, *where: str, name: str = "") -> html.Piece:
        """Passages under a topic, with the words marked that weigh most in each."""
        number = self.names.index(topic)
        told = f" in {', '.join(where)}" if where else f": “{self._titles()[topic] or self._model.sentence(number)[0]}”"
        marks = [vocabulary.weighing(self._blank(text), self._weights(number)) for text in rows.text.head(html.FIRST)]
        rows = rows.assign(marks=[*marks, *[()] * (len(rows) - len(marks))])
        return html.evidence(rows, f"{number + 1} {topic}{told}", name=name, noun="passage")

    @kept
    def _weights(self, number: int) -> dict[str, float]:
        """What each word weighs in a topic."""
        return dict(zip(self._model.words.vocabulary, self._model.solution.words[number], strict=True))


def _of(groups: pd.Series, outlet: str) -> pd.Index:
    """The docs of an outlet."""
    return groups.index[groups == outlet]


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
    names = originals.mentions.surface if mask_names else ()
    texts, words = originals.documents.set_index("doc").text, vocabulary.masked(names)
    options = {"method": method, "words": words, "seed": seed}
    choose = cache(partial(stability.choose, texts, **options))
    known = {"_corpus": originals, "_choose": choose, "_blank": vocabulary.blanked(names), "_seed": seed}
    try:
        model = make(texts, n_topics=n_topics or stability.best(choose()), **options)
    except InputError as error:
        nothing = f"{str(error)[0].upper()}{str(error)[1:]}."
        return TopicModel(pd.DataFrame(index=texts.index), None, **known, _nothing=nothing)
    return TopicModel(model.shares.set_axis(model.names(), axis=1), model, **known)
