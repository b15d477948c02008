"""What kind of line this is: page furniture by a listed rule or by its shape, prose, or a line that could be either."""

import re
from functools import lru_cache
from pathlib import Path
from time import thread_time
from typing import NamedTuple

from .. import InputError
from ..language import dates

PACKAGED = Path(__file__).parent / "data" / "furniture.yml"
STOPS = (".", "!", "?", "…", ":")
CLOSERS = ("”", '"', "’", "'", ")", "]", *"¹²³⁴⁵⁶⁷⁸⁹")
STOP = re.compile(r"[.!?…:][”\"’')\]]*(?:\[\d{1,3}\]|[¹²³⁴-⁹])*$")
# Who reports speech writes an article, not a notice; neither does a line that opens with a quotation mark.
REPORTED = re.compile(r"^[“\"‘']|\b(?:said|says|told|according to|added|asked|warned|wrote)\b")
ADDRESS = re.compile(r"\b(?:we|us|our|you|your|I|my|this is)\b", re.IGNORECASE)
# Most sentences open with one of these words and hardly a notice does.
PLAIN = re.compile(
    r"(?:The|An?|He|She|It|They|But|And|On|At|As|After|When|While|His|Her|Their|Its|In|That|If|Some|One|Two|Mr|Mrs|Ms|So|Yet"
    r"|Still|However|Meanwhile|Since|Last|Many|Most|Both|There|These|Those|Where|With|Under|Despite|During|Before|Asked)\b"
    r"|[“\"‘]"
)
# Characters: up to the first any line may be a notice, beyond the second only phrases are looked for, beyond the third
# a line is text.
NOTICE, SHORT, LONGEST = 120, 240, 300
_SEPARATOR = re.compile(r"\s*[|·•›»→▾▸]\s*|\s+>+\s+|\t+|\s{3,}")
_NAVIGATION = re.compile(
    r"(?<![\w-])(?:search|log.?in|sign.?in|menu|subscribe|contact|save|mail|print|shares?|font|comments?)\b",
    re.IGNORECASE,
)
_WEAK = re.compile(r"\s+[-–—/]\s+")
_INNER_STOP = re.compile(r"[.!?…][”\"’')\]]*\s")
_BARRED = re.compile(r"[|·•›»→▾▸>\t]|\s{2}|\s[-–—/]\s")
WORDS = re.compile(r"[a-z]{2,}")
_DIGIT = re.compile(r"\d")
_BRACKETED = re.compile(r"(?:\[[^\[\]]*\]|\([^()]*\)|【[^】]*】)")
_LABEL = re.compile(
    r"(?:by\b|(?:first )?published|updated?|posted|modified|source|last|thread|start|joined|since|date|on|at|edited"
    r"|issued|added|created|today|yesterday|staff|reporter|correspondent|desk|min|read|gmt|utc|local|time|hrs?|views?|replies)\b",
    re.IGNORECASE,
)


class Rule(NamedTuple):
    """A kind of furniture: its name, what a whole line matches, phrases that may stand within it, and an example."""

    rule: str
    pattern: str
    within: tuple[str, ...]
    example: str


class Rules(NamedTuple):
    """All listed rules: one expression with a group for each, the rule of each phrase, phrases by a word of them."""

    listed: tuple[Rule, ...]
    lines: re.Pattern[str]
    phrases: dict[str, str]
    words: dict[str, list[str]]

    def of(self, raw: str) -> "Rules":
        """The same rules with only the phrases that a text holds anywhere; a word of each is looked up first."""
        low = raw.lower()
        likely = self.words.keys() & set(WORDS.findall(low)) | {""}
        held = (phrase for word in likely for phrase in self.words.get(word, ()) if phrase in low)
        return self._replace(phrases={phrase: self.phrases[phrase] for phrase in sorted(held)})


def rules(own: Path | None = None) -> Rules:
    """The packaged rules, and behind them those of a `furniture.yml`: a list of rule, pattern or within, example.

    Raises InputError for a file that is no such list, a pattern that does not compile or misses its own example.
    """
    return _rules((*_packaged(), *(_listed(own) if own else ())))


