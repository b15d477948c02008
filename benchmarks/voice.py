"""Quoted and reported speech against the corpus' own labels: spans, tokens, speakers.

    python benchmarks/voice.py [words]

Prints the first 128 articles, by sight of which the rules were written, and the test split. With `words`, every span
missed, invented or given to somebody else is listed, of the training split only. A label counts as found when a span of
its kind shares at least 85 % of the longer of the two; a speaker as right when it is the actor labelled, or shares a
word of the description labelled.
"""

import sys
from pathlib import Path

import pandas as pd

from helpers.corpus import corpus as tables
from helpers.language import split
from helpers.reading import files

CORPUS = Path(__file__).parent.parent / "corpus"


def sets() -> dict[str, set[str]]:
    """The articles by which rules may be written, and those by which they are measured."""
    articles = pd.read_csv(CORPUS / "gold" / "articles.csv", keep_default_na=False)
    parts = {"first 128": articles.edition == 1, "train": articles.split == "train", "test": articles.split == "test"}
    return {name: set(articles.doc[rows]) for name, rows in parts.items()}


def labelled(docs: set[str], read: tables.Corpus) -> tuple[pd.DataFrame, dict[str, str], pd.DataFrame]:
    """Labels and found spans (doc, start, end, voice, speaker, gold, text); the files' text; sentences labelled."""
    gold = pd.read_csv(CORPUS / "gold" / "voices.csv", keep_default_na=False)
    bounds = pd.read_csv(CORPUS / "gold" / "sentences.csv").groupby("doc")[["start", "end"]].agg(list)
    bounds = bounds[bounds.index.isin(docs)]
    texts, rows = read.documents.set_index("doc").text, []
    for doc, (starts, ends) in bounds.iterrows():
        raw, text = files.decode((CORPUS / "articles" / f"{doc}.txt").read_bytes()), texts[doc]
        shift = _shift(raw, text, starts, ends)
        rows += [
            (doc, start, end, v.voice, v.speaker, False)
            for v in read.voices[read.voices.doc == doc].itertuples()
            for start, end in _parts(text, v.start, v.end, shift)
        ]
        rows += [(doc, v.start, v.end, v.voice, v.speaker, True) for v in gold[gold.doc == doc].itertuples()]
    table = pd.DataFrame(rows, columns=["doc", "start", "end", "voice", "speaker", "gold"])
    raw = {doc: files.decode((CORPUS / "articles" / f"{doc}.txt").read_bytes()) for doc in bounds.index}
    return table.assign(text=[raw[r.doc][r.start : r.end] for r in table.itertuples()]), raw, bounds


def _shift(raw: str, text: str, starts: list[int], ends: list[int]) -> dict[tuple[int, int], int]:
    """For each labelled sentence that the cleaned text has, its span there and how far it lies from the file's."""
    found, at = {}, 0
    folded = raw.replace("\u00a0", " ")
    for start, end in zip(starts, ends, strict=True):
        place = text.find(folded[start:end], at)
        if place >= 0:
            found[place, place + end - start] = start - place
            at = place + 1
    return found


def _parts(text: str, start: int, end: int, shift: dict[tuple[int, int], int]) -> list[tuple[int, int]]:
    """A span cut at the ends of labelled sentences, as the labels are, in offsets of the file."""
    parts = [(max(a, start), min(b, end), by) for (a, b), by in shift.items() if max(a, start) < min(b, end)]
    return [(a + by, b + by) for a, b, by in parts if split.WORD.search(text, a, b)]


def matches(table: pd.DataFrame) -> pd.DataFrame:
    """One row a label: its own columns, and `by` (the row of the span found for it, -1 for none)."""
    spans = table[~table.gold]
    rows = []
    for label in table[table.gold].itertuples():
        near = spans[(spans.doc == label.doc) & (spans.voice == label.voice)]
        shared = near.end.clip(upper=label.end) - near.start.clip(lower=label.start)
        longest = (near.end - near.start).clip(lower=label.end - label.start)
        fit = (shared / longest).sort_values(ascending=False)
        rows.append(fit.index[0] if len(fit) and fit.iloc[0] >= 0.85 else -1)
    return table[table.gold].assign(by=rows)


def same(found: str, label: str) -> bool:
    """Whether two speakers are the same: one actor, or descriptions that share their head."""
    if found == label or (label.isupper() or "+" in label or (label.islower() and " " not in label)):
        return set(found.split("+")) == set(label.split("+"))
    words = lambda text: {word.lower() for word in split.words(text)} - {"a", "an", "the", "of", "in", "u.s"}  # noqa: E731
    return bool(words(found) & words(label))


