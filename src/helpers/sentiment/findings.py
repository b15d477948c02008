"""What is said of groups of articles that are compared: a sentence where a difference is sure, else silence."""

from collections.abc import Mapping

import pandas as pd

from ..corpus import differences
from ..corpus.differences import FIGURES, Leans, Shown
from ..corpus.questions import NAMED, Question
from ..show.result import Finding
from ..show.words import hundredths, percent, plural, with_p
from .scores import OWN, QUOTED

SCALE = "on a scale from −1 to +1"
AMONG = "in the same stories"  # what is held fixed where actors are compared with each other
ITS = {OWN: "in its own voice", QUOTED: "in what it quotes or reports"}
ASKED = {
    OWN: "in their own voice", QUOTED: "in what they quote or report",
    "towards": "in how they treat the actors named most", AMONG: f"in how they are treated {AMONG}",
}  # fmt: skip
SIDES = ("darker", "warmer")


def of_tone(asked: Question, voice: str, kind: str, *, leans: Leans, shown: Shown) -> tuple[Finding, ...]:
    """That groups do not sound alike in a voice, and who is warmer or darker than the others, or else both ends.

    `kind` is "outlet", "period" or what else the groups are.
    """
    if not differences.sure(asked):
        return ()
    (rows, alone), main, where = differences.rows(asked), asked.main, differences.capital(_where(voice, kind))
    held, pair, often, lead = f" {asked.held.words}".rstrip(), differences.opposed(rows), _often(asked, rows), ""
    names = rows.group.map(lambda group: differences.quoted(group, kind))
    sides = rows.effect.map(lambda far: SIDES[far > 0])
    sizes = [f"{hundredths(effect)} {side}" for effect, side in zip(rows.effect, sides, strict=True)]
    told = [f"{name} {size}" for name, size in zip(names, sizes, strict=True)][:NAMED]
    told += [plural(len(rows) - NAMED, "more differs", "more differ")] * (len(rows) > NAMED)
    told[0] = f"{names.iloc[0]} is {sizes[0]} than others {SCALE}"
    says = f"{where}, {kind}s do not sound alike{held} ({with_p(main.p)}): {', '.join(told)}{alone}."
    if kind in FIGURES and _clear(often[pair]):
        where = differences.capital(ITS[voice]) if kind == "outlet" and len(pair) == 1 else where
        whole = f"{where}, {kind}s do not sound alike: " if alone else f"{where}, "
        lead = f"{whole}{pair[0]} sounds {sides.iloc[0]} than others{held} {percent(often[pair[0]])} of the time"
        lead = ", ".join([lead, *(f"{group} {percent(often[group])}" for group in pair[1:])]) + "."
    told = {"p": main.p, "figure": FIGURES.get(kind, "by-group"), "bars": differences.bars(main.table, often, pair)}
    return (differences.finding(differences.ending(says, leans, kind), lead, asked, rows, shown, **told),)


def of_actors(asked: Question, names: Mapping[str, str], *, leans: Leans, shown: Shown) -> tuple[Finding, ...]:
    """Who treats an actor unlike the other outlets do, or where actors are compared with each other, who is treated so.

    `names` has the name of each actor.
    """
    if not differences.sure(asked):
        return ()
    main, held, among, found = asked.main, asked.held.words, asked.held.words == AMONG, []
    others, voice = ("other actors", "outlets' own voice") if among else ("others do", "its own voice")
    for number, row in enumerate(main.named.head(NAMED).itertuples()):
        often = _often(asked, rows := main.named[number:])
        who = f"{names[row.group]} is treated" if among else f"{row.group} treats {names[row.measure]}"
        told = f"{who} {'better' if row.effect > 0 else 'worse'} than {others} {held}"
        lead = f"{told} {percent(often[row.group])} of the time." * _clear(often[[row.group]])
        own = {key: title for key, title in leans.items() if key == (row.measure, row.group)}
        says = differences.ending(f"{told}, in {voice}, by {hundredths(row.effect)} {SCALE} ({with_p(row.p)}).", own)
        bars = differences.bars(main.table[main.table.measure == row.measure], often, [row.group], names)
        found.append(differences.finding(says, lead, asked, rows, shown, p=row.p, figure="towards", bars=bars))
    if not found:
        whole = "The actors named most are not treated" if among else "Outlets do not treat the actors named most"
        says = f"{whole} alike {held} ({with_p(main.p)}); any single difference could be chance."
        says = differences.ending(says, leans)
        found = [differences.finding(says, "", asked, differences.rows(asked)[0], p=main.p, figure="towards")]
    return tuple(found)


def unsure(asked: Mapping[str, Question], kind: str = "outlet") -> tuple[str, ...]:
    """What is not found, and what cannot be compared, as one line or none; the questions are those of `ASKED`."""
    return differences.unsure(asked, lambda name: _where(name, kind), kind)


def _often(asked: Question, rows: pd.DataFrame) -> pd.Series:
    """How often each group stands on that side of another to which the first row differs, in its measure."""
    above = asked.above[rows.measure.iloc[0]]
    return above if rows.effect.iloc[0] > 0 else 1 - above


def _clear(shares: pd.Series) -> bool:
    """Whether the first share is more than half, and the others less, as they are written."""
    first, *others = (100 * shares).round()
    return first > 50 > max(others, default=0)


def _where(name: str, kind: str) -> str:
    """What is asked, in words that do not take other groups for the outlets that speak."""
    words = ASKED[name]
    return words if kind in ("outlet", "actor") else words.replace("their", "outlets'").replace("they", "outlets")
