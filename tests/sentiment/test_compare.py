import inspect

import numpy as np
import pandas as pd
import pytest

from helpers import InputError, load, sentiment, stats
from helpers.corpus.questions import EVENTS, Held, Question
from helpers.sentiment import compare, findings
from helpers.show.result import Result

SCALE = "on a scale from −1 to +1"


def question(*rows, p=0.01, held=EVENTS, size=0.05, cannot=""):
    """A question with an answer of rows (group, articles, effect, p) and, where told, (here, others, measure)."""
    rows = [(*row, *(0.3, 0.14, "m")[len(row) - 4 :]) for row in rows]
    table = pd.DataFrame(rows, columns=["group", "articles", "effect", "p", "here", "others", "measure"])
    table = table.assign(compared=table.p.notna(), t=table.effect.abs())
    main = stats.Comparison(table, p, 90, 10, size, cannot, largest=() if cannot else (np.zeros(1),))
    return Question(main, Held(pd.Series(dtype=object), held))


def said(found):
    return [finding.says for finding in found]


A, B, C = ("A", 9, 0.021, 0.01), ("B", 8, -0.03, 0.02), ("C", 12, 0.004, 0.6)
D, E, F = ("D", 9, -0.1, 0.03), ("E", 9, -0.02, 0.04), ("F", 9, 0.05, 0.04)
GREY = ("G", 3, 0.9, float("nan"))
START = "In their own voice, outlets do not sound alike on the same events (p = .010): "


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([A, C, GREY], f"A is warmer than the others by two hundredths {SCALE}."),
        ([A, B, C], f"A is warmer than the others by two hundredths {SCALE}; B is darker by three hundredths."),
        ([A, B], f"A is warmer than the other by two hundredths {SCALE}."),
        (
            [A, B, D, E, C],
            f"A is warmer than the others by two hundredths {SCALE}; B is darker by three hundredths; D is darker by "
            "0.10; 1 more differs from them too.",
        ),
        (
            [A, B, D, E, F],
            f"A is warmer than the others by two hundredths {SCALE}; B is darker by three hundredths; D is darker by "
            "0.10; 2 more differ from them too.",
        ),
        (
            [("A", 9, 0.021, 0.2), ("B", 8, -0.03, 0.1), C, GREY],
            "A is warmest and B is darkest, two hundredths above and three hundredths below the others "
            f"{SCALE}; either alone could be chance.",
        ),
        (
            [("A", 9, 0.021, 0.2), ("B", 8, -0.02, 0.1), C],
            f"A is warmest and B is darkest, each two hundredths from the others {SCALE}; "
            "either alone could be chance.",
        ),
        (
            [("A", 9, 0.001, 0.2), ("B", 8, 0.0, 0.1), GREY],
            f"A is warmest, less than a hundredth above the others {SCALE}; alone it could be chance.",
        ),
    ],
)
def test_what_is_said_of_outlets_that_do_not_sound_alike(rows, says):
    assert said(findings.of_tone(question(*rows), "own", "outlet")) == [START + says]


@pytest.mark.parametrize("of", [findings.of_tone, findings.of_actors, findings.of_given])
@pytest.mark.parametrize(
    "asked", [question(A, B, p=0.05), question(A, B, p=1.0), question(A, B, cannot="fewer than 16 articles")]
)
def test_nothing_is_said_of_what_may_be_chance_or_cannot_be_compared(of, asked):
    more = {findings.of_tone: ("own", "outlet"), findings.of_actors: ({},), findings.of_given: (pd.Series([0.2]),)}
    assert of(asked, *more[of]) == ()


@pytest.mark.parametrize(
    ("kind", "voice", "group", "says", "headline"),
    [
        (
            "period",
            "own",
            "May 2024",
            "In their own voice, articles of different periods do not sound alike (p = .010): those of May 2024 are "
            f"warmer than the others by two hundredths {SCALE}.",
            "The coverage of May 2024 sounds warmer than the rest, by two hundredths.",
        ),
        (
            "topic",
            "quoted",
            "fire, blaze",
            "In what they quote or report, articles of different topics do not sound alike (p = .010): those of “fire, "
            f"blaze” are warmer than the others by two hundredths {SCALE}.",
            "",
        ),
    ],
)
def test_what_is_said_of_other_groups(kind, voice, group, says, headline):
    (found,) = findings.of_tone(question((group, *A[1:]), C, GREY, held=""), voice, kind)
    assert (found.says, found.headline) == (says, headline)


