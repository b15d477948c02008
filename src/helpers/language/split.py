"""Split body text into paragraphs, sentences and words, as character offsets."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from .words import ENGLISH

if TYPE_CHECKING:
    import numpy as np

PARAGRAPH = re.compile(r"[^\n]+")
WORD = re.compile(r"[^\W_]+(?:[.'’‑-][^\W_]+)*+")
# One regular expression finds every place where a sentence could end; what stands before and after it decides.
# The stop comes first, which is what a search is quick to look for, and a sentence may be glued to the one before it.
CANDIDATE = re.compile(r"[.!?…](?<![.!?…][.!?…])[.!?…]*+[”\"’')\]]*+(?:\s++(?=\S)|(?=[“‘(]?[^\W\d_a-z]))")
# A heading inside a text, or words under a picture: ten words at most without a stop, between two lines of prose.
HEADING = re.compile(
    r"(?<=[.!?…”\"’)]\n)(?![•*–—-]|\d+[.)])[“‘\"]?[^\W\na-z](?:\S*[^\S\n]){0,9}\S*(?<![.!?…:;,])[”\"’)]?\n(?![a-z])[^\n]{60}"
)
# Sentences of somebody who writes without capital letters, five in a text, and those of others.
SMALL, LARGE = re.compile(r"[.!?](?<=[a-z]{2}.)\s+[a-z]"), re.compile(r"[.!?]\s+[A-Z]")
# A number or letter that counts the items of a list, at the start of a sentence; the first of them also after a colon.
LISTED = re.compile(
    r"(?:[•*–—-]\s*)?[(\[]?(?:\d{1,3}(?:\.\d{1,2})*|[A-Za-z]|(?=[ivxIVX])(?:x*(?:ix|iv|v?i{0,3})|X*(?:IX|IV|V?I{0,3})))[)\]]?"
    r"|.*:\s*[(\[]?[1aAiI]|.*;\s*[(\[]?(?:\d{1,2}|[a-zA-Z]|[ivx]+)"
)
# After an abbreviation such as "U.S." a capital letter starts a new sentence only in a word like these.
STARTERS = frozenset(ENGLISH["starters"])
_SHORT = ("abbreviations", "short months", "courtesies", "short ranks")
ABBREVIATIONS = frozenset(word.lower() for name in _SHORT for word in ENGLISH[name])
ENDINGS = frozenset(ENGLISH["endings"])


class Sentence(NamedTuple):
    """One sentence: the number of its paragraph, and where it starts and ends in the text."""

    para: int
    start: int
    end: int


def sentences(text: str) -> Iterator[Sentence]:
    """Yield every sentence of a text, in order; no sentence crosses a line, and a heading inside a text is none.

    >>> [(s.para, "He met Lt. Gen. Li. He left."[s.start:s.end]) for s in sentences("He met Lt. Gen. Li. He left.")]
    [(0, 'He met Lt. Gen. Li.'), (0, 'He left.')]
    """
    careless = len(SMALL.findall(text)) > 4
    for para, line in enumerate(PARAGRAPH.finditer(text)):
        start = line.start()
        if HEADING.match(text, start):
            continue
        small = careless and len(SMALL.findall(line[0])) > len(LARGE.findall(line[0]))
        for found in CANDIDATE.finditer(text, line.start(), line.end()):
            if _ends(text, start, found, small=small):
                end = found.end() - _opens(text, line.start(), found.end() - 1)
                yield from _trimmed(text, para, start, end)
                start = end
        yield from _trimmed(text, para, start, line.end())


def words(text: str) -> list[str]:
    """List the words of a text as written; hyphens, apostrophes and inner points hold a word together.

    >>> words("The U.S.-led drill wasn’t long.")
    ['The', 'U.S', 'led', 'drill', 'wasn’t', 'long']
    """
    return WORD.findall(text)


def count(text: str) -> int:
    """Count the words of a text: as many as `words` finds, at four times its speed on an article."""
    if len(text) < 400:
        return len(WORD.findall(text))
    import numpy as np

    letters, joins = _tables()
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
    if codes.max() >= len(letters):
        return len(WORD.findall(text))
    inside = letters[codes]
    starts = int(inside[0]) + int((inside[1:] > inside[:-1]).sum())
    # One hyphen, apostrophe or point between two letters holds them together.
    return starts - int((joins[codes[1:-1]] & inside[:-2] & inside[2:]).sum())


@lru_cache
def _tables() -> tuple["np.ndarray", "np.ndarray"]:
    """For each code point below the Asian scripts: is it a letter or digit, does it join two of them?"""
    import numpy as np

    codes = [chr(code) for code in range(0x3000)]
    return tuple(np.array([test(code) for code in codes]) for test in (str.isalnum, ".'’‑-".__contains__))


def _ends(text: str, start: int, found: re.Match[str], *, small: bool) -> bool:
    """Whether the sentence from `start` ends at this candidate; the next may begin with a small letter."""
    after = WORD.search(text, found.end(), found.end() + 60)
    if after is None or text[found.end()] in ",;:":
        return False
    word = after[0]
    if not (word[0].isupper() or word[0].isdigit() or small):
        return not word[0].islower()
    token = text.rfind(" ", start, found.start()) + 1 or start
    short = found.start() - token < 8 and found.start() - start < 300
    counts = short and LISTED.fullmatch(text, start, found.start())
    if counts or not (found[0][-1].isspace() or _begins(text, found)):
        return False
    if text[found.start()] != "." or text[found.start() : found.start() + 2] == "..":
        return True
    before = re.search(r"[\w.’']+$", text[max(0, found.start() - 20) : found.start()])
    last = before[0].lower() if before else ""
    if last in ABBREVIATIONS:
        return word.lower() in STARTERS and last in ("etc", "inc", "corp", "ltd", "co", "a.m", "p.m")
    initial = (len(last) == 1 and last.isalpha()) or re.fullmatch(r"(?:\w\.)+\w", last)
    return not initial or word.lower() in STARTERS


def _opens(text: str, line: int, mark: int) -> bool:
    """Whether a plain quotation mark that a capital follows opens a quotation: none before it in its line is open."""
    if text[mark] != '"':
        return False
    before = text.rfind('"', line, mark)
    return before < 0 or (before > line and not text[before - 1].isspace())


def _begins(text: str, found: re.Match[str]) -> bool:
    """Whether a sentence begins right behind a stop, without a space; none in a name, an address or a file's name."""
    left = re.search(r"\S*$", text[max(0, found.start() - 40) : found.start()])[0]
    right = re.match(r"[“‘(]?((?:[A-Z]\.){2,}|[^\W\d_]++)(?![(@/_]|\.\w)", text[found.end() : found.end() + 40])
    last = re.search(r"[^\W_]*[)\]%”’]?$", left)[0]
    if not (last and right) or re.search(r"[@/\\_=]|www\.", left) or right[1].lower() in ENDINGS:
        return False
    starter = right[1].lower() in STARTERS
    if len(right[1]) == 1:
        return starter and len(last) > 1 and text[found.end() + right.end() :][:1].isspace()
    if starter or last.lower() in STARTERS:
        return True
    if last[0].isupper():  # "St.Petersburg", "Yu.Petrov", "Yahoo!Japan"
        return len(last) > 3 and not last[-1].isupper() and found[0] != "!"
    return len(last) > 1 + last.isalpha() and not last[-1].isupper()


def _trimmed(text: str, para: int, start: int, end: int) -> Iterator[Sentence]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        yield Sentence(para, start, end)
