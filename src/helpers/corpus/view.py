"""One article as its reader sees it: what is known of it, its text with marks, and the articles it belongs to."""

import re
from typing import TYPE_CHECKING

import pandas as pd

from ..show import html
from ..show.words import between, day, plural, signed
from . import copies

if TYPE_CHECKING:
    from .corpus import Corpus

LEGEND = {
    "actor": "named", "quoted": "quoted", "reported": "reported", "pos": "sounds warm", "neg": "sounds dark",
    "shared": "also in its original or copies", "score": "scores",
}  # fmt: skip
POLAR = 0.3  # a sentence whose news score is farther from 0 is marked
HEAD = 160  # letters of a headline
OTHERS, SPEAKERS, CUTS = 30, 12, 200  # of one article that are shown: others of its event, speakers, pieces cut from it
ADDRESS = re.compile(r"https?://\w[\w.-]*(?::\d+)?(?:[/?#][^\s\\]*)?", re.IGNORECASE)


def shown(corpus: "Corpus", row: tuple, sentences: pd.DataFrame) -> html.Piece:
    """An article, a row of `documents`, as one piece; `sentences` is the table of `Corpus.read`."""
    kin, event = corpus._of("text", row.copy_of or row.doc), corpus._of("event", row.event or row.doc)
    kin, event = ([other for other in others if other.doc != row.doc] for others in (kin, event))
    cut = [[each.rule, each.text] for each in corpus._of("removed", row.doc) if each.line > 0]
    spoken = corpus._of("voices", row.doc)
    scores = [None if pd.isna(score) else score for score in sentences.get("news", [None] * len(sentences))]
    told = list(zip(sentences.start, sentences.end, scores, strict=True))
    marks = [(each.start, each.end, each.voice) for each in spoken]
    marks += [(each.start, each.end, "actor") for each in corpus._of("mentions", row.doc) if not each.nested]
    marks += [(start, end, "pos" if score > 0 else "neg") for start, end, score in told if abs(score or 0) >= POLAR]
    # A copy shares with its original, which shares with all its copies.
    like = [other.text for other in kin if row.copy_of in ("", other.doc)]
    marks += [(*span, "shared") for span in copies.shared_spans(row.text, *like)]
    kinds = {kind for *_, kind in marks} | {"score" for score in scores if score is not None}
    names = dict(zip(corpus.actors.actor, corpus.actors["name"], strict=True))
    speakers = dict.fromkeys(names[who] for each in spoken for who in each.speaker.split("+") if who in names)
    title = " ".join(row.title.split())
    return html.article(
        row.text, marks, [(start, end, score if score is None else signed(score)) for start, end, score in told],
        doc=row.doc, headline=headline(title, row.doc), title=title * (len(title) > HEAD), outlet=row.outlet,
        day=known_day(row), credits=[name for name in (getattr(row, "author", ""), row.agency) if name],
        url=web_address(row.url), language=row.language,
        speakers=list(speakers)[:SPEAKERS],
        copies=_items(kin), event=_items(event[:OTHERS]), of_event=len(event), cut=cut[:CUTS],
        summaries=summaries(len(kin), bool(row.copy_of), len(event), len(cut)),
        legend=[[kind, words] for kind, words in LEGEND.items() if kind in kinds],
    )  # fmt: skip


def headline(title: str, doc: str) -> str:
    """A title of at most about 160 letters, or without one the name of the article.

    >>> headline("", "a"), headline("word " * 90, "a")[-6:]
    ('a', 'word …')
    """
    words = " ".join(title.split()) or doc
    return words if len(words) <= HEAD else f"{words[:HEAD].rpartition(' ')[0] or words[:HEAD]} …"


def day_by(dated_by: str) -> str:
    """What tells the day of articles, as a heading: "Day from the catalogue"."""
    return "Day unknown" if dated_by == "unknown" else f"Day {_known_by(dated_by)}"


def known_day(row: tuple) -> str:
    """The day of an article, or those between which it lies, and how that is known: "14 May 2024, from the address"."""
    could = between(row.earliest, row.latest)
    if " to " in could:
        could = f"between {could.replace(' to ', ' and ')}"
    if pd.isna(row.published):
        return f"day unknown: {could}, {_known_by(row.dated_by)}" if could else "day unknown"
    told = f"{day(row.published)}, {_known_by(row.dated_by)}"
    return told if could in ("", day(row.published)) else f"{told}; it may be of any day {could}"


def web_address(url: str) -> str:
    """The address of an article on the web, where it is plain: http or https, a host, nothing hidden; else "".

    >>> web_address("https://lantern.example/a"), web_address("javascript:alert(1)")
    ('https://lantern.example/a', '')
    """
    url = url.strip()
    return url if url.isprintable() and ADDRESS.fullmatch(url) else ""


def summaries(kin: int, copied: bool, event: int, cut: int) -> dict[str, str]:
    """What folds away under an article: its original and copies, others of its event, and what was cut from it."""
    original = f"Its original and {plural(kin - 1, 'other copy', 'other copies')}" if kin > 1 else "Its original"
    others = plural(event, "other article of its event", "other articles of its event")
    return {
        "copies": original if copied else plural(kin, "copy of it", "copies of it"),
        "event": f"The first {OTHERS} of {others}" if event > OTHERS else others,
        "cut": f"{f'The first {CUTS} of ' * (cut > CUTS)}{plural(cut, 'piece', 'pieces')} that cleaning cut",
    }


def side_by_side(one: tuple, two: tuple) -> html.Piece:
    """Two rows of `documents` side by side, with the words that both have in one order marked."""
    columns = [
        (f"{row.outlet}, {day(row.published)}", html.article(row.text, copies.shared_spans(row.text, other.text)))
        for row, other in ((one, two), (two, one))
    ]
    return html.beside(*columns)


def _known_by(dated_by: str) -> str:
    return "by the office-holders it names" if dated_by == "roles" else f"from the {dated_by}"


def _items(articles: list[tuple]) -> list[dict]:
    """Articles as lists of headlines have them."""
    return [
        {"doc": row.doc, "title": headline(row.title, row.doc), "outlet": row.outlet, "day": day(row.published)}
        | {"sent": -1, "score": None, "parts": []}
        for row in articles
    ]
