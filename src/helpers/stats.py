"""Numbers with their uncertainty: intervals, association against chance, and outlets compared on the same events."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from . import InputError

__all__ = ["adjusted", "interval", "wilson"]
__dir__ = __all__.copy  # what Tab completion offers
SHARED = 3  # events an outlet must share with others before it can be compared with them
COLUMNS = ["outlet", "articles", "events", "mean", "plain", "plain_low", "plain_high"]
POOLED = ["effect", "error", "pooled", "low", "high", "p", "q", "comparable", "note"]
CHANGES = ["outlet", "pooled", "left_out", "without", "change", "turns"]
STEPS = 101  # of the grid over the spread between outlets
REFITS = 16  # events or articles that pull an outlet most, each left out in turn


def interval(values: pd.Series, *, seed: int, draws: int = 2000) -> tuple[float, float]:
    """The 95 % interval of a mean, by resampling its values (one an article) with a seed.

    Fewer than two values have no interval: (nan, nan). Percentile bootstrap, its quantiles widened for few values
    (Hesterberg, 2015), without which the interval of ten articles is too short.

    >>> low, high = interval(pd.Series([0.1, 0.2, 0.3]), seed=7)
    >>> low < 0.2 < high
    True
    """
    found = values.dropna().to_numpy(float)
    if len(found) < 2:
        return np.nan, np.nan
    means = np.random.default_rng(seed).choice(found, (draws, len(found))).mean(axis=1)
    low, high = np.quantile(means, _tails(len(found)))
    return float(low), float(high)


def means(values: pd.DataFrame, by: list[str], *, of: str, seed: int, min_articles: int) -> pd.DataFrame:
    """Mean and interval of column `of` for each group in `by`.

    `values` has one row an article. Returns the group columns and mean, low, high, articles, enough (at least
    `min_articles`); groups keep the order of their names.
    """
    rows = [
        (*name, group[of].mean(), *interval(group[of], seed=seed), len(group), len(group) >= min_articles)
        for name, group in values.dropna(subset=[of]).groupby(by, sort=True, observed=True)
    ]
    return pd.DataFrame(rows, columns=[*by, "mean", "low", "high", "articles", "enough"])


def contrasts(
    values: pd.DataFrame, by: str, of: str, *, seed: int, min_articles: int, draws: int = 2000
) -> pd.DataFrame:
    """Each group's mean against the mean of all others.

    `values` has one row an article. Returns by, mean, others, difference, low, high (its 95 % interval, articles of
    both sides resampled), p (Welch's t-test) and q (p adjusted for the number of groups); groups of fewer than
    `min_articles` articles are left out.
    """
    from scipy.stats import ttest_ind

    rng, rows = np.random.default_rng(seed), []
    for name, group in values.dropna(subset=[of]).groupby(by, sort=True):
        own, others = group[of].to_numpy(float), values.loc[values[by] != name, of].dropna().to_numpy(float)
        if min(len(own), len(others)) >= max(2, min_articles):
            drawn, against = (rng.choice(side, (draws, len(side))).mean(axis=1) for side in (own, others))
            ends = np.quantile(drawn - against, _tails(len(own)))
            p = ttest_ind(own, others, equal_var=False).pvalue if np.ptp(own) + np.ptp(others) > 0 else 1.0
            rows.append((name, own.mean(), others.mean(), own.mean() - others.mean(), *ends, p))
    table = pd.DataFrame(rows, columns=[by, "mean", "others", "difference", "low", "high", "p"])
    return table.assign(q=adjusted(table.p.to_numpy(float)))


def across(values: pd.DataFrame, by: str, measures: list[str], *, seed: int, min_articles: int) -> pd.DataFrame:
    """`contrasts` for several measures, q adjusted for all of them together; column `measure` names which."""
    parts = [contrasts(values, by, of, seed=seed, min_articles=min_articles).assign(measure=of) for of in measures]
    table = pd.concat(parts, ignore_index=True)
    return table.assign(q=adjusted(table.pop("p").to_numpy(float)))


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
    from scipy.stats import binom

    return binom.sf(np.asarray(times) - 1, tries, np.clip(chance, 0, 1))


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
    """The 95 % score interval of a share (Wilson, 1927).

    >>> low, high = wilson(pd.Series([5]), 10)
    >>> round(float(low[0]), 2), round(float(high[0]), 2)
    (0.24, 0.76)
    """
    z, n = 1.959964, np.maximum(1, np.asarray(tries, float))
    share = np.asarray(times, float) / n
    centre, half = share + z**2 / (2 * n), z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return (centre - half) / (1 + z**2 / n), (centre + half) / (1 + z**2 / n)


def adjusted(p: np.ndarray) -> np.ndarray:
    """P-values corrected for many comparisons by the false discovery rate (Benjamini and Hochberg, 1995).

    >>> adjusted(np.array([0.01, 0.04])).tolist()
    [0.02, 0.04]
    """
    from scipy.stats import false_discovery_control

    return false_discovery_control(p) if len(p) else np.asarray(p, float)


class Fit(NamedTuple):
    """Outlets that can be compared: their codes, effects against their average, errors, and degrees of freedom.

    `used` are the articles compared, and `pulls` how far an effect falls (one row an outlet) without each of them
    (DFBETA: Belsley, Kuh and Welsch, 1980).
    """

    outlets: np.ndarray
    effects: np.ndarray
    errors: np.ndarray
    freedom: np.ndarray
    used: np.ndarray
    pulls: np.ndarray


def outlets(values: pd.DataFrame, *, of: str = "value") -> pd.DataFrame:
    """Each outlet against the average of all, as its articles stand and with the event told taken out.

    `values` has one row an article, no copies: outlet, event ("" where unknown; where none is known, none is taken out)
    and the number `of`. Returns one row an outlet: articles, events (shared with another outlet), mean, plain (mean
    less the average of the outlets' means, with Student's interval), effect and error (least squares with event
    effects, HC3: MacKinnon and White, 1985), pooled, low, high and p (partial pooling, the spread between outlets
    integrated out: Gelman, 2006), q (Benjamini and Hochberg, 1995), comparable, and a note that says why not.
    """
    table, y, codes, events = _coded(values, of)
    names, known, fit = table.outlet.unique(), bool((events >= 0).any()), _fit(y, codes, events)
    if len(names) == 0:
        return pd.DataFrame(columns=[*COLUMNS, *POOLED])
    effects = _pool(fit).assign(effect=fit.effects, error=fit.errors, q=lambda rows: adjusted(rows.p.to_numpy()))
    found = effects.reindex(range(len(names)))
    few = f"shares fewer than {SHARED} events with the others" if known else "too few"
    few = f"not comparable: {few if len(names) > 1 else 'the only outlet'}"
    able = found.p.notna()
    found = found.assign(comparable=able, note=np.where(able, "" if known else "events unknown, none taken out", few))
    plain = _plain(table, of).assign(events=_shared(codes, events, len(names)))
    return pd.concat([plain, found], axis=1)[[*COLUMNS, *POOLED]]


def influence(values: pd.DataFrame, *, of: str = "value", unit: str = "event") -> pd.DataFrame:
    """How far each outlet's pooled effect moves when one event, or one article (`unit` "doc"), is left out.

    Returns one row a comparable outlet: pooled, left_out (the event or article whose absence moves it most), without
    (the effect then; missing where the outlet can no longer be compared), change, and turns (whether its interval
    leaves or reaches 0 by it). Leaves out only what pulls an outlet hard, or what a comparison hangs on.
    """
    table, y, codes, events = _coded(values, of, unit)
    names, units, fit = table.outlet.unique(), table[unit].fillna("").astype(str).to_numpy(), _fit(y, codes, events)
    start = _pool(fit)
    suspects = sorted(_suspects(fit, units[fit.used], codes[fit.used], events[fit.used]))
    moved = {name: _pool(_fit(*(part[units != name] for part in (y, codes, events)))) for name in suspects}
    parts = {"": start} | {name: part.reindex(start.index) for name, part in moved.items()}
    now = pd.concat(parts, names=["left_out", "code"]).rename(columns={"pooled": "without"}).reset_index()
    was = start.loc[now.code].reset_index(drop=True)
    change, sure = now.without - was.pooled, [(part.low > 0) | (part.high < 0) for part in (was, now)]
    table = now.assign(
        outlet=names[now.code], pooled=was.pooled, change=change, turns=now.without.isna() | (sure[0] != sure[1]),
        size=change.abs().fillna(np.inf).where(now.left_out != "", -1.0),
    )  # fmt: skip
    worst = table.sort_values(["code", "size"], ascending=[True, False], kind="stable", ignore_index=True)
    return worst.drop_duplicates("code", ignore_index=True)[CHANGES]


def _suspects(fit: Fit, units: np.ndarray, codes: np.ndarray, events: np.ndarray) -> set[str]:
    """The units that pull each outlet most, and those without which an outlet may share too few events."""
    if not len(units):
        return set()
    names, place = np.unique(units, return_inverse=True)
    pulls = np.abs([np.bincount(place, row) for row in fit.pulls])
    strongest = np.argsort(-pulls, axis=1, kind="stable")[:, :REFITS]
    one = len(np.unique(events)) == 1
    near = (np.bincount(codes) if one else _shared(codes, events, codes.max() + 1))[codes] == SHARED
    _, told, times = np.unique(np.column_stack([codes, events]), axis=0, return_inverse=True, return_counts=True)
    alone = times[told.ravel()] == 1
    return {*names[strongest.ravel()], *units[near | (alone & np.isin(events, events[near]))]} - {""}


def _coded(values: pd.DataFrame, of: str, *more: str) -> tuple[pd.DataFrame, np.ndarray, np.ndarray, np.ndarray]:
    """The articles with a value, sorted by outlet; their values, and codes of outlets and events (-1: unknown)."""
    if missing := [name for name in ("outlet", "event", of, *more) if name not in values]:
        raise InputError(f"values: lacks the column {', '.join(missing)}; give one row an article with all of them")
    table = values[values[of].notna() & values.outlet.notna()]
    keys = [name for name in ("outlet", "event", "doc") if name in table]
    table = table.sort_values([*keys, of], ignore_index=True)
    events = pd.factorize(table.event.where(table.event.fillna("").astype(str) != ""))[0]
    return table, table[of].to_numpy(float), pd.factorize(table.outlet)[0], events


def _plain(table: pd.DataFrame, of: str) -> pd.DataFrame:
    """Articles, mean, and the mean less the average of the outlets' means, with Student's interval."""
    from scipy.stats import t

    found = table.groupby("outlet", as_index=False)[of].agg(articles="size", mean="mean", spread="std")
    found["plain"] = found["mean"] - found["mean"].mean()
    half = t.ppf(0.975, (found.articles - 1).clip(lower=1)) * found.spread / np.sqrt(found.articles)
    return found.assign(plain_low=found.plain - half, plain_high=found.plain + half)


def _shared(codes: np.ndarray, events: np.ndarray, total: int) -> np.ndarray:
    """For each outlet the number of events that it and some other outlet told."""
    pairs = np.unique(np.column_stack([codes, events])[events >= 0], axis=0)
    tellers = np.bincount(pairs[:, 1]) if len(pairs) else np.zeros(0)
    return np.bincount(pairs[tellers[pairs[:, 1]] > 1, 0], minlength=total) if len(pairs) else np.zeros(total, int)


def _fit(y: np.ndarray, codes: np.ndarray, events: np.ndarray) -> Fit:
    """Outlet effects against their average, by least squares with event effects and HC3 errors.

    Event effects are taken out by their means (Frisch and Waugh, 1933), and an article's leverage has one part from
    each step. One of leverage 1 is the only bridge between two groups of outlets: nothing tells how far it errs, so
    it goes, and with it what it joined.
    """
    if not (events >= 0).any():
        events = np.zeros(len(y), int)
    used = np.arange(len(y))
    while len(used := used[_comparable(codes[used], events[used])]):
        who, event = (np.unique(part[used], return_inverse=True) for part in (codes, events))
        size = np.bincount(event[1])[event[1]]
        # The first outlet is the one the others are measured from, until all are measured from their average.
        within = np.column_stack([_centred((who[1] == n).astype(float), event[1]) for n in range(1, len(who[0]))])
        inverse, told = np.linalg.pinv(within), _centred(y[used], event[1])
        leverage = np.einsum("ij,ji->i", within, inverse) + 1 / size
        if (leverage < 1 - 1e-6).all():
            break
        used = used[leverage < 1 - 1e-6]
    if not len(used):
        return Fit(*(np.zeros(0, kind) for kind in (int, float, float, float, int)), np.zeros((0, 0)))
    effects = inverse @ told
    pulls = inverse * ((told - within @ effects) / (1 - leverage))
    effects = np.append(0, effects)
    pulls = np.vstack([np.zeros(len(used)), pulls]) - pulls.sum(axis=0) / len(effects)
    articles = np.bincount(who[1])
    freedom = np.minimum(articles - 1, len(used) - len(event[0]) - len(who[0]) + 1).clip(min=2)
    return Fit(who[0], effects - effects.mean(), np.sqrt((pulls**2).sum(axis=1)), freedom, used, pulls)


def _centred(column: np.ndarray, event: np.ndarray) -> np.ndarray:
    return column - (np.bincount(event, column) / np.bincount(event))[event]


def _comparable(codes: np.ndarray, events: np.ndarray) -> np.ndarray:
    """Which articles bear on a comparison: of an outlet that shares enough events, on an event that is shared.

    What remains is one net in which every outlet can be reached from every other, the one with most articles. Where
    there is only one event, three articles do instead of three events.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    kept, before, one = np.ones(len(codes), bool), -1, len(np.unique(events)) == 1
    while kept.any() and kept.sum() != before:
        before = kept.sum()
        total = codes.max() + 1
        counts = _shared(codes[kept], events[kept], total)
        enough = (np.bincount(codes[kept], minlength=total) if one else counts) >= SHARED
        kept &= enough[codes] & (events >= 0)
        told = np.unique(np.column_stack([codes, events])[kept], axis=0)
        kept &= np.bincount(told[:, 1], minlength=events.max() + 1)[events] > 1
        if kept.any():
            edges = (np.ones(kept.sum()), (codes[kept], total + events[kept]))
            groups = connected_components(coo_array(edges, shape=(total + events.max() + 1,) * 2), directed=False)[1]
            kept &= groups[codes] == np.bincount(groups[codes[kept]]).argmax()
    return kept


def _pool(fit: Fit) -> pd.DataFrame:
    """Partial pooling of the effects, the spread between outlets integrated out: pooled, low, high, p by outlet code.

    Errors are widened from the normal to Student's distribution first: those of few articles are guesses themselves.
    p is twice the smaller chance that the effect is on the other side of 0, so that it agrees with the interval.
    """
    from scipy.special import ndtr, stdtrit

    x, variance = fit.effects, (fit.errors * stdtrit(fit.freedom, 0.975) / 1.959964) ** 2
    top = max(3 * np.abs(x).max(initial=0), np.sqrt(variance.max(initial=0)))
    if top == 0:
        return pd.DataFrame({"pooled": 0.0, "low": 0.0, "high": 0.0, "p": 1.0}, index=fit.outlets)
    variance = np.maximum(variance, (top * 1e-6) ** 2)
    spread = (np.linspace(0, top, STEPS) ** 2)[:, None]
    weight = -0.5 * (np.log(variance + spread) + x**2 / (variance + spread)).sum(axis=1)
    weight = np.exp(weight - weight.max())
    weight = (weight / weight.sum())[:, None]
    middle, deviation = x * spread / (variance + spread), np.sqrt(variance * spread / (variance + spread))

    def below(at: np.ndarray) -> np.ndarray:
        """The chance of a value at most `at`, under each spread a normal distribution or a point."""
        with np.errstate(divide="ignore", invalid="ignore"):
            under = np.where(deviation > 0, ndtr((at - middle) / deviation), at >= middle)
        return (weight * under).sum(axis=0)

    low, high = np.full((2, len(x)), -2 * top), np.full((2, len(x)), 2 * top)
    for _ in range(50):
        half = (low + high) / 2
        less = [below(half[0]) < 0.025, below(half[1]) < 0.975]
        low, high = np.where(less, half, low), np.where(less, high, half)
    ends = (low + high) / 2
    under, point = below(np.zeros(len(x))), weight[0]  # without any spread every effect is 0, on either side
    p = np.clip(2 * np.minimum(under, 1 - under + point), 0, 1)
    found = {"pooled": (weight * middle).sum(axis=0), "low": ends[0], "high": ends[1], "p": p}
    return pd.DataFrame(found, index=fit.outlets)
