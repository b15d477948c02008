"""Questions about outlets: what is held fixed, what cannot be compared, and every sentence that stands beside."""

import numpy as np
import pandas as pd
import pytest

from helpers import stats
from helpers.corpus import questions
from helpers.corpus.questions import EVENTS, Held, Question
from helpers.reading import UNKNOWN

MONTHS = "in the same months"


def documents(outlets, events, published="2024-03-01", agency=""):
    """Articles d0, d1 … of such outlets on such events."""
    rows = {"outlet": list(outlets), "event": list(events), "published": published, "agency": agency}
    docs = [f"d{number}" for number in range(len(rows["outlet"]))]
    return pd.DataFrame({"doc": docs} | rows).assign(published=lambda rows: pd.to_datetime(rows.published))


def pairs(number, first="A", second="B"):
    """So many events that two outlets tell once each."""
    return documents([first, second] * number, [f"e{at // 2}" for at in range(2 * number)])


def tone(rows, of="A", effect=1.0, noise=0.1):
    """A measure of articles, higher in one outlet."""
    rng = np.random.default_rng(7)
    values = effect * (rows.outlet == of).to_numpy() + rng.normal(0, noise, len(rows))
    return pd.DataFrame({"tone": values}, index=rows.doc)


def answer(named="", *, p=None, shared=40, alone=0, cannot="", size=0.05):
    """A comparison by which such outlets, a letter each, stand out."""
    table = pd.DataFrame({"measure": "tone", "group": list("ABCDEFGHIJKL"), "t": 3.0, "p": 0.5})
    table.loc[table.group.isin(list(named)), "p"] = 0.01
    return stats.Comparison(table, (0.004 if named else 0.4) if p is None else p, shared, alone, size, cannot)


# What is held fixed --------------------------------------------------------------------------------------------------
def spread_over(days, number, outlets="AB"):
    """Articles of two outlets, each on an event of its own, on such days in turn."""
    return documents(
        [outlets[at % 2] for at in range(number)],
        [f"own {at}" for at in range(number)],
        [days[at % len(days)] for at in range(number)],
    )


HELD = [
    ("all share their event", pairs(10), EVENTS),
    ("half share it", pd.concat([pairs(10), spread_over(["2024-03-02"], 20)]), EVENTS),
    ("fewer share it", pd.concat([pairs(9), spread_over(["2024-03-02"], 20)]), MONTHS),
    ("of known outlet half share it", pd.concat([pairs(10), documents([UNKNOWN] * 30, [""] * 30)]), EVENTS),
    ("an event told by one outlet and an unknown one", documents(["A", UNKNOWN] * 20, ["e"] * 40), MONTHS),
    ("one outlet tells an event often", documents("A" * 10 + "B" * 10, ["e"] * 10 + ["f"] * 10), MONTHS),
    ("few in a month", spread_over(["2024-01-01", "2024-02-01", "2024-03-01"], 30), "in the same quarters"),
    ("few in a quarter", spread_over([f"2024-{month:02}-01" for month in range(1, 13)], 36), "in the same years"),
    ("no event is known", documents("AB" * 20, [""] * 40), MONTHS),
    ("no day is known", documents("AB" * 20, [""] * 40, pd.NaT), EVENTS),
    ("no day, few share their event", documents("AB" * 20, ["e"] * 4 + list(range(36)), pd.NaT), EVENTS),
    ("no outlet is known", documents([UNKNOWN] * 20, ["e"] * 20), EVENTS),
    ("no article", documents("", ""), EVENTS),
]


@pytest.mark.parametrize(("rows", "words"), [case[1:] for case in HELD], ids=[case[0] for case in HELD])
def test_outlets_are_compared_on_events_where_enough_share_them(rows, words):
    rows = rows.assign(doc=[f"d{number}" for number in range(len(rows))])
    held = questions.by_event(rows)
    assert held.words == words and held.within.index.tolist() == rows.doc.tolist()
    known = rows.set_index("doc").event if words == EVENTS else rows.published.notna().to_numpy()
    assert ((held.within != "") == (known != "")).all()


