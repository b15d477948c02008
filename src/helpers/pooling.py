"""Outlets compared fairly: the event told taken out, errors that hold for unequal noise, small outlets pooled."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from . import InputError, stats

SHARED = 3  # events an outlet must share with others before it can be compared with them
COLUMNS = ["outlet", "articles", "events", "mean", "plain", "plain_low", "plain_high"]
POOLED = ["effect", "error", "pooled", "low", "high", "p", "q", "comparable", "note"]
STEPS = 101  # of the grid over the spread between outlets


class Fit(NamedTuple):
    """Outlets that can be compared: their codes, effects against their average, errors, degrees of freedom."""

    outlets: np.ndarray
    effects: np.ndarray
    errors: np.ndarray
    freedom: np.ndarray


def outlets(values: pd.DataFrame, *, of: str = "value") -> pd.DataFrame:
    """Each outlet against the average of all, as its articles stand and with the event told taken out.

    `values` has one row an article, copies already removed: outlet, event ("" where unknown) and the number `of`.
    Returns one row an outlet: articles, events (shared with another outlet), mean, plain (mean less the average of the
    outlets' means, with Student's interval), effect and error (least squares with event effects, HC3: MacKinnon and
    White, 1985), pooled, low, high and p (effects drawn together as far as they agree, the spread between outlets
    integrated out on a grid: Gelman, 2006), q (Benjamini and Hochberg, 1995), comparable, and a note that says why
    not. Where no article has an event, nothing is taken out and the note says so. Raises InputError for a missing
    column.
    """
    table, y, codes, events = _coded(values, of)
    names = table.outlet.unique()
    shared = _shared(codes, events, len(names))
    found = _plain(table, of).assign(events=shared)
    known = bool((events >= 0).any())
    if len(names) == 0:
        return pd.DataFrame(columns=[*COLUMNS, *POOLED])
    fit = _fit(y, codes, events)
    pooled = pd.DataFrame(index=range(len(names)), columns=POOLED[:-2], dtype=float)
    pooled.loc[fit.outlets, POOLED[:-3]] = np.column_stack([fit.effects, fit.errors, *_pool(fit)])
    pooled.loc[fit.outlets, "q"] = stats.adjusted(pooled.p[fit.outlets].to_numpy())
    pooled["comparable"] = np.isin(np.arange(len(names)), fit.outlets)
    few = f"not comparable: shares fewer than {SHARED} events with the others" if known else "not comparable: too few"
    pooled["note"] = np.where(pooled.comparable, "" if known else "events unknown, none taken out", few)
    if len(names) == 1:
        pooled["note"] = "not comparable: the only outlet"
    return pd.concat([found[COLUMNS], pooled], axis=1)


def influence(values: pd.DataFrame, *, of: str = "value", unit: str = "event") -> pd.DataFrame:
    """How far each outlet's pooled effect moves when one event, or one article (`unit` "doc"), is left out.

    Returns one row a comparable outlet: pooled, left_out (the event or article whose absence moves it most), without
    (the effect then; missing where the outlet can no longer be compared), change, and turns (whether its interval
    leaves or reaches 0 by it).
    """
    table, y, codes, events = _coded(values, of)
    if unit not in table:
        raise InputError(f"values: lacks the column {unit}; leave out events, or give each article its {unit}")
    names, start = table.outlet.unique(), _effects(y, codes, events)
    worst: dict[int, tuple] = {code: ("", start[code][0], -1.0, False) for code in start}
    for name, rest in _without(table[unit].fillna("").astype(str).to_numpy()):
        now = _effects(y[rest], codes[rest], events[rest])
        for code, (pooled, low, high) in start.items():
            other = now.get(code, (np.nan,) * 3)
            change = abs(other[0] - pooled)
            size = np.inf if np.isnan(change) else change
            if size > worst[code][2]:
                turns = bool(np.isnan(change) or (low <= 0 <= high) != (other[1] <= 0 <= other[2]))
                worst[code] = (name, other[0], size, turns)
    rows = [(names[c], start[c][0], name, to, to - start[c][0], turns) for c, (name, to, _, turns) in worst.items()]
    return pd.DataFrame(rows, columns=["outlet", "pooled", "left_out", "without", "change", "turns"])


def _coded(values: pd.DataFrame, of: str) -> tuple[pd.DataFrame, np.ndarray, np.ndarray, np.ndarray]:
    """The articles with a value, sorted by outlet; their values, and codes of outlets and events (-1: unknown)."""
    if missing := [name for name in ("outlet", "event", of) if name not in values]:
        raise InputError(
            f"values: lacks the column {', '.join(missing)}; give one row an article with outlet and event"
        )
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
    from statsmodels.regression.linear_model import OLS

    if not (events >= 0).any():
        events = np.zeros(len(y), int)
    kept = np.arange(len(y))
    while len(kept := kept[_comparable(codes[kept], events[kept])]):
        who, event = (np.unique(part[kept], return_inverse=True) for part in (codes, events))
        size = np.bincount(event[1])[event[1]]
        # The first outlet is the one the others are measured from, until all are measured from their average.
        within = [_centred((who[1] == code).astype(float), event[1]) for code in range(1, len(who[0]))]
        model = OLS(_centred(y[kept], event[1]), np.column_stack(within)).fit()
        leverage = np.einsum("ij,ji->i", model.model.exog, model.model.pinv_wexog) + 1 / size
        if (leverage < 1 - 1e-6).all():
            break
        kept = kept[leverage < 1 - 1e-6]
    if not len(kept):
        return Fit(*(np.zeros(0, kind) for kind in (int, float, float, float)))
    effects, scores = np.append(0, model.params), model.model.pinv_wexog * (model.resid / (1 - leverage))
    scores = np.vstack([np.zeros(len(kept)), scores]) - scores.sum(axis=0) / len(effects)
    articles = np.bincount(who[1])
    freedom = np.minimum(articles - 1, len(kept) - len(event[0]) - len(who[0]) + 1).clip(min=2)
    return Fit(who[0], effects - effects.mean(), np.sqrt((scores**2).sum(axis=1)), freedom)


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


def _pool(fit: Fit) -> Iterator[np.ndarray]:
    """Mean, both ends of the 95 % interval, and p of every effect, the spread between outlets integrated out.

    Errors are widened from the normal to Student's distribution first: those of few articles are guesses themselves.
    p is twice the smaller chance that the effect is on the other side of 0, so that it agrees with the interval.
    """
    from scipy.special import ndtr, stdtrit

    x, variance = fit.effects, (fit.errors * stdtrit(fit.freedom, 0.975) / 1.959964) ** 2
    top = max(3 * np.abs(x).max(initial=0), np.sqrt(variance.max(initial=0)))
    if top == 0:
        yield from (np.zeros(len(x)), np.zeros(len(x)), np.zeros(len(x)), np.ones(len(x)))
        return
    variance = np.maximum(variance, (top * 1e-6) ** 2)
    spread = (np.linspace(0, top, STEPS) ** 2)[:, None]
    weight = -0.5 * (np.log(variance + spread) + x**2 / (variance + spread)).sum(axis=1)
    weight = np.exp(weight - weight.max())
    weight = (weight / weight.sum())[:, None]
    middle, deviation = x * spread / (variance + spread), np.sqrt(variance * spread / (variance + spread))
    below = lambda at: (weight * _under(at, middle, deviation, ndtr)).sum(axis=0)  # noqa: E731
    yield (weight * middle).sum(axis=0)
    for chance in (0.025, 0.975):
        low, high = np.full(len(x), -2 * top), np.full(len(x), 2 * top)
        for _ in range(50):
            half = (low + high) / 2
            less = below(half) < chance
            low, high = np.where(less, half, low), np.where(less, high, half)
        yield (low + high) / 2
    point = weight[0]  # no spread at all: every effect is exactly 0, on either side
    under = below(np.zeros(len(x)))
    yield np.clip(2 * np.minimum(under, 1 - under + point), 0, 1)


def _under(at: np.ndarray, middle: np.ndarray, deviation: np.ndarray, ndtr: np.ufunc) -> np.ndarray:
    """The chance of a value at most `at`, of a normal distribution or of one that is a point."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(deviation > 0, ndtr((at - middle) / deviation), at >= middle)


def _effects(y: np.ndarray, codes: np.ndarray, events: np.ndarray) -> dict[int, tuple[float, float, float]]:
    fit = _fit(y, codes, events)
    return {int(c): row[:3] for c, *row in zip(fit.outlets, *_pool(fit), strict=True)}


def _without(units: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    for name in sorted(set(units) - {""}):
        yield name, units != name
