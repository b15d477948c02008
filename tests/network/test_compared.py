from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from helpers.corpus import questions
from helpers.corpus.questions import Held, Question
from helpers.network import compared
from helpers.stats import Comparison

EVENTS, MONTHS = "on the same events", "in the same months"
SPLIT = pd.Timestamp("2023-04-19")


def plain(words):
    """A sentence without spaces that do not break."""
    return words.replace("\u00a0", " ")


def question(*p, whole=0.01, words=EVENTS, **more):
    """A question with one difference for each p."""
    table = pd.DataFrame({"measure": range(len(p)), "group": "A", "compared": True, "p": [float(each) for each in p]})
    table = table.assign(t=1.0, effect=0.2, low=-2.0, high=2.0, here=0.5, others=0.3, articles=9)
    return Question(Comparison(table, p=whole, **more), Held(pd.Series(dtype=str), words))


HABITS = [
    (0.5, 0.32, EVENTS, "On the same events, A names Bo in 50 % of its stories; the others do in 32 %"),
    (0.5, 0.0, EVENTS, "On the same events, A names Bo in 50 % of its stories; the others never do"),
    (0.0, 0.32, EVENTS, "On the same events, A never names Bo; the others do in 32 %"),
    (0.12, 1.0, MONTHS, "In the same months, A names Bo in 12 % of its stories; the others always do"),
    (1.0, 0.004, MONTHS, "In the same months, A names Bo in all of its stories; the others do in less than 1 %"),
    (-1e-17, 0.997, EVENTS, "On the same events, A never names Bo; the others do in more than 99 %"),
]


@pytest.mark.parametrize(("here", "others", "words", "told"), HABITS)
def test_what_an_outlet_names_more_or_less_often_is_said_with_both_shares(here, others, words, told):
    row = SimpleNamespace(group="A", what="Bo", here=here, others=others, p=0.031, articles=24)
    headline, says = map(plain, compared.habit(row, question(0.5, 0.5, words=words)))
    assert (headline, says) == (f"{told}.", f"{told} (p = 0.031; 24 articles, 2 differences tried).")


CHANGES = [
    (0.256, 0.0, "26 % of the articles since 19 April 2023 name Bo", "none"),
    (0.0, 0.15, "None of the articles since 19 April 2023 names Bo", "15 %"),
    (1.0, 0.5, "All articles since 19 April 2023 name Bo", "50 %"),
    (0.2, 1.0, "20 % of the articles since 19 April 2023 name Bo", "all"),
    (0.003, 0.1, "Less than 1 % of the articles since 19 April 2023 name Bo", "10 %"),
]


@pytest.mark.parametrize(("since", "before", "told", "did"), CHANGES)
def test_what_changed_since_a_day_is_said_with_both_shares(since, before, told, did):
    row = SimpleNamespace(what="Bo", since=since, before=before, p=0.0001)
    headline, says = map(plain, compared.change(row, SPLIT))
    assert (headline, says) == (f"{told}. Before, {did} did.", f"{told}; before, {did} did (p < 0.001).")


TIMES = [
    (0.0, "none or 1"),
    (0.9, "none or 1"),
    (1.0, "1"),
    (1.3, "1 or 2"),
    (4.5, "4 or 5"),
    (4.8, "5"),
    (5.2, "5"),
    (1204.1, "1,204"),
]


@pytest.mark.parametrize(("expected", "words"), TIMES)
def test_how_often_two_meet_is_said_beside_chance(expected, words):
    row = SimpleNamespace(both="A and B", articles=25, expected=expected, q=0.0004)
    headline, says = map(plain, compared.company(row, "sentence"))
    assert headline == f"A and B stand in one sentence in 25 articles. By chance it would be {words}."
    assert says == f"A and B stand in one sentence in 25 articles, by chance in {words} (q < 0.001)."


