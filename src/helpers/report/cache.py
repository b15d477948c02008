"""What changed since the last run: fingerprints of all that a page rests on, and what is remembered of them."""

import hashlib
import json
import os
import platform
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from time import time_ns
from typing import Any

from ..reading import files
from .plan import PROJECT, Page, Report

HOME = Path(__file__).parent.parent
# This room makes pages of what notebooks computed: when it changes, pages are written anew and nothing runs.
WRITING = "report"
VERSIONS = ("pandas", "scikit-learn", "matplotlib", "vaderSentiment", "networkx", "papermill")
SETTLED = 2_000_000_000  # nanoseconds: the clock is too coarse to tell two writes apart that are closer


class Memory:
    """What is remembered from one run to the next; losing it costs time and nothing else."""

    def __init__(self, path: Path) -> None:
        self.path, self.read, self.told = path, {}, {}
        with suppress(OSError, ValueError):
            self.told = json.loads(path.read_text(encoding="utf-8"))

    def corpus(self, folder: Path) -> str:
        """Fingerprint a folder or file; its bytes are read only when a size or a time in it has changed."""
        if folder not in self.read:
            known, found = self.told.setdefault("corpora", {}), _listing(folder)
            listing = _digest([folder, found])
            self.read[folder] = known.get(listing) or files.fingerprint(folder)
            if time_ns() - max((time for _, *times in found.values() for time in times), default=0) > SETTLED:
                known[listing] = self.read[folder]
        return self.read[folder]

    def values(self, corpus: Path, kind: str, **reads: str) -> list[str]:
        """What a sweep over a corpus goes through, asked of the corpus when it or the helpers have changed."""
        key = f"{kind} {reads} {self.corpus(corpus) if corpus.exists() else ''} {environment()}"
        known = self.told.setdefault("values", {})
        if key not in known:
            known[key] = _found(corpus, kind, reads)
        return known[key]

    def unchanged(self, key: str, target: Path) -> bool:
        """Whether this report stands, whole, as it was written."""
        return self.told.get("written") == [key, _listing(target)]

    def written(self, key: str, target: Path) -> None:
        """Remember what stands now."""
        self.told["written"] = [key, _listing(target)]

    def save(self) -> None:
        """Keep it for the next run, if there is room."""
        new = self.path.with_suffix(".new")
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            new.write_text(json.dumps(self.told), encoding="utf-8")
            new.replace(self.path)


def environment() -> str:
    """Fingerprint all that every notebook rests on: helpers, lock, Python."""
    return _digest([versions(), _bytes(PROJECT / "requirements.lock"), *_helpers().values()])


def kept() -> dict[str, Any]:
    """What a report tells a later one of its environment: versions, fingerprints of the lock and of each room."""
    rooms: dict[str, list[str]] = {"requirements.lock": [_bytes(PROJECT / "requirements.lock")]}
    for path, told in _helpers().items():
        rooms.setdefault(f"helpers/{path.relative_to(HOME).parts[0]}", []).append(told)
    made = f"Dateline {version('dateline-notebooks')}, {versions()}"
    return {"versions": made, "code": {room: _digest(told) for room, told in rooms.items()}}


def read(page: Page, memory: Memory) -> list[str]:
    """Fingerprint the corpus of a page, and the folders and files that its other parameters name, each."""
    words = [value for name, value in page.parameters.items() if isinstance(value, str) and name != "corpus"]
    named = [page.corpus] * ("corpus" in page.takes) + [page.home / value for value in words if "/" in value]
    return [memory.corpus(path.resolve()) for path in named if path.exists()]


def page(page: Page, environment: str, memory: Memory) -> str:
    """Fingerprint one page: its notebook, its parameters, the folders and files that these name, the environment."""
    return _digest([environment, _bytes(page.notebook), page.parameters, read(page, memory)])


def writing(report: Report, pages: list[str], against: str = "") -> str:
    """Fingerprint the finished report: its pages, what report.yml says of them, what it is against, what writes it."""
    told = [[page.name, page.title, page.group] for page in report.pages]
    told += [report.title, report.subtitle, report.corpus.name, report.empty, report.reads, report.held]
    return _digest([*map(_bytes, _sources()), versions(), told, pages, against])


def versions() -> str:
    """Python and the libraries that numbers and pages rest on."""
    return ", ".join([f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in VERSIONS)])


def _helpers() -> dict[Path, str]:
    """The sources that notebooks rest on, each with its fingerprint."""
    return {path: _bytes(path) for path in _sources() if not path.is_relative_to(HOME / WRITING)}


def _sources() -> list[Path]:
    return sorted(path for path in HOME.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def _bytes(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _digest(parts: list[Any]) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:16]


def _listing(place: Path) -> dict[str, list[int]]:
    """The size and the times of change, in nanoseconds, of a file or of every file below a folder."""
    below = [(place.parent, [], [place.name])] if place.is_file() else os.walk(place.resolve())
    paths = [f"{folder}/{name}" for folder, _, names in below for name in names]
    found = {path: os.stat(path) if os.path.exists(path) else os.lstat(path) for path in paths}  # noqa: PTH110, PTH116
    return {path: [told.st_size, told.st_mtime_ns, told.st_ctime_ns] for path, told in found.items()}


def _found(corpus: Path, kind: str, reads: dict[str, str]) -> list[str]:
    """Outlets of a corpus (most articles first), its events told twice or more, or its years, quarters or months."""
    from ..corpus import load
    from ..reading import UNKNOWN

    found = load(corpus, **reads)
    if kind == "outlets":
        return [name for name in found.outlets().table.outlet if name != UNKNOWN]
    if kind == "events":
        told = found.documents.event[found.documents.event != ""].value_counts(sort=False)
        return [str(event) for event, articles in told.items() if articles > 1]
    days = found.documents.published.dropna().sort_values()
    return list(dict.fromkeys(map(str, days.dt.to_period({"years": "Y", "quarters": "Q", "months": "M"}[kind]))))
