from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from helpers.corpus import questions
from helpers.corpus.questions import Held, Posed, Question
from helpers.network import compared
from helpers.stats import Comparison

EVENTS, MONTHS = "on the same events", "in the same months"
SPLIT = pd.Timestamp("2023-04-19")


def plain(words):
    """A sentence without spaces that do not break."""
    return words.replace("\u00a0", " ")


def bare(bar):
    """A bar whose words have no spaces that do not break."""
    name, share, words, meant = bar
    return name, share, plain(words), meant


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
    row.measure = 0
    headline, says, bars = compared.habit(row, question(0.5, 0.5, words=words))
    assert plain(headline) == f"{told}."
    assert plain(says) == f"{told} (p = .031; 24 articles, 2 differences tried)."
    assert bars == (("A", 0.5, "50\u00a0%", True),)


def test_an_outlet_stands_beside_those_of_most_articles_that_are_compared_the_highest_share_first():
    names = [f"o{n:02d}" for n in range(12)]
    table = pd.DataFrame({"measure": 0, "group": names, "here": np.linspace(1, -1e-17, 12), "articles": range(12)})
    table = pd.concat([table.assign(compared=True, p=0.5), table.assign(measure=1, compared=True)])
    table.loc[table.group == "o10", "compared"] = False
    asked = Question(Comparison(table), Held(pd.Series(dtype=str), EVENTS))
    row = SimpleNamespace(measure=0, group="o00", what="Bo", here=1.0, others=0.3, p=0.01, articles=8)
    bars = compared.habit(row, asked)[2]
    assert [name for name, *_ in bars] == ["o00", "o02", "o03", "o04", "o05", "o06", "o07", "o08", "o09", "o11"]
    assert (bars[0][1:], bars[-1][1:]) == ((1.0, "all", True), (0.0, "none", False))
    assert sum(meant for *_, meant in bars) == 1


CHANGES = [
    (0.256, 0.0, "26 % of the articles since 19 April 2023 name Bo", "none"),
    (0.0, 0.15, "None of the articles since 19 April 2023 names Bo", "15 %"),
    (1.0, 0.5, "All articles since 19 April 2023 name Bo", "50 %"),
    (0.2, 1.0, "20 % of the articles since 19 April 2023 name Bo", "all"),
    (0.003, 0.1, "Less than 1 % of the articles since 19 April 2023 name Bo", "10 %"),
]


@pytest.mark.parametrize(("since", "before", "told", "did"), CHANGES)
def test_what_changed_since_a_day_is_said_with_both_shares(since, before, told, did):
    row = SimpleNamespace(what="Bo", here=since, others=before, p=0.0001)
    headline, says, bars = compared.change(row, SPLIT)
    assert plain(headline) == f"{told}. Before, {did} did."
    assert plain(says) == f"{told}; before, {did} did (p < .001)."
    assert {(name, share, meant) for name, share, _, meant in bars} == {
        ("Since 19 April 2023", since, True),
        ("Before", before, False),
    }
    assert bars[0][1] >= bars[1][1] and all(words in told.lower() or words == did for _, _, words, _ in map(bare, bars))


TIMES = [(0.0, "fewer than one"), (0.9, "fewer than one"), (1.3, "about 1"), (4.8, "about 5"), (1204.1, "about 1,204")]


@pytest.mark.parametrize(("expected", "words"), TIMES)
def test_how_often_two_meet_is_said_beside_chance(expected, words):
    row = SimpleNamespace(what="A and B", articles=25, expected=expected, q=0.0284)
    headline, says, bars = compared.together(row, "sentence")
    assert headline == f"A and B stand in one sentence in 25 articles. By chance it would be {words}."
    assert says == f"A and B stand in one sentence in 25 articles, by chance in {words} (q = .028)."
    assert {name: words for name, _, words, _ in bars} == {"Together": "25", "By chance": words}
    assert bars[0][1] == 1 and bars[1][1] == min(25, expected) / max(25, expected)


NOTHING = [
    (question(0.2, whole=0.2, size=0.27), "27"),
    (question(0.2, whole=0.2, size=0.006), "1"),
    (question(0.2, whole=0.2, size=1.2), ""),
    (question(0.2, whole=0.2), ""),
]


