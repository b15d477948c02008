"""Who a speaker is: the words that name one resolved to an actor, through pronouns and second mentions."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..language import speech as voice
from ..language import split
from . import mentions as actors

PERSONAL = re.compile(r"(?:he|she|his|her|who)\b", re.IGNORECASE)
NEUTRAL = re.compile(r"its?\b", re.IGNORECASE)
PLURAL = re.compile(r"(?:they$|the (?:two|pair)\b|both\b)", re.IGNORECASE)
LEADERS = re.compile(
    r"(?:both|two|pair|leaders|presidents|ministers|officials|generals|diplomats|chiefs|men|women)$", re.IGNORECASE
)
STATES = re.compile(r"\b(?:countries|nations|states|governments|capitals)$")
# Who may speak as "the Chinese leader" once named: not people of another state.
PEOPLE = {
    "leader",
    "general",
    "minister",
    "president",
    "official",
    "chief",
    "premier",
    "diplomat",
    "commander",
    "envoy",
}
# A name that has one of these behind it is the head of its phrase: "Dong in Beijing", not "a Beijing scholar".
BEHIND = re.compile(
    r"$|[,;(]| (?:and|or|in|at|on|of|for|from|with|by|who|himself|herself|itself|through|during|also)\b"
)
SIDE = re.compile(r"(?:[’']s?)? (?:side|government|authorities|leadership|administration|delegation|cabinet)\b")
WITHIN = re.compile(
    r"\b(?:in|at|of|for|from|with|to|by|near|on|than)(?: (?:the|an?|his|her|its|their|one|both))?(?: [a-z-]+)? $"
)
VOICE_OF = re.compile(
    r"\b(?:spokes\w+|representative|statements?|communiqu\w+|readout|press service|government|press release|"
    r"authorities) "
    r"(?:for|of|from|at|by|in|with) (?:the )?$",
    re.IGNORECASE,
)
OBJECT = re.compile(
    r"\b(?:with|to|by|of|from|for|than|against|between|told|met|meets?|meeting|and|under|at|in|on|over) "
    r"(?:(?:the|an?|his|her|its|their|then|new|old|visiting|counterpart|colleague|minister|president|leader|foreign|"
    r"defen[cs]e|prime|chief|[A-Z][\w’-]*) ){0,4}$"
)
CORE = re.compile(r",|\(| (?:in|at|of|for|from|with|to|by|near|on|who|which|that)\b")
DETERMINED = re.compile(r"(?:the|this|that|his|her|its|their)\s", re.IGNORECASE)
CATAPHORA = re.compile(r"(?:Although|Though|While|After|Before|As|When|Since|If|Even as)\b[^,]*?\Z")
BLOCS = {"alliance", "bloc", "union", "group", "organisation", "organization", "grouping", "forum"}
REACH = 14  # sentences back in which the one a pronoun stands for is looked for


class _Scene(NamedTuple):
    """One article: its text, sentences that can hold an antecedent, and the actors the outlet itself names in it."""

    text: str
    sentences: list[tuple[int, int]]
    named: list[actors.Mention]
    nested: list[actors.Mention]
    kinds: Mapping[str, str]


class _Said(NamedTuple):
    """A speaker resolved: where, to whom, and whether that is a person."""

    at: int
    name: str
    person: bool
    head: str


def find(text: str, spans: list[voice.Span], named: list[actors.Mention], kinds: Mapping[str, str]) -> list[str]:
    """The speaker of each span: an actor, several joined by "+", else the words that name one, else "".

    `named` are the article's mentions, `kinds` the kind of each actor. A pronoun stands for the last person, or body,
    that spoke or opened a sentence; "the trader" for the trader who spoke before; lines without a stop, as headings
    and captions are, name nobody.
    """
    quoted = [(span.start, span.end) for span in spans if span.voice == "quoted"]
    free = [m for m in named if not m.nested and m.via != "loc" and not any(a <= m.start < b for a, b in quoted)]
    sentences = [(s.start, s.end) for s in split.sentences(text) if text[s.end - 1] in '.!?”"’:…»']
    scene = _Scene(text, sentences, free, [m for m in named if m.nested or m.via == "dem"], kinds)
    history: list[_Said] = []
    names: dict[tuple[int, int], str] = {}
    for cue in sorted({span.speaker for span in spans if span.speaker}):
        said = _resolved(scene, *cue, history)
        names[cue] = said.name
        history.append(said)
    return [names.get(span.speaker, "") for span in spans]


def _resolved(scene: _Scene, start: int, end: int, history: list[_Said]) -> _Said:
    words = scene.text[start:end]
    if PERSONAL.match(words) or NEUTRAL.match(words):
        return _antecedent(scene, start, words, history) or _Said(start, words, bool(PERSONAL.match(words)), "")
    if PLURAL.match(words) and (words.lower() == "they" or LEADERS.search(words) or STATES.search(words)):
        return _pair(scene, start, words) or (
            history[-1]._replace(at=start) if history else _Said(start, words, False, "")
        )
    if found := list(dict.fromkeys(m.actor for m in _heads(scene, start, end))):
        person = len(found) == 1 and scene.kinds.get(found[0]) == "person"
        return _Said(start, "+".join(found), person, "")
    core = CORE.split(words)[0].split()
    head = core[-1].lower() if core else ""
    if DETERMINED.match(words):
        for said in reversed(history):
            if said.head == head:
                return said._replace(at=start)
        if actor := _described(scene, start, head) or (head in PEOPLE and _national(scene, start, end, history)):
            return _Said(start, actor, scene.kinds.get(actor) == "person", head)
    return _Said(start, words, not head.endswith("s"), head)


def _heads(scene: _Scene, start: int, end: int) -> Iterator[actors.Mention]:
    """The mentions that a speaker's words are about, without those that only say whose or where."""
    inside = [m for m in scene.named if start <= m.start and m.end <= end]
    for number, m in enumerate(inside):
        after, before = scene.text[m.end : end], scene.text[start : m.start]
        follows = inside[number + 1] if number + 1 < len(inside) else None
        if (
            follows
            and follows.start <= m.end + 2
            and scene.kinds.get(follows.actor) == "person"
            and "," not in after[:1]
        ):
            continue
        state = scene.kinds.get(m.actor) not in ("person", "media")
        if not (BEHIND.match(after) or (state and SIDE.match(after))):
            continue
        lead = before and WITHIN.search(before)
        if lead and lead.start() > 0 and not (state and VOICE_OF.search(before)):
            continue
        yield m


