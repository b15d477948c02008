"""What is new since an earlier run, told apart from what another method made; and earlier runs that tell little."""

import json
import re
import shutil
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
from support import CHROMIUM, OUTLET, RULES, Page, build, faults

from helpers.report import __main__ as reports
from helpers.report import against, execute
from helpers.show import Finding, Result, html

DOCS = {name: [f"On {name}", "The Lantern", "2024-05-01", "x1"] for name in ("a", "b", "c")}


def page(*findings, code="1", fingerprint="f", tables=(), **parameters):
    """A page as it is compared."""
    return against.Page(fingerprint, parameters, [code], list(findings), dict(tables))


def run(name="old", pages=None, corpus="c1", read=("c1",), versions="Python 3.11, pandas 3.1", lock="l1", docs=DOCS):
    """A run as it is compared, of the pages a and b."""
    pages = {"a": page(), "b": page()} | (pages or {})
    rests = {name: {"fingerprint": "f", "read": list(read)} for name in pages}
    kept = {"corpus": corpus, "versions": versions, "code": {"lock": lock}, "articles": docs, "pages": rests}
    return against.Told(name, kept, pages, {})


def bare(run):
    """The same run without a run.json."""
    kept = {"corpus": "", "versions": "", "code": {}, "articles": {}, "pages": {}}
    return run._replace(kept=kept)


OTHER = {"corpus": "c2", "read": ["c2"]}
FEWER = OTHER | {"docs": {"a": DOCS["a"], "b": ["On b", "EFE", "2024-05-01", "x2"], "d": DOCS["c"]}}
BELOW = "what made the differences below cannot be told"
RUN_BOTH = "Run the old articles with the new method (--corpus FOLDER --build between), and compare with that"
STATES = [
    (
        "nothing changed", run(), set(),
        "The same articles (fingerprint c1). The same parameters on 2 pages. The same code and versions.",
        ["Nothing below is new: articles, parameters and code are the same."],
    ),
    (
        "nothing changed and yet numbers differ", run(), {"a", "b"}, "The same articles (fingerprint c1).",
        ["What differs below is chance, or edited by hand: articles, parameters and code are the same."],
    ),
    (
        "one page of two differs by chance", run(), {"b"}, "The same articles (fingerprint c1).",
        ["Nothing on A is new:", "What differs on B is chance, or edited by hand:"],
    ),
    (
        "other articles", run(**FEWER), {"a"},
        "Other articles: 1 new, 1 gone, 1 changed, 1 as they were (fingerprint c2 → c1). The same parameters",
        ["Everything below comes from new, gone or changed articles: parameters and code are the same."],
    ),
    (
        "other files", run(**OTHER), {"a"}, "The same articles, and other files beside them (fingerprint c2 → c1).",
        ["Everything below comes from files beside the articles, as a list of names: all else is the same."],
    ),
    (
        "other articles, which is not known", run(**OTHER, docs={}), {"a"}, "Other articles (fingerprint c2 → c1).",
        ["Everything below comes from new, gone or changed articles:"],
    ),
    (
        "a file that a page reads", run(read=["c1", "list"]), {"a"}, "The same articles (fingerprint c1).",
        ["Everything below comes from files beside the articles"],
    ),
    (
        "a parameter of one page", run(pages={"a": page(seed=7)}), {"a"},
        "The same articles (fingerprint c1). Other parameters: seed 7 → nothing on A. The same code and versions.",
        ["Everything on A comes from a change of method: the articles are the same.", "Nothing on B is new:"],
    ),
    (
        "a notebook", run(pages={"b": page(code="2")}), {"b"},
        "The same parameters on 2 pages. Other code or versions: the notebook of B.",
        ["Nothing on A is new:", "Everything on B comes from a change of method:"],
    ),
    (
        "the lock", run(lock="l0"), {"a"}, "Other code or versions: lock.",
        ["Everything below comes from a change of method: the articles are the same."],
    ),
    (
        "versions", run(versions="Python 3.11, pandas 3.0, nltk 1"), {"a"},
        "Other code or versions: pandas 3.0 → pandas 3.1; nltk 1 → none.",
        ["Everything below comes from a change of method: the articles are the same."],
    ),
    (
        "texts cleaned by another version", run(lock="l0", docs=DOCS | {"a": [*DOCS["a"][:3], "x0"]}), {"a"},
        "The same articles (fingerprint c1). 1 text came out of cleaning otherwise. The same parameters",
        ["Everything below comes from a change of method: the articles are the same."],
    ),
    (
        "both", run(lock="l0", **FEWER), {"a"}, "Other articles: 1 new",
        [f"Articles and method both changed: {BELOW} apart. {RUN_BOTH}"],
    ),
    (
        "files and method", run(lock="l0", **OTHER), {"a"}, "The same articles, and other files",
        [f"Files beside the articles and method both changed: {BELOW} apart. {RUN_BOTH}"],
    ),
    (
        "articles on all pages, a parameter on one", run(pages={"a": page(seed=7)}, **FEWER), {"a"}, "Other articles:",
        [
            "Articles and method both changed: what made the differences on A cannot be told apart.",
            "Everything on B comes from new, gone or changed articles:",
        ],
    ),
    (
        "no run.json, all as it was", bare(run()), set(),
        "Whether the articles are the same is not known: old has no report/run.json of this version. The same "
        "parameters on 2 pages. Whether helpers and versions are the same is not known.",
        ["Nothing below is new:"],
    ),
    (
        "no run.json", bare(run(pages=dict.fromkeys("ab", page(fingerprint="e")))), {"a"}, "Whether the articles are",
        [f"Articles or method changed, or both: {BELOW}."],
    ),
    (
        "no run.json, another parameter", bare(run(pages=dict.fromkeys("ab", page(fingerprint="e", seed=1)))), {"a"},
        "Other parameters: seed 1 → nothing on A and B.",
        [f"The method changed, the articles perhaps too: {BELOW}."],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "differing", "states", "verdicts"), [c[1:] for c in STATES], ids=[c[0] for c in STATES]
)
def test_a_change_of_the_news_is_told_apart_from_one_of_the_method(old, differing, states, verdicts):
    titles = {"a": "A", "b": "B"}
    assert states in " ".join(against.states(old, run("this run"), titles))
    said = [" ".join(each.split()) for each in against.verdicts(old, run("this run"), titles, differing)]
    assert len(said) == len(verdicts) and all(map(str.startswith, said, verdicts)), said


