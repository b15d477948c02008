"""VADER against its package and NLTK's, the news score by folds of editorials, and sentiment towards an actor.

    python benchmarks/sentiment.py DATA [FOLDER OF TEXTS ...]

DATA is the folder `train_tone.py` reads. VADER is timed on its sentences, on the project's corpus and on the texts of
any further folders, where its scores are held against the package's. What a group of features is worth is measured by
leaving it out, by folds of articles within train and dev; this takes ten minutes. `--quick` leaves that part out.

Tried by folds and left out, since none moved macro-F1 by more than folds differ: runs of three words, pairs with a gap,
pairs with good and bad words put as classes, words under a negation apart, what lies between the target and the next
name, verbs after the first and the complement of the verb whose object the target is, pronouns that follow, words with
the ratings of the editorials, and boosted trees on the features that are no words, alone or mixed in. The stances were
written by hand, partly after reading which words of the training texts no list had, without their labels.
"""

import gzip
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from time import process_time

os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

import numpy as np
import pandas as pd
import train_tone

from helpers.corpus import corpus as tables
from helpers.language import split
from helpers.language.words import fold
from helpers.sentiment import scores as sentiment
from helpers.sentiment import vader

ROOT = Path(__file__).parent.parent
COUNTRIES = (
    "China, Russia, Germany, France, Ukraine, Japan, Iran, Israel, India, Turkey, Poland, Georgia, Jordan, Chad, Cuba, "
    "North Korea, South Korea, the United States, the United Kingdom, Saudi Arabia, New Zealand, Spain, Brazil, Belarus"
).split(", ")
# What may be left out, by how the keys of its features begin.
GROUPS = {
    "nothing left out": lambda key: False,
    "roles": lambda key: key[0] == "=",
    "stances of roles": lambda key: key[0] == "=" and "@" in key,
    "balances of good and bad words": lambda key: key[0] == "#",
    "length, place, questions, negation": lambda key: key[0] == "!" and len(key) > 1,
    "the form of the target": lambda key: key in ("!target is a pronoun", "!target in small letters"),
    "stances by side": lambda key: key.startswith(("<@", ">@")),
    "pairs of words": lambda key: " " in key and key[0] not in "=#!",
    "stems of the target's clause": lambda key: key.startswith(("clause<", "clause>")),
    "stems near the target": lambda key: key.startswith(("near<", "near>")),
}
BRITISH = {"defense": "defence", "labor": "labour", "favor": "favour", "honor": "honour", "criticize": "criticise"}
BRITISH |= {"organized": "organised", "center": "centre", "program": "programme", "toward": "towards"}


def part_of(name: str, folds: int) -> int:
    return int(hashlib.md5(name.encode()).hexdigest(), 16) % folds


def f1(labels: np.ndarray, found: np.ndarray) -> float:
    """Macro-F1 over negative, neutral, positive."""
    scores = []
    for one in (-1, 0, 1):
        hits = ((labels == one) & (found == one)).sum()
        scores.append(2 * hits / max(1, (labels == one).sum() + (found == one).sum()))
    return float(np.mean(scores))


