"""HTML pages: the article whole and in order, its day from the page itself, hostile pages in time."""

import json
from time import perf_counter

import pytest

from helpers.reading import catalogue, files, pages

WORDS = [
    "The harbour board met on Tuesday to agree the fares for the winter, and the keeper of the east pier spoke first.",
    "Nobody had counted the boats since the spring, when a storm took the roof off the shed where the ledgers lay.",
    "A clerk read out the names of the masters who had paid their dues and of the eleven who had not paid them.",
    "The mayor asked whether the light on the mole could be lit again before the herring came in from the north.",
    "Two fishermen said that the channel had silted up so far that a laden boat touched ground at every low water.",
    "The engineer promised a survey by the end of the month and a dredger from the next port before the ice set in.",
    "Last of all the board voted the money, nine against two, and went down to look at the broken winch together.",
]
NAV = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>World</a></li></ul></nav>"
REMARK = "I have lived by that pier for forty years and I never saw the board agree about anything before supper."
STORY = "The council of the town up the river sells its tram depot to a maker of wooden clocks after long talks"
REMARKS = "".join(f"<div class='comment'><p>Reader {n}: {REMARK}</p></div>" for n in range(9))
REMARKS = f"<div id='comments' class='comments'>{REMARKS}</div>"
MORE = "".join(f"<li><a href='/{n}'>{STORY} number {n}</a></li>" for n in range(8))
MORE = f"<aside class='related'><ul>{MORE}</ul></aside>"
RIGHTS = "All words and pictures on these pages belong to the paper and may not be printed elsewhere without its leave."
AFTER = f"{REMARKS}{MORE}<footer><p>{RIGHTS}</p></footer>"


def each(shape: str, lines: list[str] = WORDS) -> str:
    return "".join(shape.format(line) for line in lines)


def page(body: str, head: str = "", after: str = AFTER) -> str:
    head = f"<meta charset='utf-8'><title>Harbour board votes</title>{head}"
    return f"<!doctype html><html><head>{head}</head><body>{NAV}{body}{after}</body></html>"


def read(source: str) -> files.Article | files.Problem:
    (found,) = files.articles("a.html", source.encode())
    return found


