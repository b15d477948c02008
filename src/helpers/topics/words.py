"""From articles to passages, and to the words that tell topics: which count, where they stand, what they weigh."""

import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
import pandas as pd

from ..language import matcher, split
from ..language.words import ENGLISH, lists, spelled
from ..stats import MIN_ARTICLES

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

TOKEN = re.compile(r"(?<![^\W_])[^\W\d_]{3,}(?:-[^\W\d_]+)*(?![^\W_])")  # "China’s" is "China"
Matrix: TypeAlias = "csr_matrix"
Tokeniser = Callable[[str], list[str]]
STOPS = lists(Path(__file__).parent / "data" / "stops.txt")
WINDOW = 3  # sentences of a passage
HALF = 10  # words: half of a chunk, in which words stand near each other
STOP = re.compile(r"[.?!…][”\"’')\]]*$")
RARE, COMMON, MOST = 0.05, 0.6, 400  # shares of articles between which a word is compared, and how many words are
TOGETHER = 0.9  # share of a word's articles from which a word beside it belongs to it


class Words(NamedTuple):
    """Texts as numbers of words: `ids` one after the other, text n from starts[n] to starts[n + 1]."""

    ids: np.ndarray
    starts: np.ndarray
    vocabulary: np.ndarray

    def counts(self) -> Matrix:
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

    def chunks(self, kept: np.ndarray) -> Matrix:
        """Chunks of 20 words, half overlapping, by the words that `kept` keeps: 1 where a word stands in a chunk."""
        halves = np.maximum(1, -(-np.diff(self.starts) // HALF))  # of each text
        last = np.cumsum(halves) - 1
        places = np.arange(halves.sum()) - np.repeat(last + 1 - halves, halves)  # of each half in its text
        starts = np.append(np.repeat(self.starts[:-1], halves) + HALF * places, self.starts[-1])
        parts = Words(self.ids, starts, self.vocabulary).only(kept).counts()
        # A chunk is a half and the next one; the only half of a text is a chunk by itself.
        first = np.delete(np.arange(len(places)), last[halves > 1])
        table = parts[first].maximum(parts[np.where(np.isin(first, last), first, first + 1)])
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


def masked(names: Iterable[str]) -> Tokeniser:
    """Like `tokens`, with names taken out as they are written, longest first.

    >>> masked(["Joint Staff"])("Joint Staff officers watched the joint drill.")
    ['officers', 'watched', 'joint', 'drill']
    """
    finder = re.compile(rf"(?<!\w)(?:{matcher.trie(set(names) or {'0'})})(?!\w)")
    return lambda text: tokens(finder.sub(" ", text))


def read(texts: Iterable[str], words: Tokeniser, known: np.ndarray | None = None) -> Words:
    """Texts as `Words` by the given tokeniser; the vocabulary is sorted, or is `known` and other words are left out."""
    index: dict[str, int] = {}
    found, starts = array("i"), array("i", [0])  # no list: a number of a list takes eight times the room
    for text in texts:
        found.extend([index.setdefault(word, len(index)) for word in words(text)])
        starts.append(len(found))
    vocabulary, rank = np.unique(np.array([*index], object), return_inverse=True)
    rank = rank.astype(np.int32)
    whole = Words(rank[np.frombuffer(found, np.int32)], np.frombuffer(starts, np.int32), vocabulary)
    if known is None:
        return whole
    part = whole.only(pd.Index(vocabulary).isin(known))
    return Words(np.searchsorted(known, part.vocabulary).astype(np.int32)[part.ids], part.starts, known)


def rarity(counts: Matrix) -> np.ndarray:
    """Inverse document frequency of each word, smoothed as if one more text held them all."""
    return (np.log((1 + counts.shape[0]) / (1 + counts.getnnz(axis=0))) + 1).astype(np.float32)


def weigh(counts: Matrix, idf: np.ndarray | None = None) -> Matrix:
    """Sublinear TF-IDF (Salton and Buckley, 1988), by their own rarity or a given one; each row has length 1."""
    from scipy.sparse import csr_matrix
    from sklearn.preprocessing import normalize

    data = (np.log(counts.data) + 1) * (rarity(counts) if idf is None else idf)[counts.indices]
    # The places of the counts serve the weights too.
    return normalize(csr_matrix((data, counts.indices, counts.indptr), counts.shape), copy=False)


def passages(texts: Sequence[str], *, window: int) -> pd.DataFrame:
    """Overlapping windows of so many sentences, each starting in the middle of the one before; 0 leaves texts whole.

    Returns article (the number of the text), sent (number of the first sentence), text.
    """
    if not window:
        return pd.DataFrame({"article": np.arange(len(texts)), "sent": 0, "text": pd.Series(texts, dtype=object)})
    rows = []
    for number, text in enumerate(texts):
        sentences = [text[s.start : s.end] for s in split.sentences(text)]
        starts = range(0, max(1, len(sentences) - window // 2), (window + 1) // 2)
        rows += [(number, at, " ".join(sentences[at : at + window])) for at in starts]
    return pd.DataFrame(rows, columns=["article", "sent", "text"])


def seats(documents: pd.DataFrame) -> set[str]:
    """The names of outlets and the places of their datelines, which tell where an outlet is and not how it speaks.

    >>> sorted(seats(pd.DataFrame({"outlet": ["Kyiv Post (Web)"], "place": ["LVIV, Ukraine"]})))
    ['Kyiv Post', 'LVIV', 'Lviv', 'Ukraine', 'Web']
    """
    parts = {part for name in {*documents.outlet, *documents.place} for part in re.split(r"[,()/]| [-–] ", name)}
    return {name for part in parts for name in (part.strip(), part.strip().title()) if name}


def own_sentences(documents: pd.DataFrame, sentences: pd.DataFrame, voices: pd.DataFrame) -> pd.DataFrame:
    """What outlets write themselves, sentence by sentence; lines without a stop and of fewer than five words are none.

    Returns doc, sent, text, own (the text with the voices of others blank), before (own words before it) and words.
    """
    texts = documents.set_index("doc").text.to_dict()
    for doc, start, end in zip(voices.doc, voices.start, voices.end, strict=True):
        texts[doc] = texts[doc][:start] + " " * (end - start) + texts[doc][end:]
    rows = sentences[(sentences.words >= 5) & sentences.text.str.contains(STOP)]
    own = [texts[row.doc][row.start : row.end] for row in rows.itertuples()]
    rows = rows[["doc", "sent", "text"]].assign(own=own, words=[split.count(text) for text in own])
    return rows.assign(before=rows.groupby("doc").words.cumsum() - rows.words)


def openings(own: pd.DataFrame) -> tuple[pd.Series, int]:
    """The first own words of each article that has as many, and how many: as many as nine in ten articles have.

    So a word has the same chance in a long article and in a short one. Words all in capitals are left out.
    """
    long = own.groupby("doc").words.sum()
    length = int(long.quantile(0.1) // 10 * 10) if len(long) else 0
    own = own[own.doc.map(long) >= max(1, length)]
    first = own[own.before < length].groupby("doc").own.agg(" ".join)
    told = first.map(lambda text: " ".join(word for word in split.words(text)[:length] if not word.isupper()))
    return told.astype(object), length


def candidates(texts: pd.Series, words: Tokeniser) -> pd.DataFrame:
    """The words that some texts have and others lack, one a column: 1 for a text that has it, 0 for one that lacks it.

    They are chosen by the number of texts alone. A word of which the texts have another spelling too tells only where
    an outlet is at home, and is left out; two words that nearly always stand together are one.
    """
    known = read(texts, words)
    counts = known.counts().astype(bool)
    twice = pd.Series([spelled(word) for word in known.vocabulary], dtype=object).duplicated(keep=False)
    spread = counts.getnnz(axis=0)
    chosen = np.flatnonzero((spread >= max(MIN_ARTICLES, RARE * len(texts))) & (spread <= COMMON * len(texts)) & ~twice)
    chosen = chosen[np.argsort(-spread[chosen], kind="stable")[:MOST]]
    table = pd.DataFrame(counts[:, chosen].toarray(), texts.index, known.vocabulary[chosen])
    return _joined(table, texts).astype(float)


def _joined(table: pd.DataFrame, texts: pd.Series) -> pd.DataFrame:
    """The columns of words, those of words that nearly always stand beside one other as one of both."""
    beside, known, parts, phrases = defaultdict(set), {*table}, set(), {}
    for name, text in texts.items():
        for pair in pairwise(text.lower().split()):
            if pair[0] in known and pair[1] in known:
                beside[pair].add(name)
    for pair, names in beside.items():
        if own := {word for word in pair if len(names) >= TOGETHER * table[word].sum()}:
            parts |= own
            phrases[" ".join(pair)] = table.index.isin(names)
    return pd.concat([table.drop(columns=[*parts]), pd.DataFrame(phrases, table.index)], axis=1)
