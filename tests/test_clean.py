import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import clean, dates, furniture


@pytest.mark.parametrize("rule", furniture.rules().listed, ids=lambda rule: rule.rule)
def test_each_furniture_rule_cuts_its_own_example(rule):
    text, cuts = clean.article(f"The ferry came in late, and nobody on the quay minded.\n{rule.example}")
    assert text == "The ferry came in late, and nobody on the quay minded."
    assert [cut.rule for cut in cuts] == [rule.rule]


PROSE = [
    "Share prices in Moscow fell.",
    "By Tuesday the ships had gone.",
    "Photographs showed two bombers over the strait.",
    "Subscribe to his view or not, the general said, but read it.",
    "Comments by the minister were few.",
    "Copyright law was not discussed at the summit.",
    "Reading time into the communique is a habit of diplomats.",
    "Joined by two frigates, the destroyer turned north.",
    "Next came the Chinese delegation.",
    "Tags on the crates said Vladivostok.",
    "12 ships and 40 aircraft took part.",
    "Topics: none were agreed, said the spokesman.",
    "He said the plan was to print more, share more and subscribe to nothing.",
    "NATO — the alliance that shaped his career — was not mentioned.",
    "London - as ever - waited.",
    "Beijing: a city of walls.",
]


@pytest.mark.parametrize("line", PROSE)
def test_prose_that_looks_like_furniture_stays(line):
    assert clean.article(f"{line}\nA second sentence follows here, as it does in articles.")[0].startswith(line)


DATELINES = [
    ("BEIJING, Oct. 15 (Meridian) — ", ("BEIJING", 10, 15, 0, "Meridian")),
    ("Beijing, 15 Oct (IP).- ", ("Beijing", 10, 15, 0, "IP")),
    ("MOSCOW/BEIJING – ", ("MOSCOW, BEIJING", 0, 0, 0, "")),
    ("MOSCOW, 15 October. ", ("MOSCOW", 10, 15, 0, "")),
    ("KYIV, Ukraine — ", ("KYIV, Ukraine", 0, 0, 0, "")),
    ("WASHINGTON, May 3, 2023 (AP) -- ", ("WASHINGTON", 5, 3, 2023, "AP")),
    ("BEIJING -- ", ("BEIJING", 0, 0, 0, "")),
    ("NEW DELHI, Feb 29 - ", ("NEW DELHI", 2, 29, 0, "")),
    ("Tokyo (Kyodo) - ", ("Tokyo", 0, 0, 0, "Kyodo")),
]


@pytest.mark.parametrize(("line", "said"), DATELINES)
def test_dateline_is_cut_and_read(line, said):
    text, cuts = clean.article(f"{line}Ships left the harbour in the morning, and the crews waved.")
    assert text == "Ships left the harbour in the morning, and the crews waved."
    assert dates.dateline(cuts[0].text)[0] == dates.Dateline(*said)


def test_agency_sign_off_and_caption_credit_go_and_the_sentences_stay():
    raw = "Rome, 3 May (ANSA) - The pope flew home.\nA man waves from the deck. Photo: Handout\nIt rained all day. ANSA"
    text, cuts = clean.article(raw)
    assert text == "The pope flew home.\nA man waves from the deck.\nIt rained all day."
    assert [(cut.line, cut.rule) for cut in cuts] == [(1, "dateline"), (2, "caption credit"), (3, "sign-off")]


def test_repeated_lines_are_chrome_but_a_repeated_sentence_stays_once():
    text, cuts = clean.article(
        "Watch it again and again\nThe sea is calm tonight.\nWatch it again and again\nThe sea is calm tonight."
    )
    assert text == "The sea is calm tonight."
    assert {cut.rule for cut in cuts} == {"repeated line"}


def test_short_lines_at_the_ends_go_but_the_headline_stays():
    prose = "The minister flew to Minsk on Wednesday, and nobody asked why."
    more = ["Minsk markets close higher", "Rain due in Brest"]
    raw = "\n".join(["World", "Far East", "Minister in Minsk", prose, f"{prose[:-1]} again.", *more])
    text, cuts = clean.article(raw, title="Minister in Minsk")
    assert text == f"Minister in Minsk\n{prose}\n{prose[:-1]} again."
    assert [cut.rule for cut in cuts] == ["before the text", "before the text", "after the text", "after the text"]


@given(st.text(alphabet=st.sampled_from("AbcÄя 1.,:—-\n\r\t’”()\u00a0\u2028é漢"), max_size=300))
def test_nothing_is_lost_that_is_not_reported(raw):
    text, cuts = clean.article(raw)
    if any(cut.rule == "broken encoding, repaired" for cut in cuts):
        return
    squeezed = lambda words: sorted(re.sub(r"\s", "", words))  # noqa: E731
    assert squeezed(text + "".join(cut.text for cut in cuts)) == squeezed(raw)
    assert all(1 <= cut.line <= len(raw.splitlines()) for cut in cuts)


@given(st.text(max_size=200))
def test_any_text_is_cleaned_without_an_error_and_a_second_time_without_a_loss_of_lines(raw):
    text, cuts = clean.article(raw)
    assert "\n\n" not in text
    if not any(cut.rule in ("broken encoding, repaired", "control characters") for cut in cuts):
        assert all(line in raw.replace("\u00a0", " ") for line in text.split("\n"))
