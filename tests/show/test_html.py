import xml.etree.ElementTree as ET

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import InputError
from helpers.corpus.copies import shared_spans
from helpers.network import graph as graphs
from helpers.network import meetings as network
from helpers.report import sanitise
from helpers.show import diagram as diagrams
from helpers.show import figures
from helpers.show import html as show

ATTACKS = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg onload=alert(1)>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="https://attacker.example">x</a>',
    '<iframe src="https://attacker.example"></iframe>',
    '<style>body{display:none}</style>',
    '<p style="background:url(https://attacker.example)">x</p>',
    '<form action="https://attacker.example"><input></form>',
    '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
    '<base href="https://attacker.example">',
    '<img src="https://attacker.example/x.png">',
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_sanitised_html_runs_and_fetches_nothing(attack):
    clean = sanitise.safe_html(attack).lower()
    assert not any(
        word in clean
        for word in ("<script", "onerror", "onload", "javascript:", "attacker", "<iframe", "<form", "<base", "style")
    )


@pytest.mark.parametrize("attack", ATTACKS)
def test_article_text_comes_out_as_text_from_every_piece(attack):
    rows = pd.DataFrame([{"outlet": attack, "published": pd.NaT, "text": attack, "marks": [attack[:4]], "score": 0.5}])
    pieces = [
        show.table(rows, attack, {"outlet": attack}),
        show.evidence(rows, attack),
        show.details(attack, show.Html("")),
        show.answer(attack, [attack], little=[attack]),
    ]
    for piece in pieces:
        html = piece._repr_mimebundle_()["text/html"]
        assert attack not in html
        assert sanitise.safe_html(html).count("&lt;") >= 1


def test_sanitising_keeps_what_the_pages_are_made_of():
    rows = pd.DataFrame(
        [
            {
                "outlet": "The Lantern",
                "published": pd.Timestamp("2024-02-04"),
                "text": "A warm day.",
                "marks": ["warm"],
                "score": -0.3,
            }
        ]
    )
    for html in (show.evidence(rows, "Why", anchor="why").html, show.table(rows, "Caption", {"score": "Score"}).html):
        assert sanitise.safe_html(html).replace(" ", "") == html.replace(" ", "")


@given(st.text(max_size=80), st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=4))
def test_marking_changes_no_letter(sentence, marks):
    spans = [(min(a, b), min(max(a, b), len(sentence))) for a, b in marks if min(a, b) < len(sentence)]
    plain = show.marked(sentence, spans).replace("<mark>", "").replace("</mark>", "")
    assert plain == show.text(sentence)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (show.text("a\u202eb\u2066c"), "abc"),
        (show.signed(-0.304), "−0.30"),
        (show.signed(0.001), "0.00"),
        (show.percent(0.314), "31\u00a0%"),
        (show.points(-0.03), "−3"),
        (show.plural(1, "copy", "copies"), "1 copy"),
        (show.plural(1204, "article"), "1,204 articles"),
        (show.listed([]), ""),
        (show.listed(["a"]), "a"),
        (show.listed(["a", "b", "c"]), "a, b and c"),
        (show.day(pd.NaT), "day unknown"),
        (show.chance(0.0004), "< 0.001"),
        (show.span(float("nan"), 1, show.signed), ""),
    ],
)
def test_words_for_numbers(made, words):
    assert made == words


