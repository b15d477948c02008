import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planted import SUBJECTS, planted, written

from helpers import InputError
from helpers.language import split
from helpers.topics import model as topics
from helpers.topics import words as vocabulary


def parted(shares):
    """The names of the articles of each topic."""
    return {frozenset(rows.index) for _, rows in shares.groupby(shares.idxmax(axis=1))}


@pytest.fixture(scope="module")
def four():
    return topics.make(planted(6), n_topics=4)


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
        ("İstanbul and a Ships-yard", ["i̇stanbul", "ships-yard"]),
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
    found = read.chunks(np.ones(len(read.vocabulary), bool)).toarray()
    expected = [set(text[at : at + 20]) for text in texts for at in range(0, max(1, len(text) - 10), 10)]
    assert [set(read.vocabulary[row > 0]) for row in found] == expected


def test_a_passage_starts_in_the_middle_of_the_one_before():
    found = vocabulary.passages(["One. Two. Three. Four. Five.", "Alone."], window=3)
    assert found.text.tolist() == ["One. Two. Three.", "Three. Four. Five.", "Alone."]
    assert found.article.tolist() == [0, 0, 1] and found.sent.tolist() == [0, 2, 0]


VOICED = "He “came early” on a warm day.\nCLOSE Share this story\nShips sailed from the far coast today. Two words."


def opened(texts, voices=()):
    """The openings of texts by name; voices as doc, start, end."""
    rows = [
        (doc, number, s.start, s.end, text[s.start : s.end], split.count(text[s.start : s.end]))
        for doc, text in texts.items()
        for number, s in enumerate(split.sentences(text))
    ]
    sentences = pd.DataFrame(rows, columns=["doc", "sent", "start", "end", "text", "words"])
    documents = pd.DataFrame({"doc": [*texts], "text": [*texts.values()]})
    return vocabulary.openings(documents, sentences, pd.DataFrame([*voices], columns=["doc", "start", "end"]))


def test_openings_are_sentences_without_the_voices_of_others():
    rows, texts, length = opened({"a": VOICED}, [("a", VOICED.index("“"), VOICED.index("”") + 1)])
    assert rows.text.tolist() == ["He “came early” on a warm day.", "Ships sailed from the far coast today."]
    assert rows.own.str.split().str.join(" ").tolist() == ["He on a warm day.", rows.text.iloc[1]] and length == 10
    assert texts["a"] == "He on a warm day Ships sailed from the far"


def test_openings_are_as_long_as_nine_in_ten_articles_and_equal():
    told = {f"d{n:02d}": f"The NATO ships {'a b c d e f '}left." * (3 if n else 1) for n in range(20)}
    told = {doc: text.replace(".The", ".\nThe") for doc, text in told.items()}
    rows, texts, length = opened(told)
    assert length == 30 and "d00" not in texts.index and len(texts) == 19 and len(rows) == 3 * 19
    assert texts["d01"].split() == "The ships a b c d e f left".split() * 3
    rows, texts, length = opened({})
    assert length == 0 and rows.empty and texts.empty


STANDS = [
    ("regime", "The Regime fell far today.", [["Regime"]]),
    ("regime", "A regime rose and the regime fell.\nNo Regime came back today.", [["regime", "regime"], ["Regime"]]),
    ("regime", "A regime-change, regimes and REGIME came.", []),
    ("regime", "Nobody of them saw it: “The regime fell.”", []),  # in the voice of another
    ("regime", "The Old Regime fell far today.", []),  # a name
    ("regime", "One two three four five six regime nine.", []),  # beyond the opening
    ("hong kong", "They left Hong  Kong today, hong kong.", [["Hong  Kong", "hong kong"]]),
    ("hong kong", "They saw “the” big Hong “x” Kong.", [["Hong", "Kong"]]),
    ("hong kong", "It was in old Hong.\nKong was far away now.", [["Hong"], ["Kong"]]),
    ("hong kong", "Kong Hong and Hong-Kong were far.", []),
    ("İstanbul".lower(), "They sailed to İstanbul today now.", [["İstanbul"]]),
]


