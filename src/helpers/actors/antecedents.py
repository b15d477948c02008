"""Find whom a pronoun stands for: who spoke last, or was told of last, with or without a name."""

from bisect import bisect_left
from itertools import pairwise
from typing import NamedTuple

from ..language.quotes import MASK
from . import people
from .gazetteer import PATTERN
from .people import Someone
from .scene import Scene, Speaker

REACH = 4  # sentences that tell of nobody, passed over on the way back to the one meant


class _Able(NamedTuple):
    """One whom a pronoun could stand for: where, whom, whether by name, the noun, and he or she."""

    start: int
    end: int
    name: str
    named: bool
    head: str
    sex: str

    def speaker(self, *, person: bool) -> Speaker:
        """Who is meant, as a speaker."""
        return Speaker(self.start, self.name, person, self.head, self.sex)


def pronoun(scene: Scene, at: int, end: int, history: list[Speaker]) -> Speaker:
    """Find whom "he", "she", "it" or "who" stands for, in its sentence or shortly before; "" where it is not plain."""
    word, silent = scene.text[at:end].lower(), 0  # sentences passed over that tell of nobody
    nobody = Speaker(at, "", word not in ("it", "its"))
    number = scene.number(at)
    for start, stop in reversed(scene.sentences[max(0, number - 3 * REACH) : number + 1]):
        current, stop = stop > at, min(stop, at)
        if not scene.bare[start:stop].strip(MASK + " "):
            continue
        if current and (ahead := _ahead(scene, at, *scene.sentences[number], person=nobody.person)):
            return nobody._replace(name=ahead)
        found = _in_sentence(scene, start, (at, end), history, current=current, silent=silent)
        if found or word == "who":
            return found._replace(at=at) if found else nobody
        silent += not current and not PATTERN["still"].search(scene.bare, start, stop)
        if silent > REACH:
            break
    return nobody


def _in_sentence(
    scene: Scene, start: int, cue: tuple[int, int], history: list[Speaker], *, current: bool, silent: int
) -> Speaker | None:
    """Whom a pronoun stands for in one sentence: None for nobody, a speaker without a name where it is unclear."""
    word, at = scene.text[slice(*cue)].lower(), cue[0]
    person = word not in ("it", "its")
    stop = at if current else scene.sentences[scene.number(start)][1]
    spoke = _spoke(history, start, stop, word) if silent < 2 else None
    told = _told(scene, spoke.at if spoke and person else start, stop, cue, word)
    able = [one for one in told if not person or _fits(one.sex, word)]
    if spoke and (person or not able):
        newer = [one for one in able if one.start > spoke.at and not (one.named or _oblique(scene, start, one))]
        return newer[-1].speaker(person=person) if newer and person else spoke
    if current and word != "who":
        able = [one for one in able if not _oblique(scene, start, one, owner=False)]
    if start < at and scene.bare.startswith(f"{word.capitalize()} ", start):  # "He sat down." tells of him already
        able = [one for one in able if person and not (one.named or _oblique(scene, start, one))]
    if not able:
        return None
    if current and word in ("who", "it", "its"):
        return able[-1].speaker(person=person)
    one = _chosen(scene, able, start, current=current, contrast=len(able) < len(told))
    plain = one and not (one.named and silent and person)
    return one.speaker(person=person) if plain else Speaker(at, "", person)


def _spoke(history: list[Speaker], start: int, stop: int, word: str) -> Speaker | None:
    """Who spoke last in a stretch of the text and can be meant by a pronoun."""
    last = bisect_left(history, stop, key=lambda speaker: speaker.at)
    person = word not in ("it", "its")
    for speaker in reversed(history[max(0, last - 9) : last]):
        many = not person and ("+" in speaker.name or speaker.head.endswith("s"))
        if speaker.at >= start and speaker.person == person and _fits(speaker.sex, word) and not many:
            return speaker
    return None


def _fits(sex: str, word: str) -> bool:
    return not sex or word in {"f": ("she", "her"), "m": ("he", "his")}[sex] or word in ("who", "it", "its")


def _told(scene: Scene, start: int, stop: int, cue: tuple[int, int], word: str) -> list[_Able]:
    """Those told of in a stretch whom a pronoun can stand for, but for those in what it is said to say, in order."""
    person = word not in ("it", "its")
    kinds = ("person", "people") if word == "who" else ("person",) if person else ("body",)
    able = [
        _Able(m.start, m.end, m.actor, True, "", scene.sexes.get(m.actor, ""))
        for m in scene.within(start, stop)
        if (scene.kind(m) == "person") == person and m.via != "dem"
    ]
    names = scene.unlisted(start, stop) if person else []
    able += [_Able(one.start, one.end, scene.whole(one.head), True, "", one.sex) for one in names]
    known = sorted(able)
    for one in people.phrases(scene.bare, start, stop):
        predicate = PATTERN["predicate"].search(scene.bare, max(start, one.start - 20), one.start)
        if one.what in kinds and not predicate and not any(_same(scene, one, other) for other in known):
            able.append(_Able(one.start, one.end, scene.text[one.start : one.until], False, one.head, one.sex))
    said = [(a, b) for a, b in scene.said.get(cue, []) if ":" not in scene.bare[a:b]]
    return [one for one in sorted(able) if not any(a <= one.start < b for a, b in said)]


