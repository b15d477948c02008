import shutil
from collections import Counter
from itertools import pairwise

import pandas as pd
import pytest
from support import ROOT

from helpers import InputError
from helpers.corpus import corpus as tables
from helpers.corpus.copies import find_copies, shared_spans
from helpers.reading import catalogue, files

COLUMNS = {
    "documents": catalogue.DOCUMENTS,
    "removed": ["doc", "line", "text", "rule"],
    "sentences": ["doc", "para", "sent", "start", "end", "words", "text"],
    "voices": ["doc", "start", "end", "voice", "speaker"],
    "mentions": ["doc", "sent", "start", "end", "surface", "actor", "via", "nested", "voice"],
}


@pytest.fixture(scope="module")
def corpus():
    return tables.load(ROOT / "corpus")


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_are_the_contract(corpus, name):
    assert list(getattr(corpus, name)) == COLUMNS[name]


def test_offsets_point_at_what_they_say(corpus):
    text = corpus.documents.set_index("doc").text
    for row in corpus.sentences.itertuples():
        assert text[row.doc][row.start : row.end] == row.text
    for row in corpus.mentions.itertuples():
        assert text[row.doc][row.start : row.end] == row.surface


def test_a_mention_lies_in_its_sentence_and_spans_do_not_overlap(corpus):
    placed = corpus.mentions.merge(corpus.sentences, on=["doc", "sent"], suffixes=("", "_s"), validate="many_to_one")
    assert len(placed) == len(corpus.mentions)
    assert ((placed.start >= placed.start_s) & (placed.end <= placed.end_s)).all()
    for table in (corpus.sentences, corpus.voices):
        for _, rows in table.groupby("doc"):
            assert all(a.end <= b.start for a, b in pairwise(rows.itertuples()))


def test_values_are_those_the_contract_names(corpus):
    assert corpus.documents.doc.is_unique
    assert set(corpus.documents.dated_by) <= {
        *["catalogue", "front matter", "HTML metadata", "file name", "address", "dateline", "text", "roles", "unknown"]
    }
    assert set(corpus.voices.voice) == {"quoted", "reported"}
    assert set(corpus.mentions.voice) == {"own", "quoted", "reported"}
    assert set(corpus.mentions.via) <= set(tables.VIA)
    assert set(corpus.mentions.actor) <= set(corpus.actors.actor)
    assert corpus.documents[["published", "doc"]].equals(
        corpus.documents[["published", "doc"]].sort_values(["published", "doc"])
    )


def test_every_letter_of_every_file_is_kept_or_reported(corpus):
    for row in corpus.documents.itertuples():
        raw = files.decode((ROOT / "corpus" / row.path).read_bytes())
        cuts = corpus.removed[(corpus.removed.doc == row.doc) & (corpus.removed.line > 0)]
        if "broken encoding, repaired" not in set(cuts.rule):
            assert Counter("".join("".join([row.text, *cuts.text]).split())) == Counter("".join(raw.split()))


def test_the_order_of_files_and_other_folders_do_not_matter(corpus, tmp_path):
    docs = corpus.documents.doc[::7]
    for place, order in (("one", docs), ("two", docs[::-1])):
        (tmp_path / place / "articles").mkdir(parents=True)
        shutil.copy(ROOT / "corpus" / "articles.csv", tmp_path / place)
        for doc in order:
            shutil.copy(ROOT / "corpus" / "articles" / f"{doc}.txt", tmp_path / place / "articles")
    one, two = tables.load(tmp_path / "one"), tables.load(tmp_path / "two")
    for name in COLUMNS:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(two, name))


STORY = [
    f"Paragraph {n} of the story tells of ship {n * 7} and of harbour {n * 3} and of the men who work there."
    for n in range(12)
]
EDITS = [
    ("cut in half", STORY[:6], True),
    ("paragraphs dropped", STORY[::2], True),
    ("new lead", ["Our own reporter opens this version of it with a sentence of his own.", *STORY[1:]], True),
    ("shuffled", [*STORY[6:], *STORY[:6]], True),
    ("credit added", [*STORY, "Reporting by the Lantern."], True),
    (
        "another story",
        [line.replace("harbour", "airfield").replace("ship", "bomber").replace("men", "crews") for line in STORY],
        False,
    ),
]


