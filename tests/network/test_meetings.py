import re
import xml.etree.ElementTree as ET
from io import BytesIO, StringIO

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.network import graph as graphs
from helpers.network import meetings as network
from helpers.show import charts
from helpers.show import diagram as diagrams


def company(*rows):
    """Appearances from (doc, sentence, actors)."""
    return pd.DataFrame(
        [(doc, sent, actor) for doc, sent, actors in rows for actor in actors], columns=["doc", "sent", "actor"]
    )


def lengths(**docs):
    """The units of each article."""
    return pd.Series(docs, name="units", dtype=int)


def test_pairs_count_units_and_articles():
    rows = company(("a", 0, "XY"), ("a", 1, "XY"), ("b", 0, "XYZ"), ("c", 0, "Z"))
    found = network.pairs(rows, lengths(a=20, b=10, c=10), min_meetings=1)
    row = found.set_index(["first", "second"]).loc[("X", "Y")]
    assert (row.together, row.articles) == (3, 2)
    assert row.npmi == pytest.approx(1.0)


def test_one_article_alone_makes_no_pair():
    assert network.pairs(company(*(("a", n, "XY") for n in range(9))), lengths(a=40)).empty


def test_nobody_named_is_an_empty_network():
    found = network.pairs(company(), lengths(a=10))
    assert list(found) == network.PAIRS and found.empty
    graph = graphs.graph(found)
    assert (len(graph), graphs.layout(graph)) == (0, {})
    assert graphs.backbone(found).alpha.empty
    documents = pd.DataFrame({"doc": ["a"], "outlet": ["X"], "published": [pd.NaT]})
    described = graphs.described(found, company(), documents)
    assert graphs.backbone(described.join(pd.DataFrame(columns=["verbs"]))).alpha.dtype == float


UNITS = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 4), st.sets(st.sampled_from("VWXYZ"))), max_size=25)


@given(UNITS)
def test_pairs_are_those_that_counting_one_by_one_finds(rows):
    rows = list({(doc, sent): (doc, sent, actors) for doc, sent, actors in rows}.values())
    found = network.pairs(company(*rows), lengths(a=9, b=7, c=5), min_meetings=1)
    counted = {}
    for doc, _, actors in rows:
        for one in actors:
            for other in actors:
                if one < other:
                    counted.setdefault((one, other), []).append(doc)
    expected = {pair: (len(docs), len(set(docs))) for pair, docs in counted.items()}
    assert {(r.first, r.second): (r.together, r.articles) for r in found.itertuples()} == expected
    assert found.p.between(0, 1).all() and (found.q >= found.p - 1e-12).all() and found.npmi.between(-1, 1).all()


def test_strangers_scattered_at_random_are_no_company():
    rng = np.random.default_rng(7)
    rows, units = [], {}
    for doc in range(150):
        units[f"d{doc}"] = int(rng.integers(5, 40))
        here = rng.choice(list("ABCDEFGH"), size=4, replace=False)
        for sent in range(units[f"d{doc}"]):
            rows.append((f"d{doc}", sent, [who for who in here if rng.random() < 0.15]))
    found = network.pairs(company(*rows), pd.Series(units), min_meetings=1)
    assert (found.q < 0.05).sum() == 0
    assert found.articles.sum() == pytest.approx(found.expected.sum(), rel=0.35)


def test_two_who_seek_each_other_are_found_and_an_article_of_many_sentences_is_one():
    rows = [(f"d{n}", 0, "AB" if n < 12 else "C") for n in range(60)]
    rows += [("d59", n, "DE") for n in range(1, 40)]
    found = network.pairs(company(*rows), pd.Series({f"d{n}": 40 for n in range(60)}), min_meetings=1)
    q = found.set_index(["first", "second"]).q
    assert q["A", "B"] < 1e-6 and q["D", "E"] > 0.01


def mentions(*rows):
    return pd.DataFrame(rows, columns=["doc", "sent", "start", "end", "actor", "via", "nested"])


def test_places_nested_names_and_groups_are_no_company():
    found = mentions(
        ("a", 0, 0, 5, "CHN", "name", False),
        ("a", 0, 6, 9, "RUS", "loc", False),
        ("a", 0, 10, 12, "JPN", "dem", True),
        ("a", 0, 20, 34, "IND", "desc", False),
        ("a", 0, 20, 34, "IRN", "desc", False),
        ("a", 0, 40, 50, "TWN", "desc", False),
    )
    sentences = pd.DataFrame({"doc": ["a"], "sent": [0], "para": [0]})
    assert network.appearances(found, sentences).actor.tolist() == ["CHN", "TWN"]
    assert network.units(sentences).to_dict() == {"a": 1}


