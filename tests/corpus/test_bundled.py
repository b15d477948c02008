"""The bundled corpus: its files never change, its labels fit its text, and it holds what its datasheet says."""

import hashlib
import importlib
import re
import sys
from functools import cache

import numpy as np
import pandas as pd
import pytest
from support import ROOT

from helpers.actors import gazetteer
from helpers.language import split
from helpers.reading import files

sys.path.insert(0, str(ROOT / "benchmarks"))
agreement = importlib.import_module("coding")
CORPUS = ROOT / "corpus"
GOLD = {path.stem: pd.read_csv(path, keep_default_na=False) for path in sorted((CORPUS / "gold").glob("*.csv"))}
GOLD["coding"] = pd.read_csv(CORPUS / "gold" / "coding" / "mentions.csv", keep_default_na=False)
LISTED = pd.read_csv(CORPUS / "articles.csv", keep_default_na=False)
RAW = {doc: files.decode((CORPUS / "articles" / f"{doc}.txt").read_bytes()) for doc in LISTED.doc}
ACTORS = pd.read_csv(CORPUS / "actors.csv", keep_default_na=False).set_index("actor")
CUTS = GOLD["furniture"]
NAMES = set(ACTORS.index)
TRUE = GOLD["articles"].set_index("doc")
FIRST = sorted(TRUE.index[TRUE.edition == 1])
ADDED = sorted(TRUE.index[(TRUE.edition == 2) & (TRUE.copy_of == "")])
FIRST_SUM = "1e6183c81c492674a061fdaa21d44a9d88430e9f8309ec8453254296f5ee559c"


@cache
def body(doc):
    """The article's own words: its lines without the furniture."""
    text, cuts = RAW[doc], CUTS[CUTS.doc == doc]
    for cut in cuts.sort_values("start", ascending=False).itertuples():
        text = text[: cut.start] + text[cut.end :]
    return text


def origins(doc):
    """What an article was copied from, and what that was copied from."""
    while doc := TRUE.copy_of[doc]:
        yield doc


def test_the_files_are_those_of_the_catalogue_and_never_change():
    files = {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in (CORPUS / "articles").iterdir()}
    assert files == dict(zip(LISTED.doc, LISTED.sha256, strict=True))
    first = "".join(doc + files[doc] for doc in FIRST)
    assert len(FIRST) == 128 and hashlib.sha256(first.encode()).hexdigest() == FIRST_SUM


@pytest.mark.parametrize("name", ["furniture", "sentences", "mentions", "voices", "speakers", "coding"])
def test_every_label_stands_in_its_article_character_by_character(name):
    for row in GOLD[name].itertuples():
        assert RAW[row.doc][row.start : row.end] == (row.surface if hasattr(row, "surface") else row.text), row


def test_the_truth_and_the_catalogue_agree_wherever_the_catalogue_speaks():
    both = LISTED.merge(GOLD["articles"], on="doc", suffixes=("", "_true"), validate="one_to_one")
    assert len(both) == len(LISTED) == len(GOLD["articles"])
    for column in ("outlet", "published"):
        said = both[both[column] != ""]
        assert (said[column] == said[f"{column}_true"]).all()
        assert 3 <= len(both) - len(said) <= 6
    assert set(both.outlet_true) == set(pd.read_csv(CORPUS / "outlets.csv").outlet)


def test_an_article_without_outlet_or_day_in_the_catalogue_gives_it_away():
    true = GOLD["articles"].set_index("doc")
    for row in LISTED.itertuples():
        if not row.outlet:
            assert true.outlet[row.doc].split()[0] in RAW[row.doc], row.doc
        if not row.published:
            day = pd.Timestamp(true.published[row.doc])
            assert (str(day.day) in RAW[row.doc] and f"{day:%b}" in RAW[row.doc]) or f"{day:%m}" in RAW[row.doc], (
                row.doc
            )


