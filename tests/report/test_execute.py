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
from support import OFFLINE

from helpers.report import __main__ as reports
from helpers.report import cache as changes
from helpers.report import plan

PARAMETERS = 'corpus: str = "../corpus"  # articles\nnumber: int = 1  # any number\nwhose: str = ""  # an outlet'


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
def small(tmp_path, capsys):
    return Small(tmp_path, capsys)


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
    page = plan.read(small.folder / "report.yml")[0].pages[0]
    seen = {changes.page(page, changes.environment(small.folder), changes.Corpora({}))}
    (small.folder / "requirements.lock").write_text("pandas==3.0.0")
    seen.add(changes.page(page, changes.environment(small.folder), changes.Corpora({})))
    helpers = tmp_path / "helpers"
    shutil.copytree(changes.HOME, helpers)
    monkeypatch.setattr(changes, "HOME", helpers)
    same = changes.environment(small.folder)
    (helpers / "report" / "pages.py").write_text("# only writes pages")
    assert changes.environment(small.folder) == same
    with (helpers / "show.py").open("a") as file:
        file.write("# edited\n")
    seen.add(changes.page(page, changes.environment(small.folder), changes.Corpora({})))
    (small.folder / "corpus" / "b.txt").write_text("Another article.")
    seen.add(changes.page(page, changes.environment(small.folder), changes.Corpora({})))
    assert len(seen) == 4


def test_sizes_and_times_stand_for_bytes_only_when_they_are_settled(tmp_path):
    folder, memory = tmp_path / "corpus", {}
    folder.mkdir()
    (folder / "a.txt").write_text("one")
    first = changes.Corpora(memory).of(folder)
    assert memory == {}  # just written: the next change could come within the clock's tick
    (folder / "a.txt").write_text("two")
    assert changes.Corpora(memory).of(folder) != first


def test_an_interrupted_run_leaves_the_report_and_goes_on_where_it_was(small):
    small.run()
    before, wait = small.standing(), small.folder / "wait"
    wait.touch()
    slow = f"import pathlib, time\nwhile pathlib.Path({str(wait)!r}).exists(): time.sleep(0.05)"
    small.write("a", "print('new')")
    small.write("b", slow)
    for number in (signal.SIGINT, signal.SIGTERM):
        process = small.start()
        if number == signal.SIGINT:
            assert process.stdout.readline().startswith("a ")
            status, ran, said = small.run()
            assert (status, ran) == (2, []) and f"process {process.pid} is building here" in said
        else:
            while (small.build / ".lock").read_text() != str(process.pid):
                time.sleep(0.05)
            time.sleep(0.7)  # somewhere while it loads or starts a kernel
        process.send_signal(number)
        last = process.communicate(timeout=20)[0]
        assert process.returncode == 128 + number
        assert last == f"report: interrupted; {small.front} is as it was\n"
        assert small.standing() == before
    wait.unlink()
    assert small.run()[:2] == (0, ["b"])
    assert "new" in (small.front.parent / "a.html").read_text()


def test_a_lock_of_a_process_that_died_is_none(small):
    small.build.mkdir()
    (small.build / ".lock").write_text("999999")
    assert small.run()[0] == 0


def test_a_killed_kernel_leaves_the_report_and_says_so(small):
    small.run()
    before = small.standing()
    small.write("a", "x = 1", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    small.write("b", "print('new')")
    status, ran, said = small.run()
    assert status == 1 and sorted(ran) == ["a", "b"] and small.standing() == before
    assert f"report: a: cell 4 of 4: its kernel was killed; is there enough memory?; {small.front} is as it was" in said
    shutil.rmtree(small.front.parent)
    assert small.run()[:2] == (1, ["a"])
    assert "its kernel was killed" in small.front.read_text()


def kernel(folder, script):
    """A kernel named flaky that is started by a shell script."""
    home = folder / "kernels" / "flaky"
    home.mkdir(parents=True)
    argv = ["sh", "-c", script, "{connection_file}"]
    (home / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "flaky", "language": "python"}))


def test_a_kernel_that_does_not_start_is_tried_once_more(small, monkeypatch, tmp_path):
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    mark = tmp_path / "mark"
    start = f"exec {sys.executable} -m ipykernel_launcher -f $0"
    kernel(tmp_path, f"test -e {mark} || {{ touch {mark}; exit 1; }}; {start}")
    small.write("a", "print('started')", kernel="flaky")
    small.report("pages: [a]")
    assert small.run()[:2] == (0, ["a"]) and mark.exists()
    shutil.rmtree(tmp_path / "kernels")
    kernel(tmp_path, "exit 1")
    small.write("a", "print('again')", kernel="flaky")
    status, _, said = small.run()
    assert status == 1 and "report: a: its kernel did not start, twice" in said and "as it was" in said


def test_a_full_disk_leaves_the_report_and_says_so(small):
    small.run()
    before = small.standing()
    small.write("a", "print('new')")
    part = small.build / "executed" / "a.part.ipynb"
    part.symlink_to("/dev/full")
    status, _, said = small.run()
    assert status == 1 and f"No space left on device; {small.front} is as it was; make room and run again" in said
    assert small.standing() == before
    part.unlink()
    small.run()
    before = small.standing()
    small.report("title: New\npages: [a, b]")
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (15_000, limit[1]))  # the style sheet is larger
    try:
        status, ran, said = small.run()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert (status, ran) == (1, []) and f"File too large; {small.front} is as it was" in said
    assert small.standing() == before and not (small.build / "report.new").exists()


def test_a_report_lost_between_two_renames_is_back_before_anything_runs(small):
    small.run()
    before = small.standing()
    small.front.parent.rename(small.build / "report.old")
    small.write("a", "1 / 0")
    small.write("b", "import os\nos._exit(1)")
    assert small.run()[0] == 1
    assert small.standing() == before