NOTHING = [
    (question(0.2, whole=0.2, size=0.27), "no outlet stands out in whom it names.", "27"),
    (question(0.2, whole=0.2, size=0.006), "no outlet stands out in whom it names.", "1"),
    (question(0.2, whole=0.2, size=1.2), "no outlet stands out in whom it names.", ""),
    (question(0.2, whole=0.2), "no outlet stands out in whom it names.", ""),
    (question(0.2, whole=0.049), "", ""),
]


@pytest.mark.parametrize(("asked", "says", "points"), NOTHING)
def test_where_nothing_is_found_the_page_says_what_would_have_been(asked, says, points):
    unit = "percentage point" if points == "1" else "percentage points"
    seen = f" A difference of {points} {unit} would have been named four times in five." if points else ""
    expected = (f"On the same events, {says}{seen}",) if says else ()
    assert compared.nothing(asked, "names") == expected


def test_where_nothing_can_be_compared_the_page_says_why_and_claims_nothing():
    asked = question(cannot="no outlet is known", whole=1.0)
    assert compared.nothing(asked, "names") == ("Outlets are not compared: no outlet is known.",)
    assert compared.uneven(asked, "name") == ()
    assert compared.unchanged(asked, SPLIT) == "Too few events are told before or since 19 April 2023 to compare."
    assert compared.unchanged(asked, pd.NaT) == "No article has a day."


UNEVEN = [
    (question(0.2, whole=0.03), "On the same events, outlets differ in whom they name (p = 0.030), but"),
    (question(0.2, whole=0.05), ""),
    (question(0.04, whole=0.03), ""),
]


@pytest.mark.parametrize(("asked", "says"), UNEVEN)
def test_outlets_that_differ_without_one_to_name_are_said_to(asked, says):
    expected = [f"{says} no single outlet stands out."] if says else []
    assert [plain(finding.says) for finding in compared.uneven(asked, "name")] == expected
    assert not any(finding.headline for finding in compared.uneven(asked, "name"))


def test_a_day_that_changed_nothing_is_said_to():
    says = compared.unchanged(question(0.2, whole=0.2, size=0.1), SPLIT)
    seen = "A difference of 10 percentage points would have been named four times in five."
    assert says == f"Since 19 April 2023, no single change in who is named is beyond chance. {seen}"


SURE = pd.DataFrame(
    [[True, True, False], [False, True, True], [False, False, True], [False, False, False]],
    columns=["halves", "listed", "few"],
)
LEFT = "Pairs beyond chance that are not shown: "
NEIGHBOURS = [
    (SURE, f"{LEFT}parts of one name (1), mostly in lists of four or more (1) and of one or two events (1)."),
    (SURE[2:], f"{LEFT}of one or two events (1)."),
    (SURE[3:], ""),
    (SURE[:0], ""),
]


@pytest.mark.parametrize(("rows", "says"), NEIGHBOURS)
def test_pairs_that_are_no_company_are_counted_once_each(rows, says):
    assert compared.neighbours(rows) == ((says,) if says else ())


def test_an_outlet_s_own_name_its_agency_s_and_what_only_it_writes_are_its_own_words():
    documents = pd.DataFrame({"outlet": ["The Bay Post", "A", "A", "B"] * 2, "agency": ["", "", "AP", ""] * 2})
    names = pd.Series(["Bay Post", "AP", "Replay", "Cuba", "Pos", "漢字"])
    values = pd.DataFrame(1, range(8), names.index).assign(**{})
    values.loc[[0, 3, 4, 7], 2] = 0
    own = compared.own_words(values, names, documents)
    assert names[own].tolist() == ["Bay Post", "AP", "Replay"]