ONE, SOME, REST = WORDS[0], WORDS[1:4], WORDS[4:]
KINDS = {
    "paragraphs": f"<article><h1>Board votes</h1>{each('<p>{}</p>')}</article>",
    "list items": f"<article><p>{ONE}</p><ul>{each('<li>{}</li>', SOME)}</ul>{each('<p>{}</p>', REST)}</article>",
    "nothing but list items": f"<div><ol>{each('<li>{}</li>')}</ol></div>",
    "paragraphs in list items": f"<article><p>{ONE}</p><ul>{each('<li><p>{}</p></li>', WORDS[1:])}</ul></article>",
    "links in list items": f"<article><ul>{each('<li><a href=/t>Point</a> {}</li>')}</ul></article>",
    "block quotes": f"<article><p>{ONE}</p>{each('<blockquote>{}</blockquote>', SOME)}"
    f"{each('<p>{}</p>', REST)}</article>",
    "a table within": f"<article>{each('<p>{}</p>', WORDS[:4])}<table><tr><td>Oslo</td><td>12</td></tr></table>"
    f"{each('<p>{}</p>', REST)}</article>",
    "empty lines of one element": f"<div class='x'>{'<br><br>'.join(WORDS)}</div>",
    "single breaks": f"<div class='x'>{'<br>'.join(WORDS)}</div>",
    "breaks in the body": "<br><br>".join(WORDS),
    "as typed": "<pre>" + "\n\n".join(WORDS) + "</pre>",
    "as typed, lines broken": "<pre>" + "\n\n".join(line.replace(" the ", "\n  the ", 1) for line in WORDS) + "</pre>",
    "a cell": f"<table><tr><td>{NAV}</td><td>{each('<p>{}</p>')}</td></tr></table>",
    "breaks in a cell": f"<table width=100%><tr><td>{NAV}</td><td>{'<br><br>'.join(WORDS)}</td></tr></table>",
    "rows": f"<table>{each('<tr><td>{}</td></tr>')}</table>",
    "an old page": f"<table><tr><td><font size=2>{each('{}<p>')}</font></td></tr></table>",
    "divisions": f"<div class='story'>{each('<div>{}</div>')}</div>",
    "spans": f"<div>{each('<span>{}</span><br>')}</div>",
    "sections": each("<section><p>{}</p></section>"),
    "tags of its own": f"<article-body>{each('<x-line>{}</x-line>')}</article-body>",
    "one container each": each("<div class='grid'><div class='body'><p>{}</p></div></div>"),
    "two containers": f"<div class='entry-content'><p>{ONE}</p></div><div class='entry-content'>"
    f"{each('<p>{}</p>', WORDS[1:])}</div>",
    "an article in the article": f"<article><p>{ONE}</p><article><p>{WORDS[1]}</p></article>"
    f"{each('<p>{}</p>', WORDS[2:])}</article>",
    "a form around all": f"<form id='aspnetForm'><div>{each('<p>{}</p>')}</div></form>",
    "notes in the source": f"<article>{each('<p>{}</p>').replace(', ', ',<!-- --> ')}</article>",
    "never closed": "<div><p>" + "<p>".join(WORDS),
    "an end in the middle": f"<div>{each('<p>{}</p>', WORDS[:4])}</body></html> {each('<p>{}</p>', REST)}</div>",
    "a note never closed": f"<article>{each('<p>{}</p>', WORDS[:4])}<!-- {each('<p>{}</p>', REST)}</article>",
    "a title never closed": f"<div>{each('<p>{}</p>', WORDS[:4])}<title>Boats{each('<p>{}</p>', REST)}</div>",
    "tags never closed": f"<article>{each('<p>{}</p>', WORDS[:4])}{'<font>' * 400}{each('<p>{}</p>', REST)}</article>",
    "nested deep": f"<article>{each('<p>{}</p>', WORDS[:4])}{'<div>' * 3000}{each('<p>{}</p>', REST)}</article>",
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_paragraph_of_the_article_is_a_line_in_its_order(kind):
    lines = (line.removeprefix("- ").removeprefix("Point ") for line in read(page(KINDS[kind])).raw.split("\n"))
    lines = [line.strip("| ") for line in lines]
    assert [line for line in lines if line in WORDS] == WORDS


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "never closed" not in kind and "nested" not in kind])
def test_what_stands_outside_the_article_is_a_row(kind):
    found = read(page(KINDS[kind]))
    outside = {text for _, text, rule in found.removed if rule == files.OUTSIDE}
    assert not outside.intersection(WORDS)
    assert {"Home", RIGHTS, f"Reader 1: {REMARK}", f"{STORY} number 1"} <= outside | set(found.raw.split("\n"))
    assert REMARK not in found.raw
    assert STORY not in found.raw


CHUNKS = (
    "<main><div class='chunk text'>{}</div><p class='ad'>Advertisement</p>"
    "<div class='chunk text'>{}<ul><li><a href='/x'>" + STORY + "</a></li></ul></div></main>"
)


def test_a_page_of_which_less_than_half_was_taken_is_read_a_second_way(monkeypatch):
    import trafilatura

    first = trafilatura.bare_extraction

    def half(*options, **named):
        read = first(*options, **named)
        read.text = "\n".join(WORDS[:2])
        return read

    monkeypatch.setattr(trafilatura, "bare_extraction", half)
    found = read(page(CHUNKS.format(each("<p>{}</p>", WORDS[:3]), each("<p>{}</p>", WORDS[3:]))))
    assert found.raw.split("\n") == WORDS
    assert (found.removed[0][1:]) == ("2 of 7 long paragraphs the first time, 7 the second", pages.AGAIN)
    assert found.removed[0][0] > 0
    assert {STORY, "Advertisement"} <= {text for _, text, _ in found.removed}
    # Half of it is enough, and teasers of other stories, each in a place of its own, do not make it less whole.
    teasers = "".join(f"<li><div class='teaser'>{n}. {STORY}, people say.</div></li>" for n in range(4))
    found = read(page(f"<article>{each('<p>{}</p>', WORDS[:2])}</article><ul>{teasers}</ul>"))
    assert found.raw.split("\n") == WORDS[:2]
    assert [text for _, text, rule in found.removed if rule == pages.AGAIN] == [
        "2 of 6 long paragraphs the first time, 2 the second"
    ]


