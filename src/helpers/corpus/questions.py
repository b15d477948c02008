"""Outlets compared: what is held fixed meanwhile, which articles bear on it, and what changes without agency copy."""

import re
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from .. import stats
from ..reading import UNKNOWN
from ..show.words import listed, named_or_counted, plural, with_p
from . import about

LEAST = 16  # articles that a page needs to compare anything
NAMED = 3  # groups that sentences name, and events that are tried whether a difference hangs on one
EVENTS = "on the same events"
PERIODS = {"M": "in the same months", "Q": "in the same quarters", "Y": "in the same years"}


class Held(NamedTuple):
    """What is held fixed while groups are compared: the stratum of each doc, and its words, "on the same events"."""

    within: pd.Series
    words: str = ""


class Posed(NamedTuple):
    """What a question is asked of: values, group, stratum and event of each row, and the articles a group needs.

    unit: rows of one unit count once, by their mean.
    """

    values: pd.DataFrame
    groups: pd.Series
    within: pd.Series
    events: pd.Series
    min_articles: int
    seed: int = 7
    unit: pd.Series | None = None

    def rows(self, some: pd.Series) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
        """Values, group and stratum of some of the rows, as they count."""
        values, groups, within = (part[some] for part in self[:3])
        if self.unit is None:
            return values, groups, within
        unit = self.unit[some]
        return values.groupby(unit).mean(), groups.groupby(unit).first(), within.groupby(unit).first()

    def docs(self, measure: str, *, beside: str = "") -> pd.Series:
        """The group of each article that makes the numbers of a measure: of those that share a stratum with others.

        With `beside`, a group, they are those of the others in its strata. It has the index of the values; where
        several articles of a group count once, all of them are there.
        """
        known = (self.groups != "") & self.values[measure].notna()
        values, groups, within = self._replace(values=self.values[[measure]]).rows(self.groups != "")
        groups, within = (part[values[measure].notna()].replace("", np.nan) for part in (groups, within))
        held = groups.groupby(within).transform("nunique") > 1
        if beside:
            held &= within.isin(within[groups == beside]) & (groups != beside)
        unit = self.groups.index.to_series() if self.unit is None else self.unit
        return self.groups[known & unit.isin(held.index[held])]

    def answer(self, some: pd.Series) -> stats.Comparison:
        """The comparison by some of the rows."""
        return stats.compare(*self.rows(some), min_articles=self.min_articles, seed=self.seed)


class Question(NamedTuple):
    """One question about groups of articles, with its answers.

    main: the answer, with `held` fixed; check: the same within events, where too few articles share theirs for it to be
    the answer; clean: the same without the `credited` articles that credit an agency; posed: what it was asked of.
    """

    main: stats.Comparison
    held: Held
    check: stats.Comparison | None = None
    clean: stats.Comparison | None = None
    credited: int = 0
    posed: Posed | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """What belongs beside the answer: which articles bear on it, and what changes when it is asked otherwise."""
        if self.main.cannot:
            return ()
        return tuple(filter(None, (bearing(self), checked(self), cleaned(self))))

    @property
    def counted(self) -> str:
        """What counts once: articles, or events where several articles of a group may tell the same one."""
        return "events" if self.posed and self.posed.unit is not None else "articles"

    @property
    def above(self) -> pd.Series:
        """How often each group is above another in its stratum, by measure and group; see `stats.above`."""
        values, groups, within = self.posed.rows(self.posed.groups != "")
        found = {measure: stats.above(values[measure], groups, within) for measure in values}
        return pd.concat(found) if found else pd.Series(dtype=float)