def test_what_is_compared_is_in_enough_articles_and_missing_in_enough():
    actors = pd.DataFrame({"actor": list("abc"), "name": list("ABC"), "articles": [20, 13, 7], "share": 0.5})
    pairs = pd.DataFrame(
        {"first": ["a", "a"], "second": ["b", "c"], "articles": [8, 2], "what": ["A and B", "A and C"]}
    )
    found = compared.things(actors, pairs, 21, 8)
    assert found[["first", "second", "what"]].to_numpy().tolist() == [["b", "", "B"], ["a", "b", "A and B"]]
    rows = pd.DataFrame([("x", 0, "a"), ("x", 0, "b"), ("y", 0, "a"), ("y", 1, "b")], columns=["doc", "sent", "actor"])
    values = compared.presence(rows, found, pd.Series(["x", "y", "z"]))
    assert values.to_numpy().tolist() == [[1, 1], [1, 0], [0, 0]]
    assert compared.presence(rows[:0], found[:0], pd.Series(["x"])).shape == (1, 0)


def articles(events, each=1):
    """So many events of `each` articles by three outlets, one a day, and which are since the middle of them."""
    number = np.repeat(np.arange(events), each)
    docs = [f"d{at}" for at in range(events * each)]
    documents = pd.DataFrame({"doc": docs, "event": [f"e{at}" for at in number]})
    documents["outlet"] = [("A", "B", "C")[at % 3] for at in range(len(docs))]
    documents["published"] = pd.Timestamp("2024-01-01") + pd.to_timedelta(number, unit="D")
    return documents, pd.Series(np.where(number >= events // 2, "since", "before"), docs), number


NAMED = [
    ("in one event of many articles", lambda n: n == 30, []),
    ("in most events since", lambda n: (n >= 20) & (n % 4 > 0), ["since"]),
    ("in as many before and since", lambda n: n % 2 == 0, []),
]


@pytest.mark.parametrize(("name", "where", "groups"), NAMED)
def test_a_change_is_one_of_events_and_not_of_articles(name, where, groups):
    documents, since, number = articles(40, each=8)
    values = pd.DataFrame({0: where(number).astype(int)}, since.index)
    things = pd.DataFrame({"first": ["x"], "second": "", "what": "X", "share": 0.2, "articles": 8})
    asked = questions.ask(values, documents, groups=since, min_articles=8, seed=7)
    rows = compared.changed(asked, things, values, since, SPLIT)
    assert rows.group.tolist() == groups
    assert all(
        set(row.docs) == set(since.index[since == "since"]) and row.novel == compared.NEW for row in rows.itertuples()
    )


def test_a_change_of_outlets_is_no_change_of_names_and_few_events_are_not_compared():
    documents, since, number = articles(60)
    documents["outlet"] = np.where(number >= 30, "new", "old")
    values = pd.DataFrame({0: (number >= 30).astype(int)}, since.index)
    assert len(questions.ask(values, documents, groups=since, min_articles=8, seed=7).main.named) == 0
    documents, since, number = articles(7, each=9)
    values = pd.DataFrame({0: (number >= 3).astype(int)}, since.index)
    assert questions.ask(values, documents, groups=since, min_articles=3, seed=7).main.cannot


def test_a_pair_says_nothing_new_where_one_of_it_is_said_to_be_named_more_often():
    documents, since, number = articles(40)
    new = (number >= 20).astype(int)
    values = pd.DataFrame({0: new, 1: new}, since.index)
    things = pd.DataFrame({"first": ["x", "x"], "second": ["", "y"], "what": "X", "share": 0.5, "articles": 20})
    asked = questions.ask(values, documents, groups=since, min_articles=8, seed=7)
    assert compared.changed(asked, things, values, since, SPLIT).second.tolist() == [""]
    assert compared.changed(asked, things.assign(second=["z", "y"]), values, since, SPLIT).second.tolist() == ["z", "y"]


def test_a_difference_is_shown_by_articles_on_what_both_tell():
    outlet = pd.Series({"a": "A", "b": "B", "c": "B", "d": "A", "e": "A"})
    within = pd.Series({"a": "1", "b": "1", "c": "2", "d": "", "e": "3"})
    more, less = (SimpleNamespace(group="A", effect=effect) for effect in (0.5, -0.5))
    assert list(compared._docs(more, within, outlet)) == ["a", "e"]
    assert list(compared._docs(less, within, outlet)) == ["b"]
