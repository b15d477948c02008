"""A network that answers: who is named, with whom, when and where, with the sentences behind each answer."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property, partial
from itertools import chain, starmap

import numpy as np
import pandas as pd

from .. import InputError
from ..corpus import about, asked, questions
from ..corpus.corpus import Corpus
from ..sentiment import scores
from ..show import charts, diagram, html
from ..show.result import Finding, Result, kept
from ..show.words import chance, day, decimal, percent, plain, plural, points
from ..stats import MIN_ARTICLES
from . import compared, graph, meetings
from .meetings import ENDS
from .passages import Passages, quoted, written

SURE = 0.05  # the q below which two meet more often than by chance
MOST = 200  # such pairs that are described and written to files, those in most articles
NEARLY = 0.9  # all: an actor that such a share of the articles names meets nobody beyond chance
SUBJECT = 0.5  # the share of articles beyond which an actor is what the corpus is about, and its company no news
TOLD = 3  # findings of one kind
# Of actors that count, and how several are called.
KINDS = {"person": "people", "institution": "institutions", "state": "states", "bloc": "blocs", "media": "media"}
COLUMNS = 12  # of a matrix
PAIR = {"pair": "Pair", "articles": "Articles", "expected": ("By chance", decimal), "q": ("q", chance)}


def build(
    corpus: Corpus, *, unit: str = "sentence", min_meetings: int = 3, min_articles: int = MIN_ARTICLES,
    split_day: str = "", seed: int = 7, extra_names: None = None,
) -> "Network":  # fmt: skip
    """Who is named with whom in the English articles of a corpus, copies counted once.

    Two actors meet where a `unit` (sentence, paragraph or article) names both; a pair needs `min_meetings` articles,
    an outlet or a period `min_articles` to be compared. `split_day` (2024-05-12) parts two periods, by default at the
    middle article. Names that no list knows count where `load` counts them. Raises InputError for another value.

    >>> build(corpus, unit="paragraph").tested[["first", "second"]].iloc[0].tolist()
    ['CHN', 'RUS']
    """
    if not isinstance(corpus, Corpus):
        raise InputError(f"network.build takes a Corpus, not {corpus!r}; read one first: corpus = load('folder')")
    asked.one_of(asked.fits(unit, str, "unit"), meetings.UNITS, "unit")
    if extra_names is not None:
        raise InputError(f"extra_names has moved to load: load('folder', extra_names={extra_names!r})")
    for name, number in (("min_meetings", min_meetings), ("min_articles", min_articles), ("seed", seed)):
        asked.fits(number, int, name, least=int(name != "seed"))
    whole = corpus.english()
    days = whole.english(copies=False).documents.published.dropna().sort_values()
    split = pd.to_datetime(asked.fits(split_day, str, "split_day"), format="%Y-%m-%d", errors="coerce")
    if split_day and pd.isna(split):
        raise InputError(f"split_day takes a day such as 2024-05-12, not {split_day!r}")
    split = split if split_day or days.empty else days.iloc[len(days) // 2]
    return Network(whole, unit, min_meetings, min_articles, split, seed)


class Network:
    """Who is named with whom; `build` makes it, its methods answer.

    actors: everybody named, most articles first (actor, articles, name, share, kind); appearances: each actor in each
    unit; tested: the pairs held against chance (`meetings.pairs`).
    """

    def __init__(
        self, whole: Corpus, unit: str, min_meetings: int, min_articles: int, split: pd.Timestamp, seed: int
    ) -> None:
        self._whole, self._corpus = whole, whole.english(copies=False)
        self._unit, self._seed = unit, seed
        self._min_meetings, self._min_articles, self._split = min_meetings, min_articles, split
        self._names = whole.actors.set_index("actor").name.to_dict()
        self._mentions, self.appearances, self.tested = self._measured(self._corpus)
        counts = self.appearances.groupby("actor", as_index=False).doc.nunique().rename(columns={"doc": "articles"})
        counts = counts.sort_values(["articles", "actor"], ascending=[False, True], ignore_index=True)
        names, share = [self._name(who) for who in counts.actor], counts.articles / max(1, len(self._corpus))
        kind = counts.actor.map(whole.actors.set_index("actor").kind).fillna("name")
        self.actors = counts.assign(name=names, share=share, kind=kind)

    def __repr__(self) -> str:
        size, pairs = plural(len(self._corpus), "article"), plural(len(self.tested), "pair")
        return f"{plural(len(self.actors), 'actor')} in {size}; {pairs}, {len(self._company)} of them keep company"

    @kept
    def named(self, n: int = 15, kind: str = "") -> Result:
        """Who is named most, of all or of one `kind` (person, institution, state), and the sentences that name them.

        >>> company.named(2).table.name.tolist(), company.named(2, "person").table.name.tolist()
        (['China', 'Russia'], ['Vladimir Putin', 'Xi Jinping'])
        """
        among = self.actors
        if asked.fits(kind, str, "kind"):
            among = among[among.kind == asked.one_of(kind, KINDS, "kind")]
        top = among.head(asked.fits(n, int, "n", least=1))
        top = top.assign(link=[html.anchor("actor", who) for who in top.actor])
        who = KINDS.get(kind, "actors")
        alt = f"Share of articles that name each of the {len(top)} {who} named most."
        caption = f"Share of the {len(self._corpus)} articles that name the actor. A bar opens its sentences."
        bars = {"label": "name", "value": "share", "form": percent, "alt": alt, "caption": caption}
        columns = {"name": "Actor", "kind": "Kind", "articles": "Articles", "share": ("Share", percent)}
        title, finds = f"The {who} named most" if kind else "Who is named most", partial(self._naming, top.actor)
        name, none = f"named-{kind or 'most'}", "Nobody of this kind is named." if kind else "Nobody is named."
        return Result(name, top, none, alt, columns, partial(charts.bars, top, title=title, **bars), finds=finds)

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
        drawn_as = f"{pairs}, those {first} first. Dot: articles that name the actor. Colour: closer groups."
        words = {"alt": alt, "caption": f"{drawn_as} A dot or line opens its sentences."}
        words |= {"names": self._names, "title": "Who is named with whom beyond chance"}
        sizes, columns = self.actors.set_index("actor").articles, PAIR | {"since": "First", "until": "Last"}
        return Result(
            "network", drawn, "No pair meets more often than by chance.", alt, columns,
            lambda: diagram.network(made, graph.layout(made, seed=self._seed), sizes=sizes, **words),
            finds=lambda: [*self._behind(drawn), *self._naming(made)],
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
        told = (self._surest(), (none,) * self._company.empty, partial(self._behind, rows))
        columns, notes = PAIR | {"events": "Events", "verbs": "Verbs"}, compared.everywhere([*self._everywhere.name])
        return Result("pairs", rows, none, caption, columns, None, *told, notes=notes)

    @kept
    def over_time(self, n: int = 12) -> Result:
        """The share of the articles of each period that name those who came or went, and the most named: `n` in all.

        >>> company.over_time(2).table.columns.tolist()
        ['name', 'group', 'times', 'articles', 'share', 'low', 'high', 'link', 'faint']
        """
        documents, found = self._corpus.documents, self._asked["changes"][1].query("second == ''")
        when = about.periods(documents.published, min_articles=self._min_articles)
        when = when if when.nunique() <= COLUMNS else documents.published.dt.to_period("Y")
        sizes = when.value_counts().sort_index()
        names = {period: about.period_name(period) for period in sizes.index[sizes >= self._min_articles][-COLUMNS:]}
        groups, none = when.set_axis(documents.doc).map(names), f"No two periods have {self._min_articles} articles."
        return self._matrix("when", "period", groups, list(names.values()), found, n, none)

    @kept
    def changes(self, n: int = 12) -> Result:
        """Who, and which pairs, are named more or less often since the day that parts two periods, beyond chance.

        >>> company.changes(1).table.what.tolist()
        ['Andrei Belousov']
        """
        (question, rows), split = self._asked["changes"], self._split
        none = compared.unchanged(question, split)
        return replace(
            self._differences(rows, n, {"what": "Named"}, "Since", "Before", "Points, each event counted once"),
            name="changes", nothing=none, caption=f"Share of articles that name them, before and since {day(split)}",
            says=self._findings(rows, question.main.usual, "changes", 2), little=(none,) * rows.empty,
            tested=not question.main.cannot,
        )  # fmt: skip

    @kept
    def by_outlet(self, n: int = 12) -> Result:
        """The share of each outlet's articles that name those in whom outlets differ, and the most named: `n` in all.

        >>> company.by_outlet(3).table.name.unique().tolist()
        ['Spain', 'ASEAN', 'European Union']
        """
        question, found = self._asked["naming"]
        outlet = self._corpus.documents.set_index("doc").outlet
        outlet = outlet[outlet != about.UNKNOWN]
        sizes = outlet.value_counts().sort_index().sort_values(ascending=False, kind="stable")
        order = [name for at, name in enumerate(sizes.index) if at < COLUMNS or name in set(found.group)]
        differ, little = compared.whole(question, "name")
        says = self._findings(found, question.main.usual, "outlets") or differ
        tested = not question.main.cannot
        shown = self._matrix("outlets", "outlet", outlet, order, found, n, "No two outlets are known.")
        return replace(shown, says=says, little=little, notes=question.notes, tested=tested)

    @kept
    def contrasts(self, n: int = 12) -> Result:
        """Whom, and which pairs, an outlet names more or less often than the others do, beyond chance.

        >>> company.contrasts(2).table[["group", "what"]].values.tolist()
        [['Iberia Prensa', 'Spain'], ['Straits Review', 'ASEAN']]
        """
        (naming, named), (question, pairs) = self._asked["naming"], self._asked["pairs"]
        rows = pd.concat([named, pairs], ignore_index=True)
        differ, little = compared.whole(question, "bring together")
        return replace(
            self._differences(rows, n, {"group": "Outlet", "what": "Named"}, "Here", "Others", "Points"),
            name="contrasts", nothing="".join([*little, *(each.says for each in differ)]) or "No outlet stands out.",
            caption=f"Who is named more or less often than by the others, {question.held.words}",
            says=self._findings(pairs, question.main.usual, "contrasts", 0) or differ, little=little,
            notes=tuple(note for note in question.notes if note not in naming.notes),
            tested=not question.main.cannot,
        )  # fmt: skip

    def copies(self) -> Result:
        """The pairs that copies make or unmake: articles and q with copies counted once, and with all of them.

        >>> "Europe – Iran" in company.copies().table.pair.tolist()
        True
        """
        *_, every = self._measured(self._whole)
        both = self.tested.merge(every, on=["first", "second"], how="outer", suffixes=("", "_all"))
        rows = self._paired(both[(both.q < SURE) != (both.q_all < SURE)], "copied")
        columns = {"pair": "Pair", "articles": ("Articles, copies once", plain), "articles_all": ("All", plain)}
        columns |= {"q": ("q, copies once", chance), "q_all": ("All", chance)}
        caption = f"Pairs that copies make or unmake; –: in fewer than {self._min_meetings} articles"
        finds = lambda: Passages(self._whole._named(), self._whole, self._unit).behind(rows)  # noqa: E731
        return Result("copied", rows, "Copies make and unmake no pair.", caption, columns, finds=finds)

    @kept
    def joined(self, n: int = 50) -> Result:
        """How names that no list knows were joined: every actor written in several ways, those ways, and the reasons.

        The first `n` open the sentences with each way of writing, the others an article with one.

        >>> company.joined().nothing
        'No name that no list knows is counted here, so none is joined.'
        """
        found, each = self._whole._found, lambda lists: [*dict.fromkeys(filter(None, chain.from_iterable(lists)))]
        ways = written(self._mentions[: None if found else 0], self._whole._names().joined, self._names)
        second = lambda links: links.iloc[1]  # noqa: E731 (the first is the name itself)
        rows = ways.groupby("actor").agg({"written": list, "reason": each, "link": second, "at": second})
        rows = self.actors.drop(columns="share").merge(rows, on="actor")
        rows["link"] = rows.link.where(rows.index < asked.fits(n, int, "n", least=1), rows.pop("at"))
        opened = ways[ways.actor.isin(rows.actor.head(n))].assign(second="")
        none = "is written in two ways" if found else "is counted here, so none is joined"
        told = f"{len(ways):,} ways of writing a name are joined into {plural(len(rows), 'actor')}."
        columns = {"name": "Actor", "kind": "Kind", "written": ("Written", "; ".join)}
        columns |= {"reason": ("Why it is one", "; ".join), "articles": "Articles"}
        mentions = self._mentions.assign(actor=self._mentions.actor + "\n" + self._mentions.surface)
        spots = partial(Passages, mentions, self._corpus, self._unit)
        finds = lambda: [  # noqa: E731
            html.fold("Every joining with its reason", [html.table(rows, told, columns, name="joined")]),
            html.fold("The sentences with each way of writing", spots().behind(opened), name="joined"),
        ]
        none, says = f"No name that no list knows {none}.", (Finding(told),) * (len(rows) > 0)
        return Result("joined", rows, none, says=says, finds=finds if len(rows) else None, opens=True)

    @kept
    def missed(self, n: int = 12) -> Result:
        """The commonest names that no gazetteer knows, each with a sentence.

        >>> company.missed(1).table.actor.tolist()
        ['Pacific']
        """
        found = self._whole._names().mentions
        found = found[found.doc.isin(self._corpus.documents.doc) & ~found.actor.isin(self._whole._listed)]
        often = found.groupby("actor", as_index=False).agg(articles=("doc", "nunique"))
        rows = often.sort_values(["articles", "actor"], ascending=[False, True]).head(asked.fits(n, int, "n", least=1))
        told = Passages(found, self._corpus, self._unit)
        firsts = [told.named(who).iloc[0] for who in rows.actor]
        rows["text"], rows["marks"] = ([each[name] for each in firsts] for name in ("text", "marks"))
        rows["link"] = [html.anchor("missed", who) for who in rows.actor]
        columns = {"actor": "Name", "articles": "Articles", "text": "A sentence with it"}
        caption = f"Names to add: the commonest of {len(often):,} that no gazetteer knows"
        none = "No name is repeated that the gazetteer does not know."
        heads = rows.assign(first=rows.actor, second="", heading=rows.actor)
        return Result("missed", rows, none, caption, columns, finds=partial(told.behind, heads))

    def sentences(self, first: str, second: str, n: int = 20) -> Result:
        """The sentences of the units in which two actors meet, by their names, oldest first; shows the first `n`.

        >>> company.sentences("Antony Blinken", "Wang Yi").says[0].says
        'Antony Blinken and Wang Yi meet in 8 sentences of 8 articles.'
        """
        ids = dict(zip(self.actors.name, self.actors.actor, strict=True))
        if first == second:
            raise InputError(f"sentences takes two actors, not {first!r} twice")
        wanted = [asked.one_of(name, ids, "actor") for name in (first, second)] if ids else [first, second]
        both = " and ".join(wanted)
        rows = self._passages.named(*(ids.get(name, name) for name in wanted))
        told = f"{both} meet in {plural(len(rows), 'sentence')} of {plural(rows.doc.nunique(), 'article')}."
        says = (Finding(told, effect=len(rows), articles=rows.doc.nunique()),)
        heading = f"The first {n} of {len(rows)}" if len(rows) > n else "All of them"
        finds = partial(map, html.evidence, [rows.head(n)], [heading])
        return Result("sentences", rows, f"No {self._unit} names both {both}.", says=says, finds=finds, opens=True)

    def files(self) -> Result:
        """The pairs as files: GEXF for Gephi, GraphML for yEd, igraph and Cytoscape, and CSV of all that was tested.

        >>> company.files().table.file.tolist()
        ['network.gexf', 'network.graphml', 'nodes.csv', 'pairs.csv']
        """
        names = ["network.gexf", "network.graphml", "nodes.csv", "pairs.csv"] if len(self.tested) else []
        says = f"{plural(len(self._known), 'pair')} for network programs, and all {len(self.tested):,} tested as a "
        nothing, told = f"No two actors meet in {plural(self._min_meetings, 'article')}.", (Finding(f"{says}table."),)
        return Result("files", pd.DataFrame({"file": names}), nothing, says=told, finds=self._written, opens=True)

    @cached_property
    def _company(self) -> pd.DataFrame:
        """The pairs that meet more often than by chance and keep company, with their names."""
        sure = self.tested[(self.tested.q < SURE) & ~self.tested[ENDS].isin([*self._everywhere.actor]).any(axis=1)]
        sure, known = sure[~meetings.akin(sure, self._whole.actors)], self._whole._listed
        found = meetings.company(sure, self.appearances, self._mentions, self._corpus.documents, known)
        shared = meetings.met(self.appearances, found).merge(self._corpus.sentences)
        again = shared.duplicated(["pair", "text"], keep=False).groupby(shared.pair).mean()
        # Sentences that articles repeat word by word are a page's own, such as whom to follow, or an agency's.
        return self._paired(found[~(again.reindex(found.index) > 0.5)])  # a pair that is mostly in such is none

    @property
    def _everywhere(self) -> pd.DataFrame:
        """Those whom nearly all articles name, where there are enough to tell."""
        return self.actors[(self.actors.share >= NEARLY) & (len(self._corpus) > meetings.EVENTS)]

    @property
    def _clear(self) -> pd.DataFrame:
        """Those whose names say who is meant: each is known to a list, or of two words or more."""
        ends = self._company[ENDS].map(lambda who: who in self._whole._listed or " " in who)
        return self._company[ends.all(axis=1)]

    @cached_property
    def _known(self) -> pd.DataFrame:
        """Those in most articles, with their backbone, days and outlets."""
        return graph.backbone(graph.described(self._company.head(MOST), self.appearances, self._corpus.documents))

    @cached_property
    def _asked(self) -> dict[str, tuple[questions.Question, pd.DataFrame]]:
        """The questions of the page, so that p counts for all of them, each with what differs beyond chance."""
        things = compared.things(
            self.actors, self._clear.assign(what=self._clear.heading), len(self._corpus), self._min_articles
        )
        options = {"known": self._whole._listed, "min_articles": self._min_articles, "seed": self._seed}
        return compared.asked(things, self.appearances, self._corpus.documents, self._split, **options)

    def _name(self, actor: str) -> str:
        return self._names.get(actor, actor)

    def _measured(self, corpus: Corpus) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        """Mentions, appearances and tested pairs of some articles."""
        seen = meetings.appearances(corpus._named(), corpus.sentences, unit=self._unit)
        units = meetings.units(corpus.sentences, self._unit)
        return corpus._named(), seen, meetings.pairs(seen, units, min_meetings=self._min_meetings)

    def _matrix(
        self, name: str, kind: str, groups: pd.Series, order: list[str], found: pd.DataFrame, n: int, nothing: str
    ) -> Result:  # fmt: skip
        """Shares of the articles of each group that name those found to differ, and the most named, as a matrix."""
        actors = list(dict.fromkeys([*found["first"], *self.actors.actor]))[: asked.fits(n, int, "n", least=1)]
        rows = meetings.shares(self.appearances, groups, actors, order if len(order) > 1 else [])
        faint, docs = rows.articles < self._min_articles, {name: set(groups.index[groups == name]) for name in order}
        link = [html.anchor(name, r.actor, r.group) * (r.times > 0) for r in rows.itertuples()]
        rows = rows.assign(name=[self._name(who) for who in rows.actor], link=link, faint=faint)
        square = rows.pivot(index="actor", columns="group", values=["share", "link"]).reindex(index=actors)
        ends = zip(found["first"], found.group, strict=True)
        framed = [(actors.index(who), order.index(group)) for who, group in ends if who in actors and group in order]
        told = "Framed: beyond chance, where only what others told too is compared. " * bool(framed)
        told += "Grey: too few articles to compare." * bool(faint.any())
        alt = f"Share of articles that name each actor, by {kind}, in per cent."
        return Result(
            name, rows[["name", "group", "times", "articles", "share", "low", "high", "link", "faint"]], nothing, alt,
            {"name": "Actor", "group": kind.title(), "share": ("Share", percent), ("low", "high"): ("95 %", percent)},
            lambda: charts.matrix(
                square["share"][order].rename(index=self._name), links=square["link"][order], framed=framed,
                title=found.told.iloc[0][0] if len(found) else f"Who is named in which {kind}", alt=alt,
                caption=f"Per cent of all articles of each {kind} that name the actor. {told}".strip(),
                faint=set(rows.group[faint]),
            ),
            finds=lambda: self._behind(rows[rows.times > 0].rename(columns={"actor": "first"}).assign(
                second="", heading=lambda rows: rows.name + " in " + rows.group, docs=lambda rows: rows.group.map(docs)
            )),
        )  # fmt: skip

    def _differences(
        self, rows: pd.DataFrame, n: int, columns: dict[str, str], here: str, others: str, apart: str
    ) -> Result:  # fmt: skip
        """A table of differences beyond chance, the sentences behind each, and the heads of its columns."""
        rows = rows.head(asked.fits(n, int, "n", least=1))
        columns |= {"here": (here, percent), "others": (others, percent), ("low", "high"): (apart, points)}
        table = rows[["group", "what", "here", "others", "effect", "low", "high", "p", "link"]]
        return Result("", table, "", "", columns | {"p": ("p", chance)}, finds=partial(self._behind, rows))

    def _findings(self, rows: pd.DataFrame, usual: float, figure: str, leads: int = TOLD) -> tuple[Finding, ...]:
        """The surest differences, each with one of its sentences; so many of them may lead the front page."""
        found = []
        for number, row in enumerate(rows.head(TOLD).itertuples()):
            headline, says, bars = row.told
            names = [self._name(who) for who in (row.first, row.second) if who]
            found.append(Finding(
                says, row.effect, row.articles, row.p, figure, novel=row.novel, bars=bars,
                headline=headline * (number < leads and row.articles >= MIN_ARTICLES),
                unusual=abs(row.effect) / usual if usual > 0 else 1.0,
                **quoted(self._passages.of(row), names, self._corpus.voices),
            ))  # fmt: skip
        return tuple(found)

    def _surest(self) -> tuple[Finding, ...]:
        """The surest pairs in enough articles, of actors that do not stand in most."""
        share, rows = self.actors.set_index("actor").share, self._clear.sort_values("p", kind="stable")
        most = np.maximum(rows["first"].map(share), rows.second.map(share))
        rows = rows.assign(effect=rows.articles - rows.expected, novel=np.minimum(1 - most, compared.PAIRED), p=rows.q)
        rows = rows[(most <= SUBJECT) & (rows.articles >= MIN_ARTICLES)].head(TOLD)
        rows = rows.assign(told=[compared.together(row, self._unit) for row in rows.itertuples()])
        usual = (self._company.articles - self._company.expected).abs().median()
        return self._findings(rows, usual, "pairs", 1)

    def _paired(self, pairs: pd.DataFrame, kind: str = "pair") -> pd.DataFrame:
        """Pairs with their names, and with the heading and the id, of a kind, of the sentences behind each."""
        names = [(self._name(row.first), self._name(row.second)) for row in pairs.itertuples()]
        link = [html.anchor(kind, row.first, row.second) for row in pairs.itertuples()]
        what = [*map(" and ".join, names)]
        heading = [f"{both} in one {self._unit}" for both in what]
        return pairs.assign(pair=[*map(" – ".join, names)], what=what, heading=heading, link=link)

    def _kinds(self, pairs: pd.DataFrame) -> pd.DataFrame:
        """Pairs with the kind of their company; only sentences that they share are scored."""
        shared = meetings.met(self.appearances, pairs).merge(self._corpus.sentences)
        parts = scores.sentences(shared.drop_duplicates(["doc", "sent"]), self._corpus.voices)
        return pairs.join(meetings.kinds(shared, parts, meetings.verbs(self._corpus.sentences)))

    def _written(self) -> Iterator[html.Piece]:
        """The files to download."""
        made = graph.graph(self._kinds(self._known).drop(columns=["pair", "what", "heading", "link"]), seed=self._seed)
        files = graph.written(made, self._nodes(made)) | {"pairs.csv": self.tested.to_csv(index=False)}
        return starmap(html.download, files.items())

    def _nodes(self, made: Iterable[str]) -> pd.DataFrame:
        """What the files tell of each actor; its attitude is that of the outlets' own voice."""
        named = meetings.counted(self._mentions)
        own = named.actor.isin(made) & (named.voice == scores.OWN)
        scored = pd.concat([scores.mentions(self._corpus.sentences, named[own]), named[~own]])
        rows = graph.nodes(made, scored, self._corpus.documents)
        told = self.actors.set_index("actor").loc[rows.index]
        rows.insert(0, "label", told.name)
        rows.insert(1, "kind", told.kind)
        return rows

    @cached_property
    def _passages(self) -> Passages:
        """The sentences that name each actor, and each pair."""
        return Passages(self._mentions, self._corpus, self._unit)

    def _behind(self, rows: pd.DataFrame) -> Iterator[html.Piece]:
        """All sentences behind each row."""
        return self._passages.behind(rows)

    def _naming(self, actors: Iterable[str]) -> Iterator[html.Piece]:
        """The sentences that name each actor."""
        rows = [(who, "", self._name(who), html.anchor("actor", who)) for who in actors]
        return self._behind(pd.DataFrame(rows, columns=[*ENDS, "heading", "link"]))
