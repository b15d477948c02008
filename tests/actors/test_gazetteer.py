import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT

from helpers import InputError
from helpers.actors import gazetteer
from helpers.corpus import dating
from helpers.language import matcher

# What every matcher must find: text, and the surfaces in order. The names are those of a list, told apart by nothing.
NAMES = (
    "US|U.S.|USA|Li|Xi|Xi Jinping|Dong|Dong Jun|China|Chinese|Russia|Moscow|Beijing|Washington|Japan|Sea of Japan|SCO|"
    "People's Republic of China|Central Military Commission|Radio Free Europe/Radio Liberty|Europe|the West|Taiwan|"
    "RFE/RL|New York|New York City|York|PRC|EU|UN|Côte d'Ivoire|Kim"
).split("|")
BOUNDARIES = [
    ("He told us that US and U.S. forces left.", ["US", "U.S."]),
    ("A U.S.-led drill; the U.S. agreed.", ["U.S.", "U.S."]),
    ("Lithium from Lima, said Li.", ["Li"]),
    ("Li's visit; Xi's trip", ["Li", "Xi"]),
    ("Guangdong and Dongfeng, Dong said", ["Dong"]),
    ("Dong Jun met Dong.", ["Dong Jun", "Dong"]),
    ("MOSCOW/BEIJING - talks", []),
    ("Moscow-Beijing and Russia-China ties", ["Moscow", "Beijing", "Russia", "China"]),
    ("Washington-based", ["Washington"]),
    ("in the Sea of Japan and Japan", ["Sea of Japan", "Japan"]),
    ("(SCO), of which", ["SCO"]),
    ("Radio Free Europe/Radio Liberty (RFE/RL).", ["Radio Free Europe/Radio Liberty", "RFE/RL"]),
    ("non-Chinese, Chinese-made", ["Chinese", "Chinese"]),
    ("the People's Republic of China's army", ["People's Republic of China"]),
    ("Central Military Commissions", []),
    ("New Yorkers in New York City", ["New York City"]),
    ("Russia-PRC defense", ["Russia", "PRC"]),
    ("EUROPE, EU, UNICEF, UN.", ["EU", "UN"]),
    ("in Côte d'Ivoire today", ["Côte d'Ivoire"]),
    ("“China”—‘Xi’…Taiwan", ["China", "Xi", "Taiwan"]),
    ("Xi Jinping_2 Xi", ["Xi", "Xi"]),
    ("USA/US", ["USA", "US"]),
    ("Kimono Kim, Kim's", ["Kim", "Kim"]),
    ("the U.S.'s role", ["U.S."]),
    ("Western vs the West.", ["the West"]),
    ("end with U.S.", ["U.S."]),
    ("China's, China; China: China", ["China"] * 4),
]
FINDER = matcher.finder(NAMES)


@pytest.mark.parametrize(("text", "expected"), BOUNDARIES, ids=[text for text, _ in BOUNDARIES])
def test_names_are_found_where_no_letter_touches_them(text, expected):
    assert FINDER.findall(text) == expected


def longest_match(words, text):
    """Where the longest word stands at each place, tried one by one: slow, and plainly right."""
    at, found = 0, []
    letter = lambda where: 0 <= where < len(text) and re.match(r"\w", text[where]) is not None  # noqa: E731
    while at < len(text):
        fits = [w for w in words if text.startswith(w, at) and not letter(at - 1) and not letter(at + len(w))]
        if fits:
            found.append((at, at + max(map(len, fits))))
            at = found[-1][1]
        else:
            at += 1
    return found


@given(
    st.lists(st.text(alphabet="abA-.'+ ", min_size=1, max_size=6), min_size=1, max_size=12),
    st.text(alphabet="abA-.'+ ", max_size=60),
)
def test_the_finder_finds_what_trying_every_word_finds(words, text):
    assert [m.span() for m in matcher.finder(words).finditer(text)] == longest_match(words, text)


def folder(tmp_path, actors="", surfaces="", roles=""):
    """A corpus folder with these rows in its gazetteer, below the headings."""
    (tmp_path / "actors.csv").write_text(f"actor,kind,name,aliases\n{actors}", encoding="utf-8")
    (tmp_path / "surfaces.csv").write_text(f"surface,actor,via\n{surfaces}", encoding="utf-8")
    (tmp_path / "roles.csv").write_text(f"office,country,person,from,to,source,shared\n{roles}", encoding="utf-8")
    return tmp_path


