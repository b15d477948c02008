import csv
import json
import re
import shutil
from html import unescape
from html.parser import HTMLParser
from io import StringIO

import pytest
from support import ROOT, build

from helpers import InputError
from helpers.report import __main__ as reports
from helpers.report import downloads, parameters, sanitise

PAGES = ["index.html", "00_corpus.html", "01_topics.html", "02_sentiment.html", "03_actors.html"]


class Page(HTMLParser):
    """What a test wants to know of a page: its elements, its words, and everything it refers to."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.refs, self.ids, self.words, self.handlers = [], [], [], "", []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        for name, value in attrs:
            if name in ("href", "src", "srcset", "action", "poster", "xlink:href", "data"):
                self.refs.append(value)
            if name == "id":
                self.ids.append(value)
            if name.startswith("on"):
                self.handlers.append(value)

    def handle_data(self, data):
        self.words += data


@pytest.fixture(params=PAGES)
def html(request, report):
    return (report.folder / request.param).read_text(encoding="utf-8")


def test_the_report_is_built_with_a_line_of_progress_for_each_notebook(report):
    assert report.status == 0, report.err
    assert len(re.findall(r"^\w+ +done +\d+ cells +[\d.]+ s$", report.out, re.MULTILINE)) == len(PAGES) - 1
    assert sorted(path.name for path in report.folder.iterdir()) == sorted([*PAGES, "page.css", "page.js", "downloads"])
    assert f"{len(PAGES) - 1} of {len(PAGES) - 1} pages" in report.out


def test_a_page_refers_to_nothing_outside_the_report(html, report):
    page = Page(html)
    for ref in page.refs:
        assert (
            ref == "data:," or ref.startswith(("#", "data:image/")) or (report.folder / ref.partition("#")[0]).exists()
        ), ref
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
    assert len(re.sub(r'<(ol class="evidence|div class="beside).*?</(ol|div)>', "", html, flags=re.DOTALL)) < 300_000
    assert len(html) < 2_000_000


def test_the_answer_stands_above_the_code_and_the_front_page_quotes_it(report):
    front = unescape((report.folder / "index.html").read_text(encoding="utf-8"))
    for name in PAGES[1:]:
        html = unescape((report.folder / name).read_text(encoding="utf-8"))
        headline = re.search(r'<p class="answer">(.*?)</p>', html)
        assert headline and headline.start() < html.index("<details")
        assert headline[1] in front
        for found in re.findall(r'<p class="finding">(?:<a href="#[^"]*">)?(.*?)(?:</a>)?</p>', html)[:4]:
            figure = re.search(rf'<a href="{name}#([^"]+)">{re.escape(found)}</a>', front)
            assert f'<figure id="{figure[1]}">' in html


def test_a_second_run_gives_the_same_bytes(report, tmp_path):
    again = build(tmp_path / "build")
    paths = sorted(path.relative_to(report.folder) for path in report.folder.rglob("*") if path.is_file())
    assert sum(path.suffix == ".csv" for path in paths) >= len(PAGES)
    for path in paths:
        assert (again.folder / path).read_bytes() == (report.folder / path).read_bytes(), path


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
    corpus = Page((hostile.folder / "02_sentiment.html").read_text(encoding="utf-8")).words
    assert "<b onmouseover=alert(1)>Evil & Sons</b>" in corpus
    assert "**Not bold** and [no link](https://attacker.example/a)" in corpus
    assert "a terrible war, murder, $x^2$ and {{ 7*7 }}" in corpus


def edit(project, name, change):
    """Change the source of a notebook's cells."""
    path = project / "notebooks" / f"{name}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = change(cell)
    path.write_text(json.dumps(notebook), encoding="utf-8")


