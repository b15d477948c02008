from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import voice

Q, R = "quoted", "reported"
SPANS = [
    ("The minister said that ties are strong.", [(R, "ties are strong.", "The minister")]),
    ("The minister said ties were strong.", [(R, "ties were strong.", "The minister")]),
    ("Ties are strong, the minister said on Tuesday.", [(R, "Ties are strong", "the minister")]),
    ("According to Dong Jun, ties are strong.", [(R, "ties are strong.", "Dong Jun")]),
    ("Ties are strong, according to Dong Jun.", [(R, "Ties are strong", "Dong Jun")]),
    ("“Ties are strong,” Dong said.", [(Q, "“Ties are strong,”", "Dong")]),
    (
        "Dong said ties were at a “new starting point”.",
        [(R, "ties were at a ", "Dong"), (Q, "“new starting point”", "Dong")],
    ),
    ("Washington accused Beijing of arming Moscow.", [(R, "arming Moscow.", "Washington")]),
    ("Ministers denied allegations that parts were sold.", [(R, "parts were sold.", None)]),
    ("The ships left on Monday.", []),
    ("He found a boat.", []),
    ("It was China’s idea, not Russia’s.", []),
    ("The ‘no limits’ pledge stood.", [(Q, "‘no limits’", None)]),
    ('She called it "a start" and left.', [(Q, '"a start"', "She")]),
    ("“An open mark runs on\nThe next paragraph is free.", [(Q, "“An open mark runs on", None)]),
]


@pytest.mark.parametrize(("text", "expected"), SPANS, ids=[text[:30] for text, _ in SPANS])
def test_spans(text, expected):
    found = [
        (s.voice, text[s.start : s.end], text[slice(*s.speaker)] if s.speaker else None) for s in voice.spans(text)
    ]
    assert found == expected


@given(st.text(alphabet=st.sampled_from('aB .,\n“”"‘’said that accused of X'), max_size=160))
def test_spans_are_in_order_and_do_not_overlap(text):
    found = voice.spans(text)
    assert all(0 <= s.start < s.end <= len(text) for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    "text", ["word and China said the " * 20_000, "“Russia said that " * 20_000, "‘Russia said ’t " * 20_000]
)
def test_a_text_that_never_stops_is_read_to_its_end(text):
    assert {s.voice for s in voice.spans(text)} <= {"quoted"}
