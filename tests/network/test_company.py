import re
from copy import copy
from io import BytesIO, StringIO

import networkx as nx
import pandas as pd
import pytest

from helpers import InputError, load, network
from helpers.actors.names import Names
from helpers.network import company, meetings, passages
from helpers.sentiment import scores
from helpers.show.result import Result
from helpers.show.words import day

MANY = 1000
METHODS = {
    "named": (),
    "draw": (),
    "pairs": (),
    "over_time": (),
    "changes": (),
    "by_outlet": (),
    "contrasts": (),
    "copies": (),
    "joined": (),
    "missed": (),
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
    assert re.fullmatch(r"\d+ actors in \d+ articles; \d+ pairs, \d+ of them keep company", repr(whole))


WRONG = [
    ({"unit": "page"}, "there is no unit 'page'; it can be article, paragraph, sentence"),
    ({"unit": "sentense"}, "there is no unit 'sentense'; did you mean 'sentence'?"),
    ({"unit": 3}, "unit takes text, not 3"),
    ({"extra_names": "yes"}, "extra_names has moved to load: load('folder', extra_names='yes')"),
    ({"min_meetings": 0}, "min_meetings is 1 or more, not 0"),
    ({"min_articles": "two"}, "min_articles takes a whole number, not 'two'"),
    ({"seed": 0.5}, "seed takes a whole number"),
    ({"split_day": "May 2024"}, "split_day takes a day such as 2024-05-12, not 'May 2024'"),
    ({"split_day": 2024}, "split_day takes text, not 2024"),
]


@pytest.mark.parametrize(("options", "message"), WRONG)
def test_a_wrong_parameter_is_one_line(corpus, options, message):
    with pytest.raises(InputError, match=re.escape(message)) as caught:
        network.build(corpus, **options)
    assert "\n" not in str(caught.value)


ASKED = [
    ("draw", (0,), "strongest is 1 or more"),
    ("draw", (40, "fame"), "there is no order_by 'fame'; it can be articles, backbone"),
    ("sentences", ("Chnia", "Russia"), "there is no actor 'Chnia'; did you mean 'China'?"),
    ("sentences", ("China", "China"), "sentences takes two actors, not 'China' twice"),
    ("named", ("ten",), "n takes a whole number"),
    ("named", (9, "persons"), "there is no kind 'persons'; did you mean 'person'?"),
    ("named", (9, 3), "kind takes text, not 3"),
    ("by_outlet", (0,), "n is 1 or more"),
]


@pytest.mark.parametrize(("method", "given", "message"), ASKED)
def test_a_wrong_question_is_one_line(whole, method, given, message):
    with pytest.raises(InputError, match=re.escape(message)):
        getattr(whole, method)(*given)


def test_what_is_no_corpus_is_refused():
    with pytest.raises(InputError, match="takes a Corpus, not 'corpus'; read one first"):
        network.build("corpus")


LINKED = ["named", "draw", "pairs", "over_time", "changes", "by_outlet", "contrasts", "copies", "missed"]


def behind(result):
    """The sentences behind a result by id, each with doc, sent and outlet."""
    rows = {piece.data["name"]: pd.read_csv(StringIO(piece.data["csv"])) for piece in result.behind}
    assert len(rows) == len(result.behind)
    assert [len(each) for each in rows.values()] == [piece.data["rows"] for piece in result.behind]
    return rows


@pytest.fixture(scope="session")
def where(whole):
    """The sentences (doc, sent) that name each actor."""
    named = meetings.counted(whole._mentions)
    return {actor: set(zip(rows.doc, rows.sent, strict=True)) for actor, rows in named.groupby("actor")}


def places(rows):
    """The sentences of rows."""
    assert not rows.duplicated(["doc", "sent"]).any()
    return set(zip(rows.doc, rows.sent, strict=True))


def test_every_mark_and_row_opens_sentences_and_one_id_one_set_of_them(whole):
    seen = {}
    for method in LINKED:
        result = getattr(whole, method)()
        links = set(result.table.link)
        if result.figure:
            links |= set(
                re.findall(r'xlink:href="#([^"]+)"', re.sub("<defs>.*?</defs>|<use[^>]*>", "", result.figure.svg))
            )
        assert links - {""} == {piece.data["name"] for piece in result.behind} != set(), method
        for piece in result.behind:
            assert piece.data["csv"] == seen.setdefault(piece.data["name"], piece.data["csv"])
            assert piece.data["items"] and all(any(kind for _, kind in item["parts"]) for item in piece.data["items"])
            assert all(item["title"] for item in piece.data["items"])


def test_an_actor_opens_all_its_sentences_the_newest_first(whole, where):
    rows = behind(whole.named())
    for row in whole.named().table.itertuples():
        assert places(rows[row.link]) == where[row.actor] and rows[row.link].doc.nunique() == row.articles
        assert rows[row.link].published.dropna().is_monotonic_decreasing


@pytest.mark.parametrize("method", ["by_outlet", "over_time"])
def test_a_cell_opens_the_sentences_of_its_actor_in_its_outlet_or_period(whole, where, corpus, method):
    result = getattr(whole, method)()
    rows, ids = behind(result), dict(zip(whole.actors.name, whole.actors.actor, strict=True))
    facts = corpus.documents.set_index("doc")
    months = (
        facts.published.dt.strftime("%B %Y"),
        facts.published.dt.strftime("%Y Q").add(facts.published.dt.quarter.astype(str)),
    )
    kinds = [facts.outlet] if method == "by_outlet" else [*months, facts.published.dt.strftime("%Y")]
    group = next(each for each in kinds if set(result.table.group) <= set(each))
    for row in result.table.itertuples():
        mine = {place for place in where[ids[row.name]] if group[place[0]] == row.group}
        assert len({doc for doc, _ in mine}) == row.times and bool(row.link) == bool(mine)
        assert not mine or places(rows[row.link]) == mine


@pytest.mark.parametrize("unit", meetings.UNITS)
def test_a_pair_opens_the_sentences_of_the_units_it_shares_those_with_both_first(corpus, unit, whole, where):
    made = whole if unit == "sentence" else network.build(corpus, unit=unit)
    for result in (made.pairs(), made.draw()):
        rows = behind(result)
        for row in result.table.itertuples():
            shown, one, two = rows[row.link], where[row.first], where[row.second]
            assert shown.doc.nunique() == row.articles and (one & two if unit == "sentence" else one | two) >= places(
                shown
            )
            both = [place in one & two for place in zip(shown.doc, shown.sent, strict=True)]
            assert both == sorted(both, reverse=True)


def test_a_pair_of_copies_opens_all_copies_and_keeps_an_id_of_its_own(whole):
    rows, table = behind(whole.copies()), whole.copies().table
    assert [rows[row.link].doc.nunique() for row in table.itertuples()] == table.articles_all.tolist()
    assert not set(table.link) & set(whole._company.link)


def test_a_name_that_is_missed_opens_its_sentences(whole):
    rows, table = behind(whole.missed()), whole.missed().table
    assert [rows[row.link].doc.nunique() for row in table.itertuples()] == table.articles.tolist()
    assert all(row.text[a:b] == row.actor for row in table.itertuples() for a, b in row.marks[:1])


def test_a_difference_opens_those_who_show_it_and_says_who_they_are(whole, where, corpus):
    ids = dict(zip(whole.actors.name, whole.actors.actor, strict=True))
    days = corpus.documents.set_index("doc").published
    heads = {
        piece.data["name"]: piece.data["heading"]
        for each in (whole.contrasts(), whole.changes())
        for piece in each.behind
    }
    for row in whole.contrasts().table.itertuples():
        shown = behind(whole.contrasts())[row.link]
        assert row.effect > 0 and set(shown.outlet) == {row.group} and places(shown) <= where[ids[row.what]]
        assert heads[row.link] == f"{row.what} in {row.group}, on the same events as the others"
    for row in whole.changes().table.itertuples():
        shown, since = behind(whole.changes())[row.link], row.effect > 0
        assert set(days[shown.doc] >= whole._split) == {since} and places(shown) <= where[ids[row.what]]
        assert heads[row.link] == f"{row.what} {'since' if since else 'before'} {day(whole._split)}"
        known = days[days.index.isin(whole._corpus.documents.doc) & ((days >= whole._split) == since)]
        assert shown.doc.nunique() / len(known) == pytest.approx(row.here if since else row.others)


def test_the_ids_of_figures_and_tables_stay(whole):
    names = [getattr(whole, method)(*given).name for method, given in METHODS.items()]
    assert names[:6] == ["named-most", "network", "pairs", "when", "changes", "outlets"]
    assert len(set(names)) == len(names)


def test_a_finding_leads_where_it_stands_and_quotes_an_article_that_shows_it(whole, corpus):
    facts = corpus.documents.set_index("doc")
    for result, leads in ((whole.by_outlet(), 3), (whole.pairs(), 1), (whole.changes(), 2)):
        assert 0 < sum(bool(finding.headline) for finding in result.says) <= leads
        for finding in result.says:
            assert finding.p < company.SURE and finding.articles >= company.MIN_ARTICLES
            assert finding.unusual > 1 and 0 < finding.novel < 1 and finding.figure == result.name
            assert finding.evidence in facts.text[finding.doc]
            assert finding.source == f"{facts.outlet[finding.doc]}, {day(facts.published[finding.doc])}"
            assert sum(meant for *_, meant in finding.bars) == 1 < len(finding.bars) <= 10
    assert all(finding.novel <= 0.4 for finding in whole.pairs().says)


def test_what_an_outlet_names_is_quoted_from_its_article_on_what_others_tell_too(whole, corpus):
    facts = corpus.documents.set_index("doc")
    for finding in whole.by_outlet().says:
        outlet, name = re.fullmatch(r"On the same events, (.+?) names (.+?) in .*", finding.says).groups()
        assert facts.outlet[finding.doc] == outlet and name in set(whole.by_outlet().table.name)
        assert facts.outlet[facts.event == facts.event[finding.doc]].nunique() > 1
        assert [bar[0] for bar in finding.bars if bar[3]] == [outlet]


def test_a_finding_on_few_articles_or_beyond_those_that_lead_has_no_headline(whole):
    rows = whole._asked["naming"][1].iloc[[0, 0]]
    heads = [[each.headline for each in whole._findings(rows.assign(articles=n), 0.1, "outlets", 1)] for n in (7, 8)]
    assert [list(map(bool, each)) for each in heads] == [[False, False], [True, False]]


def test_only_pairs_whose_names_say_who_is_meant_are_findings(small, whole):
    made = copy(whole)
    pairs = whole._company.head(4).assign(
        first=["CHN", "Celsius", "Ann Lee", "Celsius"], second=["Bo Li", "CHN", "RUS", "Wuhan"]
    )
    made.__dict__["_company"] = pairs
    assert made._clear["first"].tolist() == ["CHN", "Ann Lee"]


QUOTES = {
    "the name as it is": (
        ["It met Bo, who came by sea.", "Its chief came by sea, as he said."],
        [["Bo"], ["chief"]],
        [1, 1],
        0,
    ),
    "its own voice": (["“Bo came by sea,” it said.", "The chief Bo came by sea."], [["Bo"], ["Bo"]], [1, 1], 1),
    "few others": (["It met Bo, Al and Ed.", "It met Bo on the sea."], [["Bo"], ["Bo"]], [3, 1], 1),
    "both of two": (["It met Al again today.", "It met Bo and Al today."], [["Al"], ["Bo", "Al"]], [1, 2], 1),
    "a fitting length": (["Bo came.", "Bo came by sea" + " and by sea" * 9 + "."], [["Bo"], ["Bo"]], [1, 1], 1),
}


@pytest.mark.parametrize("case", QUOTES)
def test_the_sentence_that_is_quoted_shows_it_plainly(case):
    texts, marks, crowd, best = QUOTES[case]
    spans = [
        [(text.index(name), text.index(name) + len(name)) for name in names]
        for text, names in zip(texts, marks, strict=True)
    ]
    rows = pd.DataFrame({"doc": ["a", "b"], "outlet": ["The Bay", "unknown outlet"], "text": texts, "marks": spans})
    rows = rows.assign(start=0, end=rows.text.str.len(), crowd=crowd, named=rows.marks.map(len))
    rows["published"] = [pd.NaT, pd.Timestamp("2024-05-01")]
    voices = pd.DataFrame({"doc": ["a"], "start": [0], "end": [3]})[: int("“" in texts[0])]
    found = passages.quoted(rows, ["Bo", "Al"], voices)
    assert found["evidence"] == texts[best]
    assert (found["doc"], found["source"]) == [("a", "The Bay"), ("b", "1 May 2024")][best]
    assert passages.quoted(rows[:0], ["Bo"], voices) == {}


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


def test_the_pairs_know_their_verbs_and_events_and_are_company(whole):
    table = whole.pairs(60).table
    assert (
        table.p.is_monotonic_increasing and (table.q < company.SURE).all() and (table.events >= meetings.EVENTS).all()
    )
    assert table[["own", "quoted"]].abs().max().max() <= 1 and table.quoted.notna().sum() > 20
    assert table.verbs.str.count(",").max() == 2
    sure = set(whole._paired(whole.tested[whole.tested.q < company.SURE]).pair)
    left = sure - set(whole._company.pair)
    assert "Australia – United Kingdom" in left and "Japan – South Korea" in sure - left
    assert set(whole.draw(MANY).table.link) <= set(whole._company.link)


def folder(
    home, *, articles=20, china=20, met="Putin met Xi in harbour {n}.", day="Date: 2024-{month:02d}-{day:02d}\n"
):
    """A folder in which Putin and Xi, and in `china` articles China and Japan, meet where hardly anybody else does."""
    for n in range(articles):
        told = [f"The {word}{chr(97 + n) * 3} sailed, and number {n + 7} came." for word in SHIPS]
        told += [met.format(n=n)] * (n < 6) + ["Cod was sold."] * (n >= china)
        told += [f"China thanked Japan for {n + 2} fish." if n % 3 == 0 else "China sold the fish."] * (n < china)
        text = " ".join(told[n % 5 :] + told[: n % 5])
        when = day.format(month=1 + n // 3, day=1 + 9 * (n % 3))
        (home / f"d{n}.txt").write_text(
            f"Title: Port {n}\n{when}Source: O & <{n % 2}> “x”\n\n{text}\n", encoding="utf-8"
        )
    return network.build(load(home))


SHIPS = ["tanker", "ferry", "trawler", "barge", "cutter", "schooner", "dredger", "lighter", "tug", "collier", "packet"]


@pytest.mark.parametrize(("china", "named"), [(20, True), (18, True), (17, False)])
def test_pairs_of_who_is_named_in_nearly_all_articles_are_not_ranked_and_the_table_says_so(tmp_path, china, named):
    made = folder(tmp_path, china=china)
    told = "China is named in nearly all articles and can meet nobody beyond chance: pairs with it are not ranked."
    assert made.pairs().notes == (told,) * named and (told in repr(made.pairs())) == named
    assert ["China – Japan", "Vladimir Putin – Xi Jinping"][named:] == sorted(made.pairs().table.pair)
    assert set(made.draw().table.pair) == set(made.pairs().table.pair)


@pytest.mark.parametrize(
    ("met", "pair"),
    [
        ("Putin and Xi are on the radio.", False),
        ("Follow Putin and Xi on the radio every day, and write to both.", False),
        ("Putin and Xi heard {n} songs on the radio.", True),
    ],
)
def test_a_sentence_that_articles_repeat_word_by_word_brings_nobody_together(tmp_path, met, pair):
    assert ("Vladimir Putin – Xi Jinping" in set(folder(tmp_path, met=met).pairs().table.pair)) == pair


@pytest.mark.parametrize(("articles", "said"), [(5, True), (4, True), (3, False)])
def test_few_articles_do_not_tell_who_is_named_in_nearly_all(tmp_path, articles, said):
    says = folder(tmp_path, articles=articles).pairs().notes
    told = "China, Vladimir Putin and Xi Jinping are named in nearly all articles and can meet nobody beyond chance"
    assert says == (f"{told}: pairs with them are not ranked.",) * said


def test_where_nobody_is_named_in_nearly_all_articles_or_there_are_few_of_them_nothing_is_said(whole, small):
    assert whole.pairs().notes == small["one article"].pairs().notes == ()


def test_who_is_named_can_be_read_by_kind(whole, small, corpus):
    kinds = corpus.actors.set_index("actor").kind
    assert whole.named().table.kind.tolist() == kinds[whole.named().table.actor].tolist()
    for kind in ("person", "institution"):
        rows = whole.named(9, kind)
        assert rows.name == f"named-{kind}" and set(kinds[rows.table.actor]) == {kind} and len(rows.table) == 9
        assert rows.table.actor.tolist() == whole.actors.actor[whole.actors.kind == kind].head(9).tolist()
    assert repr(small["one article"].named(9, "bloc")) == "Nobody of this kind is named."


@pytest.mark.parametrize("day", ["Date: 2024-{month:02d}-{day:02d}\n", ""])
@pytest.mark.parametrize("name", ["network.gexf", "network.graphml"])
def test_files_of_a_folder_with_days_and_without_them_tell_of_each_node_what_sizes_and_colours_it(tmp_path, day, name):
    made = folder(tmp_path, day=day)
    text = {piece.data["name"]: piece.data["content"] for piece in made.files().behind}[name]
    back = nx.read_gexf(BytesIO(text.encode())) if name.endswith("gexf") else nx.parse_graphml(text)
    assert back.number_of_edges() == len(made.draw().table) > 0
    for who, node in back.nodes(data=True):
        told = made.actors.set_index("actor").loc[who]
        assert [node[key] for key in ("label", "kind", "articles")] == [told["name"], told.kind, told.articles]
        assert {"mentions", "degree", "community", "first", "last"} <= set(node)
        assert bool(node["first"]) == bool(day)


def test_a_matrix_has_only_groups_of_enough_articles_or_shows_them_grey(corpus):
    made = network.build(corpus, min_articles=33)
    assert made.over_time().table.articles.min() >= 33
    shown = made.by_outlet().table
    assert 0 < shown.faint.mean() < 1 and (shown.faint == (shown.articles < 33)).all()
    assert "Grey: too few articles to compare." in made.by_outlet().figure.caption
    assert not shown[~shown.faint & (shown.low > shown.share)].size


def test_the_backbone_orders_the_pairs_another_way(whole):
    drawn = whole.draw(10, "backbone").table
    assert drawn.alpha.is_monotonic_increasing and set(drawn.pair) != set(whole.draw(10).table.pair)
    assert len(whole.draw(10).table) == 10


def test_copies_that_are_counted_make_a_pair(whole):
    table = whole.copies().table.set_index("pair")
    pair = "Europe – Iran"
    assert pd.isna(table.articles[pair]) and table.articles_all[pair] == 3
    assert ((table.q < company.SURE) != (table.q_all < company.SURE)).all()


def test_a_pair_is_read_sentence_by_sentence(whole):
    result = whole.sentences("Vladimir Putin", "Xi Jinping", n=5)
    assert len(result.table) > 25 and "The first 5 of" in repr(result)
    assert result.table.marks.map(len).min() >= 2
    assert whole.sentences("Xi Jinping", "Vladimir Putin").table.text.tolist() == result.table.text.tolist()


@pytest.mark.parametrize("name", ["network.gexf", "network.graphml"])
def test_the_files_hold_the_pairs_and_what_is_known_of_each_actor(whole, corpus, name):
    files = {piece.data["name"]: piece.data["content"] for piece in whole.files().behind}
    assert list(files) == whole.files().table.file.tolist()
    read = nx.parse_graphml if name.endswith("ml") else lambda text: nx.read_gexf(BytesIO(text.encode()))
    back = read(files[name])
    assert back.number_of_edges() == len(whole._known)
    for row in whole._known.itertuples():
        edge = back.edges[row.first, row.second]
        assert (edge["articles"], edge["weight"], edge["outlets"]) == (row.articles, row.articles, row.outlets)
        assert (edge["expected"], edge["q"]) == pytest.approx((row.expected, row.q))
        assert (edge["since"], edge["until"]) == (f"{row.since:%Y-%m-%d}", f"{row.until:%Y-%m-%d}")
        assert {"evidence", "alpha", "verbs"} <= set(edge) and not {"link", "heading"} & set(edge)
    told, kinds = whole.actors.set_index("actor"), corpus.actors.set_index("actor").kind
    named = meetings.counted(whole._mentions)
    days = corpus.documents.set_index("doc").published
    for who, node in back.nodes(data=True):
        mine = named[named.actor == who]
        assert (node["label"], node["kind"]) == (told.name[who], kinds.get(who, "name"))
        assert (node["articles"], node["mentions"], node["degree"]) == (told.articles[who], len(mine), back.degree[who])
        seen = days[mine.doc].agg(["min", "max"]).dt.strftime("%Y-%m-%d").tolist()
        assert [node["first"], node["last"]] == seen and -1 < node["attitude"] < 1


def test_tables_of_the_files_have_all_that_was_tested_and_every_node(whole):
    files = {piece.data["name"]: piece.data["content"] for piece in whole.files().behind}
    assert files["pairs.csv"].count("\n") == len(whole.tested) + 1
    rows = pd.read_csv(StringIO(files["nodes.csv"]), index_col="actor")
    assert set(rows.index) == {*whole._known["first"], *whole._known.second} and rows.articles.is_monotonic_decreasing
    own = whole._mentions[(whole._mentions.actor == rows.index[-1]) & (whole._mentions.voice == "own")]
    scored = scores.mentions(whole._corpus.sentences, meetings.counted(own))
    assert rows.attitude.iloc[-1] == pytest.approx(scored.score.mean(), rel=1e-4)


NAMED = [
    ("Ann Lee", "person", "Lee"),
    ("Ann Lee", "person", "Ann Lee"),
    ("Ann Lee", "person", "Lee's"),
    ("Fog Bay", "place", "Fog Bay"),
]
NAMED += [
    ("Fog Bay", "place", "the Bay"),
    ("Harbour Board", "institution", "HB"),
    ("Harbour Board", "institution", "Harbour Board"),
]
NAMED += [("Port Watch", "institution", "Port Watch")]
TEXTS = {
    "a": "Ann Lee met Port Watch. Lee spoke. Fog Bay froze, and the Bay held.\n",
    "b": "Lee's plan failed. Ann Lee asked the Harbour Board.\n",
    "c": "Ann Lee and Port Watch met HB. The Harbour Board met Ann Lee.\n",
}


@pytest.fixture
def told(tmp_path, monkeypatch):
    """A network of names that no list knows, found as NAMED says, or of a corpus that does not count them."""

    def find(sentences, mentions, actors):
        forms = sorted(NAMED, key=lambda each: -len(each[2]))
        finder = re.compile("|".join(form for *_, form in forms))
        whose = {form: actor for actor, _, form in NAMED}
        rows = [
            (doc, sent, start + m.start(), start + m.end(), m[0], whose[m[0]])
            for doc, sent, start, text in sentences[["doc", "sent", "start", "text"]].itertuples(index=False)
            for m in finder.finditer(text)
        ]
        found = pd.DataFrame(rows, columns=["doc", "sent", "start", "end", "surface", "actor"])
        made = pd.DataFrame(sorted({each[:2] for each in NAMED}), columns=["actor", "kind"])
        ways = pd.DataFrame(NAMED, columns=["actor", "kind", "written"]).assign(articles=1, mentions=1)
        ways["reason"] = ["" if row.actor == row.written else "of one <b>" for row in ways.itertuples()]
        ways = pd.concat([ways, ways[ways.written == "Lee"].assign(reason="after the full name")])
        made = made.assign(name=made.actor, surname="", aliases="")
        return Names(found.assign(via="name", nested=False), made, ways)

    monkeypatch.setattr("helpers.corpus.corpus.find", find)
    for doc, text in TEXTS.items():
        (tmp_path / f"{doc}.txt").write_text(text, encoding="utf-8")
    return lambda **options: network.build(load(tmp_path, **options), min_meetings=1)


def test_names_that_are_joined_are_listed_with_their_reasons_and_sentences(told):
    shown = told().joined()
    assert shown.table.drop(columns="link").to_numpy().tolist() == [
        ["Ann Lee", 3, "Ann Lee", "person", ["Ann Lee", "Lee", "Lee's"], ["of one <b>", "after the full name"]],
        ["Harbour Board", 2, "Harbour Board", "institution", ["Harbour Board", "HB"], ["of one <b>"]],
    ]
    assert repr(shown).splitlines()[0] == "5 ways of writing a name are joined into 2 actors."
    listed, sentences = [piece.data["pieces"] for piece in shown.behind]
    assert listed[0]["csv"].startswith("name,kind,written,reason,articles\nAnn Lee,person,Ann Lee|Lee|Lee's,of one")
    rows, heads = {one["name"]: one["items"] for one in sentences}, [one["heading"] for one in sentences]
    assert heads == [
        f"“{written}” for {name}"
        for _, _, name, _, ways, _ in shown.table.drop(columns="link").to_numpy()
        for written in ways
    ]
    words = [["".join(part for part, _ in item["parts"]) for item in rows[link]] for link in shown.table.link]
    assert words == [["Lee spoke."], ["Ann Lee and Port Watch met HB."]]
    assert "of one &lt;b&gt;" in shown._repr_mimebundle_()["text/html"]


def test_of_many_names_the_first_open_their_sentences_and_others_an_article(told):
    shown = told().joined(1)
    assert len(shown.behind[1].data["pieces"]) == 3 and shown.table.link.tolist()[1] == "article:c#s0"
    with pytest.raises(InputError, match="n is 1 or more"):
        told().joined(0)


def test_where_names_do_not_count_none_is_joined_and_all_are_missed(told):
    wider, bare = told(), told(extra_names="no")
    assert bare.joined().table.empty and repr(bare.joined()) == bare.joined().nothing
    assert wider.missed(3).table.equals(bare.missed(3).table) and "Fog Bay" in set(bare.missed().table.actor)
    assert set(wider.actors.name) == {"Ann Lee", "Harbour Board", "Port Watch"} and bare.actors.empty
    assert wider.named().table.kind.tolist() == ["person", "institution", "institution"]
