from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.language import split

LONG = "Ships left the harbour in the morning, and the crews waved to all on the pier."
SENTENCES = [  # a text and its sentences; None where it is one
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
    # Sentences that a reader of pages glued together.
    (
        "The ferry left on Friday.Nobody saw it.It came back.",
        ["The ferry left on Friday.", "Nobody saw it.", "It came back."],
    ),
    ("“We sail.”The crew cheered.", ["“We sail.”", "The crew cheered."]),
    ('The cook said "we eat."Nobody ate.', ['The cook said "we eat."', "Nobody ate."]),
    ('Rain fell on Friday."We sail," he said.', ["Rain fell on Friday.", '"We sail," he said.']),
    ("Rain fell on Friday.“We sail,” he said.", ["Rain fell on Friday.", "“We sail,” he said."]),
    ("It was built in 1987.The harbour froze.", ["It was built in 1987.", "The harbour froze."]),
    ("They left at 5 p.m.The pier was empty.", ["They left at 5 p.m.", "The pier was empty."]),
    ("Rain fell on Friday.U.S. ships left.", ["Rain fell on Friday.", "U.S. ships left."]),
    ("Prices rose 4%.Banks shut (again).Shops did not.", ["Prices rose 4%.", "Banks shut (again).", "Shops did not."]),
    (
        "Who left?Nobody knows!They waited…Then it snowed.",
        ["Who left?", "Nobody knows!", "They waited…", "Then it snowed."],
    ),
    ("Снег идёт.Порт закрыт.", ["Снег идёт.", "Порт закрыт."]),
    ("A U.S.-led crew at Pier.Com and pier.org drank 3.5 litres.", None),
    ("See No.5, Yearly.Report.pdf, www.Pier.Org and Ann.Lee@pier.com for more.", None),
    ("He met Y.Ivanov, Yu.Petrov, A.B.Cole, Dr.Lind and Gen.Li in St.Petersburg.", None),
    ("The Yahoo!Japan office uses Math.Floor(x) and the U.S.A. flag.", None),
    # The number of an item is no sentence, the year at the end of one is.
    ("1. The crew sails.\n2. Nobody stays.", ["1. The crew sails.", "2. Nobody stays."]),
    ("IV. The crew sails. V. Nobody stays.", ["IV. The crew sails.", "V. Nobody stays."]),
    (
        "a) The crew sails.\n(ii). Nobody stays.\n• 3. The cook left.",
        ["a) The crew sails.", "(ii). Nobody stays.", "• 3. The cook left."],
    ),
    ("The plan: 1. The crew sails. 2. Nobody stays.", ["The plan: 1. The crew sails.", "2. Nobody stays."]),
    ("The plan: a. The crew sails; b. Nobody stays.", None),
    ("1.2. The crew sails. 1.3. Nobody stays.", ["1.2. The crew sails.", "1.3. Nobody stays."]),
    ("Q. Who sails? A. Nobody does.", ["Q. Who sails?", "A. Nobody does."]),
    ("They sailed in 2024. The harbour froze.", ["They sailed in 2024.", "The harbour froze."]),
    ("2024. The harbour froze.", ["2024.", "The harbour froze."]),
    ("Their age is 12. The cook is 40.", ["Their age is 12.", "The cook is 40."]),
    (
        "Xi. That is all. He took vitamin A. The crew slept.",
        ["Xi.", "That is all.", "He took vitamin A.", "The crew slept."],
    ),
    (
        f"{LONG}\nThe travelling party\n{LONG}\n‘A wall of salt’\n{LONG}\n• One boat more\n{LONG}\nIs it over?\n{LONG}",
        [LONG, LONG, LONG, "• One boat more", LONG, "Is it over?", LONG],
    ),
    (
        f"Headline\nStandfirst of it\n{LONG}\nA last line without a stop",
        ["Headline", "Standfirst of it", LONG, "A last line without a stop"],
    ),
    (
        "the pier was shut. nobody came. so we went home. it rained all the way. then it was over. no boats.",
        [
            "the pier was shut.",
            "nobody came.",
            "so we went home.",
            "it rained all the way.",
            "then it was over.",
            "no boats.",
        ],
    ),
    (
        "He works for Inc. and for no. nine of them. The rest is vs. the sea.",
        ["He works for Inc. and for no. nine of them.", "The rest is vs. the sea."],
    ),
    ("", []),
    ("   \n \n", []),
    ("Word", ["Word"]),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(text, expected):
    assert [text[s.start : s.end] for s in split.sentences(text)] == ([text] if expected is None else expected)


@given(st.text(alphabet=st.sampled_from('Ab .!?\n”“’"()…U1é:;'), max_size=200))
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
