"""What is said of groups of articles that are compared: a sentence where a difference is sure, else silence."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from typing import Any

import numpy as np
import pandas as pd

from .. import stats
from ..corpus.questions import NAMED, Question
from ..show.result import Finding
from ..show.words import hundredths, listed, percent, plural, with_p
from .scores import OWN, QUOTED

SCALE = "on a scale from −1 to +1"
AMONG = "in the same stories"  # what is held fixed where actors are compared with each other
FIGURES = {"outlet": "outlets", "period": "periods"}  # by what the groups are; their findings may lead
ITS = {OWN: "in its own voice", QUOTED: "in what it quotes or reports"}
ASKED = {
    OWN: "in their own voice", QUOTED: "in what they quote or report",
    "given": "in how much of their text they give to others", "towards": "in how they treat the actors named most",
    AMONG: f"in how they are treated {AMONG}",
}  # fmt: skip
SIDES, BARS = ("darker", "warmer"), 10
Shown = Callable[[Any], tuple[str, str, str]]  # from a row to a sentence that shows it, its article, outlet and day
Leans = Mapping[tuple[str, str], str]  # the title of the event that a difference hangs on, by measure and group


def of_tone(asked: Question, voice: str, kind: str, *, leans: Leans, shown: Shown) -> tuple[Finding, ...]:
    """That groups do not sound alike in a voice, and who is warmer or darker than the others, or else both ends.

    `kind` is "outlet", "period" or what else the groups are.
    """
    if not sure(asked):
        return ()
    (rows, alone), main, where = _told(asked), asked.main, _capital(_where(voice, kind))
    held, pair, often, lead = f" {asked.held.words}".rstrip(), _opposed(rows), _often(asked, rows), ""
    names, sides = rows.group.map(lambda group: _quoted(group, kind)), rows.effect.map(lambda far: SIDES[far > 0])
    sizes = [f"{hundredths(effect)} {side}" for effect, side in zip(rows.effect, sides, strict=True)]
    told = [f"{name} {size}" for name, size in zip(names, sizes, strict=True)][:NAMED]
    told += [plural(len(rows) - NAMED, "more differs", "more differ")] * (len(rows) > NAMED)
    told[0] = f"{names.iloc[0]} is {sizes[0]} than others {SCALE}"
    says = f"{where}, {kind}s do not sound alike{held} ({with_p(main.p)}): {', '.join(told)}{alone}."
    if kind in FIGURES and _clear(often[pair]):
        where = _capital(ITS[voice]) if kind == "outlet" and len(pair) == 1 else where
        whole = f"{where}, {kind}s do not sound alike: " if alone else f"{where}, "
        lead = f"{whole}{pair[0]} sounds {sides.iloc[0]} than others{held} {percent(often[pair[0]])} of the time"
        lead = ", ".join([lead, *(f"{group} {percent(often[group])}" for group in pair[1:])]) + "."
    told = {"p": main.p, "figure": FIGURES.get(kind, "by-group"), "bars": _bars(main.table, often, pair)}
    return (_finding(_ending(says, leans, kind), lead, asked, rows, shown, **told),)


def of_given(asked: Question, *, leans: Leans) -> tuple[Finding, ...]:
    """Which outlets give more or less of their text to others than the other outlets do, or else which are the ends."""
    if not sure(asked):
        return ()
    (rows, alone), here = _told(asked), asked.main.table.set_index("group").here
    (first, *rest), pair = rows.head(NAMED).itertuples(), _opposed(rows)
    p = asked.main.p if alone else rows.p.head(NAMED).max()
    gives = f"{first.group} gives {percent(first.here)} of its text to others"
    others = f"{asked.held.words} other outlets give {percent(first.others)}"
    told = [f"{row.group} gives {percent(row.here)}, others {percent(row.others)}" for row in rest]
    told = "; ".join([f"{gives}, and {others}", *told])
    says = _ending(f"{told} ({with_p(p)}{' for all outlets' * bool(alone)}){alone}.", leans)
    against = f"{pair[1]} gives {percent(here[pair[1]])}" if len(pair) > 1 else _capital(others)
    told = {"p": p, "figure": "given", "bars": _bars(asked.main.table, here, pair)}
    return (_finding(says, f"{gives}. {against}.", asked, rows, **told),)


def of_actors(asked: Question, names: Mapping[str, str], *, leans: Leans, shown: Shown) -> tuple[Finding, ...]:
    """Who treats an actor unlike the other outlets do, or where actors are compared with each other, who is treated so.

    `names` has the name of each actor.
    """
    if not sure(asked):
        return ()
    main, held, among, found = asked.main, asked.held.words, asked.held.words == AMONG, []
    others, voice = ("other actors", "outlets' own voice") if among else ("others do", "its own voice")
    for number, row in enumerate(main.named.head(NAMED).itertuples()):
        often = _often(asked, rows := main.named[number:])
        who = f"{names[row.group]} is treated" if among else f"{row.group} treats {names[row.measure]}"
        told = f"{who} {'better' if row.effect > 0 else 'worse'} than {others} {held}"
        lead = f"{told} {percent(often[row.group])} of the time." * _clear(often[[row.group]])
        own = {key: title for key, title in leans.items() if key == (row.measure, row.group)}
        says = _ending(f"{told}, in {voice}, by {hundredths(row.effect)} {SCALE} ({with_p(row.p)}).", own)
        bars = _bars(main.table[main.table.measure == row.measure], often, [row.group], names)
        found.append(_finding(says, lead, asked, rows, shown, p=row.p, figure="towards", bars=bars))
    if not found:
        whole = "The actors named most are not treated" if among else "Outlets do not treat the actors named most"
        says = _ending(f"{whole} alike {held} ({with_p(main.p)}); any single difference could be chance.", leans)
        found = [_finding(says, "", asked, _told(asked)[0], p=main.p, figure="towards")]
    return tuple(found)


def unsure(questions: Mapping[str, Question], kind: str = "outlet") -> tuple[str, ...]:
    """What is not found, with the differences that would have been, and what cannot be compared, as one line or none.

    The questions are those of `ASKED`.
    """
    why, says = defaultdict(list), []
    for name, asked in questions.items():
        why[asked.main.cannot and f": {asked.main.cannot}"].append(name)
    if seen := [name for name in why.pop("", []) if not sure(questions[name])]:
        told = listed(f"{_where(name, kind)} ({with_p(questions[name].main.p)})" for name in seen)
        sizes = {name: size for name in seen if (size := questions[name].main.size) > 0}
        sizes = [f"{100 * size:.0f} points" if name == "given" else f"{size:.2f}" for name, size in sizes.items()]
        many = "Differences" if len(sizes) > 1 else "A difference"
        says.append(f"No difference between {kind}s is beyond chance {told}.")
        says += [f"{many} of {listed(sizes)} would have been named four times in five."] * bool(sizes)
    for reason, names in why.items():
        of = f" {listed(_where(name, kind) for name in names)}" * (len(names) < len(questions))
        says.append(f"{kind.capitalize()}s cannot be compared{of}{reason}.")
    return (" ".join(says),) * bool(says)


def few(asked: Question, least: int) -> tuple[str, ...]:
    """How many outlets have too few articles to be compared, or which, where others can be."""
    small = [] if asked.main.cannot else asked.main.table.group[~asked.main.table.compared.astype(bool)].unique()
    who = listed(small) if len(small) <= NAMED else f"{len(small)} of {asked.main.table.group.nunique()} outlets"
    says = f"{who} {'has' if len(small) == 1 else 'have'} fewer than {least} {asked.counted} to compare."
    return (says,) * (len(small) > 0)


def sure(asked: Question) -> bool:
    """Whether a question can be answered and its groups are not alike."""
    return not asked.main.cannot and asked.main.p < stats.SURE


def _told(asked: Question) -> tuple[pd.DataFrame, str]:
    """The rows to tell of, those that differ by themselves or else both ends, and a clause that says the latter."""
    rows, table = asked.main.named, asked.main.table
    if len(rows):
        return rows, ""
    able = table[table.compared.astype(bool)].sort_values("effect", ascending=False, kind="stable")
    rows = pd.concat([able[able.effect > 0].head(1), able[able.effect < 0].tail(1)])
    return rows, f"; {'either alone' if len(rows) > 1 else 'alone it'} could be chance"


def _often(asked: Question, rows: pd.DataFrame) -> pd.Series:
    """How often each group stands on that side of another to which the first row differs, in its measure."""
    above = asked.above[rows.measure.iloc[0]]
    return above if rows.effect.iloc[0] > 0 else 1 - above


def _opposed(rows: pd.DataFrame) -> list[str]:
    """The first group, and the first that differs to the other side."""
    sides = np.sign(rows.effect)
    return [rows.group.iloc[0], *rows.group[sides != sides.iloc[0]].head(1)]


def _clear(shares: pd.Series) -> bool:
    """Whether the first share is more than half, and the others less, as they are written."""
    first, *others = (100 * shares).round()
    return first > 50 > max(others, default=0)


def _bars(
    table: pd.DataFrame, shares: pd.Series, meant: Collection[str], names: Mapping[str, str] | None = None
) -> tuple[tuple[str, float, str, bool], ...]:
    """The shares of the groups that are compared, those meant and else those of most articles, the largest first."""
    rows = table[table.compared.astype(bool)]
    rows = rows.assign(share=rows.group.map(shares), meant=rows.group.isin(meant), name=rows.group.replace(names or {}))
    rows = rows.sort_values(["meant", "articles"], ascending=False, kind="stable").head(BARS)
    rows = rows.sort_values("share", ascending=False, kind="stable")
    return tuple((row.name, row.share, percent(row.share), row.meant) for row in rows.itertuples())


def _where(name: str, kind: str) -> str:
    """What is asked, in words that do not take other groups for the outlets that speak."""
    words = ASKED[name]
    return words if kind in ("outlet", "actor") else words.replace("their", "outlets'").replace("they", "outlets")


def _quoted(group: str, kind: str) -> str:
    return group if kind in FIGURES else f"“{group}”"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _ending(says: str, leans: Leans, kind: str = "outlet") -> str:
    """A sentence, and after it what in it hangs on one event."""
    for (_, group), title in leans.items():
        whose = f"the difference of {_quoted(group, kind)}" if group else "all of it"
        says = f"{says} Without the event of “{title}” {whose} could be chance."
    return says


def _finding(
    says: str, lead: str, asked: Question, rows: pd.DataFrame, shown: Shown | None = None, **told: Any
) -> Finding:
    """A finding whose effect is that of its first row; one that rests on few articles has no headline."""
    main, first = asked.main, next(rows.itertuples())
    articles = int(first.articles if len(main.named) else main.shared)
    told |= dict(zip(("evidence", "doc", "source"), shown(first) if shown else ("", "", ""), strict=True))
    unusual = abs(first.effect) / main.usual if main.usual > 0 else 1.0
    found = Finding(says, first.effect, articles, headline=lead, unusual=unusual, **told)
    return found if lead and articles >= stats.MIN_ARTICLES else found._replace(headline="", bars=())
