"""What a corpus is: who tells it and when, what is missing, what cleaning cut, how days are known, what copies what."""

from collections.abc import Iterable
from textwrap import shorten
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from ..reading import UNKNOWN, catalogue, pages
from ..show import charts, html
from ..show.result import Finding, Result
from ..show.words import between, day, listed, percent, plain, plural
from ..stats import MIN_ARTICLES
from . import asked, view

if TYPE_CHECKING:
    from .corpus import Corpus

DOTS = 2_000  # articles up to which the dot of each opens it; of more it opens the list of its outlet
TELLERS = 3  # outlets that make an event one to lead with
# Where the outlet and the day of an article are looked for, in order of trust.
OUTLET = (
    "articles.csv, the file’s own header or page data, the address, copyright and feed lines, an agency’s signature"
)
DAY = "articles.csv, the file’s own header or page data, the address, dateline, lines near the top, file name, text"
BESIDE = {pages.OUTSIDE, pages.HIDDEN, pages.AGAIN, "header"}  # rules of what a file holds beside an article's text
UNREAD = "file or row could not be used", "files and rows could not be used"


def lines(corpus: "Corpus") -> list[str]:
    """A corpus in a few lines: articles, outlets and days; what is not counted; what was cut."""
    documents = corpus.documents
    named = documents.outlet[documents.outlet != UNKNOWN].nunique()
    outlets = f"from {plural(named, 'outlet')}" if named else "whose outlet nothing tells"
    first, last = documents.published.min(), documents.published.max()
    span = "no day known" if documents.published.isna().all() else between(first, last)
    number, other = int((documents.copy_of != "").sum()), int((~documents.language.isin(["en", ""])).sum())
    left = [f"{other} not in English"] * (other > 0) + [plural(number, "copy", "copies")] * (number > 0)
    left = [f"{listed(left)} {'is' if number + other == 1 else 'are'} not counted"] * bool(left)
    files, pieces = int((corpus.removed.line == 0).sum()), len(_pieces(corpus, BESIDE))
    left += [plural(files, *UNREAD)] * (files > 0)
    cut = plural(pieces, "line or span", "lines and spans")
    words = plural(int(documents.words.sum()), "word")
    whole = f"{plural(len(documents), 'article')} ({words}) {outlets}, {span}"
    return [whole, *left, *[f"{cut} of page furniture cut"] * (pieces > 0)]


def outlets(corpus: "Corpus", *, min_articles: int = MIN_ARTICLES) -> Result:
    """Who tells it, and when: articles, copies, median words and days of each outlet.

    >>> corpus.outlets().table.columns.tolist()
    ['outlet', 'articles', 'copies', 'words', 'first', 'last', 'link']
    """
    asked.fits(min_articles, int, "min_articles", least=1)
    documents = corpus.documents.assign(copy=corpus.documents.copy_of != "")
    table = documents.groupby("outlet", as_index=False).agg(
        articles=("doc", "size"), copies=("copy", "sum"), words=("words", "median"),
        first=("published", "min"), last=("published", "max"),
    )  # fmt: skip
    table = table.sort_values(["articles", "outlet"], ascending=[False, True], ignore_index=True)
    table["link"] = [html.anchor("outlet", name) for name in table.outlet]
    newest = documents.sort_values(["published", "doc"], ascending=[False, True])
    says, undated = leader(table), bool(documents.published.isna().all())
    columns = {"outlet": "Outlet", "articles": "Articles", "copies": "Copies", "words": ("Words (median)", plain)}
    return Result(
        "outlets", table, "There is no article.", "Outlets", columns | {"first": "First", "last": "Last"},
        draws=None if undated else lambda: _timeline(documents, table, f"{lines(corpus)[0]}."),
        says=says, little=unsaid(documents, table, min_articles),
        finds=lambda: [
            _articles(newest[newest.outlet == row.outlet], row.outlet, row.link) for row in table.itertuples()
        ],
        evidence="The articles of each outlet",
    )  # fmt: skip


def leader(table: pd.DataFrame) -> tuple[Finding, ...]:
    """Which outlet has most articles of its own, of outlet, articles and copies; silence for ties and one outlet."""
    own = table[table.outlet != UNKNOWN].assign(own=lambda rows: rows.articles - rows.copies)
    own = own.sort_values("own", ascending=False, kind="stable")
    if len(own) < 2 or own.own.iloc[0] == own.own.iloc[1]:
        return ()
    name, articles, copied = own.iloc[0][["outlet", "own", "copies"]]
    says = f"{name} has most articles of its own, {articles} of {(table.articles - table['copies']).sum()}"
    reprints = f"; {plural(int(copied), 'more is a copy', 'more are copies')}" if copied else ""
    return (Finding(f"{says}{reprints}.", float(articles), int(articles), figure="outlets"),)


