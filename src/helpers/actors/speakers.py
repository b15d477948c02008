"""Resolve the words that name a speaker to an actor, through pronouns and second mentions."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from ..language.speech import Span
from ..language.split import Sentence
from . import people
from .antecedents import pronoun, several
from .capitals import OPENERS
from .gazetteer import PATTERN, WORDS
from .people import Someone
from .resolve import Mention
from .scene import FAR, Scene, Speaker

LATELY = 50  # speakers back in which one who is described again is looked for
NO_NAMES = {"I'd", "I’d", "They", "We", *(word.capitalize() for word in WORDS["aside"])} | OPENERS


def name_speakers(
    text: str, spans: list[Span], mentions: list[Mention], kinds: Mapping[str, str], sentences: list[Sentence]
) -> list[str]:
    """Name the speaker of each span: an actor, several joined by "+", else the words for one, else "".

    `mentions` and `sentences` are the article's, `kinds` the kind of each actor. A pronoun stands for the last person,
    or body, that spoke or was told of, and for nobody where that is not plain; "the trader" for the trader who was told
    of before.
    Words that are neither a person, a body, a document nor a poll name nobody.
    """
    scene = Scene(text, spans, mentions, kinds, sentences)
    history: list[Speaker] = []
    names: dict[tuple[int, int], str] = {}
    for cue in sorted({span.speaker for span in spans if span.speaker}):
        speaker = _resolved(scene, *cue, history)
        names[cue] = speaker.name
        history.append(speaker)
    return [names.get(span.speaker, "") for span in spans]


def _resolved(scene: Scene, start: int, end: int, history: list[Speaker]) -> Speaker:
    if match := PATTERN["to pronoun"].match(scene.bare, start, end):
        start, end = match.span("pronoun")
    if PATTERN["aside"].fullmatch(scene.bare, start, end):
        start, end = _before_aside(scene, start)
    start = _widened(scene, start)
    words = scene.text[start:end]
    if PATTERN["personal"].fullmatch(words) or PATTERN["neutral"].fullmatch(words):
        return pronoun(scene, start, end, history)
    if PATTERN["plural"].match(words):
        return several(scene, start, words, history)
    if PATTERN["one of leaders"].fullmatch(words):
        home = next((m.actor for m in scene.within(start, end)), words)
        actor = _introduced(scene, end) or home
        scene.homes.add((actor, home))
        return Speaker(start, actor, person=True, head="leader")
    if actors := list(dict.fromkeys(m.actor for m in _heads(scene, start, end))):
        return Speaker(start, "+".join(actors), len(actors) == 1 and scene.kinds.get(actors[0]) == "person")
    if joint := _joint(scene, start, end):
        parts = [_described(scene, a, b, history) for a, b in joint]
        return Speaker(start, "+".join(part.name for part in parts), person=False)
    return _described(scene, start, end, history)


def _before_aside(scene: Scene, start: int) -> tuple[int, int]:
    """The words that "meanwhile" parts from their verb: those from the start of the sentence."""
    first = scene.opening(start)
    return (first, start - 2) if scene.bare.endswith(", ", first, start) and start - first < 160 else (start, start)


def _widened(scene: Scene, start: int) -> int:
    """Where a speaker's words begin with those before an "and": "the union and the board said"."""
    first = scene.opening(start)
    if start - first > 160 or not scene.bare.endswith(" and ", first, start):
        return start
    end = start - 5
    led = [*people.phrases(scene.bare, first, end), *people.names(scene.bare, first, end)]
    led = [one.start for one in led if one.until == end] + [m.start for m in scene.within(first, end) if m.end == end]
    before = min(led, default=start)
    return start if people.PATTERN["finite"].search(scene.bare, first, before) else before


def _heads(scene: Scene, start: int, end: int) -> Iterator[Mention]:
    """The mentions that a speaker's words are about, without those that only say whose or where."""
    inside = [m for m in scene.within(start, end) if m.end <= end]
    led = PATTERN["led"].search(scene.bare, start, end)
    if not led and all(scene.kind(m) != "person" for m in inside):
        led = PATTERN["presidents"].search(scene.bare, start, end)
    if led:
        states = [m for m in (*inside, *scene.within(start, end, nested=True)) if scene.kind(m) in ("state", "bloc")]
        yield from (m for m in states if m.start < led.start() or led[0].endswith(" of "))
        return
    for m, follows in pairwise([*inside, None]):
        # "Russian President Putin": who is named right behind is meant.
        behind = follows and follows.start <= m.end + 2 and scene.kind(follows) == "person"
        if not (behind and scene.text[m.end] != ",") and _is_head(scene, start, m, end):
            yield m


