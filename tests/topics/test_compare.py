import numpy as np
import pandas as pd
import pytest
from planted import SUBJECTS, planted

from helpers.corpus import about
from helpers.topics import compare


def agenda(*rows):
    """Shares of two topics from (outlet, share of the first)."""
    shares = pd.DataFrame([(share, 1 - share) for _, share in rows], index=[f"d{n:02d}" for n in range(len(rows))])
    return shares, pd.Series([outlet for outlet, _ in rows], index=shares.index, name="outlet")


def test_coverage_has_a_row_for_each_topic_and_group():
    shares, groups = agenda(("A", 1.0), ("A", 0.5), ("A", 0.0), ("B", 0.2))
    found = compare.coverage(shares, groups, seed=7, min_articles=2)
    assert found[["outlet", "topic", "mean", "articles"]].to_numpy().tolist() == [
        ["A", 0, 0.5, 3], ["A", 1, 0.5, 3], ["B", 0, 0.2, 1], ["B", 1, 0.8, 1]
    ]  # fmt: skip
    assert found.enough.tolist() == [True, True, False, False]
    assert found.low.isna().tolist() == [False, False, True, True]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["2024-01-05"] * 3 + ["2024-02-05"] * 3, ["2024-01", "2024-02"]),
        (["2024-01-05", "2024-02-05", "2024-03-09"], ["2024Q1"]),
        (["2024-01-05", "2024-05-05", "2024-10-09", None], ["2024"]),
        ([None], []),
    ],
)
def test_periods_are_as_short_as_the_articles_allow(days, expected):
    found = about.periods(pd.Series(pd.to_datetime(days)), min_articles=3)
    assert sorted({str(period) for period in found.dropna()}) == expected


@pytest.mark.parametrize(("frequency", "words"), [("M", "May 2024"), ("Q", "2024 Q2"), ("Y", "2024")])
def test_a_period_in_words(frequency, words):
    assert about.period_name(pd.Period("2024-05", frequency)) == words


def test_an_agenda_of_its_own_is_farther_than_chance():
    shares, groups = agenda(*[("A", 0.9)] * 8, *[("B", 0.9)] * 8, *[("C", 0.1)] * 8)
    found = compare.distances(shares, groups, seed=7).set_index(["first", "second"])
    assert found.q[("A", "C")] < 0.05 and found.q[("B", "C")] < 0.05 and found.q[("A", "B")] == 1
    assert found.distance[("A", "B")] == 0 and 0.6 < found.distance[("A", "C")] < 1


@pytest.mark.parametrize("outlets", ["", "A"])
def test_who_stands_alone_is_not_compared(outlets):
    shares, groups = agenda(*[(outlet, 1.0) for outlet in outlets])
    shares = shares.reindex(columns=[0, 1])
    assert compare.distances(shares, groups, seed=7).empty and compare.silences(shares, groups).empty


def test_nothing_in_common_is_a_distance_of_one():
    shares, groups = agenda(*[("A", 1.0)] * 3, *[("B", 0.0)] * 3)
    assert compare.distances(shares, groups, seed=7).distance.tolist() == [1]


def test_a_topic_that_only_one_leaves_out_is_its_silence():
    shares, groups = agenda(("A", 0.5), ("A", 1.0), ("B", 0.5), ("C", 0.5), ("D", 1.0), ("D", 1.0), ("D", 0.95))
    found = compare.silences(shares, groups)
    assert found[["group", "topic", "others", "of", "articles"]].to_numpy().tolist() == [["D", 1, 3, 3, 3]]
    assert found.chance[0] == pytest.approx((1 / 4) ** 3)


def told(**words):
    """Articles of three outlets that share ten words, with words of their own."""
    rows = [
        (outlet, f"{' '.join(SUBJECTS['sea'].split()[:10])} {own}") for outlet, texts in words.items() for own in texts
    ]
    table = pd.DataFrame(rows, columns=["outlet", "text"], index=[f"d{n:02d}" for n in range(len(rows))])
    return table.text, table.outlet


def test_each_of_three_groups_has_its_words():
    texts, outlets = told(A=["regime regime"] * 20, B=["partner friendly"] * 20, C=["plain"] * 20)
    found = compare.distinctive(texts, outlets)
    assert found[found.q < 0.01].groupby("group").word.agg(set).to_dict() == {
        "A": {"regime"}, "B": {"partner", "friendly"}, "C": {"plain"}
    }  # fmt: skip
    assert (found.low <= found.effect).all() and (found.effect <= found.high).all()


def test_a_word_that_one_article_repeats_sets_nobody_apart():
    texts, outlets = told(A=["regime " * 30, "regime", *[""] * 8], B=["", "regime", *[""] * 8])
    found = compare.distinctive(texts, outlets)
    assert (found.q > 0.05).all()


def test_the_effect_is_that_of_monroe_colaresi_and_quinn():
    texts, outlets = told(A=["regime"] * 4, B=["regime", "", "", ""])
    found = compare.distinctive(texts, outlets).set_index("word").loc["regime"]
    prior = 500 * 5 / 85
    odds = [np.log((own + prior) / (words + 500 - own - prior)) for own, words in ((4, 44), (1, 41))]
    assert found.effect == pytest.approx(odds[0] - odds[1])
    assert (found.here, found.elsewhere) == pytest.approx((1e4 * 4 / 44, 1e4 / 41))
    assert found.z <= found.effect / np.sqrt(1 / (4 + prior) + 1 / (1 + prior)) + 1e-9


@pytest.mark.parametrize("outlets", [["A"] * 6, ["A"] * 5 + ["B"], [*"ABCDEF"]])
def test_who_has_nobody_to_differ_from_has_no_words(outlets):
    texts = planted(2, list(SUBJECTS)[:3])
    found = compare.distinctive(texts, pd.Series(outlets, index=texts.index))
    assert list(found) == compare.DISTINCTIVE and not set(found.group) - {"A"}


def test_a_word_leads_to_its_sentences():
    rows = [("a", "The Regime fell."), ("a", "A regime rose."), ("b", "Regimes came."), ("c", "regime-change")]
    table = pd.DataFrame(rows, columns=["doc", "text"])
    found = compare.sentences(table, ["a", "b", "c"], "regime")
    assert [(row.doc, row.text[slice(*row.marks[0])]) for row in found.itertuples()] == [
        ("a", "Regime"),
        ("c", "regime"),
    ]
    assert compare.sentences(table, ["b"], "regime").empty


def test_collocations_are_pairs_across_articles():
    rows = [(f"d{n}", "The Black Sea fleet left. Grain from the Black Sea was late.") for n in range(3)]
    rows += [("d3", "Sea birds and black cats. " * 4 + "red tape " * 9), ("d4", "A fleet of grain ships.")]
    found = compare.collocations(pd.DataFrame(rows, columns=["doc", "text"]))
    assert found.set_index("phrase").loc["black sea", ["times", "articles"]].tolist() == [6, 3]
    assert found.strength.is_monotonic_decreasing
    assert "red tape" not in set(found.phrase) and not any("the" in phrase.split() for phrase in found.phrase)
