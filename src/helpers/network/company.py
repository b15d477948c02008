"""A network that answers: who is named, with whom, when and where, with the sentences behind each answer."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial

import pandas as pd

from .. import InputError
from ..corpus import about, asked
from ..corpus.corpus import Corpus, dated, has_gazetteer, unlisted
from ..sentiment import scores
from ..show import charts, diagram, html
from ..show.result import Finding, Result, kept
from ..show.words import chance, day, decimal, listed, percent, plain, plural, points, signed
from . import graph, meetings

SURE = 0.05  # the q below which two meet more often than by chance
MOST = 200  # such pairs that are described and written to files, those in most articles
FEW = 30  # articles below which a pair can be an accident
RULES = {
    "name": "a name, or a surname after it",
    "dem": "a demonym: Russian, Chinese",
    "met": "a capital or seat that stands for its state",
    "loc": "a capital that is only a place",
    "inst": "an institution",
    "role": "an office, held by someone on that day",
    "desc": "a description: his Chinese counterpart, both countries, the island",
}
PAIR = {"pair": "Pair", "articles": "Articles", "expected": ("By chance", decimal), "npmi": ("NPMI", signed)}
Q = {"q": ("q", chance)}


def build(
    corpus: Corpus, *, unit: str = "sentence", min_meetings: int = 3, min_articles: int = 3,
    extra_names: str = "auto", seed: int = 7,
) -> "Network":  # fmt: skip
    """Who is named with whom in the English articles of a corpus, copies counted once.

    Two actors meet where a `unit` (sentence, paragraph or article) names both; a pair needs `min_meetings` articles,
    an outlet `min_articles`. `extra_names` (yes, no, auto) counts names that no gazetteer knows; auto does so where
    the folder has no gazetteer of its own. Raises InputError for another value.

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
    wider = extra_names == "yes" or (extra_names == "auto" and not has_gazetteer(whole.originals()))
    return Network(whole, unit, min_meetings, min_articles, wider, seed)


