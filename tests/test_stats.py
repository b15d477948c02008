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


@pytest.mark.parametrize(
    ("together", "first", "second", "value"),
    [(10, 10, 10, 1.0), (0, 10, 10, -1.0), (1, 10, 10, 0.0), (100, 100, 100, 1.0)],
)
def test_npmi(together, first, second, value):
    assert stats.npmi(*(pd.Series([n]) for n in (together, first, second)), 100)[0] == pytest.approx(value, abs=1e-9)


def test_the_tail_is_the_chance_of_so_many_successes():
    # Five heads of five.
    assert stats.tail(pd.Series([5, 0]), pd.Series([0.5, 0.5]), 5).tolist() == [pytest.approx(1 / 32), 1.0]
