"""Which articles are copies of which: near copies and cut versions of the same text."""

from zlib import crc32

import numpy as np
import pandas as pd

from ..language.split import WORD, words

RUN = 5  # words in a row
SAMPLE = 3  # one run in so many is looked up; the overlap itself is measured on all
COMMON = 50  # articles with one run are compared each with each up to this many, beyond it with the earliest alone
LIKELY = 0.5  # of the overlap asked for, what the sample must reach for a pair to be measured
WHOLE = 0.8  # of the shorter article: so much makes a copy wherever it stands
ROWS = 2000  # articles compared with all others at a time
FACTORS = np.array([pow(0x9E3779B97F4A7C15, power, 1 << 64) | 1 for power in range(1, RUN + 1)], dtype=np.uint64)


def find_copies(documents: pd.DataFrame, overlap: float = 0.4) -> pd.DataFrame:
    """Pairs of articles of which the later one shares at least `overlap` of its own five-word runs with the earlier.

    Takes `documents` (doc, published, text; outlet and agency where known) and returns one row a pair: doc, other (the
    earlier of the two; of one day, the one that credits no other outlet; undated ones are late), overlap (0 to 1),
    copy_of (the earliest article from which doc descends by its closest pairs, the same in each row of doc). A digest
    that holds an earlier brief among others is no copy of it. A pair that shares one stretch alone, such as a statement
    that both quote, counts only when it is most of the shorter one.
    Candidates share sampled runs, as in winnowing (Schleimer, Wilkerson and Aiken, 2003); every candidate's overlap is
    then counted in full. Time grows with the number of articles, not of pairs.
    """
    credited = pd.Series(False, index=documents.index)
    if {"outlet", "agency"} <= set(documents):
        credited = documents.agency.isin(set(documents.outlet)) & (documents.agency != documents.outlet)
    ordered = documents.assign(credited=credited).sort_values(["published", "credited", "doc"], na_position="last")
    hashes: dict[str, int] = {}
    texts = ordered.text.tolist()
    runs = [np.unique(_rolled(text, hashes)) for text in texts]
    docs, rows = ordered.doc.tolist(), []
    for first, later in _candidates(runs, overlap * LIKELY):
        shorter, longer = sorted((first, later), key=lambda article: len(runs[article]))
        common = len(np.intersect1d(runs[first], runs[later], assume_unique=True))
        share, whole = common / len(runs[later]), common >= WHOLE * len(runs[shorter])
        if share >= overlap and (whole or _scattered(texts[shorter], runs[longer], hashes) >= overlap):
            rows.append((later, first, round(share, 3)))
    rows.sort(key=lambda row: (row[0], -row[2], row[1]))
    origin: dict[int, int] = {}
    for later, first, _ in rows:
        origin.setdefault(later, origin.get(first, first))
    pairs = [(docs[later], docs[first], share, docs[origin[later]]) for later, first, share in rows]
    return pd.DataFrame(pairs, columns=["doc", "other", "overlap", "copy_of"])


def shared_spans(one: str, *others: str) -> list[tuple[int, int]]:
    """The stretches of a text that also stand in any other, as offsets: its words that are part of a common run."""
    found, theirs = list(WORD.finditer(one)), {run for other in others for run in _runs(words(other.lower()))}
    spans: list[tuple[int, int]] = []
    for at, run in enumerate(_runs([match[0].lower() for match in found])):
        if run in theirs:
            start = found[at].start()
            start = spans.pop()[0] if spans and start <= spans[-1][1] + 2 else start
            spans.append((start, found[at + RUN - 1].end()))
    return spans


def _runs(found: list[str]) -> list[tuple[str, ...]]:
    return [tuple(found[at : at + RUN]) for at in range(len(found) - RUN + 1)]


def _rolled(text: str, hashes: dict[str, int]) -> np.ndarray:
    """The five-word runs of a text in order, as numbers that are the same in every process."""
    found = words(text.lower())
    if len(found) < RUN:
        return np.empty(0, np.uint64)
    hashes.update((word, crc32(word.encode())) for word in set(found) - hashes.keys())
    numbers = np.fromiter(map(hashes.__getitem__, found), np.uint64, len(found))
    rolled = sum(numbers[at : len(numbers) - RUN + 1 + at] * FACTORS[at] for at in range(RUN))
    return rolled ^ (rolled >> np.uint64(29))


def _scattered(text: str, runs: np.ndarray, hashes: dict[str, int]) -> float:
    """The overlap but for the longest stretch: two articles that quote one statement at length are no copies."""
    common = np.isin(_rolled(text, hashes), runs)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], common.view(np.int8), [0]))))
    longest = max((edges[1::2] - edges[::2]).max(initial=0), 0)
    return (common.sum() - longest) / max(1, len(common) - longest)


def _candidates(runs: list[np.ndarray], least: float) -> list[tuple[int, int]]:
    """Pairs of articles, the earlier first, whose samples share at least that part of the later one's."""
    from scipy.sparse import csr_array

    samples = [own[own % np.uint64(SAMPLE) == 0] for own in runs]
    sizes = np.array([len(own) for own in samples])
    if not sizes.sum():
        return []
    values, columns, times = np.unique(np.concatenate(samples), return_inverse=True, return_counts=True)
    rows = np.repeat(np.arange(len(samples)), sizes)
    earliest = np.full(len(values), len(samples))
    np.minimum.at(earliest, columns, rows)
    shape = (len(samples), len(values))
    often = times[columns] > 1
    leads = often & ((times[columns] <= COMMON) | (rows == earliest[columns]))
    earlier = csr_array((np.ones(leads.sum(), np.int32), (rows[leads], columns[leads])), shape=shape)
    later = csr_array((np.ones(often.sum(), np.int32), (rows[often], columns[often])), shape=shape).T.tocsr()
    found = []
    for start in range(0, len(samples), ROWS):
        counts = (earlier[start : start + ROWS] @ later).tocoo()
        one, other = counts.row + start, counts.col
        fits = (one < other) & (counts.data >= least * sizes[other])
        found += zip(one[fits].tolist(), other[fits].tolist(), strict=True)
    return found
