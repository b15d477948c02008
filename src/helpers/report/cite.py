"""How a page of the report is cited, and how it measured: words to paste into a paper."""

from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..reading import files
from . import cache
from .plan import Page, Report, slug

if TYPE_CHECKING:
    from markupsafe import Markup

    from .sheet import Sheet

LATEX = str.maketrans({
    **{sign: f"\\{sign}" for sign in "&%$#_"}, "{": "(", "}": ")", "\\": "/", "~": r"\textasciitilde ",
    "^": r"\textasciicircum ", "\n": " ",
})  # fmt: skip


class Cited(NamedTuple):
    """How something is cited, as a line and for BibTeX."""

    line: str
    bibtex: str


class Source(NamedTuple):
    """A report and the fingerprint of its corpus, from which all its pages are cited.

    No citation has a clock in it: the fingerprint, the parameters and the versions stand for every byte of a page.
    """

    report: Report
    fingerprint: str

    @property
    def made(self) -> str:
        """What made the report, by its version."""
        return f"Dateline {version('dateline-notebooks')}"

    @property
    def made_with(self) -> str:
        """What made the report, with the versions of all that its numbers rest on."""
        return f"{self.made}, {cache.versions()}"

    def read(self, page: Page | None = None) -> str:
        """The corpus of a page, or else of the report, by name and fingerprint; "" where a page reads none."""
        if page and "corpus" not in page.takes:
            return ""
        if page and page.corpus != self.report.corpus.resolve():
            return _named(page.corpus)
        return f"corpus “{self.report.corpus.name}”, fingerprint {self.fingerprint}"

    def cited(self, page: Page | None = None, heading: str = "") -> Cited:
        """The report, a page of it, or what stands under a heading of a page, with what it was made from."""
        inmost = [heading, page.whole_title] if page else []
        return cited([*inmost, self.report.title], self.made, self.read(page), given(page) if page else "")

    def methods(self, sheet: "Sheet", drawn: Any) -> tuple["Markup", list[str]]:
        """What a page measured and how, with the numbers of its run, and the references that this names.

        `drawn` is the module of methods.html.j2. Of a notebook that it does not know, or that lacks a parameter it
        names, it tells the corpus, the parameters and the versions.
        """
        from jinja2 import UndefinedError

        page = sheet.run.page
        run = page.parameters, sheet.parameters, sheet.said, sheet.found["tested"], self.read(page), self.made_with
        try:
            told = drawn.methods(page.notebook.stem, *run)
        except UndefinedError:
            told = drawn.methods("", *run)
        return told, [full for short, full in drawn.references.items() if short in told]


@lru_cache
def _named(corpus: Path) -> str:
    return f"corpus “{corpus.name}”, fingerprint {files.fingerprint(corpus)}"


def given(page: Page) -> str:
    """The parameters of a page that are not its notebook's own, but for the corpus: "n_topics = 8, seed = 3"."""
    told = {name: value for name, value in page.parameters.items() if value != page.takes[name].default}
    return ", ".join(f"{name} = {value!r}" for name, value in told.items() if name != "corpus")


def cited(titles: list[str], made: str, *known: str) -> Cited:
    """Something by its titles, the inmost first, what made it, and what is known of its source.

    >>> cited(["Sentiment", "Nine outlets"], "Dateline 0.1.0", "corpus “a”, fingerprint 12ab").line
    '“Sentiment”. In: “Nine outlets”. Dateline 0.1.0, corpus “a”, fingerprint 12ab.'
    """
    first, *others = filter(None, titles)
    within, note = "".join(f"In: “{title}”. " for title in others), ", ".join(filter(None, known))
    fields = {"title": first, "howpublished": f"{within}{made}", "note": note}
    told = [f"  {name} = {{{{{words.translate(LATEX)}}}}}," for name, words in fields.items() if words]
    bibtex = "\n".join([f"@misc{{dateline-{slug(first)},", *told, "}"])
    return Cited(f"“{first}”. {within}{', '.join(filter(None, (made, note)))}.", bibtex)
