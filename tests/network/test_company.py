import re

import networkx as nx
import pandas as pd
import pytest

from helpers import InputError, load, network
from helpers.network import company
from helpers.show import html
from helpers.show.result import Result

METHODS = {
    "named": (),
    "draw": (),
    "matrix": (),
    "pairs": (),
    "over_time": (),
    "changes": (),
    "by_outlet": (),
    "contrasts": (),
    "contrast": (),
    "copies": (),
    "missed": (),
    "rules": (),
    "sentences": ("China", "Russia"),
    "files": (),
}
MET = "Russia met China on Monday. The talks were long.\n\nBeijing thanked Moscow. Japan protested.\n"
NOBODY = "The river rose in the night. The bridge held. Nobody was hurt by the water.\n" * 3
SPANISH = "El ministro de Defensa llegó a la capital para una reunión con los generales de la región. " * 4
SMALL = {
    "nobody named": {f"a{n}": NOBODY for n in range(4)},
    "one article": {"a": MET},
    "no English": {f"a{n}": SPANISH for n in range(3)},
    "one outlet": {f"a{n}": MET + f"The {n} ships sailed north. " * n for n in range(6)},
    "no days": {f"a{n}": MET.replace("Monday", "the ship") + f"Storm {n} passed. " * n for n in range(6)},
    "two outlets": {f"a{n}": MET + f"The {n} ships sailed north. " * 4 for n in range(8)},
}
HEADS = {
    "one outlet": [f"a{n},Volga Post,2024-05-{n + 1:02d}" for n in range(6)],
    "two outlets": [f"a{n},{('Volga Post', 'The Lantern')[n % 2]},2024-05-{n + 1:02d}" for n in range(8)],
}


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """Small corpora by what is small about them, as networks."""
    made = {}
    for name, texts in SMALL.items():
        folder = tmp_path_factory.mktemp("small")
        for doc, text in texts.items():
            (folder / f"{doc}.txt").write_text(text, encoding="utf-8")
        if name in HEADS:
            (folder / "articles.csv").write_text("\n".join(["doc,outlet,published", *HEADS[name]]), encoding="utf-8")
        made[name] = network.build(load(folder))
    return made


@pytest.fixture(scope="session")
def whole(company):
    """The network of the bundled corpus."""
    return company


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", SMALL)
def test_every_answer_of_a_small_corpus_says_its_sentence(small, name, method):
    try:
        result = getattr(small[name], method)(*METHODS[method])
    except InputError as error:
        assert method == "sentences" and "there is no actor 'China'" in str(error)
        return
    assert isinstance(result, Result)
    assert repr(result).strip() and result.nothing.endswith(".")
    assert result.nothing in repr(result) or len(result.table)
    assert result._repr_mimebundle_()["text/html"]


def test_the_public_names_are_few_and_the_face_has_two(whole):
    public = [name for name in dir(whole) if not name.startswith("_")]
    assert len(public) <= 18 and {*METHODS, "actors", "appearances", "tested"} == set(public)
    assert network.__all__ == ["Network", "build"]
    assert re.fullmatch(r"\d+ actors in \d+ articles; \d+ pairs, \d+ of them beyond chance", repr(whole))


WRONG = [
    ({"unit": "page"}, "there is no unit 'page'; it can be article, paragraph, sentence"),
    ({"unit": "sentense"}, "there is no unit 'sentense'; did you mean 'sentence'?"),
    ({"unit": 3}, "unit takes text, not 3"),
    ({"extra_names": True}, "extra_names takes text"),
    ({"extra_names": "maybe"}, "there is no extra_names 'maybe'"),
    ({"min_meetings": 0}, "min_meetings is 1 or more, not 0"),
    ({"min_articles": "two"}, "min_articles takes a whole number, not 'two'"),
    ({"seed": 0.5}, "seed takes a whole number"),
]


