"""The articles of a report: which of them have a page of their own, where it is, and what stands on it."""

import gzip
import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from . import plan

if TYPE_CHECKING:
    from ..corpus.corpus import Corpus

MOST = 2_000  # articles up to which all have a page; of more only those that the report cites


class Library(NamedTuple):
    """A corpus and the pages of its articles, by doc and in their order; `kept` is a file of what stands on them."""

    corpus: "Corpus"
    pages: dict[str, str]
    kept: Path | None = None
    key: str = ""

    def pieces(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Each article that has a page, as the piece that `Corpus.read` shows; those read before are not read again."""
        known = {}
        with suppress(Exception), gzip.open(self.kept, "rt", encoding="utf-8") as file:  # none, damaged, or foreign
            key, told = json.load(file)
            known = dict(told) if key == self.key else {}
        new = [doc for doc in self.pages if doc not in known]
        for doc in new:
            known[doc] = next(piece.flat for piece in self.corpus.read(doc).behind if piece.kind == "article")
        if new and self.kept:
            with gzip.open(self.kept, "wt", compresslevel=1, encoding="utf-8") as file:
                json.dump([self.key, known], file)
        for doc in self.pages:
            yield doc, known[doc]


def shelved(report: plan.Report, cited: Iterable[str], kept: Path, key: str) -> Library:
    """Read the corpus of a report; all articles have a page, those cited where there are many, none where none may.

    What stands on the pages is kept in the file `kept`, as long as `key`, which tells corpus and helpers, is the same.
    """
    from .. import load

    corpus = load(report.corpus, **report.reads)
    docs, wanted = list(corpus.documents.doc) * (report.held == "full"), set(cited)
    pages: dict[str, str] = {}
    taken: set[str] = set()
    for doc in docs if len(docs) <= MOST else [doc for doc in docs if doc in wanted]:
        name = plan.free(plan.slug(doc) or "article", taken)
        taken.add(name)
        pages[doc] = f"articles/{name}.html"
    return Library(corpus, pages, kept, key)
