"""Every notebook from top to bottom in a real JupyterLab, as `make lab` starts it, on thirty-nine articles."""

import csv
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from support import CHROMIUM, ROOT

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: apt install chromium")
NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))


def some_articles(folder):
    """Thirteen articles of each of three outlets: of fewer nothing is compared."""
    (folder / "articles").mkdir(parents=True)
    with (ROOT / "corpus" / "articles.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    some = [
        [row for row in rows if row["outlet"] == name][:13]
        for name in ("Volga Post", "Jade Gate Daily", "Meridian Wire")
    ]
    with (folder / "articles.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(row for part in some for row in part)
    for row in (row for part in some for row in part):
        shutil.copy(ROOT / "corpus" / "articles" / f"{row['doc']}.txt", folder / "articles")
    assert len(list((folder / "articles").iterdir())) == 39


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab on loopback, over a copy of the project, ended by its process id."""
    place = tmp_path_factory.mktemp("lab")
    some_articles(place / "corpus")
    shutil.copytree(ROOT / "notebooks" / "lab", place / "notebooks" / "lab")
    for name in NOTEBOOKS:
        text = (ROOT / "notebooks" / name).read_text(encoding="utf-8")
        text, changed = re.subn(r'(corpus: str = \\")[^"]*"', r'\1../corpus\\"', text)
        assert changed == 1
        (place / "notebooks" / name).write_text(text, encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {f"JUPYTER_{kind}_DIR": str(place / kind.lower()) for kind in ("CONFIG", "RUNTIME")} | {
        "IPYTHONDIR": str(place / "ipython")
    }
    made = subprocess.run(["make", "-n", "lab"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    offline = re.findall(r"--LabApp\.(?!default_url)\S+|--allow-root", made)
    assert len(offline) == 3 + (os.getuid() == 0)
    command = [sys.executable, "-m", "jupyterlab", "--ip=127.0.0.1", f"--port={port}", "--no-browser",
               "--IdentityProvider.token=", "--ServerApp.password=", *offline]  # fmt: skip
    with (place / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=place, env=os.environ | own, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{address}/api", timeout=2).close()
                break
            except OSError:
                assert server.poll() is None, (place / "log").read_text()
                time.sleep(0.25)
        else:
            raise AssertionError("JupyterLab does not answer: " + (place / "log").read_text())
        yield address
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def opened(lab, chromium, name):
    """A notebook in JupyterLab, all its cells run."""
    page = chromium.new_page(viewport={"width": 1400, "height": 9000})
    page.goto(f"{lab}/lab/tree/notebooks/{name}?reset")
    kernel_ready(lab, name)
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for(timeout=60_000)
    page.get_by_text("Run", exact=True).first.click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.wait_for_function(FINISHED, timeout=90_000)
    return page


# JupyterLab takes its time to start: `make test-all` opens it.
EACH = [pytest.param(name, marks=pytest.mark.slow) for name in NOTEBOOKS]


@pytest.mark.parametrize("name", EACH)
def test_a_notebook_runs_from_top_to_bottom_and_nothing_pops_up(lab, chromium, name):
    page = opened(lab, chromium, name)
    assert page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.error']").count() == 0
    assert page.locator(".dateline .answer, .dateline .little").count() >= 1
    assert page.locator(".dateline figure svg").count() >= 1
    assert page.locator(".Toastify__toast, .jp-Dialog").count() == 0
    page.close()


EDGES = "all => all.map(e => { const b = e.getBoundingClientRect(); return [b.left, b.right]; })"


@pytest.mark.slow
def test_evidence_and_tables_look_as_in_the_report(lab, chromium):
    page = opened(lab, chromium, NOTEBOOKS[0])
    page.locator("summary", has_text="The articles of each outlet").click()
    item = page.locator(".evidence:visible li").first
    who, words = item.locator("> span").evaluate_all(EDGES)[:2]
    assert words[0] >= who[1] + 10 and words[1] - words[0] > 2 * (who[1] - who[0])
    assert re.search(r"Volga Post|Jade Gate Daily|Meridian Wire\s*\n\s*\d", item.locator(".who").inner_text())
    page.locator("summary", has_text="The numbers").first.click()
    aligned = "all => all.map(e => getComputedStyle(e).textAlign)"
    cells = page.locator(".numbers tbody tr:visible").first.locator("td").evaluate_all(aligned)
    assert cells == ["left", "right", "right", "right", "left", "left"]
    heads = page.locator(".numbers thead tr:visible").first.locator("th").evaluate_all(aligned)
    assert heads == cells
    page.close()


def kernel_ready(address, name):
    """Wait until JupyterLab has started the notebook's kernel: the page says "idle" before there is one."""
    for _ in range(240):
        with urllib.request.urlopen(f"{address}/api/sessions", timeout=5) as answer:
            states = [s["kernel"]["execution_state"] for s in json.load(answer) if s["path"].endswith(name)]
        if states == ["idle"]:
            return
        time.sleep(0.25)
    raise AssertionError(f"no kernel for {name}")


FINISHED = """() => {
    const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(e => e.textContent.trim());
    return prompts.length > 3 && prompts.every(text => /^\\[\\d+\\]:$/.test(text));
}"""