def test_many_pages_and_parameters_are_counted():
    names = [f"p{number}" for number in range(9)]
    old, new = (run(pages=dict.fromkeys(names, page(**dict.fromkeys("abcdefghij", at)))) for at in (1, "x" * 99))
    said = against.parameters(old, new, dict.fromkeys(names, "P"))
    assert said[0] == f"a 1 → '{'x' * 59} on 9 pages" and len(said) == 10
    assert "; 2 more." in against.states(old, new, dict.fromkeys(names, "P"))[1]


SPAIN = "On the same events, Iberia Prensa names Spain in {} % of its stories; the others {} (p < .001; {} articles)."
FINDINGS = [
    ("the same", "A names B.", "A names B.", ""),
    ("its numbers", SPAIN.format(50, "never do", 24), SPAIN.format(55, "never do", 19), "changed"),
    ("its numbers in other words", SPAIN.format(50, "never do", 24), SPAIN.format(48, "do in 2 %", 26), "changed"),
    (
        "its day",
        "25 % of the articles since 19 April 2023 name Belousov.",
        "9 % of the articles since 3 May 2022 name Belousov.",
        "changed",
    ),
    (
        "its months",
        "Nothing between 14 September 2018 and 23 July 2019.",
        "Nothing between May 2018 and July 2019.",
        "changed",
    ),
    ("one or many", "1 article is a copy of an earlier one.", "14 articles are copies of earlier ones.", "changed"),
    ("few or many", "13 articles are copies of earlier ones.", "14 articles are copies of earlier ones.", "changed"),
    (
        "its direction",
        "Iberia Prensa is two hundredths warmer.",
        "Iberia Prensa is three hundredths darker.",
        "changed",
    ),
    (
        "another actor",
        SPAIN.format(50, "never do", 24),
        SPAIN.replace("Spain", "Peru").format(50, "never do", 24),
        "new gone",
    ),
    ("another outlet", "EFE names Spain in 5 %.", "BBC names Spain in 5 %.", "new gone"),
    ("another quoted word", "“exercise” stands in 63 sentences.", "“drill” stands in 63 sentences.", "new gone"),
    ("another event", "6 of 9 outlets told “Snow fell”.", "6 of 9 outlets told “Rain fell”.", "new gone"),
    ("other words about the same", "Russia names China often.", "China is seldom where Russia stands.", "changed"),
    ("names in another script", "俄罗斯 is named by 3.", "中国 is named by 3.", "new gone"),
    ("no word at all", "3 %", "4 %", "changed"),
]


