"""Reading what wants to break it: crashes, silent losses and slow inputs among texts, files and folders made for that.

    python benchmarks/hostile.py [N] [SEED]          N inputs (100,000), the same for the same seed (1)
    python benchmarks/hostile.py 1 SEED --at K       input K of that seed alone, with its traceback

A crash is any error but a line for the user (InputError, or a Problem of a file), and a table or an offset that does
not hold. A silent loss is a file that gives neither an article nor a row in `removed`, or a sentence planted between
prose that is neither in the text nor in what was cut. Slow is more than a second and five more for each 100 kB, of CPU.
Prints how many of each, by kind, with the command that repeats the first; exit status 1 if there are any.
"""

import argparse
import contextlib
import csv
import gzip
import io
import json
import multiprocessing
import os
import random
import re
import resource
import signal
import sys
import tempfile
import traceback
import warnings
import zipfile
from collections import Counter
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

import helpers
from helpers import InputError
from helpers.language import dates, quotes, speech, split
from helpers.language import words as spelling
from helpers.reading import catalogue, clean, columns, files, furniture

PLANTED = "The harbour master counted forty-two barges at the northern pier before the ice came in."
PROSE = [
    "The council met for the ninth time on Tuesday and put off the vote on the new bridge.",
    "Ada Quist, the mayor of Lund, said that the ferries would run again within a week or two.",
    "“Nobody asked us about the reef,” said one of the divers, who had waited on the quay since dawn.",
    "Russia and China sent two ships each; Norway’s coast guard watched them from ten miles off.",
    "Prices of salt rose by 3.5 percent in May 2023, the U.S. Bureau of Mines wrote in its report.",
]
SECRET = "The words of this file lie outside of the folder and are nobody’s business at all."
MARKS = [
    *"\0\x0b\x0c\x1c\x85\u2028\u200b\u202e\u2066\ufeff\ufffe\ud800\udc80\u0301\u3000\u00ad\U0001f6a2‘’“”«»\"'`|•·©¹—…"
]
BITS = """&amp; &#0; &#x110000; â€™ Ã© Р— <b> </p> <!-- ]]> {{7*7}} $x^2$ ``` '' said: wrote: ((( [[[ ))) ]]] [12] [Photo (Image ://
http://[::1 www. https://x.example/2024/02/31/a mailto: 2024-10-15 31.02.2024 15-Oct-2024 99/99/9999 Oct.~14 0001-01-01
29~February~2023 20241015T120000Z 1e999 ٣ ２０２４ 99999999999999 -1 NaN null True Monday OSLO,~May~3~(NTB)~— BEIJING~( Oct.~99
Photo:~ Credit:~ By~ Share~on Click~to~expand Advertisement Read~more: Related~stories Copyright~2024~The~Lantern ©~2024 #12~·
Title: Date: URL: Source: --- ... !!python/object:os.system & * &a *a {} []: 1~2~3 >~>~> a~|~b 中文 日本語 العربية עברית नमस्ते
Mr. U.S. a.m. e.g. ... ?! .” !) he~said she~added according~to told~reporters “ ” ‘ ’ minister~of former~president~of X~Y~Z""".split()
BITS = [bit.replace("~", " ") for bit in BITS] + MARKS
SHELLS = ["\n", "\r\n", "\n\n", "\r", "\u2028", "\x0b", "\x85", " \n"]
NAMES = [
    "a.txt",
    "b b.md",
    "été.html",
    "2024-02-31.txt",
    "20241015_x.txt",
    "a.TXT",
    "a..txt",
    "-rf.txt",
    "~.txt",
    "x" * 200 + ".txt",
]
NAMES += [
    "\udcff.txt",
    "a\nb.txt",
    "\u202e.txt",
    "a.csv",
    "t.tsv",
    "j.json",
    "l.jsonl",
    "n.ndjson",
    "p.parquet",
    "z.zip",
    "q.zip.gz",
]
NAMES += [
    "w.htm",
    "v.xhtml",
    "g.txt.gz",
    "h.csv.gz",
    "i.jsonl.zst",
    "k.html.zst",
    "m.gz",
    "o.exe",
    "noend",
    "articles.csv",
    "$(x).txt",
]
COMPANIONS = [
    "articles.csv",
    "outlets.csv",
    "actors.csv",
    "surfaces.csv",
    "roles.csv",
    "chronology.csv",
    "furniture.yml",
    "columns.yml",
]
FIELDS = sorted({name for names in columns.FIELDS.values() for name in names[:4]})
LIMIT, EACH = 1.0, 5 / 100_000  # seconds an input may take, and seconds more for each byte
KINDS = {"text": 50, "file": 38, "folder": 8, "language": 3.5, "corpus": 0.5}  # of a hundred


