import inspect

import pandas as pd
import pytest

from helpers import InputError, load, sentiment, stats
from helpers.sentiment import compare
from helpers.show.result import Result

TOLD = pd.DataFrame(
    [
        ("A", "own", "A dark day.", "a1", -0.5),
        ("A", "own", "A fine day.", "a2", 0.5),
        ("B", "own", "A grim day.", "b1", -0.6),
    ],
    columns=["outlet", "voice", "text", "doc", "score"],
)


def outlets(*rows):
    columns = ["outlet", "articles", "pooled", "low", "high", "q", "enough"]
    return pd.DataFrame(rows, columns=columns).astype({"enough": bool})


A, B = ("A", 9, 0.2, 0.1, 0.3, 0.01, True), ("B", 8, -0.2, -0.3, -0.1, 0.01, True)
SAME, FEW = ("B", 8, -0.1, -0.3, 0.1, 0.4, True), ("C", 2, -0.4, -0.9, 0.1, 0.04, False)
WARM = "A sounds warmer than the average outlet on the same events, by +0.200 (+0.100 to +0.300)."
DARK = "B sounds darker than the average outlet on the same events, by +0.200 (−0.300 to −0.100)."


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ([], ["Too few articles to compare how outlets sound."]),
        ([A], ["Too few articles to compare how outlets sound."]),
        ([A, FEW], ["Too few articles to compare how outlets sound."]),
        (
            [A, B],
            ["A and B stand apart in their own voice.", WARM, DARK, "A is warmest and B darkest on the same events."],
        ),
        ([A, SAME], ["A stands apart in its own voice.", WARM, "A is warmest and B darkest on the same events."]),
        (
            [("A", 9, 0.1, -0.1, 0.3, 0.3, True), SAME, FEW],
            [
                "No outlet stands apart in its own voice.",
                "A is warmest and B darkest on the same events, within what chance does.",
            ],
        ),
    ],
)
def test_what_is_said_of_outlets(own, says):
    assert [finding.says for finding in compare.of_outlets(outlets(*own), TOLD)] == says


def test_a_finding_of_an_outlet_has_its_effect_its_articles_and_the_sentence_at_its_end():
    _, warm, dark, ends = compare.of_outlets(outlets(A, B), TOLD)
    assert (warm.effect, warm.articles, warm.p, warm.figure) == (0.2, 9, 0.01, "outlets")
    assert (warm.evidence, warm.doc) == ("A fine day.", "a2")
    assert (dark.evidence, dark.doc) == ("A grim day.", "b1")
    assert (ends.effect, ends.articles) == (0.4, 17)


@pytest.mark.parametrize(
    ("q", "pooled", "enough", "says"),
    [
        (0.01, 0.3, True, ["A treats China better than the others do."]),
        (0.01, -0.3, True, ["A treats China worse than the others do."]),
        (0.06, 0.3, True, []),
        (0.01, 0.3, False, []),
        (float("nan"), float("nan"), False, []),
    ],
)
def test_what_is_said_of_actors(q, pooled, enough, says):
    table = pd.DataFrame([("A", "China", "CHN", 9, pooled, q, enough)] * 1)
    table.columns = ["outlet", "name", "actor", "articles", "pooled", "q", "enough"]
    found = compare.of_actors(table, TOLD.assign(actor="CHN"))
    assert [finding.says for finding in found] == says
    assert [finding.doc for finding in found] == ["a2" if pooled > 0 else "a1"] * len(says)


def test_no_more_than_three_attitudes_are_told():
    table = pd.DataFrame({"outlet": list("ABCDE"), "name": "China", "actor": "CHN", "articles": 5, "pooled": 0.1})
    assert len(compare.of_actors(table.assign(q=0.01, enough=True), TOLD.assign(actor="CHN"))) == 3


BOTH = "Outlets' own voice scores +0.010 on average, what they quote or report −0.020."


