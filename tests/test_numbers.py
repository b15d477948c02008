import numpy as np
import pandas as pd
import pytest

from helpers import InputError, network, sentiment, split, stats, tables, voice


def test_an_interval_holds_its_mean_and_comes_back_the_same():
    values = pd.Series([0.12, 0.41, -0.23, 0.37, 0.05, 0.29, -0.11])
    low, high = stats.interval(values, seed=7)
    assert low < values.mean() < high
    assert (low, high) == stats.interval(values, seed=7) != stats.interval(values, seed=8)


@pytest.mark.parametrize("values", [[], [0.5], [np.nan, 0.5]])
def test_one_value_has_no_interval(values):
    assert np.isnan(stats.interval(pd.Series(values, dtype=float), seed=7)).all()


def test_intervals_cover_the_true_mean_about_as_often_as_they_say():
    rng = np.random.default_rng(7)
    draw = lambda: stats.interval(pd.Series(rng.normal(size=10)), seed=int(rng.integers(1e6)), draws=1000)  # noqa: E731
    assert 0.93 <= np.mean([low <= 0 <= high for low, high in (draw() for _ in range(600))]) <= 0.98


def test_contrasts_find_the_outlet_that_differs_and_no_other():
    rng = np.random.default_rng(7)
    table = pd.DataFrame({"outlet": np.repeat(list("abcde"), 20), "score": rng.normal(0, 0.1, 100)})
    table.loc[table.outlet == "e", "score"] -= 0.3
    found = stats.contrasts(table, "outlet", "score", seed=7, least=3)
    assert found[(found.q < 0.001) & (found.difference < -0.2)].outlet.tolist() == ["e"]
    assert (found.q >= found.p).all() and (found.q > found.p).any()
    assert (found.low <= found.difference).all() and (found.difference <= found.high).all()


@pytest.mark.parametrize("values", [[0.2] * 8, [0.0] * 8])
def test_equal_scores_are_no_difference(values):
    table = pd.DataFrame({"outlet": list("aabbccdd"), "score": values})
    assert (stats.contrasts(table, "outlet", "score", seed=7, least=2).q == 1).all()


def test_one_outlet_has_nobody_to_differ_from():
    table = pd.DataFrame({"outlet": ["a"] * 5, "score": np.arange(5.0)})
    assert stats.contrasts(table, "outlet", "score", seed=7, least=2).empty


@pytest.mark.parametrize(
    ("together", "first", "second", "value"),
    [(10, 10, 10, 1.0), (0, 10, 10, -1.0), (1, 10, 10, 0.0), (100, 100, 100, 1.0)],
)
def test_npmi(together, first, second, value):
    assert stats.npmi(*(pd.Series([n]) for n in (together, first, second)), 100)[0] == pytest.approx(value, abs=1e-9)


def test_the_tail_is_the_chance_of_drawing_so_many():
    # 5 red balls of 10, 5 drawn, all red: one way in 252.
    assert stats.tail(pd.Series([5]), pd.Series([5]), pd.Series([5]), 10)[0] == pytest.approx(1 / 252)


@pytest.mark.parametrize(
    ("text", "sign"), [("a great success", 1), ("a terrible defeat", -1), ("The talks took place.", 0), ("", 0)]
)
def test_score(text, sign):
    assert np.sign(sentiment.score(text)) == sign


def test_curly_quotes_do_not_change_a_score():
    assert sentiment.score("It wasn’t a “success”.") == sentiment.score('It wasn\'t a "success".')


def parts(text):
    """voice -> words, for a text of one sentence."""
    sentences = pd.DataFrame(
        [("d", n, s.start, s.end, text[s.start : s.end]) for n, s in enumerate(split.sentences(text))]
    )
    sentences.columns = ["doc", "sent", "start", "end", "text"]
    voices = pd.DataFrame([("d", s.start, s.end) for s in voice.spans(text)], columns=["doc", "start", "end"])
    found = sentiment.sentences(sentences, voices, least=1)
    return dict(zip(found.voice, found.part, strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The talks failed.", {"own voice": "The talks failed."}),
        ("“A great success,” he said.", {"own voice": "he said.", "quoted or reported": "“A great success,”"}),
        (
            "He praised “warm ties” in a cold room.",
            {"own voice": "He praised in a cold room.", "quoted or reported": "“warm ties”"},
        ),
    ],
)
def test_each_voice_is_scored_on_its_own_words(text, expected):
    assert parts(text) == expected


