"""What the coverage is about: articles that share their words, and how much of each article is about what."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from .. import InputError
from ..language import split
from . import clusters
from . import words as vocabulary
from .words import Words

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

PASSAGES = 5_000  # articles up to which each is read in passages
POOL, COHERENCE, OWN, CAUTION = 30, 0.6, 0.5, 2.0  # of label words, see `TopicModel.labels`


class Units(NamedTuple):
    """What topics are made from: the words of each unit; a unit is an article, or a passage."""

    words: Words
    passages: bool


@dataclass(frozen=True)
class TopicModel:
    """Topics, the largest first.

    shares: one row a text under its name, one column a topic (from 0), rows sum to 1; texts: the different texts in
    their own order; evidence: their passages (article, the number of its text; sent, its first sentence; text);
    nearness: passages by topics; solution: the words of the topics, and of which topic each unit is; units: what the
    topics were made from; settings: with which parameters; read: the weights of words in any texts.
    """

    shares: pd.DataFrame
    texts: pd.Series
    evidence: pd.DataFrame
    nearness: np.ndarray
    solution: clusters.Solution
    units: Units
    settings: dict
    read: Callable[[Iterable[str]], "csr_matrix"]

    def top_words(self, n: int = 10) -> list[list[str]]:
        """The n heaviest words of each topic."""
        known = self.units.words.vocabulary
        return [[str(known[at]) for at in _heaviest(row, n)] for row in self.solution.words]

    def labels(self, n: int = 3) -> list[list[str]]:
        """The n words that name each topic: heavy in it, its own, and met near each other.

        Of the 30 words heaviest by relevance and exclusivity (Bischof and Airoldi, 2012), those are picked in turn
        that stand in chunks of 20 words with the ones picked before, by normalised pointwise mutual information
        (Bouma, 2009) of a lower bound of the chunks with both, so that rare pairs have to earn their score.
        """
        share = self.solution.words / np.maximum(self.solution.words.sum(axis=0, keepdims=True), 1e-12)
        weights = self.solution.words * share**OWN
        weights = weights / np.maximum(weights.max(axis=1, keepdims=True), 1e-12)
        pools = [_heaviest(row, POOL) for row in weights]
        chosen = np.unique(np.concatenate([np.zeros(0, int), *pools]))
        together = _together(self.units.words.chunks(chosen))
        known = self.units.words.vocabulary
        named = []
        for pool, row in zip(pools, weights, strict=True):
            at = np.searchsorted(chosen, pool)
            picked = _coherent(np.sqrt(row[pool]), together[np.ix_(at, at)], n)
            named.append([str(known[pool[place]]) for place in picked])
        return named

    def names(self, n: int = 3) -> list[str]:
        """A name for each topic: its first n label words, and more where two topics would have the same name."""
        labels = self.labels(n + 3)
        for topic, words in enumerate(labels):
            taken = {tuple(other[:n]) for other in labels[:topic]}
            size = next((size for size in range(n, n + 4) if tuple(words[:size]) not in taken), n + 3)
            labels[topic] = words[:size]
        found = [", ".join(words) for words in labels]
        return [name if found.count(name) == 1 else f"{name} ({number})" for number, name in enumerate(found, 1)]

    def transform(self, texts: "pd.Series | Sequence[str]") -> pd.DataFrame:
        """The shares of other texts, in the same form; a text of which no word is known has the mean shares."""
        named = _named(texts)
        passages = vocabulary.passages(named.tolist(), window=self.settings["window"])
        near = self.solution.near(self.read(passages.text))
        shares = _summed(_weights(near, self.settings["method"]), passages.article.to_numpy(), len(named))
        return pd.DataFrame(_filled(shares, self.shares.mean().to_numpy()), index=named.index)

    def passages(self, topic: int, n: int = 3) -> pd.DataFrame:
        """The n passages that are most about a topic, from different articles: doc, sent, text, nearness (0 to 1)."""
        own = self.nearness.argmax(axis=1) == topic
        rows = self.evidence[own].assign(nearness=self.nearness[own, topic])
        # Long passages give firmer evidence than headlines.
        strength = rows.nearness * np.sqrt(rows.text.map(split.count))
        rows = rows.assign(doc=self.texts.index[rows.article], strength=strength)[rows.nearness > 0]
        rows = rows.sort_values(["strength", "article"], ascending=[False, True], kind="stable")
        return rows.drop_duplicates("article").head(n)[["doc", "sent", "text", "nearness"]].reset_index(drop=True)

    def sentence(self, topic: int) -> str:
        """The sentence of eight words or more that is most about a topic, of those in its nearest passages; or ""."""
        found = [
            text[s.start : s.end]
            for text in self.passages(topic, 8).text
            for s in split.sentences(text)
            if 8 <= split.count(text[s.start : s.end]) <= 40
        ]
        near = self.solution.near(self.read(found))[:, topic] if found else np.zeros(0)
        return found[int(near.argmax())] if len(near) and near.max() > 0 else ""


def fit(
    texts: "pd.Series | Sequence[str]",
    *,
    n_topics: int,
    seed: int = 7,
    method: str = "clusters",
    words: Callable[[str], list[str]] | None = None,
    window: int | str = "auto",
) -> TopicModel:
    """Topics of texts: of articles whose words are alike, and of every passage the topic that it is nearest to.

    "clusters": sublinear TF-IDF, latent semantic analysis (Deerwester and others, 1990), groups by the method of Ward
    (1963) and spherical k-means (Dhillon and Modha, 2001) from there; an article's share is that of its passages.
    "nmf": non-negative matrix factorisation (Lee and Seung, 1999), in which a passage can have several topics.
    `texts` has a name for each text as its index, or is a list. `words` makes words of a text, otherwise
    `vocabulary.tokens`; `vocabulary.masked` leaves names out. `window` is the sentences of a passage, 0 for none; auto
    is three up to 5,000 texts. Where there are fewer than two texts for each topic, passages make the topics.
    Equal texts count once, and their order does not matter. Raises InputError when there is too little text.
    """
    named = _named(texts)
    window = _window(window, len(named))
    words = words or vocabulary.tokens
    distinct = _distinct(named)
    passages = vocabulary.passages(distinct.tolist(), window=window)
    units = prepared(distinct, passages.text, n_topics=n_topics, words=words)
    weights = units.words.counts()
    idf = vocabulary.rarity(weights)
    weights = vocabulary.weigh(weights, idf)
    solution = clusters.solutions(weights, [n_topics], method=method, seed=seed)[n_topics]
    read = partial(_read, words=words, known=units.words.vocabulary, idf=idf)
    passed = weights if units.passages or not window else read(passages.text)
    near = solution.near(passed)
    shares = _summed(_weights(near, method), passages.article.to_numpy(), len(distinct))
    order = np.argsort(-shares.sum(axis=0), kind="stable")
    solution, shares = solution.ordered(order), _filled(shares[:, order])
    place = {text: number for number, text in enumerate(distinct)}
    table = pd.DataFrame(shares[[place[text] for text in named]], index=named.index)
    settings = {"n_topics": n_topics, "seed": seed, "method": method, "window": window}
    return TopicModel(table, distinct, passages, near[:, order], solution, units, settings, read)


def prepared(
    texts: Iterable[str], passages: Iterable[str], *, n_topics: int, words: Callable[[str], list[str]]
) -> Units:
    """The units for so many topics: the texts, or where these are fewer than two a topic their passages.

    Raises InputError when there are too few for so many topics.
    """
    if n_topics < 1:
        raise InputError(f"{n_topics} topics can not be found; set n_topics to 1 or more")
    for source, fewest in ((texts, 2 * n_topics), (passages, n_topics + 1)):
        read = vocabulary.read(source, words)
        counts = read.counts()
        kept = vocabulary.telling(counts)
        full = int((counts @ kept.astype(np.float32) > 0).sum())
        if full >= max(2, fewest) and kept.sum() > n_topics:
            return Units(read.only(kept), source is passages)
    raise InputError(f"too few passages ({full}) with words in common for {n_topics} topics; "
                     "set n_topics lower or add articles")  # fmt: skip


def _read(
    texts: Iterable[str], *, words: Callable[[str], list[str]], known: np.ndarray, idf: np.ndarray
) -> "csr_matrix":
    """The weights of the known words in each text."""
    return vocabulary.weigh(vocabulary.read(texts, words, known).counts(), idf)


def _weights(near: np.ndarray, method: str) -> np.ndarray:
    """How much of each passage is about each topic: all about the nearest, or by NMF in proportion; 0 without words."""
    if method == "nmf":
        return near / np.maximum(near.sum(axis=1, keepdims=True), 1e-12)
    weights = np.zeros(near.shape)
    some = np.flatnonzero(near.max(axis=1) > 0)
    weights[some, near[some].argmax(axis=1)] = 1
    return weights


def _summed(weights: np.ndarray, articles: np.ndarray, number: int) -> np.ndarray:
    """Articles by topics from passages by topics; rows sum to 1, or to 0 without words."""
    total = np.zeros((number, weights.shape[1]))
    np.add.at(total, articles, weights)
    return total / np.maximum(total.sum(axis=1, keepdims=True), 1e-12)


def _filled(shares: np.ndarray, mean: np.ndarray | None = None) -> np.ndarray:
    """The same with `mean`, or the mean of the others, where an article has no word, so that no mean moves."""
    empty = shares.sum(axis=1) < 0.5
    if empty.any():
        shares = shares.copy()
        shares[empty] = shares[~empty].mean(axis=0) if mean is None else mean
    return shares


def _heaviest(row: np.ndarray, n: int) -> np.ndarray:
    """The places of the n greatest values, but no zeros."""
    order = np.argsort(-row, kind="stable")[:n]
    return order[row[order] > 0]


def _together(chunks: "csr_matrix") -> np.ndarray:
    """Cautious NPMI of words: of a lower bound of the number of chunks that hold both."""
    joint = (chunks.T @ chunks).toarray().astype(float)
    alone = np.diag(joint) / chunks.shape[0]
    low = np.maximum(joint - CAUTION * np.sqrt(joint), 0) / chunks.shape[0] + 1e-12
    with np.errstate(divide="ignore", invalid="ignore"):
        measure = np.log(low / np.outer(alone, alone)) / -np.log(low)
    measure[~np.isfinite(measure)] = -1
    np.fill_diagonal(measure, 0)
    return measure


def _coherent(relevance: np.ndarray, together: np.ndarray, n: int) -> list[int]:
    """The places of n words picked in turn: relevant, and near those picked before."""
    if not len(relevance):
        return []
    start = (1 - COHERENCE) * relevance + COHERENCE * (together @ (relevance / relevance.sum()))
    picked, near = [int(start.argmax())], np.zeros(len(relevance))
    while len(picked) < min(n, len(relevance)):
        near += together[:, picked[-1]]
        gain = (1 - COHERENCE) * relevance + COHERENCE * near / len(picked)
        gain[picked] = -np.inf
        picked.append(int(gain.argmax()))
    return picked


def _named(texts: "pd.Series | Sequence[str]") -> pd.Series:
    """Texts under their names, as objects: a column of strings would hold all of them once more."""
    named = texts.astype(object) if isinstance(texts, pd.Series) else pd.Series(list(texts), dtype=object)
    return named.where(named.notna(), "")


def _distinct(named: pd.Series) -> pd.Series:
    """The different texts in order, each under the first of its names."""
    first: dict[str, object] = {}
    for name, text in zip(named.index, named, strict=True):
        if text not in first or str(name) < str(first[text]):
            first[text] = name
    texts = sorted(first)
    return pd.Series(texts, index=[first[text] for text in texts], dtype=object)


def _window(window: int | str, texts: int) -> int:
    if window == "auto":
        return vocabulary.WINDOW if texts <= PASSAGES else 0
    if not isinstance(window, int) or window < 0:
        raise InputError(f"a window is a number of sentences, 0 for whole articles, or 'auto', not {window!r}")
    return window
