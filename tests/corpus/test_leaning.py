"""What hangs on one event: leaving it out against comparing again, and which differences are gone without it."""

import numpy as np
import pandas as pd
import pytest

from helpers import stats
from helpers.corpus import questions


def drawn(seed):
    """Values with groups, strata and units of which some are unknown."""
    rng = np.random.default_rng(seed)
    values = pd.Series(rng.normal(size=60)).where(rng.random(60) > 0.1)
    labels = [[*"ABCD"], [*"xyz", ""], [*"efghi", "", *map(str, range(9))]]
    return values, *(pd.Series(rng.choice(each, 60)) for each in labels)


@pytest.mark.parametrize("seed", range(8))
def test_what_is_left_out_changes_the_effect_as_comparing_again_does(seed):
    values, groups, within, units = drawn(seed)

    def effects(stay):
        found = stats.compare(values[stay].to_frame(), groups[stay], within[stay], min_articles=1, shuffles=9).table
        return found[found.articles > 0].set_index("group").effect

    moves, start = stats.left_out(values, groups, within, units), effects(values.notna())
    assert len(moves) > 20
    for row in moves.itertuples():
        again = effects(units != row.left_out).get(row.group, np.nan)
        assert (row.effect, row.without) == (pytest.approx(start[row.group]), pytest.approx(again, nan_ok=True))


@pytest.mark.parametrize("empty", ["values", "groups", "within", "units"])
def test_nothing_to_leave_out_is_an_empty_table(empty):
    parts = dict(zip(["values", "groups", "within", "units"], drawn(1), strict=True))
    parts[empty] = pd.Series(np.nan if empty == "values" else "", range(60))
    assert stats.left_out(**parts).columns.tolist() == ["group", "left_out", "effect", "without"]
    assert stats.left_out(**parts).empty


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
