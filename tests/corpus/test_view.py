"""An article as it is read: its facts in words, its text with marks, the articles beside it, and what leads to it."""

import json
import re
from dataclasses import replace
from html import unescape
from types import SimpleNamespace

import pandas as pd
import pytest
from support import ATTACKS, Page

from helpers import load
from helpers.corpus import copies, view
from helpers.show import html

ADDRESSES = [
    ("https://lantern.example/2024/a?b=c&d=é#e", True),
    (" HTTP://lantern.example:8080/a ", True),
    ("https://пример.example/статья", True),
    ("https://lantern.example", True),
    ("https://lantern.example/@editor/a:b", True),  # an @ behind the host names nobody
    ("", False),
    ("lantern.example/a", False),
    ("//lantern.example/a", False),
    ("javascript:alert(1)", False),
    ("JaVaScRiPt://lantern.example/%0aalert(1)", False),
    ("java\nscript:alert(1)", False),
    ("data:text/html,<script>alert(1)</script>", False),
    ("vbscript:x", False),
    ("file:///etc/passwd", False),
    ("ftp://lantern.example/a", False),
    ("https:lantern.example", False),
    ("https:///lantern.example", False),
    ("https://", False),
    ("https://user:word@lantern.example/a", False),
    ("https://lantern.example@attacker.example/a", False),
    ("https://lantern.example:80@attacker.example", False),
    ("https://lantern.example\\@attacker.example", False),
    ("https://lantern.example/a b", False),
    ("https://lantern.example/a\tb", False),
    ("https://lantern.example/a\x00", False),
    ("https://lantern.example/\u202egnp.a", False),
    ("https://lantern.example/a\u200bb", False),
    ('https://lantern.example"onmouseover="alert(1)', False),
    ("https://<script>", False),
]


@pytest.mark.parametrize(("url", "plain"), ADDRESSES)
def test_only_a_plain_address_on_the_web_is_a_link(url, plain):
    assert view.web_address(url) == (url.strip() if plain else "")


