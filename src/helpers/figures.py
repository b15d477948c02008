"""From a finished table to a figure: static SVG that follows the page's theme and opens its evidence."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import networkx
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# The page replaces these colours by its own, so that one figure serves both themes; elsewhere they are readable on
# white and on black.
INK, SOFT, RULE, PAPER, WARM, COOL = "#6e7680", "#7d858f", "#b8b8b4", "#fefdfb", "#c0633a", "#3b86ab"
THEME = {INK: "--ink", SOFT: "--soft", RULE: "--rule", PAPER: "--paper", WARM: "--warm", COOL: "--cool"}
# Told apart by colour-blind readers, on light and dark paper (after Okabe and Ito, 2008).
GROUPS = ["#2f7fb8", "#d1702a", "#1f9a77", "#b565a0", "#a58a1b", "#5a6fc9", "#c2554f", "#6f8c3a"]
WIDTH = 5.2  # inches: at this width ten-point letters can be read on a phone too
RC = {
    "svg.fonttype": "none",
    "svg.hashsalt": "dateline",
    "text.parse_math": False,
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 9.5,
    **dict.fromkeys(["text.color", "ytick.color"], INK),
    **dict.fromkeys(["axes.labelcolor", "xtick.color"], SOFT),
    "axes.edgecolor": RULE,
    **dict.fromkeys(["axes.spines.top", "axes.spines.right", "axes.spines.left"], False),
    **dict.fromkeys(["figure.facecolor", "axes.facecolor"], "none"),
}


class Drawing(NamedTuple):
    """A figure as SVG with its alternative text and caption; the last value of a cell shows it."""

    svg: str
    alt: str
    caption: str

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict, dict]:
        bundle = {"image/svg+xml": self.svg, "text/plain": f"[Figure: {self.alt}]"}
        return bundle, {"image/svg+xml": {"alt": self.alt, "caption": self.caption}}


def bars(
    table: pd.DataFrame, *, label: str, value: str, title: str, alt: str, caption: str = "", link: str = ""
) -> Drawing:
    """Horizontal bars, one a row, in the order of the table; column `link` holds the id each bar opens."""
    figure, axes = _canvas(len(table), title)
    drawn = axes.barh(range(len(table)), table[value], color=COOL, height=0.62)
    _rows(axes, table[label])
    for bar, number, to in zip(drawn, table[value], _links(table, link), strict=True):
        axes.annotate(
            f"{number:,.0f}", (number, bar.get_y() + 0.31), (4, 0), textcoords="offset points", va="center", color=SOFT
        )
        bar.set_url(to)
    axes.set_xlim(0, max(1, table[value].max() * 1.1))
    axes.xaxis.set_visible(False)
    return _drawing(figure, alt, caption)


def intervals(
    table: pd.DataFrame, *, label: str, series: str, title: str, alt: str, caption: str = "", link: str = ""
) -> Drawing:
    """Means with 95 % intervals: one row a label, one mark a series, the first filled and the second a ring.

    Takes columns label, series, mean, low, high, enough; a row with too little is greyed.
    """
    labels, kinds = list(table[label].unique()), list(table[series].unique())
    figure, axes = _canvas(len(labels), title, row=0.46)
    axes.axvline(0, color=RULE, lw=1)
    for number, kind in enumerate(kinds):
        colour = (WARM, COOL)[number % 2]
        for row, to in zip(table.to_dict("records"), _links(table, link), strict=True):
            if row[series] != kind:
                continue
            y, own = labels.index(row[label]) + (number - (len(kinds) - 1) / 2) * 0.3, colour if row["enough"] else RULE
            axes.plot([row["low"], row["high"]], [y, y], color=own, lw=2)[0].set_url(to)
            fill = own if number == 0 else PAPER
            axes.scatter([row["mean"]], [y], s=36, color=fill, edgecolor=own, lw=1.8, zorder=3).set_urls([to])
        axes.scatter([], [], s=36, color=colour if number == 0 else PAPER, edgecolor=colour, lw=1.8, label=kind)
    _rows(axes, labels)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    _legend(axes, len(kinds))
    return _drawing(figure, alt, caption)


def matrix(table: pd.DataFrame, *, title: str, alt: str, caption: str = "") -> Drawing:
    """Shares as shaded cells with their percentages; rows and columns keep their order."""
    figure, axes = _canvas(len(table), title, row=0.36, top=1.3)
    values = table.to_numpy(float)
    strongest = max(1e-9, np.nanmax(values, initial=0))
    for (row, column), value in np.ndenumerate(values):
        if not np.isnan(value):
            axes.add_patch(_box(column, row, alpha=0.06 + 0.6 * value / strongest))
            axes.text(column, row, f"{100 * value:.0f}", ha="center", va="center", color=INK, fontsize=8.5)
    _rows(axes, table.index)
    axes.set_xlim(-0.5, values.shape[1] - 0.5)
    axes.set_ylim(len(table) - 0.5, -0.5)
    axes.xaxis.tick_top()
    axes.set_xticks(range(values.shape[1]), [_wrapped(str(name), 18) for name in table.columns])
    axes.tick_params(axis="x", length=0, labelsize=8.5, labelcolor=INK, rotation=55, pad=1)
    for label in axes.get_xticklabels():
        label.set(ha="left", rotation_mode="anchor")
    axes.spines[:].set_visible(False)
    return _drawing(figure, alt, caption)


def timeline(
    table: pd.DataFrame, *, label: str, day: str, hollow: str, title: str, alt: str, caption: str = ""
) -> Drawing:
    """One dot an article on its day, one row a label; where column `hollow` is true the dot is a ring."""
    labels = list(dict.fromkeys(table[label]))
    figure, axes = _canvas(len(labels), title)
    for number, (is_hollow, rows) in enumerate(table.dropna(subset=[day]).groupby(hollow)):
        places = [labels.index(name) for name in rows[label]]
        look = (PAPER, WARM, 1.2) if is_hollow else (COOL, PAPER, 0.6)
        axes.scatter(rows[day], places, s=20, zorder=2 + number, color=look[0], edgecolor=look[1], lw=look[2])
    _rows(axes, labels)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.grid(axis="x", color=RULE, lw=0.5)
    return _drawing(figure, alt, caption)


def network(
    graph: "networkx.Graph", places: dict, *, sizes: pd.Series, names: dict, title: str, alt: str, caption: str = ""
) -> Drawing:
    """Actors as dots, pairs as lines: a dot's area is the actor's `sizes`, a line's width the articles of the pair."""
    figure, axes = _canvas(0, title, height=5.4)
    axes.set_axis_off()
    axes.set_xlim(-0.16, 1.16)
    axes.set_ylim(-0.08, 1.08)
    most = max([data["articles"] for *_, data in graph.edges(data=True)], default=1)
    for first, second, data in graph.edges(data=True):
        xs, ys = zip(places[first], places[second], strict=True)
        axes.plot(xs, ys, color=SOFT, lw=0.5 + 4 * data["articles"] / most, alpha=0.35, zorder=1)
    nodes = sorted(graph, key=lambda node: (-sizes[node], node))
    areas = [20 + 220 * sizes[node] / max(1, sizes.max()) for node in nodes]
    colours = [GROUPS[graph.nodes[node]["community"] % len(GROUPS)] for node in nodes]
    points = np.array([places[node] for node in nodes]).reshape(-1, 2).T
    axes.scatter(*points, s=areas, c=colours, edgecolor=PAPER, lw=1, zorder=2)
    _label_nodes(
        figure, axes, [(places[node], area, names.get(node, node)) for node, area in zip(nodes, areas, strict=True)]
    )
    return _drawing(figure, alt, caption)


