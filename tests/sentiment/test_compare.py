import inspect
from dataclasses import replace
from io import StringIO

import numpy as np
import pandas as pd
import pytest
from asked import plain, question, said

from helpers import InputError, load, sentiment
from helpers.corpus import differences, questions
from helpers.corpus.questions import EVENTS
from helpers.reading import UNKNOWN
from helpers.sentiment import compare, findings
from helpers.show.result import Result

SCALE = "on a scale from −1 to +1"


def shown(row):
    return f"A sentence of {row.group}.", "a1", "A, 2 May 2024"


NONE = {"leans": {}, "shown": shown}
A, B, C = ("A", 9, 0.021, 0.01), ("B", 8, -0.03, 0.02), ("C", 12, 0.004, 0.6)
D, E, F = ("D", 9, -0.1, 0.03), ("E", 9, -0.02, 0.04), ("F", 9, 0.05, 0.04)
GREY = ("G", 3, 0.9, float("nan"))
START = "In their own voice, outlets do not sound alike on the same events (p = .010): "


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([A, C, GREY], f"A is two hundredths warmer than others {SCALE}."),
        ([A, B, C], f"A is two hundredths warmer than others {SCALE}, B three hundredths darker."),
        (
            [A, B, D, E, C],
            f"A is two hundredths warmer than others {SCALE}, B three hundredths darker, D 0.10 darker, 1 more "
            "differs.",
        ),
        (
            [A, B, D, E, F],
            f"A is two hundredths warmer than others {SCALE}, B three hundredths darker, D 0.10 darker, 2 more differ.",
        ),
        (
            [("A", 9, 0.021, 0.2), ("B", 8, -0.03, 0.1), C, GREY],
            f"A is two hundredths warmer than others {SCALE}, B three hundredths darker; either alone could be chance.",
        ),
        (
            [("A", 9, 0.001, 0.2), ("B", 8, 0.0, 0.1), GREY],
            f"A is less than a hundredth warmer than others {SCALE}; alone it could be chance.",
        ),
    ],
)
def test_what_is_said_of_outlets_that_do_not_sound_alike(rows, says):
    assert said(findings.of_tone(question(*rows), "own", "outlet", **NONE)) == [START + says]


@pytest.mark.parametrize(
    ("rows", "values", "voice", "headline"),
    [
        (
            [A, B, C],
            (),
            "own",
            "In their own voice, A sounds warmer than others on the same events 100 % of the time, B 0 %.",
        ),
        (
            [B, C, A],
            (),
            "own",
            "In their own voice, A sounds warmer than others on the same events 100 % of the time, B 0 %.",
        ),
        (
            [A, B],
            [("A", 1), ("A", 3), ("B", 0), ("B", 2)],
            "quoted",
            "In what they quote or report, A sounds warmer than others on the same events 75 % of the time, B 25 %.",
        ),
        (
            [("B", 8, -0.03, 0.01), C],
            (),
            "own",
            "In its own voice, B sounds darker than others on the same events 100 % of the time.",
        ),
        (
            [A, C],
            (),
            "quoted",
            "In what it quotes or reports, A sounds warmer than others on the same events 100 % of the time.",
        ),
        (
            [A, B],
            [("A", 1), ("B", 1)],
            "own",
            "",
        ),  # a mean that no more than half of the articles bear out does not lead
        ([A, B], [("A", 0), ("B", 1)], "own", ""),
    ],
)
def test_a_headline_says_how_often_an_outlet_sounds_so(rows, values, voice, headline):
    (found,) = findings.of_tone(question(*rows, values=values), voice, "outlet", **NONE)
    assert plain(found.headline) == headline
    assert bool(found.bars) == bool(headline)


@pytest.mark.parametrize("of", [findings.of_tone, findings.of_actors])
@pytest.mark.parametrize(
    "asked", [question(A, B, p=0.05), question(A, B, p=1.0), question(A, B, cannot="fewer than 16 articles")]
)
def test_nothing_is_said_of_what_may_be_chance_or_cannot_be_compared(of, asked):
    more = {findings.of_tone: ("own", "outlet"), findings.of_actors: ({},)}
    assert of(asked, *more[of], **NONE) == ()


