import json
from inspect import signature

import pandas as pd
import pytest
from planted import planted

from helpers import InputError, load, show, topics
from helpers.show.html import FINDING
from helpers.show.result import Result
from helpers.topics import compare, results

ANSWERS = {
    "table": {}, "choice": {}, "coverage": {}, "main": {}, "contrasts": {}, "distances": {}, "silences": {},
    "over_time": {}, "words": {}, "phrases": {}, "passages": {},
}  # fmt: skip
ASKED = [
    *ANSWERS.items(),
    ("coverage", {"by": "outlet"}),
    ("coverage", {"by": "year"}),
    ("contrasts", {"by": "year"}),
    ("words", {"by": "year"}),
    ("passages", {"topic": 1, "n": 1}),
]
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
    folders = {
        "none left": ({"a": SPANISH},),
        "one article": ({"a": PLAIN},),
        "three lines": ({"a": PLAIN, "b": ACTORS},),
        "no actors": (grown, ["A"] * 8 + ["B"] * 8, days),
        "one outlet": (grown, ["A"] * 16, days),
        "no days": (grown, ["A", "B"] * 8),
        "two outlets": (named, ["A", "B", "B", "B"] * 4, days),
        "no outlets": (grown, None, days),
    }
    return {name: topics.fit(load(folder(home / name.replace(" ", "-"), *parts))) for name, parts in folders.items()}


def test_every_public_method_is_asked():
    public = {name for name in dir(topics.TopicModel) if not name.startswith("_")}
    assert public == {*ANSWERS, "names"} and len(public) + 1 <= 18


@pytest.mark.parametrize(("method", "options"), ASKED, ids=str)
@pytest.mark.parametrize(
    "name",
    ["none left", "one article", "three lines", "no actors", "one outlet", "no days", "two outlets", "no outlets"],
)
def test_every_answer_of_a_small_corpus_says_its_sentence(models, name, method, options):
    if options.get("topic") and not models[name].names:
        options = {}
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


@pytest.mark.parametrize(
    ("name", "method", "options", "nothing"),
    [
        ("one outlet", "coverage", {"by": "outlet"}, "There are no two outlets with 3 articles to compare."),
        ("one outlet", "contrasts", {}, "There are no two outlets with 3 articles to compare."),
        ("one outlet", "distances", {}, "There are no two outlets with 3 articles to compare."),
        ("one outlet", "silences", {}, "There are no two outlets with 3 articles to compare."),
        ("one outlet", "words", {}, "There are no two outlets with 3 articles to compare."),
        ("two outlets", "distances", {"min_articles": 9}, "There are no two outlets with 9 articles to compare."),
        ("two outlets", "silences", {"by": "year"}, "There are no two years with 3 articles to compare."),
        ("no outlets", "main", {}, "No outlet has 3 articles."),
        ("no days", "over_time", {}, "The articles are of one period, or of none that is known."),
    ],
)
def test_an_empty_table_has_its_sentence(models, name, method, options, nothing):
    result = getattr(models[name], method)(**options)
    assert result.table.empty and result.nothing == nothing


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
        ("coverage", {"by": "outlets"}, "there is no grouping 'outlets'; did you mean 'outlet'?"),
        ("contrasts", {"min_articles": "3"}, "min_articles takes a whole number, not '3'"),
        ("main", {"min_articles": 0}, "min_articles is 1 or more, not 0"),
        ("distances", {"n": 0}, "n is 1 or more, not 0"),
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
    assert model.contrasts() is model.contrasts(by="outlet") and model.contrasts() is not model.contrasts(
        min_articles=4
    )


# The bundled corpus


@pytest.fixture(scope="module")
def whole(corpus):
    return topics.fit(corpus, n_topics=12)


def test_shares_are_those_of_the_english_originals(whole, corpus):
    originals = corpus.english().originals().documents.doc.tolist()
    assert whole.shares.index.tolist() == originals and whole.shares.sum(axis=1).round(9).eq(1).all()
    assert whole.shares.mean().is_monotonic_decreasing and list(whole.shares) == whole.names


@pytest.mark.parametrize(("method", "options"), ASKED, ids=str)
def test_every_row_opens_evidence_that_is_there(whole, method, options):
    result = getattr(whole, method)(**options)
    ids = {piece.data["name"] for piece in result.behind}
    links = set(result.table.get("link", []))
    assert links <= ids and all(piece.data["items"] for piece in result.behind)
    if result.figure and method != "choice":
        drawn = set(pd.Series(result.figure.svg).str.extractall(r'xlink:href="#(topic-\d+)"')[0])
        assert drawn <= ids and (drawn or method == "over_time")


