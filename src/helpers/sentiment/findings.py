"""What is said of groups of articles that are compared: a sentence where a difference is sure, else silence."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from .. import stats
from ..corpus.questions import NAMED, Question, seen
from ..show.result import Finding
from ..show.words import hundredths, listed, percent, plural, with_p
from .scores import OWN, QUOTED

SCALE = "on a scale from −1 to +1"
AMONG = "in the same articles"  # what is held fixed where actors are compared with each other
WHERE = {OWN: "in their own voice", QUOTED: "in what they quote or report"}
FIGURES = {"outlet": "outlets", "period": "periods"}  # by what the groups are; their findings may lead
Shown = Callable[[Any], tuple[str, str]]  # from a row of a comparison to a sentence that shows it, and its article
Leans = Mapping[tuple[str, str], str]  # what hangs on one event: a sentence by measure and group


def of_tone(
    asked: Question, voice: str, kind: str, *, quoted: Question | None = None, leans: Leans | None = None,
    shown: Shown | None = None,
) -> tuple[Finding, ...]:  # fmt: skip
    """That groups do not sound alike in a voice: who is warmer or darker than the others, or else which are the ends.

    `kind` is "outlet", "period" or what else the groups are; `quoted` the same question of what is quoted.
    """
    main, where = asked.main, WHERE[voice]
    if not _sure(asked):
        return ()
    rows, groups = (main.named if len(main.named) else _ends(main.table)), main.table.group.nunique()
    clauses = _named(rows, kind, groups) if len(main.named) else _ended(rows, kind)
    whole = f"{'outlets' if kind == 'outlet' else f'articles of different {kind}s'} do not sound alike"
    held = f" {asked.held.words}" * bool(asked.held.words)
    lead = f"{_capital(whole)}, {where}." * (kind in FIGURES)
    if kind == "period" and len(main.named):
        side = _side(rows.effect.iloc[0])
        lead = (
            f"The coverage of {rows.group.iloc[0]} sounds {side} than the rest, by {hundredths(rows.effect.iloc[0])}."
        )
    lead += " What they quote, does." * bool(lead and quoted and _alike(quoted, main.table))
    says = _ending(f"{_capital(where)}, {whole}{held} ({with_p(main.p)}): {clauses}.", leans)
    return (_finding(says, rows, asked, FIGURES.get(kind, "by-group"), main.p, lead, shown),)


def of_given(asked: Question, shares: pd.Series, *, leans: Leans | None = None) -> tuple[Finding, ...]:
    """Which outlets give more or less of their text to others than the other outlets do.

    Where none can be compared, how much all do: `shares` has the share of each article.
    """
    main, held = asked.main, asked.held.words
    if main.cannot and len(shares) > 1:
        low, high = (percent(end) for end in stats.interval(shares, seed=7))
        says = f"On average an article gives {percent(shares.mean())} of its text to others ({low} to {high})."
        return (Finding(says, shares.mean(), len(shares), figure="given"),)
    if not _sure(asked):
        return ()
    if main.named.empty:
        rows = _ends(main.table)
        ends = " and ".join(f"{row.group} gives {percent(row.here)}" for row in rows.itertuples())
        whole = f"Outlets do not give equally much of their text to others {held}"
        says = f"{whole} ({with_p(main.p)}): {ends}; {_alone(rows)}."
        return (_finding(_ending(says, leans), rows, asked, "given", main.p),)
    pair = main.table.group.nunique() == 2
    rows = main.named.head(1 if pair else NAMED)
    first, *rest = rows.itertuples()
    others = f"{held} the other outlet{' gives' if pair else 's give'} {percent(first.others)}"
    gives = f"{first.group} gives {percent(first.here)} of its text to others"
    against = next((row for row in rest if (row.effect > 0) != (first.effect > 0)), None)
    lead = f"{gives}. {f'{against.group} gives {percent(against.here)}' if against else _capital(others)}."
    more = [f"{row.group} gives {percent(row.here)}, the others {percent(row.others)}" for row in rest]
    says = f"{'; '.join([f'{gives}, and {others}', *more])} ({with_p(rows.p.max())})."
    return (_finding(_ending(says, leans), rows, asked, "given", rows.p.max(), lead),)


def of_actors(
    asked: Question, names: Mapping[str, str], *, leans: Leans | None = None, shown: Shown | None = None
) -> tuple[Finding, ...]:
    """Who treats an actor unlike the other outlets do, or where actors are compared with each other, who is treated so.

    `names` has the name of each actor.
    """
    main, among = asked.main, asked.held.words == AMONG
    if not _sure(asked):
        return ()
    found = []
    for number, row in enumerate(main.named.head(NAMED).itertuples()):
        who = f"{names[row.group]} is treated" if among else f"{row.group} treats {names[row.measure]}"
        side = "better" if row.effect > 0 else "worse"
        lead = f"{who} {side} than the other {'actors named most' if among else 'outlets do'}"
        voice = f"in {'outlets' + chr(39) if among else 'its'} own voice"
        says = f"{lead} {asked.held.words}, {voice}, by {hundredths(row.effect)} {SCALE} ({with_p(row.p)})."
        own = {key: words for key, words in (leans or {}).items() if key == (row.measure, row.group)}
        found.append(_finding(_ending(says, own), main.named[number:], asked, "towards", row.p, f"{lead}.", shown))
    if not found:
        whole = (
            "The actors named most are not treated alike"
            if among
            else "Outlets do not treat the actors named most alike"
        )
        says = f"{whole} {asked.held.words} ({with_p(main.p)}), though no single difference is beyond chance."
        found = [_finding(_ending(says, leans), _ends(main.table), asked, "towards", main.p)]
    return tuple(found)


def unsure(asked: Question, of: str, form: Callable[[float], str], kind: str = "outlet") -> tuple[str, ...]:
    """That nothing was found, and what would have been; or why nothing can be compared; or nothing, where it was found.

    `of` is what was compared, such as "own voice".
    """
    if asked.main.cannot:
        held = f" {asked.held.words}" * asked.main.cannot.startswith("fewer than two")
        return (f"{_capital(kind)}s cannot be compared{held.rstrip()}: {asked.main.cannot}.",)
    if _sure(asked):
        return ()
    size = f" {seen(asked, form)}" if asked.main.size > 0 else ""
    return (f"Between {kind}s, no difference in {of} is beyond chance ({with_p(asked.main.p)}).{size}",)


def untoned(found: Mapping[str, Question], kind: str, least: int) -> tuple[str, ...]:
    """What is not found of how groups sound, voice by voice, and which outlets have too few articles to be compared."""
    of = {OWN: "own voice", QUOTED: "what is quoted or reported"}
    says = [words for voice, asked in found.items() for words in unsure(asked, of[voice], hundredths, kind)]
    main = found[OWN].main
    small = [] if main.cannot or kind != "outlet" else main.table.group[~main.table.compared.astype(bool)].unique()
    who = listed(small) if len(small) <= NAMED else f"{len(small)} of {main.table.group.nunique()} outlets"
    says += [f"{who} {'has' if len(small) == 1 else 'have'} fewer than {least} articles to compare."] * (len(small) > 0)
    return tuple(dict.fromkeys(says))


def hanging(events: Mapping[tuple[str, str], str], kind: str) -> Leans:
    """What hangs on one event, by measure and group, as sentences; `events` has their titles."""
    whose = {key: f"the difference of {_quoted(key[1], kind)}" if key[1] else "it" for key in events}
    return {
        key: f"Without the event of “{title}” {whose[key]} would be within chance." for key, title in events.items()
    }


def _sure(asked: Question) -> bool:
    return not asked.main.cannot and asked.main.p < stats.SURE


def _alike(quoted: Question, own: pd.DataFrame) -> bool:
    """Whether nothing differs in what is quoted although the largest difference in own voice would have been named."""
    largest = own.effect[own.compared.astype(bool)].abs().max()
    return not quoted.main.cannot and not _sure(quoted) and quoted.main.size <= largest


def _named(rows: pd.DataFrame, kind: str, groups: int) -> str:
    """The groups that differ, of so many in all: "A is warmer than the others by two hundredths on a scale …"."""
    told, others = rows.head(1 if groups == 2 else NAMED), f"the other{'s' * (groups > 2 or kind != 'outlet')}"
    first, *rest = [(_who(row.group, kind), _side(row.effect), hundredths(row.effect)) for row in told.itertuples()]
    clauses = [f"{first[0]} {first[1]} than {others} by {first[2]} {SCALE}"]
    clauses += [f"{who} {side} by {size}" for who, side, size in rest]
    more = len(rows) - NAMED
    return "; ".join([*clauses, *[f"{plural(more, 'more differs', 'more differ')} from them too"] * (more > 0)])


def _ended(rows: pd.DataFrame, kind: str) -> str:
    """The ends of groups none of which differs by itself."""
    ends = [f"{_who(row.group, kind)} {'warmest' if row.effect > 0 else 'darkest'}" for row in rows.itertuples()]
    sizes = [hundredths(effect) for effect in rows.effect]
    beside = [
        f"{size} {'above' if row.effect > 0 else 'below'}" for size, row in zip(sizes, rows.itertuples(), strict=True)
    ]
    far = f"each {sizes[0]} from" if len(sizes) == 2 and len({*sizes}) == 1 else f"{' and '.join(beside)}"
    return f"{' and '.join(ends)}, {far} the others {SCALE}; {_alone(rows)}"


def _ends(table: pd.DataFrame) -> pd.DataFrame:
    """The row of the largest difference upwards and that of the largest downwards, where there are such."""
    rows = table[table.compared.astype(bool)].sort_values("effect", ascending=False, kind="stable")
    return pd.concat([rows[rows.effect > 0].head(1), rows[rows.effect < 0].tail(1)])


def _alone(rows: pd.DataFrame) -> str:
    return "either alone could be chance" if len(rows) > 1 else "alone it could be chance"


def _who(group: str, kind: str) -> str:
    """A group with its verb: "Volga Post is", "those of May 2024 are"."""
    return f"{group} is" if kind == "outlet" else f"those of {_quoted(group, kind)} are"


def _quoted(group: str, kind: str) -> str:
    return group if kind in FIGURES else f"“{group}”"


def _side(effect: float) -> str:
    return "warmer" if effect > 0 else "darker"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _ending(says: str, leans: Leans | None) -> str:
    return " ".join([says, *(leans or {}).values()])


def _finding(
    says: str, rows: pd.DataFrame, asked: Question, figure: str, p: float, lead: str = "", shown: Shown | None = None
) -> Finding:
    """A finding whose effect is that of its first row; one that rests on few articles has no headline."""
    main, first = asked.main, next(rows.itertuples())
    articles = int(first.articles if len(main.named) else main.shared)
    evidence, doc = shown(first) if shown else ("", "")
    unusual = abs(first.effect) / main.usual if main.usual > 0 else 1.0
    lead *= articles >= stats.MIN_ARTICLES
    return Finding(says, first.effect, articles, p, figure, evidence, doc, headline=lead, unusual=unusual)
