"""What a newsroom folder holds: every kind of file, whole and broken."""

import gzip
import io
import json
import os
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import InputError, load
from helpers.reading import catalogue, columns, files

STORY = "The ferry left the harbour at noon on Monday, and nobody knew where it went.\nIt came back at night."
LONG = "\n".join(f"{STORY} Ship {n} was told of it in the morning." for n in range(4))
PAGE = f"""<!doctype html><html><head><meta charset="utf-8"><title>Ferry leaves | The Lantern</title>
<meta property="og:site_name" content="The Lantern"><meta property="og:title" content="Ferry leaves">
<meta property="article:published_time" content="2024-10-15T08:00:00+02:00">
<link rel="canonical" href="https://lantern.example/ferry"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Ferry leaves</h1>
{"".join(f"<p>{line}</p>" for line in LONG.splitlines())}</article>
<aside>Grain prices fall again</aside><script>alert(1)</script></body></html>"""


def parquet(rows):
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), sink)
    return sink.getvalue()


def archive(**entries):
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in entries.items():
            file.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return sink.getvalue()


ROW = {"outlet": "The Lantern", "published": "2024-10-15", "title": "Ferry leaves", "text": STORY}
CSV = 'outlet,published,title,text\nThe Lantern,2024-10-15,Ferry leaves,"' + STORY + '"\n'
READ = {
    "plain text": ("a.txt", STORY.encode()),
    "headers": ("a.txt", f"Title: Ferry leaves\nDate: 15 October 2024\nSource: The Lantern\n\n{STORY}".encode()),
    "front matter": (
        "a.md",
        f"---\ntitle: Ferry leaves\ndate: 2024-10-15\nsite_name: The Lantern\n---\n{STORY}".encode(),
    ),
    "front matter with tags": (
        "a.md",
        b"---\ntitle: !!python/object/apply:os.system [true]\ndate: 2024-10-15\npublication: The Lantern\n---\n"
        + STORY.encode(),
    ),
    "csv": ("a.csv", CSV.encode()),
    "csv in utf-16": ("a.csv", CSV.encode("utf-16")),
    "semicolons": (
        "a.csv",
        CSV.replace(",2024", ";2024")
        .replace("outlet,published,title,text", "outlet;published;title;text")
        .replace("15,F", "15;F")
        .replace('leaves,"', 'leaves;"')
        .encode(),
    ),
    "tsv, gzipped": (
        "a.tsv.gz",
        gzip.compress("\t".join(ROW).encode() + b"\n" + "\t".join(ROW.values()).replace("\n", " ").encode()),
    ),
    "json lines, zst": ("a.jsonl.zst", pa.compress(json.dumps(ROW).encode(), codec="zstd", asbytes=True)),
    "json of an interface": ("a.json", json.dumps({"status": "ok", "articles": [ROW]}).encode()),
    "parquet": ("a.parquet", parquet([ROW])),
    "zip": ("a.zip", archive(deep__a_dot_csv=CSV)),
}


@pytest.mark.parametrize("kind", READ)
def test_every_kind_of_file_gives_the_article(kind):
    name, data = READ[kind]
    (found,) = files.articles(name, data)
    assert isinstance(found, files.Article)
    assert found.raw.strip().split() == STORY.split()
    if kind != "plain text":
        assert found.fields["outlet"] == "The Lantern"
        assert found.fields["published"] in ("2024-10-15", "15 October 2024")
        assert found.fields["title"] == ("true" if "tags" in kind else "Ferry leaves")


def test_a_page_gives_its_article_and_says_what_it_left_out():
    (found,) = files.articles("a.html", PAGE.encode())
    assert found.fields == {
        "outlet": "The Lantern",
        "published": "2024-10-15",
        "title": "Ferry leaves",
        "url": "https://lantern.example/ferry",
    }
    assert "nobody knew where it went" in found.raw
    assert "alert" not in found.raw + "".join(text for _, text, _ in found.removed)
    assert {"Home", "Grain prices fall again"} <= {text for _, text, _ in found.removed}


