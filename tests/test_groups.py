"""Groups of articles compared: how often by chance alone, what is found, and what must not change the answer."""

import sys
from itertools import permutations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import ROOT

from helpers import InputError, stats

sys.path.insert(0, str(ROOT / "benchmarks"))
import outlets

NUMBERS = ["here", "others", "effect", "error", "t", "low", "high", "p"]


@pytest.fixture(autouse=True)
def fewer(monkeypatch):
    """Shuffle the simulated corpora less often than the benchmark does."""
    monkeypatch.setattr(outlets, "SHUFFLES", 499)


def compare(values, groups, within=None, shuffles=99, **options):
    """Compare by one or more measures, given as lists."""
    values = pd.DataFrame(values if isinstance(values, dict) else {"value": values})
    within = None if within is None else pd.Series(within, dtype=object)
    return stats.compare(values, pd.Series(groups, dtype=object), within, shuffles=shuffles, **options)


def test_pages_print_few_differences_where_there_are_none():
    found = outlets.alarms(4, 7).loc["copies taken out"]
    assert found["a page"] <= 0.12 and found["front page"] <= 0.2


def test_a_group_of_equal_values_is_not_sure_to_differ():
    found = outlets.zeros(4, 7)
    assert (found["some named"][[3, 8]] <= 0.1).all() and found["C named"][3] == 0


def test_differences_are_found_and_intervals_hold_them():
    found = outlets.spread(8, 7)
    assert found["some named"][0.0] <= 0.1 and found["omnibus"][0.0] <= 0.17
    assert found["some named"][0.08] >= 0.6 and found["some named"][0.16] >= 0.9 and found["omnibus"][0.16] >= 0.9
    assert (found.covered >= 0.93).all()
    assert found["plain: some named"][0.0] >= 0.4, "the corpora are no longer hard for plain means"


def test_outlets_that_differ_are_named_on_the_events_of_the_corpus():
    gold = pd.read_csv(ROOT / "corpus" / "gold" / "articles.csv", keep_default_na=False)
    first = gold[(gold.edition == 1) & (gold.language == "en") & (gold.copy_of == "")].reset_index(drop=True)
    first["tone"] = np.random.default_rng(7).normal(0, 0.077, len(first))  # as VADER's within events
    row = outlets.added(first, "tone", 12, 7)
    assert row[0] == 114 and row[4] >= 0.7 and row[6] >= 0.8


def test_the_size_that_would_be_named_is_named_about_four_times_in_five():
    found = {}
    for number, rng in enumerate(np.random.default_rng(3).spawn(10)):
        articles, _ = outlets.corpus(rng, 0.0)
        few = articles[articles.outlet.isin(["outlet 5", "outlet 9"])].reset_index(drop=True)
        outlets.planted(found, {"ten": articles[["value"]].to_numpy()}, articles, number)
        outlets.planted(found, {"two": few[["value"]].to_numpy()}, few, number)
        articles = outlets.uneven(rng)
        rare = outlets.asked(rng, articles.event.to_numpy())["rare topics"]
        outlets.planted(found, {"rare": rare}, articles, number)
    named = {what: np.nanmean([hit for _, hit, _ in rows]) for what, rows in found.items()}
    assert min(named.values()) >= 0.5 and 0.65 <= np.mean([*named.values()]) <= 0.95, named


# What must not change the answer -------------------------------------------------------------------------------------
TENTHS = st.integers(-3, 3).map(lambda number: number / 10)
ARTICLE = st.tuples(st.sampled_from("ABCD"), st.integers(0, 3), TENTHS, st.one_of(st.none(), TENTHS))
ARTICLES = st.lists(ARTICLE, min_size=1, max_size=30).map(
    lambda rows: pd.DataFrame(rows, columns=["group", "stratum", "one", "two"]).astype({"two": float})
)
few = settings(max_examples=20)


def asked(table, **options):
    """Compare the groups of such articles by both measures within strata."""
    options = {"min_articles": 2, "shuffles": 49} | options
    return stats.compare(table[["one", "two"]], table.group, table.stratum, **options)


def same(found, other, numbers=NUMBERS, **near):
    """Hold that two comparisons agree."""
    pd.testing.assert_frame_equal(found.table[numbers], other.table[numbers], **near)
    assert (found.p, found.shared, found.alone, found.cannot) == (other.p, other.shared, other.alone, other.cannot)


