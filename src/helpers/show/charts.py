"""From a finished table to a figure: static SVG that follows the page's theme and opens its evidence.

In every figure a column `link` of the table, where there is one, holds the id that each mark opens.
"""

import warnings
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from io import StringIO
from textwrap import fill, shorten
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from .html import Piece, bundle, table
from .words import percent

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
    "svg.fonttype": "none", "svg.hashsalt": "dateline", "text.parse_math": False,
    "font.sans-serif": ["DejaVu Sans"], "font.size": 9.5,
    "text.color": INK, "ytick.color": INK, "axes.labelcolor": SOFT, "xtick.color": SOFT, "axes.edgecolor": RULE,
    "axes.spines.top": False, "axes.spines.right": False, "axes.spines.left": False,
    "figure.facecolor": "none", "axes.facecolor": "none",
}  # fmt: skip


class Drawing(NamedTuple):
    """A figure as SVG, with its alternative text, its caption and the table it was drawn from."""

    svg: str
    alt: str
    caption: str
    rows: pd.DataFrame

    def piece(self, name: str = "", numbers: Piece | None = None) -> Piece:
        """The figure as a piece of a page under an id, with a table of its numbers."""
        numbers = numbers or table(self.rows, self.alt, name=name)
        told = {"name": name, "svg": self.svg, "alt": self.alt, "caption": self.caption}
        return Piece("figure", told | {"numbers": numbers.flat})

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return bundle([self.piece()])


def bars(
    rows: pd.DataFrame, *, label: str, value: str, title: str, alt: str, caption: str = "",
    form: Callable[[float], str] = "{:,.0f}".format,
) -> Drawing:  # fmt: skip
    """Horizontal bars, one a row, in the order of the rows; `form` writes a value.

    >>> ships = pd.DataFrame({"port": ["Oslo", "Bergen"], "ships": [7, 3]})
    >>> bars(ships, label="port", value="ships", title="Most ships lie in Oslo", alt="Ships of two ports").alt
    'Ships of two ports'
    """
    figure, axes = canvas(len(rows), title)
    drawn = axes.barh(range(len(rows)), rows[value], color=COOL, height=0.62)
    _ticks(axes, rows[label])
    axes.bar_label(drawn, fmt=form, padding=4, color=SOFT)
    for bar, to in zip(drawn, _links(rows), strict=True):
        bar.set_url(to)
    axes.set_xlim(0, 1.12 * max(1e-9, rows[value].max()))
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.xaxis.set_visible(False)
    axes.spines[:].set_visible(False)
    return drawing(figure, alt, caption, rows[[label, value]])


def intervals(
    rows: pd.DataFrame, *, label: str, series: str, title: str, alt: str, caption: str = "", beside: str = ""
) -> Drawing:
    """Values with 95 % intervals: one row a label, one mark a series, the first filled and the second a ring.

    Takes columns label, series, mean, low, high, enough; a row with too little is greyed, its interval cut off at the
    ends of the others'. Where the values are shares, `beside` may be a column of others to draw as strokes.

    >>> tone = pd.DataFrame({"outlet": ["A"], "voice": ["own"], "mean": [0.1], "low": [0.0], "high": [0.2]})
    >>> words = {"title": "A sounds warm", "alt": "Tone of one outlet"}
    >>> intervals(tone.assign(enough=True), label="outlet", series="voice", **words).alt
    'Tone of one outlet'
    """
    labels, groups = list(rows[label].unique()), rows.groupby(series, sort=False)
    figure, axes = canvas(len(labels), title, row=0.46)
    if not beside:
        axes.axvline(0, color=RULE, lw=1)
    for number, (kind, part) in enumerate(groups):
        colour, shift = (WARM, COOL)[number % 2], (number - (len(groups) - 1) / 2) * 0.3
        look = {"s": 36, "color": PAPER if number else colour, "edgecolor": colour, "lw": 1.8}
        _means(axes, part, [labels.index(name) + shift for name in part[label]], colour=colour, ring=number > 0)
        axes.scatter([], [], label=kind, **look)
    if beside:
        places = [labels.index(name) for name in rows[label]]
        axes.scatter(rows[beside], places, marker="|", s=160, color=INK, lw=1.6, zorder=4, label=beside)
        axes.xaxis.set_major_formatter(lambda share, _: percent(share))
    _ticks(axes, labels)
    wide = [0.0, *rows["mean"], *rows.low[rows.enough], *rows.high[rows.enough]]
    low, high = np.nanmin(wide), np.nanmax(wide)
    room = 0.04 * max(1e-9, high - low)
    axes.set(xlim=(low - room, high + room), ylim=(len(labels) - 0.5, -0.5))
    axes.locator_params(axis="x", nbins=6)
    figure.legend(loc="outside lower center", ncols=len(groups) + bool(beside), frameon=False, labelcolor=INK)
    return drawing(figure, alt, caption, rows[[label, series, "mean", "low", "high", "enough"]])


