import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import ROOT

from helpers import InputError
from helpers.corpus import corpus as tables
from helpers.topics import agendas, clusters, keyness, stability
from helpers.topics import model as topics
from helpers.topics import words as vocabulary

SUBJECTS = {
    "sea": "ships harbour sailors waves fleet anchor captain deck cargo port lighthouse storm rope hull",
    "bank": "banks payments traders money loans interest deposits currency shares bonds brokers savings profit debt",
    "farm": "wheat tractor harvest cattle barn fields farmer seeds orchard milk plough sheep meadow soil",
    "law": "court judge lawyers verdict appeal trial witness jury sentence prison charges defendant evidence statute",
}


def written(subject, rng, sentences=6):
    """An article on one subject, of random words of it and of words that every subject has."""
    common = "people city report plan meeting official public number place group".split()
    pick = lambda: " ".join([*rng.choice(SUBJECTS[subject].split(), 5), *rng.choice(common, 3)])  # noqa: E731
    return " ".join(f"The {pick()}." for _ in range(sentences))


def planted(each, subjects=tuple(SUBJECTS), seed=7):
    """Articles by name, each named after its subject."""
    rng = np.random.default_rng(seed)
    return pd.Series({f"{subject}-{n}": written(subject, rng) for n in range(each) for subject in subjects})


def parted(shares):
    """The names of the articles of each topic."""
    return {frozenset(rows.index) for _, rows in shares.groupby(shares.idxmax(axis=1))}


@pytest.fixture(scope="module")
def corpus():
    return tables.load(ROOT / "corpus").english().originals()


@pytest.fixture(scope="module")
def four():
    return topics.fit(planted(6), n_topics=4)


# Words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("China’s warships sailed.", ["china", "warships", "sailed"]),
        ("On Monday it said 3,200 troops came.", ["troops"]),
        ("A Tu-95 bomber", ["bomber"]),
        ("The anti-ship missile", ["anti-ship", "missile"]),
        ("fire system", ["fire", "system"]),
        ("über Größe", ["über", "größe"]),
        ("", []),
    ],
)
def test_tokens(text, expected):
    assert vocabulary.tokens(text) == expected


@pytest.mark.parametrize(
    ("names", "text", "expected"),
    [
        (["Xi", "Xi Jinping"], "Xi Jinping and Xi met Xinhua", ["met", "xinhua"]),
        (["Joint Staff"], "the joint staff of the Joint Staff", ["joint", "staff"]),
        (["China"], "China’s and Chinatown", ["chinatown"]),
        ([], "Putin flew", ["putin", "flew"]),
        (["a.b(c"], "wheat a.b(c barley", ["wheat", "barley"]),
    ],
)
def test_names_are_masked_as_they_are_written(names, text, expected):
    assert vocabulary.masked(names)(text) == expected


@given(st.lists(st.lists(st.sampled_from("abcdefg"), max_size=45), min_size=1, max_size=4))
def test_chunks_are_twenty_words_half_overlapping(texts):
    read = vocabulary.read([" ".join(text) for text in texts], str.split)
    found = read.chunks(np.arange(len(read.vocabulary))).toarray()
    expected = [set(text[at : at + 20]) for text in texts for at in range(0, max(1, len(text) - 10), 10)]
    assert [set(read.vocabulary[row > 0]) for row in found] == expected


def test_a_passage_starts_in_the_middle_of_the_one_before():
    found = vocabulary.passages(["One. Two. Three. Four. Five.", "Alone."], window=3)
    assert found.text.tolist() == ["One. Two. Three.", "Three. Four. Five.", "Alone."]
    assert found.article.tolist() == [0, 0, 1] and found.sent.tolist() == [0, 2, 0]


# Groups


def test_merging_is_ward_s_method():
    from scipy.cluster.hierarchy import fcluster, linkage

    places = np.random.default_rng(7).normal(size=(40, 5))
    merges = clusters._merges(places, np.ones(40, int))
    for number in (2, 5, 17):
        one, two = clusters._cut(merges, 40, number), fcluster(linkage(places, "ward"), number, "maxclust")
        assert len(set(zip(one, two, strict=True))) == number


def test_a_group_of_many_counts_as_so_many():
    places = np.array([[0.0], [1.0], [10.0], [11.5]])
    sizes = np.array([1, 1, 9, 1])
    apart = np.repeat(places, sizes, axis=0)
    whole = clusters._cut(clusters._merges(apart, np.ones(12, int)), 12, 2)
    assert (np.repeat(clusters._cut(clusters._merges(places, sizes), 4, 2), sizes) == whole).all()


# Topics