class Network:
    """Who is named with whom; `build` makes it, its methods answer.

    actors: everybody named, most articles first (actor, name, articles, share); appearances: each actor in each unit;
    tested: the pairs held against chance (`meetings.pairs`).
    """

    def __init__(self, whole: Corpus, unit: str, min_meetings: int, min_articles: int, wider: bool, seed: int) -> None:
        self._whole, self._corpus, self._unit, self._wider, self._seed = whole, whole.originals(), unit, wider, seed
        self._min_meetings, self._min_articles = min_meetings, min_articles
        self._names = whole.actors.set_index("actor").name.to_dict()
        mentions, self.appearances, self._units, self.tested = self._measured(self._corpus)
        self._outer = mentions[~mentions.nested]
        self._sure = self.tested[self.tested.q < SURE]
        counts = self.appearances.drop_duplicates(["doc", "actor"]).actor.value_counts().reset_index(name="articles")
        counts = counts.sort_values(["articles", "actor"], ascending=[False, True], ignore_index=True)
        share = counts.articles / max(1, len(self._corpus))
        self.actors = counts.assign(name=[self._name(who) for who in counts.actor], share=share)
        self._sizes = counts.set_index("actor").articles

    def __repr__(self) -> str:
        size, pairs = plural(len(self._corpus), "article"), plural(len(self.tested), "pair")
        return f"{plural(len(self.actors), 'actor')} in {size}; {pairs}, {len(self._sure)} of them beyond chance"

    @kept
    def named(self, n: int = 15) -> Result:
        """Who is named most, and the sentences that name them.

        >>> company.named(2).table.name.tolist()
        ['China', 'Russia']
        """
        top = self.actors.head(asked.fits(n, int, "n", least=1))
        top = top.assign(link=[html.anchor("actor", who) for who in top.actor])
        title = f"{listed(top.name[:2])} {'are' if len(top) > 1 else 'is'} named in most articles"
        alt = f"Share of articles that name each of the {len(top)} most named actors."
        caption = f"Share of the {len(self._corpus)} articles that name the actor. A bar opens its sentences."
        bars = {"label": "name", "value": "share", "form": percent, "title": title, "alt": alt, "caption": caption}
        columns = {"name": "Actor", "articles": "Articles", "share": ("Share", percent)}
        draws, finds = partial(charts.bars, top, **bars), partial(self._naming, top.actor)
        return Result("named-most", top, "Nobody is named.", alt, columns, draws, leaders(top), finds=finds)

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
        says, pairs = widest(dict(made.degree), self._names), plural(len(drawn), "pair")
        title = says[0].says.rstrip(".") if says else f"{pairs} more often together than chance has it"
        first = "in most articles" if order_by == "articles" else "that stand out at their actors"
        alt = f"Network of {plural(len(made), 'actor')} with {pairs}."
        caption = f"{pairs} that share a {self._unit} more often than chance, those {first} first. Dot: articles that "
        caption += "name the actor. Colour: closer groups. A dot or line opens its sentences."
        told = {"sizes": self._sizes, "names": self._names, "title": title, "alt": alt, "caption": caption}
        columns = PAIR | Q | {"since": "First", "until": "Last"}
        return Result(
            "network", drawn, "No pair meets more often than by chance.", alt, columns,
            lambda: diagram.network(made, graph.layout(made, seed=self._seed), **told),
            says, finds=lambda: [*self._meeting(drawn), *self._naming(made)],
        )  # fmt: skip

    def matrix(self, n: int = 14) -> Result:
        """The articles in which each two of the `n` most named meet, closer groups side by side.

        >>> company.matrix(3).table.pair.iloc[0]
        'China – Russia'
        """
        made = graph.graph(self._known, seed=self._seed)
        order = graph.order(made, self._sizes, most=asked.fits(n, int, "n", least=2))
        rows = self._known[self._known["first"].isin(order) & self._known.second.isin(order)]
        cells = graph.square(rows, order, "articles").rename(index=self._names, columns=self._names)
        links = graph.square(rows, order, "link").astype(object).fillna("")
        title = f"{''.join(rows.pair[:1]).replace(' – ', ' and ')} meet in most articles"
        alt = f"Articles in which each two of {plural(len(order), 'actor')} meet, by group."
        caption = "Articles in which two actors meet, closer groups side by side. Empty: not a pair that meets more "
        caption += "than chance would have it."
        draws = partial(charts.matrix, cells, links=links, form=plain, title=title, alt=alt, caption=caption)
        columns, finds = {"pair": "Pair", "articles": "Articles"}, partial(self._meeting, rows)
        return Result("matrix", rows, "There is no pair to show.", alt, columns, draws, finds=finds)

    @kept
    def pairs(self, n: int = 15) -> Result:
        """The surest pairs by the lower end of NPMI, with verbs and mean VADER scores of the sentences they share.

        >>> company.pairs(1).table[["pair", "verbs"]].values.tolist()
        [['Sergei Shoigu – Wei Fenghe', 'signed, came, held']]
        """
        rows = meetings.intervals(self._known, self.appearances, self._units, seed=self._seed)
        rows = self._kinds(rows.sort_values(["low", "npmi"], ascending=False).head(asked.fits(n, int, "n", least=1)))
        size, least = plural(len(self._corpus), "article"), self._min_meetings
        few = [f"In {size}, a pair that meets in {least} can be an accident."] * (len(self._corpus) < FEW)
        none = [f"No pair meets in {least} articles more often than by chance."] * self._sure.empty
        caption = f"The surest of {plural(len(self._sure), 'pair')} with q below {SURE}, by the lower end of NPMI"
        columns = PAIR | {("low", "high"): ("95 %", signed)} | Q | {"verbs": "Verbs"}
        columns |= {"own": ("Own voice", signed), "quoted": ("Quoted", signed)}
        told = (surest(rows), (*few, *none), partial(self._meeting, rows))
        return Result("pairs", rows, "There is no pair to show.", caption, columns, None, *told)

    def over_time(self, n: int = 12, *, last: int = 8) -> Result:
        """The share of the articles of each of the `last` periods that name each of the `n` most named.

        >>> company.over_time(2).table.columns.tolist()
        ['name', 'group', 'share']
        """
        documents = self._corpus.documents
        when = about.periods(documents.published, min_articles=3 * self._min_articles).set_axis(documents.doc).dropna()
        shares = self._shares(when, n, last).rename(columns=about.period_name)
        return self._by_group("when", shares, "period", turn, "No two periods have enough articles.")

    @kept
    def changes(self, split_day: str = "", n: int = 8) -> Result:
        """The pairs whose company changed: shares of articles in which they meet, before and since a day (2024-05-12).

        The day is by default that of the middle article.

        >>> company.changes("2024-01-01", n=1).table.pair.tolist()
        ['Andrei Belousov – Dong Jun']
        """
        days = self._corpus.documents.set_index("doc").published.dropna().sort_values()
        split = pd.to_datetime(asked.fits(split_day, str, "split_day"), format="%Y-%m-%d", errors="coerce")
        if split_day and pd.isna(split):
            raise InputError(f"split_day takes a day such as 2024-05-12, not {split_day!r}")
        split = split if split_day or days.empty else days.iloc[len(days) // 2]
        rows = meetings.contrast(self.appearances, days >= split, True, False, min_meetings=self._min_meetings)
        rows = rows.rename(columns={"one": "since", "other": "before"}).head(n)
        return self._compared(
            rows, {"before": "Before", "since": "Since"},
            ("changes", f"Share of articles in which they meet, before and since {day(split)}",
             "There are no two periods to compare.", f"No pair's company changed since {day(split)} beyond chance."),
            lambda r: f"Since {day(split)}, {r.pair} meet in {percent(r.since)} of the articles, before in "
            f"{percent(r.before)}.",
        )  # fmt: skip

    def by_outlet(self, n: int = 12) -> Result:
        """The share of each outlet's articles that name each of the `n` most named, the largest outlets first.

        >>> company.by_outlet(2).table.name.unique().tolist()
        ['China', 'Russia']
        """
        nothing = f"No two outlets have {plural(self._min_articles, 'article')}."
        return self._by_group("outlets", self._shares(self._outlets, n)[self._largest], "outlet", uneven, nothing)

    @kept
    def contrasts(self, n: int = 8) -> Result:
        """The pairs that an outlet brings together most unlike the others.

        >>> company.contrasts(1).table[["group", "pair"]].values.tolist()
        [['Dnipro Observer', 'Russia – Ukraine']]
        """
        rows = meetings.contrasts(self.appearances, self._outlets, min_meetings=self._min_meetings)
        rows = rows.rename(columns={"one": "here", "other": "elsewhere"}).head(n)
        return self._compared(
            rows, {"group": "Outlet", "here": "Here", "elsewhere": "Elsewhere"},
            ("contrasts", "Pairs an outlet brings together most unlike the others", "There are no outlets to compare.",
             "No outlet brings a pair together beyond chance unlike the others."),
            lambda r: f"{r.group} brings {r.pair} together in {percent(r.here)} of its articles, the others in "
            f"{percent(r.elsewhere)}.",
        )  # fmt: skip

    def contrast(self, one: str = "", other: str = "", n: int = 6) -> Result:
        """Two outlets against each other, as two names or as "One|Other"; by default the two with most articles.

        >>> company.contrast("Volga Post|Jade Gate Daily").table.columns[3:5].tolist()
        ['one', 'other']
        """
        known = self._corpus.documents.set_index("doc").outlet
        given = "|".join(filter(None, (asked.fits(name, str, "compare_outlets") for name in (one, other)))).split("|")
        pair = [asked.one_of(name.strip(), set(known), "outlet") for name in given] if one else self._largest[:2]
        if one and len(pair) != 2:
            raise InputError(f"compare_outlets takes two outlets as One|Other, not {one!r}")
        ends = dict(zip(("one", "other"), [*pair, "", ""], strict=False))
        rows = meetings.contrast(self.appearances, known, **ends, min_meetings=self._min_meetings)
        caption = f"{' against '.join(pair)}: share of articles in which they meet"
        words = ("contrast", caption, "There are no two outlets with a pair to compare.", "")
        return self._compared(rows.head(n), ends, words)

    def copies(self) -> Result:
        """The pairs that copies make or unmake: articles and q with copies counted once, and with all of them.

        >>> "Brazil – Sergei Lavrov" in company.copies().table.pair.tolist()
        True
        """
        *_, every = self._measured(self._whole)
        both = self.tested.merge(every, on=["first", "second"], how="outer", suffixes=("", "_all"))
        rows = self._shown(both[(both.q < SURE) != (both.q_all < SURE)])
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
        found = unlisted(self._corpus).merge(self._corpus.sentences[["doc", "sent", "text"]], on=["doc", "sent"])
        first = {name: (name, "first") for name in ("surface", "doc", "text")}
        often = found.groupby("actor", as_index=False).agg(articles=("doc", "nunique"), **first)
        rows = often.sort_values(["articles", "actor"], ascending=[False, True]).head(asked.fits(n, int, "n", least=1))
        rows["marks"] = [[surface] for surface in rows.surface]
        columns = {"actor": "Name", "articles": "Articles", "text": "A sentence with it"}
        caption = f"The commonest of {len(often):,} names that no gazetteer knows"
        nothing, says = "No name is repeated that the gazetteer does not know.", overlooked(found, len(self._corpus))
        return Result("missed", rows, nothing, caption, columns, says=says)

    def rules(self) -> Result:
        """How actors are named: mentions by the rule that found them, `via`.

        >>> company.rules().table.via.iloc[0]
        'name'
        """
        rows = self._outer.via.value_counts().rename_axis("via").reset_index(name="mentions")
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
    def _known(self) -> pd.DataFrame:
        """The pairs that meet more often than by chance, with their backbone, days, outlets and links."""
        described = graph.described(self._sure.head(MOST), self.appearances, self._corpus.documents)
        return self._shown(graph.backbone(described))

    @cached_property
    def _outlets(self) -> pd.Series:
        """The outlet of each doc, of outlets with enough articles."""
        named = self._corpus.documents.set_index("doc").outlet
        named = named[named != about.UNKNOWN]
        return named[named.map(named.value_counts()) >= self._min_articles]

    @property
    def _largest(self) -> list[str]:
        """Those outlets, the one with most articles first."""
        return self._outlets.value_counts().sort_index().sort_values(ascending=False, kind="stable").index.tolist()

    @cached_property
    def _surfaces(self) -> dict[tuple[str, int, str], list[str]]:
        """How a sentence (doc, sent) names an actor."""
        return self._outer.groupby(["doc", "sent", "actor"]).surface.agg(list).to_dict()

    def _name(self, actor: str) -> str:
        return self._names.get(actor, actor)

    def _measured(self, corpus: Corpus) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series, pd.DataFrame]:
        """Mentions, appearances, units and tested pairs of some articles."""
        more = unlisted(corpus).assign(via="name", nested=False) if self._wider else corpus.mentions.head(0)
        mentions = pd.concat([corpus.mentions, more], ignore_index=True).astype({"nested": bool})
        seen = meetings.appearances(mentions, corpus.sentences, unit=self._unit)
        units = meetings.units(corpus.sentences, self._unit)
        return mentions, seen, units, meetings.pairs(seen, units, min_meetings=self._min_meetings)

    def _shares(self, groups: pd.Series, n: int, last: int = 0) -> pd.DataFrame:
        top = self.actors.actor.head(asked.fits(n, int, "n", least=1))
        return meetings.shares(self.appearances, groups, top, last=last)

    def _by_group(self, name: str, shares: pd.DataFrame, group: str, title: Callable, nothing: str) -> Result:
        """Shares of articles as a matrix whose cells open the sentences of their actor."""
        shares = shares if shares.shape[1] > 1 else shares.iloc[:0]
        cells = shares.rename(index=self._names)
        rows = cells.rename_axis(index="name", columns="group").stack().rename("share").reset_index()
        opened = [html.anchor("actor", who) for who in shares.index]
        alt = f"Share of articles that name each actor, by {group}, in per cent."
        caption = f"Per cent of the articles of each {group} that name the actor."
        links = pd.DataFrame(dict.fromkeys(cells, opened))
        return Result(
            name, rows, nothing, alt, {"name": "Actor", "group": group.title(), "share": ("Share", percent)},
            lambda: charts.matrix(cells, links=links, title=title(cells), alt=alt, caption=caption),
            finds=partial(self._naming, shares.index),
        )  # fmt: skip

    def _compared(self, rows: pd.DataFrame, shares: dict, words: tuple, sentence: Callable | None = None) -> Result:
        """Pairs whose company differs; `words` are the name, the caption, and what to say of nothing and of chance."""
        name, caption, nothing, alike = words
        rows = self._shown(rows)
        heads = {key: heading if key == "group" else (heading, percent) for key, heading in shares.items()}
        columns = {"pair": "Pair"} | heads | {("low", "high"): ("Points", points)} | Q
        says = differing(rows, sentence, name) if sentence else ()
        little = (alike,) if alike and len(rows) and not says else ()
        return Result(name, rows, nothing, caption, columns, None, says, little, partial(self._meeting, rows))

    def _shown(self, pairs: pd.DataFrame) -> pd.DataFrame:
        """Pairs with their names, and with the id of the sentences behind each."""
        pair = [f"{self._name(row.first)} – {self._name(row.second)}" for row in pairs.itertuples()]
        link = [html.anchor("pair", getattr(row, "group", ""), row.first, row.second) for row in pairs.itertuples()]
        return pairs.assign(pair=pair, link=link)

    def _kinds(self, pairs: pd.DataFrame) -> pd.DataFrame:
        """Pairs with the kind of their company; only sentences that they share are scored."""
        both = meetings.shared(self.appearances, self._corpus.sentences, pairs)
        parts = scores.sentences(both.drop_duplicates(["doc", "sent"]), self._corpus.voices)
        return pairs.join(meetings.kinds(both, parts, meetings.verbs(self._corpus.sentences)))

    def _written(self) -> Iterator[html.Piece]:
        """The files to download."""
        made = graph.graph(self._kinds(self._known).drop(columns=["pair", "link"]), seed=self._seed)
        yield html.download("network.gexf", graph.gexf(made, self._names))
        yield html.download("network.graphml", graph.graphml(made, self._names))
        yield html.download("pairs.csv", self.tested.to_csv(index=False))

    def _met(self, pairs: pd.DataFrame) -> pd.DataFrame:
        """The sentences behind each pair, only of its outlet where it has a `group`: dated, with the names to mark."""
        rows = dated(meetings.shared(self.appearances, self._corpus.sentences, pairs), self._corpus.documents)
        rows = rows.join(pairs[[*meetings.ENDS, *pairs.columns.intersection(["group"])]], on="pair")
        rows = rows[rows.outlet == rows.get("group", rows.outlet)]
        told = [
            [self._surfaces.get((r.doc, r.sent, who), []) for who in (r.first, r.second)] for r in rows.itertuples()
        ]
        rows = rows.assign(marks=[one + other for one, other in told], both=[all(each) for each in told])
        return rows[rows.marks.map(bool).astype(bool)]

    def _meeting(self, pairs: pd.DataFrame) -> Iterator[html.Piece]:
        """The sentences of each pair: one of each of three articles, one that names both where there is one."""
        rows = self._met(pairs).sort_values("both", ascending=False, kind="stable").drop_duplicates(["pair", "doc"])
        rows = rows.sort_index().groupby("pair").head(3)
        for pair in pairs.itertuples():
            heading = f"{self._name(pair.first)} and {self._name(pair.second)}"
            yield html.evidence(rows[rows.pair == pair.Index].drop(columns="title"), heading, name=pair.link)

    def _naming(self, actors: Iterable[str]) -> Iterator[html.Piece]:
        """The sentences that name each actor: one of each of three articles."""
        for who in actors:
            rows = self._outer[self._outer.actor == who].drop_duplicates("doc").head(3)
            rows = rows[["doc", "sent", "surface"]].merge(self._corpus.sentences, on=["doc", "sent"])
            rows = dated(rows, self._corpus.documents).assign(marks=[[surface] for surface in rows.surface])
            yield html.evidence(rows.drop(columns="title"), self._name(who), name=html.anchor("actor", who))