TOOLS = {
    "news-please": {
        "maintext": "x",
        "date_publish": "2024-10-15 08:00:00",
        "source_domain": "www.lantern.example",
        "title": "T",
    },
    "CC-News": {
        "text": "x",
        "domain": "lantern.example",
        "date": "2024-10-15 00:00:00",
        "title": "T",
        "description": "d",
    },
    "newspaper4k": {"text": "x", "meta_site_name": "The Lantern", "publish_date": "2024-10-15", "title": "T"},
    "NewsAPI": {"content": "x", "source": {"id": None, "name": "The Lantern"}, "publishedAt": "2024-10-15T08:00:00Z"},
    "Event Registry": {
        "body": "x",
        "source": {"title": "The Lantern", "uri": "l"},
        "dateTimePub": "2024-10-15T08:00:00Z",
    },
    "Webz": {"text": "x", "thread": {"site": "lantern.example"}, "published": "2024-10-15T10:58:05.000+02:00"},
    "Guardian": {
        "fields": {"bodyText": "x"},
        "webPublicationDate": "2024-10-15T08:00:00Z",
        "webTitle": "T",
        "webUrl": "u",
    },
    "LexisNexis": {"Article": "x", "Newspaper": "The Lantern", "Date": "2024-10-15", "Headline": "T", "ID": 3},
    "Media Cloud": {"text": "x", "media_name": "The Lantern", "publish_date": "2024-10-15", "stories_id": 7},
    "trafilatura": {
        "text": "x",
        "source-hostname": "The Lantern",
        "source": "https://l.example/a",
        "date": "2024-10-15",
    },
}


@pytest.mark.parametrize("tool", TOOLS)
def test_the_columns_of_the_tools_of_the_field_are_known(tool):
    (found,) = files.articles("a.jsonl", json.dumps(TOOLS[tool]).encode())
    assert found.raw == "x"
    assert found.fields["published"].startswith("2024-10-15")
    if tool != "Guardian":
        assert found.fields["outlet"] in ("The Lantern", "lantern.example")


def test_columns_can_be_given_and_a_wrong_one_is_one_line():
    data = b"Kopf,Inhalt\nT,Der Text\n"
    (found,) = files.articles("a.csv", data, {"title": "Kopf", "text": "Inhalt"})
    assert (found.raw, found.fields["title"]) == ("Der Text", "T")
    (found,) = files.articles("a.csv", data, {"text": "Rumpf"})
    assert "a table without a column of text; it has Kopf, Inhalt" in found.why
    with pytest.raises(InputError, match="no field 'body'; there are doc, outlet"):
        list(files.articles("a.csv", data, {"body": "Inhalt"}))


def test_a_file_of_columns_beside_a_table_counts(tmp_path):
    (tmp_path / "export.csv").write_text("Kopf,Inhalt\nT,Der Text ist lang genug.\n")
    with pytest.raises(InputError, match="a table without a column of text; it has Kopf, Inhalt"):
        catalogue.read_documents(tmp_path)
    (tmp_path / "columns.yml").write_text("text: Inhalt\ntitle: Kopf\n")
    assert catalogue.read_documents(tmp_path)[0].title.tolist() == ["T"]
    assert catalogue.read_documents(tmp_path / "export.csv")[0].title.tolist() == ["T"]
    for wrong, why in (
        ("[text", "not readable as YAML"),
        ("text: A\ntext: B\n", "'text' stands twice"),
        ("A", "one line"),
    ):
        (tmp_path / "columns.yml").write_text(wrong)
        with pytest.raises(InputError, match=rf"columns\.yml: .*{why}"):
            catalogue.read_documents(tmp_path)


