"""Words that set groups of articles apart, and words that stand together."""

import re
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .. import stats
from ..language import split
from . import words as vocabulary

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

PRIOR = 500  # words: how much evidence it takes before a rare word sets anyone apart
DISTINCTIVE = ["group", "word", "articles", "here", "elsewhere", "effect", "low", "high", "z", "q"]


def distinctive(
    texts: pd.Series, groups: pd.Series, *, words: Callable[[str], list[str]] | None = None, least: int = 2
) -> pd.DataFrame:
    """The words that each group of texts uses more than all others, the surest first; any number of groups.

    Log-odds with an informative Dirichlet prior, the words of all texts (Monroe, Colaresi and Quinn, 2008). A word
    that one article repeats is no more evidence than the article: of the model's variance and the one that takes each
    article as a whole the greater counts. `texts` and `groups` share their index. Looked at are words in `least`
    articles of the group or more, of groups with as many articles; at least two.
    Returns group, word, articles (of the group, with the word), here and elsewhere (times in 10,000 words), effect
    (difference of log-odds) with low and high (95 % interval), z, q (p adjusted for all words and groups).
    """
    read = vocabulary.read(texts, words or vocabulary.tokens)
    counts, least = read.counts().astype(float), max(2, least)
    names, codes = np.unique(groups.loc[texts.index].to_numpy(str), return_inverse=True)
    sizes, total, rows = np.bincount(codes), np.asarray(counts.sum(axis=0)).ravel(), []
    prior = PRIOR * total / max(1, total.sum())
    for code, name in enumerate(names):
        own, rest = counts[codes == code], counts[codes != code]
        spread = own.getnnz(axis=0)
        seen = np.flatnonzero(spread >= least)
        if sizes[code] < least or rest.shape[0] < 2 or not len(seen):
            continue
        (here, odds, one), (there, others, two) = _side(own, seen, prior), _side(rest, seen, prior)
        effect, error = odds - others, np.sqrt(one + two)
        known = read.vocabulary[seen]
        found = {"group": name, "word": known, "articles": spread[seen], "here": here, "elsewhere": there}
        rows.append(pd.DataFrame(found | {"effect": effect, "error": error}))
    if not rows:
        return pd.DataFrame(columns=DISTINCTIVE)
    table = pd.concat(rows, ignore_index=True)
    table = table.assign(low=table.effect - 1.96 * table.error, high=table.effect + 1.96 * table.error)
    table["z"] = table.effect / table.error
    table["q"] = stats.adjusted(2 * _tail(table.z.abs().to_numpy(float)))
    table = table[table.effect > 0].sort_values(["group", "z", "word"], ascending=[True, False, True])
    return table[DISTINCTIVE].reset_index(drop=True)


def by_topic(
    texts: pd.Series, shares: pd.DataFrame, groups: pd.Series, *, words: Callable[[str], list[str]] | None = None
) -> pd.DataFrame:
    """The words with which each group tells a topic: `distinctive` among the articles of which half is about it.

    Returns the same columns and topic; q is adjusted for all topics together.
    """
    parts = []
    for topic in shares:
        about = shares.index[shares[topic] >= 0.5]
        found = distinctive(texts[about], groups[about], words=words)
        parts.append(found.assign(topic=topic))
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*DISTINCTIVE, "topic"])
    table["q"] = stats.adjusted(2 * _tail(table.z.abs().to_numpy(float)))
    return table


def sentences(table: pd.DataFrame, docs: Iterable[str], word: str, n: int = 3) -> pd.DataFrame:
    """The first n sentences of the given articles that hold a word, from different articles; rows of `table`."""
    rows = table[table.doc.isin(set(docs))]
    finder = re.compile(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", re.IGNORECASE)
    found = rows.text.map(lambda text: match.span() if (match := finder.search(text)) else None)
    rows = rows[found.notna()].assign(marks=[[span] for span in found.dropna()])
    return rows.drop_duplicates("doc").head(n).reset_index(drop=True)


def collocations(table: pd.DataFrame, *, least: int = 3, n: int = 20) -> pd.DataFrame:
    """Pairs of words that stand side by side more often than chance would have them, in sentences.

    Takes rows with doc and text and returns phrase, times, articles, strength (log-likelihood ratio; Dunning, 1993),
    the strongest n of those in `least` articles or more. Function words are in no pair.
    """
    from nltk.collocations import BigramCollocationFinder
    from nltk.metrics import BigramAssocMeasures

    told = [[word.lower() for word in split.words(text)] for text in table.text]
    finder = BigramCollocationFinder.from_documents(told)
    finder.apply_word_filter(lambda word: not vocabulary.tokens(word))
    finder.apply_freq_filter(least)
    within: dict[tuple[str, str], set[str]] = {}
    for doc, sentence in zip(table.doc, told, strict=True):
        for pair in pairwise(sentence):
            if pair in finder.ngram_fd:
                within.setdefault(pair, set()).add(doc)
    rows = [
        (" ".join(pair), finder.ngram_fd[pair], len(within[pair]), strength)
        for pair, strength in finder.score_ngrams(BigramAssocMeasures.likelihood_ratio)
        if len(within[pair]) >= least
    ]
    table = pd.DataFrame(rows, columns=["phrase", "times", "articles", "strength"])
    return table.sort_values(["strength", "phrase"], ascending=[False, True]).head(n).reset_index(drop=True)


def _side(counts: "csr_matrix", seen: np.ndarray, prior: np.ndarray) -> tuple[np.ndarray, ...]:
    """Of one side of a comparison: times in 10,000 words, log-odds and their variance, of each word seen."""
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    part, prior, everything = counts[:, seen], prior[seen], prior.sum()
    times, words = np.asarray(part.sum(axis=0)).ravel(), lengths.sum()
    odds = np.log((times + prior) / (words + everything - times - prior))
    rate = times / max(1, words)
    # How far each article is from the rate of all, squared and summed without filling the table of zeros.
    squares = np.asarray(part.multiply(part).sum(axis=0)).ravel()
    apart = squares - 2 * rate * (lengths @ part) + rate**2 * (lengths @ lengths)
    apart *= counts.shape[0] / max(1, counts.shape[0] - 1) / (times + prior) ** 2
    return 1e4 * rate, odds, np.maximum(1 / (times + prior), apart)


def _tail(z: np.ndarray) -> np.ndarray:
    """The chance of a standard normal value of z or more."""
    from scipy.special import ndtr

    return ndtr(-z)
