"""From a graph to a figure of it: dots and lines that open their sentences, and names or numbers that never overlap."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .charts import GROUPS, INK, PAPER, SOFT, Drawing, canvas, drawing, quiet

if TYPE_CHECKING:
    import networkx
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SIDES = [
    *[(1, 0, "left", "center"), (-1, 0, "right", "center"), (0, 1, "center", "bottom"), (0, -1, "center", "top")],
    *[(0.8, 0.8, "left", "bottom"), (-0.8, 0.8, "right", "bottom")],
    *[(0.8, -0.8, "left", "top"), (-0.8, -0.8, "right", "top")],
]
# Where a number stands that has no room beside its dot: on it, or further off.
FURTHER = [(far * x, far * y, *side) for far in range(2, 20) for x, y, *side in SIDES]
AROUND = [*SIDES, (0, 0, "center", "center"), *FURTHER]
SHARES = {"left": 0, "right": 1, "bottom": 0, "top": 1, "center": 0.5}  # of a box, that lie before its anchor


def network(
    graph: "networkx.Graph", places: dict, *, sizes: pd.Series, names: dict, title: str, alt: str, caption: str = ""
) -> Drawing:
    """Actors as dots, pairs as lines: a dot's area is the actor's `sizes`, a line's width the articles of the pair.

    The attribute `link` of a node or edge is the id it opens. Ids in the SVG (node-1, edge-1-2, label-1) let the page
    fade what a dot does not touch. A name that finds no room is a number there, which the caption puts into words.
    """
    figure, axes = canvas(0, title, row=0, base=5.6)
    axes.set_axis_off()
    axes.set(xlim=(-0.16, 1.16), ylim=(-0.08, 1.08))
    nodes = sorted(graph, key=lambda node: (-sizes.get(node, 0), node))
    number = {node: at for at, node in enumerate(nodes)}
    _lines(axes, graph, places, number)
    largest = max(1, sizes.max()) if len(sizes) else 1
    areas = {node: 20 + 220 * sizes.get(node, 0) / largest for node in nodes}
    for node in nodes:
        colour = GROUPS[graph.nodes[node]["community"] % len(GROUPS)]
        dot = axes.scatter(*places[node], s=areas[node], color=colour, edgecolor=PAPER, lw=1, zorder=2)
        dot.set_gid(f"node-{number[node]}")
        dot.set_urls([_to(graph.nodes[node])])
    numbered = _names(figure, axes, [(places[node], areas[node], names.get(node, node)) for node in nodes])
    key = ", ".join(f"{at}\u00a0{name}" for at, name in enumerate(numbered, 1))
    caption = f"{caption} By number: {key}.".strip() if numbered else caption
    pairs = [(names.get(one, one), names.get(two, two), data["articles"]) for one, two, data in graph.edges(data=True)]
    return drawing(figure, alt, caption, pd.DataFrame(pairs, columns=["first", "second", "articles"]))


def _lines(axes: "Axes", graph: "networkx.Graph", places: dict, number: dict) -> None:
    """One line a pair, and a legend of what their widths mean."""
    weights = [data["articles"] for *_, data in graph.edges(data=True)]
    most = max(weights, default=1)
    width = lambda articles: 0.5 + 4 * articles / most  # noqa: E731
    for first, second, data in graph.edges(data=True):
        xs, ys = zip(places[first], places[second], strict=True)
        (line,) = axes.plot(xs, ys, color=SOFT, lw=width(data["articles"]), alpha=0.35, zorder=1)
        one, two = sorted((number[first], number[second]))
        line.set_gid(f"edge-{one}-{two}")
        line.set_url(_to(data))
    for articles in sorted({min(weights, default=1), most}):
        axes.plot([], [], color=SOFT, alpha=0.5, lw=width(articles), label=f"{articles}")
    if weights:
        where = {"loc": "upper center", "bbox_to_anchor": (0.5, 0), "ncols": 2}
        legend = axes.legend(title="articles together", frameon=False, **where)
        for text in (*legend.get_texts(), legend.get_title()):
            text.set(color=SOFT, fontsize=8.5)


def _names(figure: "Figure", axes: "Axes", nodes: list[tuple]) -> list[str]:
    """Names beside their dots; for those without room numbers, from 1, and the names they stand for."""
    with quiet():
        figure.draw_without_rendering()
        taken = [part.get_window_extent().extents for part in (*figure.texts, axes.get_legend()) if part]
    dots = []
    for place, area, _ in nodes:
        (x, y), half = axes.transData.transform(place), np.sqrt(area) / 2 * figure.dpi / 72
        dots.append((x - half, y - half, x + half, y + half))
    left = [at for at, (*_, name) in enumerate(nodes) if not _label(axes, dots, at, name, taken)]
    for number, at in enumerate(left, 1):
        _label(axes, dots, at, str(number), taken, size=6.5, places=AROUND)
    return [nodes[at][2] for at in left]


def _label(
    axes: "Axes", dots: list, at: int, words: str, taken: list, *, size: float = 8, places: list = SIDES
) -> bool:
    """Whether words found room at a dot: at the first of some places where they cover no others, and no other dot.

    `taken` are the boxes of other words; theirs is added.
    """
    figure, (left, low, right, high) = axes.figure, dots[at]
    scale, frame, (x, y) = figure.dpi / 72, figure.bbox.extents, ((left + right) / 2, (low + high) / 2)
    look = {"textcoords": "offset points", "fontsize": size, "color": INK, "zorder": 4, "parse_math": False}
    label = axes.annotate(words, axes.transData.inverted().transform((x, y)), (0, 0), gid=f"label-{at}", **look)
    label.set_in_layout(False)
    with quiet():
        box = label.get_window_extent()
    others = [*taken, *dots[:at], *dots[at + 1 :]]
    for dx, dy, ha, va in places:
        reach = (right - left) / 2 + 3 * scale
        begin = x + dx * reach - box.width * SHARES[ha], y + dy * reach - box.height * SHARES[va]
        own = (*begin, begin[0] + box.width, begin[1] + box.height)
        inside = _overlap(own, frame) > box.width * box.height - 1e-6
        if inside and not any(_overlap(own, other) > 1e-6 for other in others):
            label.set(ha=ha, va=va)
            label.xyann = dx * reach / scale, dy * reach / scale
            taken.append(own)
            return True
    label.remove()
    return False


def _overlap(one: tuple, other: tuple) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, width) * max(0.0, height)


def _to(data: dict) -> str | None:
    return f"#{data['link']}" if data.get("link") else None