BOMB = gzip.compress(b"0" * 60_000_000)
BROKEN = {
    "truncated gz": ("bad.txt.gz", gzip.compress(os.urandom(5000))[:-900], "damaged or cut off"),
    "truncated zst": (
        "bad.csv.zst",
        pa.compress(os.urandom(5000), codec="zstd", asbytes=True)[:-90],
        "damaged or cut off",
    ),
    "gz bomb": ("bad.txt.gz", BOMB, "unpacks to more than"),
    "no zip": ("bad.zip", b"PK\x03\x04 no", "not a zip file"),
    "page of 20 MB": ("bad.html", b"<p>word " * 2_600_000, "a page larger than 2 MB"),
    "page without an article": ("bad.html", b"<html><body><nav>Home</nav></body></html>", "a page without an article"),
    "text of 50 MB": ("bad.txt", b"word " * 10_000_000, "larger than 10 MB"),
    "no parquet": ("bad.parquet", b"PAR1 no", "no Parquet file"),
    "parquet without text": ("bad.parquet", parquet([{"a": 1}]), "a table without a column of text"),
    "empty table": ("bad.csv", b"", "an empty table"),
    "a picture": ("bad.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a binary file"),
    "nothing but NUL": ("bad.txt", b"\0" * 500, "a binary file"),
    "json nested 100,000 deep": ("bad.json", b"[" * 100_000, "recursion"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_a_row_and_the_rest_is_read(case, tmp_path):
    name, data, why = BROKEN[case]
    (tmp_path / "good.txt").write_text(STORY)
    (tmp_path / name).write_bytes(data)
    documents, removed = catalogue.read_documents(tmp_path)
    assert documents.doc.tolist() == ["good"]
    (row,) = removed.itertuples()
    assert (row.doc, row.line) == ("bad", 0)
    assert why in row.rule
    assert "\n" not in row.rule


ROWS = {
    "ragged": (b"doc,text\na,one,two,three\nb,the text\n", ["a"], "4 cells where the header has 2"),
    "no text": (b"doc,text\na,\nb,the text\n", ["a"], "a row without a text"),
    "field of 11 MB": (
        b'doc,text\na,"' + b"word " * 2_200_000 + b'"\nb,the text\n',
        ["a"],
        "a text of 10,999,999 characters",
    ),
    "twice": (b"doc,text\nb,the text\nb,another text\n", ["b"], "a second article of this name"),
    "NUL": (b"doc,text\na,\nb,the \0text\n", ["a"], "a row without a text"),
}


@pytest.mark.parametrize("case", ROWS)
def test_a_broken_row_is_a_row_and_the_rest_is_read(case, tmp_path):
    data, _, why = ROWS[case]
    (tmp_path / "t.csv").write_bytes(data)
    documents, removed = catalogue.read_documents(tmp_path)
    assert documents.text.tolist() == ["the text"]
    assert [why in rule for rule in removed[removed.line == 0].rule] == [True]


def test_lines_that_are_no_json_are_rows():
    lines = [json.dumps(ROW), "{broken", "[1]", "[" * 100_000, '"text"', json.dumps(ROW)]
    found = list(files.articles("a.jsonl", "\n".join(lines).encode()))
    assert [isinstance(item, files.Problem) for item in found] == [False, True, True, True, True, False]
    assert found[0].doc != found[-1].doc


def test_no_path_leaves_an_archive_and_no_entry_spoils_the_others():
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as file:
        for name in ("../evil.txt", "/etc/evil.txt", "a/../../evil.txt", "..\\evil.txt"):
            file.writestr(name, "evil")
        file.writestr("bomb.txt", "0" * 60_000_000)
        file.writestr("inner.zip", b"PK")
        file.writestr("__MACOSX/._good.txt", "evil")
        file.writestr("in/good.txt", STORY)
    found = list(files.articles("a.zip", sink.getvalue()))
    assert [item.doc for item in found if isinstance(item, files.Article)] == ["a/in/good"]
    assert sorted(item.why.split(":")[0] for item in found if isinstance(item, files.Problem)) == sorted(
        ["its path leaves the archive"] * 4 + ["unpacks to more than 25 MB", "not a kind of file that is read"]
    )


def test_odd_names_and_places_are_rows_and_the_rest_is_read(tmp_path):
    (tmp_path / "good.txt").write_text(STORY)
    (tmp_path / "two\nlines.txt").write_text(LONG)
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    os.mkfifo(tmp_path / "articles.csv")
    (tmp_path / "dir.txt").mkdir()
    (tmp_path / ".hidden.txt").write_text("no")
    with open(os.fsencode(tmp_path) + b"/caf\xe9.txt", "wb") as file:  # noqa: PTH123
        file.write(STORY.encode())
    documents, removed = catalogue.read_documents(tmp_path)
    assert sorted(documents.doc) == ["caf?", "good", "two\ufffdlines"]
    left = dict(zip(removed.doc, removed.rule, strict=True))
    assert left["pipe"] == "no regular file"
    assert left["gone"] == left["loop"] == "a link that is not followed: put the file itself here"


def test_two_catalogues_are_a_row_and_the_outer_one_counts(tmp_path):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text(STORY)
    (tmp_path / "articles.csv").write_text("doc,outlet\na,The Lantern\n")
    (tmp_path / "articles" / "articles.csv").write_text("doc,outlet\na,The Beacon\n")
    documents, removed = catalogue.read_documents(tmp_path)
    assert documents.outlet.tolist() == ["The Lantern"]
    assert removed.rule.tolist() == ["a second catalogue: the outer one counts"]


def test_a_file_named_articles_csv_may_hold_the_articles_themselves(tmp_path):
    (tmp_path / "articles.csv").write_text(CSV)
    documents, _ = catalogue.read_documents(tmp_path)
    assert documents[["outlet", "title"]].to_numpy().tolist() == [["The Lantern", "Ferry leaves"]]


def test_a_site_has_one_name(tmp_path):
    rows = [
        "doc,outlet,url",
        "a,The Lantern,https://www.lantern.example/1",
        "b,,https://lantern.example/2",
        "c,,https://x.example/",
    ]
    (tmp_path / "articles.csv").write_text("\n".join(rows))
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(
            f"{STORY}\nThis is the story of ship {name}, and of no other ship at all."
        )
    assert catalogue.read_documents(tmp_path)[0].outlet.tolist() == ["The Lantern", "The Lantern", "x.example"]


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from(
        [".txt", ".md", ".html", ".csv", ".tsv", ".json", ".jsonl", ".parquet", ".zip", ".txt.gz", ".csv.zst"]
    ),
)
def test_any_bytes_are_an_article_or_a_problem(data, ending):
    for found in files.articles(f"a{ending}", data):
        assert isinstance(found, files.Article | files.Problem)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_front_matter_takes_off_whole_lines_and_nothing_else(text):
    said, last = columns.front_matter(text)
    assert (last == 0) == (not said)
    (found,) = files.articles("a.txt", text.encode("utf-8", "replace"))
    if isinstance(found, files.Article) and last == 0:
        assert not found.removed


JSON_LINES = '{"title": "x"}\n{"title": "y", "text": "It rained."}\n'
QUIET = [  # what used to be lost without a word
    ("a list of paragraphs", "a.json", b'[{"text": ["It rained.", "It snowed."]}]', ["It rained.\nIt snowed."], []),
    ("a first row without text", "a.jsonl", JSON_LINES.encode(), ["It rained."], ["a row without a text"]),
    (
        "an open quotation mark",
        "a.csv",
        b'text\nIt rained.\n"It snowed.\nIt froze.\n',
        ["It rained."],
        ["never closed"],
    ),
    (
        "two columns of one name",
        "a.csv",
        b"text,text\nIt snowed.,It rained.\n",
        ["It rained."],
        ["two columns are called"],
    ),
    ("bytes in Parquet", "a.parquet", parquet([{"text": b"It rained."}]), ["It rained."], []),
    ("a line for Excel", "a.csv", b"sep=;\ndoc;text\na;It rained.\n", ["It rained."], []),
    ("prose like a header", "a.txt", b"Source: We left.\nDate: It was late.\nHe: It rained.", None, []),
    ("an archive of nothing", "a.zip", archive(), [], ["an archive without anything that is read"]),
    ("a broken object", "a.json", b'{\n "text": "It rained.",\n "title": \n}', [], ["no JSON"]),
    ("a wrong charset", "a.html", PAGE.replace('"utf-8"', '"utf-16"').encode(), None, []),
]


@pytest.mark.parametrize(
    ("name", "data", "texts", "whys"), [case[1:] for case in QUIET], ids=[case[0] for case in QUIET]
)
def test_nothing_is_lost_in_silence(name, data, texts, whys):
    found = list(files.articles(name, data))
    if texts is not None:
        assert [item.raw for item in found if isinstance(item, files.Article)] == texts
    else:
        assert "It rained" in found[0].raw or "nobody knew" in found[0].raw
    problems = [item.why for item in found if isinstance(item, files.Problem)]
    assert len(problems) == len(whys)
    assert all(why in problem for why, problem in zip(whys, problems, strict=True))


def test_a_parquet_bomb_and_a_rule_without_end_stop_early(tmp_path):
    column = pa.DictionaryArray.from_arrays(pa.array([0] * 20_000, pa.int32()), pa.array(["word word. " * 90_000]))
    sink = io.BytesIO()
    pq.write_table(pa.table({"text": column}), sink, compression="zstd")
    found = list(files.articles("a.parquet", sink.getvalue()))
    assert [item.why for item in found if isinstance(item, files.Problem)] == [
        "unpacks to far more than its size: save it anew if you trust it"
    ]
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "furniture.yml").write_text("- rule: x\n  pattern: '(?:\\w+\\s?)+!'\n  example: 'a b!'\n")
    with pytest.raises(InputError, match="rule 'x' takes too long"):
        catalogue.read_documents(tmp_path)


