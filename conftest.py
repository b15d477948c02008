"""What examples in the package and tests share."""

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from helpers import Corpus


settings.register_profile("dateline", deadline=None)  # a machine under load is no failure
settings.load_profile("dateline")


@pytest.fixture(scope="session")
def corpus() -> "Corpus":
    """The bundled corpus, read once."""
    from helpers import load

    return load()


@pytest.fixture(autouse=True)
def examples(request: pytest.FixtureRequest, doctest_namespace: dict) -> None:
    """In examples `corpus` is the bundled corpus."""
    if isinstance(request.node, pytest.DoctestItem) and any("corpus" in e.source for e in request.node.dtest.examples):
        doctest_namespace["corpus"] = request.getfixturevalue("corpus")
