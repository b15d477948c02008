"""What the examples in docstrings and several tests share."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from helpers import Corpus
    from helpers.sentiment import Scores

ROOT = Path(__file__).parent


@pytest.fixture(scope="session")
def corpus() -> "Corpus":
    """The bundled corpus, read once."""
    from helpers import load

    return load(ROOT / "corpus")


@pytest.fixture(scope="session")
def scores(corpus: "Corpus") -> "Scores":
    """The scores of the bundled corpus."""
    from helpers import sentiment

    return sentiment.score(corpus)


@pytest.fixture(autouse=True)
def examples(request: pytest.FixtureRequest, doctest_namespace: dict) -> None:
    """In examples `corpus` is the bundled corpus and `scores` are its scores."""
    if isinstance(request.node, pytest.DoctestItem):
        sources = " ".join(example.source for example in request.node.dtest.examples)
        for name in ("corpus", "scores"):
            if name in sources:
                doctest_namespace[name] = request.getfixturevalue(name)
