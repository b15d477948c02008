"""How much outlets give to others, to whom, and how: results with their findings."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from .. import InputError, stats
from ..corpus import about, asked, differences, questions
from ..corpus.corpus import Corpus, dated
from ..corpus.questions import Question
from ..language.words import Patterns, lists
from ..show import charts, html
from ..show.result import Finding, Result, kept
from ..show.words import chance, listed, percent, plural, points
from . import findings, heads, shares
from .findings import GROUPS, KINDS, WHOSE

SAID = {"given": "given to others", "quoted": "in quotation marks", "reported": "reported"}
SPOKEN = Patterns(lists(Path(__file__).parent / "data" / "verbs.txt"))
COUNTRIES, OTHER = 6, "other"  # that stand by themselves, and all others
ODD = {"words": "others’ words, unmarked", "hardly": "hardly in the text"}
NAMED = ("office", "person")  # kinds of speakers that are people with a name
P = {"p": ("p", chance)}


def hear(corpus: Corpus, *, min_articles: int = stats.MIN_ARTICLES) -> "Voices":
    """Whose words the English articles of a corpus print, copies counted once.

    A group of fewer than `min_articles` is shown and not compared.

    >>> hear(corpus).articles.columns.tolist()
    ['given', 'quoted', 'reported']
    """
    if not isinstance(corpus, Corpus):
        raise InputError(f"hear takes a corpus, not {corpus!r}; load it first: hear(load('folder'))")
    asked.fits(min_articles, int, "min_articles", least=1)
    whole = corpus.english()
    once = whole.english(copies=False)
    return Voices(once._spoken(), _given(once), _given(whole), once, min_articles)


@dataclass(frozen=True, eq=False, repr=False)
class Voices:
    """Whose words an outlet prints; `hear` makes it, its methods answer.

    passages: a row a stretch of text that is quoted or reported and one who says it, of two each half (part), with
    kind, country and name of the speaker; articles: the share of each article's text that is given to others.
    """

    passages: pd.DataFrame
    articles: pd.DataFrame
    _copied: pd.DataFrame
    _corpus: Corpus
    _least: int

    def __repr__(self) -> str:
        return f"{plural(self.passages.span.nunique(), 'passage')} of others in {plural(len(self.articles), 'article')}"

    @kept
    def given(self) -> Result:
        """The share of its text that each outlet gives to others, quoted or reported, beside that of the other outlets.

        >>> voices.given().table.voice.unique().tolist()
        ['given', 'quoted', 'reported']
        """
        found = self._settled["given"]
        says, unsure = findings.of_given(found, leans=self._leans("given")), findings.unsure({"given": found})
        table = differences.marked(found.main.table).rename(columns={"group": "outlet", "measure": "voice"})
        first = table[table.voice == "given"].sort_values(["enough", "here"], ascending=False, kind="stable").outlet
        order = {name: place for place, name in enumerate(first)}
        table = table.sort_values("outlet", key=lambda names: names.map(order), kind="stable", ignore_index=True)
        made = found.posed.docs("given")
        rows = self._held[self._held.doc.isin(made.index)].assign(outlet=lambda rows: rows.doc.map(made))
        rows = pd.concat([rows.assign(voice="given"), rows])
        rows["link"] = [html.anchor("given", *key) for key in zip(rows.voice, rows.outlet, strict=True)]
        silent = made.index.difference(rows.doc)
        heads = [f"What {row.outlet} gives to others, {SAID[row.voice]}" for row in table.itertuples()]
        table["link"] = [html.anchor("given", row.voice, row.outlet) for row in table.itertuples()]
        means = (share.given.groupby(self._outlet(share)).mean() for share in (self.articles, self._copied))
        columns = {"outlet": "Outlet", "voice": ("Of the text", SAID.get), "articles": found.counted.capitalize()}
        columns |= {"here": ("Here", percent), "others": ("The others", percent)}
        columns |= {"effect": ("Points", points), ("low", "high"): ("95 %", points)} | P
        return Result(
            "given", table.assign(link=_there(table.link, rows)), " ".join(unsure),
            "The share of its text that an outlet gives to others", columns,
            lambda: _by_share(table, found, says, self._least), self._led("given", says),
            finds=lambda: self._behind(rows, table.link, heads), evidence="What each outlet gives to others",
            notes=(*unsure, *found.notes, *findings.of_silence(made[silent]), *findings.of_copies(*means)),
            tested=not found.main.cannot,
        )  # fmt: skip

    @kept
    def whose(self, what: str = "kind", *, by: str = "outlet") -> Result:
        """Whose words they are: the share of the passages that each kind of speaker, or each country, is given.

        `what` is kind or country; `by` is outlet, which compares each with the others of the same time, or voice.

        >>> voices.whose(by="voice").table.by.unique().tolist()
        ['both', 'quoted', 'reported']
        """
        asked.one_of(what, ["kind", "country"], "part of a speaker")
        asked.one_of(by, ["outlet", "voice"], "by")
        kinds = KINDS if by == "voice" else WHOSE
        labels = kinds if what == "kind" else {country: self._name(country) for country in self._countries}
        rows = self._told("kinds" if kinds is KINDS else "whose") if what == "kind" else self._told("country")
        if by == "voice":
            parts = {"both": rows} | dict(list(rows.groupby("voice")))
            rows = pd.concat([part.assign(by=name) for name, part in parts.items()])
            counts = {name: shares.counted(part, labels) for name, part in parts.items()}
            return self._crossed(f"{what}-by-voice", rows, labels, counts)
        does = findings.ARE if what == "kind" else {each: f"speak for {labels[each]}" for each in labels if each}
        return self._compared("whose" if what == "kind" else what, rows, labels, does)

    @kept
    def early(self) -> Result:
        """Who speaks first: in which share of the articles each kind does, and how far into the text it first speaks.

        >>> voices.early().table.columns.tolist()
        ['what', 'name', 'articles', 'of', 'share', 'low', 'high', 'at', 'link']
        """
        size = self._corpus.documents.set_index("doc").text.str.len()
        rows = self._told("whose").sort_values(["doc", "start"], kind="stable")
        firsts = rows.drop_duplicates(["doc", "what"])
        firsts = firsts.assign(at=firsts.start / firsts.doc.map(size), first=~firsts.duplicated("doc"))
        table = firsts.groupby("what", as_index=False).agg(
            articles=("doc", "size"), first=("first", "sum"), at=("at", "median")
        )
        table["of"], table["share"] = rows.doc.nunique(), table["first"] / max(1, rows.doc.nunique())
        table["low"], table["high"] = stats.wilson(table["first"], table["of"])
        table["name"], table["link"] = table.what.map(WHOSE), [html.anchor("early", what) for what in table.what]
        table = table.sort_values("share", ascending=False, kind="stable", ignore_index=True)
        table = table[["what", "name", "articles", "of", "share", "low", "high", "at", "link"]]
        shown = self._held[self._held.span.isin(firsts.span)].merge(firsts[["span", "what"]], on="span")
        shown = shown.assign(link=[html.anchor("early", what) for what in shown.what])
        columns = {"name": "Who", "share": ("Speaks first", percent), ("low", "high"): ("95 %", percent)}
        columns |= {"articles": "Speaks in articles", "at": ("First, of the text", percent)}
        says, alt = findings.of_early(table), "Share of the articles in which each kind of speaker speaks first."
        bars = {"label": "name", "value": "share", "form": percent, "alt": alt, "title": "Who speaks first"}
        caption = f"{alt} A bar opens the first words of each article that such a speaker has."
        return Result(
            "early", table, "No article gives words to others.", alt, columns,
            lambda: charts.bars(table, **bars, caption=caption), says,
            finds=lambda: self._behind(shown, table.link, table.name), evidence="The first words of each",
        )  # fmt: skip

    @kept
    def sides(self, sides: str = "") -> Result:
        """Which outlets let both sides speak, and which only one.

        `sides` are actors by name or id, parted by commas, or camps, one side from another by a bar:
        "RUS,CHN|USA,NATO,UKR". By default they are the camps that `actors.csv` gives; where it gives none, nothing is
        shown.

        >>> voices.sides("Russia|Ukraine").table.name.unique().tolist()
        ['both', 'only Russia', 'only Ukraine']
        """
        camps = self._sides(asked.fits(sides, str, "sides"))
        if len(camps) < 2:
            return Result("sides", pd.DataFrame(), "")
        rows = self._told("whose").assign(side=[
            next((name for name, side in camps.items() if {row.speaker, row.country} & side), "")
            for row in self.passages.itertuples()
        ])  # fmt: skip
        rows, several = rows[rows.side != ""], "both" if len(camps) == 2 else "several"
        heard = rows.groupby("doc").side.unique().map(lambda names: names[0] if len(names) == 1 else several)
        rows = rows.assign(what=rows.doc.map(heard).astype(str))
        labels = {several: several} | {name: f"only {name}" for name in camps}
        counts = pd.get_dummies(heard.astype(str), dtype=float).reindex(columns=list(labels), fill_value=0.0)
        return self._compared("sides", rows, labels, {several: f"let {several} speak"}, counts)

    @kept
    def verbs(self, by: str = "outlet") -> Result:
        """By which verbs words are given to others: neutral (said), doubting (claimed), conceding, warning, accusing.

        `by` is outlet, which compares outlets, or speaker.

        >>> voices.verbs("speaker").table.what.unique().tolist()
        ['neutral', 'doubting', 'conceding', 'warning', 'accusing', 'others']
        """
        asked.one_of(by, ["outlet", "speaker"], "by")
        rows = self._told("verbs")
        if by == "outlet":
            return self._compared("verbs", rows, findings.VERBS, findings.DO)
        rows = rows.assign(by=rows.kind.map(GROUPS).fillna(rows.kind).map(WHOSE))
        parts = dict(list(rows.groupby("by")))
        counts = {name: shares.counted(parts[name], findings.VERBS) for name in WHOSE.values() if name in parts}
        return self._crossed("verbs-by-speaker", rows, findings.VERBS, counts)

    @kept
    def people(self, n: int = 15) -> Result:
        """The most quoted people: passages, in marks, articles and outlets of each; and how often nobody is named.

        >>> voices.people(1).table.name.tolist()
        ['Vladimir Putin']
        """
        rows = self.passages[self.passages.kind.isin(NAMED)]
        rows = rows.assign(name=shares.whole_names(rows), outlet=rows.doc.map(self._known))
        quoted = rows[rows.voice == "quoted"].groupby("name").span.nunique()
        table = rows.groupby("name", as_index=False).agg(
            passages=("span", "nunique"), articles=("doc", "nunique"), outlets=("outlet", "nunique")
        )
        table = table.sort_values(["articles", "passages", "name"], ascending=[False, False, True], ignore_index=True)
        table = table.head(asked.fits(n, int, "n", least=1))
        table["quoted"] = table.name.map(quoted).fillna(0).astype(int)
        table["link"] = [html.anchor("speaks", name) for name in table.name]
        shown = self._held.merge(rows[["span", "name"]].drop_duplicates().rename(columns={"name": "who"}), on="span")
        shown["link"] = [html.anchor("speaks", name) for name in shown.who]
        columns = {"name": "Who", "articles": "Articles", "outlets": "Outlets", "passages": "Passages"}
        columns |= {"quoted": "In quotation marks"}
        alt = f"Articles in which each of the {len(table)} people with most of them speaks."
        bars = {"label": "name", "value": "articles", "alt": alt, "title": "Who speaks in most articles"}
        silent = len(self.articles) - rows.doc.nunique()
        return Result(
            "people", table, "Nobody with a name is given a word.", alt, columns,
            lambda: charts.bars(table, **bars, caption=f"{alt} A bar opens what they say."),
            findings.of_people(len(self.articles) * (len(rows) > 0), silent),
            finds=lambda: self._behind(shown, table.link, table.name), evidence="What each of them says",
            notes=tuple(each.says for each in findings.of_people(len(self.articles), silent)),
        )  # fmt: skip

    @kept
    def headlines(self) -> Result:
        """Headlines that have others' words without marks, and those that name somebody who is hardly in the text.

        >>> voices.headlines().table.columns.tolist()
        ['doc', 'outlet', 'published', 'title', 'what', 'who', 'text', 'marks', 'link']
        """
        table = pd.concat([self._echoes(), self._hardly()], ignore_index=True)
        table = dated(table, self._corpus.documents)
        table = table.sort_values(["what", "published", "doc"], ascending=[False, True, True])
        table["link"] = [f"{html.ARTICLE}{row.doc}#s{row.sent}" for row in table.itertuples()]
        table = table[["doc", "outlet", "published", "title", "what", "who", "text", "marks", "link"]]
        columns = {"title": "Headline", "outlet": "Outlet", "what": ("What is odd", ODD.get), "who": "Whose, or who"}
        count = table.what.value_counts()
        titles = int((self._corpus.documents.title != "").sum())
        says = findings.of_headlines(count.get("words", 0), count.get("hardly", 0), titles)
        none = "No headline has others’ words without marks, or names somebody who is hardly in the text."
        return Result(
            "headlines", table.reset_index(drop=True), none, "Headlines beside what the text says",
            columns | {"text": "In the text"}, says=says, notes=tuple(each.says for each in says),
        )  # fmt: skip

    @cached_property
    def _known(self) -> pd.Series:
        """The outlet of each article; "" where it is not known."""
        facts = self._corpus.documents.set_index("doc").outlet
        return facts.where(facts != about.UNKNOWN, "")

    def _outlet(self, articles: pd.DataFrame) -> pd.Series:
        """The outlet of each of some articles, copies among them."""
        outlet = self._corpus._all.documents.set_index("doc").outlet
        return outlet.reindex(articles.index).replace(about.UNKNOWN, None)

    @cached_property
    def _held(self) -> pd.DataFrame:
        """The sentences that each passage reaches into."""
        return shares.stretches(self.passages, self._corpus.sentences)

    @cached_property
    def _countries(self) -> list[str]:
        """The states and blocs with most passages, at last "" for those whose nothing is known of."""
        rows = self.passages[self.passages.country != ""]
        often = rows.groupby("country").part.sum().sort_values(ascending=False, kind="stable")
        return [*often.index[:COUNTRIES], OTHER, ""]

    def _name(self, country: str) -> str:
        names = dict(zip(self._corpus.actors.actor, self._corpus.actors.name, strict=True))
        return {OTHER: "other countries", "": "no country known"}.get(country) or names.get(country, country)

    @kept
    def _told(self, name: str) -> pd.DataFrame:
        """The passages that a question counts, each with what it is (`what`) and its outlet (`by`)."""
        rows = self.passages.assign(by=self.passages.doc.map(self._known))
        if name == "verbs":
            kinds = {verb: _group(verb) for verb in rows.verb.unique()}
            return rows[rows.verb != ""].assign(what=rows.verb.map(kinds))
        if name == "country":
            known = rows.country.isin(self._countries)
            return rows.assign(what=rows.country.where(known, OTHER))
        return rows.assign(what=rows.kind if name == "kinds" else rows.kind.map(GROUPS).fillna(rows.kind))

    @cached_property
    def _page(self) -> dict[str, Question]:
        """The questions of the page, which are corrected together: how much is given to others, and to whom."""
        given = questions.ask(self.articles, self._corpus.documents, min_articles=self._least)
        return {"given": given, "whose": self._asked(shares.counted(self._told("whose"), WHOSE))}

    @cached_property
    def _settled(self) -> dict[str, Question]:
        return questions.settled(self._page)

    def _asked(self, counts: pd.DataFrame, measures: list[str] | None = None) -> Question:
        """A question about passages: of all articles of the same time, as an article has few."""
        documents = self._corpus.documents
        held = questions.by_period(documents) if documents.published.notna().any() else None
        within = held.within if held else questions.by_event(documents).within
        values = shares.weighed(counts, within)[measures or list(counts)]
        return questions.ask(values, documents, min_articles=self._least, held=held)

    def _leans(self, name: str, page: dict[str, Question] | None = None) -> differences.Leans:
        return differences.leans(page or self._page, name, self._corpus.documents)

    def _led(self, name: str, says: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """Findings of which one may lead the front page: the first question of the page that is sure has it."""
        leads = next((each for each, found in self._settled.items() if differences.sure(found)), "")
        return says if leads == name else tuple(each._replace(headline="", bars=()) for each in says)

    def _compared(
        self, name: str, rows: pd.DataFrame, labels: Mapping[str, str], does: Mapping[str, str],
        counts: pd.DataFrame | None = None,
    ) -> Result:  # fmt: skip
        """Shares of passages, or of articles, by outlet, and in which outlets they differ from those of the others."""
        counts = shares.counted(rows, labels) if counts is None else counts
        page = self._page if name in self._page else self._page | {name: self._asked(counts, list(does))}
        found = shares.plain(questions.settled(page)[name], counts)
        says = self._led(name, findings.of_shares(name, found, does, leans=self._leans(name, page)))
        outlet = self._known.reindex(counts.index)
        order = outlet[outlet != ""].value_counts().sort_index().sort_values(ascending=False, kind="stable").index
        parts = {name: counts[outlet == name] for name in order}
        shown = self._crossed(name, rows, labels, parts, found, says)
        unsure = findings.unsure({name: found})
        return replace(shown, says=says, notes=(*unsure, *findings.notes(found)), tested=not found.main.cannot)

    def _crossed(
        self, name: str, rows: pd.DataFrame, labels: Mapping[str, str], counts: Mapping[str, pd.DataFrame],
        found: Question | None = None, says: tuple[Finding, ...] = (),
    ) -> Result:  # fmt: skip
        """Shares as a matrix, of each kind (`what`) a row and of each group (`by`) a column, by their counts."""
        table = shares.crossed(counts, list(labels))
        told = found.main.table if found else pd.DataFrame(columns=["measure", "group", "others", "effect", "p"])
        told = told.rename(columns={"measure": "what", "group": "by"})[["what", "by", "others", "effect", "p"]]
        table = table.merge(told, on=["what", "by"], how="left").assign(name=table.what.map(labels))
        link = [html.anchor(name, row.what, row.by) for row in table.itertuples()]
        shown = self._held.merge(rows[["span", "what", "by"]].drop_duplicates(), on="span")
        shown = shown.assign(link=[html.anchor(name, *key) for key in zip(shown.what, shown.by, strict=True)])
        table = table.assign(link=_there(link, shown), faint=(table.articles < self._least) & (found is not None))
        few = frozenset(table.by[table.faint])
        square = table.pivot(index="what", columns="by", values=["share", "link"]).reindex(index=list(labels))
        sure = [*zip(table.what[table.p < stats.SURE], table.by[table.p < stats.SURE], strict=True)]
        framed = [([*labels].index(what), [*counts].index(by)) for what, by in sure]
        heads = [f"{row.by}: {row.name}" for row in table.itertuples(index=False)]
        columns = {"name": "Whose", "by": "In", "articles": "Articles", "passages": "Passages"}
        columns |= {"share": ("Share", percent), ("low", "high"): ("95 %", percent)}
        columns |= {"effect": ("Points beside others", points)} | P if found else {}
        alt = f"{findings.DRAWN[name]}, in per cent."
        caption = f"{alt} {'Framed: beyond chance. ' * bool(framed)}{'Grey: too few articles to compare.' * bool(few)}"
        return Result(
            name, table, "No article gives words to others.", alt, columns,
            lambda: charts.matrix(
                square["share"][list(counts)].rename(index=labels), links=square["link"][list(counts)], framed=framed,
                title=says[0].says.split(";")[0] if says else findings.DRAWN[name], alt=alt, caption=caption, faint=few,
            ),
            finds=lambda: self._behind(shown, table.link, heads),
        )  # fmt: skip

    def _behind(self, rows: pd.DataFrame, links: Iterable[str], heads: Iterable[str]) -> Iterator[html.Piece]:
        """The sentences behind each link that there are any for."""
        found = dict(list(rows.groupby("link")))
        for link, heading in zip(links, heads, strict=True):
            if link in found:
                yield html.evidence(dated(shares.joined(found[link]), self._corpus.documents), heading, name=link)

    def _sides(self, written: str) -> dict[str, set[str]]:
        """The actors of each side by its name: as they are written, or by the camps of `actors.csv`."""
        actors = self._corpus.actors
        if not written.strip():
            camps = actors[actors.camp != ""] if "camp" in actors else actors[:0]
            return {camp: {*some.actor} for camp, some in camps.groupby("camp" if len(camps) else "actor")}
        ids = {each: each for each in actors.actor} | dict(zip(actors.name, actors.actor, strict=True))
        names, sides = dict(zip(actors.actor, actors.name, strict=True)), {}
        for side in written.split("|"):
            known = [ids[asked.one_of(each.strip(), ids, "actor")] for each in side.split(",") if each.strip()]
            sides |= {listed(names[each] for each in known): {*known}} if known else {}
        return sides

    def _echoes(self) -> pd.DataFrame:
        """The headlines that have the words of a passage without marks, with the sentence that has them too."""
        rows = []
        passages = dict(list(self._held.drop_duplicates(["span", "sent"]).groupby("doc")))
        for article in self._corpus.documents.itertuples():
            some = passages.get(article.doc)
            found = some is not None and heads.echoed(article.title, [*zip(some.text, some.mark, strict=True)])
            if found:
                row = some.iloc[found[0]]
                who = row["name"] or row.speaker or findings.KINDS["nobody"]
                rows.append((article.doc, row.sent, "words", who, row.text, [found[1:]]))
        return pd.DataFrame(rows, columns=["doc", "sent", "what", "who", "text", "marks"])

    def _hardly(self) -> pd.DataFrame:
        """The headlines that name an actor whom the text names once or never, with the sentence that does."""
        sentences = self._corpus.sentences[["doc", "sent", "start", "text"]]
        named = self._corpus._named()[["doc", "sent", "start", "end", "actor"]]
        named = named.merge(sentences, on=["doc", "sent"], suffixes=("", "_"))
        titles = self._corpus.documents.set_index("doc").title
        named = named[named.text != named.doc.map(titles)]  # a text may repeat its headline
        told = self._corpus._titled().merge(named, on=["doc", "actor"], how="left")
        told = told[~told.duplicated(["doc", "actor"], keep=False)]
        begin, end = ((told[at] - told.start_).fillna(0).astype(int) for at in ("start", "end"))
        told = told.assign(marks=[[span] if span[1] else [] for span in zip(begin, end, strict=True)])
        told = told.assign(what="hardly", who=told.actor.map(self._name), text=told.text.fillna("–"))
        return told.assign(sent=told.sent.fillna(0).astype(int))[["doc", "sent", "what", "who", "text", "marks"]]


def _given(corpus: Corpus) -> pd.DataFrame:
    """The share of the text of each article that is quoted or reported, both and each."""
    size = corpus.documents.set_index("doc").text.str.len().clip(lower=1)
    spans = corpus.voices.assign(size=corpus.voices.end - corpus.voices.start)
    made = spans.pivot_table(index="doc", columns="voice", values="size", aggfunc="sum", fill_value=0)
    made = made.reindex(index=size.index, columns=["quoted", "reported"], fill_value=0).div(size, axis=0)
    return made.assign(given=made.sum(axis=1))[["given", "quoted", "reported"]].rename_axis(columns=None)


def _group(verb: str) -> str:
    """The group of a verb of saying: "doubting" for "claimed that"; "others" where no list has it."""
    return next((name for name in SPOKEN.any if SPOKEN[name].match(verb)), "others")


def _there(links: Iterable[str], rows: pd.DataFrame) -> list[str]:
    """The links behind which something stands, "" in place of the others."""
    there = {*rows.link}
    return [link if link in there else "" for link in links]


def _by_share(table: pd.DataFrame, found: Question, says: tuple[Finding, ...], least: int) -> charts.Drawing:
    beside = f"other outlets {found.held.words}"
    read = "The share of an article that is quoted or reported, and that is quoted in marks, on average."
    ends = {end: (table.others + table[end]).clip(0, 1) for end in ("low", "high")}
    rows = table.assign(mean=table.here, series=table.voice.map(SAID), **ends, **{beside: table.others})
    return charts.intervals(
        rows[rows.voice != "reported"], label="outlet", series="series", beside=beside,
        alt="The share of its text that each outlet gives to others, and the share that it quotes.",
        **differences.words(says, "How much of its text each outlet gives to others", read, found, least),
    )  # fmt: skip
