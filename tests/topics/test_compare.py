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
    assert found[["outlet", "topic", "mean", "articles"]].to_numpy().tolist() == [
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


# Words


OWN = pd.DataFrame(
    [("a", "The Regime fell.", 0), ("a", "A regime rose.", 3), ("b", "Regimes came.", 0), ("c", "a regime-change", 0),
     ("d", "Hong\nKong fell.", 0), ("d", "The regime is far behind.", 90)], columns=["doc", "text", "before"],
).assign(sent=0, own=lambda rows: rows.text.str.replace("fell", "    "))  # fmt: skip


@pytest.mark.parametrize(
    ("docs", "word", "found"),
    [("abcd", "regime", [("a", "Regime")]), ("cd", "regime", [("c", "regime")]), ("bd", "regime", []),
     ("d", "hong kong", [("d", "Hong\nKong")]), ("a", "fell", [])],
)  # fmt: skip
def test_a_word_leads_to_the_first_sentence_of_an_opening_that_has_it(docs, word, found):
    rows = compare.holding(OWN, list(docs), word, 90)
    assert [(row.doc, row.text[slice(*row.marks[0])]) for row in rows.itertuples()] == found


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


TITLES = {"sea": "Ships in the “Black” Sea", "law": "", "long": f"{'A word ' * 40}"}
TOPICS = [
    ([], [], []),
    ([("A", "law", 0.2, 0.1, 0.06)], [], []),
    ([("A", "sea", 0.4, 0.1, 0.0123)],
     ["A gives articles like “Ships in the ‘Black’ Sea” 40 % of its coverage; in the same years the others give 10 % "
      "(p = .012)."],
     ["A gives articles like “Ships in the ‘Black’ Sea” 40 % of its coverage. The others give 10 %."]),
    ([("A", "law", 0.4, 0.0, 0.0004)],
     ["A gives “law” 40 % of its coverage; in the same years the others give none (p < .001)."],
     ["A gives “law” 40 % of its coverage. The others give none."]),
    ([("A", "law", 0.0, 0.1, 0.02)],
     ["In the same years A gives “law” no room; the others give 10 % of their coverage (p = .020)."],
     ["In the same years A gives “law” no room. The others give 10 %."]),
    ([("A", "law", 0.003, 0.1, 0.02)],
     ["A gives “law” 0.3 % of its coverage; in the same years the others give 10.0 % (p = .020)."],
     ["A gives “law” 0.3 % of its coverage. The others give 10.0 %."]),
    ([("A", "law", 0.012, 0.014, 0.02)],
     ["A gives “law” 1.2 % of its coverage; in the same years the others give 1.4 % (p = .020)."],
     ["A gives “law” 1.2 % of its coverage. The others give 1.4 %."]),
    ([("A", "law", 0.4, 0.1, 0.02, 7)],
     ["A gives “law” 40 % of its coverage; in the same years the others give 10 % (p = .020)."], [""]),
    ([("A", "law", 0.4, 0.1, 0.02), ("B", "law", 0.4, 0.1, 0.03), ("C", "law", 0.4, 0.1, 0.04)],
     ["A gives “law” 40 % of its coverage; in the same years the others give 10 % (p = .020).",
      "B gives “law” 40 % of its coverage; in the same years the others give 10 % (p = .030)."],
     ["A gives “law” 40 % of its coverage. The others give 10 %.",
      "B gives “law” 40 % of its coverage. The others give 10 %."]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "says", "headlines"), TOPICS)
def test_the_room_that_outlets_give_to_topics(rows, says, headlines):
    asked = question(*rows, held=YEAR, p=0.2 if not says else 0.01)
    found = list(compare.of_topics(asked, TITLES, tell, pd.Series(0.1, TITLES)))
    assert [each.says.replace("\u00a0", " ") for each in found] == says
    assert [each.headline.replace("\u00a0", " ") for each in found] == headlines
    for each, row in zip(found, rows, strict=False):
        assert each.effect == pytest.approx(row[2] - row[3]) and each.p == row[4] and each.novel == 0.9
        assert (each.evidence == f"{row[0]} on {row[1]}.") == (each.doc == "d1") == (row[2] > row[3])


def test_a_long_headline_is_cut():
    says = next(compare.of_topics(question(("A", "long", 0.4, 0.1, 0.01)), TITLES, tell, pd.Series(0.1, TITLES))).says
    assert " …” 40" in says and len(says) < 200


N = "in the first 90 words of"
WORDS = [
    ([], [], ""),
    ([("A", "regime", 0.4, 0.1, 0.06)], [], ""),
    ([("A", "regime", 0.4, 0.1, 0.02)],
     [f"On the same events A writes “regime” {N} 40 % of its articles; the others do in 10 % (p = .020)."],
     "On the same events A writes “regime” in 40 % of its openings. The others do in 10 %."),
    ([("A", "regime", 0.4, 0.0, 0.02)],
     [f"On the same events A writes “regime” {N} 40 % of its articles; the others never do (p = .020)."],
     "On the same events A writes “regime” in 40 % of its openings. The others never do."),
    ([("A", "regime", 0.0, 0.4, 0.02)],
     [f"On the same events A never writes “regime” {N} an article; the others do in 40 % (p = .020)."],
     "On the same events A never writes “regime” in its openings. The others do in 40 %."),
    ([("A", "regime", 0.4, 0.1, 0.02), ("A", "crisis", 0.3, 0.1, 0.03)],
     [f"On the same events A writes “regime” {N} 40 % of its articles; the others do in 10 % (p = .020)."],
     "On the same events A writes “regime” in 40 % of its openings. The others do in 10 %."),
    ([("A", "regime", 0.4, 0.1, 0.02), ("B", "crisis", 0.3, 0.0, 0.03), ("C", "war", 0.3, 0.1, 0.04)],
     [f"On the same events A writes “regime” {N} 40 % of its articles; the others do in 10 % (p = .020).",
      f"On the same events B writes “crisis” {N} 30 % of its articles; the others never do (p = .030)."],
     "On the same events A writes “regime” in 40 % of its openings, B “crisis” in 30 %. The others do in 10 % and "
     "none."),
    ([("A", "regime", 0.4, 0.1, 0.02), ("B", "regime", 0.1, 0.3, 0.03)],
     [f"On the same events A writes “regime” {N} 40 % of its articles; the others do in 10 % (p = .020).",
      f"On the same events B writes “regime” {N} 10 % of its articles; the others do in 30 % (p = .030)."],
     "On the same events A writes “regime” in 40 % of its openings. The others do in 10 %."),
    ([("A", "regime", 0.4, 0.1, 0.02, 5)],
     [f"On the same events A writes “regime” {N} 40 % of its articles; the others do in 10 % (p = .020)."], ""),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "says", "headline"), WORDS)