@pytest.mark.parametrize(("method", "options"), ASKED, ids=str)
def test_names_of_results_are_ids_that_no_number_changes(whole, method, options):
    result = getattr(whole, method)(**options)
    assert result.name == {
        "table": "topics", "choice": "topic-choice", "coverage": "topic-coverage", "main": "main-topic-by-outlet",
        "contrasts": "contrasts-by-outlet", "distances": "distances-by-outlet", "silences": "silences-by-outlet",
        "over_time": "topics-over-time", "words": "words-by-outlet", "phrases": "phrases",
        "passages": "passages", "coverage outlet": "topics-by-outlet", "coverage year": "topics-by-year",
        "contrasts year": "contrasts-by-year",
        "words year": "words-by-year",
    }[" ".join([method, options["by"]] if "by" in options else [method])]  # fmt: skip
    assert all(finding.figure in ("", result.name) for finding in result.says)


def test_the_numbers_of_an_answer_are_numbers(whole):
    piece = whole.main().pieces()[0].data
    rows = piece["csv"].splitlines()
    assert rows[0] == "outlet,topic,mean,low,high,articles,all"
    assert all(0 <= float(value) <= 1 for value in rows[1].rsplit(",", 5)[1:4])


def test_the_largest_topic_of_each_outlet_of_enough(whole, corpus):
    table, shares = whole.main(min_articles=5).table, whole.shares.join(corpus.documents.set_index("doc").outlet)
    sizes = shares.outlet.value_counts()
    assert table.outlet.tolist() == sorted(name for name in sizes.index if sizes[name] >= 5 and name != "Unknown")
    means = shares.groupby("outlet").mean().loc[table.outlet]
    assert (
        table.topic.tolist() == means.idxmax(axis=1).tolist()
        and table.articles.tolist() == sizes[table.outlet].tolist()
    )
    assert table["mean"].to_numpy() == pytest.approx(means.max(axis=1).to_numpy())
    assert (table.low < table["mean"]).all() and (table["mean"] < table.high).all()


def test_a_finding_has_a_sentence_of_its_articles(whole, corpus):
    sized, apart = whole.table().says[0], whole.contrasts().says
    assert sized.evidence == whole._model.sentence(0)[0] and whole.shares.loc[sized.doc].iloc[0] > 0
    documents = corpus.documents.set_index("doc")
    for finding in (sized, *apart, *whole.words().says):
        assert finding.evidence and finding.evidence in documents.text[finding.doc]
    for finding, row in zip(apart, whole.contrasts().table.to_dict("records"), strict=False):
        number = whole.names.index(row["topic"])
        told = {documents.outlet[doc] for doc in whole._model.passages(number, 200).doc}
        assert whole.shares.loc[finding.doc, row["topic"]] > 0
        assert documents.outlet[finding.doc] == row["outlet"] or row["outlet"] not in told
    word = whole.words().table.iloc[0]
    assert word.word in whole.words().says[0].evidence.lower()
    assert documents.outlet[whole.words().says[0].doc] == word.outlet


def test_the_answer_is_made_of_findings(whole):
    found = show.answer(whole.table(), whole.contrasts(), whole.distances(), whole.words())
    assert found.findings[0].says.startswith("285 articles on 12 topics; the largest, “")
    assert found.findings[2].says == "16 copies and articles not in English are left out."
    told = json.loads(json.dumps(found._repr_mimebundle_()[FINDING]))["findings"]
    assert told[0]["articles"] == 285
    assert {each["figure"] for each in told} == {
        *("topics", "contrasts-by-outlet", "distances-by-outlet", "words-by-outlet", "")
    }


def test_silence_is_told_as_too_little_to_say(models):
    alike = "No outlet gives a topic more or less room than chance would have it."
    result = models["no actors"].contrasts(min_articles=8)
    assert result.table.empty and result.nothing == alike and result.little == (alike,) and result.says == ()


def test_a_choice_says_what_was_asked_for(whole, models):
    assert "This page was asked for 12 topics." in whole.choice().figure.caption
    assert "asked" not in models["two outlets"].choice().figure.caption
    chosen = models["two outlets"].choice().table
    assert chosen.topics[chosen.chosen].tolist() == [len(models["two outlets"].names)] == [4]


