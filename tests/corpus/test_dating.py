from datetime import date

import pandas as pd
import pytest

from helpers import InputError
from helpers.actors import gazetteer
from helpers.actors import mentions as actors
from helpers.corpus import corpus as tables
from helpers.corpus import dating
from helpers.language import dates

GAZETTEER = gazetteer.read()
OFFICES = dating.holders(GAZETTEER)
EVENTS = dating.chronology(None, GAZETTEER)

TERMS = [
    ("Russian Defence Minister Andrei Belousov said so.", "2024-05-14", None),
    ("Defense Minister Belousov said so.", "2024-05-14", None),
    ("Belousov, Russia’s defence minister, said so.", "2024-05-14", None),
    ("The former defence minister Sergei Shoigu said so.", None, None),
    ("The then-defense minister, Sergei Shoigu, said so.", None, None),
    ("Defence Minister Sergei Shoigu met China’s Defence Minister Dong Jun.", "2023-12-29", "2024-05-12"),
    ("Minister of National Defence of China Dong Jun spoke.", "2023-12-29", None),
    ("Chinese Defense Minister Li met Shoigu.", "2023-03-12", "2023-10-24"),
    ("Belousov met Li, who was once a premier.", None, None),
    ("Defence Minister Belousov met Defence Minister Li Shangfu.", None, None),
    ("The defence minister said so.", None, None),
    ("The codefence minister Andrei Belousov said so.", None, None),
    ("İİİİİ: DEFENCE MINISTER Andrei Belousov said so.", "2024-05-14", None),
    ("", None, None),
]


@pytest.mark.parametrize(("text", "first", "last"), TERMS)
def test_office_holders_bracket_the_day(text, first, last):
    found = dating.tenure(text, OFFICES)
    assert found == tuple(date.fromisoformat(day) if day else None for day in (first, last))


def told(text, line=None, alike=lambda day: 0.0):
    named = frozenset(m.actor for m in actors.mentions(text, pd.NaT, GAZETTEER))
    return dating.infer(dating.Evidence(text, line, *dating.tenure(text, OFFICES), named, alike), EVENTS)


BEIJING = "Defence Minister Andrei Belousov met Zhang Youxia in Beijing on Tuesday."
DAYS = [
    (BEIJING, None, "2024-10-15", "text"),
    ("Andrei Belousov met Dong Jun in Beijing on Oct. 14.", None, "2024-10-15", "text"),
    ("Talks were held in Beijing on Tuesday.", None, None, "unknown"),
    ("Defence Minister Andrei Belousov spoke on Tuesday.", None, None, "roles"),
    ("On Oct. 14 there was rain.", None, None, "unknown"),
    (BEIJING, dates.Dateline("Beijing", 10, 16, 0, ""), "2024-10-16", "dateline"),
    ("It rained.", dates.Dateline("Oslo", 10, 16, 0, ""), None, "unknown"),
    ("It rained on Wednesday, as in 2024.", dates.Dateline("Oslo", 10, 16, 0, ""), None, "unknown"),
    ("Defence Minister Li Shangfu spoke.", dates.Dateline("Oslo", 7, 1, 0, ""), "2023-07-01", "dateline"),
]


@pytest.mark.parametrize(("text", "line", "day", "how"), DAYS)
def test_a_partial_day_is_resolved_against_what_else_is_known_or_left_open(text, line, day, how):
    found = told(text, line)
    assert (found.day, found.source) == (date.fromisoformat(day) if day else None, how)
    if found.day:
        assert found.earliest <= found.day <= found.latest


def test_articles_of_the_same_weeks_tell_the_year():
    line = dates.Dateline("Oslo", 10, 16, 0, "")
    assert told("It rained.", line, lambda day: 0.4 if day.year == 2021 else 0.1).day == date(2021, 10, 16)
    assert told("It rained.", line, lambda day: 0.4 if day.year in (2021, 2022) else 0.1).day is None
    assert told("It rained as in 2022.", line, lambda day: 0.4 if day.year in (2021, 2022) else 0.1).day == date(
        2022, 10, 16
    )
    assert told("By 2030 it will rain more.", line, lambda day: 0.4 if day.year == 2021 else 0.1).day == date(
        2021, 10, 16
    )


FORUM = (
    "Defence Minister Li Shangfu spoke at the 11th International Security Conference of Moscow, beside Sergei Shoigu."
)
CALLED = [
    (FORUM, "2023-08-15", "chronology"),
    (FORUM.replace("11th ", ""), None, "roles"),
    (FORUM.replace("Defence Minister ", ""), None, "unknown"),
    (FORUM.replace(", beside Sergei Shoigu", ""), None, "roles"),
    (FORUM.replace("11th International", "11th\nInternational"), None, "roles"),
    ("Snow fell. " * 100 + "\n" + FORUM, None, "roles"),
    (f"{FORUM}\nOn Tuesday it rained.", "2023-08-15", "text"),
]


