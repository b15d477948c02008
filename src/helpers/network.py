"""From mentions to who is named with whom: pairs held against chance, and where to draw them."""

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from . import InputError, stats

if TYPE_CHECKING:
    import networkx

UNITS = {"sentence": ["doc", "sent"], "paragraph": ["doc", "para"], "article": ["doc"]}
PAIRS = ["first", "second", "together", "articles", "npmi", "p", "q"]


def appearances(mentions: pd.DataFrame, sentences: pd.DataFrame, *, unit: str = "sentence") -> pd.DataFrame:
    """One row for each actor in each unit it is named in: doc, the unit's number, actor.

    Names inside longer names and capitals that are places do not count. `unit` is sentence, paragraph or article.
    """
    if unit not in UNITS:
        raise InputError(f"unit is {unit!r}; it can be {', '.join(UNITS)}")
    counted = mentions[~mentions.nested & (mentions.via != "loc")]
    counted = counted.merge(sentences[["doc", "sent", "para"]], on=["doc", "sent"], validate="many_to_one")
    return counted[[*UNITS[unit], "actor"]].drop_duplicates().reset_index(drop=True)


def pairs(appearances: pd.DataFrame, *, units: int, least: int = 2) -> pd.DataFrame:
    """Pairs of actors named in one unit, held against chance.

    Takes `appearances` and the number of units in the corpus, named or not. Returns first, second, together (units),
    articles, npmi (-1 to 1), p (hypergeometric), q (p for many comparisons); pairs in fewer than `least` articles are
    left out, so that one article can not make an edge. Sorted by articles, then NPMI.
    """
    keys = [column for column in appearances if column != "actor"]
    rows = [
        (*pair, doc)
        for (doc, *_), group in appearances.groupby(keys, sort=True)
        for pair in combinations(sorted(group.actor), 2)
    ]
    found = pd.DataFrame(rows, columns=["first", "second", "doc"])
    table = found.groupby(["first", "second"], as_index=False).agg(
        together=("doc", "size"), articles=("doc", "nunique")
    )
    counts = appearances.actor.value_counts()
    first, second = table["first"].map(counts).astype(int), table["second"].map(counts).astype(int)
    table["npmi"] = stats.npmi(table.together, first, second, units)
    table["p"] = stats.tail(table.together, first, second, units)
    table["q"] = stats.adjusted(table.p.to_numpy())
    table = table[table.articles >= least]
    return table.sort_values(
        ["articles", "npmi", "first", "second"], ascending=[False, False, True, True], ignore_index=True
    )


def shared(appearances: pd.DataFrame, sentences: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """The rows of `sentences` whose unit names both actors."""
    keys = [column for column in appearances if column != "actor"]
    both = appearances[appearances.actor == first][keys].merge(appearances[appearances.actor == second][keys], on=keys)
    return sentences.merge(both, on=keys, validate="many_to_one")


def graph(pairs: pd.DataFrame) -> "networkx.Graph":
    """The pairs as a networkx graph; nodes know their community, edges their table row."""
    import networkx as nx

    made = nx.Graph()
    for row in pairs.itertuples(index=False):
        made.add_edge(row.first, row.second, **{key: getattr(row, key) for key in PAIRS[2:]})
    if made:
        groups = nx.community.greedy_modularity_communities(made, weight="articles")
        nx.set_node_attributes(
            made, {actor: number for number, group in enumerate(groups) for actor in group}, "community"
        )
    return made


def layout(made: "networkx.Graph") -> dict[str, tuple[float, float]]:
    """A place for every node, between 0 and 1 on both axes; the closer the company, the nearer.

    Distances follow the shortest chain of company (Kamada and Kawai, 1989); nodes are then pushed apart until their
    names have room.
    """
    import networkx as nx

    if len(made) < 2:
        return dict.fromkeys(made, (0.5, 0.5))
    for _, _, data in made.edges(data=True):
        data["length"] = 1 / np.log1p(data["articles"])
    chains = {node: dict(found) for node, found in nx.all_pairs_dijkstra_path_length(made, weight="length")}
    apart = 0.8 * max(max(found.values()) for found in chains.values())
    distances = {one: {other: chains[one].get(other, apart) for other in made} for one in made}
    points = np.array(list(nx.kamada_kawai_layout(made, dist=distances).values()))
    points = (points - points.min(axis=0)) / np.maximum(np.ptp(points, axis=0), 1e-9)
    return dict(zip(made, map(tuple, _pushed_apart(points).tolist()), strict=True))


def _pushed_apart(points: np.ndarray, room: tuple[float, float] = (0.27, 0.07), rounds: int = 300) -> np.ndarray:
    """Points in the unit square, none within the ellipse `room` of another where the square has place for all."""
    for _ in range(rounds):
        gaps = (points[:, None] - points[None]) / room
        length = np.linalg.norm(gaps, axis=2) + np.eye(len(points)) * 9
        close = np.clip(1 - length, 0, None)[..., None]
        if not close.any():
            break
        step = (gaps / np.maximum(length, 1e-9)[..., None] * close).sum(axis=1)
        points = np.clip(points + 0.25 * step * room, 0, 1)
    return points
