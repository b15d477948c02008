"""From text, gazetteer and day to `mentions`: each time an actor is named, and by which rule."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from . import InputError

PACKAGED = Path(__file__).parent / "data"
COLUMNS = {
    "actors.csv": ["actor", "kind", "name", "aliases"],
    "surfaces.csv": ["surface", "actor", "via"],
    "roles.csv": ["office", "country", "person", "from", "to", "source"],
}
FOLD = str.maketrans("’‘“”\u00a0–", "''\"\" -")
# One to one, so that offsets hold: what a gazetteer spells one way is found in the other spelling too.
SPELLINGS = [("Defence", "Defense"), ("defence", "defense"), ("isation", "ization"), ("Centre", "Center")]
# Words before a capital that make it a place on the map and not a government.
PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|at|near|from|via|outside|around|across|(?:visit|reach|enter|leave)(?:s|ed|ing)?|left)|"
    r"\b(?:visit|trip|travel(?:l?ed|s)?|flew|fly|flight|flying|arriv\w+|went|return(?:ed|s)?|journey|way|back)\b"
    r"[^.,;]{0,60}\bto) $"
)
PLACE_AFTER = re.compile(r"-based|, (?:[A-Z]\w+)[,. ]| (?:airport|streets?|session|time)\b")


class Surface(NamedTuple):
    """What a piece of text stands for: an actor, or an office of a country ("" where it only blocks), and the rule."""

    actor: str
    via: str
    office: str = ""


class Gazetteer(NamedTuple):
    """Actors, the surfaces that name them, and who held which office when."""

    actors: pd.DataFrame
    roles: pd.DataFrame
    surfaces: dict[str, Surface]
    finder: re.Pattern[str]
    surnames: dict[str, list[str]]


class Mention(NamedTuple):
    """One actor named once, by offsets into the article's text."""

    start: int
    end: int
    surface: str
    actor: str
    via: str
    nested: bool


def read(folder: str | Path | None = None) -> Gazetteer:
    """The gazetteer of a corpus folder, or the packaged one where the folder brings none.

    Raises InputError for a file with a missing column or a surface that names two actors.
    """
    home = Path(folder) if folder and (Path(folder) / "actors.csv").is_file() else PACKAGED
    return _read(*(home / name for name in COLUMNS))


def mentions(text: str, day: pd.Timestamp, gazetteer: Gazetteer) -> list[Mention]:
    """Every mention in a text, sorted; offices resolved by the article's day, a vacant or undated one to nobody.

    Longest match wins; a name inside a longer one ("Russian" in "Russian Navy") is there too, marked `nested`.
    """
    folded = text.translate(FOLD)
    found: list[Mention] = []
    for match in gazetteer.finder.finditer(folded):
        found += _resolved(folded, match, day, gazetteer)
    found += _surnames(folded, found, gazetteer)
    return sorted({m._replace(surface=text[m.start : m.end]) for m in found})


def holder(roles: pd.DataFrame, office: str, country: str, day: pd.Timestamp) -> str:
    """Who held an office on a day: an actor or a name; "" when it was vacant, unknown, or held by two."""
    if pd.isna(day):
        return ""
    then = roles[(roles.office == office) & (roles.country == country) & (roles["from"] <= day)]
    people = then[then.to.isna() | (day <= then.to)].sort_values("from").person.unique()
    # On the day of a change the new holder counts: the news of that day is about the one who comes.
    return people[-1] if len(people) else ""


def trie(words: Iterable[str]) -> str:
    """A regular expression that matches any of the words, the longest first, with common beginnings shared.

    >>> trie(["China", "Chinese"])
    'Chin(?:a|ese)'
    """
    root: dict = {}
    for word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branches(root)


def _branches(node: dict) -> str:
    text = ""
    while len(node) == 1 and "" not in node:
        ((letter, node),) = node.items()
        text += re.escape(letter)
    choices = [re.escape(letter) + _branches(node[letter]) for letter in sorted(node) if letter]
    if not choices:
        return text
    body = choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"
    return text + (f"(?:{body})?" if "" in node else body)


def _resolved(text: str, match: re.Match[str], day: pd.Timestamp, gazetteer: Gazetteer) -> Iterator[Mention]:
    """The mention a match makes, and those nested in it."""
    start, end = match.span()
    surface = gazetteer.surfaces[match[0]]
    actor, via = surface.actor, surface.via
    if surface.office:
        actor = holder(gazetteer.roles, surface.office, surface.actor, day)
    if (
        via == "met"
        and match[0][0].isupper()
        and (PLACE_BEFORE.search(text, max(0, start - 90), start) or PLACE_AFTER.match(text, end))
    ):
        via = "loc"
    if actor and via != "block":
        yield Mention(start, end, match[0], actor, via, False)
    if via in ("role", "inst", "name") and " " in match[0]:
        for inner in gazetteer.finder.finditer(text, start, end - 1):
            inside = gazetteer.surfaces[inner[0]] if inner.span() != match.span() else Surface("", "")
            if inside.actor and not inside.office:
                yield Mention(*inner.span(), inner[0], inside.actor, inside.via, True)


