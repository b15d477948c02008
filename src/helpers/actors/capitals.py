"""Read runs of capitalised words: where a sentence may hold a name, and what stands around it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from ..language.words import ENGLISH, Patterns, any_of, is_headline, lists

LISTS = lists(Path(__file__).parent / "data" / "names.txt")
KNOWN = {name: frozenset(words) for name, words in LISTS.items()}
PATTERN = Patterns(LISTS)
FIRST = KNOWN["men"] | KNOWN["women"] | KNOWN["both"]
# The one name of a state or body for each other way to write it.
SAME = dict(one.split("=")[::-1] for name in ("states", "short bodies") for one in LISTS[name] if "=" in one)
STATES = frozenset(one.split("=")[0] for one in LISTS["states"])
BODIES = KNOWN["bodies"] | {one.split("=")[0] for one in LISTS["short bodies"]}
PLACES = STATES | KNOWN["places"] | KNOWN["short places"]
LISTED = STATES | KNOWN["places"] | BODIES | SAME.keys()
ADJECTIVES = KNOWN["demonyms"] | {f"{one}s" for one in KNOWN["demonyms"]} | KNOWN["party"]
OF_PLACES = PLACES | ADJECTIVES
HEADS, PLACE_HEADS, THINGS, MATTERS = (KNOWN[name] for name in ("heads", "place heads", "thing heads", "matters"))
# May is a name too, and so are those that stand for a month behind their point alone.
DAYS = frozenset(day for name in ("weekdays", "months", "short weekdays") for day in ENGLISH[name])
DAYS = (DAYS | {f"{day}s" for day in DAYS}) - {"May", "Sun", "Sat", "Wed"}
MONTHS, TITLES = frozenset(ENGLISH["short months"]), KNOWN["person titles"] - MATTERS | {"Press", "Justice"}
PEOPLES = ADJECTIVES - KNOWN["place firsts"]
NO_NAMES, PARTIES = TITLES | MATTERS | ADJECTIVES, KNOWN["party"] | KNOWN["parties"]
LEADS, ENDS = TITLES | KNOWN["crowns"], HEADS | PLACE_HEADS | THINGS
OPENERS = KNOWN["openers"] | {word.capitalize() for word in ENGLISH["starters"]}
CAPITAL = r"[^\W\d_a-zß-öø-ÿāăąćčďđēęěğīįıłńňōőœŕřśşšţťūůűųźżžșț]"
POINTED = any_of(
    "Jr Sr St Mt Ft Inc Corp Ltd Co Bros Dr Mr Mrs Ms Prof Sens? Reps? Govs? Gen Lt Col Capt Sgt Maj Adm Rev".split()
)
TOKEN = re.compile(
    rf"(?<![\w@#])(?:{POINTED}\.|(?:[A-Z]\.){{2,}}|[A-Za-z\d][\w-]{{0,62}}+\.(?:com|org)\b(?!/)|[A-Z]\.(?=\s?[A-Z]|\s(?:and|&)\s)|"
    rf"(?:(?:al|el|ar|as|an|ash|ad|ul)-|d'|o'|de|di|du|la|van)?{CAPITAL}\w*(?:'(?!s\b|re\b|ve\b|ll\b|d\b|m\b)\w+|[-‐‑&]\w+)*)"
)
SMALL, INNER = re.compile(r"\b[a-z]{2,}\b"), re.compile(rf"(?<=[a-z,;] ){CAPITAL}[\w-]*")
# No words of names: tags of parties, what two words were made of, parts of addresses.
BROKEN = re.compile(r"[DRI]-[A-Z].*|.*-(?:to|and|versus|in|for|by)-.*|.*[a-zA-Z]\d+[a-zA-Z].*|.*n't|[A-Z]")
ADDRESS = re.compile(r"\.\w+/(?:\S*/)?$")
PARTICLES = any_of(KNOWN["particles"])
PARTICLE = re.compile(rf" (?:{PARTICLES} ){{1,3}}")
LED = re.compile(
    rf"\b((?:{any_of(KNOWN['particles'] - {'la', 'le', 'y', 'av', 'af', 'zu', 'ten', 'do', 'den', 'ter'})} ){{1,3}})$"
)
LINK = re.compile(r" (?:of|for|on)(?: the| an?)? | in | at |,? (?:and|&) |, ")
PATTERN["inside"] = re.compile(rf", {any_of(sorted(map(re.escape, {*PLACES, *SAME}), key=len, reverse=True))}(?![\w-])")
LISTING = frozenset([", ", " and ", ", and ", " or ", " and the ", ", the "])
OPENING = " \"'([«•-–—*"

Token = tuple[int, int, str]  # start, end, word


@dataclass(slots=True)
class Spot:
    """A run of capitalised words, by offsets of its sentence, later of its article, and what stands around it.

    title stands before it, opens: it begins the sentence. Before it stands the: an article; spoken: a verb of saying;
    said: that, or "by"; posted: the word for a person; firm: for a body; placed: "in" and the like. Behind it stands
    speaks: a verb of saying; acts: another, or a word for its people; told: who it is; inside: where; nearby, thing: a
    word for places, for things.
    """

    start: int
    end: int
    text: str
    words: tuple[str, ...]
    title: str
    opens: bool
    the: bool
    spoken: bool
    said: bool
    posted: bool
    firm: bool
    placed: bool
    speaks: bool
    acts: bool
    told: bool
    inside: bool
    nearby: bool
    thing: bool
    bracketed: bool = False  # stands in brackets behind the one before
    beside: "Spot | None" = None  # the one before or behind it in a list
    doc: str = ""
    sent: int = 0
    key: str = ""
    actor: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        self.said |= self.speaks
        self.placed |= self.inside or self.nearby


class Vocabulary:
    """How a corpus writes its words: in small letters, with a capital inside a sentence, two capitals in a row."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.small: Counter[str] = Counter()
        self._middle: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        for text in texts:
            self.small.update(SMALL.findall(text))
            self._middle.update(INNER.findall(text))
            found = [match for match in TOKEN.finditer(text) if match.start() > 1]
            self._pairs.update((a[0], b[0]) for a, b in pairwise(found) if b.start() - a.end() == 1)

    def is_common(self, word: str) -> bool:
        """Tell whether a word is one of the language and no name."""
        if word in MATTERS:
            return True
        if word in FIRST or word.lower() in KNOWN["particles"] or word in PLACES or word in ADJECTIVES:
            return False
        low, middle = self.small[word.lower()], self._middle[word]
        formed = word.endswith(("tion", "ment", "ity", "ics", "ance", "ence", "ism", "ing", "ship", "logy", "ies"))
        return low > middle / 4 or (formed and middle <= 5)

    def begins(self, word: str, behind: str) -> bool:
        """Tell whether the first word of a sentence is of a name; `behind` is the capitalised word behind it, or ""."""
        led = word.rstrip(".") in LEADS or (behind and word.lower() in KNOWN["particles"])
        if led or (behind and (f"{word} {behind}" in LISTED or self._is_pair(word, behind))):
            return True
        if word in OPENERS or word.lower() in KNOWN["posts"]:
            return word in FIRST and bool(behind) and not self.is_common(behind) and behind not in LISTED
        low, inside = self.small[word.lower()], self._middle[word]
        if word in OF_PLACES or (word in FIRST and (behind or not low)):
            return True
        if not word[1:].islower():
            return low <= inside or not word.isalpha() or word.isupper()
        # An unseen word may be an adverb, a participle, or "Herders".
        return inside > low if low or inside else not word.endswith(("ly", "ing", "ed", *["s"] * (not behind)))

    def _is_pair(self, word: str, behind: str) -> bool:
        """Whether two words that open a sentence are of one name: "Climate Reality", but not "Yesterday Exxon"."""
        if word in KNOWN["function"]:
            return False
        both = self.is_common(word) and self.is_common(behind) and not word.endswith("ly")
        return self._pairs[word, behind] > (word in OPENERS) or (both and word not in KNOWN["adverbs"])