def _described(scene: _Scene, at: int, head: str) -> str:
    """The actor that a second mention such as "the ministry" or "the alliance" stands for, "" for none."""
    for m in reversed(scene.named[: bisect_right(scene.named, at, key=lambda m: m.start)]):
        if head in m.surface.lower().split() or (head in BLOCS and scene.kinds.get(m.actor) == "bloc"):
            return m.actor
    return ""


def _pair(scene: _Scene, at: int, words: str) -> _Said | None:
    """The two that "both leaders" or "the two countries" stand for: those last named, in the order of their names."""
    state = bool(STATES.search(words))
    if not (state or LEADERS.search(words)):
        return None
    before = scene.named[: bisect_right(scene.named, at, key=lambda m: m.start)]
    kind = "state" if state else "person"
    last = list(dict.fromkeys(m.actor for m in reversed(before) if scene.kinds.get(m.actor) == kind))[:2]
    return (
        _Said(at, "+".join(reversed(last)), False, "")
        if len(last) == 2 and not words.lower().startswith("they")
        else None
    )


def _national(scene: _Scene, start: int, end: int, history: list[_Said]) -> str:
    """The person of a state that "the Chinese leader" stands for: the last who spoke and is of no other state."""
    state = next((m.actor for m in scene.nested if start <= m.start < end and scene.kinds.get(m.actor) == "state"), "")
    others = set()
    for m in scene.named:
        inner = [n.actor for n in scene.nested if m.start <= n.start < m.end and n.actor != m.actor]
        behind = [n.actor for n in scene.named if n.start - 2 <= m.end < n.start] if m.via == "role" else []
        if inner and state not in inner:
            others |= {m.actor, *behind}
    near = [m.actor for m in scene.named if m.start < start and scene.kinds.get(m.actor) == "person"]
    able = [said.name for said in history if said.person and scene.kinds.get(said.name)] + near[-1:]
    return next((name for name in [*reversed(able[:-1]), *able[-1:]] if name not in others), "") if state else ""


def _antecedent(scene: _Scene, at: int, words: str, history: list[_Said]) -> _Said | None:
    """The person, or for "it" the body, that a pronoun stands for."""
    person = bool(PERSONAL.match(words))
    fits = lambda m: (scene.kinds.get(m.actor) == "person") == person and m.via != "dem"  # noqa: E731
    number = bisect_right([a for a, _ in scene.sentences], at) - 1
    start = scene.sentences[number][0] if number >= 0 else 0
    if number >= 0 and CATAPHORA.match(scene.text[start:at]):
        for m in scene.named:
            if at < m.start < scene.sentences[number][1] and fits(m) and scene.text[: m.start].endswith(", "):
                return _Said(at, m.actor, person, "")
    for a, b in reversed(scene.sentences[max(0, number - REACH) : number + 1]):
        spoke = [said for said in history if a <= said.at < min(b, at) and said.person == person]
        if spoke:
            return spoke[-1]._replace(at=at)
        here = [m for m in scene.named if a <= m.start < min(b, at) and fits(m)]
        first = next(
            (m for m in here if not OBJECT.search(scene.text[a : m.start])), here[0] if here and b <= at else None
        )
        if first:
            return _Said(at, first.actor, person, "")
    return None