REPORTS = [
    ("pages: [00_corpus\n", "not readable as YAML"),
    ("title: Nothing\n", "needs 'pages:'"),
    ("pages: []\n", "needs 'pages:'"),
    ("page: [00_corpus]\npages: [00_corpus]\n", "unknown key 'page'; did you mean 'pages'?"),
    ("pages: [09_weather]\n", "09_weather.ipynb: No such file or directory; check the name in report.yml"),
    ("pages: [00_corpus, 00_corpus]\n", "lists 00_corpus twice"),
    ("pages: [3]\n", "a page is a notebook's name"),
    ("pages: [00_corpus]\npages: [01_topics]\n", "'pages' stands twice"),
    ("title: 2024\npages: [00_corpus]\n", "'title' takes text, not 2024; put it in quotes"),
    ("title: [a]\npages: [00_corpus]\n", "'title' takes text, not ['a']"),
    ("pages: 00_corpus\n", "'pages' takes a list, not '00_corpus'"),
    ("pages: &a [*a]\n", "a page is a notebook's name"),
    ("- 00_corpus\n", "needs 'pages:'"),
    ("reports: [a]\n", "'reports' takes a name"),
    ("reports: {a: {titel: x, pages: [00_corpus]}}\n", "unknown key 'titel'; did you mean 'title'?"),
    ("reports: {a: {title: x}}\n", "a: needs 'pages:'"),
    ("pages: [{notebook: 01_topics, most: yes}]\n", "'most' takes a whole number, not True"),
    ("pages: [{notebook: 01_topics, sweep: {seeds: [1, 2]}}]\n", "unknown parameter 'seeds'; did you mean 'seed'?"),
    ("pages: [{notebook: 01_topics, sweep: {seed: [1, two]}}]\n", "seed takes int, not 'two'"),
    ("pages: [{notebook: 01_topics, sweep: {seed: outlet}}]\n", "takes a list of values or one of outlets, events"),
    ("pages: [{notebook: 01_topics, sweep: [7]}]\n", "'sweep' takes a parameter with its values"),
    (
        "pages: [{notebook: 01_topics, parameters: {n_topic: 5}}]\n",
        "unknown parameter 'n_topic'; did you mean 'n_topics'?",
    ),
    (
        "pages: [{notebook: 01_topics, parameters: {n_topics: five}}]\n",
        "n_topics takes int, not 'five' (how many topics to look for;",
    ),
    ("pages: [{notebook: 01_topics, parameters: {n_topics: true}}]\n", "n_topics takes int, not True"),
    ("pages: [{notebook: 01_topics, parameters: {mask_names: 1}}]\n", "mask_names takes bool, not 1"),
    ("pages: [{notebook: 01_topics, parameters: [5]}]\n", "'parameters' holds lines of the form"),
    ("corpus: nowhere\npages: [00_corpus]\n", "nowhere: no such folder"),
]


@pytest.mark.parametrize(("text", "message"), REPORTS, ids=[message[:40] for _, message in REPORTS])
def test_a_wrong_report_file_is_one_line_before_anything_runs(project, capsys, text, message):
    (project / "report.yml").write_text(text)
    assert reports.main([str(project / "report.yml"), "--build", str(project / "build")]) == 2
    shown = capsys.readouterr()
    assert message in shown.err and shown.err.count("\n") == 1 and shown.out == ""
    assert not (project / "build").exists()


def test_a_report_file_that_is_missing_is_one_line(tmp_path, capsys):
    assert reports.main([str(tmp_path / "none.yml")]) == 2
    assert "none.yml: No such file or directory; name your report file" in capsys.readouterr().err


PARAMETERS = [
    ("least = 3  # how many", "line 1 is no typed parameter"),
    ("least: int = 3", "least has no comment"),
    ("least: int = 'three'  # how many", "least has type int and value 'three'"),
    ("least: int = 1 + least  # how many", "malformed"),
    ("least: set = {1}  # how many", "least has type set"),
    ("least: int =", "invalid syntax"),
]


@pytest.mark.parametrize(("source", "message"), PARAMETERS)
def test_a_parameters_cell_that_is_not_plain_is_one_line(project, source, message):
    edit(
        project, "00_corpus", lambda cell: source if cell["metadata"].get("tags") == ["parameters"] else cell["source"]
    )
    with pytest.raises(InputError, match=re.escape(message)) as raised:
        parameters.declared(project / "notebooks" / "00_corpus.ipynb")
    assert "write each line as" in str(raised.value) and "\n" not in str(raised.value)


def test_a_notebook_without_a_parameters_cell_is_one_line(project):
    path = project / "notebooks" / "00_corpus.ipynb"
    path.write_text(path.read_text().replace('"parameters"', '"other"'))
    with pytest.raises(InputError, match="has 0 cells tagged 'parameters'; tag one"):
        parameters.declared(path)
    for text in (
        "not a notebook",
        "[]",
        '{"cells": [{}]}',
        '{"cells": [{"cell_type": "code", "metadata": [], "source": ""}]}',
    ):
        path.write_text(text)
        with pytest.raises(InputError, match="is not a notebook"):
            parameters.declared(path)


FEW = {"no catalogue": None, "one article": 1, "one word": "Snow", "one table": None}