def _same(scene: Scene, one: Someone, other: _Able) -> bool:
    """Whether a description is that of somebody named: "the trader Petrov", "Petrov, 43, a trader"."""
    within = one.start <= other.start <= one.end + 2 and other.end >= one.end
    between = scene.bare[min(one.end, other.end) : max(one.start, other.start)]
    return within or (len(between) < 9 and bool(PATTERN["beside"].fullmatch(between)))


def _oblique(scene: Scene, start: int, one: _Able, *, owner: bool = True) -> bool:
    """Whether somebody is told of only in passing: "with Putin", "told a trader", "is a customer"."""
    if scene.bare.startswith((", which ", ", who "), one.end):
        return False
    before = scene.bare[max(start, one.start - 80) : one.start]
    return bool(PATTERN["object"].search(before)) or (owner and scene.bare.startswith(people.OWNS, one.end))


def _chosen(scene: Scene, able: list[_Able], start: int, *, current: bool, contrast: bool) -> _Able | None:
    """Which of those in one sentence is meant: who has no name goes before who has, a subject before an object."""
    subjects = able if current else [one for one in able if not _oblique(scene, start, one)]
    lead = PATTERN["lead clause"].match(scene.bare, start)
    subjects = [one for one in subjects if lead and one.start > lead.end()] or subjects
    nameless = [one for one in subjects or able if not one.named]
    if nameless:
        return nameless[0] if nameless[:1] == subjects[:1] else nameless[-1]
    if not subjects:
        return able[0] if len(able) == 1 and contrast else None
    two = able[-1] != subjects[0] and PATTERN["two"].match(scene.bare, subjects[0].end)
    return None if two else subjects[0]


def _ahead(scene: Scene, at: int, start: int, end: int, *, person: bool) -> str:
    """Whom a pronoun announces: "Although he was ill, Putin spoke." """
    if not PATTERN["cataphora"].match(scene.text, start, at):
        return ""
    able = [m for m in scene.within(at + 1, end) if (scene.kind(m) == "person") == person and m.via != "dem"]
    return next((m.actor for m in able if scene.text.endswith(", ", 0, m.start)), "")


def several(scene: Scene, at: int, words: str, history: list[Speaker]) -> Speaker:
    """Whom "they", "both leaders" or "the two countries" stand for: who spoke last, or the two last named."""
    if words.lower() == "they":
        last = history[-1] if history and scene.number(at) - scene.number(history[-1].at) < 2 else None
        plural = last and (not last.person or last.head.endswith("s"))
        return last._replace(at=at) if plural else Speaker(at, _they(scene, at), person=False)
    noun = words.rpartition(" ")[2]
    kind = "state" if PATTERN["states of two"].search(words) else "person"
    organ = noun[:-3] + "y" if noun.endswith("ries") else ""  # "both ministries"
    number = scene.number(at)
    near, start = (scene.sentences[max(0, number - back)][0] if number >= 0 else 0 for back in (2 * REACH, 1))
    new = [one for one in people.phrases(scene.bare, start, at) if PATTERN["new"].match(scene.bare, one.start)]
    if kind == "person" and sum(one.what == "person" for one in new) > 1:
        return Speaker(at, words, person=False)  # "A nurse and a driver waited. The two said"
    able = [m for m in scene.before(at) if m.start >= near]
    able = [m for m in able if (organ in m.surface.lower() if organ else scene.kind(m) == kind)]
    last = list(dict.fromkeys(m.actor for m in able))[:2]
    return Speaker(at, "+".join(reversed(last)) if len(last) == 2 else words, person=False)


def _they(scene: Scene, at: int) -> str:
    """The two, or the people, whom the sentence before opens with."""
    number = scene.number(at)
    start, end = scene.sentences[number - 1] if number > 0 else (at, at)
    for one, two in pairwise(scene.within(start, end)):
        if PATTERN["two"].fullmatch(scene.bare, one.end, two.start):
            passing = PATTERN["object"].search(scene.bare, start, one.start)
            return "" if passing else f"{one.actor}+{two.actor}"
    one = next(people.phrases(scene.bare, start, end), None)
    return scene.text[start : one.until] if one and one.start == start and one.what == "people" else ""
