import re
import shutil
from collections import Counter
from html import unescape
from itertools import pairwise

import pandas as pd
import pytest
from support import ROOT

from helpers import Corpus, InputError, load
from helpers.actors.names import Names
from helpers.corpus import about
from helpers.corpus import copies as duplicates
from helpers.reading import catalogue, files

COLUMNS = {
    "documents": catalogue.DOCUMENTS,
    "removed": ["doc", "line", "text", "rule"],
    "sentences": ["doc", "para", "sent", "start", "end", "words", "text"],
    "voices": ["doc", "start", "end", "voice", "speaker", "verb"],
    "mentions": ["doc", "sent", "start", "end", "surface", "actor", "via", "nested", "voice"],
}


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_are_the_contract(corpus, name):
    assert list(getattr(corpus, name)) == COLUMNS[name]


def test_offsets_point_at_what_they_say(corpus):
    text = corpus.documents.set_index("doc").text
    for row in corpus.sentences.itertuples():
        assert text[row.doc][row.start : row.end] == row.text
    for row in corpus.mentions.itertuples():
        assert text[row.doc][row.start : row.end] == row.surface


def test_a_mention_lies_in_its_sentence_and_spans_do_not_overlap(corpus):
    placed = corpus.mentions.merge(corpus.sentences, on=["doc", "sent"], suffixes=("", "_s"), validate="many_to_one")
    assert len(placed) == len(corpus.mentions)
    assert ((placed.start >= placed.start_s) & (placed.end <= placed.end_s)).all()
    for table in (corpus.sentences, corpus.voices):
        for _, rows in table.groupby("doc"):
            assert all(a.end <= b.start for a, b in pairwise(rows.itertuples()))


def test_values_are_those_the_contract_names(corpus):
    assert corpus.documents.doc.is_unique
    assert set(corpus.documents.dated_by) <= {
        *["catalogue", "front matter", "HTML metadata", "file name", "address", "dateline", "text", "roles", "unknown"]
    }
    assert set(corpus.voices.voice) == {"quoted", "reported"}
    assert set(corpus.mentions.voice) == {"own", "quoted", "reported"}
    assert set(corpus.mentions.via) <= {"name", "dem", "met", "loc", "inst", "role", "desc"}
    assert set(corpus.mentions.actor) <= set(corpus.actors.actor)
    assert corpus.documents[["published", "doc"]].equals(
        corpus.documents[["published", "doc"]].sort_values(["published", "doc"])
    )


def test_every_letter_of_every_file_is_kept_or_reported(corpus):
    for row in corpus.documents.itertuples():
        raw = files.decode((ROOT / "corpus" / row.path).read_bytes())
        cuts = corpus.removed[(corpus.removed.doc == row.doc) & (corpus.removed.line > 0)]
        if "broken encoding, repaired" not in set(cuts.rule):
            assert Counter("".join("".join([row.text, *cuts.text]).split())) == Counter("".join(raw.split()))


def test_the_order_of_files_and_other_folders_do_not_matter(corpus, tmp_path):
    docs = corpus.documents.doc[::7]
    for place, order in (("one", docs), ("two", docs[::-1])):
        (tmp_path / place / "articles").mkdir(parents=True)
        shutil.copy(ROOT / "corpus" / "articles.csv", tmp_path / place)
        for doc in order:
            shutil.copy(ROOT / "corpus" / "articles" / f"{doc}.txt", tmp_path / place / "articles")
    one, two = load(tmp_path / "one"), load(tmp_path / "two")
    for name in COLUMNS:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(two, name))


STORY = [
    f"Paragraph {n} of the story tells of ship {n * 7} and of harbour {n * 3} and of the men who work there."
    for n in range(12)
]
EDITS = [
    ("cut in half", STORY[:6], True),
    ("paragraphs dropped", STORY[::2], True),
    ("new lead", ["Our own reporter opens this version of it with a sentence of his own.", *STORY[1:]], True),
    ("shuffled", [*STORY[6:], *STORY[:6]], True),
    ("credit added", [*STORY, "Reporting by the Lantern."], True),
    (
        "another story",
        [line.replace("harbour", "airfield").replace("ship", "bomber").replace("men", "crews") for line in STORY],
        False,
    ),
]