@few
@given(ARTICLES, st.randoms(use_true_random=False))
def test_articles_in_any_order_give_the_same_bytes(table, random):
    order = random.sample(range(len(table)), len(table))
    found, other = asked(table), asked(table.iloc[order])
    pd.testing.assert_frame_equal(found.table, other.table, check_exact=True)
    assert found.size == other.size or np.isnan([found.size, other.size]).all()
    same(found, other, check_exact=True)


@few
@given(ARTICLES, st.lists(st.integers(-50, 50), min_size=4, max_size=4))
def test_what_all_of_a_stratum_share_changes_no_difference(table, told):
    moved = table.assign(**{name: table[name] + table.stratum.map(lambda at: told[at]) for name in ("one", "two")})
    same(asked(table), asked(moved), NUMBERS[2:], atol=1e-9)


@few
@given(ARTICLES, st.sampled_from([-1, -0.001, 3, 1e6]))
def test_the_unit_of_a_measure_changes_no_p(table, unit):
    found, other = asked(table), asked(table.assign(one=table.one * unit, two=table.two * unit))
    if unit > 0:  # the same articles the other way round are dealt in another order
        same(found, other, ["t", "p"], atol=1e-9)
    assert other.table.t.to_numpy() == pytest.approx(found.table.t.to_numpy(), abs=1e-9, nan_ok=True)
    assert (other.table.effect / unit).to_numpy() == pytest.approx(found.table.effect.to_numpy(), abs=1e-9, nan_ok=True)


@few
@given(ARTICLES)
def test_longer_names_change_nothing(table):
    renamed = table.assign(group="The " + table.group, stratum=table.stratum + 100)
    same(asked(table), asked(renamed), check_exact=True)


def test_names_in_another_order_change_p_by_the_luck_of_the_shuffles_alone():
    articles, _ = outlets.corpus(np.random.default_rng(5), 0.06)
    found = outlets.compared(articles.value, articles, 7).table.set_index("group")
    turned = articles.assign(outlet=articles.outlet.map(lambda name: f"outlet {9 - int(name[-1])}"))
    other = outlets.compared(articles.value, turned, 7).table.set_index("group").iloc[::-1].set_axis(found.index)
    assert other.effect.to_numpy() == pytest.approx(found.effect.to_numpy())
    assert other.t.to_numpy() == pytest.approx(found.t.to_numpy())
    assert np.nanmax((other.p - found.p).abs()) < 0.1


@few
@given(ARTICLES, st.sampled_from(["group", "stratum"]))
def test_articles_without_group_or_stratum_take_no_part(table, column):
    lost = table.assign(**{column: ""} if column == "group" else {column: None})
    found, other = asked(table), asked(pd.concat([lost, table, lost], ignore_index=True))
    pd.testing.assert_frame_equal(found.table, other.table, check_exact=True)
    assert (found.p, found.shared) == (other.p, other.shared)
    assert other.alone == found.alone + (0 if column == "group" else 2 * len(table))


@few
@given(ARTICLES)
def test_every_comparison_is_in_order(table):
    """p are chances, 0 lies outside an interval exactly where p is below .05, few articles are never compared."""
    found = stats.corrected(
        {"it": asked(table), "again": asked(table, seed=3, min_articles=4), "alone": asked(table[:3])}
    )
    for each in found.values():
        rows = each.table
        assert (
            0 < each.p <= 1 and rows.p[rows.compared].between(each.p, 1).all() and rows.p[~rows.compared].isna().all()
        )
        assert (((rows.low > 0) | (rows.high < 0)) == (rows.p < 0.05)).all()
        known = rows[rows.effect.notna()]
        assert (known.low <= known.effect + 1e-12).all() and (known.effect <= known.high + 1e-12).all()
        assert rows.compared.any() != bool(each.cannot) and rows.articles[rows.compared].ge(2).all()
        shared = table.groupby("stratum").group.transform("nunique") > 1
        assert each.cannot or each.shared == shared.sum() or each is found["alone"]