@pytest.mark.parametrize(("word", "text", "marks"), STANDS)
def test_a_word_stands_where_it_counts(word, text, marks):
    quotes = [("a", hit.start(), hit.end()) for hit in re.finditer("“[^”]*”", text)]
    rows, _, _ = opened({"a": f"{text}\nNine more words stand here in the last line."}, quotes)
    rows = vocabulary.holding(rows, 6 if "six" in text else 99, word, vocabulary.blanked(["Old Regime"]))
    assert [[row.text[start:end] for start, end in row.marks] for row in rows.itertuples()] == marks
    assert all(text.split("\n")[row.sent] == row.text for row in rows.itertuples())


def test_a_candidate_stands_in_the_openings_of_the_articles_that_have_it(corpus):
    some = corpus.english(copies=False)
    rows, texts, length = vocabulary.openings(some.documents, some.sentences, some.voices)
    blank = vocabulary.blanked(some.mentions.surface)
    table = vocabulary.candidates(texts, vocabulary.masked(some.mentions.surface))
    assert len(table.columns) > 50 and any(" " in word for word in table)
    for word in [*table][::12] + [word for word in table if " " in word]:
        found = vocabulary.holding(rows, length, word, blank)
        assert set(found.doc) == set(table.index[table[word] > 0])
        for row in found.itertuples():
            held = " ".join(row.text[start:end] for start, end in row.marks).lower()
            assert row.marks and not set(held.split()) - set(word.split())


WEIGHING = [
    ("Ships and the SHIP’s port.", {"ships": 1.0}, ["Ships"]),
    ("Ships, ships-yard, warships; SHIPS", {"ships": 1.0}, ["Ships", "SHIPS"]),
    ("The ships left the port.", {"ships": 3.0, "port": 1.0}, ["ships"]),
    ("The ships left the port.", {"ships": 1.0, "port": 1.0, "left": 1.0}, ["ships", "left"]),
    ("The ships left.", {"ships": 0.0}, []),
    ("", {"ships": 1.0}, []),
]


@pytest.mark.parametrize(("text", "weights", "marked"), WEIGHING)
def test_the_words_with_half_of_the_weight_are_marked(text, weights, marked):
    assert [text[start:end] for start, end in vocabulary.weighing(text, weights)] == marked


def test_blanks_leave_all_else_in_its_place():
    assert vocabulary.blanked(["Xi Jinping", "Xi"])("So Xi Jinping met Xi.") == "So            met   ."


ATTRIBUTED = [
    (["She told reporters today.", "Reporters left the big old hall."], {"reporters"}, {"hall"}),
    (["Ships said to be lost in the far north sea came.", "Ships sailed.", "Ships left."], {"said"}, {"ships", "sea"}),
    (["A statement said.", "A statement.", "A statement.", "A statement."], {"said"}, {"statement"}),
    ([], set(), {"said"}),
]


@pytest.mark.parametrize(("sentences", "near", "far"), ATTRIBUTED)
def test_words_mostly_near_a_verb_of_saying_are_those_of_attribution(sentences, near, far):
    found = vocabulary.attributing(pd.Series(sentences, dtype=object))
    assert near <= found and not far & found


def test_candidates_are_words_that_some_texts_have_and_others_lack():
    rows = [("always regime" if n < 20 else "always rare hong" if n < 23 else "always harbour") for n in range(40)]
    rows = [f"{row}{' labour' * (n % 3 == 0)}{' labor' * (n % 3 == 1)}" for n, row in enumerate(rows)]
    texts = pd.Series(rows, [f"d{n:02d}" for n in range(40)])
    found = vocabulary.candidates(texts, vocabulary.tokens)
    assert set(found) == {"regime", "harbour"} and found.regime.sum() == 20 and found.harbour["d39"] == 1
    assert set(vocabulary.candidates(texts, vocabulary.tokens, {"regime"})) == {"harbour"}
    assert vocabulary.candidates(texts[:3], vocabulary.tokens).shape == (3, 0)