def test_a_notebook_that_fails_does_not_stop_the_others(small):
    small.write("a", "x = 1", "raise ValueError('<b>one</b>\\ntwo')")
    status, _, said = small.run()
    assert status == 1 and re.search(r"^a +FAILED  cell 4 of 4: ValueError: <b>one</b> two", said, re.MULTILINE)
    assert "1 of 2 pages" in said
    for name in ("index.html", "a.html"):
        assert "ValueError: &lt;b&gt;one&lt;/b&gt;" in (small.front.parent / name).read_text()
    assert "not complete" not in (small.front.parent / "b.html").read_text()
    assert small.run()[1] == ["a"]  # what failed is tried again


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
    assert (status, ran) == (2, []) and "unknown page 'bb'; did you mean 'b'?" in said


SWEEPS = """
reports:
  one:
    title: One & only
    pages:
      - {notebook: a, sweep: {whose: outlets}, most: 2}
      - {notebook: b, title: Two numbers, sweep: [{number: 3}, {number: 4, whose: "../x"}]}
      - {notebook: b, sweep: {whose: events}}
  two:
    pages: [a, {notebook: a, title: Again, parameters: {number: 9}}]
"""


def test_sweeps_and_several_reports_from_one_file(small):
    rows = [
        "a,Harbour Courier,2024-01-01",
        "b,Harbour Courier,2024-01-02",
        "c,<b>Evil</b>,2024-01-03",
        "d,Third,2024-01-04",
    ]
    (small.folder / "corpus" / "articles.csv").write_text("\n".join(["doc,outlet,published", *rows]))
    for number, name in enumerate("abcd"):
        (small.folder / "corpus" / f"{name}.txt").write_text(
            f"Ship {number} came on {name} day with {number + 3} crews."
        )
    small.report(SWEEPS)
    status, ran, said = small.run()
    assert status == 0, said
    one = ["a-harbour-courier", "a-b-evil-b", "b-3", "b-4-x"]
    assert sorted(ran) == sorted([*one, "a", "a-again"])
    folder = small.front.parent
    for name, pages in (("one", one), ("two", ["a", "a-again"])):
        assert sorted(path.stem for path in (folder / name).glob("*.html")) == sorted([*pages, "index"])
    front, page = (folder / "one" / "index.html").read_text(), (folder / "one" / "b-3.html").read_text()
    assert "A by whose" in front and 'href="a-harbour-courier.html"' in front and "&lt;b&gt;Evil" in front
    assert "B: the corpus has no whose to make a page of." in front
    assert "Two numbers" in front and 'href="b-4-x.html"' in page
    assert 'href="one/index.html">One &amp; only' in small.front.read_text()
    assert "nothing changed" in small.run()[2]


OFFERS = """from helpers import show
import pandas as pd
rows = pd.DataFrame({"=name": ["=HYPERLINK(1)", "+1", "-2.5", "@x", "a, b"], "n": [1, -0.5, 2, 3, 1204]})
display(show.table(rows, "A | table", {"=name": "=name", "n": "N"}))
display(show.download("../../all rows.csv", rows))
show.download("pairs.gexf", "<gexf/>")"""


def test_tables_notebooks_and_what_a_notebook_offers_lie_beside_the_page(small):
    small.write("a", OFFERS)
    small.report("pages: [a]")
    assert small.run()[0] == 0
    html, folder = (small.front.parent / "a.html").read_text(), small.front.parent / "downloads"
    assert sorted(path.name for path in folder.iterdir()) == [
        *["a-01-a-table.csv", "a-all-rows.csv", "a-pairs.gexf", "a.ipynb"]
    ]
    assert all(f'href="downloads/{path.name}"' in html for path in folder.iterdir())
    for name in ("a-01-a-table.csv", "a-all-rows.csv"):
        rows = list(csv.reader((folder / name).open(encoding="utf-8-sig", newline="")))
        assert [row[0] for row in rows][:3] == ["'=name", "'=HYPERLINK(1)", rows[2][0]]
        assert [row[0] for row in rows][3:] == ["-2.5", "'@x", "a, b"]
        assert float(rows[5][1]) == 1204
    assert (folder / "a-pairs.gexf").read_text() == "<gexf/>"
    executed = json.loads((folder / "a.ipynb").read_text())
    assert [cell["id"] for cell in executed["cells"]] == ["c01", "c02", "given", "c03"]
    assert str(small.folder) not in (folder / "a.ipynb").read_text() and "dateline" not in executed["metadata"]


def test_a_page_stays_small_whatever_a_notebook_shows(small):
    big = "from helpers import show\nimport pandas as pd\nrows = pd.DataFrame({'a': ['x' * 90] * 20_000})\n"
    small.write(
        "a", big + "display(show.table(rows, 'Long', {'a': 'A'}))\nshow.note('y' * 3_000_000)", "print('z' * 2_000_000)"
    )
    small.report("pages: [a]")
    assert small.run()[0] == 0
    html = (small.front.parent / "a.html").read_text()
    assert (
        len(html) < 300_000
        and "of 20,000 rows; all are in the CSV" in html
        and html.count("Too long for this page") == 2
    )
    assert (small.front.parent / "downloads" / "a-01-long.csv").read_text().count("\n") == 20_001


def test_help_and_list_say_everything(small, capsys):
    assert small.run("--list")[2].startswith("a  A\n    corpus: str = '../corpus'  # articles\n    number: int = 1")
    with pytest.raises(SystemExit):
        reports.main(["--help"])
    said = capsys.readouterr().out
    for key in [*plan.KEYS, *plan.PAGE, *plan.KINDS, "reports", "--page", "--corpus", "--build", "--list"]:
        assert key in said
