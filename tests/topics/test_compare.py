import numpy as np
import pandas as pd
import pytest

from helpers import stats
from helpers.corpus import about
from helpers.corpus.questions import Held, Question, by_period
from helpers.topics import compare

EVENT, YEAR = "on the same events", "in the same years"


def question(*rows, held=EVENT, p=0.01, size=0.14, cannot=""):
    """A settled question of rows (group, measure, here, others, p), or with the number of articles as a sixth."""
    columns = ["group", "measure", "here", "others", "p", "articles"]
    table = pd.DataFrame([(*row, 20)[:6] for row in rows], columns=columns)
    table = table.assign(effect=table.here - table.others, t=5.0, compared=table.p.notna())
    main = stats.Comparison(table, p, shared=40, size=size, cannot=cannot, largest=(np.ones(1),))
    return Question(main, Held(pd.Series(dtype=str), held))


def tell(measure, outlet):
    """A sentence about a topic, or with a word."""
    return f"{outlet} on {measure}.", "d1"


# Shares


def test_coverage_has_a_row_for_each_topic_and_group():
    shares = pd.DataFrame({"sea": [1.0, 0.5, 0.0, 0.2]}, index=list("abcd")).assign(law=lambda rows: 1 - rows.sea)
    found = compare.coverage(shares, pd.Series(["A", "A", "A", "B"], shares.index, name="outlet"))
    assert found[["outlet", "topic", "share", "articles"]].to_numpy().tolist() == [
        ["A", "sea", 0.5, 3], ["A", "law", 0.5, 3], ["B", "sea", 0.2, 1], ["B", "law", 0.8, 1]
    ]  # fmt: skip


@pytest.mark.parametrize("share", [0.0, 0.02, 0.3])
def test_its_interval_covers_the_true_share_and_is_no_point(share):
    rng, covered = np.random.default_rng(7), []
    for _ in range(300):  # topics are in few articles, and there in parts
        shares = pd.DataFrame({"sea": np.where(rng.random(20) < 2 * share, rng.random(20), 0)})
        row = compare.coverage(shares, pd.Series("A", shares.index, name="outlet")).iloc[0]
        assert 0 <= row.low < row.high <= 1
        covered.append(row.low <= share <= row.high)
    assert np.mean(covered) >= 0.95


PERIODS = [
    (["2024-01-05"] * 3 + ["2024-02-05"] * 3, ["2024-01", "2024-02"]),
    (["2024-01-05", "2024-02-05", "2024-03-09"], ["2024Q1"]),
    (["2024-01-05", "2024-05-05", "2024-10-09", None], ["2024"]),
    ([None], []),
]


@pytest.mark.parametrize(("days", "expected"), PERIODS)
def test_periods_are_as_short_as_the_articles_allow(days, expected):
    found = about.periods(pd.Series(pd.to_datetime(days)), min_articles=3)
    assert sorted({str(period) for period in found.dropna()}) == expected


@pytest.mark.parametrize(("frequency", "words"), [("M", "May 2024"), ("Q", "2024 Q2"), ("Y", "2024")])
def test_a_period_in_words(frequency, words):
    assert about.period_name(pd.Period("2024-05", frequency)) == words


@pytest.mark.parametrize(
    ("step", "words", "strata"),
    [("D", "in the same months", 12), ("5D", "in the same quarters", 4), ("35D", "in the same years", 1)],
)
def test_the_period_held_fixed_is_as_short_as_the_articles_allow(step, words, strata):
    days = pd.Series(pd.date_range("2023-01-01", "2023-12-31", freq=step))
    held = by_period(pd.DataFrame({"doc": days.index, "published": days.where(days.index > 0)}))
    assert held.words == words and held.within[0] == "" and held.within[1:].nunique() == strata


# Sentences


NAN = float("nan")
AGAIN = [
    ([1.0], ["The one topic is found again when articles are left out."]),
    ([0.2], ["No topic is found again when articles are left out."]),
    ([1, 0.5], ["Both topics are found again when articles are left out."]),
    ([1, 0.4], ["1 of 2 topics is found again when articles are left out."]),
    ([0.4, 0.1], ["No topic is found again when articles are left out."]),
    ([1, 0.4, NAN, 0.9], ["2 of 4 topics are found again when articles are left out."]),
    ([1] * 5, ["All 5 topics are found again when articles are left out."]),
    ([NAN, NAN], []),
    ([], []),
]