def is_title_case(sentence: str) -> bool:
    """Tell whether a sentence is in capitals or a headline, whose capitals tell nothing; a list of names is none."""
    if sentence.isupper():
        return True
    words = sentence.split()
    if (sentence.count(",") > 1 and sentence.count(",") * 4 > len(words)) or not is_headline(sentence, min_words=4):
        return False
    return sentence.rstrip(" \"'")[-1:] not in ".?!" or not KNOWN["function"].isdisjoint({*words[1:]} - {"The", "A"})


def read(sentence: str, vocabulary: Vocabulary) -> list[Spot]:
    """List the runs of capitalised words in a sentence (with plain quotation marks) that may be names.

    >>> [spot.text for spot in read("On Monday Prime Minister Ada Holm met the Bank of Sweden.", Vocabulary([]))]
    ['Ada Holm', 'Bank of Sweden']
    """
    parts = [part for run in _runs(sentence, vocabulary) for part in _untitled(run)]
    found = list(_linked(sentence, parts, vocabulary))
    for one, two in pairwise(found):
        gap = sentence[one.end : two.start]
        two.bracketed = bool(PATTERN["bracket"].fullmatch(gap))
        if gap in LISTING:
            one.beside, two.beside = two, one
    for spots in (found, found[::-1]):  # of "in Lund, Malmö and Kiruna" all are places
        for one, two in pairwise(spots):
            if two.beside is one or one.beside is two:
                two.placed = two.placed or one.placed or one.text in PLACES
    return found


