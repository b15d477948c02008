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
