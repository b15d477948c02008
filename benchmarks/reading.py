"""Reading and cleaning: megabytes a second on one core, and how time grows; copies: how many planted ones are found.

    python benchmarks/reading.py [articles] [--pages FOLDER GOLD]
    python benchmarks/reading.py --cut FOLDER [--seed SEED]

Articles to read are made from the sentences of the project's corpus and five lines of its page furniture each; articles
to compare from its words, as often as they come there, so that only planted copies are copies. Of the HTML pages in a
folder, whose texts stand in a JSON file by name, it says how many words are right, as read and as cleaned.

With --cut it draws by lot 200 of the lines of eight words or more that end in a stop and that cleaning took out of a
folder or table, and prints each with its rule, article and line, for somebody to read; at the end how many lines were
read, and how many such lines each rule cut.
"""

import argparse
import json
import random
import re
import tempfile
from collections import Counter
from pathlib import Path
from time import perf_counter

import pandas as pd

from helpers.corpus import corpus as tables
from helpers.corpus.copies import find_copies
from helpers.language import split
from helpers.reading import catalogue, files, furniture

ROOT = Path(__file__).parent.parent
SPELLINGS = [("defense", "defence"), ("program", "programme"), ("said", "told reporters"), ("percent", "per cent")]


def sentence(own: list[str], rng: random.Random) -> str:
    return " ".join(rng.choices(own, k=rng.randint(10, 28))).capitalize() + "."


def article(own: list[str], rng: random.Random) -> list[str]:
    return [sentence(own, rng) for _ in range(rng.randint(8, 16))]


def respelled(line: str) -> str:
    for one, other in SPELLINGS:
        line = line.replace(one, other)
    return re.sub(r"iz(e|ing|ation)\b", r"is\1", line)


def reworded(line: str, rng: random.Random) -> str:
    return " ".join(rng.choice(["indeed", "blue", "seven"]) if rng.random() < 0.05 else word for word in line.split())


