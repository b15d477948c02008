"""Articles whose topics, sentences and names are known."""

from dataclasses import replace

import numpy as np
import pandas as pd

SUBJECTS = {
    "sea": "ships harbour sailors waves fleet anchor captain deck cargo port lighthouse storm rope hull",
    "bank": "banks payments traders money loans interest deposits currency shares bonds brokers savings profit debt",
    "farm": "wheat tractor harvest cattle barn fields farmer seeds orchard milk plough sheep meadow soil",
    "law": "court judge lawyers verdict appeal trial witness jury sentence prison charges defendant evidence statute",
}


def written(subject, rng, sentences=6):
    """An article on one subject, of random words of it and of words that every subject has."""
    common = "people city report plan meeting official public number place group".split()
    pick = lambda: " ".join([*rng.choice(SUBJECTS[subject].split(), 5), *rng.choice(common, 3)])  # noqa: E731
    return " ".join(f"The {pick()}." for _ in range(sentences))


def planted(each, subjects=tuple(SUBJECTS), seed=7):
    """Articles by name, each named after its subject."""
    rng = np.random.default_rng(seed)
    return pd.Series({f"{subject}-{n}": written(subject, rng) for n in range(each) for subject in subjects})


def said(corpus, texts, **facts):
    """A corpus with one article for each text, which is its one sentence; facts name columns of its documents."""
    docs = [f"doc-{number}" for number in range(len(texts))]
    documents = pd.DataFrame(
        {"doc": docs, "outlet": "A", "title": "", "published": pd.Timestamp("2024-05-01"), "text": texts} | facts
    )
    rows = [(doc, 0, 0, 0, len(text), 1, text) for doc, text in zip(docs, texts, strict=True)]
    sentences = pd.DataFrame(rows, columns=corpus.sentences.columns)
    return replace(corpus, documents=documents, sentences=sentences, mentions=corpus.mentions.head(0))


def named(corpus, rows):
    """The corpus with mentions of doc, start, end and actor."""
    full = [(doc, 0, start, end, "Moscow", actor, "met", False, "own") for doc, start, end, actor in rows]
    return replace(corpus, mentions=pd.DataFrame(full, columns=corpus.mentions.columns).astype({"nested": bool}))
