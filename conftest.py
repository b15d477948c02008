"""What the examples in docstrings and several tests share."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent


@pytest.fixture(scope="session")
def corpus():
    """The bundled corpus, read once."""
    from helpers import load

    return load(ROOT / "corpus")


@pytest.fixture(scope="session")
def scores(corpus):
    """The scores of the bundled corpus."""
    from helpers import sentiment

    return sentiment.score(corpus)


@pytest.fixture(autouse=True)
def examples(request, doctest_namespace):
    """In examples `corpus` is the bundled corpus and `scores` are its scores."""
    if isinstance(request.node, pytest.DoctestItem):
        sources = " ".join(example.source for example in request.node.dtest.examples)
        for name in ("corpus", "scores"):
            if name in sources:
                doctest_namespace[name] = request.getfixturevalue(name)
