"""The search page in a real browser: what it finds, marks, says, and does without scripts."""

import re
import shutil
from types import SimpleNamespace

import pandas as pd
import pytest
from planted import named, said
from support import CHROMIUM, RULES, faults

from helpers.report import pages, search
from helpers.report.library import Library
from helpers.show.html import templates

COUNT = re.compile(r"([\d,]+) sentences? of ([\d,]+) articles?")
TYPED = """words => {
    const count = document.getElementById("count");
    const said = new Promise(done => new MutationObserver((_, watch) => {
        watch.disconnect();
        done(count.textContent);
    }).observe(count, { childList: true }));
    const field = document.getElementById("query");
    field.value = words;
    field.dispatchEvent(new Event("input"));
    return said;
}"""
READ = """() => new Promise(done => {
    const count = document.getElementById("count");
    const look = left => /(?<!read)[.]$/.test(count.innerText) || !left ? done(count.innerText) : again(left - 1);
    const again = left => setTimeout(look, 20, left);
    look(500);
})"""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: apt install chromium")


def opened(tab, folder, asked=""):
    """What the search page of a folder says when all parts are read."""
    tab.goto("about:blank")
    tab.goto(f"{(folder / 'search.html').as_uri()}{asked}")
    return tab.evaluate(READ)


def typed(tab, words):
    """What the page says of typed words: the sentences and articles it found, None and what it says for none."""
    says = tab.evaluate(TYPED, words)
    return tuple(int(number.replace(",", "")) for number in COUNT.search(says).groups()) if COUNT.search(says) else says


def written(corpus, folder, links=None):
    """The search page alone, as a report has it."""
    told = search.write(Library(corpus, links or {}), folder)
    page = {"report": SimpleNamespace(title="Planted"), "groups": [], "search": "search.html"}
    page |= dict.fromkeys(("title", "group", "root", "corpus", "made_with", "against", "cite"), "") | {
        "href": "search.html"
    }
    html = templates(pages.HOME).get_template("search.html.j2").render(page=page, **told)
    (folder / "search.html").write_text(html, encoding="utf-8")
    for name in ("page.css", "page.js", "search.js"):
        shutil.copy(pages.HOME / name, folder)
    return folder


# What an article says, what somebody types, and what is marked in it; nothing where it is not found.
FOUND = [
    ("constructor and __proto__ of toString", "__proto__", ["__proto__"]),
    ("constructor and __proto__ of toString", "tostring CONSTRUCTOR", ["constructor", "toString"]),
    ("</script><script>alert(1)</script>", "</script>", ["</script>", "</script>"]),
    ('<img src=x onerror="alert(1)">', '<img onerror="alert(1)">', ["<img", 'onerror="alert(1)">']),
    ("One line\u2028and another\u2029ends", '"line and another ends"', ["line\u2028and another\u2029ends"]),
    ("A rocket 🚀 rose over Русь", "🚀 русь", ["🚀", "Русь"]),
    ("One 😀 and a rocket 🚀", "🚀", ["🚀"]),
    ("ירושלים \u202eabc\u202c עברית", "עברית", ["עברית"]),
    ("ירושלים \u202eabc\u202c עברית", "abc", ["abc\u202c"]),
    ("He called it a “no-limits” friendship", '"no-limits"', ["no-limits"]),
    ("He called it a “no-limits” friendship", "“no-limits” friendship", ["no-limits", "friendship"]),
    ("It has  no\u00a0 limits, and no end", '"no limits"', ["no\u00a0 limits"]),
    ("It has no end and limits", '"no limits"', None),
    ("Tōkyō, Wałęsa, Ærø and Straße", "tokyo walesa aero STRASSE", ["Tōkyō", "Wałęsa", "Ærø", "Straße"]),
    ("Ma\u0301laga and a cafe\u0301", "málaga cafe", ["Ma\u0301laga", "cafe\u0301"]),
    ("Malaga", "Málaga", ["Malaga"]),
    ("İstanbul ve Isparta, ΟΔΟΣ", "istanbul οδος", ["İstanbul", "ΟΔΟΣ"]),
    ("China’s exports", "china's", ["China’s"]),
    ("China’s exports", "China", ["China"]),
    ("A warm ward, a war; afterwar", "war", ["war"]),
    ("A war, and sanctions", "sanction*", ["sanctions"]),
    ("A war, and sanctions", "and sanct war", ["war", "and", "sanctions"]),  # none has them whole
    ("go\u00advern the U.S. now.", "govern U.S.", ["go\u00advern", "U.S"]),
    ("中国和俄罗斯", "俄罗斯", ["俄罗斯"]),
    ("100% of it (all) $x^2$ [a-z]+", "100% (all) [a-z]+", ["100%", "(all)", "[a-z]+"]),
    ("Two words", "two three", None),
]


