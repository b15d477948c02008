"""The pages in a real browser: Debian's Chromium, driven by Playwright."""

import pytest
from support import CHROMIUM, RULES, faults

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: apt install chromium")


def kinds(folder):
    """Every page of its own kind: those at the top, and the largest of sentences and of articles."""
    below = (max((folder / name).glob("*.html"), key=lambda path: path.stat().st_size) for name in BELOW)
    return [*sorted(folder.glob("*.html")), *below]


BELOW = ("sentences", "articles")


@pytest.mark.parametrize(("tab", "rules"), RULES, indirect=["tab"])
def test_pages_open_without_fault_and_fit_and_are_accessible(report, tab, rules):
    for path in kinds(report.folder):
        tab.goto(path.as_uri())
        assert faults(tab, rules) == [], path.name


@pytest.mark.parametrize("tab", ["desktop light", "phone light"], indirect=True)
def test_no_table_needs_scrolling_and_no_page_is_endless(report, tab):
    most = 15_000 if tab.viewport_size["width"] > 400 else 25_000
    for path in kinds(report.folder):
        tab.goto(path.as_uri())
        wide = "[...document.querySelectorAll('.out')].filter(e => e.scrollWidth > e.clientWidth + 1).length"
        assert tab.evaluate(wide) == 0, path.name
        assert tab.evaluate("document.documentElement.scrollHeight") < most, path.name


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


# Where days crowd, a mark may lie under others: the first that a pointer can reach.
ON_TOP = """[...document.querySelectorAll('figure svg')[0].querySelectorAll('a')].findIndex(a => {
    if (!a.querySelector('use')) return false;
    a.scrollIntoView({block: 'center'});
    const b = a.querySelector('use').getBoundingClientRect();
    return a.contains(document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2));
})"""


def test_a_mark_opens_its_sentences_they_their_article_and_that_leads_back(report, tab):
    tab.goto((report.folder / "02_sentiment.html").as_uri())
    mark = tab.locator("figure svg").first.locator("a").nth(tab.evaluate(ON_TOP))
    words, at = mark.get_attribute("aria-label"), tab.evaluate("scrollY")
    mark.locator("use").click()
    tab.wait_for_url("**/sentences/02_sentiment-*.html")
    here, heading = tab.url, tab.locator("h1").inner_text().replace("\n", " ")
    assert words.startswith(heading) and tab.locator(".evidence mark").count()
    row = tab.locator(".evidence li").first
    headline = row.locator("a").first
    headline.click()
    tab.wait_for_url("**/articles/*.html#s*")
    assert tab.locator(":target").is_visible() and tab.evaluate("scrollY") >= 0
    tab.locator("details", has=tab.locator(f"a[href='../{'/'.join(here.split('/')[-2:])}']")).locator("summary").click()
    tab.locator(f"a[href='../{'/'.join(here.split('/')[-2:])}']").click()
    assert tab.url == here
    tab.locator(".tag a").click()
    figure = tab.url.rpartition("#")[2]
    assert tab.locator(f"#{figure}").evaluate("e => Math.abs(e.getBoundingClientRect().top) < innerHeight / 2")
    for _ in range(4):
        tab.go_back()
    assert tab.url.endswith("02_sentiment.html") and abs(tab.evaluate("scrollY") - at) < 5


def test_a_mark_leads_where_it_says_without_a_script(report, chromium):
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto((report.folder / "03_actors.html").as_uri())
    page.locator("figure svg a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/sentences/03_actors-*.html")
    assert page.locator(".evidence li").count()
    page.context.close()


def test_the_front_page_leads_to_the_figure_behind_a_sentence(report, tab):
    tab.goto((report.folder / "index.html").as_uri())
    tab.locator(".card h3 a").last.click()
    figure = tab.url.rpartition("#")[2]
    assert figure
    tab.locator(f"figure[id='{figure}'] svg, table[id='{figure}']").wait_for(state="visible")
    tab.go_back()
    shown = tab.locator(".picture svg").count() + tab.locator(".bars").count() + tab.locator(".heads").count()
    assert shown == tab.locator(".card").count() > 1


def column(table, number):
    return table.locator(f"tbody tr:not([hidden]) td:nth-child({number})").all_inner_texts()


def test_a_table_sorts_and_filters_by_keyboard_and_reads_without_script(report, tab, chromium):
    tab.goto((report.folder / "00_corpus.html").as_uri())
    table = tab.locator(".out table").filter(has_text="Shares with")
    before = column(table, 6)
    sort = table.get_by_role("button", name="Runs shared")
    sort.focus()
    tab.keyboard.press("Enter")
    shares = [int(text.split()[0]) for text in column(table, 6)]
    assert shares == sorted(shares) and shares != [int(text.split()[0]) for text in before]
    assert table.locator("th[aria-sort=ascending]").inner_text().startswith("Runs shared")
    sort.press("Enter")
    assert [int(text.split()[0]) for text in column(table, 6)] == shares[::-1]
    table.get_by_role("button", name="Day").press("Enter")
    years = [int(text[-4:]) for text in column(table, 3)]
    assert years == sorted(years)
    out = tab.locator(".out", has_text="Shares with")
    field = out.get_by_label("Filter")
    field.fill("meridian 2024")
    assert all("2024" in day for day in column(table, 3)) and 0 < len(column(table, 3)) < len(before)
    assert f"of {len(before)} rows" in out.get_by_role("status").inner_text()
    field.fill("")
    assert len(column(table, 3)) == len(before)
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((report.folder / "00_corpus.html").as_uri())
    assert column(page.locator(".out table").filter(has_text="Shares with"), 6) == before
    context.close()


