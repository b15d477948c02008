import json
from inspect import signature

import pandas as pd
import pytest
from planted import planted

from helpers import InputError, load, show, topics
from helpers.show.html import FINDING
from helpers.show.result import Result
from helpers.topics import results

ANSWERS = ["table", "choice", "coverage", "contrasts", "words", "passages"]
ASKED = [*((name, {}) for name in ANSWERS), ("passages", {"topic": 1, "n": 1})]
SPANISH = "La ministra dijo ayer que los buques volverán al puerto antes de que termine el año.\nNadie lo cree.\nFin."
PLAIN = "The ships left the harbour.\nThe sailors saw the waves.\nThe captain kept the anchor."
ACTORS = "Russia sent ships to the harbour.\nChina saw the sailors.\nThe captain of Russia kept the anchor."


def folder(place, texts, outlets=None, days=None):
    """A folder of articles by name, with a catalogue where outlets or days are known."""
    place.mkdir()
    for name, text in texts.items():
        (place / f"{name}.txt").write_text(text, encoding="utf-8")
    if outlets or days:
        cells = zip(texts.keys(), outlets or [""] * len(texts), days or [""] * len(texts), strict=True)
        rows = ["doc,outlet,published", *map(",".join, cells)]
        (place / "articles.csv").write_text("\n".join(rows), encoding="utf-8")
    return place


@pytest.fixture(scope="session")
def models(tmp_path_factory):
    """A model of each small corpus."""
    home, grown = tmp_path_factory.mktemp("small"), planted(4)
    days = [f"2023-{1 + n % 9:02d}-0{1 + n % 7}" for n in range(len(grown))]
    named = grown + " Russia and China sent ships."
    many = {doc: "The regime kept its gates. " * (n % 2) + text for n, (doc, text) in enumerate(planted(8).items())}
    folders = {
        "none left": ({"a": SPANISH},),
        "one article": ({"a": PLAIN},),
        "three lines": ({"a": PLAIN, "b": ACTORS},),
        "no actors": (grown, ["A"] * 8 + ["B"] * 8, days),
        "one outlet": (grown, ["A"] * 16, days),
        "no days": (grown, ["A", "B"] * 8),
        "two outlets": (named, ["A", "B", "B", "B"] * 4, days),
        "one year": (grown, ["A", "B"] * 8, [f"2023-01-{1 + n:02d}" for n in range(16)]),
        "no outlets": (grown, None, days),
        "one word": (many, ["A", "B"] * 16, [f"2023-{1 + n % 9:02d}-0{1 + n % 7}" for n in range(32)]),
        "all quoted": ("“" + grown + "”", ["A", "B"] * 8, days),
    }
    return {name: topics.fit(load(folder(home / name.replace(" ", "-"), *parts))) for name, parts in folders.items()}


def test_every_public_method_is_asked():
    public = {name for name in dir(topics.TopicModel) if not name.startswith("_")}
    assert public == {*ANSWERS, "names"} and len(public) + 1 <= 18


@pytest.mark.parametrize(("method", "options"), ASKED, ids=str)
@pytest.mark.parametrize(
    "name",
    [
        "none left",
        "one article",
        "three lines",
        "no actors",
        "one outlet",
        "no days",
        "two outlets",
        "no outlets",
        "one year",
        "all quoted",
    ],
)
def test_every_answer_of_a_small_corpus_says_its_sentence(models, name, method, options):
    result = getattr(models[name], method)(**options)
    assert isinstance(result, Result) and result.name
    words = repr(result)
    assert words.strip() and "nan" not in words
    if result.table.empty:
        assert result.nothing.endswith(".") and words.startswith(result.nothing) and words.count(result.nothing) == 1
    assert "text/html" in result._repr_mimebundle_()


@pytest.mark.parametrize("name", ["none left", "one article", "three lines"])
def test_too_little_text_is_said_by_every_answer(models, name):
    model = models[name]
    assert model.names == [] and model.table().nothing.startswith("Too few passages (")
    assert {getattr(model, method)().nothing for method in ANSWERS} == {model.table().nothing}
    found = show.answer(model.table(), model.contrasts(), model.words())
    assert found.findings == () and found.little == (model.table().nothing,)


