import fcntl
import json
import os
import shutil
from pathlib import Path

import pytest
from support import CHROMIUM, HOSTILE, OPTIONS, OUTLET, ROOT, TITLE, Built, build

collect_ignore = ["offline"]  # meant for the processes under test: imported here it would cut off pytest itself


def pytest_collection_modifyitems(items):
    """Tests that need the whole report are known by what they ask for."""
    for item in items:
        if {"report", "hostile"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("report")


def built(tmp_path_factory, name, *arguments) -> Built:
    """A report that all processes of a test run share (`-n 2 --dist loadfile`): the first one to ask builds it."""
    several = "PYTEST_XDIST_WORKER" in os.environ
    place = tmp_path_factory.getbasetemp().parent if several else tmp_path_factory.getbasetemp()
    # Where the gate asks for it the report stays, to be compared with another.
    folder = ROOT / "build" / "tested" if name == "report" and os.environ.get("KEEP_REPORT") else place / name
    with (place / f"{name}.json").open("a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        if not (told := file.read()):
            shutil.rmtree(folder, ignore_errors=True)
            told = json.dumps(build(folder, *arguments)._replace(folder=str(folder / "report")))
            file.write(told)
    where, *rest = json.loads(told)
    return Built(Path(where), *rest)


@pytest.fixture(scope="session")
def report(tmp_path_factory) -> Built:
    """The report on the bundled corpus."""
    return built(tmp_path_factory, "report")


@pytest.fixture(scope="session")
def hostile(tmp_path_factory) -> Built:
    """The report on a corpus that attacks the page."""
    folder = tmp_path_factory.mktemp("hostile")
    for number in range(12):
        weather = ["storm", "sunshine", "fog", "frost"][number % 4]
        story = [
            f"The {weather} of day {day} kept the {weather} crews of ship {day + number} home." for day in range(9)
        ]
        text = "\n".join([f"Number {number}: {line}" for line in HOSTILE.splitlines()] + story)
        (folder / f"a{number:02d}.txt").write_text(text, encoding="utf-8")
    rows = [f'a{number:02d},"{OUTLET}",2024-01-{number + 1:02d},"{TITLE}",javascript:alert(1)' for number in range(12)]
    (folder / "articles.csv").write_text("doc,outlet,published,title,url\n" + "\n".join(rows), encoding="utf-8")
    return built(tmp_path_factory, "hostile", "--corpus", folder)


@pytest.fixture(scope="module")
def chromium():
    """Debian's Chromium, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def project(tmp_path) -> Path:
    """A copy of the notebooks and the report file, with two small articles, to break at will."""
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    shutil.copy(ROOT / "report.yml", tmp_path)
    articles = tmp_path / "corpus"
    articles.mkdir()
    for name, day in (("one", "Monday"), ("two", "Tuesday")):
        (articles / f"{name}.txt").write_text(
            f"Russia met China on {day}. The talks were long. " * 20, encoding="utf-8"
        )
    return tmp_path
