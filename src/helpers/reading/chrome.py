"""Which lines of a page, and which lines of many pages, are no part of any article: by their place and company."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from .furniture import LONGEST, ends, is_open, is_row, is_title, prose

CREDIT = re.compile(
    r"(?:(?<![\w,])(?:(?:file )?(?:photo|picture|image|credit|video)s?(?:\s+(?:by|courtesy)\b|\s*:|/)|handout/"
    r"|courtesy of\b|©).{1,80}|[(\[][^()\[\]]{2,60}(?:/[^()\[\]]{2,40}| via \w+|(?: file)? photo| courtesy)[)\]])$",
    re.IGNORECASE,
)
CREDIT_WORDS = ("hoto", "icture", "mage", "redit", "ideo", "andout", "ourtesy", "HOTO", "©", "/", " via ")
# A caption that opens or says so is no sentence, whatever stop it ends in.
NOMINAL = re.compile(
    r"^(?:an? (?:view|screen ?grab|still|file)|footage|aerial view)\b|\b(?:file (?:picture|photo|image)|undated)\b",
    re.IGNORECASE,
)
NOTES = "¹²³⁴⁵⁶⁷⁸⁹"
FOOTNOTE = re.compile(rf"(?:\[\d{{1,3}}\]|[{NOTES}]+)\s+\S")
BULLET = re.compile(r"[•*–-]\s")
LISTED = re.compile(r"(?:\d{1,2}[.)]|[•▶►*>–-])\s")
HANDLE = re.compile(r"(?=\S*[\d_]|[a-z])[^\s.!?…:]{2,24}")
# A line that opens like this, and has no stop, is rather an unfinished sentence than the title of another story.
OPENER = re.compile(
    r"(?:the|he|she|it|they|we|i|you|this|that|these|those|a|an|his|her|its|their|our|my|in|on|at|for|from|by|with|as|but|and"
    r"|or|if|when|while|after|before|under|since|until|so|yet|there|not|no|some|many|most|both|each|one)\b",
    re.IGNORECASE,
)
VERB = re.compile(r"\b(?:is|are|was|were|will|would|has|had|have|said|says)\b")
LISTS = {"related stories", "read more", "live label"}


class Page(NamedTuple):
    """The lines of an article by number, the rule that cuts each ("" to keep it), the sure prose, the title's line."""

    lines: dict[int, str]
    kinds: dict[int, str]
    prose: dict[int, bool]
    heading: int

    def open(self) -> list[int]:
        """The lines that no rule has cut yet."""
        return [n for n, rule in self.kinds.items() if not rule]


def mark(page: Page) -> None:
    """Give each line that is furniture by its place the rule that cuts it."""
    for look in (_quoted_posts, _repeated, _captions, _above, _below, _beside):
        for n, rule in look(page):
            page.kinds[n] = page.kinds[n] or rule
    if page.heading:
        page.kinds[page.heading] = ""


def across(raws: dict[str, str], outlets: dict[str, str]) -> dict[str, set[str]]:
    """Lines that stand in several articles of an outlet and are no part of any, by outlet.

    Copies are no witnesses: an article that shares three tenths of its prose with others of its outlet does not count.
    Nor is prose chrome before it stands in three articles, or a long line before it stands in half of them: agencies
    repeat a paragraph of background.
    """
    # Lines are counted by their hashes: a large corpus has millions of them, and nearly all stand in one article.
    seen: dict[str, Counter] = defaultdict(Counter)
    for doc, raw in raws.items():
        seen[outlets[doc]].update({hash(line.strip()) for line in raw.splitlines()})
    witnesses: dict[str, Counter] = defaultdict(Counter)
    sizes: Counter[str] = Counter()
    for doc, raw in raws.items():
        times = seen[outlets[doc]]
        lines = [line.strip() for line in raw.splitlines()]
        common = {line for line in lines if times[hash(line)] > 1} - {""}
        text = sum(len(line) for line in lines if prose(line)) if common else 0
        if sum(len(line) for line in common if prose(line)) <= 0.3 * text:
            sizes[outlets[doc]] += 1
            witnesses[outlets[doc]].update(common)
    chrome: dict[str, set[str]] = defaultdict(set)
    for outlet, counts in witnesses.items():
        for line, times in counts.items():
            words = len(line.split())
            # Without a name the articles may be of many outlets, and a heading such as "Background" of several.
            least = max(5, sizes[outlet] / 2) if words >= 12 else 3 if prose(line) or not outlet else 2
            if times >= least and len(line) <= LONGEST:
                chrome[outlet].add(line)
    return chrome


def credit(line: str) -> tuple[int, int] | None:
    """Where the picture credit at the end of a line begins, with the space and bracket before it, and ends."""
    if ends(line) and line[-1] not in ")]":
        return None
    start = max(0, len(line) - 160)
    tail = line[start:]
    found = any(map(tail.__contains__, CREDIT_WORDS)) and CREDIT.search(tail)
    return (len(line[: start + found.start()].rstrip(" ([")), len(line)) if found else None


def _quoted_posts(page: Page) -> Iterator[tuple[int, str]]:
    """In a forum, what a post quotes of another one: from "name said:" to "Click to expand"."""
    opened: list[int] = []
    for n, line in page.lines.items():
        if line.endswith((" said:", " wrote:", " said: ↑")) and len(line.split()) <= 3:
            opened = [n]
        elif opened and line.lower().startswith(("click to expand", "click to show")):
            yield from ((m, "quoted post") for m in (*opened, n))
            opened = []
        elif opened:
            opened = [*opened, n] if len(opened) < 12 else []


