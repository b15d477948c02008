"""Which topics come back when articles are left out, and how many topics a corpus bears."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .. import InputError, stats
from . import model as topics
from . import words as vocabulary

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

FOLDS = 10  # a refit leaves out one article in so many
CHOICE = ["topics", "stability", "stability_error", "coherence", "coherence_error", "chosen"]
SAMPLE = 1_000  # articles by which a number of topics is chosen
WORDS = 10  # of a topic, for coherence


def returns(model: topics.Model, *, refits: int = 20, seed: int = 7) -> pd.DataFrame:
    """How often each topic comes back when a tenth of the articles is left out and the seed is another.

    Returns topic, overlap (of the articles of a topic and of the one matched to it, mean Jaccard index), back (share
    of refits in which that is more than a half; Hennig, 2007). NaN where no refit was possible.
    """
    number, method = len(model.solution.words), model.method
    articles = None if not model.by_passage else model.evidence.article.to_numpy()
    found = [
        _overlaps(model.solution.members[kept], refit[number].members, number)
        for kept, _, refit in _refits(
            model.words.counts(), [number], articles, method=method, rounds=(refits, seed)
        )
        if number in refit
    ]
    table = np.array(found) if found else np.full((1, number), np.nan)
    back = np.where(np.isnan(table).all(axis=0), np.nan, (table > 0.5).mean(axis=0))
    with np.errstate(invalid="ignore"):
        overlap = np.nansum(table, axis=0) / (~np.isnan(table)).sum(axis=0)
    return pd.DataFrame({"topic": range(number), "overlap": overlap, "back": back})


def choose(
    texts: "pd.Series | Sequence[str]",
    *,
    seed: int = 7,
    method: str = "clusters",
    words: Callable[[str], list[str]] = vocabulary.tokens,
    most: int = 50,
    refits: int = 20,
) -> pd.DataFrame:
    """What speaks for each number of topics, one row a number, and in column `chosen` the one to take.

    stability: agreement of the topics with those found without a tenth of the articles, corrected for chance (adjusted
    Rand index; Hubert and Arabie, 1985). coherence: normalised mutual information of a topic's ten words in the
    articles left out, over all pairs. Both with the standard error of ten folds. Chosen is the smallest number
    within one standard error of the most stable, among those within one standard error of the most coherent. Of more
    than 1,000 texts a sample is taken. Raises InputError when there is too little text.
    """
    from sklearn.metrics import adjusted_rand_score

    distinct = np.array(sorted({text for text in texts if isinstance(text, str)}), object)
    distinct = distinct[topics.sample(len(distinct), SAMPLE, seed)].tolist()
    passages = vocabulary.passages(distinct, window=vocabulary.WINDOW)
    units, by_passage = topics.made_of(distinct, passages.text, n_topics=2, words=words)
    articles = passages.article.to_numpy() if by_passage else None
    bearable = len(passages) // 10 if by_passage else len(distinct) // 2
    counts = units.counts()
    numbers = list(_numbers(min(most, bearable, len(units.vocabulary) - 1)))
    weights = vocabulary.weigh(counts)
    whole = topics.solutions(weights, numbers, method=method, seed=seed)
    tries = enumerate(_refits(counts, numbers, articles, method=method, rounds=(refits, seed)))
    rows = [
        (at, number, adjusted_rand_score(whole[number].members[kept], refit[number].members), *together)
        for at, (kept, out, refit) in tries
        for number, together in zip(refit, _meetings([found.words for found in refit.values()], out), strict=True)
    ]
    if not rows:
        raise InputError(f"too few passages ({len(passages)}) to leave some out; add articles")
    table = pd.DataFrame(rows, columns=["refit", "topics", "stability", "joint", "expected", "pairs"])
    table["coherence"] = stats.npmi(table.joint, table.expected, table.pairs, table.pairs).where(table.pairs > 0)
    means = table.groupby("topics")[["stability", "coherence"]].mean()
    errors = table.groupby("topics")[["stability", "coherence"]].std() / np.sqrt(FOLDS)
    scores = table.pivot(index="topics", columns="refit")
    chosen = _near_best(scores.stability.loc[_near_best(scores.coherence)])[0]
    table = means.join(errors.add_suffix("_error")).reset_index()
    return table.assign(chosen=table.topics == chosen)[CHOICE]


def best(choice: pd.DataFrame) -> int:
    """The number of topics that `choose` chose."""
    return int(choice.topics[choice.chosen].iloc[0])


def _refits(
    counts: "csr_matrix", numbers: list[int], articles: np.ndarray | None, *, method: str, rounds: tuple[int, int]
) -> Iterator[tuple[np.ndarray, "csr_matrix", dict[int, topics.Solution]]]:
    """Which units a refit keeps, the counts of those it leaves out, and its topics for each possible number.

    Articles are left out whole; where there are fewer than ten, passages are. `rounds` is how many refits, and seed.
    """
    refits, seed = rounds
    rng = np.random.default_rng(seed)
    group = np.arange(counts.shape[0]) if articles is None or len(set(articles)) < FOLDS else articles
    fold = None
    for refit in range(refits):
        if refit % FOLDS == 0:
            fold = rng.permutation(group.max() + 1) % min(FOLDS, group.max() + 1)
        kept = fold[group] != refit % (fold.max() + 1)
        rows = counts[kept]
        filled = int((rows.getnnz(axis=1) > 0).sum())
        possible = [number for number in numbers if number < filled]
        if possible and min(rows.shape) > 1:
            found = topics.solutions(vocabulary.weigh(rows), possible, method=method, seed=seed + refit + 1)
            yield kept, counts[~kept], found


def _overlaps(one: np.ndarray, other: np.ndarray, number: int) -> np.ndarray:
    """For each topic of `one` the Jaccard index with the topic of `other` matched to it, one to one, for the best sum.

    NaN for a topic none of whose units is left.
    """
    from scipy.optimize import linear_sum_assignment

    both = np.zeros((number, number))
    known = (one >= 0) & (other >= 0)
    np.add.at(both, (one[known], other[known]), 1)
    sizes = both.sum(axis=1, keepdims=True)
    jaccard = both / np.maximum(sizes + both.sum(axis=0) - both, 1)
    rows, columns = linear_sum_assignment(-jaccard)
    return np.where(sizes[:, 0] > 0, jaccard[rows, columns], np.nan)


def _meetings(solutions: list[np.ndarray], out: "csr_matrix") -> Iterator[tuple[float, float, int]]:
    """For each solution how often two words of a topic share a text of `out`, by chance too, and the pairs of words.

    Sums over all pairs of a topic's ten words, because in few texts single pairs are mostly never or always together;
    words that `out` lacks say nothing.
    """
    present = out.astype(bool).astype(float).tocsc()
    alone = np.asarray(present.mean(axis=0)).ravel()
    tops = [[top[alone[top] > 0] for top in (topics.heaviest(row, WORDS) for row in words)] for words in solutions]
    known = np.unique(np.concatenate([top for topic in tops for top in topic]))
    part = present[:, known].toarray()
    joint, expected = part.T @ part / out.shape[0], np.outer(alone[known], alone[known])
    for topic in tops:
        pairs = [np.searchsorted(known, top)[np.array(np.triu_indices(len(top), 1))] for top in topic]
        first, second = np.concatenate(pairs, axis=1)
        yield joint[first, second].sum(), expected[first, second].sum(), len(first)


def _numbers(most: int) -> Iterator[int]:
    """Numbers of topics to try: each up to 15, then by about an eighth."""
    number = 2
    while number <= max(2, most):
        yield number
        number += max(1, number // 8)


def _near_best(scores: pd.DataFrame) -> list[int]:
    """The rows of `scores`, a column for each refit, whose mean is within one standard error of the best mean."""
    means = scores.mean(axis=1)
    if means.isna().all():
        return list(scores.index)
    error = scores.loc[means.idxmax()].std() / np.sqrt(FOLDS)
    return list(scores.index[means >= means.max() - np.nan_to_num(error)])