class Late(BaseException):
    """An input takes too long; no Exception, which reading would take for damage of a file."""


class Fault(NamedTuple):
    """What went wrong with an input: crash, loss or slow, where, and which input."""

    kind: str
    where: str
    at: int


class Lost(AssertionError):
    """Words or a file of which nothing is left, not even a row."""


def some(rng: random.Random, most: int) -> int:
    """A number up to `most`, small ones far likelier."""
    return int(most ** rng.random() ** 1.5)


def line(rng: random.Random) -> str:
    """A line of prose, of furniture, of marks, or one thing over and over."""
    listed = furniture.rules().listed
    bit = rng.choice(BITS)
    if (kind := rng.random()) < 0.35:
        return rng.choice(PROSE)
    if kind < 0.5:
        rule = rng.choice(listed)
        return rng.choice([rule.example, *rule.within])
    if kind < 0.6:  # words of a rule, so that it nearly fits
        parts = re.findall(r"\w+|[^\w\s]", rng.choice(listed).pattern)
        return rng.choice(["", " ", " | "]).join(rng.choices(parts, k=some(rng, 30))) * some(rng, 20)
    if kind < 0.75:
        return (bit + rng.choice(["", " ", "-", ". "])) * some(rng, rng.choice([5, 60, 240, 2000]))
    if kind < 0.8:
        return bit * some(rng, 100) + rng.choice(PROSE) + rng.choice(BITS) * some(rng, 100)
    made = [rng.choice([*BITS, *rng.choice(PROSE).split()]) for _ in range(some(rng, 40))]
    return rng.choice(["", " ", "  ", "\t"]).join(made)


def text(rng: random.Random, *, most: int = 30) -> str:
    """A text of such lines, the planted sentence between prose in it, perhaps below a header or front matter."""
    lines = [line(rng) for _ in range(some(rng, most))]
    if rng.random() < 0.02:  # one line over and over, a little different each time
        lines += [f"{lines[0][:240]}{n}" for n in range(some(rng, 500))]
    if rng.random() < 0.01:
        lines.append(rng.choice(BITS) * (some(rng, 100_000)))
    at = rng.randrange(len(lines) + 1)
    lines[at:at] = [PROSE[0] + " It rained.", PLANTED, PROSE[3] + " It snowed."]
    if (top := rng.random()) < 0.15:
        keys = rng.sample(["Title", "Date", "URL", "Source", "Author", "X-Y", "Text", "Doc"], rng.randint(1, 5))
        lines = [f"{key}: {rng.choice([*BITS, ''])}" for key in keys] + [rng.choice(["", " ", "\t"])] + lines
    elif top < 0.3:
        lines = ["---", *yaml(rng), rng.choice(["---", "...", "--"]), *lines]
    return rng.choice(SHELLS[:3] * 3 + SHELLS).join(lines)


def yaml(rng: random.Random) -> list[str]:
    """Lines of YAML: keys twice, tags, aliases of aliases, brackets that nobody closes."""
    if rng.random() < 0.1:
        wide = rng.randint(2, 8)
        made = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}' if n else 'x'] * wide)}]" for n in range(rng.randint(2, 7))]
        return [*made, f"title: *a{len(made) - 1}"]
    keys = ["title", "date", "url", "outlet", "text", "doc", "rule", "pattern", "example", "within", "? [a]", "<<"]
    values = [
        "x",
        "[a, [b]]",
        "{a: b}",
        "!!binary x",
        "!!python/name:os.system",
        "&b *b",
        "2024-10-15",
        "'",
        "|",
        "[" * 500,
        "~",
    ]
    return [f"{rng.choice(keys)}: {rng.choice([*values, rng.choice(BITS)])}" for _ in range(some(rng, 12))]