def test_copies_are_copies_and_come_after_their_originals():
    true = TRUE
    copies = true[true.copy_of != ""]
    assert set(copies.copy_of) & set(copies.index), "no chain: a copy of a copy"
    for doc, source, day in zip(copies.index, copies.copy_of, copies.published, strict=True):
        assert true.published[source] <= day
        ours, theirs = (
            {" ".join(w[i : i + 5]) for i in range(len(w) - 4)}
            for w in (split.words(body(d).lower()) for d in (doc, source))
        )
        assert len(ours & theirs) / len(ours) > 0.5, doc


def test_no_paragraph_stands_in_two_articles_but_in_a_copy():
    seen: dict[str, str] = {}
    for doc in sorted(RAW, key=lambda doc: len(list(origins(doc)))):
        for line in filter(lambda line: split.count(line) >= 8, body(doc).splitlines()):
            first = seen.setdefault(line.strip(), doc)
            assert first == doc or first in origins(doc), (doc, first, line)


def test_labels_keep_to_the_codebook():
    mentions, sentences = GOLD["mentions"], GOLD["sentences"]
    assert set(mentions.via) == {"name", "inst", "dem", "met", "loc", "role", "desc"}
    assert {actor for joined in mentions.actor for actor in joined.split("+")} <= NAMES
    assert set(mentions.attitude.astype(str)) == {"", "-1", "0", "1"}
    quoted = {doc: list(zip(rows.start, rows.end, strict=True)) for doc, rows in GOLD["voices"].groupby("doc")}
    for row in mentions.itertuples():
        inside = any(a <= row.start < b for a, b in quoted.get(row.doc, []))
        assert (str(row.attitude) == "") == bool(row.nested or row.via == "loc" or inside), row
    ends = {doc: list(zip(rows.start, rows.end, strict=True)) for doc, rows in sentences.groupby("doc")}
    for table in (mentions, GOLD["voices"]):
        assert all(any(a <= row.start and row.end <= b for a, b in ends[row.doc]) for row in table.itertuples())


def test_the_gazetteer_covers_the_offices_and_names_a_source_for_each():
    roles = gazetteer.read(CORPUS).roles
    assert (roles.source != "").all()
    assert roles["from"].notna().all()
    assert not set(roles.country) - NAMES
    planted = GOLD["stances"]
    assert set(planted.actor) <= NAMES and set(planted.groupby("actor").outlet.count()) == {9}


def test_the_training_articles_are_the_first_and_an_editorial_of_each_outlet():
    joined = TRUE[(TRUE.split == "train") & (TRUE.edition == 2)]
    assert set(TRUE.split[FIRST]) == {"train"} and set(TRUE.split) == {"train", "test"}
    assert sorted(joined.outlet) == sorted(set(TRUE.outlet))
    assert set(joined.genre) == {"opinion"} and set(joined.irony) == {"none"}


def test_what_was_added_is_as_it_was_planned():
    true = TRUE.loc[ADDED]
    words = pd.Series({doc: split.count(body(doc)) for doc in ADDED})
    assert words.between(75, 1_250).all() and words.min() < 100 and words.max() > 1_000
    assert (true.unnamed <= 1).all() and (true.unnamed == 0).mean() >= 0.4
    assert (true.ending == "fact").mean() >= 1 / 3
    last = {doc: body(doc).strip().splitlines()[-1].lower() for doc in ADDED}
    assert not [doc for doc, line in last.items() if re.search(r"\b(coffee|tea|ladder|napkin)s?\b", line)]
    twins = true[true.twin != ""]
    assert sorted(twins.outlet) == sorted(set(TRUE.outlet)) and set(twins.irony) == {"all"}
    for row in twins.itertuples():
        plain = TRUE.loc[row.twin]
        assert (plain.outlet, plain.event, plain.irony) == (row.outlet, row.event, "none"), row
    told = true[true.genre == "opinion"].groupby("outlet").irony.value_counts().unstack(fill_value=0)
    assert (told["none"] >= 3).all() and (told["all"] == 1).all()
    assert (true[true.genre == "analysis"].groupby("outlet").size() >= 2).all()
    assert true[true.event.str.startswith("other-")].groupby("outlet").event.nunique().eq(6).all()
    months = set(TRUE.published.str[:7])
    assert len([day for day in pd.period_range("2020-01", "2021-12", freq="M").astype(str) if day in months]) >= 18