def test_a_finding_has_its_effect_its_articles_and_the_sentence_that_shows_it():
    shown = lambda row: (f"A sentence of {row.group}.", "a1")  # noqa: E731
    (named,) = findings.of_tone(question(A, B, C), "own", "outlet", shown=shown)
    assert (named.effect, named.articles, named.p, named.figure) == (0.021, 9, 0.01, "outlets")
    assert (named.evidence, named.doc) == ("A sentence of A.", "a1")
    assert named.unusual == pytest.approx(0.021 / 0.021)
    (ends,) = findings.of_tone(question(("A", 9, 0.02, 0.2), ("B", 8, -0.03, 0.1)), "own", "outlet")
    assert (ends.effect, ends.articles) == (0.02, 90)


@pytest.mark.parametrize(("articles", "lead"), [(8, "Outlets do not sound alike, in their own voice."), (7, "")])
def test_what_rests_on_few_articles_does_not_lead(articles, lead):
    (found,) = findings.of_tone(question(("A", articles, 0.1, 0.01), B, C), "own", "outlet")
    assert found.headline == lead


@pytest.mark.parametrize(
    ("quoted", "told"),
    [
        (question(C, p=0.3, size=0.03), True),  # as large a difference as in own voice would have been named
        (question(C, p=0.3, size=0.031), False),
        (question(C, p=0.3, size=float("nan")), False),
        (question(C, p=0.04, size=0.01), False),
        (question(cannot="fewer than 16 articles"), False),
    ],
)
def test_that_quotes_sound_alike_is_told_only_where_a_difference_would_have_been_seen(quoted, told):
    (found,) = findings.of_tone(question(A, B, C), "own", "outlet", quoted=quoted)
    assert found.headline.endswith("What they quote, does.") == told


M, Q = ("M", 20, 0.16, 0.001, 0.3, 0.14), ("Q", 12, -0.16, 0.004, 0.08, 0.24)
V = ("V", 12, 0.1, 0.03, 0.25, 0.15)


@pytest.mark.parametrize(
    ("rows", "says", "headline"),
    [
        (
            [M, C, GREY],
            "M gives 30 % of its text to others, and on the same events the other outlets give 14 % (p = .001).",
            "M gives 30 % of its text to others. On the same events the other outlets give 14 %.",
        ),
        (
            [M, V, Q, C],
            "M gives 30 % of its text to others, and on the same events the other outlets give 14 %; Q gives 8 %, the "
            "others 24 %; V gives 25 %, the others 15 % (p = .030).",
            "M gives 30 % of its text to others. Q gives 8 %.",
        ),
        (
            [M, Q],
            "M gives 30 % of its text to others, and on the same events the other outlet gives 14 % (p = .001).",
            "M gives 30 % of its text to others. On the same events the other outlet gives 14 %.",
        ),
        (
            [("M", 9, 0.1, 0.2, 0.1, 0.0), ("Q", 9, -0.1, 0.2, 0.0, 0.1), C],
            "Outlets do not give equally much of their text to others on the same events (p = .010): M gives 10 % and "
            "Q gives 0 %; either alone could be chance.",
            "",
        ),
    ],
)
def test_what_is_said_of_what_outlets_give_to_others(rows, says, headline):
    (found,) = findings.of_given(question(*rows), pd.Series([0.2]))
    plain = lambda words: words.replace("\u00a0", " ")  # noqa: E731
    assert (plain(found.says), plain(found.headline)) == (says, headline)


def test_where_no_outlet_is_known_what_all_give_is_told():
    (found,) = findings.of_given(question(cannot="no outlet is known"), pd.Series([0.1, 0.2, 0.3]))
    assert found.says.replace("\u00a0", " ").startswith("On average an article gives 20 % of its text to others (")


BESIDE = "than the other outlets do on the same events, in its own voice"
NAMES = {"CHN": "China", "A": "Ann", "B": "Bob"}


