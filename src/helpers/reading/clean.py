"""From raw text to body text: cut page furniture by rule, by place or because pages share it, and keep every cut."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from itertools import islice, pairwise, takewhile
from typing import NamedTuple

from ..language import dates
from ..language.split import sentences
from . import furniture, runs
from .furniture import ANY, LONGEST, RESULT, Rules, has_stop, is_doubtful, is_open, is_prose, is_row, is_title, rule_of
from .plain import FORM, glued

CONTROL, GARBLED, ESCAPED = (re.compile(ANY[name]) for name in ("control", "garbled", "escaped"))
TAG, BLOCK = (re.compile(rf"</?{ANY[name]}\b[^<>]{{0,300}}>|<!--[^<>]{{0,300}}-->", re.I) for name in ("tag", "block"))
LEADING = (b"\xc3", b"\xc4", b"\xc5", b"\xd0", b"\xd1")  # of letters that a first byte becomes in a wrong encoding
MARKS = "¹²³⁴⁵⁶⁷⁸⁹"
ASIDE = re.compile(rf"\[\d{{1,3}}\]|[\[(]{ANY['button']}[^()\[\]]{{0,60}}(?<![.!?])[\])]", re.IGNORECASE)
POST = re.compile(
    rf"^(?:#\d+\s*(?:·\s*)?)?(?:(?:{dates.DATE.pattern}|Today|Yesterday)[^·|]{{0,25}}[·|]\s+)+(?:#\d+\s*)?(?:·\s*)?|^#\d+\s+(?=\S)"
)
NOTE = re.compile(rf"(?:(?<=[^\W\d_]{{2}}[.,”’\"'])|(?<=[^\W\d_]{{3}}))[{MARKS}]+")
FEED = re.compile(ANY["feed"], re.MULTILINE)
ASIDES = ((POST, "post number", "#·|"), (ASIDE, "aside", "[("), (NOTE, "footnote mark", MARKS[:3]))
END = re.compile(rf"(?<=[\w.!?…”\"’')\]])\s*{ANY['end']}+$")
ENDS = frozenset("■♦◆▪□◼█#]-)SDs")
# What stands behind the last stop of a paragraph and has none itself: a button or a source may have slipped in.
ENDING = re.compile(r"(?<=[.!?…”\"’')\]])\s+((?:[(\[][^()\[\]]{2,120}[)\]])|[^.!?…()]{3,100})$")
CREDIT = re.compile(rf"{ANY['credit']}$", re.IGNORECASE)
NOMINAL = re.compile(ANY["nominal"], re.IGNORECASE)
WHERE, FINITE = re.compile(ANY["where"]), re.compile(ANY["finite"])
DETERMINER = re.compile(ANY["determiner"], re.IGNORECASE)
FOOTNOTE = re.compile(rf"(?:\[\d{{1,3}}\]|[{MARKS}]+)\s+\S")
FIRST = frozenset(f"[{MARKS}")
SPEAKER = re.compile(r"(?:(?!READ|SEE|WATCH|EDIT)[A-Z][A-Z.’'-]+ ){1,3}[A-Z][A-Z’'-]+: ")  # of a transcript
BULLET = re.compile(r"[•*–-]\s")
LISTED = re.compile(r"(?:\d{1,2}[.)]|[•▶►*>–-])\s")
HANDLE = re.compile(r"(?=\S*[\d_]|[a-z])[^\s.!?…:]{2,24}")
UNFINISHED = re.compile(rf"{ANY['unfinished']}\b", re.IGNORECASE)
VERB = re.compile(rf"\b{ANY['verb']}\b")
LISTS = {"related stories", "read more", "live label"}
Ruled = Iterator[tuple[int, str]]  # lines by number, and the rule that cuts each


class Cut(NamedTuple):
    """One piece that cleaning took out: its line in the raw text (from 1), its words, and the rule that cut it."""

    line: int
    text: str
    rule: str


class Page(NamedTuple):
    """The lines of an article by number, the rule that cuts each ("" to keep it), the sure prose, the title's line."""

    lines: dict[int, str]
    rules: dict[int, str]
    prose: dict[int, bool]
    heading: int

    def open(self) -> list[int]:
        """The lines that no rule has cut yet."""
        return [n for n, rule in self.rules.items() if not rule]

    def text(self) -> list[int]:
        """The open lines that are sure to be prose."""
        return [n for n, sure in self.prose.items() if sure and not self.rules[n]]