def page(rng: random.Random) -> str:
    """HTML: the lines of a text in tags, some of them nested, unclosed, or with many attributes."""
    tags = rng.choices(
        ["p", "div", "span", "h1", "li", "table", "script", "svg", "x:y", "a href='x'", "time", "p style"], k=9
    )
    parts = [
        f"<{tag}>{one}{rng.choice(['', f'</{tag.split()[0]}>'])}" for one in text(rng).splitlines() for tag in tags[:1]
    ]
    if rng.random() < 0.3:
        parts.append(f"<{rng.choice(tags)}>" * some(rng, 2000) + "deep")
    if rng.random() < 0.1:
        parts.append(f"<p {' '.join(f'a{n}={n}' for n in range(some(rng, 20_000)))}>wide</p>")
    told = rng.choice(BITS + PROSE).replace('"', "")
    head = f'<meta property="article:published_time" content="{told}"><title>{told}</title><meta charset="{told[:12]}">'
    body = "".join(f"<p>{sentence}</p>" for sentence in [*PROSE, PLANTED, *PROSE[:2]])
    return f"<html><head>{head * rng.randint(0, 2)}</head><body><article>{body}</article>{''.join(parts)}"


def rows(rng: random.Random) -> list[dict]:
    """Articles as the rows of a table, with odd cells among them."""
    names = rng.sample(FIELDS, rng.randint(1, 6)) + rng.sample(
        ["", "x", "Text", "DOC", "text ", "a.b"], rng.randint(0, 2)
    )
    odd = [None, "", "nan", 3, 1e300, float("nan"), True, ["a", ["b"]], {"name": "x"}, 2**70, "x" * 5000]
    return [
        {name: rng.choice(odd) if rng.random() < 0.2 else rng.choice([line, text])(rng) for name in names}
        for _ in range(some(rng, 8))
    ]


def table(rng: random.Random) -> str:
    """Cells in any of the shapes that exports have; sometimes a great many columns, or a mark that nobody closes."""
    sink, given = io.StringIO(), rows(rng)
    quoting = rng.choice([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONE])
    writer = csv.writer(
        sink, delimiter=rng.choice(",;\t|"), quoting=quoting, escapechar="\\", lineterminator=rng.choice(SHELLS[:3])
    )
    extra = [f"c{n}" for n in range(some(rng, 16_000) if rng.random() < 0.05 else 0)]
    writer.writerow([*given[0], *extra])
    for row in given:
        writer.writerow([*row.values(), *extra][: rng.choice([None, None, None, 1])])
    return rng.choice(["", "", "sep=;\n"]) + sink.getvalue() + rng.choice(["", "", '"'])


def objects(rng: random.Random) -> str:
    """JSON: a list, lines, a wrapper, half of it, or brackets without end."""
    kind, made = rng.random(), rows(rng)
    if kind < 0.1:
        return rng.choice(["[", '{"a":', '{"text":[']) * some(rng, 50_000)
    if kind < 0.5:
        return "\n".join(json.dumps(row, ensure_ascii=rng.random() < 0.5) for row in made)
    wrapped = {rng.choice(columns.WRAPPERS): made} if kind < 0.7 else made
    return json.dumps(wrapped, indent=rng.choice([None, 1]))[: rng.choice([None, None, 200])]


def parquet(rng: random.Random) -> bytes:
    """A Parquet file of texts and odd types, or what pyarrow could not make one of."""
    sink, made = io.BytesIO(), rows(rng)
    with contextlib.suppress(pa.ArrowException, UnicodeEncodeError, OverflowError, TypeError, ValueError):
        names = list(dict.fromkeys(name for row in made for name in row))
        columns_ = {name: pa.array([None if row[name] is None else str(row[name]) for row in made]) for name in names}
        odd = [1, None, b"\xff", [1, [2]], {"a": None}, 1.5, True][rng.randrange(7)]
        pq.write_table(pa.table(columns_ | {rng.choice(FIELDS): pa.array([odd] * len(made))}), sink)
    return sink.getvalue()


