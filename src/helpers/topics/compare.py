"""Who covers what and in which words: the share of topics by outlet or period, and what is said of differences."""

from collections.abc import Callable, Iterator
from textwrap import shorten

import numpy as np
import pandas as pd

from .. import stats
from ..corpus.questions import Question, seen
from ..show.result import Finding
from ..show.words import percent, plural, with_p

BACK = 0.5  # share of refits in which a topic that is found again is found
BARS = 10  # of a finding
INSIDE = str.maketrans("“”", "‘’")  # quotation marks inside of others


# How differences by topic and by word are told: the figure that shows them, what an outlet does in so many articles and
# what in none, what the others do in so many and in none, and what nobody does.
TOLD = {
    "topic": ("contrasts-by-outlet", "gives {} {} of its coverage", "gives {} no room", "give {}", "give none",
              "No outlet gives a topic more or less room than the others"),
    "word": ("words-by-outlet", "writes {} in {} of its openings", "never writes {} in its openings", "do in {}",
             "never do", "No word is one outlet's more than the others'"),
}  # fmt: skip


def coverage(shares: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """Mean share of each topic in each group of articles, with Wilson's 95 % interval of as many whole articles.

    Shares vary less than these, so it is at most too wide, and where all are equal it is no point. `shares` has a row
    an article, `groups` the group of each that has one. Returns the group, topic, share, low, high, articles.
    """
    sizes, means = groups.value_counts(), shares.groupby(groups).mean().rename_axis(columns="topic")
    table = means.stack().rename("share").reset_index()
    articles = table[groups.name].map(sizes).to_numpy(int)
    low, high = stats.wilson(table.share * articles, articles)
    return table.assign(low=low, high=high, articles=articles)


def of_stability(back: pd.Series) -> Iterator[Finding]:
    """How many topics are found again when articles are left out; nothing where none could be."""
    if back.notna().any():
        fixed = int((back >= BACK).sum())
        says = f"{_of(fixed, len(back)) or 'No topic is'} found again when articles are left out."
        yield Finding(says, fixed / len(back), len(back), figure="topics")


def of_events(shares: pd.DataFrame, events: pd.Series) -> str:
    """How many topics have most of their articles from one event, where half of them or more do."""
    own, number = events.groupby(shares.idxmax(axis=1)), shares.shape[1]
    largest = own.agg(lambda told: told[told != ""].value_counts().max())
    some = int(((largest > 1) & (2 * largest > own.size())).sum())
    return f"{_of(some, number)} largely one event." if 2 * some >= number else ""


def _of(some: int, number: int) -> str:
    """So many of all topics, as the subject of a sentence with its verb; "" for none."""
    if not some:
        return ""
    if some == number:
        return {1: "The one topic is", 2: "Both topics are"}.get(number, f"All {number} topics are")
    return f"{some} of {number} topics {'is' if some == 1 else 'are'}"


def like(topic: str, title: str) -> str:
    """What stands for a topic in a sentence: articles like the one with the headline nearest to it, or its words."""
    return f"articles like “{shorten(title, 80, placeholder=' …').translate(INSIDE)}”" if title else f"“{topic}”"


def surest(question: Question) -> pd.DataFrame:
    """The rows that differ beyond chance, the surest first, of two that are as sure the one that has more."""
    rows = question.main.named
    return rows.iloc[np.lexsort((-rows.effect, -rows.t.round(9), rows.p))]


def of_differences(
    question: Question, thing: str, name: Callable[[str], str], tell: Callable[[str, str], tuple], spread: pd.Series
) -> Iterator[Finding]:
    """The surest difference of each of two outlets by topic or word (`thing`), or that they differ in no single one.

    `name` writes a topic or word in a sentence; `tell` gives a sentence with it from the articles of an outlet, and its
    doc; `spread` is the share of each in all articles: what most have is not new.
    """
    main, held, figure = question.main, question.held.words, TOLD[thing][0]
    for row in surest(question).drop_duplicates("group").drop_duplicates("measure").head(2).to_dict("records"):
        others = main.table[(main.table.measure == row["measure"]) & (main.table.group != row["group"])]
        others, form = others[others.articles > 0], _form(row["here"], row["others"])
        lead, rest = _clauses(thing, row, name(row["measure"]), others.group.tolist(), form)
        lead = f"{held.capitalize()} {lead}"
        headline = f"{lead}. {rest[0].upper()}{rest[1:]}." * (row["articles"] >= stats.MIN_ARTICLES)
        evidence = tell(row["measure"], row["group"]) if row["effect"] > 0 else ("", "")
        yield Finding(
            f"{lead}; {rest} ({with_p(row['p'])}).", row["effect"], row["articles"], row["p"], figure, *evidence,
            headline, abs(row["effect"]) / (main.usual or 1.0), 1 - float(spread[row["measure"]]),
            bars=_bars(row, others, form),
        )  # fmt: skip
    if main.p < stats.SURE and main.named.empty:
        says = f"Outlets differ in their {thing}s {held} ({with_p(main.p)}); no single {thing} stands out."
        yield Finding(says, articles=main.shared, p=main.p, figure=figure)


def _clauses(thing: str, row: dict, what: str, others: list[str], form: Callable[[float], str]) -> tuple[str, str]:
    """What an outlet does with a topic or word, and what the others do, or the one other by its name."""
    _, much, never, some, none, _ = TOLD[thing]
    here, there = (round(row[side], 9) for side in ("here", "others"))
    lead = f"{row['group']} {(much if here else never).format(what, form(here))}"
    rest = some.format(form(there)) if there else none
    if len(others) == 1:
        return lead, f"{others[0]} {rest.replace('give', 'gives').replace('do', 'does')}"
    return lead, f"the others {rest}"


def _bars(row: dict, others: pd.DataFrame, form: Callable[[float], str]) -> tuple[tuple[str, float, str, bool], ...]:
    """The share of a topic or word at an outlet, at all others, and at those of them with most articles, by share."""
    shares = [(row["group"], row["here"]), ("All others", row["others"])][: 1 + (len(others) != 1)]
    most = others[others.compared.astype(bool)].sort_values("articles", ascending=False, kind="stable")
    shares += zip(most.group[: BARS - 2], most.here, strict=False)
    shares = sorted(shares, key=lambda each: -each[1])
    return tuple((name, float(share), form(share), name == row["group"]) for name, share in shares)


def _form(*shares: float) -> Callable[[float], str]:
    """How shares are written: in per cent, with a decimal where they look alike or like nothing without."""
    whole = [percent(share) for share in shares]
    small = whole[0] == whole[1] or any(round(share, 9) and percent(share) == percent(0) for share in shares)
    return (lambda share: f"{100 * share:.1f}\u00a0%") if small else percent


def alike(question: Question, thing: str) -> str:
    """What is said where nothing is found: why nothing is compared, or the size that would have been named."""
    main, held = question.main, question.held.words
    if main.cannot:
        return f"Outlets cannot be compared: {main.cannot}."
    if main.p < stats.SURE:
        return ""
    if not main.size < 1:
        return f"Too few articles to tell outlets apart {held}."
    return (
        f"{TOLD[thing][-1]} {held}, beyond chance. {seen(question, lambda share: plural(round(100 * share), 'point'))}"
    )
