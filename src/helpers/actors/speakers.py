"""Resolve the words that name a speaker to an actor, through pronouns and second mentions."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from ..language import split
from ..language.speech import Span
from .gazetteer import PATTERN, WORDS
from .resolve import Mention

REACH = 14  # sentences back in which the one a pronoun stands for is looked for


class _Scene(NamedTuple):
    """One article: its text, sentences that can hold an antecedent, and the actors the outlet itself names in it."""

    text: str
    sentences: list[tuple[int, int]]
    named: list[Mention]
    nested: list[Mention]
    kinds: Mapping[str, str]

    def kind(self, mention: Mention) -> str | None:
        """Tell the kind of actor that is mentioned."""
        return self.kinds.get(mention.actor)

    def before(self, at: int) -> list[Mention]:
        """List the mentions up to a place, the last one first."""
        return self.named[: bisect_right(self.named, at, key=lambda mention: mention.start)][::-1]


class _Speaker(NamedTuple):
    """A speaker resolved: where, to whom, whether that is a person, and the noun that described it."""

    at: int
    name: str
    person: bool
    head: str


def name_speakers(text: str, spans: list[Span], mentions: list[Mention], kinds: Mapping[str, str]) -> list[str]:
    """Name the speaker of each span: an actor, several joined by "+", else the words that name one, else "".

    `mentions` are the article's, `kinds` the kind of each actor. A pronoun stands for the last person, or body,
    that spoke or opened a sentence; "the trader" for the trader who spoke before; lines without a stop, as headings
    and captions are, name nobody.
    """
    quoted = [(span.start, span.end) for span in spans if span.voice == "quoted"]
    free = [m for m in mentions if not m.nested and m.via != "loc" and not any(a <= m.start < b for a, b in quoted)]
    sentences = [(s.start, s.end) for s in split.sentences(text) if text[s.end - 1] in '.!?”"’:…»']
    scene = _Scene(text, sentences, free, [m for m in mentions if m.nested or m.via == "dem"], kinds)
    history: list[_Speaker] = []
    names: dict[tuple[int, int], str] = {}
    for cue in sorted({span.speaker for span in spans if span.speaker}):
        speaker = _resolved(scene, *cue, history)
        names[cue] = speaker.name
        history.append(speaker)
    return [names.get(span.speaker, "") for span in spans]


def _resolved(scene: _Scene, start: int, end: int, history: list[_Speaker]) -> _Speaker:
    words = scene.text[start:end]
    person = bool(PATTERN["personal"].match(words))
    if person or PATTERN["neutral"].match(words):
        return _antecedent(scene, start, person, history) or _Speaker(start, words, person, "")
    if PATTERN["plural"].match(words):
        last = history[-1]._replace(at=start) if history else _Speaker(start, words, False, "")
        return _pair(scene, start, words) or last
    if actors := list(dict.fromkeys(m.actor for m in _heads(scene, start, end))):
        person = len(actors) == 1 and scene.kinds.get(actors[0]) == "person"
        return _Speaker(start, "+".join(actors), person, "")
    core = PATTERN["core"].split(words)[0].split()
    head = core[-1].lower() if core else ""
    if PATTERN["determined"].match(words):
        if again := next((speaker for speaker in reversed(history) if speaker.head == head), None):
            return again._replace(at=start)
        actor = _described(scene, start, head)
        if actor := actor or (head in WORDS["leaders"] and _national(scene, start, end, history)):
            return _Speaker(start, actor, scene.kinds.get(actor) == "person", head)
    return _Speaker(start, words, not head.endswith("s"), head)


def _heads(scene: _Scene, start: int, end: int) -> Iterator[Mention]:
    """The mentions that a speaker's words are about, without those that only say whose or where."""
    inside = [m for m in scene.named if start <= m.start and m.end <= end]
    for m, follows in pairwise([*inside, None]):
        after, before = scene.text[m.end : end], scene.text[start : m.start]
        # "Russian President Putin": who is named right behind is meant.
        if follows and follows.start <= m.end + 2 and scene.kind(follows) == "person" and "," not in after[:1]:
            continue
        state = scene.kind(m) not in ("person", "media")
        if not (PATTERN["head"].match(after) or (state and PATTERN["side"].match(after))):
            continue
        lead = before and PATTERN["within"].search(before)
        if not lead or lead.start() == 0 or (state and PATTERN["voice of"].search(before)):
            yield m


