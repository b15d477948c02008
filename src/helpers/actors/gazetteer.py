"""From three small tables to a gazetteer: who can be named, by which words, and who held which office when."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from .. import InputError
from ..language import matcher
from . import surfaces

PACKAGED = Path(__file__).parent / "data"
COLUMNS = {
    "actors.csv": ["actor", "kind", "name", "aliases"],
    "surfaces.csv": ["surface", "actor", "via"],
    "roles.csv": ["office", "country", "person", "from", "to", "source"],
}
OPTIONAL = {"actors.csv": ["surname"], "surfaces.csv": [], "roles.csv": ["shared"]}
VIA = ("name", "inst", "dem", "met", "desc", "role", "block")
LONGEST = 120  # characters of an alias: a name is never longer, and a longer one would nest the expression too deep
OPEN = date.max.toordinal()  # the last day of a term that has not ended


class Surface(NamedTuple):
    """What a piece of text stands for: an actor, by a rule; or the `post` (office, organ, noun) that needs an owner."""

    actor: str
    via: str
    post: str = ""


class Term(NamedTuple):
    """A stretch of days, as ordinals, in which a person held an office of a country."""

    person: str
    office: str
    country: str
    first: int
    last: int
    shared: bool


class Gazetteer(NamedTuple):
    """Actors, the surfaces that name them, and who held which office when.

    surnames: the people of each surname; families: the surnames that stand before the given name; terms: those of each
    (office, country); careers: those of each person; organs: the institution of each (noun, country), as of ("defense
    ministry", "RUS"); peers: the offices that share a title with one, as a secretary of state with a foreign minister.
    """

    actors: pd.DataFrame
    roles: pd.DataFrame
    surfaces: dict[str, Surface]
    finder: re.Pattern[str]
    kinds: dict[str, str]
    surnames: dict[str, list[str]]
    families: frozenset[str]
    terms: dict[tuple[str, str], list[Term]]
    careers: dict[str, list[Term]]
    organs: dict[tuple[str, str], str]
    peers: dict[str, list[str]]


def read(folder: str | Path | None = None) -> Gazetteer:
    """The gazetteer of a corpus folder, or the packaged one where the folder brings none.

    Raises InputError, naming file, row and cure, for what does not fit: a missing column, an alias of two actors, an
    actor that is not listed, a day that does not exist, an office held by two at once.
    """
    home = Path(folder) if is_own(folder) else PACKAGED
    return _read(*((home / name, _stamp(home / name)) for name in COLUMNS))


def is_own(folder: str | Path | None) -> bool:
    """Whether a corpus folder brings its own gazetteer."""
    return bool(folder) and (Path(folder) / "actors.csv").is_file()


def holder(gazetteer: Gazetteer, office: str, country: str, first: date | None, last: date | None = None) -> str:
    """Who held an office on a day, or on all days from `first` to `last`; "" for nobody, several, or unknown days.

    On the day of a change the new holder counts: the news of that day is about the one who comes.
    """
    if first is None or pd.isna(first):
        return ""
    start = first.toordinal()
    end = start if last is None else OPEN if pd.isna(last) else last.toordinal()
    terms = gazetteer.terms.get((office, country), ())
    then = [term for term in terms if term.first <= start and end <= term.last]
    if not then or (len(then) > 1 and any(term.shared for term in then)):
        return ""
    return "" if any(start < term.first <= end for term in terms) else then[-1].person


def _stamp(path: Path) -> tuple[int, int]:
    """What changes when a file does."""
    return (path.stat().st_mtime_ns, path.stat().st_size) if path.is_file() else (0, 0)


@lru_cache(maxsize=8)
def _read(*files: tuple[Path, tuple[int, int]]) -> Gazetteer:
    paths = [path for path, _ in files]
    actors, extra, roles = map(_table, paths)
    _check_actors(actors, paths[0])
    names = dict(zip(actors.name, actors.actor, strict=True)) | dict.fromkeys(actors.actor)
    names = {name: actor or name for name, actor in names.items()}
    _check_surfaces(extra, set(actors.actor), paths[1])
    terms = _terms(roles, names, paths[2])
    organs = surfaces.organs(actors, extra)
    terms += _within(terms, names, organs)
    # Someone who held an office is an actor, listed or not.
    unlisted = sorted({term.person for term in terms} - set(actors.actor))
    people = pd.DataFrame({"actor": unlisted, "kind": "person", "name": unlisted})
    actors = pd.concat([actors, people], ignore_index=True).fillna("")
    known = _surfaces(surfaces.of(actors, extra, roles.assign(country=roles.country.map(names))), paths)
    kinds = dict(zip(actors.actor, actors.kind, strict=True))
    surnames = surfaces.surnames(actors)
    for surname in surnames:
        known.setdefault(surname, Surface("", "surname", surname))
    roles = roles.assign(country=roles.country.map(names), person=roles.person.map(lambda name: names.get(name, name)))
    for column in ("from", "to"):
        roles[column] = pd.to_datetime(roles[column])
    return Gazetteer(
        actors,
        roles,
        known,
        matcher.finder(known),
        kinds,
        surnames,
        frozenset(surname for name in actors.name for surname in surnames if name.startswith(f"{surname} ")),
        _grouped(terms, lambda term: (term.office, term.country)),
        _grouped(terms, lambda term: term.person),
        organs,
        surfaces.peers(extra),
    )


def _table(path: Path) -> pd.DataFrame:
    columns = COLUMNS[path.name]
    if not path.is_file():
        return pd.DataFrame(columns=columns + OPTIONAL[path.name], dtype=str)
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig", skip_blank_lines=False)
    except (ValueError, OSError) as error:
        reason = str(error).splitlines()[-1] if str(error) else type(error).__name__
        raise InputError(f"{path}: cannot be read as a table ({reason}); save it as UTF-8 CSV") from None
    if missing := [column for column in columns if column not in table]:
        raise InputError(f"{path}: lacks the column {', '.join(missing)}; its columns are {', '.join(columns)}")
    table = table[[*columns, *(column for column in OPTIONAL[path.name] if column in table)]]
    table = table.map(str.strip) if len(table) else table
    table.index += 2  # the row's number in a spreadsheet
    return table[(table != "").any(axis=1)]


def _check_actors(actors: pd.DataFrame, path: Path) -> None:
    for row in actors.itertuples():
        if not row.actor or not row.name:
            raise InputError(
                f"{path}, row {row.Index}: an actor needs an id and a name; fill in both or delete the row"
            )
        if too_long := [alias for alias in (row.name, *row.aliases.split("|")) if len(alias) > LONGEST]:
            raise InputError(
                f"{path}, row {row.Index}: '{too_long[0][:30]}…' has {len(too_long[0])} letters; "
                f"shorten it to {LONGEST} or split aliases by |"
            )
    for column in ("actor", "name"):
        twice = actors[actors[column].duplicated()]
        for row in twice[[column]].itertuples():
            raise InputError(f"{path}, row {row.Index}: {column} '{row[1]}' stands in two rows; keep one of them")


def _check_surfaces(extra: pd.DataFrame, actors: set[str], path: Path) -> None:
    for row in extra.itertuples():
        if row.via not in VIA:
            raise InputError(f"{path}, row {row.Index}: via is '{row.via}'; it can be {', '.join(VIA)}")
        if not row.surface or len(row.surface) > LONGEST:
            raise InputError(
                f"{path}, row {row.Index}: a surface has 1 to {LONGEST} letters; this one {len(row.surface)}"
            )
        if row.via not in ("block", "role") and row.actor not in actors:
            raise InputError(
                f"{path}, row {row.Index}: no actor '{row.actor}' in actors.csv; add it there or correct the id"
            )


def _terms(roles: pd.DataFrame, names: dict[str, str], path: Path) -> list[Term]:
    """The terms of `roles.csv`, by their beginning; no two of one office overlap unless both are marked as shared."""
    terms = []
    for row in roles.to_dict("index").items():
        number, cells = row
        if cells["country"] not in names:
            raise InputError(
                f"{path}, row {number}: no actor '{cells['country']}' in actors.csv; add it there or correct the name"
            )
        first, last = (_day(cells[column], path, number, column) for column in ("from", "to"))
        if last < first:
            raise InputError(f"{path}, row {number}: the term ends before it begins; exchange from and to")
        person = names.get(cells["person"], cells["person"])
        shared = cells.get("shared", "") not in ("", "no")
        terms.append((Term(person, cells["office"], names[cells["country"]], first, last, shared), number))
    terms.sort(key=lambda term: (term[0].first, term[0].last))
    last: dict[tuple[str, str], tuple[Term, int]] = {}
    for term, number in terms:
        other, row = last.get((term.office, term.country), (None, 0))
        if other and term.first < other.last and other.person != term.person and not (term.shared and other.shared):
            raise InputError(
                f"{path}, rows {min(row, number)} and {max(row, number)}: two hold the office '{term.office}' at once; "
                "correct the days, or write yes in a column 'shared' of both"
            )
        if not other or term.last >= other.last:
            last[term.office, term.country] = (term, number)
    return [term for term, _ in terms]


def _within(terms: list[Term], names: dict[str, str], organs: dict[tuple[str, str], str]) -> list[Term]:
    """The terms in an institution: the commander of the navy of Russia is the commander of the Russian Navy."""
    found = []
    for term in terms:
        title, institution = surfaces.within(term.office)
        actor = organs.get((surfaces.key(institution), term.country)) or names.get(institution)
        if institution and actor:
            found.append(term._replace(office=title, country=actor))
    return found


def _day(cell: str, path: Path, number: int, column: str) -> int:
    if not cell:
        return OPEN if column == "to" else 1
    try:
        return date.fromisoformat(cell).toordinal()
    except ValueError:
        raise InputError(f"{path}, row {number}: no such day in '{column}', {cell}; write 2024-10-15") from None


def _surfaces(meanings: Iterator[tuple[str, Surface]], paths: list[Path]) -> dict[str, Surface]:
    """Every surface with its one meaning; a description may stand for several actors, joined by |."""
    known: dict[str, Surface] = {}
    for surface, actor, via, post in meanings:
        before, meaning = known.get(surface), Surface(actor, via, post)
        if before is None or before == meaning:
            known[surface] = meaning
        elif via == before.via == "desc":
            known[surface] = Surface("|".join(dict.fromkeys([*before.actor.split("|"), actor])), via)
        elif via not in surfaces.COMPOSED and before.via not in surfaces.COMPOSED and before.actor != actor:
            where = " or ".join(path.name for path in paths[:2])
            raise InputError(
                f"{paths[0]}: '{surface}' stands for both {before.actor or 'no one'} and {actor or 'no one'}; "
                f"keep it at one of them, in {where}"
            )
        elif before.via in surfaces.COMPOSED and via not in surfaces.COMPOSED:
            known[surface] = meaning
    return known


def _grouped(terms: list[Term], key: object) -> dict:
    found = defaultdict(list)
    for term in terms:
        found[key(term)].append(term)
    return dict(found)