@pytest.mark.parametrize(("text", "day", "how"), CALLED)
def test_an_event_that_is_called_by_its_name_dates_an_article_of_its_years(text, day, how):
    found = told(text)
    assert (found.day, found.source) == (date.fromisoformat(day) if day else None, how)


def test_no_year_to_come_makes_a_day_whole(monkeypatch):
    monkeypatch.setattr(dates, "today", lambda: date(1981, 10, 1))
    line = dates.Dateline("Oslo", 10, 16, 0, "")
    assert told("It rained.", line).day == date(1980, 10, 16)
    assert told("It rains until 2050.", line).day == date(1980, 10, 16)


def test_the_month_of_an_address_makes_a_dateline_whole_and_bounds_the_others(tmp_path):
    head = "Title: Rain\nURL: https://lantern.example/2021/03/rain-{}\n\n"
    rain = "The harbour office counted the hours of rain, and the fishmongers of Oslo shut the hall for the afternoon."
    for name, line in (("a", "OSLO, March 4 (NTB) - "), ("b", ""), ("c", "OSLO, May 4 (NTB) - ")):
        (tmp_path / f"{name}.txt").write_text(head.format(name) + line + rain + f"\nThat was rain {name}.")
    documents = tables.load(tmp_path).documents.set_index("doc")
    assert documents.published.to_dict() == {"a": pd.Timestamp("2021-03-04"), "b": pd.NaT, "c": pd.NaT}
    assert documents.dated_by.to_dict() == {"a": "dateline", "b": "address", "c": "address"}
    assert (documents.earliest["b"], documents.latest["b"]) == (pd.Timestamp("2021-03-01"), pd.Timestamp("2021-03-31"))


SPANS = [
    ((None, None), (None, None), (None, None)),
    (("2023-03-12", "2023-10-24"), (None, None), ("2023-03-12", "2023-10-24")),
    (("2023-03-12", None), ("2023-05-01", "2023-05-31"), ("2023-05-01", "2023-05-31")),
    (("2023-05-12", "2023-10-24"), ("2023-05-01", "2023-05-31"), ("2023-05-12", "2023-05-31")),
    (("2023-06-12", None), ("2023-05-01", "2023-05-31"), ("2023-05-01", "2023-05-31")),
]


@pytest.mark.parametrize(("held", "stated", "span"), SPANS)
def test_office_holders_narrow_the_days_that_are_stated_and_never_contradict_them(held, stated, span):
    held, span = (tuple(date.fromisoformat(day) if day else None for day in days) for days in (held, span))
    assert dating._narrowed(held, *map(pd.Timestamp, stated)) == span


def test_a_folder_without_a_catalogue_is_dated_by_its_texts(tmp_path):
    rain = "The harbour office counted the hours of rain, and the fishmongers of Oslo shut the hall for the afternoon."
    (tmp_path / "a.txt").write_text(f"OSLO, March 3, 2021 (NTB) - {rain}\nThe ferry to Drammen stayed in port.")
    (tmp_path / "b.txt").write_text(f"OSLO, March 4 - {rain}\nThe ferry to Drammen sailed again.")
    (tmp_path / "c.txt").write_text(f"{BEIJING}\nThe talks were long, and nobody spoke to the press.")
    (tmp_path / "d.txt").write_text("Defence Minister Andrei Belousov spoke of rain.\nNobody knew when that was.")
    (tmp_path / "2020-05-01-e.txt").write_text("The ships left, and the quay was empty.\nThat was all there was.")
    documents = tables.load(tmp_path).documents.set_index("doc")
    assert documents.dated_by.to_dict() == {
        "2020-05-01-e": "file name",
        "a": "dateline",
        "b": "dateline",
        "c": "text",
        "d": "roles",
    }
    assert [f"{day:%Y-%m-%d}" for day in documents.published[:4]] == [
        "2020-05-01",
        "2021-03-03",
        "2021-03-04",
        "2024-10-15",
    ]
    assert documents.earliest["d"] == pd.Timestamp("2024-05-14")
    assert pd.isna(documents.latest["d"])


def test_a_broken_chronology_is_one_line(tmp_path):
    (tmp_path / "chronology.csv").write_text("day,until\n2024-01-01,\n")
    with pytest.raises(InputError, match="lacks the column place, actors, what, source"):
        dating.chronology(tmp_path, GAZETTEER)
    (tmp_path / "chronology.csv").write_text("day,until,place,actors,what,source\n2024-02-31,,Oslo,NATO,a,b\n")
    with pytest.raises(InputError, match="row 2: no such days, 2024-02-31"):
        dating.chronology(tmp_path, GAZETTEER)
