import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT

from helpers.language import attribution, words

HOME = ROOT / "src" / "helpers"
FILES = [
    *(f"language/data/{name}.txt" for name in ("words", "attribution", "dates")),
    *("actors/data/words.txt", "actors/data/names.txt", "topics/data/stops.txt"),
]
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in HOME.rglob("*.py"))


def test_a_list_is_read_with_blanks_comments_and_on_several_lines(tmp_path):
    (tmp_path / "list.txt").write_text(
        "# none: of these\nverbs: say put_it\n\nnouns:\nverbs: (?:a:b)\n", encoding="utf-8"
    )
    assert words.lists(tmp_path / "list.txt") == {"verbs": ["say", "put it", "(?:a:b)"], "nouns": []}


@pytest.mark.parametrize("name", FILES)
def test_every_list_is_used_and_holds_each_word_once(name):
    written = (HOME / name).read_text(encoding="utf-8").replace("_", " ")
    for kind, found in words.lists(HOME / name).items():
        assert found and len(found) == len(set(found)), kind
        assert f'"{kind}"' in SOURCES or f"'{kind}'" in SOURCES or re.search(rf"[{{=,]{kind}[}},\s]", written), kind


def test_every_word_of_the_attributions_is_an_expression_of_its_own():
    for kind, found in attribution.LISTS.items():
        for word in found:
            rule = re.compile(word)
            assert rule.groups == (0 if kind in attribution.KINDS else len(rule.groupindex)), (kind, word)


def test_a_list_is_a_pattern_of_its_words_and_of_other_lists():
    found = words.Patterns({"of": ["of", "for"], "whose": [r"\w+ {of} {country}", "whose"]}, country="China")
    assert all(found["whose"].fullmatch(text) for text in ("ships of China", "drills for China", "whose"))
    assert not found["whose"].fullmatch("ships in China")
    assert found["of"] is found["of"] and found.any["of"] == "(?:of|for)"


@pytest.mark.parametrize(
    ("word", "kinds"),
    [
        ("warned", {"strong", "ask", "clausal", "tell", "alert"}),
        ("warning", {"part"}),
        ("pointed out", {"strong"}),
        ("pointing out", {"part"}),
        ("called for", {"of"}),
        ("emphasised", {"strong", "clausal", "attitude"}),
        ("sailed", set()),
    ],
)
def test_the_kinds_of_a_verb(word, kinds):
    assert {kind for kind, rule in attribution.OF_KIND.items() if rule.fullmatch(word)} == kinds
    assert bool(attribution.VERBS.match(word)) == bool(kinds)


@given(st.text(alphabet=st.sampled_from("aé“”‘’–—\u00a0 -\n"), max_size=60))
def test_folding_keeps_every_offset_and_leaves_no_curly_mark(text):
    folded = words.fold(text)
    assert len(folded) == len(text) and not set(folded) & set(words.MARKS)
    assert words.fold(folded) == folded


@pytest.mark.parametrize(
    ("phrase", "both"),
    [
        ("Theater Command", ["Theater Command", "Theatre Command"]),
        ("the Organisation", ["the Organisation", "The Organisation", "the Organization", "The Organization"]),
        ("Kremlin", ["Kremlin"]),
        ("", []),
    ],
)
def test_a_phrase_is_looked_for_in_both_spellings(phrase, both):
    assert words.spellings(phrase) == both


HEADLINES = [
    ("Russia Praises “No Limits” Pact With China", True, True),
    ("Three Flags on the Steppe at Tsugol", False, True),  # four longer words
    ("Russia praised the pact with China as one without limits.", False, False),
    ("Xi Met Li", False, False),
    ("", False, False),
]


@pytest.mark.parametrize(("sentence", "of_five", "of_four"), HEADLINES)
def test_headlines(sentence, of_five, of_four):
    assert words.is_headline(sentence) == of_five
    assert words.is_headline(sentence, min_words=4) == of_four
