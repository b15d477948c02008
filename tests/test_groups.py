import numpy as np
import pandas as pd
import pytest

from helpers import InputError, stats


def corpus(seed, *, between=0.0, outlets=6, events=8, each=12):
    """Articles of several outlets on events that differ; and the outlets' true differences from their average."""
    rng = np.random.default_rng(seed)
    told, true = rng.normal(0, 0.3, events), rng.normal(0, between, outlets)
    rows = [
        (f"o{outlet}", f"e{event}", told[event] + true[outlet] + rng.normal(0, 0.1))
        for outlet in range(outlets)
        for event in rng.choice(events, each)
    ]
    table = pd.DataFrame(rows, columns=["outlet", "event", "value"])
    return table.assign(doc=[f"d{n}" for n in range(len(table))]), true - true.mean()


def test_no_difference_is_no_alarm_and_true_ones_are_covered():
    alarms, covered = [], []
    for seed in range(25):
        found = stats.outlets(corpus(seed)[0])
        alarms += [*((found.low > 0) | (found.high < 0))]
        table, true = corpus(seed, between=0.1)
        found = stats.outlets(table)
        covered += [*((found.low <= true) & (true <= found.high))]
    assert np.mean(alarms) <= 0.05
    assert np.mean(covered) >= 0.93


def test_effects_and_errors_are_those_of_least_squares_with_a_column_an_event():
    import statsmodels.api as sm

    table, _ = corpus(3, between=0.1)
    found = stats.outlets(table)
    design = pd.get_dummies(table[["outlet", "event"]], dtype=float).drop(columns=["event_e0"])
    model = sm.OLS(table.value, design).fit(cov_type="HC3")
    spread = np.zeros((6, design.shape[1]))
    spread[:, :6] = np.eye(6) - 1 / 6
    assert found.effect.to_numpy() == pytest.approx(spread @ model.params)
    assert found.error.to_numpy() == pytest.approx(np.sqrt(np.diag(spread @ model.cov_params() @ spread.T)))


def test_an_event_that_one_outlet_tells_more_often_is_not_that_outlet_s_tone():
    rows = [("a", "war", -0.5)] * 9 + [("a", "games", 0.5)] + [("b", "war", -0.5)] + [("b", "games", 0.5)] * 9
    rows += [(outlet, "talks", 0.0) for outlet in "ab"]
    table = pd.DataFrame(rows, columns=["outlet", "event", "value"])
    found = stats.outlets(table.assign(value=table.value + np.tile([0.01, -0.01], 11)))
    assert found.plain.abs().min() > 0.3
    assert found.pooled.abs().max() < 0.02


def test_pooling_draws_effects_together_and_agrees_with_its_p_values():
    found = stats.outlets(corpus(5, between=0.15)[0])
    assert (found.pooled.abs() <= found.effect.abs()).all()
    assert (found.q >= found.p).all()
    assert (((found.low > 0) | (found.high < 0)) == (found.p < 0.05)).all()


ROWS = [("a", "x", 0.1), ("b", "x", 0.3), ("a", "y", 0.2), ("b", "y", 0.1), ("a", "z", 0.4), ("b", "z", 0.0)]
DEGENERATE = [
    ("no article", [], []),
    ("one outlet", [("a", "x", 0.1), ("a", "y", 0.2)], ["only outlet"]),
    ("an outlet of one article", [*ROWS, ("c", "x", 0.9)], ["", "", "fewer than 3 events"]),
    ("an outlet alone with its events", [*ROWS, *(("c", f"own {n}", 0.9) for n in range(9))], ["", "", "fewer than 3"]),
    ("one event", [(o, "x", v) for o in "ab" for v in (0.1, 0.2, 0.3)], ["", ""]),
    ("no events known", [(o, "", v) for o in "ab" for v in (0.1, 0.2, 0.3)], ["events unknown"] * 2),
    ("one article each, no events", [("a", "", 0.1), ("b", "", 0.2)], ["too few"] * 2),
    ("events missing", [(o, None, v) for o in "ab" for v in (0.1, 0.2, 0.3)], ["events unknown"] * 2),
    ("all equal", [(o, e, 0.2) for o in "abc" for e in "xyz"], ["", "", ""]),
    ("no value", [("a", "x", np.nan), ("b", "x", np.nan)], []),
]