DAYS = [
    ("2024-05-14", "2024-05-14", "2024-05-14", "catalogue", "14 May 2024, from the catalogue"),
    ("2024-05-14", None, None, "file name", "14 May 2024, from the file name"),
    (
        *("2024-05-14", "2024-05-14", "2024-05-21", "text"),
        "14 May 2024, from the text; it may be of any day between 14 and 21 May 2024",
    ),
    ("2024-05-14", "2024-05-14", None, "text", "14 May 2024, from the text; it may be of any day after 14 May 2024"),
    (
        *(None, "2024-05-03", "2024-05-09", "roles"),
        "day unknown: between 3 and 9 May 2024, by the office-holders it names",
    ),
    (
        *(None, "2023-12-30", "2024-01-02", "text"),
        "day unknown: between 30 December 2023 and 2 January 2024, from the text",
    ),
    (None, "2024-05-03", "2024-05-03", "roles", "day unknown: 3 May 2024, by the office-holders it names"),
    (None, None, "2024-05-09", "roles", "day unknown: before 9 May 2024, by the office-holders it names"),
    (None, None, None, "unknown", "day unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("published", "earliest", "latest", "dated_by", "says"), DAYS)
def test_the_day_of_an_article_and_how_it_is_known(published, earliest, latest, dated_by, says):
    days = map(pd.Timestamp, (published, earliest, latest))
    row = SimpleNamespace(**dict(zip(("published", "earliest", "latest"), days, strict=True)), dated_by=dated_by)
    assert view.known_day(row) == says


@pytest.mark.parametrize(
    ("dated_by", "says"),
    [
        ("catalogue", "Day from the catalogue"),
        ("roles", "Day by the office-holders it names"),
        ("unknown", "Day unknown"),
    ],
)
def test_what_tells_the_day_as_a_heading(dated_by, says):
    assert view.day_by(dated_by) == says


HEADLINES = [
    ("Two ships sail", "Two ships sail"),
    ("  Two\n ships  ", "Two ships"),
    ("", "doc"),
    (" \n", "doc"),
    ("x" * 160, "x" * 160),
    ("x" * 3000, "x" * 160 + " …"),
    ("ship " * 600, "ship " * 31 + "ship …"),
]


@pytest.mark.parametrize(("title", "says"), HEADLINES)
def test_a_headline_is_short_and_never_missing(title, says):
    assert view.headline(title, "doc") == says and len(says) <= view.HEAD + 2


SUMMARIES = [
    ((0, False, 1, 1), ("0 copies of it", "1 other article of its event", "1 piece that cleaning cut")),
    ((1, False, 30, 200), ("1 copy of it", "30 other articles of its event", "200 pieces that cleaning cut")),
    (
        (3, False, 31, 201),
        (
            "3 copies of it",
            "The first 30 of 31 other articles of its event",
            "The first 200 of 201 pieces that cleaning cut",
        ),
    ),
    ((1, True, 2, 2), ("Its original", "2 other articles of its event", "2 pieces that cleaning cut")),
    ((2, True, 2, 2), ("Its original and 1 other copy", "2 other articles of its event", "2 pieces that cleaning cut")),
    (
        (3, True, 2, 2),
        ("Its original and 2 other copies", "2 other articles of its event", "2 pieces that cleaning cut"),
    ),
]


@pytest.mark.parametrize(("numbers", "says"), SUMMARIES)
def test_what_folds_away_under_an_article(numbers, says):
    assert tuple(view.summaries(*numbers).values()) == says


def piece(corpus, doc):
    """The piece of one article, as data that went through a file."""
    [found] = corpus.read(doc).behind
    assert found.kind == "article"
    return json.loads(json.dumps(found.data))


def spans(paragraphs, kind):
    """Where the marks of a kind stand in the text."""
    at, found = 0, []
    for paragraph in paragraphs:
        for words, kinds in (part for stretch in paragraph for part in stretch["parts"]):
            if kind in kinds.split():
                found += range(at, at + len(words))
            at += len(words)
        at += 1
    return set(found)


def covered(rows):
    return {at for row in rows for at in range(row[0], row[1])}


@pytest.fixture(scope="module")
def unscored(corpus):
    """The bundled corpus without scores, which take most of the time."""
    return replace(corpus, _scores=None)


@pytest.fixture(scope="module")
def pieces(unscored):
    """The piece of every article."""
    return {doc: piece(unscored, doc) for doc in unscored.documents.doc}


def of(table):
    """The rows of each article."""
    rows = dict(list(table.groupby("doc")))
    return lambda doc: rows.get(doc, table[:0])


def test_every_article_comes_out_letter_by_letter_with_its_sentences_and_marks(unscored, pieces):
    sentences, spoken, mentions = of(unscored.sentences), of(unscored.voices), of(unscored.mentions)
    for row in unscored.documents.itertuples():
        told, own, voices, named = pieces[row.doc], sentences(row.doc), spoken(row.doc), mentions(row.doc)
        stretches = [stretch for paragraph in told["paragraphs"] for stretch in paragraph]
        text = "\n".join("".join(w for s in p for w, _ in s["parts"]) for p in told["paragraphs"])
        assert text == row.text
        said = {s["sent"]: "".join(words for words, _ in s["parts"]) for s in stretches if s["sent"] >= 0}
        assert said == dict(zip(own.sent, own.text, strict=True))
        for kind in ("quoted", "reported"):
            told_so = voices[voices.voice == kind][["start", "end"]].to_numpy()
            assert spans(told["paragraphs"], kind) == covered(told_so) - {i for i, c in enumerate(text) if c == "\n"}
        assert spans(told["paragraphs"], "actor") == covered(named[["start", "end"]].to_numpy())
        kinds = {kind for s in stretches for _, kinds in s["parts"] for kind in kinds.split()}
        assert [kind for kind, _ in told["legend"]] == [kind for kind in view.LEGEND if kind in kinds]


def test_scores_stand_with_their_sentences_and_mark_the_warm_and_the_dark(corpus):
    for doc in corpus.documents.doc[:8]:
        found, told = corpus.read(doc), piece(corpus, doc)
        stretches = {s["sent"]: s for paragraph in told["paragraphs"] for s in paragraph}
        assert [stretches[row.sent]["score"] is None for row in found.table.itertuples()] == list(
            found.table.news.isna()
        )
        for row in found.table.dropna().itertuples():
            score = stretches[row.sent]["score"]
            assert float(score.replace("−", "-")) == pytest.approx(row.news, abs=0.0051)
            kinds = {kind for _, kinds in stretches[row.sent]["parts"] for kind in kinds.split()} & {"pos", "neg"}
            assert kinds == ({"pos" if row.news > 0 else "neg"} if abs(row.news) >= view.POLAR else set())
        assert ["score", "scores"] in told["legend"]


def test_an_article_that_is_not_in_english_is_read_without_scores(corpus):
    doc = corpus.documents.doc[corpus.documents.language == "ru"].iloc[0]
    found = corpus.read(doc)
    assert found.table.columns.tolist() == ["sent", "start", "end", "text", "news", "vader"]
    assert found.table.news.isna().all() and found.table.news.dtype == float and len(found.table)
    page = found._repr_mimebundle_()["text/html"]
    assert page.count('<p lang="ru" dir="auto">') == corpus[doc].text.count("\n") + 1 and "data-score=" not in page


def test_an_article_stands_beside_its_original_its_copies_and_its_event(unscored, pieces):
    facts, removed = unscored.documents.set_index("doc", drop=False), of(unscored.removed)
    for row in facts.itertuples():
        told = pieces[row.doc]
        root = row.copy_of or row.doc
        kin = facts[((facts.copy_of == root) | (facts.doc == root)) & (facts.doc != row.doc)]
        assert [item["doc"] for item in told["copies"]] == kin.doc.tolist()
        event = facts[(facts.event == row.event) & (facts.event != "") & (facts.doc != row.doc)]
        assert [item["doc"] for item in told["event"]] == event.doc.tolist()[: view.OTHERS]
        assert told["of_event"] == len(event) and event.published.is_monotonic_increasing
        assert bool(spans(told["paragraphs"], "shared")) == bool(len(kin))
        if row.copy_of:
            shared = covered(copies.shared_spans(row.text, facts.text[row.copy_of]))
            assert spans(told["paragraphs"], "shared") == shared - {i for i, c in enumerate(row.text) if c == "\n"}
        cut = removed(row.doc)[removed(row.doc).line > 0]
        assert told["cut"] == cut[["rule", "text"]].to_numpy().tolist()


def test_an_original_shares_with_each_of_its_copies():
    one, two = "Snow fell all night in Oslo town.", "Nobody at all minded it the least."
    both = f"{one} However: {two}"
    assert copies.shared_spans(both, one, two) == [*copies.shared_spans(both, one), *copies.shared_spans(both, two)]
    assert copies.shared_spans(both) == []


def test_a_part_of_a_corpus_reads_an_article_as_the_whole_does(unscored):
    copy = unscored.documents[unscored.documents.copy_of != ""].iloc[0]
    part = unscored.only(outlet=copy.outlet)
    assert piece(part, copy.doc) == piece(unscored, copy.doc)


def page(piece, href):
    """The HTML of a piece as a page draws it."""
    return str(html.templates().get_template("pieces.html.j2").module.piece(piece, {"href": href}))


def test_sentences_have_ids_on_the_page_of_their_article_alone(unscored):
    told = {"kind": "article"} | piece(unscored, "no-minister-to-greet-shoigu")
    own = Page(page(told, lambda link: f"../articles/{link.partition(':')[2]}.html"))
    last = len(unscored.read("no-minister-to-greet-shoigu").table)
    assert own.ids == [f"s{number}" for number in range(last)]
    beside = [f"../articles/{item['doc']}.html" for item in told["event"]]
    assert own.refs == [told["url"], *beside] and len(beside) > 1
    # Two articles may stand in one notebook.
    assert not Page(page(told, lambda link: f"articles/{link}.html")).ids
    lab = Page(page(told, lambda link: ""))
    assert not lab.ids and lab.refs == [told["url"]]


def test_every_kind_of_mark_can_be_switched_off_without_a_script(unscored):
    css = (html.TEMPLATES / "pieces.css").read_text(encoding="utf-8")
    for kind in view.LEGEND:
        assert f".article:has(input.{kind}:not(:checked))" in css, kind
    shown = page({"kind": "article"} | piece(unscored, "no-minister-to-greet-shoigu"), lambda link: "")
    kinds = re.findall(r'<label><input type="checkbox" class="(\w+)" checked>', shown)
    assert kinds == ["actor", "quoted", "reported"] and "<script" not in shown


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_article_that_attacks_is_only_text(tmp_path, attack):
    for name in "ab":
        body = f"{attack} said Xi Jinping.\nHe said that {attack} was so. {attack}\n" + "Snow fell in Oslo today. " * 9
        (tmp_path / f"{name}.txt").write_text(body + name)
    quoted = attack.replace('"', '""')
    rows = [f'{name},"{quoted}",2024-01-01,"{quoted}","{quoted}"' for name in "ab"]
    (tmp_path / "articles.csv").write_text("doc,outlet,published,title,url\n" + "\n".join(rows))
    corpus = load(tmp_path)
    shown = [corpus.read("b"), corpus.outlets(), corpus.events(), corpus.cuts(), corpus.days(), corpus.shared()]
    for found in shown:
        drawn = found._repr_mimebundle_()["text/html"].partition("</style>")[2]
        assert attack not in drawn.partition("<svg")[0] and attack not in drawn.rpartition("</svg>")[2]
    read = Page(shown[0]._repr_mimebundle_()["text/html"].partition("</style>")[2])
    known = {"p", "div", "label", "input", "mark", "br", "span", "details", "summary", "ol", "ul", "li", "b"}
    assert set(read.tags) <= known and not read.refs and not read.handlers
    left = corpus.documents.set_index("doc").text["b"].splitlines()  # tags of a page are no text
    assert left and all(line in read.words or line in unescape(read.words) for line in left)


# Where the tables of a corpus lead -----------------------------------------------------------------------------------
TABLES = ["outlets", "events", "missing", "cuts", "days", "shared"]


def lists(result):
    """The lists that a result opens, by their id."""
    named = [found for found in result.behind if found.kind == "evidence" and found.data["name"]]
    assert len({found.data["name"] for found in named}) == len(named)
    return {found.data["name"]: found.data for found in named}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("outlet", ["", "Volga Post"])
def test_every_row_opens_what_it_counts(unscored, name, outlet):
    corpus = unscored.only(outlet=outlet) if outlet else unscored
    result = getattr(corpus, name)()
    behind, docs = lists(result), set(unscored.documents.doc)
    for row in result.table.to_dict("records"):
        if row["link"] not in behind:
            assert row["link"] == "" or row["link"].removeprefix(html.ARTICLE) in docs
            continue
        opened = behind.pop(row["link"])
        rows = pd.read_csv(pd.io.common.StringIO(opened["csv"]))
        assert opened["rows"] == len(rows) == row.get("pieces", row["articles"])
        assert rows.doc.nunique() == row["articles"] and set(rows.doc) <= set(corpus.documents.doc)
        facts = corpus.documents.set_index("doc").loc[rows.doc]
        assert rows.outlet.tolist() == facts.outlet.tolist() and rows.title.fillna("").tolist() == facts.title.tolist()
        match name:
            case "outlets":
                assert set(rows.outlet) == {row["outlet"]} and rows.published.dropna().is_monotonic_decreasing
            case "events":
                assert set(facts.event) == {row["event"]} and set(facts.copy_of) == {""}
            case "days":
                assert set(facts.dated_by) == {row["dated_by"]}
            case "cuts":
                cut = corpus.removed[(corpus.removed.rule == row["rule"]) & corpus.removed.doc.isin(rows.doc)]
                assert sorted(zip(rows.doc, rows.text, strict=True)) == sorted(zip(cut.doc, cut.text, strict=True))
                assert f"{row['pieces']} piece" in opened["count"]
    assert not behind


def test_a_row_that_is_an_article_opens_it(unscored):
    missing, shared = unscored.missing().table, unscored.shared().table
    foreign = unscored.documents[~unscored.documents.language.isin(["en", ""])]
    assert missing.link[missing.link != ""].tolist() == (html.ARTICLE + foreign.doc).tolist()
    assert shared.link.tolist() == (html.ARTICLE + shared.doc).tolist()


@pytest.mark.parametrize(("most", "opens"), [(2_000, "its article"), (300, "the articles of its outlet")])
def test_a_dot_opens_its_article_or_where_there_are_very_many_its_outlet(unscored, monkeypatch, most, opens):
    monkeypatch.setattr("helpers.corpus.about.DOTS", most)
    result = unscored.only(period="").outlets()
    links = set(re.findall(r'xlink:href="#(article:[^"]*|outlet-[^"]*)"', result.figure.svg))
    assert links == (set(html.ARTICLE + unscored.documents.doc) if most == 2_000 else set(result.table.link))
    assert result.figure.caption.endswith(f"In the report a dot opens {opens}.")


def test_a_phrase_leads_to_the_sentences_that_hold_it(unscored):
    found = unscored.search("no limits", n=5)
    [shown] = found.behind
    told = [(item["doc"], item["sent"]) for item in shown.data["items"]]
    assert told == list(found.table[["doc", "sent"]].head(5).itertuples(index=False, name=None))
    placed = unscored.sentences.set_index(["doc", "sent"]).text
    assert ["".join(words for words, _ in item["parts"]) for item in shown.data["items"]] == placed[told].tolist()
