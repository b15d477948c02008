"""Bytes, letters, tags and broken lines: what becomes of them, and what stays."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.reading import clean, columns, files
from helpers.reading.plain import composed, decode, decode_table, unmarked

FERRY = "The ferry to the island left at noon with ninety people on board, the harbour master said. "
PAGE = "<html><head><meta charset={}><title>Ferry</title></head><body><article><h1>Ferry</h1>{}</article></body></html>"

WRITTEN = [  # bytes, label, text
    (b"The caf\xc3\xa9 is open. It\x92s late.", "", "The café is open. It’s late."),
    (FERRY.encode() + b"\xe2\x80\x9cStay,\xe2\x80\x9d she said \x96 twice.", "", FERRY + "“Stay,” she said – twice."),
    ("Müller, Özil und Åse".encode() + b" caf\xe9s", "", "Müller, Özil und Åse cafés"),
    ("Паром ушёл в полдень".encode() + b"\x85", "", "Паром ушёл в полдень…"),
    ("渡轮中午离开港口。".encode() + b"\x93A\x94", "", "渡轮中午离开港口。“A”"),
    ("渡轮中午离开港口。".encode()[:-1], "", "渡轮中午离开港口\ufffd"),
    (b"\xef\xbb\xbfThe na\xc3\xafve \x93plan\x94", "", "The naïve “plan”"),
    ("“No,” he said – it’s over… for €5.".encode("cp1252"), "", "“No,” he said – it’s over… for €5."),
    ("A lone dash – here.".encode("cp1252"), "", "A lone dash – here."),
    ("It cost £9, said Zoë.".encode("cp1252") + FERRY.encode(), "", "It cost £9, said Zoë." + FERRY),
    ("Паром ушёл в полдень, и никто не знал куда.".encode("cp1251"), "", "Паром ушёл в полдень, и никто не знал куда."),
    ("The ferry “Åse” left.".encode("utf-16"), "", "The ferry “Åse” left."),
    ("The ferry left at noon.".encode("utf-16-be"), "", "The ferry left at noon."),
    ("The ferry “Åse” left.".encode("utf-32"), "", "The ferry “Åse” left."),
    ("フェリーは正午に港を出た。".encode("iso2022_jp"), "", "フェリーは正午に港を出た。"),
    (b"\x93Stay,\x94 she said.", "ISO-8859-1", "“Stay,” she said."),
    (b"It\x92s late \x97 very.", "latin1", "It’s late — very."),
    (b"It\x92s late\x85", "us-ascii", "It’s late…"),
    ("It’s “late”.".encode(), "iso-8859-1", "It’s “late”."),  # the label is older than the file
    ("Łódź śpi, mówią ludzie".encode("iso8859-2"), "iso-8859-2", "Łódź śpi, mówią ludzie"),
    ("渡轮中午离开港口。".encode("gb18030"), "gb2312", "渡轮中午离开港口。"),
    (b"It\x92s late.", "punycode", "It’s late."),
    (b"It\x92s late.", "no-such-thing", "It’s late."),
]


@pytest.mark.parametrize(("data", "label", "text"), WRITTEN)
def test_bytes_are_read_as_they_were_meant(data, label, text):
    assert decode(data, label) == text


@pytest.mark.parametrize("label", ["ISO-8859-1", "'iso-8859-1'", "windows-1252", "ascii", "utf-8"])
def test_a_page_keeps_its_quotation_marks_whatever_it_says_of_itself(label):
    body = "".join(f"<p>“We left,” {FERRY} It’s true – {n}.</p>" for n in ("one", "two", "three"))
    (found,) = files.articles("a.html", PAGE.format(label, body).encode("cp1252"))
    assert found.raw.count("“We left,”") == found.raw.count("It’s true –") == 3


def test_one_bad_byte_beyond_the_first_megabyte_garbles_no_table():
    rows = "doc,text\n" + "".join(f"{n},{FERRY}\n" for n in range(12_000))
    for last, right in (("Café “Åse” it".encode() + b"\x92s", "Café “Åse” it’s"), (b"Caf\xe9 \x93a\x94", "Café “a”")):
        assert decode_table(rows.encode() + b"x," + last).endswith(right)


LETTERS = [
    ("cafe\u0301 Mu\u0308ller i\u0306", "café Müller ĭ"),
    ("и\u0306 \u304b\u3099 \u1112\u1161\u11ab", "й が 한"),
    ("ﬁrst ﬂeet oﬃcers eﬀort", "first fleet officers effort"),
    ("ＮＡＴＯ，２０２４", "NATO,2024"),
    ("ＮＡＴＯは港を出た", "ＮＡＴＯは港を出た"),
    ("𝗕𝗿𝗲𝗮𝗸𝗶𝗻𝗴", "Breaking"),
    ("it\x92s \x93late\x94\x85", "it’s “late”…"),
    ("the go\u00advernment dis\u00ad\ncuss it\nnow", "the go\u00advernment discuss\nit\nnow"),
    ("the dis¬\ncuss it", "the discuss\nit"),
    ("神\uf900 ½ ² … № Å\u00a0Ω 1⁄2", "神\uf900 ½ ² … № Å\u00a0Ω 1⁄2"),  # one character each, and meant
    ("क़\u200c می\u200cشود 👨\u200d👩", "क़\u200c می\u200cشود 👨\u200d👩"),
]


@pytest.mark.parametrize(("text", "right"), LETTERS)
def test_a_letter_is_one_character(text, right):
    assert composed(text) == right


TAGS = [
    ("<p>One.</p><p>Two &amp; three.</p>", "One.\nTwo & three."),
    ("<p>One\nand two.</p>\n\n<p>They&#8217;ll go.</p>", "One and two.\nThey’ll go."),
    ("<P class='x'>One</P>", "One"),
    ("One.<br>Two.<br />Three.", "One.\nTwo.\nThree."),
    ("One <b>bold</b> word.\n\nTwo <a href='https://x.example/?a=1&b=2'>links</a>.", "One bold word.\nTwo links."),
    ("&lt;p&gt;One.&lt;/p&gt;", "One."),
    ("<!-- wp:paragraph --><p>One.</p><!-- /wp:paragraph -->", "One."),
    ("<script>var a = '<p>';</script><div>One.</div>", "One."),
    ("<p>One.</p>[caption id='1']<img src='x'>Ships[/caption]", "One.\nShips"),
    ("<tx><ld><p>One.</p></ld><p>Two.</p></tx>", "One.\nTwo."),
    ("<ul><li>One</li><li>Two</li></ul>", "One\nTwo"),
    ("<p>If 5 &lt; 6, write to <x@y.example>.</p>", "If 5 < 6, write to <x@y.example>."),
    ("AT&amp;T and R&eacute;my", "AT&T and Rémy"),
    *((same, same) for same in (
        "If a <b and c> d, then x < y.", "The <b> tag and the </b> tag make words bold.", "Write to <x@y.example>.",
        "The <br> tag breaks a line.", "See <https://x.example/a>.", "p<0.05 and I <3 it", "R&D; Marks & Spencer",
        "He typed <enter> and left.", "A -> B <- C, a<b>c", "<Name> signed for <Office>.",
    )),
]  # fmt: skip


@pytest.mark.parametrize(("text", "right"), TAGS)
def test_tags_go_and_what_only_looks_like_them_stays(text, right):
    assert unmarked(text) == right
    (found,) = files.articles("a.txt", text.encode())
    assert found.raw == right


def test_a_page_by_the_name_of_a_text_is_read_as_a_page():
    data = PAGE.format("utf-8", "<nav>Home</nav>" + f"<p>{FERRY}</p>" * 3).encode()
    (found,) = files.articles("a.txt", b"<!DOCTYPE html>" + data)
    assert FERRY.strip() in found.raw
    assert "<" not in found.raw


WHOLE = [  # lines as a page of print broke them, and what stands there
    ("They met on Monday to dis-\ncuss the plan.", "They met on Monday to discuss the plan."),
    ("The govern-\nment left, and so did the gov-\nernment.", "The government left, and so did the government."),
    ("It was a well-\nknown ship of its time.", "It was a well-known ship of its time."),
    ("It is a long-\nrange weapon and a 20-\nyear-old plan.", "It is a long-range weapon and a 20-year-old plan."),
    ("The Anglo-\nAmerican accord was signed here on a Tuesday.", None),
    ("They spoke of the Anglo-\nAmerican accord.", "They spoke of the Anglo-American accord."),
    ("He met the ex-\npresident, for ex-\nample, at noon.", "He met the ex-president, for example, at noon."),
    ("They want short-\nand long-range ships.", "They want short- and long-range ships."),
    ("It was a state-of-the-\nart ship.", "It was a state-of-the-art ship."),
    ("The re-\nelection came. His re-election was sure.", "The re-election came. His re-election was sure."),
    ("A Moscow-\nbased firm and a US-\nled group came.", None),
    ("The commission said the govern-\n\nment would stay.", "The commission said the government would stay."),
    ("Forty-\ntwo ships, and seven-\nteen boats.", None),
    ("There were forty-\ntwo ships and seven-\nteen boats.", "There were forty-two ships and seventeen boats."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "right"), [case for case in WHOLE if case[1]])
def test_a_word_broken_at_the_end_of_a_line_is_whole_again(text, right):
    assert clean.article(text)[0] == right


@pytest.mark.parametrize(
    "text",
    [
        "Prices rose sharply in the spring –\nmuch too fast, he said on Monday to us.",
        "The ships left the port at noon.\nThey came back at night.",
        "He waited for her -\nand she did not come back to him again.",
        "- a list of things that he said:\n- another one of these things, he said.",
    ],
)
def test_lines_without_a_broken_word_stay_apart(text):
    assert clean.article(text)[0].count("\n") == 1


def test_narrow_columns_are_joined_to_paragraphs():
    text = (
        "The ships of the northern fleet\nleft the port on Monday, a spo-\nkesman said. They will take part\nin the "
        "exercises of the two na-\nvies, and will be back in the au-\ntumn."
    )
    assert clean.article(text)[0] == (
        "The ships of the northern fleet left the port on Monday, a spokesman said. They will take part in the "
        "exercises of the two navies, and will be back in the autumn."
    )


PIECES = ["<p>", "</p>", "<b", "<script>", "<!--", "<![CDATA[", "[caption ", "]", "&lt;", "&#8217;", '"', '\\"', "\\n"]
PIECES += [
    "\t",
    ",",
    ";",
    "\n",
    "-\n",
    "\u00ad\n",
    "e\u0301",
    "ﬁ",
    "Ａ",
    "両",
    "\x85",
    "Date:\n",
    "Title: X\n",
    "---\n",
]
PIECES += ["&a [", "*a, ", "- ", "word ", "\ufeff", "\0", "\u2028", "{", "[", " " * 9]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=5), st.sampled_from([".txt", ".csv", ".tsv", ".json", ".jsonl"]))
def test_no_text_of_a_hundred_kilobytes_takes_long_or_is_lost_in_silence(pieces, ending):
    text = "".join(pieces) or "x"
    start = time.process_time()
    found = list(files.articles(f"a{ending}", (text * (100_000 // len(text))).encode()))
    clean._unwrapped((text * (100_000 // len(text))).splitlines())
    assert found
    assert time.process_time() - start < 5


def test_aliases_and_wide_tables_are_no_trap():
    laughs = "".join(f"{name}: &{name} [{', '.join(9 * [f'*{before}'])}]\n" for before, name in pairwise("abcdefghi"))
    text = f"---\na: &a [x, x]\n{laughs}title: Ferry\ndate: 2024-10-15\ntags: [one]\nsource: {{a: L}}\n---\nIt."
    assert columns.front_matter(text) == ({"published": "2024-10-15", "title": "Ferry"}, 15)
    start = time.process_time()
    wide = ",".join(f"c{n}" for n in range(16_000)) + ",text\n" + ("," * 16_000 + "It left.\n") * 20
    assert [item.raw for item in files.articles("a.csv", wide.encode())] == ["It left."] * 20
    assert time.process_time() - start < 5
