from types import SimpleNamespace

import pandas as pd
import pytest

from helpers.network.passages import Passages

TEXTS = {"a": ["Ann Lee met Ann. ", "Bo left. "], "b": ["Bo saw Ann, Ann and Cy. "], "c": ["Ann sang."]}
SPOTS = [
    *[("a", 0, "Ann Lee", "LEE"), ("a", 0, "Ann.", "ANN"), ("a", 1, "Bo", "BO")],
    *[("b", 0, "Bo", "BO"), ("b", 0, "Ann,", "ANN"), ("b", 0, "Ann and", "ANN"), ("b", 0, "Cy", "CY")],
    ("c", 0, "Ann", "ANN"),
]


@pytest.fixture
def made():
    """Passages of a few sentences by unit; a sentence of an article is a paragraph of its own."""
    sentences, starts = [], {}
    for doc, texts in TEXTS.items():
        for sent, text in enumerate(texts):
            starts[doc, sent] = begin = sum(map(len, texts[:sent]))
            sentences.append((doc, sent, sent, begin, begin + len(text), len(text.split()), text))
    rows = []
    for doc, sent, words, actor in SPOTS:
        at = TEXTS[doc][sent].index(words) + starts[doc, sent]
        name = words if actor == "LEE" else words.split()[0].strip(".,")
        rows.append((doc, sent, at, at + len(name), name, actor, "name", False))
    a_place = ("c", 0, 0, 3, "Ann", "BO", "loc", False)
    columns = ["doc", "sent", "start", "end", "surface", "actor", "via", "nested"]
    mentions = pd.DataFrame([*rows, a_place], columns=columns)
    documents = pd.DataFrame({"doc": ["a", "b", "c"], "outlet": "X", "title": "T"})
    documents["published"] = pd.to_datetime(["2024-05-01", "2024-05-03", None])
    columns = ["doc", "para", "sent", "start", "end", "words", "text"]
    corpus = SimpleNamespace(sentences=pd.DataFrame(sentences, columns=columns), documents=documents)
    return lambda unit="sentence": Passages(mentions, corpus, unit)


CASES = [
    ("sentence", "ANN", "", [("a", 0, [(12, 15)]), ("b", 0, [(7, 10), (12, 15)]), ("c", 0, [(0, 3)])]),
    ("sentence", "LEE", "", [("a", 0, [(0, 7)])]),
    ("sentence", "BO", "", [("a", 1, [(0, 2)]), ("b", 0, [(0, 2)])]),
    ("sentence", "ANN", "BO", [("b", 0, [(0, 2), (7, 10), (12, 15)])]),
    ("paragraph", "LEE", "BO", []),
    ("article", "LEE", "BO", [("a", 0, [(0, 7)]), ("a", 1, [(0, 2)])]),
    ("article", "BO", "LEE", [("a", 0, [(0, 7)]), ("a", 1, [(0, 2)])]),
    ("sentence", "NOBODY", "", []),
    ("article", "NOBODY", "BO", []),
]


@pytest.mark.parametrize(("unit", "first", "second", "expected"), CASES)
def test_sentences_are_those_that_name_whom_is_asked_for_with_only_their_names_marked(
    made, unit, first, second, expected
):
    found = made(unit).named(first, second)
    assert [(row.doc, row.sent, sorted(row.marks)) for row in found.itertuples()] == expected


def test_sentences_know_how_many_they_name(made):
    found = made("article").named("ANN", "BO")
    assert found[["doc", "named", "crowd"]].to_numpy().tolist() == [["a", 1, 2], ["a", 1, 1], ["b", 2, 3]]


ORDERS = [
    ("sentence", "ANN", "", None, ["b0", "a0", "c0"]),
    ("sentence", "ANN", "", {"a", "c"}, ["a0", "c0"]),
    ("article", "ANN", "BO", None, ["b0", "a0", "a1"]),
    ("article", "LEE", "BO", {"b"}, []),
]


@pytest.mark.parametrize(("unit", "first", "second", "docs", "order"), ORDERS)
def test_those_with_both_come_first_then_the_newest_and_those_without_a_day_last(
    made, unit, first, second, docs, order
):
    rows = pd.DataFrame({"first": [first], "second": [second], "heading": ["H"], "link": ["l"], "docs": [docs]})
    (piece,) = made(unit).behind(rows)
    assert [f"{item['doc']}{item['sent']}" for item in piece.data["items"]] == order
    assert (piece.data["name"], piece.data["heading"], piece.data["rows"]) == ("l", "H", len(order))
