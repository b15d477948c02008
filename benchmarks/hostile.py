"""Reading what wants to break it: crashes, silent losses and slow inputs among texts, files and folders made for that.

    python benchmarks/hostile.py [N] [SEED]          N inputs (100,000), the same for the same seed (1)
    python benchmarks/hostile.py 1 SEED --at K       input K of that seed alone, with its traceback
    python benchmarks/hostile.py 0                   the long articles alone

A crash is any error but a line for the user (InputError, or a Problem of a file), and a table or an offset that does
not hold. A silent loss is a file that gives neither an article nor a row in `removed`, or a sentence planted between
prose, in a cell, or in a page behind a tag that nobody closed, that is neither in the text nor in what was cut. Slow is
more than two seconds and five more for each 100 kB, of CPU time. Prints how many of each, by kind, and the command that
repeats the first; exit status 1 if there are any.

At the end it loads articles that are far too long, each in a process of its own and for a minute at most, and prints
the seconds, and how many times as long a character takes there as in articles of usual length.
"""

import argparse
import csv
import gzip
import io
import json
import os
import random
import re
import signal
import sys
import tempfile
import traceback
import warnings
import zipfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, process_time

import pyarrow as pa
import pyarrow.parquet as pq

import helpers
from helpers import InputError
from helpers.language import dates, quotes, speech, split
from helpers.language import words as spelling
from helpers.reading import catalogue, clean, columns, files, furniture

PLANTED = "The harbour master counted forty-two barges at the northern pier before the ice came in."
SECRET = "The words of this file lie outside of the folder and are nobody’s business at all."
SWALLOWED = "The pilot of the second boat saw no light at all and turned back before the bar was reached."
PROSE = """The council met for the ninth time on Tuesday and put off the vote on the new bridge.
Ada Quist, the mayor of Lund, said that the ferries would run again within a week or two.
“Nobody asked us about the reef,” said one of the divers, who had waited on the quay since dawn.
Russia and China sent two ships each; Norway’s coast guard watched them from ten miles off.
Prices of salt rose by 3.5 percent in May 2023, the U.S. Bureau of Mines wrote in its report.""".split("\n")
MARKS = "\0\x0b\x0c\x1c\x85\u2028\u200b\u202e\ufeff\ufffe\ud800\udc80\u0301\u3000\xad\U0001f6a2‘’“”«»\"'`|•·©¹—…"
BITS = """&amp; &#0; &#x110000; â€™ Ã© Р— <b> </p> <!-- ]]> {{7*7}} $x^2$ ``` '' said: wrote: ((( [[[ ))) ]]] [12]
[Photo (Image :// http://[::1 www. https://x.example/2024/02/31/a mailto: 2024-10-15 31.02.2024 15-Oct-2024
99/99/9999 Oct.~14 0001-01-01 29~February~2023 20241015T120000Z 1e999 ٣ ２０２４ 99999999999999 -1 NaN null True
Monday OSLO,~May~3~(NTB)~— BEIJING~( Oct.~99 Photo:~ Credit:~ By~ Share~on Click~to~expand Advertisement
Read~more: Copyright~2024~The~Lantern ©~2024 #12~· Title: Date: URL: Source: --- ... !!python/object:os.system & *
&a *a {} []: 1~2~3 >~>~> a~|~b 中文 日本語 العربية עברית नमस्ते Mr. U.S. a.m. ?! .” !) he~said she~added
according~to told~reporters minister~of former~president~of <script> </script> <style> <!--> --> <p~class="x> <a~b='"""
BITS = [*BITS.replace("\n", " ").split(), *MARKS]
BITS = [bit.replace("~", " ") for bit in BITS]
BREAKS = ["\n"] * 6 + ["\r\n", "\n\n", "\r", "\u2028", "\x0b", "\x85", " \n"]
NAMES = """a.txt b~b.md été.html 2024-02-31.txt 20241015_x.txt a.TXT a..txt -rf.txt ~~.txt \udcff.txt \u202e.txt
a.csv t.tsv j.json l.jsonl n.ndjson p.parquet z.zip q.zip.gz w.htm v.xhtml g.txt.gz h.csv.gz i.jsonl.zst
k.html.zst m.gz o.exe noend articles.csv $(x).txt a\x1bb.txt .hidden.txt"""
NAMES = [name.replace("~", " ") for name in NAMES.split()] + ["x" * 200 + ".txt", "a\nb.txt"]
COMPANIONS = {
    "articles.csv": "doc,outlet,published,title,url",
    "outlets.csv": "outlet,country",
    "actors.csv": "actor,name,kind,aliases",
    "surfaces.csv": "surface,actor",
    "roles.csv": "person,office,country,from,to",
    "chronology.csv": "day,until,place,actors,what,source",
    "furniture.yml": "",
    "columns.yml": "",
}
TARGETS = "../secret.txt story.txt . .. /dev/zero /proc/self/environ gone ring.txt".split()
LINKS = "ring.txt link.txt link articles.csv furniture.yml articles".split()
ODD = [None, "", "nan", 3, 1e300, float("nan"), True, ["a", ["b"]], {"name": "x"}, 2**70, "x" * 5000, b"\xff"]
FIELDS = sorted({name for names in columns.FIELDS.values() for name in names[:4]})
YAML = """x;[a, [b]];{a: b};!!binary x;!!python/name:os.system;&b *b;2024-10-15;';|;[[[[[[;~;"a\\ud800";- a;? a;!!bool x
!!timestamp x;!!int '';!!float '';"\\U99999999";{<<: a}""".replace("\n", ";").split(";")
BROKEN = """<script>|<script src='x'>|<script type="x>|<script|<style>|<style type='x>|<noscript>|<template>|<iframe>
<textarea>|<title>|<select>|<svg>|<xmp>|<plaintext>|<!--|<!-- x --!>|<!-- x -- >|<!|<?|<![CDATA[|<!DOCTYPE |<p class="x>
<p class='x>|<p class="|<p|<p |<a href="x>|<img alt='x>|</p class="x>|<p a=<b>|<script/>|<script>x</script foo>|<object>
<head>|<frameset>"""
BROKEN = BROKEN.replace("\n", "|").split("|")
BASE, EACH = 2.0, 5 / 100_000  # seconds an input may take, and seconds more for each byte
STOP = 60  # seconds after which an input is given up
QUOTATIONS, CHARACTERS = 133_000, 5_000_000  # in an article that is far too long
LINES = {
    "in one sentence": "“Yes”, ",
    "he said": "“Yes,” he said. ",
    "with names": "“Yes,” Ada Quist of Norway told Reuters. ",
    "never closed": "“Yes he said. ",
}
PARTS = {"usual articles": "", "in paragraphs": "\n", "in one line": " "}  # and what stands between them


