import os
import shutil
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from support import CHROMIUM, HOSTILE, OPTIONS, OUTLET, ROOT, TITLE, VIEWS, Built, build

collect_ignore = ["offline"]  # meant for the processes under test: imported here it would cut off pytest itself


def pytest_collection_modifyitems(items):
    """Tests that need the whole report are known by what they ask for, and come last."""
    for item in items:
        if {"report", "hostile"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("report")
    items.sort(key=lambda item: item.get_closest_marker("report") is not None)


def _report(place: Path) -> Built:
    # Where the gate asks for it the report stays, to be compared with another.
    folder = ROOT / "build" / "tested" if os.environ.get("KEEP_REPORT") else place / "built"
    shutil.rmtree(folder, ignore_errors=True)
    return build(folder)


def _hostile(place: Path) -> Built:
    folder = place / "hostile"
    folder.mkdir()
    for number in range(12):
        weather = ["storm", "sunshine", "fog", "frost"][number % 4]
        story = [
            f"The {weather} of day {day} kept the {weather} crews of ship {day + number} home." for day in range(9)
        ]
        text = "\n".join([f"Number {number}: {line}" for line in HOSTILE.splitlines()] + story)
        (folder / f"a{number:02d}.txt").write_text(text, encoding="utf-8")
    outlets = [OUTLET] * 11 + ["Cash $_{$ News"]
    rows = [
        f'a{number:02d},"{outlet}",2024-01-{number + 1:02d},"{TITLE * (number > 0)}",javascript:alert(1)'
        for number, outlet in enumerate(outlets)
    ]
    (folder / "articles.csv").write_text("doc,outlet,published,title,url\n" + "\n".join(rows), encoding="utf-8")
    return build(place / "attacked", "--corpus", folder)


@pytest.fixture(scope="session", autouse=True)
def builds(request, tmp_path_factory):
    """The reports that the chosen tests ask for, begun at once: they are built while other tests run."""
    wanted = {name for item in request.session.items for name in getattr(item, "fixturenames", ())}
    place = tmp_path_factory.mktemp("reports")
    with ThreadPoolExecutor(1) as pool:
        makers = {"report": _report, "hostile": _hostile}
        yield {name: pool.submit(make, place) for name, make in makers.items() if name in wanted}


@pytest.fixture(scope="session")
def report(builds: dict[str, Future]) -> Built:
    """The report on the bundled corpus."""
    return builds["report"].result()


@pytest.fixture(scope="session")
def hostile(builds: dict[str, Future]) -> Built:
    """The report on a corpus that attacks the page."""
    return builds["hostile"].result()


@pytest.fixture(scope="module")
def chromium():
    """Debian's Chromium, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def tab(chromium, request):
    """A fresh page that collects what went wrong on it; in a view that is asked for tests may bring a script."""
    width, scheme = VIEWS[getattr(request, "param", "desktop light")]
    view = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    context = chromium.new_context(**view, bypass_csp=hasattr(request, "param"))
    page = context.new_page()
    page.faults = []
    page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("dialog", lambda dialog: (page.faults.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda r: None if r.url.startswith(("file:", "data:")) else page.faults.append(r.url))
    yield page
    context.close()


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