HOSTILE_SVG = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"
onload="x()">
<script>x()</script><foreignObject><p>x</p></foreignObject><image href="https://attacker.example/x.png"/>
<defs><path id="m" d="M0 0" style="fill: #6e7680"/></defs><use xlink:href="#m" onclick="x()"/>
<a xlink:href="https://attacker.example"><text>out</text></a><a xlink:href="#why"><text>in</text></a>
<rect clip-path="url(#m)" fill="url(https://attacker.example)"/></svg>"""


def test_a_figure_keeps_its_drawing_and_nothing_that_runs_or_fetches():
    html = sanitise.safe_figure(HOSTILE_SVG, {"alt": 'A "figure"', "caption": "<b>"}, "f1-")
    assert not any(word in html for word in ("script", "foreignObject", "attacker", "onload", "onclick", "image"))
    assert 'id="f1-m"' in html and 'href="#f1-m"' in html and "url(#f1-m)" in html
    assert 'href="#why"' in html and "fill: var(--ink)" in html
    assert "<figcaption>&lt;b&gt;</figcaption>" in html
    ET.fromstring(html.replace("&lt;", "").replace("&gt;", ""))


def test_a_figure_that_is_no_xml_is_one_line():
    with pytest.raises(InputError, match="not valid SVG"):
        sanitise.safe_figure("<svg><p></svg>", {}, "f1-")


def drawings():
    """One of each figure, with names that would break them."""
    nasty = [
        "<b>&</b>",
        "$x^2$ and _y_",
        "A name so long that it has to be broken into several lines to fit " * 3,
        "漢字",
    ]
    table = pd.DataFrame({"label": nasty, "mean": [0.1, -0.2, 0, 0.3], "enough": [True, False, True, True]})
    table = table.assign(series="own", low=-0.3, high=0.4, hollow=table.index == 0, link=["a", "b", "", "d"])
    table["day"] = pd.date_range("2024-01-01", periods=4)
    pairs = pd.DataFrame(
        [(nasty[a], nasty[b], 4, 3, 0.1, 0.5, 0.01, 0.01) for a, b in ((0, 1), (1, 2), (2, 3))], columns=network.PAIRS
    )
    graph = graphs.graph(pairs)
    words = {"title": "A title", "alt": "What it shows"}
    return {
        "bars": lambda: figures.bars(table, label="label", value="high", **words),
        "intervals": lambda: figures.intervals(table, label="label", series="series", **words),
        "timeline": lambda: figures.timeline(table, label="label", day="day", hollow="hollow", **words),
        "matrix": lambda: figures.matrix(
            pd.DataFrame([[0.1, 0.9], [0.5, float("nan")]], index=nasty[:2], columns=nasty[2:]), **words
        ),
        "network": lambda: diagrams.network(
            graph, graphs.layout(graph), sizes=pd.Series(3, index=nasty), names={}, **words
        ),
        "empty network": lambda: diagrams.network(
            graphs.graph(pairs[:0]), {}, sizes=pd.Series(dtype=int), names={}, **words
        ),
    }


@pytest.mark.parametrize("name", drawings())
def test_a_figure_is_sound_xml_the_same_twice_with_its_words_as_text(name):
    one, two = drawings()[name](), drawings()[name]()
    assert one == two
    html = sanitise.safe_figure(one.svg, one._repr_mimebundle_()[1]["image/svg+xml"], "f1-")
    assert 'aria-label="What it shows"' in html
    assert "A title" in html


STRETCHES = [
    ("2024-05-14", "2024-06-01", "14 May 2024 to 1 June 2024"),
    ("2024-05-14", "2024-05-14", "14 May 2024"),
    ("2024-05-14", None, "after 14 May 2024"),
    (None, "2024-05-14", "before 14 May 2024"),
    (None, None, ""),
]


@pytest.mark.parametrize(("first", "last", "words"), STRETCHES)
def test_a_stretch_of_days_in_words(first, last, words):
    assert show.between(pd.Timestamp(first), pd.Timestamp(last)) == words


def test_two_texts_stand_side_by_side_with_what_they_share_marked_and_nothing_executed():
    one = "It <b>rained</b> all day in Oslo town.\nNobody minded."
    other = "First. It <b>rained</b> all day in Oslo town."
    html = show.beside(("A & B", show.passage(one, shared_spans(one, other))), ("C", show.passage(other))).html
    assert "A &amp; B" in html and "<b>" not in html
    assert "<p><mark>It &lt;b&gt;rained&lt;/b&gt; all day in Oslo town</mark>.</p><p>Nobody minded.</p>" in html


def test_a_link_is_only_words():
    assert show.link("x <y>", 'a"b').html == '<a class="to" href="#a&quot;b">x &lt;y&gt;</a>'
    assert 'class="faint"' in show.link("x", "a", faint=True).html