EDITS = {
    "cut in half": lambda lines, own, rng: lines[: len(lines) // 2],
    "paragraphs dropped": lambda lines, own, rng: [line for n, line in enumerate(lines) if n % 3 != 1],
    "re-spelled": lambda lines, own, rng: [respelled(line) for line in lines],
    "new lead": lambda lines, own, rng: [sentence(own, rng), *lines[1:]],
    "sentences shuffled": lambda lines, own, rng: rng.sample(lines, len(lines)),
    "a word in twenty": lambda lines, own, rng: [reworded(line, rng) for line in lines],
    "credit line added": lambda lines, own, rng: [*lines, "Reporting by the Lantern's desk in Oslo; editing by night."],
}


def reading(own: list[str], furniture: list[str], number: int) -> tuple[float, float]:
    """Megabytes, and seconds to read and clean them."""
    rng = random.Random(7)
    with tempfile.TemporaryDirectory() as place:
        size = 0
        for n in range(number):
            text = [" ".join(rng.sample(own, 2)) for _ in range(rng.randint(8, 14))]
            lines = [*rng.sample(furniture, 2), *text, *rng.sample(furniture, 3)]
            size += (Path(place) / f"a{n:06d}.txt").write_bytes("\n".join(lines).encode())
        start = perf_counter()
        catalogue.read_documents(place)
        return size / 1e6, perf_counter() - start


def copies(own: list[str], number: int) -> None:
    rng = random.Random(7)
    originals = [article(own, rng) for _ in range(number * 9 // 10)]
    planted = [(rng.randrange(len(originals)), list(EDITS)[n % len(EDITS)]) for n in range(number // 10)]
    made = [EDITS[edit](originals[source], own, rng) for source, edit in planted]
    days = pd.date_range("2000-01-01", periods=number, freq="h")
    texts = ["\n".join(lines) for lines in [*originals, *made]]
    docs = [f"a{n:06d}" for n in range(number)]
    start = perf_counter()
    found = find_copies(pd.DataFrame({"doc": docs, "published": days, "text": texts}))
    seconds = perf_counter() - start
    family = dict(zip(docs, docs, strict=True))
    family |= {docs[len(originals) + n]: docs[source] for n, (source, _) in enumerate(planted)}
    pairs = set(zip(found.doc, found.other, strict=True))
    hits = [(edit, (docs[len(originals) + n], docs[source]) in pairs) for n, (source, edit) in enumerate(planted)]
    right = sum(family[doc] == family[other] for doc, other in pairs)
    recall, precision = sum(hit for _, hit in hits) / len(hits), right / max(1, len(pairs))
    print(f"copies       {number:,} articles, {number / seconds:,.0f} a second; of {len(planted):,} planted copies")
    print(f"             recall {recall:.3f}, precision {precision:.3f}")
    for edit in EDITS:
        kind = [hit for name, hit in hits if name == edit]
        print(f"             {edit:<20} {sum(kind) / len(kind):.3f}")


def agreement(text: str, gold: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of the words of a text, each as often as it stands there."""
    found, right = (Counter(re.findall(r"\w+", one.lower())) for one in (text, gold))
    hits = (found & right).total()
    return hits / max(1, found.total()), hits / max(1, right.total()), 2 * hits / max(1, found.total() + right.total())


def pages(folder: Path, gold: dict[str, str]) -> None:
    """Print the agreement of pages with their gold text, mean over all and over either half, as read and as cleaned."""
    read = {
        item.doc: getattr(item, "raw", "") for name, data in files.walk(folder) for item in files.articles(name, data)
    }
    cleaned = catalogue.read_documents(folder)[0].set_index("doc").text
    for kind, texts in (("as read", read), ("cleaned", cleaned)):
        scores = [agreement(texts.get(doc, ""), gold[doc]) for doc in sorted(gold)]
        for half, part in (("all", scores), ("every odd", scores[::2]), ("every even", scores[1::2])):
            means = [sum(column) / len(part) for column in zip(*part, strict=True)]
            print(
                f"pages {kind}, {half:<10} {len(part):3} pages, P {means[0]:.4f}, R {means[1]:.4f}, F1 {means[2]:.4f}"
            )


def cut(source: str, seed: int) -> None:
    """Print 200 sentences that cleaning cut, drawn by lot, and how many each rule cut of all lines read."""
    documents, removed = catalogue.read_documents(source)
    inside = removed[(removed.line > 0) & (removed.rule != "header") & removed.text.map(furniture.is_prose)]
    drawn = inside.sample(min(200, len(inside)), random_state=seed).sort_values(["rule", "doc", "line"])
    for row in drawn.itertuples():
        print(f"{row.rule:<20} {row.doc[:40]}:{row.line}  {row.text}")
    lines = documents.text.str.count("\n").add(1).sum() + (removed.line > 0).sum()
    print(f"\n{lines:,} lines read, {len(inside):,} sentences cut, {len(drawn)} of them above")
    for rule, all_of_it in inside.rule.value_counts().items():
        print(f"{rule:<26} {all_of_it:6} cut {(drawn.rule == rule).sum():4} drawn")


def main(number: int) -> None:
    corpus = tables.load(ROOT / "corpus")
    own = [word for text in corpus.documents.text[corpus.documents.language == "en"] for word in split.words(text)]
    pieces = pd.read_csv(ROOT / "corpus" / "gold" / "furniture.csv", keep_default_na=False)
    furniture = [text for text in pieces.text[pieces.kind == "line"] if split.count(text) < 30]
    told = corpus.sentences.text[corpus.sentences.words.between(8, 40)].tolist()
    reading(told, furniture, number // 10)
    small, large = reading(told, furniture, number // 10), reading(told, furniture, number)
    for size, seconds in (small, large):
        print(f"read, clean  {size:6.1f} MB in {seconds:5.1f} s   {size / seconds:4.1f} MB a second")
    print(f"             ten times the articles take {large[1] / small[1]:.1f} times as long")
    copies(own, number)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("articles", nargs="?", type=int, default=10_000)
    parser.add_argument("--pages", nargs=2, type=Path, metavar=("FOLDER", "GOLD"))
    parser.add_argument("--cut", metavar="FOLDER")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    if options.pages:
        pages(options.pages[0], json.loads(options.pages[1].read_text(encoding="utf-8")))
    if options.cut:
        cut(options.cut, options.seed)
    else:
        main(options.articles)
