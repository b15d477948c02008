"""Find furniture inside a text: runs of words that many articles of an outlet share, other stories behind a name."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from os.path import commonprefix
from typing import TYPE_CHECKING

from ..language.split import STARTERS, sentences
from .furniture import ADDRESS, ANY, REPORTED, Rules, has_stop, rule_of

if TYPE_CHECKING:
    import numpy as np

RUN = 10  # words in a row
LEAST = 3  # articles, and no copies of one another
COPIED = 0.5  # of an article's runs: one that shares more with others of its outlet is no witness
OTHERS = 500  # articles of other outlets, drawn evenly, in which a run is looked for
FACTOR = 0x9E3779B1  # odd, so that it has an inverse among the whole numbers below 2 to the power of 32
YOU = re.compile(r"\byou(?:rs?)?\b", re.IGNORECASE)
BIDDING = re.compile(rf"{ANY['bidding']}\b", re.IGNORECASE)
LINKED = re.compile(r"https?://|\bwww\.|\w@\w+\.\w")
# Labels in capitals, and the length of a film: no sentence that an outlet repeats has them.
LABEL = re.compile(r"[A-Z][A-Z]{3,} [A-Z]{4,}\b")
SHOUTED = bytes(ord("A") if 65 <= byte <= 90 else byte if byte == 32 else 46 for byte in range(256))
FILM = re.compile(r".*?\b\d\d?:\d\d\b(?! ?(?:[ap]\.?m|[A-Z]{2,3}\b|local|hours|on\b|in\b|to\b|and\b))")
LENGTH = re.compile(r"(?:\s*\(?\d\d?:\d\d\b\)?)?")
TITLE = re.compile(r" (?![a-z])\S+ \S*(?:.* )?\S*[a-z]")
MORE = re.compile(r" MORE\b")
# The next sentence, when every article goes on with the same words after a run, or when it is glued to a call.
_NEXT = rf"(?<=\S)\s++(?:{'|'.join(word.capitalize() for word in STARTERS)})"
BEGUN, GLUED = re.compile(rf"{_NEXT}(?: [a-z][\w’'-]*)*$"), re.compile(rf"{_NEXT} [a-z]")
# A sentence goes on behind these.
HANGING = re.compile(
    rf"(?:[,;–—-]|\b(?i:{ANY['reported']}|{'|'.join(STARTERS)}|an?|of|with|than|into|over|about|between|against|is|was|are))$"
)
PERSON = re.compile(r"\b([A-Z][\w’'-]{2,30}) (?:(?:[A-Z(][\w().’'-]{0,30}|de|van|von) ){0,6}?\1(?=[A-Z0-9‘'“\"$])")


# Where a piece of a run stands: its article, is that a witness, is a sentence over before, does one begin behind.
Place = tuple[int, bool, bool, float]


def has_stories(text: str) -> bool:
    """Whether other stories may stand in a text: far faster than to look for them in each of its lines."""
    return " MORE" in text or b"AAAA AAAA" in text.encode(errors="replace").translate(SHOUTED)


def stories(line: str) -> Iterator[tuple[int, int]]:
    """Where other stories stand in a line: glued to a person's full name, up to MORE; or a film's title, twice.

    >>> line = "Mr Bay Tom BayGale hits the coast Boats stay ashore Fish prices rise again MORE sailed."
    >>> [line[:start] + line[end:] for start, end in stories(line)]
    ['Mr Bay sailed.']
    """
    end = 0
    for name in PERSON.finditer(line) if " MORE" in line else ():
        if name.end(1) >= end and (more := MORE.search(line, name.end(), name.end() + 700)):
            yield name.end(1), (end := more.end())
    for label, again in pairwise(LABEL.finditer(line)):
        first, rest = line[label.end() : again.start()] + " ", line[again.end() : again.end() + 160] + " "
        title = commonprefix([first[:160], rest]).rpartition(" ")[0]  # noqa: RUF071
        if label[0] != again[0] and label.start() >= end and len(first) < 240 and TITLE.match(title):
            end = again.end() + LENGTH.match(rest, len(title)).end()
            yield label.start(), end


def repeated(articles: list[tuple[str, str]], rules: Rules) -> dict[int, list[str]]:
    """The furniture inside the lines of each article, by its place in the list of outlet and raw text.

    A run of ten words that three articles of an outlet share, copies aside, falls into pieces at the ends of sentences.
    One that ends in a stop is furniture only if it speaks to the reader or holds an address: agencies repeat their
    background, and papers a statement. Another is furniture if it stands between two sentences or opens with a label.
    Time grows with the words; those of one outlet are held at a time, some bytes each.
    """
    outlets: dict[str, list[int]] = defaultdict(list)
    for number, (outlet, _) in enumerate(articles):
        outlets[outlet].append(number)
    found: dict[int, list[str]] = defaultdict(list)
    sample = articles[:: len(articles) // OTHERS + 1]
    for outlet, own in outlets.items():
        pieces, copies = _pieces({n: articles[n][1] for n in own}) if len(own) >= LEAST else ({}, [])
        others = [raw for name, raw in sample if name != outlet] if pieces else []
        for text, places in pieces.items():
            if _is_furniture(text, places, len(own), rules, others):
                for n in {place[0] for place in places} | {n for n in copies if text in articles[n][1]}:
                    found[n].append(text)
    return found


def _pieces(texts: dict[int, str]) -> tuple[dict[str, list[Place]], list[int]]:
    """The pieces of the runs that three articles share and the places of each; the articles that are no witnesses."""
    import numpy as np

    pieces, copies = defaultdict(list), []
    coded = [text.replace("\u00a0", " ").encode(errors="replace") for text in texts.values()]
    powers, inverses = (
        np.cumprod(np.full(max(map(len, coded)) + 1, factor, np.uint32), dtype=np.uint32)
        for factor in (FACTOR, pow(FACTOR, -1, 1 << 32))
    )
    rolled = [_rolled(text, powers, inverses) for text in coded]
    every = np.concatenate([own for *_, own in rolled])
    known, places, counts = np.unique(every, return_inverse=True, return_counts=True)
    counts[known == 0] = 0  # which is no run
    spread = np.split(counts[places], np.cumsum([len(own) for *_, own in rolled])[:-1])
    for number, text, (starts, ends, own), times in zip(texts, coded, rolled, spread, strict=True):
        if not (runs := _stretches(times >= LEAST)):
            continue
        common = sum(last - first + RUN for first, last in _stretches(times > 1))
        longest, words = max(last - first + RUN for first, last in runs), len(own) + RUN
        if common - longest > COPIED * (words - longest):
            copies.append(number)
            continue
        for first, last in runs:
            # What fewer articles share than the rest of the run is the text round it.
            core = first + np.flatnonzero(times[first:last] >= 0.6 * times[first:last].max())
            size = int(core[-1] - core[0]) + RUN
            witness = words - size > RUN and common - size <= COPIED * (words - size)
            for piece, over, begins in _parts(text, int(starts[core[0]]), int(ends[core[-1]])):
                pieces[piece].append((number, witness, over, begins))
    return pieces, copies


def _rolled(text: bytes, powers: "np.ndarray", inverses: "np.ndarray") -> tuple["np.ndarray", ...]:
    """Where the ten-word runs of a text start and end, and each as a number; 0 for one that crosses a line."""
    import numpy as np

    letters = np.frombuffer(text, np.uint8)
    blank = np.concatenate(([True], letters <= 32, [True]))
    edges = np.flatnonzero(blank[1:] != blank[:-1])
    starts, ends = edges[::2][: -RUN + 1], edges[1::2][RUN - 1 :]
    # A number times a power of the factor for each byte, summed up to each place: a run is the difference of two sums.
    sums = np.zeros(len(letters) + 1, np.uint32)
    np.cumsum(letters * powers[: len(letters)], dtype=np.uint32, out=sums[1:])
    own, breaks = (sums[ends] - sums[starts]) * inverses[starts], np.flatnonzero(letters == ord("\n"))
    own[np.searchsorted(breaks, starts) != np.searchsorted(breaks, ends)] = 0
    return starts, ends, own


def _stretches(known: "np.ndarray") -> list[tuple[int, int]]:
    """From where to where all runs of an article are known ones."""
    import numpy as np

    if not known.any():
        return []
    padded = np.concatenate(([False], known, [False]))
    edges = np.flatnonzero(padded[1:] != padded[:-1]).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def _parts(text: bytes, start: int, end: int) -> Iterator[tuple[str, bool, float]]:
    """The pieces of a run, and of each whether a sentence is over before it, and begins after it."""
    run = text[start:end].decode()
    before = text[text.rfind(b"\n", 0, start) + 1 : start][-2000:].decode(errors="ignore")
    after = text[end : end + 40].decode(errors="ignore").partition("\n")[0].lstrip().split(" ")[0]
    begins = 0.5 * after[:1].isupper() + 0.5 * (after.lower() in STARTERS) if after else 1
    marks = Counter(before)
    for sentence in sentences(run):
        piece, whole = run[sentence.start : sentence.end], sentence.end < len(run)
        called = has_stop(piece) and (LABEL.match(piece) or BIDDING.match(piece))
        if called and (film := FILM.match(piece)):
            piece = film[0]
        elif called and (glued := GLUED.search(piece)) and not ADDRESS.search(piece, glued.start()):
            piece = piece[: glued.start()]
        elif not whole and (begun := BEGUN.search(piece)):
            piece, whole = piece[: begun.start()], True
        quoted = marks["“"] > marks["”"] or marks['"'] % 2
        over = not quoted and (sentence.start > 0 or not before.strip() or has_stop(before.rstrip()))
        marks.update(run[sentence.start : sentence.end])
        yield piece, over, 1 if called or whole or has_stop(piece) else begins


def _is_furniture(text: str, places: list[Place], size: int, rules: Rules, others: list[str]) -> bool:
    """Whether a piece is furniture, by its words, its places and the articles of other outlets."""
    articles, witnesses, over, begins = zip(*[place for place in places if place[1]] or [(0,) * 4], strict=True)
    words, number, ended = text.split(), len(set(articles)), has_stop(text) and not text.endswith("...")
    if number < LEAST or len(words) < 3:
        return False
    labels = LABEL.findall(text) if LABEL.match(text) and not ended else ()
    if len(labels) > 1 or sum(over) < 0.8 * len(witnesses) or sum(begins) < 0.75 * len(witnesses):
        return len(labels) > 1
    asks, reported = BIDDING.match(text) or YOU.search(text), REPORTED.search(text) or set(text) & set('“”«»"')
    speaks = not reported and bool(asks or ADDRESS.search(text))
    linked = not reported and LINKED.search(text)
    if labels or linked or (speaks and rule_of(text, rules)) or (not ended and FILM.fullmatch(text)):
        return True
    # Without such a sign it must stand in many articles here and in few elsewhere.
    if ended:
        least = max(LEAST + 1, size / 3) if asks else max(LEAST + 2, size / 2)
    else:
        told = sum(word[:1].islower() and word not in STARTERS for word in words)
        speaks, least = not HANGING.search(text) and (told > 2 or " of the " not in text), max(LEAST + 1, size / 10)
    return speaks and number >= least and 4 * sum(text in raw for raw in others) <= number
