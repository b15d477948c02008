import numpy as np
import pandas as pd
import pytest
from planted import SUBJECTS, planted, written
from support import ROOT

from helpers import InputError
from helpers.topics import model as topics
from helpers.topics import stability
from helpers.topics import words as vocabulary


@pytest.fixture(scope="module")
def four():
    return topics.make(planted(6), n_topics=4)


def test_planted_topics_come_back_and_one_too_many_does_not(four):
    assert (stability.returns(four) == 1).all()
    split = stability.returns(topics.make(planted(6), n_topics=7), seed=3)
    assert split.min() < 0.8
    assert split.between(0, 1).all()


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
    model = topics.make(texts, n_topics=int(table.topics[table.chosen].iloc[0]))
    assert stability.returns(model, refits=5).between(0, 1).all()


def test_too_little_to_leave_any_out_is_one_line():
    told = "Ships left. Sails rose. Anchors, ropes and hulls sank. Decks dried. Cargo, cranes and docks burnt. Men ran."
    with pytest.raises(InputError, match=r"^too few passages \(3\) to leave some out; add articles$"):
        stability.choose([f"{told} Dogs ate."])


def test_the_events_of_the_first_edition_are_found(corpus):
    corpus = corpus.english(copies=False)
    names = vocabulary.masked(corpus.mentions.surface)
    true = pd.read_csv(ROOT / "corpus" / "gold" / "articles.csv").set_index("doc")
    texts = corpus.documents.set_index("doc").text
    texts = texts[texts.index.map(true.edition) == 1]
    table = stability.choose(texts, words=names, refits=10)
    number = int(table.topics[table.chosen].iloc[0])
    shares = topics.make(texts, n_topics=number, words=names).shares
    events = true.event.loc[shares.index]
    purity = pd.crosstab(events, shares.idxmax(axis=1)).max().sum() / len(shares)
    print(f"{number} topics, purity {purity:.3f}")
    assert purity >= 0.8