@pytest.mark.parametrize(("was", "now", "said"), [c[1:] for c in FINDINGS], ids=[c[0] for c in FINDINGS])
def test_a_finding_is_the_same_where_it_is_about_the_same(was, now, said):
    found = against.findings(page(("f", was)), page(("f", now)))
    assert " ".join(name for name, some in zip(("new", "gone", "changed"), found, strict=True) if some) == said
    elsewhere = against.findings(page(("f", was)), page(("g", now)))
    assert elsewhere == ([("g", now)], [("f", was)], [])


def test_of_several_the_most_alike_are_one_and_each_is_told_once():
    old = page(("f", "A names B in 5 %."), ("f", "A names B in 5 % of its own words."), ("f", "C is gone."))
    new = page(("f", "A names B in 6 % of its own words."), ("f", "A names B in 7 %."), ("f", "D is new."))
    fresh, gone, changed = against.findings(old, new)
    assert (fresh, gone) == ([("f", "D is new.")], [("f", "C is gone.")])
    assert sorted(was[-7:] + now[-7:] for _, was, now in changed) == [" words. words.", "in 5 %.in 7 %."]


WORDS = [
    ("", "A names B.", "A names B."),
    ("A names B. Before, none did.", "A names B in 5 %; before, none did.", "A names B in 5 %; before, none did."),
    ("One event: “Snow fell”", "6 of 9 outlets told it.", "One event: “Snow fell” 6 of 9 outlets told it."),
    ("", "A names B in 5\xa0% of\u202fall.\n", "A names B in 5 % of all."),
]


@pytest.mark.parametrize(("headline", "says", "words"), WORDS)
def test_a_finding_is_told_once_and_with_its_names(headline, says, words):
    assert against._says({"headline": headline, "says": says}) == words


ARTICLES = [
    ("none", {}, {}, ([], [], {})),
    ("the same", DOCS, DOCS, ([], [], {})),
    ("one more", {"a": DOCS["a"]}, DOCS, (["b", "c"], [], {})),
    ("one less", DOCS, {"a": DOCS["a"]}, ([], ["b", "c"], {})),
    ("another name", {"z": DOCS["a"]}, {"a": DOCS["a"]}, (["a"], ["z"], {})),
    ("text", {"a": ["h", "o", "d", "x"]}, {"a": ["h", "o", "d", "y"]}, ([], [], {"a": "cleaned text"})),
    ("all", {"a": list("abcd")}, {"a": list("efgh")}, ([], [], {"a": "headline, outlet, day and cleaned text"})),
]


@pytest.mark.parametrize(("old", "new", "found"), [c[1:] for c in ARTICLES], ids=[c[0] for c in ARTICLES])
def test_articles_that_are_new_gone_or_changed(old, new, found):
    assert against.documents(old, new) == found


SHARES = {"outlet": "Outlet", "share": ("Share", "{:.0%}".format), ("low", "high"): ("95 %", "{:.0%}".format)}
PAIR = {"what": "Named", "here": ("Here", "{:.2f}".format), "others": ("Others", "{:.2f}".format)}
PAIR |= {("low", "high"): ("Points", "{:.2f}".format), "p": "p"}
COUNTS = {"pair": "Pair", "voice": "Voice", "n": "Articles", "q": ("q", "{:.3f}".format)}


def share(*rows):
    return SHARES, pd.DataFrame(rows, columns=["outlet", "share", "low", "high"])


def pair(*rows):
    return PAIR, pd.DataFrame(rows, columns=["what", "here", "others", "low", "high", "p"])


def count(*rows):
    return COUNTS, pd.DataFrame(rows, columns=["pair", "voice", "n", "q"])