# What cannot be compared ---------------------------------------------------------------------------------------------
UNABLE = [
    ("no article", documents("", ""), "no outlet is known"),
    ("no outlet", documents([UNKNOWN] * 30, ["e", "f"] * 15), "no outlet is known"),
    ("one outlet", documents("A" * 30, ["e", "f"] * 15), "only one outlet is known"),
    ("one outlet known", documents(["A", UNKNOWN] * 15, ["e"] * 30), "only one outlet is known"),
    ("few articles", pairs(7), "fewer than 16 articles"),
    ("few of known outlet", documents(["A", "B", UNKNOWN] * 5, ["e"] * 15), "fewer than 16 articles"),
    ("few of known outlet among more", documents(["A", "B", UNKNOWN] * 7, ["e"] * 21),
     "fewer than 16 articles of known outlet"),
    ("one event", documents("AB" * 10, ["e"] * 20), "all articles tell one event"),
    ("one event among the known", documents(["A", "B", UNKNOWN, "B"] * 10, ["e", "e", "f", "e"] * 10),
     "all articles tell one event"),
    ("one event and unknown ones", documents("AB" * 20, ["e", "e", "", ""] * 10), ""),
    ("many small outlets", documents("ABCDEF" * 5, ["e", "f", "g"] * 10), "fewer than two have 8 articles to compare"),
    ("enough", pairs(8), ""),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "why"), [case[1:] for case in UNABLE], ids=[case[0] for case in UNABLE])
def test_what_cannot_be_compared_is_said_and_claims_nothing(rows, why):
    asked = questions.ask(tone(rows), rows)
    assert asked.main.cannot == why
    if why:
        assert asked.main.p == 1 and asked.main.named.empty and asked.notes == () and asked.clean is asked.check is None
        assert asked.main.table.p.isna().all() and questions.seen(asked, str) == ""
    assert questions.settled({"it": asked})["it"].main.cannot == why


@pytest.mark.parametrize(
    ("groups", "name", "why"),
    [
        ([""] * 20, "topic", "no topic is known"),
        (["2024"] * 20, None, "only one group is known"),
        (["2024"] * 8 + [""] * 9 + ["2025"] * 3, "period", "fewer than 16 events"),
    ],
)
def test_other_groups_are_called_what_they_are(groups, name, why):
    rows = pairs(10)
    assert questions.ask(tone(rows), rows, groups=pd.Series(groups, rows.doc, name=name)).main.cannot == why


# What is asked -------------------------------------------------------------------------------------------------------
def test_outlets_that_differ_on_the_same_events_are_named():
    rows = pairs(20)
    asked = questions.ask(tone(rows), rows)
    assert asked.main.named.group.tolist() == ["A", "B"] and asked.held.words == EVENTS and asked.notes == ()
    assert asked.check is asked.clean is None and asked.credited == 0
    mixed = rows.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(questions.ask(tone(rows), mixed).main.table, asked.main.table, check_exact=True)


def test_what_all_outlets_tell_of_an_event_is_no_difference():
    rows = pairs(20)
    rows["outlet"] = ["A", "A", "A", "B"] * 5 + ["A", "B", "B", "B"] * 5
    rows["event"] = [f"e{at // 4}" for at in range(40)]
    values = pd.DataFrame({"tone": np.repeat([0.0, 1.0], 20)}, index=rows.doc)
    assert questions.ask(values, rows).main.p == 1
    # Where the event is not held fixed, the articles of an outlet on one event count once.
    held = Held(pd.Series("all", rows.doc))
    assert questions.ask(values, rows, held=held).main.p == 1
    assert questions.ask(values, rows.assign(event=""), held=held).main.p < 0.05


def test_articles_of_unknown_outlet_or_without_a_value_take_no_part():
    rows = pd.concat([pairs(20), documents([UNKNOWN] * 9, ["e1"] * 9).assign(doc=list("abcdefghi"))])
    values = tone(rows)
    values.iloc[40:] = 99
    asked, known = questions.ask(values, rows), questions.ask(values[:40], rows[:40])
    assert asked.main.table.equals(known.main.table) and asked.main.shared + asked.main.alone == 40
    assert questions.ask(values[2:], rows).main.shared == 38