@lru_cache
def _rules(listed: tuple[Rule, ...]) -> Rules:
    lines = re.compile("|".join(f"({rule.pattern})" for rule in listed), re.IGNORECASE)
    phrases = {phrase: rule.rule for rule in reversed(listed) for phrase in rule.within}
    words: dict[str, list[str]] = {}
    for phrase in phrases:
        # The last word may go on in the text, as "mistake" does in "mistakes".
        *whole, last = WORDS.findall(phrase) or [""]
        words.setdefault(max(whole or [last], key=len), []).append(phrase)
    return Rules(listed, lines, phrases, words)


def kind(line: str, known: Rules) -> str:
    """The rule by which a whole line is furniture, listed or by shape; "" for a line that may belong to the article.

    >>> [kind(line, rules()) for line in ("Advertisement", "War | World | Opinion", "Ships left the port.")]
    ['advertisement', 'navigation', '']
    """
    if is_plain(line):
        return ""
    short, sentence = len(line) <= SHORT, prose(line)
    if short and not (sentence and PLAIN.match(line)) and (found := known.lines.fullmatch(line)):
        return known.listed[found.lastindex - 1].rule
    if known.phrases and not REPORTED.search(line):
        low = line.lower()
        for phrase, rule in known.phrases.items():
            found = re.search(rf"(?<!\w){re.escape(phrase)}", low) if phrase in low else None
            if found and not _told_before(line[: found.start()]):
                return rule
    if short and not sentence and not is_row(line):
        for name, fits in SHAPES:
            if fits(line):
                return name
    return ""


def _told_before(line: str) -> bool:
    """Whether a sentence of the article stands before a phrase, one that speaks neither of us nor to you."""
    sentence = re.match(r".*[.!?][”\"’')]*\s", line)
    return bool(sentence) and len(sentence[0].split()) >= 6 and not ADDRESS.search(sentence[0])


def is_plain(line: str) -> bool:
    """Whether a line is text at first sight: very long, or longer than a notice and opening as sentences do."""
    return len(line) > LONGEST or (len(line) > NOTICE and bool(PLAIN.match(line)))


def prose(line: str) -> bool:
    """Whether a line is sure to be text: eight words or more, and a stop."""
    return ends(line) and len(line.split(None, 8)) >= 8


def ends(line: str) -> bool:
    """Whether a line ends with a stop, whatever closes behind it."""
    if line.endswith(STOPS):
        return True
    return line.endswith(CLOSERS) and bool(STOP.search(line, max(0, len(line) - 12)))


@lru_cache
def _packaged() -> tuple[Rule, ...]:
    return tuple(_listed(PACKAGED))


def _listed(path: Path) -> list[Rule]:
    import yaml

    try:
        found = [_rule(**row) for row in yaml.safe_load(path.read_text(encoding="utf-8-sig")) or []]
        for rule in found:
            if re.compile(rule.pattern).groups:
                raise InputError(f"{path}: rule '{rule.rule}' captures a group; write (?:...) instead of (...)")
            if path != PACKAGED and _slow(rule.pattern):
                raise InputError(f"{path}: rule '{rule.rule}' takes too long; nest no + or * in another")
            if kind(rule.example, _rules((rule,))) != rule.rule:
                raise InputError(f"{path}: rule '{rule.rule}' does not match its example '{rule.example}'; mend one")
    except InputError:
        raise
    except re.error as error:
        raise InputError(f"{path}: a pattern is no regular expression ({error}); mend or delete it") from None
    except (OSError, ValueError, TypeError, AttributeError, OverflowError, RecursionError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())[:120]
        raise InputError(f"{path}: not a list of rule, pattern, example ({reason}); see the README") from None
    return found


def _slow(pattern: str) -> bool:
    """Whether a pattern needs time that doubles with every letter, shown by lines a little longer each."""
    known = re.compile(pattern, re.IGNORECASE)
    for size in range(8, 40, 2):
        for probe in ("Ship number one left port this morning, bound north"[:size], "a" * size, "a " * size):
            start = thread_time()  # of this thread alone: a busy machine makes no pattern slow
            known.fullmatch(probe)
            if thread_time() - start > 0.05:
                return True
    return False


def _rule(rule: str, example: str, pattern: str = "(?!)", within: list[str] | None = None) -> Rule:
    phrases = [] if within is None else within
    texts = [rule, example, pattern, *phrases]
    if isinstance(within, str) or not all(isinstance(part, str) and part.strip() for part in texts):
        raise TypeError(f"rule '{rule}': write text, and within as a list")
    return Rule(rule, pattern, tuple(phrase.lower() for phrase in phrases), example)


