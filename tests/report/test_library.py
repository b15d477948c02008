"""Which articles of a report have a page of their own, and the file of what stands on them."""

import gzip
import json
from pathlib import Path

import pytest

from helpers import Corpus
from helpers.report import library, plan

NAMES = ["A", "Ship & crew", "a", "ship-crew", "ß"]  # as a folder sorts them
SHELF = {
    "A": "articles/a.html", "Ship & crew": "articles/ship-crew.html", "a": "articles/a-2.html",
    "ship-crew": "articles/ship-crew-2.html", "ß": "articles/ß.html",
}  # fmt: skip


@pytest.fixture
def asked(tmp_path):
    """A report on a few articles."""
    (tmp_path / "corpus").mkdir()
    for name in NAMES:
        (tmp_path / "corpus" / f"{name}.txt").write_text(f"The ship {name} sailed at dawn. Nobody knew why.\n")
    return plan.Report("", "", tmp_path / "corpus", [], [])


CITED = ["ship-crew", "A", "lost", "a"]
SOME = {"A": "articles/a.html", "a": "articles/a-2.html", "ship-crew": "articles/ship-crew.html"}
MANY = [
    (5, "full", CITED, SHELF), (5, "full", [], SHELF), (4, "full", CITED, SOME), (0, "full", CITED, SOME),
    (4, "full", [], {}), (4, "full", ["lost"], {}), (5, "passages", CITED, {}), (5, "none", CITED, {}),
    (4, "passages", CITED, {}),
]  # fmt: skip


@pytest.mark.parametrize(("most", "held", "cited", "pages"), MANY)
def test_all_articles_have_a_page_or_of_many_those_that_are_cited(asked, monkeypatch, most, held, cited, pages):
    monkeypatch.setattr(library, "MOST", most)
    shelf = library.shelved(asked._replace(held=held), cited, asked.corpus / "none", "")
    assert shelf.pages == pages and len(shelf.corpus) == 5


@pytest.fixture
def read(monkeypatch):
    """The articles that are read."""
    seen, reads = [], Corpus.read
    monkeypatch.setattr(Corpus, "read", lambda corpus, doc: seen.append(doc) or reads(corpus, doc))
    return seen


def zipped(text):
    return gzip.compress(text.encode("utf-8"), mtime=0)


def flipped(whole):
    """The file with other bytes in its middle."""
    return whole[: len(whole) // 2] + bytes(255 - byte for byte in whole[len(whole) // 2 : -9]) + whole[-9:]


KEPT = [
    ("none", lambda _: None),
    ("empty", lambda _: b""),
    ("no archive", lambda _: b"[]"),
    ("cut off", lambda whole: whole[:-20]),
    ("cut off early", lambda whole: whole[:5]),
    ("damaged", flipped),
    ("no JSON", lambda _: zipped("key")),
    ("no text", lambda _: gzip.compress(b"\xff\xfe")),
    ("of another shape", lambda _: zipped("[1, 2, 3]")),
    ("of no end", lambda _: zipped("[" * 100_000)),
    ("a list in place of articles", lambda _: zipped('["key", ["A", "a"]]')),
    ("nothing in place of articles", lambda _: zipped('["key", null]')),
    ("of other helpers", lambda whole: zipped(json.dumps(["old", json.loads(gzip.decompress(whole))[1]]))),
]


@pytest.mark.parametrize("spoil", [case[1] for case in KEPT], ids=[case[0] for case in KEPT])
def test_a_kept_file_that_cannot_be_used_is_written_anew(asked, read, spoil):
    kept = asked.corpus.parent / "articles.json.gz"
    shelf = library.shelved(asked, [], kept, "key")
    pieces = dict(shelf.pieces())
    assert [*pieces] == [*SHELF] == read and pieces["A"]["headline"]
    whole = kept.read_bytes()
    read.clear()
    assert dict(shelf.pieces()) == pieces and read == []
    put(kept, spoil(whole))
    assert dict(shelf.pieces()) == pieces and read == [*SHELF]
    read.clear()
    assert dict(shelf.pieces()) == pieces and read == []


def put(path: Path, data: bytes | None) -> None:
    path.unlink() if data is None else path.write_bytes(data)


def test_only_articles_that_are_new_on_the_shelf_are_read(asked, read, monkeypatch):
    kept = asked.corpus.parent / "articles.json.gz"
    monkeypatch.setattr(library, "MOST", 0)
    for cited, new in ((["A"], ["A"]), (["a", "A"], ["a"]), (["ß"], ["ß"]), (["a", "ß"], [])):
        assert {*dict(library.shelved(asked, cited, kept, "key").pieces())} == {*cited} and read == new
        read.clear()
    (asked.corpus / "A.txt").write_text("The ship A came back.")
    told = dict(library.shelved(asked, ["A"], kept, "another key").pieces())
    assert read == ["A"] and "came back" in json.dumps(told)
