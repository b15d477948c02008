import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import InputError
from helpers.language import dates
from helpers.reading import clean, furniture


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


def test_repeated_lines_are_furniture_but_a_repeated_sentence_stays_once():
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
    # The hyphen of a word that was broken at the end of a line goes without a row.
    squeezed = lambda words: sorted(re.sub(r"[\s-]", "", words))  # noqa: E731
    told = text + "".join(cut.text for cut in cuts)
    assert squeezed(told) == squeezed(raw)
    assert raw.count("-") - told.count("-") <= len(re.findall(r"-\s*[\r\n\u2028]", raw))
    assert all(1 <= cut.line <= len(raw.splitlines()) for cut in cuts)


@given(st.text(max_size=200))
def test_any_text_is_cleaned_without_an_error_and_a_second_time_without_a_loss_of_lines(raw):
    text, cuts = clean.article(raw)
    assert "\n\n" not in text
    inside = {"broken encoding, repaired", "control characters", "footnote mark", "aside"}
    if not inside & {cut.rule for cut in cuts}:
        assert all(line in raw.replace("\u00a0", " ") for line in text.split("\n"))


# What scrapers leave, without a word that any list could know: shape, place and company tell it.
SHAPES = [
    ("War | World | Opinion", "navigation"),
    ("Defence / Aviation", "navigation"),
    ("Oct. 15, 2024 9:12 AM", "timestamp"),
    ("15.10.2024 | 08:12", "timestamp"),
    ("Thursday 26 October 2023 · 2 min read", "timestamp"),
    ("Published: 3:40pm, 15 Oct, 2024", "timestamp"),
    ("[Photo 1/6]", "in brackets"),
    ("(The Lantern, Oslo desk)", "in brackets"),
    ("02:41 The ferry leaves 02:41 The ferry leaves", "repeated line"),
]


@pytest.mark.parametrize(("line", "rule"), SHAPES)
def test_lines_are_known_by_their_shape(line, rule):
    assert furniture.rule_of(line, furniture.rules()) == rule


TEXT = [
    "Length (m)       82.6       91.0",
    "| 2024 | 2 | 1 |",
    "2023    48",
    "The vote was on Oct. 15, 2024, and nobody came.",
    "(“It was late,” he said, and left the room without another word to anybody.)",
    "Subscribe to no illusions, he told the crew.",
    "Share prices fell by 3 per cent in Oslo on Monday, and rose again at noon.",
    "“Sign up here,” said the recruiter, and pushed a newsletter across the table.",
    "By the sea there is a shop with a blue bicycle in the window.",
    "Read that table twice.",
    "($1 = 0.7869 pounds)",
    "Source countries were not named.",
    "What should change",
    "the text",
    "He was a master at weaving alliances in the capital. SIGN UP FOR OUR NEWSLETTER",
    "Japan and Sergei Lavrov discussed security on 2022-06-09. The talks were long",
    "He is able to read an email address, said the judge.",
    "Photos: The calendar shows July. “Mankind will be interested,” it says.",
    "( Also on the list: no time limit) Unlike the governor, he was a favorite. So was she",
    "Anna Nash is a reporter for the Lantern. “So the plan was dropped,” she heard",
]


@pytest.mark.parametrize("line", TEXT)
def test_tables_headings_and_sentences_are_no_furniture(line):
    assert furniture.rule_of(line, furniture.rules()) == ""


STORY = "The ferry left the harbour at noon on Monday, and nobody knew where it went."
MORE = "It came back at night, with no fish and no explanation, and the crew went home."

PAGES = [
    (["Photo essay", "A ferry leaves", STORY, MORE], ["Photo essay"]),
    ([STORY, "Snow closes the northern road", "Minister opens a bridge in Drammen", MORE], [1, 2]),
    ([STORY, "What comes next", MORE], []),
    ([STORY, "- a rope", "- a bucket", MORE], []),
    ([f"{STORY[:-1]}:", "a rope and a bucket of paint", "an anchor for the winter harbour", MORE], []),
    ([STORY, "Most read", "1. Snow closes road", "2. Bridge opens", MORE], [1, 2, 3]),
    ([STORY, MORE, "Snow closes the road", "Bridge opens in Drammen"], [2, 3]),
    ([STORY, MORE, "The next ferry will leave on Tuesday at noon"], []),
    ([STORY, "sailor_62 said:", "They never leave.", "Click to expand...", MORE], [1, 2, 3]),
    (["A ferry leaves | The Lantern", "A ferry leaves", STORY, MORE], [0]),
    (["A ferry on the quay in Oslo. Photo: pool", STORY, MORE], [0]),
    (["A ferry waits on the quay in Oslo. Photo: pool", STORY, MORE], []),
    (["A ferry on the quay in Oslo Photo: pool", STORY, MORE], [0]),
    ([STORY, MORE, "[1] See the harbour book of 1871."], [2]),
    ([STORY, "BRIDGE TO BE CLOSED FOR THE WHOLE WINTER", MORE], [1]),
]


