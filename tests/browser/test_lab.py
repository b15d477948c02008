"""Every notebook from top to bottom in a real JupyterLab, as `make lab` starts it."""

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
from support import CHROMIUM, OPTIONS, ROOT

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: apt install chromium")
NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab on loopback, over a copy of the project, ended by its process id."""
    place = tmp_path_factory.mktemp("lab")
    for folder in ("notebooks", "corpus"):
        shutil.copytree(ROOT / folder, place / folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {f"JUPYTER_{kind}_DIR": str(place / kind.lower()) for kind in ("CONFIG", "RUNTIME")} | {
        "IPYTHONDIR": str(place / "ipython")
    }
    offline = re.search(r"^OFFLINE := (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[1].split()
    command = [sys.executable, "-m", "jupyterlab", "--ip=127.0.0.1", f"--port={port}", "--no-browser", "--allow-root",
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


def test_every_notebook_runs_from_top_to_bottom(lab):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        for name in NOTEBOOKS:
            page = browser.new_page(viewport={"width": 1400, "height": 6000})
            page.goto(f"{lab}/lab/tree/notebooks/{name}?reset")
            kernel_ready(lab, name)
            page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for(timeout=60_000)
            page.get_by_text("Run", exact=True).first.click()
            page.get_by_text("Run All Cells", exact=True).click()
            page.wait_for_function(FINISHED, timeout=90_000)
            assert page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.error']").count() == 0, (
                name
            )
            assert page.locator(".jp-RenderedSVG").count() >= 1, name
            assert page.locator("p.answer").count() == 1, name
            page.close()
        browser.close()


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