@pytest.mark.parametrize(("options", "message"), WRONG)
def test_a_wrong_parameter_is_one_line(corpus, options, message):
    with pytest.raises(InputError, match=re.escape(message)) as caught:
        network.build(corpus, **options)
    assert "\n" not in str(caught.value)


ASKED = [
    ("draw", (0,), "strongest is 1 or more"),
    ("draw", (40, "fame"), "there is no order_by 'fame'; it can be articles, backbone"),
    ("changes", ("May 2024",), "split_day takes a day such as 2024-05-12, not 'May 2024'"),
    ("changes", (2024,), "split_day takes text, not 2024"),
    ("contrast", ("Volga Pots|The Lantern",), "there is no outlet 'Volga Pots'; did you mean 'Volga Post'?"),
    ("contrast", ("Volga Post",), "compare_outlets takes two outlets as One|Other, not 'Volga Post'"),
    ("sentences", ("Chnia", "Russia"), "there is no actor 'Chnia'; did you mean 'China'?"),
    ("sentences", ("China", "China"), "sentences takes two actors, not 'China' twice"),
    ("named", ("ten",), "n takes a whole number"),
]


@pytest.mark.parametrize(("method", "given", "message"), ASKED)
def test_a_wrong_question_is_one_line(whole, method, given, message):
    with pytest.raises(InputError, match=re.escape(message)):
        getattr(whole, method)(*given)


def test_what_is_no_corpus_is_refused():
    with pytest.raises(InputError, match="takes a Corpus, not 'corpus'; read one first"):
        network.build("corpus")


def ids(pieces):
    """The ids of evidence in pieces."""
    return {piece.data["name"] for piece in pieces if piece.kind == "evidence"}


@pytest.mark.parametrize("method", ["named", "draw", "matrix", "pairs", "over_time", "changes", "by_outlet", "copies"])
def test_every_mark_and_row_opens_evidence_that_is_there(whole, method):
    result = getattr(whole, method)()
    links = set(result.table.get("link", []))
    if result.figure:
        links |= set(re.findall(r'xlink:href="#((?:actor|pair)-[^"]+)"', result.figure.svg))
    assert links and links <= ids(result.behind)
    assert all(re.match("actor-|pair-", name) for name in links)
    assert all(piece.data["items"] for piece in result.behind)


def test_the_ids_of_figures_and_tables_stay(whole):
    names = [getattr(whole, method)(*given).name for method, given in METHODS.items()]
    assert names[:7] == ["named-most", "network", "matrix", "pairs", "when", "changes", "outlets"]
    assert len(set(names)) == len(names)


def test_a_contrast_opens_sentences_of_its_outlet_only(whole):
    result = whole.contrasts()
    for row, piece in zip(result.table.itertuples(), result.behind, strict=True):
        assert {item["outlet"] for item in piece.data["items"]} == {row.group}
        assert piece.data["name"] == row.link
        for item in piece.data["items"]:
            marked = {words for words, kind in item["parts"] if kind}
            named = whole._outer[(whole._outer.doc == item["doc"]) & whole._outer.surface.isin(marked)]
            assert {row.first, row.second} <= set(named.actor)


def test_an_answer_is_kept_and_only_shared_sentences_are_scored(corpus, monkeypatch):
    scored = []
    score = company.scores.sentences
    monkeypatch.setattr(
        company.scores, "sentences", lambda rows, voices: scored.append(len(rows)) or score(rows, voices)
    )
    made = network.build(corpus)
    made.named(), made.draw(), made.changes(), made.contrasts()
    assert scored == []
    assert made.pairs() is made.pairs() and made.draw() is made.draw(40)
    assert len(scored) == 1 and 0 < scored[0] < len(corpus.sentences) / 10


def test_the_pairs_know_their_verbs_their_interval_and_both_voices(whole):
    table = whole.pairs(60).table
    assert (table.low <= table.npmi).all() and (table.npmi <= table.high).all() and (table.q < company.SURE).all()
    assert table.low.is_monotonic_decreasing
    assert table[["own", "quoted"]].abs().max().max() <= 1 and table.quoted.notna().sum() > 20
    assert table.verbs.str.count(",").max() == 2
    assert whole.pairs().says[0].p < company.SURE