@pytest.mark.parametrize(("lines", "gone"), PAGES)
def test_lines_are_known_by_their_place_and_company(lines, gone):
    text, cuts = clean.article("\n".join(lines))
    gone = [lines.index(line) if isinstance(line, str) else line for line in gone]
    whole = {cut.line - 1 for cut in cuts if cut.text == lines[cut.line - 1]}
    assert whole == set(gone)
    assert len(text.split("\n")) == len(lines) - len(gone)


SPANS = [
    ("It rained. (JGD)", "It rained.", "in brackets"),
    ("It rained [1] and snowed.", "It rained and snowed.", "aside"),
    ("It rained. Click here for the weather map", "It rained.", "call to action"),
    ("#2 Oct 24, 2021 · It rained.", "It rained.", "post number"),
    ("A ship lay in the dock. © The Lantern", "A ship lay in the dock.", "copyright"),
    ("The strait is free.² It rained.", "The strait is free. It rained.", "footnote mark"),
]


@pytest.mark.parametrize(("line", "left", "rule"), SPANS)
def test_spans_are_cut_out_of_lines_that_stay(line, left, rule):
    text, cuts = clean.article(f"{STORY}\n{line}\n{MORE}")
    assert text.split("\n")[1] == left
    assert [cut.rule for cut in cuts] == [rule]


def test_broken_encodings_are_repaired_and_curly_quotes_stay_curly():
    raw = f"{STORY}\nHe said â€œit rainedâ€\x9d in MÃ¼nchen &amp; Oslo.\n“It did,” she said, “in Köln.”"
    text, cuts = clean.article(raw)
    assert text.split("\n")[1:] == ["He said “it rained” in München & Oslo.", "“It did,” she said, “in Köln.”"]
    assert [(cut.line, cut.rule) for cut in cuts] == [(2, "broken encoding, repaired")]


def test_marks_that_steer_the_display_go_and_are_named():
    text, cuts = clean.article(
        "It \u202erained\u202c in\u200b Oslo\x07.\nSo it did, for an hour and a half, they said."
    )
    assert text.split("\n")[0] == "It rained in Oslo."
    assert cuts == [clean.Cut(1, "U+202E U+202C U+200B U+0007", "control characters")]


def test_lines_broken_at_a_width_are_joined():
    words = " ".join([STORY, MORE] * 6).split()
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) > 68:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    text, cuts = clean.article("\n".join([*lines, line]))
    assert text == " ".join(words)
    assert cuts == []


def test_a_folder_adds_rules_of_its_own_and_a_wrong_one_is_one_line(tmp_path):
    own = tmp_path / "furniture.yml"
    own.write_text("- rule: weather\n  pattern: 'weather: .{1,40}'\n  example: 'Weather: rain'\n")
    known = furniture.rules(own)
    assert furniture.rule_of("Weather: snow", known) == "weather"
    assert furniture.rule_of("Weather: snow", furniture.rules()) == ""
    for text, message in [
        ("- rule: a\n  pattern: '('\n  example: b\n", "no regular expression"),
        ("- rule: a\n  pattern: '(b)'\n  example: b\n", "captures a group"),
        ("- rule: a\n  pattern: 'b'\n  example: c\n", "does not match its example 'c'"),
        ("- rule: a\n  within: b\n  example: b\n", "not a list of rule, pattern, example"),
        ("rule: a\n", "not a list of rule, pattern, example"),
        ("- [\n", "not readable as YAML"),
        ("- rule: a\n  rule: b\n  example: c\n", "'rule' stands twice in the part that begins in line 1"),
    ]:
        own.write_text(text)
        with pytest.raises(InputError, match=message) as raised:
            furniture.rules(own)
        assert "\n" not in str(raised.value)


NOISE = "Advertisement|Most read|1. Snow|- a rope|halyard_62|#2|Snow closes road|a:|Photo: pool|[1] Note|x said:"
LINES = st.sampled_from(
    [STORY, MORE, "OSLO, May 3 (NTB) - Snow.", "| a | b |", "Oct. 15, 2024 9:12", "", *NOISE.split("|")]
)


@given(st.lists(LINES, max_size=14))
def test_every_line_of_a_page_is_kept_or_reported_at_its_place(lines):
    text, cuts = clean.article("\n".join(lines))
    for cut in cuts:
        assert cut.text.strip() in lines[cut.line - 1]
    squeezed = sorted("".join("".join([text, *(cut.text for cut in cuts)]).split()))
    assert squeezed == sorted("".join("".join(lines).split()))