class Late(BaseException):
    """An input takes too long; no Exception, because reading would take that for damage of a file."""


class LostError(AssertionError):
    """Words or a file of which nothing is left, not even a row."""


def some(rng: random.Random, most: int) -> int:
    """A number up to `most`, small ones far likelier."""
    return int(most ** rng.random() ** 1.5)


def line(rng: random.Random) -> str:
    """A line of prose, of furniture, of marks, or one thing over and over."""
    bit, rule, kind = rng.choice(BITS), rng.choice(furniture.rules().listed), rng.random()
    if kind < 0.35:
        return rng.choice(PROSE)
    if kind < 0.5:
        return rng.choice([rule.example, *rule.within])
    if kind < 0.6:  # words of a rule, so that it nearly fits
        parts = re.findall(r"\w+|[^\w\s]", rule.pattern)
        return rng.choice(["", " ", " | "]).join(rng.choices(parts, k=some(rng, 30))) * some(rng, 20)
    if kind < 0.75:
        return (bit + rng.choice(["", " ", "-", ". "])) * some(rng, rng.choice([5, 60, 240, 2000]))
    if kind < 0.8:
        return bit * some(rng, 100) + rng.choice(PROSE) + rng.choice(BITS) * some(rng, 100)
    words = [rng.choice([*BITS, *rng.choice(PROSE).split()]) for _ in range(some(rng, 40))]
    return rng.choice(["", " ", "  ", "\t"]).join(words)


