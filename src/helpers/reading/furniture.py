"""Tell page furniture by a line's words or shape: by a listed rule, as a stamp, a bar or a bracket; or tell prose."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from math import prod
from pathlib import Path
from time import thread_time
from typing import Any, NamedTuple

from .. import InputError
from ..language import dates
from ..language.words import any_of, lists, stands
from .columns import DATA, read_yaml

PACKAGED = DATA / "furniture.yml"
ANY = {name: any_of(words) for name, words in lists(DATA / "words.txt").items()}
STOPS, CLOSERS = frozenset(".!?…:"), frozenset("”\"’')]¹²³⁴⁵⁶⁷⁸⁹")
STOP = re.compile(r"[.!?…:][”\"’')\]]*(?:\[\d{1,3}\]|[¹²³⁴-⁹])*$")
REPORTED = re.compile(rf" {ANY['reported']}\b")
ADDRESS = re.compile(rf"\b{ANY['address']}\b", re.IGNORECASE)
TURNED = re.compile(rf"(?:^|[.!?:…]\W+){ANY['imperative']}\b|\b{ANY['house']}\b", re.IGNORECASE)
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
PLAIN = re.compile(rf"{ANY['opening']}\b|[“\"‘]")
PAGE, OWNED = re.compile(rf"{ANY['page']}\b"), re.compile(ANY["owned"])
AUTHOR = re.compile(r"\W*(?:[A-ZÀ-Ž][\w.’'-]*\s)*([A-ZÀ-Ž][\w’-]{2,})(?= (?:is|was|joined|teaches|covers|writes)\b)")
QUOTES = frozenset("“\"‘'")
HEADS = frozenset(lists(DATA / "words.txt")["heads"])
NOTES = {"about the author", "credits", "call to readers"}  # rules believed above and below the text only
RESULT = re.compile(ANY["result"])
# Characters: up to the first a line may be a notice, beyond the second only phrases count, beyond the third it is text.
NOTICE, SHORT, LONGEST = 120, 240, 300
_SEPARATOR = re.compile(r"\s*[|·•›»→▾▸]\s*|\s+>+\s+|\t+|\s{3,}")
_NAVIGATION = re.compile(rf"(?<![\w-]){ANY['navigation']}\b", re.IGNORECASE)
_WEAK = re.compile(r"\s+[-–—/]\s+")
_INNER_STOP = re.compile(r"[.!?…][”\"’')\]]*\s")
_BARS = (*"|·•›»→▾▸>\t", "  ", *(f" {dash} " for dash in "-–—/"))
_SHAPED = re.compile(r"[\d|·•›»→▾▸>(\[【\s-](?<! )|[ ]\s| [–—/] ")
_COMMON = ("this", "have", "your", "about", "with")
_WORD = re.compile(r"[a-z]{4,}")
_BRACKETED = re.compile(r"(?:\[[^\[\]]*\]|\([^()]*\)|【[^】]*】)")
_LABEL = re.compile(rf"{ANY['label']}\b", re.IGNORECASE)


class Rule(NamedTuple):
    """A kind of furniture: its name, what a whole line matches, phrases that may stand within it, and an example."""

    rule: str
    pattern: str
    within: tuple[str, ...]
    example: str


class Rules(NamedTuple):
    """All listed rules, what tells the first that a whole line matches, the rule of each phrase, phrases by a word."""

    listed: tuple[Rule, ...]
    line: Callable[[str], str]
    phrases: dict[str, str]
    words: dict[str, list[str]]

    def of(self, raw: str) -> "Rules":
        """Keep only phrases that occur in `raw`, so that lines are tested against a few."""
        low = raw.lower()
        likely = (self.words.keys() & _WORD.findall(low)) | {""}
        held = (phrase for word in likely for phrase in self.words.get(word, ()) if phrase in low)
        return self._replace(phrases={phrase: self.phrases[phrase] for phrase in sorted(held)})


def rules(path: Path | None = None) -> Rules:
    """The packaged rules, and behind them those of a `furniture.yml`: a list of rule, pattern or within, example.

    Raises InputError for a file that is no such list, a pattern that does not compile or misses its own example.
    """
    return _rules((*_packaged(), *(_listed(path) if path and stands(path) else ())))


@lru_cache
def _rules(listed: tuple[Rule, ...]) -> Rules:
    # Matching is the slowest step of reading, and faster where no letter's case is looked at.
    cased = [bool(re.search("[A-Z]|-i", re.sub(r"\\.", "", rule.pattern))) for rule in listed]
    groups = [[n for n, case in enumerate(cased) if case == flag] for flag in (False, True)]
    joined = ["|".join(f"({listed[n].pattern})" for n in group) or "(?!)" for group in groups]
    finders = re.compile(joined[0]).fullmatch, re.compile(joined[1], re.IGNORECASE).fullmatch

    @lru_cache(10_000)  # the same furniture stands around many articles
    def _line(text: str) -> str:
        found = zip(groups, (finders[0](text.lower()), finders[1](text)), strict=True)
        first = min((group[match.lastindex - 1] for group, match in found if match), default=-1)
        return "" if first < 0 else listed[first].rule

    phrases = {phrase: rule.rule for rule in reversed(listed) for phrase in rule.within}
    words: dict[str, list[str]] = {}
    for phrase in phrases:
        # The last word may go on in the text, as "mistake" does in "mistakes".
        *whole, last = _WORD.findall(phrase) or [""]
        words.setdefault(max(whole or [last], key=lambda word: (word not in _COMMON, len(word))), []).append(phrase)
    return Rules(listed, _line, phrases, words)


def rule_of(line: str, rules: Rules, sentence: bool | None = None) -> str:
    """The name of the rule, listed or of shape, by which a line is furniture; "" for a line that may be text.

    `sentence` is what `is_prose` says of the line, where that is known.

    >>> [rule_of(line, rules()) for line in ("Advertisement", "War | World | Opinion", "Ships left the port.")]
    ['advertisement', 'navigation', '']
    """
    short, sentence = len(line) <= SHORT, is_prose(line) if sentence is None else sentence
    plain = sentence and (PLAIN.match(line) or is_reported(line)) and not _is_of_page(line)
    if short and not plain and (rule := rules.line(line)):
        return rule
    if rules.phrases and (phrase := _phrase(line, rules)):
        return rules.phrases[phrase]
    return _shape(line) if short and not sentence else ""


@lru_cache(10_000)
def _shape(line: str) -> str:
    """The name of the shape by which a line is furniture; "" without one."""
    shapes = () if is_row(line) else SHAPES if _SHAPED.search(line) else SHAPES[-1:]
    return next((name for name, fits in shapes if fits(line)), "")


def _phrase(line: str, rules: Rules) -> str:
    """The first phrase of a notice that stands in a line; "" without one."""
    low = line.lower()
    for phrase in rules.phrases:
        match = re.search(rf"(?<!\w){re.escape(phrase)}", low) if phrase in low else None
        if match and not is_reported(line) and not _ends_a_story(line[: match.start()]):
            return phrase
    return ""


def is_doubtful(line: str, rule: str, rules: Rules) -> bool:
    """Whether a line that a rule would cut may be a sentence of the article: it does not turn to the reader.

    >>> [is_doubtful(line, "newsletter", rules()) for line in ("Subscribe now!", "Few subscribe now, it seems.")]
    [False, True]
    """
    call, author = rule == "call to readers", rule == "about the author"
    small = len(re.findall(r" [a-z]{2,}", line)) > 1  # words: names and hours end with stops too
    sentence = small and has_stop(line) and line.count(" ") > 2 and line[-1] != ":"
    if line in HEADS or not (call or author or sentence or rule in rules.phrases.values()):
        return line in HEADS
    told = has_stop(line) or not re.search(r"[\d|·:]", line)
    phrase = "" if rules.line(line) and not call else _phrase(line, rules)
    note = author or (not phrase and sentence and not re.search(r"[:;©|(\[@]", line))
    if call or note or (told and 0 < 2 * len(phrase) < len(line)):
        return not speaks(line, TURNED) or (call and not phrase and "@" not in line)
    return False


def speaks(line: str, how: re.Pattern[str]) -> bool:
    """Whether a line turns to its reader as a pattern tells, outside of quotations."""
    return bool(how.search(QUOTED.sub("", line)))


def _ends_a_story(before: str) -> bool:
    """Whether a sentence of the article stands before a phrase, one that speaks neither of us nor to you."""
    sentence = re.match(r".*[.!?][”\"’')]*\s", before)
    told = bool(sentence) and len(sentence[0].split()) >= 6
    return told and not (ADDRESS.search(sentence[0]) or TURNED.search(sentence[0]))


def is_reported(line: str) -> bool:
    """Whether a line reports what somebody said; a quotation mark in front makes no notice either."""
    return line[0] in QUOTES or bool(REPORTED.search(line))


def is_plain(line: str) -> bool:
    """Whether a line is text at first sight: very long, or longer than a notice and opening as sentences do."""
    if len(line) > LONGEST:
        return len(line) > 2 * LONGEST or not OWNED.match(line)
    return len(line) > NOTICE and bool(PLAIN.match(line)) and not (_is_of_page(line) or "subscriber" in line)


def _is_of_page(line: str) -> bool:
    """Whether a line speaks of its own page, so that it may be a notice however it opens."""
    return line.startswith("The post ") or ("his " in line and bool(PAGE.search(line)))


def is_prose(line: str) -> bool:
    """Whether a line is sure to be text: eight words or more, and a stop."""
    end = line[-1:]
    return (end in STOPS or (end in CLOSERS and has_stop(line))) and line.count(" ") > 6


def has_stop(line: str) -> bool:
    """Whether a line ends with a stop, whatever closes behind it."""
    end = line[-1:]
    return end in STOPS or (end in CLOSERS and bool(STOP.search(line, max(0, len(line) - 12))))


def is_open(line: str) -> bool:
    """Whether no sentence ends in a line."""
    return not has_stop(line) and not _INNER_STOP.search(line, 4)


def is_title(line: str) -> bool:
    """Whether a line looks like a headline: sixteen words at most, a capital first, no stop but a question mark."""
    shape = line.lstrip("“\"‘'")[:1].isupper() and len(line.split()) <= 16 and not re.match(r"[A-Z ]+:", line)
    return shape and is_open(line.rstrip("?"))


def is_row(line: str) -> bool:
    """Whether a line is a row of a table: cells held apart by white space, one of them a number."""
    if line[:1] == "|" == line[-1:]:
        return True
    if "  " not in line and "\t" not in line:
        return False
    cells = re.split(r"\t+|\s{2,}", line)
    return (len(re.findall(r"\S {2,}(?=\w)", line)) > 1 and not _NAVIGATION.search(line)) or (
        len(cells) > 1 and any(re.fullmatch(r"[\W_]*\d[\d.,½¼¾–-]*\D{0,6}", cell) for cell in cells)
    )


@lru_cache
def _packaged() -> tuple[Rule, ...]:
    return tuple(_listed(PACKAGED))


def _listed(path: Path) -> list[Rule]:
    """The rules of a file, each held to its example; those of the package by its tests, because that takes long."""
    try:
        listed = [_rule(**row) for row in read_yaml(path) or []]
        for rule in listed if path != PACKAGED else ():
            if re.compile(rule.pattern).groups:
                raise InputError(f"{path}: rule '{rule.rule}' captures a group; write (?:...) instead of (...)")
            if _is_slow(rule.pattern):
                raise InputError(f"{path}: rule '{rule.rule}' takes too long; let no + or * meet another")
            if rule_of(rule.example, _rules((rule,))) != rule.rule:
                raise InputError(f"{path}: rule '{rule.rule}' does not match its example '{rule.example}'; mend one")
    except InputError:
        raise
    except re.error as error:
        raise InputError(f"{path}: a pattern is no regular expression ({error}); mend or delete it") from None
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        reason = " ".join(str(error).split())[:120]
        raise InputError(f"{path}: not a list of rule, pattern, example ({reason}); see the README") from None
    return listed


@lru_cache
def _is_slow(pattern: str) -> bool:
    """Whether the time for a line grows faster than with its square, shown on lines of what the pattern repeats."""
    if prod(int(least) or 1 for least in re.findall(r"\)\{(\d+)", pattern)) > 10_000:
        return True
    # Without the second branch no line is looked into before it is as long as all that the first asks for.
    known, tree = re.compile(f"(?:{pattern})|", re.IGNORECASE), re._parser.parse(pattern, re.IGNORECASE)
    letters = "".join(dict.fromkeys("a1 .,:'“|/-éя中" + pattern))[:24]
    lines = {line for one in letters for turn in range(4) for line in _repeated(tree, one + letters, turn)}
    tried = (line[:size] + "1 z\0" for line in sorted(lines) for size in (*range(1, 32), *range(32, len(line), 8)))
    return any(all(_lasts(known, line) for _ in range(3)) for line in tried)


def _lasts(known: re.Pattern[str], line: str) -> bool:
    start = thread_time()  # of this thread alone: a busy machine makes no pattern slow
    known.fullmatch(line)
    return thread_time() - start > 0.005


def _repeated(tree: Any, letters: str, turn: int, before: str = "") -> Iterator[str]:
    """Yield lines in which each repetition of a parsed pattern goes on to the end, and last what matches all of it."""
    for kind, of in tree:
        name, whole = str(kind), before
        if re.search("REPEAT|SUBPATTERN|BRANCH|ASSERT|ATOMIC", name):
            inner = of[1] if name == "BRANCH" else [of] if name == "ATOMIC_GROUP" else of[-1:]
            ways = [[*_repeated(way, letters, turn, before)] for way in inner]
            yield from (line for lines in ways for line in lines)
            whole = before if "ASSERT" in name else ways[turn % len(ways)][-1]
        else:
            one = re._parser.SubPattern(tree.state, [(kind, of)])
            whole += chr(of) if name == "LITERAL" else next(filter(re._compiler.compile(one, 2).fullmatch, letters), "")
        if name.endswith("REPEAT"):
            part = whole[len(before) :]
            yield (before + part * SHORT)[:SHORT]
            whole = before + part * min(max(of[0], 1), SHORT)
        before = whole[:SHORT]
    yield before


def _rule(rule: str, example: str, pattern: str = "(?!)", within: list[str] | None = None) -> Rule:
    texts = [rule, example, pattern, *(within or [])]
    if isinstance(within, str) or not all(isinstance(text, str) and text.strip() for text in texts):
        raise TypeError(f"rule '{rule}': write text, and within as a list")
    return Rule(rule, pattern, tuple(phrase.lower() for phrase in texts[3:]), example)


def _is_stamp(line: str) -> bool:
    """Whether a line gives a day or an hour and little else: "Oct. 15, 2024 9:12 AM", "halyard62, 3 May 2021 · #2"."""
    if len(line) > 160 or not re.search(r"\d", line):
        return False
    day, hour = dates.DATE.search(line), dates.CLOCK.search(line)
    if not day and not hour:
        return False
    rest = dates.WEEKDAY.sub("", dates.CLOCK.sub(" ", dates.DATE.sub(" ", line)))
    words = re.findall(r"[^\W\d_][\w’'-]*", rest)
    if re.search(r"[.!?]\s+\w", rest) or (words and re.search(r"[.!?]\s*$", rest)):
        return False  # a sentence
    labels = sum(bool(_LABEL.fullmatch(word)) for word in words)
    # Beside a day may stand a name of three words, beside an hour one word, and two words more with each label.
    if len(words) > (3 if day else 1) + 2 * labels:
        return bool(day) and labels >= 2 and len(words) <= 14
    if not words or labels or (day and hour):
        return True
    edge = not day or day.start() == 0 or day.end() == len(line) or re.search(r"[|·,:(►▶\[-]|\s{2}", line)
    return bool(edge and re.search(r"[|·,(\[]|\s[-–—]\s|\s{2}", rest))


def _is_bar(line: str) -> bool:
    """Whether a line is short pieces between separators: "World | China | Russia", "War / Russia / China"."""
    if has_stop(line) or not any(map(line.__contains__, _BARS)) or is_row(line) or RESULT.search(line):
        return False
    if re.search(r"\s{3,}", line) and not re.search(r"[|·•›»→▾▸]", line) and not _NAVIGATION.search(line):
        return False
    strong, weak = _SEPARATOR.split(line), _WEAK.split(line)
    parts = [part for part in (strong if len(strong) > 1 else weak) if part]
    most = 6 if len(strong) > 2 else 4
    if len(strong) == 1 and len(parts) == 2 and len(line.split()) > 5:
        return False
    return len(parts) > 1 and all(len(part.split()) <= most for part in parts)


def _is_bracketed(line: str) -> bool:
    """Whether a line is nothing but brackets, no sentence in them: "[Photo 1/6]", "(Meridian Washington desk)"."""
    inside = _BRACKETED.findall(line) if line[0] in "([【" else []
    if not inside or _BRACKETED.sub("", line).strip(" .,;|"):
        return False
    if re.fullmatch(r"\(\S*\d\S*\)", line):  # a headline may break before "(Ocean-2024)"
        return False
    sentence = any(re.search(r"[.!?][”\"’]?[\])】]$", part) or len(part.split()) > 12 for part in inside)
    return "=" not in line and not sentence


def _is_doubled(line: str) -> bool:
    """Whether a line is the same words twice, as the picture and the title of a video leave them."""
    words = line.split()
    half = len(words) // 2
    return len(words) > 3 and words[:half] == words[half:] and not has_stop(line)


SHAPES = (
    ("timestamp", _is_stamp),
    ("navigation", _is_bar),
    ("in brackets", _is_bracketed),
    ("repeated line", _is_doubled),
)
