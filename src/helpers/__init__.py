"""Dateline's helpers: from a folder of news articles to tables, figures and a report.

    from helpers import load, topics, sentiment, network

Rooms import one way only, from raw text to page; the README has the map.
"""

import sys

TYPE_CHECKING = False  # as in `typing`, which would be the first thing to load
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from .corpus import Corpus

__version__ = "0.1.0"
__all__ = ["Corpus", "InputError", "load"]


class InputError(ValueError):
    """Something a user gave is wrong: one line that says what, where, and what to do."""

    def __init__(self, words: str) -> None:
        super().__init__(" ".join(words.splitlines()))  # names of files and columns may hold anything

    def _render_traceback_(self) -> list[str]:
        """What IPython prints in a notebook: the line itself, no traceback."""
        return [str(self)]


def load(
    folder: "str | Path | Corpus" = "", *, outlet: str = "", period: str = "", event: str = "",
    outlet_is: str = "", columns: dict[str, str] | None = None, extra_names: str = "auto",
) -> "Corpus":  # fmt: skip
    """Read a folder, table or archive of articles; an empty name is this project's `corpus`.

    `outlet`, `period` (2024, 2024Q2 or 2024-05) and `event` (the doc of its first article) leave the rest out;
    `outlet_is` is the outlet of every article for which neither its file nor a catalogue tells one;
    `columns` maps fields (doc, outlet, published, title, url, text) to the columns of a table; `extra_names` (yes, no,
    auto) counts names that no list knows as mentions: auto does so where the folder has no gazetteer of its own, or one
    that names nobody. A Corpus stays as it is.

    >>> load(corpus, outlet="Volga Post").documents.outlet.unique().tolist()
    ['Volga Post']

    Raises InputError, one line, for what is not there.
    """
    from .corpus import load as read
    from .sentiment.scores import sentences  # this face alone knows both rooms

    chosen = {"outlet": outlet, "period": period, "event": event}
    return read(folder, **chosen, outlet_is=outlet_is, columns=columns, extra_names=extra_names, scores=sentences)


def __getattr__(name: str) -> "Any":
    if name == "Corpus":
        from .corpus import Corpus

        return Corpus
    raise AttributeError(f"module 'helpers' has no attribute {name!r}")


def _say_what_to_run(shell: "Any", kind: type, error: NameError, trace: "Any", tb_offset: int | None = None) -> None:
    """Tell in one line what a name means that a notebook does not know: a slip, or cells that were not run yet."""
    from difflib import get_close_matches

    near = get_close_matches(error.name, [name for name in shell.user_ns if not name.startswith("_")], 1, 0.75)
    cure = f"did you mean '{near[0]}'?" if near else "run the cells above first (Run, Run All Above Selected Cell)"
    shell.showtraceback((InputError, InputError(f"there is no '{error.name}' yet; {cure}"), trace))


if "IPython" in sys.modules and (_shell := sys.modules["IPython"].get_ipython()):
    _shell.set_custom_exc((NameError,), _say_what_to_run)
