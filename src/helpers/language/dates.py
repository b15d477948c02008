"""Read dates: every day a text names, what a catalogue's cell means, and the days a partial date can stand for."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple

from .matcher import trie
from .words import ENGLISH, Patterns, any_of, lists, pairs

WEEKDAYS, NAMES = ENGLISH["weekdays"], [*ENGLISH["months"], *ENGLISH["short months"]]
# Datelines in Spanish stand above English copy too; "de" may stand between their parts.
MONTHS = {form: number for number, name in enumerate(ENGLISH["months"], 1) for form in (name.lower(), name[:3].lower())}
_SPANISH, _FOREIGN, AGENCIES, _SHORT = (
    pairs(ENGLISH[name]) for name in ("spanish months", "foreign months", "agencies", "short agencies")
)
MONTHS |= {name: int(number) for name, number in {"sept": 9, **_SPANISH, **_FOREIGN}.items()}
_SHOUTED = [name.upper() for name in NAMES if len(name) < 5]
_MONTH = rf"(?:{trie([*NAMES, *_SHOUTED, *_SPANISH])})\.?"
_OTHER, _AGENCY = (rf"(?i:{'|'.join(sorted(names, key=len)[::-1])})" for names in (_FOREIGN, AGENCIES))
GIVEN = {"month": _MONTH, "weekdays": any_of(WEEKDAYS), "foreign": _OTHER, "agencies": any_of([_AGENCY, *_SHORT])}
PATTERN = Patterns(lists(Path(__file__).parent / "data" / "dates.txt"), **GIVEN)
DATE, YEAR, WEEKDAY = PATTERN["date"], PATTERN["year"], PATTERN["weekday"]
CLOCK = re.compile(PATTERN.any["clock"], re.IGNORECASE)
_NAME = re.compile(rf"(?<![^\W\d_])(?:(?i:{_MONTH})|{_OTHER})(?![^\W\d_])")
# The one name of each agency, by every name under which it is credited.
SPELLED = {name.casefold(): kept for name, kept in (AGENCIES | _SHORT).items()}
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

    place: str = ""
    month: int = 0
    day: int = 0
    year: int = 0
    agency: str = ""


def today() -> date:
    """The latest day that has begun anywhere: nothing is printed later. Tests put another in its place."""
    return (datetime.now(UTC) + timedelta(hours=14)).date()


def agency(credit: str) -> str:
    """The news agency that a credit names, in its one spelling; "" where it names none that is known.

    >>> agency("Thomson Reuters."), agency("the Associated Press"), agency("an ap for walkers")
    ('Reuters', 'AP', '')
    """
    # Initials may have points.
    match = PATTERN["credited agency"].search(re.sub(r"(?<=\b[A-Z])\.(?=[A-Z]?\b|\W|$)", "", credit))
    return SPELLED[match[0].casefold()] if match else ""


def named(text: str) -> Iterator[Named]:
    """Yield every day a text names by month and number, impossible ones left out.

    >>> [day[2:] for day in named("Signed on Oct. 14 and 3 May 2024, not on 31.02.2024.")]
    [(0, 10, 14), (2024, 5, 3)]
    """
    for match in DATE.finditer(text):
        numbers = [int(number) for number in re.findall(r"\d{4}(?=\d{4}T)|\d\d(?=\d\dT)|\d+", match[0])]
        if word := re.search(r"[^\W\d]{3,}", re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", match[0])):
            year, month, day = (numbers[1] if len(numbers) > 1 else 0), MONTHS[word[0].lower()], numbers[0]
        elif numbers[0] > 31:
            year, month, day = numbers[:3]
        elif order := _order(numbers[0], numbers[1], "." in match[0]):
            (month, day), year = order, numbers[2]
        else:
            continue
        if whole := _day(year or 2000, month, day):
            yield Named(*match.span(), year and whole.year, month, day)


def dateline(line: str) -> tuple[Dateline, int] | None:
    """Read the dateline with which a line opens, and where it ends; None for a line that opens otherwise.

    >>> dateline("BEIJING, Oct. 15 (Meridian) — Ships left.")
    (Dateline(place='BEIJING', month=10, day=15, year=0, agency='Meridian'), 30)
    """
    match = PATTERN["dateline"].match(line)
    if not match:
        return None
    part, whole = match.groupdict(), match[0].rstrip()
    written = part["day1"] or part["day2"] or part["day4"] or ""
    # A stop or nothing at all behind it makes a dateline only of what gives a day, too.
    known = part["agency5"] or part["agency6"] or (part["agency1"] or "").casefold() in SPELLED
    if whole.endswith((".", ":", ")")) and not (written or known or (part["agency1"] and whole[-1] != ")")):
        return None
    when = next(named(written), Named(0, 0, 0, 0, 0))
    place = part["caps"] or part["place"] or part["bare"] or part["pair"] or ""
    places = re.split(r"\s*[/,]\s*|\s*[(\[]", place.rstrip(")]. "))
    agency = next((part[name] for name in part if name.startswith("agency") and part[name]), "")
    if not agency and line[match.end() : match.end() + 1] in "0123456789$€£" and len(line) > match.end():
        return None  # prose may have a number behind a dash
    if not agency and not written and place.casefold() in SPELLED:
        places, agency = [], place
    return Dateline(", ".join(places), when.month, when.day, when.year, agency), match.end()


def parse(written: str, month_first: bool | None = None) -> date | None:
    """Read the day that a cell of a catalogue, a header or a metadata field stands for; None when it stands for none.

    Understands ISO 8601, RFC 822, seconds and finer parts since 1970, the day counts of spreadsheets, 20241015T120000Z
    and dates in words. `month_first` says of a whole column which of two numbers below 13 comes first.

    >>> str(parse("Tue, 15 Oct 2024 08:12:00 GMT")), parse("2024-02-31"), parse("10/11/2024")
    ('2024-10-15', None, None)
    >>> str(parse("10/11/24", month_first=True)), str(parse("45580.5")), str(parse("15-Oct-2024"))
    ('2024-10-11', '2024-10-15', '2024-10-15')
    """
    written = written.strip()[:80]
    if PATTERN["span"].search(written):
        return None
    if match := PATTERN["iso"].search(written):
        return _day(*(int(group) for group in match.groups() if group and group.isdigit()))
    if match := PATTERN["count"].fullmatch(written):
        return _counted(float(match[1].replace(",", "")))
    if match := PATTERN["numeric"].match(written):
        order = _order(int(match[1]), int(match[3]), match[2] == ".", month_first)
        return _day(int(match[4]), *order) if order else None
    whole = next((one for one in named(written) if one.year), None)
    return _day(*whole[2:]) if whole else _in_words(written)


def month_first(cells: Iterable[str]) -> bool | None:
    """Whether the cells of a column write the month before the day; None where none of them tells, or two disagree.

    >>> month_first(["03/10/2024", "10/15/2024"]), month_first(["03/10/2024"])
    (True, None)
    """
    pairs = [(int(cell[1]), int(cell[3])) for cell in map(PATTERN["numeric"].match, cells) if cell and cell[2] != "."]
    day, month = any(first > 12 for first, _ in pairs), any(second > 12 for _, second in pairs)
    return month if day != month else None


def in_name(name: str) -> date | None:
    """Read the day in a file's name or among the words of a web address; None when it holds none.

    >>> str(in_name("three-ships-2024-10-15")), str(in_name("efe_20241015_drill"))
    ('2024-10-15', '2024-10-15')
    """
    pattern = r"(?<!\d)((?:19|20)\d\d)(?:([-_/.])(\d\d?)\2(\d\d?)|(\d\d)(\d\d))(?!\d)"
    for match in re.finditer(pattern, name):
        if day := _day(int(match[1]), int(match[3] or match[5]), int(match[4] or match[6])):
            return day
    return None


def in_address(url: str) -> tuple[date, date] | None:
    """The day that fills parts of a web address of its own, or the first and last of a month; None where none does.

    >>> [str(day) for day in in_address("https://x.example/2024/oct/15/three-ships")]
    ['2024-10-15', '2024-10-15']
    >>> in_address("https://x.example/2024-10-15-three-ships")
    """
    for match in PATTERN["address"].finditer(url):
        if day := parse(match[0]) or parse(re.sub("[-/]", "", match[0])):
            return day, day
    if match := PATTERN["month part"].search(url):
        month = MONTHS.get(match[2].lower()) or int(match[2])
        if first := _day(int(match[1]), month, 1):
            return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return None


def same_days(month: int, day: int, first: date | None, last: date | None) -> list[date]:
    """List the days of that month and number between two days, both included; None leaves that side open."""
    first, last = first or FIRST, min(last or LAST, today())
    days = (_day(year, month, day) for year in range(first.year, last.year + 1))
    return [one for one in days if one and first <= one <= last]


def weekdays(text: str) -> list[int]:
    """List the weekdays a text names, in order; Monday is 0."""
    return [WEEKDAYS.index(name) for name in WEEKDAY.findall(text)]


def on_weekday(near: date, weekday: int) -> date:
    """Give the last day with that weekday which is not after `near`."""
    return near - timedelta(days=(near.weekday() - weekday) % 7)


def _in_words(written: str) -> date | None:
    """The day of a month and two numbers, whatever stands in between: hours and distances from UTC come off first."""
    bare = PATTERN["moment"].sub(" ", written)
    numbers, name = [int(number) for number in re.findall(r"\d+", bare)], _NAME.search(bare)
    if name and len(numbers) == 2:
        numbers.sort(key=lambda number: number > 31)
        return _day(numbers[1], MONTHS[name[0].lower().rstrip(".")], numbers[0])
    try:
        return parsedate_to_datetime(written).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _order(first: int, second: int, dotted: bool, month_first: bool | None = None) -> tuple[int, int] | None:
    """The month and the day of two numbers, or None: with both below 13 the order is the writer's secret.

    A point between them is European.
    """
    if not (dotted or first > 12 or second > 12 or first == second) and month_first is None:
        return None
    turned = second > 12 or (month_first and not dotted and first <= 12)
    return (first, second) if turned else (second, first)


def _counted(number: float) -> date | None:
    """The day of a count of days as spreadsheets keep them, or of seconds since 1970, or of thousandths of them."""
    while number > 1e11:
        number /= 1000
    if 1e5 < number < 1e8:
        return None
    days = number if number < 1e5 else number / 86_400 + 25_569
    return _day(*(date(1899, 12, 30) + timedelta(days=int(days))).timetuple()[:3])


def _day(year: int, month: int, day: int) -> date | None:
    """The day of that year, which may be written with two digits, month and number; None for none of our time."""
    year += 0 if year > 99 else 2000 if year < 60 else 1900
    with suppress(ValueError, OverflowError):
        return whole if FIRST <= (whole := date(year, month, day)) <= LAST else None
    return None