def text(rng: random.Random) -> str:
    """A text of such lines, the planted sentence between prose in it, perhaps below a header or front matter."""
    lines = [line(rng) for _ in range(some(rng, 30))]
    if rng.random() < 0.02:  # one line many times, a little different each time
        lines += [f"{lines[0][:240]}{n}" for n in range(some(rng, 500))]
    if rng.random() < 0.01:
        lines.append(rng.choice(BITS) * some(rng, 100_000))
    at = rng.randrange(len(lines) + 1)
    lines[at:at] = [f"{PROSE[0]} It rained.", PLANTED, f"{PROSE[3]} It snowed."]
    if (top := rng.random()) < 0.15:
        keys = rng.sample("Title Date URL Source Author X-Y Text Doc".split(), rng.randint(1, 5))
        lines = [*(f"{key}: {rng.choice([*BITS, ''])}" for key in keys), rng.choice(["", " ", "\t"]), *lines]
    elif top < 0.3:
        lines = ["---", *yaml(rng), rng.choice(["---", "...", "--"]), *lines]
    return rng.choice(BREAKS).join(lines)


def yaml(rng: random.Random) -> list[str]:
    """Lines of YAML: keys twice, tags, aliases of aliases, brackets that nobody closes."""
    if rng.random() < 0.1:
        wide = rng.randint(2, 8)
        made = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}' if n else 'x'] * wide)}]" for n in range(rng.randint(2, 7))]
        return [*made, f"title: *a{len(made) - 1}"]
    keys = "title date url outlet text doc rule pattern example within <<".split()
    return [f"{rng.choice(keys)}: {rng.choice([*YAML, *BITS]) * some(rng, 40)}" for _ in range(some(rng, 12))]


def page(rng: random.Random) -> str:
    """HTML: the lines of a text in tags, some of them nested, unclosed, or with many attributes."""
    tags = rng.choices("p|div|span|h1|li|table|script|svg|x:y|a href='x'|time|p style|!--|template".split("|"), k=6)
    parts = [f"<{tag}>{one}{rng.choice(['', f'</{tag}>'])}" for tag in tags for one in text(rng).splitlines()[:5]]
    if rng.random() < 0.3:
        parts.append(f"<{rng.choice(tags)}>" * some(rng, 2000) + "deep")
    if rng.random() < 0.05:
        parts.append(f"<p {' '.join(f'a{n}={n}' for n in range(some(rng, 20_000)))}>wide</p>")
    told = rng.choice(BITS + PROSE).replace('"', "")
    head = f'<meta property="article:published_time" content="{told}"><title>{told}</title><meta charset="{told[:12]}">'
    body = [f"<p>{sentence}</p>" for sentence in [*PROSE, SWALLOWED, *PROSE[:2]]]
    for _ in range(rng.choice([0, 0, 1, 2])):  # before what is planted, or in it
        at = rng.randrange(len(PROSE) + 1)
        body[at] = rng.choice(["{1}{0}", "<p>{1}{2}"]).format(body[at], rng.choice(BROKEN), body[at][3:])
    ends = rng.choice(["", "", "<script>a()</script><style>b</style><!-- c --><iframe></iframe>"])
    page = f"<html><head>{head * rng.randint(0, 2)}</head><body><article>{''.join(body)}</article>{''.join(parts)}"
    return page + ends


def rows(rng: random.Random) -> list[dict]:
    """Articles as the rows of a table, with odd cells among them."""
    names = rng.sample(FIELDS, rng.randint(1, 6)) + rng.sample(
        ["", "x", "Text", "DOC", "text ", "a.b"], rng.choice([0, 1])
    )
    cell = {True: lambda: rng.choice(ODD), False: lambda: rng.choice([line, text])(rng)}
    return [{name: cell[rng.random() < 0.2]() for name in names} for _ in range(some(rng, 8))]


def table(rng: random.Random) -> str:
    """Cells in any of the shapes that exports have; sometimes a great many columns, or a mark that nobody closes."""
    sink, made, quoting = io.StringIO(), rows(rng), rng.choice([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONE])
    writer = csv.writer(sink, quoting=quoting, delimiter=rng.choice(",;\t|"), escapechar="\\")
    extra = [f"c{n}" for n in range(some(rng, 16_000) if rng.random() < 0.05 else 0)]
    with suppress(csv.Error):  # one empty cell without quotation marks
        writer.writerow([*made[0], *extra])
        for row in made:
            writer.writerow([*row.values(), *extra][: rng.choice([None, None, None, 1])])
    return rng.choice(["", "", "sep=;\n"]) + sink.getvalue() + rng.choice(["", "", '"'])