def unsaid(documents: pd.DataFrame, table: pd.DataFrame, min_articles: int) -> tuple[str, ...]:
    """What outlets and days do not let a page say: outlets with few articles, articles without an outlet or a day."""
    named = table[table.outlet != UNKNOWN]
    few, fewer = int((named.articles < min_articles).sum()), f"fewer than {plural(min_articles, 'article')}"
    unknown, undated = len(documents) - int(named.articles.sum()), int(documents.published.isna().sum())
    many = f"{few} of {plural(len(named), 'outlet')} {'has' if few == 1 else 'have'}"
    many = f"{'Both' if few == 2 else f'All {few}'} outlets have" if few == len(named) > 1 else many
    told = {
        f"{many} {fewer}: shown, and not compared.": few,
        f"{plural(unknown, 'article names', 'articles name')} no outlet.": unknown,
        f"{plural(undated, 'article has', 'articles have')} no known day and no place in time.": undated,
    }
    return tuple(words for words, number in told.items() if number)


def events(corpus: "Corpus", n: int = 20) -> Result:
    """The events that most outlets told: event, title (of its first article), first and last day, outlets, articles.

    Only originals in English count, and an event needs two outlets.

    >>> corpus.events(1).table[["outlets", "articles"]].values.tolist()
    [[7, 8]]
    """
    documents = corpus.english(copies=False).documents
    documents = documents[documents.outlet != UNKNOWN].sort_values(["published", "doc"])
    told, of = documents[documents.event != ""], documents.outlet.nunique()
    table = told.assign(headline=told.title.where(told.title != "", told.doc)).groupby("event", as_index=False).agg(
        title=("headline", "first"), first=("published", "first"), last=("published", "last"),
        outlets=("outlet", "nunique"), articles=("doc", "size"),
    )  # fmt: skip
    table = table[table.outlets > 1].sort_values(["outlets", "articles", "event"], ascending=[False, False, True])
    table = table.head(asked.fits(n, int, "n", least=1)).reset_index(drop=True)
    table["link"] = [html.anchor("event", event) for event in table.event]
    columns = {"title": "Its first headline", "first": "From", "last": "To", "outlets": "Outlets"}
    return Result(
        "events", table, "No event is told by two outlets.", "The events that most outlets told",
        columns | {"articles": "Articles"}, says=most_told(table, told, of),
        finds=lambda: [_articles(told[told.event == row.event], row.title, row.link) for row in table.itertuples()],
        evidence="Who told each, and under which headline",
    )  # fmt: skip


def most_told(table: pd.DataFrame, told: pd.DataFrame, of: int) -> tuple[Finding, ...]:
    """The event that most of so many outlets told, with the first headline of each; silence where it is too small.

    `table` is that of `events`, `told` has the articles behind it.
    """
    if table.empty or table.outlets[0] < TELLERS or table.articles[0] < MIN_ARTICLES:
        return ()
    event = table.iloc[0]
    first = told[(told.event == event.event) & (told.title != "")].drop_duplicates("outlet")
    beside = tuple(zip(first.outlet, first.title, first.doc, strict=True))
    who = f"All {of}" if event.outlets == of else f"{event.outlets} of {of}"
    days, articles = between(event["first"], event["last"]), plural(event.articles, "article")
    says = f"{who} outlets told it, in {articles}, {days}."
    headline = f"One event, {plural(event.outlets, 'outlet')}: “{event.title}”"
    return (Finding(says, event.outlets, int(event.articles), figure="events", headline=headline, beside=beside),)