def test_an_archive_of_one_bomb_told_a_thousand_times_stops(tmp_path):
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_LZMA) as file:
        file.writestr("a.txt", STORY)
    (found,) = files.articles("a.zip", sink.getvalue())
    assert "packed in a way that is not read" in found.why


def test_a_file_that_lies_beside_the_articles_is_a_row(tmp_path):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text(STORY)
    (tmp_path / "b.txt").write_text(STORY)
    documents, removed = catalogue.read_documents(tmp_path)
    assert documents.doc.tolist() == ["a"]
    assert removed.rule.tolist() == ["beside the folder articles/, which holds the articles: move it there"]


def test_the_fingerprint_of_odd_names_and_of_one_file(tmp_path):
    with open(os.fsencode(tmp_path) + b"/bad\xff.txt", "wb") as file:  # noqa: PTH123
        file.write(STORY.encode())
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    assert len(files.fingerprint(tmp_path)) == 12
    (tmp_path / "good.txt").write_text(STORY)
    assert len(files.fingerprint(tmp_path / "good.txt")) == 12
    assert len(catalogue.read_documents(tmp_path)[0]) == 2


QUOTES = [  # a table, and the text of each row
    ('id\ttext\n1\t"Stay," she said.\n2\tThey left.\n', ['"Stay," she said.', "They left."]),
    ('id\ttext\n1\t"Stay, she said\n2\tand left."\n', ['"Stay, she said', 'and left."']),
    ('id\ttext\n1\t"We stay"\n2\tHe said "no" to it.\n', ['"We stay"', 'He said "no" to it.']),
    ('id\ttext\n1\t"He said ""no"" to it."\n2\tThey left.\n', ['He said "no" to it.', "They left."]),
    ('id\ttext\n1\t"One\nand two."\n2\tThey left.\n', ["One\nand two.", "They left."]),
    ('"id"\t"text"\n"1"\t"We stay."\n', ["We stay."]),
    ('id\ttext\n1\t"It rained, and it snowed."\n2\tThey left.\n', ["It rained, and it snowed.", "They left."]),
    ("id|text\n1|'We stay,' she said.\n", ["'We stay,' she said."]),
    ("id\ttext\n1\tOne.\\nTwo.\n2\t\\N\n", ["One.\nTwo."]),
    ('id,text\n1,"He said \\"no\\", and left."\n2,"They left."\n', ['He said "no", and left.', "They left."]),
    ('id,text\n1,"\\"No,\\" he said."\n2,"A \\\\ B"\n', ['"No," he said.', "A \\ B"]),
    ('id,text\n1,"It rained.\\n\\nIt snowed\\nall day."\n', ["It rained.\n\nIt snowed\nall day."]),
    ('id,text\n1,"In C:\\new\\"\n2,"They left."\n', ["In C:\\new\\", "They left."]),
    ('id,text\n1,"He said ""no"", and left."\n', ['He said "no", and left.']),
    ('id;text\r1;"One; two"\r2;Two, three\r', ["One; two", "Two, three"]),
    ('"id, of it";"text"\n1;"One, two"\n', ["One, two"]),
    ("sep=|\nid|text\n1|One, two; three\n", ["One, two; three"]),
    ("id,text\n1,<p>One.</p><p>Two &amp; three.</p>\n2,If a <b then go.\n", ["One.\nTwo & three.", "If a <b then go."]),
]