@pytest.mark.parametrize("tab", ["desktop light", "phone dark"], indirect=True)
def test_the_contents_list_follows_the_reader(report, tab):
    from playwright.sync_api import expect

    tab.goto((report.folder / "03_actors.html").as_uri())
    links = tab.locator(".contents a")
    for number in range(links.count()):
        target = tab.locator(f"[id='{links.nth(number).get_attribute('href')[1:]}']")
        target.evaluate("e => e.scrollIntoView()")
        tab.wait_for_timeout(60)
        # The last ones share the end of the page.
        end = tab.evaluate("innerHeight + scrollY >= document.documentElement.scrollHeight - 2")
        if target.evaluate("e => e.getBoundingClientRect().top") < 60 and not end:
            expect(links.nth(number)).to_have_attribute("aria-current", "true")
        assert tab.locator(".contents a[aria-current]").count() == 1
    assert tab.locator(".contents").evaluate("e => Math.abs(e.getBoundingClientRect().top) < 2")


def test_everything_can_be_reached_by_keyboard_and_shows_where_it_is(report, tab):
    tab.goto((report.folder / "02_sentiment.html").as_uri())
    found = "[...document.querySelectorAll('a[href], button, summary, input')]"
    can = f"{found}.filter(e => e.tabIndex >= 0 && e.checkVisibility())"
    expected, seen = tab.evaluate(f"{can}.length"), set()
    for _ in range(expected):
        tab.keyboard.press("Tab")
        seen.add(tab.evaluate(f"{can}.indexOf(document.activeElement)"))
        assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    assert seen == set(range(expected))


@pytest.mark.parametrize(("tab", "number"), [("desktop light", 1), ("desktop dark", 4)], indirect=["tab"])
def test_a_page_prints_to_a_few_sheets_of_dark_on_white(report, tab, number):
    pages = [report.folder / "02_sentiment.html", *kinds(report.folder)[-2:], report.folder / "index.html"]
    for path in pages[:number]:
        tab.goto(path.as_uri())
        assert printed(tab) == [], path.name


@pytest.mark.parametrize("tab", ["desktop dark"], indirect=True)
def test_what_is_found_prints_too(report, tab):
    tab.goto(f"{(report.folder / 'search.html').as_uri()}#q=Russia")
    tab.locator("#hits li").nth(9).wait_for()
    assert printed(tab) == []
    assert tab.locator("#count").is_visible() and tab.locator("#hits mark").first.is_visible()


def printed(tab):
    """What is wrong with an open page on paper."""
    sheets = tab.pdf(format="A4").count(b"/Type /Page\n")
    tab.emulate_media(media="print")
    ink = [int(part) for part in tab.evaluate("getComputedStyle(document.body).color")[4:-1].split(", ")]
    wrong = [f"{sheets} sheets"] * (not 1 < sheets <= 12) + [f"ink {ink}"] * (max(ink) >= 80)
    for hidden in ("nav", "#theme", "details.code", ".filter", ".ask", ".csv"):
        wrong += [hidden] * any(each.is_visible() for each in tab.locator(hidden).all())
    wrong += faults(tab, {"runOnly": ["color-contrast"]})
    tab.emulate_media(media="screen")
    return wrong


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


@pytest.mark.parametrize("tab", ["desktop light"], indirect=True)
def test_a_corpus_that_attacks_the_page_changes_nothing(hostile, tab):
    assert len(list(hostile.folder.glob("0*.html"))) == len(list(hostile.folder.glob("downloads/*.ipynb")))
    for path in (pages := kinds(hostile.folder)):
        tab.goto(path.as_uri())
        assert "PWNED" not in tab.title()
        assert tab.locator("body").is_visible()
        assert faults(tab, {} if path == pages[-1] else None) == [], path.name


def test_a_dot_of_the_network_fades_what_it_does_not_touch_and_opens_its_sentences(report, tab):
    tab.goto((report.folder / "03_actors.html").as_uri())
    figure = tab.locator("#network")
    dots, faded = figure.locator("g[id*='-node-']"), figure.locator(".faded")
    assert dots.count() > 10 and faded.count() == 0
    dots.last.locator("a").first.focus()
    assert 0 < faded.count() < figure.locator("g[id*='-node-'], g[id*='-edge-'], g[id*='-label-']").count()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/03_actors-actor-*")
    assert tab.locator(".evidence li").count() == tab.locator(".evidence li:has(mark)").count() > 0
    tab.go_back()
    figure.locator("g[id*='-edge-'] a").first.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/03_actors-pair-*")


def test_every_figure_has_its_numbers(report, tab):
    for path in sorted(report.folder.glob("0*.html")):
        tab.goto(path.as_uri())
        figures = tab.locator("main figure")
        assert tab.locator("main figure details.numbers table").count() == figures.count() > 0