def _surnames(text: str, found: list[Mention], gazetteer: Gazetteer) -> Iterator[Mention]:
    """A surname alone, once its person was named in full or by office; two people of one surname stay unresolved."""
    people = {m.actor for m in found}
    taken = {at for m in found if not m.nested for at in range(m.start, m.end)}
    for surname, holders in gazetteer.surnames.items():
        here = [person for person in holders if person in people]
        if len(here) == 1:
            for match in re.finditer(rf"(?<![\w]){re.escape(surname)}(?!\w)", text):
                if match.start() not in taken:
                    yield Mention(*match.span(), surname, here[0], "name", False)


@lru_cache
def _read(*paths: Path) -> Gazetteer:
    actors, surfaces, roles = (_table(path) for path in paths)
    for column in ("from", "to"):
        roles[column] = pd.to_datetime(roles[column], format="%Y-%m-%d", errors="coerce")
    names = dict(zip(actors.name, actors.actor, strict=True))
    roles["person"] = roles.person.map(lambda name: names.get(name, name))
    roles["country"] = roles.country.map(lambda name: names.get(name, name))
    known: dict[str, Surface] = {}
    for surface, meaning in (*_names(actors), *_extra(surfaces), *_offices(actors, surfaces, roles)):
        if known.setdefault(surface, meaning).actor != meaning.actor and meaning.via != "role":
            raise InputError(
                f"{paths[0]}: '{surface}' stands for both {known[surface].actor} and {meaning.actor}; keep it at one"
            )
    surnames = defaultdict(list)
    for row in actors[actors.kind == "person"].itertuples():
        surnames[row.surname if "surname" in actors and row.surname else row.name.split()[-1]].append(row.actor)
    finder = re.compile(rf"(?<!\w)(?:{trie(known)})(?!\w)") if known else re.compile(r"(?!)")
    return Gazetteer(actors, roles, known, finder, dict(surnames))


def _table(path: Path) -> pd.DataFrame:
    if not path.is_file():
        return pd.DataFrame(columns=COLUMNS[path.name], dtype=str)
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (ValueError, OSError) as error:
        raise InputError(
            f"{path}: cannot be read as a table ({str(error).splitlines()[-1]}); save it as UTF-8 CSV"
        ) from None
    if missing := [column for column in COLUMNS[path.name] if column not in table]:
        raise InputError(
            f"{path}: lacks the column {', '.join(missing)}; its columns are {', '.join(COLUMNS[path.name])}"
        )
    return table


def _names(actors: pd.DataFrame) -> Iterator[tuple[str, Surface]]:
    for row in actors.itertuples():
        via = "name" if row.kind in ("person", "state", "bloc") else "inst"
        for alias in dict.fromkeys(alias.strip() for alias in (row.name, *row.aliases.split("|"))):
            for variant in _variants(alias, lower=row.kind == "institution"):
                yield variant, Surface(row.actor, via)


def _extra(surfaces: pd.DataFrame) -> Iterator[tuple[str, Surface]]:
    for row in surfaces.itertuples():
        for variant in _variants(row.surface):
            yield variant, Surface(row.actor, row.via)


def _offices(actors: pd.DataFrame, surfaces: pd.DataFrame, roles: pd.DataFrame) -> Iterator[tuple[str, Surface]]:
    """Every way to name an office with its country: "Russian defence minister", "Russia's Defense Minister", ..."""
    nouns = actors.set_index("actor").aliases.str.split("|").to_dict()
    adjectives = surfaces[surfaces.via == "dem"].groupby("actor").surface.agg(list).to_dict()
    capitals = surfaces[surfaces.via == "met"].groupby("actor").surface.agg(list).to_dict()
    for office, country in roles[["office", "country"]].drop_duplicates().itertuples(index=False):
        owners = nouns.get(country, [])
        before = [
            *adjectives.get(country, []),
            *owners,
            *(f"{name}'s" for name in (*owners, *capitals.get(country, []))),
        ]
        for title in {office, office.title().replace(" Of ", " of ").replace(" The ", " the "), office.capitalize()}:
            for phrase in (*(f"{word} {title}" for word in before), *(f"{title} of {name}" for name in owners)):
                for variant in _variants(phrase):
                    yield variant, Surface(country, "role", office)


def _variants(surface: str, *, lower: bool = False) -> set[str]:
    """A surface in both spellings, and an institution named with its country in small letters too ("Russian navy")."""
    found = {surface.translate(FOLD)}
    if lower and " " in surface:
        first, rest = surface.translate(FOLD).split(" ", 1)
        if not surface.isupper() and rest.split()[-1] in ("Ministry", "Navy", "Army", "Parliament", "Government"):
            found.add(f"{first} {rest.lower()}")
    for british, american in SPELLINGS:
        found |= {one.replace(british, american) for one in found}
        found |= {one.replace(american, british) for one in found}
    return {one for one in found if one}
