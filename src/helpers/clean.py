"""From the raw text of one file to body text, and every line or span cut out with the rule that cut it."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

RULES = Path(__file__).parent / "data" / "furniture.yml"
STOP = re.compile(r"[.!?…:][”\"’')\]]*$")

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?P<{{0}}>(?:{_MONTH} \d{{{{1,2}}}}|\d{{{{1,2}}}} {_MONTH})(?:,? \d{{{{4}}}})?)"
_AGENCY = r"[(/](?P<{}>[A-Z][\w. -]{{1,24}})[)/]"
_CAPS = r"[A-Z][A-Z.'’-]{2,}(?: [A-Z][A-Z.'’-]+){0,3}"
_NAME = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}"
# Two shapes: places in capitals, which may stand alone before a dash and a new sentence; and places in ordinary
# letters, which need a day or an agency before anything is cut, because "London - as ever - waited" is prose.
DATELINE = re.compile(
    rf"(?:(?P<caps>{_CAPS}(?:[/,] ?{_CAPS}|, {_NAME}){{0,2}})"
    rf"(?:,? {_DAY.format('day1')})?(?:,? {_AGENCY.format('agency1')})?"
    rf"|(?P<place>{_NAME}(?:[/,] ?{_NAME}){{0,2}}?)(?:,? {_DAY.format('day2')})(?:,? {_AGENCY.format('agency2')})?"
    rf"|(?P<bare>{_NAME}) {_AGENCY.format('agency3')})"
    r"(?:\s*(?:\.-|[-–—]{1,2})\s+|(?<=[\w)])[.:]\s+)(?=[“\"‘A-Z])"
)
# The credit behind a caption goes, the caption stays: it may be a sentence of the article.
CREDIT = re.compile(
    r"(?<=[.!?)”\"’])\s+(?:photo|picture|image|credit|handout)s?\s*(?::|by\b|courtesy\b).{1,80}$", re.IGNORECASE
)


class Cut(NamedTuple):
    """One piece that cleaning took out: its line in the raw text (from 1), its words, and the rule that cut it."""

    line: int
    text: str
    rule: str


class Dateline(NamedTuple):
    """What a dateline says: places joined by ", ", month and day as numbers (0 when absent), year (0), agency ("")."""

    place: str
    month: int
    day: int
    year: int
    agency: str


def article(raw: str, title: str = "") -> tuple[str, list[Cut]]:
    r"""Body text, one paragraph a line, and what was cut from the raw text.

    Kept lines keep their characters, except non-breaking spaces; white space round a line goes without a row. A line
    that is the `title` stays.

    >>> text, cuts = article("OSLO, May 3 (NTB) - Snow fell.\nAdvertisement\n")
    >>> text, [cut.rule for cut in cuts]
    ('Snow fell.', ['dateline', 'advertisement'])
    """
    lines = {n: line.strip() for n, line in enumerate(raw.replace("\u00a0", " ").splitlines(), 1) if line.strip()}
    cuts = [Cut(n, line, rule) for n, line in lines.items() if (rule := _line_rule(line))]
    cuts += _repeated(lines)
    body = _without(lines, cuts)
    cuts += [cut for cut in _ends(body) if cut.text != title]
    body = _without(body, cuts)
    agency = ""
    for n in list(body)[:3]:
        if found := _dateline(body[n]):
            cuts.append(Cut(n, found[0], "dateline"))
            agency, body[n] = dateline(found[0]).agency, body[n][found.end() :]
    sign_off = re.compile(rf"(?<=[.!?”\"’)])\s+{re.escape(agency)}$" if agency else "(?!)")
    for n, line in body.items():
        for rule, pattern in (("sign-off", sign_off), ("caption credit", CREDIT)):
            if tail := pattern.search(line):
                cuts.append(Cut(n, tail[0], rule))
                body[n] = line[: tail.start()]
    return "\n".join(body.values()), sorted(cuts)


def dateline(cut: str) -> Dateline:
    """The place, day and agency of a dateline that `article` cut.

    >>> dateline("BEIJING, Oct. 15 (Meridian) — ")
    Dateline(place='BEIJING', month=10, day=15, year=0, agency='Meridian')
    """
    found = DATELINE.match(cut + "A")
    if not found:
        return Dateline("", 0, 0, 0, "")
    part = found.groupdict()
    when = part["day1"] or part["day2"] or ""
    day, year = (re.search(r"\b\d{1,2}\b", when), re.search(r"\d{4}", when))
    month = re.search(r"[A-Za-z]{3}", when)
    return Dateline(
        ", ".join(re.split(r"\s*[/,]\s*", part["caps"] or part["place"] or part["bare"])),
        MONTHS.index(month[0].lower()) + 1 if month else 0,
        int(day[0]) if day else 0,
        int(year[0]) if year else 0,
        part["agency1"] or part["agency2"] or part["agency3"] or "",
    )


def rules() -> Iterator[dict[str, str]]:
    """The furniture rules as `data/furniture.yml` lists them: rule, pattern, example."""
    import yaml

    yield from yaml.safe_load(RULES.read_text(encoding="utf-8"))


@lru_cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((rule["rule"], re.compile(rule["pattern"], re.IGNORECASE)) for rule in rules())


def _without(lines: dict[int, str], cuts: list[Cut]) -> dict[int, str]:
    gone = {cut.line for cut in cuts}
    return {n: line for n, line in lines.items() if n not in gone}


def _line_rule(line: str) -> str:
    if len(line) > 400:
        return ""
    return next((name for name, pattern in _patterns() if pattern.fullmatch(line)), "")


def _repeated(lines: dict[int, str]) -> Iterator[Cut]:
    """A line that comes again is chrome; of a repeated sentence the first stays: losing it is the worse fault."""
    seen = Counter(lines.values())
    first = set()
    for n, line in lines.items():
        if seen[line] > 1 and not _line_rule(line) and (line in first or not STOP.search(line)):
            yield Cut(n, line, "repeated line")
        first.add(line)


def _ends(lines: dict[int, str]) -> Iterator[Cut]:
    """Short lines without a stop in them before the first and behind the last line of prose.

    At the top four words at most, because headlines stand there.
    """
    prose = [n for n, line in lines.items() if STOP.search(line) and len(line.split()) >= 8]
    for n, line in lines.items():
        most = 0 if not prose else 4 if n < prose[0] else 12 if n > prose[-1] else 0
        if len(line.split()) <= most and not STOP.search(line) and not re.search(r"[.!?…] ", line):
            yield Cut(n, line, "before the text" if n < prose[0] else "after the text")


def _dateline(line: str) -> re.Match[str] | None:
    found = DATELINE.match(line)
    bare_stop = found and found[0].rstrip().endswith((".", ":"))
    return None if bare_stop and not (found["day1"] or found["day2"]) else found