def _label_nodes(figure: "Figure", axes: "Axes", nodes: list[tuple]) -> None:
    """Names beside their dots, each at the first of eight places inside where it covers no dot and no name."""
    with _quiet():
        figure.draw_without_rendering()
    scale, frame = figure.dpi / 72, figure.bbox.extents
    taken = []
    for place, area, _ in nodes:
        (x, y), half = axes.transData.transform(place), np.sqrt(area) / 2 * scale
        taken.append((x - half, y - half, x + half, y + half))
    boxes = list(taken)
    for (place, area, name), own in zip(nodes, taken, strict=True):
        reach = np.sqrt(area) / 2 + 3
        best = None
        for dx, dy, ha, va in _SIDES:
            look = {"ha": ha, "va": va, "fontsize": 8, "color": INK, "zorder": 4, "gid": f"label-{len(boxes)}"}
            label = axes.annotate(name, place, (dx * reach, dy * reach), textcoords="offset points", **look)
            label.set_in_layout(False)
            with _quiet():
                box = label.get_window_extent()
            covered = sum(_overlap(box.extents, other) for other in boxes if other is not own)
            covered += box.width * box.height - _overlap(box.extents, frame)
            if best is None or covered < best[0]:
                if best:
                    best[1].remove()
                best = (covered, label, tuple(box.extents))
            else:
                label.remove()
            if covered < 1e-6:
                break
        boxes.append(best[2])


_SIDES = [
    *[(1, 0, "left", "center"), (-1, 0, "right", "center"), (0, 1, "center", "bottom"), (0, -1, "center", "top")],
    *[(0.8, 0.8, "left", "bottom"), (-0.8, 0.8, "right", "bottom")],
    *[(0.8, -0.8, "left", "top"), (-0.8, -0.8, "right", "top")],
]


def _overlap(one: tuple, other: tuple) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, width) * max(0.0, height)


def _canvas(
    rows: int, title: str, *, row: float = 0.34, top: float = 0.8, height: float = 0
) -> tuple["Figure", "Axes"]:
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(RC):
        figure = Figure(figsize=(WIDTH, height or top + 0.3 + row * max(rows, 1)), layout="constrained")
        axes = figure.subplots()
    figure.suptitle(_wrapped(title, 46), x=0.012, ha="left", fontsize=11, fontweight="bold", color=INK)
    return figure, axes


def _rows(axes: "Axes", labels: object) -> None:
    axes.set_yticks(range(len(labels)), [_wrapped(str(label), 22) for label in labels])
    axes.tick_params(axis="y", length=0)
    axes.invert_yaxis()


def _legend(axes: "Axes", columns: int) -> None:
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.08), ncols=columns, frameon=False, labelcolor=INK)


def _links(table: pd.DataFrame, link: str) -> list[str | None]:
    return [f"#{to}" if to else None for to in table[link]] if link else [None] * len(table)


def _box(column: int, row: int, *, alpha: float) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((column - 0.47, row - 0.44), 0.94, 0.88, color=COOL, alpha=alpha, lw=0)


@contextmanager
def _quiet() -> Iterator[None]:
    """No warning of letters the font lacks: text stays text, and the reader's browser has them."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph", UserWarning)
        yield


def _wrapped(label: str, width: int) -> str:
    from textwrap import fill, shorten

    return fill(shorten(label, 2 * width, placeholder=" …"), width)


def _drawing(figure: "Figure", alt: str, caption: str) -> Drawing:
    from matplotlib import rc_context

    out = StringIO()
    with rc_context(RC), _quiet():
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return Drawing(out.getvalue(), alt, caption)