@pytest.mark.parametrize(("back", "says"), AGAIN)
def test_how_many_topics_are_found_again(back, says):
    found = list(compare.of_stability(pd.Series(back, dtype=float)))
    assert [each.says for each in found] == says
    assert all(each.headline == "" and each.figure == "topics" for each in found)


@pytest.mark.parametrize(
    ("topics", "events", "says"),
    [
        ("aaabbb", ["x", "x", "y", "z", "", ""], "1 of 2 topics is largely one event."),
        ("aaabbb", ["x", "x", "x", "z", "z", ""], "Both topics are largely one event."),
        ("aaabbbc", ["x", "x", "x", "z", "z", "", "v"], "2 of 3 topics are largely one event."),
        ("aaab", ["", "", "", "z"], ""),
        ("aaaa", ["x", "x", "y", "y"], ""),
        ("aaabbbc", ["x", "x", "x", "z", "y", "", "v"], ""),
        ("aaa", ["x", "x", "y"], "The one topic is largely one event."),
    ],
)
def test_how_many_topics_are_largely_one_event(topics, events, says):
    shares = pd.get_dummies(pd.Series([*topics])).astype(float)
    assert compare.of_events(shares, pd.Series(events)) == says


TITLED = [
    ("law", "", "“law”"),
    ("sea", "Ships in the “Black” Sea", "articles like “Ships in the ‘Black’ Sea”"),
    ("long", "A word " * 40, f"articles like “{'A word ' * 11}A …”"),
]


@pytest.mark.parametrize(("topic", "title", "expected"), TITLED)
def test_a_topic_is_told_by_its_headline(topic, title, expected):
    assert compare.like(topic, title) == expected


HALF = "A gives “law” 40 % of its coverage"
TOLD = [
    ("topic", [("A", "law", 0.2, 0.1, 0.06)], []),
    ("topic", [("A", "law", 0.4, 0.1, 0.0123)], [(HALF, "the others give 10 %", ".012")]),
    ("topic", [("A", "law", 0.4, 0.0, 0.02)], [(HALF, "the others give none", ".020")]),
    ("topic", [("A", "law", 0.0, 0.1, 0.02)], [("A gives “law” no room", "the others give 10 %", ".020")]),
    ("topic", [("A", "law", 0.003, 0.1, 0.02)],
     [("A gives “law” 0.3 % of its coverage", "the others give 10.0 %", ".020")]),
    ("topic", [("A", "law", 0.012, 0.014, 0.02)],
     [("A gives “law” 1.2 % of its coverage", "the others give 1.4 %", ".020")]),
    ("topic", [("A", "law", 0.4, 0.1, 0.01), ("A", "sea", 0.4, 0.1, 0.02), ("B", "sea", 0.4, 0.1, 0.03),
               ("C", "law", 0.4, 0.1, 0.03), ("C", "sea", 0.4, 0.1, 0.6), ("B", "law", 0.4, 0.1, 0.6)],
     [(HALF, "the others give 10 %", ".010"),
      ("B gives “sea” 40 % of its coverage", "the others give 10 %", ".030")]),
    ("topic", [("A", "law", 0.1, 0.4, 0.01), ("B", "law", 0.4, 0.1, 0.01)],
     [("B gives “law” 40 % of its coverage", "A gives 10 %", ".010")]),
    ("word", [("A", "law", 0.1, 0.0, 0.01), ("B", "law", 0.0, 0.1, 0.01)],
     [("A writes “law” in 10 % of its openings", "B never does", ".010")]),
    ("word", [("B", "law", 0.4, 0.1, 0.01), ("A", "law", 0.1, 0.4, 0.06)],
     [("B writes “law” in 40 % of its openings", "A does in 10 %", ".010")]),
    ("word", [("A", "law", 0.4, 0.1, 0.02)],
     [("A writes “law” in 40 % of its openings", "the others do in 10 %", ".020")]),
    ("word", [("A", "law", 0.4, 0.0, 0.02)],
     [("A writes “law” in 40 % of its openings", "the others never do", ".020")]),
    ("word", [("A", "law", 0.0, 0.4, 0.02)],
     [("A never writes “law” in its openings", "the others do in 40 %", ".020")]),
]  # fmt: skip
SPREAD = pd.Series(0.1, ["law", "sea"])