def chunk(lines: list[str], name: str = "item article-body") -> str:
    return (
        f"<div class='grid'><div class='{name}'>{each('<p>{}</p>', lines)}</div><p class='ad'>Advertisement</p></div>"
    )


BAKER = "In the story numbered {} a baker of the next town found that her oven had been moved by a foot in one night."
BAKERS = [BAKER.format(n) for n in range(18)]
SECOND = {
    "three containers of a kind": (chunk(WORDS[:3]) + chunk(WORDS[3:5]) + chunk(WORDS[5:]), WORDS),
    "a longer one of another kind": (chunk(WORDS[:3]) + chunk(WORDS[3:], "continued"), WORDS),
    "other stories below": (
        f"<article><h1>Board votes</h1>{each('<p>{}</p>')}</article>"
        + "".join(f"<article><h1>Oven</h1>{each('<p>{}</p>', BAKERS[n : n + 6])}</article>" for n in (0, 6, 12)),
        WORDS,
    ),
    "other stories, each in a place of its own": (
        chunk(WORDS[:3]) + "".join(f"<div class='t{n}'><p>{line}</p></div>" for n, line in enumerate(BAKERS)),
        WORDS[:3],
    ),
}


@pytest.mark.parametrize("kind", SECOND)
def test_the_second_way_goes_on_in_places_of_the_same_kind_and_not_into_other_stories(kind):
    source, right = SECOND[kind]
    found = read(page(source))
    assert [line for line in found.raw.split("\n") if line in WORDS + BAKERS] == right
    assert {rule for _, _, rule in found.removed} == {files.OUTSIDE, pages.AGAIN}


def test_a_text_without_blanks_is_an_article():
    lines = ["港务局星期二开会讨论冬季渡轮票价,东码头的看守人首先发言,随后书记宣读了船主名单。" * 2] * 2
    found = read(page(each("<p>{}</p>", [lines[0], lines[1][20:], lines[0][5:]]), after=""))
    assert lines[0] in found.raw


ADDRESS = "<link rel='canonical' href='https://lantern.example/1999/12/31/harbour-2001-09-11'>"


def ld(**said: str) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', **said})}</script>"


DAYS = [
    ("<meta property='article:published_time' content='2024-03-05T06:00:00Z'>", "", "2024-03-05"),
    ("<meta property='article:published_time' content='2024-03-05T23:59:00-11:00'>", "", "2024-03-05"),
    ("<meta property='article:published_time' content='2024-03-05T00:10:00+13:00'>", "", "2024-03-05"),
    ("<meta name='pubdate' content='Tue, 05 Mar 2024 23:30:00 -0500'>", "", "2024-03-05"),
    ("<meta itemprop='datePublished' content='2024-03-05'>", "", "2024-03-05"),
    ("<meta name='DC.date.issued' content='2024-03-05'>", "", "2024-03-05"),
    ("<meta name='date' content='March 5, 2024'>", "", "2024-03-05"),
    (ld(dateModified="2024-03-07", datePublished="2024-03-05T22:00:00-05:00"), "", "2024-03-05"),
    ("", "<time datetime='2024-03-05T21:00'>last night</time>", "2024-03-05"),
    ("", "<time>5 March 2024</time>", "2024-03-05"),
    ("", "<span itemprop='datePublished'>Tue 9:31 PM, Mar 5, 2024</span>", "2024-03-05"),
    ("", "<p class='article__meta'>By Ann Poe on Tuesday, March 5th, 2024 at 8:02 p.m.</p>", "2024-03-05"),
    # The day of publication comes before that of a change, whichever stands first.
    (
        "<meta property='article:modified_time' content='2024-03-09'>"
        "<meta property='article:published_time' content='2024-03-05'>",
        "",
        "2024-03-05",
    ),
    ("", "<time class='updated' datetime='2024-03-09'></time><time datetime='2024-03-05'></time>", "2024-03-05"),
    ("", "<time class='entry-date published updated' datetime='2024-03-05'></time>", "2024-03-05"),
    ("<meta name='created' content='2024-03-04'><meta name='publish-date' content='2024-03-05'>", "", "2024-03-05"),
    # No day of the page: of another story, of the text, of a reader's remark, half a day.
    ("", "<aside><time datetime='2020-01-01'></time></aside>", ""),
    ("", "<div class='comments'><time datetime='2020-01-01'></time></div>", ""),
    ("", "<p>The light went out on 2020-01-01 and was never mended, they said.</p>", ""),
    ("<meta property='article:published_time' content='2024-03'>", "", ""),
    ("<meta property='article:publisher' content='https://page.example/2020-01-01'>", "", ""),
    ("", "", ""),
]


