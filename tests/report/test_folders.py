"""The notebooks on folders that have little, and from wherever they are run."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from support import OFFLINE, ROOT, build, executed

from helpers import InputError

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
STORIES = sorted((ROOT / "corpus" / "articles").glob("*.txt"))


def bare(folder):
    """Five articles and nothing beside them."""
    for path in STORIES[:5]:
        shutil.copy(path, folder)
    return folder


def single(folder):
    shutil.copy(STORIES[0], folder)
    return folder


def word(folder):
    (folder / "a.txt").write_text("Snow")
    return folder


def table(folder):
    rows = [json.dumps({"id": path.stem, "text": path.read_text("utf-8", "replace")}) for path in STORIES[:5]]
    (folder / "articles here.jsonl").write_text("\n".join(rows))
    return folder / "articles here.jsonl"


@pytest.mark.parametrize("make", [bare, single, word, table])
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_cell_of_a_notebook_says_something_on_a_small_folder(path, make, tmp_path):
    for cell in executed(path, {"corpus": str(make(tmp_path))})["cells"]:
        for output in cell.get("outputs", []):
            shown = output["data"]
            if cell["source"] == ["both"]:  # sides are silent where nobody named them
                assert shown["text/plain"] == "" and "<p" not in shown["text/html"]
                continue
            assert any(tag in shown["text/html"] for tag in ("<p", "<table", "<figure", "<ol"))
            assert 0 < shown["text/plain"].count("\n") + 1 <= 20


def test_a_folder_without_an_article_is_one_line(tmp_path):
    (tmp_path / "a.txt").write_text(" \n")
    with pytest.raises(InputError) as raised:
        executed(NOTEBOOKS[0], {"corpus": str(tmp_path)})
    assert "\n" not in str(raised.value)


@pytest.mark.slow
def test_a_bare_folder_gives_every_page(tmp_path):
    folder = tmp_path / "articles here"
    folder.mkdir()
    done = build(tmp_path / "build", "--corpus", bare(folder))
    assert done.status == 0 and "Traceback" not in done.out + done.err, done.out
    assert "The articles in articles here" in (done.folder / "index.html").read_text(encoding="utf-8")
    assert str(folder.parent) not in (done.folder / "downloads" / "00_corpus.ipynb").read_text(encoding="utf-8")


PLACES = [("papermill", ""), ("papermill", "elsewhere/notebooks"), ("nbconvert", "elsewhere/notebooks")]


@pytest.mark.slow
@pytest.mark.parametrize(("tool", "place"), PLACES)
def test_plain_tools_read_the_project_s_corpus_and_no_neighbour_s(tool, place, tmp_path):
    """A small project, and in its notebooks' and in another place's neighbourhood a folder named corpus."""
    project, folder = tmp_path / "decoy" / "project", tmp_path / "decoy" / "project" / place
    shutil.copytree(ROOT / "src", project / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for home, word in ((project, "friendly"), (project.parent, "stolen"), (project / "elsewhere", "stolen")):
        (home / "corpus").mkdir(parents=True)
        (home / "corpus" / "a.txt").write_text(f"Russia met China on Monday. The talks were {word} and long.\n" * 3)
    folder.mkdir(exist_ok=True)
    shutil.copy(NOTEBOOKS[0], folder)
    out = tmp_path / "out.ipynb"
    commands = {
        "papermill": ["papermill", "--no-progress-bar", NOTEBOOKS[0].name, out],
        "nbconvert": ["nbconvert", "--execute", "--to=notebook", f"--output={out}", NOTEBOOKS[0].name],
    }
    env = OFFLINE | {"PYTHONPATH": str(project / "src"), "IPYTHONDIR": str(tmp_path / "ipython")}
    command = [sys.executable, "-m", *map(str, commands[tool])]
    done = subprocess.run(command, cwd=folder, env=os.environ | env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-800:]
    said = out.read_text(encoding="utf-8")
    assert "friendly" in said and "stolen" not in said