@pytest.mark.parametrize(("lines", "copy"), [edit[1:] for edit in EDITS], ids=[edit[0] for edit in EDITS])
def test_copies_are_found_through_edits(lines, copy):
    documents = pd.DataFrame(
        {
            "doc": ["b", "a"],
            "published": pd.to_datetime(["2024-01-02", "2024-01-01"]),
            "text": ["\n".join(lines), "\n".join(STORY)],
        }
    )
    found = duplicates.find_copies(documents)
    assert found[["doc", "copy_of"]].to_numpy().tolist() == ([["b", "a"]] if copy else [])


OTHERS = [f"In district {n} the council voted {n + 40} to {n + 3} for the plan of ward {n * 5}." for n in range(40)]
HELD = [  # the earlier article, the later one, whether the later one is a copy
    ("brief, then a digest of it and others", STORY[:3], [*STORY[:3], *OTHERS], False),
    ("brief within a later digest", STORY[:3], [*OTHERS[:20], *STORY[:3], *OTHERS[20:]], False),
    ("digest, then a brief of it", [*STORY[:3], *OTHERS], STORY[:3], True),
    ("two digests with one brief", [*STORY[:3], *OTHERS[:20]], [*OTHERS[20:], *STORY[:3]], False),
    ("update, twice as long", STORY[:6], STORY, True),
    ("update with news above and below", STORY[3:9], [*OTHERS[:3], *STORY[3:9], *OTHERS[3:6]], True),
    ("update in which half is rewritten", STORY, [*STORY[::2], *OTHERS[:6]], True),
    ("an old report within a long analysis", STORY[:2], [*OTHERS[:12], *STORY[:2], *OTHERS[12:24]], False),
]


@pytest.mark.parametrize(("earlier", "later", "copy"), [case[1:] for case in HELD], ids=[case[0] for case in HELD])
def test_a_digest_that_holds_a_brief_is_no_copy_of_it(earlier, later, copy):
    days = pd.to_datetime(["2024-01-02", "2024-01-01"])
    texts = ["\n".join(later), "\n".join(earlier)]
    found = duplicates.find_copies(pd.DataFrame({"doc": ["b", "a"], "published": days, "text": texts}))
    assert found[["doc", "copy_of"]].to_numpy().tolist() == ([["b", "a"]] if copy else [])
    assert (found.overlap >= 0.4).all()


def test_two_articles_that_quote_one_long_statement_are_no_copies():
    statement = " ".join(STORY[:5])
    texts = [
        f"{opening}\n{statement}\n{ending}"
        for opening, ending in (
            (
                "The minister met the press in Oslo and read a paper aloud to all of them.",
                "Then the lights went out in the hall, and the reporters found their own way home in the rain.",
            ),
            (
                "A crowd of fishermen waited at the gate of the ministry through the night.",
                "Nobody asked about the price of cod, though the market had spoken of little else since Easter.",
            ),
        )
    ]
    found = duplicates.find_copies(pd.DataFrame({"doc": ["a", "b"], "published": pd.NaT, "text": texts}))
    assert found.empty
    assert duplicates.shared_spans(*texts) == [(texts[0].index("Paragraph"), texts[0].index(".\nThen"))]


