"""What tests and the examples of all rooms share."""

from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parent

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_configure(config):
    config.addinivalue_line("markers", "xdist_group(name): tests that one process runs")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """With `-n 2 --dist loadgroup` a file stays with one process, and all tests of a full report with another."""
    for item in items:
        full = {"report", "hostile"} & set(getattr(item, "fixturenames", ()))
        item.add_marker(pytest.mark.xdist_group("report" if full else str(item.path.relative_to(ROOT))))


@pytest.fixture(scope="session")
def corpus():
    """The bundled corpus, read once."""
    from helpers import load

    return load(ROOT / "corpus")


@pytest.fixture(autouse=True)
def examples(request, doctest_namespace):
    """In examples `corpus` is the bundled corpus."""
    if isinstance(request.node, pytest.DoctestItem) and any("corpus" in e.source for e in request.node.dtest.examples):
        doctest_namespace["corpus"] = request.getfixturevalue("corpus")