@pytest.mark.parametrize(("head", "body", "day"), DAYS)
def test_the_day_of_a_page_is_the_one_that_it_prints_and_not_that_of_its_address(head, body, day):
    found = read(page(f"<article><h1>Board votes</h1>{body}{each('<p>{}</p>')}</article>", ADDRESS + head, ""))
    assert found.fields.get("published", "") == day


HUGE = {
    "20,000 attributes": "<div {}>".format(" ".join(f"a{n}=1" for n in range(20_000))),
    "attributes behind a sign": "<div x='>' {}>".format(" ".join(f"a{n}='<'" for n in range(12_000))),
    "attributes without a blank": "<div {}>".format("".join(f'a{n}="1"' for n in range(12_000))),
    "attributes of a script": "<script {}></script>".format(" ".join(f"a{n}=1" for n in range(12_000))),
    "tags never closed": "<div>" * 20_000,
    "tags closed and never opened": "</div></b>" * 10_000,
    "100,000 letters of tags": "<p>x" * 25_000,
    "items": "<li>x" * 20_000,
    "tags in tags": "".join("<div>" + "<p>ab cd</p>" * 90 + "</div>" for _ in range(90)),
    "cells": "<table>" + "<tr><td>x</td></tr>" * 5_000 + "</table>",
    "a huge attribute": f"<div class='{'x ' * 50_000}'></div>",
    "notes": "<!-- x --> " * 9_000,
    "notes never closed": "<!--" * 25_000,
    "entities": "&amp;&lt;&nbsp;" * 6_000,
    "signs": "<" * 50_000 + " >" * 25_000,
    "blanks": " \n" * 50_000,
    "days": "<time>2024-13-45 </time>" * 4_000,
}


@pytest.mark.parametrize("kind", HUGE)
def test_a_hostile_page_is_read_in_time_and_whole(kind):
    start = perf_counter()
    found = read(page(f"{HUGE[kind]}<article>{each('<p>{}</p>')}</article>", after=""))
    assert perf_counter() - start < 5
    assert [line for line in found.raw.split("\n") if line in WORDS] == WORDS


BOMB = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + page("&b;" * 1000, after="")
NOTHING = ["", "<html>", "<" * 1000, page("<p>Too short.</p>", after=""), "<!-- " + ONE, BOMB, "\x01\x02" * 999]


@pytest.mark.parametrize("source", NOTHING)
def test_a_page_of_nothing_is_a_problem_in_one_line(source):
    found = read(source)
    assert isinstance(found, files.Problem) or ONE in found.raw
    assert isinstance(found, files.Article) or len(found.why.splitlines()) == 1


def test_the_row_of_a_page_read_a_second_way_stands_in_removed(tmp_path):
    (tmp_path / "a.html").write_text(page(KINDS["breaks in a cell"]))
    documents, removed = catalogue.read_documents(tmp_path)
    assert documents.text[0].split("\n") == WORDS
    (row,) = removed[removed.rule == pages.AGAIN].itertuples()
    assert (row.text, row.line > 0) == ("1 of 7 long paragraphs the first time, 7 the second", True)
