"""A few hundred hostile inputs, and each crash that more of them found."""

import pytest
from support import ROOT

from helpers.reading import catalogue


def test_hostile_inputs_crash_nothing_and_nothing_of_them_is_lost(monkeypatch, capsys):
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    import hostile

    hostile.warm()
    done = [hostile.tried(seed, at) for seed in (1, 2) for at in range(150)]
    assert {kind for kind, *_ in done} == set(hostile.READERS)
    assert [(kind, fault, seen) for kind, fault, seen in done if fault] == []
    assert hostile.main(["1", "1", "--at", "3"]) == 0
    assert "silent losses  0" in capsys.readouterr().out


@pytest.mark.parametrize(
    "text", ["\u0378\u0379" * 20, "\ud7ff word " * 9, "\ud800 word " * 9, "\ufffe" * 9, "٣ " * 9, "\0" * 9]
)
def test_letters_without_a_name_have_no_language_and_break_nothing(text):
    assert catalogue.language(text) in ("", "ar", "en")
