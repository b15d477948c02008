"""What the coverage is about: topics of passages, by non-negative matrix factorisation of TF-IDF."""

import re
from typing import NamedTuple

import numpy as np
import pandas as pd

from . import InputError, split

# Words that say when and that somebody spoke, not what about.
CALENDAR = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december today yesterday tomorrow day days week weeks weekend month months year years "
    "time times hour hours morning evening said says say told tells tell asked ask asks added called spoke "
    "according did does don didn doesn isn wasn like just know came come went going long good new"
).split()
TOKEN = r"(?u)\b[^\W\d_]{3,}(?:-[^\W\d_]+)*\b"  # "China’s" is "China"


class TopicModel(NamedTuple):
    """Topics found in passages.

    passages: doc, sent (the first), text and one row a passage; weights: passages by topics, rows sum to 1 (or 0 where
    no topic fits); words: topics by vocabulary; vocabulary: the words.
    """

    passages: pd.DataFrame
    weights: np.ndarray
    words: np.ndarray
    vocabulary: np.ndarray

    def top_words(self, n: int = 8) -> list[list[str]]:
        """The n heaviest words of each topic."""
        return [[str(word) for word in self.vocabulary[np.argsort(-row, kind="stable")[:n]]] for row in self.words]

    def labels(self) -> list[str]:
        """A name for each topic: its three heaviest words."""
        return [", ".join(words) for words in self.top_words(3)]

    def shares(self) -> pd.DataFrame:
        """One row an article, one column a topic (from 0): how much of the article is about it; rows sum to 1."""
        table = pd.DataFrame(self.weights).groupby(self.passages.doc.to_numpy()).sum()
        table.index.name = "doc"
        return table.div(table.sum(axis=1).replace(0, np.nan), axis=0).dropna()

    def summary(self, labels: dict[int, str]) -> pd.DataFrame:
        """One row a topic: topic (its label), share of all coverage, articles that give it a tenth or more."""
        shares = self.shares()
        return pd.DataFrame({"topic": labels, "share": shares.mean(), "articles": (shares >= 0.1).sum()})

    def central(self, topic: int, n: int = 3) -> pd.DataFrame:
        """The n passages that are most about a topic, from different articles: doc, sent, text, weight."""
        ranked = self.passages.assign(weight=self.weights[:, topic], strength=self.weights[:, topic] * self._strength())
        ranked = ranked.sort_values(["strength", "doc"], ascending=[False, True], kind="stable")
        return ranked[ranked.strength > 0].drop_duplicates("doc").head(n).drop(columns="strength")

    def _strength(self) -> np.ndarray:
        """Long passages give firmer evidence than headlines."""
        return np.sqrt(self.passages.text.map(split.count).to_numpy())


def passages(sentences: pd.DataFrame, *, window: int = 3) -> pd.DataFrame:
    """Overlapping windows of so many sentences, each starting in the middle of the one before.

    Takes `sentences` and returns doc, sent (of the first sentence), text.
    """
    rows = []
    for doc, part in sentences.groupby("doc", sort=True):
        texts, numbers = part.text.tolist(), part.sent.tolist()
        starts = range(0, max(1, len(texts) - window // 2), max(1, (window + 1) // 2))
        rows += [(doc, numbers[at], " ".join(texts[at : at + window])) for at in starts]
    return pd.DataFrame(rows, columns=["doc", "sent", "text"])


def fit(passages: pd.DataFrame, *, n_topics: int, seed: int, masked: list[str] | None = None) -> TopicModel:
    """Topics of the passages; `masked` words (names, say) are kept out of the vocabulary.

    NMF (Lee and Seung, 1999) on sublinear TF-IDF without function words; a word counts from three passages up, from
    two where there are few.
    Raises InputError when there are too few passages for so many topics.
    """
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer

    stop = {*ENGLISH_STOP_WORDS, *CALENDAR, *(word.lower() for word in masked or [])}
    rare = 3 if len(passages) >= 60 else 2
    vectors = TfidfVectorizer(sublinear_tf=True, token_pattern=TOKEN, min_df=rare, max_df=0.5, stop_words=sorted(stop))
    try:
        matrix = vectors.fit_transform(passages.text)
    except ValueError:
        raise InputError("the passages share too few words for topics; add articles") from None
    if min(matrix.shape) <= n_topics:
        raise InputError(
            f"too few passages ({len(passages)}) for {n_topics} topics; set n_topics lower or add articles"
        )
    model = NMF(n_topics, init="nndsvd", random_state=seed, max_iter=400)
    weights = model.fit_transform(matrix) * model.components_.sum(axis=1)
    weights = weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-12)
    order = np.argsort(-weights.sum(axis=0), kind="stable")
    return TopicModel(passages, weights[:, order], model.components_[order], vectors.get_feature_names_out())


def possible(passages: pd.DataFrame, wanted: int) -> int:
    """The number of topics asked for, or fewer where there are not ten passages for each."""
    return max(2, min(wanted, len(passages) // 10))


def names(surfaces: pd.Series) -> list[str]:
    """The single words of the names in a text, to keep them out of topics.

    >>> names(pd.Series(["Xi Jinping", "U.S."]))
    ['jinping', 's', 'u', 'xi']
    """
    return sorted({word for surface in surfaces for word in re.findall(r"[^\W\d_]+", surface.lower())})
