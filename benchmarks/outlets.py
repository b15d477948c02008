"""Outlets compared on simulated corpora, beside what simpler methods would say; and the corpus' events told apart.

    python benchmarks/outlets.py [corpora] [seed]

Ten outlets of 4 to 50 articles tell 30 events unevenly; an article's value is its event's, its outlet's and its own.
"""

import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import pandas as pd

from helpers import stats
from helpers.corpus import corpus as tables
from helpers.corpus.grouping import group_articles

CORPUS = Path(__file__).parent.parent / "corpus"

SIZES = [4, 6, 8, 10, 14, 18, 24, 32, 40, 50]
EVENTS, OF_EVENT, OF_ARTICLE, OF_SENTENCE = 30, 0.20, 0.10, 0.45


def corpus(rng: np.random.Generator, between: float) -> tuple[pd.DataFrame, pd.Series]:
    """One simulated corpus without copies, and each outlet's true difference from the average outlet."""
    told, true = rng.normal(0, OF_EVENT, EVENTS), rng.normal(0, between, len(SIZES))
    rows = []
    for outlet, size in enumerate(SIZES):
        for event in rng.choice(EVENTS, size, p=rng.dirichlet(np.full(EVENTS, 0.5))):
            noise = np.hypot(OF_ARTICLE, OF_SENTENCE / np.sqrt(rng.integers(10, 30)))
            rows.append((f"outlet {outlet}", f"event {event}", told[event] + true[outlet] + rng.normal(0, noise)))
    names = [f"outlet {outlet}" for outlet in range(len(SIZES))]
    return pd.DataFrame(rows, columns=["outlet", "event", "value"]), pd.Series(true, names)


def simulate(between: float, corpora: int, seed: int) -> pd.DataFrame:
    """One row a method: alarms (intervals without 0, per outlet), coverage, error, after correction, compared."""
    rng, found = np.random.default_rng(seed), defaultdict(list)
    for _ in range(corpora):
        table, true = corpus(rng, between)
        result = stats.outlets(table).set_index("outlet")
        able = result[result.comparable]
        apart = true[able.index] - true[able.index].mean()
        half = 1.96 * able.error
        methods = {
            "plain means": (result.plain, result.plain_low, result.plain_high, true - true.mean()),
            "event effects, HC3": (able.effect, able.effect - half, able.effect + half, apart),
            "and pooled": (able.pooled, able.low, able.high, apart),
        }
        for method, (middle, low, high, truth) in methods.items():
            found[method].append(
                pd.DataFrame(
                    {
                        "alarms": (low > 0) | (high < 0),
                        "coverage": (low <= truth) & (truth <= high),
                        "error": (middle - truth) ** 2,
                        "compared": len(middle) / len(SIZES),
                        "corrected": able.q < 0.05 if method == "and pooled" else np.nan,
                    }
                )
            )
    table = pd.DataFrame({method: pd.concat(parts).astype(float).mean() for method, parts in found.items()}).T
    return table.assign(error=np.sqrt(table.error))


def events_told_apart() -> None:
    """Print how well articles of one event are found in the bundled corpus, pair by pair and as a whole."""
    from sklearn.metrics import v_measure_score

    read = tables.load(CORPUS)
    gold = pd.read_csv(CORPUS / "gold" / "articles.csv", keep_default_na=False).set_index("doc")
    events = gold.event.where(~gold.event.str.startswith("other-"), gold.index)  # a subject is no event
    for name, docs in {"the first 128": gold.index[gold.edition == 1], "all": gold.index}.items():
        documents = read.documents[read.documents.doc.isin(docs)]
        true = events.reindex(documents.doc).to_numpy()
        found = group_articles(documents, read.mentions[read.mentions.doc.isin(docs)]).to_numpy()
        same, said = true[:, None] == true, found[:, None] == found
        right = (same & said).sum() - len(true)
        precision, recall = right / (said.sum() - len(true)), right / (same.sum() - len(true))
        both = 2 * precision * recall / (precision + recall)
        print(
            f"Events of {name}: {len(set(found))} found, {len(set(true))} labelled; pairs: precision {precision:.3f}, "
            f"recall {recall:.3f}, F1 {both:.3f}; V-measure {v_measure_score(true, found):.3f}"
        )


if __name__ == "__main__":
    corpora, seed = (int(given) for given in (sys.argv[1:] + ["200", "7"][len(sys.argv) - 1 :])[:2])
    events_told_apart()
    for between in (0.0, 0.04, 0.08, 0.16):
        word = "false alarms" if between == 0 else "power"
        print(f"\nSpread between outlets {between} ({word} = alarms), {corpora} corpora:")
        print(simulate(between, corpora, seed).round(3).to_string())