@pytest.mark.parametrize(
    ("kind", "voice", "group", "says", "headline"),
    [
        (
            "period",
            "own",
            "May 2024",
            "In outlets' own voice, periods do not sound alike (p = .010): May 2024 is two hundredths warmer than "
            f"others {SCALE}.",
            "In outlets' own voice, May 2024 sounds warmer than others 100 % of the time.",
        ),
        (
            "topic",
            "quoted",
            "fire, blaze",
            "In what outlets quote or report, topics do not sound alike (p = .010): “fire, blaze” is two hundredths "
            f"warmer than others {SCALE}.",
            "",
        ),
    ],
)
def test_what_is_said_of_other_groups(kind, voice, group, says, headline):
    (found,) = findings.of_tone(question((group, *A[1:]), C, held=""), voice, kind, **NONE)
    assert (found.says, plain(found.headline)) == (says, headline)


def test_a_finding_has_its_effect_its_articles_and_the_sentence_that_shows_it():
    (named,) = findings.of_tone(question(A, B, C), "own", "outlet", **NONE)
    assert (named.effect, named.articles, named.p, named.figure) == (0.021, 9, 0.01, "outlets")
    assert (named.evidence, named.doc, named.source) == ("A sentence of A.", "a1", "A, 2 May 2024")
    assert named.unusual == pytest.approx(0.021 / 0.021)
    (ends,) = findings.of_tone(question(("A", 9, 0.02, 0.2), ("B", 8, -0.03, 0.1)), "own", "outlet", **NONE)
    assert (ends.effect, ends.articles) == (0.02, 90)


@pytest.mark.parametrize(("articles", "leads"), [(8, True), (7, False)])
def test_what_rests_on_few_articles_does_not_lead(articles, leads):
    (found,) = findings.of_tone(question(("A", articles, 0.1, 0.01), B, C), "own", "outlet", **NONE)
    assert (bool(found.headline), bool(found.bars)) == (leads, leads)


NAMES = {"CHN": "China", "A": "Ann", "B": "Bob"}
HANGS = ". Without the event of “A visit” all of it could be chance."


@pytest.mark.parametrize(
    ("rows", "held", "says", "headline"),
    [
        (
            [("A", 9, 0.3, 0.01, 0.1, 0.0, "CHN"), ("B", 9, -0.06, 0.02, 0.1, 0.0, "CHN"), C],
            EVENTS,
            [
                f"A treats China better than others do on the same events, in its own voice, by 0.30 {SCALE} (p = "
                ".010). Without the event of “A visit” the difference of A could be chance.",
                "B treats China worse than others do on the same events, in its own voice, by six hundredths "
                f"{SCALE} (p = .020).",
            ],
            "A treats China better than others do on the same events 100 % of the time.",
        ),
        (
            [("A", 9, -0.3, 0.01), C],
            findings.AMONG,
            [
                "Ann is treated worse than other actors in the same stories, in outlets' own voice, by "
                f"0.30 {SCALE} (p = .010)."
            ],
            "Ann is treated worse than other actors in the same stories 100 % of the time.",
        ),
        (
            [("A", 9, 0.3, 0.2), C],
            EVENTS,
            [
                "Outlets do not treat the actors named most alike on the same events (p = .010); any single difference "
                f"could be chance{HANGS}"
            ],
            "",
        ),
        (
            [("A", 9, 0.3, 0.2), C],
            findings.AMONG,
            [
                "The actors named most are not treated alike in the same stories (p = .010); any single difference "
                f"could be chance{HANGS}"
            ],
            "",
        ),
        ([(name, 9, 0.3, 0.01, 0.1, 0.0, "CHN") for name in "ABCDE"], EVENTS, 3, ""),
    ],
)
def test_what_is_said_of_actors(rows, held, says, headline):
    leans = {("CHN", "A") if rows[0][3] < 0.1 else ("", ""): "A visit"}
    found = findings.of_actors(question(*rows, held=held), NAMES, leans=leans, shown=shown)
    assert said(found) == says if isinstance(says, list) else len(found) == says
    assert plain(found[0].headline) == headline