@few
@given(ARTICLES)
def test_two_groups_differ_by_the_same_and_opposite(table):
    found = asked(table.assign(group=table.group.map(lambda name: min(name, "B")), two=table.one)).table
    if len(found) == 4:
        one, two = found[found.group == "A"], found[found.group == "B"]
        assert one.effect.to_numpy() == pytest.approx(-two.effect.to_numpy(), abs=1e-12, nan_ok=True)
        assert one.t.to_numpy() == pytest.approx(two.t.to_numpy(), abs=1e-12, nan_ok=True)


# What the numbers are ------------------------------------------------------------------------------------------------
def every_deal(values, groups, within):
    """The effect of each group in each way to deal its stratum's values to its articles, by the definition."""
    places = [np.flatnonzero(np.array(within) == at) for at in sorted(set(within))]
    groups, deals = np.array(groups), []
    for orders in product(*(permutations(at) for at in places)):
        dealt, row = np.array(values, float), []
        dealt[np.concatenate(places)] = dealt[np.concatenate(orders)]
        for group in sorted(set(groups)):
            parts = [(dealt[at[groups[at] == group]], dealt[at[groups[at] != group]]) for at in places]
            parts = [(a, b, len(a) * len(b) / (len(a) + len(b))) for a, b in parts if len(a) and len(b)]
            row.append(sum((a.mean() - b.mean()) * w for a, b, w in parts) / sum(w for *_, w in parts))
        deals.append(row)
    return np.array(deals)


DEALS = [
    ("three groups", [0.9, 0.7, 0.1, 0.8, 0.0, 0.2, 0.3], "AABCBAB", [0, 0, 0, 0, 1, 1, 1]),
    ("ties", [0.1, 0.2, 0.6, 0.3, 0.2, 0.1], "AABBAB", [0] * 6),
    ("ties of one group", [0.5, 0.2, 0.1, 0.3, 0.6, 0.7], "AABBCC", [0] * 6),
    ("no difference", [0.7, 0.1, 0.2, 0.2, 0.7, 0.1], "ABABBA", [0] * 6),
]


@pytest.mark.parametrize(("values", "groups", "within"), [row[1:] for row in DEALS], ids=[row[0] for row in DEALS])
def test_effects_errors_and_p_are_those_of_every_deal(values, groups, within):
    groups = list(groups)
    found, deals = compare(values, groups, within, 4999, min_articles=1), every_deal(values, groups, within)
    assert found.table.effect.to_numpy() == pytest.approx(deals[0])
    assert found.table.error.to_numpy() == pytest.approx(deals.std(axis=0))
    t = np.abs(deals / deals.std(axis=0))
    assert found.table.t.to_numpy() == pytest.approx(t[0])
    omnibus = ((t**2).sum(axis=1) >= (t[0] ** 2).sum() - 1e-9).mean()
    assert found.p == pytest.approx(omnibus, abs=0.02)
    by_group = (t.max(axis=1)[:, None] >= t[0] - 1e-9).mean(axis=0)
    assert found.table.p.to_numpy() == pytest.approx(np.maximum(by_group, omnibus), abs=0.02)


def test_means_weigh_a_stratum_by_what_it_says_of_the_difference():
    found = compare([1, 0, 0, 5, 5, 2], list("ABBABB"), list("xxxyyy"), min_articles=1).table.set_index("group")
    assert found.here["A"] == pytest.approx((1 * 2 / 3 + 5 * 2 / 3) / (4 / 3)) and found.here["B"] == pytest.approx(
        1.75
    )
    assert found.effect["A"] == pytest.approx(found.here["A"] - found.others["A"]) == pytest.approx(1.25)


def test_an_event_that_one_outlet_tells_more_often_is_not_that_outlet_s_tone():
    groups, within = ["A"] * 9 + ["B"] + ["A"] + ["B"] * 9, ["war"] * 10 + ["games"] * 10
    values = [-0.5] * 10 + [0.5] * 10
    assert compare(values, groups, within).table.effect.abs().max() == 0
    assert compare(values, groups).named.group.tolist() == ["A", "B"]


def test_a_small_group_stays_in_its_strata_and_is_not_compared():
    rng, groups = np.random.default_rng(7), ["A"] * 20 + ["B"] * 20 + ["C"] * 7
    values = [*rng.normal(size=40), *rng.normal(9, 1, 7)]
    with_it, without = compare(values, groups, [0, 1] * 23 + [0]), compare(values[:40], groups[:40], [0, 1] * 20)
    assert with_it.table.compared.tolist() == [True, True, False] and with_it.table.effect[2] > 5
    assert with_it.table.p.isna().tolist() == [False, False, True] and set(with_it.named.group) <= {"A", "B"}
    assert with_it.table.others[0] > without.table.others[0] + 1


