import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer
from support import ROOT

from helpers.corpus.grouping import _counted, group_articles

VISIT = (
    "The Ruritanian chancellor flew to Zembla and signed a fisheries treaty with Queen Blanda in the harbour of Onhava."
)
AGAIN = (
    "In Onhava on Tuesday, Queen Blanda of Zembla and her Ruritanian guest put their names to a treaty about herring."
)
STORM = (
    "A typhoon tore roofs off houses on the island of Karkow, where the mayor counted forty fallen masts and no dead."
)
DRILL = (
    "Frigates from Graustark fired at towed targets near Cape Lorn while reporters watched from a tug in heavy swell."
)
STORIES = [
    ("two tell one visit", [(VISIT, 1), (AGAIN, 2), (STORM, 1), (DRILL, 2)], [0, 0, 2, 3]),
    ("the same words a month later", [(VISIT, 1), (VISIT, 31), (STORM, 1), (DRILL, 2)], [0, 1, 2, 3]),
    ("a reprint", [(STORM, 1), (STORM, 2), (DRILL, 1), (VISIT, 1)], [0, 0, 2, 3]),
    ("no day", [(VISIT, None), (AGAIN, 2), (STORM, 1), (DRILL, 2)], [None, 1, 2, 3]),
    ("one article", [(VISIT, 1)], [0]),
    ("no words", [("", 1), ("", 1), (VISIT, 1)], [0, 1, 2]),
    ("nothing dated", [(VISIT, None), (AGAIN, None)], [None, None]),
    ("nothing", [], []),
]
NOBODY = pd.DataFrame(columns=["doc", "actor", "nested"])


def corpus(stories):
    days = [pd.Timestamp("2024-03-01") + pd.Timedelta(days=day) if day else pd.NaT for _, day in stories]
    docs = [f"d{number}" for number in range(len(stories))]
    return pd.DataFrame({"doc": docs, "published": pd.to_datetime(days), "text": [text for text, _ in stories]})


@pytest.mark.parametrize(("stories", "expected"), [s[1:] for s in STORIES], ids=[s[0] for s in STORIES])
def test_what_tells_the_same_event(stories, expected):
    documents = corpus(stories)
    found = group_articles(documents, NOBODY)
    groups = {}
    for number, want in enumerate(expected):
        if want is None:
            assert found[number] == ""
        else:
            groups.setdefault(want, set()).add(found[number])
    assert all(len(names) == 1 and names <= set(documents.doc) for names in groups.values())
    assert len(set.union(set(), *groups.values())) == len(groups)


def test_the_order_of_articles_does_not_matter():
    documents = corpus([(VISIT, 1), (AGAIN, 2), (STORM, 1), (DRILL, 2), (STORM, 3)])
    mixed = documents.sample(frac=1, random_state=3)
    there, here = (group_articles(d, NOBODY).set_axis(d.doc).sort_index() for d in (documents, mixed))
    assert there.equals(here)


def test_shared_actors_bring_two_tellings_together():
    documents = corpus(
        [("Talks were held behind closed doors.", 1), ("Nothing came of it.", 2), (STORM, 1), (DRILL, 1)]
    )
    named = pd.DataFrame([(doc, actor, False) for doc in ("d0", "d1") for actor in ("xi", "putin", "lula")])
    apart = group_articles(documents, NOBODY)
    together = group_articles(documents, named.set_axis(["doc", "actor", "nested"], axis=1))
    assert apart[0] != apart[1] and together[0] == together[1]


@given(st.lists(st.lists(st.sampled_from(["@", "^Ada", " sea", "@xi", "^É"])).map(lambda row: ["@", *row]), min_size=1))
def test_words_are_counted_as_scikit_learn_does(rows):
    counts, names = _counted(rows)
    counter = CountVectorizer(analyzer=list)
    assert (counts.toarray() == counter.fit_transform(rows).toarray()).all()
    assert [*names] == [*counter.get_feature_names_out()]


def test_the_corpus_events_are_told_apart(corpus, capsys):
    read = corpus
    true = pd.read_csv(ROOT / "corpus" / "gold" / "articles.csv", keep_default_na=False).set_index("doc")
    for name, docs in {"first 128": true.index[true.edition == 1], "all": true.index}.items():
        documents = read.documents[read.documents.doc.isin(docs)]
        found = group_articles(documents, read.mentions[read.mentions.doc.isin(docs)]).to_numpy()
        event = true.event.where(~true.event.str.startswith("other-"), true.index)  # a subject is no event
        event = event.reindex(documents.doc).to_numpy()
        same, said = event[:, None] == event, found[:, None] == found
        right = (same & said).sum() - len(docs)
        precision, recall = right / (said.sum() - len(docs)), right / (same.sum() - len(docs))
        with capsys.disabled():
            print(f"\n  events of the corpus, {name}, pairs: precision {precision:.3f}, recall {recall:.3f}", end="")
        assert name == "all" or (precision >= 0.95 and recall >= 0.9)