def _tokens(text: str) -> Iterator[Token]:
    """Capitalised words; "Trump-backed" without its tail, "Russia-China" as two."""
    for match in TOKEN.finditer(text):
        start, end, word = match.start(), match.end(), match[0]
        if text.startswith("/", start - 1) and ADDRESS.search(text, max(0, start - 60), start):
            continue
        if "-" in word[1:]:
            parts = word.split("-")
            while len(parts) > 1 and parts[-1] in KNOWN["tails"]:
                end -= len(parts.pop()) + 1
            if len(parts) == 2 and all(one in OF_PLACES or one in SAME for one in parts):
                yield start, start + len(parts[0]), parts[0]
                start, parts = start + len(parts[0]) + 1, parts[1:]
            word = "-".join(parts)
        yield start, end, word


def _runs(text: str, vocabulary: Vocabulary) -> list[list[Token]]:
    """The tokens in runs, without days and words that no name holds."""
    runs: list[list[Token]] = []
    tokens, joined, first = list(_tokens(text)), False, len(text) - len(text.lstrip(OPENING))
    for at, (start, end, word) in enumerate(tokens):
        last, before = tokens[at - 1] if at else (0, 0, ""), start
        while before > first and text[before - 1] == " ":
            before -= 1
        opens = before <= first or (text[before - 1] in '.?!:"(' and last[1] != before)
        ahead = text[end : tokens[at + 1][0]] if at + 1 < len(tokens) else ""
        behind = tokens[at + 1][2] if ahead == " " or PARTICLE.fullmatch(ahead) else ""
        ended = last[2].endswith(".") and len(last[2]) > 2 and word in OPENERS  # "… Jr. All of them"
        month = word == "May" and (
            text[end : end + 2].strip().isdigit()
            or not (last[2] in FIRST or bare(last[2]) in TITLES or behind or text[end : end + 1] == "'")
        )
        if ended or month or _is_none(word, text[end : end + 3]) or (opens and not vocabulary.begins(word, behind)):
            joined = False
            continue
        gap = text[last[1] : start]
        if joined and (gap == " " or PARTICLE.fullmatch(gap) or (gap in ("'s ", "' ") and last[2] in KNOWN["whose"])):
            runs[-1].append((start, end, word))
        else:
            runs.append([(start, end, word)])
        joined = True
    return runs


def _is_none(word: str, behind: str) -> bool:
    """Whether a word is never in a name: a day, a short word, a tag, "Dec. 5"."""
    if word in DAYS or (word.capitalize() in KNOWN["function"] and word not in SAME) or word.partition("-")[0] in DAYS:
        return True
    return bool(BROKEN.fullmatch(word)) or (word in MONTHS and behind[:2] == ". " and behind[2:].isdigit())


def bare(word: str) -> str:
    """Give a word without the point of an abbreviation, which "U.S." keeps."""
    return word.rstrip(".") if word.count(".") == 1 else word


