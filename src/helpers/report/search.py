"""The search page of a report: sentences and names as the scripts that search.js reads, and an index without them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import escape

from ..show.words import day
from .library import Library

if TYPE_CHECKING:
    from ..corpus.corpus import Corpus

PART = 1_000_000  # bytes of one part of the sentences
HEAD = 200  # letters of a headline
ALSO = 8  # other names of an actor
MOST = 150  # outlets, and actors, of the index
ROOM = 1_200_000  # bytes of the links of the index
CAPS = (10_000, 1_000, 300, 100, 50, 25, 10, 5, 2, 0)  # articles of each, the most there is room for
NO_NAME = ("desc", "role")  # "two countries", "the minister": words, which name an actor in one article
TWICE = "[\U00010000-\U0010ffff]"
UNSAFE = re.compile("[<\u2028\u2029\ud800-\udfff]")  # letters that end a script or a line of it, or are no letter


def write(shelf: Library, folder: Path) -> dict[str, Any]:
    """Write the sentences and names of all articles into `search/`; what the template of the page takes."""
    documents = shelf.corpus.documents.drop(columns="text").sort_values(["published", "doc"], ascending=[False, True])
    documents["headline"] = documents.title.where(documents.title != "", documents.doc).str[:HEAD]
    named = _named(shelf.corpus)
    actors, days = _actors(named, shelf.corpus), documents.published.dt
    outlets, months = sorted(set(documents.outlet)), sorted(set(days.to_period("M").dropna()))
    (folder / "search").mkdir(parents=True)
    told = [outlets, [[f"{month:%Y-%m}", f"{month:%B %Y}"] for month in months], actors.to_numpy().tolist()]
    (folder / "search" / "names.js").write_text(f"addNames({script(told)})\n", encoding="utf-8")
    places = [dict(zip(some, range(len(some)), strict=True)) for some in (outlets, months, actors.index)]
    number = 0
    for number, part in enumerate(_parts(_articles(shelf, documents, named, *places)), 1):
        (folder / "search" / f"{number}.js").write_text(f"addPart([{part}])\n", encoding="utf-8")
    return {"parts": number, "index": _index(shelf, documents, named, actors)}


def script(value: Any) -> str:
    r"""Write a value so that it reads the same as JSON and in a script, wherever that stands.

    >>> script(["</script>", "\u2028", "\ud800", "é"])
    '["\\u003c/script>","\\u2028","\\ud800","é"]'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return UNSAFE.sub(lambda letter: f"\\u{ord(letter[0]):04x}", text)


def _named(corpus: "Corpus") -> pd.DataFrame:
    """Each mention of an actor, not a place or a name in a longer one: doc, sent, start, end, actor, surface, via.

    `start` and `end` are of the sentence, in the units in which scripts count letters: an emoji is two.
    """
    rows, own = corpus._named(), corpus.sentences[["doc", "sent", "start", "end", "text"]]
    rows = rows[~rows.nested & (rows.via != "loc")].merge(own, on=["doc", "sent"], suffixes=("", "_of"))
    rows["end"] = rows[["end", "end_of"]].min(axis=1)
    rows[["start", "end"]] = rows[["start", "end"]].sub(rows.start_of, axis=0)
    for place in rows.index[rows.text.str.contains(TWICE)]:
        text, *span = rows.loc[place, ["text", "start", "end"]]
        rows.loc[place, ["start", "end"]] = [at + len(re.findall(TWICE, text[:at])) for at in span]
    return rows[["doc", "sent", "start", "end", "actor", "surface", "via"]].sort_values(["doc", "sent", "start", "end"])


def _actors(named: pd.DataFrame, corpus: "Corpus") -> pd.DataFrame:
    """Whom the articles name, the most often named first: id, name, times, also (other names)."""
    found = named.groupby("actor").agg(times=("doc", "size"))
    names = dict(zip(corpus.actors.actor, corpus.actors.name, strict=True))
    found.insert(0, "name", [names.get(actor) or actor for actor in found.index])
    found.insert(0, "id", found.index)
    also = {actor: {found.name[actor].lower(): ""} for actor in found.index}
    counts = named[~named.via.isin(NO_NAME)].groupby(["actor", "surface"]).size().rename("times").reset_index()
    for row in counts.sort_values(["times", "surface"], ascending=[False, True]).itertuples():
        also[row.actor].setdefault(row.surface.lower(), row.surface)
    found["also"] = [list(filter(None, also[actor].values()))[:ALSO] for actor in found.index]
    return found.sort_values(["times", "id"], ascending=[False, True])


def _articles(shelf: Library, documents: pd.DataFrame, named: pd.DataFrame, *places: dict) -> Iterator[str]:
    """Each article, the newest first: headline, outlet, day, month, page, sentences, mentions.

    Outlet and month are numbers in what `places` has of each, and so is the actor of a mention, which is four numbers:
    actor, sentence, start, end.
    """
    outlets, months, actors = places
    said = shelf.corpus.sentences.sort_values(["doc", "sent"]).groupby("doc").text.agg(list).to_dict()
    mentions: dict[str, list[int]] = {}
    for doc, actor, *where in named[["doc", "actor", "sent", "start", "end"]].itertuples(index=False):
        mentions.setdefault(doc, []).extend((actors[actor], *where))
    for row in documents.itertuples():
        month = -1 if pd.isna(row.published) else months[row.published.to_period("M")]
        facts = (row.headline, outlets[row.outlet], day(row.published), month, shelf.pages.get(row.doc, ""))
        yield script([*facts, said.get(row.doc, []), mentions.get(row.doc, [])])


def _parts(articles: Iterator[str]) -> Iterator[str]:
    """Articles joined to parts of about `PART` bytes."""
    part: list[str] = []
    size = 0
    for article in articles:
        part.append(article)
        size += len(article.encode())
        if size >= PART:
            yield ",\n".join(part)
            part, size = [], 0
    if part:
        yield ",\n".join(part)


def _index(shelf: Library, documents: pd.DataFrame, named: pd.DataFrame, actors: pd.DataFrame) -> list[dict[str, Any]]:
    """The articles of each outlet and of each actor, those with most articles first, as far as there is room."""
    entries = {
        row.doc: {"href": shelf.pages.get(row.doc, ""), "words": row.headline[:90], "day": day(row.published)}
        for row in documents[["doc", "headline", "published"]].itertuples()
    }
    place = {doc: number for number, doc in enumerate(entries)}
    of = named[["doc", "actor"]].drop_duplicates().assign(place=lambda rows: rows.doc.map(place)).sort_values("place")
    by = {"outlet": (documents.groupby("outlet").doc.agg(list), lambda name: name)}
    by["actor"] = (of.groupby("actor").doc.agg(list), lambda actor: actors.name[actor])
    lists = {}
    for what, (docs, name) in by.items():
        order = sorted(docs.index, key=lambda key: (-len(docs[key]), name(key)))
        lists[what] = [(name(key)[:90], docs[key]) for key in order]
    size = {doc: len(f"{escape(one['words'])}{one['href']}{one['day']}".encode()) + 40 for doc, one in entries.items()}
    shown = [docs for some in lists.values() for _, docs in some[:MOST]]
    cap = next(cap for cap in CAPS if sum(size[doc] for docs in shown for doc in docs[:cap]) < ROOM or not cap)
    return [
        {
            "what": what, "left": max(0, len(some) - MOST),
            "folds": [(name, len(docs), [entries[doc] for doc in docs[:cap]]) for name, docs in some[:MOST]],
        }
        for what, some in lists.items()
    ]  # fmt: skip
