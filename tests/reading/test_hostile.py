"""A few hundred hostile inputs, and each crash that more of them found."""

import json
import time

import pytest
from support import ROOT

from helpers import InputError, load
from helpers.reading import catalogue, columns, files, furniture, pages


def test_hostile_inputs_crash_nothing_and_nothing_of_them_is_lost(monkeypatch, capsys):
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    import hostile

    hostile.warm()
    done = [hostile.tried(seed, at) for seed in (1, 2) for at in range(150)]
    assert {kind for kind, *_ in done} == set(hostile.READERS)
    assert [(kind, fault, seen) for kind, fault, seen in done if fault] == []
    assert hostile.main(["1", "1", "--at", "3"]) == 0
    assert "silent losses  0" in capsys.readouterr().out


@pytest.mark.parametrize(
    "text", ["\u0378\u0379" * 20, "\ud7ff word " * 9, "\ud800 word " * 9, "\ufffe" * 9, "٣ " * 9, "\0" * 9]
)
def test_letters_without_a_name_have_no_language_and_break_nothing(text):
    assert catalogue.language(text) in ("", "ar", "en")


@pytest.mark.parametrize("header", ['"a\nb",c', "x" * 5000, '"\u2028"', "a\x1cb,c"])
def test_a_catalogue_with_odd_columns_is_refused_in_one_short_line(tmp_path, header):
    (tmp_path / "a.txt").write_text("It rained all day over the northern pier, and the ferries stayed at home.")
    (tmp_path / "articles.csv").write_text(f"{header}\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="has no column 'doc'") as told:
        catalogue.read_documents(tmp_path)
    assert len(str(told.value).splitlines()) == 1
    assert len(str(told.value)) < 400 + len(str(tmp_path))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", b'"publish\nat","a\x0bb"\n1,2\n'),
        ("a.json", b'[{"a\\nb": 1, "c\\u2028d": 2}]'),
        ("a.csv", b'text\n"It rained."\n"It\rsnowed and\nnobody\nclosed\n'),
        ("a.parquet", b"PAR1\n\nPAR1"),
        ("a.zip", b"PK\n\n"),
    ],
)
def test_why_a_file_is_not_read_is_one_line(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    (tmp_path / "b.txt").write_text("It rained all day over the northern pier, and the ferries stayed at home.")
    removed = catalogue.read_documents(tmp_path)[1]
    assert set(removed.doc.str[0]) == {"a"}
    assert [why for why in removed.rule if len(why.splitlines()) != 1] == []


TAGS = [  # one that takes the user's word for a type, one that is never done, one that is none
    "!!bool x", "!!timestamp x", "!!int ''", "!!float ''", "!!int 0x", "!!binary \u00e9", '"\\U99999999"',
    '"\\ud800"', "2024-99-99", "!!python/object:os.system x", "!<x> b", "*gone", "&a *a", "1" * 5000, "{[a]: b}",
    "{{a: b}: c}", "[" * 3000,
]  # fmt: skip
LAUGHS = "a0: &a0 {x: b}\n" + "".join(f"a{n}: &a{n} {{<<: [{', '.join(9 * [f'*a{n - 1}'])}]}}\n" for n in range(1, 12))


@pytest.mark.parametrize(
    "written", [*(f"title: {tag}" for tag in TAGS), LAUGHS, "<<: a", "? !!set {a}\n: x", "\ud800: a"]
)
def test_yaml_that_cannot_be_read_is_one_line_of_a_user_and_nothing_of_an_article(tmp_path, written):
    start = time.process_time()
    (path := tmp_path / "rules.yml").write_bytes(written.encode("utf-8", "surrogatepass"))
    for told, least in ((columns.column_map, 0), (furniture.rules, 1)):
        said = ""
        try:
            told(path)
        except InputError as error:
            said = str(error)
        assert least <= len(said.splitlines()) <= 1
    assert columns.front_matter(f"---\n{written}\nurl: /a\n---\nIt left.")[1] in (0, written.count("\n") + 4)
    assert time.process_time() - start < 30  # it would be hours


@pytest.mark.parametrize("name", ["x" * 5000, "x/" * 3000, "a\0b", "\ud800", "../" * 3000 + "x"])
def test_a_corpus_of_an_impossible_name_is_missing(name):
    with pytest.raises(InputError, match="no such folder or file"):
        load(name)


FIRST = "The ferry to the island left the pier at noon with forty people and two carts of hay on board."
SECOND = "Nobody on the quay could say who had ordered the second boat or where it was to be moored."
THIRD = "The keeper of the light wrote the hour into his ledger and went down to the shore to look."
SWALLOWS = [
    "<script>", "<script src='x'>", '<script type="x>', "<script>var a = '</scr", "<script>//<!--", "<script><!-- ",
    "<script", "<style>", "<style type='x>", "<noscript>", "<template>", "<iframe>", "<textarea>", "<title>",
    "<select>", "<svg>", "<xmp>", "<plaintext>", "<object>", "<!--", "<!-- a --!>", "<!-- a -- >", "<!-->", "<!--->",
    "<!", "<?", "<?xml ", "<![CDATA[", "<!DOCTYPE ", '<p class="x>', "<p class='x>", '<p class="', "<p", "<p ",
    '<a href="x>link</a>', '<img alt="a>', '</p class="x>', "<p a=<b>", "<p\0", "<script/>", "<style/>", "<iframe/>",
    "<script>x</script foo>", "<style>x</style\n>",
]  # fmt: skip
CLOSED = "<script>a()</script><style>a</style><!-- x --><iframe>y</iframe>"
SHAPES = {
    "a.html": "<article><p>{0}</p>{3}<p>{1}</p><p class='x'>{2}</p></article>",
    "b.html": '<article><p>{0}</p><p>{3}{1}</p><p class="x">{2}</p></article><p>It\u2019s late.</p>',
    "c.html": "<article><p>{0}</p>{3}<p>{1}</p><p>{2}</p></article>" + CLOSED,
    "d.txt": "<p>{0}</p>\n{3}<p>{1}</p>\n<p>{2}</p>" + CLOSED,
    "e.txt": "{0}\n{3}{1}\n{2}",
    "f.json": '[{{"text": "<p>{0}</p>{3}<p>{1}</p><p>{2}</p>' + CLOSED + '"}}]',
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("broken", SWALLOWS)
def test_what_a_tag_swallows_that_nobody_closed_is_listed(shape, broken):
    own = json.dumps(broken)[1:-1] if shape.endswith(".json") else broken
    (found,) = files.articles(shape, SHAPES[shape].format(FIRST, SECOND, THIRD, own).encode())
    told = [found.raw, *(text for _, text, _ in found.removed)]
    assert [line for line in (FIRST, SECOND, THIRD) if not any(line in one for one in told)] == []


UNHIDDEN = [
    f"<p>{FIRST}</p><script>var a = 'x'; for (i = 0; i < 9; i++) {{ go(i, a, b, c, d); }}</script><p>{SECOND}</p>",
    f'<p>{FIRST}</p><script type=\'application/ld+json\'>{{"description": "{THIRD}"}}</script><p>{SECOND}</p>',
    f"<style>p {{ color: red; }} a, b, c, d, e, f, g, h {{ margin: 0 }}</style><p>{FIRST}</p><p>{SECOND}</p>",
    f"<p title='{THIRD}'>{FIRST}</p><p>{SECOND}</p>",
    f"<p>{FIRST}</p><!-- begin of the list of what else there is to be read here --><p>{SECOND}</p>",
    f"<p>{FIRST.replace('ferry', '<b>ferry</b>')}</p><p>{SECOND.replace('boat', '<a href=/b>boat</a>')}</p>",
    f"<p>{FIRST} &#8220;All &amp; sundry of us were there that day,&#8221; she said.</p><p>{SECOND}</p>",
    f"<p>{FIRST}</p><p>Fish &lt; bread, said the cook who counted them every day at noon.</p><p>{SECOND}</p>",
    f"<p>{FIRST}<br>{SECOND}</p><noscript>Switch it on.</noscript><script>// the end.</script>",
]


@pytest.mark.parametrize("body", UNHIDDEN)
def test_code_and_what_was_read_are_not_hidden(body):
    page = f"<html><head><title>{THIRD}</title></head><body><article>{body}</article></body></html>"
    for name, source in (("a.html", page), ("a.txt", body)):
        (found,) = files.articles(name, source.encode())
        assert [row for row in found.removed if row[2] == pages.HIDDEN] == []
        assert "quay" in found.raw


AMONG = [  # a text, and what of it is hidden
    (f"<p>{FIRST}</p><script>var a = 1;\n{SECOND}\nb = a;</script><p>{THIRD}</p>", [SECOND]),
    (f"<p>{FIRST}</p>\r<script>\rgo(1);\r{SECOND}\r{THIRD}\rgo(2)</script>\r<p>{FIRST}</p>", [f"{SECOND} {THIRD}"]),
    (f"<p>{FIRST}</p><script>\n{SECOND}\n{FIRST}\n</script><p>{THIRD}</p>", [SECOND]),
    (f"<p>{FIRST}</p>\n<a b='c\n{SECOND}\nand so on]]>\n<p>{THIRD}</p>", [SECOND]),
    (f"<p>{FIRST}</p><script>{SECOND.replace(' to ', chr(10) + '  to ')}\n</script><p>{THIRD}</p>", [SECOND]),
    (f"<p>{FIRST}</p><!-- {SECOND} And --><p>{THIRD}</p>", [SECOND]),
    (
        "<p>渡船は正午に出た。</p><script>船長は夜まで港に残っていた。</script><p>霧が深かった。</p>",
        ["船長は夜まで港に残っていた。"],
    ),
    (f"<p>{FIRST}</p><script>\n  // {SECOND}\n  /* {SECOND} */\n  * {SECOND}\n</script><p>{THIRD}</p>", []),
    (f"<p>{FIRST}</p><script>{SECOND} a = 1; {FIRST}</script><p>{THIRD}</p>", [SECOND]),
    (f"<p>{FIRST}</p><script>\x85{SECOND}\x85{THIRD}\x85</script>", [f"…{SECOND}…{THIRD}…"]),
    (f"<p>{FIRST}</p><script>{{\n'says': '{SECOND}',\n}}</script><p>{THIRD}</p>", []),
]


@pytest.mark.parametrize(("text", "hidden"), AMONG)
def test_sentences_among_code_are_told_from_it(text, hidden):
    (found,) = files.articles("a.txt", text.encode())
    assert [row[1] for row in found.removed if row[2] == pages.HIDDEN] == hidden


def test_what_is_hidden_is_a_row_of_removed_with_its_line(tmp_path):
    (tmp_path / "a.txt").write_text(
        f"Title: Ferry\nDate: 2024-10-15\n\n<p>{FIRST}</p>\n<!-- <p>{SECOND}</p> -->\n<p>{THIRD}</p>"
    )
    documents, removed = catalogue.read_documents(tmp_path)
    assert documents.text[0].split("\n") == [FIRST, THIRD]
    (row,) = removed[removed.rule == pages.HIDDEN].itertuples()
    assert (row.line, row.text) == (5, SECOND)


@pytest.mark.parametrize("zeros", ["\0" * 900, "\0\0 " * 300, "a\0\0\0b\0\0" * 200])
def test_zeros_in_a_table_do_not_make_it_utf_16(zeros):
    found = list(files.articles("a.tsv", f"doc\ttext\na\t{zeros}{FIRST}\nb\t{SECOND}\n".encode()))
    assert [item.doc for item in found] == ["a", "b"]
    assert found[1].raw == SECOND


@pytest.mark.parametrize("most", [300, 1700, 3000])
@pytest.mark.parametrize("last", [f"{FIRST}\x81f", f"?{FIRST}?{SECOND} x\x81f. {THIRD}"])
def test_bytes_without_a_zero_are_not_guessed_to_be_utf_16(most, last):
    (found,) = files.articles("a.txt", b"? " * most + last.encode("latin-1"))
    assert isinstance(found, files.Problem) or FIRST in found.raw
