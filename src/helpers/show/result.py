"""What an analysis answers: a table of numbers with its figure, its sentences, and the evidence behind each row."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, wraps
from inspect import signature
from math import isnan, log10, nan
from typing import Any, NamedTuple

import pandas as pd

from .charts import Drawing
from .html import Columns, Piece, bundle, fold, note, plain, table

MORE = 5  # words of a sentence that are not in its headline, from which it tells more
MOST = 4.0  # times the usual effect, beyond which a finding is no larger


class Finding(NamedTuple):
    """A sentence that the report may print, and what it rests on.

    effect: in the unit of the sentence; articles: how many it rests on; p: corrected for all that its page asks, nan
    for a description; figure: the id of what shows it; evidence: one sentence of an article, with `doc`, its article,
    and `source`, its outlet and day. One with a `headline`, which tells its effect, may stand on the front page: there
    unusual (its effect as a multiple of the usual one) and novel (from 0, where the subject of the corpus implies it,
    to 1) rank it, and what is `beside` it, a name, words and their article each, stands side by side; `bars` (name,
    share from 0 to 1, its words, and whether it is the one meant) are drawn in place of its figure.
    """

    says: str
    effect: float = nan
    articles: int = 0
    p: float = nan
    figure: str = ""
    evidence: str = ""
    doc: str = ""
    headline: str = ""
    unusual: float = 1.0
    novel: float = 1.0
    beside: tuple[tuple[str, str, str], ...] = ()
    source: str = ""
    bars: tuple[tuple[str, float, str, bool], ...] = ()

    @property
    def rank(self) -> float:
        """How much it deserves the front page: by size, certainty, number of articles and novelty, each from 0 to 1.

        >>> Finding("", articles=100, p=0.001).rank > Finding("", articles=100, p=0.04).rank
        True
        """
        size = min(self.unusual, MOST) / MOST
        sure = 0.5 if isnan(self.p) else min(1.0, log10(max(self.p, 1e-3)) / -3)
        return size * sure * min(1.0, log10(max(self.articles, 1)) / 2) * self.novel

    @property
    def under(self) -> str:
        """Its sentence, where that tells more than the headline does; what stands in brackets aside.

        >>> Finding("A gives 30 % to others (p = .002).", headline="A gives 30 % to others.").under
        ''
        """
        bare = re.sub(r"\([^)]*\)", "", self.says)
        says, headline = (set(re.findall(r"\w+", words.lower())) for words in (bare, self.headline))
        return self.says if len(says - headline) >= MORE else ""

    def as_json(self) -> dict[str, Any]:
        """The finding as plain data; what is unknown is None."""
        told = self._asdict() | {"rank": self.rank if self.headline else 0.0, "under": self.under}
        return {key: None if value != value else value for key, value in told.items()}  # noqa: PLR0124


@dataclass(frozen=True, eq=False, repr=False)
class Result:
    """The answer of one method. Jupyter and the report show its figure, or its table, or why there is none.

    name: its id, which names its figure and its CSV; table: a frame of numbers, one row a thing; nothing: the sentence
    for an empty table, "" for silence; caption and columns: how a reader sees the table; draws: makes the figure; says:
    findings; little: what it cannot say, and why; finds: makes the evidence behind the rows, which stands folded under
    the words `evidence`, or open in place of the table where `opens` is true; notes: what a reader of its page must
    know beside; tested: whether groups were compared, found alike or not.
    """

    name: str
    table: pd.DataFrame
    nothing: str
    caption: str = ""
    columns: Columns = field(default_factory=dict)
    draws: Callable[[], Drawing | None] | None = None
    says: tuple[Finding, ...] = ()
    little: tuple[str, ...] = ()
    finds: Callable[[], Iterable[Piece]] | None = None
    evidence: str = "The sentences behind it"
    opens: bool = False
    notes: tuple[str, ...] = ()
    tested: bool = False

    @cached_property
    def figure(self) -> Drawing | None:
        """The figure, drawn when it is first asked for; None where there is nothing to draw."""
        return self.draws() if self.draws and len(self.table) else None

    @cached_property
    def behind(self) -> list[Piece]:
        """The evidence of each row, as pieces that marks and rows link to."""
        return list(self.finds()) if self.finds and (self.opens or len(self.table)) else []

    def pieces(self) -> list[Piece]:
        """What a reader sees, from top to bottom."""
        told = [note(finding.says) for finding in self.says]
        # What the sentence for an empty table says already is not said again.
        words = " ".join(each for each in (*self.little, *self.notes) if len(self.table) or each != self.nothing)
        little = [Piece("little", {"words": words})] if words else []
        if self.opens and self.behind:
            return [*(told if len(self.table) else [note(self.nothing)]), *self.behind]
        if self.table.empty:
            return [note(self.nothing), *little] if self.nothing else little
        numbers = table(self.table, self.caption, self.columns, name=self.name)
        shown = [self.figure.piece(self.name, numbers)] if self.figure else [numbers]
        return [*shown, *little, *([fold(self.evidence, self.behind, name=self.name)] if self.behind else [])]

    def __repr__(self) -> str:
        return plain(self.pieces())

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        told = {"findings": [each.as_json() for each in self.says], "little": self.little, "tested": self.tested}
        return bundle(self.pieces(), told)


class Answer(NamedTuple):
    """What a page found: findings in their order, what was too little to say, and a line for the front page's top."""

    findings: tuple[Finding, ...]
    little: tuple[str, ...]
    strip: str = ""
    tested: bool = False

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        first, *others = self.findings or (Finding(""),)
        under = [(first.under, first.figure)] * bool(first.headline and first.under)
        rest = [*under, *((each.says, each.figure) for each in others)]
        told = {"headline": first.headline or first.says, "findings": rest, "little": self.little}
        found = {"answer": True, "tested": self.tested, "findings": [each.as_json() for each in self.findings]}
        return bundle([Piece("answer", told)], found | {"little": self.little, "strip": self.strip})


def answer(*results: Result, strip: str = "") -> Answer:
    """The findings of several results as one answer; the first is its headline, and the front page quotes it.

    >>> answer(Result("a", pd.DataFrame(), "", says=(Finding("Two ships sailed."),))).findings[0].says
    'Two ships sailed.'
    """
    findings = dict.fromkeys(finding for result in results for finding in result.says if finding.says)
    little = dict.fromkeys(words for result in results for words in result.little if words)
    return Answer(tuple(findings), tuple(little), strip, any(result.tested for result in results))


def kept(method: Callable) -> Callable:
    """Let a method keep what it computed: asked again with the same arguments, it costs nothing."""

    @wraps(method)
    def _once(self: Any, *args: Any, **options: Any) -> Any:
        bound = signature(method).bind(self, *args, **options)
        bound.apply_defaults()
        key = repr((method.__name__, *list(bound.arguments.items())[1:]))
        memory = self.__dict__.setdefault("_kept", {})
        if key not in memory:
            memory[key] = method(self, *args, **options)
        return memory[key]

    return _once