def _is_head(scene: Scene, start: int, m: Mention, end: int) -> bool:
    """Whether a speaker's words are about one whom they name: "Dong in Beijing", not "a Beijing scholar"."""
    before, after = scene.text[start : m.start], scene.text[m.end : end]
    state = scene.kind(m) not in ("person", "media")
    own = state and (PATTERN["side"].match(after) or (scene.kind(m) == "bloc" and PATTERN["allies"].match(after)))
    if not (own or PATTERN["head"].match(after)):
        return False
    # "A Turkish colleague" and "the president of a bank" are no president, "the Russian" is no state.
    other = PATTERN["one more"].search(before) or (m.via == "role" and after.startswith(" of "))
    if (m.via != "name" and other) or PATTERN["one of them"].fullmatch(before + m.surface):
        return False
    lead = before and PATTERN["within"].search(before)
    clear = not lead or lead.start() == 0 or (state and PATTERN["voice of"].search(before))
    return bool(clear) and not PATTERN["clause"].search(before)


def _joint(scene: Scene, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of "the union and the airline's board", each of which names somebody."""
    cut = PATTERN["two"].search(scene.bare, start, end)
    parts = [(start, cut.start()), (cut.end(), end)] if cut else []
    led = [[*people.phrases(scene.bare, *part), *people.names(scene.bare, *part)] for part in parts]
    opens = [any(one.start == part[0] for one in each) for part, each in zip(parts, led, strict=True)]
    return parts if opens[1:] == [True] and all(_told(scene, *part) for part in parts) else []


def _described(scene: Scene, start: int, end: int, history: list[Speaker]) -> Speaker:
    """Somebody who is described, or named by a name that no list knows: who was told of before, or the words."""
    one = _told(scene, start, end)
    if not one:
        return Speaker(start, _beside(scene, end, person=True) or _acting(scene, start, end), person=True)
    words, person = scene.text[one.start : one.end], one.what == "person"
    if one.head[:1].isupper():
        return Speaker(start, scene.whole(one.head), person, sex=one.sex)
    speaker = Speaker(start, words, person, one.head, one.sex)
    if name := _beside(scene, end, person=person) or _of_body(scene, one, words, history):
        return speaker._replace(name=name)
    return _again(scene, end, speaker, history) if PATTERN["determined"].match(words) else speaker


def _again(scene: Scene, end: int, speaker: Speaker, history: list[Speaker]) -> Speaker:
    """Who "the diplomat" or "the ministry" is: the one that spoke, or was named, or told of before."""
    start, words, head = speaker.at, speaker.name, speaker.head
    recent = history[-LATELY:][::-1]
    if again := next((old for old in recent if old.head == head and _alike(words, old.name)), None):
        return again._replace(at=start)
    if first := _first_told(scene, start, words, head):
        return speaker._replace(name=scene.text[first.start : first.until])
    actor = _named_again(scene, start, words, head)
    if actor := actor or (head in WORDS["leaders"] and _national(scene, start, end, recent)):
        return Speaker(start, actor, scene.kinds.get(actor) == "person", head)
    return speaker


def _acting(scene: Scene, start: int, end: int) -> str:
    """The actor a clause opens with, whose verb the next one shares: "China ends its drill, warns"."""
    opens = scene.within(start, start + 1)
    return next((m.actor for m in opens if PATTERN["acts"].match(scene.bare, m.end, end)), "")


def _of_body(scene: Scene, one: Someone, words: str, history: list[Speaker]) -> str:
    """The body whose name ends a description, that "Beijing's ministry" is, or whose "analysts" speak; "" for none."""
    inside = scene.within(one.start, one.end)
    if ends := [m.actor for m in inside if m.end == one.until and m.via == "inst"]:
        return ends[0]
    if PATTERN["learned"].fullmatch(words):
        spoke = {speaker.name for speaker in history[-LATELY:]}
        named = (m for m in scene.before(one.start) if PATTERN["institute"].search(m.surface))
        return next((m.actor for m in named if m.actor in spoke), "")
    owner = next((m for m in inside if PATTERN["organ"].match(scene.bare, m.end, one.end)), None)
    bodies = [m for m in scene.before(one.start) if one.head in m.surface.lower().split()] if owner else []
    able = {m.actor for m in bodies for each in scene.within(m.start, m.end, nested=True) if each.actor == owner.actor}
    return able.pop() if len(able) == 1 else ""


def _beside(scene: Scene, end: int, *, person: bool) -> str:
    """The name between commas behind a description: "the envoy, Pia Roe, said"."""
    led = PATTERN["led by comma"].match(scene.bare, end)
    if not led or not (person or led["known"]):
        return ""
    beside = scene.within(led.end("known") if led["known"] else end + 2, led.end() + 1)
    named = [(m.end, m.actor) for m in beside if led["known"] or scene.kind(m) == "person"]
    full = people.PATTERN["name"].match(scene.bare, led.end())
    named += [(full.end(), full["name"])] if full and " " in full["name"] else []
    return next((name for at, name in named if PATTERN["closes"].match(scene.bare, at)), "")


def _told(scene: Scene, start: int, end: int) -> Someone | None:
    """Who is described or named by a speaker's words, with all that is said of them; None for a clause or a thing."""
    bare = scene.bare
    name = next(people.names(bare, start, end), None)
    one = next(people.phrases(bare, start, end), None)
    if name and (not one or name.start <= one.end + 2):
        return name
    core = PATTERN["core"].split(bare[start:end])[0]
    head = next((word for word in reversed(core.split()) if people.noun(word)), "")
    if one and (one.start < start + len(core) or not head):
        if PATTERN["clause"].match(bare, one.end, end):
            return None
        whole = one.start <= start + 4 and not people.PATTERN["runs on"].match(bare, one.until, end)
        return one._replace(end=end if whole else one.until, until=one.end)
    if people.PATTERN["somebody"].match(bare, start, end) or (head and not PATTERN["clause"].search(core)):
        return Someone(start, end, end, head.lower(), people.noun(head) or "people")
    shouted = len(core) > 1 and core.isupper()  # "DR. ROE: We wait."
    name = core.removeprefix("the ").removeprefix("The ")
    if shouted or (people.PATTERN["name"].fullmatch(name) and core not in NO_NAMES and (name == core or " " in name)):
        return Someone(start, start + len(core), end, core, "person", people.sex(core))
    return None


def _introduced(scene: Scene, end: int) -> str:
    """The person whom the next sentence names and describes, after "one of the leaders said"."""
    number = scene.number(end) + 1
    start = scene.sentences[number][0] if number < len(scene.sentences) else len(scene.text)
    first = next((m for m in scene.within(start, start + 1) if scene.kind(m) == "person"), None)
    return first.actor if first and PATTERN["apposition"].match(scene.text, first.end) else ""


def _alike(words: str, before: str) -> bool:
    """Whether "the Polish minister" can be who was described before: nothing more is said of him."""
    return {word.lower() for word in words.split()[1:]} <= {word.lower() for word in before.split()}


def _first_told(scene: Scene, at: int, words: str, head: str) -> Someone | None:
    """Where the one that "the diplomat" stands for was told of first, with an article that says it is new."""
    start = max(0, at - FAR)
    for place in [*re.finditer(rf"\b{re.escape(head)}\b", scene.bare[start:at])][::-1]:
        low, high = max(0, start + place.start() - 90), min(at, start + place.end() + 60)
        for one in people.phrases(scene.bare, low, high):
            told = scene.bare[one.start : one.until]
            if one.head == head and PATTERN["new"].match(told) and _alike(words, told):
                return one
    return None


def _named_again(scene: Scene, at: int, words: str, head: str) -> str:
    """The actor that a second mention such as "the ministry" or "the alliance" stands for, "" for none."""
    said = set(words.lower().split()[1:])
    for m in scene.before(at):
        surface = m.surface.lower().split()
        fits = m.via != "dem" and head in surface and (said <= {*surface} or scene.kind(m) != "person")
        if fits or (head in WORDS["blocs"] and scene.kind(m) == "bloc"):
            return m.actor
    return ""


def _national(scene: Scene, start: int, end: int, recent: list[Speaker]) -> str:
    """The person of a state that "the Chinese leader" stands for: the last who spoke whom the article gives to it."""
    state = next((m.actor for m in scene.within(start, end, nested=True) if scene.kind(m) == "state"), "")
    last = next((m.actor for m in scene.before(start - 1) if scene.kind(m) == "person"), "")
    theirs = _nationals(scene, start, state) if state else ()
    return next((name for name in (*(speaker.name for speaker in recent[:3]), last) if name in theirs), "")


def _nationals(scene: Scene, at: int, state: str) -> set[str]:
    """Whom the article gives to a state: by an office, by the name right behind one, or as one of its leaders."""
    theirs = {actor for actor, home in scene.homes if home == state}
    for m in scene.before(at):
        if state in {m.actor, *(inner.actor for inner in scene.within(m.start, m.end, nested=True))}:
            named = (m, *scene.within(m.end + 1, m.end + 4))  # "China’s Xi", "Chinese President Xi"
            theirs |= {one.actor for one in named if scene.kind(one) == "person"}
    return theirs
