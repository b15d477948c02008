"""How often the page of voices finds a shift of 15 points in who speaks, and how often one that is none.

    python benchmarks/voices.py [CORPORA] [SEED]

Each corpus has the outlets, events, articles and passages of the bundled one, and its speakers dealt anew: to each
passage that of any other in its voice ("passages"), or to each article those of another ("articles"), whose voices are
alike, so that less is told. In one outlet passages are then given to, or taken from, one kind of speaker until its
share has moved by 15 points. Found is what the page says, named where it names the outlet and the kind.
"""

import sys
from dataclasses import replace
from pathlib import Path
from time import process_time

import numpy as np
import pandas as pd

from helpers import load, stats, voices
from helpers.voices.findings import GROUPS

CORPUS = Path(__file__).parents[1] / "corpus"
SHIFT = 0.15
MOVED = ("power", "unnamed", "person", "papers", "nobody")
TOLD = ["speaker", "kind", "country", "name"]


def dealt(passages: pd.DataFrame, rng: np.random.Generator, how: str) -> pd.DataFrame:
    """The passages with their speakers dealt anew."""
    if how == "passages":
        places = np.empty(len(passages), int)
        for mine in passages.groupby("voice").indices.values():
            places[mine] = rng.choice(mine, len(mine))
    else:
        of = list(passages.groupby("doc").indices.values())
        places = np.empty(len(passages), int)
        for mine in of:
            places[mine] = rng.choice(of[rng.integers(len(of))], len(mine))
    return passages.assign(**{name: passages[name].to_numpy()[places] for name in TOLD})


def shifted(passages: pd.DataFrame, mine: np.ndarray, kind: str, rng: np.random.Generator) -> pd.DataFrame:
    """The passages, of which one outlet's are given to a kind of speaker, or taken from it, by 15 points."""
    groups = passages.kind.replace(GROUPS).to_numpy()
    share = (groups[mine] == kind).mean()
    more = share < SHIFT or (share < 1 - SHIFT and rng.random() < 0.5)
    able = np.flatnonzero(mine & ((groups != kind) if more else (groups == kind)))
    moved = able[rng.random(len(able)) < SHIFT / ((1 - share) if more else share)]
    source = rng.choice(np.flatnonzero((groups == kind) if more else (groups != kind)), len(moved))
    places = np.arange(len(passages))
    places[moved] = source
    return passages.assign(**{name: passages[name].to_numpy()[places] for name in TOLD})


def told(heard: voices.Voices, passages: pd.DataFrame, outlet: str, kind: str) -> list[bool]:
    """Whether the page says that outlets differ in who speaks, and whether it names the outlet and the kind."""
    result = replace(heard, passages=passages).whose()
    rows = result.table[(result.table.by == outlet) & (result.table.what == kind)]
    return [len(result.says) > 0, bool((rows.p < stats.SURE).any())]


def power(corpora: int, seed: int) -> pd.DataFrame:
    """How often a shift is found and named, and how often one where there is none, by how speakers are dealt."""
    heard = voices.hear(load(CORPUS))
    whole = heard.passages.drop_duplicates("span").assign(part=1.0).reset_index(drop=True)
    outlet = whole.doc.map(heard._corpus.documents.set_index("doc").outlet).to_numpy()
    names, rows = np.unique(outlet), {}
    for how in ("passages", "articles"):
        rng, found = np.random.default_rng(seed), []
        for number in range(corpora):
            who, kind = names[number % len(names)], MOVED[number % len(MOVED)]
            calm = dealt(whole, rng, how)
            moved = shifted(calm, outlet == who, kind, rng)
            found.append([kind, *told(heard, moved, who, kind), *told(heard, calm, who, kind)])
        table = pd.DataFrame(found, columns=["kind", "found", "named", "false", "_"])
        by = table.groupby("kind", sort=False).found.mean()
        rows[how] = [corpora, table.found.mean(), table.named.mean(), table.false.mean(), *by[[*MOVED]]]
    columns = ["corpora", "found", "named", "false alarms", *(f"found: {kind}" for kind in MOVED)]
    return pd.DataFrame(rows, columns).T.rename_axis("speakers dealt by")


if __name__ == "__main__":
    corpora, seed = [*sys.argv[1:], *["100", "7"][len(sys.argv) - 1 :]]
    print(power(int(corpora), int(seed)).to_string(float_format="{:.2f}".format))
    print(f"Goal, dealt by passages: found >= .80, false alarms <= .05. {process_time():.0f} CPU seconds.")