@pytest.mark.parametrize(("table", "texts"), QUOTES)
def test_a_cell_keeps_its_own_quotation_marks_and_no_others(table, texts):
    for name in ("a.csv", "a.tsv"):
        found = list(files.articles(name, table.encode()))
        assert [item.raw for item in found if isinstance(item, files.Article)] == texts


EXPORTS = {
    "WordPress": {
        "date": "2024-10-15T08:00:00", "link": "https://lantern.example/a", "title": {"rendered": "Ship&#8217;s"},
        "content": {"rendered": "<p>It left &amp; sank.</p>\n<p>Twice.</p>", "protected": False},
    },
    "tokenised": {"title": "Ship’s", "content": "It left , he said .", "content_original": "It left, he said."},
    "GDELT": {"url": "u", "seendate": "20241015T080000Z", "domain": "lantern.example", "text": "x"},
    "Swissdox": {"medium_name": "The Lantern", "pubtime": "2024-10-15", "head": "Ship’s", "content": "<p>x</p>"},
    "Factiva": {"HD": "Ship’s", "SN": "The Lantern", "PD": "15 October 2024", "LP": "It left.", "TD": "It sank."},
    "schema.org": {"headline": "Ship’s", "articleBody": "x", "publisher": {"name": "The Lantern"}},
    "ProQuest": {"Title": "Ship’s", "fullText": "x", "pubdate": "Oct 15 2024", "pubtitle": "The Lantern"},
    "Elasticsearch": {"_index": "n", "_source": {"title": "Ship’s", "text": "x", "date": "2024-10-15"}},
    "feed": {"title": "Ship’s", "content": [{"type": "text/html", "value": "<p>x</p>"}], "published": "2024-10-15"},
    "holes": {"maintext": "", "text": "x", "source": None, "title": "nan", "headline": "Ship’s"},
    "NYT": {"headline": {"main": "Ship’s"}, "pub_date": "2024-10-15", "source": "The Lantern", "lead_paragraph": "x"},
}  # fmt: skip
SAID = {"WordPress": "It left & sank.\nTwice.", "tokenised": "It left, he said.", "Factiva": "It left.\nIt sank."}


