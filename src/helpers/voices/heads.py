"""Headlines held against their articles: whose words stand in them unmarked, and who is hardly in the text."""

import re
from collections.abc import Iterator

import pandas as pd

from ..corpus.corpus import Corpus
from ..language import speech
from ..language.words import ENGLISH, fold, spelled
from .findings import WORDS

WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
# Marks, and what says whose words a headline has ("Putin: war is near", "War is near – Putin"), or that it asks.
TOLD = re.compile(r"[“”\"«»]|(?<!\w)['‘]|:\s|\s[–—-]+\s|\s\|\s|[?]\W*$")
SMALL = frozenset([*ENGLISH["starters"], *WORDS["small"]])
LEAST = 3  # words of weight in one order, and half of all in the headline, which are no accident
ROOM = 140  # letters that are shown before and behind
COLUMNS = ["doc", "sent", "what", "who", "text", "marks"]

Token = tuple[int, int, str]  # start, end, word


def echoes(corpus: Corpus, held: pd.DataFrame) -> pd.DataFrame:
    """The headlines that have the words of a passage without marks, with the sentence that has them too."""
    rows, passages = [], dict(list(held.drop_duplicates(["span", "sent"]).groupby("doc")))
    for article in corpus.documents[corpus.documents.doc.isin([*passages])].itertuples():
        some = passages[article.doc]
        if found := echoed(article.title, [*zip(some.text, some.mark, strict=True)]):
            row = some.iloc[found[0]]
            who = row["name"] or row.speaker or "speaker not told"
            rows.append((article.doc, row.sent, "words", who, *_cut(row.text, *found[1:])))
    return pd.DataFrame(rows, columns=COLUMNS)


def hardly(corpus: Corpus, names: pd.Series) -> pd.DataFrame:
    """The headlines that name an actor whom the text names once or never, with the sentence that does."""
    sentences, titles = corpus.sentences[["doc", "sent", "start", "text"]], corpus.documents.set_index("doc").title
    named = corpus._named()[["doc", "sent", "start", "end", "actor"]]
    named = named.merge(sentences, on=["doc", "sent"], suffixes=("", "_"))
    named = named[named.text != named.doc.map(titles)]  # a text may repeat its headline
    told = corpus._titled().merge(named, on=["doc", "actor"], how="left")
    told = told[~told.duplicated(["doc", "actor"], keep=False)]
    begin, end = ((told[at] - told.start_).fillna(0).astype(int) for at in ("start", "end"))
    cut = [_cut(*each) for each in zip(told.text.fillna("–"), begin, end, strict=True)]
    told = told.assign(what="hardly", who=told.actor.map(names), text=[text for text, _ in cut])
    told["marks"] = [marks for _, marks in cut]
    return told.assign(sent=told.sent.fillna(0).astype(int))[COLUMNS]


def echoed(title: str, passages: list[tuple[str, tuple[int, int, str]]]) -> tuple[int, int, int] | None:
    """The first passage that has half of a headline, three words of weight or more, in its order: number, start, end.

    A passage is a sentence and the place in it of the words of others. None where the headline marks or attributes
    words itself, asks, or has none of others.

    >>> echoed("Sanctions will hurt Europe more", [("He said sanctions hurt Europe most.", (8, 34, "reported"))])
    (0, 8, 29)
    """
    words = [word for *_, word in _weighty(title)]
    if len(words) < LEAST or TOLD.search(title) or speech.spans(f"{title.rstrip('.')}."):
        return None
    for number, (text, (start, end, _)) in enumerate(passages):
        if title in text:  # a text may repeat its headline
            continue
        inside = _weighty(text[start:end])
        for first in range(len(words) - LEAST + 1):
            found = _run(words[first:], inside)
            if len(found) >= max(LEAST, len(words) / 2) and any(text[start + at].islower() for at, *_ in found):
                return number, start + found[0][0], start + found[-1][1]
    return None


def _cut(text: str, start: int, end: int) -> tuple[str, list[tuple[int, int]]]:
    """The words round a place of a sentence, and where it is in them; no mark where the place is empty."""
    first = text.find(" ", max(0, start - ROOM)) + 1 if start > ROOM else 0
    last = text.rfind(" ", 0, end + ROOM) if len(text) > end + ROOM else len(text)
    first, last = min(first, start) if first else 0, max(last, end)
    lead = "… " * (first > 0)
    shift = len(lead) - first
    return f"{lead}{text[first:last]}{' …' * (last < len(text))}", [(start + shift, end + shift)] * (end > start)


def _weighty(text: str) -> list[Token]:
    """The words of weight: no article, pronoun, preposition or auxiliary."""
    words = ((match.start(), match.end(), spelled(fold(match[0]))) for match in WORD.finditer(text))
    return [word for word in words if word[2] not in SMALL]


def _run(wanted: list[str], words: list[Token]) -> list[Token]:
    """The longest run of words that begins as wanted, one strange word allowed between two."""
    best: list[Token] = []
    for at, (*_, word) in enumerate(words):
        if word == wanted[0]:
            run = list(_follow(wanted, words, at))
            best = max(best, run, key=len)
    return best


def _follow(wanted: list[str], words: list[Token], at: int) -> Iterator[Token]:
    for word in wanted:
        place = next((place for place in range(at, min(at + 2, len(words))) if words[place][2] == word), None)
        if place is None:
            return
        yield words[place]
        at = place + 1