def test_every_event_has_a_theme_and_the_themes_of_the_outlets_are_the_planted_shares():
    themes = GOLD["themes"].set_index("event").theme
    told = TRUE[TRUE.copy_of == ""]
    assert set(TRUE.event) - {""} <= set(themes.index)
    shares = pd.crosstab(told.outlet, told.event.map(themes), normalize="index").stack()
    planted = GOLD["agenda"].set_index(["outlet", "theme"]).share
    assert (shares.reindex(planted.index) - planted).abs().max() <= 0.005
    assert planted.groupby("outlet").sum().sub(1).abs().max() <= 0.01


def test_the_stances_that_readers_perceive_keep_the_planted_order():
    read = GOLD["stance"].merge(GOLD["articles"][["doc", "outlet"]], on="doc")
    assert set(read.stance) == {-2, -1, 0, 1, 2} and set(read.actor) == {"RUS", "CHN", "USA", "NATO", "UKR"}
    for actor, order in GOLD["stances"].groupby("actor"):
        means = order.merge(read[read.actor == actor].groupby("outlet").stance.mean(), on="outlet")
        ranks = means.groupby("rank").stance.agg(["min", "max"])
        upper, lower = ranks["min"].to_numpy()[:-1], ranks["max"].to_numpy()[1:]
        assert (upper > lower).all(), (actor, means)


def test_who_is_named_more_and_who_is_left_out():
    """By the names of the gazetteer in the added articles; a name is said more often than by the other outlets."""
    words = pd.Series({doc: split.count(body(doc)) for doc in ADDED}).groupby(TRUE.outlet).sum()
    for outlet, actor, planted in GOLD["named"].itertuples(index=False):
        names = "|".join(map(re.escape, {*ACTORS.aliases[actor].split("|"), ACTORS.surname[actor]} - {""}))
        names = names.replace("efence", "efen[cs]e")
        found = pd.Series({doc: len(re.findall(rf"\b(?:{names})(?!\w)", body(doc))) for doc in ADDED})
        counts = found.groupby(TRUE.outlet).sum()
        if planted == "never":
            assert counts[outlet] == 0, (outlet, actor, found[found > 0])
        else:
            rates = counts / words
            assert rates[outlet] > 1.3 * rates.drop(outlet).mean(), (outlet, actor, rates)


def test_facts_and_cards_are_of_articles_that_tell_the_event():
    facts, cards = GOLD["facts"], GOLD["cards"]
    for table in (facts, cards):
        assert (TRUE.event.reindex(table.doc).to_numpy() == table.event).all()
        assert not table.duplicated([column for column in table if column not in ("told", "card")]).any()
    assert set(facts.told) == {"told", "alone", "contradicted"} and facts.event.nunique() == 8
    assert set(cards.card) == {"named", "quoted", "left out"} and cards.event.nunique() == 12
    alone = facts[facts.told == "alone"].merge(facts, on=["event", "fact"])
    assert not ((alone.doc_x != alone.doc_y) & alone.told_y.isin(["told", "alone"])).any()
    assert set(cards.actor) <= NAMES


def test_two_coders_coded_the_same_mentions_and_the_datasheet_prints_how_far_they_agree():
    coding = GOLD["coding"]
    assert set(coding.groupby(["doc", "start"]).coder.agg(lambda coders: " ".join(sorted(coders)))) == {"one two"}
    mentions = coding[coding.coder == "one"]
    assert len(mentions) == 300 and (mentions.doc.map(TRUE.genre) == "opinion").sum() == 150
    ten = np.array([0, 1, 0, 0, 0, 0, 0, 0, 1, 0]), np.array([1, 1, 1, 0, 0, 1, 0, 0, 0, 0])
    assert agreement.alpha(*ten) == pytest.approx(0.095, abs=0.001)  # Krippendorff's own example
    told = (CORPUS / "README.md").read_text(encoding="utf-8")
    for row in agreement.measure(20).itertuples():
        assert f"| {row.Index} | {row.mentions} | {row.equal:.2f} | {row.alpha:.2f} |" in told, row.Index


