import io
import json
import re
from inspect import signature

import pandas as pd
import pytest
from planted import planted

from helpers import InputError, load, show, topics
from helpers.show import html
from helpers.show.html import FINDING
from helpers.show.result import Result
from helpers.topics import results
from helpers.topics import words as vocabulary

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
    gates = "The regime kept its gates. "
    three = {doc: gates * (n % 3 == 1 or n % 12 == 2) + text for n, (doc, text) in enumerate(planted(12).items())}
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
        "three outlets": (three, ["A", "B", "C"] * 16, [f"2023-{1 + n % 9:02d}-0{1 + n % 7}" for n in range(48)]),
        "all quoted": ("“" + grown + "”", ["A", "B"] * 8, days),
    }
    found = {name: topics.fit(load(folder(home / name.replace(" ", "-"), *parts))) for name, parts in folders.items()}
    return found | {"factors": topics.fit(found["one word"]._corpus, n_topics=4, method="nmf")}


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


def opened(result):
    """All rows behind each id of a result, as its CSV has them."""
    sets = {piece.data["name"]: piece.data for piece in result.behind if piece.data["name"]}
    assert len(sets) == sum(bool(piece.data["name"]) for piece in result.behind)
    found = {name: pd.read_csv(io.StringIO(told["csv"]), keep_default_na=False) for name, told in sets.items()}
    assert all(len(found[name]) == told["rows"] > 0 for name, told in sets.items())
    return found


def spots(rows):
    """Where rows stand, and their text, in order."""
    return sorted(rows[["doc", "sent", "text"]].itertuples(index=False, name=None))


def drawn(result):
    """The ids that the marks of a figure open."""
    found = set(re.findall(r'xlink:href="#([\w-]+)"', result.figure.svg)) if result.figure else set()
    return {each for each in found if each.startswith(("topic-", "word-"))}


@pytest.mark.parametrize(("method", "options"), ASKED, ids=str)
def test_every_link_opens_evidence_and_all_evidence_is_opened(whole, models, method, options):
    for model in (whole, models["three outlets"], models["factors"])[: 1 if method == "choice" else 3]:
        result = getattr(model, method)(**options)
        rows, marks = set(result.table.get("link", [])) - {""}, drawn(result)
        assert rows | marks == set(opened(result))
        assert all(piece.data["items"] and "sentence" not in piece.data["count"] for piece in result.behind) or (
            method == "words"
        )
        assert bool(marks) == (result.figure is not None)


def assigned(model):
    """Every passage of every article of a model with its part in each topic, made anew."""
    made, facts = model._model, model._facts()
    rows = vocabulary.passages(facts.text.tolist(), window=vocabulary.WINDOW)
    near = made.solution.near(made.read(rows.text))
    if made.method == "clusters":
        near = near * (near == near.max(axis=1, keepdims=True))
    parts = pd.DataFrame(near / near.sum(axis=1, keepdims=True).clip(1e-12), columns=model.names)
    return rows.assign(doc=facts.index[rows.article], outlet=facts.outlet.to_numpy()[rows.article]).join(parts)


@pytest.mark.parametrize("method", ["table", "coverage", "contrasts"])
@pytest.mark.parametrize("name", ["bundled", "factors"])
def test_a_share_opens_every_passage_that_makes_it_and_no_other(whole, models, name, method):
    model = whole if name == "bundled" else models[name]
    result, every = getattr(model, method)(), assigned(model)
    sets, known = opened(result), every[model.names].sum(axis=1) > 0
    if method == "contrasts":
        bears = model._compared(8)[0]["topics"].posed.docs(model.names[0]).index
        every = every[every.doc.isin(bears)]
        assert set(every.outlet) >= set(result.table.outlet) and (name == "factors" or len(result.table))
    for row in result.table.to_dict("records"):
        rows = every[every[row["topic"]] > 0]
        rows = rows[rows.outlet == row["outlet"]] if "outlet" in row else rows
        found = sets[row["link"]] if row["link"] else rows.head(0)
        assert spots(found) == spots(rows)
        assert bool(row["link"]) == (row.get("share", row.get("here")) > 0)
        if method != "contrasts":  # a share is the mean over articles of the parts of their passages
            some = every[known & (every.outlet == row.get("outlet", every.outlet))]
            assert some.groupby("doc")[row["topic"]].mean().mean() == pytest.approx(row["share"])


def test_a_passage_is_the_sentences_of_its_article_from_its_number_on(whole, corpus):
    sentences = corpus.sentences.set_index(["doc", "sent"]).text.to_dict()
    facts = corpus.documents.set_index("doc")
    for rows in opened(whole.coverage()).values():
        for row in rows.itertuples():
            told = [sentences[row.doc, at] for at in range(row.sent, row.sent + 3) if (row.doc, at) in sentences]
            assert row.text == " ".join(told) and row.outlet == facts.outlet[row.doc]
            assert row.title == facts.title[row.doc] and row.published == f"{facts.published[row.doc]:%Y-%m-%d}"