def test_the_words_that_are_an_outlet_s(rows, says, headline):
    asked = question(*rows, p=0.01 if says else 0.2)
    found = list(compare.of_words(asked, 90, tell, pd.Series(0.2, ["regime", "crisis", "war"])))
    assert [each.says.replace("\u00a0", " ") for each in found] == says
    assert [each.headline.replace("\u00a0", " ") for each in found] == [headline, ""][: len(says)]
    assert all(each.figure == "words-by-outlet" and each.p < 0.05 and each.unusual > 0 for each in found)


SURE = ("A", "law", 0.4, 0.1, 0.2)
UNLIKE = [
    (compare.of_topics, YEAR, "Outlets do not give topics the same room in the same years (p = .010); "
     "no single topic stands out."),
    (lambda asked, *_: compare.of_words(asked, 9, tell, pd.Series(0.1, ["law"])), EVENT,
     "Outlets do not use the same words on the same events (p = .010); no single word stands out."),
]  # fmt: skip


@pytest.mark.parametrize(("says", "held", "expected"), UNLIKE)
def test_that_outlets_differ_is_said_where_nobody_can_be_named(says, held, expected):
    for p, found in ((0.01, [expected]), (0.2, [])):
        told = list(says(question(SURE, held=held, p=p), TITLES, tell, pd.Series(0.1, TITLES)))
        assert [(each.says, each.headline, each.articles) for each in told] == [(words, "", 40) for words in found]


ALIKE = [
    (question(SURE, p=0.2), "Alike. A difference of 14 points would have been named four times in five."),
    (question(SURE, p=0.2, size=0.012), "Alike. A difference of 1 point would have been named four times in five."),
    *((question(SURE, p=0.2, size=size), "Too few articles to tell outlets apart on the same events.")
      for size in (NAN, float("inf"), 1.2)),
    (question(SURE, p=0.01), ""),
    (question(("A", "law", 0.4, 0.1, 0.01)), ""),
    (question(p=1.0, cannot="no outlet is known"), "Outlets are not compared: no outlet is known."),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "says"), ALIKE)
def test_what_is_said_where_nothing_is_found(asked, says):
    assert compare.alike(asked, "Alike.") == says


@pytest.mark.parametrize(
    ("groups", "cannot", "says"),
    [
        ({"A": 0.5, "B": 0.5}, "", ""),
        ({"A": 0.5, "B": NAN}, "", "1 of 2 outlets has fewer than 8 articles."),
        ({"A": 0.5, "B": NAN, "C": NAN}, "", "2 of 3 outlets have fewer than 8 articles."),
        ({"A": NAN}, "only one outlet", ""),
    ],
)
def test_how_many_outlets_are_not_compared(groups, cannot, says):
    rows = [(group, "law", 0.1, 0.1, p) for group, p in groups.items()]
    assert compare.left_out(question(*rows, cannot=cannot), 8) == says


@pytest.mark.parametrize(
    ("row", "title"),
    [
        ({"topic": "law", "here": 0.4, "others": 0.1}, "A gives “law” more room than others do"),
        ({"topic": "law", "here": 0.0, "others": 0.1}, "A gives “law” less room than others do"),
        ({"word": "war", "here": 0.4, "others": 0.1}, "A writes “war” more often than others do"),
        ({"word": "war", "here": 0.1, "others": 0.4}, "A writes “war” less often than others do"),
    ],
)
def test_a_figure_s_title(row, title):
    assert compare.title(pd.Series({"outlet": "A"} | row)) == title