def test_words_are_found_and_marked_as_text(chromium, tab, corpus, tmp_path):
    texts = list(dict.fromkeys(text for text, *_ in FOUND))
    links = {f"doc-{number}": f"articles/doc-{number}.html" for number in range(len(texts))}
    opened(tab, written(said(corpus, texts, title=texts, outlet=texts), tmp_path, links))
    assert tab.locator("#outlet option").count() == len(texts) + 1
    for text, words, marks in FOUND:
        found = typed(tab, words)
        hit = tab.locator("#hits li").filter(has=tab.locator(f"a[href='{links[f'doc-{texts.index(text)}']}#s0']"))
        assert hit.count() == (marks is not None), words
        if marks is None:
            continue
        assert found[0] == tab.locator("#hits li").count(), words
        got = hit.locator("mark").evaluate_all("all => all.map(one => one.textContent)")
        assert sorted(got) == sorted(marks), words
        assert hit.locator("bdi").evaluate_all("all => all.map(one => one.textContent)") == [text] * 3
        assert all(tab.locator("#hits mark").evaluate_all("all => all.map(one => one.children.length === 0)"))
    assert tab.faults == []
    assert tab.title() == "Planted"


def test_a_name_offers_actors_and_one_chosen_is_marked_whatever_it_is_called(tab, corpus, tmp_path):
    texts = ["😀 Moscow spoke.", "The Kremlin, Russia and Moscow.", "Nobody spoke.", "A constructor spoke."]
    rows = [("doc-0", 2, 8, "RUS"), ("doc-1", 0, 11, "RUS"), ("doc-1", 13, 19, "RUS"), ("doc-1", 24, 30, "RUS")]
    folder = written(named(said(corpus, texts), [*rows, ("doc-3", 2, 13, "__proto__")]), tmp_path)
    opened(tab, folder)
    offers = tab.locator("#actors button")
    assert typed(tab, "mosc") == (2, 2) and offers.count() == 2  # what the actors are called
    typed(tab, "spoke russia")
    assert offers.all_inner_texts() == ["Russia (actor, named 4 times: also Moscow)"]
    offers.first.press("Enter")
    assert (
        tab.locator("#query").input_value() == "spoke "
        and tab.locator("#count").inner_text() == "1 sentence of 1 article."
    )
    assert tab.locator("#hits mark").all_inner_texts() == ["Moscow", "spoke"]
    assert tab.evaluate("document.activeElement.id") == "query"
    assert typed(tab, "") == (2, 2)
    assert tab.locator("#hits mark").all_inner_texts() == ["Moscow", "The Kremlin", "Russia", "Moscow"]
    tab.wait_for_url("**#actor=RUS")
    assert opened(tab, folder, "#actor=RUS&q=spoke") == "1 sentence of 1 article."
    tab.locator("#actor").press("Enter")
    assert tab.locator("#count").inner_text() == "3 sentences of 3 articles." and not tab.locator("#actor").is_visible()
    assert opened(tab, folder, "#actor=__proto__") == "1 sentence of 1 article."
    assert tab.faults == []