def ask(
    values: pd.DataFrame, documents: pd.DataFrame, *, groups: pd.Series | None = None,
    min_articles: int = stats.MIN_ARTICLES, held: Held | None = None, seed: int = 7,
) -> Question:  # fmt: skip
    """Compare outlets, or the `groups` that articles are given, by a table of measures; see `stats.compare`.

    `values` has a row an article, by doc, and a column a measure; `documents` are the articles that count: originals in
    English. What is `held` fixed for outlets is the event told, or the period where fewer than half of the articles
    share their event with another outlet (`by_event`); there, the articles of one outlet on one event count once, as
    they are alike. Of other groups, such as periods, each event counts once whoever tells it, in the group of its first
    article and by its articles of that group, and what an outlet is always like is taken out of the values.
    """
    facts = documents.set_index("doc")
    outlet = facts.outlet.where(facts.outlet != UNKNOWN, "")
    unit = facts.event.where(facts.event != "", facts.index.to_series())
    who = (outlet if groups is None else groups.reindex(facts.index).astype(object)).fillna("").astype(str)
    held = held or (by_event(documents) if groups is None else Held(unit.where(unit == "", "all")))
    told = slice(None) if groups is None else ~unit.duplicated()
    cannot = too_few(facts[told], who[told], "outlet" if groups is None else str(groups.name or "group"))
    within, least = held.within.reindex(facts.index), len(facts) + 1 if cannot else min_articles
    values = values.reindex(facts.index).astype(float)
    if groups is not None:
        who = who.where(who == who.replace("", np.nan).groupby(unit).transform("first"), "")
        values = values - values.groupby(outlet).transform("mean") + values.mean()
    elif held.words != EVENTS:
        unit = outlet + "|" + unit
    posed = Posed(values, who, within, facts.event, least, seed, None if held.words == EVENTS else unit)
    agencies, every = facts.get("agency", pd.Series("", facts.index)), who != ""
    foreign = [is_foreign(*pair) for pair in zip(agencies, facts.outlet, strict=True)]
    credited = every & pd.Series(foreign, facts.index, dtype=bool)
    again = groups is None and not cannot
    main, check = posed.answer(every), again and held.words != EVENTS and facts.event.any()
    cannot = cannot or (main.cannot if groups is None else main.cannot.replace("articles", "events"))
    return Question(
        main._replace(cannot=cannot), held,
        posed._replace(within=facts.event, unit=None).answer(every) if check else None,
        posed.answer(every & ~credited) if again and credited.any() else None, int(credited.sum()), posed,
    )  # fmt: skip


def settled(questions: dict[str, Question]) -> dict[str, Question]:
    """The questions of one page, each p counting for all of them (Holm, 1979), each way of asking by itself."""
    found = dict(questions)
    for way in ("main", "check", "clean"):
        answers = {name: answer for name, each in questions.items() if (answer := getattr(each, way))}
        for name, answer in stats.corrected(answers).items():
            found[name] = found[name]._replace(**{way: answer})
    return found


def is_foreign(agency: str, outlet: str) -> bool:
    """Whether an article credits an agency that is not its outlet itself, by the first word or by the initials.

    >>> is_foreign("AP", "Volga Post"), is_foreign("AP", "Associated Press"), is_foreign("Meridian", "Meridian Wire")
    (True, False, False)
    """
    credit, words = re.findall(r"\w+", agency.lower())[:1], re.findall(r"\w+", outlet.lower())
    return bool(credit) and credit[0] not in (*words, "".join(word[0] for word in words))


def leaning(page: dict[str, Question], name: str) -> dict[tuple[str, str], str]:
    """Which differences of a question are within chance without one event: the event, by measure and group.

    Tried are for each of the surest differences the few events that add most to it. Where no group is named, ("", "")
    stands for the question as a whole.
    """
    main, posed = settled(page)[name].main, page[name].posed
    if main.cannot or not main.p < stats.SURE:
        return {}
    sides = np.sign(main.table[main.table.compared.astype(bool)].set_index(["measure", "group"]).effect)
    adds = posed.values - posed.values.groupby(posed.within.replace("", np.nan)).transform("mean")
    adds *= pd.DataFrame({measure: posed.groups.map(sides.get(measure, {})) for measure in adds})
    found = {}
    for measure, group in [*zip(main.named.measure, main.named.group, strict=True)][:NAMED] or [("", "")]:
        added = adds[measure][posed.groups == group] if group else adds.sum(axis=1)
        tried = added.groupby(posed.events.replace("", np.nan)).sum().nlargest(NAMED).index
        event = next((each for each in tried if _within_chance(page, name, each, measure, group)), "")
        found |= {(measure, group): event} if event else {}
    return found


def _within_chance(page: dict[str, Question], name: str, left_out: str, measure: str, group: str) -> bool:
    """Whether a difference, or any where none is named, is compared and within chance where an event is left out."""
    posed = page[name].posed
    again = posed.answer(posed.events != left_out)
    again = stats.corrected({each: asked.main for each, asked in page.items()} | {name: again})[name]
    rows = again.table[(again.table.measure == measure) & (again.table.group == group)]
    sure = rows.p < stats.SURE if group else pd.Series(again.p < stats.SURE)
    return not again.cannot and bool(rows.compared.any() or not group) and not sure.any()


