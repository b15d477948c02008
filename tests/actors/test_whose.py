import pandas as pd
import pytest

from helpers.actors import gazetteer
from helpers.actors.whose import KINDS, Register

DAY = pd.Timestamp("2024-06-01")


@pytest.fixture(scope="module")
def register():
    known = gazetteer.read()
    return Register(known, known.actors)


# Words for a speaker, or the id of an actor; its kind, the state or bloc it speaks for, and its name.
SPEAKERS = [
    ("RUS", "state", "RUS", "Russia"),
    ("NATO", "state", "NATO", "NATO"),
    ("putin", "office", "RUS", "Vladimir Putin"),
    ("stoltenberg", "office", "NATO", "Jens Stoltenberg"),
    ("murkowski", "person", "USA", "Lisa Murkowski"),
    ("RUS_MOD", "institution", "RUS", "Ministry of Defence of Russia"),
    ("RUS_NAVY", "institution", "RUS", "Russian Navy"),
    ("PLA", "institution", "CHN", "People's Liberation Army"),
    ("UN", "institution", "", "United Nations"),
    ("TASS", "media", "", "TASS"),
    ("Shanghai Cooperation Organisation (SCO)", "institution", "", "Shanghai Cooperation Organisation"),
    ("Ivan Petrov", "person", "", "Ivan Petrov"),
    ("Ivan Petrov, 43, a fisherman from Murmansk", "person", "", "Ivan Petrov"),
    ("Petrov", "person", "", "Petrov"),
    ("Dr Maria van der Velde", "person", "", "Maria van der Velde"),
    ("the analyst Ivan Petrov", "person", "", "Ivan Petrov"),
    ("the Russian analyst Ivan Petrov", "person", "RUS", "Ivan Petrov"),
    ("Lin Mei and Carlos Ruiz", "person", "", "Lin Mei and Carlos Ruiz"),
    ("Mrs Alvarez", "person", "", "Alvarez"),
    ("Deputy Minister Ana Ruiz", "office", "", "Ana Ruiz"),
    ("ministry spokesman Ivan Petrov", "office", "", "Ivan Petrov"),
    ("Colonel Petrov", "office", "", "Petrov"),
    ("the colonel", "unnamed", "", ""),
    ("an official", "unnamed", "", ""),
    ("a Russian official", "unnamed", "RUS", ""),
    ("U.S. officials", "unnamed", "USA", ""),
    ("China’s envoy", "unnamed", "CHN", ""),
    ("an analyst in Beijing", "unnamed", "", ""),
    ("a scholar of Chinese law in Kyiv", "unnamed", "", ""),
    ("a former adviser to the Russian government", "unnamed", "", ""),
    ("Officials", "unnamed", "", ""),
    ("Neighbours", "unnamed", "", ""),
    ("people familiar with the talks", "unnamed", "", ""),
    ("one of them", "unnamed", "", ""),
    ("he", "unnamed", "", ""),
    ("She", "unnamed", "", ""),
    ("Russians", "unnamed", "RUS", ""),
    ("the government", "institution", "", ""),
    ("Beijing’s embassy", "institution", "CHN", ""),
    ("the Ministry of Fisheries", "institution", "", "Ministry of Fisheries"),
    ("the Foreign Ministry in Taipei", "institution", "TWN", "Foreign Ministry"),
    ("the Chinese military", "institution", "CHN", ""),
    ("the Treasury", "institution", "", "Treasury"),
    ("the U.S. Treasury", "institution", "USA", "U.S. Treasury"),
    ("the collective West", "state", "WEST", "the West"),
    ("Ocean-2024", "unnamed", "", ""),
    ("J. Petrov", "person", "", "J. Petrov"),
    ("a retired officer of the navy", "unnamed", "", ""),
    ("the University of Leeds", "institution", "", "University of Leeds"),
    ("both ministries", "institution", "", ""),
    ("the two countries", "state", "", ""),
    ("both sides", "state", "", ""),
    ("the report", "document", "", ""),
    ("a study by two economists", "document", "", ""),
    ("the poll", "document", "", ""),
    ("The joint statement the two presidents signed", "document", "", ""),
    ("Beijing’s statement", "document", "CHN", ""),
    ("a letter of the workers", "document", "", ""),
    ("a report writer", "unnamed", "", ""),
    ("state television", "media", "", ""),
    ("the newspaper", "media", "", ""),
    ("the Kyiv Post", "media", "", ""),
    ("Chinese state media", "media", "CHN", ""),
    ("the press officer", "unnamed", "", ""),
    ("", "nobody", "", ""),
    ("as", "nobody", "", ""),
    ("The", "nobody", "", ""),
    ("To", "nobody", "", ""),
]


@pytest.mark.parametrize(
    ("words", "kind", "country", "name"), SPEAKERS, ids=[each[0] or "nothing" for each in SPEAKERS]
)
def test_a_speaker_has_a_kind_a_country_and_a_name(register, words, kind, country, name):
    assert register.whose(words, DAY) == (kind, country, name)


def test_the_table_has_every_kind():
    assert {kind for _, kind, *_ in SPEAKERS} == {*KINDS}


OFFICES = [("2024-05-01", "PRK"), ("2024-07-01", "KOR"), ("2030-01-01", "KOR"), (None, "KOR")]
ACTORS = """actor,kind,name,aliases,country,camp
PRK,state,Northland,,,
KOR,state,Southland,,,us
kim,person,Ann Kim,,,
lee,person,Bo Lee,,Southland,them
club,institution,Rowing Club,,,
"""
ROLES = "office,country,person,from,to,source\nminister,Northland,Ann Kim,2024-01-01,2024-05-31,x\n"
ROLES += "minister,Southland,Ann Kim,2024-06-01,,x\n"


@pytest.fixture
def own(tmp_path):
    (tmp_path / "actors.csv").write_text(ACTORS)
    (tmp_path / "roles.csv").write_text(ROLES)
    return tmp_path


@pytest.mark.parametrize(("day", "country"), OFFICES)
def test_an_office_holder_speaks_for_the_state_of_the_day(own, day, country):
    known = gazetteer.read(own)
    found = Register(known, known.actors).whose("kim", pd.Timestamp(day) if day else pd.NaT)
    assert found == ("office", country, "Ann Kim")


def test_a_table_of_actors_may_tell_country_and_camp(own):
    known = gazetteer.read(own)
    assert known.actors.set_index("actor").camp.to_dict() == {
        "PRK": "",
        "KOR": "us",
        "kim": "",
        "lee": "them",
        "club": "",
    }
    register = Register(known, known.actors)
    assert register.whose("lee", DAY) == ("person", "KOR", "Bo Lee") and register.whose("club", DAY).country == ""
    assert register.knows("kim+lee") and not register.knows("kim+somebody") and not register.knows("")


def test_a_country_that_is_no_actor_is_said_in_one_line(own):
    (own / "actors.csv").write_text(ACTORS.replace("Southland,them", "Westland,them"))
    with pytest.raises(ValueError, match=r"actors.csv, row 5: country is 'Westland', and no actor is; add it"):
        gazetteer.read(own)
