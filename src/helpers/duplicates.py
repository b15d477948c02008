"""Which articles are copies of which: near copies and cut versions of the same text."""

from collections import defaultdict
from itertools import combinations
from zlib import crc32

import pandas as pd

from .split import words

SHINGLE = 5  # words in a row
SAMPLE = 4  # one shingle in so many is looked up; the overlap itself is measured on all
COMMON = 50  # a shingle in more articles than this is a phrase of the language, not a trace of copying


def find(documents: pd.DataFrame, overlap: float = 0.4) -> pd.DataFrame:
    """Pairs of articles that share at least `overlap` of the shorter one's five-word runs.

    Takes `documents` (doc, published, text) and returns one row a copy: doc, copy_of (the earliest article of its
    group; undated ones last), overlap (0 to 1). Candidates share a sampled five-word run, as in winnowing
    (Schleimer, Wilkerson and Aiken, 2003); every candidate's overlap is then counted in full.
    """
    ordered = documents.sort_values(["published", "doc"], na_position="last")
    runs = [_runs(text) for text in ordered.text]
    found: dict[int, tuple[int, float]] = {}
    for first, later in sorted(_candidates(runs), key=lambda pair: (pair[1], pair[0])):
        share = len(runs[first] & runs[later]) / max(1, min(len(runs[first]), len(runs[later])))
        if share >= overlap and later not in found:
            found[later] = (found.get(first, (first, 0))[0], share)
    docs = ordered.doc.tolist()
    rows = [(docs[later], docs[first], round(share, 3)) for later, (first, share) in sorted(found.items())]
    return pd.DataFrame(rows, columns=["doc", "copy_of", "overlap"])


def _runs(text: str) -> frozenset[int]:
    """The five-word runs of a text as checksums, the same in every process."""
    found = [word.lower() for word in words(text)]
    return frozenset(crc32(" ".join(found[i : i + SHINGLE]).encode()) for i in range(len(found) - SHINGLE + 1))


def _candidates(runs: list[frozenset[int]]) -> set[tuple[int, int]]:
    index = defaultdict(list)
    for article, own in enumerate(runs):
        for run in own:
            if run % SAMPLE == 0:
                index[run].append(article)
    return {pair for articles in index.values() if len(articles) <= COMMON for pair in combinations(articles, 2)}