MOON = "moon,state,Moonland,Moonland\n"
FAULTS = [
    ("actors", "a,state,A,Same\nb,state,B,Same\n", "actors.csv: 'Same' stands for both a and b"),
    ("actors", "a,state,A,\na,state,B,\n", "actors.csv, row 3: actor 'a' stands in two rows"),
    ("actors", "a,state,A,\nb,state,A,\n", "actors.csv, row 3: name 'A' stands in two rows"),
    ("actors", ",state,A,\n", "actors.csv, row 2: an actor needs an id and a name"),
    (
        "actors",
        "a,state,A,\nb,country,B,\n",
        "actors.csv, row 3: kind is 'country'; it can be person, institution, state",
    ),
    ("actors", "a,Person,A,\n", "actors.csv, row 2: kind is 'Person'; it can be .*, place"),
    ("actors", "a,,A,\n", "actors.csv, row 2: kind is ''; it can be"),
    ("actors", f"a,state,A,{'x' * 300}\n", "row 2: 'x+…' has 300 letters"),
    ("surfaces", "Lunar,sun,dem\n", "surfaces.csv, row 2: no actor 'sun' in actors.csv"),
    ("surfaces", "Lunar,moon,adjective\n", "surfaces.csv, row 2: via is 'adjective'; it can be name"),
    ("surfaces", "Moonland,,block\n", "'Moonland' stands for both moon and no one"),
    ("roles", "king,Moonland,Ann,2020-06-31,,\n", "roles.csv, row 2: no such day in 'from', 2020-06-31"),
    ("roles", "king,Moonland,Ann,31 June,,\n", "roles.csv, row 2: no such day in 'from', 31 June; write 2024-10-15"),
    ("roles", "king,Moonland,Ann,2021-01-01,2020-01-01,\n", "row 2: the term ends before it begins"),
    ("roles", "king,Atlantis,Ann,2020-01-01,,\n", "row 2: no actor 'Atlantis' in actors.csv"),
    (
        "roles",
        "king,Moonland,Ann,2020-01-01,2021-02-01,\nking,Moonland,Bob,2021-01-01,,\n",
        "roles.csv, rows 2 and 3: two hold the office 'king' at once; .*'shared'",
    ),
]


@pytest.mark.parametrize(("file", "rows", "message"), FAULTS, ids=[message for *_, message in FAULTS])
def test_a_fault_is_one_line_with_file_row_and_cure(tmp_path, file, rows, message):
    tables = {"actors": MOON} | {file: rows}
    with pytest.raises(InputError, match=message) as raised:
        gazetteer.read(folder(tmp_path, **tables))
    assert "\n" not in str(raised.value)


def test_each_kind_that_the_readme_names_is_one():
    told = re.search(r"kind \(([^)]*)\)", (ROOT / "README.md").read_text(encoding="utf-8"))[1]
    assert sorted(re.findall(r"[a-z]+", told.partition(";")[0])) == sorted(gazetteer.KINDS)
    assert set(gazetteer.read().actors.kind) <= set(gazetteer.KINDS)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("actor,kind,name\nx,state,X\n", "lacks the column aliases"),
        ('actor,kind,name,aliases\na,"b\n', "cannot be read"),
        ("actor,kind,name,aliases\nx,state,Moonland,the Moon,Luna\ny,state,Sunland,the Sun,Sol\n", "more cells"),
        ("actor,kind,name,aliases\nx,state,Moonland,Luna\ny,state,Sunland,the Sun,Sol\n", "cannot be read"),
    ],
)
def test_a_file_that_is_no_such_table_is_one_line(tmp_path, text, message):
    (tmp_path / "actors.csv").write_text(text)
    with pytest.raises(InputError, match=message) as raised:
        gazetteer.read(tmp_path)
    assert "\n" not in str(raised.value)


def test_a_change_of_the_file_is_read_without_a_new_start(tmp_path):
    assert "Sunland" not in gazetteer.read(folder(tmp_path, actors=MOON)).surfaces
    assert "Sunland" in gazetteer.read(folder(tmp_path, actors=MOON + "sun,state,Sunland,\n")).surfaces


