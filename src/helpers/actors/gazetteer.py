"""Read three small tables as a gazetteer: who can be named, by which words, and who held which office when."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import permutations
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

import pandas as pd

from .. import InputError
from ..language import matcher
from ..language.words import ENGLISH, SPELLINGS, Patterns, any_of, fold, lists, pairs, spellings, stands

PACKAGED = Path(__file__).parent / "data"
WORDS = lists(PACKAGED / "words.txt")
TITLES = [title for name in ("titles", "ranks", "courtesies", "crowns") for title in ENGLISH[name]]
_EITHER_CASE = {
    name: any_of(f"[{word[0]}{word[0].lower()}]{word[1:]}" for word in words)
    for name, words in {"ranks": ENGLISH["ranks"], "courtesies": ENGLISH["courtesies"] + ENGLISH["short ranks"]}.items()
}
PATTERN = Patterns(WORDS, titles=any_of(TITLES), **_EITHER_CASE)
COLUMNS = {
    "actors.csv": ["actor", "kind", "name", "aliases"],
    "surfaces.csv": ["surface", "actor", "via"],
    "roles.csv": ["office", "country", "person", "from", "to", "source"],
}
OPTIONAL = {"actors.csv": ["surname", "country", "camp"], "surfaces.csv": [], "roles.csv": ["shared"]}
KINDS = ("person", "institution", "state", "bloc", "media", "place")
VIA = ("name", "inst", "dem", "met", "desc", "role", "block")
LONGEST = 120  # characters of an alias: a name is never longer, and a longer one would nest the expression too deep
OPEN = date.max.toordinal()  # the last day of a term that has not ended
AGAIN = frozenset(WORDS["again"])  # nouns by which an institution is named again
# Surfaces that mean somebody only beside others: who owns an office, who was named before.
COMPOSED = ("office", "head", "organ", "group", "kin", "own", "visit", "seated", "surname")


class Group(NamedTuple):
    """So many states, people, holders of an office or organs; of an office 0 are those of the countries before it."""

    count: int
    kind: str  # state, person, office, organ
    noun: str = ""  # the office, or the noun of the organs


class Surface(NamedTuple):
    """What a piece of text stands for: an actor, by a rule; or `posts` (offices, organs, a group) to be resolved."""

    actor: str
    via: str
    posts: tuple[str, ...] | tuple[Group, ...] = ()


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
    ministry", "RUS"); peers: the offices that share a title with one, as a secretary of state with a foreign minister;
    lands: the surfaces of states, blocs and capitals, which can be part of a longer name.
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
    lands: frozenset[str]


def read(folder: str | Path | None = None) -> Gazetteer:
    """Read the gazetteer of a corpus folder, or the packaged one where the folder brings none.

    Raises InputError, naming file, row and cure, for what does not fit: a missing column, an alias of two actors, an
    actor that is not listed, a day that does not exist, an office held by two at once.
    """
    home = Path(folder) if is_own(folder) else PACKAGED
    return _read(*((home / name, _stamp(home / name)) for name in COLUMNS))


def is_own(folder: str | Path | None) -> bool:
    """Tell whether a corpus folder brings its own gazetteer."""
    return bool(folder) and stands(Path(folder) / "actors.csv")


def holder(gazetteer: Gazetteer, office: str, country: str, first: date | None, last: date | None = None) -> str:
    """Find who held an office on a day, or on all days from `first` to `last`; "" for nobody, several, unknown days.

    On the day of a change the new holder counts: the news of that day is about the one who comes.
    """
    if first is None or first is pd.NaT:
        return ""
    start = first.toordinal()
    end = start if last is None else OPEN if last is pd.NaT else last.toordinal()
    terms = gazetteer.terms.get((office, country), ())
    then = [term for term in terms if term.first <= start and end <= term.last]
    if not then or (len(then) > 1 and any(term.shared for term in then)):
        return ""
    return "" if start < end and any(start < term.first <= end for term in terms) else then[-1].person


def _there(path: Path) -> bool:
    return path.is_file() if path.parent == PACKAGED else stands(path)  # a package may be made of links


def _stamp(path: Path) -> tuple[int, int]:
    """What changes when a file does."""
    return (path.stat().st_mtime_ns, path.stat().st_size) if _there(path) else (0, 0)


@lru_cache(maxsize=8)
def _read(*files: tuple[Path, tuple[int, int]]) -> Gazetteer:
    paths = [path for path, _ in files]
    actors, extra, roles = map(_table, paths)
    for path, row, fault in (*_actor_faults(actors, paths[0]), *_surface_faults(extra, set(actors.actor), paths[1])):
        raise InputError(f"{path}, row {row}: {fault}")
    names = dict(zip(actors.name, actors.actor, strict=True)) | dict(zip(actors.actor, actors.actor, strict=True))
    organs = {(key(noun), country): actor for noun, country, actor in _owned(actors, extra)}
    terms = _terms(roles, names, paths[2])
    terms += _within(terms, names, organs)
    # Someone who held an office is an actor, listed or not.
    unlisted = sorted({term.person for term in terms} - set(actors.actor))
    people = pd.DataFrame({"actor": unlisted, "kind": "person", "name": unlisted})
    actors = pd.concat([actors, people], ignore_index=True).fillna("")
    if "country" in actors:
        actors = actors.assign(country=actors.country.map(names).fillna(""))
    roles = roles.assign(country=roles.country.map(names), person=roles.person.map(lambda name: names.get(name, name)))
    known, surnames = _surfaces(_meanings(actors, extra, roles), paths), _surnames(actors)
    for surface, meaning in list(known.items()):  # names in capitals; two letters are a number or a word
        if meaning.via not in ("desc", *COMPOSED) and len(surface) > 3:
            known.setdefault(surface.upper(), meaning)
    surnames |= {surname.upper(): people for surname, people in surnames.items()}
    for surname in surnames:
        known.setdefault(surname, Surface("", "surname"))
    for column in ("from", "to"):
        roles[column] = pd.to_datetime(roles[column])
    families = frozenset(surname for name in actors.name for surname in surnames if name.startswith(f"{surname} "))
    kinds, held = dict(zip(actors.actor, actors.kind, strict=True)), [(term.person, term) for term in terms]
    lands = ((one, kinds.get(actor)) for one, (actor, via, _) in known.items() if via in ("name", "met", "dem"))
    return Gazetteer(
        actors, roles, known, matcher.finder(known), kinds, surnames, families,
        _grouped(((term.office, term.country), term) for term in terms), _grouped(held), organs, _peers(extra),
        frozenset(one for one, kind in lands if kind in ("state", "bloc")),
    )  # fmt: skip


def _table(path: Path) -> pd.DataFrame:
    columns = COLUMNS[path.name]
    if not _there(path):
        return pd.DataFrame(columns=columns + OPTIONAL[path.name], dtype=str)
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig", skip_blank_lines=False)
    except (ValueError, OSError) as error:
        reason = str(error).splitlines()[-1] if str(error) else type(error).__name__
        raise InputError(f"{path}: cannot be read as a table ({reason}); save it as UTF-8 CSV") from None
    if not isinstance(table.index, pd.RangeIndex):  # pandas takes what goes beyond the header for names of rows
        raise InputError(f"{path}: rows have more cells than the header; put what holds a comma in quotation marks")
    if missing := [column for column in columns if column not in table]:
        raise InputError(f"{path}: lacks the column {', '.join(missing)}; its columns are {', '.join(columns)}")
    table = table[[*columns, *(column for column in OPTIONAL[path.name] if column in table)]]
    table = table.map(lambda cell: normalize("NFC", cell.strip())) if len(table) else table
    table.index += 2  # the row's number in a spreadsheet
    return table[(table != "").any(axis=1)]


def _actor_faults(actors: pd.DataFrame, path: Path) -> Iterator[tuple[Path, int, str]]:
    """What does not fit in the table of actors: file, row, and what to do."""
    for row in actors.itertuples():
        if not row.actor or not row.name:
            yield path, row.Index, "an actor needs an id and a name; fill in both or delete the row"
        if row.kind not in KINDS:
            yield path, row.Index, f"kind is '{row.kind}'; it can be {', '.join(KINDS)}"
        for alias in (row.name, *row.aliases.split("|")):
            if len(alias) > LONGEST:
                cure = f"shorten it to {LONGEST} or split aliases by |"
                yield path, row.Index, f"'{alias[:30]}…' has {len(alias)} letters; {cure}"
    known = {*actors.actor, *actors.name, ""}
    for row, cell in actors.get("country", actors.actor).items():
        if cell not in known:
            yield path, row, f"country is '{cell}', and no actor is; add it as a state or correct the cell"
    for column in ("actor", "name"):
        for row, cell in actors[column][actors[column].duplicated()].items():
            yield path, row, f"{column} '{cell}' stands in two rows; keep one of them"


def _surface_faults(extra: pd.DataFrame, actors: set[str], path: Path) -> Iterator[tuple[Path, int, str]]:
    """What does not fit in the table of surfaces."""
    for row in extra.itertuples():
        if row.via not in VIA:
            yield path, row.Index, f"via is '{row.via}'; it can be {', '.join(VIA)}"
        if not row.surface or len(row.surface) > LONGEST:
            yield path, row.Index, f"a surface has 1 to {LONGEST} letters; this one {len(row.surface)}"
        if row.via not in ("block", "role") and row.actor not in actors:
            yield path, row.Index, f"no actor '{row.actor}' in actors.csv; add it there or correct the id"


def _terms(roles: pd.DataFrame, names: dict[str, str], path: Path) -> list[Term]:
    """The terms of `roles.csv`, by their beginning; no two of one office overlap unless both are marked as shared."""
    terms = []
    for number, cells in roles.to_dict("index").items():
        where, country = f"{path}, row {number}", cells["country"]
        if country not in names:
            raise InputError(f"{where}: no actor '{country}' in actors.csv; add it there or correct the name")
        first, last = _day(cells, "from", where) or 1, _day(cells, "to", where) or OPEN
        if last < first:
            raise InputError(f"{where}: the term ends before it begins; exchange from and to")
        person, shared = names.get(cells["person"], cells["person"]), cells.get("shared", "") not in ("", "no")
        terms.append((Term(person, cells["office"], names[country], first, last, shared), number))
    terms.sort(key=lambda term: (term[0].first, term[0].last))
    longest: dict[tuple[str, str], tuple[Term, int]] = {}
    for term, number in terms:
        other, row = longest.get((term.office, term.country), (None, 0))
        if other and term.first < other.last and other.person != term.person and not (term.shared and other.shared):
            raise InputError(
                f"{path}, rows {min(row, number)} and {max(row, number)}: two hold the office '{term.office}' at once; "
                "correct the days, or write yes in a column 'shared' of both"
            )
        if not other or term.last >= other.last:
            longest[term.office, term.country] = (term, number)
    return [term for term, _ in terms]


def _within(terms: list[Term], names: dict[str, str], organs: dict[tuple[str, str], str]) -> list[Term]:
    """The terms in an institution: the commander of the navy of Russia is the commander of the Russian Navy."""
    inner = []
    for term in terms:
        title, institution = within(term.office)
        actor = organs.get((key(institution), term.country)) or names.get(institution)
        if institution and actor:
            inner.append(term._replace(office=title, country=actor))
    return inner


def _day(cells: dict[str, str], column: str, where: str) -> int:
    """The day of a term as an ordinal; 0 for an empty cell."""
    try:
        return date.fromisoformat(cells[column]).toordinal() if cells[column] else 0
    except ValueError:
        raise InputError(f"{where}: no such day in '{column}', {cells[column]}; write 2024-10-15") from None


def _surfaces(meanings: Iterator[tuple[str, Surface]], paths: list[Path]) -> dict[str, Surface]:
    """Every surface with its one meaning; a description may stand for several actors, joined by |."""
    known: dict[str, Surface] = {}
    for surface, meaning in meanings:
        before, (actor, via, _) = known.get(surface), meaning
        if before is None or before == meaning:
            known[surface] = meaning
        elif via == before.via == "desc":
            known[surface] = Surface("|".join(dict.fromkeys([*before.actor.split("|"), actor])), via)
        elif via not in COMPOSED and before.via not in COMPOSED and before.actor != actor:
            where = " or ".join(path.name for path in paths[:2])
            raise InputError(
                f"{paths[0]}: '{surface}' stands for both {before.actor or 'no one'} and {actor or 'no one'}; "
                f"keep it at one of them, in {where}"
            )
        elif before.via in COMPOSED and via not in COMPOSED:
            known[surface] = meaning
    return known


def _grouped(pairs: Iterable[tuple]) -> dict:
    """The values of each key, in order."""
    grouped = defaultdict(list)
    for name, value in pairs:
        grouped[name].append(value)
    return dict(grouped)


def _meanings(actors: pd.DataFrame, extra: pd.DataFrame, roles: pd.DataFrame) -> Iterator[tuple[str, Surface]]:
    """Every surface with what it stands for, in both spellings, names before what is composed; countries are ids."""
    for row in actors.itertuples():
        meaning = Surface(row.actor, "name" if row.kind in ("person", "state", "bloc") else "inst")
        yield from ((one, meaning) for alias in _aliases(row) for one in spellings(alias))
    for row in extra[extra.via != "role"].itertuples():
        plural = [f"{row.surface}s"] if row.via == "dem" and row.surface.endswith("an") else []
        meaning = Surface(row.actor, row.via)
        yield from ((one, meaning) for form in (row.surface, *plural) for one in spellings(form))
    posts = (*_titles(extra, roles), *_nouns(actors, extra), *_groups(extra, roles))
    posts = _grouped(dict.fromkeys(((form, via), post) for form, via, post in posts))
    seats = {row.surface: row.actor for row in extra[extra.via == "met"].itertuples()}
    yield from ((f"{one} in {seat}", Surface(seats[seat], "seated")) for seat in seats for one in WORDS["seated"])
    seats |= {one: row.actor for row in actors[actors.kind != "person"].itertuples() for one in _aliases(row)}
    for (form, via), found in posts.items():  # "Kremlin chief", "head of NATO"
        ends = (form.rpartition(" ")[0], re.split(r" of (?:the )?", form)[-1]) if via == "office" else ()
        ends = [one.removesuffix("'s") for one in ends]
        seat = next((one for one in ends if one in seats and one not in found[0]), "")
        forms = [form, f"the {form}", f"The {form}"] if f"the {seat}" in seats and form.startswith(seat) else [form]
        yield from ((one, Surface(seats.get(seat, ""), via, tuple(found))) for one in forms)
    yield from _inner(actors, extra, roles)
    yield from ((word, Surface("", via)) for via in ("kin", "visit") for word in WORDS[via])
    yield from ((form, Surface("", "own")) for word in WORDS["own"] for form in (word, word.capitalize()))


def _surnames(actors: pd.DataFrame) -> dict[str, list[str]]:
    """The people of each surname: the column `surname`, else the last word of the name."""
    people = actors[actors.kind == "person"].itertuples()
    return _grouped((fold(getattr(row, "surname", "") or row.name.split()[-1]), row.actor) for row in people)


def _peers(extra: pd.DataFrame) -> dict[str, list[str]]:
    """The offices that share a title with each: "top diplomat" is a foreign minister or a secretary of state."""
    titles = extra[extra.via == "role"].groupby("surface").actor.agg(list)
    return _grouped(
        dict.fromkeys(pair for offices in titles for pair in permutations(offices, 2) if len(set(pair)) > 1)
    )


def key(noun: str) -> str:
    """Write a noun in small letters and one spelling."""
    for british, american in SPELLINGS.items():
        noun = noun.replace(british, american)
    return noun.lower()


@lru_cache(maxsize=4096)
def head(post: str) -> str:
    """Take the noun of a title: "minister" of "defence minister", "secretary" of "secretary of state"."""
    words = re.split(r" (?:of|for|in|to) ", post.lower())[0].replace("-", " ").split() or [""]
    return words[-2] if words[-1] == "general" and len(words) > 1 else words[-1]


def within(office: str) -> tuple[str, str]:
    """Split a title and its institution: ("commander", "navy") of "commander of the navy", ("president", "")."""
    title, _, institution = office.partition(" of ")
    return title, institution.removeprefix("the ")


def _aliases(row: tuple) -> Iterable[str]:
    return dict.fromkeys(filter(None, (alias.strip() for alias in (row.name, *row.aliases.split("|")))))


def _cased(form: str) -> Iterator[str]:
    """A title as it stands in a sentence, at its start, and before a name; with a hyphen where some write one."""
    words = [word if word in ("of", "the", "for", "and") else word[:1].upper() + word[1:] for word in form.split()]
    for cased in dict.fromkeys((form, form[:1].upper() + form[1:], " ".join(words).replace("-in-c", "-in-C"))):
        joined = re.sub(r"(ice|ecretary) (chairm|general)", r"\1-\2", cased, flags=re.IGNORECASE)
        for one in dict.fromkeys((cased, joined)):
            yield from spellings(one)


def _turned(form: str) -> Iterator[str]:
    """A title in its other order: minister of defence, defence minister."""
    yield form
    if of := re.fullmatch(r"(.+?) of (?:the )?(.+)", form):
        yield from (f"{of[2]} {of[1]}", *([f"{of[2]}'s {of[1]}"] if of[2][0].isupper() else ()))
    subject, _, noun = form.rpartition(" ")
    if noun.lower() in ("minister", "ministry") and subject.lower() not in ("", "prime", "first"):
        whole = [f"{subject} affairs", f"{subject} Affairs"] if subject.lower() == "foreign" else [subject]
        whole += [f"national {subject}", f"National {subject}"] if "efen" in subject else []
        yield from (f"{noun} {word} {one}" for one in whole for word in ("of", "for"))


def _titles(extra: pd.DataFrame, roles: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Titles without their country, in both orders, and their nouns alone."""
    offices = list(dict.fromkeys([*roles.office, *(within(office)[0] for office in roles.office if " of " in office)]))
    others = [(row.surface, row.actor) for row in extra[extra.via == "role"].itertuples()]
    for title, office in (*((office, office) for office in offices), *others):
        for form in dict.fromkeys(_turned(title)):
            yield from ((cased, "office", office) for cased in dict.fromkeys(_cased(form)))
    for noun in dict.fromkeys(map(head, offices)):
        if noun not in offices:
            yield from ((form, "head", noun) for form in (noun, noun.capitalize()))