@pytest.mark.parametrize("method", topics.clusters.METHODS)
@pytest.mark.parametrize("window", [0, 2, "auto"])
def test_topics_part_four_subjects(method, window):
    texts = planted(6)
    model = topics.fit(texts, n_topics=4, method=method, window=window)
    assert np.allclose(model.shares.sum(axis=1), 1)
    assert parted(model.shares) == {frozenset(n for n in texts.index if n.startswith(s)) for s in SUBJECTS}
    assert all(any(set(words) <= set(told.split()) for told in SUBJECTS.values()) for words in model.top_words(5))
    assert all(any(set(words) <= set(told.split()) for told in SUBJECTS.values()) for words in model.labels(5))
    assert np.allclose(model.transform(texts), model.shares)


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_neither_order_nor_a_duplicate_changes_anything(four, random):
    texts = planted(6)
    names = list(texts.index)
    random.shuffle(names)
    copied = pd.concat([texts[names], pd.Series({"zz-copy": texts[names[0]]})])
    model = topics.fit(copied, n_topics=4)
    assert model.solution.words.tobytes() == four.solution.words.tobytes()
    assert model.labels(8) == four.labels(8)
    assert model.shares.loc[four.shares.index].equals(four.shares)
    assert (model.shares.loc["zz-copy"] == model.shares.loc[names[0]]).all()
    assert model.passages(0).equals(four.passages(0))


@pytest.mark.parametrize("method", topics.clusters.METHODS)
def test_one_core_and_two_give_the_same_bytes(method):
    from threadpoolctl import threadpool_limits

    texts = planted(40)
    found = []
    for cores in (1, 2, 2):
        with threadpool_limits(cores):
            model = topics.fit(texts, n_topics=7, method=method, seed=3)
            found.append((model.shares.to_numpy().tobytes(), model.solution.words.tobytes(), model.nearness.tobytes()))
    assert found[0] == found[1] == found[2]


def test_many_articles_are_grouped_before_they_are_merged(monkeypatch):
    monkeypatch.setattr(clusters, "GROUPS", 20)
    monkeypatch.setattr(clusters, "SAMPLE", 60)
    texts = planted(30)
    assert len(parted(topics.fit(texts, n_topics=4).shares)) == 4
    assert {len({name.split("-")[0] for name in part}) for part in parted(topics.fit(texts, n_topics=4).shares)} == {1}


def test_an_article_on_two_subjects_has_a_share_of_each(four):
    rng = np.random.default_rng(1)
    both = four.transform([" ".join([written("sea", rng, 8), written("law", rng, 8)])]).iloc[0]
    assert sorted(both.round(1))[-2:] == [0.5, 0.5] or sorted(both)[-2] > 0.3


def test_a_text_without_a_known_word_has_the_mean_shares(four):
    assert np.allclose(four.transform(["Xyzzy.", ""]), four.shares.mean())
    told = pd.concat([planted(6), pd.Series({"nothing": "and of the"})])
    model = topics.fit(told, n_topics=4)
    assert np.allclose(model.shares.mean(), model.shares.drop(index="nothing").mean())


def test_passages_and_sentences_stand_in_their_articles(four):
    texts = planted(6)
    for topic in range(4):
        rows = four.passages(topic, 5)
        assert rows.doc.is_unique and len(rows) == 5
        assert all(row.text in texts[row.doc] for row in rows.itertuples())
        assert rows.doc.str.split("-").str[0].nunique() == 1
        assert any(four.sentence(topic) in text for text in texts)
        assert set(vocabulary.tokens(four.sentence(topic))) & set(four.top_words(10)[topic])


def test_masked_words_tell_no_topic():
    model = topics.fit(planted(6), n_topics=4, words=vocabulary.masked(["ships", "judge"]))
    assert not {"ships", "judge"} & set(model.units.words.vocabulary)


@pytest.mark.parametrize(
    ("texts", "options", "line"),
    [
        ([], {}, "too few passages"),
        (["the of and"] * 5, {}, "add articles"),
        (["Snow"], {}, "add articles"),
        (["Snow fell on the hills."] * 9, {}, "add articles"),
        (planted(3).tolist(), {"n_topics": 500}, "set n_topics lower"),
        (planted(3).tolist(), {"n_topics": 0}, "1 or more"),
        (planted(3).tolist(), {"method": "lda"}, "clusters or nmf"),
        (planted(3).tolist(), {"window": "page"}, "number of sentences"),
        (planted(3).tolist(), {"window": -1}, "number of sentences"),
    ],
)
def test_what_can_not_be_done_is_one_line(texts, options, line):
    with pytest.raises(InputError, match=line) as caught:
        topics.fit(texts, **{"n_topics": 2} | options)
    assert "\n" not in str(caught.value)


