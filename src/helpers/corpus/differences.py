"""What is said of groups that are compared: the parts of sentences, tables and figures that all pages share."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from textwrap import shorten
from typing import Any

import numpy as np
import pandas as pd

from .. import stats
from ..show.result import Finding
from ..show.words import day, listed, percent, with_p
from . import about, questions
from .questions import NAMED, Question

FIGURES = {"outlet": "outlets", "period": "periods"}  # by what the groups are; their findings may lead
BARS = 10
Shown = Callable[[Any], tuple[str, str, str]]  # from a row to a sentence that shows it, its article, outlet and day
Leans = Mapping[tuple[str, str], str]  # the title of the event that a difference hangs on, by measure and group


def sure(asked: Question) -> bool:
    """Whether a question can be answered and its groups are not alike."""
    return not asked.main.cannot and asked.main.p < stats.SURE


def rows(asked: Question) -> tuple[pd.DataFrame, str]:
    """The rows to tell of, those that differ by themselves or else both ends, and a clause that says the latter."""
    found, table = asked.main.named, asked.main.table
    if len(found):
        return found, ""
    able = table[table.compared.astype(bool)].sort_values("effect", ascending=False, kind="stable")
    found = pd.concat([able[able.effect > 0].head(1), able[able.effect < 0].tail(1)])
    return found, f"; {'either alone' if len(found) > 1 else 'alone it'} could be chance"


def opposed(found: pd.DataFrame) -> list[str]:
    """The first group, and the first that differs to the other side."""
    sides = np.sign(found.effect)
    return [found.group.iloc[0], *found.group[sides != sides.iloc[0]].head(1)]


def bars(
    table: pd.DataFrame, shares: pd.Series, meant: Collection[str], names: Mapping[str, str] | None = None
) -> tuple[tuple[str, float, str, bool], ...]:
    """The shares of the groups that are compared, those meant and else those of most articles, the largest first."""
    found = table[table.compared.astype(bool)]
    name = found.group.replace(names or {})
    found = found.assign(share=found.group.map(shares), meant=found.group.isin(meant), name=name)
    found = found.sort_values(["meant", "articles"], ascending=False, kind="stable").head(BARS)
    found = found.sort_values("share", ascending=False, kind="stable")
    return tuple((row.name, row.share, percent(row.share), row.meant) for row in found.itertuples())


def quoted(group: str, kind: str) -> str:
    """The name of a group; in marks where it may be any word."""
    return group if kind in FIGURES else f"“{group}”"


def capital(words: str) -> str:
    """Words that begin a sentence."""
    return words[:1].upper() + words[1:]


def ending(says: str, leans: Leans, kind: str = "outlet") -> str:
    """A sentence, and after it what in it hangs on one event."""
    for (_, group), title in leans.items():
        whose = f"the difference of {quoted(group, kind)}" if group else "all of it"
        says = f"{says} Without the event of “{title}” {whose} could be chance."
    return says


def leans(page: dict[str, Question], name: str, documents: pd.DataFrame) -> Leans:
    """What hangs on one event of the answer to a question: the title of its first article that has one."""
    titles = documents[documents.title != ""].sort_values("published").drop_duplicates("event")
    titles = titles.set_index("event").title
    events = questions.leaning(page, name).items()
    return {key: shorten(titles.get(event, event), 60, placeholder=" …") for key, event in events}


def finding(
    says: str, lead: str, asked: Question, found: pd.DataFrame, shown: Shown | None = None, **told: Any
) -> Finding:
    """A finding whose effect is that of its first row; one that rests on few articles has no headline."""
    main, first = asked.main, next(found.itertuples())
    articles = int(first.articles if len(main.named) else main.shared)
    told |= dict(zip(("evidence", "doc", "source"), shown(first) if shown else ("", "", ""), strict=True))
    unusual = abs(first.effect) / main.usual if main.usual > 0 else 1.0
    made = Finding(says, first.effect, articles, headline=lead, unusual=unusual, **told)
    return made if lead and articles >= stats.MIN_ARTICLES else made._replace(headline="", bars=())


def unsure(
    asked: Mapping[str, Question], where: Callable[[str], str], kind: str = "outlet", shares: Collection[str] = ()
) -> tuple[str, ...]:
    """What is not found, with the differences that would have been, and what cannot be compared, as one line or none.

    `where` puts what a question asks into words; differences of `shares` are told in points.
    """
    why, says = defaultdict(list), []
    for name, question in asked.items():
        why[question.main.cannot and f": {question.main.cannot}"].append(name)
    if seen := [name for name in why.pop("", []) if not sure(asked[name])]:
        told = listed(f"{where(name)} ({with_p(asked[name].main.p)})" for name in seen)
        sizes = {name: size for name in seen if (size := asked[name].main.size) > 0}
        sizes = [f"{100 * size:.0f} points" if name in shares else f"{size:.2f}" for name, size in sizes.items()]
        many = "Differences" if len(sizes) > 1 else "A difference"
        says.append(f"No difference between {kind}s is beyond chance {told}.")
        says += [f"{many} of {listed(sizes)} would have been named four times in five."] * bool(sizes)
    for reason, names in why.items():
        of = f" {listed(where(name) for name in names)}" * (len(names) < len(asked))
        says.append(f"{kind.capitalize()}s cannot be compared{of}{reason}.")
    return (" ".join(says),) * bool(says)


def few(asked: Question, least: int) -> tuple[str, ...]:
    """How many outlets have too few articles to be compared, or which, where others can be."""
    small = [] if asked.main.cannot else asked.main.table.group[~asked.main.table.compared.astype(bool)].unique()
    who = listed(small) if len(small) <= NAMED else f"{len(small)} of {asked.main.table.group.nunique()} outlets"
    says = f"{who} {'has' if len(small) == 1 else 'have'} fewer than {least} {asked.counted} to compare."
    return (says,) * (len(small) > 0)


def marked(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of a comparison that have an effect, and whether they are compared or only shown."""
    found = table[(table.articles > 0) & table.effect.notna()]
    enough = found.compared.astype(bool)
    return found.assign(enough=enough, faint=~enough)


def words(says: Sequence[Finding], otherwise: str, drawn: str, found: Question, least: int) -> dict[str, str]:
    """The title of a figure, its finding or what it shows; its caption: the finding in full, and how it is read."""
    title = re.split(r" \(p |, and |, in ", says[0].says)[0] if says else otherwise
    read = f"95 % intervals count for all that is asked here. Grey: fewer than {least} {found.counted} to compare."
    return {"title": title, "caption": " ".join([*(each.says for each in says), drawn, read])}


def source(row: Any) -> str:
    """The outlet and the day of an article, as far as they are known."""
    return ", ".join([row.outlet] * (row.outlet != about.UNKNOWN) + [day(row.published)] * pd.notna(row.published))