@pytest.mark.parametrize(("rows", "notes"), [case[1:] for case in DEGENERATE], ids=[case[0] for case in DEGENERATE])
def test_little_to_go_on_has_a_defined_answer(rows, notes):
    table = pd.DataFrame(rows, columns=["outlet", "event", "value"])
    found = stats.outlets(table)
    assert list(found) == [*stats.COLUMNS, *stats.POOLED]
    assert len(found) == len(notes)
    for note, wanted, able, p in zip(found.note, notes, found.comparable, found.p, strict=True):
        assert wanted in note and bool(note) == bool(wanted)
        assert able != note.startswith("not comparable") and able == (p >= 0)
    changes = stats.influence(table)
    assert set(changes.outlet) == set(found.outlet[found.comparable.astype(bool)])


def test_all_equal_is_no_difference():
    found = stats.outlets(
        pd.DataFrame([(o, e, 0.2) for o in "abc" for e in "xyz"], columns=["outlet", "event", "value"])
    )
    assert (found[["plain", "pooled", "low", "high"]].abs() < 1e-9).all(axis=None)
    assert (found.q == 1).all()


def test_two_groups_joined_by_one_article_are_not_compared_through_it():
    rng = np.random.default_rng(1)
    left = [(o, f"left {e}") for o in "abc" for e in range(5)]
    right = [(o, f"right {e}") for o in "de" for e in range(5)]
    table = pd.DataFrame([*left, *right, ("d", "left 0")], columns=["outlet", "event"])
    found = stats.outlets(table.assign(value=rng.normal(size=len(table)))).set_index("outlet")
    assert found.comparable.to_dict() == {"a": True, "b": True, "c": True, "d": False, "e": False}


def test_rows_in_any_order_give_the_same_bytes():
    table, _ = corpus(9, between=0.1)
    shuffled = table.sample(frac=1, random_state=4)
    pd.testing.assert_frame_equal(stats.outlets(table), stats.outlets(shuffled), check_exact=True)


def test_the_article_that_made_an_outlet_differ_is_named():
    table, _ = corpus(2, between=0.02)
    table.loc[table.index[table.outlet == "o3"][0], "value"] += 9
    found = stats.influence(table, unit="doc").set_index("outlet")
    odd = table.doc[table.value.idxmax()]
    assert found.left_out["o3"] == odd
    assert found.change["o3"] == pytest.approx(
        stats.outlets(table[table.doc != odd]).set_index("outlet").pooled["o3"] - found.pooled["o3"]
    )
    assert found.change["o3"] < -0.01


def without_each(table, unit):
    """The largest move of each outlet by refitting without every event or article, and what it is that is left out."""
    start = stats.outlets(table).set_index("outlet")
    start, worst = start.pooled[start.comparable], {}
    for name in sorted(table[unit].unique()):
        now = stats.outlets(table[table[unit] != name]).set_index("outlet").pooled
        for outlet, size in (now.reindex(start.index) - start).abs().fillna(np.inf).items():
            if size > worst.get(outlet, ("", -1))[1]:
                worst[outlet] = name, size
    return {outlet: name for outlet, (name, _) in worst.items()}


@pytest.mark.parametrize("unit", ["event", "doc"])
@pytest.mark.parametrize(("seed", "events", "each"), [(1, 8, 12), (2, 20, 8), (3, 12, 5), (4, 1, 4), (5, 9, 4)])
def test_leaving_out_the_few_that_pull_names_what_leaving_out_each_one_does(unit, seed, events, each):
    table, _ = corpus(seed, between=0.1, events=events, each=each)
    found = stats.influence(table, unit=unit)
    assert dict(zip(found.outlet, found.left_out, strict=True)) == without_each(table, unit)


def test_a_missing_column_is_named():
    with pytest.raises(InputError, match="lacks the column event, value"):
        stats.outlets(pd.DataFrame({"outlet": ["a"]}))
    with pytest.raises(InputError, match="lacks the column doc"):
        stats.influence(corpus(1)[0].drop(columns="doc"), unit="doc")
