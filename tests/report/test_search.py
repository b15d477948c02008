"""The data of the search page: what search.js reads is what the articles say, whatever they say."""

import json
import re

import pandas as pd
import pytest
from planted import named, said

from helpers.report import search
from helpers.report.library import Library

WORDS = [
    "__proto__ constructor toString hasOwnProperty",
    "</script><script>document.title='PWNED'</script> <!-- ]]>",
    "A line\u2028and a paragraph\u2029end here, a \u0000 and a \u007f too.",
    "An emoji 😀 and a family of them 👨‍👩‍👧.",
    "\u202egnorw\u202c עברית عربي",
    "“Quoted” 'twice' \"and\" \\ back \\u003c slashed, `${ticked}`",
    '<img src=x onerror="alert(1)">',
    "",
]


def read(folder):
    """The names, and all articles of all parts, as a script gets them; and the text of the files."""
    paths = sorted((folder / "search").iterdir(), key=lambda path: (path.stem != "names", len(path.stem), path.stem))
    names, *parts = texts = [path.read_text(encoding="utf-8") for path in paths]
    articles = [each for part in parts for each in json.loads(re.fullmatch(r"addPart\((.*)\)\n", part, re.DOTALL)[1])]
    return json.loads(names.removeprefix("addNames(").removesuffix(")\n")), articles, texts


def test_sentences_headlines_outlets_and_names_are_read_as_they_were_written(corpus, tmp_path):
    corpus = said(corpus, WORDS, outlet=WORDS, title=WORDS)
    corpus = named(corpus, [(f"doc-{number}", 0, 1, word) for number, word in enumerate(WORDS)])
    shelf = Library(corpus, {})
    search.write(shelf, tmp_path / "one")
    search.write(shelf, tmp_path / "two")
    (outlets, _, actors), articles, texts = read(tmp_path / "one")
    assert [article[5] for article in articles] == [[words] for words in WORDS]
    assert [article[0] for article in articles] == [*WORDS[:-1], "doc-7"]
    assert [outlets[article[1]] for article in articles] == WORDS
    assert {actor[0] for actor in actors} == set(WORDS)
    assert [actors[article[6][0]][1] for article in articles] == WORDS
    assert not re.search("[<\u2028\u2029]", "".join(texts))
    assert texts == read(tmp_path / "two")[2]


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ("Moscow said no.", 0, 6, [0, 6]),
        ("Ёлка: Moscow", 6, 12, [6, 12]),
        ("😀 Moscow 😀", 2, 8, [3, 9]),
        ("𝕄oscow", 0, 6, [0, 7]),
        ("To Moscow", 3, 99, [3, 9]),  # a mention that runs into the next sentence ends with its own
    ],
)
def test_a_mention_stands_where_a_script_counts_it(corpus, tmp_path, text, start, end, expected):
    shelf = Library(named(said(corpus, [text]), [("doc-0", start, end, "RUS")]), {})
    search.write(shelf, tmp_path)
    (_, _, actors), articles, _ = read(tmp_path)
    assert articles[0][6] == [0, 0, *expected]
    assert actors == [["RUS", "Russia", 1, ["Moscow"]]]


def test_parts_hold_all_articles_the_newest_first_with_day_and_page(corpus, tmp_path, monkeypatch):
    monkeypatch.setattr(search, "PART", 200)
    days = pd.to_datetime(["2024-05-01", None, "2023-12-31", "2024-05-02"])
    corpus = said(corpus, [f"snow of {number}, " * 9 for number in range(4)], published=days)
    told = search.write(Library(corpus, {"doc-2": "articles/doc-2.html"}), tmp_path)
    (_, months, _), articles, texts = read(tmp_path)
    assert told["parts"] == len(texts) - 1 == 2
    assert months == [["2023-12", "December 2023"], ["2024-05", "May 2024"]]
    assert [article[0] for article in articles] == ["doc-3", "doc-0", "doc-2", "doc-1"]
    assert [article[2:5] for article in articles] == [
        ["2 May 2024", 1, ""],
        ["1 May 2024", 1, ""],
        ["31 December 2023", 0, "articles/doc-2.html"],
        ["day unknown", -1, ""],
    ]


def test_the_data_has_every_sentence_and_name_of_the_corpus_in_less_than_twice_its_bytes(corpus, tmp_path):
    search.write(Library(corpus, {}), tmp_path)
    (_, _, actors), articles, texts = read(tmp_path)
    assert sum(len(text.encode()) for text in texts) < 2 * corpus.documents.text.str.encode("utf-8").str.len().sum()
    assert sorted(text for article in articles for text in article[5]) == sorted(corpus.sentences.text)
    whom, mentions = corpus.mentions, [0] * len(actors)
    for article in articles:
        for actor, sent, start, end in zip(*[iter(article[6])] * 4, strict=True):
            mentions[actor] += 1
            assert article[5][sent][start:end].strip()
    assert [actor[2] for actor in actors] == mentions
    own = whom[~whom.nested & (whom.via != "loc")].groupby("actor").size()
    assert {actor[0]: actor[2] for actor in actors} == own.to_dict()


@pytest.mark.parametrize(
    ("most", "room", "lists", "left"),
    [
        (150, 1_000_000, [("A", 3, 3), ("B", 1, 1), ("C", 1, 1)], 0),
        (2, 1_000_000, [("A", 3, 3), ("B", 1, 1)], 1),
        (150, 270, [("A", 3, 2), ("B", 1, 1), ("C", 1, 1)], 0),
        (150, 0, [("A", 3, 0), ("B", 1, 0), ("C", 1, 0)], 0),
    ],
)
def test_the_index_has_what_there_is_room_for_and_counts_the_rest(
    corpus, tmp_path, monkeypatch, most, room, lists, left
):
    monkeypatch.setattr(search, "MOST", most)
    monkeypatch.setattr(search, "ROOM", room)
    corpus = said(corpus, ["Snow."] * 5, outlet=["A", "C", "A", "B", "A"])
    outlets, actors = search.write(Library(corpus, {}), tmp_path)["index"]
    assert [(name, count, len(entries)) for name, count, entries in outlets["folds"]] == lists
    assert outlets["left"] == left
    assert actors == {"what": "actor", "left": 0, "folds": []}


def test_the_index_lists_the_articles_that_name_an_actor_each_once(corpus, tmp_path):
    days = pd.to_datetime(["2024-05-01", "2024-05-03", "2024-05-02"])
    corpus = said(corpus, ["Moscow, Moscow."] * 3, published=days, title=["", "<b>", "Third"])
    rows = [("doc-0", 0, 6, "RUS"), ("doc-0", 8, 14, "RUS"), ("doc-1", 0, 6, "RUS"), ("doc-2", 0, 6, "CHN")]
    shelf = Library(named(corpus, rows), {"doc-1": "articles/doc-1.html"})
    folds = search.write(shelf, tmp_path)["index"][1]["folds"]
    assert folds == [
        (
            "Russia",
            2,
            [
                {"href": "articles/doc-1.html", "words": "<b>", "day": "3 May 2024"},
                {"href": "", "words": "doc-0", "day": "1 May 2024"},
            ],
        ),
        ("China", 1, [{"href": "", "words": "Third", "day": "2 May 2024"}]),
    ]