@pytest.fixture(scope="module")
def snow(corpus, tmp_path_factory):
    """The search page of four articles that say the same."""
    days = pd.to_datetime(["2024-05-01", "2024-04-30", "2023-12-31", None])
    told = said(corpus, ["Snow fell."] * 4, published=days, outlet=["A", "B", "A", "A"])
    return written(told, tmp_path_factory.mktemp("snow"))


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("", "4 sentences of 4 articles to search."),
        ("#q=snow", "4 sentences of 4 articles."),
        ("#q=snow&outlet=B", "1 sentence of 1 article."),
        ("#q=snow&outlet=nobody", "4 sentences of 4 articles."),
        ("#q=snow&from=2024-04", "2 sentences of 2 articles."),
        ("#q=snow&to=2024-04", "2 sentences of 2 articles."),
        ("#q=snow&from=2024-04&to=2024-04", "1 sentence of 1 article."),
        ("#q=snow&from=2024-05&to=2024-04", "2 sentences of 2 articles."),
        ("#q=snow&from=2024-05&outlet=B", "No sentence has this."),
        ("#q=100%", "No sentence has this."),
        ("#q=%E0%A4%A", "No sentence has this."),
        ("#%E0%A4%A", "4 sentences of 4 articles to search."),
        ("#main", "4 sentences of 4 articles to search."),
        ("#q=%22&actor=__proto__&from=toString", "No sentence has this."),
    ],
)
def test_the_address_keeps_what_is_asked(tab, snow, asked, says):
    assert opened(tab, snow, asked) == says
    assert tab.faults == []


def test_a_filter_is_chosen_by_keyboard_and_the_address_brings_it_back(tab, corpus, tmp_path):
    from playwright.sync_api import expect

    days = pd.to_datetime(["2024-05-01", "2024-04-30", "2023-12-31"])
    folder = written(said(corpus, ["Snow fell."] * 3, published=days, outlet=["<b>", "B & Sons", "C"]), tmp_path)
    opened(tab, folder)
    typed(tab, "snow")
    tab.get_by_label("Outlet").select_option(label="B & Sons")
    assert tab.locator("#count").inner_text() == "1 sentence of 1 article."
    tab.get_by_label("To", exact=True).select_option(label="April 2024")
    tab.wait_for_url("**#q=snow&outlet=B*to=2024-04")
    tab.reload()
    expect(tab.locator("#hits li")).to_have_count(1)
    assert tab.get_by_label("Outlet").evaluate("e => e.selectedOptions[0].textContent") == "B & Sons"
    tab.locator(".skip").press("Enter")  # "#main" is no question
    assert tab.locator("#hits li").count() == 1
    assert tab.faults == []


def test_parts_not_read_yet_or_lost_are_told(tab, corpus, tmp_path, monkeypatch):
    from playwright.sync_api import expect

    monkeypatch.setattr(search, "PART", 10)
    folder = written(said(corpus, ["Snow fell."] * 3), tmp_path)
    held = []
    tab.route("**/search/2.js", lambda route: held.append(route))  # noqa: PLW0108 - Playwright takes no method
    tab.goto(f"{(folder / 'search.html').as_uri()}#q=snow", wait_until="commit")
    expect(tab.locator("#hits li")).to_have_count(1)
    assert tab.locator("#count").inner_text() == "1 sentence of 1 article, so far: 1 of 3 parts read."
    held[0].abort()
    expect(tab.locator("#hits li")).to_have_count(2)
    assert tab.locator("#count").inner_text() == "2 sentences of 2 articles. 1 part could not be read."


