"""Figures: names are plain text, what can be compared is drawn and the rest counted, and nothing lies on anything."""

import itertools
import math
import xml.etree.ElementTree as ET

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.text import Text

from helpers.report import safe
from helpers.show import charts, html
from helpers.show.result import Result

HOSTILE = [
    "Cash $_{$ News", "$x^2$", "a_b^c", "\\alpha", r"\$5 \frac{", "100 % $", "$$", "{0}", "_hidden", "<script>", "]]>",
    "&amp;", "Emoji 😀🎉 Times", "صحيفة الأهرام", "漢字", "n" * 3000, "word " * 600, "", " ", "A\x00B\x0bC\x1fD\ufffe",
    "two\nlines", "\x00" * 99 + "Oslo", "\u202eright to left",
]  # fmt: skip
WORDS = {"title": "A title", "alt": "What it shows"}
LONG = "Topic named by a headline that is so long"
OUTLETS = ["Vox", "Christian Science Monitor", LONG, LONG.replace("Topic", "Story")]


def rows(names, *, enough=None, **more):
    """A table that every chart but the matrix can draw, the first name with most articles."""
    count = len(names)
    table = pd.DataFrame({"outlet": names, "mean": np.linspace(-0.2, 0.3, count), "articles": range(count + 9, 9, -1)})
    table = table.assign(low=table["mean"] - 0.1, high=table["mean"] + 0.1, enough=enough is None, link="x")
    if enough is not None:
        table["enough"] = table.index < enough
    days = pd.Timestamp("2024-01-01") + pd.to_timedelta(range(count), unit="D")
    return table.assign(voice="own voice", here=0.1, actor="China", day=days, copy=False, **more)


def square(down, across, **more):
    """A matrix in which every cell has a share."""
    return charts.matrix(pd.DataFrame(0.25, index=down, columns=across), **WORDS | more)


def both(names):
    """Two series, the second named like the last of the names."""
    return pd.concat([rows(names), rows(names, shift=1).assign(voice=names[-1])])


CHARTS = {
    "bars": lambda names: charts.bars(rows(names), label="outlet", value="articles", **WORDS | {"title": names[0]}),
    "intervals": lambda names: charts.intervals(both(names), label="outlet", series="voice", **WORDS),
    "beside": lambda names: charts.intervals(
        rows(names).assign(**{names[-1]: 0.2}), label="outlet", series="voice", beside=names[-1], **WORDS
    ),
    "panels": lambda names: charts.multiples(rows(names), panel="outlet", label="actor", **WORDS),
    "multiples": lambda names: charts.multiples(rows(names), panel="actor", label="outlet", **WORDS),
    "rows": lambda names: square(names, ["one", "two"]),
    "columns": lambda names: square(OUTLETS, names),
    "timeline": lambda names: charts.timeline(rows(names), label="outlet", day="day", hollow="copy", **WORDS),
}


def read(drawn):
    """All letters of a figure, without spaces; it must be XML that a file can hold."""
    return "".join("".join(ET.fromstring(drawn.svg.encode()).itertext()).split())


def seen(name):
    """The letters of a name that a reader must find, without spaces: as many as every chart has room for."""
    return "".join(charts.UNSEEN.sub("", name).split())[:10]


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("names", [HOSTILE[::2], HOSTILE[1::2]], ids=["even", "odd"])
def test_a_name_is_plain_text_in_every_figure(chart, names):
    drawn = CHARTS[chart](names)
    assert [name for name in names if seen(name) not in read(drawn)] == []
    assert drawn.svg == CHARTS[chart](names).svg
    root = safe.figure(drawn.svg, "x", "f1-")
    assert "script" not in {element.tag.split("}")[1] for element in root.iter()}


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_a_title_a_series_and_a_stroke_are_plain_text(name):
    table = rows(["Oslo Times"]).assign(voice=name, **{f"{name}?": 0.2})
    words = {"title": name, "alt": "What it shows"}
    drawn = charts.intervals(table, label="outlet", series="voice", beside=f"{name}?", **words)
    assert read(drawn).count(seen(name)) >= 3 or not seen(name)
    assert seen(name) in read(charts.bars(table, label="outlet", value="here", **words))
    with charts.quiet():
        charts.canvas(1, name)[0].draw_without_rendering()  # as a network does to find room for its names