def objects(rng: random.Random) -> str:
    """JSON: a list, lines, a wrapper, half of it, or brackets without end."""
    kind, made = rng.random(), rows(rng)
    if kind < 0.1:
        return rng.choice(["[", '{"a":', '{"text":[']) * some(rng, 50_000)
    if kind < 0.5:
        return "\n".join(json.dumps(row, ensure_ascii=rng.random() < 0.5, default=repr) for row in made)
    wrapped = {rng.choice(columns.WRAPPERS): made} if kind < 0.7 else made
    return json.dumps(wrapped, indent=rng.choice([None, 1]), default=repr)[: rng.choice([None, None, 200])]


def parquet(rng: random.Random) -> bytes:
    """A Parquet file of texts and a column of an odd type; empty where pyarrow can make none."""
    sink, made = io.BytesIO(), rows(rng)
    with suppress(pa.ArrowException, UnicodeEncodeError, OverflowError):
        own = {name: pa.array([row[name] and str(row[name]) for row in made]) for name in made[0]}
        pq.write_table(pa.table(own | {rng.choice(FIELDS): pa.array([rng.choice(ODD)] * len(made))}), sink)
    return sink.getvalue()


def archive(rng: random.Random) -> bytes:
    """A zip archive of files of any kind, under hidden, repeated and wandering names."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", rng.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])) as file:
        for _ in range(rng.randint(0, 4)):
            name = rng.choice(["", "", "x/", "../", "/", ".h/", "__MACOSX/", "C:\\"]) + rng.choice(NAMES)
            entry = zipfile.ZipInfo(name.encode("utf-8", "replace").decode())
            file.writestr(entry, packed(rng, rng.choice(NAMES[:16])))
    return sink.getvalue()


def packed(rng: random.Random, name: str) -> bytes:
    """The bytes of a file of that name, in any encoding, packed as its ending says, and perhaps mutated."""
    ending = files.kind(name) if rng.random() < 0.95 else rng.choice(files.KINDS)
    if ending in (".zip", ".parquet"):
        data = (archive if ending == ".zip" else parquet)(rng)
    else:
        maker = page if ending in files.HTML else table if ending in (".csv", ".tsv") else objects
        written = (maker if ending in (*files.HTML, *columns.ROWS) else text)(rng)
        encoding = rng.choice(["utf-8"] * 6 + ["utf-8-sig", "utf-16", "utf-16-le", "cp1252", "shift_jis"])
        data = written.encode(encoding, "replace")
    if name.endswith((".gz", ".zst")):
        data = gzip.compress(data, 1, mtime=0) if name.endswith(".gz") else pa.compress(data, "zstd", asbytes=True)
    return mutated(rng, data) if rng.random() < 0.3 else data


def mutated(rng: random.Random, data: bytes) -> bytes:
    """Bytes flipped, cut out, repeated, put in, or all of them gone."""
    for _ in range(some(rng, 6)):
        a = rng.randrange(len(data) + 1)
        part = data[a : (b := a + rng.choice([1, 8, 200]))]
        flipped = bytes(byte ^ 1 << rng.randrange(8) for byte in part)
        data = data[:a] + rng.choice([flipped, b"", part * 9, b"\0" + part, rng.randbytes(3)]) + data[b:]
    return data if rng.random() < 0.97 else b""


def companion(rng: random.Random, name: str) -> bytes:
    """A catalogue or a list of rules, that holds or does not."""
    if rng.random() < 0.2:
        return mutated(rng, text(rng).encode("utf-8", "replace"))
    if name.endswith(".yml"):
        rule = (
            f"- rule: x\n  pattern: '{rng.choice(['x+', '(?:x+)+', '(', 'a|b'])}'\n  example: {rng.choice(['x', '[]'])}"
        )
        return rng.choice([rule, "\n".join(yaml(rng))]).encode("utf-8", "replace")
    cells = ["story", "a", "The Lantern", "2024-10-15", "2024-99-99", "", '"', "http://x.example/a", *BITS]
    wide = COMPANIONS[name].count(",") + rng.choice([1, 1, 1, 2])
    lines = [COMPANIONS[name], *(",".join(rng.choices(cells, k=wide)) for _ in range(some(rng, 8)))]
    return "\n".join(lines).encode("utf-8", "replace")


def folder(rng: random.Random, home: Path) -> int:
    """Fill a folder: articles, what may lie beside them, links in and out of it, a pipe; returns its bytes."""
    inside = home / "articles" if rng.random() < 0.2 else home
    inside.mkdir(parents=True)
    (home.parent / "secret.txt").write_text("\n".join([*PROSE, SECRET]), encoding="utf-8")
    (inside / "story.txt").write_text("\n".join([PROSE[0], PLANTED, *PROSE[1:]]), encoding="utf-8")
    made = {inside / name: packed(rng, name) for name in rng.sample(NAMES, rng.randint(0, 4))}
    made |= {home / name: companion(rng, name) for name in rng.sample([*COMPANIONS], rng.choice([0, 0, 0, 1, 2]))}
    for path, data in made.items():
        path.write_bytes(data)
    for target in rng.sample(TARGETS, rng.choice([0, 0, 1, 2])):
        with suppress(FileExistsError):
            (inside / rng.choice(LINKS)).symlink_to(target)
    if rng.random() < 0.1:
        os.mkfifo(inside / "pipe.txt")
    return sum(map(len, made.values()))


def holds(true: object, words: str, error: type[AssertionError] = AssertionError) -> None:
    if not true:
        raise error(words)


def read_text(rng: random.Random, home: Path, size: list[int]) -> None:
    raw = text(rng)
    size[0] = len(raw)
    body, cuts = clean.article(raw, rng.choice(["", "", PLANTED, rng.choice(raw.splitlines())]))
    holds(PLANTED in body or any(PLANTED in cut.text for cut in cuts), "the planted sentence", LostError)


def read_file(rng: random.Random, home: Path, size: list[int]) -> None:
    name = rng.choice([name for name in NAMES if files.kind(name)])
    data = packed(rng, name)
    found = list(files.articles(name, data))
    problems = [item for item in found if isinstance(item, files.Problem)]
    texts = [item for item in found if isinstance(item, files.Article)]
    size[0] = max(len(data), *(len(item.raw) for item in texts), 0)
    holds(found, f"a whole file, {files.kind(name)}", LostError)
    if files.kind(name) in files.TEXT and PLANTED.encode() in data and not re.search(rb"<html|\0", data):
        told = [item.raw for item in texts] + [cut[1] for item in texts for cut in item.removed]
        holds(problems or any(PLANTED in one for one in told), "the planted sentence in a file of text", LostError)
    if SWALLOWED.encode() in data and b"\0" not in data:
        told = [item.raw for item in texts] + [cut[1] for item in texts for cut in item.removed]
        holds(problems or any(SWALLOWED in one for one in told), "the planted sentence in a page", LostError)


def read_table(rng: random.Random, home: Path, size: list[int]) -> None:
    made = [{"doc": f"d{n}", "text": text(rng), "outlet": line(rng)} for n in range(rng.randint(1, 6))]
    ending, sink = rng.choice([*columns.ROWS, ".parquet"]), io.StringIO()
    if ending in (".csv", ".tsv"):
        breaks, quoting = rng.choice(["\n", "\r\n"]), rng.choice([csv.QUOTE_ALL, csv.QUOTE_MINIMAL])
        mark = "\t" if ending == ".tsv" else rng.choice(",;\t|")
        writer = csv.writer(sink, quoting=quoting, delimiter=mark, lineterminator=breaks)
        writer.writerows([[*made[0]], *(row.values() for row in made)])
        data = sink.getvalue().encode("utf-8", "replace")
    elif ending == ".parquet":
        plain = [{name: cell.encode("utf-8", "replace").decode() for name, cell in row.items()} for row in made]
        pq.write_table(pa.Table.from_pylist(plain), own := io.BytesIO())
        data = own.getvalue()
    else:
        lines = [json.dumps(row, ensure_ascii=rng.random() < 0.5) for row in made]
        data = ("\n".join(lines) if ending != ".json" else f"[{','.join(lines)}]").encode("utf-8", "replace")
    size[0], found = len(data), list(files.articles(f"a{ending}", data))
    told = [[item.raw, *(cut[1] for cut in item.removed)] for item in found if isinstance(item, files.Article)]
    kept = sum(any(PLANTED in one for one in words) for words in told) + len(found) - len(told)
    refused = [item.doc for item in found] == ["a"]  # in one row for all
    holds(refused or kept >= len(made), f"the planted sentence of a row, {ending}", LostError)


def read_folder(rng: random.Random, home: Path, size: list[int]) -> None:
    size[0] = folder(rng, home)
    try:
        documents, removed = catalogue.read_documents(home, outlet_is=rng.choice(["", "The Lantern"]))
    except InputError as error:
        return holds(len(str(error).splitlines()) == 1, "an error of two lines")
    whole = "\n".join([*documents.text, *documents.title, *removed.text])
    holds(SECRET not in whole, "a file outside of the folder was read")
    holds(all(len(why.splitlines()) == 1 for why in removed.rule), "a reason of two lines")
    told, docs = {*documents.path.str.removeprefix("articles/"), *removed.text}, (*documents.doc, *removed.doc)
    inside = home / "articles" if (home / "articles").is_dir() and not (home / "articles").is_symlink() else home
    for name in sorted(files.printable(path.name) for path in inside.iterdir()):
        stem = files.stem(name)
        passed_over = name in told or name in COMPANIONS or name.startswith(".") or (inside / name).is_dir()
        kept = passed_over or any(doc == stem or doc.startswith(f"{stem}/") for doc in docs)
        holds(kept, f"a file of a folder, {Path(name).suffix}", LostError)
    if "story" in docs and not (inside / "story.txt").is_symlink():
        holds(PLANTED in whole, "the planted sentence in a folder", LostError)


def read_corpus(rng: random.Random, home: Path, size: list[int]) -> None:
    made = [text(rng).encode("utf-8", "replace") for _ in range(some(rng, 12))]
    size[0] = folder(rng, home) + sum(map(len, made)) + 100_000  # what a corpus takes however small it is
    for number, data in enumerate([*made, mutated(rng, made[0])]):
        (home / f"text {number}.txt").write_bytes(data)
    with suppress(InputError):
        corpus = helpers.load(home)
        texts = dict(zip(corpus.documents.doc, corpus.documents.text, strict=True))
        for row in corpus.sentences.itertuples():
            holds(texts[row.doc][row.start : row.end] == row.text, "the offsets of a sentence")


def read_language(rng: random.Random, home: Path, size: list[int]) -> None:
    written = rng.choice([line, text])(rng)
    size[0] = len(written)
    for told in (dates.parse, dates.in_name, dates.dateline, columns.host, catalogue.language, columns.front_matter):
        told(written)
    for told in (files.printable, files.stem, files.kind, spelling.spellings, spelling.is_headline):
        told(written[:2000])
    holds(all(written[day.start : day.end] for day in dates.named(written)), "the offsets of a date")
    own = [(0, 0), *(sentence[1:3] for sentence in split.sentences(written)), (len(written),) * 2]
    holds(all(a[1] <= b[0] for a, b in pairwise(own)), "sentences overlap")
    holds(not any(written[a[1] : b[0]].strip() for a, b in pairwise(own)), "words outside of every sentence", LostError)
    holds(split.count(written) == len(split.words(written)), "two counts of words")
    holds(len(spelling.fold(written)) == len(written), "folding moves offsets")
    holds(len(quotes.mask(written, quotes.pairs(written))) == len(written), "masking moves offsets")
    holds(all(a.end <= b.start for a, b in pairwise(speech.spans(written))), "spans of speech overlap")


READERS = {
    "text": read_text,
    "file": read_file,
    "table": read_table,
    "folder": read_folder,
    "language": read_language,
    "corpus": read_corpus,
}
SHARES = (46, 38, 4, 8, 3.5, 0.5)  # of a hundred


def tried(seed: int, at: int, *, raises: bool = False) -> tuple[str, str, str]:
    """The kind of an input, and what went wrong with it: "crash", "loss", "slow" or "", and where."""
    rng, size, fault, seen = random.Random(f"{seed}/{at}"), [0], "", ""
    kind = rng.choices([*READERS], SHARES)[0]
    with tempfile.TemporaryDirectory() as place, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        start = process_time()
        try:
            signal.setitimer(signal.ITIMER_VIRTUAL, STOP)
            READERS[kind](rng, Path(place) / "corpus", size)
        except (Late, Exception) as error:
            frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "/helpers/" in frame.filename]
            place_ = f" in {frames[-1].filename.rpartition('/helpers/')[2]}, {frames[-1].name}" if frames else ""
            fault = "slow" if isinstance(error, Late) else "loss" if isinstance(error, LostError) else "crash"
            seen = f"{type(error).__name__}: {(str(error).splitlines() or [''])[0][:60]}{place_}"
            if raises:
                traceback.print_exc()
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        seconds = process_time() - start
    if not fault and seconds > BASE + EACH * size[0]:
        fault, seen = "slow", f"{size[0]:,} bytes, {seconds:.1f} s"
    return kind, fault, seen


def _late(number: int, frame: object) -> None:
    raise Late


def warm() -> None:
    """Load what is loaded once, so that no input pays for it."""
    signal.signal(signal.SIGVTALRM, _late)
    list(files.articles("a.html", page(random.Random(1)).encode("utf-8", "replace")))
    list(files.articles("a.txt", "Ein Haus für Åse, Ændringer på øen, 10 £".encode("cp1252")))
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "a.txt").write_text(
            "\n".join([*PROSE, "Ein Haus steht da, â€™ und niemand weiß es."]), encoding="utf-8"
        )
        helpers.load(place)


def long(kind: str) -> tuple[int, float]:
    """Load one article of a kind, or many of usual length: how many characters, and seconds; 0 where it is given up."""
    told = helpers.load().english().sentences.text.tolist()  # which also loads what is loaded once
    told *= CHARACTERS // sum(map(len, told)) + 1
    random.Random(1).shuffle(told)
    parts = [" ".join(told[at : at + 20]) for at in range(0, len(told), 20)]
    texts = [LINES[kind] * QUOTATIONS] if kind in LINES else [PARTS[kind].join(parts)] if PARTS[kind] else parts
    signal.signal(signal.SIGVTALRM, _late)
    with tempfile.TemporaryDirectory() as place, suppress(Late):
        for number, written in enumerate(texts):
            (Path(place) / f"a{number:05}.txt").write_text(written, encoding="utf-8")
        signal.setitimer(signal.ITIMER_VIRTUAL, STOP)
        start = process_time()
        helpers.load(place)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        return sum(map(len, texts)), process_time() - start
    return sum(map(len, texts)), 0.0


def longs() -> bool:
    """Print how long each kind of long article takes; whether one was given up."""
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as pool:
        done = dict(zip([*PARTS, *LINES], pool.map(long, [*PARTS, *LINES]), strict=True))
    size, seconds = done["usual articles"]
    for kind, (own, took) in done.items():
        ratio = f"{took / own * size / seconds:4.1f} times as long as usual" if took and seconds else "given up"
        print(f"long           {kind:<16} {own:>9,} characters, {took:5.1f} s, {ratio}")
    return not all(took for _, took in done.values())


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("number", nargs="?", type=int, default=100_000)
    parser.add_argument("seed", nargs="?", type=int, default=1)
    parser.add_argument("--at", type=int, help="try this input alone")
    options, start = parser.parse_args(argv), perf_counter()
    if options.at is not None:
        warm()
        done = [tried(options.seed, options.at, raises=True)]
    else:
        with ProcessPoolExecutor(os.cpu_count(), get_context("spawn"), warm) as pool:
            done = list(pool.map(tried, [options.seed] * options.number, range(options.number), chunksize=20))
    shares = ", ".join(f"{kind} {count:,}" for kind, count in Counter(kind for kind, *_ in done).most_common())
    print(f"inputs         {len(done):,} ({shares}), seed {options.seed}, in {perf_counter() - start:,.0f} s")
    for fault, words in (("crash", "crashes"), ("loss", "silent losses"), ("slow", "slow")):
        where = [(f"{kind}, {seen}", at) for at, (kind, own, seen) in enumerate(done, options.at or 0) if own == fault]
        print(f"{words:<14} {len(where):,}")
        first = dict(reversed(where))
        for place, count in Counter(place for place, _ in where).most_common(20):
            print(f"    {count:>6,}  {place}; repeat: hostile.py 1 {options.seed} --at {first[place]}")
    return int((options.at is None and longs()) or any(own for _, own, _ in done))


if __name__ == "__main__":
    sys.exit(main())
