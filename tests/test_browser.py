"""The pages in a real browser: Debian's Chromium, driven by Playwright."""

import shutil

import pytest

CHROMIUM = shutil.which("chromium")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
VIEWS = {
    "desktop light": (1200, "light"),
    "desktop dark": (1200, "dark"),
    "phone light": (390, "light"),
    "phone dark": (390, "dark"),
}

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: apt install chromium")


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def tab(chromium, request):
    """A fresh page that collects what went wrong on it; `bypass_csp` lets a test bring its own script."""
    width, scheme = VIEWS[getattr(request, "param", "desktop light")]
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.faults = []
    page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("dialog", lambda dialog: (page.faults.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda r: None if r.url.startswith(("file:", "data:")) else page.faults.append(r.url))
    yield page
    context.close()


@pytest.mark.parametrize("tab", VIEWS, indirect=True)
def test_pages_open_without_fault_and_fit_and_are_accessible(report, tab):
    from axe_playwright_python.sync_playwright import Axe

    for path in sorted(report.folder.glob("*.html")):
        tab.goto(path.as_uri())
        assert tab.evaluate("document.documentElement.scrollWidth") <= tab.viewport_size["width"], path.name
        assert tab.faults == [], path.name
        found = Axe().run(tab)
        tab.faults.clear()  # axe asks for the style sheet again, which a page from a file may not
        assert found.violations_count == 0, f"{path.name}: {found.generate_report()}"


@pytest.mark.parametrize("tab", ["desktop light", "phone light"], indirect=True)
def test_no_table_needs_scrolling(report, tab):
    for path in sorted(report.folder.glob("*.html")):
        tab.goto(path.as_uri())
        wide = "[...document.querySelectorAll('.out')].filter(e => e.scrollWidth > e.clientWidth + 1).length"
        assert tab.evaluate(wide) == 0, path.name


def test_no_label_leaves_its_figure(report, tab):
    boxes = """[...document.querySelectorAll('figure svg')].map(svg => {
        const frame = svg.getBoundingClientRect();
        const labels = [...svg.querySelectorAll('text')].filter(t => t.textContent.trim());
        return labels.map(t => [t.textContent, t.getBoundingClientRect()]).map(([words, box]) =>
            [words, box.left - frame.left, box.right - frame.left, frame.width]);
    })"""
    for path in sorted(report.folder.glob("0*.html")):
        tab.goto(path.as_uri())
        for labels in tab.evaluate(boxes):
            for words, left, right, width in labels:
                assert left >= -1 and right <= width + 1, f"{path.name}: {words} leaves its figure"


def test_a_mark_opens_its_sentences_and_back_returns(report, tab):
    tab.goto((report.folder / "02_sentiment.html").as_uri())
    link = tab.locator("figure svg a").first
    target = link.get_attribute("href")
    tab.locator("figure svg a use").first.click()
    assert tab.url.endswith(target)
    assert tab.locator(target).evaluate(
        "e => { const b = e.getBoundingClientRect(); return b.top > -1 && b.top < innerHeight; }"
    )
    tab.go_back()
    assert "#" not in tab.url


def test_the_theme_button_changes_the_theme_and_the_next_page_keeps_it(report, tab):
    paper = "getComputedStyle(document.body).backgroundColor"
    tab.goto((report.folder / "index.html").as_uri())
    light = tab.evaluate(paper)
    tab.get_by_role("button", name="Dark").click()
    dark = tab.evaluate(paper)
    assert dark != light
    tab.get_by_role("navigation").get_by_role("link", name="Actors").click()
    tab.wait_for_url("**/03_actors.html")
    assert tab.evaluate(paper) == dark


def test_a_corpus_that_attacks_the_page_changes_nothing(hostile, tab):
    for path in sorted(hostile.folder.glob("*.html")):
        tab.goto(path.as_uri())
        assert "PWNED" not in tab.title()
        assert tab.locator("body").is_visible()
        assert tab.evaluate("document.documentElement.scrollWidth") <= tab.viewport_size["width"], path.name
    assert tab.faults == []