def _owned(actors: pd.DataFrame, extra: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """(noun, country, institution) for each alias that begins or ends with its country."""
    owners = {}
    for row in actors[actors.kind.isin(["state", "bloc", "institution"])].itertuples():
        for alias in _aliases(row):
            owners |= {f"{one}{tail}": row.actor for one in spellings(alias) for tail in (" ", "'s ")}
    owners |= {f"{row.surface} ": row.actor for row in extra[extra.via == "dem"].itertuples()}
    for row in actors[actors.kind == "institution"].itertuples():
        for alias in _aliases(row):
            words = fold(alias).split(" ")
            for at in range(1, min(4, len(words))):
                country = owners.get(" ".join(words[:at]) + " ")
                if country and words[at][:1].isupper():
                    for form in _turned(" ".join(words[at:])):
                        yield form, country, row.actor
                    break


def _nouns(actors: pd.DataFrame, extra: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Institutions without their country, in small letters too, and the nouns by which they are named again."""
    for noun, _, _ in _owned(actors, extra):
        for form in dict.fromkeys((noun, noun.lower(), noun.capitalize())):
            yield from ((one, "organ", key(noun)) for one in spellings(form))
    named = actors[actors.kind.isin(["institution", "bloc"])].itertuples()
    nouns = {head(alias) for row in named for alias in _aliases(row)} & AGAIN
    yield from ((noun, "head", noun) for noun in sorted(nouns))


def _groups(extra: pd.DataFrame, roles: pd.DataFrame) -> Iterator[tuple[str, str, Group]]:
    """Groups such as "both countries", "the two defence ministers", "neither side": how many of what."""
    offices = dict.fromkeys(roles.office)
    for title in dict.fromkeys([*offices, *extra[extra.via == "role"].surface]):
        group = Group(0, "office", title)
        yield from ((one, "group", group) for form in _turned(title) for one in _cased(_plural(form)))
    kinds = [("state", "", *forms) for forms in pairs(WORDS["states"]).items()]
    kinds += [("person", "", *forms) for forms in pairs(WORDS["people"]).items()]
    kinds += [("office", title, title, _plural(title)) for title in dict.fromkeys([*offices, *map(head, offices)])]
    kinds += [("organ", one, one, many) for one, many in pairs(WORDS["organs"]).items()]
    for kind, noun, one, many in kinds:
        counted = [(f"{number} {many}", Group(int(n), kind, noun)) for number, n in pairs(WORDS["numbers"]).items()]
        counted += [(f"{word} {one}", Group(2, kind, noun)) for word in ("either", "neither")]
        for form, group in counted:
            yield from ((cased, "group", group) for cased in list(dict.fromkeys(_cased(form)))[:6])


def _inner(actors: pd.DataFrame, extra: pd.DataFrame, roles: pd.DataFrame) -> Iterator[tuple[str, Surface]]:
    """Offices with their country in the middle: "chief of the Russian general staff"."""
    demonyms = extra[extra.via == "dem"].groupby("actor").surface.agg(list).to_dict()
    for row in actors[actors.kind == "state"].itertuples():  # "the head of US diplomacy"
        short = [alias for alias in _aliases(row) if alias.isupper()]
        demonyms.setdefault(row.actor, []).extend([f"{row.name}'s", *short])
    also = extra[extra.via == "role"].groupby("actor").surface.agg(list).to_dict()
    for office, country in roles[["office", "country"]].drop_duplicates().itertuples(index=False):
        meaning = Surface(country, "office", (office,))
        for title, institution in map(within, (office, *also.get(office, ()))):
            for demonym in demonyms.get(country, ()) if institution else ():
                organs = {institution: 0, institution.title().replace(" Of ", " of "): 0}
                forms = [f"{title} {of} {demonym} {organ}" for of in ("of", "of the") for organ in organs]
                forms += [f"{demonym} {organ} {title}" for organ in organs]
                yield from ((one, meaning) for form in forms for one in _cased(form))


def _plural(title: str) -> str:
    """A title of several: presidents, secretaries of state, vice chairmen."""
    first, *rest = re.split(r"( of | for )", title, maxsplit=1)
    return re.sub(r"mans$", "men", re.sub(r"y$", "ie", first) + "s") + "".join(rest)