def test_two_words_that_nearly_always_stand_together_are_one():
    rows = ["seen in Hong Kong"] * 9 + ["in Hong Kong with a prime minister"] * 9 + ["a minister of hong"] * 2
    found = vocabulary.candidates(pd.Series(rows + ["nothing"] * 20), vocabulary.tokens)
    assert {column: int(found[column].sum()) for column in found} == {
        "hong kong": 18, "prime minister": 9, "minister": 11, "seen": 9
    }  # fmt: skip


# Groups


def test_as_many_groups_as_asked_for_where_texts_have_the_same_words():
    from scipy.sparse import csr_matrix

    weights = csr_matrix(np.kron(np.eye(3), np.ones((4, 2))))
    found = topics.solutions(weights, [2, 3, 5], method="clusters", seed=7)
    assert [len(set(found[number].members)) for number in (2, 3, 5)] == [2, 3, 5]
    assert all(len(set(found[3].members[at : at + 4])) == 1 for at in (0, 4, 8))


# Topics


@pytest.mark.parametrize("method", topics.METHODS)
@pytest.mark.parametrize("window", [0, 2, 3])
def test_topics_part_four_subjects(method, window, monkeypatch):
    texts = planted(6)
    monkeypatch.setattr(vocabulary, "WINDOW", window)
    model = topics.make(texts, n_topics=4, method=method)
    assert np.allclose(model.shares.sum(axis=1), 1)
    assert parted(model.shares) == {frozenset(n for n in texts.index if n.startswith(s)) for s in SUBJECTS}
    assert all(any(set(words) <= set(told.split()) for told in SUBJECTS.values()) for words in model.top_words(5))
    assert all(any(set(words) <= set(told.split()) for told in SUBJECTS.values()) for words in model.labels(5))


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_neither_order_nor_a_duplicate_changes_anything(four, random):
    texts = planted(6)
    names = list(texts.index)
    random.shuffle(names)
    copied = pd.concat([texts[names], pd.Series({"zz-copy": texts[names[0]]})])
    model = topics.make(copied, n_topics=4)
    assert model.solution.words.tobytes() == four.solution.words.tobytes()
    assert model.labels(8) == four.labels(8)
    assert model.shares.loc[four.shares.index].equals(four.shares)
    assert (model.shares.loc["zz-copy"] == model.shares.loc[names[0]]).all()
    assert model.passages(0).equals(four.passages(0))


@pytest.mark.parametrize("method", topics.METHODS)
def test_one_core_and_two_give_the_same_bytes(method):
    from threadpoolctl import threadpool_limits

    texts = planted(40)
    found = []
    for cores in (1, 2, 2):
        with threadpool_limits(cores):
            model = topics.make(texts, n_topics=7, method=method, seed=3)
            found.append((model.shares.to_numpy().tobytes(), model.solution.words.tobytes(), model.nearness.tobytes()))
    assert found[0] == found[1] == found[2]


def test_many_articles_are_grouped_before_they_are_merged(monkeypatch):
    monkeypatch.setattr(topics, "GROUPS", 20)
    monkeypatch.setattr(topics, "SAMPLE", 60)
    texts = planted(30)
    assert len(parted(topics.make(texts, n_topics=4).shares)) == 4
    assert {len({name.split("-")[0] for name in part}) for part in parted(topics.make(texts, n_topics=4).shares)} == {1}


def test_many_articles_are_read_whole(monkeypatch):
    monkeypatch.setattr(topics, "PASSAGES", 23)
    model = topics.make(planted(6), n_topics=4)
    assert model.evidence.text.tolist() == model.texts.tolist() and len(parted(model.shares)) == 4


