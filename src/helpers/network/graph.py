"""From tested pairs to a graph: its backbone, its communities, where to draw it, and files for other programs."""

import re
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..show.charts import GROUPS
from ..show.html import csv
from .meetings import ENDS, met

if TYPE_CHECKING:
    import networkx

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # letters that XML does not allow
DAYS = {"since", "until", "first", "last"}
MANY = 150  # nodes up to which distances follow the shortest chain of company; beyond that they would take minutes


def backbone(pairs: pd.DataFrame) -> pd.DataFrame:
    """`pairs` with `alpha`: how likely so heavy an edge is where a node's weight is scattered over its edges at random.

    The smaller of both ends counts (disparity filter; Serrano, Boguñá and Vespignani, 2009); 1 for a node's only edge.
    """
    if pairs.empty:
        return pairs.assign(alpha=np.zeros(0))
    ends = pairs.melt("articles", ENDS, value_name="end").groupby("end").articles
    sums, degrees = ends.sum(), ends.size()
    one, other = ((1 - pairs.articles / pairs[end].map(sums)) ** (pairs[end].map(degrees) - 1) for end in ENDS)
    return pairs.assign(alpha=np.minimum(one, other))


def described(pairs: pd.DataFrame, appearances: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """`pairs` with since, until (days), outlets (joined by |) and evidence (doc or doc:unit, joined by spaces)."""
    rows = met(appearances, pairs)
    rows["evidence"] = [":".join(map(str, unit)) for unit in rows.drop(columns="pair").itertuples(index=False)]
    groups = rows.merge(documents[["doc", "published", "outlet"]], on="doc").groupby("pair")
    added = groups.agg(since=("published", "min"), until=("published", "max"), outlets=("outlet", "unique"))
    added["outlets"] = ["|".join(sorted(names)) for names in added.outlets]
    return pairs.join(added.join(groups.evidence.agg(" ".join)))


def graph(pairs: pd.DataFrame, *, seed: int = 7) -> "networkx.Graph":
    """The pairs as a networkx graph; nodes know their community (0 is the largest), edges their table row.

    Communities by the method of Blondel et al. (2008), weighted by articles.
    """
    import networkx as nx

    made = nx.Graph()
    made.add_nodes_from(sorted({*pairs["first"], *pairs["second"]}))
    for row in pairs.to_dict("records"):
        made.add_edge(row.pop("first"), row.pop("second"), **row)
    if made:
        groups = nx.community.louvain_communities(made, weight="articles", seed=seed)
        ranked = sorted(groups, key=lambda group: (-len(group), min(group)))
        nx.set_node_attributes(made, {who: at for at, group in enumerate(ranked) for who in group}, "community")
    return made


def layout(made: "networkx.Graph", *, seed: int = 7) -> dict[str, tuple[float, float]]:
    """A place for every node, between 0 and 1 on both axes; the closer the company, the nearer.

    Distances follow the shortest chain of company (Kamada and Kawai, 1989), those of more than 150 nodes springs
    (Fruchterman and Reingold, 1991); nodes are then pushed apart until their names have room.
    """
    import networkx as nx

    if len(made) < 2:
        return dict.fromkeys(made, (0.5, 0.5))
    if len(made) > MANY:
        placed = nx.spring_layout(made, weight="articles", seed=seed, iterations=60)
        return _spread(made, placed, room=(0.1, 0.05), rounds=100)
    length = lambda one, other, edge: 1 / np.log1p(edge["articles"])  # noqa: E731
    chains = dict(nx.all_pairs_dijkstra_path_length(made, weight=length))
    apart = 0.8 * max(max(found.values()) for found in chains.values())
    distances = {one: {other: chains[one].get(other, apart) for other in made} for one in made}
    return _spread(made, nx.kamada_kawai_layout(made, dist=distances))


def nodes(made: "networkx.Graph", mentions: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """A row for each node, by id, those in most articles first.

    Takes mentions with a `score`, where they have one. Returns articles, mentions, first and last (days), degree (pairs
    it is in), attitude (the mean score, -1 to 1) and community.
    """
    named = mentions[mentions.actor.isin(made)].merge(documents[["doc", "published"]], on="doc")
    rows = named.groupby("actor").agg(
        articles=("doc", "nunique"), mentions=("doc", "size"), first=("published", "min"), last=("published", "max"),
        attitude=("score", "mean"),
    )  # fmt: skip
    rows.insert(4, "degree", [made.degree[who] for who in rows.index])
    rows["community"] = [made.nodes[who]["community"] for who in rows.index]
    return rows.sort_values("articles", ascending=False, kind="stable")


def written(made: "networkx.Graph", nodes: pd.DataFrame) -> dict[str, str]:
    """The graph as files: GEXF for Gephi, GraphML for yEd, igraph and Cytoscape; edges weigh their articles.

    Nodes carry their row of `nodes`; in Gephi their area shows articles and their colour the community, as on the page.
    """
    import networkx as nx

    out, plain = BytesIO(), _plain(made, nodes)
    graphml = "\n".join(nx.generate_graphml(plain))
    sizes, hues = 50 * np.sqrt(nodes.articles / max(1, nodes.articles.max())), nodes.community % len(GROUPS)
    for node, data in plain.nodes(data=True):
        colour = dict(zip("rgb", bytes.fromhex(GROUPS[hues[node]][1:]), strict=True))
        data["viz"] = {"size": round(float(sizes[node]), 2), "color": colour | {"a": 1.0}}
    nx.write_gexf(plain, out)
    # The day of writing would make two runs differ.
    gexf = re.sub(r' lastmodifieddate="[^"]*"', "", out.getvalue().decode("utf-8"))
    return {
        "network.gexf": gexf,
        "network.graphml": graphml,
        "nodes.csv": csv(nodes.rename_axis("actor").reset_index()),
    }


def _plain(made: "networkx.Graph", nodes: pd.DataFrame) -> "networkx.Graph":
    """A copy with the rows of `nodes`, a weight for every edge, and only values that XML can carry."""
    import networkx as nx

    copy, told = nx.Graph(), dict(zip(nodes.index, nodes.to_dict("records"), strict=True))
    copy.add_nodes_from((node, _bare(told[node])) for node in made)
    for one, other, data in made.edges(data=True):
        copy.add_edge(one, other, **_bare(data), weight=float(data.get("articles", 1)))
    return copy


def _bare(data: dict) -> dict:
    """Values that XML can carry: known numbers, days as 2024-05-14, words without letters it does not allow."""
    days = {key: "" if pd.isna(day) else f"{day:%Y-%m-%d}" for key, day in data.items() if key in DAYS}
    words = {key: NOT_XML.sub("", value) for key, value in data.items() if isinstance(value, str)}
    return {key: value for key, value in (data | days | words).items() if isinstance(value, str) or not np.isnan(value)}


def _spread(
    made: "networkx.Graph", placed: dict, *, room: tuple[float, float] = (0.27, 0.07), rounds: int = 300
) -> dict[str, tuple[float, float]]:
    """Places in the unit square, none within the ellipse `room` of another where the square has place for all."""
    points = np.array([placed[node] for node in made])
    points = (points - points.min(axis=0)) / np.maximum(np.ptp(points, axis=0), 1e-9)
    for _ in range(rounds):
        gaps = (points[:, None] - points[None]) / room
        length = np.linalg.norm(gaps, axis=2) + np.eye(len(points)) * 9
        close = np.clip(1 - length, 0, None)[..., None]
        if not close.any():
            break
        step = (gaps / np.maximum(length, 1e-9)[..., None] * close).sum(axis=1)
        points = np.clip(points + 0.25 * step * room, 0, 1)
    return dict(zip(made, map(tuple, points.tolist()), strict=True))
