"""Who is named where and when, compared: what the page asks, and the sentences that answer it."""

import numpy as np
import pandas as pd

from .. import stats
from ..corpus import questions
from ..corpus.questions import Posed, Question
from ..show import html
from ..show.result import Finding
from ..show.words import day, listed, percent, plural, with_p
from .meetings import ENDS, met

TRIED = 100  # actors, and pairs, that are compared: those in most articles
NEW = 0.3  # how novel it is that somebody is named who hardly was before, or hardly is any more
PAIRED = 0.4  # how novel it is at most that two are named together, which alone says little
HARDLY = 0.05  # of the articles
BARS = 10  # outlets beside each other on the front page

Told = tuple[str, str, tuple[tuple[str, float, str, bool], ...]]  # a headline, a sentence and bars, as in `Finding`


def things(actors: pd.DataFrame, pairs: pd.DataFrame, articles: int, least: int) -> pd.DataFrame:
    """What is compared: actors, and pairs, that `least` articles or more have and as many have not.

    Takes actor, name and articles, and first, second, what and articles; returns first, second ("" for an actor), what,
    articles and share (of all articles).
    """
    alone = actors.rename(columns={"actor": "first", "name": "what"}).assign(second="")
    rows = [part[part.articles.between(least, articles - least)].head(TRIED) for part in (alone, pairs)]
    found = pd.concat(rows, ignore_index=True)[[*ENDS, "what", "articles"]]
    return found.astype(dict.fromkeys(ENDS, str)).assign(share=found.articles / max(1, articles))


def presence(appearances: pd.DataFrame, things: pd.DataFrame, docs: pd.Series) -> pd.DataFrame:
    """1 where an article (a row, by doc) names an actor, or both of a pair in one unit, else 0; a column a thing."""
    alone = things[things.second == ""].rename_axis("pair").reset_index()
    named = appearances.merge(alone[["pair", "first"]], left_on="actor", right_on="first")
    both = pd.concat([named, met(appearances, things)])[["doc", "pair"]].drop_duplicates()
    return pd.crosstab(both.doc, both.pair).reindex(index=docs, columns=things.index, fill_value=0)


def asked(
    things: pd.DataFrame, appearances: pd.DataFrame, documents: pd.DataFrame, split: pd.Timestamp, *,
    known: set[str], min_articles: int, seed: int,
) -> dict[str, tuple[Question, pd.DataFrame]]:  # fmt: skip
    """The questions of the page, each with what differs beyond chance: naming and pairs by outlet, and changes.

    A name that is not `known` to a list is not compared where it stands in an outlet's own name or its agency's, or
    mostly in the articles of one outlet: its reporters, its page furniture.
    """
    values, facts = presence(appearances, things, documents.doc), documents.set_index("doc")
    days = facts.published
    since = (days >= split).map({True: "since", False: "before"}).where(days.notna(), "")
    alone, options = things.second == "", {"min_articles": min_articles, "seed": seed}
    titles = " | ".join({*documents.outlet, *documents.get("agency", [])})
    own = values.groupby(facts.outlet).sum().max() > values.sum() / 2
    own |= np.array([name in titles for name in things.what], bool)
    own &= alone & ~things["first"].isin(known)
    page = questions.settled({
        "naming": questions.ask(values.loc[:, alone & ~own], documents, **options),
        "pairs": questions.ask(values.loc[:, ~alone], documents, **options),
        "changes": questions.ask(values.loc[:, ~own], documents, groups=since, **options),
    })  # fmt: skip
    found = {name: habits(page[name], things) for name in ("naming", "pairs")}
    found["changes"] = changed(page["changes"], things, values, since, split)
    return {name: (page[name], rows) for name, rows in found.items()}


def habits(question: Question, things: pd.DataFrame) -> pd.DataFrame:
    """The differences between outlets beyond chance, the surest first: whom they name, with whom, and in which docs.

    The docs that show it are those of the outlet, or of the others where it names less, on what both tell.
    """
    rows = question.main.named.join(things[[*ENDS, "what", "share"]], on="measure")
    docs = [_docs(row, question.posed) for row in rows.itertuples()]
    told = [habit(row, question) for row in rows.itertuples()]
    heading = [_heading(row, question.held.words) for row in rows.itertuples()]
    rows = rows.assign(told=told, docs=docs, heading=heading, novel=1 - rows.share)
    return _linked(rows.assign(low=rows.low.clip(-1), high=rows.high.clip(upper=1)), "difference")


def changed(
    question: Question, things: pd.DataFrame, values: pd.DataFrame, since: pd.Series, split: pd.Timestamp
) -> pd.DataFrame:
    """What is named more or less often since a day beyond chance: its share of all articles since (here) and before.

    A pair is left out if one of the two is named more or less often alone.
    """
    rows = question.main.named.query("group == 'since'").join(things[[*ENDS, "what", "share"]], on="measure")
    plain = values.groupby(since).mean().reindex(["before", "since"])
    before, now = (plain.loc[part, rows.measure].array for part in ("before", "since"))
    rows = rows.assign(others=before, here=now, articles=things.articles[rows.measure].array)
    alone = set(rows["first"][rows.second == ""])
    new = (rows.second == "") | ~(rows["first"].isin(alone) | rows.second.isin(alone))
    rows = rows[new & ((rows.here - rows.others) * rows.effect > 0)]
    rows["side"] = np.where(rows.effect > 0, "since", "before")
    docs = [since.index[since == side] for side in rows.side]
    heading = [f"{row.what} {row.side} {day(split)}" for row in rows.itertuples()]
    novel = (1 - rows.share).where(rows[["here", "others"]].min(axis=1) >= HARDLY, NEW)
    rows = rows.assign(told=[change(row, split) for row in rows.itertuples()], docs=docs, heading=heading, novel=novel)
    return _linked(rows, "change")


