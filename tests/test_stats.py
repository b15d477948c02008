import numpy as np
import pandas as pd
import pytest

from helpers import stats


def test_an_interval_holds_its_mean_and_comes_back_the_same():
    values = pd.Series([0.12, 0.41, -0.23, 0.37, 0.05, 0.29, -0.11])
    low, high = stats.interval(values, seed=7)
    assert low < values.mean() < high
    assert (low, high) == stats.interval(values, seed=7) != stats.interval(values, seed=8)


@pytest.mark.parametrize("values", [[], [0.5], [np.nan, 0.5]])
def test_one_value_has_no_interval(values):
    assert np.isnan(stats.interval(pd.Series(values, dtype=float), seed=7)).all()


def test_intervals_cover_the_true_mean_about_as_often_as_they_say():
    rng = np.random.default_rng(7)
    draw = lambda: stats.interval(pd.Series(rng.normal(size=10)), seed=int(rng.integers(1e6)), draws=1000)  # noqa: E731
    assert 0.93 <= np.mean([low <= 0 <= high for low, high in (draw() for _ in range(600))]) <= 0.98


def test_contrasts_find_the_outlet_that_differs_and_no_other():
    rng = np.random.default_rng(7)
    table = pd.DataFrame({"outlet": np.repeat(list("abcde"), 20), "score": rng.normal(0, 0.1, 100)})
    table.loc[table.outlet == "e", "score"] -= 0.3
    found = stats.contrasts(table, "outlet", "score", seed=7, min_articles=3)
    assert found[(found.q < 0.001) & (found.difference < -0.2)].outlet.tolist() == ["e"]
    assert (found.q >= found.p).all() and (found.q > found.p).any()
    assert (found.low <= found.difference).all() and (found.difference <= found.high).all()


@pytest.mark.parametrize("values", [[0.2] * 8, [0.0] * 8])
def test_equal_scores_are_no_difference(values):
    table = pd.DataFrame({"outlet": list("aabbccdd"), "score": values})
    assert (stats.contrasts(table, "outlet", "score", seed=7, min_articles=2).q == 1).all()


def test_one_outlet_has_nobody_to_differ_from():
    table = pd.DataFrame({"outlet": ["a"] * 5, "score": np.arange(5.0)})
    assert stats.contrasts(table, "outlet", "score", seed=7, min_articles=2).empty


@pytest.mark.parametrize(
    ("together", "first", "second", "value"),
    [(10, 10, 10, 1.0), (0, 10, 10, -1.0), (1, 10, 10, 0.0), (100, 100, 100, 1.0)],
)
def test_npmi(together, first, second, value):
    assert stats.npmi(*(pd.Series([n]) for n in (together, first, second)), 100)[0] == pytest.approx(value, abs=1e-9)


def test_the_tail_is_the_chance_of_so_many_successes():
    # Five heads of five.
    assert stats.tail(pd.Series([5, 0]), pd.Series([0.5, 0.5]), 5).tolist() == [pytest.approx(1 / 32), 1.0]


def test_fisher_doubles_the_smaller_tail():
    from scipy.stats import fisher_exact

    one, other = pd.Series([8, 3, 0, 5]), pd.Series([1, 3, 0, 0])
    tails = [
        min(1, 2 * min(fisher_exact([[a, 10 - a], [b, 20 - b]], side).pvalue for side in ("less", "greater")))
        for a, b in zip(one, other, strict=True)
    ]
    assert stats.fisher(one, other, 10, 20) == pytest.approx(tails)


def test_the_interval_of_a_difference_of_shares_is_the_published_one():
    # Newcombe (1998), table II, method 10: 56/70 against 48/80, and 0/10 against 0/20.
    low, high = stats.newcombe(pd.Series([56]), pd.Series([48]), 70, 80)
    assert (low[0], high[0]) == (pytest.approx(0.0524, abs=5e-5), pytest.approx(0.3339, abs=5e-5))
    low, high = stats.newcombe(pd.Series([0]), pd.Series([0]), 10, 20)
    assert (low[0], high[0]) == (pytest.approx(-0.1611, abs=5e-5), pytest.approx(0.2775, abs=5e-5))
