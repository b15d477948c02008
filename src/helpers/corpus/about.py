"""What a corpus is: who tells it and when, what is missing, what cleaning cut, how days are known, what copies what."""

from typing import NamedTuple

import pandas as pd

from ..reading.catalogue import UNKNOWN
from ..show import charts, html
from ..show.result import Finding, Result
from ..show.words import between, day, listed, percent, plain, plural
from . import copies

TITLES = 25  # of an outlet, the newest


def lines(documents: pd.DataFrame, removed: pd.DataFrame) -> list[str]:
    """A corpus in three lines: articles, outlets and days; what counts once or not at all; what was cut."""
    named = documents.outlet[documents.outlet != UNKNOWN].nunique()
    first, last = documents.published.min(), documents.published.max()
    span = f", {between(first, last)}" if documents.published.notna().any() else ", no day known"
    outlets = f"from {plural(named, 'outlet')}" if named else "whose outlet nothing tells"
    number, other = int((documents.copy_of != "").sum()), int((~documents.language.isin(["en", ""])).sum())
    left = [f"{plural(number, 'copy', 'copies')} counted once"] if number else ["no copies"]
    left += [f"{other} not in English and left out of all measures"] if other else []
    files = int((removed.line == 0).sum())
    left += [f"{plural(files, 'file or row', 'files and rows')} could not be used"] if files else []
    cut = plural(int((removed.line > 0).sum()), "line or span", "lines and spans")
    return [f"{plural(len(documents), 'article')} {outlets}{span}", "; ".join(left), f"{cut} of page furniture cut"]


def outlets(documents: pd.DataFrame, *, min_articles: int) -> Result:
    """Who tells it, and when; see `Corpus.outlets`."""
    groups = documents.assign(copy=documents.copy_of != "").groupby("outlet", as_index=False)
    table = groups.agg(
        articles=("doc", "size"), copies=("copy", "sum"), words=("words", "median"),
        first=("published", "min"), last=("published", "max"),
    )  # fmt: skip
    table = table.sort_values(["articles", "outlet"], ascending=[False, True], ignore_index=True)
    named = table[table.outlet != UNKNOWN]
    few = named[named.articles < min_articles]
    undated = int(documents.published.isna().sum())
    half, longest = documents.words.median(), documents.words.max()
    sized = f"Half of the articles have {half:.0f} words or more, the longest {longest:,}."
    little = [f"{listed(few.outlet)}: fewer than {min_articles} articles, too few to compare."] if len(few) else []
    unknown = len(documents) - int(named.articles.sum())
    little += [f"{plural(unknown, 'article')} of unknown outlet."] if unknown and len(named) else []
    little += [f"{plural(undated, 'article')} without a known day can not be placed in time."] if undated else []
    columns = {"outlet": "Outlet", "articles": "Articles", "copies": "Copies", "words": ("Words (median)", plain)}
    return Result(
        "outlets",
        table,
        "There is no article.",
        "Outlets",
        columns | {"first": "First", "last": "Last"},
        draws=(lambda: _timeline(documents, table)) if undated < len(documents) else None,
        says=(Finding(_first_sentence(documents), articles=len(documents), figure="outlets"), Finding(sized)),
        little=tuple(little),
        finds=lambda: [_titles(documents, name) for name in table.outlet],
        evidence="The newest titles of each outlet",
    )


def missing(documents: pd.DataFrame, removed: pd.DataFrame, absent: list[str]) -> Result:
    """What is not there; see `Corpus.missing`. `absent` are the listed outlets without an article."""
    rows = [(name, "listed in outlets.csv, and not one article") for name in absent]
    unread = removed[removed.line == 0]
    rows += [(row.doc or row.text, row.rule) for row in unread.itertuples()]
    other = documents[~documents.language.isin(["en", ""])]
    rows += [(row.doc, f"in {row.language}: kept, and left out of all measures") for row in other.itertuples()]
    gap, says = longest_gap(documents), []
    if gap.days:
        says.append(f"Nothing between {day(gap.first)} and {day(gap.last)}, the longest silence.")
    if absent:
        says.append(f"{listed(absent)}: listed in outlets.csv, and not one article.")
    if len(unread):
        says.append(f"{plural(len(unread), 'file or row', 'files and rows')} could not be used.")
    if len(other):
        says.append(f"{plural(len(other), 'article is', 'articles are')} not in English and left out of all measures.")
    return Result(
        "missing",
        pd.DataFrame(rows, columns=["what", "why"]),
        " ".join([*says, "Every file was read, and every article is in English."]),
        "What is not there, or not measured",
        {"what": "Article, file or outlet", "why": "Why"},
        says=tuple(Finding(words) for words in says),
    )


