import inspect
from dataclasses import replace
from io import StringIO

import numpy as np
import pandas as pd
import pytest

from helpers import InputError, load, show, voices
from helpers.show.result import Result
from helpers.voices import findings, heads, shares

SAYS = "He spoke at length of it."  # a sentence that is a passage
OWN = "Nobody said a thing here."
METHODS = [name for name, _ in inspect.getmembers(voices.Voices, inspect.isfunction) if not name.startswith("_")]


def spoke(corpus, articles, **facts):
    """A corpus of articles (outlet, event, passages): each passage (speaker, voice, verb) is a sentence of its own."""
    documents, sentences, spans = [], [], []
    for number, (outlet, event, passages) in enumerate(articles):
        doc, text = f"doc-{number:03d}", " ".join([OWN, *[SAYS] * len(passages)])
        documents.append((doc, outlet, pd.Timestamp("2024-05-01"), "", text, "en", "", event, ""))
        starts = [at * (len(SAYS) + 1) for at in range(len(passages) + 1)]
        sentences += [(doc, 0, at, start, start + 25, 5, text[start : start + 25]) for at, start in enumerate(starts)]
        spans += [
            (doc, start, start + 25, voice, speaker, verb)
            for start, (speaker, voice, verb) in zip(starts[1:], passages, strict=True)
        ]
    columns = ["doc", "outlet", "published", "title", "text", "language", "copy_of", "event", "agency"]
    tables = {
        "documents": pd.DataFrame(documents, columns=columns).assign(earliest=pd.NaT, latest=pd.NaT, **facts),
        "sentences": pd.DataFrame(sentences, columns=corpus.sentences.columns),
        "voices": pd.DataFrame(spans, columns=corpus.voices.columns),
    }
    return replace(corpus, mentions=corpus.mentions[:0], **tables)


def said(speaker, voice="quoted", verb="said"):
    return speaker, voice, verb


def opened(result):
    """What each row of a result opens, all of it, by its link."""
    return {piece.data["name"]: pd.read_csv(StringIO(piece.data["csv"])) for piece in result.behind}


def places(rows):
    return {*rows[["doc", "sent"]].itertuples(index=False, name=None)}


def test_one_object_has_few_public_names_and_each_method_gives_a_result(heard):
    assert len({*METHODS, "passages", "articles"}) <= 18
    assert {name for name in METHODS if isinstance(getattr(heard, name)(), Result)} == {*METHODS}


def test_what_is_given_is_the_share_of_the_text_in_the_spans_of_others(corpus, heard):
    for doc, rows in list(corpus.voices.groupby("doc"))[:20]:
        if doc in heard.articles.index:
            length = len(corpus[doc].text)
            parts = (rows.end - rows.start).groupby(rows.voice).sum() / length
            assert heard.articles.loc[doc, "given"] == pytest.approx(parts.sum())
            assert heard.articles.loc[doc, "quoted"] == pytest.approx(parts.get("quoted", 0))
    assert heard.articles.to_numpy().min() >= 0 and heard.articles.given.max() <= 1


@pytest.fixture(scope="module")
def reached(corpus, heard):
    """The sentences that each passage reaches into, found the long way."""
    both = corpus.sentences.merge(heard.passages, on="doc", suffixes=("_", ""))
    return both[(both.start < both.end_) & (both.end > both.start_)]


MATRICES = {
    "whose": lambda heard: (heard.whose(), "whose"),
    "country": lambda heard: (heard.whose("country"), "country"),
    "by voice": lambda heard: (heard.whose(by="voice"), "kinds"),
    "countries by voice": lambda heard: (heard.whose("country", by="voice"), "country"),
    "verbs": lambda heard: (heard.verbs(), "verbs"),
    "verbs by speaker": lambda heard: (heard.verbs("speaker"), "verbs"),
}


