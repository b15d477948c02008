"""A few hundred hostile inputs, and each crash that more of them found."""

import pytest
from support import ROOT

from helpers import InputError
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


@pytest.mark.parametrize("header", ['"a\nb",c', "x" * 5000, '"\u2028"', "a\x1cb,c"])
def test_a_catalogue_with_odd_columns_is_refused_in_one_short_line(tmp_path, header):
    (tmp_path / "a.txt").write_text("It rained all day over the northern pier, and the ferries stayed at home.")
    (tmp_path / "articles.csv").write_text(f"{header}\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="has no column 'doc'") as told:
        catalogue.read_documents(tmp_path)
    assert len(str(told.value).splitlines()) == 1
    assert len(str(told.value)) < 400 + len(str(tmp_path))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", b'"publish\nat","a\x0bb"\n1,2\n'),
        ("a.json", b'[{"a\\nb": 1, "c\\u2028d": 2}]'),
        ("a.csv", b'text\n"It rained."\n"It\rsnowed and\nnobody\nclosed\n'),
        ("a.parquet", b"PAR1\n\nPAR1"),
        ("a.zip", b"PK\n\n"),
    ],
)
def test_why_a_file_is_not_read_is_one_line(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    (tmp_path / "b.txt").write_text("It rained all day over the northern pier, and the ferries stayed at home.")
    removed = catalogue.read_documents(tmp_path)[1]
    assert set(removed.doc.str[0]) == {"a"}
    assert [why for why in removed.rule if len(why.splitlines()) != 1] == []
