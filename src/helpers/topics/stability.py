"""Which topics come back when articles are left out, and how many topics a corpus bears."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from .. import InputError, stats
from . import model as topics
from . import words as vocabulary
from .words import Matrix, Tokeniser

FOLDS = 10  # a refit leaves out one article in so many
CHOICE = ["topics", "stability", "stability_error", "coherence", "coherence_error", "chosen"]
SAMPLE = 1_000  # articles by which a number of topics is chosen
MOST = 50  # topics
WORDS = 10  # of a topic, for coherence


def returns(model: topics.Model, *, refits: int = 20, seed: int = 7) -> pd.Series:
    """How often each topic comes back when a tenth of the articles is left out and the seed is another.

    That is the share of refits in which the articles of the topic and of the one matched to it have a Jaccard index
    above a half (Hennig, 2007); NaN where no refit was possible.
    """
    number, counts = len(model.solution.words), model.words.counts()
    tries = _refits(counts, [number], model.articles, method=model.method, rounds=(refits, seed))
    found = [_overlaps(model.solution.members[kept], refit[number].members, number) for kept, _, refit in tries]
    table = pd.DataFrame(found, columns=range(number))
    return (table > 0.5).mean().where(table.notna().any())


def choose(
    texts: "pd.Series | Sequence[str]", *, seed: int = 7, method: str = "clusters",
    words: Tokeniser = vocabulary.tokens, refits: int = 20,
) -> pd.DataFrame:  # fmt: skip
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
    units, articles = topics.made_of(distinct, passages, 2, words)
    bearable = len(articles) // (10 if len(articles) > len(distinct) else 2)
    counts, numbers = units.counts(), list(_numbers(min(MOST, bearable, len(units.vocabulary) - 1)))
    whole = topics.solutions(vocabulary.weigh(counts), numbers, method=method, seed=seed)
    rows = [
        (number, adjusted_rand_score(whole[number].members[kept], refit[number].members), *together)
        for kept, out, refit in _refits(counts, numbers, articles, method=method, rounds=(refits, seed))
        for number, together in zip(refit, _meetings([found.words for found in refit.values()], out), strict=True)
    ]
    if not rows:
        raise InputError(f"too few passages ({len(passages)}) to leave some out; add articles")
    table = pd.DataFrame(rows, columns=["topics", "stability", "joint", "expected", "pairs"])
    table["coherence"] = stats.npmi(table.joint, table.expected, table.pairs, table.pairs).where(table.pairs > 0)
    groups = table.groupby("topics")[["stability", "coherence"]]
    means, errors = groups.mean(), groups.std() / np.sqrt(FOLDS)
    coherent = _near_best(means.coherence, errors.coherence)
    chosen = _near_best(means.stability[coherent], errors.stability)[0]
    table = means.join(errors.add_suffix("_error")).reset_index()
    return table.assign(chosen=table.topics == chosen)[CHOICE]


def best(choice: pd.DataFrame) -> int:
    """The number of topics that `choose` chose."""
    return int(choice.topics[choice.chosen].iloc[0])


def _refits(
    counts: Matrix, numbers: list[int], articles: np.ndarray, *, method: str, rounds: tuple[int, int]
) -> Iterator[tuple[np.ndarray, Matrix, dict[int, topics.Solution]]]:
    """Which units a refit keeps, the counts of those it leaves out, and its topics for each possible number.

    Articles are left out whole; where there are fewer than ten, passages are. `rounds` is how many refits, and seed.
    """
    refits, seed = rounds
    rng = np.random.default_rng(seed)
    group = articles if len(set(articles)) >= FOLDS else np.arange(len(articles))
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
    """The Jaccard index of each topic with the one matched to it, one to one, for the best sum; NaN without units."""
    from scipy.optimize import linear_sum_assignment

    both = np.zeros((number, number))
    known = (one >= 0) & (other >= 0)
    np.add.at(both, (one[known], other[known]), 1)
    sizes = both.sum(axis=1, keepdims=True)
    jaccard = both / np.maximum(sizes + both.sum(axis=0) - both, 1)
    rows, columns = linear_sum_assignment(-jaccard)
    return np.where(sizes[:, 0] > 0, jaccard[rows, columns], np.nan)


def _meetings(solutions: list[np.ndarray], out: Matrix) -> Iterator[tuple[float, float, int]]:
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
    for own in (joint, expected):
        np.fill_diagonal(own, 0)
    for topic in tops:
        own = [np.ix_(at, at) for at in (np.searchsorted(known, top) for top in topic)]
        pairs = sum(len(top) * (len(top) - 1) // 2 for top in topic)
        yield sum(joint[at].sum() for at in own) / 2, sum(expected[at].sum() for at in own) / 2, pairs


def _numbers(most: int) -> Iterator[int]:
    """Numbers of topics to try: each up to 15, then by about an eighth."""
    number = 2
    while number <= max(2, most):
        yield number
        number += max(1, number // 8)


def _near_best(means: pd.Series, errors: pd.Series) -> pd.Index:
    """The numbers whose mean is within one standard error of the best mean; all where no mean is known."""
    if means.isna().all():
        return means.index
    return means.index[means >= means.max() - np.nan_to_num(errors[means.idxmax()])]
