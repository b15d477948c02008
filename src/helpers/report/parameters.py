"""From a notebook's parameters cell to what it takes, and whether given values fit."""

import ast
import difflib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import InputError

TYPES = {"int": int, "float": (float, int), "str": str, "bool": bool, "list": list}


@dataclass(frozen=True)
class Parameter:
    """One line of a notebook's parameters cell: its name, type, default value, and the comment that explains it."""

    name: str
    kind: str
    default: Any
    note: str


def declared(notebook: Path) -> dict[str, Parameter]:
    """The parameters a notebook takes, from its one cell tagged "parameters".

    Every line there is `name: type = literal  # what it means`. Raises InputError when the cell is missing or a line is
    something else.
    """
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        sources = [(cell["cell_type"], cell["metadata"], "".join(cell["source"])) for cell in cells]
        tagged = [source for _, metadata, source in sources if "parameters" in metadata.get("tags", [])]
    except OSError as error:
        raise InputError(f"{notebook}: {error.strerror}; check the name in report.yml") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputError(f"{notebook}: is not a notebook; save it again from JupyterLab") from None
    if len(tagged) != 1:
        raise InputError(
            f"{notebook}: has {len(tagged)} cells tagged 'parameters'; tag one in JupyterLab's property inspector"
        )
    try:
        taken = [_parameter(node, tagged[0].splitlines()) for node in ast.parse(tagged[0]).body]
    except (SyntaxError, ValueError) as error:
        raise InputError(
            f"{notebook}: parameters cell: {error}; write each line as  name: int = 3  # what it means"
        ) from None
    return {parameter.name: parameter for parameter in taken}


def fitting(values: dict, takes: dict[str, Parameter], where: str) -> None:
    """Hold values against what a notebook takes; InputError names the first that is unknown or of another type."""
    known(set(values), set(takes), where, what="parameter")
    for name, value in values.items():
        if not _fits(value, kind := takes[name].kind):
            cure = "; put it in quotes" if kind == "str" and not isinstance(value, list | dict) else ""
            raise InputError(f"{where}: {name} takes {kind}, not {value!r} ({takes[name].note}){cure}")


def known(given: set, names: set, where: str, *, what: str = "key") -> None:
    """Raise InputError for the first of `given` that is none of `names`, with the nearest one or all of them."""
    for name in sorted(map(str, given - names)):
        near = difflib.get_close_matches(name, names, 1)
        hint = f"did you mean '{near[0]}'?" if near else f"it takes {', '.join(sorted(names))}"
        raise InputError(f"{where}: unknown {what} '{name}'; {hint}")


def _parameter(node: ast.stmt, lines: list[str]) -> Parameter:
    if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name) or node.value is None:
        raise ValueError(f"line {node.lineno} is no typed parameter")
    kind, rest = ast.unparse(node.annotation), lines[node.end_lineno - 1].encode()[node.end_col_offset :].decode()
    note, value = rest.strip().removeprefix("#").strip(), ast.literal_eval(node.value)
    if kind.split("[")[0] not in TYPES or not _fits(value, kind):
        raise ValueError(f"{node.target.id} has type {kind} and value {value!r}")
    if not note:
        raise ValueError(f"{node.target.id} has no comment")
    return Parameter(node.target.id, kind, value, note)


def _fits(value: Any, kind: str) -> bool:
    base, _, inner = kind.rstrip("]").partition("[")
    if not isinstance(value, TYPES[base]) or (base != "bool" and isinstance(value, bool)):
        return False
    return not (base == "list" and inner in TYPES) or all(_fits(item, inner) for item in value)
