"""The bundled corpus: its files never change, its labels fit its text, and it is as large as its datasheet says."""

import hashlib
from collections import Counter

import pandas as pd
import pytest
from support import ROOT

from helpers.actors import gazetteer
from helpers.language import split
from helpers.reading import files

CORPUS = ROOT / "corpus"
GOLD = {path.stem: pd.read_csv(path, keep_default_na=False) for path in sorted((CORPUS / "gold").glob("*.csv"))}
LISTED = pd.read_csv(CORPUS / "articles.csv", keep_default_na=False)
RAW = {doc: files.decode((CORPUS / "articles" / f"{doc}.txt").read_bytes()) for doc in LISTED.doc}
NAMES = set(pd.read_csv(CORPUS / "actors.csv", keep_default_na=False).actor)


def body(doc):
    """The article's own words: its lines without the furniture."""
    text, cuts = RAW[doc], GOLD["furniture"][GOLD["furniture"].doc == doc]
    for cut in cuts.sort_values("start", ascending=False).itertuples():
        text = text[: cut.start] + text[cut.end :]
    return text


def test_the_files_are_those_of_the_catalogue_and_never_change():
    files = {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in (CORPUS / "articles").iterdir()}
    assert files == dict(zip(LISTED.doc, LISTED.sha256, strict=True))


@pytest.mark.parametrize("name", ["furniture", "sentences", "mentions", "voices"])
def test_every_label_stands_in_its_article_character_by_character(name):
    for row in GOLD[name].itertuples():
        assert RAW[row.doc][row.start : row.end] == (row.surface if name == "mentions" else row.text), row


def test_the_truth_and_the_catalogue_agree_wherever_the_catalogue_speaks():
    both = LISTED.merge(GOLD["articles"], on="doc", suffixes=("", "_true"), validate="one_to_one")
    assert len(both) == len(LISTED) == len(GOLD["articles"])
    for column in ("outlet", "published"):
        said = both[both[column] != ""]
        assert (said[column] == said[f"{column}_true"]).all()
        assert 3 <= len(both) - len(said) <= 6
    assert set(both.outlet_true) == set(pd.read_csv(CORPUS / "outlets.csv").outlet)


def test_an_article_without_outlet_or_day_in_the_catalogue_gives_it_away():
    true = GOLD["articles"].set_index("doc")
    for row in LISTED.itertuples():
        if not row.outlet:
            assert true.outlet[row.doc].split()[0] in RAW[row.doc], row.doc
        if not row.published:
            day = pd.Timestamp(true.published[row.doc])
            assert (str(day.day) in RAW[row.doc] and f"{day:%b}" in RAW[row.doc]) or f"{day:%m}" in RAW[row.doc], (
                row.doc
            )


def test_copies_are_copies_and_come_after_their_originals():
    true = GOLD["articles"].set_index("doc")
    copies = true[true.copy_of != ""]
    for doc, source, day in zip(copies.index, copies.copy_of, copies.published, strict=True):
        assert true.published[source] <= day
        ours, theirs = (
            {" ".join(w[i : i + 5]) for i in range(len(w) - 4)}
            for w in (split.words(body(d).lower()) for d in (doc, source))
        )
        assert len(ours & theirs) / len(ours) > 0.5, doc


def test_no_paragraph_stands_in_two_articles_but_in_a_copy():
    true = GOLD["articles"].set_index("doc")
    seen: dict[str, str] = {}
    for doc in sorted(RAW, key=lambda doc: true.copy_of[doc] != ""):
        for line in filter(lambda line: split.count(line) >= 8, body(doc).splitlines()):
            first = seen.setdefault(line.strip(), doc)
            assert first == doc or true.copy_of[doc] == first, (doc, first, line)


def test_labels_keep_to_the_codebook():
    mentions, sentences = GOLD["mentions"], GOLD["sentences"]
    assert set(mentions.via) == {"name", "inst", "dem", "met", "loc", "role", "desc"}
    assert {actor for joined in mentions.actor for actor in joined.split("+")} <= NAMES
    assert set(mentions.attitude.astype(str)) == {"", "-1", "0", "1"}
    quoted = {doc: list(zip(rows.start, rows.end, strict=True)) for doc, rows in GOLD["voices"].groupby("doc")}
    for row in mentions.itertuples():
        inside = any(a <= row.start < b for a, b in quoted.get(row.doc, []))
        assert (str(row.attitude) == "") == bool(row.nested or row.via == "loc" or inside), row
    ends = {doc: list(zip(rows.start, rows.end, strict=True)) for doc, rows in sentences.groupby("doc")}
    for table in (mentions, GOLD["voices"]):
        assert all(any(a <= row.start and row.end <= b for a, b in ends[row.doc]) for row in table.itertuples())


def test_the_gazetteer_covers_the_offices_and_names_a_source_for_each():
    roles = gazetteer.read(CORPUS).roles
    assert (roles.source != "").all()
    assert roles["from"].notna().all()
    assert not set(roles.country) - NAMES
    planted = GOLD["stances"]
    assert set(planted.actor) <= NAMES and set(planted.groupby("actor").outlet.count()) == {9}


def test_the_corpus_in_numbers(capsys):
    true = GOLD["articles"]
    told = true[true.copy_of == ""].groupby("event").outlet.nunique()
    words = pd.Series({doc: split.count(body(doc)) for doc in RAW})
    own = words[true[(true.copy_of == "") & (true.language == "en")].doc]
    attitudes = Counter(GOLD["mentions"].attitude.astype(str))
    cut = GOLD["furniture"].groupby("doc").size()
    numbers = {
        "articles": len(true),
        "outlets": true.outlet.nunique(),
        "events": true.event.nunique(),
        "events told by three outlets or more": int((told >= 3).sum()),
        "events told by six outlets or more": int((told >= 6).sum()),
        "reprints": int((true.copy_of != "").sum()),
        "articles not in English": int((true.language != "en").sum()),
        "articles with page furniture": int((cut >= 3).sum()),
        "pieces of furniture": len(GOLD["furniture"]),
        "words": int(words.sum()),
        "labelled articles": GOLD["sentences"].doc.nunique(),
        "labelled sentences": len(GOLD["sentences"]),
        "labelled mentions": len(GOLD["mentions"]),
        "labelled attitudes": sum(attitudes[value] for value in ("-1", "0", "1")),
        "labelled voices": len(GOLD["voices"]),
    }
    with capsys.disabled():
        print("\n" + "\n".join(f"  {number:>7,} {name}" for name, number in numbers.items()))
    least = [120, 9, 30, 24, 5, 12, 2, 60, 800, 36_000, 30, 600, 800, 300, 250]
    assert all(number >= floor for number, floor in zip(numbers.values(), least, strict=True)), numbers
    assert own.between(200, 450).all(), own[~own.between(200, 450)]
