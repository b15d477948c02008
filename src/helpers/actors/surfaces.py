"""The ways newspapers write an actor, an office, an institution of a country, and those already named."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product

import pandas as pd

FOLDED = dict(zip("’‘“”\u00a0–", "''\"\" -", strict=True))
# What a gazetteer spells one way is found in the other spelling too.
SPELLINGS = [("Defence", "Defense"), ("defence", "defense"), ("isation", "ization"), ("Centre", "Center")]
SPELLINGS += [("Theatre", "Theater"), ("Labour", "Labor")]
# Surfaces that mean somebody only beside others: who owns an office, who was named before.
COMPOSED = ("office", "head", "organ", "group", "kin", "own", "surname")
KIN = ("counterpart", "colleague", "opposite number", "predecessor", "successor")
OWN = tuple(" ".join(pair) for pair in product(("his", "her"), ("country", "nation", "government")))
NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4}
SIDES = {  # nouns that stand for states, one and many
    **{noun: f"{noun}s" for noun in "side nation government force power partner capital state fleet".split()},
    **{"country": "countries", "party": "parties", "military": "militaries", "army": "armies", "navy": "navies"},
    **{"neighbour": "neighbours", "neighbor": "neighbors", "armed force": "armed forces", "air force": "air forces"},
}
PEOPLE = {"leader": "leaders", "head of state": "heads of state", "official": "officials", "man": "men"}
# Nouns by which an institution is named again: "the ministry".
AGAIN = frozenset(
    "ministry commission command council organisation organization institute embassy committee department agency "
    "alliance bloc court".split()
)
Meaning = tuple[str, str, str, str]  # surface, actor, via, post


def of(actors: pd.DataFrame, extra: pd.DataFrame, roles: pd.DataFrame) -> Iterator[Meaning]:
    """Every surface with the actor, rule and post it stands for, in both spellings.

    Takes the three tables of a gazetteer, countries of `roles` as ids. Names come before what is composed.
    """
    for row in actors.itertuples():
        via = "name" if row.kind in ("person", "state", "bloc") else "inst"
        for alias in _aliases(row):
            yield from ((one, row.actor, via, "") for one in spellings(alias))
    for row in extra[extra.via != "role"].itertuples():
        plural = [f"{row.surface}s"] if row.via == "dem" and row.surface.endswith("an") else []
        yield from ((one, row.actor, row.via, "") for form in (row.surface, *plural) for one in spellings(form))
    posts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for form, via, post in (*_offices(extra, roles), *_organs(actors, extra), *_groups(roles)):
        if post not in posts[form, via]:
            posts[form, via].append(post)
    yield from ((form, "", via, "|".join(found)) for (form, via), found in posts.items())
    yield from _inner(extra, roles)
    yield from ((word, "", "kin", "") for word in KIN)
    yield from ((form, "", "own", "") for word in OWN for form in (word, word.capitalize()))


def fold(text: str) -> str:
    """A text with plain quotation marks, dashes and spaces, one for one, so that offsets hold."""
    for mark, plain in FOLDED.items():  # far faster than str.translate
        text = text.replace(mark, plain)
    return text


def spellings(surface: str) -> list[str]:
    """A surface in British and American spelling, with plain quotation marks; the spelling given comes first.

    >>> spellings("Russia’s Defence Ministry")
    ["Russia's Defence Ministry", "Russia's Defense Ministry"]
    """
    found = [fold(surface)] if surface else []
    found += [f"The {one[4:]}" for one in found if one.startswith("the ")]
    for british, american in SPELLINGS:
        found += [one.replace(british, american) for one in found if british in one]
        found += [one.replace(american, british) for one in found if american in one]
    return list(dict.fromkeys(found))


def surnames(actors: pd.DataFrame) -> dict[str, list[str]]:
    """The people of each surname: the column `surname`, else the last word of the name."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in actors[actors.kind == "person"].itertuples():
        surname = getattr(row, "surname", "") or row.name.split()[-1]
        found[fold(surname)].append(row.actor)
    return dict(found)


def organs(actors: pd.DataFrame, extra: pd.DataFrame) -> dict[tuple[str, str], str]:
    """The institution of each (noun, country): ("defense ministry", "RUS") is the Russian Defence Ministry."""
    return {(key(noun), country): actor for noun, country, actor in _owned(actors, extra)}


def peers(extra: pd.DataFrame) -> dict[str, list[str]]:
    """The offices that share a title with each: "top diplomat" is a foreign minister or a secretary of state."""
    titles = extra[extra.via == "role"].groupby("surface").actor.agg(list)
    found: dict[str, list[str]] = defaultdict(list)
    for offices in titles:
        for one, other in product(offices, offices):
            if one != other and other not in found[one]:
                found[one].append(other)
    return dict(found)


