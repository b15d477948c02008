"""The readers against the corpus' truth: what they cut, whom they name, when it was, what copies what."""

from collections import Counter

import pandas as pd
import pytest
from conftest import ROOT

from helpers import files, tables

CORPUS = ROOT / "corpus"
TRUE = pd.read_csv(CORPUS / "gold" / "articles.csv", keep_default_na=False).set_index("doc")
FURNITURE = pd.read_csv(CORPUS / "gold" / "furniture.csv", keep_default_na=False)


@pytest.fixture(scope="module")
def read():
    return tables.load(CORPUS)


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """The same files with nothing beside them."""
    folder = tmp_path_factory.mktemp("bare")
    for path in (CORPUS / "articles").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return tables.load(folder)


def kept(doc):
    """The pieces of an article's own text, furniture out, with the number of their line."""
    raw = files.decode((CORPUS / "articles" / f"{doc}.txt").read_bytes())
    for cut in FURNITURE[FURNITURE.doc == doc].sort_values("start", ascending=False).itertuples():
        raw = raw[: cut.start] + "\0" + raw[cut.end :]
    return [piece.strip() for piece in raw.replace("\u00a0", " ").replace("\0", "\n").splitlines() if piece.strip()]


def test_cleaning_cuts_the_furniture_and_loses_no_sentence(read, capsys):
    found = lost = 0
    for doc in TRUE.index:
        raw = files.decode((CORPUS / "articles" / f"{doc}.txt").read_bytes())
        cuts = read.removed[read.removed.doc == doc]
        for piece in FURNITURE[FURNITURE.doc == doc].itertuples():
            line = raw.count("\n", 0, piece.start) + 1
            found += any(piece.text.strip() in text for text in cuts[cuts.line == line].text)
        if "broken encoding, repaired" not in set(cuts.rule):
            text = read.documents.set_index("doc").text[doc]
            lost += sum(piece not in text for piece in kept(doc))
    with capsys.disabled():
        print(
            f"\n  furniture cut: {found} of {len(FURNITURE)} ({found / len(FURNITURE):.3f}); text lost: {lost} pieces"
        )
    assert found / len(FURNITURE) >= 0.95
    assert lost == 0


def test_with_the_catalogue_every_outlet_and_day_is_right(read):
    documents = read.documents.set_index("doc")
    assert (documents.outlet == TRUE.outlet.reindex(documents.index)).all()
    assert (documents.published == pd.to_datetime(TRUE.published.reindex(documents.index))).all()


def test_without_it_days_and_outlets_are_right_or_left_open(bare, capsys):
    documents = bare.documents.set_index("doc")
    true = pd.to_datetime(TRUE.published.reindex(documents.index))
    away = (documents.published - true).dt.days.abs()
    fits = (documents.earliest.isna() | (documents.earliest <= true)) & (
        documents.latest.isna() | (true <= documents.latest)
    )
    named = documents.outlet != "unknown outlet"
    right = documents.outlet == TRUE.outlet.reindex(documents.index)
    with capsys.disabled():
        print(
            f"\n  without catalogue: {away.notna().sum()} of {len(away)} dated, {(away == 0).sum()} to the day, "
            f"{(away <= 7).sum()} to the week; {(away.isna() & (documents.dated_by == 'roles')).sum()} bracketed; "
            f"{named.sum()} outlets named, {(named & right).sum()} right"
        )
    assert away.notna().sum() >= 75
    assert (away <= 7).sum() >= 0.95 * away.notna().sum()
    assert fits[documents.dated_by == "roles"].all()
    assert (right | ~named).all()
    assert named.sum() >= 45


def test_the_twelve_reprints_are_found_and_nothing_else(read):
    found = dict(zip(read.documents.doc, read.documents.copy_of, strict=True))
    assert {doc: source for doc, source in found.items() if source} == dict(TRUE.copy_of[TRUE.copy_of != ""])


def test_languages(read):
    documents = read.documents.set_index("doc")
    assert Counter(documents.language == TRUE.language.reindex(documents.index)) == {True: len(documents)}
