"""The articles of a report: which of them have a page of their own, and where it is."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from . import plan

if TYPE_CHECKING:
    from ..corpus.corpus import Corpus

MOST = 2_000  # articles up to which all have a page; of more only those that the report cites


class Library(NamedTuple):
    """A corpus and the pages of its articles: by doc, in the order of the articles."""

    corpus: "Corpus"
    pages: dict[str, str]

    def pieces(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Each article that has a page, as the piece that `Corpus.read` shows."""
        for doc in self.pages:
            yield (
                doc,
                {"headline": doc}
                | next(piece.flat for piece in self.corpus.read(doc).behind if piece.kind == "article"),
            )


def shelved(report: plan.Report, cited: Iterable[str]) -> Library:
    """Read the corpus of a report; all its articles have a page, or those that are cited where there are many."""
    from .. import load

    corpus = load(report.corpus, outlet_is=report.outlet_is)
    docs, wanted = list(corpus.documents.doc), set(cited)
    pages: dict[str, str] = {}
    taken: set[str] = set()
    for doc in docs if len(docs) <= MOST else [doc for doc in docs if doc in wanted]:
        name = plan.free(plan.slug(doc) or "article", taken)
        taken.add(name)
        pages[doc] = f"articles/{name}.html"
    return Library(corpus, pages)
