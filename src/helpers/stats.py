"""Numbers with their uncertainty: intervals, association with chance, and groups of articles compared by shuffling."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from . import InputError

__all__ = ["compare", "interval", "wilson"]
__dir__ = __all__.copy  # what Tab completion offers
MIN_ARTICLES = 8  # a group of fewer is shown and not compared
SURE = 0.05  # p below which a difference is told
SHUFFLES = 4999
ROOM = 2_000_000  # numbers that are shuffled at a time
TIE = 1e-9  # what rounding may put between equal sums, in units of their standard deviation
OFTEN = 0.8416  # the quantile of the normal distribution below which four in five lie
COMPARED = ["measure", "group", "articles", "compared", "here", "others", "effect", "error", "t", "low", "high", "p"]
NUMBERS = ["here", "others", "effect", "error", "t", "moves", "widens"]  # the last two for `_needed`


class Comparison(NamedTuple):
    """Groups of articles compared in one question, of one or more measures.

    table: a row a measure and group, with articles (that share a stratum with another group), compared (whether they
    are enough), here and others (means in which a stratum of n articles, k of the group, counts by k (n - k) / n),
    effect (here less others), error and t (its standard deviation over the shuffles, and |effect| in units of it), low
    and high (95 % for all groups and measures together: 0 is outside where p is below .05), p.
    p: the chance of such differences among groups that are alike; shared: articles that share their stratum with
    another group, by any measure; alone: those that do not, and so say nothing; size: the difference that a typical
    group must have to be named four times in five; cannot: why nothing is compared, or "".
    """

    table: pd.DataFrame
    p: float = 1.0
    shared: int = 0
    alone: int = 0
    size: float = np.nan
    cannot: str = ""
    raw: float = 1.0  # p before it is corrected for several sets of measures and several questions
    largest: tuple[np.ndarray, ...] = ()  # for each set of measures the largest t of each shuffle, sorted
    squares: tuple[np.ndarray, ...] = ()  # and the sum of squared t, sorted

    @property
    def usual(self) -> float:
        """The size of a typical difference: the median over all groups and measures that are compared."""
        return float(self.table.effect[self.table.compared].abs().median()) if self.largest else np.nan

    @property
    def named(self) -> pd.DataFrame:
        """The rows that differ beyond chance, the surest first, of these the largest."""
        rows = self.table[self.table.p < SURE]
        return rows.iloc[np.lexsort((-rows.t.round(9), rows.p))]


def compare(
    values: pd.DataFrame | pd.Series, groups: pd.Series, within: pd.Series | None = None, *,
    min_articles: int = MIN_ARTICLES, seed: int = 7, shuffles: int = SHUFFLES,
) -> Comparison:  # fmt: skip
    """Compare groups of articles by shuffling their labels within strata, such as the articles that tell one event.

    `values` has a row an article and a column a measure, missing values allowed; `groups` and `within` have the group
    and the stratum of each row, in the same order, "" or missing for none; without `within` all are one stratum. If
    groups are alike, an article could be of any group of its stratum: p of the whole is that of the squared differences
    summed over groups and measures, or for several measures, among which a single difference is lost, of that or of the
    largest, whichever is rarer among the shuffles; p of a group is that of the largest difference of any group in any
    measure (Westfall and Young, 1993), and at least that of the whole. Each difference is divided by its standard
    deviation over all shuffles, never by the variance of the group's own values: equal values have none. Measures known
    for other articles are shuffled apart, and p multiplied by the number of such sets.

    >>> tone = pd.DataFrame({"tone": [0.1, 0.2, 0.3, 0.8, 0.9, 1.0] * 3})
    >>> compare(tone, pd.Series(["A", "A", "A", "B", "B", "B"] * 3)).named.group.tolist()
    ['A', 'B']
    """
    values = pd.DataFrame(values)
    numbers, groups = values.to_numpy(float, na_value=np.nan), _text(groups)
    strata = np.full(len(groups), "all") if within is None else _text(within)
    if not len(values) == len(groups) == len(strata):
        raise InputError(
            f"{len(values)} articles, {len(groups)} groups, {len(strata)} strata: give one for each article"
        )
    rng, sets, parts = np.random.default_rng(seed), {}, []
    known, shared = np.zeros((2, len(groups)), bool)
    for column, there in enumerate(~np.isnan(numbers.T)):
        sets.setdefault(there.tobytes(), []).append(column)
    for columns in sets.values():
        rows = np.flatnonzero(~np.isnan(numbers[:, columns[0]]) & (groups != ""))
        held = rows[_sharing(groups[rows], strata[rows])]
        known[rows] = shared[held] = True
        asked = values.iloc[held, columns], np.unique(groups[rows]), groups[held], strata[held]
        parts.append(_shuffled(*asked, min_articles, rng, shuffles))
    if not parts:
        return Comparison(pd.DataFrame(columns=COMPARED), cannot="there is nothing to compare")
    whole = _joined(parts)._replace(shared=int(shared.sum()), alone=int((known & ~shared).sum()))
    if not whole.largest:
        return whole._replace(cannot=f"fewer than two have {min_articles} articles to compare")
    return _counted(whole, 1, 0, 1)


def corrected(questions: dict[str, Comparison]) -> dict[str, Comparison]:
    """The questions of one page with p and intervals that count for all of them (Holm, 1979)."""
    found, least, sought = dict(questions), 0.0, 0
    asked = sorted((name for name, each in questions.items() if each.largest), key=lambda name: questions[name].raw)
    for rank, name in enumerate(asked):
        sought = len(asked) - rank if least < SURE else sought  # had it been found, it would have come that early
        found[name] = _counted(questions[name], len(asked) - rank, least, sought)
        least = found[name].p
    return found


def _counted(found: Comparison, questions: int, least: float, sought: int) -> Comparison:
    """A comparison as one of so many questions: its p at least `least`, its intervals in agreement with p.

    Its size is that of a finding among the `sought` questions in which nothing, or only it, was found.
    """
    table, sets, whole = found.table, len(found.largest), min(1.0, max(least, questions * found.raw))
    names = ("effect", "error", "t", "moves", "widens", "block", "compared")
    effect, error, t, moves, widens, block, compared = (table[name].to_numpy() for name in names)
    p, limit, needed = np.ones((3, len(table)))
    for number, (largest, squares) in enumerate(zip(found.largest, found.squares, strict=True)):
        rows, total = block == number, len(largest)
        above = total - np.searchsorted(largest, t[rows] - TIE)
        p[rows] = questions * sets * (1 + above) / (1 + total)
        limit[rows] = largest[min(total - 1, _last(total, questions * sets))]
        either = table.measure[rows & (error > 0)].nunique() > 1
        needed[rows] = _needed(largest, squares, sought * sets, moves[rows], widens[rows], either=either)
    p = np.where(compared, np.clip(p, whole, 1.0), np.nan)
    low, high, sure = effect - limit * error, effect + limit * error, p < SURE
    low, high = np.where(sure, low, np.minimum(low, 0)), np.where(sure, high, np.maximum(high, 0))
    able = compared & (error > 0)
    size = pd.Series(needed[able] * error[able]).median()
    size = float(size) if np.isfinite(size) else np.nan
    return found._replace(table=table.assign(low=low, high=high, p=p), p=whole, size=size)


def _last(total: int, times: int) -> int:
    """Which of so many sorted shuffles is the last that a finding must pass, where its p is multiplied by `times`."""
    return total - int(np.ceil(SURE * (1 + total) / times - 1))


def _whole(largest: np.ndarray, squares: np.ndarray) -> float:
    """The chance of the last of deals, by its sum of squared t, or its largest t where that is given and rarer."""
    ranks = [len(each) - np.searchsorted(np.sort(each), each - TIE) for each in (squares, largest) if len(each)]
    rarer = np.min(ranks, axis=0)
    return float((rarer <= rarer[-1]).mean())


def _needed(
    largest: np.ndarray, squares: np.ndarray, times: int, moves: np.ndarray, widens: np.ndarray, *, either: bool
) -> np.ndarray:
    """How large the effect of each row must be, in units of its error, to be named four times in five.

    Its t must pass the largest t of nearly all shuffles, p being multiplied by `times`; and the sum of squares, which
    grows with the square of the effect by `moves`, must do so too, or where `either` does, the sum or t pass those of
    even more. An effect also widens its own error, by `widens`. Infinite: never named.
    """
    passes, last = (_last(len(largest), each * times) for each in (1, 1 + either))
    if last >= len(largest):
        return np.full(len(moves), np.inf)
    far, moves = squares[last] - squares.mean(), np.maximum(moves, 1e-9)
    middle = far + 2 * OFTEN**2 * moves
    passed = (middle + np.sqrt(np.maximum(middle**2 - far**2 + OFTEN**2 * squares.var(), 0))) / moves
    passed = np.sqrt(np.maximum(passed, 0))
    t = np.maximum(largest[passes] + OFTEN, np.minimum(largest[last] + OFTEN, passed) if either else passed)
    with np.errstate(divide="ignore"):
        return t / np.sqrt(np.maximum(1 - widens * t**2, 0))


def _text(names: pd.Series) -> np.ndarray:
    """The names of groups or strata as text, whatever they are, "" for a missing one."""
    known = pd.Series(names).notna().tolist()
    return np.array([str(name) if there else "" for name, there in zip(names, known, strict=True)], dtype=str)


def _sharing(groups: np.ndarray, strata: np.ndarray) -> np.ndarray:
    """Which articles share their stratum with one of another group."""
    who, place = (np.unique(names, return_inverse=True)[1] for names in (groups, strata))
    told = np.unique(np.column_stack([place, who]), axis=0)
    return (np.bincount(told[:, 0])[place] > 1) & (strata != "")


class _Part(NamedTuple):
    """Measures that are known for the same articles: rows of the table, p of the whole, and what shuffles brought."""

    rows: dict[str, np.ndarray]
    raw: float = 1.0
    largest: np.ndarray = np.array([])
    squares: np.ndarray = np.array([])


def _shuffled(
    values: pd.DataFrame, names: np.ndarray, groups: np.ndarray, strata: np.ndarray, min_articles: int,
    rng: np.random.Generator, times: int,
) -> _Part:  # fmt: skip
    """Compare groups by measures that are known for the same articles; p and intervals are left to `_counted`.

    Articles are put in an order of their own first, so that the same ones in any order give the same numbers.
    """
    from scipy.sparse import csr_array

    who, place = np.searchsorted(names, groups), np.unique(strata, return_inverse=True)[1]
    raw, measures = values.to_numpy(float), values.columns.to_numpy(object)
    order = np.lexsort((*raw.T, who, place))
    who, place, raw = who[order], place[order], raw[order]
    articles = np.bincount(who, minlength=len(names))
    compared = (articles >= min_articles) & ((articles >= min_articles).sum() > 1)
    rows = {"measure": np.repeat(measures, len(names)), "group": np.tile(names, len(measures))}
    rows |= {"articles": np.tile(articles, len(measures)), "compared": np.tile(compared, len(measures))}
    if not compared.any():
        return _Part(rows | dict.fromkeys(NUMBERS, np.full(len(rows["group"]), np.nan)))
    n, each = np.bincount(place), np.arange(len(order))
    by_place = csr_array((np.ones(len(order)), (place, each)), shape=(len(n), len(order)))
    by_group = csr_array((np.ones(len(order)), (who, each)), shape=(len(names), len(order)))
    apart = raw - (by_place @ raw / n[:, None])[place]
    apart[np.abs(apart) <= 1e-12 * np.abs(raw).max(axis=0, initial=0)] = 0  # what rounding leaves of equal values
    cells = by_group @ by_place.T  # k articles of each group in each stratum
    k, of = cells.data, n[cells.indices]
    held = csr_array((k * (of - k) / (of - 1), cells.indices, cells.indptr), shape=cells.shape)
    deviation = np.sqrt(held @ (by_place @ apart**2 / n[:, None]))  # exact: sums of draws without replacement
    part = 1 - np.asarray(cells[who, place]).ravel() / n[place]
    weight = np.where(articles > 0, np.bincount(who, part, len(names)), np.nan)[:, None]
    sums, unit = by_group @ apart, np.where(deviation > 0, deviation, np.inf)
    largest, squares = _dealt(apart, place, who, compared, unit[compared], rng, times)
    here, effect, t = by_group @ (part[:, None] * raw) / weight, sums / weight, np.abs(sums) / unit
    most = np.append(largest, t[compared].max()) if (deviation > 0).any(axis=0).sum() > 1 else np.array([])
    p = _whole(most, np.append(squares, (t[compared] ** 2).sum()))
    shift = (cells @ (cells / n).T).toarray()  # what one group's effect takes from the sums of the others
    shift[np.diag_indices_from(shift)] = weight[:, 0]
    moves = (deviation / weight) ** 2 * ((shift**2)[:, compared] @ unit[compared] ** -2)
    cells.data = (k * (of - k) / of) ** 2 / (of - 1)
    widens = np.broadcast_to(cells.sum(axis=1)[:, None] / weight**2, sums.shape)
    found = here, here - effect, effect, deviation / weight, t, moves, widens
    rows |= {name: numbers.T.ravel() for name, numbers in zip(NUMBERS, found, strict=True)}
    return _Part(rows, p, np.sort(largest), np.sort(squares))


def _joined(parts: list[_Part]) -> Comparison:
    """All measures in one table, whose `block` tells which set of shuffles is theirs."""
    able = [part for part in parts if len(part.largest)]
    block = np.cumsum([len(part.largest) > 0 for part in parts]) - 1
    rows = {name: np.concatenate([part.rows[name] for part in parts]) for name in parts[0].rows}
    table = pd.DataFrame(rows | {"block": np.repeat(block, [len(part.rows["t"]) for part in parts])})
    raw = min(1.0, len(able) * min((part.raw for part in able), default=1.0))
    largest, squares = (tuple(getattr(part, name) for part in able) for name in ("largest", "squares"))
    return Comparison(table.assign(low=np.nan, high=np.nan, p=np.nan), raw=raw, largest=largest, squares=squares)


def _dealt(
    apart: np.ndarray, place: np.ndarray, who: np.ndarray, compared: np.ndarray, unit: np.ndarray,
    rng: np.random.Generator, times: int,
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Deal articles to groups within strata many times: the largest t and the sum of squared t of each deal.

    `apart` are values less the mean of their stratum, `place` the strata in order, `unit` the standard deviations.
    """
    from scipy.sparse import csr_array

    slots, counts = np.argsort(who, kind="stable"), np.bincount(who, minlength=len(compared))[compared]
    slots, starts = slots[compared[who[slots]]], np.cumsum(counts) - counts
    many, found = max(1, ROOM // max(len(who), unit.size)), []
    for first in range(0, times, many):
        draws = min(many, times - first)
        dealt = np.argsort(place + rng.random((draws, len(who))), axis=1)[:, slots]
        begins = np.append((np.arange(draws)[:, None] * len(slots) + starts).ravel(), dealt.size)
        pick = csr_array((np.ones(dealt.size), dealt.ravel(), begins), shape=(len(begins) - 1, len(who)))
        t = ((pick @ apart).reshape(draws, *unit.shape) / unit).reshape(draws, -1)
        found.append((np.abs(t).max(axis=1), (t**2).sum(axis=1)))
    return tuple(np.concatenate(each) for each in zip(*found, strict=True))


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


def _tails(n: int) -> tuple[float, float]:
    """The two quantiles of a bootstrap of n values that make its 95 % interval as wide as Student's."""
    from scipy.special import ndtr, stdtrit

    low = ndtr(-np.sqrt(n / (n - 1)) * stdtrit(n - 1, 0.975))
    return low, 1 - low


def above(values: pd.Series, groups: pd.Series, within: pd.Series) -> pd.Series:
    """How often a value of each group is above one of another group in its stratum, a tie counting half.

    Strata weigh as in `compare`; "" or missing is no group and no stratum.
    """
    rows = pd.DataFrame({"value": values, "group": groups, "place": within}).replace("", np.nan).dropna()
    place = rows.groupby("place").value
    n, k = place.transform("size"), rows.groupby(["place", "group"]).value.transform("size")
    won, pairs = (place.rank() - (k + 1) / 2) / n, (n - k) / n
    return won.groupby(rows.group).sum() / pairs.groupby(rows.group).sum().replace(0, np.nan)


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


def wilson(times: pd.Series, tries: int | np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The 95 % score interval of a share (Wilson, 1927).

    >>> low, high = wilson(pd.Series([5]), 10)
    >>> round(float(low[0]), 2), round(float(high[0]), 2)
    (0.24, 0.76)
    """
    z, n = 1.959964, np.maximum(1, np.asarray(tries, float))
    share = np.asarray(times, float) / n
    centre, half = share + z**2 / (2 * n), z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return np.maximum(0, centre - half) / (1 + z**2 / n), (centre + half) / (1 + z**2 / n)


def adjusted(p: np.ndarray) -> np.ndarray:
    """P-values corrected for many comparisons by the false discovery rate (Benjamini and Hochberg, 1995).

    >>> adjusted(np.array([0.01, 0.04])).tolist()
    [0.02, 0.04]
    """
    from scipy.stats import false_discovery_control

    return false_discovery_control(p) if len(p) else np.asarray(p, float)
