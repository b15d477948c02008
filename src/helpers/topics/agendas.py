"""Who covers what, and when: shares of topics by outlet and period, how far agendas are apart, what nobody prints."""

import numpy as np
import pandas as pd

from .. import stats

COVERS = 0.1  # the share of a topic in an article from which the article covers it


def coverage(shares: pd.DataFrame, groups: pd.DataFrame, *, seed: int, least: int) -> pd.DataFrame:
    """Mean share of each topic in each group of articles, with the 95 % interval that resamples articles.

    `shares` has a row an article, `groups` the same index and a column for each grouping (outlet, period, or both).
    Returns the group columns and topic, mean, low, high, articles, enough (at least `least` articles).
    """
    by = list(groups)
    long = groups.join(shares).melt(by, list(shares), var_name="topic", value_name="share")
    table = stats.means(long.dropna(subset=by), [*by, "topic"], of="share", seed=seed, least=least)
    return table.astype({"enough": bool})  # of an empty table too


def periods(published: pd.Series, *, least: int) -> pd.Series:
    """The month of each day, or the quarter or year where most months have too little; unknown days stay unknown.

    Taken is the shortest of the three in which three quarters of the articles stand in periods of `least` or more.
    """
    for frequency in ("M", "Q", "Y"):
        found = published.dt.to_period(frequency)
        if (found.map(found.value_counts()) >= least).sum() >= 0.75 * found.notna().sum():
            break
    return found


def period_name(period: pd.Period) -> str:
    """A period in words.

    >>> [period_name(pd.Period("2024-05", frequency)) for frequency in "MQY"]
    ['May 2024', '2024 Q2', '2024']
    """
    return period.strftime({"M": "%B %Y", "Q": "%Y Q%q"}.get(period.freqstr[0], "%Y"))


def leading(shares: pd.DataFrame, groups: pd.DataFrame, *, least: int) -> pd.DataFrame:
    """The largest topic of each group of at least `least` articles: the group columns, topic and mean share."""
    grouped = shares.loc[groups.index].groupby([groups[column] for column in groups])
    means, sizes = grouped.mean(), grouped.size()
    rows = [(*name, row.idxmax(), row.max()) for name, row in means[sizes >= least].iterrows()]
    return pd.DataFrame(rows, columns=[*groups, "topic", "mean"])


def distances(shares: pd.DataFrame, groups: pd.Series, *, seed: int, draws: int = 1000) -> pd.DataFrame:
    """How far apart the agendas of each two groups are, against what chance does to groups of their sizes.

    Jensen-Shannon distance of mean shares (Endres and Schindelin, 2003), 0 for the same agenda to 1 for nothing in
    common. Returns first, second, distance, chance (its mean when articles are dealt out anew among all groups),
    p (share of these deals with at least the distance) and q (p adjusted for the number of pairs), farthest first.
    """
    names, codes = np.unique(groups.loc[shares.index].to_numpy(str), return_inverse=True)
    values, rng = shares.to_numpy(float), np.random.default_rng(seed)
    pairs = np.triu_indices(len(names), 1)
    found = _apart(values, codes, len(names))[pairs]
    dealt = np.array([_apart(values, rng.permutation(codes), len(names))[pairs] for _ in range(draws)])
    p = (1 + (dealt >= found - 1e-12).sum(axis=0)) / (1 + draws)
    table = pd.DataFrame({"first": names[pairs[0]], "second": names[pairs[1]], "distance": found})
    table = table.assign(chance=dealt.mean(axis=0), p=p, q=stats.adjusted(p))
    return table.sort_values(["distance", "first", "second"], ascending=[False, True, True], ignore_index=True)


def silences(shares: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    """Topics that a group never covers though more than half of the other groups do.

    Covering is an article of which a tenth or more is about the topic. Returns group, topic, others (groups that
    cover it), of (other groups), articles (of the group) and chance: of none, if the group covered the topic as often
    as the others together; the least likely silences first.
    """
    covers = shares >= COVERS
    groups = groups.loc[shares.index]
    counts, sizes = covers.groupby(groups).sum(), groups.value_counts()
    rows = []
    for group, row in counts.iterrows():
        others = counts.drop(index=group)
        spread, rate = (others > 0).sum(), others.sum() / max(1, len(shares) - sizes[group])
        rows += [
            (group, topic, int(spread[topic]), len(others), int(sizes[group]), (1 - rate[topic]) ** sizes[group])
            for topic in shares
            if row[topic] == 0 and spread[topic] > len(others) / 2
        ]
    table = pd.DataFrame(rows, columns=["group", "topic", "others", "of", "articles", "chance"])
    return table.sort_values(["chance", "group", "topic"], ignore_index=True)


def _apart(values: np.ndarray, codes: np.ndarray, groups: int) -> np.ndarray:
    """Jensen-Shannon distances between the mean rows of all groups."""
    means = np.zeros((groups, values.shape[1]))
    np.add.at(means, codes, values)
    means /= means.sum(axis=1, keepdims=True)
    middle = (means[:, None] + means) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        gain = np.nan_to_num(means[:, None] * np.log2(means[:, None] / middle)).sum(axis=2)
    return np.sqrt(np.maximum((gain + gain.T) / 2, 0))