def plain(words):
    return words.replace("\u00a0", " ")


@pytest.mark.parametrize(("thing", "rows", "says"), TOLD)
def test_what_one_outlet_does_and_the_others_do_not(thing, rows, says):
    asked = question(*rows, held=YEAR, p=0.01 if says else 0.2)
    found = list(compare.of_differences(asked, thing, "“{}”".format, tell, SPREAD))
    assert [plain(each.says) for each in found] == [
        f"In the same years {lead}; {rest} (p = {p})." for lead, rest, p in says
    ]
    assert [plain(each.headline) for each in found] == [
        f"In the same years {lead}. {rest[0].upper()}{rest[1:]}." for lead, rest, _ in says
    ]
    for each in found:
        assert each.p < 0.05 and each.novel == 0.9 and each.unusual > 0
        assert bool(each.evidence) == (each.doc == "d1") == (each.effect > 0)


def test_a_finding_about_few_articles_has_no_headline():
    (found,) = compare.of_differences(question(("A", "law", 0.4, 0.1, 0.02, 7)), "word", str, tell, SPREAD)
    assert found.headline == "" and found.says.startswith("On the same events A writes law in 40")


BARS = [
    ([("A", 0.4, 0.02), ("B", 0.1, 0.6), ("C", 0.0, 0.7), ("D", 0.9, NAN)],
     [("A", 0.4, "40 %", True), ("All others", 0.2, "20 %", False), ("B", 0.1, "10 %", False),
      ("C", 0.0, "0 %", False)]),
    ([("A", 0.0, 0.02), *((f"o{n:02d}", n / 100, 0.5) for n in range(1, 13))],
     [("All others", 0.2, "20 %", False), *((f"o{n:02d}", n / 100, f"{n} %", False) for n in range(8, 0, -1)),
      ("A", 0.0, "0 %", True)]),
    ([("A", 0.004, 0.02), ("B", 0.2, 0.6)], [("B", 0.2, "20.0 %", False), ("A", 0.004, "0.4 %", True)]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), BARS)
def test_a_finding_has_the_shares_of_the_outlets_compared(rows, expected):
    asked = question(*((group, "law", here, 0.2, p) for group, here, p in rows), ("B", "sea", 0.6, 0.5, 0.9))
    (found,) = compare.of_differences(asked, "topic", str, tell, SPREAD)
    assert [(name, share, plain(words), meant) for name, share, words, meant in found.bars] == expected
    assert all(words in f"{found.headline} 0\u00a0%" for name, _, words, _ in found.bars if name in ("A", "All others"))


SURE = ("A", "law", 0.4, 0.1, 0.2)


@pytest.mark.parametrize(
    ("thing", "held", "expected"),
    [
        ("topic", YEAR, "Outlets differ in their topics in the same years (p = .010); no single topic stands out."),
        ("word", EVENT, "Outlets differ in their words on the same events (p = .010); no single word stands out."),
    ],
)
def test_that_outlets_differ_is_said_where_nobody_can_be_named(thing, held, expected):
    for p, found in ((0.01, [expected]), (0.2, [])):
        told = list(compare.of_differences(question(SURE, held=held, p=p), thing, str, tell, SPREAD))
        assert [(each.says, each.headline, each.articles) for each in told] == [(words, "", 40) for words in found]


ALL = "No outlet gives a topic more or less room than the others on the same events, beyond chance"
ALIKE = [
    (question(SURE, p=0.2), f"{ALL}. A difference of 14 points would have been named four times in five."),
    (question(SURE, p=0.2, size=0.012), f"{ALL}. A difference of 1 point would have been named four times in five."),
    *((question(SURE, p=0.2, size=size), "Too few articles to tell outlets apart on the same events.")
      for size in (NAN, float("inf"), 1.2)),
    (question(SURE, p=0.01), ""),
    (question(("A", "law", 0.4, 0.1, 0.01)), ""),
    (question(p=1.0, cannot="no outlet is known"), "Outlets cannot be compared: no outlet is known."),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "says"), ALIKE)
def test_what_is_said_where_nothing_is_found(asked, says):
    assert compare.alike(asked, "topic") == says