@pytest.mark.parametrize(
    ("key", "kind", "says"),
    [
        (("", ""), "outlet", HANGS),
        (("m", "A"), "outlet", ". Without the event of “A visit” the difference of A could be chance."),
        (("m", "fire"), "topic", ". Without the event of “A visit” the difference of “fire” could be chance."),
    ],
)
def test_what_hangs_on_one_event_is_said_with_the_finding(key, kind, says):
    (found,) = findings.of_tone(question(A, C), "own", kind, leans={key: "A visit"}, shown=shown)
    assert found.says.endswith(f"{SCALE}{says}")


NO, ONE, NAN = (
    "No difference between outlets is beyond chance",
    "would have been named four times in five.",
    float("nan"),
)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"own": question(A, p=0.05)}, f"{NO} in their own voice (p = .050). A difference of 0.05 {ONE}"),
        ({"own": question(A, size=NAN, p=0.3)}, f"{NO} in their own voice (p = .300)."),
        (
            {"own": question(A, p=0.3), "quoted": question(A, B), "towards": question(A, p=0.4, size=0.114)},
            f"{NO} in their own voice (p = .300) and in how they treat the actors named most (p = .400). "
            f"Differences of 0.05 and 0.11 {ONE}",
        ),
        (
            {"quoted": question(A, p=0.4, size=NAN), "towards": question(A, p=0.5, size=0.4)},
            f"{NO} in what they quote or report (p = .400) and in how they treat the actors named most (p = .500). "
            f"A difference of 0.40 {ONE}",
        ),
        ({"own": question(A, B)}, ""),
        (
            {name: question(cannot="no outlet is known") for name in ("own", "quoted")},
            "Outlets cannot be compared: no outlet is known.",
        ),
        (
            {"own": question(A, p=0.3), "towards": question(cannot="fewer than two have 8 articles to compare")},
            f"{NO} in their own voice (p = .300). A difference of 0.05 {ONE} Outlets cannot be compared in how they "
            "treat the actors named most: fewer than two have 8 articles to compare.",
        ),
    ],
)
def test_what_is_not_found_is_one_line_with_what_would_have_been(asked, says):
    assert findings.unsure(asked) == ((says,) if says else ())


def test_what_is_not_found_of_other_groups_speaks_of_the_outlets_that_speak():
    (says,) = findings.unsure({"own": question(A, p=0.3, size=NAN), "quoted": question(A, p=0.3, size=NAN)}, "period")
    assert says == (
        "No difference between periods is beyond chance in outlets' own voice (p = .300) and in what outlets quote or "
        "report (p = .300)."
    )
    (says,) = findings.unsure({findings.AMONG: question(A, p=0.3, size=NAN)}, "actor")
    assert (
        says == "No difference between actors is beyond chance in how they are treated in the same stories (p = .300)."
    )


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
    asked = question(*groups)
    assert [*differences.few(asked, 8)] == last
    by_event = asked._replace(posed=asked.posed._replace(unit=asked.posed.groups))
    assert [*differences.few(by_event, 8)] == [each.replace("articles", "events") for each in last]


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


def behind(result):
    """What each row of a result opens, all of it, by its link."""
    return {piece.data["name"]: pd.read_csv(StringIO(piece.data["csv"])) for piece in result.behind}


def places(rows, *more):
    """Where rows stand: doc, sent and what more is asked for."""
    return {*rows[["doc", "sent", *more]].itertuples(index=False, name=None)}


def says_so(table, here, articles):
    """Whether the rows of a table have such means and numbers of articles."""
    table = table.set_index("group")
    return here.to_dict() == pytest.approx(table.here.to_dict(), abs=1e-4) and articles.equals(
        table.articles.reindex(articles.index)
    )


