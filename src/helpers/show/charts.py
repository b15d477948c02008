"""Figures of several panels from finished tables: what speaks for a number, and shares over time."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .figures import COOL, INK, PAPER, RC, RULE, SOFT, WARM, Drawing, canvas, drawing

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def choice(table: pd.DataFrame, *, measures: dict[str, str], title: str, alt: str, caption: str = "") -> Drawing:
    """One panel a measure against a number, with its standard error as a band, and a line at the number chosen.

    `measures` names the columns of the table to draw, in the reader's words; beside each stands its `_error`; `topics`
    holds the numbers, `chosen` marks one.
    """
    figure, panels = _panels(len(measures), title, height=1.35)
    chosen = table.topics[table.chosen]
    for axes, (measure, words) in zip(panels, measures.items(), strict=True):
        low, high = (table[measure] + sign * table[f"{measure}_error"] for sign in (-1, 1))
        axes.fill_between(table.topics, low, high, color=COOL, alpha=0.18, lw=0)
        axes.plot(table.topics, table[measure], color=COOL, lw=1.6)
        for number in chosen:
            axes.axvline(number, color=WARM, lw=1.4)
        _named(axes, words)
    panels[-1].set_xlabel("number of topics")
    if len(table) < 8:
        panels[-1].set_xticks(sorted(table.topics))
    return drawing(figure, alt, caption, table)


def lines(table: pd.DataFrame, *, series: str, title: str, alt: str, caption: str = "") -> Drawing:
    """One panel a series: means over time with their 95 % intervals, on a scale that all panels share.

    Takes columns series, day, mean, low, high, enough; a mean of too few is a ring, one that has no interval too.
    """
    names = list(dict.fromkeys(table[series]))
    figure, panels = _panels(len(names), title, height=0.95)
    top = 1.08 * max(0.05, np.nanmax([*table["high"], *table["mean"]]))
    for axes, name in zip(panels, names, strict=True):
        rows = table[table[series] == name].sort_values("day")
        axes.plot(rows.day, rows["mean"], color=RULE, lw=1, zorder=1)
        wide = rows[rows.high > rows.low]
        axes.vlines(wide.day, wide.low, wide.high, color=COOL, lw=3, alpha=0.35, zorder=2)
        for enough, part in rows.groupby("enough"):
            axes.scatter(
                part.day, part["mean"], s=18, color=COOL if enough else PAPER, edgecolor=COOL, lw=1.2, zorder=3
            )
        axes.set_ylim(-0.06 * top, top)
        axes.yaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f} %")
        _named(axes, name)
    return drawing(figure, alt, caption, table)


def _panels(number: int, title: str, *, height: float, columns: int = 1) -> tuple["Figure", list["Axes"]]:
    """So many panels in rows of `columns`, with one scale across."""
    from matplotlib import rc_context

    rows = -(-number // columns)
    figure, axes = canvas(0, title, height=0.9 + height * rows)
    axes.remove()
    with rc_context(RC):
        panels = figure.subplots(rows, columns, sharex=True, sharey=columns > 1, squeeze=False).ravel()
    for axes in panels[number:]:
        axes.set_axis_off()
    for axes in panels[:-columns]:
        axes.tick_params(axis="x", length=0)
    return figure, list(panels)


def _named(axes: "Axes", words: str) -> None:
    """What a panel shows, above it; a light grid for the eye."""
    from textwrap import shorten

    axes.set_title(shorten(words, 60, placeholder=" …"), loc="left", fontsize=9.5, color=INK, pad=3)
    axes.grid(axis="y", color=RULE, lw=0.5)
    axes.tick_params(axis="y", length=0, labelsize=8.5, labelcolor=SOFT)
    axes.locator_params(axis="y", nbins=3)


def multiples(table: pd.DataFrame, *, panel: str, label: str, title: str, alt: str, caption: str = "") -> Drawing:
    """Small multiples, two in a row: means with 95 % intervals, one row a label, on a scale that all panels share.

    Takes columns panel, label, mean, low, high, enough; a row with too little is greyed.
    """
    names, labels = list(dict.fromkeys(table[panel])), sorted(set(table[label]))
    figure, panels = _panels(len(names), title, height=0.45 + 0.19 * len(labels), columns=2)
    for axes, name in zip(panels, names, strict=False):
        _named(axes, str(name))
        axes.axvline(0, color=RULE, lw=1)
        for row in table[table[panel] == name].to_dict("records"):
            y, own = labels.index(row[label]), COOL if row["enough"] else RULE
            to = f"#{row['link']}" if row.get("link") else None
            if row["high"] > row["low"]:
                axes.plot([row["low"], row["high"]], [y, y], color=own, lw=1.6)[0].set_url(to)
            axes.scatter([row["mean"]], [y], s=20, color=own, zorder=3).set_urls([to])
    panels[0].set_yticks(range(len(labels)), [str(name)[:24] for name in labels])
    panels[0].set(ylim=(len(labels) - 0.5, -0.5), xlim=(-1, 1), xticks=[-0.5, 0, 0.5])
    return drawing(figure, alt, caption, table[[panel, label, "mean", "low", "high", "enough"]])
