"""How far two coders of the same 300 mentions of the bundled corpus agree, neither seeing the other or the labels.

    python benchmarks/coding.py

Prints Krippendorff's alpha (Krippendorff, 2004, chapter 11; for two coders without gaps) with its 95 % interval from
1,000 resamplings of articles: for the actor and the way of naming, and for the attitude in all, in opinion pieces and
elsewhere, and for each of its values against the others; and the alpha of each coder with the labels. 1 is perfect
agreement, 0 what chance gives.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

GOLD = Path(__file__).parent.parent / "corpus" / "gold"


def alpha(one: np.ndarray, other: np.ndarray, *, squared: bool = False) -> float:
    """Krippendorff's alpha of two coders' values: nominal, or with squared differences (interval)."""
    together = np.concatenate([one, other])
    values, counts = np.unique(together, return_counts=True)
    if len(values) < 2:
        return float("nan")
    far = (values[:, None] - values) ** 2 if squared else values[:, None] != values
    place = {value: number for number, value in enumerate(values)}
    seen = np.mean([far[place[a], place[b]] for a, b in zip(one, other, strict=True)])
    chance = (counts[:, None] * counts * far).sum() / (len(together) * (len(together) - 1))
    return float(1 - seen / chance)


def coded() -> pd.DataFrame:
    """The mentions that both coded: a row a mention, a column a question and coder; the third coder is `labels`."""
    keys, asked = ["doc", "start", "end"], ["actor", "via", "attitude"]
    rows = pd.read_csv(GOLD / "coding" / "mentions.csv", keep_default_na=False)
    labels = pd.read_csv(GOLD / "mentions.csv", keep_default_na=False).merge(rows[keys].drop_duplicates())
    labels["actor"] = ["+".join(sorted(actor.split("+"))) for actor in labels.actor]
    both = pd.concat([rows, labels.assign(coder="labels")])
    return both.pivot(index=keys, columns="coder", values=asked)


def classes(table: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame, bool]]:
    """What is asked, the values of each coder, and whether their differences count squared."""
    genre = pd.read_csv(GOLD / "articles.csv", keep_default_na=False).set_index("doc").genre
    for question in ("actor", "via"):
        yield question, table[question], False
    attitude = table.attitude[(table.attitude != "").all(axis=1)].astype(int)
    opinion = attitude.index.get_level_values("doc").map(genre) == "opinion"
    yield "attitude", attitude, True
    yield "attitude, opinion pieces", attitude[opinion], True
    yield "attitude, other articles", attitude[~opinion], True
    for value, name in ((-1, "unfavourable"), (0, "neither"), (1, "favourable")):
        yield f"attitude: {name}", (attitude == value).astype(int), False


def measure(draws: int = 1_000) -> pd.DataFrame:
    """For each class its mentions, share of equal values, alpha with its 95 % interval, and alpha with the labels."""
    rng, rows = np.random.default_rng(7), []
    for name, values, squared in classes(coded()):
        one, other, labels = (values[coder].to_numpy() for coder in ("one", "two", "labels"))
        of = pd.factorize(values.index.get_level_values("doc"))[0]
        places = [np.flatnonzero(of == number) for number in range(of.max() + 1)]
        drawn = [np.concatenate([places[n] for n in rng.integers(len(places), size=len(places))]) for _ in range(draws)]
        low, high = np.nanquantile([alpha(one[at], other[at], squared=squared) for at in drawn], [0.025, 0.975])
        own = [alpha(coder, labels, squared=squared) for coder in (one, other)]
        rows.append((name, len(one), (one == other).mean(), alpha(one, other, squared=squared), low, high, *own))
    columns = ["class", "mentions", "equal", "alpha", "low", "high", "one_labels", "two_labels"]
    return pd.DataFrame(rows, columns=columns).set_index("class")


if __name__ == "__main__":
    print(measure().round(2).to_string())