@pytest.mark.parametrize(("lines", "copy"), [edit[1:] for edit in EDITS], ids=[edit[0] for edit in EDITS])
def test_copies_are_found_through_edits(lines, copy):
    documents = pd.DataFrame(
        {
            "doc": ["b", "a"],
            "published": pd.to_datetime(["2024-01-02", "2024-01-01"]),
            "text": ["\n".join(lines), "\n".join(STORY)],
        }
    )
    found = find_copies(documents)
    assert found[["doc", "copy_of"]].to_numpy().tolist() == ([["b", "a"]] if copy else [])


def test_two_articles_that_quote_one_long_statement_are_no_copies():
    statement = " ".join(STORY[:5])
    texts = [
        f"{opening}\n{statement}\n{ending}"
        for opening, ending in (
            (
                "The minister met the press in Oslo and read a paper aloud to all of them.",
                "Then the lights went out in the hall, and the reporters found their own way home in the rain.",
            ),
            (
                "A crowd of fishermen waited at the gate of the ministry through the night.",
                "Nobody asked about the price of cod, though the market had spoken of little else since Easter.",
            ),
        )
    ]
    found = find_copies(pd.DataFrame({"doc": ["a", "b"], "published": pd.NaT, "text": texts}))
    assert found.empty
    assert shared_spans(*texts) == [(texts[0].index("Paragraph"), texts[0].index(".\nThen"))]


def test_copies_can_be_left_out(tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text("\n".join(STORY))
    corpus = tables.load(tmp_path)
    assert corpus.documents.copy_of.tolist() == ["", "a"]
    assert corpus.originals().sentences.doc.unique().tolist() == ["a"]


def test_a_speaker_is_the_actor_its_words_name(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Russian Defence Minister Andrei Belousov said ties were “strong”. “Very,” an old sailor said."
    )
    assert tables.load(tmp_path).voices.speaker.tolist() == ["belousov", "belousov", "an old sailor"]


def test_a_copy_of_a_copy_is_a_copy_of_the_first():
    texts = ["\n".join(lines) for lines in (STORY, STORY[2:], STORY[::2])]
    days = pd.to_datetime(["2024-01-01", "2024-01-02", "2024-01-03"])
    found = find_copies(pd.DataFrame({"doc": list("abc"), "published": days, "text": texts}))
    assert found[["doc", "other", "copy_of"]].to_numpy().tolist() == [["b", "a", "a"], ["c", "a", "a"], ["c", "b", "a"]]


PARTS = [
    ({"outlet": "Volga Post"}, lambda d: d.outlet == "Volga Post"),
    ({"period": "2024"}, lambda d: d.published.dt.year == 2024),
    ({"period": "2024Q4"}, lambda d: d.published.between("2024-10-01", "2024-12-31")),
    ({"period": "2024-10", "outlet": "Volga Post"}, lambda d: d.published.between("2024-10-01", "2024-10-31")),
    ({}, lambda d: d.doc != ""),
]


@pytest.mark.parametrize(("asked", "fits"), PARTS)
def test_a_part_of_a_corpus(corpus, asked, fits):
    part = corpus.only(**asked)
    expected = corpus.documents[fits(corpus.documents)]
    if "outlet" in asked:
        expected = expected[expected.outlet == asked["outlet"]]
    assert part.documents.doc.tolist() == expected.doc.tolist() and len(part.documents)
    assert set(part.mentions.doc) <= set(part.documents.doc)


def test_a_part_that_does_not_exist_is_one_line(corpus):
    event = corpus.documents.event[corpus.documents.event != ""].iloc[0]
    assert (corpus.only(event=event).documents.event == event).all()
    with pytest.raises(InputError, match="no article is of outlet 'Nobody', period '2024'; the corpus page lists"):
        corpus.only(outlet="Nobody", period="2024")
