"""What runs again, what is kept, and what is left standing when something goes wrong: with notebooks of two cells."""

import csv
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time

import pytest
from support import OFFLINE, executed

from helpers.report import __main__ as reports
from helpers.report import cache as changes
from helpers.report import execute, plan

PARAMETERS = 'corpus: str = ""  # articles\nnumber: int = 1  # any number\nwhose: str = ""  # an outlet'


def notebook(path, *sources, kernel="python3"):
    """A notebook of a question, the parameters and these cells."""
    cells = [{"cell_type": "markdown", "id": "c01", "metadata": {}, "source": f"# Why {path.stem}?"}]
    for number, source in enumerate([PARAMETERS, *sources], 2):
        tags = {"tags": ["parameters"]} if source is PARAMETERS else {}
        code = {"cell_type": "code", "execution_count": None, "outputs": []}
        cells.append({**code, "id": f"c{number:02d}", "metadata": tags, "source": source})
    spec = {"kernelspec": {"name": kernel, "display_name": kernel, "language": "python"}}
    path.write_text(json.dumps({"cells": cells, "metadata": spec, "nbformat": 4, "nbformat_minor": 5}))


class Small:
    """A project of two tiny notebooks."""

    def __init__(self, folder, capsys):
        self.folder, self.capsys, self.build = folder, capsys, folder / "build"
        self.front = self.build / "report" / "index.html"
        (folder / "corpus").mkdir()
        (folder / "notebooks").mkdir()
        (folder / "corpus" / "a.txt").write_text("Russia met China on Monday. The talks were long and friendly.")
        for name in ("a", "b"):
            self.write(name, "print(number, whose)")
        self.report("pages: [a, b]")

    def write(self, name, *sources, **options):
        notebook(self.folder / "notebooks" / f"{name}.ipynb", *sources, **options)

    def report(self, text):
        (self.folder / "report.yml").write_text(text)

    def command(self, *options):
        return [str(self.folder / "report.yml"), "--build", str(self.build), *options]

    def run(self, *options):
        """Exit status, the pages that ran, and all that was said."""
        status = reports.main(self.command(*options))
        said = self.capsys.readouterr()
        assert "Traceback" not in said.out + said.err and said.err.count("\n") <= 1
        return status, re.findall(r"^(\S+) +(?:done|FAILED)", said.out, re.MULTILINE), said.out + said.err

    def start(self):
        """The same in a process of its own."""
        command = [sys.executable, "-u", "-m", "helpers.report", *self.command()]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        return subprocess.Popen(command, cwd=self.folder, env=OFFLINE, **pipes)

    def standing(self):
        """Every file of the report that stands."""
        return {path: path.read_bytes() for path in self.front.parent.rglob("*") if path.is_file()}


@pytest.fixture
def real(tmp_path, capsys):
    """Two tiny notebooks, run by kernels."""
    return Small(tmp_path, capsys)


@pytest.fixture
def small(tmp_path, capsys, monkeypatch):
    """Two tiny notebooks, run in this process."""
    monkeypatch.setattr(execute, "run", lambda jobs: [run_here(job) for job in jobs])
    return Small(tmp_path, capsys)


def run_here(job):
    """What `execute.run` does with a page, without a kernel; SystemExit is a kernel that died."""
    part, failure, lost = job.executed.with_suffix(".part"), "", False
    part.parent.mkdir(parents=True, exist_ok=True)
    part.write_text(job.page.notebook.read_text())
    try:
        part.write_text(json.dumps(executed(job.page.notebook, job.page.given)))
    except SystemExit:
        failure, lost = "its kernel was killed", True
    except Exception as error:
        failure = str(error)
    run = job._replace(failure=failure, lost=lost, stale=False)
    execute._keep(run, part)
    print(f"{job.page.name} FAILED {failure}" if failure else f"{job.page.name} done")
    return run