@pytest.mark.parametrize(("unit", "together"), [("sentence", 0), ("paragraph", 1), ("article", 1)])
def test_the_unit_says_who_meets(unit, together):
    found = mentions(("a", 0, 0, 1, "X", "name", False), ("a", 1, 3, 4, "Y", "name", False))
    sentences = pd.DataFrame({"doc": ["a", "a"], "sent": [0, 1], "para": [0, 0]})
    assert (
        len(network.pairs(network.appearances(found, sentences, unit=unit), lengths(a=2), min_meetings=1)) == together
    )


def test_shares_of_groups_have_counts_and_intervals_in_the_order_given():
    rows = company(("a", 0, "X"), ("a", 1, "X"), ("b", 0, "XY"), ("c", 0, "Y"))
    groups = pd.Series({"a": 2020, "b": 2021, "c": 2021})
    found = network.shares(rows, groups, ["Y", "X"], [2021, 2020])
    assert found[["actor", "group", "times", "articles", "share"]].to_numpy().tolist() == [
        ["Y", 2021, 2, 2, 1.0],
        ["Y", 2020, 0, 1, 0.0],
        ["X", 2021, 1, 2, 0.5],
        ["X", 2020, 1, 1, 1.0],
    ]
    assert ((found.low <= found.share) & (found.share <= found.high)).all()
    assert network.shares(rows, groups, ["X"], []).empty


def text(*sentences):
    """An article's mentions, sentences and documents, each name in brackets; articles are a week apart."""
    named, told, whole = [], [], {}
    for doc, words in sentences:
        start = len(whole.setdefault(doc, ""))
        number = sum(each[0] == doc for each in told)
        bare = ""
        for at, piece in enumerate(re.split(r"[\[\]]", words)):
            if at % 2:
                named.append((doc, number, start + len(bare), start + len(bare + piece), piece, "name", False))
            bare += piece
        told.append((doc, number, number))
        whole[doc] += bare
    days = pd.date_range("2024-01-01", periods=len(whole), freq="7D")
    documents = pd.DataFrame({"doc": list(whole), "text": list(whole.values()), "event": "", "published": days})
    return mentions(*named), pd.DataFrame(told, columns=["doc", "sent", "para"]), documents


def kept(sentences, known="", *, one="Ann", two="Bob", expected=0.01, **columns):
    """The events of the pair, where it keeps company, else none; `columns` are those of its articles."""
    named, told, documents = text(*sentences)
    pairs = pd.DataFrame({"first": [one], "second": [two], "expected": expected}, index=[5])
    rows = network.appearances(named, told)
    return network.company(pairs, rows, named, documents.assign(**columns), set(known.split())).events.tolist()