@pytest.mark.parametrize("name", MATRICES)
def test_a_cell_is_made_of_the_passages_it_opens(heard, reached, name):
    result, told = MATRICES[name](heard)
    rows, found = heard._told(told), opened(result)
    assert [link for link in result.table.link if link] == list(found)
    for row in result.table.itertuples():
        mine = rows[rows.what == row.what]
        if "voice" in name:
            mine, whole = (some[(some.voice == row.by) | (row.by == "both")] for some in (mine, rows))
        elif "speaker" in name:
            mine, whole = (
                some[some.kind.replace(findings.GROUPS).map(findings.WHOSE) == row.by] for some in (mine, rows)
            )
        else:
            mine, whole = mine[mine.by == row.by], rows[rows.by == row.by]
        assert row.passages == pytest.approx(mine.part.sum())
        assert row.share == pytest.approx(mine.part.sum() / whole.part.sum())
        assert row.low - 1e-9 <= row.share <= row.high + 1e-9
        held = places(reached[reached.span.isin(mine.span)])
        assert places(found[row.link]) == held if row.link else not held
    assert result.table.groupby("by").share.sum().between(1 - 1e-9, 1 + 1e-9).all()


def test_a_row_of_what_is_given_opens_every_passage_of_its_articles(corpus, heard, reached):
    result = heard.given()
    facts = corpus.english(copies=False).documents.set_index("doc")
    shared = facts.groupby("event").outlet.transform("nunique").gt(1) & (facts.event != "")
    found = opened(result)
    for row in result.table.itertuples():
        docs = facts.index[shared & (facts.outlet == row.outlet)]
        mine = reached[reached.doc.isin(docs) & ((reached.voice == row.voice) | (row.voice == "given"))]
        assert places(found[row.link]) == places(mine) and len(docs) == row.articles
    able = result.table[result.table.enough]
    assert (((able.low > 0) | (able.high < 0)) == (able.p < 0.05)).all() and result.figure.svg


def test_the_first_words_and_the_people_open_what_they_said(heard, reached):
    early, people = heard.early(), heard.people(5)
    assert early.table.share.sum() == pytest.approx(1) and early.table["at"].between(0, 1).all()
    for row, rows in zip(people.table.itertuples(), opened(people).values(), strict=True):
        assert rows.doc.nunique() == row.articles and row.quoted <= row.passages
    for row, rows in zip(early.table.itertuples(), opened(early).values(), strict=True):
        assert rows.doc.nunique() == row.articles
    assert people.table.articles.is_monotonic_decreasing


def test_a_passage_of_two_counts_half_for_each(corpus):
    heard = voices.hear(spoke(corpus, [("A", "e", [said("xi+putin"), said("a trader"), said("Lin Mei")])]))
    assert heard.passages.part.tolist() == [0.5, 0.5, 1, 1] and heard.passages.country.tolist()[:2] == ["CHN", "RUS"]
    table = heard.whose(by="voice").table.query("by == 'both'").set_index("what")
    assert table.share["office"] == table.share["unnamed"] == table.share["person"] == pytest.approx(1 / 3)


OUTLETS, EVENTS = "ABCDEF", 12
CALM = [said("putin"), said("a trader"), said("the report", verb="warned of"), said("a diplomat")]


def everywhere(rng, special):
    """Articles of six outlets on twelve events; in outlet A `special` stands in place of half of what others say."""
    for event in range(EVENTS):
        for outlet in OUTLETS:
            passages = [CALM[at] for at in rng.integers(4, size=4)]
            yield outlet, f"e{event}", (special * 2 + passages[:2] if outlet == "A" and special else passages)


PLANTED = [
    ([said("Lin Mei")], "whose", "Of the voices in A, 50 % are people with a name and no office"),
    ([said("xi")], "country", "Of the voices in A, 50 % speak for China"),
    ([said("putin", verb="claimed that")], "verbs", "Of the verbs of saying in A, 50 % doubt (claimed, alleged)"),
]