def test_the_backbone_orders_the_pairs_another_way(whole):
    drawn = whole.draw(10, "backbone").table
    assert drawn.alpha.is_monotonic_increasing and set(drawn.pair) != set(whole.draw(10).table.pair)
    assert len(whole.draw(10).table) == 10


def test_copies_that_are_counted_make_a_pair(whole):
    table = whole.copies().table.set_index("pair")
    pair = "Brazil – Sergei Lavrov"
    assert pd.isna(table.articles[pair]) and table.articles_all[pair] == 3
    assert ((table.q < company.SURE) != (table.q_all < company.SURE)).all()


def test_a_pair_is_read_sentence_by_sentence(whole):
    result = whole.sentences("Vladimir Putin", "Xi Jinping", n=5)
    assert len(result.table) > 25 and "The first 5 of" in repr(result)
    assert result.table.marks.map(len).min() >= 2
    assert whole.sentences("Xi Jinping", "Vladimir Putin").table.text.tolist() == result.table.text.tolist()


def test_a_wider_unit_shows_sentences_that_name_both_where_there_are_some(corpus):
    made = network.build(corpus, unit="article")
    behind = {piece.data["name"]: piece for piece in made.draw(5).behind}
    assert set(made.appearances) == {"doc", "actor"}
    items = behind[made.draw(5).table.link.iloc[0]].data["items"]
    assert sum(sum(bool(kind) for _, kind in item["parts"]) >= 2 for item in items) >= 2


def test_the_files_are_three_and_hold_the_pairs(whole):
    files = {piece.data["name"]: piece.data["content"] for piece in whole.files().behind}
    assert list(files) == whole.files().table.file.tolist()
    back = nx.parse_graphml(files["network.graphml"])
    assert back.number_of_edges() == len(whole._known)
    edge = back.edges["CHN", "RUS"]
    assert {"articles", "since", "until", "outlets", "evidence", "alpha", "verbs", "own"} <= set(edge)
    assert files["pairs.csv"].count("\n") == len(whole.tested) + 1
    assert "link" not in edge


def test_names_no_gazetteer_knows_count_where_they_are_wanted(corpus):
    wider = network.build(corpus, extra_names="yes")
    assert "Sea of Japan" in set(wider.actors.name)
    assert "Sea of Japan" not in set(network.build(corpus).actors.name)
    assert wider.copies().table.pair.str.contains(" – ").all()


def top(*shares):
    """Actors A, B, C with shares of a hundred articles."""
    return pd.DataFrame(
        [("ABC"[n], round(100 * s), s) for n, s in enumerate(shares)], columns=["name", "articles", "share"]
    )


def pairs(*rows):
    """Pairs from (pair, articles, q)."""
    return pd.DataFrame(rows, columns=["pair", "articles", "q"]).assign(npmi=0.5, difference=0.25)


LEADERS = [
    (top(0.9, 0.5, 0.25), "A (90 %), B (50 %) and C (25 %) are named in most articles."),
    (top(0.9, 0.5), "A (90 %) and B (50 %) are named in most articles."),
    (top(0.9), "Hardly any actor of the gazetteer is named."),
    (top(), "Hardly any actor of the gazetteer is named."),
]


@pytest.mark.parametrize(("rows", "says"), LEADERS)
def test_who_is_named_most_is_said_with_shares(rows, says):
    assert [each.says.replace("\u00a0", " ") for each in company.leaders(rows)] == [says]


WIDEST = [
    ({"x": 3, "a": 2, "b": 1, "c": 2}, ["The Hub keeps the widest company: 3 of 3 others."]),
    ({"c": 2, "b": 2, "x": 1}, ["b keeps the widest company: 2 of 2 others."]),
    ({"x": 1, "a": 1}, []),
    ({}, []),
]


