"""How a page is cited, and whether what it says of its methods is so."""

import inspect
import re
from functools import partial
from html import unescape
from types import SimpleNamespace

import pytest
from support import ROOT, Page

from helpers import stats
from helpers.corpus import copies, questions
from helpers.network import meetings
from helpers.report import cite, pages, plan
from helpers.report.sheet import Sheet
from helpers.sentiment import scores
from helpers.show.html import templates
from helpers.topics import model, stability
from helpers.topics import words as vocabulary

NOTEBOOKS = {path.stem: path for path in sorted((ROOT / "notebooks").glob("*.ipynb"))}
TEMPLATE = pages.HOME / "methods.html.j2"
DRAWN = templates(pages.HOME).get_template(TEMPLATE.name).module

CITED = [
    (["T", "R"], ("corpus “c”, fingerprint 1",), "“T”. In: “R”. Dateline 1, corpus “c”, fingerprint 1."),
    (["China in Volga Post", "Sentiment", "R"], ("c", "seed = 3"),
     "“China in Volga Post”. In: “Sentiment”. In: “R”. Dateline 1, c, seed = 3."),
    (["R"], ("",), "“R”. Dateline 1."),
    (["", "T", "R"], ("", "seed = 3"), "“T”. In: “R”. Dateline 1, seed = 3."),
]  # fmt: skip


@pytest.mark.parametrize(("titles", "known", "line"), CITED)
def test_a_citation(titles, known, line):
    assert cite.cited(titles, "Dateline 1", *known).line == line


@pytest.mark.parametrize("title", ["A & B", "50 % #1", "a_b {c}", "}{", "\\input{x}", "~^$", "One\nTwo", "@misc{x,"])
def test_bibtex_holds_any_title(title):
    told = cite.cited([title, "R"], "Dateline 1", "corpus “a_b”").bibtex
    depth = [sum({"{": 1, "}": -1}.get(letter, 0) for letter in told[: at + 1]) for at in range(len(told))]
    assert min(depth) >= 0 and depth[-1] == 0 and depth.index(0, 6) == len(told) - 1
    (words,) = re.findall(r"title = \{\{(.*)\}\},", told)
    assert not re.search(r"(?<!\\)[&%$#_]|[{}]|\\(?![&%$#_]|textascii)", words)


def page(corpus="", **given):
    takes = {"corpus": plan.Parameter("str", "", "x"), "seed": plan.Parameter("int", 7, "x"),
             "score": plan.Parameter("str", "news", "x")}  # fmt: skip
    return plan.Page(NOTEBOOKS["02_sentiment"], ROOT, "a", "A", {"corpus": corpus} | given, takes)


GIVEN = [
    ({}, ""),
    ({"seed": 7}, ""),
    ({"seed": 3}, "seed = 3"),
    ({"score": "vader", "seed": 1}, "seed = 1, score = 'vader'"),
]


@pytest.mark.parametrize(("given", "told"), GIVEN)
def test_a_citation_names_the_parameters_that_are_not_the_notebook_s(given, told):
    assert cite.given(page("elsewhere", **given)) == told


def test_a_citation_names_the_corpus_that_a_page_reads(tmp_path):
    (tmp_path / "a.txt").write_text("Snow fell.")
    source = cite.Source(plan.Report("R", "", ROOT / "corpus", [], []), "12ab")
    assert source.read() == source.read(page("corpus")) == "corpus “corpus”, fingerprint 12ab"
    assert re.fullmatch(f"corpus “{tmp_path.name}”, fingerprint [0-9a-f]{{12}}", source.read(page(str(tmp_path))))
    assert source.read(page()._replace(takes={})) == ""


RUN = """301 articles (111,711 words) from 9 outlets, 14 September 2018 to 1 December 2024 · 14 copies are not counted
41 topics; grey: not found again in half of the tries
Only 12 of 60 articles share their event with another outlet, so outlets are compared in the same months.
The surest of 66 pairs that meet more often than by chance
66 pairs for network programs, and all 218 tested as a table."""


def heard(words):
    """What a page says that has these words."""
    return partial(Sheet.said, SimpleNamespace(words=words))


