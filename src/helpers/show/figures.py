"""From a finished table to a figure: static SVG that follows the page's theme and opens its evidence."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

if TYPE_CHECKING:
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
    numbers: str = ""  # the table behind it, as CSV
    name: str = ""  # the id by which a sentence leads to it

    def named(self, name: str) -> "Drawing":
        """The same figure under an id."""
        return self._replace(name=name)

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict, dict]:
        bundle = {"image/svg+xml": self.svg, "text/plain": f"[Figure: {self.alt}]"}
        return bundle, {"image/svg+xml": {key: value for key, value in self._asdict().items() if key != "svg"}}


def bars(
    table: pd.DataFrame,
    *,
    label: str,
    value: str,
    title: str,
    alt: str,
    caption: str = "",
    form: Callable[[float], str] = "{:,.0f}".format,
) -> Drawing:
    """Horizontal bars, one a row, in the order of the table; `form` writes a value.

    In this and the other figures a column `link`, where there is one, holds the id that each mark opens.
    """
    figure, axes = canvas(len(table), title)
    drawn = axes.barh(range(len(table)), table[value], color=COOL, height=0.62)
    _rows(axes, table[label])
    for bar, number, to in zip(drawn, table[value], _links(table), strict=True):
        axes.annotate(
            form(number), (number, bar.get_y() + 0.31), (4, 0), textcoords="offset points", va="center", color=SOFT
        )
        bar.set_url(to)
    axes.set_xlim(0, 1.12 * max(1e-9, table[value].max()))
    axes.xaxis.set_visible(False)
    return drawing(figure, alt, caption, table[[label, value]])


def intervals(table: pd.DataFrame, *, label: str, series: str, title: str, alt: str, caption: str = "") -> Drawing:
    """Means with 95 % intervals: one row a label, one mark a series, the first filled and the second a ring.

    Takes columns label, series, mean, low, high, enough; a row with too little is greyed.
    """
    labels, kinds = list(table[label].unique()), list(table[series].unique())
    figure, axes = canvas(len(labels), title, row=0.46)
    axes.axvline(0, color=RULE, lw=1)
    for number, kind in enumerate(kinds):
        colour = (WARM, COOL)[number % 2]
        for row, to in zip(table.to_dict("records"), _links(table), strict=True):
            if row[series] != kind:
                continue
            y, own = labels.index(row[label]) + (number - (len(kinds) - 1) / 2) * 0.3, colour if row["enough"] else RULE
            axes.plot([row["low"], row["high"]], [y, y], color=own, lw=2)[0].set_url(to)
            fill = own if number == 0 else PAPER
            axes.scatter([row["mean"]], [y], s=36, color=fill, edgecolor=own, lw=1.8, zorder=3).set_urls([to])
        axes.scatter([], [], s=36, color=colour if number == 0 else PAPER, edgecolor=colour, lw=1.8, label=kind)
    _rows(axes, labels)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.locator_params(axis="x", nbins=6)
    _legend(axes, len(kinds))
    return drawing(figure, alt, caption, table[[label, series, "mean", "low", "high", "enough"]])


def matrix(
    table: pd.DataFrame,
    *,
    title: str,
    alt: str,
    caption: str = "",
    links: pd.DataFrame | None = None,
    words: pd.DataFrame | None = None,
    form: Callable[[float], str] = lambda share: f"{100 * share:.0f}",
) -> Drawing:
    """Values as shaded cells, written by `form` (shares as percentages) or as their `words`; the order is kept.

    `links` has the id that each cell opens, "" for none; a cell without a value stays empty.
    """
    figure, axes = canvas(len(table), title, row=0.36, top=1.3)
    values = table.to_numpy(float)
    strongest = max(1e-9, np.nanmax(values, initial=0))
    for (row, column), value in np.ndenumerate(values):
        if not np.isnan(value):
            to = links.iat[row, column] if links is not None else ""
            box = axes.add_patch(_box(column, row, alpha=0.06 + 0.6 * value / strongest))
            box.set_url(f"#{to}" if to else None)
            written = form(value) if words is None else words.iat[row, column]
            axes.text(column, row, written, ha="center", va="center", color=INK, fontsize=8.5)
    _rows(axes, table.index)
    axes.set_xlim(-0.5, values.shape[1] - 0.5)
    axes.set_ylim(len(table) - 0.5, -0.5)
    axes.xaxis.tick_top()
    # Two lines of a slanted name need a wide column.
    short = (lambda name: _wrapped(name, 18)) if values.shape[1] < 10 else (lambda name: _short(name, 24))
    axes.set_xticks(range(values.shape[1]), [short(str(name)) for name in table.columns])
    axes.tick_params(axis="x", length=0, labelsize=8.5, labelcolor=INK, rotation=55, pad=1)
    for label in axes.get_xticklabels():
        label.set(ha="left", rotation_mode="anchor")
    axes.spines[:].set_visible(False)
    return drawing(figure, alt, caption, table.rename_axis("").reset_index())


def timeline(
    table: pd.DataFrame, *, label: str, day: str, hollow: str, title: str, alt: str, caption: str = ""
) -> Drawing:
    """One dot an article on its day, one row a label; where column `hollow` is true the dot is a ring."""
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    labels = list(dict.fromkeys(table[label]))
    figure, axes = canvas(len(labels), title)
    for number, (is_hollow, rows) in enumerate(table.dropna(subset=[day]).groupby(hollow)):
        places = [labels.index(name) for name in rows[label]]
        look = (PAPER, WARM, 1.2) if is_hollow else (COOL, PAPER, 0.6)
        dots = axes.scatter(rows[day], places, s=20, zorder=2 + number, color=look[0], edgecolor=look[1], lw=look[2])
        dots.set_urls(_links(rows))
    _rows(axes, labels)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.grid(axis="x", color=RULE, lw=0.5)
    axes.xaxis.set_major_locator(locator := AutoDateLocator(minticks=2, maxticks=9))
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator, show_offset=False))
    return drawing(figure, alt, caption, table[[label, day, hollow]])


def canvas(rows: int, title: str, *, row: float = 0.34, top: float = 0.8, height: float = 0) -> tuple["Figure", "Axes"]:
    """An empty figure for so many rows, its title on top; sizes in inches."""
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


def _links(table: pd.DataFrame) -> list[str | None]:
    return [f"#{to}" if to else None for to in table.get("link", [""] * len(table))]


def _box(column: int, row: int, *, alpha: float) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((column - 0.47, row - 0.44), 0.94, 0.88, color=COOL, alpha=alpha, lw=0)


@contextmanager
def quiet() -> Iterator[None]:
    """No warning of letters the font lacks: text stays text, and the reader's browser has them."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph", UserWarning)
        yield


def _wrapped(label: str, width: int) -> str:
    from textwrap import fill

    return fill(_short(label, 2 * width), width)


def _short(label: str, width: int) -> str:
    from textwrap import shorten

    return shorten(label, width, placeholder=" …")


def drawing(figure: "Figure", alt: str, caption: str, numbers: pd.DataFrame | None = None) -> Drawing:
    """The finished figure as SVG, the same bytes for the same figure, with the numbers it shows."""
    from matplotlib import rc_context

    out = StringIO()
    with rc_context(RC), quiet():
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return Drawing(
        out.getvalue(), alt, caption, "" if numbers is None else numbers.to_csv(index=False, float_format="%.4g")
    )
