"""Train the two models of `helpers.sentiment` and write their weights: the same data give the same bytes.

    python benchmarks/train_tone.py DATA [OUT]

DATA holds newsmtsc_train.jsonl.gz (NewsMTSC: sentence, start, end, label, id) and nyt_editorials.tsv.gz (id, mean
rating, sentence); OUT is a folder, src/helpers/sentiment/data where none is named. Takes some ten seconds.
"""

import gzip
import hashlib
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

# One thread adds numbers in one order.
os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

import numpy as np
import scipy.sparse as sp

from helpers.sentiment import features

HOME = Path(__file__).parent.parent / "src" / "helpers" / "sentiment" / "data"
TRAIN, DEV, RATINGS = "newsmtsc_train.jsonl.gz", "newsmtsc_dev.jsonl.gz", "nyt_editorials.tsv.gz"
NOTICES = {
    TRAIN: "Trained on NewsMTSC (Hamborg and Donnay, EACL 2021). MIT License. Copyright (c) 2020 Felix Hamborg",
    RATINGS: "Trained on the rated editorials of vaderSentiment (Hutto and Gilbert, ICWSM 2014). MIT License. "
    "Copyright (c) 2016 C.J. Hutto",
}
KEPT = {"towards": 14_000, "news": 6_000}  # features; the heaviest stay
LEAST = 2  # rows a feature must come in
ROLE, WEIGHT, BALANCE = 0.3, 0.2, 0.15  # how far roles, words and balances may pull; chosen on train and dev
UNIT = 1000  # weights are whole thousandths


class Rows(NamedTuple):
    """Training rows: the features of each, its label, and the article it is from."""

    features: list[dict[str, float]]
    labels: np.ndarray
    groups: list[str]


def targets(path: Path) -> Rows:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    found = [summed(features.of_target(features.masked(text, start, end))) for text, start, end, *_ in rows]
    groups = ["_".join(row[4].split("_")[: 3 if row[4].startswith("polusa") else 2]) for row in rows]
    return Rows(found, np.array([row[3] for row in rows]), groups)


def ratings(path: Path) -> Rows:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    found = [summed(features.of_sentence(features.masked(text.strip()))) for _, _, text in rows]
    return Rows(found, np.array([float(rating) for _, rating, _ in rows]), [key.split("_")[0] for key, _, _ in rows])


def summed(features: Iterable[features.Feature]) -> dict[str, float]:
    found: dict[str, float] = {}
    for key, amount, *_ in features:
        found[key] = found.get(key, 0.0) + amount
    return found


def matrix(rows: list[dict[str, float]], names: list[str]) -> sp.csr_matrix:
    column = {name: n for n, name in enumerate(names)}
    cells = [(n, column[key], value) for n, row in enumerate(rows) for key, value in row.items() if key in column]
    at, to, values = zip(*cells, strict=True)
    return sp.csr_matrix((values, (at, to)), shape=(len(rows), len(names)))


def scales(x: sp.csr_matrix, names: list[str]) -> np.ndarray:
    """What each feature is multiplied with before fitting: rare words weigh more, balances by their spread."""
    many, rows = np.asarray((x != 0).sum(axis=0)).ravel(), x.shape[0]
    mean = np.asarray(x.mean(axis=0)).ravel()
    spread = np.sqrt(np.maximum(np.asarray(x.multiply(x).mean(axis=0)).ravel() - mean**2, 0))
    spread = np.where(spread > 1e-6, spread, np.inf)  # what is the same everywhere says nothing
    kinds = np.array([name[0] if len(name) > 1 else "" for name in names])
    rarity = WEIGHT * (1 + np.log((1 + rows) / (1 + many)))
    return np.where(kinds == "=", ROLE, np.where(np.isin(kinds, ["#", "!"]), BALANCE / spread, rarity))


def fit(rows: Rows, kept: int, solve: Callable) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Names, weights (features by outputs) and constants of a linear model on its `kept` heaviest features."""
    count = Counter(key for row in rows.features for key in row)
    names = sorted(key for key, rows_ in count.items() if rows_ >= LEAST)
    for last in (False, True):
        x = matrix(rows.features, names)
        scale = scales(x, names)
        weights, constants = solve(x @ sp.diags(scale), rows.labels)
        if last or len(names) <= kept:
            return names, weights * scale[:, None], constants
        size = np.sqrt(np.asarray(x.multiply(x).mean(axis=0)).ravel()) * scale * np.abs(weights).max(axis=1)
        plain = [name[0] in "=#!" and ":" not in name for name in names]  # roles and balances by themselves stay
        names = sorted(names[n] for n in np.argsort(np.where(plain, -np.inf, -size), kind="stable")[:kept])
    raise AssertionError


def classes(x: sp.csr_matrix, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Log odds of negative and of positive against neutral (columns), by logistic regression."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=C, max_iter=2000, tol=1e-5, class_weight="balanced").fit(x, labels)
    against = (model.coef_[[0, 2]] - model.coef_[1]) * SURER
    return against.T, (model.intercept_[[0, 2]] - model.intercept_[1]) * SURER


SURER = 1.1  # log odds are drawn out so far that chances come true on dev
C, ALPHA = 1.5, 4.0  # strength of the penalties; chosen on train and dev, and by folds of editorials


def ridge(x: sp.csr_matrix, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The rating (one column), by ridge regression; a quarter of it, so that it lies between -1 and 1."""
    from sklearn.linear_model import Ridge

    model = Ridge(alpha=ALPHA, solver="sparse_cg", tol=1e-8).fit(x, labels / 4)
    return model.coef_[:, None], np.array([model.intercept_])


def write(path: Path, data: Path, source: str, model: tuple[list[str], np.ndarray, np.ndarray]) -> None:
    names, weights, constants = model
    terms = (
        (HOME.parent.parent.parent.parent / "LICENSE").read_text(encoding="utf-8").split("\n\n", 2)[2]
    )  # the MIT text
    about = {
        "notice": f"{NOTICES[source]}\n\n{terms}",
        "trained on": source,
        "sha256": hashlib.sha256((data / source).read_bytes()).hexdigest(),
        "command": "python benchmarks/train_tone.py DATA",
        "unit": UNIT,
    }
    whole = np.rint(weights * UNIT).astype(int).tolist()
    table = {name: row for name, row in zip(names, whole, strict=True) if any(row)}
    content = {"about": about, "constants": np.rint(constants * UNIT).astype(int).tolist(), "weights": table}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace('"about"', '\n"about"', 1)
    path.write_bytes(gzip.compress(text.encode(), mtime=0))
    print(f"{path.name:<16} {len(table):6,} features, {path.stat().st_size:,} bytes")


def main(data: Path, out: Path) -> None:
    write(out / "towards.json.gz", data, TRAIN, fit(targets(data / TRAIN), KEPT["towards"], classes))
    write(out / "news.json.gz", data, RATINGS, fit(ratings(data / RATINGS), KEPT["news"], ridge))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else HOME)
