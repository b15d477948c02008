"""Numbers with their uncertainty: intervals that resample articles, and association against chance."""

import numpy as np
import pandas as pd


def interval(values: pd.Series, *, seed: int, draws: int = 2000) -> tuple[float, float]:
    """The 95 % interval of a mean, by resampling its values (one an article) with a seed.

    Fewer than two values have no interval: (nan, nan). Percentile bootstrap, its quantiles widened for few values
    (Hesterberg, 2015), without which the interval of ten articles is too short.
    """
    found = values.dropna().to_numpy(float)
    if len(found) < 2:
        return np.nan, np.nan
    means = np.random.default_rng(seed).choice(found, (draws, len(found))).mean(axis=1)
    low, high = np.quantile(means, _tails(len(found)))
    return float(low), float(high)


def means(values: pd.DataFrame, by: list[str], *, of: str, seed: int, least: int) -> pd.DataFrame:
    """Mean and interval of column `of` for each group in `by`.

    `values` has one row an article. Returns the group columns and mean, low, high, articles, enough (at least `least`
    articles); groups keep the order of their names.
    """
    rows = [
        (*name, group[of].mean(), *interval(group[of], seed=seed), len(group), len(group) >= least)
        for name, group in values.dropna(subset=[of]).groupby(by, sort=True, observed=True)
    ]
    return pd.DataFrame(rows, columns=[*by, "mean", "low", "high", "articles", "enough"])


def contrasts(values: pd.DataFrame, by: str, of: str, *, seed: int, least: int, draws: int = 2000) -> pd.DataFrame:
    """Each group's mean against the mean of all others.

    `values` has one row an article. Returns by, mean, others, difference, low, high (its 95 % interval, articles of
    both sides resampled), p (Welch's t-test) and q (p adjusted for the number of groups); groups of fewer than
    `least` articles are left out.
    """
    from scipy.stats import ttest_ind

    rng, rows = np.random.default_rng(seed), []
    for name, group in values.dropna(subset=[of]).groupby(by, sort=True):
        own, others = group[of].to_numpy(float), values.loc[values[by] != name, of].dropna().to_numpy(float)
        if min(len(own), len(others)) < max(2, least):
            continue
        gaps = rng.choice(own, (draws, len(own))).mean(axis=1) - rng.choice(others, (draws, len(others))).mean(axis=1)
        p = ttest_ind(own, others, equal_var=False).pvalue if np.ptp(own) + np.ptp(others) > 0 else 1.0
        rows.append(
            (name, own.mean(), others.mean(), own.mean() - others.mean(), *np.quantile(gaps, _tails(len(own))), p)
        )
    table = pd.DataFrame(rows, columns=[by, "mean", "others", "difference", "low", "high", "p"])
    table["q"] = adjusted(table.p.to_numpy(float))
    return table


def across(values: pd.DataFrame, by: str, measures: list[str], *, seed: int, least: int) -> pd.DataFrame:
    """`contrasts` for several measures, q adjusted for all of them together; column `measure` names which."""
    parts = [contrasts(values, by, of, seed=seed, least=least).assign(measure=of) for of in measures]
    table = pd.concat(parts, ignore_index=True)
    table["q"] = adjusted(table.pop("p").to_numpy(float))
    return table


def _tails(n: int) -> tuple[float, float]:
    """The two quantiles of a bootstrap of n values that make its 95 % interval as wide as Student's."""
    from scipy.special import ndtr, stdtrit

    low = ndtr(-np.sqrt(n / (n - 1)) * stdtrit(n - 1, 0.975))
    return low, 1 - low


def npmi(together: pd.Series, first: np.ndarray, second: np.ndarray, total: float | np.ndarray) -> pd.Series:
    """Normalised pointwise mutual information of pairs, from -1 (never together) through 0 (chance) to 1 (always).

    Takes counts of units with both, with each, and of all units (Bouma, 2009).
    """
    joint = together / total
    with np.errstate(divide="ignore", invalid="ignore"):
        measure = np.log(joint / (first / total * (second / total))) / -np.log(joint)
    return measure.where(joint > 0, -1.0).where(joint < 1, 1.0).clip(-1, 1)


def tail(times: pd.Series, chance: pd.Series, tries: int) -> np.ndarray:
    """The chance of at least so many successes in so many tries: the binomial upper tail."""
    from scipy.special import bdtrc

    return np.asarray(bdtrc(np.asarray(times, float) - 1, tries, np.clip(np.asarray(chance, float), 0, 1)))


def fisher(one: pd.Series, other: pd.Series, ones: int, others: int) -> np.ndarray:
    """Two-sided p-values of two shares, one/ones and other/others: twice the smaller tail of Fisher's exact test."""
    from scipy.stats import hypergeom

    both = one + other
    upper = hypergeom.sf(one - 1, ones + others, both, ones)
    lower = hypergeom.cdf(one, ones + others, both, ones)
    return np.minimum(1.0, 2 * np.minimum(upper, lower))


def newcombe(one: pd.Series, other: pd.Series, ones: int, others: int) -> tuple[np.ndarray, np.ndarray]:
    """The 95 % interval of a difference of two shares, from their score intervals (Newcombe, 1998, method 10)."""
    (low, high), (lower, higher) = wilson(one, ones), wilson(other, others)
    first, second = np.asarray(one) / max(1, ones), np.asarray(other) / max(1, others)
    down = np.sqrt((first - low) ** 2 + (higher - second) ** 2)
    up = np.sqrt((high - first) ** 2 + (second - lower) ** 2)
    return first - second - down, first - second + up


def wilson(times: pd.Series, tries: int | np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The 95 % score interval of a share (Wilson, 1927)."""
    z, n = 1.959964, np.maximum(1, np.asarray(tries, float))
    share = np.asarray(times, float) / n
    centre, half = share + z**2 / (2 * n), z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return (centre - half) / (1 + z**2 / n), (centre + half) / (1 + z**2 / n)


def adjusted(p: np.ndarray) -> np.ndarray:
    """P-values corrected for many comparisons by the false discovery rate (Benjamini and Hochberg, 1995)."""
    from scipy.stats import false_discovery_control

    return false_discovery_control(p) if len(p) else np.asarray(p, float)
