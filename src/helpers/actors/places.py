"""Whether a capital in the text is its government or only a place."""

import re

# A capital is a place after these words, unless it owns what follows ("in Moscow's view").
IN = frozenset(
    "in at near outside around across through inside leave leaves left leaving depart departs departed reach reached "
    "enter entered visit visits visited visiting central downtown northern southern eastern western greater via".split()
)
MOVED = re.compile(
    r"\b(?:visit|trip|travel(?:s|l?ed|l?ing)?|flew|flies|fly|flight|flying|arriv\w+|went|going|been|came|comes?|coming|"
    r"return\w*|journey\w*|way|back|invit\w+|summon\w+|head(?:ed|ing)|drove|sail\w+|rush\w+|tour|mission|move[ds]?|road|"
    r"train)\b(?:[^.,;]{0,50}\bto|[^.;]{0,90}, to) $"
)
AWAY = re.compile(
    r"\b(?:km|miles?|kilometres?|kilometers?|hours?|flew|flies|flight|flying|arriv\w+|return\w*|back|travel(?:l?ed)?|"
    r"came|train|departed?|report\w*|moved?|live|home|away|far|road|journey|trip)\b[^.,;]{0,30} from $"
)
AFTER = re.compile(
    r"-based| (?:airport|streets?|session|time|region|suburbs?|hotel|metro|zoo|square|office|state|"
    r"University|Institute|Airport|Zoo|Hotel|State|Square|Street)\b"
)
OUT = re.compile(r"\b(?:(?:streets|outskirts|city|centre|center|mayor|suburbs?|north|south|east|west) of|capital,?) $")
SITE = re.compile(r"'s? (?:[a-z]+ )?(?:streets?|airports?|hotels?|suburbs?|squares?|university|[A-Z]\w+)")
# "A Delhi lawyer" lives there; "a Beijing official" speaks for it.
SPEAKS = re.compile(
    r" (?:official|spokes\w+|envoy|diplomat|delegation|representative|statement|source|aide|advis|insider|minister|"
    r"ally|order|decree|\w+-)"
)
TO = re.compile(r" to [A-Z]")


def is_place(text: str, start: int, end: int) -> bool:
    """Whether the capital at these offsets is only a place there.

    >>> text = "Moscow said so. They met in Moscow."
    >>> is_place(text, 0, 6), is_place(text, 28, 34)
    (False, True)
    """
    if AFTER.match(text, end):
        return True
    before = text[max(0, start - 100) : start]
    words = before[-24:].split()
    word = words[-1] if words and before[-1:].isspace() else ""
    if text.startswith("'", end):
        return word.lower() in IN and bool(SITE.match(text, end))
    if word.lower() in ("a", "an"):
        return text.startswith(" ", end) and not SPEAKS.match(text, end)
    ways = {"to": MOVED.search(before), "from": AWAY.search(before) or TO.match(text, end)}
    return word.lower() in IN or bool(ways.get(word, OUT.search(before)))