MADE = [
    ("all share their event", pairs(10), {}, "A B " * 10),
    ("some are alone", documents("ABAB", ["e", "e", "f", "g"]), {}, "A B . ."),
    ("some tell no event", documents("ABAB", ["e", "e", "", ""]), {}, "A B . ."),
    ("an unknown outlet shares nothing", documents(["A", UNKNOWN, "A", "B"], "eeff"), {}, ". . A B"),
    ("an outlet tells an event twice", documents("AABCC", "eeeff"), {}, "A A B . ."),
    ("no value is known", documents("ABABC", "eefff"), {"known": "xx..x"}, "A B . . ."),
    ("months, and two articles count once", documents("AABB", "eegh"), {"held": "mmmm"}, "A A B B"),
    ("months, one of them without a value", documents("AABB", "eegh"), {"held": "mmmm", "known": ".xxx"}, ". A B B"),
    ("an outlet alone in its month", documents("AABB", "eegh"), {"held": "mmmn"}, "A A B ."),
    ("an event of two periods is of the first", documents("ABCD", "eefg"), {"groups": "pqqp"}, "p . q p"),
    ("its first article has no period", documents("ABCD", "eefg"), {"groups": " qqp"}, ". q q p"),
    ("an event of two periods, all in one", documents("ABC", "eeg"), {"groups": "qqp"}, "q q p"),
]


@pytest.mark.parametrize(("rows", "options", "made"), [case[1:] for case in MADE], ids=[case[0] for case in MADE])
def test_the_articles_that_make_a_number_are_known(rows, options, made):
    known, groups, held = (options.get(name, "") for name in ("known", "groups", "held"))
    values = pd.DataFrame({"tone": np.arange(len(rows), dtype=float), "none": np.nan}, index=rows.doc)
    values = values[[sign != "." for sign in known]] if known else values
    groups = pd.Series([*groups.replace(" ", "\0")], rows.doc).replace("\0", "") if groups else None
    held = (
        Held(pd.Series([*held], rows.doc), "in the same months") if held else Held(rows.set_index("doc").event, EVENTS)
    )
    asked = questions.ask(values, rows, groups=groups, held=None if groups is not None else held)
    docs, told = asked.posed.docs("tone"), [("" if name == "." else name) for name in made.split()]
    assert docs.reindex(rows.doc).fillna("").tolist() == told and asked.posed.docs("none").empty
    units = asked.posed.unit if asked.posed.unit is not None else rows.set_index("doc").index.to_series()
    table = asked.main.table[asked.main.table.measure == "tone"].set_index("group")
    counts = docs.groupby(docs).agg(lambda some: units[some.index].nunique())
    assert table.articles[table.articles > 0].to_dict() == counts.to_dict()


def test_months_are_the_answer_and_events_the_check_where_few_share_theirs():
    rows = pd.concat([pairs(10), spread_over(["2024-03-02"], 40)]).assign(doc=[f"d{at}" for at in range(60)])
    asked = questions.settled({"it": questions.ask(tone(rows), rows)})["it"]
    assert (asked.main.shared, asked.check.shared, asked.check.alone) == (60, 20, 40)
    assert asked.notes == (
        "Only 20 of 60 articles share their event with another outlet, so outlets are compared in the same months, "
        "and on the same events as a check.",
        "On the same events, the answer is the same.",
    )


def test_a_difference_that_an_agency_made_is_gone_without_it():
    rows = pairs(20)
    rows["agency"] = ["AP", "", "", ""] * 10
    values = tone(rows[rows.agency == ""], effect=0.0).reindex(rows.doc)
    values.loc[rows.doc[rows.agency != ""]] = 1.0
    asked = questions.ask(values, rows)
    assert asked.main.named.group.tolist() == ["A", "B"] and asked.credited == 10
    assert asked.notes == ("Without the 10 articles that credit an agency, no difference is beyond chance.",)
    own = questions.ask(values, rows.assign(agency=rows.agency.where(rows.agency == "", rows.outlet)))
    assert own.clean is None and own.credited == 0, "an agency is no foreign one to itself"
    assert questions.ask(values, rows.drop(columns="agency")).clean is None


