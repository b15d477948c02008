import xml.etree.ElementTree as ET

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ATTACKS

from helpers.corpus import copies
from helpers.network import graph as graphs
from helpers.network import meetings as network
from helpers.show import charts, diagram, html, result, words
from helpers.show.result import Finding, Result


@pytest.mark.parametrize("attack", ATTACKS)
def test_article_text_comes_out_as_text_from_every_piece(attack):
    rows = pd.DataFrame([{"outlet": attack, "published": pd.NaT, "text": attack, "title": attack, "score": 0.5}])
    table = pd.DataFrame({"outlet": [attack], "text": [attack], "marks": [[attack[:4]]], "link": [html.anchor(attack)]})
    article = html.article(attack, [(0, 3, "actor")])
    pieces = [
        html.table(table, attack, {"outlet": attack, "text": attack}),
        html.evidence(rows, attack, noun=attack),
        html.fold(attack, [html.note(attack)]),
        html.beside((attack, article), (attack, article)),
        html.download("x.csv", attack),
        result.answer(
            result.Result("a", table, "", says=(Finding(attack), Finding(attack, figure="a")), little=(attack,))
        ),
    ]
    for piece in pieces:
        page = piece._repr_mimebundle_()["text/html"]
        assert attack not in page
        assert ("&lt;" in page) != (piece == pieces[4])


@given(st.text(max_size=80), st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=4))
def test_marking_changes_no_letter_and_marks_what_was_asked(sentence, marks):
    spans = [(min(a, b), min(max(a, b), len(sentence))) for a, b in marks if min(a, b) < len(sentence)]
    parts = html.parts(sentence, spans)
    assert "".join(words for words, _ in parts) == sentence
    marked = "".join((kind and "x" * len(words)) or " " * len(words) for words, kind in parts)
    assert all((marked[at] == "x") == any(a <= at < b for a, b in spans) for at in range(len(sentence)))


LINES_OF = st.lists(st.text(alphabet="ab é.<\u202e", max_size=12), max_size=5).map("\n".join)
CUTS_IN = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6)


@given(LINES_OF, CUTS_IN, CUTS_IN)
def test_an_article_keeps_every_letter_its_sentences_and_its_marks(text, sentences, marks):
    told, last, at = [], 0, 0
    for line in text.split("\n"):  # sentences in order, each in its line
        for a, b in sorted(sentences):
            if max(a, last, at) < (end := min(b, at + len(line))):
                told.append((max(a, last, at), end, None))
                last = end
        at += len(line) + 1
    marks = [(a, b, "actor") for a, b in marks if a < b]
    paragraphs = html.article(text, marks, told).data["paragraphs"]
    assert "\n".join("".join(w for s in p for w, _ in s["parts"]) for p in paragraphs) == text
    said = [(s["sent"], "".join(w for w, _ in s["parts"])) for p in paragraphs for s in p if s["sent"] >= 0]
    assert said == [(number, text[a:b]) for number, (a, b, _) in enumerate(told)]
    marked = "\n".join("".join((k and "x") * len(w) or w for s in p for w, k in s["parts"]) for p in paragraphs)
    assert all(
        (marked[at] == "x") == any(a <= at < b for a, b, _ in marks) for at in range(len(text)) if text[at] != "\n"
    )


def test_marks_of_several_kinds_lie_over_each_other():
    parts = html.parts("He praised “warm ties”.", [(11, 22, "quoted"), (12, 16, "actor")])
    assert parts == [
        ["He praised ", ""], ["“", "quoted"], ["warm", "quoted actor"], [" ties”", "quoted"], [".", ""],
    ]  # fmt: skip


def test_a_table_carries_its_numbers_as_data():
    rows = pd.DataFrame(
        {"name": ["a", "=b"], "share": [0.07, -0.3], "low": [0.01, float("nan")], "high": [0.1234567, 1]}
    )
    rows = rows.assign(day=[pd.Timestamp("2022-02-04"), pd.NaT], link=["x", ""], faint=[False, True])
    columns = {"name": "Name", "share": ("Share", words.percent), ("low", "high"): ("95 %", words.signed), "day": "Day"}
    piece = html.table(rows, "Shares", columns, name="shares")
    assert piece.data["csv"] == "name,share,low,high,day\na,0.07,0.01,0.123457,2022-02-04\n=b,-0.3,,1,\n"
    assert [cell["words"] for cell in piece.data["rows"][0]] == [
        "a",
        "7\u00a0%",
        "+0.01\u00a0to\u00a0+0.12",
        "4 February 2022",
    ]
    assert [cell["words"] for cell in piece.data["rows"][1]] == ["=b", "-30\u00a0%", "", "day unknown"]
    assert [head["number"] for head in piece.data["heads"]] == [False, True, True, False]
    assert piece.data["rows"][0][0]["to"] == "x" and piece.data["rows"][1][0]["faint"]