def test_a_spreadsheet_s_blank_lines_spaces_and_mark_do_no_harm(tmp_path):
    folder(tmp_path)
    text = "\ufeffactor,kind,name,aliases,notes\n\n moon ,state, Moonland ,Luna | Selene,mine\n,,,,\n"
    (tmp_path / "actors.csv").write_text(text, encoding="utf-8")
    assert {"Moonland", "Luna", "Selene"} <= set(gazetteer.read(tmp_path).surfaces)


TERMS = (
    "king,Moonland,Ann,2020-01-01,2021-01-01,\nking,Moonland,Bob,2021-01-01,2022-06-01,\n"
    "king,Moonland,Cid,2022-07-01,,\nconsul,Moonland,Dan,2020-01-01,,,yes\nconsul,Moonland,Eve,2021-01-01,2022-01-01,,yes\n"
)
HOLDERS = [
    ("king", "2020-06-01", None, "Ann"),
    ("king", "2021-01-01", None, "Bob"),  # on the day of a change the new one
    ("king", "2022-06-15", None, ""),  # vacant
    ("king", "2019-01-01", None, ""),
    ("king", "2020-02-01", "2020-03-01", "Ann"),  # all days agree
    ("king", "2020-12-01", "2021-02-01", ""),  # they do not
    ("king", "2020-12-01", "2021-01-01", ""),  # the last day is the next one's
    ("king", "2023-01-01", "NaT", "Cid"),  # nobody follows
    ("king", "2022-01-01", "NaT", ""),
    ("king", "NaT", None, ""),
    ("consul", "2020-06-01", None, "Dan"),
    ("consul", "2021-06-01", None, ""),  # two share it
    ("queen", "2020-06-01", None, ""),
]


@pytest.mark.parametrize(("office", "first", "last", "person"), HOLDERS)
def test_an_office_is_its_holder_s_when_every_day_agrees(tmp_path, office, first, last, person):
    known = gazetteer.read(folder(tmp_path, actors=MOON, roles=TERMS))
    days = [pd.Timestamp(day) if day else None for day in (first, last)]
    assert gazetteer.holder(known, office, "moon", *days) == person


def test_twenty_thousand_aliases_are_found_at_once():
    names = [f"N{number:x} {number % 977:x}" for number in range(20_000)]
    finder = matcher.finder(names)
    assert finder.findall(f"{names[7]}, {names[19_999]} and N7x") == [names[7], names[19_999]]


@pytest.mark.parametrize("rows", ["".join(f"a{n},state,{chr(19968 + n)},\n" for n in range(5_000)), ""])
def test_letters_by_the_thousand_and_no_name_at_all_are_gazetteers_too(tmp_path, rows):
    known = gazetteer.read(folder(tmp_path, actors=rows))
    assert [m[0] for m in known.finder.finditer(f"x {chr(19968)} y")] == ([chr(19968)] if rows else [])


def test_names_that_nest_deep_are_found():
    names = ["a" * length for length in range(1, gazetteer.LONGEST + 1)]
    assert matcher.finder(names).findall(f"{'a' * 77} {'a' * 121}") == ["a" * 77]


@pytest.mark.parametrize(
    "path", [*(gazetteer.PACKAGED / name for name in gazetteer.COLUMNS), dating.PACKAGED / dating.CHRONOLOGY]
)
def test_the_package_reads_the_very_files_of_the_corpus(path):
    assert path.samefile(ROOT / "corpus" / path.name)


def test_groups_say_how_many_of_what():
    posts = {surface: meaning.posts for surface, meaning in gazetteer.read().surfaces.items() if meaning.via == "group"}
    assert posts["both countries"] == (gazetteer.Group(2, "state"),)
    assert posts["two leaders"] == (gazetteer.Group(2, "person"),)
    assert posts["two defence ministers"][0] == gazetteer.Group(2, "office", "defence minister")
    assert posts["defense ministers"][0] == gazetteer.Group(0, "office", "defence minister")
    assert posts["two ministries"] == (gazetteer.Group(2, "organ", "ministry"),)


@pytest.mark.parametrize(
    ("post", "noun"),
    [
        ("secretary of state", "secretary"),
        ("attorney general", "attorney"),
        ("general", "general"),
        ("-", ""),
        (" of the navy", ""),
        ("", ""),
    ],
)
def test_the_noun_of_a_title_that_may_have_none(post, noun):
    assert gazetteer.head(post) == noun