def made(values, groups, unit, place):
    """The mean of each group as it is compared, by the values of docs that are listed as its own."""
    rows = pd.DataFrame({"value": values, "group": groups, "unit": unit, "place": place}).dropna(subset=["value"])
    rows = rows[rows.group.notna()].groupby(["group", "unit"], as_index=False).agg({"value": "mean", "place": "first"})
    n, k = (rows.groupby(keys).value.transform("size") for keys in (["place"], ["place", "group"]))
    sums = ((n - k) / n * rows.value).groupby(rows.group).sum() / ((n - k) / n).groupby(rows.group).sum()
    return sums, rows.groupby("group").size()


@pytest.fixture(scope="module")
def monthly(corpus):
    """Scores of a corpus whose outlets share no event, but tell each of their own in two articles."""
    facts = corpus.documents
    pairs = facts.outlet + (facts.groupby("outlet").cumcount() // 2).astype(str)
    return sentiment.score(replace(corpus, documents=facts.assign(event=pairs)))


@pytest.fixture(scope="module")
def alone(corpus):
    """Scores of one outlet, which can be compared with none."""
    return sentiment.score(corpus.only(outlet="Volga Post"))


@pytest.fixture(scope="module")
def linked(corpus, scores, model, monthly, alone):
    """Results of every kind whose rows open sentences, and these."""
    found = [scores.compare(by) for by in groupings(corpus, model)]
    found += [scores.compare(score="vader"), scores.towards(), scores.copies()]
    found += [alone.towards(), monthly.compare(), monthly.towards()]
    return [(result, behind(result)) for result in found]


def test_every_mark_and_row_opens_sentences_of_its_own(linked):
    for result, found in linked:
        links = [link for link in result.table.link if link]
        assert links == [piece.data["name"] for piece in result.behind] and len({*links}) == len(links) > 0
        for piece, rows in zip(result.behind, found.values(), strict=True):
            told, sentences = piece.data, "1 sentence" if len(rows) == 1 else f"{len(rows):,} sentences"
            assert told["rows"] == len(rows) > 0 and len(told["items"]) == min(50, len(rows))
            assert told["count"] == f"{sentences} of {rows.doc.nunique()} article{'s' * (rows.doc.nunique() > 1)}"
            assert not rows.duplicated(["doc", "sent"]).any() and rows.title.notna().all()


def test_a_grey_row_opens_its_own_sentences_too(scores):
    grey = scores.towards().table[scores.towards().table.faint]
    assert len(grey) and grey.link.str.len().all()


def test_sentences_stand_in_the_direction_of_the_effect(linked):
    for result, found in linked:
        effects = result.table.get("effect", result.table.get("all", 0) - result.table.get("once", 0))
        for rows, effect in zip(found.values(), effects, strict=False):
            assert rows.get("score", pd.Series(dtype=float)).dropna().is_monotonic_decreasing or effect <= 0
            assert rows.get("score", pd.Series(dtype=float)).dropna().is_monotonic_increasing or effect > 0


def grouped(scores, by, groups, score, unit, place):
    """Hold that each row of a comparison is made of its sentences alone, and of all of them."""
    result, facts = scores.compare(by, score=score), scores._facts
    found, means = behind(result), scores.articles.set_index("doc")
    for voice, table in result.table.groupby("voice"):
        parts = scores.sentences[scores.sentences.voice == voice].set_index(["doc", "sent"])
        own = means[means.voice == voice][score]
        values, whose = [pd.Series(dtype=float)], {}
        for row in table.itertuples():
            rows = found[row.link]
            assert {*rows.doc.map(groups)} == {row.group}
            known = parts.loc[pd.MultiIndex.from_frame(rows[["doc", "sent"]])]
            assert rows.score.tolist() == pytest.approx(known[score].tolist(), abs=1e-5)
            assert len(rows) == parts.index.get_level_values("doc").isin(rows.doc).sum()
            words = known.words.to_numpy()
            values.append((rows.score * words).groupby(rows.doc).sum() / pd.Series(words).groupby(rows.doc).sum())
            whose |= dict.fromkeys(rows.doc, row.group)
        values = pd.concat(values[1:])
        if groups.name != "outlet":  # what an outlet is always like is taken out
            outlets = facts.outlet.reindex(own.index)
            values = values - values.index.map(facts.outlet).map(own.groupby(outlets).mean()) + own.mean()
        here, articles = made(values, pd.Series(whose), unit.reindex(values.index), place.reindex(values.index))
        assert says_so(table, here, articles)


@pytest.mark.parametrize("score", ["news", "vader"])
def test_a_row_of_outlets_is_made_of_the_sentences_it_opens(scores, score):
    facts = scores._facts
    grouped(scores, "outlet", facts.outlet, score, facts.index.to_series(), facts.event)


def test_a_row_of_periods_topics_and_other_groups_is_made_of_the_sentences_it_opens(corpus, scores, model):
    facts = scores._facts
    events = facts.event.where(facts.event != "", facts.index.to_series())
    for by in groupings(corpus, model)[1:]:
        groups = scores._groups(by, 8)
        grouped(scores, by if isinstance(by, str) else groups, groups, "news", events, facts.event * 0 + "all")


def test_where_an_event_counts_once_a_row_opens_all_its_articles(monthly):
    facts = monthly._facts
    months = questions.by_event(monthly._corpus.documents).within.groupby(facts.event).transform("first")
    grouped(monthly, "outlet", facts.outlet, "news", facts.event, months)
    table, found = monthly.compare().table, behind(monthly.compare())
    assert sum(rows.doc.nunique() for rows in found.values()) > table.articles.sum()


@pytest.mark.parametrize("kind", ["events", "months", "actors"])
def test_a_row_of_attitudes_is_made_of_the_sentences_it_opens(scores, monthly, alone, kind):
    scores = {"events": scores, "months": monthly, "actors": alone}[kind]
    result, facts, named = scores.towards(), scores._facts, scores._corpus.mentions
    events = facts.event.where(facts.event != "", facts.index.to_series())
    months = questions.by_period(scores._corpus.documents).within.groupby(events).transform("first")
    unit = {"events": facts.index.to_series(), "months": events, "actors": events}[kind]
    place = {"events": facts.event, "months": months, "actors": events}[kind]
    named = named[~named.nested & (named.via != "loc") & (named.voice == "own")]
    found = behind(result)
    for _, table in result.table.groupby("measure"):
        rows = pd.concat([found[row.link].assign(group=row.group, actor=row.actor) for row in table.itertuples()])
        own = named.merge(rows[["doc", "sent", "actor"]], how="inner")
        assert places(own, "actor") == places(rows, "actor")
        assert kind == "actors" or (rows.outlet == rows.group).all()
        means = rows.groupby(["doc", "group"]).score.mean().reset_index("group")
        here, articles = made(
            means.score.to_numpy(), means.group.to_numpy(), means.index.map(unit), means.index.map(place)
        )
        assert says_so(table, here, articles)


def test_a_row_of_copies_opens_the_sentences_that_move_it(corpus, scores):
    result, originals = scores.copies(), {*corpus.english(copies=False).documents.doc}
    outlets = corpus.documents.set_index("doc").outlet
    parts = scores._copied.set_index(["doc", "sent", "voice"])
    for row, rows in zip(result.table.itertuples(), behind(result).values(), strict=True):
        assert not {*rows.doc} & originals and {*rows.doc.map(outlets)} == {row.outlet}
        own = pd.MultiIndex.from_frame(rows[["doc", "sent"]].assign(voice=row.voice))
        words = parts.words.loc[own].to_numpy()
        means = (rows.score * words).groupby(rows.doc).sum() / pd.Series(words).groupby(rows.doc).sum()
        once = scores.articles[(scores.articles.outlet == row.outlet) & (scores.articles.voice == row.voice)].news
        assert row.once == pytest.approx(once.mean())
        assert row.all == pytest.approx(pd.concat([once, means]).mean(), abs=1e-5)


def test_no_mark_of_a_score_that_sees_no_names_stands_in_a_name(corpus, scores):
    named = {doc: [*zip(rows.start, rows.end, strict=True)] for doc, rows in corpus.mentions.groupby("doc")}
    begins = corpus.sentences.set_index(["doc", "sent"]).start
    parts = scores._seen(scores._told("news"), "news", 10**6)
    toward = scores._treating(6)
    for rows in (parts, toward):
        total = 0
        for row in rows.itertuples():
            begin = begins[row.doc, row.sent]
            for start, end, *kind in row.marks:
                total += not kind
                inside = [a for a, b in named.get(row.doc, []) if a < begin + end and begin + start < b]
                assert kind or not inside or not row.text[start].isupper(), row.text
        assert total > 500


def test_intervals_leave_out_nought_where_p_is_below_a_twentieth_and_only_the_compared_have_p(corpus, scores, model):
    for result in (scores.towards(), *map(scores.compare, groupings(corpus, model))):
        able = result.table[result.table.enough]
        assert (((able.low > 0) | (able.high < 0)) == (able.p < 0.05)).all()
        assert (able.articles >= 8).all() and result.table.p[~result.table.enough].isna().all()
        assert len(able) > 8 and result.figure.svg


def test_a_bundled_outlet_stands_apart_in_its_own_voice(scores):
    result = scores.compare()
    (found,) = result.says
    assert plain(found.headline) == (
        "In its own voice, Dnipro Observer sounds darker than others on the same events 81 % of the time."
    )
    assert found.p < 0.05 and found.evidence and found.articles > 20
    assert found.source.startswith("Dnipro Observer, ") and len(found.bars) == 9
    assert len(result.little) == 1 and result.notes[-1] == (
        "In own voice, by VADER's score, Dnipro Observer no longer stands out."
    )


def test_a_page_has_at_most_two_lines_that_find_nothing(scores):
    results = scores.compare(), scores.towards(), scores.compare("period")
    assert len({line for result in results for line in result.little}) <= 2
    assert sum("beyond chance" in note for result in results[1:] for note in result.notes) == 2


def test_a_planted_difference_is_found_between_any_groups_and_none_where_there_is_none(scores):
    own = scores.articles[scores.articles.voice == "own"].set_index("doc").news
    halves = pd.Series(np.where(own > own.median(), "upper", "lower"), own.index, name="camp")
    found = scores.compare(by=halves)
    assert found.says[0].says.startswith("In outlets' own voice, camps do not sound alike (p = .001): ")
    assert found.table[found.table.voice == "own"].group.tolist() == ["upper", "lower"]
    dealt = pd.Series(np.random.default_rng(3).permutation(halves), own.index, name="camp")
    assert scores.compare(by=dealt).says == () and "No difference between camps" in str(scores.compare(by=dealt))


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
        (lambda scores: scores.compare(min_articles="3"), "min_articles takes a whole number, not '3'"),
        (lambda scores: scores.compare(min_articles=0), "min_articles is 1 or more, not 0"),
        (lambda scores: scores.towards(most_named=0), "most_named is 1 or more, not 0"),
        (lambda scores: scores.towards(min_articles=2.5), "min_articles takes a whole number, not 2.5"),
        (lambda scores: scores.extremes(score=1), "there is no score 1; it can be news, vader"),
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


def test_a_story_counts_once_where_actors_are_compared(corpus):
    bare = replace(corpus, documents=corpus.documents.assign(outlet=UNKNOWN))
    asked = sentiment.score(bare)._asked("towards", 4, 8)
    table, actors = asked.main.table.set_index("group"), asked.posed.groups
    stories, articles = asked.posed.events.groupby(actors).nunique(), actors.value_counts()
    assert asked.held.words == findings.AMONG and len(table) == 4
    assert all(table.articles[who] <= stories[who] < articles[who] for who in table.index)
