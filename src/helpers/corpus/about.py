"""What a corpus is: who tells it and when, what is missing, what cleaning cut, how days are known, what copies what."""

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from ..reading import UNKNOWN, catalogue
from ..show import charts, html
from ..show.result import Finding, Result
from ..show.words import between, day, listed, named_or_counted, percent, plain, plural
from . import asked, copies

if TYPE_CHECKING:
    from .corpus import Corpus

TITLES = 25  # of an outlet, the newest
UNREAD = "file or row could not be used", "files and rows could not be used"


def lines(corpus: "Corpus") -> list[str]:
    """A corpus in three lines: articles, outlets and days; what counts once or not at all; what was cut."""
    documents, removed = corpus.documents, corpus.removed
    named = documents.outlet[documents.outlet != UNKNOWN].nunique()
    outlets = f"from {plural(named, 'outlet')}" if named else "whose outlet nothing tells"
    first, last = documents.published.min(), documents.published.max()
    span = "no day known" if documents.published.isna().all() else between(first, last)
    number, other = int((documents.copy_of != "").sum()), int((~documents.language.isin(["en", ""])).sum())
    left = [f"{plural(number, 'copy', 'copies')} counted once"] if number else ["no copies"]
    left += [f"{other} not in English and left out of all measures"] * (other > 0)
    files, pieces = int((removed.line == 0).sum()), int((removed.line > 0).sum())
    left += [plural(files, *UNREAD)] * (files > 0)
    cut = plural(pieces, "line or span", "lines and spans")
    whole = f"{plural(len(documents), 'article')} {outlets}, {span}"
    return [whole, "; ".join(left), f"{cut} of page furniture cut"]


def outlets(corpus: "Corpus", *, min_articles: int = 5) -> Result:
    """Who tells it, and when: articles, copies, median words and days of each outlet.

    >>> corpus.outlets().table.columns.tolist()
    ['outlet', 'articles', 'copies', 'words', 'first', 'last']
    """
    asked.fits(min_articles, int, "min_articles", least=1)
    documents = corpus.documents.assign(copy=corpus.documents.copy_of != "")
    table = documents.groupby("outlet", as_index=False).agg(
        articles=("doc", "size"), copies=("copy", "sum"), words=("words", "median"),
        first=("published", "min"), last=("published", "max"),
    )  # fmt: skip
    table = table.sort_values(["articles", "outlet"], ascending=[False, True], ignore_index=True)
    named = table[table.outlet != UNKNOWN]
    small = named.outlet[named.articles < min_articles].tolist()
    little = [f"{named_or_counted(small)}: fewer than {min_articles} articles, too few to compare."] * (len(small) > 0)
    unknown, undated = len(documents) - int(named.articles.sum()), int(documents.published.isna().sum())
    little += [f"{plural(unknown, 'article')} of unknown outlet."] * (unknown > 0 and len(named) > 0)
    little += [f"{plural(undated, 'article')} without a known day can not be placed in time."] * (undated > 0)
    whole = f"{lines(corpus)[0]}."
    half, longest = documents.words.median(), documents.words.max()
    sized = f"Half of the articles have {half:.0f} words or more, the longest {longest:,}."
    columns = {"outlet": "Outlet", "articles": "Articles", "copies": "Copies", "words": ("Words (median)", plain)}
    return Result(
        "outlets", table, "There is no article.", "Outlets", columns | {"first": "First", "last": "Last"},
        draws=(lambda: _timeline(documents, table, whole)) if undated < len(documents) else None,
        says=(Finding(whole, articles=len(documents), figure="outlets"), Finding(sized, figure="outlets")),
        little=tuple(little), finds=lambda: [_titles(documents, name) for name in table.outlet],
        evidence="The newest titles of each outlet",
    )  # fmt: skip


