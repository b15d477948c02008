"""Names that no list knows: tables of texts a reader would argue about."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.actors import capitals, names, unknown
from helpers.language import split

NOBODY = pd.DataFrame({name: [] for name in names.MENTIONS}).astype({"nested": bool})
LIST = pd.DataFrame({name: [] for name in names.ACTORS}, dtype=str)


def sentences(*texts):
    rows = [
        (f"d{number}", s.para, at, s.start, s.end, split.count(text[s.start : s.end]), text[s.start : s.end])
        for number, text in enumerate(texts)
        for at, s in enumerate(split.sentences(text))
    ]
    return pd.DataFrame(rows, columns=["doc", "para", "sent", "start", "end", "words", "text"])


def find(*texts, actors=LIST):
    return names.find(sentences(*texts), NOBODY, actors)


def kinds(*texts):
    found = find(*texts).actors
    return dict(zip(found.actor, found.kind, strict=True))


def meant(found, doc="d0"):
    """(surface, actor) of an article, in its order."""
    rows = found.mentions[found.mentions.doc == doc]
    return [*zip(rows.surface, rows.actor, strict=True)]


KIND = {"p": "person", "i": "institution", "s": "state", "l": "place"}
NAMED = {"Dianne Feinstein", "Raúl Grijalva", "Lord Ashby-Finch", "Gareth Pugh", "Paris"}  # beside what is no actor
PARTS = (Path(__file__).parent / "names.txt").read_text(encoding="utf-8").split("\n\n")
WHO, NOT, JOINED = ([line.split(" => ") for line in part.strip().split("\n")[1:]] for part in PARTS)


@pytest.mark.parametrize(("text", "right"), WHO)
def test_names_and_their_kinds(text, right):
    expected = {name: KIND[kind] for kind, name in (one.split(" ", 1) for one in right.split("|"))}
    assert kinds(text) == expected


@pytest.mark.parametrize("text", [text for (text,) in NOT])
def test_what_is_no_actor(text):
    assert set(kinds(text)) <= NAMED


@pytest.mark.parametrize(("texts", "surface", "right"), JOINED)
def test_one_actor_is_one_actor(texts, surface, right):
    articles = texts.split(" // ")
    found = find(*articles)
    assert [actor for form, actor in meant(found, f"d{len(articles) - 1}") if form == surface] == [
        *filter(None, right.split("; "))
    ]


def test_every_joining_has_its_reason_and_counts():
    found = find("Ada Holm spoke. Holm left. Holm slept.", "Ada Holm came.")
    rows = [tuple(row) for row in found.joined.itertuples(index=False)]
    assert rows == [
        ("Ada Holm", "person", "Ada Holm", "", 2, 2),
        ("Ada Holm", "person", "Holm", "the only one of this surname in the article", 1, 2),
    ]
    assert found.actors.values.tolist() == [["Ada Holm", "person", "Ada Holm", "Holm", ""]]


def test_a_list_wins_over_what_is_found():
    listed = pd.DataFrame([["VM", "institution", "Voltic Mobile", "", "Voltic"]], columns=names.ACTORS)
    found = find("VolticMobile sued. Voltic-Mobile won.", actors=listed)
    assert set(found.mentions.actor) == {"VM"} and found.actors.empty


def test_what_a_mention_covers_is_no_name():
    text = "Ada Holm met Ida Lund in Oslo."
    taken = pd.DataFrame([("d0", 0, 0, 8, "Ada Holm", "holm", "name", False)], columns=names.MENTIONS)
    found = names.find(sentences(text), taken, LIST)
    assert meant(found) == [("Ida Lund", "Ida Lund"), ("Oslo", "Oslo")]


def test_names_of_a_corpus_need_two_mentions():
    text = "We met Jane Doe. Then Doe left. He saw Oslo."
    assert set(unknown(sentences(text), NOBODY).actor) == {"Jane Doe"}
    assert set(unknown(sentences(text), NOBODY, min_times=1).actor) == {"Jane Doe", "Oslo"}


def test_the_order_of_articles_changes_nothing():
    texts = [text for text, *_ in WHO[:12]]
    rows = sentences(*texts)
    one, two = (names.find(part, NOBODY, LIST) for part in (rows, rows[::-1]))
    assert all(a.equals(b) for a, b in zip(one, two, strict=True))


@given(
    st.lists(st.sampled_from([*(text for text, *_ in WHO + NOT)]), max_size=4), st.text("ABCabc .'’-&(\n", max_size=40)
)
def test_every_mention_is_in_its_text(texts, noise):
    texts = [f"{text} {noise}" for text in texts] or [noise]
    found = find(*texts)
    for row in found.mentions.itertuples():
        assert texts[int(row.doc[1:])][row.start : row.end] == row.surface
    assert set(found.mentions.actor) == set(found.actors.actor) == set(found.joined.actor)
    assert found.joined.mentions.sum() == len(found.mentions)
    spans = found.mentions.sort_values(["doc", "start"])
    same = spans.doc.eq(spans.doc.shift(-1))
    assert (spans.end <= spans.start.shift(-1))[same].all()


@given(
    st.lists(st.sampled_from(["Ada Holm", "de Lund", '"', " ", "(", "- ", "of", ". ", "met", "«", "May "])).map("".join)
)
def test_a_name_opens_a_sentence_that_has_only_marks_before_it(text):
    found = capitals.read(text, capitals.Vocabulary([]))
    assert [spot.opens for spot in found] == [not text[: spot.start].strip(capitals.OPENING) for spot in found]