def article(
    raw: str, title: str = "", listed: Rules | None = None, repeated: Collection[str] = ()
) -> tuple[str, list[Cut]]:
    r"""Body text, one paragraph a line, and what was cut from the raw text.

    Kept lines keep their characters, except non-breaking spaces and broken encodings, which are repaired and reported
    as they were; lines broken at a width are joined; white space round a line goes without a row. The `title` stays.
    `listed` are the listed rules, the packaged ones if none are given; `repeated` is what the text shares with other
    articles and loses.

    >>> text, cuts = article("OSLO, May 3 (NTB) - Snow fell.\nAdvertisement\n")
    >>> text, [cut.rule for cut in cuts]
    ('Snow fell.', ['dateline', 'advertisement'])
    """
    lines, cuts = _readable(raw)
    slipped, inside = repeated or runs.has_stories(raw), dict(lines)
    held = lines.items() if slipped else ()
    shared = [n for n, line in held if line != title and (repeated or runs.has_stories(line))]
    found = [cut for n in shared for cut in _cut_runs(inside, n, repeated, whole=False)]
    if found and any(inside.values()):
        lines, cuts = {n: line for n, line in inside.items() if line}, cuts + found
    notices = {n: line for n, line in lines.items() if not furniture.is_plain(line)}
    told = "\n".join(line for line in notices.values() if line[0] not in furniture.QUOTES)
    listed = (listed or furniture.rules()).of(told)
    heading = next((n for n, line in lines.items() if line == title), 0)
    prose = {n: is_prose(line) for n, line in lines.items()}
    ruled = dict.fromkeys(lines, "") | {n: rule_of(line, listed, prose[n]) for n, line in notices.items()}
    prose |= dict.fromkeys((n for n, rule in ruled.items() if rule or n == heading), False)
    page = Page(lines, ruled, prose, heading)
    _believe(page, listed)
    for look in (_quoted_posts, _repeated, _captions, _above, _below, _title_lists, _beside):
        for n, rule in look(page):
            ruled[n] = ruled[n] or rule
    if heading:
        ruled[heading] = ""
    if not page.open():  # a text of nothing but furniture is a text all the same
        ruled.update(dict.fromkeys(lines, ""))
    cuts += [Cut(n, lines[n], rule) for n, rule in ruled.items() if rule]
    body = {n: lines[n] for n in page.open()}
    cuts += _cut_spans(body, prose, listed)
    for n in [n for n in body if n != heading] if repeated else ():
        cuts += _cut_runs(body, n, repeated, whole=True)
    return "\n".join(filter(None, body.values())), sorted(cuts)


def repeated_lines(articles: list[tuple[str, str]]) -> dict[str, set[str]]:
    """The lines that several articles of an outlet share and that are no part of any, by outlet.

    Takes outlet and raw text of each article. Copies are no witnesses: an article that shares three tenths of its prose
    with others of its outlet does not count. Nor is prose furniture before it stands in three articles, or a long line,
    or what somebody says, before it stands in half of them: agencies repeat a paragraph of background.
    """
    # Lines are counted by their hashes: a large corpus has millions of them, and nearly all stand in one article.
    seen: dict[str, Counter] = defaultdict(Counter)
    for outlet, raw in articles:
        seen[outlet].update({hash(line.strip()) for line in raw.splitlines()})
    witnesses: dict[str, Counter] = defaultdict(Counter)
    sizes: Counter[str] = Counter()
    for outlet, raw in articles:
        lines = [line.strip() for line in raw.splitlines()]
        common = {line for line in lines if seen[outlet][hash(line)] > 1} - {""}
        shared = sum(len(line) for line in common if is_prose(line))
        if not shared or shared <= 0.3 * sum(len(line) for line in lines if is_prose(line)):
            sizes[outlet] += 1
            witnesses[outlet].update(common)
    repeated: dict[str, set[str]] = defaultdict(set)
    for outlet, counts in witnesses.items():
        for line, times in counts.items():
            long = len(line.split()) >= 12 or (is_prose(line) and (furniture.is_reported(line) or SPEAKER.match(line)))
            # Without a name the articles may be of many outlets, and a heading such as "Background" of several.
            least = max(5, sizes[outlet] / 2) if long else 3 if is_prose(line) or not outlet else 2
            if times >= least and len(line) <= LONGEST:
                repeated[outlet].add(line)
    return repeated