def missing(corpus: "Corpus") -> Result:
    """What is not there: outlets without an article, files that could not be used, articles left out of measures.

    >>> corpus.missing().table.columns.tolist()
    ['what', 'why']
    """
    expected = catalogue.listed_outlets(corpus._home) if corpus._home else set()
    absent = sorted(expected - set(corpus._all.documents.outlet))
    unread = corpus.removed[corpus.removed.line == 0]
    other = corpus.documents[~corpus.documents.language.isin(["en", ""])]
    rows = [(name, "listed in outlets.csv, and not one article") for name in absent]
    rows += [(row.doc or row.text, row.rule) for row in unread.itertuples()]
    rows += [(row.doc, f"in {row.language}: kept, and left out of all measures") for row in other.itertuples()]
    gap = longest_gap(corpus.documents)
    foreign = plural(len(other), "article is", "articles are")
    told = {
        f"Nothing between {day(gap.first)} and {day(gap.last)}, the longest silence.": gap.days,
        f"{listed(absent)}: listed in outlets.csv, and not one article.": len(absent),
        f"{plural(len(unread), *UNREAD)}.": len(unread),
        f"{foreign} not in English and left out of all measures.": len(other),
    }
    says = [words for words, number in told.items() if number]
    return Result(
        "missing", pd.DataFrame(rows, columns=["what", "why"]),
        " ".join([*says, "Every file was read, and every article is in English."]),
        "What is not there, or not measured", {"what": "Article, file or outlet", "why": "Why"},
        says=tuple(Finding(words, figure="missing") for words in says),
    )  # fmt: skip


def cuts(corpus: "Corpus") -> Result:
    """What cleaning cut: rule, pieces, articles, and the shortest piece as an example.

    >>> corpus.cuts().table.columns.tolist()
    ['rule', 'pieces', 'articles', 'example']
    """
    whole = corpus.removed[corpus.removed.line > 0]
    rules = whole.sort_values("text", key=lambda text: text.str.len(), kind="stable").groupby("rule", as_index=False)
    table = rules.agg(pieces=("text", "size"), articles=("doc", "nunique"), example=("text", "first"))
    cut, articles = plural(len(whole), "line or span", "lines and spans"), whole.doc.nunique()
    says = f"Cleaning cut {cut} of page furniture from {plural(articles, 'article')}."
    every = {"doc": "Article", "line": "Line", "text": "Cut", "rule": "Rule"}
    return Result(
        "cuts", table.sort_values(["pieces", "rule"], ascending=[False, True], ignore_index=True),
        "Nothing was cut.", "Pieces cut by each rule",
        {"rule": "Rule", "pieces": "Pieces", "articles": "In articles", "example": "Its shortest piece"},
        says=(Finding(says, effect=len(whole), articles=articles, figure="cuts"),),
        finds=lambda: [html.table(whole, "Every piece that was cut, by article", every, name="cuts-all")],
        evidence="Every piece that was cut",
    )  # fmt: skip


def days(corpus: "Corpus") -> Result:
    """How the day of each article is known: dated_by, articles, and as an example doc and published.

    >>> corpus.days().table.columns.tolist()
    ['dated_by', 'articles', 'doc', 'published']
    """
    documents, open_days = corpus.documents, "Articles that do not state their day in full"
    groups = documents.sort_values(["published", "doc"]).groupby("dated_by", as_index=False)
    table = groups.agg(articles=("doc", "size"), doc=("doc", "first"), published=("published", "first"))
    told = int(table.articles[table.dated_by.isin(["dateline", "text"])].sum())
    says = f"The day of {plural(told, 'article')} was told by its text."
    guessed = documents[documents.published.isna() | (documents.earliest < documents.latest)]
    limits = [between(row.earliest, row.latest) or "any day" for row in guessed.itertuples()]
    columns = {"doc": "Article", "published": "Taken to be of", "limits": "Could be", "dated_by": "By"}
    some = html.table(guessed.assign(limits=limits), open_days, columns, name="days-open")
    return Result(
        "days", table.sort_values(["articles", "dated_by"], ascending=[False, True], ignore_index=True),
        "There is no article.", "What tells the day",
        {"dated_by": "Day known from", "articles": "Articles", "doc": "For example", "published": "Day"},
        says=(Finding(says, articles=told, figure="days"),) * (told > 0),
        finds=(lambda: [some]) if len(guessed) else None, evidence=open_days,
    )  # fmt: skip


