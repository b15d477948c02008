import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import InputError, actors

GAZETTEER = actors.read()
AUTUMN_2024, SUMMER_2023, VACANT = map(pd.Timestamp, ("2024-10-15", "2023-08-15", "2023-11-15"))


def named(text, day=AUTUMN_2024, *, nested=False):
    """(surface, actor, via) of each mention."""
    return [(m.surface, m.actor, m.via) for m in actors.mentions(text, day, GAZETTEER) if m.nested == nested]


MENTIONS = [
    ("He told us that US forces left.", [("US", "USA", "name")]),
    ("A U.S.-led drill; the U.S. agreed.", [("U.S.", "USA", "name")] * 2),
    ("China’s army, China-made, non-Chinese.", [("China", "CHN", "name")] * 2 + [("Chinese", "CHN", "dem")]),
    ("Guangdong and Dongfeng stayed home.", []),
    ("In the Sea of Japan, Japan protested.", [("Japan", "JPN", "name")]),
    ("The Washington Post and the Moscow Times wrote.", []),
    ("Moscow objected.", [("Moscow", "RUS", "met")]),
    ("They met in Moscow.", [("Moscow", "RUS", "loc")]),
    ("During his visit to Beijing he smiled.", [("Beijing", "CHN", "loc")]),
    ("The Washington-based institute said so.", [("Washington", "USA", "loc")]),
    ("Xi Jinping came. Xi left.", [("Xi Jinping", "xi", "name"), ("Xi", "xi", "name")]),
    ("Dong Jun met him. Dong spoke.", [("Dong Jun", "dong_jun", "name"), ("Dong", "dong_jun", "name")]),
    ("A man called Dong spoke.", []),
    ("Li Shangfu met Li Qiang. Li spoke.", [("Li Shangfu", "li_shangfu", "name"), ("Li Qiang", "li_qiang", "name")]),
    ("the Russian defence ministry said", [("Russian defence ministry", "RUS_MOD", "inst")]),
    ("Russia's Defense Ministry said", [("Russia's Defense Ministry", "RUS_MOD", "inst")]),
    (
        "the Shanghai Cooperation Organization (SCO)",
        [("Shanghai Cooperation Organization", "SCO", "inst"), ("SCO", "SCO", "inst")],
    ),
    ("Seoul and South Korean jets", [("Seoul", "KOR", "met"), ("South Korean", "KOR", "dem")]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), MENTIONS, ids=[text[:40] for text, _ in MENTIONS])
def test_mentions(text, expected):
    assert named(text) == expected


OFFICES = [
    ("Russian Defense Minister", AUTUMN_2024, "belousov"),
    ("Russia's defence minister", SUMMER_2023, "shoigu"),
    ("the Chinese defence minister", SUMMER_2023, "li_shangfu"),
    ("the Chinese defence minister", VACANT, None),
    ("the Chinese defence minister", pd.NaT, None),
    ("the US Secretary of State", AUTUMN_2024, "blinken"),
    ("NATO secretary general", pd.Timestamp("2024-07-10"), "stoltenberg"),
    ("NATO's Secretary General", pd.Timestamp("2024-10-02"), "rutte"),
    ("the Iranian president", pd.Timestamp("2024-06-01"), None),
    ("defence minister of Russia", pd.Timestamp("2024-05-13"), None),
]


@pytest.mark.parametrize(("office", "day", "person"), OFFICES)
def test_an_office_is_whoever_held_it_on_the_day(office, day, person):
    roles = [actor for _, actor, via in named(f"On that day {office} spoke.", day) if via == "role"]
    assert roles == ([person] if person else [])


def test_the_day_of_a_change_belongs_to_the_new_holder():
    assert actors.holder(GAZETTEER.roles, "commander of the navy", "RUS", pd.Timestamp("2024-03-10")) == "moiseyev"


def test_a_surname_resolves_after_its_office_and_the_country_inside_is_nested():
    text = "Chinese Defence Minister Dong arrived. Dong smiled."
    assert [actor for _, actor, _ in named(text)] == ["dong_jun"] * 3
    assert named(text, nested=True) == [("Chinese", "CHN", "dem")]


def test_offsets_point_at_the_surface_with_its_own_quotation_marks():
    text = "“China’s Defence Ministry” said, and Xi Jinping’s guests left."
    found = actors.mentions(text, AUTUMN_2024, GAZETTEER)
    assert all(text[m.start : m.end] == m.surface for m in found)
    assert "China’s Defence Ministry" in {m.surface for m in found}


@given(
    st.lists(st.text(alphabet="ab-. ", min_size=1, max_size=5), min_size=1, max_size=8),
    st.text(alphabet="ab-. ", max_size=40),
)
def test_the_trie_finds_what_trying_every_word_finds(words, text):
    longest = sorted(set(words), key=len, reverse=True)
    plain = re.compile("|".join(map(re.escape, longest)))
    assert [m.span() for m in re.finditer(actors.trie(words), text)] == [m.span() for m in plain.finditer(text)]


def test_a_folder_s_own_gazetteer_replaces_the_packaged_one(tmp_path):
    (tmp_path / "actors.csv").write_text("actor,kind,name,aliases\nmoon,state,Moonland,Moonland|C++ (state)\n")
    found = actors.mentions("Moonland and C++ (state) met China.", AUTUMN_2024, actors.read(tmp_path))
    assert [(m.surface, m.actor) for m in found] == [("Moonland", "moon"), ("C++ (state)", "moon")]


def test_an_empty_gazetteer_finds_nobody(tmp_path):
    (tmp_path / "actors.csv").write_text("actor,kind,name,aliases\n")
    assert actors.mentions("China met Russia.", AUTUMN_2024, actors.read(tmp_path)) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("actor,kind,name\nx,state,X\n", "lacks the column aliases"),
        ("actor,kind,name,aliases\na,state,A,Same\nb,state,B,Same\n", "'Same' stands for both a and b"),
        ('actor,kind,name,aliases\na,"b\n', "cannot be read as a table"),
    ],
)
def test_a_broken_gazetteer_is_one_line_with_the_cure(tmp_path, text, message):
    (tmp_path / "actors.csv").write_text(text)
    with pytest.raises(InputError, match=message) as raised:
        actors.read(tmp_path)
    assert "\n" not in str(raised.value)
    assert "actors.csv" in str(raised.value)