def habit(row: tuple, question: Question) -> Told:
    """What an outlet names more or less often than the others, beside each of them."""
    table = question.main.table
    here, others = amount(row.here), amount(row.others)
    own = f"never names {row.what}" if here == "none" else f"names {row.what} in {here} of its stories"
    rest = {"none": "never do", "all": "always do"}.get(others, f"do in {others}")
    told = f"{question.held.words.capitalize()}, {row.group} {own}; the others {rest}"
    tried = plural(int(table.compared.sum()), "difference")
    beside = table[(table.measure == row.measure) & table.compared.astype(bool)]
    beside = beside.assign(meant=beside.group == row.group).sort_values(["meant", "articles"], ascending=False)
    bars = [(each.group, each.here, amount(each.here), each.meant) for each in beside.head(BARS).itertuples()]
    return f"{told}.", f"{told} ({with_p(row.p)}; {plural(row.articles, 'article')}, {tried} tried).", _drawn(bars)


def change(row: tuple, split: pd.Timestamp) -> Told:
    """How much more or less often something is named since a day than before."""
    since, before = amount(row.here), amount(row.others)
    of = "All" if since == "all" else f"{since[0].upper()}{since[1:]} of the"
    told = f"{of} articles since {day(split)} {'names' if since == 'none' else 'name'} {row.what}"
    bars = [("Before", row.others, before, False), (f"Since {day(split)}", row.here, since, True)]
    return f"{told}. Before, {before} did.", f"{told}; before, {before} did ({with_p(row.p)}).", _drawn(bars)


def together(row: tuple, unit: str) -> Told:
    """In how many articles two stand in one unit, and in how many by chance."""
    told = f"{row.what} stand in one {unit} in {plural(row.articles, 'article')}"
    times = "fewer than one" if row.expected < 1 else f"about {row.expected:,.0f}"
    most, words = max(row.articles, row.expected), f"{row.articles:,}"
    bars = [("Together", row.articles / most, words, True), ("By chance", row.expected / most, times, False)]
    says = f"{told}, by chance in {times} ({with_p(row.q).replace('p', 'q')})."
    return f"{told}. By chance it would be {times}.", says, _drawn(bars)


def everywhere(names: list[str]) -> tuple[str, ...]:
    """That who is named in nearly all articles meets nobody beyond chance; nothing where nobody is."""
    are, them = ("is", "it") if len(names) == 1 else ("are", "them")
    told = f"{listed(names)} {are} named in nearly all articles and can meet nobody beyond chance"
    return (f"{told}: pairs with {them} are not ranked.",) * bool(names)


def whole(question: Question, verb: str) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """What is said where no single outlet can be named: that outlets differ all the same, that they do not, or why not.

    A finding, or what is too little to say; neither where an outlet is named.
    """
    answer, held = question.main, question.held.words.capitalize()
    if answer.cannot:
        return (), (f"Outlets cannot be compared: {answer.cannot}.",)
    if answer.p >= stats.SURE:
        few = f"too few articles are compared to tell whether outlets differ in whom they {verb}."
        return (), (
            f"{held}, {f'no outlets stand out in whom they {verb}.{told}' if (told := seen(question)) else few}",
        )
    says = f"{held}, outlets differ in whom they {verb} ({with_p(answer.p)}), but no single outlet stands out."
    return () if len(answer.named) else (Finding(says, articles=answer.shared, p=answer.p),), ()


def unchanged(question: Question, split: pd.Timestamp) -> str:
    """That nothing changed since a day beyond chance, and what would have been seen; or why nothing is compared."""
    if pd.isna(split):
        return "No article has a day."
    if question.main.cannot:
        return f"Too few events are told before or since {day(split)} to compare."
    return f"Since {day(split)}, no single change in who is named is beyond chance.{seen(question)}"


def seen(question: Question) -> str:
    """What would have been found where nothing was: " A difference of 27 percentage points would have been ..."."""
    points = plural(round(100 * question.main.size), "percentage point") if question.main.size < 1 else ""
    return f" {questions.seen(question, lambda _: points)}" if points else ""


def amount(share: float) -> str:
    """A share of articles in words: "none", "less than 1 %", "32 %", "all"."""
    if share < 1e-9 or share > 1 - 1e-9:
        return "none" if share < 0.5 else "all"
    return "less than 1\u00a0%" if share < 0.005 else "more than 99\u00a0%" if share > 0.995 else percent(share)


def _drawn(bars: list[tuple]) -> tuple[tuple[str, float, str, bool], ...]:
    """Bars, the longest first."""
    told = ((name, min(1.0, max(0.0, float(share))), words, bool(meant)) for name, share, words, meant in bars)
    return tuple(sorted(told, key=lambda bar: -bar[1]))


def _linked(rows: pd.DataFrame, kind: str) -> pd.DataFrame:
    link = [html.anchor(kind, *each) for each in rows[["group", *ENDS]].itertuples(index=False)]
    return rows.assign(link=link, novel=rows.novel.where(rows.second == "", rows.novel.clip(upper=PAIRED)))


def _heading(row: tuple, held: str) -> str:
    """Whose sentences show a difference: those of the outlet, or of the others where it names less."""
    here, others = (row.group, "the others") if row.effect > 0 else ("the other outlets", row.group)
    return f"{row.what} in {here}, {held} as {others}"


def _docs(row: tuple, posed: Posed) -> pd.Index:
    """The docs of an outlet that names more, or of the others beside it, where both tell the same."""
    if row.effect <= 0:
        return posed.docs(row.measure, beside=row.group).index
    made = posed.docs(row.measure)
    return made.index[made == row.group]