@pytest.mark.parametrize(("others", "says"), WIDEST)
def test_the_widest_company_is_said_and_that_of_one_is_silence(others, says):
    said = company.widest(others, {"x": "The Hub"})
    assert [each.says for each in said] == says
    assert [(each.effect, each.figure) for each in said] == [(max(others.values()), "network") for _ in says]


SUREST = [
    (pairs(("A – B", 5, 0.001), ("C – D", 1, 0.02)), ["A – B (5 articles) and C – D (1 article)"]),
    (pairs(*[(name, 3, 0.01) for name in "ABCD"]), ["A (3 articles), B (3 articles) and C (3 articles)"]),
    (pairs(), []),
]


@pytest.mark.parametrize(("rows", "told"), SUREST)
def test_the_surest_pairs_are_said_or_nothing_is(rows, told):
    said = company.surest(rows)
    assert [each.says for each in said] == [f"The surest company, beyond what chance gives: {words}." for words in told]
    assert [(each.articles, each.figure) for each in said] == [(row.articles, "pairs") for row in rows[:1].itertuples()]


DIFFERING = [
    (pairs(("A – B", 5, 0.2)), []),
    (pairs(("A – B", 5, 0.01), ("C – D", 4, 0.2)), [("A – B!", 5, 0.01)]),
    (pairs(*[(name, 5, 0.01) for name in "XYZ"]), [("X!", 5, 0.01), ("Y!", 5, 0.01)]),
    (pairs(), []),
]


@pytest.mark.parametrize(("rows", "said"), DIFFERING)
def test_only_differences_beyond_chance_are_said(rows, said):
    found = company.differing(rows, lambda row: f"{row.pair}!", "changes")
    assert [(each.says, each.articles, each.p) for each in found] == said
    assert all(each.figure == "changes" and each.effect == 0.25 for each in found)


OVERLOOKED = [
    (["a", "b"], ["Hue", "Hue"], "1 name that no gazetteer knows stands in 50 % of the articles."),
    (["a", "b"], ["Hue", "Da Nang"], "2 names that no gazetteer knows stand in 50 % of the articles."),
    ([], [], None),
]


@pytest.mark.parametrize(("docs", "names", "says"), OVERLOOKED)
def test_what_the_gazetteer_missed_is_said(docs, names, says):
    said = company.overlooked(pd.DataFrame({"doc": docs, "actor": names}), 4)
    assert [each.says.replace("\u00a0", " ") for each in said] == ([says] if says else [])


def test_titles_name_what_moved_and_what_differs_most():
    shares = pd.DataFrame([[0.5, 0.4, 0.5], [0.9, 0.1, 0.2]], index=["A", "B"], columns=["2022", "2023", "2024"])
    assert company.turn(shares).replace("\u00a0", " ") == "B: in 90 % of the articles of 2022, in 20 % of 2024"
    assert company.uneven(shares) == "Outlets differ most in naming B"


def test_a_changed_company_and_an_outlet_s_own_are_said(small):
    folder = small["two outlets"]
    made = network.Network(folder._whole, "sentence", 1, 1, False, 7)
    rows = pd.DataFrame({"first": ["CHN"], "second": ["RUS"], "articles": [9], "since": [0.5], "before": [0.25]})
    rows = made._shown(rows.assign(difference=0.25, low=0.1, high=0.4, q=0.01))
    result = made._compared(rows, {"before": "Before"}, ("changes", "C", "N.", "Alike."), lambda r: f"{r.pair} met.")
    assert [each.says for each in result.says] == ["China – Russia met."] and result.little == ()
    silent = made._compared(rows.assign(q=0.5), {"before": "Before"}, ("changes", "C", "N.", "Alike."), lambda r: "")
    assert silent.says == () and silent.little == ("Alike.",)
    assert html.csv(result.table[["low", "q"]]) == "low,q\n0.1,0.01\n"
