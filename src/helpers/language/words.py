"""Read word lists from data files, and know words as every room needs them: plain marks, spelling, headlines."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

MARKS = dict(zip("’‘\u02bc\u2032\uff07“”\u00a0\u2009\u202f\u2007\u200a", "'''''\"\"     ", strict=True))
MARKS |= dict(zip("\u2002\u2003\u2005\u2006–\u2010\u2011", "    ---", strict=True))
HIDDEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # soft hyphens and joints of no width
# And repeated blanks, but not those a line begins with.
UNSEEN = re.compile(rf"([ {HIDDEN}](?:(?<=\S  )[ ]*|(?<=[{HIDDEN}])[{HIDDEN}]*))")


def lists(path: Path) -> dict[str, list[str]]:
    """Read the word lists of a data file: a name, a colon and words on each line, `_` for a blank, `#` for a comment.

    A name that stands on several lines has the words of all of them.
    """
    found: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        name, colon, words = line.partition(":")
        if colon and not line.startswith("#"):
            found.setdefault(name, []).extend(word.replace("_", " ") for word in words.split())
    return found


def stands(path: Path, home: Path | None = None) -> bool:
    """Tell whether a file stands in the folder of a corpus (`home`, or its own), and is no link to one outside it."""
    within = not path.is_symlink() or path.resolve().is_relative_to((home or path.parent).resolve())
    return path.is_file() and within


def pairs(written: Iterable[str]) -> dict[str, str]:
    """Split words written as `one=other`.

    >>> pairs(["grey=gray", "tyre=tire"])
    {'grey': 'gray', 'tyre': 'tire'}
    """
    return dict(word.rpartition("=")[::2] for word in written)


def any_of(words: Iterable[str]) -> str:
    """Write a group that matches any of the words, each of which may be part of an expression.

    >>> any_of(["says?", "said"])
    '(?:says?|said)'
    """
    return f"(?:{'|'.join(words)})"


class Patterns(dict[str, re.Pattern[str]]):
    """The lists of a data file as patterns that match any word of one, each compiled when it is first asked for.

    In a word, `{name}` stands for any word of the list of that name above, or for what is given by it; `any` has them
    as text.
    """

    def __init__(self, lists: dict[str, list[str]], **given: str) -> None:
        self.any = given
        for name, words in lists.items():
            self.any[name] = re.sub(r"\{([a-z ]+)\}", lambda match: self.any[match[1]], any_of(words))

    def __missing__(self, name: str) -> re.Pattern[str]:
        self[name] = re.compile(self.any[name])
        return self[name]


ENGLISH = lists(Path(__file__).parent / "data" / "words.txt")
BRITISH, SPELLINGS = pairs(ENGLISH["british"]), pairs(ENGLISH["spellings"])
AMERICAN = {re.compile(pattern): american for pattern, american in pairs(ENGLISH["american"]).items()}


def fold(text: str) -> str:
    """Make quotation marks, dashes and spaces plain, one for one, so that offsets hold.

    >>> fold("“China’s”")
    '"China\\'s"'
    """
    if not text.isascii():
        for mark, plain in MARKS.items():  # far faster than str.translate
            text = text.replace(mark, plain)
    return text


def squeezed(text: str) -> tuple[str, Callable[[int], int]]:
    """Take repeated blanks and marks that no one sees out of a text; the function says where a place was before.

    >>> text, before = squeezed("Xi  Jinping")
    >>> text, before(3)
    ('Xi Jinping', 4)
    """
    if "  " not in text and (text.isascii() or not any(mark in text for mark in HIDDEN)):
        return text, int
    parts = UNSEEN.split(text)  # what stays, what goes, in turn
    places = list(accumulate(map(len, parts[:-1:2])))
    gone = list(accumulate(map(len, parts[1::2]), initial=0))
    return "".join(parts[::2]), lambda at: at + gone[bisect_right(places, at)]


@lru_cache(maxsize=200_000)
def spelled(word: str) -> str:
    """Write a word in small letters as Americans spell it; rules overreach where that harms nothing.

    >>> [spelled(word) for word in ("Defence", "organised", "labour", "centres", "our")]
    ['defense', 'organized', 'labor', 'centers', 'our']
    """
    low = BRITISH.get(word.lower(), word.lower())
    if 4 < len(low) < 40:
        for pattern, american in AMERICAN.items():
            low = pattern.sub(american, low)
    return low


def spellings(phrase: str) -> list[str]:
    """Write a phrase in British and American spelling with plain quotation marks; the spelling given comes first.

    Unlike `spelled` this keeps capitals and goes both ways, so it knows only the words of names.

    >>> spellings("Russia’s Defence Ministry")
    ["Russia's Defence Ministry", "Russia's Defense Ministry"]
    """
    found = [fold(phrase)] if phrase else []
    found += [f"The {one[4:]}" for one in found if one.startswith("the ")]
    for british, american in SPELLINGS.items():
        found += [one.replace(british, american) for one in found if british in one]
        found += [one.replace(american, british) for one in found if american in one]
    return list(dict.fromkeys(found))


def is_headline(sentence: str, *, min_words: int = 5) -> bool:
    """Tell whether most longer words begin with a capital, of which there are `min_words` or more.

    The sentiment models were trained with five; who looks for names knows a headline by four that end without a stop.

    >>> is_headline("Xi Gives Putin the Cover That He Came For"), is_headline("Xi met Putin in the city of Kazan.")
    (True, False)
    """
    capitals = [word[0].isupper() for word in sentence.split() if len(word) > 3]
    return len(capitals) >= min_words and sum(capitals) > 0.65 * len(capitals)