def archive(rng: random.Random) -> bytes:
    """A zip archive of files of any kind, of hidden, repeated and wandering names."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", rng.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])) as file:
        for _ in range(rng.randint(0, 4)):
            name = rng.choice(["", "", "x/", "../", "/", ".h/", "__MACOSX/", "C:\\"]) + rng.choice(NAMES)
            file.writestr(name.encode("utf-8", "replace").decode(), made(rng, rng.choice(NAMES), deep=True))
    return sink.getvalue()


def made(rng: random.Random, name: str, *, deep: bool = False) -> bytes:
    """The bytes of a file of that name, in any encoding, packed as its ending says, and perhaps mutated."""
    ending = files.kind(name) if rng.random() < 0.95 else rng.choice(files.KINDS)
    if ending == ".zip":
        data = b"PK" if deep else archive(rng)
    elif ending == ".parquet":
        data = parquet(rng)
    else:
        makers = {".html": page, ".htm": page, ".xhtml": page, ".csv": table, ".tsv": table}
        written = makers.get(ending, objects if ending in columns.ROWS else text)(rng)
        data = written.encode(
            rng.choice(["utf-8"] * 6 + ["utf-8-sig", "utf-16", "utf-16-le", "cp1252", "shift_jis"]), "replace"
        )
    if name.endswith(".gz"):
        data = gzip.compress(data, 1)
    elif name.endswith(".zst"):
        data = pa.compress(data, "zstd", asbytes=True) if data else b""
    return mutated(rng, data) if rng.random() < 0.3 else data


def mutated(rng: random.Random, data: bytes) -> bytes:
    """Bytes flipped, cut out, repeated, put in, or all of them gone."""
    for _ in range(some(rng, 6)):
        a, b = sorted(rng.randrange(len(data) + 1) for _ in range(2))
        b = min(b, a + rng.choice([1, 8, 200]))
        part = rng.choice(
            [
                bytes(byte ^ 1 << rng.randrange(8) for byte in data[a:b]),
                b"",
                data[a:b] * 9,
                b"\0" + data[a:b],
                rng.randbytes(3),
            ]
        )
        data = data[:a] + part + data[b:]
    return data if rng.random() < 0.97 else b""


def folder(rng: random.Random, home: Path) -> int:
    """Fill a folder: articles, what may lie beside them, links in and out of it, a pipe; returns its bytes."""
    inside = home / "articles" if rng.random() < 0.2 else home
    inside.mkdir(parents=True, exist_ok=True)
    (home.parent / "secret.txt").write_text(SECRET + "\n" + "\n".join(PROSE), encoding="utf-8")
    (inside / "story.txt").write_text("\n".join([PROSE[0], PLANTED, *PROSE[1:]]), encoding="utf-8")
    size = 0
    for name in rng.sample(NAMES, rng.randint(0, 4)) + rng.sample(COMPANIONS, rng.choice([0, 0, 0, 1, 2])):
        place = (home if name in COMPANIONS else inside) / name
        data = companion(rng, name) if name in COMPANIONS else made(rng, name)
        with contextlib.suppress(OSError):
            place.write_bytes(data)
            size += len(data)
    for target in rng.sample(
        ["../secret.txt", "story.txt", ".", "..", "/dev/zero", "/proc/self/environ", "gone", "ring.txt"],
        rng.choice([0, 0, 1, 2]),
    ):
        with contextlib.suppress(OSError):
            (inside / rng.choice(["ring.txt", "link.txt", "link", "articles.csv", "furniture.yml"])).symlink_to(target)
    if rng.random() < 0.1:
        os.mkfifo(inside / "pipe.txt")
    return size


def companion(rng: random.Random, name: str) -> bytes:
    """A catalogue or a list of rules, that holds or does not."""
    if name.endswith(".yml"):
        rule = [
            "- rule: x",
            f"  pattern: '{rng.choice(['x+', '(?:x+)+', '(', 'a|b'])}'",
            f"  example: {rng.choice(['x', 'y', '[]'])}",
        ]
        return "\n".join(rule if rng.random() < 0.5 else yaml(rng)).encode("utf-8", "replace")
    head = {
        "articles": "doc,outlet,published,title,url",
        "outlets": "outlet,country",
        "chronology": "day,until,place,actors,what,source",
    }
    shown = head.get(
        name[:-4], rng.choice(["actor,name,kind", "surface,actor", "person,office,country,from,to", "doc"])
    )
    odd = ["story", "a", "The Lantern", "2024-10-15", "2024-99-99", "", '"', "http://x.example/a", *BITS]
    cells = [",".join(rng.choices(odd, k=shown.count(",") + rng.choice([1, 1, 1, 2]))) for _ in range(some(rng, 8))]
    data = "\n".join([shown, *cells]).encode("utf-8", "replace")
    return mutated(rng, data) if rng.random() < 0.2 else data


def read_text(rng: random.Random, home: Path, size: list[int]) -> None:
    raw = text(rng)
    size[0] = len(raw)
    body, cuts = clean.article(raw, rng.choice(["", "", PLANTED, rng.choice(raw.splitlines() or [""])]))
    if PLANTED not in body and not any(PLANTED in cut.text for cut in cuts):
        raise Lost("planted sentence")
    if body.strip() == "" and raw.strip(" \t\r\n") and not cuts:
        raise Lost("a whole text")


def read_file(rng: random.Random, home: Path, size: list[int]) -> None:
    name = rng.choice([name for name in NAMES if files.kind(name)])
    data = made(rng, name)
    size[0] = len(data)
    found = list(files.articles(name, data))
    if not found:
        raise Lost(f"a whole {files.kind(name)} file")
    whole = "\n".join(str(item) if isinstance(item, files.Problem) else item.raw for item in found)
    assert all("\n" not in item.why for item in found if isinstance(item, files.Problem)), "a reason of two lines"
    if (
        files.kind(name) in files.TEXT
        and PLANTED.encode() in data
        and not any(isinstance(item, files.Problem) for item in found)
    ):
        known = whole + "\n".join(cut[1] for item in found for cut in item.removed)
        if PLANTED not in known:
            raise Lost("planted sentence in a file of text")
    for item in found[:3]:
        if isinstance(item, files.Article):
            size[0] = max(size[0], len(item.raw))
            clean.article(item.raw, item.fields.get("title", ""))


def read_folder(rng: random.Random, home: Path, size: list[int]) -> None:
    size[0] = folder(rng, home)
    try:
        documents, removed = catalogue.read_documents(home, outlet_is=rng.choice(["", "The Lantern"]))
    except InputError as error:
        assert "\n" not in str(error), "an error of two lines"
        return
    documents.to_csv(), removed.to_csv()
    assert not documents.text.str.contains(SECRET[:40], regex=False).any(), "a file outside of the folder was read"
    assert not removed.rule.str.contains("\n", regex=False).any(), "a reason of two lines"
    told = {*documents.path.str.removeprefix("articles/"), *removed.text}
    docs = (*documents.doc, *removed.doc)
    inside = home / "articles" if (home / "articles").is_dir() else home
    for name in sorted(os.listdir(inside)):
        shown = files.printable(name)
        if name in catalogue.COMPANIONS or (inside / name).is_dir() or shown in told or name.startswith("."):
            continue
        if not any(doc == files.stem(shown) or doc.startswith(f"{files.stem(shown)}/") for doc in docs):
            raise Lost(f"a file in a folder ({Path(name).suffix})")
    if "story" in set(documents.doc) and (inside / "story.txt").is_file():
        story = documents.text[documents.doc == "story"].iloc[0]
        if PLANTED not in story and not removed.text.str.contains(PLANTED, regex=False).any():
            raise Lost("planted sentence in a folder")


def read_corpus(rng: random.Random, home: Path, size: list[int]) -> None:
    size[0] = folder(rng, home) + 100_000  # what a corpus takes however small it is
    with contextlib.suppress(InputError):
        corpus = helpers.load(home)
        texts = dict(zip(corpus.documents.doc, corpus.documents.text, strict=True))
        for row in corpus.sentences.itertuples():
            assert texts[row.doc][row.start : row.end] == row.text, "the offsets of a sentence"


def read_language(rng: random.Random, home: Path, size: list[int]) -> None:
    written = rng.choice([line, text])(rng)
    size[0] = len(written)
    for told in (
        dates.parse,
        dates.in_name,
        dates.dateline,
        columns.host,
        catalogue.language,
        files.printable,
        files.stem,
        files.kind,
    ):
        told(written)
    named = [*dates.named(written)]
    assert all(written[day.start : day.end] for day in named), "the offsets of a date"
    own = [*split.sentences(written)]
    assert all(a.end <= b.start for a, b in zip(own, own[1:], strict=False)), "sentences overlap"
    outside = "".join(
        written[a:b] for a, b in zip([0, *(s.end for s in own)], [*(s.start for s in own), len(written)], strict=True)
    )
    if outside.strip():
        raise Lost("words outside of every sentence")
    assert split.count(written) == len(split.words(written)), "two counts of words"
    assert len(spelling.fold(written)) == len(written), "folding moves offsets"
    assert len(quotes.mask(written, quotes.pairs(written))) == len(written), "masking moves offsets"
    spans = speech.spans(written)
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False)), "spans of speech overlap"
    for word in split.words(written)[:50]:
        spelling.spelled(word)
    columns.front_matter(written)


READERS = {
    "text": read_text,
    "file": read_file,
    "folder": read_folder,
    "language": read_language,
    "corpus": read_corpus,
}


def where(error: BaseException) -> str:
    """The error and the innermost place of the project at which it rose."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "/helpers/" in frame.filename]
    place = f" in {frames[-1].filename.rpartition('/helpers/')[2]}, {frames[-1].name}" if frames else ""
    return f"{type(error).__name__}: {str(error).splitlines()[0][:60] if str(error) else ''}{place}"