def test_a_long_result_is_twenty_lines_of_text_and_a_hundred_rows_in_lab():
    rows = pd.DataFrame({"number": range(300)})
    bundle = html.table(rows, "Numbers")._repr_mimebundle_()
    assert bundle["text/plain"].count("\n") == 19 and "(283 more lines)" in bundle["text/plain"]
    assert bundle["text/html"].count("<tr>") == 101 and "The first 100 of 300 rows." in bundle["text/html"]


def shown(found):
    return found._repr_mimebundle_()["text/html"]


ROWS = pd.DataFrame({"outlet": ["A", "B"], "mean": [0.1, 0.2]})
LINES = pd.DataFrame([{"outlet": "A", "published": pd.NaT, "text": "Two ships sailed."}])


def test_a_result_shows_its_figure_or_its_table_or_why_there_is_none():
    drawn = []

    def draw():
        drawn.append(1)
        return charts.bars(ROWS, label="outlet", value="mean", title="A leads", alt="Bars")

    found = Result(
        "lead", ROWS, "Nobody leads.", "Means", draws=draw, finds=lambda: [html.evidence(LINES, "A", name="x")]
    )
    assert not drawn
    assert (
        'id="lead"' in shown(found)
        and "Two ships sailed." in shown(found)
        and "The sentences behind it" in shown(found)
    )
    assert drawn == [1]
    assert "<caption>Means</caption>" in shown(Result("lead", ROWS, "Nobody leads.", "Means"))
    empty = Result("lead", ROWS[:0], "Nobody leads.", draws=draw, little=("Only two articles.",))
    assert (
        "<p>Nobody leads.</p>" in shown(empty) and "Only two articles." in shown(empty) and "<table" not in shown(empty)
    )
    assert drawn == [1]


def test_findings_travel_with_the_result_and_an_answer_collects_them():
    one = Result("a", ROWS, "", says=(Finding("A leads.", 0.1, 12, 0.03, "a", "Two ships sailed.", "two"), Finding("")))
    two = Result(
        "b",
        ROWS,
        "",
        says=(Finding("B follows.", figure="b"), Finding("A leads.", 0.1, 12, 0.03, "a")),
        little=("Few.",),
    )
    told = one._repr_mimebundle_()[html.FINDING]["findings"][0]
    assert (
        told["effect"] == 0.1
        and told["articles"] == 12
        and told["p"] == 0.03
        and told["evidence"] == "Two ships sailed."
    )
    answer = result.answer(one, two, one, strip="2 articles")._repr_mimebundle_()
    assert [each["says"] for each in answer[html.FINDING]["findings"]] == ["A leads.", "B follows.", "A leads."]
    assert answer[html.FINDING] | {"findings": 0} == {
        "answer": True,
        "findings": 0,
        "little": ("Few.",),
        "tested": False,
        "strip": "2 articles",
    }
    assert (
        '<p class="answer">A leads.</p>' in answer["text/html"] and '<a href="#b">B follows.</a>' in answer["text/html"]
    )
    assert "<b>Too little to say.</b> Few." in answer["text/html"]


def test_a_method_keeps_what_it_computed_for_each_set_of_arguments():
    class Slow:
        times = 0

        @result.kept
        def twice(self, number, *, by="outlet"):
            """Count how often it is asked."""
            self.times += 1
            return number * 2, by

    slow = Slow()
    asked = [slow.twice(3), slow.twice(number=3), slow.twice(3, by="outlet"), slow.twice(4), slow.twice(3, by="year")]
    assert asked == [(6, "outlet")] * 3 + [(8, "outlet"), (6, "year")] and slow.times == 3
    assert Slow.twice.__doc__ == "Count how often it is asked."


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (words.signed(-0.304), "−0.30"),
        (words.signed(0.001), "0.00"),
        (words.percent(0.314), "31\u00a0%"),
        (words.points(-0.03), "−3"),
        (words.points(-0.003), "0"),
        (words.plural(1, "copy", "copies"), "1 copy"),
        (words.plural(1204, "article"), "1,204 articles"),
        (words.listed([]), ""),
        (words.listed(["a"]), "a"),
        (words.listed(["a", "b", "c"]), "a, b and c"),
        (words.named_or_counted(["a", "b"]), "a and b"),
        (words.named_or_counted(list("abcdefghi")), "9 outlets"),
        (words.day(pd.NaT), "day unknown"),
        (words.chance(0.0004), "< 0.001"),
        (words.span(float("nan"), 1, words.signed), ""),
        (words.with_p(0.0312), "p = .031"),
        (words.with_p(0.0004), "p < .001"),
        (words.with_p(1.0), "p = 1.000"),
        (words.hundredths(-0.014), "one hundredth"),
        (words.hundredths(0.094), "nine hundredths"),
        (words.hundredths(0.0951), "0.10"),
        (words.hundredths(0.0), "less than a hundredth"),
    ],
)
def test_words_for_numbers(made, expected):
    assert made == expected