@settings(max_examples=10, deadline=None)
@given(st.text(max_size=40))
def test_any_name_keeps_its_letters(name):
    shown = charts.short(name, 40)
    assert seen(shown) == seen(name) and len(shown) <= 40
    assert seen(name) in read(CHARTS["bars"](["Oslo Times", name]))


@given(st.text("ab -\n", max_size=200), st.integers(2, 50))
def test_a_long_name_is_cut_to_two_lines(name, width):
    lines = charts._wrapped(name, width).split("\n")
    assert len(lines) <= 2 and all(len(line) <= width for line in lines)
    assert len(charts.short(name, width)) <= width


# Names, how many of them are compared, how many series; how many are drawn, and how many the caption counts.
FOLDS = [
    (9, 0, 1, 9, 0),
    (12, 3, 1, 12, 0),
    (13, 3, 1, 12, 1),
    (120, 0, 1, 12, 108),
    (120, 15, 1, 15, 105),
    (120, 60, 1, 40, 80),
    (120, 60, 2, 20, 100),
    (40, 40, 1, 40, 0),
]


@pytest.mark.parametrize(("count", "compared", "series", "drawn", "left"), FOLDS)
def test_a_figure_draws_what_is_compared_and_counts_the_rest(count, compared, series, drawn, left):
    names = [f"Paper-{number}-" for number in range(count)]
    table = rows(names, enough=compared).sample(frac=1, random_state=1)
    table = pd.concat([table.assign(voice=f"voice {number}") for number in range(series)])
    figure = charts.intervals(table, label="outlet", series="voice", **WORDS, caption="Read so.")
    assert [name for name in names if name in read(figure)] == names[:drawn]
    others = f"{left} other{'s' * (left > 1)} with less {'is' if left == 1 else 'are'} in the table only."
    assert figure.caption == (f"Read so. {others}" if left else "Read so.")
    assert len(figure.rows) == count * series
    assert figure.svg.count('xlink:href="#x"') >= drawn * series


def test_bars_draw_the_highest_and_panels_those_there_is_room_for():
    table = rows([f"Paper-{number}-" for number in range(60)])
    bars = charts.bars(table.assign(v=range(60)), label="outlet", value="v", **WORDS)
    assert "Paper-59-" in read(bars) and "Paper-19-" not in read(bars) and bars.caption.startswith("20 others")
    panels = pd.concat([table[:9].assign(actor=f"Actor-{number}-") for number in range(14)])
    small = charts.multiples(panels, panel="actor", label="outlet", **WORDS)
    assert small.caption == "5 others with less are in the table only. 2 other panels with less are in the table only."
    assert [f"Actor-{number}-" in read(small) for number in range(14)] == [True] * 12 + [False] * 2
    assert [f"Paper-{number}-" in read(small) for number in range(5)] == [True] * 4 + [False]


@pytest.mark.parametrize(("count", "drawn"), [(20, 20), (21, 21), (22, 20), (68, 20)])
def test_a_timeline_folds_small_outlets_into_one_row_with_all_their_dots(count, drawn):
    names = [f"Paper-{number}-" for number in range(count)]
    table = pd.concat([rows(names), rows(names[:20])])
    table = pd.concat([table, pd.DataFrame({"outlet": ["Undated"] * 99, "day": pd.NaT, "copy": False})])
    figure = charts.timeline(table, label="outlet", day="day", hollow="copy", **WORDS)
    drawn -= count == 21  # with the undated one they are 22
    assert [name for name in names if name in read(figure)] == names[:drawn]
    assert (f"{count + 1 - drawn}otheroutlets" in read(figure)) == (drawn < count)
    assert figure.svg.count('xlink:href="#x"') == table.day.count()
    assert ("Undated" in read(figure)) == (count < 21)