NAN = float("nan")
NUMBERS = [
    ("the same", share(("A", 0.5, 0.3, 0.7)), share(("A", 0.5, 0.3, 0.7)), []),
    ("a quarter of its interval, and less", share(("A", 0.5, 0.3, 0.7)), share(("A", 0.59, 0.39, 0.79)), []),
    (
        "more than a quarter",
        share(("A", 0.5, 0.3, 0.7)),
        share(("A", 0.61, 0.41, 0.81)),
        [("A", "Share: 50%; 95 %: 30% to 70%", "Share: 61%; 95 %: 41% to 81%")],
    ),
    ("the interval only", share(("A", 0.5, 0.3, 0.7)), share(("A", 0.5, 0.1, 0.9)), []),
    ("more than a quarter, printed alike", share(("A", 0.5, 0.499, 0.501)), share(("A", 0.502, 0.501, 0.503)), []),
    ("without an interval on one side", share(("A", 0.5, NAN, NAN)), share(("A", 0.9, 0.8, 1.0)), []),
    (
        "rows in another order",
        share(("A", 0.5, 0.4, 0.6), ("B", 0.1, 0, 0.2)),
        share(("B", 0.1, 0, 0.2), ("A", 0.5, 0.4, 0.6)),
        [],
    ),
    (
        "the largest of two",
        share(("A", 0.5, 0.4, 0.6), ("B", 0.1, 0, 0.2)),
        share(("A", 0.6, 0.5, 0.7), ("B", 0.3, 0.2, 0.4)),
        [
            ("B", "Share: 10%; 95 %: 0% to 20%", "Share: 30%; 95 %: 20% to 40%"),
            ("A", "Share: 50%; 95 %: 40% to 60%", "Share: 60%; 95 %: 50% to 70%"),
        ],
    ),
    (
        "a difference",
        pair(("A", 0.5, 0.1, 0.2, 0.6, 0.01)),
        pair(("A", 0.3, 0.1, 0.0, 0.4, 0.04)),
        [("A", "Here: 0.50; Points: 0.20 to 0.60", "Here: 0.30; Points: 0.00 to 0.40")],
    ),
    (
        "both sides of a difference, and it is as it was",
        pair(("A", 0.5, 0.1, 0.2, 0.6, 0)),
        pair(("A", 0.7, 0.3, 0.2, 0.6, 0)),
        [],
    ),
    ("p only", pair(("A", 0.5, 0.1, 0.2, 0.6, 0.01)), pair(("A", 0.5, 0.1, 0.2, 0.6, 0.9)), []),
    (
        "a count",
        count(("A – B", "own", 9, 0.1)),
        count(("A – B", "own", 16, 0.2)),
        [("A – B", "Articles: 9", "Articles: 16")],
    ),
    (
        "of counts the surest",
        count(("A", "own", 1, 0), ("B", "own", 100, 0)),
        count(("A", "own", 2, 0), ("B", "own", 150, 0)),
        [("B", "Articles: 100", "Articles: 150"), ("A", "Articles: 1", "Articles: 2")],
    ),
    ("q only", count(("A", "own", 9, 0.1)), count(("A", "own", 9, 0.2)), []),
    (
        "a row that only its second column tells",
        count(("A", "own", 1, 0), ("A", "quoted", 2, 0)),
        count(("A", "quoted", 2, 0), ("A", "own", 3, 0)),
        [("A, own", "Articles: 1", "Articles: 3")],
    ),
    ("a count that was none", count(("A", "own", NAN, 0)), count(("A", "own", 3, 0)), []),
    ("another row", count(("A", "own", 1, 0)), count(("B", "own", 5, 0)), []),
    ("no row", count(), count(("B", "own", 5, 0)), []),
    ("another table", count(("A", "own", 1, 0)), share(("A", 0.5, 0.4, 0.6)), []),
]


def rows(columns, frame):
    """A table as it is read from a page."""
    return against._table(html.table(frame.assign(link="x"), "", columns).flat)


@pytest.mark.parametrize(("old", "new", "said"), [c[1:] for c in NUMBERS], ids=[c[0] for c in NUMBERS])
def test_a_number_moved_beyond_rounding_and_beyond_a_quarter_of_its_interval(old, new, said):
    found, _, _ = against.moved(rows(*old)[0], *rows(*new))
    told = [tuple(words.replace("\xa0", " ") for words in row[:3]) for row in sorted(found, key=lambda row: -row[-1])]
    assert told == said
    assert all(row[3] == "x" for row in found)
    assert against.moved(rows(*old)[0], *rows(*old)) == ([], 0, 0)


def test_rows_of_one_run_only_are_counted():
    old, new = (
        count(("A", "own", 1, 0), ("B", "own", 1, 0)),
        count(("B", "own", 1, 0), ("C", "own", 1, 0), ("D", "own", 1, 0)),
    )
    assert against.moved(rows(*old)[0], *rows(*new)) == ([], 2, 1)


PARAMETERS = 'corpus: str = ""  # articles\nseed: int = 7  # any number'
STORY = "Russia met China on {0}. The talks were long and friendly. " * 4


