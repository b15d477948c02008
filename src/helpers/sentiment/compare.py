"""Outlets by how they sound, each voice by itself, and by how they treat an actor: results with their findings."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain
from typing import Any

import pandas as pd

from .. import InputError, stats
from ..corpus import about, asked, differences, questions
from ..corpus.corpus import Corpus, dated
from ..corpus.questions import Held, Posed, Question
from ..show import charts, html
from ..show.result import Finding, Result, kept
from ..show.words import chance, fine, plural, signed
from . import findings, scores
from .findings import AMONG
from .scores import OWN, QUOTED, SCORES

VOICES = {OWN: "own voice", QUOTED: "quoted or reported"}
BY = {"news": "the news score", "vader": "VADER's score"}
MOVED = 0.005  # means that move less stand still
OUTLET, VOICE, P = {"outlet": "Outlet"}, {"voice": ("Voice", VOICES.get)}, {"p": ("p", chance)}


@dataclass(frozen=True, eq=False, repr=False)
class Scores:
    """The scores of the English originals of a corpus.

    sentences: a row a part of a sentence in one voice (own, or quoted, with which reported speech counts), with its
    words, news and vader; articles: a row an article and voice, with its mean news and vader.
    """

    sentences: pd.DataFrame
    articles: pd.DataFrame
    _copied: pd.DataFrame  # as `sentences`, with those of copies
    _corpus: Corpus

    def __repr__(self) -> str:
        parts = plural(len(self.sentences), "part of a sentence", "parts of sentences")
        return f"{parts} in {plural(self.articles.doc.nunique(), 'article')}, each with its news and vader score"

    def compare(
        self, by: str | pd.Series | pd.DataFrame = "outlet", *, score: str = "news",
        min_articles: int = stats.MIN_ARTICLES,
    ) -> Result:  # fmt: skip
        """How much warmer or darker than the others each group of articles sounds, in both voices.

        `by` is "outlet" (on the same events), "period", a Series with the group of each doc, or a table of shares by
        doc, the largest of which is the group; all but outlets are compared within each outlet. A group of fewer than
        `min_articles` is shown and not compared.

        >>> scores.compare().table.voice.unique().tolist()
        ['own', 'quoted']
        """
        page, groups = self._page(score, min_articles), self._groups(by, min_articles)
        kind, names = groups.name, {voice: voice for voice in VOICES}
        if kind != "outlet":  # asked beside the page's own questions
            names = {voice: f"{voice} by {kind}" for voice in VOICES}
            ask = partial(questions.ask, documents=self._corpus.documents, groups=groups, min_articles=min_articles)
            page |= {name: ask(self._tone(voice, score)) for voice, name in names.items()}
        settled = questions.settled(page)
        found = {voice: settled[name] for voice, name in names.items()}
        table, told, says = self._toned(found, groups), {}, []
        for voice, name in names.items():
            mine, leans = _where(self._told(score), voice=voice), differences.leans(page, name, self._corpus.documents)
            told[voice] = mine = mine.assign(group=mine.doc.map(found[voice].posed.docs(score)))
            shown = lambda row, mine=mine: _end(_where(mine, group=row.group), row.effect)  # noqa: E731
            says += findings.of_tone(found[voice], voice, kind, leans=leans, shown=shown)
        little, notes = (), (*findings.unsure(found, kind), *(found[OWN].notes or found[QUOTED].notes))
        if kind == "outlet":  # what is not found on the whole page may stand on the front page
            outlets = {name: each for name, each in settled.items() if each.held.words != AMONG}
            little, again = findings.unsure(outlets), self._again(found[OWN], score, min_articles)
            notes = (*differences.few(found[OWN], min_articles), *found[OWN].notes, *again)
        return Result(
            differences.FIGURES.get(kind, "by-group"), table, (*little, *notes, "")[0], f"How {kind}s sound",
            {"group": kind.capitalize()} | VOICE | _beside(found[OWN], fine),
            lambda: _by_group(table, kind, found[OWN], says, min_articles), tuple(says), little,
            lambda: self._behind(table, pd.concat(told.values()), ["group", "voice"], _group, score),
            f"The sentences of each {kind}", notes=notes, tested=not found[OWN].main.cannot,
        )  # fmt: skip

    @kept
    def towards(self, *, most_named: int = 6, score: str = "news", min_articles: int = stats.MIN_ARTICLES) -> Result:
        """How each outlet treats the actors named most, in its own voice, beside the other outlets.

        Where outlets cannot be compared, how each actor is treated beside the others in the same stories.
        `score` is that of the page, whose questions are corrected together.

        >>> scores.towards(most_named=1).table.name.unique().tolist()
        ['China']
        """
        page = self._page(score, min_articles, most_named)
        found, rows = questions.settled(page)["towards"], self._treating(most_named)
        names = self._corpus.actors.set_index("actor").name.to_dict()
        names = {actor: names.get(actor, actor) for actor in rows.actor.cat.categories}
        among = found.held.words == AMONG
        table = _treated(found, among).assign(name=lambda table: table.actor.map(names))
        made = {measure: found.posed.docs(measure) for measure in found.posed.values}
        made = made["score"] if among else {(who, doc): name for who in made for doc, name in made[who].items()}
        rows = rows.assign(group=[made.get(key, "") for key in zip(rows.actor, rows.doc, strict=True)])
        of = lambda row: {"actor": row.group if among else row.measure, "group": row.group}  # noqa: E731
        shown = lambda row: _end(_where(rows, **of(row)), row.effect)  # noqa: E731
        leans = differences.leans(page, "towards", self._corpus.documents)
        says = findings.of_actors(found, names, leans=leans, shown=shown)
        unsure = findings.unsure({AMONG if among else "towards": found}, "actor" if among else "outlet")
        return Result(
            "towards", table, "No actor is named in an outlet's own voice." if rows.empty else " ".join(unsure),
            "Attitudes, those least like the others' first", OUTLET | {"name": "Towards"} | _beside(found, signed),
            lambda: _by_actor(table, found, says, min_articles), says, unsure * among,
            finds=lambda: self._behind(table, rows, ["actor", "group"], _whom), evidence="The sentences on each actor",
            notes=(*unsure * (not among), *found.notes), tested=not found.main.cannot,
        )  # fmt: skip

    @kept
    def copies(self, *, score: str = "news") -> Result:
        """The mean scores that move when copies are counted too.

        >>> scores.copies().table.columns.tolist()
        ['outlet', 'voice', 'once', 'all', 'link']
        """
        whole = scores.articles(self._copied, self._corpus._all.documents)
        told = self._told(score, copies=True)
        means = [rows.groupby(["outlet", "voice"])[score].mean() for rows in (self.articles, whole)]
        table = pd.concat(means, axis=1, keys=["once", "all"]).dropna().reset_index()
        table = table[(table.once - table["all"]).abs() >= MOVED].reset_index(drop=True)
        table = table.assign(link=[html.anchor("copies", row.outlet, row.voice) for row in table.itertuples()])
        moved = table.assign(effect=table["all"] - table.once)
        return Result(
            "with-copies", table, f"Counting copies moves no mean by {MOVED} or more.", "Means that move",
            OUTLET | VOICE | {"once": ("Copies once", fine), "all": ("All copies", fine)},
            finds=lambda: self._behind(moved.assign(group=moved.outlet), told, ["outlet", "voice"], _group, score),
            evidence="The sentences of the copies",
        )  # fmt: skip

    @kept
    def extremes(self, n: int = 2, *, score: str = "news") -> Result:
        """The warmest and the darkest sentences that outlets write in their own voice.

        >>> len(scores.extremes(3).table)
        6
        """
        table = _ends(_where(self._told(score), voice=OWN), asked.fits(n, int, "n", least=1)).reset_index(drop=True)
        return Result(
            "extremes", table[["outlet", "doc", "sent", "score", "text"]], "There is no sentence to score.",
            says=(Finding(f"{plural(len(table), 'sentence')} from both ends, by the {score} score."),),
            finds=lambda: [html.evidence(self._seen(table, score, len(table)), "The warmest and darkest sentences")],
            opens=True,
        )  # fmt: skip

    @cached_property
    def _facts(self) -> pd.DataFrame:
        """What is known of each article, by its doc; an outlet that is not known is ""."""
        facts = self._corpus.documents.set_index("doc")
        return facts.assign(outlet=facts.outlet.where(facts.outlet != about.UNKNOWN, ""))

    @cached_property
    def _spoken(self) -> dict[str, list[tuple[int, int, str]]]:
        """The spans of what each article quotes or reports."""
        return scores.by_doc(self._corpus._all.voices)

    @kept
    def _tone(self, voice: str, score: str) -> pd.DataFrame:
        """The mean score of each article in a voice."""
        return _where(self.articles, voice=voice).set_index("doc")[[score]]

    @kept
    def _treating(self, most_named: int) -> pd.DataFrame:
        """Sentences in own voice that name the most named actors, from dark to warm, each by its mean."""
        rows, texts = self._corpus._named(), self._corpus.sentences
        rows = rows[~rows.nested & (rows.via != "loc") & (rows.voice == OWN)]
        often = rows.groupby("actor").doc.nunique().sort_values(ascending=False, kind="stable").index[:most_named]
        rows = scores.mentions(texts, rows[rows.actor.isin(often)]).groupby(["actor", "doc", "sent"])
        rows = rows.agg({"score": "mean", "marks": lambda each: [*chain.from_iterable(each)]}).reset_index()
        rows = rows.merge(texts[["doc", "sent", "text"]], on=["doc", "sent"], validate="many_to_one")
        rows = rows.sort_values(["score", "doc", "sent"])
        return dated(rows.assign(actor=pd.Categorical(rows.actor, often)), self._corpus.documents)

    def _page(self, score: str, min_articles: int, most_named: int = 6) -> dict[str, Question]:
        """The questions of the page: how outlets sound in each voice, and whom they treat how."""
        asked.one_of(score, SCORES, "score")
        asked.fits(min_articles, int, "min_articles", least=1)
        asked.fits(most_named, int, "most_named", least=1)
        details = {OWN: score, QUOTED: score, "towards": most_named}
        return {name: self._asked(name, detail, min_articles) for name, detail in details.items()}

    @kept
    def _asked(self, name: str, detail: str | int, min_articles: int) -> Question:
        """One question of the page; where outlets cannot be compared, actors are, within stories that name them."""
        if name != "towards":
            return questions.ask(self._tone(name, detail), self._corpus.documents, min_articles=min_articles)
        means = self._treating(detail).groupby(["actor", "doc"], observed=True).score.mean()
        values = means.unstack("actor").astype(float)
        found = questions.ask(values, self._corpus.documents, min_articles=min_articles)
        if not found.main.cannot or questions.too_few(self._facts, self._facts.index.to_series()):
            return found
        rows = means.reset_index().astype({"actor": str}).set_index(["actor", "doc"], drop=False)
        # A story counts once, however many articles tell it: they treat an actor alike.
        told = rows.doc.map(self._facts.event.where(self._facts.event != "", self._facts.index.to_series()))
        posed = Posed(rows[["score"]], rows.actor, told, told, min_articles, unit=rows.actor + "|" + told)
        return Question(posed.answer(rows.score.notna()), Held(told, AMONG), posed=posed)

    def _again(self, own: Question, score: str, min_articles: int) -> Iterator[str]:
        """What the other score says of outlets in their own voice, where they are compared."""
        (other,) = {*SCORES} - {score}
        if not own.main.cannot:
            again = questions.settled(self._page(other, min_articles))[OWN]
            yield f"In own voice, by {BY[other]}, {questions.changes(own.main, again.main)}."

    def _groups(self, by: str | pd.Series | pd.DataFrame, min_articles: int) -> pd.Series:
        """The group of each doc that articles are compared by, "" for none, under the name of what the groups are."""
        if isinstance(by, pd.DataFrame):
            shares = by.select_dtypes("number").fillna(0)
            by = shares.idxmax(axis=1).rename("topic") if shares.size else pd.Series(name="topic", dtype=object)
        if isinstance(by, pd.Series):
            if by.index.has_duplicates:
                raise InputError("by has more than one group for an article; give each doc one")
            groups = by.rename("group" if by.name in (None, *differences.FIGURES) else str(by.name)).astype(object)
        elif asked.one_of(by, ["outlet", "period"], "group to compare") == "outlet":
            return self._facts.outlet
        else:
            periods = about.periods(self._facts.published, min_articles=min_articles).rename("period")
            groups = periods.astype(object).map(about.period_name, na_action="ignore")
        return groups.reindex(self._facts.index).fillna("").astype(str)

    def _toned(self, found: dict[str, Question], groups: pd.Series) -> pd.DataFrame:
        """Groups in both voices: periods in their order, others the warmest in own voice first and the grey last."""
        rows = pd.concat([differences.marked(each.main.table).assign(voice=voice) for voice, each in found.items()])
        order = groups[self._facts.published.sort_values().index] if groups.name == "period" else []
        own = _where(rows, voice=OWN).sort_values(["enough", "effect"], ascending=False, kind="stable").group
        places = {name: place for place, name in enumerate(dict.fromkeys([*order, *own, *rows.group]))}
        rows = rows.assign(place=rows.group.map(places)).sort_values(["place", "voice"], ignore_index=True)
        return rows.assign(link=[html.anchor(groups.name, row.group, row.voice) for row in rows.itertuples()])

    @kept
    def _told(self, score: str, *, copies: bool = False) -> pd.DataFrame:
        """The parts of sentences, or those of copies, from dark to warm."""
        asked.one_of(score, SCORES, "score")
        more = self._copied[~self._copied.doc.isin(self.articles.doc)]
        rows = (more if copies else self.sentences)[["doc", "sent", "start", "voice", "text", score]]
        rows = rows.rename(columns={score: "score"}).sort_values(["score", "doc", "sent"], kind="stable")
        return dated(rows, self._corpus._all.documents)

    def _behind(
        self, table: pd.DataFrame, rows: pd.DataFrame, keys: list[str], told: Callable[[Any], str], score: str = ""
    ) -> Iterator[html.Piece]:
        """What each row opens: of sorted sentences those that made it, first those to which its effect points."""
        found = dict(list(rows.groupby(keys, observed=True)))
        for row in table[table.link != ""].itertuples():
            some = found.get(tuple(getattr(row, key) for key in keys), rows[:0])
            some = some[::-1] if row.effect > 0 else some
            yield html.evidence(self._seen(some, score) if score else some, told(row), name=row.link)

    def _seen(self, rows: pd.DataFrame, score: str, most: int = html.FIRST) -> pd.DataFrame:
        """Parts of sentences with the places of the words that count in them, of as many as are shown."""
        marks = []
        for row in rows.head(most).itertuples():
            places = scores.by_voice(row.text, row.start, self._spoken.get(row.doc, ()))
            marks.append(scores.in_voice(row.text, places[row.voice], score))
        return rows.assign(marks=marks + [()] * (len(rows) - len(marks)))


def score(corpus: Corpus) -> Scores:
    """Score every sentence of a corpus's English articles, what an outlet says and what it quotes each by itself.

    >>> sorted(score(corpus).articles.voice.unique())
    ['own', 'quoted']
    """
    if not isinstance(corpus, Corpus):
        raise InputError(f"score takes a corpus, not {corpus!r}; load it first: score(load('folder'))")
    whole = corpus.english()
    originals = whole.english(copies=False)
    parts = scores.sentences(whole.sentences, whole.voices)
    once = parts[parts.doc.isin(originals.documents.doc)].reset_index(drop=True)
    return Scores(once, scores.articles(once, originals.documents), parts, originals)


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


def _treated(found: Question, among: bool) -> pd.DataFrame:
    """Attitudes, the surest difference first and the grey last; where actors are compared of all outlets ("")."""
    rows = differences.marked(found.main.table)
    rows = rows.sort_values(["enough", "t"], ascending=False, kind="stable", ignore_index=True)
    rows = rows.assign(actor=(rows.group if among else rows.measure).astype(str), outlet="" if among else rows.group)
    return rows.assign(link=[html.anchor("sentences", row.actor, row.outlet) for row in rows.itertuples()])


def _group(row: Any) -> str:
    return f"{row.group}, {VOICES[row.voice]}"


def _whom(row: Any) -> str:
    return f"{row.name} in {row.outlet}" if row.outlet else row.name


def _by_group(table: pd.DataFrame, kind: str, found: Question, says: Sequence[Finding], least: int) -> charts.Drawing:
    read = f"Darker (left) or warmer (right) than other {kind}s {found.held.words}".rstrip()
    return charts.intervals(
        table.assign(mean=table.effect, voice=table.voice.map(VOICES)), label="group", series="voice",
        alt=f"How much warmer or darker than the others each {kind} sounds, in own voice and in quotes.",
        **differences.words(says, f"How {kind}s sound", f"{read}, {findings.SCALE}.", found, least),
    )  # fmt: skip


def _by_actor(table: pd.DataFrame, found: Question, says: Sequence[Finding], least: int) -> charts.Drawing:
    drawn, read = table.assign(mean=table.effect), f"Worse (left) or better (right) than others, {findings.SCALE}."
    words = differences.words(says, "How the actors named most are treated", read, found, least)
    words["alt"] = "How much better or worse than others each of the actors named most is treated."
    if found.held.words == AMONG:
        return charts.intervals(drawn.assign(series=f"beside others {AMONG}"), label="name", series="series", **words)
    order = drawn.groupby("name").articles.sum().sort_values(ascending=False, kind="stable").index
    drawn = drawn.sort_values("name", key=order.get_indexer, kind="stable")
    return charts.multiples(drawn, panel="name", label="outlet", **words)


def _beside(found: Question, form: Callable[[float], str]) -> html.Columns:
    """The columns of groups beside the others, their numbers written by `form`."""
    heads = {"here": "Mean", "others": "The others", "effect": "Difference", ("low", "high"): "95 %"}
    return {"articles": found.counted.capitalize()} | {key: (head, form) for key, head in heads.items()} | P


def _where(rows: pd.DataFrame, **values: str) -> pd.DataFrame:
    """The rows that have these values."""
    for column, value in values.items():
        rows = rows[rows[column] == value]
    return rows


def _ends(rows: pd.DataFrame, n: int) -> pd.DataFrame:
    """The last n rows, from the end, and the first n; a sentence comes once."""
    return pd.concat([rows.tail(n)[::-1], rows.head(n)]).drop_duplicates(["doc", "sent"])


def _end(rows: pd.DataFrame, effect: float) -> tuple[str, str, str]:
    """The sentence at the end of rows to which an effect points, its article, and its outlet and day if known."""
    for row in (rows.tail(1) if effect > 0 else rows.head(1)).itertuples():
        return row.text, row.doc, differences.source(row)
    return "", "", ""