def test_a_matrix_leaves_out_what_is_empty_and_its_links_and_frames_follow():
    nan = float("nan")
    shares = pd.DataFrame([[0, 0.5, nan], [0, 0, nan], [nan, 0, 0.25]], index=list("abc"), columns=list("xyz"))
    links = pd.DataFrame([[f"{row}{column}" for column in "xyz"] for row in "abc"])
    figure = charts.matrix(shares, links=links, framed=[(2, 2), (2, 0)], faint={"z"}, **WORDS)
    root = ET.fromstring(figure.svg)
    assert safe.links(safe.figure(figure.svg, "", "")) == ["ay", "cy", "cz"]
    assert {text.text for text in root.iter(f"{safe.SVG}text")} >= {"a", "c", "y", "z", "50", "25", "0"}
    assert not {text.text for text in root.iter(f"{safe.SVG}text")} & {"b", "x"}
    assert figure.svg.count(f"stroke: {charts.WARM}") == 1 and len(figure.rows) == 3 and figure.caption == ""


# Columns, how many of them are not faint; how many are drawn.
@pytest.mark.parametrize(("count", "clear", "drawn"), [(5, 5, 5), (120, 3, 12), (120, 14, 14), (120, 90, 16)])
def test_a_matrix_of_many_columns_draws_those_that_can_be_compared(count, clear, drawn):
    names = [f"Paper-{number}-" for number in range(count)]
    figure = square(["one", "two"], names[::-1], faint=set(names[clear:]))
    assert sum(name in read(figure) for name in names) == drawn
    assert all(name in read(figure) for name in names[: min(clear, drawn)]) or clear > drawn
    assert figure.caption == f"{count - drawn} others with less are in the table only." * (count > drawn)


@pytest.mark.parametrize("shares", [pd.DataFrame(), pd.DataFrame({"a": [0.0, float("nan")]}), pd.DataFrame({"a": []})])
def test_a_result_whose_matrix_is_empty_shows_its_table(shares):
    table = pd.DataFrame({"name": ["China"]})
    found = Result("who", table, "Nobody.", "Who", draws=lambda: charts.matrix(shares, **WORDS))
    assert found.figure is None
    assert "<caption>Who</caption>" in found._repr_mimebundle_()["text/html"]


def extents(figure):
    """The boxes of all words in a figure that are written straight, and the slanted ones by size and place."""
    figure.draw_without_rendering()
    ticks = [(tick, sorted(axes.get_xlim())) for axes in figure.axes for tick in axes.xaxis.get_major_ticks()]
    beyond = [
        label
        for tick, (low, high) in ticks
        for label in (tick.label1, tick.label2)
        if not low <= tick.get_loc() <= high
    ]
    texts = [text for text in figure.findobj(Text) if text.get_visible() and text not in beyond]
    texts = [text for text in texts if text.get_text().strip()]
    slanted = [text for text in texts if text.get_rotation()]
    return [(text.get_text(), text.get_window_extent()) for text in texts if text not in slanted], slanted


