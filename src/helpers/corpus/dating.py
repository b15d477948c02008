"""For articles that state no day: the day, or the days between which, their text was written."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from math import log, sqrt
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from .. import InputError
from ..actors import mentions as actors
from ..actors.gazetteer import Gazetteer, is_own
from ..language import dates, split
from ..language.words import fold, stands
from ..reading import files

PACKAGED = Path(__file__).parent / "data"
CHRONOLOGY = "chronology.csv"
COLUMNS = ["day", "until", "place", "actors", "what", "source"]
WEEK = timedelta(days=6)  # papers name a day by its weekday for a week
NEAR = timedelta(days=10)  # how far apart two articles on one event are printed
# Shared words by weight from which two articles tell the same event: in the project's corpus three in four pairs on one
# event share .22 or more, and one in a hundred pairs on different events.
ALIKE = 0.22
MANY = 200  # articles of the same days to compare with, at most
TERM = timedelta(days=730)  # an office-holder of so long says little about the day
LEAD = 1000  # characters: further down a text speaks of other days
NAMED = 4  # words with a capital or number in them that make the name of an event
AHEAD = re.compile(r"\b(?:by|until|till|through|before|for|towards?|to) (?:the (?:end of |year )?)?$", re.IGNORECASE)
FORMER = re.compile(r"\b(?:former|ex|then|late|previous|predecessor|deputy|vice|first)\b[\w' -]{0,16}$", re.IGNORECASE)

Offices = dict[str, list[tuple[str, date, date]]]


class Event(NamedTuple):
    """A dated event of public record: days, places, ids of people and institutions, the words of its name."""

    day: date
    until: date
    places: frozenset[str]
    actors: frozenset[str]
    name: frozenset[str] = frozenset()


class Dated(NamedTuple):
    """The day an article is taken to be of (None: nothing tells), the days between which it lies, and the source."""

    day: date | None
    earliest: date | None
    latest: date | None
    source: str


class Evidence(NamedTuple):
    """What an undated article offers: text, dateline, the days its office-holders leave open, whom it names, and how
    much the articles printed round a day are like it."""

    text: str
    line: dates.Dateline | None
    first: date | None
    last: date | None
    named: frozenset[str]
    alike: Callable[[date], float] = lambda day: 0.0


def fill(documents: pd.DataFrame, removed: pd.DataFrame, gazetteer: Gazetteer, events: list[Event]) -> pd.DataFrame:
    """`documents` with published, earliest, latest and dated_by filled where the text tells, sorted anew.

    Office-holders bracket the day; a dateline, `Oct. 14` or a weekday is resolved against that bracket, the years the
    text names, the chronology, and the dated articles that share rare words with it.
    """
    undated = documents.index[documents.published.isna()]
    if not len(undated):
        return documents
    lines = dict(removed.loc[removed.rule == "dateline", ["doc", "text"]].itertuples(index=False))
    dated = documents[documents.published.notna()]
    days, rare = list(dated.published.dt.date), _rare(documents.text)
    offices, inferred = holders(gazetteer), []
    for at in undated:
        text, line = documents.text[at], dates.dateline(lines.get(documents.doc[at], ""))

        def _around(day: date, at: int = at) -> float:
            start, end = bisect_left(days, day - NEAR), bisect_right(days, day + NEAR)
            return max((_alike(rare[at], rare[other]) for other in dated.index[start:end][:MANY]), default=0.0)

        # Whom a text names is asked only where a part of a day waits to be made whole, or an event is called by name.
        partial = line or dates.weekdays(text[:LEAD]) or any(dates.named(text[:LEAD]))
        partial = partial or any(_is_called(event, text) for event in events)
        named = frozenset(m.actor for m in actors.mentions(text[:LEAD], pd.NaT, gazetteer)) if partial else frozenset()
        span = _narrowed(tenure(text, offices), documents.earliest[at], documents.latest[at])
        evidence = Evidence(text, line[0] if line else None, *span, named, _around)
        found, known = infer(evidence, events), documents.dated_by[at]
        inferred.append(found if found.day or known == "unknown" else found._replace(source=known))
    documents = documents.copy()
    *columns, sources = zip(*inferred, strict=True)
    for name, column in zip(("published", "earliest", "latest"), columns, strict=True):
        documents.loc[undated, name] = pd.to_datetime(list(column))
    documents.loc[undated, "dated_by"] = list(sources)
    return documents.sort_values(["published", "doc"], ignore_index=True)


def infer(evidence: Evidence, events: Iterable[Event] = ()) -> Dated:
    """The day of one article by its dateline, by a day its text names, by a weekday, or by its office-holders alone.

    >>> line, term = dates.Dateline("OSLO", 10, 15, 0, "NTB"), (date(2024, 5, 14), date(2025, 2, 1))
    >>> infer(Evidence("The talks ended on Tuesday.", line, *term, frozenset())).day
    datetime.date(2024, 10, 15)
    """
    fitting = [event for event in events if _fits(event, evidence)]
    called = [event for event in fitting if _is_called(event, evidence.text) and _is_near(event.until, evidence)]
    line, lead = evidence.line, evidence.text[:LEAD]
    if line and line.month and (day := _resolved(line.month, line.day, evidence, fitting)):
        return Dated(day, day, day, "dateline")
    named = next((day for day in dates.named(lead) if not day.year), None)
    if named and not line and (day := _resolved(named.month, named.day, evidence, fitting)):
        # On the day itself papers write the weekday, or today: `Oct. 14` is written the day after at the earliest.
        day += timedelta(days=1)
    else:
        day = _on_event(dates.weekdays(lead), evidence, called or fitting)
    if day:
        return Dated(day, day, day + WEEK, "text")
    if len(called) == 1:
        return Dated(called[0].until, called[0].day, called[0].until + WEEK, "chronology")
    return Dated(None, evidence.first, evidence.last, "roles" if evidence.first or evidence.last else "unknown")


def tenure(text: str, offices: Offices) -> tuple[date | None, date | None]:
    """The days between which a text was written, by the office-holders it names; None leaves a side open.

    "Defence Minister Belousov" is after he took office and before he left it; former ones tell nothing, and where two
    people of one surname held the office, both tenures count. Contradicting names tell nothing either.
    """
    folded, firsts, lasts = fold(text), [], []
    low = folded.replace("İ", "I").lower()  # which would be two characters
    for office, people in offices.items():
        if office[:4].lower() not in low:
            continue
        for title in re.finditer(_office(office).lower(), low):
            before, after = folded[max(0, title.start() - 60) : title.start()], folded[title.end() : title.end() + 60]
            near = (one for one in people if one[0] in after or one[0] in before)
            terms = [term for name, *term in near if _beside(name, before, after)]
            if terms and not FORMER.search(before[-25:]):
                firsts.append(min(first for first, _ in terms))
                lasts.append(max(last for _, last in terms))
    if not firsts or min(lasts) < max(firsts):
        return None, None
    return max(firsts), None if min(lasts) == date.max else min(lasts)


def chronology(folder: str | Path | None, gazetteer: Gazetteer) -> list[Event]:
    """The events of `chronology.csv` in a corpus folder, or the packaged ones where the folder brings no gazetteer.

    Raises InputError for a column that is missing or a day that does not exist.
    """
    path = Path(folder or PACKAGED) / CHRONOLOGY
    if folder and not stands(path):
        if is_own(folder):
            return []
        path = PACKAGED / CHRONOLOGY
    header, rows = files.read_table(path)
    if missing := [column for column in COLUMNS if column not in header]:
        raise InputError(f"{path}: lacks the column {', '.join(missing)}; its columns are {', '.join(COLUMNS)}")
    # A state takes part in too many events to tell one from another.
    parties = gazetteer.actors[gazetteer.actors.kind != "state"]
    ids = dict(zip(parties.name, parties.actor, strict=True))
    events = []
    for number, row in enumerate(rows, 2):
        if not isinstance(row, dict):
            raise InputError(f"{path}, row {number}: {row}")
        row = dict.fromkeys(COLUMNS, "") | row
        first, last = dates.parse(row["day"]), dates.parse(row["until"] or row["day"])
        if not first or not last or last < first:
            raise InputError(f"{path}, row {number}: no such days, {row['day']} to {row['until']}; write 2024-10-15")
        names, places = ({name.strip() for name in row[column].split("|")} - {""} for column in ("actors", "place"))
        words = frozenset(re.findall(r"\w*[A-Z\d]\w*", row["what"]))
        parts = frozenset(ids[name] for name in names & set(ids))
        events.append(Event(first, last, frozenset(places), parts, words if len(words) >= NAMED else frozenset()))
    return events


def holders(gazetteer: Gazetteer) -> Offices:
    """By office, every name of each holder with the first and last day of the term."""
    named = [(meaning.actor, surface) for surface, meaning in gazetteer.surfaces.items() if meaning.via == "name"]
    named += [(person, surname) for surname, people in gazetteer.surnames.items() for person in people]
    names, offices = defaultdict(set), defaultdict(list)
    for person, name in named:
        names[person].add(name)
    for row in gazetteer.roles.dropna(subset=["from"]).to_dict("records"):
        term = (row["from"].date(), date.max if pd.isna(row["to"]) else row["to"].date())
        offices[row["office"]] += [(name, *term) for name in names.get(row["person"], {row["person"]})]
    return offices


def _office(office: str) -> str:
    """An expression for an office in both spellings and both orders: defence minister, Minister of National Defense."""
    plain = re.escape(office).replace("defence", "defense").replace("defense", "defen[cs]e")
    parts = plain.split(r"\ ")
    turned = [rf"{parts[1]} of (?:national )?{parts[0]}"] if len(parts) == 2 and "minister" in parts else []
    # A letter comes first, which is what a search is quick to look for.
    whole = (re.sub(r"^(\\?.)", r"\1(?<!\\w\1)", one, count=1, flags=re.DOTALL) for one in (plain, *turned))
    return rf"(?:{'|'.join(whole)})(?!\w)"


def _beside(name: str, before: str, after: str) -> bool:
    """Whether a name follows an office at once, a rank between them at most, or stands before it and a comma."""
    name = re.escape(name)
    follows = rf"(?: of (?:the )?[A-Z][\w' ]{{2,40}}?)?,? (?:[A-Z][\w.]+ )?{name}(?!\w)"
    return bool(re.match(follows, after) or re.search(rf"(?<!\w){name}, (?:(?:the|[A-Z][\w']*) ){{0,4}}$", before))


def _fits(event: Event, evidence: Evidence) -> bool:
    """Whether an article may tell of an event: its days allow it, half of the actors and two of them are named."""
    shared = len(event.actors & evidence.named)
    placed = any(place in evidence.text for place in event.places)
    allowed = event.until >= (evidence.first or date.min) and event.day <= (evidence.last or date.max)
    return allowed and shared >= 2 and 2 * shared >= len(event.actors) and placed


def _is_called(event: Event, text: str) -> bool:
    """Whether the words of an event's name stand in one paragraph near the top."""
    return bool(event.name) and any(event.name.issubset(re.findall(r"\w+", line)) for line in text[:LEAD].split("\n"))


