"""Who covers what, when and in which words: shares by outlet and period, and what is found."""

import re
from collections.abc import Callable, Collection, Iterator
from textwrap import shorten

import pandas as pd

from .. import stats
from ..corpus.questions import Question, seen
from ..show.result import Finding
from ..show.words import listed, percent, plural

BACK = 0.5  # share of refits in which a topic that is found again is found
INSIDE = str.maketrans("“”", "‘’")  # quotation marks inside of others
Told = tuple[str, str]  # a sentence, and the doc of its article; both "" where there is none
Teller = Callable[[str, str], Told]  # a sentence on a topic, or with a word, from the articles of an outlet


def coverage(shares: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """Mean share of each topic in each group of articles, with a 95 % interval.

    The interval is Wilson's of as many whole articles: shares vary less than these, so it is at most too wide, and
    where all are equal it is no point. `shares` has a row an article, `groups` the group of each that has one. Returns
    a column of the name of `groups`, and topic, mean, low, high, articles.
    """
    sizes, means = groups.value_counts(), shares.groupby(groups).mean().rename_axis(columns="topic")
    table = means.stack().rename("mean").reset_index()
    articles = table[groups.name].map(sizes).to_numpy(int)
    low, high = stats.wilson(table["mean"] * articles, articles)
    return table.assign(low=low, high=high, articles=articles)


def holding(own: pd.DataFrame, docs: Collection[str], word: str, length: int) -> pd.DataFrame:
    """The first sentence in the openings of the given articles that has a word: doc, sent, text, marks."""
    finder = re.compile(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])".replace(r"\ ", r"\s+"), re.IGNORECASE)
    rows = own[own.doc.isin(docs) & (own.before < length)]
    found = rows.own.map(lambda text: match.span() if (match := finder.search(text)) else None)
    rows = rows[["doc", "sent", "text"]].assign(marks=[[span] for span in found])[found.notna()]
    return rows.head(1).reset_index(drop=True)


def of_stability(back: pd.Series) -> Iterator[Finding]:
    """How many topics are found again when articles are left out; nothing where none could be."""
    fixed, number = int((back >= BACK).sum()), len(back)
    if back.isna().all():
        return
    told = f"{fixed} of {plural(number, 'topic')} {'is' if fixed == 1 else 'are'}"
    if fixed == number:
        told = {1: "The one topic is", 2: "Both topics are"}.get(number, f"All {number} topics are")
    elif not fixed:
        told = "No topic is"
    yield Finding(f"{told} found again when articles are left out.", fixed / number, number, figure="topics")


def of_topics(question: Question, titles: dict[str, str], tell: Teller, shares: pd.Series) -> Iterator[Finding]:
    """The two surest differences in the room that outlets give to topics, or that there are some.

    `titles` has the headline that stands for a topic, "" for none; `tell` gives the sentence that shows one; `shares`
    the share of each topic in all coverage.
    """
    held = question.held.words
    for row in question.main.named.head(2).to_dict("records"):
        here, others = _written(row["here"], row["others"])
        title = shorten(titles[row["measure"]], 80, placeholder=" …").translate(INSIDE)
        topic = f"articles like “{title}”" if title else f"“{row['measure']}”"
        room = f"{row['group']} gives {topic} {f'{here} of its coverage' if here else 'no room'}"
        room, rest = room if here else f"{held.capitalize()} {room}", f"the others give {others or 'none'}"
        says = f"{room}; {f'{held} ' * bool(here)}{rest}{' of their coverage' * (not here)}"
        yield _finding(question, row, says, f"{room}. {rest.capitalize()}.", "contrasts-by-outlet", tell, shares)
    yield from _unlike(question, "Outlets do not give topics the same room", "topic", "contrasts-by-outlet")