ONE_EACH = list("AB") * 10
UNABLE = [
    ("no column", {}, [], None, "nothing to compare"),
    ("no article", [], [], [], "fewer than two"),
    ("one article", [0.1], ["A"], ["x"], "fewer than two"),
    ("no group known", [0.1] * 20, [""] * 10 + [None] * 10, None, "fewer than two"),
    ("one group", [0.1, 0.2] * 10, ["A"] * 20, None, "fewer than two"),
    ("no value known", [np.nan] * 20, ONE_EACH, None, "fewer than two"),
    ("no stratum known", [0.1, 0.2] * 10, ONE_EACH, [""] * 20, "fewer than two"),
    ("one article a stratum", [0.1, 0.2] * 10, ONE_EACH, range(20), "fewer than two"),
    ("one group a stratum", [0.1, 0.2] * 10, ONE_EACH, ONE_EACH, "fewer than two"),
    ("few of all but one", [0.1, 0.2] * 10, ["A"] * 13 + ["B"] * 7, None, "fewer than two have 8 articles"),
]


@pytest.mark.parametrize(("values", "groups", "within", "why"), [row[1:] for row in UNABLE], ids=[r[0] for r in UNABLE])
def test_what_cannot_be_compared_says_why(values, groups, within, why):
    found = compare(values, groups, within)
    assert why in found.cannot and found.p == 1 and found.named.empty and not found.table.compared.any()
    assert {*NUMBERS, "measure", "group", "articles", "compared"} <= set(found.table) and found.table.p.isna().all()
    assert np.isnan([found.size, found.usual]).all() and stats.corrected({"it": found})["it"] is found


@pytest.mark.parametrize("value", [0.0, 0.1, -1e6])
def test_equal_values_are_no_difference(value):
    found = compare({"same": [value] * 24, "steps": [1, 2, 3] * 8}, list("AAABBB") * 4, list("xxxxxxyyyyyy") * 2)
    same_ = found.table[found.table.measure == "same"]
    assert (same_.p == 1).all() and (same_[["effect", "error", "t", "low", "high"]] == 0).all(axis=None)
    assert not found.cannot and found.p > 0.5 and found.size > 0


def test_a_constant_column_beside_others_changes_no_answer():
    rng, groups = np.random.default_rng(1), list("ABCD") * 12
    value = rng.normal(size=48)
    one, both = compare(value, groups), compare({"same": [0.3] * 48, "value": value}, groups)
    assert both.p == one.p and both.table.p[4:].tolist() == one.table.p.tolist()


def test_measures_known_for_other_articles_are_all_told_and_all_count():
    rng, groups = np.random.default_rng(1), list("AB") * 20
    clear = np.tile([0.0, 1.0], 20)
    rare = np.where(np.arange(40) < 6, rng.normal(size=40), np.nan)
    half = np.where(np.arange(40) % 4 < 2, clear, np.nan)
    found = compare(
        {"rare": rare, "half": half, "clear": np.where(np.arange(40) < 32, clear, np.nan)}, groups, shuffles=999
    )
    assert found.table.measure.tolist() == ["rare"] * 2 + ["half"] * 2 + ["clear"] * 2
    assert found.table.compared.tolist() == [False] * 2 + [True] * 4 and found.table.p[:2].isna().all()
    assert found.p == 2 / 1000 and found.shared == 36 and found.alone == 0, "two sets, and articles of either"


def test_a_group_alone_with_its_strata_has_no_numbers():
    found = compare([0.1, 0.5] * 8 + [0.9] * 9, ["A", "B"] * 8 + ["C"] * 9, ["x"] * 16 + ["own"] * 9)
    assert found.table.articles.tolist() == [8, 8, 0] and (found.shared, found.alone) == (16, 9)
    assert found.table.loc[2, NUMBERS].drop("t").isna().all() and found.usual == pytest.approx(0.4)