def _is_near(day: date, evidence: Evidence) -> bool:
    """Whether office-holders put a text near a day."""
    after = evidence.first and day - evidence.first <= TERM
    return bool(after or (evidence.last and evidence.last - day <= TERM))


def _narrowed(span: tuple[date | None, date | None], *stated: pd.Timestamp) -> tuple[date | None, date | None]:
    """The days that office-holders leave open within those stated; these alone where the two contradict each other."""
    first, last = (None if pd.isna(day) else day.date() for day in stated)
    found = max(filter(None, (span[0], first)), default=None), min(filter(None, (span[1], last)), default=None)
    return (first, last) if first and last and found[0] > found[1] else found


def _resolved(month: int, number: int, evidence: Evidence, events: list[Event]) -> date | None:
    """The day of that month and number in the year for which most speaks; None when too little does."""
    days, text = dates.same_days(month, number, evidence.first, evidence.last), evidence.text
    spans = [year.span() for year in dates.YEAR.finditer(text)]
    latest = max((int(text[at:end]) for at, end in spans if not AHEAD.search(text, max(0, at - 24), at)), default=0)
    days = [day for day in days if day.year >= latest] or days
    if len(days) < 2:
        return days[0] if days else None
    likeness = {day: evidence.alike(day) for day in days}
    enough = max(ALIKE, 0.7 * max(likeness.values()))
    weekdays = set(dates.weekdays(evidence.text[:LEAD]))
    scores = {}
    for day in days:
        marked = any(event.day - WEEK <= day <= event.until + WEEK for event in events)
        # A weekday is right by chance in two years of seven, so it only tips the scale.
        spoken = bool({day.weekday(), (day.weekday() - 1) % 7} & weekdays)
        scores[day] = 8 * marked + 6 * (likeness[day] >= enough) + 2 * (day.year == latest) + 2 * spoken
    best, next_best = sorted(scores, key=scores.__getitem__, reverse=True)[:2]
    return best if scores[best] >= 6 and scores[best] > scores[next_best] else None


def _rare(texts: pd.Series) -> list[dict[str, float]]:
    """The words of each text with their weight: how few of the texts hold them."""
    words = [set(split.words(text.lower())) for text in texts]
    texts_with = Counter(word for own in words for word in own)
    return [{word: log(len(words) / texts_with[word]) for word in own if texts_with[word] > 1} for own in words]


def _alike(ours: dict[str, float], theirs: dict[str, float]) -> float:
    """How much of the weight of two texts' words they share: 0 to 1."""
    shared = sum(weight for word, weight in ours.items() if word in theirs)
    return shared / max(1e-9, sqrt(sum(ours.values()) * sum(theirs.values())))


def _on_event(weekdays: list[int], evidence: Evidence, events: list[Event]) -> date | None:
    """The day with the first weekday in the one event that fits best, if office-holders put the text near it."""
    days: dict[date, float] = {}
    for event in events if weekdays else ():
        day = dates.on_weekday(event.until, weekdays[0])
        if day >= event.day and _is_near(day, evidence):
            days[day] = max(days.get(day, 0), len(event.actors & evidence.named) / len(event.actors))
    best = [day for day in days if days[day] == max(days.values())]
    return best[0] if len(best) == 1 else None