@pytest.mark.parametrize(("special", "name", "says"), PLANTED, ids=[name for _, name, _ in PLANTED])
def test_a_planted_difference_is_found_and_none_where_there_is_none(corpus, special, name, says):
    rng = np.random.default_rng(5)
    found, calm = (voices.hear(spoke(corpus, everywhere(rng, each)))._compared(name) for each in (special, []))
    first = found.says[0]
    assert first.says.replace("\u00a0", " ").startswith(f"{says}; of those in other outlets") and first.p < 0.05
    assert first.figure == found.name == name and first.articles >= 8 and found.tested
    assert calm.says == () and "would have been named four times in five" in (*calm.little, *calm.notes)[0]


def test_one_finding_of_the_page_may_lead_the_front_page(corpus, heard):
    planted = voices.hear(spoke(corpus, everywhere(np.random.default_rng(5), [said("Lin Mei")])))
    for each in (heard, planted):
        told = show.answer(each.given(), each.whose(), each.verbs(), each.people(), each.sides("Russia|China")).findings
        leads = [finding for finding in told if finding.headline]
        assert len(leads) == 1 and leads[0].bars and leads[0].p < 0.05
    assert leads[0].figure == "whose"


def test_what_is_not_found_may_stand_on_the_front_page_for_the_first_questions_alone(corpus):
    calm = voices.hear(spoke(corpus, everywhere(np.random.default_rng(5), [])))
    assert len(calm.whose().little) == 1 and calm.whose().little[0] not in calm.whose().notes
    for each in (calm.verbs(), calm.sides("Russia|China")):
        assert each.little == () and each.notes


def test_an_outlet_of_few_articles_is_shown_and_not_compared(corpus):
    few = [("Z", f"e{event}", [said("Lin Mei")]) for event in range(7)]
    heard = voices.hear(spoke(corpus, [*everywhere(np.random.default_rng(5), []), *few]))
    table = heard.whose().table.set_index("by")
    assert table.loc["Z"].faint.all() and table.loc["Z"].p.isna().all() and not table.loc["A"].faint.any()
    assert heard.given().table.set_index("outlet").loc["Z"].faint.all() and heard.whose().says == ()


SIDES = [
    ("RUS,CHN|USA", {"both": 1, "only Russia and China": 1, "only United States": 0}),
    ("Russia|United States|Japan", {"several": 1, "only Russia": 1, "only United States": 0, "only Japan": 0}),
    (" Russia , |Japan", {"both": 0, "only Russia": 1, "only Japan": 0}),
    ("", {}),
]


@pytest.mark.parametrize(("sides", "shares_"), SIDES)
def test_an_article_lets_both_sides_speak_or_one(corpus, sides, shares_):
    mine = [said("putin"), said("xi"), said("a trader")]
    articles = [("A", "e", mine), ("A", "f", [said("a trader")]), ("B", "e", [*mine, said("U.S. officials")])]
    result = voices.hear(spoke(corpus, articles)).sides(sides)
    found = result.table.groupby("by") if len(result.table) else {}
    for outlet, rows in found:
        shown = rows.set_index("name").share
        assert (
            shown.to_dict()
            == (
                shares_
                if outlet == "B" and "United" in str(shares_)
                else {name: float(name.startswith("only Russia")) for name in shares_}
            )
            or outlet == "B"
        )
    assert bool(shares_) == bool(len(result.table)) and (shares_ or str(result) == "")


def test_sides_may_be_camps_of_the_actors_and_are_silent_without(corpus, heard):
    camps = corpus.actors.assign(camp=corpus.actors.actor.map({"RUS": "<b>east</b>", "USA": "west"}).fillna(""))
    assert heard.sides().pieces() == [] and heard.sides().says == ()
    table = voices.hear(replace(corpus, actors=camps)).sides().table
    assert table.name.unique().tolist() == ["both", "only <b>east</b>", "only west"]
    assert shares.camps("", corpus.actors.drop(columns="camp", errors="ignore")) == {}


