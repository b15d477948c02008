"""What a user types behind `make report` arrives as it was typed, and nothing in it is carried out."""

import os
import shutil
import subprocess

import pytest
from support import ROOT

HARD = [
    "a folder of papers",
    "the editor's desk",
    'the "late" edition',
    "pay $5 now",
    "$HOME/$(HOME)/${HOME}/$$",
    "`touch ran`",
    "$(touch ran)",
    "$(shell touch ran)",
    "${shell touch ran}",
    "$(eval $(shell touch ran))",
    "$(error stopped)",
    '"; touch ran; "',
    "'; touch ran; '",
    "x & touch ran | touch ran > ran",
    "$${CORPUS} %d \\n back\\slash\\",
    "#1, (second), [third]*?",
    "two, commas,) and (a bracket",
    "-rf",
    "--build=elsewhere",
    "~",
    "été 東京",
    "!! {a,b}",
    "line one\nline two",
]
# Stands in for Python: writes down what it was called with.
SHAM = "#!/bin/sh\nfor each; do printf '%s\\0' \"$each\"; done >> called\n"


@pytest.fixture
def place(tmp_path):
    """A copy of the Makefile whose Python only notes its arguments."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "requirements.lock").touch()
    sham = tmp_path / ".venv" / "bin" / "python"
    sham.parent.mkdir(parents=True)
    sham.write_text(SHAM)
    sham.chmod(0o755)
    (tmp_path / ".venv" / ".ready").touch()
    return tmp_path


def called(place, *arguments, **environment):
    """What the Python that make called was given."""
    plain = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL")}
    command = ["make", *arguments]
    done = subprocess.run(command, cwd=place, env=plain | environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    left = sorted(path.name for path in place.iterdir())
    assert left == [".venv", "Makefile", "called", "requirements.lock"], "a part of the text was carried out"
    return (place / "called").read_text(encoding="utf-8").split("\0")[:-1]


@pytest.mark.parametrize("hard", HARD)
def test_what_is_typed_arrives_unread(place, hard):
    typed = {name: f"{hard}{name}" for name in ("CORPUS", "OUTLET_IS", "PAGE", "AGAINST", "REPORT")}
    options = [f"--corpus={typed['CORPUS']}", f"--outlet-is={typed['OUTLET_IS']}", f"--page={typed['PAGE']}"]
    whole = ["-m", "helpers.report", *options, f"--against={typed['AGAINST']}", "--", typed["REPORT"]]
    assert called(place, "report", *(f"{name}={value}" for name, value in typed.items())) == whole
    (place / "called").unlink()
    assert called(place, "report", **typed) == whole  # from the environment


@pytest.mark.parametrize("hard", HARD)
def test_the_folder_of_public_data_arrives_unread(place, hard):
    assert called(place, "weights", f"DATA={hard}") == ["benchmarks/train_tone.py", hard]
    (place / "called").unlink()
    assert called(place, "bench", f"DATA={hard}")[-1] == f"{hard}/BBC_News.tsv.gz"


def test_what_is_not_typed_is_not_passed_on(place):
    assert called(place, "report") == ["-m", "helpers.report", "--", "report.yml"]


def test_the_command_reads_what_make_passes_on(capsys):
    from helpers.report.__main__ import main

    given = ["--corpus=-rf $(x)", "--outlet-is=-x", "--page=-p", "--against=-a"]
    assert main([*given, "--", "no such report.yml"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