def of_words(question: Question, length: int, tell: Teller, shares: pd.Series) -> Iterator[Finding]:
    """The words of two outlets that are most surely theirs, the first beside the second; or that words differ.

    `length` is how many words of an article are looked at, `tell` gives a sentence with a word, `shares` the share of
    all articles that have each word.
    """
    rows = question.main.named.drop_duplicates("group").head(2).to_dict("records")
    written, held = [_written(row["here"], row["others"]) for row in rows], question.held.words.capitalize()
    for number, (row, (here, others)) in enumerate(zip(rows, written, strict=True)):
        place, rest = f"the first {length} words of", f"do in {others}" if others else "never do"
        told = f"writes “{row['measure']}” in {place} {here} of its articles"
        told = told if here else f"never writes “{row['measure']}” in {place} an article"
        says = f"{held} {row['group']} {told}; the others {rest}"
        headline = "" if number else f"{held} {_opposed(rows, written)}"
        yield _finding(question, row, says, headline, "words-by-outlet", tell, shares)
    yield from _unlike(question, "Outlets do not use the same words", "word", "words-by-outlet")


def alike(question: Question, nothing: str) -> str:
    """What is said where nothing is found: why nothing is compared, or `nothing` with the size that would be named."""
    if question.main.cannot:
        return f"Outlets are not compared: {question.main.cannot}."
    if question.main.p < stats.SURE:
        return ""
    if not question.main.size < 1:
        return f"Too few articles to tell outlets apart {question.held.words}."
    return f"{nothing} {seen(question, lambda share: plural(round(100 * share), 'point'))}"


def left_out(question: Question, min_articles: int) -> str:
    """How many outlets have too few articles to be compared, by number."""
    enough = question.main.table.groupby("group").compared.any()
    few = 0 if question.main.cannot else int((~enough).sum())
    told = f"{few} of {plural(len(enough), 'outlet')} {'has' if few == 1 else 'have'}"
    return f"{told} fewer than {plural(min_articles, 'article')}." * (few > 0)


def title(row: pd.Series) -> str:
    """What a figure of outlets that differ shows: the surest of them, by its topic or word."""
    more = "more" if row.here > row.others else "less"
    if "word" in row:
        return f"{row.outlet} writes “{row.word}” {more} often than others do"
    return f"{row.outlet} gives “{row.topic}” {more} room than others do"


def _unlike(question: Question, says: str, thing: str, figure: str) -> Iterator[Finding]:
    """That outlets differ though nobody can be named, where it is so."""
    found = question.main
    if found.p < stats.SURE and found.named.empty:
        says = f"{says} {question.held.words} ({_p(found.p)}); no single {thing} stands out."
        yield Finding(says, articles=found.shared, p=found.p, figure=figure)


def _opposed(rows: list[dict], written: list[list[str]]) -> str:
    """The words of one outlet, or of two that both have words of their own, as a headline."""
    (here, others), first = written[0], rows[0]
    if not here:
        return f"{first['group']} never writes “{first['measure']}” in its openings. The others do in {others}."
    told = f"{first['group']} writes “{first['measure']}” in {here} of its openings"
    if len(rows) > 1 and all(row["effect"] > 0 for row in rows):
        told += f", {rows[1]['group']} “{rows[1]['measure']}” in {written[1][0]}"
        others = listed(others or "none" for _, others in written)
    return f"{told}. The others {f'do in {others}' if others else 'never do'}."


def _finding(
    question: Question, row: dict, says: str, headline: str, figure: str, tell: Teller, shares: pd.Series
) -> Finding:
    """A finding about one outlet; of few articles it has no headline, and what most articles have is not new."""
    says = f"{says} ({_p(row['p'])})."
    headline = headline if row["articles"] >= stats.MIN_ARTICLES else ""
    sentence = tell(row["measure"], row["group"]) if row["effect"] > 0 else ("", "")
    unusual = abs(row["effect"]) / (question.main.usual or 1.0)
    novel = 1 - float(shares[row["measure"]])
    return Finding(says, row["effect"], row["articles"], row["p"], figure, *sentence, headline, unusual, novel)


def _written(here: float, others: float) -> list[str]:
    """Two shares in per cent, with a decimal where they look alike or like nothing without; "" for nothing at all."""
    shares = [0.0 if share < 1e-9 else share for share in (here, others)]
    whole = [percent(share) for share in shares]
    small = whole[0] == whole[1] or any(share and percent(share) == percent(0) for share in shares)
    return [(f"{100 * share:.1f}\u00a0%" if small else percent(share)) if share else "" for share in shares]


def _p(p: float) -> str:
    """A p-value as it stands in a sentence: "p = .012", "p < .001"."""
    return "p < .001" if p < 0.001 else f"p = {p:.3f}".replace("0.", ".", 1)