def test_copies_can_be_left_out(tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text("\n".join(STORY))
    corpus = load(tmp_path)
    assert corpus.documents.copy_of.tolist() == ["", "a"]
    assert corpus.english(copies=False).sentences.doc.unique().tolist() == ["a"]


def test_a_speaker_is_the_actor_its_words_name(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Russian Defence Minister Andrei Belousov said ties were “strong”. “Very,” an old sailor said."
    )
    assert load(tmp_path).voices.speaker.tolist() == ["belousov", "belousov", "an old sailor"]


def test_a_copy_of_a_copy_is_a_copy_of_the_first():
    texts = ["\n".join(lines) for lines in (STORY, STORY[2:], STORY[::2])]
    days = pd.to_datetime(["2024-01-01", "2024-01-02", "2024-01-03"])
    found = duplicates.find_copies(pd.DataFrame({"doc": list("abc"), "published": days, "text": texts}))
    assert found[["doc", "other", "copy_of"]].to_numpy().tolist() == [["b", "a", "a"], ["c", "a", "a"], ["c", "b", "a"]]


PARTS = [
    ({"outlet": "Volga Post"}, lambda d: d.outlet == "Volga Post"),
    ({"period": "2024"}, lambda d: d.published.dt.year == 2024),
    ({"period": "2024Q4"}, lambda d: d.published.between("2024-10-01", "2024-12-31")),
    ({"period": "2024-10", "outlet": "Volga Post"}, lambda d: d.published.between("2024-10-01", "2024-10-31")),
    ({}, lambda d: d.doc != ""),
]


@pytest.mark.parametrize(("asked", "fits"), PARTS)
def test_a_part_of_a_corpus(corpus, asked, fits):
    part = corpus.only(**asked)
    expected = corpus.documents[fits(corpus.documents)]
    if "outlet" in asked:
        expected = expected[expected.outlet == asked["outlet"]]
    assert part.documents.doc.tolist() == expected.doc.tolist() and len(part.documents)
    assert set(part.mentions.doc) <= set(part.documents.doc)


def test_a_part_of_a_part_is_taken_from_the_whole(corpus):
    part = load(corpus, outlet="Volga Post")
    assert load(part, outlet="Meridian Wire").documents.outlet.unique().tolist() == ["Meridian Wire"]
    assert len(load(part)) == len(corpus) and load(corpus) is not None


WRONG = [
    (lambda c: c.only(outlet="Volga Pots"), "there is no outlet 'Volga Pots'; did you mean 'Volga Post'?"),
    (lambda c: c.only(outlet="volga"), "there is no outlet 'volga'; did you mean 'Volga Post'?"),
    (lambda c: c.only(period="2014"), "there is no period '2014'; did you mean '2024'?"),
    (lambda c: c.only(event="shoigu-dong"), "there is no event 'shoigu-dong'; did you mean"),
    (lambda c: c.only(outlet="Volga Post", period="2019Q3"), "no article is of Volga Post, 2019Q3 together"),
    (lambda c: c["no-minister-to-great-shoigu"], "did you mean 'no-minister-to-greet-shoigu'?"),
    (lambda c: c.read("zebra"), "there is no article 'zebra'; it can be"),
    (lambda c: c.compare("drone-workshop-waits-on-beijing", "zebra"), "there is no article 'zebra'; it can be"),
    (lambda c: c.search("x", outlet="Volga Pots"), "there is no outlet 'Volga Pots'; did you mean 'Volga Post'?"),
    (lambda c: c.search(7), "phrase takes text, not 7; put it in quotes"),
    (lambda c: c.outlets(min_articles="five"), "min_articles takes a whole number, not 'five'"),
    (lambda c: c.outlets(min_articles=0), "min_articles is 1 or more, not 0"),
    (lambda c: c.sentence, "a corpus has no 'sentence'; did you mean 'sentences'?"),
    (lambda c: load(c, outlet=3), "outlet takes text, not 3; put it in quotes"),
    (lambda c: load(3), "corpus takes text, not 3; put it in quotes"),
    (lambda c: load(ROOT / "corpse"), "corpse: no such folder or file; give the folder"),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "message"), WRONG, ids=[message[:40] for _, message in WRONG])
def test_what_is_not_there_is_one_line_with_what_is_near(corpus, wrong, message):
    with pytest.raises(InputError) as raised:
        wrong(corpus)
    assert str(raised.value).endswith(message) or message in str(raised.value)
    assert "\n" not in str(raised.value) and len(str(raised.value)) < 500


@pytest.mark.parametrize("asked", [{"outlet": "Volga Pots"}, {"event": "zebra"}, {"period": "2031"}])
def test_a_wrong_part_stops_before_anything_slow_runs(asked, monkeypatch):
    monkeypatch.setattr("helpers.corpus.corpus._read_articles", None)
    with pytest.raises(InputError, match=f"there is no {next(iter(asked))}"):
        load(ROOT / "corpus", **asked)