def test_speakers_are_persons():
    speakers = GOLD["speakers"]
    assert set(speakers.speaker) - {""} <= set(ACTORS.index[ACTORS.kind == "person"])
    assert (speakers.speaker == "").sum() >= 20


def test_the_corpus_in_numbers(capsys):
    told = TRUE[TRUE.copy_of == ""].groupby("event").outlet.nunique()
    words = pd.Series({doc: split.count(body(doc)) for doc in RAW})
    mentions = GOLD["mentions"].assign(attitude=GOLD["mentions"].attitude.astype(str))
    own = mentions[mentions.attitude != ""]
    opinion = own[own.doc.map(TRUE.genre) == "opinion"]
    cut = GOLD["furniture"].groupby("doc").size()
    numbers = {
        "articles": (len(TRUE), 295),
        "outlets": (TRUE.outlet.nunique(), 9),
        "events": (TRUE.event.nunique(), 45),
        "events told by three outlets or more": (int((told >= 3).sum()), 30),
        "events told by six outlets or more": (int((told >= 6).sum()), 12),
        "reprints": (int((TRUE.copy_of != "").sum()), 14),
        "articles not in English": (int((TRUE.language != "en").sum()), 2),
        "articles with page furniture": (int((cut >= 3).sum()), 110),
        "pieces of furniture": (len(GOLD["furniture"]), 1_300),
        "words": (int(words.sum()), 100_000),
        "labelled articles": (GOLD["sentences"].doc.nunique(), 100),
        "labelled sentences": (len(GOLD["sentences"]), 1_900),
        "labelled mentions": (len(mentions), 2_500),
        "labelled attitudes": (len(own), 1_700),
        "labelled voices": (len(GOLD["voices"]), 500),
        "quoted spans read for their speaker": (len(GOLD["speakers"]), 60),
        "stances of an article towards an actor": (len(GOLD["stance"]), 700),
        "facts told": (len(GOLD["facts"]), 150),
        "cards": (len(GOLD["cards"]), 300),
    }
    lines = [f"{number:>7,} {name}" for name, (number, _) in numbers.items()]
    for column in ("outlet", "genre", "irony", "split"):
        lines.append(
            f"        by {column}: " + ", ".join(f"{n} {name}" for name, n in TRUE[column].value_counts().items())
        )
    for name, column in (("mentions", "via"), ("voices", "voice")):
        counts = GOLD[name][column].value_counts()
        lines.append(f"        {name} by {column}: " + ", ".join(f"{n} {kind}" for kind, n in counts.items()))
    lines.append("        by attitude: " + ", ".join(f"{n} of {a}" for a, n in own.attitude.value_counts().items()))
    shares = {
        "of the own attitudes are not 0": (own.attitude != "0").mean(),
        "of those in opinion pieces": (opinion.attitude != "0").mean(),
        "of the articles have unnamed voices": (TRUE.unnamed > 0).mean(),
        "of the added ones": (TRUE.unnamed[ADDED] > 0).mean(),
        "of the added ones end on a plain fact": (TRUE.ending[ADDED] == "fact").mean(),
    }
    lines += [f"{share:>7.0%} {name}" for name, share in shares.items()]
    with capsys.disabled():
        print("\n" + "\n".join(f"  {line}" for line in lines))
    assert all(number >= floor for number, floor in numbers.values()), numbers
    assert shares["of those in opinion pieces"] >= 0.25
    first = words[[doc for doc in FIRST if not TRUE.copy_of[doc] and TRUE.language[doc] == "en"]]
    assert first.between(200, 450).all(), first[~first.between(200, 450)]
    assert len(set(GOLD["sentences"].doc) & set(ADDED)) >= 60
