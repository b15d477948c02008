"""Names that no list knows, held against the labels of 40 articles of other subjects.

    python benchmarks/names.py FOLDER

FOLDER, or its folder real/, has climate.tar.gz and virus.csv.gz, two public collections of news; `names.csv` beside
this file has the labels: file (with its row behind # in a table), start and end (characters of the raw text; one row
for each way a name is written), name (a number within its article) and kind (person, institution, state, place, other).
Nothing of the texts is in it. The labels were made by reading, by somebody who did not write the rules, and no rule was
tuned on them.

A name counts by article, however often it stands there: found is an actor with a surface that the labels give to a
person, institution or state, each of which counts once, so that two halves of a name are one hit and one error. Places
count as right or wrong for kinds alone. The gazetteer is empty.
"""

import re
import sys
import tarfile
import tempfile
from collections import Counter
from pathlib import Path

import pandas as pd

from helpers import load

ACTORS = ("person", "institution", "state")
HEADER = "actor,kind,name,surname,aliases\n"


def plain(form: str) -> str:
    """A form without its article, its possessive and points."""
    form = re.sub(r"^the |'s$", "", form.replace("’", "'").strip(" .,'\"“”"), flags=re.IGNORECASE)
    return " ".join(form.replace(".", "").casefold().split())


def raw(folder: Path, home: Path) -> dict[str, str]:
    """The raw texts by file, with the folders that are loaded laid out in `home`."""
    with tarfile.open(folder / "climate.tar.gz") as packed:
        packed.extractall(home, filter="data")
    table = pd.read_csv(folder / "virus.csv.gz")
    (home / "virus").mkdir()
    table.to_csv(home / "virus" / "virus.csv", index=False)
    for name in ("climate", "virus"):
        (home / name / "actors.csv").write_text(HEADER, encoding="utf-8")
    texts = {f"climate/{path.name}": path.read_text(encoding="utf-8") for path in (home / "climate").glob("*.txt")}
    return texts | {f"virus.csv.gz#{row}": text for row, text in enumerate(table["Article text"], 1)}


def found(home: Path) -> dict[str, dict[str, tuple[str, set[str]]]]:
    """By file the actors found in it, each with its kind and surfaces."""
    files: dict[str, dict[str, tuple[str, set[str]]]] = {}
    for name in ("climate", "virus"):
        corpus = load(home / name)
        kinds = dict(zip(corpus.actors.actor, corpus.actors.kind, strict=True))
        for doc, rows in corpus.names.groupby("doc"):
            file = f"climate/{doc}.txt" if name == "climate" else f"virus.csv.gz#{int(doc.rpartition('/')[2])}"
            own = rows.groupby("actor").surface.agg(lambda forms: {plain(form) for form in forms})
            files[file] = {actor: (kinds[actor], forms) for actor, forms in own.items()}
    return files


def score(texts: dict[str, str], files: dict[str, dict[str, tuple[str, set[str]]]]) -> tuple[Counter, Counter]:
    """Hits, errors and misses, and how often each kind was told for each."""
    labels = pd.read_csv(Path(__file__).with_name("names.csv"))
    labels["form"] = [plain(texts[row.file][row.start : row.end]) for row in labels.itertuples()]
    counts, kinds = Counter(), Counter()
    for file, rows in labels.groupby("file"):
        names = [(part.kind.iloc[0], set(part.form)) for _, part in rows.groupby("name")]
        used: set[int] = set()
        for kind, forms in sorted(files.get(file, {}).values(), key=lambda one: (-len(one[1]), sorted(one[1]))):
            alike = [at for at, (_, labelled) in enumerate(names) if labelled & forms]
            fresh = [at for at in alike if names[at][0] in ACTORS and at not in used]
            if kind == "place":
                kinds.update((names[at][0], kind) for at in alike)
            elif fresh:
                best = max(fresh, key=lambda at: len(names[at][1] & forms))
                used.add(best)
                kinds[names[best][0], kind] += 1
            else:
                kinds.update((names[at][0], kind) for at in alike[:1])
            counts["found" if fresh and kind != "place" else "wrong" if kind != "place" else "places"] += 1
        counts["missed"] += sum(kind in ACTORS and at not in used for at, (kind, _) in enumerate(names))
    return counts, kinds


def main() -> None:
    folder = Path(sys.argv[1])
    folder = folder / "real" if (folder / "real").is_dir() else folder
    if not all((folder / name).is_file() for name in ("climate.tar.gz", "virus.csv.gz")):
        print(f"names: {folder} has no climate.tar.gz and virus.csv.gz; nothing is measured")
        return
    with tempfile.TemporaryDirectory() as home:
        texts = raw(folder, Path(home))
        counts, kinds = score(texts, found(Path(home)))
    hits, wrong, missed = counts["found"], counts["wrong"], counts["missed"]
    print(f"names no list knows, by article: P {hits / (hits + wrong):.3f}, R {hits / (hits + missed):.3f}")
    print(f"found {hits}, wrong {wrong}, missed {missed}")
    told = {pair: times for pair, times in kinds.items() if pair[0] != "other"}
    right = sum(times for (label, kind), times in told.items() if label == kind)
    print(f"kinds right: {right} of {sum(told.values())}")
    for (label, kind), times in sorted(told.items()):
        print(f"  {label:<12} told as {kind:<12} {times:>4}")


if __name__ == "__main__":
    main()
