"""What hangs on one event: which differences are gone without it; and how often one group is above another."""

import numpy as np
import pandas as pd
import pytest

from helpers import stats
from helpers.corpus import questions


@pytest.mark.parametrize("seed", range(8))
def test_how_often_a_value_is_above_counts_pairs_within_strata(seed):
    rng = np.random.default_rng(seed)
    values = pd.Series(rng.integers(0, 9, 60).astype(float)).where(rng.random(60) > 0.1)
    groups, within = pd.Series(rng.choice([*"ABC", ""], 60)), pd.Series(rng.choice([*"xyz", ""], 60))
    rows = [row for row in zip(values, groups, within, strict=True) if row[0] == row[0] and row[1] and row[2]]
    found = stats.above(values, groups, within)
    for group in "ABC":
        won = pairs = 0.0
        for value, name, place in rows:
            size = sum(each[2] == place for each in rows)
            others = [each[0] for each in rows if each[1] != group and each[2] == place and name == group]
            won += sum((value > other) + (value == other) / 2 for other in others) / size
            pairs += len(others) / size
        assert found[group] == pytest.approx(won / pairs)


@pytest.mark.parametrize("empty", ["values", "groups", "within"])
def test_nothing_is_above_where_nothing_is_known(empty):
    parts = {"values": pd.Series([1.0, 2.0]), "groups": pd.Series([*"AB"]), "within": pd.Series([*"xx"])}
    parts[empty] = pd.Series([np.nan if empty == "values" else ""] * 2)
    assert stats.above(**parts).empty


def test_a_group_alone_in_its_strata_is_above_nobody():
    assert stats.above(pd.Series([1.0, 2.0]), pd.Series([*"AB"]), pd.Series([*"xy"])).isna().all()


@pytest.mark.parametrize(
    ("everywhere", "once", "named", "hangs"),
    [
        (0, 0, [], {}),  # what may be chance hangs on nothing
        (0.05, 0.3, [], {}),
        (0.08, 0.3, ["A"], {("tone", "A"): "e3"}),
        (0.1, 0.5, ["A"], {}),
    ],
)
def test_a_difference_hangs_on_an_event_without_which_it_is_within_chance(everywhere, once, named, hangs):
    rows = [(outlet, f"e{event}") for event in range(12) for outlet in "AABBCC"]
    documents = pd.DataFrame(rows, columns=["outlet", "event"])
    documents = documents.assign(doc=[f"d{n}" for n in documents.index], published=pd.Timestamp("2024-01-01"))
    far = (documents.outlet == "A") * (everywhere + once * (documents.event == "e3"))
    tone = np.random.default_rng(5).normal(0, 0.1, len(documents)) + far.to_numpy()
    page = {"tone": questions.ask(pd.DataFrame({"tone": tone}, documents.doc), documents)}
    assert questions.settled(page)["tone"].main.named.group.tolist() == named
    assert questions.leaning(page, "tone") == hangs


@pytest.mark.parametrize(
    ("outlets", "events", "why"),
    [
        ([""] * 20, "abcd", "no outlet is known"),
        (["A"] * 20, "abcd", "only one outlet is known"),
        ([*"AB"] * 7, "abcd", "fewer than 16 articles"),
        ([*"AB"] * 7 + [""] * 6, "abcd", "fewer than 16 articles of known outlet"),
        ([*"AB"] * 10, "a", "all articles tell one event"),
        ([*"AB"] * 10, "ab", ""),
    ],
)
def test_why_outlets_are_not_compared(outlets, events, why):
    facts = pd.DataFrame({"event": [events[n % len(events)] for n in range(len(outlets))]})
    assert questions.too_few(facts, pd.Series(outlets)) == why