def leaders(top: pd.DataFrame) -> tuple[Finding, ...]:
    """Who is named most, of actors with name, articles and share in their order."""
    told = [f"{row.name} ({percent(row.share)})" for row in top.head(3).itertuples()]
    if len(told) < 2:
        return (Finding("Hardly any actor of the gazetteer is named.", articles=int(top.articles.sum())),)
    says = f"{listed(told)} are named in most articles."
    return (Finding(says, top.share.iloc[0], int(top.articles.iloc[0]), figure="named-most"),)


def widest(others: dict[str, int], names: dict[str, str]) -> tuple[Finding, ...]:
    """Who is paired with most others, of how many each is paired with; silence where that is one."""
    who = min(others, key=lambda actor: (-others[actor], actor), default="")
    if others.get(who, 0) < 2:
        return ()
    says = f"{names.get(who, who)} keeps the widest company: {others[who]} of {len(others) - 1} others."
    return (Finding(says, others[who], figure="network"),)


def surest(pairs: pd.DataFrame) -> tuple[Finding, ...]:
    """The three surest of pairs in their order; silence where there is none."""
    told = [f"{row.pair} ({plural(row.articles, 'article')})" for row in pairs.head(3).itertuples()]
    says = f"The surest company, beyond what chance gives: {listed(told)}."
    return tuple(Finding(says, row.npmi, row.articles, row.q, "pairs") for row in pairs.head(1).itertuples())