def _readable(raw: str) -> tuple[dict[int, str], list[Cut]]:
    """The lines that hold anything, by number, control marks out and broken encodings repaired."""
    cuts: list[Cut] = []
    lines = {}
    foreign = not raw.isascii() and any(map(raw.encode("utf-8", "surrogatepass").__contains__, LEADING))
    garbled = ESCAPED.search(raw) or (foreign and GARBLED.search(raw))
    raw_lines = raw.replace("\u00a0", " ").splitlines()
    printed = all(map(str.isprintable, raw_lines))  # as no control mark is
    suspect = bool(garbled or (not printed and CONTROL.search(raw)) or ("<" in raw and TAG.search(raw)))
    for n, line in enumerate(_unwrapped(raw_lines), 1):
        line = (_repaired(n, line, cuts) if suspect else line).strip()
        if line[-1:] in ENDS and (mark := END.search(line, max(0, len(line) - 24))):
            cuts.append(Cut(n, mark[0].strip(), "end mark"))
            line = line[: mark.start()]
        if line:
            lines[n] = line
    return lines, cuts


def _unwrapped(lines: list[str]) -> list[str]:
    """Lines broken at a width joined to paragraphs, each at the place of its first; other texts stay as they are."""
    # Half a word at the end of a line is sure to go on, even below a blank line.
    halved = set()
    for n, line in enumerate(lines):
        if line.rstrip().endswith(("-", "‐")):
            m = next((m for m in (n + 1, n + 2) if m < len(lines) and lines[m].strip()), n)
            before, after = line.split(), lines[m].lstrip()
            if m > n and FORM["left"].search(before[-1]) and len(before) > (1 if after[0].islower() else 4):
                halved.update({m} if after[0].isalnum() else ())
    low, high, least = (30, 120, 3) if len(halved) > 1 else (50, 90, 6)
    inner = [(a, b) for a, b in pairwise(lines) if low <= len(a) <= high and b.strip()]
    wrapped = sum(b.lstrip()[:1].islower() for _, b in inner) >= max(least, len(inner) / 2)
    if not (wrapped or halved):
        return lines
    parts: list[list[str]] = [[] for _ in lines]
    opened = 0
    for n, line in enumerate(lines):
        apart = not wrapped or not line.strip() or line[:1].isspace() or len(lines[n - 1]) < low
        opened = n if apart and n not in halved and (line.strip() or n + 1 not in halved) else opened
        parts[opened].append(line.strip())
    words = set(re.findall(r"[^\W_]+(?:-[^\W_]+)*", "\n".join(lines).lower()))
    return [glued(list(filter(None, pieces)), words) for pieces in parts]


def _repaired(n: int, line: str, cuts: list[Cut]) -> str:
    if GARBLED.search(line) or ESCAPED.search(line):
        import html

        import ftfy

        better = ftfy.fix_encoding(html.unescape(line)).replace("\u00a0", " ")
        if better != line and len(better.splitlines()) == 1:
            cuts.append(Cut(n, line.strip(), "broken encoding, repaired"))
            line = better
    if "<" in line and (tags := TAG.findall(line)):
        cuts.append(Cut(n, " ".join(tags), "stray tag"))
        line = re.sub(r"(?<=\S)  (?=\S)", " ", TAG.sub(lambda tag: " " if BLOCK.match(tag[0]) else "", line))
    if marks := CONTROL.findall(line):
        cuts.append(Cut(n, " ".join(f"U+{ord(mark):04X}" for mark in marks), "control characters"))
        line = CONTROL.sub("", line)
    return line