MET = ["[Ann] met [Bob] in May.", "[Bob] wrote to the aunt of [Ann].", "[Ann] thanked [Bob] for it."]
ALONE = ["[Ann] slept.", "[Bob] slept.", "[Ann] rose.", "[Bob] rose."]
NEIGHBOURS = {
    "company": (["[Ann] met [Bob] in May."], "", True),
    "a first name and its surname": (["[Ann]’ [Bob] came."], "", False),
    "with a hyphen": (["[Ann]-[Bob] came."], "", False),
    "a name with a particle": (["[Ann] deWitt [Bob] came."], "", False),
    "one of the other": (["The [Ann] of the [Bob] came."], "Bob", False),
    "one the other's": (["The [Ann]’s [Bob] came."], "Ann", False),
    "one at the other": (["[Ann] at the [Bob] came."], "", False),
    "one de la other": (["[Ann] de la [Bob] came."], "Ann", False),
    "one of the other, both known": (["The [Ann] of [Bob] came."], "Ann Bob", True),
    "an institution and its short form": (["The [Ann] ([Bob]) said so."], "", False),
    "a long one and its short form": (["The [Ann] and Prevention ([Bob]) said so."] * 3 + ALONE, "", False),
    "parts of one institution": (["The [Ann] and Other [Bob] said so."], "", False),
    "parts of one, a comma between": (["The [Ann], [Bob] and Fish Office said so."], "", False),
    "both known, side by side": (["[Ann] and [Bob] came."], "Ann Bob", True),
    "one known, side by side": (["[Ann] and [Bob] came."], "Ann", False),
    "side by side, and each apart elsewhere": (["[Ann] and [Bob] came."] * 3 + ALONE, "", True),
    "side by side, and one never apart": (["[Ann] and [Bob] came."] * 3 + ALONE[::2], "", False),
    "side by side but once in four": (["[Ann]-[Bob] came."] * 3 + MET[:1], "", False),
    "half of the time": (["[Ann] and [Bob] came.", "[Ann] told [Bob]."], "", True),
    "a list": (["[Ann], then [Bob], then [Cem], then [Dan]."], "", False),
    "a list, and one event out of it": (["[Ann], then [Bob], then [Cem], then [Dan].", "[Ann] told [Bob]."], "", False),
    "three in a list": (["[Ann], [Bob] and [Cem] came."], "Ann Bob Cem", False),
    "three in a list by titles": (["King [Ann], Queen [Bob] and the Duke [Cem] came."], "Ann Bob Cem", False),
    "the members of a bloc": (["[Cem]: [Ann] and the [Bob] came."], "Ann Bob Cem", False),
    "a bloc and a member": (["[Ann] ([Bob], as well as [Cem]) came."], "Ann Bob Cem", False),
    "three with nothing between them": (["[Ann] [Bob] [Cem] Share this."], "Ann Bob Cem", False),
    "three with figures": (["[Ann] 3.48, [Bob] 1.81 and [Cem] 0.5 tons."], "Ann Bob Cem", False),
    "one and a list": (["[Cem] met [Ann], [Bob] and [Dan]."], "Ann Bob Cem Dan", False),
    "a list and what it explains": (["[Ann], the pact of [Bob], [Cem] and the [Dan], grew."], "Ann Bob Cem Dan", False),
    "a list in another clause": (["[Ann] met [Bob], and the [Cem], [Dan] and [Eva] left."], "Ann Bob", False),
    "a crowd that is no list": (["[Ann] met [Bob] as [Cem] told [Dan] about it."], "Ann Bob Cem Dan", True),
    "an office before its holder": (["[Ann] Speaker [Bob] came."], "", True),
    "an office between the two": (["[Ann] and Foreign Minister [Bob] came."], "", False),
    "three that meet": (["[Ann] told [Bob] that [Cem] came."], "Ann Bob Cem", True),
    "one out of the list": (["[Ann] told [Bob], [Cem] and Dan."], "Ann Bob Cem", True),
    "in the list and out of it": (["[Ann], [Bob] and [Cem] came, and [Ann] thanked [Bob]."], "Ann Bob Cem", True),
    "two, and one of them again": (["[Ann], [Bob] and [Ann] came."], "Ann Bob", True),
}


@pytest.mark.parametrize("name", NEIGHBOURS)
def test_lists_and_parts_of_one_name_are_told_from_company(name):
    sentences, known, company = NEIGHBOURS[name]
    both = sum("[Ann]" in each and "[Bob]" in each for each in sentences)
    assert kept([*zip("abcdefgh", sentences, strict=False)], known) == [both] * company


def test_a_pair_that_chance_and_lists_bring_together_is_none():
    lists = ["[Ann], [Bob] and [Cem] came."] * 3
    sentences = [*zip("abcdef", MET + lists, strict=False), *((f"x{n}", "Rain fell.") for n in range(30))]
    assert kept(sentences, "Ann Bob Cem", expected=0.5) == [3]
    assert kept(sentences, "Ann Bob Cem", expected=2.5) == []


@pytest.mark.parametrize(("events", "company"), [("aa  ", [3]), ("aabb", []), ("aaaa", [1])])
def test_articles_on_one_event_bring_two_together_once_and_three_events_are_needed_where_there_are_three(
    events, company
):
    sentences = [*((doc, "[Ann] met [Bob].") for doc in "abcd"), *(("e", "Rain fell."),) * (events == "aabb")]
    events = [each.strip() for each in events.ljust(len(sentences))]
    assert kept(sentences, event=events) == company


ITEMS = {
    "three weeks": ([0, 7, 14], [3]),
    "the same day and the next": ([0, 0, 1], []),
    "two days, and a third after them": ([0, 1, 9], []),
    "day by day, which is two": ([0, 1, 2], []),
    "every other day": ([0, 2, 4], [3]),
    "one day in six ways": ([0] * 6, [6]),
    "one day in four ways": ([0] * 4, []),
}