@pytest.mark.parametrize("words", ["Russia", "no limits", "sanctions", "joint patrol", "zebra", "the"])
def test_what_is_found_in_the_report_is_what_the_corpus_finds(report, tab, corpus, words):
    opened(tab, report.folder)
    rows = corpus.search(words).table
    if rows.empty:
        assert typed(tab, f'"{words}"') == "No sentence has this."
        return
    assert typed(tab, f'"{words}"') == (len(rows), rows.doc.nunique())
    shown = tab.locator("#hits li")
    assert shown.count() == min(50, len(rows))
    link = shown.first.locator("a").get_attribute("href")
    assert re.fullmatch(r"articles/.+\.html#s\d+", link) and (report.folder / link.partition("#")[0]).is_file()
    if len(rows) > 50:
        tab.locator("#more").press("Enter")
        assert shown.count() == min(100, len(rows))
        assert shown.nth(50).locator("a").evaluate("e => e === document.activeElement")
    assert tab.faults == []


def test_an_actor_of_the_report_is_found_wherever_it_is_named(report, tab, corpus):
    whom = corpus.mentions
    rows = whom[~whom.nested & (whom.via != "loc") & (whom.actor == "RUS")]
    says = opened(tab, report.folder, "#actor=RUS")
    sentences, articles = len(rows.drop_duplicates(["doc", "sent"])), rows.doc.nunique()
    assert says == f"{sentences:,} sentences of {articles} articles."
    typed(tab, "russia")
    tab.locator("#actor").press("Enter")
    assert (
        tab.locator("#actors button")
        .first.inner_text()
        .startswith(f"Russia (actor, named {len(rows):,} times: also Moscow")
    )


@pytest.mark.parametrize(("tab", "rules"), RULES, indirect=["tab"])
@pytest.mark.parametrize("asked", [pytest.param("#q=Russia", marks=pytest.mark.slow), "#q=limits&actor=CHN"])
def test_the_page_with_hits_fits_is_accessible_and_asks_for_nothing(report, tab, rules, asked):
    opened(tab, report.folder, asked)
    assert tab.locator("#hits li").count() and faults(tab, rules) == []


def test_hostile_articles_are_found_as_text(hostile, tab):
    opened(tab, hostile.folder)
    assert typed(tab, "<x") == (12, 12)
    assert tab.locator("#hits mark").first.inner_text() == "<x"
    assert tab.locator("#outlet option").all_inner_texts()[1] == "<evil onmouseover=alert(1)>Evil & Sons"
    assert "PWNED" not in tab.title() and tab.faults == []


@pytest.mark.parametrize(("width", "most"), [(1280, 15_000), (390, 25_000)])
def test_without_scripts_the_page_is_an_index(report, chromium, corpus, width, most):
    context = chromium.new_context(java_script_enabled=False, viewport={"width": width, "height": 900})
    tab = context.new_page()
    tab.goto((report.folder / "search.html").as_uri())
    assert not tab.get_by_label("Words or names").is_visible()
    assert tab.evaluate("document.documentElement.scrollHeight") < most
    assert (report.folder / "search.html").stat().st_size < 1_700_000
    outlets = tab.locator(".folds").first.locator("details")
    told = dict(line.rsplit(" ", 1) for line in outlets.locator("summary").all_inner_texts())
    assert told == corpus.documents.outlet.value_counts().astype(str).to_dict()
    for fold in outlets.all():
        assert (
            fold.locator("li").count()
            == fold.locator("a").count()
            == int(fold.locator("summary").inner_text().rsplit(" ", 1)[1])
        )
    context.close()


def test_every_page_leads_to_the_search_page(report):
    for path in [*report.folder.glob("*.html"), *report.folder.glob("*/*.html")]:
        up = "" if path.parent == report.folder else "../"
        assert f'<a href="{up}search.html"' in path.read_text(encoding="utf-8"), path


@pytest.mark.parametrize("asked", ["#100%", "#%E0%A4%A", "#nothing"])
def test_an_address_that_names_nothing_breaks_no_page(report, tab, asked):
    tab.goto((report.folder / "03_actors.html").as_uri() + asked)
    assert tab.faults == []