def test_marks_that_reorder_text_are_taken_out():
    assert "abc" in html.note("a\u202eb\u2066c")._repr_mimebundle_()["text/html"]


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
        "bars": lambda: charts.bars(table, label="label", value="high", **words),
        "intervals": lambda: charts.intervals(table, label="label", series="series", **words),
        "shares": lambda: charts.intervals(
            table.assign(other=0.2), label="label", series="series", beside="other", **words
        ),
        "multiples": lambda: charts.multiples(table.assign(low=-3.0, high=2.0), panel="series", label="label", **words),
        "timeline": lambda: charts.timeline(table, label="label", day="day", hollow="hollow", **words),
        "matrix": lambda: charts.matrix(
            pd.DataFrame([[0.1, 0.9], [0.5, float("nan")]], index=nasty[:2], columns=nasty[2:]),
            framed=[(0, 1)],
            faint=nasty[3:],
            **words,
        ),
        "network": lambda: diagram.network(
            graph, graphs.layout(graph), sizes=pd.Series(3, index=nasty), names={}, **words
        ),
        "empty network": lambda: diagram.network(
            graphs.graph(pairs[:0]), {}, sizes=pd.Series(dtype=int), names={}, **words
        ),
    }


@pytest.mark.parametrize("name", drawings())
def test_a_figure_is_sound_xml_the_same_twice_with_its_words_as_text(name):
    one, two = drawings()[name](), drawings()[name]()
    assert one.svg == two.svg and one.rows.equals(two.rows)
    assert "A title" in "".join(ET.fromstring(one.svg).itertext())
    assert 'aria-label="What it shows"' in one._repr_mimebundle_()["text/html"]


@pytest.mark.parametrize("name", ["$x^2$", "a_b^c", r"\\frac", r"C:\new $ 5", "$"])
def test_names_in_a_network_are_plain_text(name):
    pairs = pd.DataFrame([("a", "b", 4, 3, 0.1, 0.5, 0.01, 0.01)], columns=network.PAIRS)
    graph = graphs.graph(pairs)
    words = {"sizes": pd.Series({"a": 3}), "names": {"a": name}, "title": "T", "alt": "A"}
    assert name in list(ET.fromstring(diagram.network(graph, graphs.layout(graph), **words).svg).itertext())


def test_a_matrix_frames_cells_and_greys_columns():
    rows, marks = pd.DataFrame({"a": [0.5], "b": [0.2]}), {"framed": [(0, 0)], "faint": ["b"]}
    bare, marked = (charts.matrix(rows, title="T", alt="A", **more).svg for more in ({}, marks))
    assert [svg.count(f"stroke: {charts.WARM}") for svg in (bare, marked)] == [0, 1]
    assert [svg.count(f"fill: {charts.RULE}") for svg in (bare, marked)] == [0, 1]
    assert [svg.count(f"fill: {charts.COOL}") for svg in (bare, marked)] == [2, 1]


STRETCHES = [
    ("2024-05-14", "2024-06-01", "14 May to 1 June 2024"),
    ("2024-05-14", "2024-05-16", "14 to 16 May 2024"),
    ("2023-12-30", "2024-01-02", "30 December 2023 to 2 January 2024"),
    ("2024-05-14", "2024-05-14", "14 May 2024"),
    ("2024-05-14", None, "after 14 May 2024"),
    (None, "2024-05-14", "before 14 May 2024"),
    (None, None, ""),
]


@pytest.mark.parametrize(("first", "last", "expected"), STRETCHES)
def test_a_stretch_of_days_in_words(first, last, expected):
    assert words.between(pd.Timestamp(first), pd.Timestamp(last)) == expected


def test_two_texts_stand_side_by_side_with_what_they_share_marked_and_nothing_executed():
    one = "It <b>rained</b> all day in Oslo town.\nNobody minded."
    other = "First. It <b>rained</b> all day in Oslo town."
    piece = html.beside(("A & B", html.article(one, copies.shared_spans(one, other))), ("C", html.article(other)))
    page = shown(piece)
    assert "A &amp; B" in page and "<b>" not in page
    assert "<p><mark>It &lt;b&gt;rained&lt;/b&gt; all day in Oslo town</mark>.</p><p>Nobody minded.</p>" in page


LEADS = [("article:a-b", 1), ('article:a"b', 1), ("article:ä b#s3", 1), ("outlet-the-gull", 2), ("", 1)]


@pytest.mark.parametrize(("to", "links"), LEADS)
def test_a_dot_in_jupyterlab_leads_to_what_stands_below_it_or_nowhere(to, links):
    rows = pd.DataFrame({"outlet": ["The Gull", "article:x"], "day": pd.Timestamp("2024-05-01"), "copy": False})
    words = {"label": "outlet", "day": "day", "hollow": "copy", "title": "T", "alt": "A"}
    drawn = charts.timeline(rows.assign(link=[to, "below"]), **words)
    shown = html.bundle([drawn.piece("days")])["text/html"]
    assert shown.count('xlink:href="#') - shown.count('<use xlink:href="#') == links
    assert "#article:" not in shown and 'href="#below"' in shown and "article:x" in shown
    assert ET.fromstring(shown[shown.index("<svg") : shown.index("</svg>") + 6]).tag.endswith("svg")
