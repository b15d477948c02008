"""A network that answers: who is named, with whom, when and where, with the sentences behind each answer."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import cached_property, partial
from typing import Any

import numpy as np
import pandas as pd

from .. import InputError
from ..corpus import about, asked, questions
from ..corpus.corpus import Corpus, dated
from ..sentiment import scores
from ..show import charts, diagram, html
from ..show.result import Finding, Result, kept
from ..show.words import chance, day, decimal, percent, plain, plural, points
from ..stats import MIN_ARTICLES
from . import compared, graph, meetings

SURE = 0.05  # the q below which two meet more often than by chance
MOST = 200  # such pairs that are described and written to files, those in most articles
EVENTS = 3  # events that must bring two together
SUBJECT = 0.5  # the share of articles beyond which an actor is what the corpus is about, and its company no news
TOLD = 3  # findings of one kind
COLUMNS = 12  # of a matrix
GOOD = 140  # characters of a sentence that is good to quote
RULES = {
    "name": "a name, or a surname after it",
    "dem": "a demonym: Russian, Chinese",
    "met": "a capital or seat that stands for its state",
    "loc": "a capital that is only a place",
    "inst": "an institution",
    "role": "an office, held by someone on that day",
    "desc": "a description: his Chinese counterpart, both countries, the island",
}
PAIR = {"pair": "Pair", "articles": "Articles", "expected": ("By chance", decimal), "q": ("q", chance)}


def build(
    corpus: Corpus, *, unit: str = "sentence", min_meetings: int = 3, min_articles: int = MIN_ARTICLES,
    split_day: str = "", extra_names: str = "auto", seed: int = 7,
) -> "Network":  # fmt: skip
    """Who is named with whom in the English articles of a corpus, copies counted once.

    Two actors meet where a `unit` (sentence, paragraph or article) names both; a pair needs `min_meetings` articles,
    an outlet or a period `min_articles` to be compared. `split_day` (2024-05-12) parts two periods, by default at the
    middle article. `extra_names` (yes, no, auto) counts names that no gazetteer knows; auto does so where the folder
    has no gazetteer of its own. Raises InputError for another value.

    >>> build(corpus, unit="paragraph").tested[["first", "second"]].iloc[0].tolist()
    ['CHN', 'RUS']
    """
    if not isinstance(corpus, Corpus):
        raise InputError(f"network.build takes a Corpus, not {corpus!r}; read one first: corpus = load('folder')")
    asked.one_of(asked.fits(unit, str, "unit"), meetings.UNITS, "unit")
    asked.one_of(asked.fits(extra_names, str, "extra_names"), ("yes", "no", "auto"), "extra_names")
    for name, number in (("min_meetings", min_meetings), ("min_articles", min_articles), ("seed", seed)):
        asked.fits(number, int, name, least=int(name != "seed"))
    whole = corpus.english()
    days = whole.english(copies=False).documents.published.dropna().sort_values()
    split = pd.to_datetime(asked.fits(split_day, str, "split_day"), format="%Y-%m-%d", errors="coerce")
    if split_day and pd.isna(split):
        raise InputError(f"split_day takes a day such as 2024-05-12, not {split_day!r}")
    split = split if split_day or days.empty else days.iloc[len(days) // 2]
    return Network(whole, unit, min_meetings, min_articles, split, extra_names, seed)


class Network:
    """Who is named with whom; `build` makes it, its methods answer.

    actors: everybody named, most articles first (actor, name, articles, share); appearances: each actor in each unit;
    tested: the pairs held against chance (`meetings.pairs`).
    """

    def __init__(
        self, whole: Corpus, unit: str, min_meetings: int, min_articles: int, split: pd.Timestamp, extra: str, seed: int
    ) -> None:
        self._whole, self._corpus = whole, whole.english(copies=False)
        self._unit, self._extra, self._seed = unit, extra, seed
        self._min_meetings, self._min_articles, self._split = min_meetings, min_articles, split
        self._names = whole.actors.set_index("actor").name.to_dict()
        self._mentions, self.appearances, self.tested = self._measured(self._corpus)
        counts = self.appearances.drop_duplicates(["doc", "actor"]).actor.value_counts().reset_index(name="articles")
        counts = counts.sort_values(["articles", "actor"], ascending=[False, True], ignore_index=True)
        share = counts.articles / max(1, len(self._corpus))
        self.actors = counts.assign(name=[self._name(who) for who in counts.actor], share=share)
        self._sizes = counts.set_index("actor").articles

    def __repr__(self) -> str:
        size, pairs = plural(len(self._corpus), "article"), plural(len(self.tested), "pair")
        return f"{plural(len(self.actors), 'actor')} in {size}; {pairs}, {len(self._company)} of them keep company"

    @kept
    def named(self, n: int = 15) -> Result:
        """Who is named most, and the sentences that name them.

        >>> company.named(2).table.name.tolist()
        ['China', 'Russia']
        """
        top = self.actors.head(asked.fits(n, int, "n", least=1))
        top = top.assign(link=[html.anchor("actor", who) for who in top.actor])
        alt = f"Share of articles that name each of the {len(top)} most named actors."
        caption = f"Share of the {len(self._corpus)} articles that name the actor. A bar opens its sentences."
        bars = {"label": "name", "value": "share", "form": percent, "alt": alt, "caption": caption}
        columns = {"name": "Actor", "articles": "Articles", "share": ("Share", percent)}
        draws, finds = partial(charts.bars, top, title="Who is named most", **bars), partial(self._naming, top.actor)
        return Result("named-most", top, "Nobody is named.", alt, columns, draws, finds=finds)

    @kept
    def draw(self, strongest: int = 40, order_by: str = "articles") -> Result:
        """The network of the `strongest` pairs by articles, or by backbone: those that stand out at their actors.

        >>> company.draw(strongest=1).table.pair.tolist()
        ['China – Russia']
        """
        asked.one_of(asked.fits(order_by, str, "order_by"), ("articles", "backbone"), "order_by")
        known = self._known if order_by == "articles" else self._known.sort_values("alpha", kind="stable")
        drawn = known.head(asked.fits(strongest, int, "strongest", least=1))
        made = graph.graph(drawn, seed=self._seed)
        for who, node in made.nodes(data=True):
            node["link"] = html.anchor("actor", who)
        pairs = plural(len(drawn), "pair")
        first = "in most articles" if order_by == "articles" else "that stand out at their actors"
        alt = f"Network of {plural(len(made), 'actor')} with {pairs}."
        caption = f"{pairs}, those {first} first. Dot: articles that name the actor. Colour: closer groups. A dot or "
        title = "Who is named with whom beyond chance"
        told = {"sizes": self._sizes, "names": self._names, "title": title, "alt": alt}
        return Result(
            "network", drawn, "No pair meets more often than by chance.", alt,
            PAIR | {"since": "First", "until": "Last"},
            lambda: diagram.network(
                made, graph.layout(made, seed=self._seed), caption=f"{caption}line opens its sentences.", **told
            ),
            finds=lambda: [*self._meeting(drawn), *self._naming(made)],
        )  # fmt: skip

    @kept
    def pairs(self, n: int = 15) -> Result:
        """The pairs that most surely meet more often than by chance, with verbs of the sentences they share.

        Its table has mean VADER scores of these sentences too, in the outlets' own voice and in what they quote.

        >>> company.pairs(1).table[["pair", "events"]].values.tolist()
        [['Vladimir Putin – Xi Jinping', 27]]
        """
        known = self._known.sort_values("p", kind="stable")
        rows = self._kinds(known.head(asked.fits(n, int, "n", least=1)))
        none = f"No pair meets in {plural(self._min_meetings, 'article')} more often than by chance."
        caption = f"The surest of {plural(len(self._company), 'pair')} that meet more often than by chance"
        columns = PAIR | {"events": "Events", "verbs": "Verbs"}
        told = (self._surest(known), (none,) * self._company.empty, partial(self._meeting, rows))
        return Result("pairs", rows, none, caption, columns, None, *told, notes=compared.neighbours(self._sure))

    @kept
    def over_time(self, n: int = 12) -> Result:
        """The share of the articles of each period that name those who came or went, and the most named: `n` in all.

        >>> company.over_time(2).table.columns.tolist()
        ['name', 'group', 'times', 'articles', 'share', 'low', 'high', 'link', 'faint']
        """
        documents, found = self._corpus.documents, self._changed[self._changed.second == ""]
        when = about.periods(documents.published, min_articles=self._min_articles)
        when = when if when.nunique() <= COLUMNS else documents.published.dt.to_period("Y")
        sizes = when.value_counts().sort_index()
        names = {period: about.period_name(period) for period in sizes.index[sizes >= self._min_articles][-COLUMNS:]}
        title = found.told.iloc[0][0] if len(found) else "Who is named when"
        return self._by_group(
            "when", when.set_axis(documents.doc).map(names), list(names.values()), self._top(found["first"], n), title,
            f"No two periods have {plural(self._min_articles, 'article')}.",
        )  # fmt: skip

    @kept
    def changes(self, n: int = 12) -> Result:
        """Who, and which pairs, are named more or less often since the day that parts two periods, beyond chance.

        >>> company.changes(1).table.what.tolist()
        ['Andrei Belousov']
        """
        rows, answer, split = self._changed, self._asked["changes"].main, self._split
        none = compared.unchanged(self._asked["changes"], split)
        columns = {"what": "Named", "before": ("Before", percent), "since": ("Since", percent)}
        columns |= {("low", "high"): ("Points, each event counted once", points), "p": ("p", chance)}
        says = self._findings(rows, answer.usual, "when", "changes")
        return Result(
            "changes", rows[["what", "before", "since", "effect", "low", "high", "p", "link"]].head(n), none,
            f"Share of articles that name them, before and since {day(split)}", columns, None,
            says, (none,) * rows.empty, partial(self._compared, rows.head(n)),
        )  # fmt: skip

    @kept
    def by_outlet(self, n: int = 12) -> Result:
        """The share of each outlet's articles that name those in whom outlets differ, and the most named: `n` in all.

        >>> company.by_outlet(3).table.name.unique().tolist()
        ['Spain', 'ASEAN', 'China']
        """
        question, found = self._asked["naming"], self._habits("naming")
        outlet = self._outlet[self._outlet != about.UNKNOWN]
        sizes = outlet.value_counts().sort_index().sort_values(ascending=False, kind="stable")
        order = [name for at, name in enumerate(sizes.index) if at < COLUMNS or name in set(found.group)]
        title = found.told.iloc[0][0] if len(found) else "Who is named in which outlet"
        shown = self._by_group(
            "outlets", outlet, order, self._top(found["first"], n), title, "No two outlets are known.",
            set(zip(found["first"], found.group, strict=True)),
        )  # fmt: skip
        says = self._findings(found, question.main.usual, "outlets") or compared.uneven(question, "name")
        little = compared.nothing(question, "names")
        return replace(shown, says=says, little=little, notes=question.notes)

    @kept
    def contrasts(self, n: int = 12) -> Result:
        """Whom, and which pairs, an outlet names more or less often than the others do, beyond chance.

        >>> company.contrasts(2).table[["group", "what"]].values.tolist()
        [['Iberia Prensa', 'Spain'], ['Straits Review', 'ASEAN']]
        """
        question, pairs = self._asked["pairs"], self._habits("pairs")
        rows = pd.concat([self._habits("naming"), pairs], ignore_index=True).head(n)
        uneven = compared.uneven(question, "bring together")
        little = compared.nothing(question, "brings together")
        columns = {"group": "Outlet", "what": "Named", "here": ("Here", percent), "others": ("Others", percent)}
        columns |= {("low", "high"): ("Points", points), "p": ("p", chance)}
        says = self._findings(pairs, question.main.usual, "contrasts", "contrasts") or uneven
        return Result(
            "contrasts", rows[["group", "what", "articles", "here", "others", "effect", "low", "high", "p", "link"]],
            "".join([*little, *(each.says for each in uneven)]) or "No outlet stands out.",
            f"Who is named more or less often than by the others, {question.held.words}", columns, None,
            says, little, partial(self._compared, rows),
            notes=tuple(note for note in question.notes if note not in self._asked["naming"].notes),
        )  # fmt: skip

    def copies(self) -> Result:
        """The pairs that copies make or unmake: articles and q with copies counted once, and with all of them.

        >>> "Brazil – Sergei Lavrov" in company.copies().table.pair.tolist()
        True
        """
        *_, every = self._measured(self._whole)
        both = self.tested.merge(every, on=["first", "second"], how="outer", suffixes=("", "_all"))
        rows = self._paired(both[(both.q < SURE) != (both.q_all < SURE)])
        columns = {"pair": "Pair", "articles": ("Articles, copies once", plain), "articles_all": ("All", plain)}
        columns |= {"q": ("q, copies once", chance), "q_all": ("All", chance)}
        caption = f"Pairs that copies make or unmake; –: in fewer than {self._min_meetings} articles"
        finds = partial(self._meeting, rows)
        return Result("copied", rows, "Copies make and unmake no pair.", caption, columns, finds=finds)

    @kept
    def missed(self, n: int = 12) -> Result:
        """The commonest names that no gazetteer knows, each with a sentence.

        >>> company.missed(1).table.actor.tolist()
        ['Sea of Japan']
        """
        every = self._mentions if self._extra == "yes" else self._corpus._named("yes")
        found = every[~every.actor.isin(self._names)].merge(self._corpus.sentences[["doc", "sent", "text"]])
        first = {name: (name, "first") for name in ("surface", "doc", "text")}
        often = found.groupby("actor", as_index=False).agg(articles=("doc", "nunique"), **first)
        rows = often.sort_values(["articles", "actor"], ascending=[False, True]).head(asked.fits(n, int, "n", least=1))
        rows["marks"] = [[surface] for surface in rows.surface]
        columns = {"actor": "Name", "articles": "Articles", "text": "A sentence with it"}
        caption = f"Names to add: the commonest of {len(often):,} that no gazetteer knows"
        return Result("missed", rows, "No name is repeated that the gazetteer does not know.", caption, columns)

    def rules(self) -> Result:
        """How actors are named: mentions by the rule that found them, `via`.

        >>> company.rules().table.via.iloc[0]
        'name'
        """
        rows = self._mentions.via[~self._mentions.nested].value_counts().rename_axis("via").reset_index(name="mentions")
        rows = rows.assign(share=rows.mentions / max(1, rows.mentions.sum()), meaning=rows.via.map(RULES))
        columns = {"meaning": "How", "share": ("Share", percent), "mentions": "Mentions"}
        return Result("rules", rows, "Nobody is named.", plural(int(rows.mentions.sum()), "mention"), columns)

    def sentences(self, first: str, second: str, n: int = 20) -> Result:
        """The sentences of the units in which two actors meet, by their names, oldest first; shows the first `n`.

        >>> company.sentences("Antony Blinken", "Wang Yi").says[0].says
        'Antony Blinken and Wang Yi meet in 8 sentences of 8 articles.'
        """
        ids = dict(zip(self.actors.name, self.actors.actor, strict=True))
        if first == second:
            raise InputError(f"sentences takes two actors, not {first!r} twice")
        wanted = [asked.one_of(name, ids, "actor") for name in (first, second)] if ids else [first, second]
        pair = pd.DataFrame([[ids.get(name, name) for name in wanted]], columns=meetings.ENDS)
        rows, both = self._met(pair).drop(columns=["pair", *meetings.ENDS]), " and ".join(wanted)
        told = f"{both} meet in {plural(len(rows), 'sentence')} of {plural(rows.doc.nunique(), 'article')}."
        says = (Finding(told, effect=len(rows), articles=rows.doc.nunique()),)
        heading = f"The first {n} of {len(rows)}" if len(rows) > n else "All of them"
        finds = partial(map, html.evidence, [rows.head(n)], [heading])
        return Result("sentences", rows, f"No {self._unit} names both {both}.", says=says, finds=finds, opens=True)

    def files(self) -> Result:
        """The pairs as files: GEXF for Gephi, GraphML for yEd, igraph and Cytoscape, and all that was tested as CSV.

        >>> company.files().table.file.tolist()
        ['network.gexf', 'network.graphml', 'pairs.csv']
        """
        names = ["network.gexf", "network.graphml", "pairs.csv"] if len(self.tested) else []
        says = f"{plural(len(self._known), 'pair')} for network programs, and all {len(self.tested):,} tested as a "
        nothing, told = f"No two actors meet in {plural(self._min_meetings, 'article')}.", (Finding(f"{says}table."),)
        return Result("files", pd.DataFrame({"file": names}), nothing, says=told, finds=self._written, opens=True)

    @cached_property
    def _sure(self) -> pd.DataFrame:
        """The pairs that meet more often than by chance, with their names and what tells whether they keep company."""
        sure, documents = self.tested[self.tested.q < SURE], self._corpus.documents
        sure = meetings.judged(sure, self.appearances, self._mentions, documents, set(self._names))
        few = sure.events < min(EVENTS, meetings.told_in(documents).nunique())
        return self._paired(sure.assign(few=few, listed=sure.listed > 0.5))

    @property
    def _company(self) -> pd.DataFrame:
        """Those that keep company: no parts of one name, no members of lists, and not of one or two events."""
        return self._sure[~self._sure[["halves", "listed", "few"]].any(axis=1)]

    @cached_property
    def _known(self) -> pd.DataFrame:
        """Those in most articles, with their backbone, days and outlets."""
        told = self._company.drop(columns=["halves", "listed", "few"]).head(MOST)
        return graph.backbone(graph.described(told, self.appearances, self._corpus.documents))

    @cached_property
    def _outlet(self) -> pd.Series:
        """The outlet of each doc."""
        return self._corpus.documents.set_index("doc").outlet

    @cached_property
    def _since(self) -> pd.Series:
        """Whether each doc is of "before" or "since" the day that parts two periods; "" where that is unknown."""
        days = self._corpus.documents.set_index("doc").published
        return (days >= self._split).map({True: "since", False: "before"}).where(days.notna(), "")

    @cached_property
    def _things(self) -> pd.DataFrame:
        """Whom the page compares."""
        pairs = self._company.assign(what=[f"{both} in one {self._unit}" for both in self._company.both])
        return compared.things(self.actors, pairs, len(self._corpus), self._min_articles)

    @cached_property
    def _values(self) -> pd.DataFrame:
        """Whether each article names each of them."""
        return compared.presence(self.appearances, self._things, self._corpus.documents.doc)

    @cached_property
    def _asked(self) -> dict[str, questions.Question]:
        """The questions of the page, so that p counts for all of them: naming, pairs and changes."""
        values, documents, things = self._values, self._corpus.documents, self._things
        alone = things.second == ""
        own = alone & ~things["first"].isin(self._names) & compared.own_words(values, things.what, documents)
        options = {"min_articles": self._min_articles, "seed": self._seed}
        return questions.settled({
            "naming": questions.ask(values.loc[:, alone & ~own], documents, **options),
            "pairs": questions.ask(values.loc[:, ~alone], documents, **options),
            "changes": questions.ask(values.loc[:, ~own], documents, groups=self._since, **options),
        })  # fmt: skip

    @cached_property
    def _changed(self) -> pd.DataFrame:
        return compared.changed(self._asked["changes"], self._things, self._values, self._since, self._split)

    def _habits(self, name: str) -> pd.DataFrame:
        return compared.habits(self._asked[name], self._things, self._outlet)

    def _name(self, actor: str) -> str:
        return self._names.get(actor, actor)

    def _measured(self, corpus: Corpus) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        """Mentions, appearances and tested pairs of some articles."""
        mentions = meetings.spelled(corpus._named(self._extra), set(self._names))
        seen = meetings.appearances(mentions, corpus.sentences, unit=self._unit)
        units = meetings.units(corpus.sentences, self._unit)
        return mentions, seen, meetings.pairs(seen, units, min_meetings=self._min_meetings)

    def _top(self, found: pd.Series, n: int) -> list[str]:
        """The `n` actors that a matrix shows: those that were found to differ, then those named most."""
        return list(dict.fromkeys([*found, *self.actors.actor]))[: asked.fits(n, int, "n", least=1)]

    def _by_group(
        self, name: str, groups: pd.Series, order: list[str], actors: list[str], title: str, nothing: str,
        framed: Collection[tuple[str, str]] = (),
    ) -> Result:  # fmt: skip
        """Shares of the articles of each group that name each actor, as a matrix whose cells open their sentences."""
        rows = meetings.shares(self.appearances, groups, actors, order if len(order) > 1 else [])
        link = [html.anchor("actor", *pair) for pair in zip(rows.actor, rows.group, strict=True)]
        faint = rows.articles < self._min_articles
        rows = rows.assign(name=rows.actor.map(self._name), link=link, faint=faint)
        rows["link"] = rows.link.where(rows.times > 0, "")
        square = {column: rows.pivot(index="actor", columns="group", values=column) for column in ("share", "link")}
        cells, links = (square[column].reindex(index=actors, columns=order) for column in ("share", "link"))
        group = {"outlets": "outlet", "when": "period"}[name]
        told = "Framed: beyond chance, where only what others told too is compared. " * bool(framed)
        told += "Grey: too few articles to compare." * bool(faint.any())
        return Result(
            name, rows[["name", "group", "times", "articles", "share", "low", "high", "link", "faint"]], nothing,
            f"Share of articles that name each actor, by {group}, in per cent.",
            {"name": "Actor", "group": group.title(), "share": ("Share", percent), ("low", "high"): ("95 %", percent)},
            lambda: charts.matrix(
                cells.rename(index=self._name), links=links, title=title, faint=set(rows.group[faint]),
                framed=[(actors.index(who), order.index(where)) for who, where in framed if who in actors],
                alt=f"Share of articles that name each actor, by {group}, in per cent.",
                caption=f"Per cent of all articles of each {group} that name the actor. {told}".strip(),
            ),
            finds=lambda: self._cells(rows[rows.times > 0], groups),
        )  # fmt: skip

    def _findings(self, rows: pd.DataFrame, usual: float, figure: str, pairs: str = "") -> tuple[Finding, ...]:
        """The surest differences, each with one of its sentences; `pairs` is the id of what shows a pair."""
        return tuple(
            Finding(
                row.told[1], row.effect, row.articles, row.p, pairs if row.second else figure,
                *quoted(self._passages(row.first, row.second, row.docs)),
                row.told[0] * (row.articles >= MIN_ARTICLES),
                abs(row.effect) / usual if usual > 0 else 1.0, row.novel,
            )
            for row in rows.head(TOLD).itertuples()
        )  # fmt: skip

    def _surest(self, known: pd.DataFrame) -> tuple[Finding, ...]:
        """Of pairs in their order the first in enough articles, of actors that do not stand in most."""
        share = self.actors.set_index("actor").share
        most = np.maximum(known["first"].map(share), known.second.map(share))
        rows = known.assign(effect=known.articles - known.expected, novel=1 - most, p=known.q, docs=None)
        rows = rows[(most <= SUBJECT) & (rows.articles >= MIN_ARTICLES)].head(TOLD)
        rows = rows.assign(told=[compared.company(row, self._unit) for row in rows.itertuples()])
        usual = (self._company.articles - self._company.expected).abs().median()
        return self._findings(rows, usual, "network", "network")

    def _paired(self, pairs: pd.DataFrame) -> pd.DataFrame:
        """Pairs with their names, and with the id of the sentences behind each."""
        names = [(self._name(row.first), self._name(row.second)) for row in pairs.itertuples()]
        link = [html.anchor("pair", row.first, row.second) for row in pairs.itertuples()]
        return pairs.assign(
            pair=[" – ".join(ends) for ends in names], both=[" and ".join(ends) for ends in names], link=link
        )

    def _kinds(self, pairs: pd.DataFrame) -> pd.DataFrame:
        """Pairs with the kind of their company; only sentences that they share are scored."""
        both = meetings.shared(self.appearances, self._corpus.sentences, pairs)
        parts = scores.sentences(both.drop_duplicates(["doc", "sent"]), self._corpus.voices)
        return pairs.join(meetings.kinds(both, parts, meetings.verbs(self._corpus.sentences)))

    def _written(self) -> Iterator[html.Piece]:
        """The files to download."""
        made = graph.graph(self._kinds(self._known).drop(columns=["pair", "both", "link"]), seed=self._seed)
        yield html.download("network.gexf", graph.gexf(made, self._names))
        yield html.download("network.graphml", graph.graphml(made, self._names))
        yield html.download("pairs.csv", self.tested.to_csv(index=False))

    @cached_property
    def _counted(self) -> pd.DataFrame:
        """Where each actor is named."""
        return meetings.counted(self._mentions)

    @cached_property
    def _surfaces(self) -> dict[tuple[str, int, str], list[str]]:
        """How a sentence (doc, sent) names an actor."""
        return self._counted.groupby(["doc", "sent", "actor"]).surface.agg(list).to_dict()

    def _met(self, pairs: pd.DataFrame) -> pd.DataFrame:
        """The sentences behind each pair: dated, with the names to mark, and whether both stand in it."""
        rows = dated(meetings.shared(self.appearances, self._corpus.sentences, pairs), self._corpus.documents)
        rows = rows.join(pairs[meetings.ENDS], on="pair")
        told = [
            [self._surfaces.get((r.doc, r.sent, who), []) for who in (r.first, r.second)] for r in rows.itertuples()
        ]
        rows = rows.assign(marks=[one + other for one, other in told], both=[all(each) for each in told])
        return rows[rows.marks.map(bool).astype(bool)]

    def _passages(self, first: str, second: str = "", docs: Collection[str] | None = None) -> pd.DataFrame:
        """The sentences that name an actor, or both of a pair, one an article; of `docs` only where they are given."""
        if second:
            rows = self._met(pd.DataFrame([[first, second]], columns=meetings.ENDS))
            rows = rows.sort_values("both", ascending=False, kind="stable")
        else:
            named = self._counted[self._counted.actor == first][["doc", "sent", "surface"]]
            rows = dated(named.merge(self._corpus.sentences, on=["doc", "sent"]), self._corpus.documents)
            rows = rows.assign(marks=[[surface] for surface in rows.surface])
        rows = rows if docs is None else rows[rows.doc.isin(docs)]
        return rows.drop_duplicates("doc").sort_index().drop(columns="title")

    def _evidence(self, heading: str, link: str, *wanted: Any) -> html.Piece:
        """Passages, one of each of three articles, under a heading and an id."""
        return html.evidence(self._passages(*wanted).head(3), heading, name=link)

    def _meeting(self, pairs: pd.DataFrame) -> Iterator[html.Piece]:
        """The sentences of each pair."""
        return (self._evidence(row.both, row.link, row.first, row.second) for row in pairs.itertuples())

    def _naming(self, actors: Iterable[str]) -> Iterator[html.Piece]:
        """The sentences that name each actor."""
        return (self._evidence(self._name(who), html.anchor("actor", who), who) for who in actors)

    def _compared(self, rows: pd.DataFrame) -> Iterator[html.Piece]:
        """The sentences behind each difference."""
        return (self._evidence(row.what, row.link, row.first, row.second, row.docs) for row in rows.itertuples())

    def _cells(self, rows: pd.DataFrame, groups: pd.Series) -> Iterator[html.Piece]:
        """The sentences behind each cell of a matrix: one of each of two articles."""
        for who, cells in rows.groupby("actor", sort=False):
            told = self._passages(who)
            where = told.doc.map(groups.to_dict())
            for cell in cells.itertuples():
                yield html.evidence(told[where == cell.group].head(2), f"{cell.name}, {cell.group}", name=cell.link)


def quoted(passages: pd.DataFrame) -> tuple[str, str]:
    """Of passages the one that is best to quote, of about GOOD characters, and its doc; "" where there is none."""
    if passages.empty:
        return "", ""
    if "both" in passages and passages.both.any():
        passages = passages[passages.both]
    best = passages.iloc[(passages.text.str.len() - GOOD).abs().argmin()]
    return best.text, best.doc