def calibration(chances: np.ndarray, labels: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error of the likeliest class (Guo et al., 2017)."""
    sure, right = chances.max(axis=1), chances.argmax(axis=1) - 1 == labels
    bin_ = np.minimum((sure * bins).astype(int), bins - 1)
    return sum(abs(right[bin_ == n].mean() - sure[bin_ == n].mean()) * (bin_ == n).mean() for n in np.unique(bin_))


def dev_rows(data: Path) -> list[list]:
    with gzip.open(data / train_tone.DEV, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def texts(data: Path, folders: list[Path]) -> list[str]:
    with gzip.open(data / train_tone.TRAIN, "rt", encoding="utf-8") as lines:
        found = [json.loads(line)[0] for line in lines] + [row[0] for row in dev_rows(data)]
    with gzip.open(data / train_tone.RATINGS, "rt", encoding="utf-8") as lines:
        found += [line.split("\t")[2].strip() for line in lines]
    found += tables.load(ROOT / "corpus").sentences.text.tolist()
    for path in sorted(path for folder in folders for path in folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        found += [text[s.start : s.end] for s in split.sentences(text)]
    return found


def speed(score: Callable[[str], object], sample: list[str]) -> float:
    """Texts a second of processor time, the best of three."""
    times = []
    for _ in range(3):
        start = process_time()
        for text in sample:
            score(text)
        times.append(process_time() - start)
    return len(sample) / min(times)


def nltk_vader() -> Callable[[str], dict]:
    """NLTK's VADER with the lexicon of the package, lent by a folder on its search path."""
    import nltk
    import vaderSentiment

    home = Path(tempfile.mkdtemp())
    place = home / "sentiment" / "vader_lexicon"
    place.mkdir(parents=True)
    source = Path(vaderSentiment.__file__).parent / "vader_lexicon.txt"
    (place / "vader_lexicon.txt").write_bytes(source.read_bytes())
    nltk.data.path.insert(0, str(home))
    from nltk.sentiment.vader import SentimentIntensityAnalyzer

    path = "sentiment/vader_lexicon/vader_lexicon.txt"
    return SentimentIntensityAnalyzer(lexicon_file=path).polarity_scores


def compare_vader(data: Path, folders: list[Path]) -> None:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    package = SentimentIntensityAnalyzer().polarity_scores
    real = texts(data, folders)
    other = sum(package(fold(text))["compound"] != vader.score(text).compound for text in real)
    print(f"VADER        {len(real):,} sentences: {other} differ from the package")
    sample = real[:4000]
    own, theirs, slow = (speed(score, sample) for score in (vader.score, package, nltk_vader()))
    print(f"             {own:,.0f} sentences a second: {own / slow:.1f} times NLTK's VADER,", end=" ")
    print(f"{own / theirs:.1f} times the package")


def by_folds(rows: train_tone.Rows, kept: int, solve: Callable, folds: int) -> np.ndarray:
    """What a model says of each row when its article was left out of training."""
    part = np.array([part_of(group, folds) for group in rows.groups])
    found = None
    for n in range(folds):
        inside = [row for row, p in zip(rows.features, part, strict=True) if p != n]
        model = train_tone.fit(train_tone.Rows(inside, rows.labels[part != n], []), kept, solve)
        outside = [row for row, p in zip(rows.features, part, strict=True) if p == n]
        said = train_tone.matrix(outside, model[0]) @ model[1] + model[2]
        found = np.zeros((len(part), said.shape[1])) if found is None else found
        found[part == n] = said
    return found


def news(data: Path) -> None:
    rows = train_tone.ratings(data / train_tone.RATINGS)
    said = by_folds(rows, train_tone.KEPT["news"], train_tone.ridge, 10)[:, 0]
    means = pd.DataFrame({"said": said, "rated": rows.labels, "editorial": rows.groups}).groupby("editorial").mean()
    sentence, whole = np.corrcoef(said, rows.labels)[0, 1], means.corr().iloc[0, 1]
    print(f"news score   r {sentence:.3f} sentence, {whole:.3f} editorial (10 folds of editorials)")
    pairs = [f"The {word} of the policy was a great success." for word in BRITISH]
    both = [(text, text.replace(word, BRITISH[word])) for text, word in zip(pairs, BRITISH, strict=True)]
    apart = sum(sentiment.news(one).score != sentiment.news(two).score for one, two in both)
    print(f"             {apart} of {len(both)} pairs of American and British spelling differ")


def chances(rows: list[list]) -> np.ndarray:
    return np.array([sentiment.towards(text, start, end)[1:4] for text, start, end, *_ in rows])


def shifts(rows: list[list], score: Callable[[str, int, int], float]) -> tuple[float, float]:
    """How far a score moves, on average and at most, when the target's name is one country or another."""
    moved = []
    for text, start, end, *_ in rows:
        if text[start].isupper() and len(text[start:end]) > 3:
            versions = [(text[:start] + name + text[end:], start, start + len(name)) for name in COUNTRIES]
            scores = np.array([score(*version) for version in versions])
            moved.append(np.abs(scores - np.median(scores)))
    return float(np.mean(moved)), float(np.max(moved))


def targets(data: Path) -> None:
    rows = dev_rows(data)
    labels, found = np.array([row[3] for row in rows]), chances(rows)
    print(f"towards      dev macro-F1 {f1(labels, found.argmax(axis=1) - 1):.3f}, calibration error", end=" ")
    print(f"{calibration(found, labels):.3f} ({len(rows)} targets)")
    own = shifts(rows[:200], lambda *version: sentiment.towards(*version).score)
    theirs = shifts(rows[:200], lambda text, *_: vader.score(text).compound)
    print(f"             a country's name moves it by {own[0]:.4f}, at most {own[1]:.4f}; VADER by", end=" ")
    print(f"{theirs[0]:.4f}, at most {theirs[1]:.4f}")
    for name in ("towards", "news"):
        size = (train_tone.HOME / f"{name}.json.gz").stat().st_size
        print(f"             {name}.json.gz {len(sentiment.model(name).weights):,} features, {size:,} bytes")
    print(f"             {batch(data):,.0f} targets a second of one core, terms and all")


def batch(data: Path) -> float:
    """Targets a second of processor time in a table of 4,000, the best of three."""
    with gzip.open(data / train_tone.TRAIN, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, 4000)]
    docs = [f"d{n}" for n in range(len(rows))]
    texts, starts, ends = zip(*(row[:3] for row in rows), strict=True)
    told = pd.DataFrame({"doc": docs, "sent": 0, "start": 0, "text": texts})
    named = pd.DataFrame({"doc": docs, "sent": 0, "start": starts, "end": ends})
    times = []
    for _ in range(3):
        start = process_time()
        sentiment.mentions(told, named)
        times.append(process_time() - start)
    return len(rows) / min(times)


def worth(data: Path) -> None:
    train, dev = (train_tone.targets(data / name) for name in (train_tone.TRAIN, train_tone.DEV))
    labels = np.concatenate([train.labels, dev.labels])
    for name, left in GROUPS.items():
        features = [{k: v for k, v in row.items() if not left(k)} for row in train.features + dev.features]
        rows = train_tone.Rows(features, labels, train.groups + dev.groups)
        odds = by_folds(rows, train_tone.KEPT["towards"], train_tone.classes, 4)
        found = np.insert(odds, 1, 0.0, axis=1).argmax(axis=1) - 1
        print(f"without      {name:<36} macro-F1 {f1(labels, found):.3f} (4 folds of train and dev)", flush=True)


def main(data: Path, folders: list[Path], *, quick: bool) -> None:
    compare_vader(data, folders)
    news(data)
    targets(data)
    if not quick:
        worth(data)


if __name__ == "__main__":
    given = [Path(name) for name in sys.argv[1:] if name != "--quick"]
    if not given:
        sys.exit(__doc__)
    main(given[0], given[1:], quick="--quick" in sys.argv)
