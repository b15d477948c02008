"""From weights of words to topics: articles grouped by Ward's method on latent semantics, or factors."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from warnings import catch_warnings, simplefilter

import numpy as np

from .. import InputError

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix
    from sklearn.decomposition import NMF, TruncatedSVD

METHODS = ("clusters", "nmf")
DIMENSIONS = 100  # of latent semantic analysis
GROUPS = 400  # at most so many articles or groups of them are merged step by step
SAMPLE = 20_000  # articles from which the dimensions and those groups are made


class Solution(NamedTuple):
    """One set of topics: topics by vocabulary, the topic of each unit, and how near any texts are to the topics."""

    words: np.ndarray
    members: np.ndarray
    near: Callable[["csr_matrix"], np.ndarray]

    def ordered(self, order: np.ndarray) -> "Solution":
        """The same topics in another order."""
        rank = np.append(np.argsort(order), -1)  # the last for units of no topic
        return Solution(self.words[order], rank[self.members], lambda rows: self.near(rows)[:, order])


def solutions(weights: "csr_matrix", numbers: list[int], *, method: str, seed: int) -> dict[int, Solution]:
    """For each number of topics the topics of the rows of `weights`, all from one decomposition or hierarchy.

    A row without words belongs to no topic (-1). Same input, same result, on any number of cores.
    """
    if method not in METHODS:
        raise InputError(f"there is no method {method!r}; it can be {' or '.join(METHODS)}")
    full = weights.getnnz(axis=1) > 0
    filled, found = weights if full.all() else weights[full], {}
    with one_thread():
        for number, solution in {"clusters": _clusters, "nmf": _factors}[method](filled, numbers, seed):
            members = np.full(len(full), -1)
            members[full] = solution.members
            found[number] = solution._replace(members=members)
    return found


@contextmanager
def one_thread() -> Iterator[None]:
    """Sums come out the same to the last bit only in the same order, so linear algebra gets one thread."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        yield


def _clusters(weights: "csr_matrix", numbers: list[int], seed: int) -> Iterator[tuple[int, Solution]]:
    from sklearn.decomposition import TruncatedSVD
    from sklearn.preprocessing import normalize

    space = TruncatedSVD(min(DIMENSIONS, min(weights.shape) - 1), random_state=seed, n_iter=3)
    sample = _sample(weights.shape[0], seed)
    places = normalize(space.fit(weights[sample]).transform(weights), copy=False)
    groups = _groups(places, sample, max(GROUPS, 2 * max(numbers)), seed)
    sizes = np.bincount(groups)
    merges = _merges(_means(places, groups, len(sizes)), sizes)
    for number in numbers:
        members, centres = _settled(places, _cut(merges, len(sizes), number)[groups], number)

        yield number, Solution(_typical(weights, members, number), members, partial(_cosine, space, centres))


def _factors(weights: "csr_matrix", numbers: list[int], seed: int) -> Iterator[tuple[int, Solution]]:
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning

    for number in numbers:
        model = NMF(number, init="nndsvd", random_state=seed, max_iter=200, tol=1e-3)
        with catch_warnings():
            # Nearly settled is settled enough: the words and members no longer change.
            simplefilter("ignore", ConvergenceWarning)
            heights = model.fit_transform(weights) * model.components_.sum(axis=1)

        yield number, Solution(model.components_, heights.argmax(axis=1), partial(_amounts, model))


def _cosine(space: "TruncatedSVD", centres: np.ndarray, rows: "csr_matrix") -> np.ndarray:
    """How near rows are to each centre, from 0 to 1."""
    from sklearn.preprocessing import normalize

    with one_thread():
        return np.maximum(normalize(space.transform(rows)) @ centres.T, 0)


def _amounts(model: "NMF", rows: "csr_matrix") -> np.ndarray:
    """How much of each factor is in each row."""
    with one_thread():
        return model.transform(rows) * model.components_.sum(axis=1)


