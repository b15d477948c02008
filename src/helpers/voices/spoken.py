"""How much outlets give to others, to whom, and how: results with their findings."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial

import pandas as pd

from .. import InputError, stats
from ..corpus import about, asked, differences, questions
from ..corpus.corpus import Corpus, dated
from ..corpus.questions import Question
from ..show import charts, html
from ..show.result import Finding, Result, kept
from ..show.words import chance, percent, plural, points
from . import findings, heads, shares
from .findings import GROUPS, KINDS, OTHER, VERBS, WHOSE

SAID = {"given": "given to others", "quoted": "in quotation marks", "reported": "without quotation marks"}
ODD = {"words": "others’ words, unmarked", "hardly": "hardly in the text"}
COUNTRIES = 6  # that stand by themselves
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
    return Voices(once._spoken(), shares.given(once), shares.given(whole), once, min_articles)


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

        >>> heard.given().table.voice.unique().tolist()
        ['given', 'quoted', 'reported']
        """
        found = self._settled["given"]
        says, unsure = findings.of_given(found, leans=self._leans("given")), findings.unsure({"given": found})
        table = differences.marked(found.main.table).rename(columns={"group": "by", "measure": "what"})
        first = table[table.what == "given"].sort_values(["enough", "here"], ascending=False, kind="stable").by
        order = {name: place for place, name in enumerate(first)}
        table = table.sort_values("by", key=lambda names: names.map(order), kind="stable", ignore_index=True)
        made = found.posed.docs("given")
        rows = self._held[self._held.doc.isin(made.index)].assign(by=lambda rows: rows.doc.map(made))
        rows = pd.concat([rows.assign(what=voice) for voice in SAID])
        table, pieces = self._linked(
            "given", table, rows[rows.what.isin(["given"]) | (rows.what == rows.voice)], _gives
        )
        outlets = self._corpus._all.documents.set_index("doc").outlet.replace(about.UNKNOWN, None)
        means = (share.given.groupby(outlets.reindex(share.index)).mean() for share in (self.articles, self._copied))
        copies = findings.of_copies(*means)
        silent = made[made.index.difference(rows.doc)]
        table = table.rename(columns={"by": "outlet", "what": "voice"})
        columns = {"outlet": "Outlet", "voice": ("Of the text", SAID.get), "articles": found.counted.capitalize()}
        columns |= {"here": ("Here", percent), "others": ("The others", percent)}
        columns |= {"effect": ("Points", points), ("low", "high"): ("95 %", points)} | P
        return Result(
            "given", table, " ".join(unsure), "The share of its text that an outlet gives to others", columns,
            partial(_by_share, table, found, says, self._least), self._led("given", says), unsure, pieces,
            "What each outlet gives to others", tested=not found.main.cannot,
            notes=(*findings.of_all(self.articles), *found.notes, *findings.of_silence(silent), *copies),
        )  # fmt: skip

    @kept
    def whose(self, what: str = "kind", *, by: str = "outlet") -> Result:
        """Whose words they are: the share of the passages that each kind of speaker, or each country, is given.

        `what` is kind or country; `by` is outlet, which compares each with the others of the same time, or voice. Where
        the country of few is known, countries are not shown.

        >>> heard.whose(by="voice").table.by.unique().tolist()
        ['both', 'reported', 'quoted']
        """
        asked.one_of(what, ["kind", "country"], "part of a speaker")
        if what == "country" and (few := findings.of_unknown(self._known)):
            return Result("country", pd.DataFrame(), few)
        if asked.one_of(by, ["outlet", "voice"], "by") == "outlet":
            return self._compared("whose") if what == "kind" else self._compared("country")
        rows = self._told("kinds" if what == "kind" else "country")
        rows = pd.concat([rows.assign(by="both"), rows.assign(by=rows.voice)])
        found = self._crossed(f"{what}-by-voice", rows, KINDS if what == "kind" else self._countries)
        says = findings.of_voices(found.table)
        return replace(found, says=says, notes=tuple(each.says for each in says))

    @kept
    def early(self) -> Result:
        """Who speaks first: in which share of the articles each kind does, and how far into the text it first speaks.

        >>> heard.early().table.columns.tolist()
        ['what', 'name', 'articles', 'of', 'share', 'low', 'high', 'at', 'link']
        """
        size = self._corpus.documents.set_index("doc").text.str.len()
        rows = self._told("whose").sort_values(["doc", "start"], kind="stable").drop_duplicates(["doc", "what"])
        rows = rows.assign(at=rows.start / rows.doc.map(size), first=~rows.duplicated("doc"))
        counted = {"articles": ("doc", "size"), "times": ("first", "sum"), "at": ("at", "median")}
        table = rows.groupby("what", as_index=False).agg(**counted).assign(of=rows.doc.nunique(), by="")
        table["low"], table["high"] = stats.wilson(table.times, table.of)
        table["name"], table["share"] = table.what.map(WHOSE), table.times / table.of
        table = table.sort_values("share", ascending=False, kind="stable", ignore_index=True)
        shown = self._held.merge(rows[["span", "what"]], on="span").assign(by="")
        table, pieces = self._linked("early", table, shown, lambda what, _: WHOSE[what])
        columns = {"name": "Who", "share": ("Speaks first", percent), ("low", "high"): ("95 %", percent)}
        columns |= {"articles": "Speaks in articles", "at": ("First, of the text", percent)}
        says, alt = findings.of_early(table), "Share of the articles in which each kind of speaker speaks first."
        bars = {"label": "name", "value": "share", "form": percent, "alt": alt, "title": "Who speaks first"}
        caption = f"{alt} A bar opens the first words that such a speaker has in each article."
        return Result(
            "early", table[["what", "name", "articles", "of", "share", "low", "high", "at", "link"]],
            "No article gives words to others.", alt, columns, partial(charts.bars, table, caption=caption, **bars),
            says, finds=pieces, evidence="The first words of each", notes=tuple(each.says for each in says),
        )  # fmt: skip

    @kept
    def sides(self, sides: str = "") -> Result:
        """Which outlets let both sides speak, and which only one.

        `sides` are actors by name or id, parted by commas, one side from another by a bar: "RUS,CHN|USA,NATO,UKR". By
        default they are the camps that `actors.csv` gives; where it gives none, nothing is shown.

        >>> heard.sides("Russia|Ukraine").table.name.unique().tolist()
        ['both', 'only Russia', 'only Ukraine']
        """
        camps = shares.camps(asked.fits(sides, str, "sides"), self._corpus.actors)
        if sides.strip() and len(camps) < 2:
            raise InputError(f"sides takes two or more sides parted by |, such as 'Russia|Ukraine', not {sides!r}")
        if len(camps) < 2:
            return Result("sides", pd.DataFrame(), "")
        side = {who: name for name, actors in camps.items() for who in actors}
        rows = self._told("whose").assign(side=lambda rows: rows.speaker.map(side).fillna(rows.country.map(side)))
        rows, several = rows.dropna(subset="side"), "both" if len(camps) == 2 else "several"
        heard = rows.groupby("doc").side.unique().map(lambda names: names[0] if len(names) == 1 else several)
        rows = rows.assign(what=rows.doc.map(heard), part=1 / rows.groupby("doc").part.transform("size"), voice="")
        return self._compared("sides", rows, {several: several} | {name: f"only {name}" for name in camps})

    @kept
    def verbs(self, by: str = "outlet") -> Result:
        """By which verbs words are given to others: neutral (said), doubting (claimed), conceding, warning, accusing.

        `by` is outlet, which compares outlets, or speaker.

        >>> heard.verbs("speaker").table.what.unique().tolist()[:3]
        ['neutral', 'doubting', 'conceding']
        """
        if asked.one_of(by, ["outlet", "speaker"], "by") == "outlet":
            return self._compared("verbs")
        rows = self._told("verbs")
        return self._crossed("verbs-by-speaker", rows.assign(by=rows.kind.replace(GROUPS).map(WHOSE)), VERBS)

    @kept
    def people(self, n: int = 15) -> Result:
        """The people quoted most: articles, outlets and passages of each; and how often no person with a name speaks.

        >>> heard.people(1).table.name.tolist()
        ['Vladimir Putin']
        """
        rows = self._told("whose")[lambda rows: rows.kind.isin(NAMED)]
        rows = rows.assign(what=rows["name"], quoted=rows.span.where(rows.voice == "quoted"))
        counted = {"articles": "doc", "outlets": "by", "passages": "span", "quoted": "quoted"}
        table = rows.groupby("what").agg(**{name: (of, "nunique") for name, of in counted.items()}).reset_index()
        table = table.sort_values(["articles", "passages", "what"], ascending=[False, False, True], ignore_index=True)
        table = table.head(asked.fits(n, int, "n", least=1)).assign(name=lambda table: table.what, by="")
        shown = self._held.merge(rows[["span", "what"]].drop_duplicates(), on="span").assign(by="")
        table, pieces = self._linked("speaks", table, shown, lambda name, _: name)
        columns = {"name": "Who", "articles": "Articles", "outlets": "Outlets", "passages": "Passages"}
        alt = f"Articles in which each of the {len(table)} people who speak in most of them does."
        bars = {"label": "name", "value": "articles", "alt": alt, "title": "Who speaks in most articles"}
        says = findings.of_people(len(self.articles), len(self.articles) - rows.doc.nunique())
        return Result(
            "people", table[["name", *counted, "link"]], "No person with a name is given a word.", alt,
            columns | {"quoted": "In quotation marks"},
            partial(charts.bars, table, caption=f"{alt} A bar opens what they say.", **bars), says, finds=pieces,
            evidence="What each of them says", notes=tuple(each.says for each in says),
        )  # fmt: skip

    @kept
    def headlines(self) -> Result:
        """Headlines that have others' words without marks, and those that name somebody who is hardly in the text.

        >>> heard.headlines().table.columns.tolist()
        ['doc', 'outlet', 'published', 'title', 'what', 'who', 'text', 'marks', 'link']
        """
        names = self._corpus.actors.set_index("actor").name
        table = pd.concat([heads.echoes(self._corpus, self._held), heads.hardly(self._corpus, names)])
        table = dated(table, self._corpus.documents)
        table = table.sort_values(["what", "published", "doc"], ascending=[False, True, True], ignore_index=True)
        table["link"] = [f"{html.ARTICLE}{row.doc}#s{row.sent}" for row in table.itertuples()]
        titles, times = int((self._corpus.documents.title != "").sum()), table.what.value_counts()
        says = findings.of_headlines(times.get("words", 0), times.get("hardly", 0), titles)
        columns = {"title": "Headline", "outlet": "Outlet", "what": ("What is odd", ODD.get), "who": "Whose, or who"}
        return Result(
            "headlines", table[["doc", "outlet", "published", "title", "what", "who", "text", "marks", "link"]],
            "No headline has others’ words without marks, or names somebody who is hardly in the text.",
            "Headlines beside what the text says", columns | {"text": "In the text"}, says=says,
            notes=tuple(each.says for each in says),
        )  # fmt: skip

    @cached_property
    def _held(self) -> pd.DataFrame:
        """The sentences that each passage reaches into."""
        return shares.stretches(self.passages, self._corpus.sentences)

    @property
    def _known(self) -> float:
        """The share of the passages of which it is known for what state or bloc their speaker speaks."""
        whole = self.passages.part.sum()
        return self.passages.part[self.passages.country != ""].sum() / whole if whole else 0.0

    @cached_property
    def _countries(self) -> dict[str, str]:
        """The names of the states and blocs with most passages, of all others, and of none that is known."""
        names = dict(zip(self._corpus.actors.actor, self._corpus.actors.name, strict=True))
        known = self.passages[self.passages.country != ""].groupby("country").part.sum()
        often = known.sort_values(ascending=False, kind="stable").index[:COUNTRIES]
        return {each: names.get(each, each) for each in often} | {OTHER: "other countries", "": "no country known"}

    @kept
    def _told(self, name: str) -> pd.DataFrame:
        """The passages that a question counts, each with what it is (`what`) and its outlet, "" if unknown (`by`)."""
        outlet = self._corpus.documents.set_index("doc").outlet.replace(about.UNKNOWN, "")
        rows = self.passages.assign(by=self.passages.doc.map(outlet), what=self.passages.kind)
        if name == "verbs":
            groups = {verb: findings.group(verb) for verb in rows.verb.unique()}
            return rows[rows.verb != ""].assign(what=rows.verb.map(groups))
        if name == "country":
            return rows.assign(what=rows.country.where(rows.country.isin([*self._countries]), OTHER))
        return rows if name == "kinds" else rows.assign(what=rows.kind.replace(GROUPS))

    @cached_property
    def _page(self) -> dict[str, Question]:
        """The questions of the page, which are corrected together: how much is given to others, and to whom."""
        given = questions.ask(self.articles, self._corpus.documents, min_articles=self._least)
        whose = shares.ask(self._told("whose"), WHOSE, self._corpus.documents, self._least, [*findings.ARE])
        return {"given": given, "whose": whose}

    @cached_property
    def _settled(self) -> dict[str, Question]:
        return questions.settled(self._page)

    def _leans(self, name: str, page: dict[str, Question] | None = None) -> differences.Leans:
        return differences.leans(page or self._page, name, self._corpus.documents)

    def _led(self, name: str, says: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """Findings of which one may lead the front page: the first question of the page that is sure has it."""
        leads = next((each for each, found in self._settled.items() if differences.sure(found)), "")
        return says if leads == name else tuple(each._replace(headline="", bars=()) for each in says)

    def _compared(self, name: str, rows: pd.DataFrame | None = None, labels: Mapping[str, str] = WHOSE) -> Result:
        """Shares of passages, or of articles, by outlet, and in which outlets they differ from those of the others."""
        labels = {"country": self._countries, "verbs": VERBS}.get(name, labels)
        rows, does = self._told(name) if rows is None else rows, findings.does(name, labels)
        page = dict(self._page)
        if name not in page:
            page[name] = shares.ask(rows, labels, self._corpus.documents, self._least, list(does))
        found = shares.plain(questions.settled(page)[name], shares.counted(rows, labels))
        says = self._led(name, findings.of_shares(name, found, does, leans=self._leans(name, page)))
        rows, unsure, notes = rows[rows.by != ""], findings.unsure({name: found}), findings.notes(name, found)
        shown = self._crossed(name, rows[: None if rows.by.nunique() > 1 else 0], labels, found, says)
        nothing = shown.nothing if rows.empty else "".join(unsure)
        if name not in self._page:  # only what the page asks first may stand on the front page
            unsure, notes = (), (*unsure, *notes)
        return replace(shown, nothing=nothing, says=says, little=unsure, notes=notes, tested=not found.main.cannot)

    def _crossed(
        self, name: str, rows: pd.DataFrame, labels: Mapping[str, str], found: Question | None = None,
        says: tuple[Finding, ...] = (),
    ) -> Result:  # fmt: skip
        """Shares as a matrix, of each kind (`what`) a row and of each group (`by`) a column."""
        table = shares.crossed(rows, list(labels)).assign(name=lambda table: table.what.map(labels))
        told = found.main.table if found else pd.DataFrame(columns=["measure", "group", "others", "effect", "p"])
        told = told.rename(columns={"measure": "what", "group": "by"})[["what", "by", "others", "effect", "p"]]
        table = table.merge(told, on=["what", "by"], how="left")
        table["faint"] = table.articles < self._least
        shown = self._held.merge(rows[["span", "what", "by"]].drop_duplicates(), on="span")
        by = {"voice": "Voice", "speaker": "Speaker"}.get(name.rpartition("-by-")[2], "Outlet")
        heading = lambda what, group: f"{labels[what]}{' in' if by == 'Outlet' else ','} {group}"  # noqa: E731
        table, pieces = self._linked(name, table, shown, heading)
        columns = {"name": "Whose", "by": by, "articles": "Of articles", "passages": "Passages"}
        columns |= {"share": ("Share", percent), ("low", "high"): ("95 %", percent)}
        columns |= {"effect": ("Points beside others", points)} | P if found else {}
        title, of = findings.DRAWN[name]
        title, alt = re.split(r" \(p |;", says[0].says)[0] if says else title, f"{title}, in per cent of {of}."
        caption = " ".join([*(each.says for each in says), f"Per cent of {of}."])
        return Result(
            name, table, "No article gives words to others.", alt, columns,
            partial(_matrix, table, labels, title=title, alt=alt, caption=caption), finds=pieces,
        )  # fmt: skip

    def _linked(
        self, name: str, table: pd.DataFrame, rows: pd.DataFrame, heading: Callable[[str, str], str]
    ) -> tuple[pd.DataFrame, partial]:
        """A table whose rows open the sentences of the same `what` and `by`, and what makes the evidence."""
        opened = dict(list(rows.groupby(["what", "by"])))
        keys = {key: html.anchor(name, *key) for key in zip(table.what, table.by, strict=True)}
        found = [
            (opened[what, by], heading(what, by), link) for (what, by), link in keys.items() if (what, by) in opened
        ]  # fmt: skip
        links = [link if key in opened else "" for key, link in keys.items()]
        return table.assign(link=links), partial(self._behind, found)

    def _behind(self, found: list[tuple[pd.DataFrame, str, str]]) -> Iterator[html.Piece]:
        """Sentences with the passages in them marked, under their heading and link."""
        for rows, heading, link in found:
            yield html.evidence(dated(shares.joined(rows), self._corpus.documents), heading, name=link)


def _gives(voice: str, outlet: str) -> str:
    return f"What {outlet} gives to others{'' if voice == 'given' else f' {SAID[voice]}'}"


def _by_share(table: pd.DataFrame, found: Question, says: tuple[Finding, ...], least: int) -> charts.Drawing:
    beside = f"other outlets {found.held.words}"
    read = "The share of an article that is quoted or reported, and that stands in quotation marks, on average."
    ends = {end: (table.others + table[end]).clip(0, 1) for end in ("low", "high")}
    rows = table.assign(mean=table.here, series=table.voice.map(SAID), **ends, **{beside: table.others})
    return charts.intervals(
        rows[rows.voice != "reported"], label="outlet", series="series", beside=beside,
        alt="The share of its text that each outlet gives to others, and the share in quotation marks.",
        **differences.words(says, "How much of its text each outlet gives to others", read, found, least),
    )  # fmt: skip


def _matrix(table: pd.DataFrame, labels: Mapping[str, str], *, caption: str, **words: str) -> charts.Drawing | None:
    """Shares as cells; framed are those beyond chance, grey those of too few articles."""
    order, few = list(table.by.unique()), frozenset(table.by[table.faint])
    square = table.pivot(index="what", columns="by", values=["share", "link"]).reindex(index=list(labels))
    sure = table[table.p < stats.SURE]
    framed = [([*labels].index(what), order.index(by)) for what, by in zip(sure.what, sure.by, strict=True)]
    notes = [caption, "Framed: beyond chance." * bool(framed), "Grey: too few articles to tell." * bool(few)]
    return charts.matrix(
        square["share"][order].rename(index=labels), links=square["link"][order], framed=framed, faint=few,
        caption=" ".join(filter(None, notes)), **words,
    )  # fmt: skip