@pytest.mark.parametrize(
    ("rows", "says"), [([], []), ([("own", 3, 0.01)], []), ([("own", 3, 0.01), ("quoted", 2, -0.02)], [BOTH])]
)
def test_what_is_said_of_voices(rows, says):
    table = pd.DataFrame(rows, columns=["voice", "articles", "mean"])
    assert [finding.says for finding in compare.of_voices(table)] == says


@pytest.mark.parametrize(
    ("news", "vader", "says"),
    [
        (range(9), range(9), []),
        (range(10), range(10), ["VADER and the news score rank articles alike with +1.00 (Spearman)."]),
        (range(10), range(10, 0, -1), ["VADER and the news score rank articles alike with −1.00 (Spearman)."]),
        ([0.5] * 10, range(10), []),
    ],
)
def test_what_is_said_of_agreement(news, vader, says):
    own = pd.DataFrame({"news": list(news), "vader": list(vader)}, dtype=float)
    assert [finding.says for finding in compare.of_agreement(own)] == says


METHODS = [
    name for name, method in inspect.getmembers(sentiment.Scores, inspect.isfunction) if not name.startswith("_")
]


def test_one_object_has_few_public_names(scores):
    assert len({*METHODS, "sentences", "articles", "mentions"}) <= 18
    assert {name for name in METHODS if isinstance(getattr(scores, name)(), Result)} == set(METHODS)


STORY = "Russia met China on Monday. “It was a great success,” the minister said. "
STORY += "Critics accused Beijing of lying about it."


def folder(path, texts, catalogue=""):
    path.mkdir()
    for name, text in texts.items():
        (path / f"{name}.txt").write_text(text, encoding="utf-8")
    if catalogue:
        (path / "articles.csv").write_text(f"doc,outlet,published,title\n{catalogue}", encoding="utf-8")
    return load(path)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """Corpora in which something is missing, by what is missing."""
    home = tmp_path_factory.mktemp("small")
    one, plain = {"a": STORY * 3}, "The ships left port at dawn. The crew waved. Rain fell on the harbour all day long."
    french = "Les navires ont quitté le port à l'aube. La pluie est tombée sur la ville toute la journée sans arrêt."
    row = "{},{},2024-01-0{},A title".format
    return {
        "one article": folder(home / "one", one, row("a", "Volga Post", 1)),
        "no outlet, no day": folder(home / "bare", one | {"b": plain * 3}),
        "one outlet": folder(
            home / "outlet",
            {"a": STORY, "b": plain, "c": STORY + plain},
            "\n".join(row(doc, "Volga Post", n + 1) for n, doc in enumerate("abc")),
        ),
        "no actor": folder(
            home / "nobody",
            {"a": plain, "b": "A dull day. " + plain},
            "\n".join([row("a", "Volga Post", 1), row("b", "The Lantern", 2)]),
        ),
        "nothing in English": folder(home / "french", {"a": french * 4}, row("a", "Volga Post", 1)),
        "no sentence of four words": folder(home / "short", {"a": "It rained. He left. She slept."}),
        "copies only": folder(
            home / "copies",
            {"a": STORY * 4, "b": STORY * 4},
            "\n".join([row("a", "Volga Post", 1), row("b", "The Lantern", 2)]),
        ),
    }


KINDS = [
    "one article",
    "no outlet, no day",
    "one outlet",
    "no actor",
    "nothing in English",
    "no sentence of four words",
    "copies only",
]


@pytest.mark.parametrize("kind", KINDS)
def test_a_corpus_with_little_in_it_has_an_answer_from_every_method(small, kind):
    scores = sentiment.score(small[kind])
    for name in METHODS:
        result = getattr(scores, name)()
        shown = result._repr_mimebundle_()
        assert shown["text/plain"].count("\n") < 20
        assert len(result.table) or result.nothing in shown["text/plain"] or result.says, name
    assert "can be compared" not in str(scores.compare()) or len(scores.compare().table)
    assert not [
        f for r in ("compare", "towards", "voices", "agreement") for f in getattr(scores, r)().says if "nan" in f.says
    ]