def _sample(number: int, seed: int) -> np.ndarray | slice:
    """Which rows stand for all where there are too many."""
    if number <= SAMPLE:
        return slice(None)
    return np.sort(np.random.default_rng(seed).choice(number, SAMPLE, replace=False))


def _groups(places: np.ndarray, sample: np.ndarray | slice, most: int, seed: int) -> np.ndarray:
    """The group of each place: its own, or where there are too many places one of `most` found by k-means."""
    if len(places) <= most:
        return np.arange(len(places))
    from sklearn.cluster import KMeans

    model = KMeans(most, init="random", random_state=seed, n_init=1, max_iter=20).fit(places[sample])
    centres = model.cluster_centers_
    nearest = [
        (part @ centres.T - (centres**2).sum(axis=1) / 2).argmax(axis=1)
        for part in np.array_split(places, -(-len(places) // SAMPLE))
    ]
    return np.unique(np.concatenate(nearest), return_inverse=True)[1]


def _merges(places: np.ndarray, sizes: np.ndarray) -> list[tuple[int, int]]:
    """Which two groups Ward's method merges at each step: the two whose merger adds least to the spread within."""
    sizes = sizes.astype(float)
    square = (places.astype(float) ** 2).sum(axis=1)
    costs = square[:, None] + square - 2 * places.astype(float) @ places.T
    costs *= sizes[:, None] * sizes / (sizes[:, None] + sizes)
    np.fill_diagonal(costs, np.inf)
    merges = []
    for _ in range(len(sizes) - 1):
        first, second = sorted(map(int, divmod(int(costs.argmin()), len(sizes))))
        both = sizes[first] + sizes[second]
        # Lance and Williams (1967): what merging the union with each other group costs.
        new = (sizes[first] + sizes) * costs[first] + (sizes[second] + sizes) * costs[second]
        new = (new - sizes * costs[first, second]) / (both + sizes)
        new[[first, second]] = np.inf
        costs[first] = costs[:, first] = new
        costs[second] = costs[:, second] = np.inf
        sizes[first] = both
        merges.append((first, second))
    return merges


def _cut(merges: list[tuple[int, int]], groups: int, number: int) -> np.ndarray:
    """The topic of each group when merging stops at so many topics."""
    topic = np.arange(groups)
    for first, second in merges[: groups - number]:
        topic[topic == second] = first
    return np.unique(topic, return_inverse=True)[1]


def _settled(places: np.ndarray, members: np.ndarray, number: int) -> tuple[np.ndarray, np.ndarray]:
    """Members and unit centres after each place has moved twice to the nearest centre; no topic is emptied."""
    from sklearn.preprocessing import normalize

    for _ in range(2):
        moved = (places @ normalize(_means(places, members, number)).T).argmax(axis=1)
        if len(np.unique(moved)) < number:
            break
        members = moved
    return members, normalize(_means(places, members, number))


def _means(places: np.ndarray, members: np.ndarray, number: int) -> np.ndarray:
    return _indicator(members, number) @ places


def _typical(weights: "csr_matrix", members: np.ndarray, number: int) -> np.ndarray:
    """Topics by words: by how much a word weighs more in a topic than half as much again as elsewhere."""
    sizes = np.bincount(members, minlength=number)[:, None]
    own = (_indicator(members, number) @ weights).toarray()
    elsewhere = (np.asarray(weights.sum(axis=0)) - sizes * own) / np.maximum(len(members) - sizes, 1)
    return np.maximum(own - 1.5 * elsewhere, 0)


def _indicator(members: np.ndarray, number: int) -> "csr_matrix":
    """Topics by members, each row the same weight for each of its members and 1 in sum."""
    from scipy.sparse import csr_matrix

    shape, sizes = (number, len(members)), np.bincount(members, minlength=number)
    values = (1 / sizes[members]).astype(np.float32)
    return csr_matrix((values, (members, np.arange(len(members)))), shape)
