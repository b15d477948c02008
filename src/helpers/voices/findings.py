"""What is said of whose words outlets print: a sentence where a difference is sure, else silence."""

import re
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from ..corpus import differences
from ..corpus.differences import Leans
from ..corpus.questions import EVENTS, NAMED, Question, checked, cleaned
from ..language.words import any_of, lists
from ..show.result import Finding
from ..show.words import listed, percent, plural, with_p
from ..stats import MIN_ARTICLES

KINDS = {
    "office": "people in office", "institution": "bodies", "state": "states and blocs",
    "person": "other people by name", "media": "media", "document": "documents and polls",
    "unnamed": "somebody without a name", "nobody": "speaker not told",
}  # fmt: skip
POWER = "power"  # what states, bodies and people in office are together
GROUPS = dict.fromkeys(("office", "institution", "state"), POWER) | {"media": "papers", "document": "papers"}
WHOSE = {
    POWER: "states, bodies, people in office", "person": "other people by name", "unnamed": "somebody without a name",
    "papers": "documents, polls, media", "nobody": "speaker not told",
}  # fmt: skip
ARE = {
    POWER: "are states, bodies or people in office", "person": "are people with a name and no office",
    "unnamed": "have no name", "papers": "are documents, polls or media", "nobody": "are left without a speaker",
}  # fmt: skip
VERBS = {
    "neutral": "neutral: said, told", "doubting": "doubting: claimed", "conceding": "conceding: admitted",
    "warning": "warning: warned", "accusing": "accusing: accused", "pressing": "pressing: urged, promised",
    "others": "other verbs",
}  # fmt: skip
DO = {
    "doubting": "doubt (claimed, alleged)", "conceding": "concede (admitted, acknowledged)",
    "warning": "warn (warned, threatened)", "accusing": "accuse (accused, rejected)",
}  # fmt: skip
WORDS = lists(Path(__file__).parent / "data" / "words.txt")
OTHER = "other"  # countries
ENOUGH = 0.25  # of the voices whose country is known; of fewer nothing is shown
ASKED = {
    "given": "in how much of their text they give to others", "whose": "in whose words they print",
    "country": "in which countries’ words they print", "verbs": "in their verbs of saying",
    "sides": "in whether they let both sides speak",
}  # fmt: skip
DRAWN = {
    "whose": ("Whose words each outlet prints", "the passages of each outlet"),
    "kind-by-voice": ("Whose words are printed", "the passages in each voice"),
    "country": ("For whom those speak whom outlets let speak", "the passages of each outlet"),
    "country-by-voice": ("For whom those speak who speak", "the passages in each voice"),
    "sides": ("Which outlets let both sides speak", "the articles of each outlet in which a side speaks"),
    "verbs": ("By which verbs outlets give words to others", "the verbs of saying of each outlet"),
    "verbs-by-speaker": ("By which verbs words are given to whom", "the verbs of saying for each kind of speaker"),
}  # fmt: skip
OF = {"whose": "voices in {}", "country": "voices in {}", "verbs": "verbs of saying in {}"}
HOW = {"given": "", "quoted": " in quotation marks", "reported": " without quotation marks"}
OF["sides"] = "articles of {} in which a side speaks"