def methods(stem, words=RUN, *, tested=True, **given):
    """What the page of a notebook says of its methods, and its references."""
    takes = plan.declared(NOTEBOOKS[stem])
    run = plan.Page(NOTEBOOKS[stem], ROOT, stem, "T", {"corpus": "corpus"} | given, takes)
    shown = [(name, repr(value), "") for name, value in run.parameters.items()]
    sheet = SimpleNamespace(
        run=SimpleNamespace(page=run), parameters=shown, said=heard(words), found={"tested": tested}
    )
    told, references = cite.Source(plan.Report("R", "", ROOT / "corpus", [run], []), "12ab").methods(sheet, DRAWN)
    return " ".join(unescape(re.sub("<[^>]+>", "", told)).split()), references


VARIANTS = [
    ("00_corpus", {}, "two fifths of the five-word runs", "permutation"),
    ("01_topics", {}, "grouped by the method of Ward", "factored"),
    ("01_topics", {"method": "nmf", "seed": 12}, "can have several topics (seed 12)", "Ward"),
    ("01_topics", {"mask_names": False}, "", "names of actors left out"),
    ("02_sentiment", {"most_named": 3, "min_articles": 5}, "How the 3 actors", "VADER"),
    ("02_sentiment", {"score": "vader"}, "that of VADER (Hutto", "ridge regression"),
    ("03_actors", {"unit": "paragraph"}, "where one paragraph names both", "one sentence"),
    ("03_actors", {"order_by": "backbone"}, "Serrano, Boguñá and Vespignani, 2009", "in most articles"),
    ("03_actors", {"extra_names": "no"}, "Actors are the states", "names found in the text"),
    ("03_actors", {"extra_names": "yes"}, ", and names found in the text; only", "gazetteer of their own"),
    ("04_voices", {"min_articles": 5}, "Outlets with 5 or more articles", "The sides are"),
    ("04_voices", {"sides": "RUS|CHN"}, "The sides are RUS|CHN.", "VADER"),
    ("04_voices", {"extra_names": "no"}, "by the gazetteer and the words for it", "names found in the text"),
]


@pytest.mark.parametrize(("stem", "given", "there", "absent"), VARIANTS)
def test_methods_say_what_the_parameters_chose(stem, given, there, absent):
    told, _ = methods(stem, **given)
    lead = "From the corpus “corpus”, fingerprint 12ab, the page read 301 articles (111,711 words) from 9 outlets, 14 "
    assert told.startswith(lead)
    assert ("12 of 60 articles share their event" in told) == (stem != "00_corpus")
    assert there in told and absent not in told
    assert all(f"{name} = {value!r}" in told for name, value in given.items())
    assert re.search(r"computed with Dateline [\d.]+, Python 3\.[\d.]+, pandas [\d.]+", told)
    assert not re.search(r" [,;)]| \.(?!05)|\( |\.\.|,,|  ", told), told


CANNOT = "Outlets cannot be compared: only one outlet is known."
SAID = [
    ("01_topics", CANNOT, False),
    ("02_sentiment", CANNOT, True),
    ("03_actors", CANNOT, True),
    ("04_voices", CANNOT, True),
]


@pytest.mark.parametrize(("stem", "says", "tested"), SAID)
def test_methods_tell_of_no_comparison_that_was_not_made(stem, says, tested):
    told, references = methods(stem, says, tested=tested)
    assert says in told and "permutation test" not in told and "Westfall" not in "".join(references)
    assert "permutation test" in methods(stem)[0]


def test_every_parameter_that_methods_name_is_one_of_their_notebook():
    source = TEMPLATE.read_text(encoding="utf-8")
    parts = re.findall(r"(?s)\{%- macro (?:corpus|topics|sentiment|actors|voices)\(.*?endmacro", source)
    for stem, part in zip(NOTEBOOKS, parts, strict=True):
        named = set(re.findall(r"\bp\.(\w+)", part + source.split("macro corpus")[0] * ("shuffled(" in part)))
        assert named <= set(plan.declared(NOTEBOOKS[stem])) and (named or stem == "00_corpus")


def test_a_notebook_that_lacks_a_parameter_or_is_not_known_tells_corpus_parameters_and_versions(tmp_path):
    run = page(seed=3)._replace(notebook=NOTEBOOKS["03_actors"])
    own = run._replace(notebook=tmp_path / "04_mine.ipynb")
    for each in (run, own):
        sheet = SimpleNamespace(
            run=SimpleNamespace(page=each), parameters=[("corpus", "'corpus'", ""), ("seed", "3", "")],
            said=heard(""), found={"tested": False},
        )  # fmt: skip
        told, references = cite.Source(plan.Report("R", "", ROOT / "corpus", [], []), "12ab").methods(sheet, DRAWN)
        words = " ".join(told.split())
        assert "the page read its articles. The page was run with seed = 3. It was computed with" in words
        assert references == []