def key(noun: str) -> str:
    """A noun in small letters and one spelling."""
    for british, american in SPELLINGS:
        noun = noun.replace(british, american)
    return noun.lower()


@lru_cache(maxsize=4096)
def head(post: str) -> str:
    """The noun of an office or institution: "minister" of "defence minister", "secretary" of "secretary of state"."""
    words = re.split(r" (?:of|for|in|to) ", post.lower())[0].replace("-", " ").split()
    return words[-2] if words[-1] == "general" and len(words) > 1 else words[-1]


def within(office: str) -> tuple[str, str]:
    """An office in an institution as title and institution: ("commander", "navy"); ("president", "") for others."""
    title, _, institution = office.partition(" of ")
    return title, institution.removeprefix("the ")


def _aliases(row: tuple) -> Iterable[str]:
    return dict.fromkeys(filter(None, (alias.strip() for alias in (row.name, *row.aliases.split("|")))))


def _cased(form: str) -> Iterator[str]:
    """A title as it stands in a sentence, at its start, and before a name; with a hyphen where some write one."""
    words = [word if word in ("of", "the", "for", "and") else word[:1].upper() + word[1:] for word in form.split()]
    for cased in dict.fromkeys((form, form[:1].upper() + form[1:], " ".join(words))):
        joined = re.sub(r"(ice|ecretary) (chairm|general)", r"\1-\2", cased, flags=re.IGNORECASE)
        for one in dict.fromkeys((cased, joined)):
            yield from spellings(one)


def _turned(form: str) -> Iterator[str]:
    """A title in its other order: minister of defence, defence minister."""
    yield form
    if of := re.fullmatch(r"(.+?) of (?:the )?(.+)", form):
        yield f"{of[2]} {of[1]}"
    subject, _, noun = form.rpartition(" ")
    if noun.lower() in ("minister", "ministry") and subject.lower() not in ("", "prime", "first"):
        whole = [f"{subject} affairs", f"{subject} Affairs"] if subject.lower() == "foreign" else [subject]
        whole += [f"national {subject}", f"National {subject}"] if "efen" in subject else []
        yield from (f"{noun} {word} {one}" for one in whole for word in ("of", "for"))


def _offices(extra: pd.DataFrame, roles: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
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


def _organs(actors: pd.DataFrame, extra: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Institutions without their country, in small letters too, and the nouns by which they are named again."""
    nouns = set()
    for noun, _, _ in _owned(actors, extra):
        for form in dict.fromkeys((noun, noun.lower(), noun.capitalize())):
            yield from ((one, "organ", key(noun)) for one in spellings(form))
    for row in actors[actors.kind.isin(["institution", "bloc"])].itertuples():
        nouns |= AGAIN & {head(alias) for alias in _aliases(row)}
    yield from ((noun, "head", noun) for noun in sorted(nouns))


def _groups(roles: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Groups such as "both countries", "the two defence ministers", "neither side": how many of what."""
    nouns = [(one, many, "state") for one, many in SIDES.items()]
    nouns += [(one, many, "person") for one, many in PEOPLE.items()]
    titles = dict.fromkeys([*roles.office, *map(head, roles.office)])
    nouns += [(title, _plural(title), title) for title in titles]
    for title in dict.fromkeys(roles.office):
        yield from ((one, "group", f"0 {title}") for form in _turned(title) for one in _cased(_plural(form)))
    nouns += [("ministry", "ministries", "organ ministry"), ("command", "commands", "organ command")]
    for one, many, kind in nouns:
        forms = [(f"{number} {many}", count) for number, count in NUMBERS.items()]
        forms += [(f"{word} {one}", 2) for word in ("either", "neither")]
        for form, count in forms:
            yield from ((cased, "group", f"{count} {kind}") for cased in list(dict.fromkeys(_cased(form)))[:6])


def _inner(extra: pd.DataFrame, roles: pd.DataFrame) -> Iterator[Meaning]:
    """Offices with their country in the middle: "chief of the Russian general staff"."""
    demonyms = extra[extra.via == "dem"].groupby("actor").surface.agg(list).to_dict()
    for office, country in roles[["office", "country"]].drop_duplicates().itertuples(index=False):
        title, institution = within(office)
        for demonym in demonyms.get(country, ()) if institution else ():
            yield from ((one, country, "office", office) for one in _cased(f"{title} of the {demonym} {institution}"))


def _plural(title: str) -> str:
    """A title of several: presidents, secretaries of state, vice chairmen."""
    first, *rest = re.split(r"( of | for )", title, maxsplit=1)
    many = re.sub(r"man$", "men", first) if first.endswith("man") else re.sub(r"y$", "ie", first) + "s"
    return many + "".join(rest)
