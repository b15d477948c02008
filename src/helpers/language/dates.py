"""Read dates: every day a text names, what a catalogue's cell means, and the days a partial date can stand for."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple

from .matcher import trie
from .words import ENGLISH, Patterns, any_of, lists, pairs

WEEKDAYS, NAMES = ENGLISH["weekdays"], [*ENGLISH["months"], *ENGLISH["short months"]]
# Datelines in Spanish stand above English copy too; "de" may stand between their parts.
MONTHS = {name[:3].lower(): number for number, name in enumerate(ENGLISH["months"], 1)}
MONTHS |= {name: int(number) for name, number in pairs(ENGLISH["spanish months"]).items()}
_SHOUTED = [name.upper() for name in NAMES if len(name) < 5]
_MONTH = rf"(?:{trie([*NAMES, *_SHOUTED, *pairs(ENGLISH['spanish months'])])})\.?"
PATTERN = Patterns(lists(Path(__file__).parent / "data" / "dates.txt"), month=_MONTH, weekdays=any_of(WEEKDAYS))
DATE, YEAR, WEEKDAY = PATTERN["date"], PATTERN["year"], PATTERN["weekday"]
CLOCK = re.compile(PATTERN.any["clock"], re.IGNORECASE)
# Dates outside these years are taken for errors.
FIRST, LAST = date(1980, 1, 1), date(2059, 12, 31)


class Named(NamedTuple):
    """A date in a text, by offsets; the year is 0 when it is not written."""

    start: int
    end: int
    year: int
    month: int
    day: int


class Dateline(NamedTuple):
    """What a dateline says: places joined by ", ", month and day as numbers (0 when absent), year (0), agency ("")."""

    place: str
    month: int
    day: int
    year: int
    agency: str


def named(text: str) -> Iterator[Named]:
    """Yield every day a text names by month and number, impossible ones left out.

    >>> [day[2:] for day in named("Signed on Oct. 14 and 3 May 2024, not on 31.02.2024.")]
    [(0, 10, 14), (2024, 5, 3)]
    """
    for match in DATE.finditer(text):
        numbers = [int(number) for number in re.findall(r"\d+", match[0])]
        if word := re.search(r"[^\W\d]{3,}", re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", match[0])):
            year, month, day = (numbers[1] if len(numbers) > 1 else 0), MONTHS[word[0][:3].lower()], numbers[0]
        elif numbers[0] > 31:
            year, month, day = numbers
        else:
            # With both below 13 the order is the writer's secret; a point between them is European.
            (first, second, year), dotted = numbers, "." in match[0]
            if not (dotted or first > 12 or second > 12 or first == second):
                continue
            month, day = (first, second) if second > 12 else (second, first)
        if _day(year or 2000, month, day):
            yield Named(*match.span(), year, month, day)


def dateline(line: str) -> tuple[Dateline, int] | None:
    """Read the dateline with which a line opens, and where it ends; None for a line that opens otherwise.

    >>> dateline("BEIJING, Oct. 15 (Meridian) — Ships left.")
    (Dateline(place='BEIJING', month=10, day=15, year=0, agency='Meridian'), 30)
    """
    match = PATTERN["dateline"].match(line)
    if not match:
        return None
    part, whole = match.groupdict(), match[0].rstrip()
    written = part["day1"] or part["day2"] or ""
    # A stop or nothing at all behind it makes a dateline only of what gives a day, too.
    if whole.endswith((".", ":", ")")) and not (written or (part["agency1"] and whole[-1] != ")")):
        return None
    when = next(named(written), Named(0, 0, 0, 0, 0))
    place = part["caps"] or part["place"] or part["bare"] or part["pair"]
    places = re.split(r"\s*[/,]\s*|\s*[(\[]", place.rstrip(")]. "))
    agency = part["agency1"] or part["agency2"] or part["agency3"] or ""
    return Dateline(", ".join(places), when.month, when.day, when.year, agency), match.end()


def parse(written: str) -> date | None:
    """Read the day that a cell of a catalogue, a header or a metadata field stands for; None when it stands for none.

    Understands ISO 8601, RFC 822, seconds and milliseconds since 1970, 20241015T120000Z and dates in words.

    >>> str(parse("Tue, 15 Oct 2024 08:12:00 GMT")), parse("2024-02-31"), parse("10/11/2024")
    ('2024-10-15', None, None)
    """
    written = written.strip()[:80]
    if match := re.match(r"((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?:$|[T ,])", written):
        return _day(*map(int, match.groups()))
    if re.fullmatch(r"\d{9,13}(?:\.\d+)?", written):
        seconds = float(written) / (1000 if float(written) > 1e11 else 1)
        moment = datetime.fromtimestamp(seconds, UTC)
        return _day(moment.year, moment.month, moment.day)
    if whole := next((one for one in named(written) if one.year), None):
        return _day(*whole[2:])
    try:
        return parsedate_to_datetime(written).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def in_name(name: str) -> date | None:
    """Read the day in a file's name or a web address; None when it holds none.

    >>> str(in_name("https://x.example/2024/10/15/three-ships")), str(in_name("efe_20241015_drill"))
    ('2024-10-15', '2024-10-15')
    """
    pattern = r"(?<!\d)((?:19|20)\d\d)(?:([-_/.])(\d\d?)\2(\d\d?)|(\d\d)(\d\d))(?!\d)"
    for match in re.finditer(pattern, name):
        if day := _day(int(match[1]), int(match[3] or match[5]), int(match[4] or match[6])):
            return day
    return None


def same_days(month: int, day: int, first: date | None, last: date | None) -> list[date]:
    """List the days of that month and number between two days, both included; None leaves that side open."""
    first, last = first or FIRST, last or LAST
    days = (_day(year, month, day) for year in range(first.year, last.year + 1))
    return [one for one in days if one and first <= one <= last]


def weekdays(text: str) -> list[int]:
    """List the weekdays a text names, in order; Monday is 0."""
    return [WEEKDAYS.index(name) for name in WEEKDAY.findall(text)]


def on_weekday(near: date, weekday: int) -> date:
    """Give the last day with that weekday which is not after `near`."""
    return near - timedelta(days=(near.weekday() - weekday) % 7)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        whole = date(year, month, day)
    except ValueError:
        return None
    return whole if FIRST <= whole <= LAST else None