@pytest.mark.parametrize(
    "kind",
    [{"A": 1, "B": 2}, {"A": 1.5, "B": "x"}, {"A": True, "B": False}, {"A": pd.Period("2024"), "B": pd.Period("2025")}],
)
def test_groups_and_strata_need_not_be_text(kind):
    values, groups, within = [0.1, 0.9] * 12, pd.Series(["A", "B"] * 12), pd.Series(["A", "A", "B", "B"] * 6)
    found = stats.compare(pd.DataFrame({"v": values}), groups.map(kind), within.map(kind).astype("category"))
    assert set(found.table.group) == {str(name) for name in kind.values()} and len(found.named) == 2


def test_one_difference_among_many_measures_has_at_least_the_p_of_the_whole():
    rng, groups = np.random.default_rng(4), np.repeat(list("ABCDEFGH"), 12)
    values = {str(number): rng.normal(size=96) for number in range(12)}
    found = compare(values | {"0": values["0"] + 1.05 * (groups == "A")}, groups, shuffles=999)
    alone = (1 + (found.largest[0] >= found.table.t[0]).sum()) / 1000
    assert alone < found.p == found.table.p[0] and found.table.t.idxmax() == 0


def test_intervals_are_as_wide_as_the_largest_differences_of_shuffles():
    groups = np.array(list("ABC") * 12)
    found = compare(np.random.default_rng(6).normal(2 * (groups == "A")), groups)
    table = found.table
    fourth = np.sort(found.largest[0])[-4]  # of 99: where three are as large p is .04, where four are .05
    assert ((table.high - table.effect) / table.error).to_numpy() == pytest.approx([fourth] * 3)
    assert ((table.effect - table.low) / table.error).to_numpy() == pytest.approx([fourth] * 3)


def test_p_of_a_page_count_for_all_its_questions():
    rng = np.random.default_rng(2)
    groups, noise = np.repeat(list("ABC"), 20), rng.normal(size=(4, 60))
    effects = dict(zip(["none", "large", "middle", "little"], [0, 2, 0.8, 0.3], strict=True))
    asked_ = {
        name: compare(noise[n] + effect * (groups == "A"), groups, shuffles=999)
        for n, (name, effect) in enumerate(effects.items())
    } | {"unable": compare([0.1], ["A"])}
    found = stats.corrected(asked_)
    raw = sorted((asked_[name].raw, name) for name in effects)
    most = 0
    for rank, (p, name) in enumerate(raw):
        most = max(most, min(1, p * (4 - rank)))
        assert found[name].p == pytest.approx(most)
        assert (found[name].table.p >= asked_[name].table.p).all()
        assert (
            found[name].table.high - found[name].table.low >= asked_[name].table.high - asked_[name].table.low
        ).all()
    assert found["large"].p < found["middle"].p < 0.05 < found["none"].p
    last = raw[-1][1]
    assert found[last].size > asked_[last].size, "two questions are open: a finding would have counted for both"
    assert found["unable"] is asked_["unable"] and stats.corrected({}) == {}
    again = stats.corrected(found)
    assert all(again[name].table.equals(found[name].table) for name in found), "counted twice"


def test_more_questions_than_shuffles_can_answer_are_never_found():
    one = compare([0.0, 1.0] * 20, list("AB") * 20, shuffles=99)
    found = stats.corrected({str(number): one for number in range(6)})["0"]
    assert one.p == 0.01 and found.p == pytest.approx(0.06) and found.named.empty and np.isnan(found.size)
    assert (found.table.low <= 0).all() and (found.table.high >= 0).all()


def test_another_seed_deals_anew_and_the_same_seed_comes_back():
    rng, groups = np.random.default_rng(3), list("ABCD") * 10
    values = rng.normal(size=40)
    first, again, other = (compare(values, groups, seed=seed) for seed in (7, 7, 8))
    assert first.table.equals(again.table) and not first.table.p.equals(other.table.p)


def test_one_measure_may_come_as_a_series_and_labels_as_lists():
    value, groups = pd.Series([0.1, 0.2, 0.3, 0.8, 0.9, 1.0] * 3, name="tone"), list("AAABBB") * 3
    found = stats.compare(value, groups)
    assert found.table.measure.tolist() == ["tone", "tone"] and found.named.group.tolist() == ["A", "B"]
    with pytest.raises(InputError, match="18 articles, 17 groups, 18 strata: give one for each article"):
        stats.compare(value, groups[1:], ["x"] * 18)