def test_a_copy_counts_once_and_what_all_copies_change_is_said(corpus):
    articles = [*everywhere(np.random.default_rng(5), []), *[("A", "e0", [said("a trader")] * 9)] * 9]
    copied = spoke(corpus, articles, copy_of=[""] * 72 + ["doc-000"] * 9)
    result = voices.hear(copied).given()
    assert any("with every copy counted, A gives" in note.replace("\u00a0", " ") for note in result.notes)
    assert len(voices.hear(copied).articles) == 72


HEADLINES = [
    ("Sanctions will hurt Europe more", "He said sanctions hurt Europe most.", (8, 29)),
    ("“Sanctions will hurt Europe more”", "He said sanctions hurt Europe most.", None),
    ("Sanctions hurt Europe, minister says", "He said sanctions hurt Europe most.", None),
    ("Minister: sanctions hurt Europe", "He said sanctions hurt Europe most.", None),
    ("Sanctions hurt", "He said sanctions hurt Europe most.", None),  # two words are an accident
    ("Europe hurt by sanctions again", "He said sanctions hurt Europe most.", None),  # another order
    ("A hard winter comes to the ports of the north", "He said the winter ports freeze.", None),
    ("Russia, China and Japan meet in Tokyo", "He said Russia, China and Japan meet.", (8, 36)),
    ("Russia China Japan talks", "He said Russia, China, Japan.", None),  # only names
    ("Will sanctions hurt Europe more?", "He said sanctions hurt Europe most.", None),  # it asks
    ("", "He said it.", None),
    ("Sanctions hurt Europe badly", "Sanctions hurt Europe badly He said so.", None),  # the text repeats it
]


@pytest.mark.parametrize(("title", "text", "place"), HEADLINES)
def test_a_headline_has_the_words_of_others_or_not(title, text, place):
    found = heads.echoed(title, [("Rain fell.", (0, 4, "quoted")), (text, (8, len(text), "reported"))])
    assert found == (place and (1, *place))


def test_headlines_stand_beside_what_the_text_says(corpus):
    titles = ["Trade deal with Japan is dead", "Putin visits Harbin"]
    texts = [
        "He said that the trade deal with Japan is dead.",
        "The president of Russia came. It rained on Harbin all day.",
    ]
    documents = pd.DataFrame({
        "doc": ["a", "b"], "outlet": "A", "published": pd.Timestamp("2024-05-01"), "title": titles, "text": texts,
        "language": "en", "copy_of": "", "event": "", "agency": "", "earliest": pd.NaT, "latest": pd.NaT,
    })  # fmt: skip
    sentences = [
        ("a", 0, 0, 0, 47, 10, texts[0]),
        ("b", 0, 0, 0, 29, 5, texts[1][:29]),
        ("b", 0, 1, 30, 58, 6, texts[1][30:]),
    ]
    spans = [("a", 13, 46, "reported", "a trader", "said")]
    mentions = [("b", 0, 0, 23, "The president of Russia", "putin", "role", False, "own")]
    made = replace(
        corpus, documents=documents, sentences=pd.DataFrame(sentences, columns=corpus.sentences.columns),
        voices=pd.DataFrame(spans, columns=corpus.voices.columns),
        mentions=pd.DataFrame(mentions, columns=corpus.mentions.columns).astype({"nested": bool}),
    )  # fmt: skip
    result = voices.hear(made).headlines()
    assert result.table[["doc", "what", "who", "link"]].to_numpy().tolist() == [
        ["a", "words", "a trader", "article:a#s0"], ["a", "hardly", "Japan", "article:a#s0"],
        ["b", "hardly", "Vladimir Putin", "article:b#s0"],
    ]  # fmt: skip
    marked = [row.text[slice(*row.marks[0][:2])] for row in result.table.itertuples() if row.marks]
    assert marked == ["trade deal with Japan is dead", "The president of Russia"]


