"""Find the turns of a transcript: lines that open with who speaks and a colon, as interviews are printed."""

import re
from itertools import pairwise
from typing import NamedTuple

from .attribution import PATTERN

LINE = re.compile(r"[^\n]+")
TURN = re.compile(
    r"\s*(?P<who>[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|of|the|de|van|von|al|bin)){0,4})(?: \([^()\n]{2,40}\))?"
    r"(?::|(?<=\b[QA])\.)\s+(?P<what>[“\"‘'(\[]?[A-Z0-9…][^\n]*[.!?…”\"’)\]])\s*$"
)
ROLES = re.compile(PATTERN.any["turn roles"], re.IGNORECASE)
LABEL = re.compile(rf"\b{PATTERN.any['labels']}\b", re.IGNORECASE)
FACE_TO_FACE = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our|me|us)\b")


class Turn(NamedTuple):
    """What somebody says in a transcript, and the place of the words that name him."""

    start: int
    end: int
    who: tuple[int, int]


def turns(text: str) -> list[Turn]:
    """List the turns of a text in order, one a line: none unless two lines in a row are such.

    Somebody must speak twice, or ask as one with a role, or half of them speak of "I", "we" or "you", as no list does.

    >>> [text[slice(*turn.who)] for text in ["ANNA: Are you well?\\nBEN: I am."] for turn in turns(text)]
    ['ANNA', 'BEN']
    """
    if text.count(":") < 2 and "Q. " not in text:
        return []
    lines = list(LINE.finditer(text))
    found = [_turn(text, *line.span()) for line in lines]
    names = [text[slice(*turn.who)] for turn in found if turn]
    beside = {n for n, pair in enumerate(pairwise(found)) if all(pair)}
    heard = {text[slice(*turn.who)] for n, turn in enumerate(found) if turn and beside & {n - 1, n}}
    spoken = [turn for turn, name in zip(filter(None, found), names, strict=True) if name in heard]
    if not all(_is_name(text, turn, names) for turn in spoken):
        names = []  # "Pros: It is light.", "Cons: It breaks.", "Pros: It can be mended."
    spoken = [turn for turn in spoken if _is_name(text, turn, names)]
    again = len({text[slice(*turn.who)] for turn in spoken}) < len(spoken)
    facing = sum(bool(FACE_TO_FACE.search(text, turn.start, turn.end)) for turn in spoken)
    asked = any(text[turn.end - 1] == "?" and ROLES.fullmatch(text[slice(*turn.who)]) for turn in spoken)
    return spoken if len(spoken) > 1 and (again or asked or 2 * facing >= len(spoken)) else []


def _turn(text: str, start: int, end: int) -> Turn | None:
    """One line as a turn, None where it opens with no name: "Note: ", "Three things were missing: "."""
    opens = text.find(":", start, min(end, start + 80)) > 0 or text.startswith(("Q.", "A."), start)
    match = TURN.match(text, start, end) if opens else None
    return Turn(*match.span("what"), match.span("who")) if match and not LABEL.search(match["who"]) else None


def _is_name(text: str, turn: Turn, names: list[str]) -> bool:
    """Whether a label is a name: two words, capitals, a role, or one word that opens another line or ends a name."""
    name = text[slice(*turn.who)]
    full = " " in name or name.isupper() or names.count(name) > 1 or ROLES.fullmatch(name)
    return bool(full) or any(other.endswith(f" {name}") for other in names)