@pytest.mark.parametrize(
    ("rows", "held", "says"),
    [
        (
            [("A", 9, 0.3, 0.01, 0.1, 0.0, "CHN"), ("B", 9, -0.06, 0.02, 0.1, 0.0, "CHN"), C],
            EVENTS,
            [
                f"A treats China better {BESIDE}, by 0.30 {SCALE} (p = .010). Without it, none.",
                f"B treats China worse {BESIDE}, by six hundredths {SCALE} (p = .020).",
            ],
        ),
        (
            [("A", 9, -0.3, 0.01), C],
            findings.AMONG,
            [
                "Ann is treated worse than the other actors named most in the same articles, in outlets' own voice, by "
                f"0.30 {SCALE} (p = .010)."
            ],
        ),
        (
            [("A", 9, 0.3, 0.2), C],
            EVENTS,
            [
                "Outlets do not treat the actors named most alike on the same events (p = .010), though no single "
                "difference is beyond chance. Without it, none."
            ],
        ),
        (
            [("A", 9, 0.3, 0.2), C],
            findings.AMONG,
            [
                "The actors named most are not treated alike in the same articles (p = .010), though no single "
                "difference is beyond chance. Without it, none."
            ],
        ),
        ([(name, 9, 0.3, 0.01, 0.1, 0.0, "CHN") for name in "ABCDE"], EVENTS, 3),
    ],
)
def test_what_is_said_of_actors(rows, held, says):
    leans = {("CHN" if rows[0][3] < 0.1 else "", "A" if rows[0][3] < 0.1 else ""): "Without it, none."}
    found = said(findings.of_actors(question(*rows, held=held), NAMES, leans=leans))
    assert found == says if isinstance(says, list) else len(found) == says


@pytest.mark.parametrize(
    ("key", "kind", "says"),
    [
        (("", ""), "outlet", "Without the event of “A visit” it would be within chance."),
        (("m", "A"), "outlet", "Without the event of “A visit” the difference of A would be within chance."),
        (("m", "fire"), "topic", "Without the event of “A visit” the difference of “fire” would be within chance."),
    ],
)
def test_what_hangs_on_one_event_is_said_with_the_finding(key, kind, says):
    leans = findings.hanging({key: "A visit"}, kind)
    assert leans == {key: says}
    assert findings.of_tone(question(A, C), "own", kind, leans=leans)[0].says.endswith(f". {says}")


SEEN = " A difference of {} would have been named four times in five."


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (question(A, p=0.05), ["Between outlets, no difference in tone is beyond chance (p = .050)."]),
        (question(A, p=0.3), ["Between outlets, no difference in tone is beyond chance (p = .300)."]),
        (question(A, B), []),
        (question(cannot="no outlet is known"), ["Outlets cannot be compared: no outlet is known."]),
        (
            question(cannot="fewer than two have 8 articles to compare"),
            ["Outlets cannot be compared on the same events: fewer than two have 8 articles to compare."],
        ),
    ],
)
def test_what_is_not_found_is_said_with_what_would_have_been(asked, says):
    found = findings.unsure(asked, "tone", "{:.2f}".format)
    assert [*found] == [each + SEEN.format("0.05") * ("chance" in each) for each in says]
    unseen = findings.unsure(asked._replace(main=asked.main._replace(size=float("nan"))), "tone", "{:.2f}".format)
    assert [*unseen] == says


@pytest.mark.parametrize(
    ("groups", "last"),
    [
        ([A, B], []),
        ([A, B, GREY], ["G has fewer than 8 articles to compare."]),
        ([A, B, GREY, ("H", *GREY[1:])], ["G and H have fewer than 8 articles to compare."]),
        ([A, *((name, *GREY[1:]) for name in "HIJK")], ["4 of 5 outlets have fewer than 8 articles to compare."]),
    ],
)
def test_outlets_of_few_articles_are_named_or_counted(groups, last):
    found = {"own": question(*groups), "quoted": question(*groups)}
    assert [*findings.untoned(found, "outlet", 8)] == last
    assert findings.untoned(found, "period", 8) == ()


METHODS = [
    name for name, method in inspect.getmembers(sentiment.Scores, inspect.isfunction) if not name.startswith("_")
]


def test_one_object_has_few_public_names(scores):
    assert len({*METHODS, "sentences", "articles"}) <= 18
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
        assert len(result.table) or result.nothing in shown["text/plain"], name
        assert result.figure is None
        assert not [words for words in (*said(result.says), *result.little, result.nothing) if "nan" in words]
        assert not [finding for finding in result.says if finding.headline]
    for by in ("period", pd.Series(dtype=object), pd.DataFrame(index=small[kind].documents.doc)):
        assert "cannot be compared" in str(scores.compare(by))


def groupings(corpus, model):
    """Ways to group articles."""
    return ["outlet", "period", model.shares, corpus.documents.set_index("doc").title.str[:1].rename("letter")]


def test_every_mark_and_row_leads_to_evidence(corpus, scores, model):
    for result in (scores.influence(), scores.towards(), *map(scores.compare, groupings(corpus, model))):
        names = {piece.data["name"] for piece in result.behind}
        assert {*result.table.link} <= names
        assert all(piece.data["items"] for piece in result.behind)