def of_given(asked: Question, *, leans: Leans) -> tuple[Finding, ...]:
    """Which outlets give more or less of their text to others than the other outlets do, or else which are the ends.

    What is quoted or reported alone is told where the whole says nothing of the outlet.
    """
    if not differences.sure(asked):
        return ()
    (rows, alone), table = differences.rows(asked), asked.main.table
    rows = rows.sort_values("measure", key=lambda names: names != "given", kind="stable").drop_duplicates("group")
    first, *rest = rows.head(NAMED).itertuples()
    table, pair = table[table.measure == first.measure], differences.opposed(rows[rows.measure == first.measure])
    p, here = asked.main.p if alone else rows.p.head(NAMED).max(), table.set_index("group").here
    gives = f"{first.group} gives {percent(first.here)} of its text to others{HOW[first.measure]}"
    others = f"{asked.held.words} other outlets give {percent(first.others)}"
    told = [
        f"{row.group} gives {percent(row.here)}{HOW[row.measure]}, others {percent(row.others)}" for row in rest
    ]  # fmt: skip
    told = "; ".join([f"{gives}, and {others}", *told])
    own = {key: title for key, title in leans.items() if key in {("", ""), *zip(rows.measure, rows.group, strict=True)}}
    says = differences.ending(f"{told} ({with_p(p)}{' for all outlets' * bool(alone)}){alone}.", own)
    against = f"{pair[1]} gives {percent(here[pair[1]])}" if len(pair) > 1 else differences.capital(others)
    told = {"p": p, "figure": "given", "bars": differences.bars(table, here, pair)}
    return (differences.finding(says, f"{gives}. {against}.", asked, rows, **told),)


def of_shares(name: str, asked: Question, does: Mapping[str, str], *, leans: Leans) -> tuple[Finding, ...]:
    """In which outlets the share of a kind of voices, verbs or articles differs, or else that outlets are not alike.

    `does` says what each kind is or does; the first may lead the front page.
    """
    if not differences.sure(asked):
        return ()
    main, held, found = asked.main, asked.held.words, []
    for number, row in enumerate(main.named.head(NAMED).itertuples()):
        told = f"Of the {OF[name].format(row.group)}, {percent(row.here)} {does[row.measure]}"
        ours = f"of those in other outlets {held}, {percent(row.others)}"
        own = {key: title for key, title in leans.items() if key == (row.measure, row.group)}
        articles = plural(int(row.articles), asked.counted.removesuffix("s"))
        says = differences.ending(f"{told}; {ours} ({with_p(row.p)}; {articles}).", own)
        of = main.table[main.table.measure == row.measure]
        bars = differences.bars(of, of.set_index("group").here, [row.group])
        lead = f"{told}. {differences.capital(ours)}." * (not number)
        rows = main.named[number:]
        found.append(differences.finding(says, lead, asked, rows, p=row.p, figure=name, bars=bars if lead else ()))
    if not found:
        says = f"Outlets differ {ASKED[name]} {held} ({with_p(main.p)}); any single difference could be chance."
        rows = differences.rows(asked)[0]
        found = [differences.finding(differences.ending(says, leans), "", asked, rows, p=main.p, figure=name)]
    return tuple(found)


def of_all(articles: pd.DataFrame) -> tuple[str, ...]:
    """How much of its text an article gives to others on average, and in quotation marks."""
    if articles.empty:
        return ()
    of = "An article gives" if len(articles) > 1 else "The article gives"
    given, quoted = (percent(articles[voice].mean()) for voice in ("given", "quoted"))
    average = ", on average" * (len(articles) > 1)
    return (f"{of} {given} of its text to others, {quoted} in quotation marks{average}.",)


def of_silence(made: pd.Series) -> tuple[str, ...]:
    """How many of the articles that are compared give nothing to others, and of which outlet most of them are."""
    if made.empty:
        return ()
    most = made.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    of = f", {most.iloc[0]} of them of {most.index[0]}" if most.iloc[0] > 1 else ""
    return (f"{plural(len(made), 'article gives', 'articles give')} nothing to others{of}.",)


def does(name: str, labels: Mapping[str, str]) -> dict[str, str]:
    """What each kind that a question compares is or does, in words."""
    if name == "country":
        return {each: f"speak for {labels[each]}" for each in labels if each}
    return {"whose": ARE, "verbs": DO}.get(name) or {several: f"let {several} speak" for several in [*labels][:1]}


def group(verb: str) -> str:
    """The group of a verb of saying, the first that has it.

    >>> group("claimed that"), group("called"), group("called for"), group("hummed")
    ('doubting', 'neutral', 'pressing', 'others')
    """
    return next((name for name in WORDS if name in VERBS and re.match(rf"{any_of(WORDS[name])}\b", verb)), "others")


