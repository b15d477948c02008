from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.language import split

SENTENCES = [
    ("He met Lt. Gen. Li. He left.", ["He met Lt. Gen. Li.", "He left."]),
    ("U.S. officials said no.", ["U.S. officials said no."]),
    ("They flew to the U.S. The trip was short.", ["They flew to the U.S.", "The trip was short."]),
    ("On Oct. 14 the drills began. On Oct. 15 they ended.", ["On Oct. 14 the drills began.", "On Oct. 15 they ended."]),
    ("“We agree.” He smiled.", ["“We agree.”", "He smiled."]),
    ("“Is it so?” he asked.", ["“Is it so?” he asked."]),
    ("It cost $3.5 million. Nobody paid.", ["It cost $3.5 million.", "Nobody paid."]),
    ("Xi said yes... and left. Putin stayed.", ["Xi said yes... and left.", "Putin stayed."]),
    ("J. D. Smith spoke. Nobody heard him.", ["J. D. Smith spoke.", "Nobody heard him."]),
    ("Ships, planes, etc. The list goes on.", ["Ships, planes, etc.", "The list goes on."]),
    ("A headline without a stop\nThe text begins.", ["A headline without a stop", "The text begins."]),
    ("It began at 9 a.m. Monday was wet.", ["It began at 9 a.m. Monday was wet."]),
    ("Мы здесь. Они там.", ["Мы здесь.", "Они там."]),
    ("No. 3 Fleet sailed. 12 ships followed.", ["No. 3 Fleet sailed.", "12 ships followed."]),
    ("", []),
    ("   \n \n", []),
    ("Word", ["Word"]),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text, expected):
    assert [text[s.start : s.end] for s in split.sentences(text)] == expected


@given(st.text(alphabet=st.sampled_from("Ab .!?\n”“’()…U1é"), max_size=200))
def test_sentences_cover_the_text_and_do_not_overlap(text):
    found = list(split.sentences(text))
    assert "".join(text[s.start : s.end] for s in found).replace(" ", "") == "".join(text.split())
    assert all(a.end <= b.start and a.para <= b.para for a, b in pairwise(found))
    assert all("\n" not in text[s.start : s.end] for s in found)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("China’s U.S.-led drill", ["China’s", "U.S", "led", "drill"]),
        ("dual-use", ["dual-use"]),
        ("“No!”", ["No"]),
        ("...", []),
    ],
)
def test_words(text, words):
    assert split.words(text) == words
    assert split.count(text) == len(words)


@given(st.text(alphabet=st.sampled_from("ab1é.'’‑-_ \n,я漢"), min_size=400, max_size=600))
def test_long_texts_are_counted_as_short_ones_are(text):
    assert split.count(text) == len(split.words(text))