def test_a_long_sentence_is_cut_round_what_is_marked():
    text = f"{'so it went ' * 40}the ships sailed{' and on it went' * 40}"
    start = text.index("the ships")
    cut, [(at, end)] = heads._cut(text, start, start + 9)
    assert cut[at:end] == "the ships" and cut.startswith("… ") and cut.endswith(" …") and len(cut) < 310
    assert heads._cut("He left.", 0, 2) == ("He left.", [(0, 2)]) and heads._cut("–", 0, 0) == ("–", [])


SMALL = {
    "one article": (["“It was a great success,” the minister said. Russia met China."], ["Volga Post"]),
    "no outlet": (["“It was a great success,” the minister said."] * 2, []),
    "nobody speaks": (["The ships left port at dawn. Rain fell all day."] * 2, ["Volga Post", "The Lantern"]),
    "nothing in English": (["Les navires ont quitté le port à l'aube. La pluie est tombée sur la ville."] * 1, []),
}


@pytest.mark.parametrize("kind", SMALL)
def test_a_corpus_with_little_in_it_has_an_answer_from_every_method(tmp_path, kind):
    texts, outlets = SMALL[kind]
    for number, text in enumerate(texts):
        (tmp_path / f"a{number}.txt").write_text(f"{text} Number {number}.", encoding="utf-8")
    rows = [f"a{number},{outlet},2024-01-01,A title" for number, outlet in enumerate(outlets)]
    if rows:
        (tmp_path / "articles.csv").write_text("\n".join(["doc,outlet,published,title", *rows]), encoding="utf-8")
    heard = voices.hear(load(tmp_path))
    for name in METHODS:
        result = getattr(heard, name)()
        assert result._repr_mimebundle_() and all(finding.headline == "" for finding in result.says)
        assert not any("%" in finding.says for finding in result.says)
    assert heard.whose(by="voice")._repr_mimebundle_() and heard.verbs("speaker")._repr_mimebundle_()


@pytest.mark.parametrize(
    ("call", "line"),
    [
        (lambda heard: heard.whose("colour"), "there is no part of a speaker 'colour'; it can be country, kind"),
        (lambda heard: heard.whose(by="day"), "there is no by 'day'; it can be outlet, voice"),
        (lambda heard: heard.verbs("voice"), "there is no by 'voice'; it can be outlet, speaker"),
        (lambda heard: heard.sides("Rusia|China"), "there is no actor 'Rusia'; did you mean 'Russia'?"),
        (
            lambda heard: heard.sides("Russia"),
            "sides takes two or more sides parted by |, such as 'Russia|Ukraine', not 'Russia'",
        ),
        (lambda heard: heard.sides(3), "sides takes text, not 3; put it in quotes"),
        (lambda heard: heard.people(0), "n is 1 or more, not 0"),
        (lambda heard: voices.hear("corpus"), "hear takes a corpus, not 'corpus'; load it first"),
        (lambda heard: voices.hear(heard._corpus, min_articles=0), "min_articles is 1 or more, not 0"),
    ],
)
def test_what_is_asked_for_wrongly_is_one_line(heard, call, line):
    with pytest.raises(InputError) as error:
        call(heard)
    assert str(error.value).startswith(line) and "\n" not in str(error.value)


def test_an_outlet_that_quotes_more_is_no_other_for_that(corpus):
    """In quotation marks speak people without a name, and offices are reported: A quotes all, the others a third."""
    rng = np.random.default_rng(2)
    quoted, reported = said("a trader"), said("putin", "reported")

    def made(odd):
        for event in range(EVENTS):
            for outlet in OUTLETS:
                passages = [quoted if outlet == "A" or rng.random() < 0.3 else reported for _ in range(4)]
                yield outlet, f"e{event}", ([said("a trader", "reported")] * 4 if outlet == odd else passages)

    assert voices.hear(spoke(corpus, made(""))).whose().says == ()
    (found, *_) = voices.hear(spoke(corpus, made("B"))).whose().says
    assert found.says.startswith("Of the voices in B, 0")
