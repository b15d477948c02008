"""Dateline's helpers: from a folder of news articles to tables, figures and a report.

Modules import in one direction, from raw text to page; the README has the map.
"""

__version__ = "0.1.0"


class InputError(ValueError):
    """Something a user gave is wrong: one line that says what, where, and what to do."""

    def _render_traceback_(self) -> list[str]:
        """What IPython prints in a notebook: the line itself, no traceback."""
        return [str(self)]


_MOVED = {
    "split": "language.split",
    "dates": "language.dates",
    "matcher": "language.matcher",
    "marks": "language.quotes",
    "attribution": "language.attribution",
    "voice": "language.speech",
    "files": "reading.files",
    "exports": "reading.columns",
    "furniture": "reading.furniture",
    "clean": "reading.clean",
    "catalogue": "reading.catalogue",
    "gazetteer": "actors.gazetteer",
    "speakers": "actors.speakers",
    "tables": "corpus.corpus",
    "dating": "corpus.dating",
    "duplicates": "corpus.copies",
    "events": "corpus.grouping",
    "vocabulary": "topics.words",
    "clusters": "topics.clusters",
    "stability": "topics.stability",
    "agendas": "topics.agendas",
    "keyness": "topics.keyness",
    "vader": "sentiment.vader",
    "tone": "sentiment.tone",
    "stance": "sentiment.stance",
    "graphs": "network.graph",
    "wording": "show.words",
    "figures": "show.figures",
    "charts": "show.charts",
    "diagrams": "show.diagram",
    "plan": "report.plan",
    "parameters": "report.parameters",
    "changes": "report.cache",
    "run": "report.execute",
    "sanitise": "report.sanitise",
    "downloads": "report.downloads",
    "page": "report.pages",
    "sheet": "report.sheet",
    "report": "report.__main__",
}


def __getattr__(name: str) -> object:
    """The modules under their old names, for the notebooks as they stand."""
    from importlib import import_module

    if name in _MOVED:
        return import_module(f"helpers.{_MOVED[name]}")
    raise AttributeError(name)