def test_an_article_counts_once_for_each_voice():
    scored = pd.DataFrame(
        [("a", 0, "own voice", 0.5, 10), ("a", 1, "own voice", 0.0, 30), ("b", 0, "own voice", -1.0, 5)],
        columns=["doc", "sent", "voice", "score", "words"],
    )
    documents = pd.DataFrame({"doc": ["a", "b"], "outlet": "X", "published": pd.NaT, "copy_of": ""})
    found = sentiment.articles(scored, documents)
    assert found[["doc", "score", "sentences"]].to_numpy().tolist() == [["a", 0.125, 2], ["b", -1.0, 1]]


def company(*rows):
    """Appearances from (doc, sentence, actors)."""
    return pd.DataFrame(
        [(doc, sent, actor) for doc, sent, actors in rows for actor in actors], columns=["doc", "sent", "actor"]
    )


def test_pairs_count_units_and_articles():
    found = network.pairs(company(("a", 0, "XY"), ("a", 1, "XY"), ("b", 0, "XYZ"), ("c", 0, "Z")), units=40, least=1)
    row = found.set_index(["first", "second"]).loc[("X", "Y")]
    assert (row.together, row.articles) == (3, 2)
    assert row.npmi == pytest.approx(1.0)


def test_one_article_alone_makes_no_pair():
    assert network.pairs(company(*(("a", n, "XY") for n in range(9))), units=40).empty


def test_nobody_named_is_an_empty_network():
    found = network.pairs(company(), units=10)
    assert list(found) == network.PAIRS
    graph = network.graph(found)
    assert (len(graph), network.layout(graph)) == (0, {})


def test_places_and_names_inside_names_are_no_company():
    mentions = pd.DataFrame(
        [("a", 0, "CHN", "name", False), ("a", 0, "RUS", "loc", False), ("a", 0, "JPN", "dem", True)],
        columns=["doc", "sent", "actor", "via", "nested"],
    )
    sentences = pd.DataFrame({"doc": ["a"], "sent": [0], "para": [0]})
    assert network.appearances(mentions, sentences).actor.tolist() == ["CHN"]
    with pytest.raises(InputError, match="it can be sentence, paragraph, article"):
        network.appearances(mentions, sentences, unit="page")


def test_nodes_keep_apart_and_inside_the_picture():
    rows = [(f"d{n}", 0, [f"n{a}", f"n{b}"]) for n in range(3) for a in range(12) for b in range(a) if (a + b) % 3 == 0]
    graph = network.graph(network.pairs(company(*rows), units=4000))
    places = np.array(list(network.layout(graph).values()))
    assert places.min() >= 0 and places.max() <= 1
    gaps = np.abs(places[:, None] - places[None]) / [0.27, 0.07]
    assert np.sort(np.linalg.norm(gaps, axis=2), axis=1)[:, 1].min() > 0.8


def test_the_summary_tables_add_up():
    rows = [("a", "X", "", 10, "2024-01-01"), ("b", "Y", "", 20, None), ("c", "X", "a", 30, "2024-02-01")]
    documents = pd.DataFrame(rows, columns=["doc", "outlet", "copy_of", "words", "published"])
    documents["published"] = pd.to_datetime(documents.published)
    assert tables.outlets(documents)[["outlet", "articles", "copies"]].to_numpy().tolist() == [["X", 2, 1], ["Y", 1, 0]]
    removed = pd.DataFrame(
        [("a", 1, "long ad", "ad"), ("b", 2, "ad", "ad"), ("c", 0, "x", "empty")],
        columns=["doc", "line", "text", "rule"],
    )
    assert tables.cuts(removed).to_numpy().tolist() == [["ad", 2, 2, "ad"]]
