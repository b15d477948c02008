"""The report on the bundled corpus and on one that attacks it, as a reader's browser gets it."""

import csv
import json
import re
import shutil
from collections import Counter
from html import unescape

import pytest
from crawl import crawl
from support import OUTLET, ROOT, Page, build

import helpers
from helpers.report import cache, execute, pages, plan

PAGES = ["index.html", *(f"{page.name}.html" for page in plan.read(ROOT / "report.yml").pages)]


@pytest.fixture(params=PAGES)
def html(request, report):
    return (report.folder / request.param).read_text(encoding="utf-8")


def test_the_report_is_built_with_a_line_of_progress_for_each_notebook(report):
    assert report.status == 0, report.err
    assert len(re.findall(r"^\w+ +done +\d+ cells +[\d.]+ s$", report.out, re.MULTILINE)) == len(PAGES) - 1
    assert sorted(path.name for path in report.folder.iterdir()) == sorted(
        [*PAGES, *"page.css page.js run.json search.html search.js downloads sentences articles search".split()]
    )
    assert f"{len(PAGES) - 1} of {len(PAGES) - 1} pages" in report.out


SOURCE = '<a href="{}" rel="noreferrer noopener">'  # the address of an article: nothing follows it by itself


def test_a_page_refers_to_nothing_outside_the_report(html, report):
    page = Page(html)
    for ref in page.refs:
        inside = ref.startswith(("#", "data:image/", "data:,")) or (report.folder / ref.partition("#")[0]).exists()
        assert inside or SOURCE.format(ref) in unescape(html), ref
    assert not re.search(r"@import|url\((?!#|data:)", html)
    assert "default-src 'none'" in html
    assert page.handlers == []


def test_links_inside_a_page_lead_to_something_and_ids_are_unique(html):
    page = Page(html)
    assert len(page.ids) == len(set(page.ids))
    assert {ref[1:] for ref in page.refs if ref.startswith("#")} <= set(page.ids)


def test_a_page_has_one_heading_its_answer_figures_with_words_and_its_provenance(html):
    page = Page(html)
    assert page.tags.count("h1") == 1
    assert html.count("<svg") == len(re.findall(r'<svg[^>]* (?:aria-label="[^"]+|aria-hidden="true)"', html))
    assert re.search(r"fingerprint [0-9a-f]{12}", page.words)
    assert "This cell failed" not in page.words and "Traceback" not in page.words
    assert len(re.sub(r'<(ol class="evidence|div class="beside).*?</(ol|div)>', "", html, flags=re.DOTALL)) < 350_000
    assert len(html) < 2_000_000


def test_the_answer_stands_above_the_figures_and_the_front_page_quotes_it(report):
    pages = {name: unescape((report.folder / name).read_text(encoding="utf-8")) for name in PAGES}
    cards = re.findall(r'<h3><a href="([^"#]+)#([^"]+)">(.*?)</a></h3>', pages["index.html"])
    assert 3 <= len(cards) <= 6 and max(Counter(name for name, *_ in cards).values()) <= 2
    for name, to, _ in cards:
        assert re.search(rf'<(?:figure|table) id="{to}"', pages[name]), (name, to)
    for name in PAGES[1:]:
        answer = re.search(r'<p class="answer">(.*?)</p>', pages[name])
        assert answer and answer.start() < pages[name].index("<figure"), name


def test_a_page_s_tables_are_csv_named_by_what_they_show(report):
    paths = sorted(path.name for path in (report.folder / "downloads").glob("*.csv"))
    assert len(paths) >= len(PAGES)
    for path in paths:
        assert re.fullmatch(r"0\d_[a-z]+-[a-z0-9-]*[a-z][a-z0-9-]*\.csv", path), path


@pytest.mark.slow
def test_a_second_run_of_a_page_gives_the_same_bytes(report, tmp_path):
    name = PAGES[1].removesuffix(".html")
    again = build(tmp_path / "build", "--page", name)
    paths = [path.relative_to(again.folder) for path in again.folder.rglob(f"{name}*") if path.is_file()]
    assert sum(path.suffix == ".csv" for path in paths) >= 3 and len(paths) > 5
    for path in paths:
        one, two = ((folder / path).read_bytes() for folder in (again.folder, report.folder))
        # The links to pages that were not run are missing, and nothing else.
        assert one.partition(b"</nav>")[2] == two.partition(b"</nav>")[2] if path.suffix == ".html" else one == two, (
            path
        )