def of_copies(once: pd.Series, every: pd.Series) -> tuple[str, ...]:
    """Which outlets give another share of their text to others where every copy counts."""
    moved = (every - once).dropna()
    moved = moved[[percent(every[name]) != percent(once[name]) for name in moved.index]]
    most = moved.abs().sort_values(ascending=False, kind="stable").index
    told = [f"{name} gives {percent(every[name])} instead of {percent(once[name])}" for name in most[:NAMED]]
    told += [f"{plural(len(most) - NAMED, 'more outlet moves', 'more outlets move')} less"] * (len(most) > NAMED)
    return (f"Over all articles, with every copy counted, {listed(told)}.",) * bool(told)


def notes(name: str, asked: Question) -> tuple[str, ...]:
    """What belongs beside an answer about passages: what is compared, and what changes when it is asked otherwise."""
    if asked.main.cannot:
        return ()
    few = f"An article has few voices, so all articles count, {asked.held.words}, and those {EVENTS} as a check."
    alike = "The others are told as if they quoted and reported as much." * (name != "sides")
    return tuple(filter(None, (few * (asked.held.words != EVENTS), alike, checked(asked), cleaned(asked))))


def unsure(asked: Mapping[str, Question]) -> tuple[str, ...]:
    """What is not found, and what would have been, and what cannot be compared, as one line or none."""
    return differences.unsure(asked, ASKED.get, shares=ASKED)


def of_unknown(known: float) -> str:
    """That the countries of few speakers are known, and what to do, "" where they are of enough."""
    told = f"Of {percent(known)} of the voices it is known for which country they speak"
    return "" if known >= ENOUGH else f"{told}; a column country in actors.csv tells more."


def of_voices(table: pd.DataFrame) -> tuple[Finding, ...]:
    """How many of the passages in quotation marks have no name, and of those that are only reported."""
    rows = table[(table.what == "unnamed") & (table.articles >= MIN_ARTICLES)].set_index("by")
    if not {"quoted", "reported"} <= {*rows.index}:
        return ()
    quoted, reported = rows.share.quoted, rows.share.reported
    says = f"Of the voices in quotation marks {percent(quoted)} have no name; of those that are only reported, "
    return (Finding(f"{says}{percent(reported)}.", quoted, int(rows.articles.quoted), figure="kind-by-voice"),)


def of_early(table: pd.DataFrame) -> tuple[Finding, ...]:
    """Who speaks first in most articles, and how early; of what, share and at (of the text), of (articles)."""
    if table.empty or table.of[0] < MIN_ARTICLES:
        return ()
    row = next(table.sort_values("share", ascending=False, kind="stable").itertuples())
    first = f"In {percent(row.share)} of the articles that give words to others the first to speak {ARE[row.what]}"
    says = f"{first}. Where they speak, their first words stand {percent(row.at)} into the text, as a rule."
    return (Finding(says, row.share, int(row.of), figure="early"),)


def of_people(articles: int, silent: int) -> tuple[Finding, ...]:
    """In how many of so many articles no person with a name is given a word."""
    of = f"{silent:,} of {plural(articles, 'article')}"
    share = f" ({percent(silent / articles)})" if articles >= MIN_ARTICLES else ""
    says = f"In {of}{share} no person with a name is given a word."
    return (Finding(says, silent / articles, articles, figure="people"),) if silent else ()


def of_headlines(words: int, hardly: int, titles: int) -> tuple[Finding, ...]:
    """How many of so many headlines have others' words without marks, and how many an actor hardly in the text."""
    of, told = plural(titles, "headline"), []
    if words:
        told.append(f"{words} of {of} {'has' if words == 1 else 'have'} the words of somebody whom the text quotes or "
                    "reports, without marks and without saying whose they are.")  # fmt: skip
    if hardly:
        told.append(
            f"{hardly} of {of} {'names' if hardly == 1 else 'name'} somebody whom the text names once or never."
        )
    return tuple(Finding(says, figure="headlines", articles=titles) for says in told)
