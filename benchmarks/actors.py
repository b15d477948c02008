"""Actors and network: the matcher beside its peers, the whole mention pass, and a large network, in one run.

    python benchmarks/actors.py

Peers (spaCy's PhraseMatcher, flashtext) are measured where they are installed: `pip install .[peers]`. Texts are those
of the project's corpus, names are invented from its words, so that all find the same few names in them.
Times are those of the processor, which other work on the machine moves least.
"""

import random
from collections.abc import Callable
from pathlib import Path
from time import process_time

import numpy as np
import pandas as pd

from helpers import stats
from helpers.actors import gazetteer
from helpers.actors import mentions as actors
from helpers.corpus import corpus as tables
from helpers.language import matcher, split
from helpers.network import graph as graphs
from helpers.network import meetings as network
from helpers.show import diagram as diagrams

ROOT = Path(__file__).parent.parent
SIZES = (100, 1_000, 10_000, 100_000)


def best(work: Callable[[], object], times: int = 3) -> float:
    """The seconds of the fastest of several runs: what other work on the machine costs least."""
    found = []
    for _ in range(times):
        start = process_time()
        work()
        found.append(process_time() - start)
    return min(found)


def names(texts: list[str], number: int) -> list[str]:
    """Names of the corpus' gazetteer, and invented ones of one to three capitalised words."""
    rng = random.Random(7)
    words = sorted({word.capitalize() for text in texts for word in split.words(text) if word.isalpha()})
    known = sorted(s for s, meaning in gazetteer.read().surfaces.items() if meaning.via in ("name", "inst", "dem"))
    made = {" ".join(rng.choices(words, k=rng.randint(2, 3))) for _ in range(number)}
    return (known + sorted(made))[:number]


def ours(wanted: list[str]) -> Callable[[str], int]:
    found = matcher.finder(wanted)
    return lambda text: sum(1 for _ in found.finditer(text))


def flashtext(wanted: list[str]) -> Callable[[str], int]:
    from flashtext import KeywordProcessor

    processor = KeywordProcessor(case_sensitive=True)
    processor.add_keywords_from_list(wanted)
    return lambda text: len(processor.extract_keywords(text, span_info=True))


def spacy(wanted: list[str]) -> Callable[[str], int]:
    from spacy import blank
    from spacy.matcher import PhraseMatcher

    english = blank("en")
    phrases = PhraseMatcher(english.vocab)
    phrases.add("name", list(english.tokenizer.pipe(wanted)))
    return lambda text: len(phrases(english.tokenizer(text)))


def matchers(texts: list[str]) -> None:
    size = sum(map(len, texts)) / 1e6
    for number in SIZES:
        wanted, speeds = names(texts, number), {}
        for peer in (ours, flashtext, spacy):
            try:
                start = process_time()
                find = peer(wanted)
                built = process_time() - start
            except ImportError:
                continue
            speeds[peer.__name__] = size / best(lambda find=find: [find(text) for text in texts])
            speed = f"{speeds[peer.__name__]:6.2f} MB a second, built in {built:4.1f} s"
            print(f"{number:>7,} names  {peer.__name__:<9} {speed}")
        ratios = [f"{speeds['ours'] / speeds[name]:.1f} times {name}" for name in list(speeds)[1:]]
        print(f"               {', '.join(ratios) or 'no peer is installed'}")


def mention_pass(texts: list[str]) -> None:
    known, day, size = gazetteer.read(), pd.Timestamp("2024-06-01"), sum(map(len, texts)) / 1e6
    seconds = best(lambda: [actors.mentions(text, day, known) for text in texts])
    number = sum(len(actors.mentions(text, day, known)) for text in texts)
    per = 1e6 * size / number
    print(f"mentions with all rules   {size / seconds:.1f} MB a second, one mention in {per:.0f} characters")
    plain = [text.lower() for text in texts for _ in range(4)]
    seconds = best(lambda: [actors.mentions(text, day, known) for text in plain])
    print(f"where few are named       {4 * size / seconds:.1f} MB a second")


def large_network() -> None:
    rng = np.random.default_rng(7)
    docs, actors_, sentences = 20_000, 2_000, 12
    weight = 1 / np.arange(1, actors_ + 1) ** 0.8
    who = rng.choice(actors_, size=(docs, 5), p=weight / weight.sum())
    rows = pd.DataFrame(
        {"doc": np.repeat(np.arange(docs), 5), "sent": rng.integers(0, 4, docs * 5), "actor": who.ravel().astype(str)}
    ).drop_duplicates()
    units = pd.Series(sentences, index=range(docs))
    start = process_time()
    pairs = network.pairs(rows, units)
    tested = process_time()
    kept = graphs.backbone(pairs).query("alpha < 0.05").head(150)
    graph = graphs.graph(kept)
    sizes = rows.actor.value_counts()
    diagrams.network(graph, graphs.layout(graph), sizes=sizes, names={}, title="A network", alt="A network")
    done = process_time()
    print(
        f"network of {rows.actor.nunique():,} actors, {len(network.pairs(rows, units, min_meetings=1)):,} pairs",
        end=": ",
    )
    print(f"tested in {tested - start:.1f} s, tested, filtered and drawn in {done - start:.1f} s")
    counts = rng.integers(1, 200, size=(3, 400_000))
    start = process_time()
    stats.adjusted(stats.tail(pd.Series(counts[0]), counts[1] * counts[2] / docs**2, docs))
    print(f"400,000 pairs held against chance in {process_time() - start:.2f} s")


def main() -> None:
    texts = tables.load(ROOT / "corpus").documents.text.tolist()
    matchers(texts)
    mention_pass(texts)
    large_network()


if __name__ == "__main__":
    main()