def multiples(rows: pd.DataFrame, *, panel: str, label: str, title: str, alt: str, caption: str = "") -> Drawing:
    """Small multiples, two in a row: values from −1 to 1 with 95 % intervals, one row a label, on one scale.

    Takes columns panel, label, mean, low, high, enough; a row with too little is greyed.
    """
    labels, names = sorted(set(rows[label])), rows[panel].unique()
    figure, panels = _panels(names, title, height=0.45 + 0.19 * len(labels))
    for axes, (_, part) in zip(panels, rows.groupby(panel, sort=False), strict=False):
        axes.axvline(0, color=RULE, lw=1)
        part = part.assign(low=part.low.clip(-1, 1), high=part.high.clip(-1, 1))
        _means(axes, part, [labels.index(name) for name in part[label]], colour=COOL, size=20)
    panels[0].set_yticks(range(len(labels)), [_short(str(name), 24) for name in labels])
    panels[0].set(ylim=(len(labels) - 0.5, -0.5), xlim=(-1, 1), xticks=[-0.5, 0, 0.5])
    return drawing(figure, alt, caption, rows[[panel, label, "mean", "low", "high", "enough"]])


def matrix(
    rows: pd.DataFrame, *, title: str, alt: str, caption: str = "", links: pd.DataFrame | None = None,
    framed: Collection[tuple[int, int]] = (), faint: Collection[str] = (),
) -> Drawing:  # fmt: skip
    """Shares as shaded cells, written as percentages; the order is kept.

    `links` has the id that each cell opens, "" for none; a cell without a value stays empty. Places (row, column) in
    `framed` are outlined, and the columns in `faint` are grey.
    """
    from matplotlib.patches import Rectangle

    figure, axes = canvas(len(rows), title, row=0.36, base=1.6)
    values = rows.to_numpy(float)
    strongest = max(1e-9, np.nanmax(values, initial=0))
    for (row, column), value in np.ndenumerate(values):
        if not np.isnan(value):
            to = links.iat[row, column] if links is not None else ""
            grey = rows.columns[column] in faint
            shade = {"color": RULE if grey else COOL, "alpha": 0.06 + 0.6 * value / strongest, "lw": 0}
            place = (column - 0.47, row - 0.44), 0.94, 0.88
            axes.add_patch(Rectangle(*place, **shade)).set_url(f"#{to}" if to else None)
            if (row, column) in framed:
                axes.add_patch(Rectangle(*place, fill=False, ec=WARM, lw=1.6, zorder=3))
            look = {"color": SOFT if grey else INK, "fontsize": 8.5}
            axes.text(column, row, f"{100 * value:.0f}", ha="center", va="center", **look)
    _ticks(axes, rows.index)
    axes.set(xlim=(-0.5, values.shape[1] - 0.5), ylim=(len(rows) - 0.5, -0.5))
    axes.xaxis.tick_top()
    # Two lines of a slanted name need a wide column.
    short = (lambda name: _wrapped(name, 18)) if values.shape[1] < 10 else (lambda name: _short(name, 24))
    names = [short(str(name)) for name in rows.columns]
    axes.set_xticks(range(values.shape[1]), names, ha="left", rotation_mode="anchor")
    axes.tick_params(axis="x", length=0, labelsize=8.5, labelcolor=INK, rotation=55, pad=1)
    for label, name in zip(axes.get_xticklabels(), rows.columns, strict=True):
        label.set_color(SOFT if name in faint else INK)
    axes.spines[:].set_visible(False)
    return drawing(figure, alt, caption, rows.rename_axis("").reset_index())