@pytest.mark.parametrize("name", ITEMS)
def test_articles_of_a_day_and_the_next_are_one_item_of_news_unless_many_tell_it_apart(name):
    days, company = ITEMS[name]
    rain = [(f"x{n}", "Rain fell.") for n in range(4)]
    days = pd.to_datetime(["2024-01-01"] * (len(days) + 4)) + pd.to_timedelta([*days, 20, 30, 40, 50], unit="D")
    sentences = [*((f"d{n}", "[Ann] met [Bob].") for n in range(len(days) - 4)), *rain]
    assert kept(sentences, published=days) == company


def test_articles_of_one_day_are_told_by_their_events_alone():
    sentences = [(doc, "[Ann] met [Bob].") for doc in "abc"]
    assert kept(sentences, published=pd.Timestamp("2024-01-01")) == [3]


UNDATED = {
    "three versions of one item": (
        ["The ferry sank off Orkney as [Ann] met [Bob]. Divers searched the wreck.",
         "Divers searched the wreck of the ferry off Orkney; [Ann] met [Bob].",
         "As the ferry sank off Orkney and divers searched, [Ann] met [Bob]."],
        [],
    ),
    "three items": (
        ["The ferry sank off Orkney as [Ann] met [Bob]. Divers searched the wreck.",
         "Grain prices doubled in Odessa while [Bob] argued with [Ann] about bread.",
         "A tunnel under Quito opened; [Ann] rode the train, and [Bob] drove it."],
        [3],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", UNDATED)
def test_articles_without_a_day_are_one_item_of_news_where_they_tell_the_same(name):
    sentences, company = UNDATED[name]
    others = ["A choir sang in Lagos.", "Owls nested near Perth.", "Chess was played in Turin."]
    days = [pd.NaT] * 3 + [pd.Timestamp(f"2024-0{n}-01") for n in (1, 3, 5)]
    assert kept([*zip("abcxyz", sentences + others, strict=True)], published=days) == company


AKIN = {
    ("China", "Bank of China"): True,
    ("Bank of Chinatown", "China"): False,
    ("EPA", "Environmental Protection Agency"): True,
    ("E.P.A.", "Environmental Protection Agency"): True,
    ("EPA", "Energy Policy Act of Ohio"): False,
    ("Clinton", "Hillary Clinton"): True,
    ("Bill Clinton", "Hillary Clinton"): False,
    ("VOL", "Bridge of the Volga Republic"): True,
    ("VOL", "VR"): True,
    ("VOL", "SVOL"): False,
    ("VOL", "ELB"): False,
    ("Russia", "China"): False,
    ("-", "China"): False,
}


@pytest.mark.parametrize("both", AKIN)
def test_a_name_in_a_name_and_its_initials_are_the_same_and_two_states_are_not(both):
    rows = [
        ("VOL", "state", "Volga", "Volga Republic"),
        ("SVOL", "state", "South Volga", ""),
        ("ELB", "bloc", "Elbe", ""),
    ]
    actors = pd.DataFrame(rows, columns=["actor", "kind", "name", "aliases"])
    pairs = pd.DataFrame([both, both[::-1]], columns=["first", "second"], index=[3, 4])
    assert network.akin(pairs, actors).to_dict() == {3: AKIN[both], 4: AKIN[both]}
    assert network.akin(pairs[:0], actors).empty


def test_the_kind_of_company_is_its_verbs_and_its_sentiment_by_voice():
    texts = [
        "They refuse to attack.",
        "It is wrong to attack.",
        "A attacked B and said so.",
        "A attacked B, attacking C.",
    ]
    sentences = pd.DataFrame({"doc": "a", "sent": range(4), "text": texts})
    verbs = network.verbs(sentences)
    assert {"attacked", "attacking"} <= verbs and "said" not in verbs
    voices = ["own", "own", "quoted"]
    scored = pd.DataFrame(
        {"doc": "a", "sent": [2, 3, 3], "voice": voices, "vader": [-1.0, 0.0, 0.5], "words": [1, 3, 2]}
    )
    rows = company(("a", 2, "AB"), ("a", 3, "AB"), ("a", 0, "A"), ("a", 1, "CD"))
    pairs = pd.DataFrame({"first": ["A", "A", "C"], "second": ["B", "C", "D"]}, index=[4, 5, 6])
    both = network.met(rows, pairs).merge(sentences)
    assert both[["pair", "sent"]].to_numpy().tolist() == [[4, 2], [4, 3], [6, 1]]
    found = network.kinds(both, scored, verbs)
    assert found.loc[4, ["verbs", "own", "quoted"]].tolist() == ["attacked, attacking", -0.25, 0.5]
    assert found.verbs[6] == "" and found[["own", "quoted"]].loc[6].isna().all() and 5 not in found.index
    nothing = network.kinds(both[:0], scored[:0], verbs)
    assert nothing.empty and set(pairs[:0].join(nothing)) == {"first", "second", "verbs", "own", "quoted"}


def ring(nodes=12, share=3, every=3):
    meetings = [(a, b) for a in range(nodes) for b in range(a) if (a + b) % every == 0]
    rows = [(f"d{n}", at, [f"n{a:03d}", f"n{b:03d}"]) for n in range(share) for at, (a, b) in enumerate(meetings)]
    return network.pairs(company(*rows), pd.Series({f"d{n}": 40 * len(meetings) for n in range(share)}))


def test_nodes_keep_apart_and_inside_the_picture():
    graph = graphs.graph(ring())
    places = np.array(list(graphs.layout(graph).values()))
    assert places.min() >= 0 and places.max() <= 1
    gaps = np.abs(places[:, None] - places[None]) / [0.27, 0.07]
    assert np.sort(np.linalg.norm(gaps, axis=2), axis=1)[:, 1].min() > 0.8


def test_a_graph_of_many_nodes_is_laid_out_too_and_the_same_twice():
    graph = graphs.graph(ring(nodes=graphs.MANY + 20))
    assert graphs.layout(graph) == graphs.layout(graph)


def test_the_backbone_keeps_the_edge_that_stands_out():
    rows = [("hub", f"leaf{n}", 1) for n in range(20)] + [("hub", "friend", 60)]
    pairs = pd.DataFrame(rows, columns=["first", "second", "articles"])
    kept = graphs.backbone(pairs).query("alpha < 0.05")
    assert kept.second.tolist() == ["friend"]


def drawn(names, nodes=12):
    """A ring with these names, and its drawing."""
    graph = graphs.graph(ring(nodes, every=max(3, nodes // 6)))
    for node in graph:
        graph.nodes[node]["link"] = f"actor-{node}"
    for one, two in graph.edges:
        graph.edges[one, two]["link"] = f"pair-{one}-{two}"
    words = {"title": "T", "alt": "A", "caption": "Dots."}
    return graph, diagrams.network(graph, graphs.layout(graph), sizes=pd.Series(dtype=float), names=names, **words)


def test_every_dot_and_line_has_its_name_for_the_page_and_opens_its_sentences():
    graph, made = drawn({})
    assert len(re.findall(r'id="node-\d+"', made.svg)) == len(graph)
    assert len(set(re.findall(r'id="edge-\d+-\d+"', made.svg))) == graph.number_of_edges()
    links = set(re.findall(r'xlink:href="#((?:actor|pair)-[^"]+)"', made.svg))
    assert len(links) == len(graph) + graph.number_of_edges()
    assert made.caption == "Dots." and list(made.rows) == ["first", "second", "articles"]


@pytest.mark.parametrize("nodes", [12, 60, graphs.MANY + 20])
def test_every_dot_has_its_name_or_a_number_that_the_caption_tells_and_none_overlap(monkeypatch, nodes):
    boxes, written = [], []
    place = diagrams._names

    def record(figure, axes, dots):
        told = place(figure, axes, dots)
        with diagrams.quiet():
            boxes.extend(text.get_window_extent().extents for text in (*axes.texts, *figure.texts, axes.get_legend()))
        written.extend(text.get_text() for text in axes.texts)
        assert all(diagrams._overlap(box, figure.bbox.extents) == pytest.approx(area(box)) for box in boxes)
        return told

    monkeypatch.setattr(diagrams, "_names", record)
    names = {f"n{n:03d}": f"The Ministry of Long Names and Affairs {n}" for n in range(nodes)}
    graph, made = drawn(names, nodes)
    assert all(diagrams._overlap(one, other) < 1e-6 for at, one in enumerate(boxes) for other in boxes[:at])
    assert len(set(re.findall(r'id="(label-\d+)"', made.svg))) == len(graph) == len(written) > nodes * 0.9
    key = dict(re.findall(r"(\d+)\u00a0(.+?)(?:, |\.$)", made.caption))
    assert list(key) == [str(number) for number in range(1, len(key) + 1)] != []
    assert {key.get(words, words) for words in written} == {names[node] for node in graph}


def area(box):
    """The area of a box from its ends."""
    return (box[2] - box[0]) * (box[3] - box[1])


def described():
    documents = pd.DataFrame({"doc": ["d0", "d1", "d2"], "outlet": ["X", "Y", "X"], "published": pd.NaT})
    documents.loc[0, "published"] = pd.Timestamp("2024-05-14")
    rows = company(*((f"d{n}", 0, "AB") for n in range(3)))
    pairs = network.pairs(rows, pd.Series({f"d{n}": 4 for n in range(3)}))
    return graphs.described(pairs, rows, documents)


def test_a_pair_knows_its_days_outlets_and_evidence():
    row = described().iloc[0]
    assert (row.since, row.outlets, row.evidence) == (pd.Timestamp("2024-05-14"), "X|Y", "d0:0 d1:0 d2:0")


def told_of(graph, scores=(0.5, 0.0, np.nan)):
    """The nodes A and B of a graph: A in d0 and d1, B in d0 alone, which has a day."""
    documents = pd.DataFrame({"doc": ["d0", "d1"], "published": [pd.Timestamp("2024-05-14"), pd.NaT]})
    named = pd.DataFrame({"doc": ["d0", "d1", "d0", "d0"], "actor": list("AABC"), "score": [*scores, 1.0]})
    return graphs.nodes(graph, named, documents)


def test_a_node_knows_its_articles_mentions_days_pairs_attitude_and_group():
    rows = told_of(graphs.graph(described()))
    day = pd.Timestamp("2024-05-14")
    assert rows.loc["A"].tolist() == [2, 2, day, day, 1, 0.25, 0] and rows.index.tolist() == ["A", "B"]
    assert rows.loc["B"].drop("attitude").tolist() == [1, 1, day, day, 1, 0] and pd.isna(rows.attitude["B"])
    nobody = told_of(graphs.graph(described()[:0]))
    assert nobody.empty and list(nobody) == list(rows)


@pytest.mark.parametrize("name", ["network.gexf", "network.graphml"])
def test_files_for_gephi_come_back_as_they_went_and_are_the_same_twice(name):
    graph = graphs.graph(described().assign(own=np.nan))
    rows = told_of(graph).assign(label=["<A> & \x00co", "=B()"], kind=["state", "name"])
    text = graphs.written(graph, rows)[name]
    assert text == graphs.written(graph, rows)[name]
    ET.fromstring(text)
    assert "lastmodified" not in text and ">nan<" not in text and '"nan"' not in text
    back = nx.read_gexf(BytesIO(text.encode())) if name.endswith("gexf") else nx.read_graphml(StringIO(text))
    ((_, _, edge),) = back.edges(data=True)
    assert (edge["weight"], edge["since"], edge["outlets"], edge["evidence"]) == (
        3.0,
        "2024-05-14",
        "X|Y",
        "d0:0 d1:0 d2:0",
    )
    assert {data["label"] for _, data in back.nodes(data=True)} == {"<A> & co", "=B()"}
    told = {"kind": "state", "articles": 2, "mentions": 2, "first": "2024-05-14", "degree": 1, "attitude": 0.25}
    assert told.items() <= back.nodes["A"].items() and "attitude" not in back.nodes["B"]


def test_gephi_shows_articles_by_area_and_groups_by_colour_and_numbers_are_numbers():
    graph = graphs.graph(described())
    text = graphs.written(graph, told_of(graph).assign(label="L", kind="state"))["network.gexf"]
    space = {"g": "http://www.gexf.net/1.2draft", "viz": "http://www.gexf.net/1.2draft/viz"}
    root = ET.fromstring(text)
    size = {
        node.get("id"): float(node.find("viz:size", space).get("value")) for node in root.iterfind(".//g:node", space)
    }
    assert size["A"] ** 2 / size["B"] ** 2 == pytest.approx(2, rel=0.01)
    colours = {
        "#{:02x}{:02x}{:02x}".format(*(int(c.get(k)) for k in "rgb")) for c in root.iterfind(".//viz:color", space)
    }
    assert colours == {charts.GROUPS[0]}
    kinds = {each.get("title"): each.get("type") for each in root.iterfind(".//g:attribute", space)}
    assert {name for name, kind in kinds.items() if kind == "string"} == {
        *("kind", "first", "last", "since", "until", "outlets", "evidence")
    }