def test_methods_cite_what_is_in_the_list_and_all_of_it():
    used = set()
    for stem, given, *_ in VARIANTS:
        told, references = methods(stem, **given)
        cited = set(re.findall(r"([A-Z][\w-]+(?:(?:, [A-Z][\w-]+)* and \w+)?), (\d{4})\b", told))
        assert len(references) == len({f"{who}, {year}" for who, year in cited}), (cited, references)
        for who, year in cited:
            first = re.split(r", | and ", who)[0]
            assert [line for line in references if line.startswith(f"{first}, ") and f"({year})" in line], (who, year)
        used |= set(references)
    assert used == set(DRAWN.references.values())


# What a sentence of the methods says, and where the code says it too.
SETTINGS = [
    ("shuffled 4,999 times", stats.SHUFFLES, 4999),
    ("shuffled(p, said, events, 7)", questions.Posed._field_defaults["seed"], 7),
    ("below .05", stats.SURE, 0.05),
    ("two fifths of", inspect.signature(copies.find_copies).parameters["overlap"].default, 0.4),
    ("five-word runs", copies.RUN, 5),
    ("passages of three sentences", vocabulary.WINDOW, 3),
    ("passage of three sentences", vocabulary.WINDOW, 3),
    ("of more than 5,000 articles", model.PASSAGES, 5000),
    ("without a tenth of the articles", stability.FOLDS, 10),
    ("in twenty such tries", inspect.signature(stability.returns).parameters["refits"].default, 20),
    ("fewer than four words", inspect.signature(scores.sentences).parameters["min_words"].default, 4),
    ("on three events or more", meetings.EVENTS, 3),
    ("of three names or more", meetings.LIST, 3),
]


@pytest.mark.parametrize(("words", "value", "told"), SETTINGS, ids=[words for words, *_ in SETTINGS])
def test_a_number_in_the_methods_is_that_of_the_code(words, value, told):
    assert words in TEMPLATE.read_text(encoding="utf-8")
    assert value == told


def test_every_other_number_in_the_methods_of_a_page_stands_on_the_page(report, corpus):
    rows = {path.stem: path.read_text("utf-8").count("\n") - 1 for path in report.folder.glob("downloads/*.csv")}
    articles = len(corpus.english(copies=False))
    told = {
        "00_corpus": len(corpus), "01_topics": rows["01_topics-topics"], "02_sentiment": articles,
        "03_actors": rows[max(name for name in rows if re.fullmatch(r"03_actors-pairs(-\d)?", name))],
    }  # fmt: skip
    fixed = {f"{stats.SHUFFLES:,}", f"{model.PASSAGES:,}", "05", "1", "7"}
    for stem, number in told.items():
        before, after = (report.folder / f"{stem}.html").read_text("utf-8").split('<details id="methods">')
        words = re.match(r"(?s).*?<p>(.*?)</p>", after)[1]
        bare = re.sub(r"fingerprint \w+|\w+, \d{4}\b|(?s:computed with .*)", "", words)
        numbers = set(re.findall(r"\d[\d,]*\d|\d", bare)) - fixed
        assert numbers <= set(re.findall(r"\d[\d,]*\d|\d", re.sub("<[^>]+>", " ", before))), stem
        assert f"{number:,}" in numbers, stem


def test_every_page_but_an_article_s_is_cited_by_fingerprint_and_without_a_clock(report):
    front = (report.folder / "index.html").read_text("utf-8")
    (mark,) = set(re.findall(r"fingerprint ([0-9a-f]{12})", front))
    sentences = next((report.folder / "sentences").iterdir())
    for path in [*report.folder.glob("*.html"), sentences]:
        told = Page(path.read_text("utf-8").split("<summary>Cite this page</summary>")[1].split("</details>")[0]).words
        assert f"corpus “corpus”, fingerprint {mark}" in told and "@misc{dateline-" in told
        assert not re.search(r"\d\d:\d\d|accessed", told)
    assert "Cite this page" not in next((report.folder / "articles").iterdir()).read_text("utf-8")