def timeline(
    rows: pd.DataFrame, *, label: str, day: str, hollow: str, title: str, alt: str, caption: str = ""
) -> Drawing:
    """One dot an article on its day, one row a label; where column `hollow` is true the dot is a ring."""
    labels = list(dict.fromkeys(rows[label]))
    figure, axes = canvas(len(labels), title)
    for number, (is_hollow, some) in enumerate(rows.dropna(subset=[day]).groupby(hollow)):
        places = [labels.index(name) for name in some[label]]
        look = (PAPER, WARM, 1.2) if is_hollow else (COOL, PAPER, 0.6)
        dots = axes.scatter(some[day], places, s=20, zorder=2 + number, color=look[0], edgecolor=look[1], lw=look[2])
        dots.set_urls(_links(some))
    _ticks(axes, labels)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.grid(axis="x", color=RULE, lw=0.5)
    _days(axes)
    return drawing(figure, alt, caption, rows[[label, day, hollow]])


def canvas(rows: int, title: str, *, row: float = 0.34, base: float = 1.1, **grid: Any) -> tuple["Figure", Any]:
    """An empty figure for so many rows, its title on top, and its axes or a grid of them; sizes in inches."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(RC):
        figure = Figure(figsize=(WIDTH, base + row * max(rows, 1)), layout="constrained")
        axes = figure.subplots(**grid)
    figure.suptitle(_wrapped(title, 46), x=0.012, ha="left", fontsize=11, fontweight="bold", color=INK)
    return figure, axes


def drawing(figure: "Figure", alt: str, caption: str, rows: pd.DataFrame) -> Drawing:
    """The finished figure as SVG, the same bytes for the same figure, with the numbers it shows."""
    from matplotlib import rc_context

    out = StringIO()
    with rc_context(RC), quiet():
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return Drawing(out.getvalue(), alt, caption, rows)


@contextmanager
def quiet() -> Iterator[None]:
    """No warning of letters the font lacks: text stays text, and the reader's browser has them."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph", UserWarning)
        yield


def _panels(names: Collection[str], title: str, *, height: float) -> tuple["Figure", list["Axes"]]:
    """One panel a name, two in a row, with one scale across and a light grid for the eye."""
    rows = -(-len(names) // 2)
    figure, axes = canvas(
        rows, title, row=height, base=0.9, nrows=rows, ncols=2, sharex=True, sharey=True, squeeze=False
    )
    panels = list(axes.flat)
    for axes in panels[len(names) :]:
        axes.set_axis_off()
    for axes in panels[:-2]:
        axes.tick_params(axis="x", length=0)
    for axes, name in zip(panels, names, strict=False):
        axes.set_title(_short(str(name), 60), loc="left", fontsize=9.5, color=INK, pad=3)
        axes.grid(axis="y", color=RULE, lw=0.5)
        axes.tick_params(axis="y", length=0, labelsize=8.5, labelcolor=SOFT)
    return figure, panels


def _means(axes: "Axes", rows: pd.DataFrame, places: list, *, colour: str, size: int = 36, ring: bool = False) -> None:
    """Means with their 95 % intervals, if they have one, grey where too little is known; both open the evidence."""
    for row, y, to in zip(rows.to_dict("records"), places, _links(rows), strict=True):
        own = colour if row["enough"] else RULE
        if row["high"] > row["low"]:
            axes.plot([row["low"], row["high"]], [y, y], color=own, lw=size**0.5 / 3)[0].set_url(to)
        look = {"s": size, "color": PAPER if ring else own, "edgecolor": own, "lw": size**0.5 * 0.3}
        axes.scatter([row["mean"]], [y], zorder=3, **look).set_urls([to])


def _ticks(axes: "Axes", labels: Collection) -> None:
    axes.set_yticks(range(len(labels)), [_wrapped(str(label), 22) for label in labels])
    axes.tick_params(axis="y", length=0)
    axes.invert_yaxis()


def _days(axes: "Axes") -> None:
    """Days as the scale across, at most nine of them written."""
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    axes.xaxis.set_major_locator(locator := AutoDateLocator(minticks=2, maxticks=9))
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator, show_offset=False))


def _links(rows: pd.DataFrame) -> list[str | None]:
    return [f"#{to}" if to else None for to in rows.get("link", [""] * len(rows))]


def _wrapped(label: str, width: int) -> str:
    return fill(_short(label, 2 * width), width)


def _short(label: str, width: int) -> str:
    return shorten(label, width, placeholder=" …")
