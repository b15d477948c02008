"""From articles to passages, and to the words that tell topics: which count, where they stand, what they weigh."""

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
import pandas as pd

from ..language import matcher, split
from ..language.attribution import OF_KIND
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
NEAR = range(-3, 4)  # places from a verb of saying at which a word is near it
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
    return [word for word in map(str.lower, TOKEN.findall(text)) if word not in stops()]


def masked(names: Iterable[str]) -> Tokeniser:
    """Like `tokens`, with names taken out as they are written, longest first.

    >>> masked(["Joint Staff"])("Joint Staff officers watched the joint drill.")
    ['officers', 'watched', 'joint', 'drill']
    """
    blank = blanked(names)
    return lambda text: tokens(blank(text))


def blanked(names: Iterable[str]) -> Callable[[str], str]:
    """Put blanks in place of names as they are written, longest first, so that all else stays where it is."""
    finder = re.compile(rf"(?<!\w)(?:{matcher.trie(set(names) or {'0'})})(?!\w)")
    return lambda text: finder.sub(lambda name: " " * len(name[0]), text)


def weighing(text: str, weights: Mapping[str, float]) -> list[tuple[int, int]]:
    """Where the heaviest words of a text stand: those that have half of the weight of all its words.

    >>> weighing("Ships left the port in ships.", {"ships": 3.0, "port": 1.0})
    [(0, 5), (23, 28)]
    """
    places = [(word[0].lower(), word.span()) for word in TOKEN.finditer(text)]
    found = {word: weight for word, _ in places if (weight := weights.get(word, 0)) > 0}
    left, heavy = sum(found.values()) / 2, set()
    for word in sorted(found, key=found.get, reverse=True):
        if left > 0:
            heavy.add(word)
            left -= found[word]
    return [span for word, span in places if word in heavy]


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


def openings(
    documents: pd.DataFrame, sentences: pd.DataFrame, voices: pd.DataFrame
) -> tuple[pd.DataFrame, pd.Series, int]:
    """The sentences that articles open with, the first words in them that outlets write themselves, and how many.

    These are as many as nine in ten articles have, so that a word has the same chance in a long one and in a short one;
    words all in capitals, lines without a stop and lines of fewer than five words are left out. The sentences have doc,
    sent, text, own (the text with the voices of others blank).
    """
    texts = documents.set_index("doc").text.to_dict()
    for doc, start, end in zip(voices.doc, voices.start, voices.end, strict=True):
        texts[doc] = texts[doc][:start] + " " * (end - start) + texts[doc][end:]
    rows = sentences[(sentences.words >= 5) & sentences.text.str.contains(STOP)]
    rows = rows[["doc", "sent", "text"]].assign(own=[texts[row.doc][row.start : row.end] for row in rows.itertuples()])
    words = rows.own.map(split.count).astype(int)
    sums = words.groupby(rows.doc)
    length = int(sums.sum().quantile(0.1) // 10 * 10) if len(rows) else 0
    rows = rows[(sums.transform("sum") >= max(1, length)) & (sums.cumsum() - words < length)]
    first = rows.groupby("doc").own.agg(lambda own: split.words(" ".join(own))[:length])
    return rows, first.map(lambda own: " ".join(word for word in own if not word.isupper())).astype(object), length


def holding(opening: pd.DataFrame, length: int, word: str, blank: Callable[[str], str] = str) -> pd.DataFrame:
    """The sentences of openings in which a candidate counts, with the spans where it does: doc, sent, text, marks.

    Openings are `length` words long; `blank` takes the names out of a text as they were for `candidates`.
    """
    spans = defaultdict(list)
    for _, rows in opening.groupby("doc", sort=False):
        hits = [(row, hit) for row, own in rows.own.items() for hit in split.WORD.finditer(own)][:length]
        hits = [(row, hit) for row, hit in hits if not hit[0].isupper()]
        for (row, one), (below, two) in pairwise(hits) if " " in word else ():
            if f"{one[0]} {two[0]}".lower() == word:
                together = row == below and not rows.text[row][one.end() : two.start()].strip()
                spans[row] += [(one.start(), two.end() if together else one.end())]
                spans[below] += [] if together else [two.span()]
        places = [(row, hit.start() + n) for row, hit in hits for n in range(len(hit[0]) + 1)]
        for token in TOKEN.finditer(blank(" ".join(hit[0] for _, hit in hits))):
            if token[0].lower() == word:
                row, at = places[token.start()]
                spans[row].append((at, at + len(token[0])))
    return opening.loc[[*spans], ["doc", "sent", "text"]].assign(marks=[*spans.values()])


def attributing(sentences: pd.Series) -> set[str]:
    """The words that stand mostly near a verb of saying ("told reporters"): how a house attributes, not what it says.

    >>> sorted(attributing(pd.Series(["She told reporters in Kyiv.", "Reporters and soldiers left."])))
    ['in', 'kyiv', 'reporters', 'she', 'told']
    """
    near, every, saying = Counter(), Counter(), cache(OF_KIND["strong"].fullmatch)
    for words in sentences.str.lower().map(split.words):
        says = [place for place, word in enumerate(words) if saying(word)]
        near.update(words[place] for place in {at + step for at in says for step in NEAR} & {*range(len(words))})
        every.update(words)
    return {word for word, times in near.items() if 2 * times >= every[word]}


def candidates(texts: pd.Series, words: Tokeniser, left_out: Collection[str] = ()) -> pd.DataFrame:
    """The words that some texts have and others lack, one a column: 1 for a text that has it, 0 for one that lacks it.

    They are chosen by the number of texts alone. A word of which the texts have another spelling too tells only where
    an outlet is at home, and is left out; two words that nearly always stand together are one.
    """
    known = read(texts, words)
    counts = known.counts().astype(bool)
    spread, names = counts.getnnz(axis=0), pd.Series(known.vocabulary, dtype=object)
    kept = (spread >= max(MIN_ARTICLES, RARE * len(texts))) & (spread <= COMMON * len(texts))
    kept &= ~names.map(spelled).duplicated(keep=False) & ~names.isin(left_out)
    chosen = np.argsort(-spread * kept, kind="stable")[: min(MOST, kept.sum())]
    table = pd.DataFrame(counts[:, chosen].toarray(), texts.index, known.vocabulary[chosen])
    beside, alone, phrases, parts = defaultdict(set), table.sum().to_dict(), {}, set()
    for name, text in texts.items():
        for pair in pairwise(text.lower().split()):
            if pair[0] in alone and pair[1] in alone:
                beside[pair].add(name)
    for pair, both in beside.items():
        if own := {word for word in pair if len(both) >= TOGETHER * alone[word]}:
            parts |= own
            phrases[" ".join(pair)] = table.index.isin(both)
    return pd.concat([table.drop(columns=[*parts]), pd.DataFrame(phrases, table.index)], axis=1).astype(float)