def test_one_article_is_parted_by_its_passages():
    rng = np.random.default_rng(7)
    model = topics.fit([written("sea", rng, 20) + " " + written("farm", rng, 20)], n_topics=2)
    assert model.units.passages
    assert (model.shares.iloc[0] > 0.3).all()
    assert {frozenset(words) <= frozenset(SUBJECTS["sea"].split()) for words in model.top_words(5)} == {True, False}


def test_equal_articles_are_one():
    article = written("sea", np.random.default_rng(7), 20)
    many, one = (topics.fit([article] * number, n_topics=2) for number in (6, 1))
    assert np.array_equal(many.solution.words, one.solution.words)
    assert (many.shares == one.shares.iloc[0]).all(axis=None)


# Stability


def test_planted_topics_come_back_and_one_too_many_does_not(four):
    assert (stability.returns(four).back == 1).all()
    split = stability.returns(topics.fit(planted(6), n_topics=7), seed=3)
    assert split.back.min() < 0.8
    assert split.back.between(0, 1).all() and split.overlap.between(0, 1).all()


@pytest.mark.parametrize("number", [2, 3, 4])
def test_the_number_planted_is_chosen(number):
    table = stability.choose(planted(6, list(SUBJECTS)[:number]), refits=10)
    assert table.topics[table.chosen].tolist() == [number]
    assert table.stability.max() <= 1 and list(table) == stability.CHOICE


def test_choosing_does_not_mind_order_and_duplicates():
    texts = planted(4)
    assert stability.choose(texts, refits=5).equals(stability.choose([*texts[::-1], texts.iloc[3]], refits=5))


@pytest.mark.parametrize("articles", [1, 2, 5, 9])
def test_a_number_is_chosen_for_few_articles(articles):
    rng = np.random.default_rng(7)
    texts = [written(list(SUBJECTS)[n % 2], rng, 24) for n in range(articles)]
    table = stability.choose(texts, refits=10)
    model = topics.fit(texts, n_topics=int(table.topics[table.chosen].iloc[0]))
    assert stability.returns(model, refits=5).back.between(0, 1).all()


def test_the_events_of_the_corpus_are_found(corpus):
    names = vocabulary.masked(corpus.mentions.surface)
    texts = corpus.documents.set_index("doc").text
    table = stability.choose(texts, words=names, refits=10)
    number = int(table.topics[table.chosen].iloc[0])
    shares = topics.fit(texts, n_topics=number, words=names).shares
    events = pd.read_csv(ROOT / "corpus" / "gold" / "articles.csv").set_index("doc").event.loc[shares.index]
    purity = pd.crosstab(events, shares.idxmax(axis=1)).max().sum() / len(shares)
    print(f"{number} topics, purity {purity:.3f}")
    assert purity >= 0.8


# Agendas


def agenda(*rows):
    """Shares of two topics from (outlet, share of the first)."""
    shares = pd.DataFrame([(share, 1 - share) for _, share in rows], index=[f"d{n:02d}" for n in range(len(rows))])
    return shares, pd.Series([outlet for outlet, _ in rows], index=shares.index, name="outlet")


def test_coverage_has_a_row_for_each_topic_and_group():
    shares, groups = agenda(("A", 1.0), ("A", 0.5), ("A", 0.0), ("B", 0.2))
    found = agendas.coverage(shares, groups.to_frame(), seed=7, least=2)
    assert found[["outlet", "topic", "mean", "articles"]].to_numpy().tolist() == [
        ["A", 0, 0.5, 3], ["A", 1, 0.5, 3], ["B", 0, 0.2, 1], ["B", 1, 0.8, 1]
    ]  # fmt: skip
    assert found.enough.tolist() == [True, True, False, False]
    assert found.low.isna().tolist() == [False, False, True, True]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["2024-01-05"] * 3 + ["2024-02-05"] * 3, ["2024-01", "2024-02"]),
        (["2024-01-05", "2024-02-05", "2024-03-09"], ["2024Q1"]),
        (["2024-01-05", "2024-05-05", "2024-10-09", None], ["2024"]),
        ([None], []),
    ],
)
def test_periods_are_as_short_as_the_articles_allow(days, expected):
    found = agendas.periods(pd.Series(pd.to_datetime(days)), least=3)
    assert sorted({str(period) for period in found.dropna()}) == expected


