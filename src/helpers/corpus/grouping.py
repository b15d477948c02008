"""Which articles tell the same event: near in time, and alike in who, where and what is rarely spoken of."""

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from ..language import split

DAYS = 5  # between the first and the last article of an event
# Mean likeness within an event, tuned on the bundled corpus, where anything from 0.06 to 0.09 does as well.
LIKE = 0.08
# Two groups of three or more that are alike by less than this part of what each is in itself tell two events of the
# same days; on the first edition anything from 0.4 to 0.5 does as well.
APART = 0.45
FLOOR = 0.03  # likeness below which two articles are not looked at
COMMON = 0.1  # words of more than this share of the articles tell no event
CLOSE = 500  # articles at a time that are held against their neighbours in time
NEAREST = 100  # neighbours of an article that are looked at
NAME = re.compile(r"(?<=[\w,;’'] )[A-Z][\w’-]+")
WEIGHTS = {"^": 3.0, "@": 1.5, " ": 1.0}


def group_articles(documents: pd.DataFrame, mentions: pd.DataFrame) -> pd.Series:
    """The event of each article, named by the first article that tells it; "" for one without a day.

    Articles within `DAYS` of each other are compared by the actors, proper names and rare words they share (cosine of
    tf-idf, names counted threefold: one event is told in different words, so text alone does not pair its articles),
    and joined by average linkage, the most alike first, unless two groups are each far more alike than both together.
    Takes documents (doc, published, text) and mentions (doc, actor, nested); the answer has the index of `documents`.
    """
    dated = documents[documents.published.notna()].sort_values(["published", "doc"])
    events = pd.Series("", index=documents.index, dtype=object)
    if dated.empty:
        return events
    days = (dated.published - dated.published.iloc[0]).dt.days.to_numpy()
    groups = _joined(_likenesses(_features(dated, mentions), days), days)
    events.loc[dated.index] = dated.doc.groupby(groups).transform("first")
    return events


def _features(documents: pd.DataFrame, mentions: pd.DataFrame) -> Any:
    """Articles by actors, names and words, weighted, each row of length 1."""
    named = mentions[~mentions.nested.astype(bool)].groupby("doc").actor.agg(list).to_dict()
    counts, names = _counted(_row(article.text, named.get(article.doc, [])) for article in documents.itertuples())
    kinds = np.array([name[0] for name in names])
    seen = counts.getnnz(axis=0)
    weights = np.log((1 + len(documents)) / seen) * np.array([WEIGHTS[kind] for kind in kinds])
    weights[(seen > max(3, COMMON * len(documents))) & (kinds != "@") | (names == "@")] = 0
    counts.data = (1 + np.log(counts.data)) * weights[counts.indices]
    counts.eliminate_zeros()
    sizes = np.diff(counts.indptr)
    squares = np.bincount(np.repeat(np.arange(len(sizes)), sizes), counts.data**2, len(sizes))
    counts.data /= np.repeat(np.sqrt(squares), sizes)
    return counts


def _counted(rows: Iterable[list[str]]) -> tuple[Any, np.ndarray]:
    """How often each name stands in each row, and the names, sorted; scikit-learn would take longer to import."""
    from scipy.sparse import csr_matrix

    places: dict[str, int] = defaultdict(lambda: len(places))
    columns, ends = array("q"), [0]
    for row in rows:
        columns.extend(places[name] for name in row)
        ends.append(len(columns))
    names = np.array(sorted(places), dtype=object)
    order = np.argsort([places[name] for name in names])
    counts = csr_matrix((np.ones(len(columns)), order[columns], ends), shape=(len(ends) - 1, len(names)))
    counts.sum_duplicates()
    return counts, names


def _row(text: str, named: list[str]) -> list[str]:
    """What an article is compared by: actors marked @, names marked ^, words marked with a blank; @ alone is nobody."""
    words = {word: f" {word.lower()}" for word in set(split.words(text)) if len(word) > 3}
    return ["@", *(f"@{actor}" for actor in named), *(f"^{name}" for name in NAME.findall(text)), *words.values()]


def _likenesses(features: Any, days: np.ndarray) -> list[tuple[float, int, int]]:
    """Pairs of articles near in time with their likeness, the most alike first, a hundred at most for each article."""
    pairs = []
    for start in range(0, len(days), CLOSE):
        stop = min(start + CLOSE, len(days))
        until = int(np.searchsorted(days, days[stop - 1] + DAYS, side="right"))
        block = (features[start:stop] @ features[start:until].T).toarray()
        rows, columns = np.arange(stop - start)[:, None], np.arange(until - start)[None, :]
        block[(columns <= rows) | (days[start:until][None, :] - days[start:stop][:, None] > DAYS)] = 0
        block[block < FLOOR] = 0
        if block.shape[1] > NEAREST:
            block[block < np.partition(block, -NEAREST, axis=1)[:, [-NEAREST]]] = 0
        rows, columns = block.nonzero()
        likes = (-block[rows, columns]).round(9).tolist()
        pairs += zip(likes, (rows + start).tolist(), (columns + start).tolist(), strict=True)
    return [(-minus, a, b) for minus, a, b in sorted(pairs)]


def _joined(pairs: list[tuple[float, int, int]], days: np.ndarray) -> list[int]:
    """The group of each article: two groups become one while their mean likeness and their days allow it."""
    inside: dict[int, float] = defaultdict(float)  # the likenesses of all pairs in a group, added up
    group = list(range(len(days)))
    members = {number: [number] for number in group}
    links: dict[int, dict[int, float]] = defaultdict(dict)
    for like, a, b in pairs:
        links[a][b] = links[b][a] = like
    for _, a, b in pairs:
        one, two = sorted((group[a], group[b]))
        own = [inside[which] / (size * (size - 1) / 2) for which in (one, two) if (size := len(members[which])) > 2]
        least = max(LIKE, APART * min(own) if len(own) == 2 else 0)
        if one == two or links[one].get(two, 0) < least * len(members[one]) * len(members[two]):
            continue
        together = days[members[one] + members[two]]
        if together.max() - together.min() > DAYS:
            continue
        inside[one] += inside.pop(two, 0.0) + links[one][two]
        for other, like in links.pop(two).items():
            links[other].pop(two, None)
            if other != one:
                links[one][other] = links[other][one] = links[one].get(other, 0) + like
        for number in members[two]:
            group[number] = one
        members[one] += members.pop(two)
    return group
