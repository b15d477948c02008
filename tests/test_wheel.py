"""The wheel, as somebody installs it who has no checkout: it brings its data, and says what it needs."""

import os
import subprocess
import sys
import zipfile

import pytest
from support import ROOT

pytestmark = pytest.mark.slow
SCRIPT = """
from helpers import InputError, load, network, sentiment, topics
corpus = load("articles")
print(len(corpus), corpus.mentions.actor.tolist()[:2], corpus.documents.published.dt.strftime("%Y-%m-%d").tolist())
print(len(sentiment.score(corpus).sentences), len(topics.fit(corpus).table().table), network.build(corpus).named().name)
try:
    load()
except InputError as error:
    print(error)
"""


def test_a_wheel_brings_its_data_and_runs_outside_the_project(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", tmp_path, ROOT],
        check=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
        assert {f"helpers/actors/data/{name}.csv" for name in ("actors", "surfaces", "roles")} <= names
        assert {"helpers/corpus/data/chronology.csv", "helpers/show/templates/pieces.css"} <= names
        packed.extractall(tmp_path / "site")
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "one.txt").write_text(
        "MOSCOW, Oct. 15, 2024 - Vladimir Putin met Xi Jinping. The talks were long."
    )
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(tmp_path / "site")},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    lines = done.stdout.splitlines()
    assert lines[0] == "1 ['putin', 'xi'] ['2024-10-15']"
    assert lines[1] == "2 0 named-most"
    assert lines[2] == "no folder is named; give the folder of your articles: load('path/to/folder')"
