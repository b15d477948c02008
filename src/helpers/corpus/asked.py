"""What was asked for, held against what there is: a wrong name is one line that tells the nearest right one."""

import ast
import difflib
import sys
from collections.abc import Collection
from typing import Any

from .. import InputError

# Parameters that had another name, with the names they have now: an old one stops with the new one.
RENAMED = {
    "least": ["min_articles", "min_meetings"], "pairs": ["copies_shown"], "scale": ["score"], "actors": ["most_named"],
    "sentences": ["sentences_shown"], "found": ["extra_names"], "first": ["order_by"], "split": ["split_day"],
}  # fmt: skip
KINDS = {str: "text", int: "a whole number", float: "a number", bool: "True or False", list: "a list"}


def one_of(asked: Any, names: Collection[str], what: str, *, alike: Collection[str] = ()) -> str:
    """The name that was asked for, if there is one; InputError says which of `alike` or of all is near.

    >>> one_of("Volga Pots", ["Volga Post", "The Lantern"], "outlet")
    Traceback (most recent call last):
    helpers.InputError: there is no outlet 'Volga Pots'; did you mean 'Volga Post'?
    """
    if asked in names:
        return asked
    raise InputError(f"there is no {what} {asked!r}; {near(str(asked), alike or names)}")


def near(name: str, names: Collection[str]) -> str:
    """The end of an error: the name that was meant, or the first of all there are."""
    some = sorted(map(str, names))
    lower = {each.lower(): each for each in reversed(some)}
    found = difflib.get_close_matches(name.lower(), lower, 1, 0.7)
    if found := found or [each for each in lower if name.lower() in each]:
        return f"did you mean {lower[found[0]]!r}?"
    return f"it can be {', '.join(some[:8])}{' and others' if len(some) > 8 else ''}" if some else "there is none"


def fits(value: Any, kind: type, name: str, *, least: float | None = None) -> Any:
    """A value of the kind that a parameter takes; InputError names the parameter and its kind.

    >>> fits("five", int, "n_topics")
    Traceback (most recent call last):
    helpers.InputError: n_topics takes a whole number, not 'five'
    """
    numeric = kind in (int, float) and isinstance(value, (int, float) if kind is float else int)
    if not (numeric or isinstance(value, kind)) or (isinstance(value, bool) and kind is not bool):
        cure = "; put it in quotes" if kind is str and not isinstance(value, list | dict) else ""
        raise InputError(f"{name} takes {KINDS[kind]}, not {value!r}{cure}")
    if least is not None and value < least:
        raise InputError(f"{name} is {least} or more, not {value!r}")
    return value


def renamed(name: str, takes: Collection[str]) -> str:
    """What a parameter is called now, if it had the given name before; "" otherwise.

    >>> renamed("least", ["min_meetings", "seed"])
    'min_meetings'
    """
    return " and ".join(new for new in RENAMED.get(name, ()) if new in takes and name not in takes)


def no_old_names() -> None:
    """Raise InputError where papermill gave the running notebook a parameter under a name it no longer has.

    Papermill only warns of a parameter that a notebook does not take. The cell it adds begins with "# Parameters".
    """
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    for cell in shell.user_ns.get("In", []) if shell else []:
        if cell.startswith("# Parameters\n"):
            given = {node.targets[0].id for node in ast.parse(cell).body if isinstance(node, ast.Assign)}
            for name in sorted(given):
                if new := renamed(name, set(shell.user_ns) - given):
                    raise InputError(f"parameter '{name}' is now called {new}; give it under that name")
