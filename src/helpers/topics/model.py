"""Topics of any texts: articles that share their words, and how much of each article is about what."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from warnings import catch_warnings, simplefilter

import numpy as np
import pandas as pd

from .. import InputError, stats
from ..language import split
from . import words as vocabulary
from .words import Matrix, Tokeniser, Words

if TYPE_CHECKING:
    from sklearn.decomposition import NMF, TruncatedSVD

METHODS = ("clusters", "nmf")
PASSAGES = 5_000  # articles up to which each is read in passages
POOL, COHERENCE, OWN, CAUTION = 30, 0.6, 0.5, 2.0  # of label words, see `Model.labels`
DIMENSIONS = 100  # of latent semantic analysis
GROUPS = 2_500  # at most so many units are merged step by step
SAMPLE = 20_000  # units from which the dimensions are made


class Solution(NamedTuple):
    """One set of topics: topics by vocabulary, the topic of each unit, and how near any texts are to the topics."""

    words: np.ndarray
    members: np.ndarray
    near: Callable[[Matrix], np.ndarray]

    def ordered(self, order: np.ndarray) -> "Solution":
        """The same topics in another order."""
        rank = np.append(np.argsort(order), -1)  # the last for units of no topic
        return Solution(self.words[order], rank[self.members], lambda rows: self.near(rows)[:, order])


@dataclass(frozen=True)
class Model:
    """Topics, the largest first.

    shares: one row a text under its name, one column a topic (from 0), rows sum to 1; texts: the different texts in
    their own order; evidence: their passages (article, the number of its text; sent, its first sentence; text);
    nearness: passages by topics; parts: how much of each passage is of each topic, rows sum to 1, or to 0; words,
    articles: of the units that topics are made of, see `made_of`; solution: the topics of the units; read: the weights
    of words in any texts.
    """

    shares: pd.DataFrame
    texts: pd.Series
    evidence: pd.DataFrame
    nearness: np.ndarray
    parts: np.ndarray
    words: Words
    articles: np.ndarray
    solution: Solution
    read: Callable[[Iterable[str]], Matrix]
    method: str

    def top_words(self, n: int = 10) -> list[list[str]]:
        """The n heaviest words of each topic."""
        return [self.words.vocabulary[heaviest(row, n)].tolist() for row in self.solution.words]

    def labels(self, n: int = 3) -> list[list[str]]:
        """The n words that name each topic: heavy in it, its own, and met near each other.

        Of the 30 words heaviest by relevance and exclusivity (Bischof and Airoldi, 2012), those are picked in turn
        that stand in chunks of 20 words with the ones picked before, by normalised pointwise mutual information
        (Bouma, 2009) of a lower bound of the chunks with both, so that rare pairs have to earn their score.
        """
        known, weights = self.words.vocabulary, self.solution.words
        weights = weights * (weights / np.maximum(weights.sum(axis=0), 1e-12)) ** OWN
        weights = weights / np.maximum(weights.max(axis=1, keepdims=True), 1e-12)
        pools = [heaviest(row, POOL) for row in weights]
        kept = np.isin(np.arange(len(known)), np.concatenate(pools))
        together, places = _together(self.words.chunks(kept)), np.cumsum(kept) - 1
        return [
            known[pool[_coherent(np.sqrt(row[pool]), together[np.ix_(places[pool], places[pool])], n)]].tolist()
            for pool, row in zip(pools, weights, strict=True)
        ]

    def names(self, n: int = 3) -> list[str]:
        """A name for each topic: its first n label words, and one more where two topics would have the same name."""
        labels = self.labels(n + 1)
        first = [words[:n] for words in labels]
        found = [", ".join(words[: n + (words[:n] in first[:topic])]) for topic, words in enumerate(labels)]
        return [name if found.count(name) == 1 else f"{name} ({number})" for number, name in enumerate(found, 1)]

    def passages(self, topic: int, n: int = 3, among: Collection | None = None) -> pd.DataFrame:
        """The n passages most about a topic, one an article (of `among`, or of all): doc, sent, text, nearness."""
        rows = self.evidence.assign(doc=self.texts.index[self.evidence.article], nearness=self.nearness[:, topic])
        rows = rows[(self.parts.argmax(axis=1) == topic) & (rows.nearness > 0)]
        rows = rows if among is None else rows[rows.doc.isin(among)]
        # Long passages give firmer evidence than headlines.
        rows = rows.assign(strength=rows.nearness * np.sqrt(rows.text.map(split.count)))
        rows = rows.sort_values(["strength", "article"], ascending=[False, True], kind="stable")
        return rows.drop_duplicates("article").head(n)[["doc", "sent", "text", "nearness"]].reset_index(drop=True)

    def behind(self, names: Sequence[str]) -> pd.DataFrame:
        """Every passage under the name of each topic of which it is a part: article, sent, text, topic, nearness."""
        rows, topic = np.nonzero(self.parts)
        return self.evidence.iloc[rows].assign(
            topic=np.array(names, object)[topic], nearness=self.nearness[rows, topic]
        )

    def nearest(self, among: Collection) -> list:
        """For each topic the name of the text nearest to it, of those `among` that are mostly about it, or ""."""
        own = self.shares.loc[self.texts.index].to_numpy().argmax(axis=1)[:, None] == np.arange(self.shares.shape[1])
        near = self.solution.near(self.read(self.texts)) * own * self.texts.index.isin(among)[:, None]
        return [self.texts.index[at] if near[at, topic] > 0 else "" for topic, at in enumerate(near.argmax(axis=0))]

    def sentence(self, topic: int, among: Collection | None = None) -> tuple[str, str]:
        """The sentence of 8 to 40 words most about a topic in its nearest eight passages, and its doc; or "" twice."""
        found = [
            (text, row.doc)
            for row in self.passages(topic, 8, among).itertuples()
            for s in split.sentences(row.text)
            if 8 <= split.count(text := row.text[s.start : s.end]) <= 40
        ]
        near = self.solution.near(self.read(text for text, _ in found))[:, topic] if found else np.zeros(1)
        return found[near.argmax()] if near.max() > 0 else ("", "")


def make(
    texts: "pd.Series | Sequence[str]", *, n_topics: int, seed: int = 7, method: str = "clusters",
    words: Tokeniser = vocabulary.tokens,
) -> Model:  # fmt: skip
    """Topics of texts: of articles whose words are alike, and of every passage the topic that it is nearest to.

    "clusters": sublinear TF-IDF, latent semantic analysis (Deerwester and others, 1990), groups by the method of Ward
    (1963) and spherical k-means (Dhillon and Modha, 2001) from there; an article's share is that of its passages.
    "nmf": non-negative matrix factorisation (Lee and Seung, 1999), in which a passage can have several topics.
    `texts` has a name for each text as its index, or is a list. `words` makes words of a text; `vocabulary.masked`
    leaves names out. A passage has three sentences; of more than 5,000 texts each is read whole.
    Equal texts count once, and their order does not matter. Raises InputError when there is too little text.
    """
    named = _named(texts)
    window = vocabulary.WINDOW if len(named) <= PASSAGES else 0
    # The different texts in order, each under the first of its names; `sort_values` would copy them all.
    distinct = named.sort_index(key=lambda names: names.map(str), kind="stable").drop_duplicates()
    distinct = distinct.iloc[np.argsort(distinct.to_numpy())]
    passages = vocabulary.passages(distinct.tolist(), window=window)
    units, articles = made_of(distinct, passages, n_topics, words)
    weights = units.counts()
    idf = vocabulary.rarity(weights)

    def read(texts: Iterable[str]) -> Matrix:
        """The weights of the known words in each text."""
        return vocabulary.weigh(vocabulary.read(texts, words, units.vocabulary).counts(), idf)

    weights = vocabulary.weigh(weights, idf)
    solution = solutions(weights, [n_topics], method=method, seed=seed)[n_topics]
    near = solution.near(weights if len(articles) == len(passages) else read(passages.text))
    parts = _parts(near, method)
    shares = _summed(parts, passages.article)
    order = np.argsort(-shares.sum(axis=0), kind="stable")
    table = pd.DataFrame(shares[pd.Index(distinct).get_indexer(named)][:, order], index=named.index)
    solution = solution.ordered(order)
    return Model(table, distinct, passages, near[:, order], parts[:, order], units, articles, solution, read, method)


def made_of(
    texts: Collection[str], passages: pd.DataFrame, n_topics: int, words: Tokeniser
) -> tuple[Words, np.ndarray]:
    """The words of the units that topics are made of, and the number of the article of each unit.

    Units are the texts, or where these are fewer than two a topic their passages. Only words in two units or more, and
    in no more than half of them, tell a topic. Raises InputError when there are too few for so many topics.
    """
    if n_topics < 1:
        raise InputError(f"{n_topics} topics can not be found; set n_topics to 1 or more")
    whole = (texts, np.arange(len(texts)), 2 * n_topics)
    for source, articles, fewest in (whole, (passages.text, passages.article.to_numpy(), n_topics + 1)):
        read = vocabulary.read(source, words)
        counts = read.counts()
        spread = counts.getnnz(axis=0)
        kept = (spread >= 2) & (spread <= max(2, counts.shape[0] / 2))
        full = int((counts @ kept.astype(np.float32) > 0).sum())
        if full >= max(2, fewest) and kept.sum() > n_topics:
            return read.only(kept), articles
    raise InputError(f"too few passages ({full}) with words in common for {n_topics} topics; "
                     "set n_topics lower or add articles")  # fmt: skip


def _parts(near: np.ndarray, method: str) -> np.ndarray:
    """A passage is all of the topic nearest to it, or by NMF of several in proportion; without words it is of none."""
    if method != "nmf":
        near = (near > 0) & (np.arange(near.shape[1]) == near.argmax(axis=1)[:, None])
    return near / np.maximum(near.sum(axis=1, keepdims=True), 1e-12)


def _summed(parts: np.ndarray, articles: pd.Series) -> np.ndarray:
    """Articles by topics from passages by topics; rows sum to 1.

    An article without words has the mean shares of the others, so that no mean moves.
    """
    total = np.zeros((articles.nunique(), parts.shape[1]))
    np.add.at(total, articles.to_numpy(), parts)
    shares = total / np.maximum(total.sum(axis=1, keepdims=True), 1e-12)
    empty = shares.sum(axis=1) < 0.5
    if empty.any():
        shares[empty] = shares[~empty].mean(axis=0)
    return shares


def heaviest(row: np.ndarray, n: int) -> np.ndarray:
    """The places of the n greatest values, but no zeros."""
    own = np.flatnonzero(row > 0)
    return own[np.argsort(-row[own], kind="stable")[:n]]


def _together(chunks: Matrix) -> np.ndarray:
    """Cautious NPMI of words: of a lower bound of the number of chunks that hold both."""
    joint = (chunks.T @ chunks).toarray().astype(float)
    alone = np.diag(joint) / chunks.shape[0]
    low = pd.DataFrame(np.maximum(joint - CAUTION * np.sqrt(joint), 0) / chunks.shape[0] + 1e-12)
    return stats.npmi(low, alone[:, None], alone, 1).to_numpy() * (1 - np.eye(len(alone)))


def _coherent(relevance: np.ndarray, together: np.ndarray, n: int) -> list[int]:
    """The places of n words picked in turn: relevant, and near those picked before."""
    picked, near = [], together @ (relevance / relevance.sum())
    for size in range(min(n, len(relevance))):
        gain = (1 - COHERENCE) * relevance + COHERENCE * near / max(1, size)
        gain[picked] = -np.inf
        picked.append(int(gain.argmax()))
        near = together[:, picked].sum(axis=1)
    return picked


def _named(texts: "pd.Series | Sequence[str]") -> pd.Series:
    """Texts under their names, as objects: a column of strings would hold all of them once more."""
    named = pd.Series(texts if isinstance(texts, pd.Series) else list(texts), dtype=object)
    return named.where(named.notna(), "")


def solutions(weights: Matrix, numbers: list[int], *, method: str, seed: int) -> dict[int, Solution]:
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


def one_thread() -> AbstractContextManager:
    """Sums come out the same to the last bit only in the same order, so linear algebra gets one thread."""
    from threadpoolctl import threadpool_limits

    return threadpool_limits(1)


def _clusters(weights: Matrix, numbers: list[int], seed: int) -> Iterator[tuple[int, Solution]]:
    from scipy.cluster.hierarchy import fcluster, linkage
    from sklearn.decomposition import TruncatedSVD

    space = TruncatedSVD(min(DIMENSIONS, min(weights.shape) - 1), random_state=seed, n_iter=3)
    space.fit(weights[sample(weights.shape[0], SAMPLE, seed)])
    places = _unit(space.transform(weights))
    merged = sample(len(places), max(GROUPS, 2 * max(numbers)), seed)
    tree = linkage(places[merged], "ward")
    tree[:, 2] = range(len(tree))  # ranks for heights: where two are equal, one step still merges two groups
    for number in numbers:
        first, _ = pd.factorize(fcluster(tree, len(tree) - number + 0.5, "distance"))  # in the order of the units
        members = first
        if len(first) < len(places):
            members = (places @ _centres(places[merged], first, number).T).argmax(axis=1)
            members[merged] = first
        for _ in range(2):  # each place moves to the nearest centre; no topic is emptied
            moved = (places @ _centres(places, members, number).T).argmax(axis=1)
            if len(np.unique(moved)) < number:
                break
            members = moved
        near = partial(_cosine, space, _centres(places, members, number))
        yield number, Solution(_typical(weights, members, number), members, near)


def _factors(weights: Matrix, numbers: list[int], seed: int) -> Iterator[tuple[int, Solution]]:
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning

    for number in numbers:
        model = NMF(number, init="nndsvd", random_state=seed, max_iter=200, tol=1e-3)
        with catch_warnings():
            # Nearly settled is settled enough: the words and members no longer change.
            simplefilter("ignore", ConvergenceWarning)
            heights = model.fit_transform(weights) * model.components_.sum(axis=1)
        yield number, Solution(model.components_, heights.argmax(axis=1), partial(_amounts, model))


def _cosine(space: "TruncatedSVD", centres: np.ndarray, rows: Matrix) -> np.ndarray:
    """How near rows are to each centre, from 0 to 1."""
    with one_thread():
        return np.maximum(_unit(space.transform(rows)) @ centres.T, 0)


def _amounts(model: "NMF", rows: Matrix) -> np.ndarray:
    """How much of each factor is in each row."""
    with one_thread():
        return model.transform(rows) * model.components_.sum(axis=1)


def sample(number: int, most: int, seed: int) -> np.ndarray | slice:
    """Which rows stand for all where there are too many."""
    if number <= most:
        return slice(None)
    return np.sort(np.random.default_rng(seed).choice(number, most, replace=False))


def _centres(places: np.ndarray, members: np.ndarray, number: int) -> np.ndarray:
    """The mean place of each topic's members, of length 1."""
    return _unit(_indicator(members, number) @ places)


def _unit(rows: np.ndarray) -> np.ndarray:
    """Rows of length 1; a row of zeros stays."""
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, None]
    return rows / np.where(lengths > 0, lengths, 1)


def _typical(weights: Matrix, members: np.ndarray, number: int) -> np.ndarray:
    """Topics by words: by how much a word weighs more in a topic than half as much again as elsewhere."""
    sizes = np.bincount(members, minlength=number)[:, None]
    own = (_indicator(members, number) @ weights).toarray()
    elsewhere = (np.asarray(weights.sum(axis=0)) - sizes * own) / np.maximum(len(members) - sizes, 1)
    return np.maximum(own - 1.5 * elsewhere, 0)


def _indicator(members: np.ndarray, number: int) -> Matrix:
    """Topics by members, each row the same weight for each of its members and 1 in sum."""
    from scipy.sparse import csr_matrix

    values = (1 / np.bincount(members, minlength=number)[members]).astype(np.float32)
    return csr_matrix((values, (members, np.arange(len(members)))), (number, len(members)))