class Small:
    """A project of the pages a and b, whose notebooks show what `shown` has for them when they run."""

    def __init__(self, folder, capsys):
        self.folder, self.capsys, self.shown = folder, capsys, {}
        self.place, self.old = folder / "build" / "report", folder / "old"
        (folder / "notebooks").mkdir()
        (folder / "corpus").mkdir()
        for name, day in (("one", "Monday"), ("two", "Tuesday")):
            self.write(name, STORY.format(day))
        for name in "ab":
            cell = {"cell_type": "code", "execution_count": None, "outputs": []}
            first = cell | {"id": "c1", "metadata": {"tags": ["parameters"]}, "source": PARAMETERS}
            told = {"cells": [first, cell | {"id": "c2", "metadata": {}, "source": "1"}], "metadata": {}}
            text = json.dumps(told | {"nbformat": 4, "nbformat_minor": 5})
            (folder / "notebooks" / f"{name}.ipynb").write_text(text)
        self.report("pages: [a, b]")

    def report(self, text):
        (self.folder / "report.yml").write_text(text)

    def write(self, name, text):
        (self.folder / "corpus" / f"{name}.txt").write_text(text)

    def execute(self, jobs):
        """What `execute.run` does, without a kernel."""
        done = []
        for job in jobs:
            told = json.loads(job.page.notebook.read_text())
            given = "\n".join(f"{name} = {value!r}" for name, value in job.page.given.items())
            cell = told["cells"][0] | {"source": given, "metadata": {"tags": ["injected-parameters"]}}
            told["cells"].insert(1, cell)
            for result in self.shown.get(job.page.name, ()):
                data = json.loads(json.dumps(result._repr_mimebundle_()))
                told["cells"][2]["outputs"].append({"output_type": "display_data", "data": data, "metadata": {}})
            part = job.executed.with_suffix(".part")
            part.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(told))
            done.append(job._replace(failure="", lost=False, stale=False))
            execute._keep(done[-1], part)
            part.unlink()
        return done

    def run(self, *options):
        """Exit status, and all that was said."""
        status = reports.main([str(self.folder / "report.yml"), "--build", str(self.place.parent), *map(str, options)])
        said = self.capsys.readouterr()
        assert "Traceback" not in said.out + said.err and said.err.count("\n") <= 1
        return status, said.out + said.err

    def keep(self):
        """Keep what was built as the earlier run."""
        shutil.copytree(self.place.parent, self.old)

    @property
    def html(self):
        return (self.place / "against.html").read_text(encoding="utf-8")

    @property
    def said(self):
        main = self.html.partition('<main id="main" class="dateline">')[2].partition("</main>")[0]
        return " ".join(unescape(re.sub("<[^>]+>", " ", main)).split())

    def standing(self):
        return {path: path.read_bytes() for path in self.place.rglob("*") if path.is_file()}


def named(number, says="A names B in {} articles.", extra=()):
    """A result of one finding, and a table of that number."""
    table = pd.DataFrame({"who": ["A", *extra], "n": [number, *[1 for _ in extra]]})
    found = Finding(says.format(number), figure="named", articles=number)
    return Result("named", table, "Nobody.", "Named", {"who": "Who", "n": "Articles"}, says=(found,))


@pytest.fixture
def small(tmp_path, capsys, monkeypatch):
    made = Small(tmp_path, capsys)
    monkeypatch.setattr(execute, "run", made.execute)
    return made


@pytest.fixture(scope="module")
def earlier(tmp_path_factory):
    """The build folder of one run."""
    made = Small(tmp_path_factory.mktemp("earlier"), None)
    made.shown = {"a": [named(9)], "b": [named(1)]}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(execute, "run", made.execute)
        assert reports.main([str(made.folder / "report.yml"), "--build", str(made.place.parent)]) == 0
    return made.place.parent