def _untitled(run: list[Token]) -> Iterator[tuple[list[Token], str]]:
    """A run in its names, each with the title before it: "EPA Administrator Ann Lee" are two."""
    words = [bare(token[2]) for token in run]
    if len(run) == 2 and words[1] == "Administration" and words[0] not in OF_PLACES | MATTERS:  # of a president
        run, words = run[:1], words[:1]
    if len(run) == 2 and words[0] in PEOPLES and words[1].isupper() and len(words[1]) > 1:
        run, words = run[1:], words[1:]
    if len(run) == 2 and words[1].isupper() and words[1] in LISTED and words[0] not in LISTED | ADJECTIVES:  # Trump EPA
        yield from ((run[:1], ""), (run[1:], ""))
        return
    if len(run) > 1 and (parts := _listed(run, PLACES) or _listed(run, BODIES)):
        yield from ((part, "") for part in parts)
        return
    if len(run) > 1 and words[0] in PEOPLES and " ".join(words) not in LISTED and " ".join(words[1:]) in LISTED:
        run, words = run[1:], words[1:]
    ends = words[-1] in ENDS
    title = max((at for at, word in enumerate(words[:-1]) if word in TITLES), default=-1)
    name = title + 1 and (not ends or words[title] in KNOWN["courtesies"] or words[title + 1] in FIRST)
    if name and not (title and words[title - 1] in FIRST):
        yield from _before(run[:title])
        title += 1
        while len(run) - title > 2 and words[title] in MATTERS:  # Chief Justice, Deputy Energy Secretary
            title += 1
        if len(words) - title > 1 or words[-1] not in MATTERS:
            yield run[title:], words[title - 1]
    elif words[-1] in TITLES - {"Justice", "Press"} and not (len(run) > 1 and words[0] in FIRST):
        yield from _before(run[:-1])
    else:
        yield from _parted(run, words, ends)


def _parted(run: list[Token], words: list[str], ends: bool) -> Iterator[tuple[list[Token], str]]:
    """A run without titles in its names: "AP Ann Lee", "House Republicans"."""
    given = 0 if ends else next((at for at, word in enumerate(words[1:-1], 1) if word in FIRST), 0)
    if given and " ".join(words[: given + 1]) not in LISTED and all(map(_is_apart, words[:given])):
        yield from _before([token for token in run[:given] if bare(token[2]) not in MATTERS])
        yield run[given:], ""
    elif len(run) > 1 and words[-1] in PARTIES and (" ".join(words[:-1]) in LISTED or words[-2] in ("House", "Senate")):
        yield run[:-1], ""
        yield run[-1:], ""
    else:
        yield run, ""


def _is_apart(word: str) -> bool:
    """Whether a word before a first name is none of the name: an acronym, an adjective, what an office is of."""
    return word in ADJECTIVES or word in MATTERS or (word.isupper() and len(word) > 1) or word in KNOWN["places"]


def _before(run: list[Token]) -> Iterator[tuple[list[Token], str]]:
    """The names in what stands before a title, without words that belong to that."""
    run = list(run)
    while run and (bare(run[-1][2]) in TITLES or bare(run[-1][2]) in ADJECTIVES):
        run.pop()
    if any(bare(word) not in NO_NAMES for *_, word in run):
        yield from _untitled(run)


def _listed(run: list[Token], known: frozenset[str]) -> list[list[Token]]:
    """A run that is known names one behind the other, as in a chart, in parts; else empty."""
    parts, at = [], 0
    while at < len(run):
        sizes = (
            size
            for size in (3, 2, 1)
            if at + size <= len(run) and " ".join(token[2] for token in run[at : at + size]) in known
        )
        size = next(sizes, 1 if f"{run[at][2]}." in known else 0)
        if not size:
            return []
        parts.append(run[at : at + size])
        at += size
    return parts if len(parts) > 1 else []


def _linked(text: str, parts: list[tuple[list[Token], str]], vocabulary: Vocabulary) -> Iterator[Spot]:
    """Runs joined over "of", "for", "on" and "and" where they are one name."""
    at, first = 0, len(text) - len(text.lstrip(OPENING))  # where the first word begins, behind marks
    while at < len(parts):
        run, title = parts[at]
        start, end, names = run[0][0], run[-1][1], [word for *_, word in run]
        while at + 1 < len(parts) and not title and not parts[at + 1][1]:
            behind, gap = parts[at + 1][0], text[end : parts[at + 1][0][0][0]]
            if not LINK.fullmatch(gap) or not _goes_on(names, gap, [bare(word) for *_, word in behind], vocabulary):
                break
            names += [*gap.split(), *(word for *_, word in behind)]
            end, at = behind[-1][1], at + 1
        at += 1
        yield _spot(text, start, end, title, first)


