"""From a finished table to a figure: static SVG that follows the page's theme and opens its evidence.

In every figure a column `link` of the table, where there is one, holds the id that each mark opens.
"""

import re
import warnings
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from io import StringIO
from math import ceil
from textwrap import fill, shorten
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from .html import Piece, bundle, table
from .words import percent, plural

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
TALL = 8.5  # inches at most: a thousand pixels on a page
MOST, LINES, COLUMNS, FEW = 40, 21, 16, 12  # marks, days and columns at most; and of things that are not compared
UNSEEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # letters that XML does not allow
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
    whole, (rows, left) = rows, _most(rows, label, by=value)
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
    return drawing(figure, alt, caption + left, whole[[label, value]])


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
    whole, (rows, left) = rows, _most(rows, label, MOST // max(1, rows[series].nunique()))
    labels, groups = list(rows[label].unique()), rows.groupby(series, sort=False)
    figure, axes = canvas(len(labels), title, row=0.46)
    keys: dict[str, Any] = {}
    if not beside:
        axes.axvline(0, color=RULE, lw=1)
    for number, (kind, part) in enumerate(groups):
        colour, shift = (WARM, COOL)[number % 2], (number - (len(groups) - 1) / 2) * 0.3
        look = {"s": 36, "color": PAPER if number else colour, "edgecolor": colour, "lw": 1.8}
        _means(axes, part, [labels.index(name) + shift for name in part[label]], colour=colour, ring=number > 0)
        keys[short(kind, 44)] = axes.scatter([], [], **look)
        if beside:
            places = [labels.index(name) + shift for name in part[label]]
            look = {"marker": "|", "s": 160, "color": INK, "lw": 1.6, "zorder": 4}
            others = axes.scatter(part[beside], places, **look)
    if beside:
        keys[short(beside, 44)] = others
        axes.xaxis.set_major_formatter(lambda share, _: percent(share))
    _ticks(axes, labels)
    wide = [0.0, *rows["mean"], *rows.low[rows.enough], *rows.high[rows.enough]]
    low, high = np.nanmin(wide), np.nanmax(wide)
    room = 0.04 * max(1e-9, high - low)
    axes.set(xlim=(low - room, high + room), ylim=(len(labels) - 0.5, -0.5))
    axes.locator_params(axis="x", nbins=6)
    columns = len(keys) if sum(map(len, keys)) < 56 else 1
    where = {"loc": "outside lower center", "ncols": columns, "frameon": False, "labelcolor": INK}
    figure.legend(list(keys.values()), list(keys), **where)
    return drawing(figure, alt, caption + left, whole[[label, series, "mean", "low", "high", "enough"]])


def multiples(rows: pd.DataFrame, *, panel: str, label: str, title: str, alt: str, caption: str = "") -> Drawing:
    """Small multiples, two in a row: values from −1 to 1 with 95 % intervals, one row a label, on one scale.

    Takes columns panel, label, mean, low, high, enough; a row with too little is greyed.
    """
    whole, (rows, fewer) = rows, _most(rows, panel, FEW, noun="other panel")
    height = (TALL - 0.9) / ceil(rows[panel].nunique() / 2)
    rows, left = _most(rows, label, int((height - 0.45) / 0.19))
    labels, names = sorted(set(rows[label])), rows[panel].unique()
    figure, panels = _panels(names, title, height=0.45 + 0.19 * len(labels))
    for axes, (_, part) in zip(panels, rows.groupby(panel, sort=False), strict=False):
        axes.axvline(0, color=RULE, lw=1)
        part = part.assign(low=part.low.clip(-1, 1), high=part.high.clip(-1, 1))
        _means(axes, part, [labels.index(name) for name in part[label]], colour=COOL, size=20)
    panels[0].set_yticks(range(len(labels)), [short(name, 24) for name in labels])
    panels[0].set(ylim=(len(labels) - 0.5, -0.5), xlim=(-1, 1), xticks=[-0.5, 0, 0.5])
    return drawing(figure, alt, caption + left + fewer, whole[[panel, label, "mean", "low", "high", "enough"]])


def matrix(
    rows: pd.DataFrame, *, title: str, alt: str, caption: str = "", links: pd.DataFrame | None = None,
    framed: Collection[tuple[int, int]] = (), faint: Collection[str] = (),
) -> Drawing | None:  # fmt: skip
    """Shares as shaded cells, written as percentages; the order is kept. None where no cell has a share.

    `links` has the id that each cell opens, "" for none; a cell without a value stays empty, and rows and columns of
    nothing are left out. Places (row, column) in `framed` are outlined, and the columns in `faint` are grey.
    """
    from matplotlib.patches import Rectangle

    values = rows.to_numpy(float)
    down, across = (np.flatnonzero(np.nan_to_num(values).any(axis=axis)) for axis in (1, 0))
    if not len(down):
        return None
    grey = np.array([name in faint for name in rows.columns])
    columns = sorted(sorted(across, key=grey.__getitem__)[: min(COLUMNS, max(FEW, sum(~grey[across])))])
    left, down = _left(len(across) - len(columns) + max(0, len(down) - MOST)), down[:MOST]
    figure, axes = canvas(len(down), title, row=0.36, base=1.6)
    strongest, size = np.nanmax(values), 8.5 if len(columns) <= FEW else 7
    for y, x in np.ndindex(len(down), len(columns)):
        place = _, column = down[y], columns[x]
        if not np.isnan(value := values[place]):
            to = links.iat[place] if links is not None else ""
            shade = {"color": RULE if grey[column] else COOL, "alpha": 0.06 + 0.6 * value / strongest, "lw": 0}
            box = (x - 0.47, y - 0.44), 0.94, 0.88
            axes.add_patch(Rectangle(*box, **shade)).set_url(f"#{to}" if to else None)
            if place in framed:
                axes.add_patch(Rectangle(*box, fill=False, ec=WARM, lw=1.6, zorder=3))
            look = {"color": SOFT if grey[column] else INK, "fontsize": size}
            axes.text(x, y, f"{100 * value:.0f}", ha="center", va="center", **look)
    _ticks(axes, rows.index[down])
    axes.set(xlim=(-0.5, len(columns) - 0.5), ylim=(len(down) - 0.5, -0.5))
    axes.xaxis.tick_top()
    # Two lines of a slanted name need a wide column.
    names = [_wrapped(name, 18) if len(columns) < 7 else short(name, 24) for name in rows.columns[columns]]
    axes.set_xticks(range(len(columns)), names, ha="left", rotation_mode="anchor")
    axes.tick_params(axis="x", length=0, labelsize=size, labelcolor=INK, rotation=55, pad=1)
    for label, column in zip(axes.get_xticklabels(), columns, strict=True):
        label.set_color(SOFT if grey[column] else INK)
    axes.spines[:].set_visible(False)
    return drawing(figure, alt, caption + left, rows.rename_axis("\u00a0").reset_index())


def timeline(
    rows: pd.DataFrame, *, label: str, day: str, hollow: str, title: str, alt: str, caption: str = ""
) -> Drawing:
    """One dot an article on its day, one row a label; where column `hollow` is true the dot is a ring.

    Labels beyond those with most articles share the last row.
    """
    whole, counts = rows, rows.groupby(label, sort=False)[day].count()
    if len(counts) > LINES:
        few = counts.sort_values(ascending=False, kind="stable").index[LINES - 1 :]
        others = f"{len(few)} other {label}s"
        rows = rows.assign(**{label: rows[label].where(~rows[label].isin(few), others)})
        rows = rows.sort_values(label, key=lambda names: names == others, kind="stable")
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
    if rows[day].notna().any():
        _days(axes, rows[day])
    return drawing(figure, alt, caption, whole[[label, day, hollow]])


def canvas(rows: int, title: str, *, row: float = 0.34, base: float = 1.1, **grid: Any) -> tuple["Figure", Any]:
    """An empty figure for so many rows, its title on top, and its axes or a grid of them; sizes in inches.

    Rows are lower where there are many, so that a reader sees all of a figure.
    """
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(RC):
        figure = Figure(figsize=(WIDTH, min(TALL, base + row * max(rows, 1))), layout="constrained")
        axes = figure.subplots(**grid)
        figure.suptitle(_wrapped(title, 46), x=0.012, ha="left", fontsize=11, fontweight="bold", color=INK)
    return figure, axes


def drawing(figure: "Figure", alt: str, caption: str, rows: pd.DataFrame) -> Drawing:
    """The finished figure as SVG, the same bytes for the same figure, with the numbers it shows.

    Every name is plain text: a dollar begins no formula.
    """
    from matplotlib import rc_context
    from matplotlib.text import Text

    out = StringIO()
    with rc_context(RC), quiet():
        for text in figure.findobj(Text):
            text.set_parse_math(False)
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return Drawing(UNSEEN.sub("", out.getvalue()), alt, caption.strip(), rows)


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
        axes.set_title(_wrapped(name, 24), loc="left", fontsize=9.5, color=INK, pad=3)
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


def _most(
    rows: pd.DataFrame, label: str, most: int = MOST, *, by: str = "articles", noun: str = "other"
) -> tuple[pd.DataFrame, str]:
    """The rows of a figure, of all labels that are compared, then the largest others; and words of those left out."""
    known = rows.assign(enough=rows.get("enough", True), size=rows.get(by, 0)).groupby(label, sort=False)
    sizes = known.agg(enough=("enough", "any"), size=("size", "max"))
    sizes = sizes.sort_values(["enough", "size"], ascending=False, kind="stable")
    kept = sizes.index[: min(most, max(FEW, sizes.enough.sum()))]
    return rows[rows[label].isin(kept)], _left(len(sizes) - len(kept), noun)


def _left(number: int, noun: str = "other") -> str:
    return f" {plural(number, noun)} with less {'is' if number == 1 else 'are'} in the table only." * bool(number)


def _ticks(axes: "Axes", labels: Collection) -> None:
    """Names of rows, on one line each where rows are many."""
    names = [_wrapped(label, 22) if len(labels) <= LINES else short(label, 28) for label in labels]
    axes.set_yticks(range(len(labels)), names)
    axes.tick_params(axis="y", length=0)
    axes.invert_yaxis()


def _days(axes: "Axes", days: pd.Series) -> None:
    """Days as the scale across: at most six of them written, or months or years, each year where it begins."""
    first, last = days.min().normalize(), days.max()
    span = (last - first).days + 1
    pad = pd.Timedelta(days=max(1.0, 0.04 * span))
    steps = [(90, "D", "{0.day} {0:%b}", 6), (1300, "MS", "{:%b}", 210), (10**9, "YS", "", 2500)]
    _, kind, form, most = next(step for step in steps if span < step[0])
    ticks = pd.date_range(first, last, freq=f"{ceil(span / most)}{kind}")
    new = [not at or day.year != ticks[at - 1].year for at, day in enumerate(ticks)]
    names = [f"{form.format(day)}\n{day.year if year else ''}" for day, year in zip(ticks, new, strict=True)]
    axes.set_xticks(ticks, [name.lstrip() for name in names])
    axes.set_xlim(first - pad, last + pad)


def _links(rows: pd.DataFrame) -> list[str | None]:
    return [f"#{to}" if to else None for to in rows.get("link", [""] * len(rows))]


def _wrapped(label: object, width: int) -> str:
    return fill(short(label, 2 * width), width, max_lines=2, placeholder=" …")


def short(label: object, width: int) -> str:
    """A name cut to a width, between words where that leaves half of it.

    >>> short("The harbour news", 13), short("Harbournewspaper", 12)
    ('The harbour …', 'Harbournews…')
    """
    name = UNSEEN.sub("", " ".join(str(label).split()))
    cut = shorten(name, width, placeholder=" …")
    return cut if len(name) <= width or 2 * len(cut) > width else f"{name[: width - 1]}…"