FEW = "Outlets cannot be compared: fewer than two have 8 articles"
EMPTY = [
    ("one outlet", "coverage", {}, "Fewer than two outlets have 8 articles."),
    ("two outlets", "coverage", {}, "Fewer than two outlets have 8 articles."),
    ("one outlet", "contrasts", {}, "Outlets cannot be compared: "),
    ("one outlet", "words", {}, "Outlets cannot be compared: "),
    ("no outlets", "contrasts", {}, "Outlets cannot be compared: no outlet is known."),
    ("two outlets", "contrasts", {}, FEW),
    ("no days", "words", {}, FEW),
    ("one year", "words", {}, FEW),
    ("all quoted", "words", {}, "Outlets cannot be compared: no word stands in enough articles."),
]


@pytest.mark.parametrize(("name", "method", "options", "nothing"), EMPTY)
def test_an_empty_table_has_its_sentence(models, name, method, options, nothing):
    result = getattr(models[name], method)(**options)
    assert result.table.empty and result.nothing.startswith(nothing) and result.says == ()
    if method in ("contrasts", "words"):
        assert result.little == (result.nothing,) and result.notes == ()


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ({"n_topics": "five"}, "n_topics takes a whole number, not 'five'"),
        ({"n_topics": -1}, "n_topics is 0 or more, not -1"),
        ({"method": "lda"}, "there is no method 'lda'; it can be clusters, nmf"),
        ({"mask_names": "yes"}, "mask_names takes True or False, not 'yes'"),
        ({"seed": 1.5}, "seed takes a whole number, not 1.5"),
    ],
)
def test_a_wrong_parameter_of_fit_is_one_line(corpus, options, line):
    with pytest.raises(InputError) as caught:
        topics.fit(corpus, **options)
    assert str(caught.value) == line


def test_topics_are_those_of_a_corpus():
    with pytest.raises(InputError, match=r"read it, topics.fit\(load"):
        topics.fit("corpus")


@pytest.mark.parametrize(
    ("method", "options", "line"),
    [
        ("contrasts", {"min_articles": "3"}, "min_articles takes a whole number, not '3'"),
        ("coverage", {"min_articles": 0}, "min_articles is 1 or more, not 0"),
        ("passages", {"n": 0}, "n is 1 or more, not 0"),
        ("passages", {"topic": 99}, "there is no topic 99"),
        ("passages", {"topic": "ships"}, "topic takes a whole number, not 'ships'"),
    ],
)
def test_a_wrong_parameter_of_an_answer_is_one_line(models, method, options, line):
    with pytest.raises(InputError) as caught:
        getattr(models["two outlets"], method)(**options)
    assert str(caught.value).startswith(line) and "\n" not in str(caught.value)


def test_what_was_computed_is_kept(models):
    model = models["two outlets"]
    assert model.words() is model.words(min_articles=8) and model.words() is not model.words(min_articles=4)


# The bundled corpus


@pytest.fixture(scope="module")
def whole(corpus):
    return topics.fit(corpus, n_topics=12)


def test_shares_are_those_of_the_english_originals(whole, corpus):
    originals = corpus.english(copies=False).documents.doc.tolist()
    assert whole.shares.index.tolist() == originals and whole.shares.sum(axis=1).round(9).eq(1).all()
    assert whole.shares.mean().is_monotonic_decreasing and list(whole.shares) == whole.names


@pytest.mark.parametrize(("method", "options"), ASKED, ids=str)
def test_every_row_opens_evidence_that_is_there(whole, method, options):
    result = getattr(whole, method)(**options)
    ids = {piece.data["name"] for piece in result.behind}
    links = set(result.table.get("link", []))
    assert links <= ids and all(piece.data["items"] for piece in result.behind)
    if result.figure:
        drawn = set(pd.Series(result.figure.svg).str.extractall(r'xlink:href="#([\w-]+)"')[0])
        drawn = {each for each in drawn if each.startswith(("topic-", "word-"))}
        assert drawn <= ids and drawn


def test_names_of_results_are_ids_that_no_number_changes(whole):
    results = {name: getattr(whole, name)() for name in ANSWERS}
    assert {name: result.name for name, result in results.items()} == {
        "table": "topics", "choice": "topic-choice", "coverage": "topics-by-outlet", "contrasts": "contrasts-by-outlet",
        "words": "words-by-outlet", "passages": "passages",
    }  # fmt: skip
    assert all(finding.figure == result.name for result in results.values() for finding in result.says)


def test_the_numbers_of_an_answer_are_numbers(whole):
    rows = whole.coverage().pieces()[0].data["numbers"]["csv"].splitlines()
    assert rows[0] == "outlet,topic,share,low,high,articles"
    assert all(0 <= float(value) <= 1 for value in rows[1].rsplit(",", 4)[1:4])