def by_event(documents: pd.DataFrame) -> Held:
    """Hold the event fixed, or the period where under half of the articles share their event with another outlet."""
    facts = documents.set_index("doc")
    known = facts[facts.outlet != UNKNOWN]
    tellers = known[known.event != ""].groupby("event").outlet.nunique()
    shared = (known.event.map(tellers).fillna(0) > 1).sum()
    if len(known) == 0 or 2 * shared >= len(known) or known.published.isna().all():
        return Held(facts.event, EVENTS)
    return by_period(documents)


def by_period(documents: pd.DataFrame) -> Held:
    """Hold the month fixed, or the quarter or year where most months have too few articles."""
    facts = documents.set_index("doc")
    periods = about.periods(facts.published, min_articles=LEAST)
    return Held(periods.astype(str).where(periods.notna(), ""), PERIODS[periods.dtype.freq.freqstr[0]])


def too_few(facts: pd.DataFrame, who: pd.Series, kind: str = "outlet") -> str:
    """Why articles are not compared at all: none has a group, or one alone, or they are few, or tell one event.

    `kind` is what the groups are.
    """
    known, names = facts[who != ""], set(who) - {""}
    if len(names) < 2:
        return f"only one {kind} is known" if names else f"no {kind} is known"
    if len(known) < LEAST:
        told = "articles" if kind == "outlet" else "events"
        return f"fewer than {LEAST} {told}{f' of known {kind}' * (len(facts) >= LEAST)}"
    return "all articles tell one event" if known.event.nunique() == 1 and known.event.all() else ""


def bearing(question: Question) -> str:
    """How many articles bear on the answer; where few share their event, what outlets are compared within instead."""
    told = question.check or question.main
    share = "share their" if told.shared else "shares its"
    shared = f"of {plural(told.shared + told.alone, 'article')} {share} event with another outlet"
    if question.check:
        few = f"Only {told.shared:,}" if told.shared else "None"
        instead = f"{question.held.words}{'' if question.check.cannot else f', and {EVENTS} as a check'}"
        return f"{few} {shared}, so outlets are compared {instead}."
    if question.held.words != EVENTS or not told.alone:
        return ""
    return f"{told.shared:,} {shared}; the {'others say' if told.alone > 1 else 'other says'} nothing here."


def checked(question: Question) -> str:
    """What the check within events says, where that is not the answer itself."""
    known = question.check and (question.check.shared or not question.check.cannot)
    return f"{EVENTS.capitalize()}, {changes(question.main, question.check)}." if known else ""


def cleaned(question: Question) -> str:
    """What changes without the articles that credit an agency."""
    credited = "one article that credits" if question.credited == 1 else f"{question.credited:,} articles that credit"
    return f"Without the {credited} an agency, {changes(question.main, question.clean)}." if question.clean else ""


def changes(before: stats.Comparison, after: stats.Comparison) -> str:
    """What another answer says, beside the first, as a clause: "the same outlets stand out"."""
    if after.cannot:
        return f"nothing can be compared: {after.cannot}"
    one, other = (list(dict.fromkeys(answer.named.group)) for answer in (before, after))
    sure = [answer.p < stats.SURE for answer in (before, after)]
    if sure[0] != sure[1]:
        return (
            "no difference is beyond chance" if sure[0] else f"there are differences beyond chance ({with_p(after.p)})"
        )
    lost, new = ([name for name in names if name not in rest] for names, rest in ((one, other), (other, one)))
    told = [f"{named_or_counted(lost)} no longer {_stand(lost)}"] * bool(lost)
    told += [f"{named_or_counted(new)} {_stand(new)}{' too' if len(lost) < len(one) else ''}"] * bool(new)
    return listed(told) if told else "the answer is the same"


def seen(question: Question, form: Callable[[float], str]) -> str:
    """What would have been found where nothing was, as a sentence, or "" where nothing could have been.

    The difference is written by `form`.
    """
    if np.isnan(question.main.size):
        return ""
    return f"A difference of {form(question.main.size)} would have been named four times in five."


def _stand(names: list[str]) -> str:
    return "stands out" if len(names) == 1 else "stand out"