def test_other_groups_are_compared_within_their_outlet():
    rows = documents("A" * 20 + "B" * 20, [f"e{at}" for at in range(40)], agency="AP")
    period = pd.PeriodIndex(["2024", "2025"] * 15 + ["2024"] * 10, freq="Y")
    groups = pd.Series(period, rows.doc, name="period")
    asked = questions.ask(tone(rows, effect=5), rows, groups=groups)
    assert asked.main.table.group.tolist() == ["2024", "2025"] and asked.main.p > 0.05, "an outlet is no period"
    assert asked.check is asked.clean is None and asked.notes == () and asked.held.words == ""
    unknown = questions.ask(tone(rows, effect=5), rows.assign(outlet=UNKNOWN), groups=groups)
    assert unknown.main.shared == 40


def test_all_questions_of_a_page_count_each_way_of_asking_by_itself():
    rows = pairs(20).assign(agency=["AP"] + [""] * 39)
    page = {name: questions.ask(tone(rows, effect=effect), rows) for name, effect in {"none": 0, "large": 1}.items()}
    found = questions.settled(page)
    for way in ("main", "clean"):
        alone, together = ({name: getattr(each, way) for name, each in asked.items()} for asked in (page, found))
        assert together["large"].p == 2 * alone["large"].p and together["none"].p >= alone["none"].p
    assert found["none"].notes == ("Without the one article that credits an agency, the answer is the same.",)
    assert questions.settled({}) == {}


STRATA = [  # by article its group and stratum, its unit, and the group beside which articles are asked for
    ("AABB", "xxyy", None, "", ""),
    ("AABB", "xyxy", None, "", "abcd"),
    ("AABB", "xxxy", None, "", "abc"),
    ("A-BB", "xxx ", None, "", "ac"),
    ("A B ", "xxxx", None, "", "ac"),
    ("AABB", "xyyz", ["A1", "A1", "B1", "B2"], "", ""),  # the articles of one unit are where its first one is
    ("AABB", "xyxz", ["A1", "A1", "B1", "B2"], "", "abc"),
    ("AABB", "xyxz", None, "A", "c"),
    ("AABC", "xyxx", None, "A", "cd"),
    ("ABBC", "xxyy", None, "A", "b"),
    ("AABB", "xyzz", None, "A", ""),
    ("AAB-", "xyxy", None, "A", "c"),
    ("AABB", "xyxz", ["A1", "A1", "B1", "B2"], "A", "c"),
]


@pytest.mark.parametrize(("groups", "within", "unit", "beside", "docs"), STRATA)
def test_articles_make_a_number_where_another_group_is_in_their_stratum(groups, within, unit, beside, docs):
    index = pd.Index([*"abcd"], name="doc")
    groups, within = (pd.Series([*text], index).replace(" ", "") for text in (groups, within))
    values = pd.DataFrame({"sea": 1.0}, index).where(groups != "-")  # what is not known says nothing
    posed = questions.Posed(values, groups, within, within, 8, unit=None if unit is None else pd.Series(unit, index))
    found = posed.docs("sea", beside=beside)
    assert "".join(found.index) == docs and found.equals(groups[found.index])


# What is said --------------------------------------------------------------------------------------------------------
BEARING = [
    (answer(shared=40), EVENTS, None, ""),
    (answer(shared=40, alone=1), EVENTS, None,
     "40 of 41 articles share their event with another outlet; the other says nothing here."),
    (answer(shared=1203, alone=1000), EVENTS, None,
     "1,203 of 2,203 articles share their event with another outlet; the others say nothing here."),
    (answer(shared=40, alone=9), "", None, ""),
    (answer(shared=40, alone=9), MONTHS, None, ""),
    (answer(), MONTHS, answer(shared=2, alone=38),
     "Only 2 of 40 articles share their event with another outlet, so outlets are compared in the same months, and on "
     "the same events as a check."),
    (answer(), MONTHS, answer(shared=2, alone=38, cannot="few"),
     "Only 2 of 40 articles share their event with another outlet, so outlets are compared in the same months."),
    (answer(), "in the same years", answer(shared=0, alone=40, cannot="few"),
     "None of 40 articles shares its event with another outlet, so outlets are compared in the same years."),
]  # fmt: skip