def _believe(page: Page, listed: Rules) -> None:
    """Keep what a rule would cut and may be a sentence of the article: by its place and company, not by its words."""
    doubts = {n for n, rule in page.rules.items() if rule and is_doubtful(page.lines[n], rule, listed)}
    sure, numbers = page.text(), [0, *page.lines, 0]
    told = {word.rstrip(".,;:’'") for n in sure for word in page.lines[n].split()} if doubts else set()
    sure = [n for n in sure if page.lines[n].count(" ") > 10] or sure or [0]
    # Prose below two lines of furniture is rather the page's own.
    cut = [bool(page.rules[n]) and n not in doubts for n in page.lines] if doubts else []
    for _ in range(3 * bool(doubts)):
        if len(sure) > 1 and sum(cut[numbers.index(sure[-2]) - 1 : numbers.index(sure[-1]) - 1]) > 1:
            sure.pop()
    for before, n, after in zip(numbers, numbers[1:], numbers[2:], strict=False) if doubts else ():
        if n in doubts:
            line, name = page.lines[n], furniture.AUTHOR.match(page.lines[n])
            beside = any(page.rules.get(m) and m not in doubts for m in (before, after))
            note = page.rules[n] in furniture.NOTES or listed.line(line)
            believed = beside or furniture.speaks(line, furniture.ADDRESS) or (note and not (name and name[1] in told))
            inside = sure[0] < n < sure[-1] and not (beside and furniture.speaks(line, furniture.TURNED))
            if inside or not believed:
                page.rules[n], page.prose[n] = "", n != page.heading and is_prose(line)


def _quoted_posts(page: Page) -> Ruled:
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


def _repeated(page: Page) -> Ruled:
    """A line that comes again; of a repeated sentence the first stays: losing it is the worse fault.

    Where most lines come three times or more, they are what the page is about, such as the meals of a week.
    """
    times, first = Counter(page.lines.values()), set()
    listed = sum(count for count in times.values() if count > 2) > max(8, len(page.lines) / 2)
    for n, line in page.lines.items() if len(times) < len(page.lines) and not listed else ():
        if times[line] > 1 and (line in first or not has_stop(line)):
            yield n, "repeated line"
        first.add(line)


def _captions(page: Page) -> Ruled:
    """A caption without a stop before its credit, a footnote below the text, the title of the browser's window."""
    last = max((n for n, sure in page.prose.items() if sure), default=0)
    for place, (n, line) in enumerate(page.lines.items()):
        short = len(line) <= (furniture.NOTICE if page.prose[n] else LONGEST)
        where = short and ("left" in line or "right" in line or "(L)" in line or "(R)" in line) and WHERE.search(line)
        text = not short or (place > 1 and page.prose[n] and not where)
        if text and (line[0] not in FIRST or len(line) > LONGEST):
            continue
        tail = _credit(line) if line[-1] in ")]" or not page.prose[n] else None
        words = line[: tail[0]] if tail else line
        where = where and n != page.heading and (_is_verbless(words) or (tail and len(list(sentences(words))) < 2))
        if where or (tail and (is_open(words) or NOMINAL.search(words) or _is_verbless(words))):
            yield n, "caption"
        elif place and n >= last - 8 and FOOTNOTE.match(line):
            yield n, "footnote"
        elif place < 2 and (titles := list(re.finditer(r" [|–—-] ", line))):
            others = {other.casefold() for m, other in page.lines.items() if m != n}
            if any(line[: match.start()].casefold() in others for match in titles):
                yield n, "page title"


def _is_verbless(words: str) -> bool:
    """Whether the words over a picture have no finite verb: none of a list, and none in s that could be one."""
    told = [word.strip(".,;:’'") for word in re.split(r" (?:as|while) ", words)[0].split()]
    pairs = [(before, word) for before, word in pairwise(["the", *told]) if word[:1].islower()]
    return not any(FINITE.fullmatch(word) and not DETERMINER.fullmatch(before) for before, word in pairs)


