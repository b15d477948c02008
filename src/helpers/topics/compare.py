"""Who covers what, when and in which words: shares by outlet and period, distances, silences, words of one's own."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from math import nan

import numpy as np
import pandas as pd

from .. import stats
from ..language import split
from ..show.result import Finding
from ..show.words import listed, percent, plural
from . import words as vocabulary
from .words import Matrix, Tokeniser

BACK = 0.5  # share of refits in which a topic that holds still comes back
SURE = 0.05  # q below which a difference is told
COVERS = 0.1  # the share of a topic in an article from which the article covers it
PRIOR = 500  # words: how much evidence it takes before a rare word sets anyone apart
Told = tuple[str, str]  # a sentence, and the doc of its article; both "" where there is none
DISTINCTIVE = ["group", "word", "articles", "here", "elsewhere", "effect", "low", "high", "z", "q"]


def coverage(shares: pd.DataFrame, groups: pd.Series, *, seed: int, min_articles: int) -> pd.DataFrame:
    """Mean share of each topic in each group of articles, with the 95 % interval that resamples articles.

    `shares` has a row an article, `groups` says to which group each belongs that has one. Returns a column of the name
    of `groups`, and topic, mean, low, high, articles, enough (at least `min_articles` articles).
    """
    by = str(groups.name)
    long = shares.join(groups, how="inner").melt(by, var_name="topic", value_name="share")
    table = stats.means(long, [by, "topic"], of="share", seed=seed, min_articles=min_articles)
    return table.astype({"enough": bool})  # of an empty table too


def distances(shares: pd.DataFrame, groups: pd.Series, *, seed: int, draws: int = 1000) -> pd.DataFrame:
    """How far apart the agendas of each two groups are, against what chance does to groups of their sizes.

    Jensen-Shannon distance of mean shares (Endres and Schindelin, 2003), 0 for the same agenda to 1 for nothing in
    common. Returns first, second, distance, dealt (its mean when articles are dealt out anew among all groups),
    p (share of these deals with at least the distance), q (p adjusted for the number of pairs) and articles (of both),
    farthest first.
    """
    from scipy.spatial.distance import pdist

    names, codes = np.unique(groups.loc[shares.index].to_numpy(str), return_inverse=True)
    values, sizes, rng = shares.to_numpy(float), np.bincount(codes), np.random.default_rng(seed)
    first, second = np.triu_indices(len(names), 1)

    def _apart(codes: np.ndarray) -> np.ndarray:
        return pdist((codes == np.arange(len(names))[:, None]) @ values, "jensenshannon") / np.sqrt(np.log(2))

    found = _apart(codes)
    dealt = np.array([_apart(rng.permutation(codes)) for _ in range(draws)])
    p = (1 + (dealt >= found - 1e-12).sum(axis=0)) / (1 + draws)
    table = pd.DataFrame({"first": names[first], "second": names[second], "distance": found})
    table = table.assign(dealt=dealt.mean(axis=0), p=p, q=stats.adjusted(p), articles=sizes[first] + sizes[second])
    return table.sort_values(["distance", "first", "second"], ascending=[False, True, True], ignore_index=True)


def silences(shares: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """Topics that a group never covers though more than half of the other groups do.

    Covering is an article of which a tenth or more is about the topic. Returns group, topic, others (groups that
    cover it), of (other groups), articles (of the group) and chance: of none, if the group covered the topic as often
    as the others together; the least likely silences first.
    """
    groups = groups.loc[shares.index]
    counts, sizes = (shares >= COVERS).groupby(groups).sum(), groups.value_counts()
    cells, others, rows = counts.stack(), (counts > 0).sum(), []
    for group, topic in cells.index[cells == 0]:
        rate = counts[topic].sum() / max(1, len(shares) - sizes[group])
        rows.append((group, topic, others[topic], len(counts) - 1, sizes[group], (1 - rate) ** sizes[group]))
    table = pd.DataFrame(rows, columns=["group", "topic", "others", "of", "articles", "chance"])
    return table[table.others > table.of / 2].sort_values(["chance", "group", "topic"], ignore_index=True)


def distinctive(texts: pd.Series, groups: pd.Series, *, words: Tokeniser = vocabulary.tokens) -> pd.DataFrame:
    """The words that each group of texts uses more than all others, the surest first; any number of groups.

    Log-odds with an informative Dirichlet prior, the words of all texts (Monroe, Colaresi and Quinn, 2008). A word
    that one article repeats is no more evidence than the article: of the model's variance and the one that takes each
    article as a whole the greater counts. `texts` and `groups` share their index. Looked at are words in at least two
    of the group's articles.
    Returns group, word, articles (of the group, with the word), here and elsewhere (times in 10,000 words), effect
    (difference of log-odds) with low and high (95 % interval), z, q (p adjusted for all words and groups).
    """
    from scipy.stats import norm

    read, groups = vocabulary.read(texts, words), groups.loc[texts.index].to_numpy(str)
    counts, rows = read.counts().astype(float), []
    total = np.asarray(counts.sum(axis=0)).ravel()
    prior = PRIOR * total / max(1, total.sum())
    for name in np.unique(groups):
        own, rest = counts[groups == name], counts[groups != name]
        spread = own.getnnz(axis=0)
        seen = np.flatnonzero(spread >= 2)
        if rest.shape[0] < 2 or not len(seen):
            continue
        (here, odds, one), (there, others, two) = _side(own, seen, prior), _side(rest, seen, prior)
        found = {"group": name, "word": read.vocabulary[seen], "articles": spread[seen]}
        found |= {"here": here, "elsewhere": there, "effect": odds - others, "error": np.sqrt(one + two)}
        rows.append(pd.DataFrame(found))
    if not rows:
        return pd.DataFrame(columns=DISTINCTIVE)
    table = pd.concat(rows, ignore_index=True)
    half, z = 1.96 * table.error, table.effect / table.error
    table = table.assign(low=table.effect - half, high=table.effect + half, z=z)
    table["q"] = stats.adjusted(2 * norm.sf(z.abs().to_numpy(float)))
    table = table[table.effect > 0].sort_values(["group", "z", "word"], ascending=[True, False, True])
    return table[DISTINCTIVE].reset_index(drop=True)


def sentences(table: pd.DataFrame, docs: Iterable[str], word: str, n: int = 3) -> pd.DataFrame:
    """The first n sentences of the given articles that hold a word, from different articles; rows of `table`."""
    rows = table[table.doc.isin(set(docs))]
    finder = re.compile(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", re.IGNORECASE)
    found = rows.text.map(lambda text: match.span() if (match := finder.search(text)) else None)
    rows = rows[found.notna()].assign(marks=[[span] for span in found.dropna()])
    return rows.drop_duplicates("doc").head(n).reset_index(drop=True)


def collocations(table: pd.DataFrame, *, min_articles: int = 3, n: int = 20) -> pd.DataFrame:
    """Pairs of words that stand side by side more often than chance would have them, in sentences.

    Takes rows with doc and text and returns phrase, times, articles, strength (log-likelihood ratio; Dunning, 1993),
    the strongest n of those in `min_articles` articles or more. Function words are in no pair.
    """
    from nltk.collocations import BigramCollocationFinder
    from nltk.metrics import BigramAssocMeasures

    told = [[word.lower() for word in split.words(text)] for text in table.text]
    finder = BigramCollocationFinder.from_documents(told)
    finder.apply_word_filter(lambda word: not vocabulary.tokens(word))
    finder.apply_freq_filter(min_articles)
    articles: Counter[tuple[str, str]] = Counter()
    for _, some in pd.Series(told, dtype=object).groupby(table.doc.to_numpy()):
        articles.update({pair for words in some for pair in pairwise(words)})
    rows = [
        (" ".join(pair), finder.ngram_fd[pair], articles[pair], strength)
        for pair, strength in finder.score_ngrams(BigramAssocMeasures.likelihood_ratio)
        if articles[pair] >= min_articles
    ]
    found = pd.DataFrame(rows, columns=["phrase", "times", "articles", "strength"])
    return found.sort_values(["strength", "phrase"], ascending=[False, True], ignore_index=True).head(n)


def _side(counts: Matrix, seen: np.ndarray, prior: np.ndarray) -> tuple[np.ndarray, ...]:
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


def size_findings(table: pd.DataFrame, articles: int, left: int, sentence: Told = ("", "")) -> Iterator[Finding]:
    """How many topics of how many articles, how many come back, how many articles were left out; from `table`."""
    topics, fixed = plural(len(table), "topic"), int((table.back >= BACK).sum())
    says = f"{plural(articles, 'article')} on {topics}; the largest, “{table.topic[0]}”, "
    says += f"takes {percent(table.share[0])} of the coverage."
    yield Finding(says, table.share[0], articles, nan, "topics", *sentence)
    held = f"{'All' if fixed == len(table) else f'{fixed} of'} {topics} come back in half of the refits or more."
    yield Finding(held, fixed / len(table), articles, figure="topics")
    if left:
        yield Finding(f"{left} copies and articles not in English are left out.", left, articles)


def contrast_findings(table: pd.DataFrame, by: str, tell: Callable[[str, str], Told]) -> Iterator[Finding]:
    """The two largest of the sure differences; `tell` gives a sentence on a topic from a group, and its doc."""
    for row in table.head(2).to_dict("records"):
        says = f"{row[by]} gives “{row['topic']}” {percent(row['mean'])} of its coverage, the others "
        says += f"{percent(row['others'])}."
        effect, sentence = row["mean"] - row["others"], tell(row["topic"], row[by])
        yield Finding(says, effect, row["articles"], row["q"], f"contrasts-by-{by}", *sentence)


def distance_findings(table: pd.DataFrame, by: str) -> Iterator[Finding]:
    """The two farthest apart, where they are farther apart than by chance."""
    for row in table[table.q < SURE].head(1).itertuples():
        says = f"{row.first} and {row.second} have agendas farther apart than by chance."
        yield Finding(says, row.distance - row.dealt, row.articles, row.q, f"distances-by-{by}")


def word_findings(table: pd.DataFrame, by: str, find: Callable[[str, str], pd.DataFrame]) -> Iterator[Finding]:
    """The words that set at most four outlets or years apart; `find` gives the sentences with a word from a group."""
    said = [f"{name} by “{listed(rows.word)}”" for name, rows in table.groupby(by)]
    for row in table.head(1).to_dict("records"):
        says, rows = f"Told apart by their words: {'; '.join(said[:4])}.", find(row["word"], row[by])
        yield Finding(says, nan, 0, table.q.max(), f"words-by-{by}", *rows[["text", "doc"]].head(1).to_numpy().ravel())