def test_every_mark_and_row_leads_to_evidence(scores):
    for result in (scores.compare(), scores.influence(), scores.towards()):
        names = {piece.data["name"] for piece in result.behind}
        assert {*result.table.link} <= names
        assert all(piece.data["items"] for piece in result.behind)


def test_what_is_left_out_opens_the_outlet_s_own_sentences_where_it_told_it(scores):
    result, told = scores.influence(n=40), scores._told("news")
    kinds = set()
    for row, piece in zip(result.table.itertuples(), result.behind, strict=True):
        own = told[(told.outlet == row.outlet) & (told.voice == "own") & (told[row.unit] == row.left_out)]
        outlets = {item["outlet"] for item in piece.data["items"]}
        assert outlets == {row.outlet} if len(own) else row.outlet not in outlets, row
        kinds.add(len(own) > 0)
    assert kinds == {True, False}


def test_the_same_scores_stand_in_every_result(scores):
    own = scores.articles[scores.articles.voice == "own"]
    expected = stats.outlets(own, of="vader").set_index("outlet")
    table = scores.compare(score="vader").table
    table = table[table.voice == "own"].set_index("outlet")
    assert table.pooled.to_dict() == expected.pooled.to_dict()
    assert scores.agreement().table.set_index("outlet").vader.to_dict() == expected.pooled.to_dict()
    assert table.pooled.is_monotonic_decreasing


def test_originals_are_counted_once_and_copies_only_where_they_are_asked_for(corpus, scores):
    originals = corpus.english().originals().documents.doc
    assert {*scores.articles.doc, *scores.sentences.doc} <= {*originals}
    moved = scores.copies().table
    assert len(moved) and ((moved.once - moved["all"]).abs() >= compare.MOVED).all()
    assert {*moved.outlet} <= {*corpus.documents.outlet[corpus.documents.copy_of != ""]}


def test_an_article_is_read_with_the_scores_of_its_sentences(corpus):
    table = corpus.read("no-minister-to-greet-shoigu").table
    assert table[["news", "vader"]].notna().any().all()


@pytest.mark.parametrize(
    ("call", "line"),
    [
        (lambda scores: scores.compare(score="afinn"), "there is no score 'afinn'; it can be news, vader"),
        (lambda scores: scores.compare("colour"), "there is no group to compare 'colour'; it can be outlet"),
        (lambda scores: scores.compare(min_articles="3"), "min_articles takes a whole number, not '3'"),
        (lambda scores: scores.compare(min_articles=0), "min_articles is 1 or more, not 0"),
        (lambda scores: scores.compare(sentences_shown=0), "sentences_shown is 1 or more, not 0"),
        (lambda scores: scores.towards(most_named=0), "most_named is 1 or more, not 0"),
        (lambda scores: scores.towards(min_articles=2.5), "min_articles takes a whole number, not 2.5"),
        (lambda scores: scores.towards(sentences_shown="2"), "sentences_shown takes a whole number, not '2'"),
        (lambda scores: scores.influence(score=1), "there is no score 1; it can be news, vader"),
        (lambda scores: scores.extremes("2"), "n takes a whole number, not '2'"),
        (lambda scores: sentiment.explain(3), "sentences takes a list, not 3"),
        (lambda scores: sentiment.explain(["Yes.", 3]), "a sentence takes text, not 3; put it in quotes"),
        (lambda scores: sentiment.score("corpus"), "score takes a corpus, not 'corpus'; load it first"),
    ],
)
def test_what_is_asked_for_wrongly_is_one_line(scores, call, line):
    with pytest.raises(InputError) as error:
        call(scores)
    assert str(error.value).startswith(line) and "\n" not in str(error.value)


def test_harmless_sentences_are_explained():
    table = sentiment.explain(["The United States said so.", "America said so."]).table
    assert table.vader.tolist() == [0.4215, 0.0]
    assert table.vader_terms.tolist() == ["United", ""]
    assert table.news.abs().max() < 0.1
    assert sentiment.explain([]).table.empty and "There is no sentence" in str(sentiment.explain([]))
