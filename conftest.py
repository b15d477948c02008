"""What examples in the package and tests share."""

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from helpers import Corpus
    from helpers.sentiment import Scores

settings.register_profile("dateline", deadline=None)  # a machine under load is no failure
settings.load_profile("dateline")


@pytest.fixture(scope="session")
def corpus() -> "Corpus":
    """The bundled corpus, read once."""
    from helpers import load

    return load()


@pytest.fixture(scope="session")
def scores(corpus: "Corpus") -> "Scores":
    """The scores of the bundled corpus."""
    from helpers import sentiment

    return sentiment.score(corpus)


@pytest.fixture(autouse=True)
def examples(request: pytest.FixtureRequest, doctest_namespace: dict) -> None:
    """In examples `corpus` is the bundled corpus, and `scores` its scores."""
    if isinstance(request.node, pytest.DoctestItem):
        told = " ".join(example.source for example in request.node.dtest.examples)
        for name in ("corpus", "scores"):
            if name in told:
                doctest_namespace[name] = request.getfixturevalue(name)