@pytest.mark.parametrize("export", EXPORTS)
def test_exports_are_read_as_they_come(export):
    for data in (
        json.dumps(EXPORTS[export]),
        json.dumps({"hits": [EXPORTS[export]]}),
        json.dumps([EXPORTS[export]] * 2),
    ):
        found = next(iter(files.articles("a.json", data.encode())))
        assert found.raw == SAID.get(export, "x")
        assert found.fields.get("title", "Ship’s") == "Ship’s"
        assert found.fields.get("outlet", "The Lantern") in ("The Lantern", "lantern.example")
        assert "2024" in found.fields.get("published", "2024")


def test_columns_and_keys_of_json_are_articles():
    rows = [{"title": "A", "text": "It rained."}, {"title": "B", "text": "It snowed."}]
    columned = {"title": {"0": "A", "1": "B"}, "text": {"0": "It rained.", "1": "It snowed."}}
    for data in (
        columned,
        {"title": ["A", "B"], "text": ["It rained.", "It snowed."]},
        dict(zip("xy", rows, strict=True)),
    ):
        found = list(files.articles("a.json", json.dumps(data).encode()))
        assert [(item.fields["title"], item.raw) for item in found] == [("A", "It rained."), ("B", "It snowed.")]


DATED, NAMED = {"title": "Ferry", "published": "2024-10-15"}, {"title": "Ferry", "outlet": "Lantern"}
HEADERS = [  # a text, what its header says, how many lines it takes
    ("Title: Ferry\nDate:\nSource: Lantern\n\nIt left.", NAMED, 3),
    ("Title: Ferry\nDate:\nSource:\nURL: http://l.example\nIt left.", {"title": "Ferry", "url": "http://l.example"}, 4),
    ("Title:\nDate:\nSource:\n\nIt left.", {}, 3),
    ("Title:Ferry\nDate:2024-10-15\nIt left.", DATED, 2),
    ("\n\nTITLE : Ferry\r\nDATE:\r\nOUTLET: Lantern\r\n\r\nIt left.", NAMED, 5),
    ("Title: Ferry\n\nDate: 2024-10-15\n\nIt left.", DATED, 3),
    ("Title: Ferry\nAuthor:\nSection:\nDate: 2024-10-15\n\nIt left.", DATED, 4),
    ("**Title:** Ferry\n**Date:** 2024-10-15\n\nIt left.", DATED, 2),
    ("---\ntitle: Ferry\ndate:\nsource: Lantern\n---\nIt left.", NAMED, 5),
    ("---\ntitle: Ferry: x\nsource: 'Lantern'\n---\nIt left.", {"title": "Ferry: x", "outlet": "Lantern"}, 4),
    # What follows a header is no part of it, and prose is none.
    ("Title: Ferry\nDate: 2024-10-15\nPutin: we will stay here.\nIt left.", DATED, 2),
    ("Title: Ferry\nDate: 2024-10-15\nKremlin: no deal in sight\n\nIt.", DATED, 2),
    ("Title: Ferry\nDate: 2024-10-15\nBackground:\nIt left.", DATED, 2),
    ("Title: Ferry\nDate: 2024-10-15\n\nMayor: we will stay.\nIt.", DATED, 2),
    ("Source: We left.\nDate: It was late.\nHe: It rained.", {}, 0),
    ("Question: who?\nAnswer: they.\n\nIt left.", {}, 0),
    ("Date:\nIt left.\nSource:\nIt came.", {}, 0),
    ("Putin:\nWe will stay.\nDate: none\n\n", {}, 0),
    ("Title: a line of a poem\nAnother line of it\n\nSource: a river", {}, 0),
    ("https://l.example/a\nhttps://l.example/b\n\nIt left.", {}, 0),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said", "last"), HEADERS)
def test_a_header_may_have_holes_and_prose_is_none(text, said, last):
    assert columns.front_matter(text) == (said, last)
    (found,) = files.articles("a.txt", text.encode())
    assert found.raw.splitlines()[last:] == text.splitlines()[last:]


def test_the_key_of_the_text_is_no_part_of_it():
    (found,) = files.articles("a.txt", b"Title: Ferry\nDate: 2024-10-15\nText: It left at noon.\nIt came back.")
    assert found.raw.split("\n")[2:] == ["It left at noon.", "It came back."]


def test_a_link_out_of_the_corpus_is_a_row_and_never_read(tmp_path):
    outside, home = tmp_path / "outside", tmp_path / "corpus"
    (outside / "more").mkdir(parents=True)
    (home / "articles").mkdir(parents=True)
    (home / "kept").mkdir()
    (home / "kept" / "b.txt").write_text(LONG)
    for name in ("s.txt", "more/t.txt", "outlets.csv", "actors.csv", "articles.csv", "furniture.yml", "chronology.csv"):
        (outside / name).write_text("doc,outlet\ngood,Secret\n")
    (home / "articles" / "good.txt").write_text(STORY)
    (home / "articles" / "inside.txt").symlink_to("../kept/b.txt")
    links = {"a.txt": "/etc/passwd", "d.txt": "/dev/zero", "p.txt": "/proc/self/environ", "s.txt": outside / "s.txt"}
    for name, target in ({**links, "more": outside / "more"}).items():
        (home / "articles" / name).symlink_to(target)
    beside = {
        name: outside / name
        for name in ("outlets.csv", "actors.csv", "articles.csv", "furniture.yml", "chronology.csv")
    }
    for name, target in ({**beside, "stray.txt": outside / "s.txt"}).items():
        (home / name).symlink_to(target)
    print_of_it = files.fingerprint(home)
    loaded = load(home)
    assert sorted(loaded.documents.doc) == ["good", "inside"]
    assert set(loaded.documents.outlet) == {"unknown outlet"}
    left = loaded.removed[loaded.removed.line == 0]
    assert sorted(left.text) == sorted([*links, "more", *beside, "stray.txt"])
    assert all("link" in rule and "\n" not in rule for rule in left.rule)
    (outside / "s.txt").write_text("another")
    assert files.fingerprint(home) == print_of_it
    (tmp_path / "door").symlink_to(home)  # the folder itself may be a link: it is the user who names it
    assert len(catalogue.read_documents(tmp_path / "door")[0]) == 2


def test_a_folder_of_articles_that_is_a_link_out_of_the_corpus_is_a_row(tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.txt").write_text("secret")
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "articles").symlink_to(tmp_path / "outside")
    with pytest.raises(InputError, match="holds no article"):
        catalogue.read_documents(tmp_path / "corpus")
    (tmp_path / "corpus" / "good.txt").write_text(STORY)
    documents, removed = catalogue.read_documents(tmp_path / "corpus")
    assert (documents.doc.tolist(), removed.doc.tolist()) == (["good"], ["articles"])


def test_the_size_of_a_file_is_asked_before_it_is_read(tmp_path):
    for name, size in (("a.txt", 11_000_000), ("b.html", 3_000_000), ("c.csv", files.ALL + 1)):
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)
    (tmp_path / "good.txt").write_text(STORY)
    documents, removed = catalogue.read_documents(tmp_path)
    assert documents.doc.tolist() == ["good"]
    assert [rule.partition(":")[0] for rule in removed.rule] == [
        "larger than 10 MB", "a page larger than 2 MB", "larger than 2,000 MB",
    ]  # fmt: skip


def test_an_archive_of_hidden_files_says_so():
    (found,) = files.articles("a.zip", archive(_dot_hidden_dot_txt=STORY, _dot_hidden__a_dot_txt=STORY))
    assert found.why == "an archive without anything that is read"