def test_a_page_says_what_is_new_and_goes_when_it_is_not_asked_for(small):
    small.shown = {"a": [named(9)], "b": [named(1)]}
    assert small.run()[0] == 0 and not (small.place / "against.html").exists()
    first = small.standing()
    small.keep()
    assert small.run("--against", small.old)[0] == 0
    assert "Nothing below is new: articles, parameters and code are the same. Articles No article is" in small.said
    assert small.said.count("No finding is new, gone or changed.") == small.said.count("No number moved.") == 1
    assert "nothing changed" in small.run("--against", small.old)[1]
    assert small.run()[0] == 0 and small.standing() == first
    (small.folder / "corpus" / "two.txt").unlink()
    small.write("one", STORY.format("Friday"))
    small.write("new", "A <b>new</b> headline\n" + STORY.format("Sunday"))
    small.shown = {"a": [named(16, extra="C")], "b": [named(1, "A names D in {} article.")]}
    assert small.run("--against", small.old)[0] == 0
    page, said = small.html, small.said
    assert "Other articles: 1 new, 1 gone, 1 changed, 0 as they were" in said
    assert "Everything below comes from new, gone or changed articles: parameters and code are the same." in said
    assert 'href="articles/new.html"' in page and 'href="articles/one.html"' in page and "articles/two" not in page
    assert (
        '<td><a class="to" href="a.html#named">A</a></td><td>A names B in 9 articles.</td><td>A names B in 16' in page
    )
    assert (
        '<td><a class="to" href="a.html#named">A, named</a></td><td>A</td><td>Articles: 9</td><td>Articles: 16' in page
    )
    assert "1 new Page Finding B A names D in 1 article." in said and "1 gone Page Finding B A names B in 1" in said
    assert "Rows of tables that are new: 1; that are gone: 0." in said
    for path in small.place.glob("**/*.html"):
        assert re.search(r'<a href="(\.\./)?against.html"( aria-current="page")?>What is new</a>', path.read_text())
    before = small.standing()
    shutil.rmtree(small.place)
    assert small.run("--against", small.old)[0] == 0 and small.standing() == before


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: apt install chromium")
@pytest.mark.parametrize(("tab", "rules"), RULES, indirect=["tab"])
def test_the_page_fits_and_is_accessible_on_screen_and_paper(small, earlier, tab, rules):
    shutil.copytree(earlier, small.old)
    (small.folder / "corpus" / "two.txt").unlink()
    small.write("one", STORY.format("Friday"))
    small.write("new", f"{'A headline without end ' * 30}{'andwithoutaspace' * 30}\n" + STORY.format("Sunday"))
    small.shown = {"a": [named(16, extra=["C" * 90])], "b": [named(1, "A names D in {} article.")]}
    small.report("pages: [{notebook: a, parameters: {seed: 8}}, b]")
    assert small.run("--against", small.old)[0] == 0
    tab.goto((small.place / "against.html").as_uri())
    assert tab.locator("table").count() == 7 and tab.locator("main a.to").count() >= 4
    assert faults(tab, rules) == []
    tab.emulate_media(media="print")
    assert faults(tab, rules) == [] and not tab.locator("nav").is_visible()


def test_the_build_folder_itself_is_what_stood_in_it_before(small):
    small.shown = {"a": [named(9)], "b": [named(1)]}
    small.run()
    small.report("pages: [{notebook: a, parameters: {seed: 8}}, b]")
    small.shown["a"] = [named(20)]
    assert small.run("--against", small.place.parent)[0] == 0
    assert "Other parameters: seed 7 → 8 on A." in small.said and "What is new since build" in small.said
    assert "Everything on A comes from a change of method: the articles are the same. Nothing on B is new" in small.said
    assert "Articles: 9 Articles: 20" in small.said
    assert small.run("--against", small.place.parent)[0] == 0 and "Nothing below is new" in small.said
    assert "nothing changed" in small.run("--against", small.place.parent)[1]


def test_pages_of_one_run_only_and_pages_that_did_not_run(small):
    small.shown = {"a": [named(9)], "b": [named(1)]}
    small.report("pages: [a]")
    small.run()
    small.keep()
    small.report("pages: [b, {notebook: a, sweep: {seed: [1, 2]}}]")
    assert small.run("--against", small.old)[0] == 0
    assert "No page is in both runs and complete." in small.said
    assert "Only in this run: B, A by seed: 1 and A by seed: 2. Only in old: a." in small.said


@pytest.mark.parametrize("held", ["full", "passages", "none"])
def test_articles_are_told_however_little_is_printed_of_them(small, held):
    small.report(f"articles: {held}\npages: [a, b]")
    small.run()
    small.keep()
    small.write("three", STORY.format("Wednesday"))
    assert small.run("--against", small.old)[0] == 0 and "1 new, 0 gone" in small.said
    assert ('href="articles/three.html"' in small.html) == (held == "full")


def spoil(name, text):
    """Write something else into a file of the earlier run."""
    return lambda old: (old / name).write_text(text, encoding="utf-8")