def test_an_empty_name_is_this_project_s_corpus_wherever_one_stands(corpus, tmp_path, monkeypatch):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "here").mkdir()
    (tmp_path / "corpus" / "decoy.txt").write_text("A neighbour's article.")
    monkeypatch.chdir(tmp_path / "here")
    read = corpus.sentences, corpus.voices, corpus.mentions, corpus.actors, None
    monkeypatch.setattr("helpers.corpus.corpus._read_articles", lambda *_, **__: read)
    assert load("").documents.doc.tolist() == corpus.documents.doc.tolist()
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    assert load("corpus").documents.doc.tolist() == ["decoy"]


FOUND = [
    ("no limits", "", 23, 18),
    ("NO  limits", "", 23, 18),
    ("no limits", "Volga Post", 1, 1),
    ("no limit", "", 0, 0),
    ("", "", 0, 0),
    ("Moscow's", "", 22, 19),
    ("(", "", None, None),
]


@pytest.mark.parametrize(("phrase", "outlet", "sentences", "articles"), FOUND)
def test_a_phrase_is_found_whole_with_outlet_day_and_headline(corpus, phrase, outlet, sentences, articles):
    found = corpus.search(phrase, outlet=outlet)
    rows = found.table
    if sentences is not None:
        assert (len(rows), rows.doc.nunique()) == (sentences, articles)
    text = corpus.documents.set_index("doc").text
    assert [text[r.doc][r.start : r.end] for r in rows.itertuples()] == rows.text.tolist()
    assert rows.published.is_monotonic_decreasing
    page = unescape(found._repr_mimebundle_()["text/html"])
    assert page.count("<mark>") >= min(20, len(rows)) and all(title in page for title in rows.title.head(20))


def test_an_article_is_read_whole_with_what_is_said_of_it(corpus):
    found = corpus.read("no-minister-to-greet-shoigu")
    page = found._repr_mimebundle_()["text/html"]
    words = unescape(re.sub(r"<[^>]*>", "", page))
    row = corpus["no-minister-to-greet-shoigu"]
    assert all(line in words for line in row.text.split("\n"))
    assert row.outlet in words and row.title in words
    assert {"actor", "quoted", "reported"} <= set(re.findall(r'<mark class="(\w+)', page))
    assert found.table.news.notna().any() and found.table.sent.is_monotonic_increasing


def test_two_articles_stand_side_by_side_with_what_both_say_marked(corpus):
    pair = corpus.shared().table.iloc[0]
    found = corpus.compare(pair.doc, pair.other)
    text = corpus[pair.doc].text
    assert [text[r.start : r.end] for r in found.table.itertuples()] == found.table.text.tolist()
    assert all(r.text.split()[0] in corpus[pair.other].text for r in found.table.itertuples())
    assert found._repr_mimebundle_()["text/html"].count("<mark>") >= 2 * len(found.table) > 0


def test_a_corpus_shows_itself_in_a_few_lines(corpus):
    assert (
        repr(corpus).splitlines()[0]
        == "301 articles (111,569 words) from 9 outlets, 14 September 2018 to 1 December 2024"
    )
    assert len(repr(corpus).splitlines()) <= 4 and len(corpus) == 301
    names = [name for name in dir(corpus) if not name.startswith("_")]
    assert len(names) <= 19 and {"search", "read", "compare", "documents"} <= set(names)


KINDS = {
    "two outlets": "doc,outlet,published\na,Post,2024-01-01\nb,Wire,2024-01-03\n",
    "one outlet": "doc,outlet,published\na,Post,2024-01-01\nb,Post,2024-01-02\n",
    "no days": "doc,outlet\na,Post\nb,Wire\n",
    "nothing known": "",
}
ASKED = [
    lambda c: c.outlets(), lambda c: c.missing(), lambda c: c.cuts(), lambda c: c.days(), lambda c: c.shared(),
    lambda c: c.events(),
    lambda c: c.search("ship"), lambda c: c.search("zebra"), lambda c: c.read("a"), lambda c: c.compare("a", "b"),
]  # fmt: skip