def test_a_topic_stands_beside_the_headline_of_one_of_its_articles(whole, corpus, models):
    titles = corpus.documents.set_index("doc").title
    for row in whole.table().table.itertuples():
        doc = titles.index[titles == row.title][0]
        assert whole.shares.loc[doc].idxmax() == row.topic
    assert "title" not in models["two outlets"].table().table


def test_a_finding_has_a_sentence_of_its_articles(whole, corpus):
    documents = corpus.documents.set_index("doc")
    found = [*whole.contrasts().says, *whole.words().says]
    tables = pd.concat([whole.contrasts().table, whole.words().table])
    assert len(found) >= 2 and {each.figure for each in found} == {"contrasts-by-outlet", "words-by-outlet"}
    for finding, row in zip(found, tables.to_dict("records"), strict=False):
        assert finding.says.count(row["outlet"]) == 1 and finding.p == row["p"] < 0.05 and finding.articles >= 8
        assert finding.evidence in documents.text[finding.doc] and documents.outlet[finding.doc] == row["outlet"]
        assert row["word"] in finding.evidence if "word" in row and row["word"] == row["word"] else True


def test_a_word_is_found_with_its_sentence_and_shares(models):
    result = models["one word"].words()
    (found,), row = result.says, result.table[result.table.outlet == "B"].iloc[0]
    clause = f"In the same years B writes “{row.word}” in 100\u00a0% of its openings; A never does"
    assert found.says == f"{clause} (p < .001)." and found.source == "B, 3 January 2023"
    assert row.word in found.evidence == "The regime kept its gates." and row.link == f"word-b-{row.word}"
    assert [bar[:2] for bar in found.bars] == [("B", 1.0), ("A", 0.0)]
    assert [piece.data["name"] for piece in result.behind].count(row.link) == 1


def test_a_figure_draws_the_differences_that_its_title_tells(whole, models):
    for result in (whole.contrasts(), models["one word"].words()):
        drawn, row = result.figure.rows, result.table.iloc[0]
        own = drawn[drawn.group == row.outlet].iloc[0]
        more = "more" if row.here > row.others else "less"
        assert f"{row.outlet}: {more} of “" in result.figure.svg
        assert own["mean"] == pytest.approx(100 * (row.here - row.others)) and own.low == pytest.approx(
            max(-100, 100 * row.low)
        )
        assert drawn.low.min() >= -100 and drawn.high.max() <= 100 and drawn.enough.all()
        assert ((drawn.low > 0) | (drawn.high < 0)).sum() == (result.table.iloc[:, 1] == row.iloc[1]).sum()


def test_the_answer_is_made_of_findings(whole):
    found = show.answer(whole.contrasts(), whole.words(), whole.table())
    told = json.loads(json.dumps(found._repr_mimebundle_()[FINDING]))["findings"]
    assert {each["figure"] for each in told} == {"topics", "contrasts-by-outlet", "words-by-outlet"}
    assert found.findings[-1].says.endswith(" of 12 topics are found again when articles are left out.")


def test_one_number_of_topics_is_no_choice(models):
    assert models["three lines"].choice().table.empty


def test_a_choice_says_what_was_asked_for(whole, models):
    assert "This page was asked for 12 topics." in whole.choice().caption
    assert "asked" not in models["two outlets"].choice().caption
    chosen = models["two outlets"].choice().table
    assert chosen.topics[chosen.chosen].tolist() == [len(models["two outlets"].names)] == [4]


def test_names_are_no_words_of_topics_unless_asked_for(corpus):
    some = corpus.only(period="2022")
    masked, plain = (
        topics.fit(some, n_topics=4, mask_names=mask).table().table.words.explode() for mask in (True, False)
    )
    assert "nato" in set(plain) - set(masked)


@pytest.mark.parametrize("name", ANSWERS)
def test_options_are_given_by_name_but_for_a_topic(name):
    given = signature(getattr(topics.TopicModel, name)).parameters.values()
    free = [each.name for each in given if each.kind == each.POSITIONAL_OR_KEYWORD]
    assert free == (["self", "topic"] if name == "passages" else ["self"])


def test_every_heading_is_of_a_column_some_table_has(whole):
    tables = [getattr(whole, method)(**options).table for method, options in ASKED]
    assert {key for key in results.HEADS if isinstance(key, str)} <= {column for table in tables for column in table}
