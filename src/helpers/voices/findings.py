"""What is said of whose words outlets print: a sentence where a difference is sure, else silence."""

from collections.abc import Mapping

import pandas as pd

from ..corpus import differences
from ..corpus.differences import Leans
from ..corpus.questions import EVENTS, NAMED, Question, checked, cleaned
from ..show.result import Finding
from ..show.words import listed, percent, plural, with_p

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
    "unnamed": "have no name", "papers": "are documents, polls or media", "nobody": "are of nobody that it tells",
}  # fmt: skip
VERBS = {
    "neutral": "neutral: said, told", "doubting": "doubting: claimed, alleged",
    "conceding": "conceding: admitted", "warning": "warning: warned, threatened",
    "accusing": "accusing: accused, rejected", "others": "others: urged, promised",
}  # fmt: skip
DO = {
    "doubting": "doubt (claimed, alleged)", "conceding": "concede (admitted, acknowledged)",
    "warning": "warn (warned, threatened)", "accusing": "accuse (accused, rejected)",
}  # fmt: skip
ASKED = {
    "given": "in how much of their text they give to others", "whose": "in whose words they print",
    "country": "in which countries’ words they print", "verbs": "in their verbs of saying",
    "sides": "in whether they let both sides speak",
}  # fmt: skip
DRAWN = {
    "whose": "Whose words each outlet prints: the shares of its passages",
    "kind-by-voice": "Whose words are printed: the shares of the passages in each voice",
    "country": "For which states and blocs those speak whom each outlet lets speak: the shares of its passages",
    "country-by-voice": "For which states and blocs those speak who speak: the shares of the passages in each voice",
    "sides": "The shares of the articles in which a side speaks that let both speak, or one alone",
    "verbs": "By which verbs each outlet gives words to others: the shares of its passages",
    "verbs-by-speaker": "By which verbs words are given to each kind of speaker: the shares of its passages",
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


def of_silence(made: pd.Series) -> tuple[str, ...]:
    """How many of the articles that are compared give nothing to others, and of which outlet most of them are."""
    if made.empty:
        return ()
    most = made.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    of = f", {most.iloc[0]} of them of {most.index[0]}" if most.iloc[0] > 1 else ""
    return (f"{plural(len(made), 'article gives', 'articles give')} nothing to others{of}.",)


def of_copies(once: pd.Series, every: pd.Series) -> tuple[str, ...]:
    """Which outlets give another share of their text to others where every copy counts, or that none does."""
    told = [
        f"{name} gives {percent(share)} instead of {percent(once[name])}"
        for name, share in every.items() if name in once and percent(share) != percent(once[name])
    ]  # fmt: skip
    if len(told) > NAMED:
        told = [f"{plural(len(told), 'outlet gives', 'outlets give')} another share"]
    return (f"With every copy counted, as readers meet them, {listed(told)} of all their articles.",) * bool(told)


def notes(asked: Question) -> tuple[str, ...]:
    """What belongs beside an answer about passages: what is compared, and what changes when it is asked otherwise."""
    if asked.main.cannot:
        return ()
    few = f"An article has few voices, so all articles count, {asked.held.words}, and those {EVENTS} as a check."
    return tuple(filter(None, (few * (asked.held.words != EVENTS), checked(asked), cleaned(asked))))


def unsure(asked: Mapping[str, Question]) -> tuple[str, ...]:
    """What is not found, and what would have been, and what cannot be compared, as one line or none."""
    return differences.unsure(asked, ASKED.get, shares=ASKED)


def of_early(table: pd.DataFrame) -> tuple[Finding, ...]:
    """Who speaks first in most articles, and how early; of share (of articles), at (of the text), articles and name."""
    if table.empty:
        return ()
    row = table.sort_values("share", ascending=False, kind="stable").iloc[0]
    says = f"{percent(row.share)} of the articles that give words to others let {row['name']} speak first"
    return (
        Finding(f"{says}, as a rule {percent(row['at'])} into the text.", row.share, int(row["of"]), figure="early"),
    )


def of_people(named: int, silent: int) -> tuple[Finding, ...]:
    """In how many of so many articles nobody with a name is given a word."""
    if not named:
        return ()
    says = (
        f"In {silent:,} of {plural(named, 'article')} ({percent(silent / named)}) nobody with a name is given a word."
    )
    return (Finding(says, silent / named, named, figure="people"),)


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
