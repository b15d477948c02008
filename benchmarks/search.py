"""The search page on the project's corpus and on planted articles: bytes, parts, and time from typing to painted hits.

    python benchmarks/search.py [articles] [folder to keep the page in]

With a number, so many articles are put together from the sentences of the project's own, at random, as long as those.
Each of 20 queries is typed into the page in Chromium, opened from its file, all parts read; the time runs from the
input event to the second frame after the hits stand on the page.
"""

import random
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter
from types import SimpleNamespace

import pandas as pd

from helpers import load
from helpers.corpus import Corpus
from helpers.report import library, pages, search
from helpers.show.html import TEMPLATES, templates

QUERIES = [
    "Russia", "Russia China", "the", "a", "sanctions", "sanction*", '"no limits"', "Putin Xi", "war", "Beijing gas",
    "missile defence system", "exercise", "zebra", "e", "Shoigu", '"joint patrol"', "ministry of defence",
    "yuan rouble", "constructor", "drone*",
]  # fmt: skip
TYPED = """async query => {
    const field = document.getElementById("query"), count = document.getElementById("count");
    const painted = new Promise(done => new MutationObserver((_, watch) => {
        watch.disconnect();
        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
    }).observe(count, { childList: true }));
    const start = performance.now();
    field.value = query;
    field.dispatchEvent(new Event("input"));
    return [await painted - start, count.textContent];
}"""


def planted(corpus: Corpus, number: int) -> Corpus:
    """So many articles of random sentences of a corpus, each with the mentions in it, outlets and days as there."""
    pick = random.Random(7)
    own, rows, said, named = list(corpus.sentences.itertuples()), [], [], []
    mentions = {key: list(some.itertuples()) for key, some in corpus.mentions.groupby(["doc", "sent"])}
    lengths, facts = corpus.sentences.groupby("doc").size().tolist(), list(corpus.documents.itertuples(index=False))
    for article in range(number):
        doc, at, text = f"planted-{article}", 0, ""
        for sent, one in enumerate(pick.choices(own, k=pick.choice(lengths))):
            said.append((doc, 0, sent, at, at + len(one.text), one.words, one.text))
            for m in mentions.get((one.doc, one.sent), ()):
                start, end = m.start - one.start + at, m.end - one.start + at
                named.append((doc, sent, start, end, m.surface, m.actor, m.via, m.nested, m.voice))
            text, at = text + one.text + "\n", at + len(one.text) + 1
        rows.append(pick.choice(facts)._replace(doc=doc, text=text))
    return replace(
        corpus,
        documents=pd.DataFrame(rows, columns=corpus.documents.columns),
        sentences=pd.DataFrame(said, columns=corpus.sentences.columns),
        mentions=pd.DataFrame(named, columns=corpus.mentions.columns),
    )


def written(corpus: Corpus, folder: Path) -> dict:
    """The search page alone, as a report has it; all articles have a page there, which is not written."""
    shelf = library.Library(corpus, {doc: f"articles/{doc}.html" for doc in corpus.documents.doc})
    told = search.write(shelf, folder)
    page = {
        "title": "Search", "group": "", "href": "search.html", "root": "", "report": SimpleNamespace(title="Benchmark"),
        "groups": [], "search": "search.html", "against": "", "cite": None, "corpus": "planted",
        "made_with": "benchmarks/search.py",
    }  # fmt: skip
    html = templates(pages.HOME).get_template("search.html.j2").render(page=page, **told)
    (folder / "search.html").write_text(html, encoding="utf-8")
    styles = [path.read_text(encoding="utf-8") for path in (TEMPLATES / "pieces.css", pages.HOME / "page.css")]
    (folder / "page.css").write_text("".join(styles), encoding="utf-8")
    for name in ("page.js", "search.js"):
        shutil.copy(pages.HOME / name, folder)
    return told


def typed(folder: Path) -> None:
    """Type the queries and print what each found and how long it took."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        options = {"executable_path": shutil.which("chromium"), "args": ["--no-sandbox", "--disable-gpu"]}
        tab = play.chromium.launch(**options).new_page(viewport={"width": 1280, "height": 900})
        start = perf_counter()
        tab.goto((folder / "search.html").as_uri())
        tab.wait_for_function("/to search\\.$/.test(document.getElementById('count').textContent)")
        print(f"all parts read {perf_counter() - start:.1f} s after the page was asked for")
        times = []
        for query in QUERIES:
            took, found = tab.evaluate(TYPED, query)
            times.append(took)
            print(f"{took:7.0f} ms  {query:<24} {found}")
        print(f"median {median(times):.0f} ms, slowest {max(times):.0f} ms")
        for width in (1280, 390):
            tab.set_viewport_size({"width": width, "height": 900})
            tab.goto("about:blank")
            tab.goto((folder / "search.html").as_uri())
            print(f"height at {width:,} px: {tab.evaluate('document.documentElement.scrollHeight'):,} px")


def main(number: int, folder: Path) -> None:
    corpus = load()
    corpus = planted(corpus, number) if number else corpus
    start = perf_counter()
    told = written(corpus, folder)
    took = perf_counter() - start
    text = sum(len(text.encode()) for text in corpus.documents.text)
    data = sum(path.stat().st_size for path in (folder / "search").iterdir())
    page = (folder / "search.html").stat().st_size
    print(f"{len(corpus):,} articles written in {took:.1f} s: text {text / 1e6:.2f} MB, data {data / 1e6:.2f} MB in")
    print(f"{told['parts']} parts and names, ratio {data / text:.2f}; the page without them {page / 1e6:.2f} MB")
    typed(folder)


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    if len(sys.argv) > 2:
        main(count, Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory() as place:
            main(count, Path(place))