def test_an_agenda_of_its_own_is_farther_than_chance():
    shares, groups = agenda(*[("A", 0.9)] * 8, *[("B", 0.9)] * 8, *[("C", 0.1)] * 8)
    found = agendas.distances(shares, groups, seed=7).set_index(["first", "second"])
    assert found.q[("A", "C")] < 0.05 and found.q[("B", "C")] < 0.05 and found.q[("A", "B")] == 1
    assert found.distance[("A", "B")] == 0 and 0.6 < found.distance[("A", "C")] < 1


def test_nothing_in_common_is_a_distance_of_one():
    shares, groups = agenda(*[("A", 1.0)] * 3, *[("B", 0.0)] * 3)
    assert agendas.distances(shares, groups, seed=7).distance.tolist() == [1]


def test_a_topic_that_only_one_leaves_out_is_its_silence():
    shares, groups = agenda(("A", 0.5), ("A", 1.0), ("B", 0.5), ("C", 0.5), ("D", 1.0), ("D", 1.0), ("D", 0.95))
    found = agendas.silences(shares, groups)
    assert found[["group", "topic", "others", "of", "articles"]].to_numpy().tolist() == [["D", 1, 3, 3, 3]]
    assert found.chance[0] == pytest.approx((1 / 4) ** 3)


# Distinctive words


def told(**words):
    """Articles of three outlets that share ten words, with words of their own."""
    rows = [
        (outlet, f"{' '.join(SUBJECTS['sea'].split()[:10])} {own}") for outlet, texts in words.items() for own in texts
    ]
    table = pd.DataFrame(rows, columns=["outlet", "text"], index=[f"d{n:02d}" for n in range(len(rows))])
    return table.text, table.outlet


def test_each_of_three_groups_has_its_words():
    texts, outlets = told(A=["regime regime"] * 20, B=["partner friendly"] * 20, C=["plain"] * 20)
    found = keyness.distinctive(texts, outlets)
    assert found[found.q < 0.01].groupby("group").word.agg(set).to_dict() == {
        "A": {"regime"}, "B": {"partner", "friendly"}, "C": {"plain"}
    }  # fmt: skip
    assert (found.low <= found.effect).all() and (found.effect <= found.high).all()


def test_a_word_that_one_article_repeats_sets_nobody_apart():
    texts, outlets = told(A=["regime " * 30, "regime", *[""] * 8], B=["", "regime", *[""] * 8])
    found = keyness.distinctive(texts, outlets)
    assert (found.q > 0.05).all()


def test_the_effect_is_that_of_monroe_colaresi_and_quinn():
    texts, outlets = told(A=["regime"] * 4, B=["regime", "", "", ""])
    found = keyness.distinctive(texts, outlets).set_index("word").loc["regime"]
    prior = 500 * 5 / 85
    odds = [np.log((own + prior) / (words + 500 - own - prior)) for own, words in ((4, 44), (1, 41))]
    assert found.effect == pytest.approx(odds[0] - odds[1])
    assert (found.here, found.elsewhere) == pytest.approx((1e4 * 4 / 44, 1e4 / 41))
    assert found.z <= found.effect / np.sqrt(1 / (4 + prior) + 1 / (1 + prior)) + 1e-9


@pytest.mark.parametrize("outlets", [["A"] * 6, ["A"] * 5 + ["B"], [*"ABCDEF"]])
def test_who_has_nobody_to_differ_from_has_no_words(outlets):
    texts = planted(2, list(SUBJECTS)[:3])
    found = keyness.distinctive(texts, pd.Series(outlets, index=texts.index))
    assert list(found) == keyness.DISTINCTIVE and not set(found.group) - {"A"}


def test_a_word_leads_to_its_sentences():
    rows = [("a", "The Regime fell."), ("a", "A regime rose."), ("b", "Regimes came."), ("c", "regime-change")]
    table = pd.DataFrame(rows, columns=["doc", "text"])
    found = keyness.sentences(table, ["a", "b", "c"], "regime")
    assert [(row.doc, row.text[slice(*row.marks[0])]) for row in found.itertuples()] == [
        ("a", "Regime"),
        ("c", "regime"),
    ]
    assert keyness.sentences(table, ["b"], "regime").empty


def test_collocations_are_pairs_across_articles():
    rows = [(f"d{n}", "The Black Sea fleet left. Grain from the Black Sea was late.") for n in range(3)]
    rows += [("d3", "Sea birds and black cats. " * 4 + "red tape " * 9), ("d4", "A fleet of grain ships.")]
    found = keyness.collocations(pd.DataFrame(rows, columns=["doc", "text"]))
    assert found.set_index("phrase").loc["black sea", ["times", "articles"]].tolist() == [6, 3]
    assert found.strength.is_monotonic_decreasing
    assert "red tape" not in set(found.phrase) and not any("the" in phrase.split() for phrase in found.phrase)