def _described(scene: _Scene, at: int, head: str) -> str:
    """The actor that a second mention such as "the ministry" or "the alliance" stands for, "" for none."""
    for m in scene.before(at):
        if head in m.surface.lower().split() or (head in WORDS["blocs"] and scene.kind(m) == "bloc"):
            return m.actor
    return ""


def _pair(scene: _Scene, at: int, words: str) -> _Speaker | None:
    """The two that "both leaders" or "the two countries" stand for: those last named, in the order of their names."""
    if words.lower().startswith("they"):
        return None
    kind = "state" if PATTERN["states of two"].search(words) else "person"
    last = list(dict.fromkeys(m.actor for m in scene.before(at) if scene.kind(m) == kind))[:2]
    return _Speaker(at, "+".join(reversed(last)), False, "") if len(last) == 2 else None


def _national(scene: _Scene, start: int, end: int, history: list[_Speaker]) -> str:
    """The person of a state that "the Chinese leader" stands for: the last who spoke and is of no other state."""
    state = next((m.actor for m in scene.nested if start <= m.start < end and scene.kind(m) == "state"), "")
    if not state:
        return ""
    spoke = [speaker.name for speaker in reversed(history) if speaker.person and speaker.name in scene.kinds]
    last = next((m.actor for m in scene.before(start - 1) if scene.kind(m) == "person"), "")
    foreign = _foreign(scene, state)
    return next((name for name in (*spoke, last) if name not in foreign), "")


def _foreign(scene: _Scene, state: str) -> set[str]:
    """Whom the article gives to another state: "the Russian defence minister", and the name right behind it."""
    foreign = set()
    for m in scene.named:
        nations = {inner.actor for inner in scene.nested if m.start <= inner.start < m.end} - {m.actor}
        if nations and state not in nations:
            behind = [next_.actor for next_ in scene.named if next_.start - 2 <= m.end < next_.start]
            foreign |= {m.actor, *(behind if m.via == "role" else ())}
    return foreign


def _antecedent(scene: _Scene, at: int, person: bool, history: list[_Speaker]) -> _Speaker | None:
    """The person, or for "it" the body, that a pronoun stands for."""
    able = [m for m in scene.named if (scene.kind(m) == "person") == person and m.via != "dem"]
    number = bisect_right(scene.sentences, at, key=lambda sentence: sentence[0]) - 1
    if number >= 0 and (ahead := _ahead(scene.text, at, *scene.sentences[number], able)):
        return _Speaker(at, ahead, person, "")
    for start, end in reversed(scene.sentences[max(0, number - REACH) : number + 1]):
        spoke = [one for one in history if start <= one.at < min(end, at) and one.person == person]
        if spoke:
            return spoke[-1]._replace(at=at)
        here = [m for m in able if start <= m.start < min(end, at)]
        subjects = [m for m in here if not PATTERN["object"].search(scene.text[start : m.start])]
        if first := subjects or (here if end <= at else []):
            return _Speaker(at, first[0].actor, person, "")
    return None


def _ahead(text: str, at: int, start: int, end: int, able: list[Mention]) -> str:
    """Whom a pronoun announces: "Although he was ill, Putin spoke." """
    if not PATTERN["cataphora"].match(text[start:at]):
        return ""
    return next((m.actor for m in able if at < m.start < end and text.endswith(", ", 0, m.start)), "")