def missing(corpus: "Corpus") -> Result:
    """What is not there: outlets without an article, files that could not be used, articles left out of measures, and
    where an outlet or a day that nothing tells was looked for.

    >>> corpus.missing().table.columns.tolist()
    ['what', 'why', 'link']
    """
    expected = catalogue.listed_outlets(corpus._home) if corpus._home else set()
    absent = sorted(expected - set(corpus._all.documents.outlet))
    unread = corpus.removed[corpus.removed.line == 0]
    other = corpus.documents[~corpus.documents.language.isin(["en", ""])]
    rows = [(name, "listed in outlets.csv, and not one article", "") for name in absent]
    rows += [(row.doc or row.text, row.rule, "") for row in unread.itertuples()]
    kept = "kept, and not counted"
    rows += [(row.doc, f"in {row.language}: {kept}", html.ARTICLE + row.doc) for row in other.itertuples()]
    rows += [(doc, why, html.ARTICLE + doc) for doc, why in unfound(corpus.documents)]
    gap = longest_gap(corpus.documents)
    foreign = plural(len(other), "article is", "articles are")
    told = {
        f"Nothing between {day(gap.first)} and {day(gap.last)}, the longest silence.": gap.days,
        f"{listed(absent)}: listed in outlets.csv, and not one article.": len(absent),
        f"{plural(len(unread), *UNREAD)}.": len(unread),
        f"{foreign} not in English and not counted.": len(other),
    }
    says = [words for words, number in told.items() if number]
    return Result(
        "missing", pd.DataFrame(rows, columns=["what", "why", "link"]),
        " ".join([*says, "Every file was read, and every article is in English."]),
        "What is not there, or not measured", {"what": "Article, file or outlet", "why": "Why"},
        says=tuple(Finding(words, figure="missing") for words in says),
    )  # fmt: skip


def unfound(documents: pd.DataFrame) -> list[tuple[str, str]]:
    """Each article without an outlet or a day, and where that was looked for."""
    found = [(row.doc, f"no outlet in {OUTLET}") for row in documents.itertuples() if row.outlet == UNKNOWN]
    for row in documents[documents.published.isna()].itertuples():
        could = between(row.earliest, row.latest)
        found.append((row.doc, f"no day in {DAY}{f'; it may be of any day {could}' if could else ''}"))
    return sorted(found)


def cuts(corpus: "Corpus") -> Result:
    """What cleaning cut: rule, pieces, articles, and as an example three pieces: the longest, a middle, the shortest.

    >>> corpus.cuts().table.columns.tolist()
    ['rule', 'pieces', 'articles', 'example', 'link']
    """
    facts = corpus.documents[["doc", "outlet", "published", "title"]]
    whole = _pieces(corpus).merge(facts, on="doc", validate="many_to_one")
    # The longest first: a piece that is prose should have been kept.
    whole = whole.sort_values("text", key=lambda text: text.str.len(), ascending=False, kind="stable")
    rules = whole.groupby("rule", as_index=False)
    table = rules.agg(pieces=("text", "size"), articles=("doc", "nunique"), example=("text", three))
    table["link"] = [html.anchor("cut", rule) for rule in table.rule]
    table = table.sort_values(["pieces", "rule"], ascending=[False, True], ignore_index=True)
    inside = whole[~whole.rule.isin(BESIDE)]
    cut, articles = plural(len(inside), "line or span", "lines and spans"), inside.doc.nunique()
    says = f"Cleaning cut {cut} of page furniture from {plural(articles, 'article')}" if articles else "Nothing was cut"
    if beside := len(whole) - len(inside):
        says += f"; {plural(beside, 'piece')} more of the files stood outside the article"
    return Result(
        "cuts", table, "Nothing was cut.", "Pieces cut by each rule",
        {"rule": "Rule", "pieces": "Pieces", "articles": "In articles", "example": "Three of them"},
        says=(Finding(f"{says}.", effect=len(inside), articles=articles, figure="cuts"),),
        finds=lambda: [
            html.evidence(whole[whole.rule == row.rule], f"Cut as {row.rule}", name=row.link, noun="piece")
            for row in table.itertuples()
        ],
        evidence="The pieces that each rule cut",
    )  # fmt: skip