def _credit(line: str) -> tuple[int, int] | None:
    """Where the picture credit at the end of a line begins, with the space and bracket before it, and ends."""
    if has_stop(line) and line[-1] not in ")]":
        return None
    start = max(0, len(line) - 160)
    match = CREDIT.search(line[start:])
    return (len(line[: start + match.start()].rstrip(" ([")), len(line)) if match else None


def _above(page: Page) -> Ruled:
    """Lines of four words at most above the prose, save the longest of them, because headlines stand there."""
    first = min(page.text(), default=0)
    for n in page.open():
        if n < first and n != page.heading and page.lines[n].casefold().removeprefix("the ") in dates.SPELLED:
            yield n, "byline"
    top = [n for n in page.open() if n < first]  # without those lines, because each is ruled once it is yielded
    headline = page.heading or max(top, key=lambda n: len(page.lines[n].split()), default=0)
    for n in top:
        line, size = page.lines[n], len(page.lines[n].split())
        told = size == 4 and len(re.findall(r"(?<=\s)[a-z]{2,}", line)) > 1  # rather a headline than a section
        short = size <= 4 and not told and is_open(line) and not re.search(r"\d|,$", line)
        name = all(word.strip("(")[:1].isupper() for word in line.split())  # of a section or of the outlet
        if n != headline and short and not (size > 2 and UNFINISHED.match(line) and not name):
            yield n, "before the text"


def _below(page: Page) -> Ruled:
    """Short lines without a stop below the text, save the list or the unfinished sentence right under it."""
    last = max(page.text(), default=0)
    if not last:
        return
    stopped = (n for n in page.open() if n > last and re.search(r"[.!][”\"’')]*$", page.lines[n][-9:]))
    last = max(stopped, default=last)
    below = [n for n in page.lines if n > last]
    for n in below[_continued(page, last, below) :]:
        line = page.lines[n]
        short = len(line.split()) <= 14 and is_open(line.rstrip("?"))
        if short and not (page.rules[n] or is_row(line) or RESULT.search(line)):
            yield n, "after the text"


def _continued(page: Page, last: int, below: list[int]) -> int:
    """How many of the lines below the text go on with it: a list, a table, a sentence that nobody finished."""
    listing = page.lines[last].endswith(":")
    for count, n in enumerate(below):
        line = page.lines[n]
        bullets = any(BULLET.match(page.lines[m]) for m in below[count : count + 2])
        listing = listing or bullets or line.endswith((",", ";", ":"))
        alone = len(below) == 1 and len(line.split()) > 4
        unfinished = count == 0 and (alone or UNFINISHED.match(line) or VERB.search(line))
        result = any(RESULT.search(page.lines[m]) for m in below[count : count + 2])
        if page.rules[n] or not (listing or unfinished or result or is_row(line)):
            return count
    return len(below)


def _title_lists(page: Page) -> Ruled:
    """Titles one below the other, right under prose: of other stories, because a heading has text below it."""
    numbers = list(page.lines)
    text = page.text()
    first = text[0] if text else max(numbers, default=0)
    last = next((n for n in reversed(text) if page.lines[n][-1] != "?"), 0)

    def _is_story(n: int) -> bool:
        line = page.lines[n]
        text = page.prose[n] and n < last
        other = text or page.rules[n] or LISTED.match(line) or is_row(line) or line.endswith((",", ";"))
        words = not other and is_title(line) and len(re.findall(r"[^\W\d]+", line))
        return words >= 4 and not RESULT.search(line)

    for place, (before, n) in enumerate(pairwise(numbers), 1):
        if page.prose[before] and not page.prose[n] and n > first and not page.lines[before].endswith(":"):
            stories = list(takewhile(_is_story, numbers[place : place + 500]))
            yield from ((story, "related stories") for story in stories if len(stories) > 1)