def measure(docs: set[str], read: tables.Corpus) -> dict[str, float]:
    """Span F1 of each voice, tokens' precision and recall, purity of the own voice, and speakers right."""
    table, raw, bounds = labelled(docs, read)
    found, result = matches(table), {}
    for kind in ("quoted", "reported"):
        hits = found[(found.voice == kind) & (found.by >= 0)]
        right, labels, spans = len(hits), (found.voice == kind).sum(), ((table.voice == kind) & ~table.gold).sum()
        result[f"{kind} F1"] = 2 * right / (labels + spans)
        result[f"{kind} precision"], result[f"{kind} recall"] = right / spans, right / labels
    counts = _tokens(table, raw, bounds)
    result |= {
        "token precision": counts[1, 1] / (counts[1, 1] + counts[0, 1]),
        "token recall": counts[1, 1] / (counts[1, 1] + counts[1, 0]),
        "own-voice purity": counts[0, 0] / (counts[0, 0] + counts[1, 0]),
    }
    hits = found[found.by >= 0]
    said = [same(table.speaker[by], label) for by, label in zip(hits.by, hits.speaker, strict=True)]
    actors = [ok for ok, label in zip(said, hits.speaker, strict=True) if _is_actor(label)]
    result |= {"speakers right": sum(said) / len(said), "speakers who are actors": sum(actors) / len(actors)}
    return result


def persons(docs: set[str], read: tables.Corpus) -> tuple[int, int]:
    """How many quoted passages are given to one person of the gazetteer, and how many of them are his."""
    gold = pd.read_csv(CORPUS / "gold" / "speakers.csv", keep_default_na=False)
    kinds, texts = dict(zip(read.actors.actor, read.actors.kind, strict=True)), read.documents.set_index("doc").text
    quoted = read.voices[(read.voices.voice == "quoted") & read.voices.doc.isin(docs)]
    given = right = 0
    for v in quoted[quoted.speaker.map(kinds) == "person"].itertuples():
        raw = files.decode((CORPUS / "articles" / f"{v.doc}.txt").read_bytes()).replace("\u00a0", " ")
        start = _place(raw, texts[v.doc], v.start)
        near = gold[(gold.doc == v.doc) & (gold.start < start + v.end - v.start) & (gold.end > start)]
        given, right = given + 1, right + (v.speaker in set(near.speaker))
    return given, right


def _place(raw: str, text: str, at: int) -> int:
    """Where a place of the cleaned text lies in its file, by the paragraphs up to it."""
    found = 0
    for line in text[:at].split("\n")[:-1]:
        found = max(found, raw.find(line.strip(), found) + len(line))
    first = text.rfind("\n", 0, at) + 1
    return raw.find(text[first:].partition("\n")[0].strip(), found) + at - first


def _is_actor(label: str) -> bool:
    return bool(label) and " " not in label


def _tokens(table: pd.DataFrame, raw: dict[str, str], bounds: pd.DataFrame) -> dict[tuple[int, int], int]:
    """How many words of the labelled sentences are somebody's by the label (first) and by the spans (second)."""
    counts = dict.fromkeys([(a, b) for a in (0, 1) for b in (0, 1)], 0)
    for doc, (starts, ends) in bounds.iterrows():
        mine = table[table.doc == doc]
        own = [
            {at for r in mine[mine.gold == gold].itertuples() for at in range(r.start, r.end)} for gold in (True, False)
        ]
        for start, end in zip(starts, ends, strict=True):
            for word in split.WORD.finditer(raw[doc], start, end):
                counts[word.start() in own[0], word.start() in own[1]] += 1
    return counts


if __name__ == "__main__":
    read = tables.load(CORPUS)
    figures = pd.DataFrame({name: measure(sets()[name], read) for name in ("first 128", "test")})
    print(figures.round(3).to_string())
    parts = {name: sets()[name] for name in ("first 128", "test")} | {"all": set(read.documents.doc)}
    for name, docs in parts.items():
        given, right = persons(docs, read)
        print(f"named persons right among those given, {name}: {right} of {given}")
    if sys.argv[1:]:
        table, _, _ = labelled(sets()["train"], read)
        found = matches(table)
        used = set(found.by)
        for row in table[~table.gold & ~table.index.isin(used)].itertuples():
            print("INVENTED", row.doc, row.voice, repr(row.text), "=", row.speaker)
        for row in found[found.by < 0].itertuples():
            print("MISSED  ", row.doc, row.voice, repr(row.text), "=", row.speaker)
        for row in found[found.by >= 0].itertuples():
            if not same(table.speaker[row.by], row.speaker):
                print("SPEAKER ", row.doc, repr(row.text[:60]), ":", table.speaker[row.by], "for", row.speaker)
