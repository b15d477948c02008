"""What tests and the examples of all rooms share."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from helpers import Corpus

ROOT = Path(__file__).parent

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def corpus() -> "Corpus":
    """The bundled corpus, read once."""
    from helpers import load

    return load(ROOT / "corpus")


@pytest.fixture(autouse=True)
def examples(request: pytest.FixtureRequest, doctest_namespace: dict) -> None:
    """In examples `corpus` is the bundled corpus."""
    if isinstance(request.node, pytest.DoctestItem) and any("corpus" in e.source for e in request.node.dtest.examples):
        doctest_namespace["corpus"] = request.getfixturevalue("corpus")