def _repeated(page: Page) -> Iterator[tuple[int, str]]:
    """A line that comes again is chrome; of a repeated sentence the first stays: losing it is the worse fault."""
    seen = Counter(page.lines.values())
    if len(seen) == len(page.lines):
        return
    first = set()
    for n, line in page.lines.items():
        if seen[line] > 1 and (line in first or not ends(line)):
            yield n, "repeated line"
        first.add(line)


def _captions(page: Page) -> Iterator[tuple[int, str]]:
    """A caption without a stop before its credit, a footnote below the text, the title of the browser's window."""
    last = max((n for n, sure in page.prose.items() if sure), default=0)
    for place, (n, line) in enumerate(page.lines.items()):
        tail = credit(line) if len(line) <= 300 else None
        if tail and (is_open(line[: tail[0]]) or NOMINAL.search(line[: tail[0]])):
            yield n, "caption"
        elif place and FOOTNOTE.match(line) and n >= last - 8:
            yield n, "footnote"
        elif place < 2 and len(line) <= 300 and (titles := list(re.finditer(r" [|–—-] ", line))):
            others = {other.casefold() for m, other in page.lines.items() if m != n}
            if any(line[: found.start()].casefold() in others for found in titles):
                yield n, "page title"


def _above(page: Page) -> Iterator[tuple[int, str]]:
    """Lines of four words at most above the prose, save the longest of them, because headlines stand there."""
    first = next((n for n in page.open() if page.prose[n]), 0)
    top = [n for n in page.open() if n < first]
    headline = page.heading or max(top, key=lambda n: len(page.lines[n].split()), default=0)
    for n in top:
        line, size = page.lines[n], len(page.lines[n].split())
        short = size <= 4 and is_open(line) and not re.search(r"\d", line)
        if n != headline and short and not (size > 2 and OPENER.match(line)):
            yield n, "before the text"


def _below(page: Page) -> Iterator[tuple[int, str]]:
    """Short lines without a stop below the text, save the list or the unfinished sentence right under it."""
    lines, kinds = page.lines, page.kinds
    last = max((n for n in page.open() if page.prose[n]), default=0)
    if not last:
        return
    last = max((n for n in page.open() if n > last and re.search(r"[.!][”\"’')]*$", lines[n][-9:])), default=last)
    below = [n for n in lines if n > last]
    listing, above = lines[last].endswith(":"), True
    for n, after in zip(below, [*below[1:], 0], strict=False):
        line, size = lines[n], len(lines[n].split())
        bullet = BULLET.match(line) or (after and BULLET.match(lines[after]))
        listing = listing or bool(bullet) or line.endswith((",", ";", ":"))
        alone = n == below[0] and (bool(OPENER.match(line) or VERB.search(line)) or (n == below[-1] and size > 4))
        above = above and not kinds[n] and (listing or alone or is_row(line))
        if not above and not kinds[n] and not is_row(line) and size <= 14 and is_open(line.rstrip("?")):
            yield n, "after the text"


def _beside(page: Page) -> Iterator[tuple[int, str]]:
    """Handles, titles of other stories, and what furniture encloses; a heading over prose stays."""
    lines, kinds = page.lines, page.kinds
    first = next((n for n in page.open() if page.prose[n]), max(lines, default=0))
    capitals = any(lines[n].isupper() for n in page.open() if n < first)
    numbers = list(lines)
    for before, n, after in zip([0, *numbers], numbers, [*numbers[1:], 0], strict=False):
        if kinds[n] or page.prose[n]:
            continue
        line, size = lines[n], len(lines[n].split())
        if size > 16 or is_row(line):
            continue
        if page.prose.get(before) and n > first and is_title(line) and not lines[before].endswith(":"):
            run = _run(lines, kinds, numbers, n)
            if len(run) > 1:
                yield from ((m, "related stories") for m in run)
                kinds.update(dict.fromkeys(run, "related stories"))
                continue
        over_prose = bool(after) and (page.prose[after] or ends(lines[after]))
        listed, enclosed = LISTED.match(line), kinds.get(before, "") and not over_prose
        rule = ""
        if "forum chrome" in (kinds.get(before), kinds.get(after)) and HANDLE.fullmatch(line):
            rule = "handle"
        elif n < first:
            continue
        elif kinds.get(before) in LISTS:
            rule = "" if over_prose and size <= 8 and not listed else "related stories"
        elif _other_story(page, before, n, after) or (line.isupper() and size >= 5 and not capitals and is_open(line)):
            rule = "related stories"
        elif enclosed and size >= 7 and is_open(line) and not listed:
            rule = "between furniture"
        if rule:
            kinds[n] = rule
            yield n, rule


def _run(lines: dict[int, str], kinds: dict[int, str], numbers: list[int], start: int) -> list[int]:
    """Titles one below the other, right under prose: of other stories, because a heading has text below it."""
    run = []
    for n in numbers[bisect_left(numbers, start) :]:
        line = lines[n]
        if kinds[n] or not is_title(line) or len(re.findall(r"[^\W\d]+", line)) < 4 or line.endswith((",", ";")):
            break
        if LISTED.match(line) or is_row(line):
            break
        run.append(n)
    return run


def _other_story(page: Page, before: int, n: int, after: int) -> bool:
    """A long title alone between two paragraphs: of another story, because headings inside a text are short."""
    line = page.lines[n]
    between = page.prose.get(before) and page.prose.get(after) and not page.lines[before].endswith(":")
    return bool(between) and len(line.split()) >= 7 and is_title(line) and not OPENER.match(line)