def differing(pairs: pd.DataFrame, sentence: Callable[[tuple], str], figure: str) -> tuple[Finding, ...]:
    """The first two pairs whose company differs beyond chance, each in a sentence; silence where none does."""
    rows = pairs[pairs.q < SURE].head(2).itertuples()
    return tuple(Finding(sentence(row), row.difference, row.articles, row.q, figure) for row in rows)


def overlooked(found: pd.DataFrame, articles: int) -> tuple[Finding, ...]:
    """In how many articles names (doc, actor) stand that no gazetteer knows; silence where there is none."""
    docs, names = found.doc.nunique(), found.actor.nunique()
    counted = plural(names, "name that no gazetteer knows stands", "names that no gazetteer knows stand")
    says = f"{counted} in {percent(docs / max(1, articles))} of the articles."
    return (Finding(says, docs / max(1, articles), docs, figure="missed"),) if names else ()


def turn(shares: pd.DataFrame) -> str:
    """Whose share of the articles (a column a period) changed most from the first to the last period."""
    at = (shares.iloc[:, -1] - shares.iloc[:, 0]).abs().argmax()
    before, since = shares.iloc[at, 0], shares.iloc[at, -1]
    first, last = shares.columns[[0, -1]]
    return f"{shares.index[at]}: in {percent(before)} of the articles of {first}, in {percent(since)} of {last}"


def uneven(shares: pd.DataFrame) -> str:
    """Whose share of the articles differs most between outlets, a column each."""
    return f"Outlets differ most in naming {shares.index[(shares.max(axis=1) - shares.min(axis=1)).argmax()]}"