def shared(corpus: "Corpus", n: int = 6) -> Result:
    """What copies what: a row a pair of articles with the share of five-word runs they have in common.

    The closest `n` are shown side by side.

    >>> corpus.shared().table.columns.tolist()
    ['doc', 'outlet', 'published', 'other', 'source', 'overlap']
    """
    facts = corpus.documents.set_index("doc")
    pairs = corpus.copies[corpus.copies.doc.isin(facts.index) & corpus.copies.other.isin(facts.index)]
    copy, source = facts.reindex(pairs.doc), facts.reindex(pairs.other)
    table = pairs.assign(outlet=copy.outlet.array, published=copy.published.array, source=source.outlet.array)
    number = int((facts.copy_of != "").sum())
    says = f"{plural(number, 'article is a copy', 'articles are copies')} of earlier ones and counted once."
    closest = table.sort_values("overlap", ascending=False, kind="stable").drop_duplicates("doc").head(n)
    heads = {"doc": "Article", "outlet": "Outlet", "published": "Day", "other": "Shares with", "source": "Of"}
    both = [(f"{pair.doc} beside {pair.other}", facts.loc[[pair.doc, pair.other]]) for pair in closest.itertuples()]
    return Result(
        "copies", table[[*heads, "overlap"]].reset_index(drop=True), "No article is a copy of another.",
        "Pairs that share two fifths of the shorter one's five-word runs",
        heads | {"overlap": ("Runs shared", percent)},
        says=(Finding(says, effect=number, articles=number, figure="copies"),) * (number > 0),
        finds=lambda: [html.fold(heading, [side_by_side(*rows.itertuples())]) for heading, rows in both],
        evidence="The closest pairs side by side",
    )  # fmt: skip


def side_by_side(one: tuple, two: tuple) -> html.Piece:
    """Two rows of `documents` side by side, with the words that both have in one order marked."""
    columns = [
        (f"{row.outlet}, {day(row.published)}", html.article(row.text, copies.shared_spans(row.text, other.text)))
        for row, other in ((one, two), (two, one))
    ]
    return html.beside(*columns)


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


def _timeline(documents: pd.DataFrame, table: pd.DataFrame, whole: str) -> charts.Drawing:
    """One dot an article by outlet and day, those with most articles on top."""
    dots = documents.sort_values(
        "outlet", key=lambda names: names.map(dict(zip(table.outlet, table.index, strict=True)))
    )
    dots["link"] = [html.anchor("titles", name) * (len(dots) <= 400) for name in dots.outlet]
    named = table[table.outlet != UNKNOWN]
    most = named if len(named) else table
    articles = most.articles.iloc[0]
    ties = int((most.articles == articles).sum())
    lead = f"{most.outlet.iloc[0]} has most articles ({articles} of {len(documents)})"
    lead = lead if ties == 1 else f"{plural(ties, 'outlet')} have most articles, {articles} each"
    return charts.timeline(
        dots, label="outlet", day="published", hollow="copy", title=lead if len(table) > 1 else table.outlet[0],
        alt=f"One dot an article by outlet and day; {whole}",
        caption="One dot an article, on its day. A ring is a copy of an earlier one. A dot opens its outlet's titles.",
    )  # fmt: skip


def _titles(documents: pd.DataFrame, outlet: str) -> html.Piece:
    """The newest titles of an outlet."""
    rows = documents[documents.outlet == outlet].sort_values(["published", "doc"], ascending=[False, True]).head(TITLES)
    rows = rows.assign(text=rows.title.where(rows.title != "", rows.doc)).drop(columns="title")
    return html.evidence(rows, outlet, name=html.anchor("titles", outlet))