@pytest.mark.parametrize("kind", FEW)
def test_a_small_or_bare_folder_still_gives_every_page(kind, tmp_path):
    folder = tmp_path / "articles here"
    folder.mkdir()
    docs = sorted((ROOT / "corpus" / "articles").glob("*.txt"))[: FEW[kind] if isinstance(FEW[kind], int) else 5]
    if kind == "one word":
        (folder / "a.txt").write_text("Snow")
    else:
        for path in docs:
            shutil.copy(path, folder)
    if kind == "one table":
        folder = tmp_path / "articles here.jsonl"
        folder.write_text(
            "\n".join(json.dumps({"id": path.stem, "text": path.read_text("utf-8", "replace")}) for path in docs)
        )
    done = build(tmp_path / "build", "--corpus", folder)
    assert done.status == (1 if kind == "one word" else 0), done.out
    assert "Traceback" not in done.out + done.err
    assert "The articles in articles here" in (done.folder / "index.html").read_text(encoding="utf-8")


SVG_ATTACKS = [
    '<img src="https://attacker.example/x.png" onerror="x()"/>',
    '<html:img xmlns:html="http://www.w3.org/1999/xhtml" src="https://attacker.example/x.png"/>',
    '<p xmlns="http://www.w3.org/1999/xhtml"><a href="javascript:attacker()">x</a></p>',
    '<a href="java&#10;script:attacker()"><text>x</text></a>',
    '<a xlink:href="https://attacker.example"><text>x</text></a>',
    '<rect style="fill: u\\72l(https://attacker.example/x.svg#a)"/>',
    '<rect fill="URL(https://attacker.example/x.svg#a)"/>',
    "<rect style=\"background: image-set('https://attacker.example/x.png' 1x)\"/>",
    '<use href="https://attacker.example/x.svg#a"/>',
    '<feImage href="https://attacker.example/x.png"/>',
    '<animate attributeName="href" values="javascript:attacker()"/>',
    "<style>@import 'https://attacker.example/x.css';</style>",
    "<text>a<![CDATA[<script>attacker()</script>]]></text>",
    '<text ONLOAD="attacker()" title="\u202eattacker">&lt;/svg&gt;&lt;script&gt;attacker()&lt;/script&gt;</text>',
    "<?xml-stylesheet href='https://attacker.example/x.css'?><!-- attacker -->",
]


@pytest.mark.parametrize("attack", SVG_ATTACKS)
def test_a_figure_that_attacks_comes_out_as_shapes_and_text(attack):
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    html = sanitise.safe_figure(f"<svg {names}><g>{attack}<text>kept</text></g></svg>", {"alt": "x"}, "f1-")
    page = Page(html)
    assert {*page.tags} <= {"figure", "svg", "g", "a", "text", "rect", "use"} and "kept" in page.words
    assert page.refs == [] and page.handlers == [] and "\u202e" not in html
    assert "attacker" not in re.sub(r">[^<]*<|title=\"[^\"]*\"", "", html)


def test_a_figure_that_is_no_svg_is_one_line():
    with pytest.raises(InputError, match="not SVG"):
        sanitise.safe_figure("<html xmlns='http://www.w3.org/1999/xhtml'/>", {}, "f1-")


CELLS = [
    ("=1+1", "'=1+1"),
    ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
    ("-2+3", "'-2+3"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'\t=1"),
    ("\r=1", "'\n=1"),
    ("x\r=1", "x\n=1"),
    ("  =1", "'  =1"),
    ("\uff1d1", "'\uff1d1"),
    ("\u202e=1", "'=1"),
    ("-0.5", "-0.5"),
    ("+7", "+7"),
    ("-1e-05", "-1e-05"),
    ("\u2212 not a formula", "\u2212 not a formula"),
    ("1=1", "1=1"),
    ("", ""),
]


@pytest.mark.parametrize(("cell", "written"), CELLS)
def test_no_cell_of_a_csv_is_a_formula(cell, written):
    for content in (downloads.text([[cell, "b"]]), downloads.offered("a.csv", f'"{cell}",b')[1]):
        assert list(csv.reader(StringIO(content))) == [[written, "b"]]


OFFERED = [
    ("pairs.gexf", "pairs.gexf"),
    ("../../etc/passwd.txt", "passwd.txt"),
    ("..\\a b<c>.csv", "a-b-c.csv"),
    ("\u202e.csv", "file.csv"),
    ("page.html", ""),
    ("figure.svg", ""),
    ("", ""),
]


@pytest.mark.parametrize(("name", "written"), OFFERED)
def test_a_download_has_a_plain_name_and_is_nothing_a_browser_runs(name, written):
    assert downloads.offered(name, "x")[0] == written
