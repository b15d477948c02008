"""From articles to passages, and to the words that tell topics: which count, where they stand, what they weigh."""

import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from ..language import matcher, split
from ..language.words import ENGLISH, lists

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

TOKEN = re.compile(r"(?<![^\W_])[^\W\d_]{3,}(?:-[^\W\d_]+)*(?![^\W_])")  # "China’s" is "China"
STOPS = lists(Path(__file__).parent / "data" / "stops.txt")
WINDOW = 3  # sentences of a passage
CHUNK = 20  # words that stand near each other


class Words(NamedTuple):
    """Texts as numbers of words: `ids` one after the other, text n from starts[n] to starts[n + 1]."""

    ids: np.ndarray
    starts: np.ndarray
    vocabulary: np.ndarray

    def counts(self) -> "csr_matrix":
        """Texts by vocabulary: how often each word stands in each text."""
        from scipy.sparse import csr_matrix

        shape = (len(self.starts) - 1, len(self.vocabulary))
        counts = csr_matrix((np.ones(len(self.ids), np.float32), self.ids.copy(), self.starts.copy()), shape)
        counts.sum_duplicates()
        return counts

    def only(self, kept: np.ndarray) -> "Words":
        """The same texts with only the words for which `kept`, a mask over the vocabulary, is true."""
        stays = kept[self.ids]
        starts = np.append(np.int32(0), np.cumsum(stays, dtype=np.int32))[self.starts]
        rank = np.cumsum(kept, dtype=np.int32) - 1
        return Words(rank[self.ids[stays]], starts, self.vocabulary[kept])

    def chunks(self, chosen: np.ndarray) -> "csr_matrix":
        """Chunks of 20 words, half overlapping, by the chosen words: 1 where a word stands in a chunk."""
        from scipy.sparse import csr_matrix

        lengths = np.diff(self.starts)
        windows = np.maximum(1, -(-lengths // (CHUNK // 2)) - 1)  # of each text
        first = np.concatenate([[0], np.cumsum(windows)])
        column = np.full(len(self.vocabulary), -1, np.int32)
        column[chosen] = np.arange(len(chosen))
        found = np.flatnonzero(column[self.ids] >= 0)
        text = np.repeat(np.arange(len(lengths)), lengths)[found]
        half = (found - self.starts[text]) // (CHUNK // 2)
        # A word in one half of a chunk stands in the next chunk too, whose other half it is.
        now, before = half < windows[text], half > 0
        rows = np.concatenate([(first[text] + half)[now], (first[text] + half - 1)[before]])
        columns = column[self.ids[found]]
        columns = np.concatenate([columns[now], columns[before]])
        table = csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), (first[-1], len(chosen)))
        table.sum_duplicates()
        table.data[:] = 1
        return table


@lru_cache
def stops() -> frozenset[str]:
    """Words that tell no topic: function words, days, numbers, verbs of saying."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    calendar = [name.lower() for name in (*ENGLISH["weekdays"], *ENGLISH["months"])]
    return frozenset({*ENGLISH_STOP_WORDS, *calendar, *STOPS["when and said"]}.difference(STOPS["telling"]))


def tokens(text: str) -> list[str]:
    """The words of a text in lower case that can tell a topic: three letters or more, no function words.

    >>> tokens("China’s warships left the harbour on Monday.")
    ['china', 'warships', 'left', 'harbour']
    """
    return [word for word in TOKEN.findall(text.lower()) if word not in stops()]


def masked(names: Iterable[str]) -> Callable[[str], list[str]]:
    """Like `tokens`, with names taken out as they are written, longest first.

    >>> masked(["Joint Staff"])("Joint Staff officers watched the joint drill.")
    ['officers', 'watched', 'joint', 'drill']
    """
    finder = re.compile(rf"(?<!\w)(?:{matcher.trie(set(names) or {'0'})})(?!\w)")
    return lambda text: tokens(finder.sub(" ", text))


def read(texts: Iterable[str], words: Callable[[str], list[str]], known: np.ndarray | None = None) -> Words:
    """Texts as `Words` by the given tokeniser; the vocabulary is sorted, or is `known` and other words are left out."""
    index: dict[str, int] = {} if known is None else {word: number for number, word in enumerate(known)}
    found, starts = array("i"), array("i", [0])  # no list: a number of a list takes eight times the room
    for text in texts:
        if known is None:
            found.extend([index.setdefault(word, len(index)) for word in words(text)])
        else:
            found.extend([index[word] for word in words(text) if word in index])
        starts.append(len(found))
    ids, ends = np.frombuffer(found, np.int32), np.frombuffer(starts, np.int32)
    if known is not None:
        return Words(ids, ends, known)
    order = sorted(index)
    rank = np.empty(len(order), np.int32)
    rank[[index[word] for word in order]] = np.arange(len(order))
    return Words(rank[ids], ends, np.array(order, dtype=object))


def telling(counts: "csr_matrix") -> np.ndarray:
    """A mask of the words in two texts or more and in no more than half of them."""
    texts = counts.getnnz(axis=0)
    return (texts >= 2) & (texts <= max(2, counts.shape[0] / 2))


def rarity(counts: "csr_matrix") -> np.ndarray:
    """Inverse document frequency of each word, smoothed as if one more text held them all."""
    return (np.log((1 + counts.shape[0]) / (1 + counts.getnnz(axis=0))) + 1).astype(np.float32)


def weigh(counts: "csr_matrix", idf: np.ndarray) -> "csr_matrix":
    """Sublinear TF-IDF, each row of length 1 (Salton and Buckley, 1988)."""
    from scipy.sparse import csr_matrix
    from sklearn.preprocessing import normalize

    data = np.log(counts.data)
    data += 1
    data *= idf[counts.indices]
    # The places of the counts serve the weights too.
    return normalize(csr_matrix((data, counts.indices, counts.indptr), counts.shape), copy=False)


def passages(texts: Sequence[str], *, window: int) -> pd.DataFrame:
    """Overlapping windows of so many sentences, each starting in the middle of the one before; 0 leaves texts whole.

    Returns article (the number of the text), sent (number of the first sentence), text.
    """
    if not window:
        whole = pd.Series(list(texts), dtype=object)
        return pd.DataFrame({"article": np.arange(len(texts)), "sent": 0, "text": whole})
    rows = [(number, *passage) for number, text in enumerate(texts) for passage in _windows(text, window)]
    return pd.DataFrame(rows, columns=["article", "sent", "text"])


def _windows(text: str, window: int) -> Iterator[tuple[int, str]]:
    sentences = [text[s.start : s.end] for s in split.sentences(text)]
    for at in range(0, max(1, len(sentences) - window // 2), (window + 1) // 2):
        yield at, " ".join(sentences[at : at + window])