def cuts(removed: pd.DataFrame) -> Result:
    """What cleaning cut; see `Corpus.cuts`."""
    pieces = removed[removed.line > 0].sort_values("text", key=lambda text: text.str.len(), kind="stable")
    table = pieces.groupby("rule", as_index=False).agg(
        pieces=("text", "size"), articles=("doc", "nunique"), example=("text", "first")
    )
    table = table.sort_values(["pieces", "rule"], ascending=[False, True], ignore_index=True)
    cut = plural(len(pieces), "line or span", "lines and spans")
    says = f"Cleaning cut {cut} of page furniture from {plural(pieces.doc.nunique(), 'article')}."
    whole = removed[removed.line > 0]
    columns = {"doc": "Article", "line": "Line", "text": "Cut", "rule": "Rule"}
    return Result(
        "cuts",
        table,
        "Nothing was cut.",
        "Pieces cut by each rule",
        {"rule": "Rule", "pieces": "Pieces", "articles": "In articles", "example": "Its shortest piece"},
        says=(Finding(says, effect=len(pieces), articles=pieces.doc.nunique()),),
        finds=lambda: [html.table(whole, "Every piece that was cut, by article", columns, name="cuts-all")],
        evidence="Every piece that was cut",
    )


def days(documents: pd.DataFrame) -> Result:
    """How each day is known; see `Corpus.days`."""
    groups = documents.sort_values(["published", "doc"]).groupby("dated_by", as_index=False)
    table = groups.agg(articles=("doc", "size"), doc=("doc", "first"), published=("published", "first"))
    table = table.sort_values(["articles", "dated_by"], ascending=[False, True], ignore_index=True)
    told = int(table.articles[table.dated_by.isin(["dateline", "text"])].sum())
    guessed = documents[documents.published.isna() | (documents.earliest < documents.latest)]
    limits = [between(row.earliest, row.latest) or "any day" for row in guessed.itertuples()]
    columns = {"doc": "Article", "published": "Taken to be of", "limits": "Could be", "dated_by": "By"}
    some = html.table(
        guessed.assign(limits=limits), "Articles that do not state their day in full", columns, name="days-open"
    )
    return Result(
        "days",
        table,
        "There is no article.",
        "What tells the day",
        {"dated_by": "Day known from", "articles": "Articles", "doc": "For example", "published": "Day"},
        says=(Finding(f"The day of {plural(told, 'article')} was told by its text.", articles=told),) if told else (),
        finds=(lambda: [some]) if len(guessed) else None,
        evidence="Articles that do not state their day in full",
    )


def shared(documents: pd.DataFrame, pairs: pd.DataFrame, n: int) -> Result:
    """What copies what; see `Corpus.shared`."""
    facts = documents.set_index("doc")
    pairs = pairs[pairs.doc.isin(facts.index) & pairs.other.isin(facts.index)]
    table = pairs.assign(
        outlet=pairs.doc.map(facts.outlet),
        published=pairs.doc.map(facts.published),
        source=pairs.other.map(facts.outlet),
    )
    number = int((documents.copy_of != "").sum())
    copied = plural(number, "article is a copy", "articles are copies")
    closest = table.sort_values("overlap", ascending=False, kind="stable").drop_duplicates("doc").head(n)
    heads = {"doc": "Article", "outlet": "Outlet", "published": "Day", "other": "Shares with", "source": "Of"}
    return Result(
        "copies",
        table[[*heads, "overlap"]].reset_index(drop=True),
        "No article is a copy of another.",
        "Pairs that share two fifths of the shorter one's five-word runs",
        heads | {"overlap": ("Runs shared", percent)},
        says=(Finding(f"{copied} of earlier ones and counted once.", effect=number, articles=number),)
        if number
        else (),
        finds=lambda: [_pair(facts, pair.doc, pair.other) for pair in closest.itertuples()],
        evidence="The closest pairs side by side",
    )