@pytest.mark.parametrize(("asked", "points"), NOTHING)
def test_where_nothing_is_found_the_page_says_what_would_have_been_or_that_nothing_could(asked, points):
    unit = "percentage point" if points == "1" else "percentage points"
    seen = f" A difference of {points} {unit} would have been named four times in five."
    few = "On the same events, too few articles are compared to tell whether outlets differ in whom they name."
    says = f"On the same events, no outlets stand out in whom they name.{seen}" if points else few
    assert compared.whole(asked, "name") == ((), (says,))


def test_where_nothing_can_be_compared_the_page_says_why_and_claims_nothing():
    asked = question(cannot="no outlet is known", whole=1.0)
    assert compared.whole(asked, "name") == ((), ("Outlets cannot be compared: no outlet is known.",))
    assert compared.unchanged(asked, SPLIT) == "Too few events are told before or since 19 April 2023 to compare."
    assert compared.unchanged(asked, pd.NaT) == "No article has a day."


def test_outlets_that_differ_without_one_to_name_are_said_to():
    (finding,), little = compared.whole(question(0.2, whole=0.03), "name")
    says = "On the same events, outlets differ in whom they name (p = .030), but no single outlet stands out."
    assert (finding.says, finding.headline, little) == (says, "", ())
    assert compared.whole(question(0.04, whole=0.03), "name") == ((), ())


EVERYWHERE = {
    "Bo is named|it": ["Bo"],
    "Bo and Al are named|them": ["Bo", "Al"],
    "Bo, Al and Ed are named|them": ["Bo", "Al", "Ed"],
}


@pytest.mark.parametrize("says", EVERYWHERE)
def test_who_is_named_in_nearly_all_articles_is_said_to_meet_nobody_beyond_chance(says):
    who, them = says.split("|")
    told = f"{who} in nearly all articles and can meet nobody beyond chance: pairs with {them} are not ranked."
    assert compared.everywhere(EVERYWHERE[says]) == (told,)
    assert compared.everywhere([]) == ()


def test_a_day_that_changed_nothing_is_said_to():
    says = compared.unchanged(question(0.2, whole=0.2, size=0.1), SPLIT)
    seen = "A difference of 10 percentage points would have been named four times in five."
    assert says == f"Since 19 April 2023, no single change in who is named is beyond chance. {seen}"


def test_an_outlet_s_own_name_its_agency_s_and_what_mostly_it_writes_are_not_compared_unless_a_list_knows_them():
    documents, _, number = articles(48)
    documents["outlet"] = np.where(number % 2, "The Bay Post", "A")
    documents["agency"] = np.where(number % 4, "", "AP")
    actors, every = ["Bay Post", "AP", "Replay", "Cuba", "Bo", "Bay"], np.arange(48)
    where = dict.fromkeys(actors, every % 3 > 0) | {"Replay": every % 2 > 0, "Bo": every % 2 > 0}
    seen = pd.DataFrame([(doc, who) for who in actors for doc in documents.doc[where[who]]], columns=["doc", "actor"])
    things = pd.DataFrame({"first": actors, "second": "", "what": actors, "share": 0.5, "articles": 24})
    options = {"known": {"Bo", "Bay"}, "min_articles": 8, "seed": 7}
    found = compared.asked(things, seen, documents, SPLIT, **options)
    for name in ("naming", "changes"):
        assert {actors[at] for at in found[name][0].posed.values} == {"Cuba", "Bo", "Bay"}


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
    outlet = pd.Series({"a": "A", "b": "B", "c": "B", "d": "A", "e": "A", "f": ""})
    within = pd.Series({"a": "1", "b": "1", "c": "2", "d": "", "e": "3", "f": "3"})
    posed = Posed(pd.DataFrame({"x": 1.0}, outlet.index), outlet, within, within, 8)
    more, less = (SimpleNamespace(group="A", measure="x", effect=effect) for effect in (0.5, -0.5))
    assert list(compared._docs(more, posed)) == ["a"]
    assert list(compared._docs(less, posed)) == ["b"]