def change(**facts):
    """Change what the executed notebook of a tells: of its metadata, its second cell, or its results."""

    def _change(old):
        path = old / "executed" / "a.ipynb"
        told = json.loads(path.read_text())
        told["metadata"]["dateline"] |= {key: facts[key] for key in ("failure", "fingerprint") if key in facts}
        told["cells"][1]["source"] = facts.get("given", told["cells"][1]["source"])
        data = told["cells"][2]["outputs"][0]["data"]
        data[html.PAGE][0] |= facts.get("piece", {})
        data[html.FINDING]["findings"][0] |= facts.get("finding", {})
        path.write_text(json.dumps(told))

    return _change


unkeyed = change(piece={"heads": [{"label": "Who", "number": False}, {"label": "Articles", "number": True}]})
OTHERWISE = "Otherwise made in old, or only in this run: A, "
NONE = "Whether the articles are the same is not known: old has no report/run.json of this version."
TODAY = '{"corpus": "", "versions": "", "code": {"a": "b"}, "articles": {"a": ["", "", "now", ""]}, "pages": {}}'
LOST = "A cannot be read in old."
SPOILT = [
    ("no run.json", lambda old: (old / "report" / "run.json").unlink(), NONE),
    ("no report", lambda old: shutil.rmtree(old / "report"), NONE),
    ("a run.json cut off", spoil("report/run.json", '{"articles": {'), NONE),
    ("a run.json of another shape", spoil("report/run.json", "[]"), NONE),
    ("a run.json of another version", spoil("report/run.json", '{"articles": {"a": ["b"]}, "pages": {}}'), NONE),
    ("a run.json of another day", spoil("report/run.json", TODAY), NONE),
    ("a run.json of no end", spoil("report/run.json", "[" * 100_000), NONE),
    ("a notebook cut off", spoil("executed/a.ipynb", '{"cells": ['), LOST),
    ("a notebook that is none", spoil("executed/a.ipynb", "[]"), LOST),
    ("a notebook that was never run here", spoil("executed/a.ipynb", '{"cells": [], "metadata": {}}'), LOST),
    ("parameters that would run", change(given="seed = open('stolen', 'w')"), LOST),
    ("parameters of no end", change(given="seed = " + "(" * 9_000), LOST),
    ("pieces of another version", change(piece={"csv": "who\nA\nB"}), LOST),
    ("findings of another version", change(finding={"says": None}), LOST),
    ("tables of another version", lambda old: (unkeyed(old), spoil("report/run.json", "[]")(old)), OTHERWISE),
    ("a page that failed", change(failure="ValueError"), "A is not complete in old."),
    ("a page that was run since", change(fingerprint="f"), "A is not up to date in old."),
    ("a figure that is no name", change(finding={"figure": ["x"]}), "1 gone Page Finding A A names B in 9 articles."),
]


@pytest.mark.parametrize(("spoilt", "said"), [case[1:] for case in SPOILT], ids=[case[0] for case in SPOILT])
def test_an_earlier_run_that_tells_little_is_a_line(small, earlier, spoilt, said):
    spoilt(Path(shutil.copytree(earlier, small.old)))
    small.report("pages: [a, {notebook: b, parameters: {seed: 8}}]")
    small.shown = {"a": [named(9)], "b": [named(4)]}
    assert small.run("--against", small.old)[0] == 0
    assert said in small.said and "seed 7 → 8 on B" in small.said and "Articles: 1 Articles: 4" in small.said


NO_BUILD = [
    ("nothing", lambda folder: folder / "x", "is no folder"),
    ("a file", lambda folder: folder / "report.yml", "is no folder"),
    ("a folder", lambda folder: folder / "corpus", "holds no executed page"),
    ("a report without its build folder", lambda folder: folder / "build" / "report", "holds no executed page"),
]


@pytest.mark.parametrize(("where", "why"), [case[1:] for case in NO_BUILD], ids=[case[0] for case in NO_BUILD])
def test_no_build_folder_is_one_line_and_leaves_the_report(small, where, why):
    small.run()
    before, place = small.standing(), where(small.folder)
    status, said = small.run("--against", place)
    assert status == 2 and said.startswith(f"report: {place}: {why}; name the build folder of an earlier run")
    assert small.standing() == before