class Gap(NamedTuple):
    """A silence: how many days lie between two articles, and on which days those stand."""

    days: int
    first: pd.Timestamp
    last: pd.Timestamp


def longest_gap(documents: pd.DataFrame) -> Gap:
    """The longest time without an article; of no days where fewer than two have a day."""
    known = documents.published.dropna().sort_values(ignore_index=True)
    if len(known) < 2:
        return Gap(0, pd.NaT, pd.NaT)
    at = int(known.diff().dt.days.argmax())
    return Gap(int((known[at] - known[at - 1]).days), known[at - 1], known[at])


def periods(published: pd.Series, *, min_articles: int) -> pd.Series:
    """The month of each day, or the quarter or year where most months have too little; unknown days stay unknown.

    Taken is the shortest of the three in which three quarters of the articles stand in periods of `min_articles`.
    """
    for frequency in ("M", "Q", "Y"):
        found = published.dt.to_period(frequency)
        if (found.map(found.value_counts()) >= min_articles).sum() >= 0.75 * found.notna().sum():
            break
    return found


def period_name(period: pd.Period) -> str:
    """A period in words.

    >>> [period_name(pd.Period("2024-05", frequency)) for frequency in "MQY"]
    ['May 2024', '2024 Q2', '2024']
    """
    return period.strftime({"M": "%B %Y", "Q": "%Y Q%q"}.get(period.freqstr[0], "%Y"))


def _first_sentence(documents: pd.DataFrame) -> str:
    return f"{lines(documents, pd.DataFrame({'line': []}))[0]}."


def _timeline(documents: pd.DataFrame, table: pd.DataFrame) -> charts.Drawing:
    """One dot an article by outlet and day, those with most articles on top."""
    dots = documents.assign(copy=documents.copy_of != "")
    dots = dots.sort_values(["outlet"], key=lambda names: names.map({name: at for at, name in enumerate(table.outlet)}))
    dots["link"] = [html.anchor("titles", name) * (len(dots) <= 400) for name in dots.outlet]
    most = table[table.outlet != UNKNOWN]
    most = most if len(most) else table
    ties = int((most.articles == most.articles.iloc[0]).sum())
    lead = f"{most.outlet.iloc[0]} has most articles ({most.articles.iloc[0]} of {len(documents)})"
    lead = lead if ties == 1 else f"{plural(ties, 'outlet')} have most articles, {most.articles.iloc[0]} each"
    return charts.timeline(
        dots,
        label="outlet",
        day="published",
        hollow="copy",
        title=lead if len(table) > 1 else table.outlet[0],
        alt=f"One dot an article by outlet and day; {_first_sentence(documents)}",
        caption="One dot an article, on its day. A ring is a copy of an earlier one. A dot opens its outlet's titles.",
    )


def _titles(documents: pd.DataFrame, outlet: str) -> html.Piece:
    """The newest titles of an outlet."""
    rows = documents[documents.outlet == outlet].sort_values(["published", "doc"], ascending=[False, True]).head(TITLES)
    rows = rows.assign(text=[row.title or row.doc for row in rows.itertuples()]).drop(columns="title")
    return html.evidence(rows, outlet, name=html.anchor("titles", outlet))


def _pair(facts: pd.DataFrame, doc: str, other: str) -> html.Piece:
    """A copy beside what it copies, the runs they share marked."""
    one, two = facts.loc[doc], facts.loc[other]
    left = html.article(one.text, copies.shared(one.text, two.text))
    right = html.article(two.text, copies.shared(two.text, one.text))
    heads = [f"{row.outlet}, {day(row.published)}" for row in (one, two)]
    return html.fold(f"{doc} beside {other}", [html.beside((heads[0], left), (heads[1], right))])
