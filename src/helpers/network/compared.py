"""Who is named where and when, compared: the questions of the page, and the sentences that answer them."""

import re

import numpy as np
import pandas as pd

from .. import stats
from ..corpus import questions
from ..corpus.questions import Question
from ..language.words import fold
from ..show import html
from ..show.result import Finding
from ..show.words import chance, day, listed, percent, plural
from .meetings import ENDS, met

TRIED = 100  # actors, and pairs, that are compared: those in most articles
NEW = 0.3  # how novel it is that somebody is named who hardly was before, or hardly is any more
HARDLY = 0.05  # of the articles


def things(actors: pd.DataFrame, pairs: pd.DataFrame, articles: int, least: int) -> pd.DataFrame:
    """What is compared: actors, and pairs, that `least` articles or more have and as many have not.

    Takes actor, name and articles, and first, second, both (their names together) and articles; returns first, second
    ("" for an actor), what, articles and share (of all articles).
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


def own_words(values: pd.DataFrame, names: pd.Series, documents: pd.DataFrame) -> pd.Series:
    """Which names no list knows are an outlet's own words: its name, its agency's, or mostly in its articles alone."""
    outlet = documents.outlet.to_numpy()
    most = values.groupby(outlet).sum().max() > values.sum() / 2
    titles = " | ".join(_plain(name) for name in {*documents.outlet, *documents.get("agency", [])})
    return most | pd.Series([_plain(name) in titles for name in names], names.index, dtype=bool)


def habits(question: Question, things: pd.DataFrame, outlet: pd.Series) -> pd.DataFrame:
    """The differences between outlets beyond chance, the surest first: whom they name, with whom, and in which docs.

    The docs that show it are those of the outlet, or of the others where it names less, on what both tell.
    """
    rows = question.main.named.join(things[[*ENDS, "what", "share"]], on="measure")
    docs = [_docs(row, question.held.within, outlet) for row in rows.itertuples()]
    told = [habit(row, question) for row in rows.itertuples()]
    rows = rows.assign(told=told, docs=docs, novel=1 - rows.share, low=rows.low.clip(-1), high=rows.high.clip(upper=1))
    return _linked(rows)


def changed(
    question: Question, things: pd.DataFrame, values: pd.DataFrame, since: pd.Series, split: pd.Timestamp
) -> pd.DataFrame:
    """What is named more or less often since a day beyond chance, with its share of the articles before and since.

    A pair is left out if one of the two is named more or less often alone.
    """
    rows = question.main.named.query("group == 'since'").join(things[[*ENDS, "what", "share"]], on="measure")
    plain = values.groupby(since).mean().reindex(["before", "since"])
    before, now = (plain.loc[part, rows.measure].array for part in ("before", "since"))
    rows = rows.assign(before=before, since=now, articles=things.articles[rows.measure].array)
    alone = set(rows["first"][rows.second == ""])
    new = (rows.second == "") | ~(rows["first"].isin(alone) | rows.second.isin(alone))
    rows = rows[new & ((rows.since - rows.before) * rows.effect > 0)]
    docs = [since.index[since == ("since" if row.effect > 0 else "before")] for row in rows.itertuples()]
    novel = (1 - rows.share).where(rows[["before", "since"]].min(axis=1) >= HARDLY, NEW)
    return _linked(rows.assign(told=[change(row, split) for row in rows.itertuples()], docs=docs, novel=novel))


def neighbours(pairs: pd.DataFrame) -> tuple[str, ...]:
    """How many pairs are no company, and why: halves, listed and few are true of a row that is so."""
    kinds = {"halves": "parts of one name", "listed": "mostly in lists of four or more", "few": "of one or two events"}
    first = pairs[list(kinds)][pairs[list(kinds)].any(axis=1)].astype(int).idxmax(axis=1).value_counts()
    told = [f"{words} ({first[kind]:,})" for kind, words in kinds.items() if kind in first]
    return (f"Pairs beyond chance that are not shown: {listed(told)}.",) if told else ()


def habit(row: tuple, question: Question) -> tuple[str, str]:
    """What an outlet names more or less often than the others, as a headline and as a sentence."""
    here, others = amount(row.here), amount(row.others)
    own = f"never names {row.what}" if here == "none" else f"names {row.what} in {here} of its stories"
    rest = {"none": "never do", "all": "always do"}.get(others, f"do in {others}")
    told = f"{question.held.words.capitalize()}, {row.group} {own}; the others {rest}"
    tried = plural(int(question.main.table.compared.sum()), "difference")
    return f"{told}.", f"{told} ({p(row.p)}; {plural(row.articles, 'article')}, {tried} tried)."


def change(row: tuple, split: pd.Timestamp) -> tuple[str, str]:
    """How much more or less often something is named since a day, as a headline and as a sentence."""
    since, before = amount(row.since), amount(row.before)
    verb = "names" if since == "none" else "name"
    of = "All" if since == "all" else f"{since[0].upper()}{since[1:]} of the"
    told = f"{of} articles since {day(split)} {verb} {row.what}"
    return f"{told}. Before, {before} did.", f"{told}; before, {before} did ({p(row.p)})."


def company(row: tuple, unit: str) -> tuple[str, str]:
    """In how many articles two stand in one unit, and in how many by chance, as a headline and as a sentence."""
    told = f"{row.both} stand in one {unit} in {plural(row.articles, 'article')}"
    times = by_chance(row.expected)
    return f"{told}. By chance it would be {times}.", f"{told}, by chance in {times} (q{_than(row.q)})."


def nothing(question: Question, verb: str) -> tuple[str, ...]:
    """That no outlet stands out in whom it names, and what would have been seen; or why none is compared."""
    answer, held = question.main, question.held.words.capitalize()
    if answer.cannot:
        return (f"Outlets are not compared: {answer.cannot}.",)
    alike = f"{held}, no outlet stands out in whom it {verb}.{seen(question)}"
    return (alike,) if answer.p >= stats.SURE else ()


def unchanged(question: Question, split: pd.Timestamp) -> str:
    """That nothing changed since a day beyond chance, and what would have been seen; or why nothing is compared."""
    if pd.isna(split):
        return "No article has a day."
    if question.main.cannot:
        return f"Too few events are told before or since {day(split)} to compare."
    return f"Since {day(split)}, no single change in who is named is beyond chance.{seen(question)}"


def uneven(question: Question, verb: str) -> tuple[Finding, ...]:
    """That outlets differ, where no single one can be named; silence where one can, or where they do not."""
    answer, held = question.main, question.held.words.capitalize()
    if answer.cannot or answer.p >= stats.SURE or len(answer.named):
        return ()
    says = f"{held}, outlets differ in whom they {verb} ({p(answer.p)}), but no single outlet stands out."
    return (Finding(says, articles=answer.shared, p=answer.p),)


def seen(question: Question) -> str:
    """What would have been found where nothing was: " A difference of 27 percentage points would have been ..."."""
    points = plural(round(100 * question.main.size), "percentage point") if question.main.size < 1 else ""
    return f" {questions.seen(question, lambda _: points)}" if points else ""


def amount(share: float) -> str:
    """A share of articles in words: "none", "less than 1 %", "32 %", "all"."""
    if share < 1e-9 or share > 1 - 1e-9:
        return "none" if share < 0.5 else "all"
    return "less than 1\u00a0%" if share < 0.005 else "more than 99\u00a0%" if share > 0.995 else percent(share)


def by_chance(expected: float) -> str:
    """A number that is expected, as the whole numbers beside it: "4 or 5", "12", "none or 1"."""
    low, high = int(np.floor(expected)), int(np.ceil(expected))
    if expected >= 1 and min(expected - low, high - expected) < 0.25:
        return f"{round(expected):,}"
    return f"{low or 'none'} or {high or 1}"


def p(value: float) -> str:
    """The chance of such a difference: "p = 0.031", "p < 0.001", which no line break parts."""
    return f"p{_than(value)}"


def _than(value: float) -> str:
    return f"\u00a0{'' if value < 0.001 else '= '}{chance(value)}".replace(" ", "\u00a0")


def _linked(rows: pd.DataFrame) -> pd.DataFrame:
    ends = rows[["group", *ENDS]].itertuples(index=False)
    return rows.assign(link=[html.anchor("difference", *each) for each in ends])


def _docs(row: tuple, within: pd.Series, outlet: pd.Series) -> pd.Index:
    """The docs of an outlet that names more, or of the others, where both tell the same."""
    own = outlet == row.group
    return within.index[within.isin(set(within[own]) - {""}) & (own == (row.effect > 0))]


def _plain(name: str) -> str:
    """A name as words without capitals and marks, to be found within another."""
    return " ".join(["", *re.findall(r"\w+", fold(name).lower()), ""])