def test_hostile_articles_are_only_text(hostile):
    assert hostile.status == 0, hostile.out + hostile.err
    for name in PAGES:
        html = (hostile.folder / name).read_text(encoding="utf-8")
        page = Page(html)
        assert page.tags.count("script") == 1 and not {"iframe", "foreignobject", "style", "img", "base"} & set(
            page.tags
        )
        assert page.handlers == []
        assert not [ref for ref in page.refs if "attacker" in ref or "javascript" in ref]
        assert page.tags.count("main") == 1 and "\u202e" not in html
    for path in hostile.folder.glob("downloads/*.csv"):
        rows = csv.reader(path.open(encoding="utf-8-sig", newline=""))
        for cell in (cell for row in rows for cell in row):
            assert not re.match(r"[\s]*[=+@\-\t\r]", cell) or re.fullmatch(r"-?[\d.]+", cell), cell
    corpus = " ".join(Page((hostile.folder / name).read_text(encoding="utf-8")).words for name in PAGES[1:])
    assert OUTLET in corpus and "Told and <x onfocus=alert(1)> were shown to the minister" in corpus
    assert "**Not bold** and [no link](https://attacker.example/a)" in corpus
    assert "a terrible war, murder, $x^2$ and {{ 7*7 }}" in corpus


def test_every_link_leads_to_what_it_says_and_every_number_to_its_rows(report):
    counts, faults = crawl(report.folder)
    assert not faults, f"{len(faults)} faults: {faults[:5]}"
    assert min(counts[what] for what in ("pages", "links", "sets", "rows", "marks")) > 100


def test_so_it_is_on_a_corpus_that_attacks_the_page(hostile):
    counts, faults = crawl(hostile.folder)
    assert not faults, f"{len(faults)} faults: {faults[:5]}"
    assert min(counts[what] for what in ("pages", "links", "sets", "rows")) > 10


def shown(folder):
    """The words of all outputs of the notebook on the corpus that a report offers."""
    cells = json.loads((folder / "downloads" / "00_corpus.ipynb").read_text("utf-8"))["cells"]
    told = ["".join(output["data"]["text/html"]) for cell in cells for output in cell.get("outputs", ())]
    return unescape(re.sub("<[^>]+>", "", "".join(told)))


@pytest.mark.parametrize("held", ["none", pytest.param("passages", marks=pytest.mark.slow)])
def test_a_report_holds_no_more_of_articles_than_it_is_told_to(held, report, corpus, tmp_path, monkeypatch):
    monkeypatch.setattr(helpers, "load", lambda *_, **__: corpus)
    asked = plan.read(ROOT / "report.yml")._replace(held=held)
    executed = report.folder.parent / "executed"
    runs = [execute.kept(execute.Run(page, executed / f"{page.name}.ipynb", "")) for page in asked.pages]
    told = cache.kept() | {"corpus": "0", "pages": {}}
    pages.write(asked, runs, tmp_path / "report", told, None)
    assert not [*(tmp_path / "report" / "articles").iterdir()]
    counts, faults = crawl(tmp_path / "report")
    assert not faults and counts["sets"] > 100, faults[:5]
    said = {path: path.read_text("utf-8") for path in (tmp_path / "report").rglob("*.*") if path.suffix != ".xlsx"}
    whole = unescape(re.sub(r"</?mark[^>]*>", "", "".join(said.values())))
    told = corpus.sentences
    long = told[(told.words > 12) & told.doc.isin(told.doc.unique()[:5])].text
    assert not any(text in words for path, words in said.items() if path.suffix == ".csv" for text in long)
    first = told[told.doc == corpus.documents.doc.iloc[0]].text  # the corpus page reads it whole
    assert all(text in shown(report.folder) for text in first)
    assert sum(text in shown(tmp_path / "report") for text in first) < len(first) / 2
    assert any(text in whole for text in long) == (held == "passages")
    assert "whole. Others may own them" not in whole


def harm(folder, name, old, new):
    """Change something once in the first file of a name that has it."""
    path = next(path for path in sorted(folder.glob(name)) if re.search(old, path.read_text("utf-8")))
    path.write_text(re.sub(old, new, path.read_text("utf-8"), count=1), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("sentences/*outlet*.html", r'(class="who">)[^<]+', r"\1Good ", "is not of"),
        ("sentences/*.html", r"January 2024", "March 2023", "is not of"),
        ("sentences/*.html", r"(\d+) sentences of", r"1\1 sentences of", "told"),
        ("sentences/*.html", r"articles/a\d\d\.html#s\d+", "articles/none.html", "leads nowhere"),
        ("sentences/01*.html", r"(</a> <br>).*", r"\1Nobody said this.</span></li></ol>", "does not say"),
        ("articles/a0*.html", 'id="s3"', 'id="x3"', "leads nowhere"),
    ],
)
def test_following_the_links_finds_what_is_wrong(name, old, new, fault, hostile, tmp_path):
    shutil.copytree(hostile.folder, tmp_path / "report")
    harm(tmp_path / "report", name, old, new)
    assert any(fault in found for found in crawl(tmp_path / "report")[1])