def test_marked_are_words_of_the_topic_and_no_names(whole):
    hidden = 0
    for piece in whole.table().behind:
        number, marked = int(piece.data["name"].removeprefix("topic-")) - 1, []
        heavy = set(whole._model.words.vocabulary[whole._model.solution.words[number] > 0])
        for item in piece.data["items"]:
            text = "".join(words for words, _ in item["parts"])
            seen, at = whole._blank(text), 0
            for words, kind in item["parts"]:
                assert not kind or (words.lower() in heavy and seen[at : at + len(words)] == words)
                at += len(words)
            marked.append(any(kind for _, kind in item["parts"]))
            hidden += not heavy.isdisjoint(vocabulary.tokens(text)[len(vocabulary.tokens(seen)) :])
        assert sum(marked) > 0.9 * len(marked)
    assert hidden  # some names have a word that tells a topic elsewhere


def test_an_empty_cell_opens_nothing(whole):
    result = whole.coverage()
    small = set(result.table.link[result.table.share < 0.005])
    assert drawn(result) and not drawn(result) & small
    shown = result.table[result.table.topic.isin(whole.names[:8]) & (result.table.share >= 0.005)]
    assert drawn(result) == set(shown.link) and shown.link.is_unique


def test_every_outlet_of_a_figure_opens_its_own_passages(whole):
    result = whole.contrasts()
    sets, topic = opened(result), result.table.topic[0]
    outlets = [set(sets[name].outlet) for name in drawn(result)]
    assert all(len(each) == 1 for each in outlets) and len(outlets) == len(set.union(*outlets)) > 3
    assert set.union(*outlets) <= set(result.figure.rows.group) and result.table.topic.eq(topic).any()


@pytest.mark.parametrize("name", ["three outlets", "one word"])
def test_a_word_opens_every_sentence_that_holds_it(models, name):
    model = models[name]
    result, question = model.words(), model._compared(8)[0]["words"]
    sets, posed, rows = opened(result), question.posed, model._opening()[0]
    assert len(result.table)
    for row in result.table.itertuples():
        made = posed.docs(row.word, beside=row.outlet if row.here < row.others else "")
        assert row.here < row.others or set(made) > {row.outlet}
        made = made if row.here < row.others else made[made == row.outlet]
        has = posed.values[row.word][made.index] > 0
        found = sets[row.link]
        assert set(found.doc) == set(has.index[has]) and not found.duplicated(["doc", "sent"]).any()
        assert (found.outlet == row.outlet).all() if row.here > row.others else (found.outlet != row.outlet).all()
        assert set(spots(found)) <= set(spots(model._corpus.sentences)) & set(spots(rows))
    assert drawn(result) >= set(result.table.link[result.table.word == result.table.word[0]])
    outlets = {outlet for each in drawn(result) for outlet in sets[each].outlet}
    assert outlets == ({"B"} if name == "one word" else {"B", "C"})
    for piece in result.behind:
        for item in piece.data["items"]:
            marked = " ".join(text for text, kind in item["parts"] if kind).lower()
            assert marked and set(marked.split()) <= set(piece.data["heading"].split("”")[0][1:].split())


def test_an_outlet_that_lacks_a_word_opens_those_of_the_others(models):
    result = models["one word"].words()
    less, more = (result.table[sign * (result.table.here - result.table.others) > 0].iloc[0] for sign in (-1, 1))
    heads = {piece.data["name"]: piece.data["heading"] for piece in result.behind}
    assert heads[less.link] == f"“{less.word}” in openings of the others, beside A"
    assert heads[more.link] == f"“{more.word}” in openings of B" and drawn(result) == {less.link, more.link}


def test_passages_of_one_topic_stand_on_their_page(whole):
    (piece,) = whole.passages(2, n=3).behind
    assert (
        piece.data["name"] == ""
        and len(piece.data["items"]) == 3
        and any(kind for item in piece.data["items"] for _, kind in item["parts"])
    )


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
    assert len(found) >= 2 and {each.figure for each in found} == {"contrasts-by-outlet"}
    for finding, row in zip(found, tables.to_dict("records"), strict=False):
        assert finding.says.count(row["outlet"]) == 1 and finding.p == row["p"] < 0.05 and finding.articles >= 8
        assert finding.evidence in documents.text[finding.doc] and documents.outlet[finding.doc] == row["outlet"]
        assert row["word"] in finding.evidence if "word" in row and row["word"] == row["word"] else True


def test_a_word_is_found_with_its_sentence_and_shares(models):
    result = models["one word"].words()
    (found,), row = result.says, result.table[result.table.outlet == "B"].iloc[0]
    clause = f"In the same years B writes “{row.word}” in 100\u00a0% of its openings; A never does"
    assert found.says == f"{clause} (p < .001)." and found.source == "B, 3 January 2023"
    assert row.word in found.evidence == "The regime kept its gates." and row.link == html.anchor("word", "B", row.word)
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
    assert {each["figure"] for each in told} == {"topics", "contrasts-by-outlet"}
    assert found.findings[-1].says.endswith(" of 12 topics are found again when articles are left out.")


def test_one_number_of_topics_is_no_choice(models):
    assert models["three lines"].choice().table.empty


def test_one_topic_has_no_figure(corpus):
    result = topics.fit(corpus.only(period="2024"), n_topics=1).coverage(min_articles=1)
    assert result.figure is None and len(result.behind) == len(result.table) > 1 and set(result.table.share) == {1.0}


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