def test_only_what_changed_runs_again(small):
    assert sorted(small.run()[1]) == ["a", "b"]
    status, ran, said = small.run()
    assert (status, ran) == (0, []) and "2 pages, nothing changed" in said
    small.report("title: Another\npages: [a, {notebook: b, parameters: {number: 2}}]")
    assert small.run()[:2] == (0, ["b"])
    assert "Another" in small.front.read_text() and "2 \n" in (small.front.parent / "b.html").read_text()
    small.write("a", "print('edited')")
    assert small.run()[:2] == (0, ["a"])
    (small.front.parent / "a.html").unlink()
    assert small.run()[:2] == (0, []) and (small.front.parent / "a.html").exists()
    article = small.folder / "corpus" / "a.txt"
    times = article.stat()
    article.write_text("Russia met China on Friday. The talks were long and friendly.")
    os.utime(article, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert sorted(small.run()[1]) == ["a", "b"]


def test_nothing_heavy_is_loaded_when_nothing_changed(small):
    small.run()
    code = f"""import sys; from helpers.report import __main__ as report; status = report.main({small.command()!r})
print(status, *{{'pandas', 'numpy', 'papermill', 'nbconvert', 'nbformat', 'jinja2'}} & set(sys.modules))"""
    done = subprocess.run([sys.executable, "-c", code], env=OFFLINE, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0"


def test_a_page_rests_on_its_notebook_parameters_corpus_helpers_and_lock(small, monkeypatch, tmp_path):
    page = plan.read(small.folder / "report.yml").pages[0]
    monkeypatch.setattr(changes, "PROJECT", small.folder)
    seen = {changes.page(page, changes.environment(), changes.Memory(tmp_path / "none"))}
    (small.folder / "requirements.lock").write_text("pandas==3.0.0")
    seen.add(changes.page(page, changes.environment(), changes.Memory(tmp_path / "none")))
    helpers = tmp_path / "helpers"
    shutil.copytree(changes.HOME, helpers)
    monkeypatch.setattr(changes, "HOME", helpers)
    same = changes.environment()
    (helpers / "report" / "pages.py").write_text("# only writes pages")
    assert changes.environment() == same
    with (helpers / "show" / "html.py").open("a") as file:
        file.write("# edited\n")
    seen.add(changes.page(page, changes.environment(), changes.Memory(tmp_path / "none")))
    (small.folder / "corpus" / "b.txt").write_text("Another article.")
    seen.add(changes.page(page, changes.environment(), changes.Memory(tmp_path / "none")))
    assert len(seen) == 4


def test_sizes_and_times_stand_for_bytes_only_when_they_are_settled(tmp_path):
    folder, memory = tmp_path / "corpus", changes.Memory(tmp_path / "none")
    folder.mkdir()
    (folder / "a.txt").write_text("one")
    first = memory.corpus(folder)
    assert memory.told == {"corpora": {}}  # just written: the next change could come within the clock's tick
    (folder / "a.txt").write_text("two")
    assert changes.Memory(tmp_path / "none").corpus(folder) != first


@pytest.mark.slow
def test_an_interrupted_run_leaves_the_report_and_goes_on_where_it_was(real):
    real.run()
    before, wait = real.standing(), real.folder / "wait"
    wait.touch()
    slow = f"import pathlib, time\nwhile pathlib.Path({str(wait)!r}).exists(): time.sleep(0.05)"
    real.write("a", "print('new')")
    real.write("b", slow)
    for number in (signal.SIGINT, signal.SIGTERM):
        process = real.start()
        if number == signal.SIGINT:
            assert process.stdout.readline().startswith("a ")
            status, ran, said = real.run()
            assert (status, ran) == (2, []) and f"process {process.pid} is building here" in said
        else:
            while (real.build / ".lock").read_text() != str(process.pid):
                time.sleep(0.05)
            time.sleep(0.7)  # somewhere while it loads or starts a kernel
        process.send_signal(number)
        last = process.communicate(timeout=20)[0]
        assert process.returncode == 128 + number
        assert last == f"report: interrupted; {real.front} is as it was\n"
        assert real.standing() == before
    wait.unlink()
    assert real.run()[:2] == (0, ["b"])
    assert "new" in (real.front.parent / "a.html").read_text()


def test_a_lock_of_a_process_that_died_is_none(small):
    small.build.mkdir()
    (small.build / ".lock").write_text("999999")
    assert small.run()[0] == 0


@pytest.mark.slow
def test_a_killed_kernel_leaves_the_report_and_says_so(real):
    real.run()
    before = real.standing()
    real.write("a", "x = 1", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    real.write("b", "print('new')")
    status, ran, said = real.run()
    assert status == 1 and sorted(ran) == ["a", "b"] and real.standing() == before
    assert f"report: a: cell 4 of 4: its kernel was killed; is there enough memory?; {real.front} is as it was" in said
    shutil.rmtree(real.front.parent)
    assert real.run()[:2] == (1, ["a"])
    assert "its kernel was killed" in real.front.read_text()


@pytest.mark.slow
def test_a_kernel_that_does_not_start_leaves_the_report_and_says_so(real, monkeypatch, tmp_path):
    real.run()
    before, home = real.standing(), tmp_path / "kernels" / "flaky"
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    home.mkdir(parents=True)
    spec = {"argv": ["sh", "-c", "exit 1", "{connection_file}"], "display_name": "flaky", "language": "python"}
    (home / "kernel.json").write_text(json.dumps(spec))
    real.write("a", "print('again')", kernel="flaky")
    real.write("b", "print('new')")
    status, ran, said = real.run()
    assert status == 1 and sorted(ran) == ["a", "b"] and real.standing() == before
    assert "report: a: its kernel did not start: " in said and "as it was" in said


@pytest.mark.slow
def test_a_full_disk_leaves_the_report_and_says_so(real):
    real.run()
    before = real.standing()
    real.write("a", "print('new')")
    part = real.build / "executed" / "a.part.ipynb"
    part.symlink_to("/dev/full")
    status, _, said = real.run()
    assert status == 1 and f"No space left on device; {real.front} is as it was; make room and run again" in said
    assert real.standing() == before
    part.unlink()
    real.run()
    before = real.standing()
    real.report("title: New\npages: [a, b]")
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, limit[1]))  # the style sheet is larger
    try:
        status, ran, said = real.run()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert (status, ran) == (1, []) and f"File too large; {real.front} is as it was" in said
    assert real.standing() == before and not (real.build / "report.new").exists()


def test_a_report_lost_between_two_renames_is_back_before_anything_runs(small):
    small.run()
    before = small.standing()
    small.front.parent.rename(small.build / "report.old")
    small.write("a", "1 / 0")
    small.write("b", "raise SystemExit")
    assert small.run()[0] == 1
    assert small.standing() == before


def test_a_notebook_that_fails_does_not_stop_the_others(real):
    real.write("a", "x = 1", "raise ValueError('<b>one</b>\\ntwo')")
    status, _, said = real.run()
    assert status == 1 and re.search(r"^a +FAILED  cell 4 of 4: ValueError: <b>one</b> two", said, re.MULTILINE)
    assert "1 of 2 pages" in said
    for name in ("index.html", "a.html"):
        assert "ValueError: &lt;b&gt;one&lt;/b&gt;" in (real.front.parent / name).read_text()
    assert "not complete" not in (real.front.parent / "b.html").read_text()
    assert real.run()[1] == ["a"]  # what failed is tried again


def test_one_page_alone(small):
    small.write("b", "1 / 0")
    status, ran, _ = small.run("--page", "a")
    assert (status, ran) == (0, ["a"])
    assert "B: not run yet." in small.front.read_text()
    small.write("b", "print(2)")
    assert small.run()[:2] == (0, ["b"])
    small.write("a", "print('a is new')")
    small.write("b", "print('b is new')")
    assert small.run("--page", "b")[:2] == (0, ["b"])
    assert "Not up to date" in small.front.read_text() and "b is new" in (small.front.parent / "b.html").read_text()
    status, ran, said = small.run("--page", "bb")
    assert (status, ran) == (2, []) and "unknown page 'bb'; it can be a, b" in said


SWEEPS = """
title: One & only
pages:
  - {notebook: a, sweep: {whose: outlets}, most: 2}
  - {notebook: b, title: Two numbers, sweep: [{number: 3}, {number: 4, whose: "../x"}]}
  - {notebook: b, sweep: {whose: events}}
  - a
  - {notebook: a, title: Again, parameters: {number: 9}}
  - {notebook: b, title: Twice, sweep: {whose: [x 2, X, x]}}
"""


def test_a_sweep_makes_a_page_for_each_value(small):
    rows = ["a,Harbour Courier,2024-01-01", "b,Harbour Courier,2024-01-02", "c,<evil>,2024-01-03", "d,Third,2024-01-04"]
    (small.folder / "corpus" / "articles.csv").write_text("\n".join(["doc,outlet,published", *rows]))
    for number, name in enumerate("abcd"):
        (small.folder / "corpus" / f"{name}.txt").write_text(
            f"Ship {number} came on {name} day with {number + 3} crews."
        )
    small.report(SWEEPS)
    status, ran, said = small.run()
    assert status == 0, said
    pages = ["a-harbour-courier", "a-evil", "b-3", "b-4-x", "a", "a-again", "b-x-2", "b-x", "b-x-3"]
    assert sorted(ran) == sorted(pages)
    folder = small.front.parent
    assert sorted(path.stem for path in folder.glob("*.html")) == sorted([*pages, "index", "search"])
    front, page = small.front.read_text(), (folder / "b-3.html").read_text()
    assert "<h1>One &amp; only</h1>" in front and "A by whose" in front
    assert 'href="a-harbour-courier.html"' in front and "&lt;evil&gt;" in front
    assert "B: the corpus has no whose to make a page of." in front
    for link in (
        '<a href="index.html#a-by-whose">A by whose</a>',
        '<a href="index.html#two-numbers" aria-current="true">Two numbers</a>',
        '<nav class="beside-pages" aria-label="Two numbers"><a href="b-3.html" aria-current="page">3</a>',
        '<a href="b-4-x.html">4, ../x</a></nav>',
        '<a href="a-again.html">Again</a>',
    ):
        assert link in page
    assert "nothing changed" in small.run()[2]


OFFERS = """from helpers import show
import pandas as pd
rows = pd.DataFrame({"=name": ["=HYPERLINK(1)", "+1", "-2.5", "@x", "a, b"], "n": [0.07, -0.5, 2, 3, 1204]})
rows["day"] = pd.Timestamp("2024-10-15")
columns = {"=name": "=name", "n": ("N", "{:.0%}".format), "day": "Day"}
display(show.table(rows, f"A | table of {len(rows)}", columns, name="rows"))
display(show.table(rows, "The same"))
display(show.html.download("../../all rows.csv", show.html.csv(rows)))
show.html.download("pairs.gexf", "<gexf/>")"""


def test_tables_notebooks_and_what_a_notebook_offers_lie_beside_the_page(small):
    small.write("a", OFFERS)
    small.report("pages: [a]")
    assert small.run()[0] == 0
    html, folder = (small.front.parent / "a.html").read_text(), small.front.parent / "downloads"
    assert sorted(path.name for path in folder.iterdir()) == [
        *["a-all-rows.csv", "a-pairs.gexf", "a-rows.csv", "a-table-2.csv", "a.ipynb", "dateline.xlsx"]
    ]
    assert all(f'href="downloads/{path.name}"' in html for path in folder.iterdir())
    for name in ("a-rows.csv", "a-table-2.csv", "a-all-rows.csv"):
        rows = list(csv.reader((folder / name).open(encoding="utf-8-sig", newline="")))
        assert [row[0] for row in rows] == ["'=name", "'=HYPERLINK(1)", "+1", "-2.5", "'@x", "a, b"]
        assert [row[1] for row in rows] == ["n", "0.07", "-0.5", "2", "3", "1204"]
        assert {row[2] for row in rows[1:]} == {"2024-10-15"}
    assert (folder / "a-pairs.gexf").read_text() == "<gexf/>"
    told = json.loads((folder / "a.ipynb").read_text())
    assert [cell["id"] for cell in told["cells"]] == ["c01", "c02", "given", "c03"]
    assert str(small.folder) not in (folder / "a.ipynb").read_text() and "dateline" not in told["metadata"]
    assert [set(output["data"]) for output in told["cells"][3]["outputs"]] == [{"text/html", "text/plain"}] * 4


# An article open, two side by side below a table, a sentence of one, and all of them as files.
OWNED = """from helpers import show
from helpers.show import html
import pandas as pd
whole = html.article("The ferry sank at dawn. Nobody drowned.")
both = html.fold("Side by side", [html.beside(("A", whole), ("B", html.article("Two crews of it told why.")))])
rows = pd.DataFrame({"doc": ["a"], "outlet": ["The Gull"], "published": pd.NaT, "text": ["The ferry sank at dawn."]})
result = show.Result("copies", rows[["doc"]], "None.", "Copies", finds=lambda: [both], evidence="The closest pairs")
display(whole)
display(both)
display(result)
display(html.fold("Its words", [show.note("A note."), show.evidence(rows, "A sentence")]))
display(html.download("all.csv", html.csv(rows)))
print("seen")"""


@pytest.mark.parametrize(("held", "outputs"), [("full", 6), ("passages", 6), ("none", 0)])
def test_no_file_of_a_report_holds_more_of_articles_than_its_pages(small, held, outputs):
    small.write("a", OWNED)
    small.report(f"articles: {held}\npages: [a]")
    assert small.run()[0] == 0
    folder = small.front.parent
    told = json.loads((folder / "downloads" / "a.ipynb").read_text())["cells"][-1]["outputs"]
    shown = json.dumps([output.get("data", output) for output in told])
    assert len(told) == outputs and ("Copies" in shown and "A note." in shown and "seen" in shown) == (held != "none")
    assert "html.fold" in (folder / "downloads" / "a.ipynb").read_text()  # the code is the reader's own
    for said in (shown, (folder / "a.html").read_text().rpartition('<details class="code">')[0]):
        assert ("Nobody drowned." in said) == ("Two crews of it" in said) == (held == "full")
        assert ("The closest pairs" in said) == (held == "full")
    assert ("The ferry sank" in shown) == (held != "none")
    assert ("The ferry sank" in (folder / "downloads" / "a-all.csv").read_text("utf-8-sig")) == (held == "full")
    assert "The Gull" in (folder / "downloads" / "a-all.csv").read_text("utf-8-sig")


FINDS = """from helpers import show
from helpers.show import html
import pandas as pd
rows = pd.DataFrame({"outlet": ["A"], "published": pd.NaT, "text": ["Snow <b>fell</b>."], "link": ["s-a"], "n": [1]})
def result(name, *says, finds=lambda: [show.evidence(rows, "Of A", name="s-a")], **options):
    says = tuple(show.Finding(words, figure=name, headline=f"{words[:3]}!", articles=9) for words in says)
    return show.Result(name, rows[["outlet", "n", "link"]], "Nothing.", "One", says=says, finds=finds, **options)
draw = lambda: show.bars(rows, label="outlet", value="n", title="A first", alt="Bars")
one = result("one", "One says this.", draws=draw, little=("Too few.",))
two = result("two", "Two says that.")"""


@pytest.mark.parametrize("answered", [True, False])
def test_the_front_page_reads_the_findings_of_the_answer_or_of_all_results(small, answered):
    answer = "show.answer(two, one, strip='Three words\\nhere')" if answered else "1"
    small.write("a", FINDS, answer, "display(one)\ndisplay(two)\ndisplay(one)")
    small.report("pages: [a]")
    assert small.run()[0] == 0
    front, html = small.front.read_text(), (small.front.parent / "a.html").read_text()
    for name, says in (("two", "Two says that."), ("one", "One says this.")):
        assert f'<h3><a href="a.html#{name}">{says[:3]}!</a></h3>' in front
        assert not answered or (f"{says[:3]}!" if name == "two" else says) in html
    assert front.count('<div class="picture">') == 1  # only one of the two has a figure
    lines = small.run("--sentences", str(small.build))[2].splitlines()
    assert "a\ttwo\tTwo! Two says that.\t-\t9\t-" in lines
    assert '<li>Too few. <a href="a.html">A</a></li>' in front and ("Three words · here" in front) == answered
    assert [html.count(f' id="{name}"') for name in ("one", "one-2", "two")] == [1, 1, 1]
    behind = (small.front.parent / "sentences" / "a-s-a.html").read_text()
    assert behind.count('<ol class="evidence">') == 1 and "<span>Snow &lt;b&gt;fell&lt;/b&gt;.</span>" in behind
    assert html.count('href="sentences/a-s-a.html"') == 8  # twice a bar, a row and a list; a row and a list
    assert set(re.findall(r'href="#([^"]+)"', html)) - {"main", "downloads"} <= set(re.findall(r' id="([^"]+)"', html))
    names = sorted(path.name for path in (small.front.parent / "downloads").iterdir())
    # The same numbers are one file.
    assert names == ["a-one-sentences.csv", "a-one.csv", "a-two-sentences.csv", "a-two.csv", "a.ipynb", "dateline.xlsx"]


EVENT = """from helpers import show
import pandas as pd
beside = (("The Gull", "Ship <i>sinks</i>", "a"), ("The Owl", "Gone", "lost"), ("The Rook", "Before", *OWN))
finding = show.Finding("Two.", headline="One!", beside=beside)
show.answer(show.Result("e", pd.DataFrame(), "Nothing.", says=(finding,)))"""


@pytest.mark.parametrize("own", ["('a',)", "()"], ids=["its article", "as before articles were told"])
@pytest.mark.parametrize("held", plan.HELD)
def test_a_headline_of_the_front_page_leads_to_its_article_where_that_has_a_page(small, held, own):
    small.write("a", EVENT.replace("*OWN", f"*{own}"))
    small.report(f"articles: {held}\npages: [a]")
    assert small.run()[0] == 0
    card = small.front.read_text().partition('<dl class="heads">')[2].partition("</dl>")[0]
    has = re.findall(r"<dd>(?:<a href=\"(.*?)\">)?(.*?)(?:</a>)?</dd>", card)
    to = "articles/a.html" if held == "full" else ""
    assert has == [(to, "Ship &lt;i&gt;sinks&lt;/i&gt;"), ("", "Gone"), (to * (own != "()"), "Before")]
    assert (small.front.parent / "articles" / "a.html").exists() == (held == "full")


FOREIGN = """class Shown:
    def __init__(self, **kinds): self.kinds = kinds
    def _repr_mimebundle_(self): return {name.replace("_", "/", 1): words for name, words in self.kinds.items()}
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script><a href="#lost"><text>drawn</text></a></svg>'
display(Shown(text_html="<table onclick='x()'><tr><td>1,204</td></tr></table><script>x()</script>"))
display(Shown(**{"image_svg+xml": SVG}))
display(Shown(**{"image_svg+xml": "<html/>"}))
display(Shown(image_png="AAAA", text_plain="not this"))
print("<b>said</b>")"""


def test_what_somebody_else_s_notebook_shows_is_kept_and_made_safe(small):
    small.write("a", FOREIGN)
    small.report("pages: [a]")
    assert small.run()[0] == 0
    html = (small.front.parent / "a.html").read_text().rpartition('<details class="code">')[0]
    for kept in (
        "<td>1,204</td>",
        ">drawn</text>",
        "data:image/png;base64,AAAA",
        "&lt;b&gt;said&lt;/b&gt;",
        "is not SVG",
    ):
        assert kept in html
    assert "x()" not in html and "not this" not in html and "#lost" not in html
    assert [path.name for path in (small.front.parent / "downloads").iterdir()] == ["a.ipynb"]


def test_a_page_stays_small_whatever_a_notebook_shows(small):
    big = "from helpers import show\nimport pandas as pd\n"
    big += "rows = pd.DataFrame({'a': [f'{n:090}' for n in range(20_000)]})\n"
    long = "display(show.table(rows, 'Long', {'a': 'A'}, name='long'))\nshow.note('y' * 3_000_000)"
    small.write("a", big + long, "print('z' * 2_000_000)")
    small.report("pages: [a]")
    assert small.run()[0] == 0
    html = (small.front.parent / "a.html").read_text()
    assert len(html) < 300_000 and html.count("Too long for this page") == 2
    assert "of 20,000 rows; all are in the CSV" in html
    assert (small.front.parent / "downloads" / "a-long.csv").read_text().count("\n") == 20_001


def test_paths_are_those_of_the_report_file_whose_notebooks_may_be_the_project_s(small, monkeypatch, tmp_path):
    """An editor's folder: a report file beside articles, and no notebooks."""
    monkeypatch.setattr(plan, "PROJECT", small.folder)
    place = tmp_path / "editor"
    (place / "mine").mkdir(parents=True)
    (place / "report.yml").write_text("corpus: mine\npages: [a]")
    page = plan.read(place / "report.yml").pages[0]
    assert page.notebook == small.folder / "notebooks" / "a.ipynb"
    assert (page.given["corpus"], page.corpus, page.home) == ("mine", place / "mine", place)
    page = plan.read(place / "report.yml", small.folder / "corpus").pages[0]
    assert page.given["corpus"] == str(small.folder / "corpus")
    (place / "notebooks").mkdir()
    notebook(place / "notebooks" / "a.ipynb", "print(corpus)")
    (place / "report.yml").write_text("pages: [{notebook: a, parameters: {corpus: ''}}]")
    page = plan.read(place / "report.yml").pages[0]
    assert page.notebook == place / "notebooks" / "a.ipynb" and page.corpus == small.folder / "corpus"


def test_help_and_list_say_everything(small, capsys):
    assert small.run("--list")[2].startswith("a  A\n    corpus: str = 'corpus'  # articles\n    number: int = 1")
    with pytest.raises(SystemExit):
        reports.main(["--help"])
    said = capsys.readouterr().out
    for key in [
        *plan.KEYS,
        *plan.PAGE,
        *plan.KINDS,
        "--page",
        "--corpus",
        "--outlet-is",
        "--build",
        "--list",
        "--sentences",
    ]:
        assert key in said
