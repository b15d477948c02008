"""Dateline's helpers: from a folder of news articles to tables, figures and a report.

Modules import in one direction, from raw text to page; the README has the map.
"""

__version__ = "0.1.0"


class InputError(ValueError):
    """Something a user gave is wrong: one line that says what, where, and what to do."""

    def _render_traceback_(self) -> list[str]:
        """What IPython prints in a notebook: the line itself, no traceback."""
        return [str(self)]