def test_names_are_no_words_of_topics_unless_asked_for(corpus):
    some = corpus.only(period="2022")
    masked, plain = (
        topics.fit(some, n_topics=4, mask_names=mask).table().table.words.explode() for mask in (True, False)
    )
    assert "nato" in set(plain) - set(masked)


def test_an_outlet_of_too_few_articles_is_named(models):
    assert models["two outlets"].contrasts(min_articles=5).little[-1] == "A: fewer than 5 articles."


@pytest.mark.parametrize("name", ANSWERS)
def test_options_are_given_by_name_but_for_a_topic(name):
    given = signature(getattr(topics.TopicModel, name)).parameters.values()
    free = [each.name for each in given if each.kind == each.POSITIONAL_OR_KEYWORD]
    assert free == (["self", "topic"] if name == "passages" else ["self"])


# Findings


def listing(*back):
    return pd.DataFrame({"topic": [f"t{n}" for n in range(len(back))], "share": 1 / len(back), "back": back})


@pytest.mark.parametrize(
    ("back", "left", "says"),
    [
        ((1.0, 0.5), 0, ["9 articles on 2 topics; the largest, “t0”, takes 50\u00a0% of the coverage.",
                         "All 2 topics come back in half of the refits or more."]),
        ((1, 0.4, float("nan"), 0.9), 3, ["9 articles on 4 topics; the largest, “t0”, takes 25\u00a0% of the coverage.",
                                           "2 of 4 topics come back in half of the refits or more.",
                                           "3 copies and articles not in English are left out."]),
    ],
)  # fmt: skip
def test_size_findings(back, left, says):
    assert [finding.says for finding in compare.size_findings(listing(*back), 9, left)] == says


CONTRAST = {"outlet": "A", "topic": "sea", "mean": 0.4, "others": 0.1, "articles": 12, "q": 0.01}


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], []),
        ([CONTRAST], ["A gives “sea” 40\u00a0% of its coverage, the others 10\u00a0%."]),
        ([CONTRAST, CONTRAST | {"outlet": "B"}, CONTRAST | {"outlet": "C"}],
         ["A gives “sea” 40\u00a0% of its coverage, the others 10\u00a0%.",
          "B gives “sea” 40\u00a0% of its coverage, the others 10\u00a0%."]),
    ],
)  # fmt: skip
def test_contrast_findings(rows, says):
    tell = lambda topic, outlet: (f"{outlet} on {topic}.", "d1")  # noqa: E731
    found = list(compare.contrast_findings(pd.DataFrame(rows, columns=list(CONTRAST)), "outlet", tell))
    assert [finding.says for finding in found] == says
    assert all((f.articles, f.p, f.figure) == (12, 0.01, "contrasts-by-outlet") for f in found)
    assert all(f.effect == pytest.approx(0.3) and f.doc == "d1" for f in found)
    assert [f.evidence for f in found] == [f"{row['outlet']} on sea." for row in rows[:2]]


@pytest.mark.parametrize(
    ("q", "says"), [([0.2, 0.9], []), ([0.04, 0.01], ["A and B have agendas farther apart than by chance."]), ([], [])]
)
def test_distance_findings(q, says):
    rows = pd.DataFrame({"first": "A", "second": "B", "distance": 0.9, "dealt": 0.5, "q": q, "articles": 20})
    assert [finding.says for finding in compare.distance_findings(rows, "outlet")] == says


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], []),
        ([("A", "sea"), ("A", "ship"), ("B", "law")], ["Told apart by their words: A by “sea and ship”; B by “law”."]),
        ([(name, "sea") for name in "ABCDE"],
         ["Told apart by their words: A by “sea”; B by “sea”; C by “sea”; D by “sea”."]),
    ],
)  # fmt: skip
def test_word_findings(rows, says):
    table = pd.DataFrame(rows, columns=["outlet", "word"]).assign(q=0.01)
    find = lambda word, outlet: pd.DataFrame([("d1", f"{outlet}: {word}.")], columns=["doc", "text"])  # noqa: E731
    found = list(compare.word_findings(table, "outlet", find))
    assert [finding.says for finding in found] == says
    assert [(f.evidence, f.doc) for f in found] == [("A: sea.", "d1")] * len(says)
    assert all(
        not f.evidence for f in compare.word_findings(table, "outlet", lambda *_: table[:0].assign(text="", doc=""))
    )


def test_every_heading_is_of_a_column_some_table_has(whole):
    tables = [getattr(whole, method)(**options).table for method, options in ASKED]
    assert {key for key in results.HEADS if isinstance(key, str)} <= {column for table in tables for column in table}