@pytest.fixture(scope="session", params=KINDS)
def small(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    (folder / "a.txt").write_text("A ship came in. Nobody waited.")
    (folder / "b.txt").write_text("Snow fell.")
    (folder / "articles.csv").write_text(KINDS[request.param]) if KINDS[request.param] else None
    return load(folder)


@pytest.mark.parametrize("ask", ASKED)
@pytest.mark.parametrize("part", ["", "a", "nothing"])
def test_every_result_of_a_small_corpus_says_its_sentence(small, ask, part):
    whole = small._select(small.documents.doc == part) if part else small
    try:
        found = ask(whole)
    except InputError:
        assert part
        return
    bundle = found._repr_mimebundle_()
    assert bundle["text/plain"] and bundle["text/plain"].count("\n") < 20
    assert len(found.table) or found.nothing in bundle["text/plain"] + bundle["text/html"] or found.says


GAPS = [
    (["2024-01-01", "2024-03-01", "2024-02-01"], (31, "2024-01-01", "2024-02-01")),
    (["2024-01-01"], (0, None, None)),
    ([None, None], (0, None, None)),
]


@pytest.mark.parametrize(("days", "gap"), GAPS)
def test_the_longest_silence(days, gap):
    found = about.longest_gap(pd.DataFrame({"published": pd.to_datetime(pd.Series(days))}))
    assert found.days == gap[0] and (pd.isna(found.first) if gap[1] is None else str(found.first.date()) == gap[1])


def told(result):
    return [finding.says for finding in result.says], list(result.little)


DOCUMENTS = pd.DataFrame(
    [("a", "X", "", 10, "2024-01-01", "en"), ("b", "Y", "", 20, None, "es"), ("c", "X", "a", 30, "2024-02-01", "en")],
    columns=["doc", "outlet", "copy_of", "words", "published", "language"],
).assign(title="", earliest=pd.NaT, latest=pd.NaT, dated_by="text")
DOCUMENTS["published"] = pd.to_datetime(DOCUMENTS.published)
REMOVED = pd.DataFrame(
    [("a", 1, "long ad", "ad"), ("b", 2, "ad", "ad"), ("c", 0, "x", "empty")], columns=["doc", "line", "text", "rule"]
)


def test_the_summary_tables_add_up_and_their_sentences_say_so(tmp_path):
    (tmp_path / "outlets.csv").write_text("outlet\nX\nZ\n")
    corpus = Corpus(DOCUMENTS, REMOVED, *[DOCUMENTS[:0]] * 5, tmp_path)
    outlets = corpus.outlets(min_articles=2)
    assert outlets.table[["outlet", "articles", "copies"]].to_numpy().tolist() == [["X", 2, 1], ["Y", 1, 0]]
    assert told(outlets) == (
        [],
        [
            "1 of 2 outlets has fewer than 2 articles: shown, and not compared.",
            "1 article has no known day and no place in time.",
        ],
    )
    cuts = corpus.cuts()
    assert cuts.table.to_numpy().tolist() == [["ad", 2, 2, "long ad · ad", "cut-ad"]]
    assert told(cuts)[0] == ["Cleaning cut 2 lines and spans of page furniture from 2 articles."]
    beside = REMOVED.assign(rule=["ad", "outside the article", "empty"])
    for removed, says in (
        (
            beside,
            "Cleaning cut 1 line or span of page furniture from 1 article; 1 piece more of the files stood outside",
        ),
        (beside[1:], "Nothing was cut; 1 piece more of the files stood outside"),
    ):
        other = Corpus(DOCUMENTS, removed, *[DOCUMENTS[:0]] * 5, tmp_path)
        assert told(other.cuts())[0] == [f"{says} the article."] and len(other.cuts().table) == len(removed) - 1
        assert ("1 line or span of page furniture cut" in str(other)) == (len(removed) > 2)
    missing = corpus.missing()
    assert missing.table[["what", "link"]].to_numpy().tolist() == [
        ["Z", ""],
        ["c", ""],
        ["b", "article:b"],
        ["b", "article:b"],
    ]
    assert missing.table.why.iloc[-1].startswith("no day in articles.csv, the file’s own header")
    assert told(missing)[0] == [
        "Nothing between 1 January 2024 and 1 February 2024, the longest silence.",
        "Z: listed in outlets.csv, and not one article.",
        "1 file or row could not be used.",
        "1 article is not in English and not counted.",
    ]
    assert told(corpus.days())[0] == ["2 of 3 days are known: 2 from the text."]


THREE = [
    (["ad"], "ad"),
    (["ad", "ad"], "ad"),
    (["advert", "ad"], "advert · ad"),
    (["four", "two ", "two", "one", "no"], "four · one · no"),
    (["word " * 40, "no"], f"{'word ' * 13}word… · no"),
    (["a\nb", "c"], "a b · c"),
]


@pytest.mark.parametrize(("pieces", "told"), THREE)
def test_three_pieces_stand_for_what_a_rule_cut(pieces, told):
    assert about.three(pd.Series(pieces)) == told


LEADERS = [
    ([("A", 17, 4), ("B", 15, 0)], "B has most articles of its own, 15 of 28."),
    ([("A", 17, 1), ("B", 15, 0)], "A has most articles of its own, 16 of 31; 1 more is a copy."),
    ([("A", 9, 0), ("B", 9, 0)], ""),
    ([("A", 12, 3), ("B", 9, 0), ("C", 2, 0)], ""),  # a tie of what is their own
    ([("A", 9, 0)], ""),
    ([(about.UNKNOWN, 99, 0), ("A", 9, 0), ("B", 2, 0)], "A has most articles of its own, 9 of 110."),
    ([], ""),
]


@pytest.mark.parametrize(("rows", "says"), LEADERS)
def test_who_has_most_articles_of_its_own(rows, says):
    found = about.leader(pd.DataFrame(rows, columns=["outlet", "articles", "copies"]))
    assert [finding.says for finding in found] == [says] * bool(says)


KNOWN_DAYS = [
    (
        [("catalogue", 123, 123), ("address", 5, 5)],
        "Every day is known: 123 from the catalogue and 5 from the address.",
    ),
    ([("catalogue", 1, 1), ("unknown", 2, 0)], "1 of 3 days are known: 1 from the catalogue."),
    ([("roles", 3, 0), ("text", 9, 9)], "9 of 12 days are known: 9 from the text."),  # offices only bound a day
    ([("unknown", 2, 0)], ""),
    ([], ""),
]


@pytest.mark.parametrize(("rows", "says"), KNOWN_DAYS)
def test_from_what_days_are_known(rows, says):
    found = about.known_days(pd.DataFrame(rows, columns=["dated_by", "articles", "known"]))
    assert [finding.says for finding in found] == [says] * bool(says)


UNSAID = [
    ([("A", 9), ("B", 8)], 0, ()),
    ([("A", 2), ("B", 7)], 0, ("Both outlets have fewer than 8 articles: shown, and not compared.",)),
    ([("A", 9), ("B", 7), ("C", 1)], 0, ("2 of 3 outlets have fewer than 8 articles: shown, and not compared.",)),
    (
        [("A", 9), (about.UNKNOWN, 1)],
        1,
        ("1 article names no outlet.", "1 article has no known day and no place in time."),
    ),
    ([(about.UNKNOWN, 4)], 4, ("4 articles name no outlet.", "4 articles have no known day and no place in time.")),
]


@pytest.mark.parametrize(("rows", "undated", "says"), UNSAID)
def test_what_outlets_and_days_do_not_let_a_page_say(rows, undated, says):
    table = pd.DataFrame(rows, columns=["outlet", "articles"])
    days = [pd.NaT] * undated + [pd.Timestamp("2024-01-01")] * (table.articles.sum() - undated)
    assert about.unsaid(pd.DataFrame({"published": days}), table, 8) == says


def event(*rows):
    """A corpus of articles of outlet, title and event, a day after each other."""
    table = pd.DataFrame(rows, columns=["outlet", "title", "event"])
    days = pd.date_range("2024-05-16", periods=len(table))
    facts = {"copy_of": "", "words": 9, "language": "en", "dated_by": "text", "text": "Ships."}
    documents = table.assign(doc=[f"d{n}" for n in range(len(table))], published=days, **facts)
    return Corpus(documents, *[DOCUMENTS[:0]] * 6)


MORE = [("C", f"Number {number}", "e") for number in range(6)]
EVENTS = [
    ([("A", "One", "e"), ("B", "Two", "e"), *MORE], "All 3 outlets told it, in 8 articles, 16 to 23 May 2024."),
    (
        [("A", "One", "e"), ("B", "", "e"), *MORE, ("D", "Four", "")],
        "3 of 4 outlets told it, in 8 articles, 16 to 23 May 2024.",
    ),
    ([("A", "One", "e"), ("B", "Two", "e"), *MORE[1:]], ""),  # seven articles
    ([("A", "One", "e"), ("A", "Two", "e"), *MORE], ""),  # two outlets
    ([("A", "One", "e"), (about.UNKNOWN, "Two", "e"), *MORE, *MORE], ""),
    ([("A", "One", "")], ""),
]


@pytest.mark.parametrize(("rows", "says"), EVENTS)
def test_the_event_of_most_outlets_with_the_headline_of_each(rows, says):
    found = event(*rows).events()
    assert [finding.says for finding in found.says] == [says] * bool(says)
    for finding in found.says:
        assert finding.headline == "One event, 3 outlets: “One”"
        told = [(*row[:2], f"d{number}") for number, row in enumerate(rows) if row[1] and row[2]]
        assert finding.beside == tuple(told)[: len(finding.beside)]
        assert len({outlet for outlet, *_ in finding.beside}) == len(finding.beside)


OUTLETS = [
    ("nothing tells it", "", "", "A ship came in.", "BBC"),
    ("the catalogue tells it", "Wire", "", "A ship came in.", "Wire"),
    ("the address tells it", "", "https://www.guardian.example/a", "A ship came in.", "guardian.example"),
    ("the text names another", "", "", "A ship came in.\n\n© 2024 The Lantern. All rights reserved.", "BBC"),
]


@pytest.mark.parametrize(
    ("outlet", "url", "text", "found"), [row[1:] for row in OUTLETS], ids=[row[0] for row in OUTLETS]
)
def test_outlet_is_names_the_outlet_of_articles_that_tell_none(tmp_path, outlet, url, text, found):
    (tmp_path / "a.txt").write_text(text)
    (tmp_path / "articles.csv").write_text(f"doc,outlet,url\na,{outlet},{url}\n")
    assert load(tmp_path, outlet_is=" BBC ").documents.outlet.tolist() == [found]
    assert load(tmp_path, outlet_is="BBC", outlet=found).documents.outlet.tolist() == [found]


def test_outlet_is_takes_a_name_and_a_folder(corpus):
    with pytest.raises(InputError, match="outlet_is takes text, not 3"):
        load(outlet_is=3)
    with pytest.raises(InputError, match="give it where the folder is read"):
        load(corpus, outlet_is="BBC")


NAMING = {
    "a": "The mayor Ruth Ortega met Bram Visser on Monday. “We will build it,” Ortega said.\n",
    "b": "Ruth Ortega left Quarry Hill. Visser, she said, was late. China was told.\n",
    "c": "Ruth Ortega stayed in Quarry Hill with Bram Visser.\n",
}
WHO = {
    "Ruth Ortega": ("person", "Ortega"),
    "Bram Visser": ("person", "Visser"),
    "Quarry Hill": ("place", "Quarry Hill"),
}


def unlisted(sentences, mentions, actors):
    """Names as `find` tells them: each that WHO has, in full or by its last word, where it stands in a sentence."""
    rows = []
    for doc, sent, start, text in sentences[["doc", "sent", "start", "text"]].itertuples(index=False):
        for actor, (_, short) in WHO.items():
            rows += [
                (doc, sent, start + m.start(), start + m.end(), m[0], actor, "name", False)
                for m in re.finditer(f"{actor}|{short}", text)
                if actor not in set(actors.name)
            ]
    found = pd.DataFrame(rows, columns=[*COLUMNS["mentions"][:-1]]).astype({"nested": bool})
    found = found.sort_values(["doc", "start"], ignore_index=True)
    ways = found.groupby(["actor", "surface"], as_index=False).agg(
        articles=("doc", "nunique"), mentions=("doc", "size")
    )
    ways = ways.rename(columns={"surface": "written"})
    ways = ways.assign(kind=[WHO[who][0] for who in ways.actor], reason="so")
    made = pd.DataFrame([(who, kind, who, "", "") for who, (kind, _) in WHO.items() if who not in set(actors.name)])
    made.columns = ["actor", "kind", "name", "surname", "aliases"]
    return Names(found, made, ways[["actor", "kind", "written", "reason", "articles", "mentions"]])


@pytest.fixture
def named(tmp_path, monkeypatch):
    """Read the articles of NAMING, with rows of a list of actors where they are given."""
    monkeypatch.setattr("helpers.corpus.corpus.find", unlisted)

    def read(rows="", **options):
        for doc, text in NAMING.items():
            (tmp_path / f"{doc}.txt").write_text(text, encoding="utf-8")
        if rows:
            (tmp_path / "actors.csv").write_text(f"actor,kind,name,aliases\n{rows}", encoding="utf-8")
        return load(tmp_path, **options)

    return read


NOBODY, ORTEGA = "moon,state,Moonland,\n", "ruth,person,Ruth Ortega,Ortega\n"
COUNTED = [  # rows of the folder's own list, the parameter, whether other names count
    ("", "auto", True),
    ("", "yes", True),
    ("", "no", False),
    (NOBODY, "auto", True),
    (NOBODY, "no", False),
    (ORTEGA, "auto", False),
    (ORTEGA, "yes", True),
]


@pytest.mark.parametrize(("rows", "extra_names", "counted"), COUNTED)
def test_names_that_no_list_knows_count_by_one_parameter(named, rows, extra_names, counted):
    corpus = named(rows, extra_names=extra_names)
    named_, found = corpus._named(), corpus.names
    assert ("Bram Visser" in set(named_.actor)) == counted == ("Bram Visser" in set(corpus.actors.actor))
    assert set(named_.actor) <= set(corpus.actors.actor) and corpus.actors.actor.is_unique
    assert set(corpus.mentions.actor) <= corpus._listed and "Bram Visser" in set(found.actor)
    assert {name: list(getattr(corpus, name)) for name in ("mentions", "voices")} == {
        name: COLUMNS[name] for name in ("mentions", "voices")
    }
    assert named_.equals(named_.sort_values(["doc", "start"], ignore_index=True))
    ruth = "ruth" if rows == ORTEGA else "Ruth Ortega"
    assert corpus.voices[corpus.voices.voice == "quoted"].speaker.tolist() == [ruth]
    assert list(found) == list(named_) == COLUMNS["mentions"]
    assert set(found.actor) == set(WHO) - ({"Ruth Ortega"} if rows == ORTEGA else set())


def test_a_name_counts_in_its_voice_and_a_place_is_no_actor(named):
    corpus = named()
    visser = corpus.names[corpus.names.actor == "Bram Visser"]
    assert visser.voice.tolist() == ["own", "reported", "own"]
    assert set(corpus.names.via[corpus.names.actor == "Quarry Hill"]) == {"loc"}
    listed = named("hill,place,Quarry Hill,\n")
    assert set(listed.mentions.via[listed.mentions.actor == "hill"]) == {"loc"}


def test_the_names_of_a_part_are_those_of_the_whole_and_a_corpus_keeps_its_own(named):
    for extra_names in ("yes", "no"):
        corpus = named(extra_names=extra_names)
        part = corpus.english(copies=False)._select(corpus.documents.doc == "b")
        own = corpus.names[corpus.names.doc == "b"].reset_index(drop=True)
        assert part.names.equals(own) and len(own) and part.actors.equals(corpus.actors)
        assert load(corpus, extra_names="no").mentions.equals(corpus.mentions)


@pytest.mark.parametrize(
    ("value", "message"),
    [(True, "extra_names takes text, not True; put it in quotes"), ("maybe", "there is no extra_names")],
)
def test_what_extra_names_does_not_take_is_one_line(value, message):
    with pytest.raises(InputError, match=message):
        load(extra_names=value)