def test_intervals_leave_out_nought_where_p_is_below_a_twentieth_and_only_the_compared_have_p(corpus, scores, model):
    for result in (scores.given(), scores.towards(), *map(scores.compare, groupings(corpus, model))):
        able = result.table[result.table.enough]
        assert (((able.low > 0) | (able.high < 0)) == (able.p < 0.05)).all()
        assert (able.articles >= 8).all() and result.table.p[~result.table.enough].isna().all()
        assert len(able) > 8 and result.figure.svg


def test_the_bundled_outlets_do_not_sound_alike_in_their_own_voice(scores):
    (found,) = scores.compare().says
    assert found.headline == "Outlets do not sound alike, in their own voice."
    assert found.p < 0.05 and found.evidence and found.articles > 100
    assert "either alone could be chance" in found.says
    table = scores.agreement().table.set_index("score")
    assert table.p["news"] == found.p and table.p["vader"] < 0.05


def test_what_is_given_is_the_share_of_the_text_in_the_spans_of_others(corpus, scores):
    doc = "no-minister-to-greet-shoigu"
    spans = corpus.voices[corpus.voices.doc == doc]
    assert scores._given.given[doc] == sum(spans.end - spans.start) / len(corpus[doc].text)
    assert scores._given.given.between(0, 1).all()


def test_a_planted_difference_is_found_between_any_groups_and_none_where_there_is_none(scores):
    own = scores.articles[scores.articles.voice == "own"].set_index("doc").news
    halves = pd.Series(np.where(own > own.median(), "upper", "lower"), own.index, name="camp")
    found = scores.compare(by=halves)
    assert found.says[0].says.startswith(
        "In their own voice, articles of different camps do not sound alike (p = .001): "
    )
    assert found.table[found.table.voice == "own"].group.tolist() == ["upper", "lower"]
    dealt = pd.Series(np.random.default_rng(3).permutation(halves), own.index, name="camp")
    assert scores.compare(by=dealt).says == () and "Between camps, no difference" in str(scores.compare(by=dealt))


def test_the_largest_share_is_the_group(scores, model):
    (own, _) = scores.compare(by=model.shares).table.groupby("voice").group
    assert {*own[1]} <= {*model.shares.idxmax(axis=1)}


def test_periods_stand_in_their_order(scores):
    periods = scores.compare(by="period").table.group.drop_duplicates()
    assert len(periods) > 8 and periods.str.match(r"\d{4} Q\d").all() and periods.is_monotonic_increasing


def test_actors_are_compared_within_articles_where_outlets_cannot_be(corpus):
    table = sentiment.score(corpus.only(outlet="Volga Post")).towards(most_named=3).table
    assert table.name.tolist() and set(table.outlet) == {""} and len(table) == 3


def test_names_that_no_gazetteer_knows_are_treated_too(tmp_path):
    texts = {
        f"a{n}": f"Critics praised the mayor Ruth Ortega {n} times. A plan of Bram Visser failed." for n in range(20)
    }
    scores = sentiment.score(folder(tmp_path / "names", texts))
    assert {"Ruth Ortega", "Bram Visser"} <= set(scores.towards().table.name)


def test_what_is_left_out_opens_the_outlet_s_own_sentences_where_it_told_it(scores):
    result, told = scores.influence(n=40), scores._told("news")
    kinds = set()
    for row, piece in zip(result.table.itertuples(), result.behind, strict=True):
        own = told[(told.outlet == row.outlet) & (told.voice == "own") & (told[row.unit] == row.left_out)]
        outlets = {item["outlet"] for item in piece.data["items"]}
        assert outlets == {row.outlet} if len(own) else row.outlet not in outlets, row
        kinds.add(len(own) > 0)
    assert kinds == {True, False}


def test_originals_are_counted_once_and_copies_only_where_they_are_asked_for(corpus, scores):
    originals = corpus.english(copies=False).documents.doc
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
        (lambda scores: scores.compare("colour"), "there is no group to compare 'colour'; it can be outlet, period"),
        (lambda scores: scores.compare(["outlet"]), "there is no group to compare ['outlet']; did you mean 'outlet'?"),
        (lambda scores: scores.compare(pd.Series(["x", "y"], ["a", "a"])), "by has more than one group for an article"),
        (lambda scores: scores.given(min_articles=0), "min_articles is 1 or more, not 0"),
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