def _goes_on(names: list[str], gap: str, behind: list[str], vocabulary: Vocabulary) -> bool:
    """Whether a name goes on behind a small word."""
    link, last, whole = gap.split(maxsplit=1)[0], bare(names[-1]), " ".join(names)
    common = lambda words: all(map(vocabulary.is_common, words))  # noqa: E731
    linked = not {"of", "for", "on"}.isdisjoint(names)
    if link in ("of", "for", "on") and (whole in BODIES or whole in STATES):
        return link == "of" and last in HEADS and " ".join(behind) in PLACES  # the Supreme Court of Tasmania
    if link == "of":
        return last in HEADS or last in THINGS or last in KNOWN["of heads"] or (linked and common([last]))
    if link == "for":
        return last in HEADS or last in KNOWN["for heads"] or (len(names) == 1 and common([last, *behind]))
    if link == "on":
        return last in KNOWN["on heads"] and behind[0] not in FIRST and " ".join(behind) not in LISTED
    if link in ("in", "at", ","):  # the University of Alabama in Huntsville
        ours = names[0] == "University" and (link == "at" or last in KNOWN["places"])
        return ours and " ".join(behind) in KNOWN["places"]
    listed = " ".join([*names, *gap.split(), *behind]) in LISTED
    return listed or link == "&" or (not gap.startswith(",") and _is_one(names, behind, linked, vocabulary))


def _is_one(names: list[str], behind: list[str], linked: bool, vocabulary: Vocabulary) -> bool:
    """Whether "and" stands inside one name: Food and Drug Administration, Department of Health and Human Services."""
    last, common = bare(names[-1]), vocabulary.is_common
    if " ".join(names) in LISTED or " ".join(behind) in LISTED:
        return False
    matter = behind[-1] in MATTERS and last not in FIRST and last not in PLACES
    ended = last in HEADS and not (last in MATTERS and len(names) > 1)
    if len(behind) > 1 and behind[-1] in HEADS | KNOWN["projects"] and not (ended and len(names) > 1):
        # The Bill and Melinda Gates Foundation; the Securities and Exchange Commission.
        if len(names) == 1 and (
            (last in FIRST and behind[0] in FIRST) or (ended and (common(behind[0]) or behind[0] in HEADS))
        ):
            return True
        givers = len(behind) > 2 and behind[-1] in KNOWN["givers"] and not any(map(common, [*names, *behind[:-1]]))
        inner = all(common(word) or word in ADJECTIVES for word in [last, *behind[:-1]])
        if givers or (inner and not (len(names) > 1 and names[0] in FIRST)):
            return True
    open_ = linked or (names[0] in ("House", "Senate") and len(names) > 1)
    topical = not KNOWN["topical"].isdisjoint(names) and not {last, behind[0]} & FIRST
    # The Council on Rivers and Coasts, the Union of Painters and Allied Trades.
    several = len(behind) < 3 and (behind[-1].endswith("s") or (topical and len(behind) == 1))
    return open_ and (matter or (not ended and ((several and linked) or all(map(common, [last, *behind])))))


def _spot(text: str, start: int, end: int, title: str, first: int) -> Spot:
    led = LED.search(text, max(0, start - 20), start)
    if led:  # "de Blasio" with its particle
        start = led.start()
    before, after = text[max(0, start - 60) : start], text[end : end + 40]
    if PATTERN["theirs"].match(after):  # "the Obama administration"
        before = before.removesuffix("the ").removesuffix("The ")
    words = tuple(bare(one.strip(",")) for one in text[start:end].split())
    around = _ahead(before.split()[-4:] if before.endswith(" ") else []) | _behind(after)
    return Spot(start, end, text[start:end], words, title, start <= first, **around)


def _ahead(words: list[str]) -> dict[str, bool]:
    """What the words before a name say of it."""
    the = bool(words) and words[-1] in ("the", "The")
    *_, two, one = ["", "", *(words[:-1] if the else words)]
    said, person = one in KNOWN["said"], one in KNOWN["posts"] or one.endswith(("ologist", "ician"))
    by = one in ("by", "By") or (two, one) == ("according", "to")
    placed = one.lower() in KNOWN["placing"] or (one == "of" and two in KNOWN["place words"])
    posted = not the and (person or (one == "is" and two in ("he", "she")))
    firm = not the and one in KNOWN["firms"]
    spoken, said = said and not the, said or by
    return {"the": the, "spoken": spoken, "said": said, "posted": posted, "firm": firm, "placed": placed}


def _behind(text: str) -> dict[str, bool]:
    """What stands behind a name and says something of it."""
    found = dict.fromkeys(("speaks", "acts", "told", "inside", "nearby", "thing"), False)
    names = {" ": ("speaks", "acts", "nearby", "thing"), ",": ("speaks", "told", "inside"), "'": ("speaks", "acts")}
    return found | {name: bool(PATTERN[name].match(text)) for name in names.get(text[:1], ())}