def three(pieces: pd.Series) -> str:
    """Of pieces from long to short the first, the middle and the last, on one line."""
    pieces = pieces.str.strip().drop_duplicates()
    shown = pieces.iloc[sorted({0, len(pieces) // 2, len(pieces) - 1})]
    return " · ".join(shorten(piece, 70, placeholder="…") for piece in shown)


def days(corpus: "Corpus") -> Result:
    """How the day of each article is known: dated_by, articles, and as an example doc and published.

    >>> corpus.days().table.columns.tolist()
    ['dated_by', 'articles', 'doc', 'published', 'link']
    """
    documents = corpus.documents.sort_values(["published", "doc"])
    groups, open_days = documents.groupby("dated_by", as_index=False), "Articles that do not state their day in full"
    table = groups.agg(articles=("doc", "size"), doc=("doc", "first"), published=("published", "first"))
    table["link"] = [html.anchor("day", source) for source in table.dated_by]
    table = table.sort_values(["articles", "dated_by"], ascending=[False, True], ignore_index=True)
    says = known_days(groups.agg(articles=("doc", "size"), known=("published", "count")))
    guessed = documents[documents.published.isna() | (documents.earliest < documents.latest)]
    guessed = guessed.assign(
        limits=[between(row.earliest, row.latest) or "any day" for row in guessed.itertuples()],
        link=html.ARTICLE + guessed.doc,
    )  # fmt: skip
    columns = {"doc": "Article", "published": "Taken to be of", "limits": "Could be", "dated_by": "By"}
    return Result(
        "days", table, "There is no article.", "What tells the day",
        {"dated_by": "Day known from", "articles": "Articles", "doc": "For example", "published": "Day"}, says=says,
        finds=lambda: [
            *[html.table(guessed, open_days, columns, name="days-open")] * (len(guessed) > 0),
            *(
                _articles(documents[documents.dated_by == row.dated_by], view.day_by(row.dated_by), row.link)
                for row in table.itertuples()
            ),
        ],
        evidence="The articles whose day each of them tells",
    )  # fmt: skip


def known_days(table: pd.DataFrame) -> tuple[Finding, ...]:
    """From what days are known, of dated_by, articles and known: "Every day is known: 123 from the catalogue."."""
    known = table[table.known > 0].sort_values("known", ascending=False, kind="stable")
    if known.empty:
        return ()
    number, total = int(known.known.sum()), int(table.articles.sum())
    sources = listed(f"{row.known} from the {row.dated_by}" for row in known.itertuples())
    many = "Every day is known" if number == total else f"{number} of {plural(total, 'day is', 'days are')} known"
    return (Finding(f"{many}: {sources}.", articles=number, figure="days"),)


def shared(corpus: "Corpus", n: int = 6) -> Result:
    """What copies what: a row a pair of articles with the share of five-word runs they have in common.

    The closest `n` are shown side by side.

    >>> corpus.shared().table.columns.tolist()
    ['doc', 'outlet', 'published', 'other', 'source', 'overlap', 'link']
    """
    facts = corpus.documents.set_index("doc")
    pairs = corpus._pairs[corpus._pairs.doc.isin(facts.index) & corpus._pairs.other.isin(facts.index)]
    copy, source = facts.reindex(pairs.doc), facts.reindex(pairs.other)
    table = pairs.assign(outlet=copy.outlet.array, published=copy.published.array, source=source.outlet.array)
    table["link"] = html.ARTICLE + table.doc
    number = int((facts.copy_of != "").sum())
    says = f"{plural(number, 'article is a copy of an earlier one', 'articles are copies of earlier ones')}."
    closest = table.sort_values("overlap", ascending=False, kind="stable").drop_duplicates("doc").head(n)
    heads = {"doc": "Article", "outlet": "Outlet", "published": "Day", "other": "Shares with", "source": "Of"}
    both = [(f"{pair.doc} beside {pair.other}", facts.loc[[pair.doc, pair.other]]) for pair in closest.itertuples()]
    return Result(
        "copies", table[[*heads, "overlap", "link"]].reset_index(drop=True), "No article is a copy of another.",
        "Articles that share two fifths of their five-word runs with an earlier one",
        heads | {"overlap": ("Runs shared", percent)},
        says=(Finding(says, effect=number, articles=number, figure="copies"),) * (number > 0),
        finds=lambda: [html.fold(heading, [view.side_by_side(*rows.itertuples())]) for heading, rows in both],
        evidence="The closest pairs side by side",
    )  # fmt: skip


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
    few = len(dots) <= DOTS
    dots["link"] = html.ARTICLE + dots.doc if few else dots.outlet.map(lambda name: html.anchor("outlet", name))
    opens = f"In the report a dot opens {'its article' if few else 'the articles of its outlet'}."
    lead = [finding.says.rstrip(".") for finding in leader(table)] or [f"{plural(len(table), 'outlet')} over time"]
    return charts.timeline(
        dots, label="outlet", day="published", hollow="copy", title=lead[0] if len(table) > 1 else table.outlet[0],
        alt=f"One dot an article by outlet and day; {whole}",
        caption=f"One dot an article, on its day. A ring is a copy of an earlier one. {opens}",
    )  # fmt: skip


def _pieces(corpus: "Corpus", left_out: Iterable[str] = ()) -> pd.DataFrame:
    """What was taken out of the articles of a corpus, but for some rules, as rows of `removed`."""
    removed = corpus.removed
    return removed[(removed.line > 0) & removed.doc.isin(corpus.documents.doc) & ~removed.rule.isin(left_out)]


def _articles(rows: pd.DataFrame, heading: str, name: str) -> html.Piece:
    """Articles as a list of headlines."""
    return html.evidence(rows.drop(columns="text", errors="ignore"), view.headline(heading, name), name=name)