def test_an_article_on_two_subjects_has_a_share_of_each():
    rng = np.random.default_rng(1)
    both = pd.Series({"both": " ".join([written("sea", rng, 8), written("law", rng, 8)])})
    shares = topics.make(pd.concat([planted(6), both]), n_topics=4).shares.loc["both"]
    assert sorted(shares)[-2] > 0.3


def test_a_text_without_a_known_word_has_the_mean_shares():
    told = pd.concat([planted(6), pd.Series({"nothing": "and of the"})])
    model = topics.make(told, n_topics=4)
    assert np.allclose(model.shares.mean(), model.shares.drop(index="nothing").mean())


def test_passages_and_sentences_stand_in_their_articles(four):
    texts = planted(6)
    for topic in range(4):
        rows = four.passages(topic, 5)
        assert rows.doc.is_unique and len(rows) == 5
        assert all(row.text in texts[row.doc] for row in rows.itertuples())
        assert rows.doc.str.split("-").str[0].nunique() == 1
        sentence, doc = four.sentence(topic)
        assert sentence in texts[doc] and set(vocabulary.tokens(sentence)) & set(four.top_words(10)[topic])
        last = rows.doc.iloc[-1]
        assert four.passages(topic, 5, [last]).doc.tolist() == [last] == [four.sentence(topic, [last])[1]]
        assert four.sentence(topic, []) == ("", "")


@pytest.mark.parametrize("method", topics.METHODS)
def test_passages_make_the_shares_of_their_articles(method):
    texts = planted(6)
    texts["both"] = written("sea", np.random.default_rng(1)) + " The judge saw a jury and the court."
    model = topics.make(texts, n_topics=4, method=method)
    rows = model.behind(["first", "second", "third", "fourth"])
    assert set(rows.topic) == {"first", "second", "third", "fourth"} and (rows.nearness > 0).all()
    if method == "clusters":
        counts = pd.crosstab(rows.article, rows.topic)[["first", "second", "third", "fourth"]]
        shares = counts.div(model.evidence.groupby("article").size(), axis=0)
        assert np.allclose(shares, model.shares.loc[model.texts.index])
    told = model.nearness / model.nearness.sum(axis=1, keepdims=True)
    told = told if method == "nmf" else (told == told.max(axis=1, keepdims=True))
    means = pd.DataFrame(told.astype(float)).groupby(model.evidence.article.to_numpy()).mean()
    assert np.allclose(means, model.shares.loc[model.texts.index]) and len(rows) == (told > 0).sum()


def test_the_text_nearest_to_a_topic_is_one_of_its_own(four):
    subjects = [four.nearest(four.texts.index)[topic].split("-")[0] for topic in range(4)]
    assert sorted(subjects) == sorted(SUBJECTS)
    assert [name.split("-")[0] for name in four.nearest(["sea-3"]) if name] == ["sea"]


def test_masked_words_tell_no_topic():
    model = topics.make(planted(6), n_topics=4, words=vocabulary.masked(["ships", "judge"]))
    assert not {"ships", "judge"} & set(model.words.vocabulary)


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
    ],
)
def test_what_can_not_be_done_is_one_line(texts, options, line):
    with pytest.raises(InputError, match=line) as caught:
        topics.make(texts, **{"n_topics": 2} | options)
    assert "\n" not in str(caught.value)


def test_one_article_is_parted_by_its_passages():
    rng = np.random.default_rng(7)
    model = topics.make([written("sea", rng, 20) + " " + written("farm", rng, 20)], n_topics=2)
    assert len(model.articles) == len(model.evidence) > 1
    assert (model.shares.iloc[0] > 0.3).all()
    assert {frozenset(words) <= frozenset(SUBJECTS["sea"].split()) for words in model.top_words(5)} == {True, False}


def test_equal_articles_are_one():
    article = written("sea", np.random.default_rng(7), 20)
    many, one = (topics.make([article] * number, n_topics=2) for number in (6, 1))
    assert np.array_equal(many.solution.words, one.solution.words)
    assert (many.shares == one.shares.iloc[0]).all(axis=None)
