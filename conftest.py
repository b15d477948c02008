"""What examples in the package and tests share."""

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from helpers import Corpus
    from helpers.network import Network
    from helpers.sentiment import Scores
    from helpers.topics import TopicModel
    from helpers.voices import Voices

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


@pytest.fixture(scope="session")
def model(corpus: "Corpus") -> "TopicModel":
    """Eight topics of the bundled corpus."""
    from helpers import topics

    return topics.fit(corpus, n_topics=8)


@pytest.fixture(scope="session")
def company(corpus: "Corpus") -> "Network":
    """Who is named with whom in the bundled corpus."""
    from helpers import network

    return network.build(corpus)


@pytest.fixture(scope="session")
def heard(corpus: "Corpus") -> "Voices":
    """Whose words the bundled corpus prints."""
    from helpers import voices

    return voices.hear(corpus)


@pytest.fixture(autouse=True)
def examples(request: pytest.FixtureRequest, doctest_namespace: dict) -> None:
    """In examples `corpus` is the bundled corpus; `scores`, `model`, `company`, `heard` what analyses make of it."""
    if isinstance(request.node, pytest.DoctestItem):
        told = " ".join(example.source for example in request.node.dtest.examples)
        for name in ("corpus", "scores", "model", "company", "heard"):
            if re.search(rf"\b{name}\b", told):
                doctest_namespace[name] = request.getfixturevalue(name)