def tried(seed: int, at: int, *, raises: bool = False) -> tuple[str, Fault | None]:
    """The kind of an input, and what went wrong with it."""
    rng, size = random.Random(f"{seed}/{at}"), [0]
    kind = rng.choices([*KINDS], [*KINDS.values()])[0]

    def _late(number: int, frame: object) -> None:
        raise Late

    signal.signal(signal.SIGVTALRM, _late)
    with tempfile.TemporaryDirectory() as place, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        start, fault = process_time(), None
        try:
            signal.setitimer(signal.ITIMER_VIRTUAL, 30)
            READERS[kind](rng, Path(place) / "corpus", size)
        except (Lost, Late, Exception) as error:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            if raises:
                traceback.print_exc()
            name = "slow" if isinstance(error, Late) else "loss" if isinstance(error, Lost) else "crash"
            fault = Fault(name, f"{kind}, {where(error)}", at)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        seconds = process_time() - start
    if not fault and seconds > LIMIT + EACH * size[0]:
        fault = Fault("slow", f"{kind} of {size[0]:,} bytes, {seconds:.1f} s", at)
    return kind, fault


def warm() -> None:
    """Load what is loaded once, and take no more memory than a machine has."""
    resource.setrlimit(resource.RLIMIT_AS, (8 << 30, resource.RLIM_INFINITY))
    list(files.articles("a.html", page(random.Random(1)).encode("utf-8", "replace")))
    list(files.articles("a.txt", "Ein Haus für Åse, Ændringer på øen, 10 £".encode("cp1252")))
    catalogue.language("Ein Haus steht auf dem Berg, und niemand weiß warum.")
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "a.txt").write_text("\n".join(PROSE), encoding="utf-8")
        helpers.load(place)