@pytest.mark.parametrize("count", [1, 6, 9, 12, 16, 21, 41])
@pytest.mark.parametrize("chart", CHARTS)
def test_no_words_of_a_figure_lie_on_others_and_no_figure_is_a_tower(chart, count, monkeypatch):
    kept = []
    monkeypatch.setattr(charts, "drawing", lambda figure, *_: kept.append(figure))
    CHARTS[chart]([f"{OUTLETS[at % 4]}{' ' * (at > 3)}{at // 4 or ''}" for at in range(count)])
    (figure,) = kept
    assert figure.get_figheight() <= charts.TALL
    straight, slanted = extents(figure)
    for (one, here), (other, there) in itertools.combinations(straight, 2):
        wide = min(here.x1, there.x1) - max(here.x0, there.x0)
        high = min(here.y1, there.y1) - max(here.y0, there.y0)
        # A box has room above and below its letters.
        assert wide <= 0 or high <= 0.25 * min(here.height, there.height), (one, other)
    for one, other in itertools.pairwise(sorted(slanted, key=lambda text: text.get_window_extent().x0)):
        apart = other.get_window_extent().x0 - one.get_window_extent().x0
        lines = 1 + max(one.get_text().count("\n"), other.get_text().count("\n"))
        assert apart * math.sin(math.radians(55)) * 72 / figure.dpi >= (1.2 * lines - 0.3) * one.get_fontsize()
    inside = figure.bbox
    assert all(box.x0 > inside.x0 - 1 and box.x1 < inside.x1 + 1 for _, box in straight)


# First day, last day; what is written below.
SPANS = [
    ("2024-05-03", "2024-05-03", ["3 May\n2024"]),
    ("2024-05-03", "2024-05-05", ["3 May\n2024", "4 May\n", "5 May\n"]),
    ("2024-12-28", "2025-01-09", ["28 Dec\n2024", "31 Dec\n", "3 Jan\n2025", "6 Jan\n", "9 Jan\n"]),
    ("2024-01-20", "2024-05-02", ["Feb\n2024", "Mar\n", "Apr\n", "May\n"]),
    ("2023-09-01", "2024-09-30", ["Sep\n2023", "Nov\n", "Jan\n2024", "Mar\n", "May\n", "Jul\n", "Sep\n"]),
    ("2010-06-01", "2020-06-01", ["2011", "2013", "2015", "2017", "2019"]),
]


@pytest.mark.parametrize(("first", "last", "written"), SPANS)
def test_days_are_written_with_their_month_and_each_year_once(first, last, written, monkeypatch):
    kept = []
    monkeypatch.setattr(charts, "drawing", lambda figure, *_: kept.append(figure))
    table = rows(["Vox", "The Hill"]).assign(day=[pd.Timestamp(f"{first} 13:00"), pd.Timestamp(last)])
    charts.timeline(table, label="outlet", day="day", hollow="copy", **WORDS)
    assert [label.get_text() for label in kept[0].axes[0].get_xticklabels()] == written


SAME = [
    ({"what": ["Share", "Share", "Share", "More"]}, [["Share", "3"], ["More", "1"]]),
    ({"what": ["Share", "More", "Share"]}, [["Share", "2"], ["More", "1"]]),
    ({"what": ["Share", "More"]}, [["Share"], ["More"]]),
    ({"what": ["Share", "Share"], "link": ["a", "b"]}, [["Share"], ["Share"]]),
    ({"what": ["Share", "Share"], "link": ["a", "a"]}, [["Share", "2"]]),
    ({"what": ["Share", "Share"], "faint": [True, False]}, [["Share"], ["Share"]]),
    ({"what": ["Share", "Share"], "why": ["a", "b"]}, [["Share", "a"], ["Share", "b"]]),
    ({"what": ["Share"] * 1200}, [["Share", "1,200"]]),
]


@pytest.mark.parametrize(("columns", "shown"), SAME)
def test_rows_that_say_the_same_stand_once_with_their_number(columns, shown):
    table = html.table(pd.DataFrame(columns), "Removed")
    assert [[cell["words"] for cell in row] for row in table.data["rows"]] == shown
    assert len(table.data["heads"]) == len(shown[0])
    assert table.data["csv"].count("\n") == table.data["all"] + 1 == len(columns["what"]) + 1


def test_an_interval_has_no_place_to_break():
    table = pd.DataFrame({"low": [-0.02], "high": [0.14], "p": [0.0001]})
    page = html.table(table, "", {("low", "high"): "95 %", "p": "p"})._repr_mimebundle_()["text/html"]
    assert '<td class="number">-0.02\u00a0to\u00a00.14</td>' in page
    assert "td.number { white-space: nowrap; }" in page