def _beside(page: Page) -> Ruled:
    """Handles, titles of other stories, and what furniture encloses; a heading over prose stays."""
    lines, rules, prose, numbers = page.lines, page.rules, page.prose, list(page.lines)
    first = min(page.text(), default=max(numbers, default=0))
    capitals = any(lines[n].isupper() for n in numbers if n < first and not (prose[n] or rules[n]))
    for before, n, after in zip([0, *numbers], numbers, [*numbers[1:], 0], strict=False):
        if prose[n] or rules[n] or is_row(line := lines[n]) or (size := len(line.split())) > 16:
            continue
        above, below, listed = rules.get(before, ""), rules.get(after, ""), LISTED.match(line)
        over_stop = has_stop(lines.get(after, ""))
        between = prose.get(before) and prose.get(after) and not lines[before].endswith(":")
        reasons = (  # the first that holds decides
            ("handle", "forum chrome" in (above, below) and HANDLE.fullmatch(line)),
            ("", n < first),
            ("", above in LISTS and over_stop and not listed and size <= 8),
            ("related stories", above in LISTS),
            # Headings inside a text are short.
            ("related stories", between and size >= 7 and is_title(line) and not UNFINISHED.match(line)),
            ("related stories", line.isupper() and size >= 5 and not capitals and is_open(line)),
            ("between furniture", above and not over_stop and not listed and size >= 7 and is_open(line)),
        )
        if rule := next((rule for rule, holds in reasons if holds), ""):
            yield n, rule


def _cut_spans(lines: dict[int, str], prose: dict[int, bool], listed: Rules) -> Iterator[Cut]:
    """Cut datelines, credits, asides, sign-offs and slipped-in furniture out of the lines that stay, and yield them."""
    agency, asides = "", ASIDES
    # Datelines stand down to the second paragraph of prose; the agency that one names may sign the article.
    second = [n for n in islice(lines, 12) if prose[n]][:2][-1:] or [max(lines, default=0)]
    for n in islice(list(lines), 12):
        if n <= second[0] and not agency and (dateline := dates.dateline(lines[n])):
            yield from _cut(lines, n, "dateline", (0, dateline[1]))
            agency = dateline[0].agency
    if agency:
        sign_off = re.compile(rf"(?:(?<=[.!?”\"’)])\s+|^)\(?{re.escape(agency)}\)?$")
        asides = (*ASIDES, (sign_off, "sign-off", agency))
    for n, line in list(lines.items()):
        if line[-1:] in ")]" or not (prose[n] or has_stop(line)):
            ending = ENDING.search(line, max(0, len(line) - 160))
            rule = rule_of(ending[1], listed) if ending else ""
            aside = rule == "in brackets" and (len(ending[1].split()) > 4 or re.search(r"^.[a-z]+[ )]", ending[1]))
            if rule not in ("", "caption") and not aside and not is_doubtful(ending[1], rule, listed):
                yield from _cut(lines, n, rule, ending.span())
            if span := _credit(lines[n]):
                yield from _cut(lines, n, "caption credit", span)
    whole = "\n".join(lines.values())
    if "The post " in whole[-600:]:  # which a feed puts last
        asides = (*asides, (FEED, "feed note", ("The post ",)))
    for pattern, rule, signs in asides:
        held = [sign for sign in signs if sign in whole]
        for n in {n for sign in held for n, line in lines.items() if sign in line}:
            yield from _cut(lines, n, rule, *(match.span() for match in pattern.finditer(lines[n])))


def _cut_runs(lines: dict[int, str], n: int, repeated: Collection[str], *, whole: bool) -> Iterator[Cut]:
    """Cut out of a line the other stories in it and what other articles repeat, if not `whole` only beside prose."""
    yield from _cut(lines, n, "related stories", *(() if whole else runs.stories(lines[n])))
    for text in repeated:
        start, end = (at := lines[n].find(text)), at + len(text)
        if start >= 0 and (whole or is_prose(lines[n][:start].rstrip() + lines[n][end:])):
            yield from _cut(lines, n, "repeated across articles", (start, end))
    lines[n] = lines[n].strip()


def _cut(lines: dict[int, str], n: int, rule: str, *spans: tuple[int, int]) -> Iterator[Cut]:
    """Cut spans out of a line, the last one first, and with an aside the space before it."""
    for start, end in reversed(spans):
        line = lines[n]
        before = line[:start].rstrip() if rule in ("aside", "repeated across articles") else line[:start]
        lines[n] = before + line[end:] if before else line[end:].lstrip()
        yield Cut(n, line[len(before) : end], rule)