def test_an_earlier_run_is_only_text(small, earlier):
    evil = f"{OUTLET}\u202e<script>x()</script>"
    small.shown = {"a": [named(9)], "b": [named(1)]}
    shutil.copytree(earlier, small.old)
    path = small.old / "report" / "run.json"
    told = json.loads(path.read_text())
    told["articles"] = {"javascript:x()": [evil, evil, "", "\ud800"], "=x": ["=1+1", "\ud800", "2024-W01-1", "x"]}
    told |= {"corpus": evil, "versions": f"{evil} 1", "code": {evil: "x"}}
    path.write_text(json.dumps(told))
    piece = [{"words": evil, "to": "javascript:x()"}, {"words": f"{evil} 1", "to": ""}]
    heads = [{"label": evil, "key": "who"}, {"label": evil, "key": "n"}]
    facts = {"csv": "who,n\nA,1", "rows": [piece], "heads": heads, "caption": evil}
    given = f"seed = {evil!r}\nother = {{1: 2, 'a': 3}}"
    change(piece=facts, finding={"says": evil, "figure": 'x" onclick="x()'}, given=given)(small.old)
    shutil.copy(small.old / "executed" / "a.ipynb", small.old / "executed" / f"{OUTLET.replace('/', '')}.ipynb")
    assert small.run("--against", small.old)[0] == 0
    page = Page(small.html)
    assert page.tags.count("script") == 1 and page.handlers == [] and "\u202e" not in small.html
    assert not [ref for ref in page.refs if "javascript" in ref] and small.said.count("<script>x()</script>") > 5
    assert small.said.count("day unknown") == 4
    assert "'=1+1" in (small.place / "downloads" / "against-articles-gone.csv").read_text(encoding="utf-8-sig")


def doctored(folder):
    """An earlier run that had one article more and one less, another day, sentence, number and parameter."""
    path = folder / "report" / "run.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    docs = told["articles"]
    docs["an-old-story"] = ["An old story", "Volga Post", "2017-01-01", "x"]
    del docs["ahr-growers-pick-again"]
    docs["a-year-without-reservoir"][2] = "2024-06-01"
    told["corpus"] = "0123456789ab"
    for name in told["pages"]:
        told["pages"][name]["read"] = ["0123456789ab"]
    path.write_text(json.dumps(told))
    path = folder / "executed" / "03_actors.ipynb"
    text = path.read_text(encoding="utf-8")
    for now, was in (
        ("stand in one sentence in 55 articles", "stand in one sentence in 31 articles"),
        ("China,state,239,0.838596", "China,state,139,0.838596"),
        ('"words": "239"', '"words": "139"'),
        ('corpus = \\"corpus\\"', "seed = 8"),
    ):
        assert now in text
        text = text.replace(now, was)
    path.write_text(text, encoding="utf-8")


@pytest.mark.slow
def test_the_report_against_itself_and_against_a_run_that_differs(report, tmp_path):
    old = Path(shutil.copytree(report.folder.parent, tmp_path / "old"))
    shutil.copytree(old, tmp_path / "new")
    same = build(tmp_path / "new", "--against", old)
    assert same.status == 0 and "0 run" in same.out, same.err
    page = (same.folder / "against.html").read_text(encoding="utf-8")
    assert "Nothing below is new: articles, parameters and code are the same." in page
    assert all(f"No {words}" in page for words in ("article is new", "finding is new", "number moved"))
    assert "<table" not in page and "Not compared" not in page
    doctored(old)
    other = build(tmp_path / "new", "--against", old)
    assert other.status == 0 and "0 run" in other.out, other.err
    rows = {path.stem: path.read_text(encoding="utf-8-sig") for path in other.folder.glob("downloads/against-*.csv")}
    page = unescape((other.folder / "against.html").read_text(encoding="utf-8"))
    assert {name: text.count("\n") - 1 for name, text in rows.items()} == {
        **dict.fromkeys(("against-articles-new", "against-articles-gone", "against-articles-changed"), 1),
        **dict.fromkeys(("against-findings-changed", "against-numbers-moved"), 1),
    }
    assert "An old story,Volga Post,2017-01-01" in rows["against-articles-gone"]
    assert re.search(r"Actors,.*in 31 articles.*in 55 articles", rows["against-findings-changed"])
    assert '"Actors, named most",China,Articles: 139,Articles: 239' in rows["against-numbers-moved"]
    assert "Other articles: 1 new, 1 gone, 1 changed, 299 as they were (fingerprint 0123456789ab → " in page
    assert "Other parameters: seed 8 → 7 on Actors." in page and "The same code and versions." in page
    assert "Everything on Corpus, Topics, Sentiment and Voices comes from new, gone or changed articles:" in page
    assert "Articles and method both changed: what made the differences on Actors cannot be told apart." in page
    assert 'href="articles/ahr-growers-pick-again.html"' in page and "an-old-story" not in page
    assert re.search(r'<a class="to" href="sentences/03_actors-[^"]+">Actors, named most</a>', page)