def _is_stamp(line: str) -> bool:
    """A line that gives a day or an hour and little else: "Oct. 15, 2024 9:12 AM", "halyard62, 3 May 2021 · #2"."""
    if len(line) > 160 or not _DIGIT.search(line):
        return False
    found = dates.DATE.search(line)
    hours = dates.CLOCK.search(line)
    if not found and not hours:
        return False
    rest = dates.WEEKDAY.sub("", dates.CLOCK.sub(" ", dates.DATE.sub(" ", line)))
    if re.search(r"[.!?]\s+\w", rest):
        return False
    words = re.findall(r"[^\W\d_][\w’'-]*", rest)
    labels = sum(bool(_LABEL.fullmatch(word)) for word in words)
    if not words or (len(words) <= (3 if found else 1) + 2 * labels and not re.search(r"[.!?]\s*$", rest)):
        edge = not found or found.start() == 0 or found.end() == len(line) or re.search(r"[|·,:(►▶\[-]|\s{2}", line)
        return (
            not words
            or labels > 0
            or bool(found and hours)
            or bool(edge and re.search(r"[|·,(\[]|\s[-–—]\s|\s{2}", rest) and len(words) <= 6)
        )
    return bool(found and labels >= 2 and len(words) <= 14 and not re.search(r"[.!?]\s*$", rest))


def _is_bar(line: str) -> bool:
    """Short pieces between separators: "World | China | Russia", "War / Russia / China"."""
    if ends(line) or not _BARRED.search(line) or is_row(line):
        return False
    if re.search(r"\s{3,}", line) and not re.search(r"[|·•›»→▾▸]", line) and not _NAVIGATION.search(line):
        return False
    strong, weak = _SEPARATOR.split(line), _WEAK.split(line)
    parts = [part for part in (strong if len(strong) > 1 else weak) if part]
    most = 6 if len(strong) > 2 else 4
    if len(strong) == 1 and len(parts) == 2 and len(line.split()) > 5:
        return False
    return len(parts) > 1 and all(len(part.split()) <= most for part in parts)


def is_open(line: str) -> bool:
    """Whether no sentence ends in a line."""
    return not ends(line) and not _INNER_STOP.search(line, 4)


def is_title(line: str) -> bool:
    """Whether a line looks like a headline: sixteen words at most, a capital first, no stop but a question mark."""
    shape = line.lstrip("“\"‘'")[:1].isupper() and len(line.split()) <= 16 and not re.match(r"[A-Z ]+:", line)
    return shape and is_open(line.rstrip("?"))


def is_row(line: str) -> bool:
    """A row of a table: cells held apart by white space, one of them a number."""
    if line[:1] == "|" == line[-1:]:
        return True
    if "  " not in line and "\t" not in line:
        return False
    cells = re.split(r"\t+|\s{2,}", line)
    return (len(re.findall(r"\S {2,}(?=\w)", line)) > 1 and not _NAVIGATION.search(line)) or (
        len(cells) > 1 and any(re.fullmatch(r"[\W_]*\d[\d.,½¼¾–-]*\D{0,6}", cell) for cell in cells)
    )


def _is_bracketed(line: str) -> bool:
    """Nothing but brackets, and in them no sentence: "[Photo 1/6]", "(Meridian Washington desk)"."""
    inside = _BRACKETED.findall(line) if line[0] in "([【" else []
    if not inside or _BRACKETED.sub("", line).strip(" .,;|"):
        return False
    if re.fullmatch(r"\(\S*\d\S*\)", line):  # a headline may break before "(Ocean-2024)"
        return False
    return "=" not in line and not any(
        re.search(r"[.!?][”\"’]?[\])】]$", part) or len(part.split()) > 12 for part in inside
    )


def _is_doubled(line: str) -> bool:
    """The same words twice, as the picture and the title of a video leave them."""
    if ends(line):
        return False
    words = line.split()
    return len(words) > 3 and words[: len(words) // 2] == words[len(words) // 2 :]


SHAPES = (
    ("timestamp", _is_stamp),
    ("navigation", _is_bar),
    ("in brackets", _is_bracketed),
    ("repeated line", _is_doubled),
)