def _tried(task: tuple[int, int]) -> tuple[str, Fault | None]:
    return tried(*task)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("number", nargs="?", type=int, default=100_000)
    parser.add_argument("seed", nargs="?", type=int, default=1)
    parser.add_argument("--at", type=int, default=None, help="try this input alone")
    options = parser.parse_args(argv)
    start = perf_counter()
    if options.at is not None:
        warm()
        done = [tried(options.seed, options.at, raises=True)]
    else:
        with multiprocessing.get_context("spawn").Pool(os.cpu_count(), warm) as pool:
            tasks = ((options.seed, at) for at in range(options.number))
            done = list(pool.imap(_tried, tasks, chunksize=20))
    faults = [fault for _, fault in done if fault]
    kinds = ", ".join(f"{name} {count:,}" for name, count in sorted(Counter(kind for kind, _ in done).items()))
    print(f"inputs       {len(done):,} ({kinds}), seed {options.seed}, in {perf_counter() - start:,.0f} s")
    for kind, words in (("crash", "crashes"), ("loss", "silent losses"), ("slow", "slow")):
        own = [fault for fault in faults if fault.kind == kind]
        print(f"{words:<12} {len(own):,}")
        for place, count in Counter(fault.where for fault in own).most_common(20):
            first = next(fault.at for fault in own if fault.where == place)
            print(f"  {count:>6,}  {place}; repeat: hostile.py 1 {options.seed} --at {first}")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
