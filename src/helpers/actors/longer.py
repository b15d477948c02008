"""Tell states and capitals from the longer names they are part of."""

from ..language.words import ENGLISH, is_headline
from .gazetteer import PATTERN, TITLES, WORDS
from .resolve import Atom

DAYS = [*ENGLISH["weekdays"], *ENGLISH["months"], *ENGLISH["short weekdays"], *ENGLISH["short months"]]
NO_NAME = frozenset([*TITLES, *DAYS])
PLAIN = frozenset([*NO_NAME, *WORDS["no part"]]) - {*WORDS["of a part"]}  # no part of the name beside it
OF = frozenset(f"{word} " for name in ("of a name", "ships", "hulls") for word in WORDS[name])
ORDINARY = frozenset([*ENGLISH["starters"], *WORDS["openers"]])
COMMON = PLAIN | {word.capitalize() for word in ORDINARY}
STATE, LONGER = frozenset([*WORDS["of the state"], *TITLES]) - {*WORDS["of a part"]}, frozenset(WORDS["longer words"])


def apart(text: str, atoms: list[Atom], lands: frozenset[str]) -> list[Atom]:
    """Leave out states and capitals that are part of a longer name: "Bank of China", "Spartak Moscow", "Paris Hilton".

    "Russian President" and "US Navy" are of the state. What stands before is a name if it is no word of every day.
    """
    gone, last = set(), 0
    for at, (start, end, surface, _) in enumerate(atoms):
        if surface in lands:
            behind = text[end : end + 2]
            tail = behind.isupper() and behind[0] == " "
            if behind == ", " and PATTERN["other land"].match(text, end):
                gone.add(at)
            space = text.rfind(" ", begin := start - 60 if start > 60 else 0, start - 1) + 1
            before = text[space or begin : start]
            before = "of " if before == "the " and text.endswith(" of the ", 0, start) else before
            if tail or before in OF or not before.islower():  # beside most stands nothing of a name
                led = before[-1:] == " " and last != start - 1 and before[:-1] not in COMMON
                led = led and (before[0].isupper() or "\n" in before)
                tail = tail and not (at + 1 < len(atoms) and atoms[at + 1].start == end + 1)
                told = before in OF and PATTERN["name of"].search(text, max(0, start - 28), start)
                quoted = before[-1:] in ("'", '"') and PATTERN["titled"].match(text, end)
                part = quoted or ((tail or led) and _is_part(text, atoms[at], tail=tail, led=led))
                if part or (told and (told["of"] or PATTERN["ship behind"].match(text, end))):
                    gone.add(at)
        last = end
    return [atom for at, atom in enumerate(atoms) if at not in gone] if gone else atoms


def _is_part(text: str, atom: Atom, *, tail: bool, led: bool) -> bool:
    """Whether the capitalised words before and behind make a longer name of a state or capital."""
    start, end = atom[:2]
    behind = PATTERN["tail"].match(text, end) if tail and text[start - 1 : start] != "-" else None
    words = behind[0].replace("'s", "").split() if behind else []
    owned = not STATE.isdisjoint(words)
    if not (owned or LONGER.isdisjoint(words)):
        return True
    if atom.meaning.via == "dem" or atom.surface.isupper() or "." in atom.surface:
        return False
    named = words and not owned and words[0] not in PLAIN and words[0][1:2].islower() and words[0][-1].isalpha()
    return bool(named or (led and is_name(text, start))) and not _in_headline(text, atom)


def is_name(text: str, at: int, *, opening: bool = False) -> bool:
    """Tell whether the capitalised word before a place is of a name; `opening` asks only for one opening a sentence.

    >>> is_name("Denzel Washington won.", 7), is_name("Since Washington won, he smiles.", 6)
    (True, False)
    """
    line = text[max(0, at - 60, text.rfind("\n", max(0, at - 60), at) + 1) : at - 1]
    before, _, word = line.rpartition(" ")
    word, last = word.lstrip("\"'("), before[-1:]
    if not opening and word[1:] == "." and word != "I." and before.rpartition(" ")[2].istitle():  # "Booker T."
        return True
    plain = word in PLAIN or word.endswith("'s") or word.rpartition("-")[2].islower()
    plain = plain or (word.isupper() and word not in WORDS["clubs"])
    if plain or not word[:1].isupper() or not word[-1].isalpha():
        return False
    if last.isalnum() or last in (",", ";") or (last == "." and before[-2:-1].isupper()):
        return not opening and before.rpartition(" ")[2] not in WORDS["telling"]
    low = word.lower()
    form = low.endswith(("ing", "ed", "ly")) and word not in WORDS["given"]
    # One that opens a sentence is none of every day, nor written small in the text: so far, or it is quadratic.
    return low not in ORDINARY and not form and f" {low} " not in text[:20_000]


def _in_headline(text: str, atom: Atom) -> bool:
    """Whether an atom stands in a line with the capitals of a headline, or in nothing but capitals."""
    start = max(text.rfind("\n", max(0, atom.start - 150), atom.start) + 1, atom.start - 150)
    line = text[start : atom.end + 150].partition("\n")[0]
    ended = len(line) == atom.end + 150 - start or line.rstrip(" \"')")[-1:] in (".", "!", "?")
    return not ended and (is_headline(line, min_words=4) or not PATTERN["prose"].search(line))