@pytest.mark.parametrize(("main", "words", "check", "says"), BEARING)
def test_how_many_articles_bear_on_the_answer_is_said(main, words, check, says):
    assert questions.bearing(Question(main, Held(pd.Series(), words), check)) == says


CHANGES = [
    (answer("A"), answer("A"), "the answer is the same"),
    (answer("AB"), answer("BA"), "the answer is the same"),
    (answer(), answer(), "the answer is the same"),
    (answer(p=0.03), answer(p=0.02), "the answer is the same"),
    (answer("A"), answer(), "no difference is beyond chance"),
    (answer(p=0.03), answer(p=0.05), "no difference is beyond chance"),
    (answer(), answer("A", p=0.0124), "there are differences beyond chance (p = .012)"),
    (answer(), answer("A", p=0.0002), "there are differences beyond chance (p < .001)"),
    (answer(p=1.0), answer(p=0.049), "there are differences beyond chance (p = .049)"),
    (answer("AB"), answer("A"), "B no longer stands out"),
    (answer("ABC"), answer("A"), "B and C no longer stand out"),
    (answer("A"), answer(p=0.03), "A no longer stands out"),
    (answer("A"), answer("AB"), "B stands out too"),
    (answer("A"), answer("ABC"), "B and C stand out too"),
    (answer(p=0.03), answer("A"), "A stands out"),
    (answer("A"), answer("B"), "A no longer stands out and B stands out"),
    (answer("AB"), answer("AC"), "B no longer stands out and C stands out too"),
    (answer("ABCDEFGHIJ"), answer("A"), "9 outlets no longer stand out"),
    (answer("A"), answer("ABCDEFGHIJ"), "9 outlets stand out too"),
    (answer("A"), answer(cannot="fewer than 16 articles"), "nothing can be compared: fewer than 16 articles"),
]


@pytest.mark.parametrize(("before", "after", "says"), CHANGES)
def test_what_changes_is_said(before, after, says):
    held = Held(pd.Series(), MONTHS)
    assert questions.changes(before, after) == says
    assert questions.checked(Question(before, held, after)) == f"On the same events, {says}."
    many, one = (questions.cleaned(Question(before, held, None, after, credited)) for credited in (1204, 1))
    assert many == f"Without the 1,204 articles that credit an agency, {says}."
    assert one == f"Without the one article that credits an agency, {says}."


def test_an_outlet_that_stands_out_in_two_measures_is_named_once():
    twice = answer("AB")._replace(table=pd.concat([answer("AB").table, answer("AB").table.assign(measure="words")]))
    assert questions.changes(twice, answer("A")) == "B no longer stands out"


def test_what_was_not_asked_is_not_said():
    asked = Question(answer("A"), Held(pd.Series(), EVENTS))
    assert questions.checked(asked) == questions.cleaned(asked) == "" and asked.notes == ()
    none_shared = asked._replace(check=answer(shared=0, alone=40, cannot="few"))
    assert questions.checked(none_shared) == "", "that none is shared is said already"
    assert asked._replace(main=answer(alone=3, cannot="few"), check=answer("A")).notes == ()


@pytest.mark.parametrize(
    ("size", "says"), [(0.05, "A difference of 0.05 would have been named four times in five."), (np.nan, "")]
)
def test_the_size_that_would_have_been_found_is_said(size, says):
    assert questions.seen(Question(answer(size=size), Held(pd.Series())), "{:.2f}".format) == says


def test_the_size_of_a_real_question_is_one_that_would_be_named():
    rows = pairs(40)
    quiet = questions.ask(tone(rows, effect=0), rows)
    assert quiet.main.p > 0.05
    loud = questions.ask(tone(rows, effect=1.5 * quiet.main.size), rows)
    assert loud.main.named.group.tolist() == ["A", "B"]
