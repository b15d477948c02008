"""What comes out of cells, figures and downloads runs nothing and fetches nothing."""

import csv
import re
import xml.etree.ElementTree as ET
from io import StringIO

import pytest
from support import ATTACKS, Page

from helpers import InputError
from helpers.report import safe


@pytest.mark.parametrize("attack", ATTACKS)
def test_sanitised_html_runs_and_fetches_nothing(attack):
    clean = safe.html(f"<p>kept</p>{attack}").lower()
    words = ("<script", "onerror", "onload", "javascript:", "attacker", "<iframe", "<form", "<base", "style")
    assert "<p>kept</p>" in clean and not any(word in clean for word in words)


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
    root = safe.figure(f"<svg {names}><g>{attack}<text>kept</text></g></svg>", "x", "f1-")
    html = ET.tostring(root, encoding="unicode")
    page = Page(html)
    assert {*page.tags} <= {"svg", "g", "a", "text", "rect", "use"} and "kept" in page.words
    assert page.refs == [] and page.handlers == [] and "\u202e" not in html
    assert "attacker" not in re.sub(r">[^<]*<|title=\"[^\"]*\"", "", html)


HOSTILE_SVG = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"
onload="x()">
<script>x()</script><foreignObject><p>x</p></foreignObject><image href="https://attacker.example/x.png"/>
<defs><path id="m" d="M0 0" style="fill: #6e7680"/></defs><use xlink:href="#m" onclick="x()"/>
<a xlink:href="https://attacker.example"><text>out</text></a><a xlink:href="#why"><text>in</text></a>
<rect clip-path="url(#m)" fill="url(https://attacker.example)"/></svg>"""


def test_a_figure_keeps_its_drawing_and_nothing_that_runs_or_fetches():
    html = ET.tostring(safe.figure(HOSTILE_SVG, 'A "figure"', "f1-"), encoding="unicode")
    assert not any(word in html for word in ("script", "foreignObject", "attacker", "onload", "onclick", "image"))
    assert 'id="f1-m"' in html and 'href="#f1-m"' in html and "url(#f1-m)" in html
    assert 'href="#why"' in html and "fill: var(--ink)" in html and 'aria-label="A &quot;figure&quot;"' in html


def test_a_figure_that_is_no_xml_is_one_line():
    with pytest.raises(InputError, match="not valid SVG"):
        safe.figure("<svg><p></svg>", "x", "f1-")


def test_a_figure_says_what_it_links_to_and_loses_links_that_lead_nowhere():
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    marks = (
        '<a xlink:href="#s-a"><use href="#m"/></a><a href="#s-a"><use href="#m"/></a><a href="#s-b"><text>b</text></a>'
    )
    root = safe.figure(f"<svg {names}>{marks}</svg>", "Bars", "f1-")
    assert safe.links(root) == ["s-a", "s-b"] and root.get("role") == "group"
    html = safe.written(root, {"s-a": ("s/a.html", "Ann: 2"), "s-b": ("", "")})
    assert re.findall(r"<a ([^>]*)>", html) == [
        'href="s/a.html" aria-label="Ann: 2"',
        'href="s/a.html" aria-label="Ann: 2" tabindex="-1"',
    ]
    assert "b</text>" in html and html.count("<title>Ann: 2</title>") == 1
    assert 'href="#f1-m"' in html and "#s-" not in safe.picture(f"<svg {names}>{marks}</svg>", "p-")


BOXES = [("0 0 374.4 299.52", True), ("0 0 374.4 446.4", True), ("0 0 374.4 1743.84", False), ("", True), ("x y", True)]


@pytest.mark.parametrize(("box", "shown"), BOXES)
def test_a_drawing_much_taller_than_wide_gives_no_picture(box, shown):
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"><text>a</text></svg>'
    assert bool(safe.picture(svg, "p-")) == shown


def test_a_figure_that_is_no_svg_is_one_line():
    with pytest.raises(InputError, match="not SVG"):
        safe.figure("<html xmlns='http://www.w3.org/1999/xhtml'/>", "", "f1-")


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
    content = safe.file("a.csv", f'"{cell}",b')[1]
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
    assert safe.file(name, "x")[0] == written
