import gzip
import json
import math
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import ROOT

from helpers import InputError
from helpers.language import speech, split
from helpers.sentiment import features, vader
from helpers.sentiment import scores as sentiment

# Every rule of VADER once: the package has had no release for years, and a new one must not change scores unseen.
TWENTY = [
    ("The talks were a great success!", 0.8439, "great success"),
    ("The talks were a GREAT success.", 0.8602, "GREAT success"),
    ("The talks took place.", 0.0, ""),
    ("The United States said so.", 0.4215, "United"),
    ("It was not good.", -0.3412, "good"),
    ("It was good, but the end was bad.", -0.5859, "good bad"),
    ("It was very good.", 0.4927, "good"),
    ("It was hardly good.", 0.3832, "good"),
    ("It was never so good.", 0.6626, "good"),
    ("Without doubt it was good.", 0.6136, "doubt good"),
    ("The least happy of all was the minister.", -0.4585, "happy"),
    ("No friend of ours attacked.", -0.6836, "friend attacked"),
    ("It is the kiss of death.", -0.6124, "kiss death"),
    ("The deal was kind of good.", 0.3832, "good"),
    ("They lost the war??", -0.7622, "lost war"),
    ("They lost the war???", -0.7744, "lost war"),
    ("It wasn’t a “success”.", -0.4585, "success"),
    ("A 😀 for the allies", 0.3612, "grinning"),
    ("War :( and peace :)", -0.0772, "War :( peace :)"),
    ("", 0.0, ""),
]


@pytest.mark.parametrize(("text", "compound", "words"), TWENTY, ids=[text or "nothing" for text, *_ in TWENTY])
def test_vader_is_held_by_twenty_sentences(text, compound, words):
    scored = vader.score(text)
    assert (scored.compound, scored.shown()) == (compound, ", ".join(words.split()))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The United States said so.", [("United", 1.8)]),
        ("Nothing happened.", []),
        ("It was good, but the end was bad.", [("good", 0.95), ("bad", -3.75)]),
        ("It was not good.", [("good", pytest.approx(-1.406))]),
    ],
)
def test_vader_names_the_words_it_counts(text, terms):
    assert list(vader.score(text).terms) == terms


def test_vader_reads_a_thousand_words_of_a_text():
    assert vader.score("fine " * 1000 + "terrible " * 5000) == vader.score("fine " * 1000)
    assert len(vader.score("good but " + "bad " * 100_000).terms) == 999


@pytest.mark.parametrize(
    ("text", "sign"), [("a great success", 1), ("a terrible defeat", -1), ("The talks took place.", 0), ("", 0)]
)
def test_score(text, sign):
    compound = vader.score(text).compound
    assert (compound > 0) - (compound < 0) == sign


def test_curly_quotes_do_not_change_a_score():
    assert vader.score("It wasn’t a “success”.") == vader.score('It wasn\'t a "success".')


def parts(text):
    """voice -> words, for a text of one sentence."""
    sentences = pd.DataFrame(
        [("d", n, s.start, s.end, text[s.start : s.end]) for n, s in enumerate(split.sentences(text))]
    )
    sentences.columns = ["doc", "sent", "start", "end", "text"]
    spans = [("d", s.start, s.end, s.voice) for s in speech.spans(text)]
    voices = pd.DataFrame(spans, columns=["doc", "start", "end", "voice"])
    found = sentiment.sentences(sentences, voices, min_words=1)
    return dict(zip(found.voice, found.part, strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The talks failed.", {"own": "The talks failed."}),
        ("“A great success,” he said.", {"own": "he said.", "quoted": "“A great success,”"}),
        ("He praised “warm ties” in a cold room.", {"own": "He praised in a cold room.", "quoted": "“warm ties”"}),
    ],
)
def test_each_voice_is_scored_on_its_own_words(text, expected):
    assert parts(text) == expected


def test_an_article_counts_once_for_each_voice():
    scored = pd.DataFrame(
        [("a", 0, "own", 0.5, 0.1, 10), ("a", 1, "own", 0.0, 0.1, 30), ("b", 0, "own", -1.0, 0.1, 5)],
        columns=["doc", "sent", "voice", "news", "vader", "words"],
    )
    documents = pd.DataFrame({"doc": ["a", "b"], "outlet": "X", "event": "", "published": pd.NaT, "copy_of": ""})
    found = sentiment.articles(scored, documents)
    assert found[["doc", "news", "sentences"]].to_numpy().tolist() == [["a", 0.125, 2], ["b", -1.0, 1]]
    assert found.vader.tolist() == pytest.approx([0.1, 0.1])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The United States said so.", "the NAME said so ."),
        ("United States officials said no.", "NAME officials said no ."),
        ("Critics of Mr. Smith wept.", "critics of NAME wept ."),
        ("The Russian defence minister left.", "the NAME left ."),
        ("He wasn’t “favoured”, he said.", 'he was n\'t " favored " , he said .'),
        ("U.S. forces met Gen. Li in Xi’an.", "NAME forces met NAME in NAME ."),
        ("Senator Beats Rival In Ugly Race For Governor", "TITLE beats NAME in ugly NAME for TITLE"),
        ("", ""),
        ("🙂 …", ""),
    ],
)
def test_names_titles_and_spellings_are_masked(text, words):
    assert " ".join(features.masked(text).texts) == words


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("defence", "defense"),
        ("organised", "organized"),
        ("labour", "labor"),
        ("honours", "honors"),
        ("theatre", "theater"),
        ("travelled", "traveled"),
        ("analysed", "analyzed"),
        ("sceptical", "skeptical"),
        ("towards", "toward"),
        ("programmes", "programs"),
        ("catalogue", "catalog"),
        ("paediatric", "pediatric"),
        ("acknowledgement", "acknowledgment"),
        ("criticise", "criticize"),
        ("favourable", "favorable"),
        ("offence", "offense"),
        ("fulfil", "fulfill"),
        ("grey", "gray"),
    ],
)
def test_both_spellings_are_one_word_and_one_score(british, american):
    assert features.spelled(british) == features.spelled(american)
    one, other = (f"It was a great {word} and a “failure”." for word in (british, american))
    assert sentiment.news(one).score == sentiment.news(other.replace("“", '"').replace("”", '"')).score


@pytest.mark.parametrize(
    "pair", [("four", "for"), ("our", "or"), ("filled", "filed"), ("tour", "tor"), ("hour", "hor")]
)
def test_no_two_words_become_one(pair):
    assert features.spelled(pair[0]) != features.spelled(pair[1])


def found(text, target, at=0):
    """(role, word) of a target in a text, by its first place after `at`."""
    start = text.index(target, at)
    reading = features.masked(text, start, start + len(target))
    return {(role.name, reading.texts[role.at]) for role in features.roles(reading)}


@pytest.mark.parametrize(
    ("text", "target", "role"),
    [
        ("Critics accused Beijing of lying.", "Beijing", ("object", "accused")),
        ("Critics did not accuse Beijing.", "Beijing", ("not object", "accuse")),
        ("Beijing was sharply criticized.", "Beijing", ("object", "criticized")),
        ("Beijing was never criticized by anyone.", "Beijing", ("not object", "criticized")),
        ("Paris was criticized by Beijing.", "Beijing", ("subject", "criticized")),
        ("Beijing, a bully, has not helped.", "Beijing", ("called", "bully")),
        ("Beijing, a bully, has not helped.", "Beijing", ("not subject", "helped")),
        ("Senators attacked Paris, Tokyo and Beijing.", "Beijing", ("object", "attacked")),
        ("The critics of Beijing left.", "Beijing", ("behind of", "critics")),
        ("He is a liar.", "He", ("is", "liar")),
        ("He is not a liar.", "He", ("is not", "liar")),
        ("Their plan failed.", "Their", ("owner", "plan")),
        ("Their plan failed.", "Their", ("owner subject", "failed")),
        ("Beijing’s brave fleet left.", "Beijing", ("owner", "brave")),
        ("The visit was good, said Beijing.", "Beijing", ("speaks", "TARGET")),
        ("According to Beijing, it was good.", "Beijing", ("speaks", "TARGET")),
        ("Beijing lied, Paris said.", "Beijing", ("spoken of", "NAME")),
    ],
)
def test_roles(text, target, role):
    assert role in found(text, target)


@pytest.mark.parametrize(
    ("text", "target", "role"),
    [
        ("Beijing accused Paris of lying.", "Beijing", "object"),
        ("Critics accused Beijing of lying.", "Beijing", "subject"),
        ("Paris spoke. Beijing listened.", "Paris", "speaks"),
        ("He is leaving.", "He", "is"),
    ],
)
def test_roles_that_are_none(text, target, role):
    assert role not in {name for name, _ in found(text, target)}


def toward(text, target):
    start = text.index(target)
    return sentiment.towards(text, start, start + len(target))


@pytest.mark.parametrize(
    ("text", "better", "worse"),
    [
        ("Senators praised Smith and condemned Jones.", "Smith", "Jones"),
        ("Smith was attacked as a liar.", None, "Smith"),
        ("Smith won wide praise for his brave and honest work.", "Smith", None),
        ("Smith is a corrupt bully.", None, "Smith"),
        ("Everyone thanked Smith for his help.", "Smith", None),
    ],
)
def test_who_is_praised_and_who_is_blamed(text, better, worse):
    high = toward(text, better).score if better else 0.0
    low = toward(text, worse).score if worse else 0.0
    assert high > low


WORDS = (
    "the Smith Beijing critics accused praised not of for a liar hero said “ ” , . said by his failed plan was great "
    "and but Mr. minister defence 7 😀"
).split()


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25), st.data())
@settings(max_examples=200, deadline=None)
def test_terms_add_up_to_the_score(words, data):
    text = " ".join(words)
    spans = [match.span() for match in features.TOKEN.finditer(text) if match[0][0].isalnum()]
    told = sentiment.news(text)
    assert math.isclose(sum(term.weight for term in told.terms), told.score, abs_tol=1e-9)
    if spans:
        one = sentiment.towards(text, *data.draw(st.sampled_from(spans)))
        assert math.isclose(sum(term.weight for term in one.terms), one.score, abs_tol=1e-9)
        assert math.isclose(one.negative + one.neutral + one.positive, 1)
        assert math.isclose(one.positive - one.negative, one.score, abs_tol=1e-12)


@pytest.mark.parametrize("text", ["", " ", "!?", "😀😀", "…", "12 34", "\x00", "中国 ß"])
def test_a_text_without_words_has_a_score(text):
    assert -0.2 < sentiment.news(text).score < 0.2
    assert -1 <= vader.score(text).compound <= 1


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (5, 5), (6, 2), (0, 99), (17, 18), (40, 50)])
def test_a_span_without_a_target_is_one_line(start, end):
    with pytest.raises(InputError, match=r"^the target .*") as error:
        sentiment.towards("Critics left home!", start, end)
    assert "\n" not in str(error.value)


def test_a_hundred_thousand_words():
    text = "The brave minister failed, but “Beijing” said no. " * 11_000
    start = text.index("Beijing", len(text) // 2)
    assert -1 <= sentiment.towards(text, start, start + 7).score <= 1
    assert -1 <= sentiment.news(text).score <= 1


@pytest.mark.parametrize(
    "template", ["{} was condemned by critics.", "Critics of {} lied.", "He praised {}, they said."]
)
def test_a_country_s_name_does_not_matter(template):
    names = ["China", "the United States", "Georgia", "New Zealand", "South Korea", "Turkey", "Great Britain"]
    scores = {round(toward(template.format(name), name).score, 12) for name in names}
    news = {sentiment.news("It was a great day for " + name + ".").score for name in names if name[0] != "t"}
    assert len(scores) == len(news) == 1


def test_roles_and_words_are_told_first():
    terms = [term.words for term in toward("Critics accused Beijing of lying, Paris said.", "Beijing").terms]
    assert {"object of accuse", "said by NAME"} <= set(terms)
    assert max(map(terms.index, ("object of accuse", "lying"))) < terms.index("NAME said")
    assert terms[-1] == sentiment.ALWAYS


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Russia’s war is unjust.", "unjust, war"),
        ("President Xi thanked the Foreign Ministry of Russia in Beijing on Friday.", "thanked"),
        ("The route took in the Sea of Japan and the East China Sea.", ""),
        ("", ""),
    ],
)
def test_only_words_that_count_by_themselves_are_shown(text, words):
    assert sentiment.news(text).shown() == words


def bracketed(text):
    """A text without its brackets, and the spans that stood in them."""
    spans, bare = [], ""
    for before, inside in re.findall(r"([^\[]*)(?:\[(.*?)\])?", text):
        bare += before
        spans += [(len(bare), len(bare + inside))] * bool(inside)
        bare += inside
    return bare, spans


MARKED = [
    ("vader", "The [United] States has a [united] front."),
    ("news", "The United States has a [united] front."),  # the right place of a word that is also in a name
    ("vader", "[Great] Britain [won] a [great] [war]."),
    ("news", "Great Britain [won] a [great] [war]."),
    ("news", "The alliance imposes no [sanctions]; the United States, the European Union, Britain and Japan do."),
    ("news", "Foreign Minister Grace Friend [attacked] the plan."),
    ("vader", "Foreign Minister [Grace] [Friend] [attacked] the plan."),
    ("vader", "[War] is [war], and [peace] is not [war]."),
    ("news", "[War] is [war], and [peace] is not [war]."),
    ("vader", "It was a “[success]”, not a ‘[failure]’."),
    ("news", "It was a “[success]”, not a ‘[failure]’."),
    ("news", "It wasn’t GOOD!"),  # what tells a reader nothing, such as "n’t", is no mark
    ("vader", "It wasn’t [GOOD]!"),
    ("vader", "The  [hero]\u00a0 [won]!"),
    ("news", "The  [hero]\u00a0 [won]!"),
    ("vader", "A [😀] for the allies, a [happy😀]! and [success]"),
    ("vader", "[War] [:(] and [peace] [:)]"),
    ("vader", ""),
    ("news", "…"),
]


@pytest.mark.parametrize(("score", "text"), MARKED)
def test_marks_are_the_places_of_the_words_that_count(score, text):
    bare, spans = bracketed(text)
    assert sentiment.marks(bare, score) == spans


@pytest.mark.parametrize(
    ("voice", "score", "text"),
    [
        ("own", "vader", "He [praised] “warm ties” in a [terrible] room."),
        ("quoted", "vader", "He praised “[warm] ties” in a terrible room."),
        ("quoted", "news", "“It was a [great] [success],” said the terrible king, “and no [disaster].”"),
        ("own", "news", "“It was a great success,” said the [terrible] king, “and no disaster.”"),
        ("own", "news", "The [terrible] man said “it is a great war of a hero”, and the [war] was [terrible]."),
        ("quoted", "news", "The terrible man said “it is a [great] [war] of a [hero]”, and the war was terrible."),
    ],
)
def test_a_voice_has_its_own_marks_in_a_sentence_of_both(voice, score, text):
    bare, spans = bracketed(text)
    spoken = [(100 + s.start, 100 + s.end, s.voice) for s in speech.spans(bare)]
    assert sentiment.in_voice(bare, sentiment.by_voice(bare, 100, spoken)[voice], score) == spans


@pytest.mark.parametrize(
    ("text", "target", "words"),
    [
        (
            "[Critics] [accused] Beijing of [lying] to Paris on Friday.",
            "Beijing",
            "object of accuse, lying, accused, Critics",
        ),
        ("Beijing was [condemned]; Paris was [praised].", "Paris", "praised, condemned, object of praise"),
        ("Beijing was [condemned]; Paris was [praised].", "Beijing", "object of condemn, condemned, praised"),
        ("Senators met the envoys of Russia.", "Russia", ""),
    ],
)
def test_of_an_attitude_roles_and_words_that_count_are_told_and_marked(text, target, words):
    bare, spans = bracketed(text)
    start = bare.index(target)
    sentences = pd.DataFrame({"doc": ["a"], "sent": [0], "start": [100], "text": [bare]})
    mention = {"doc": ["a"], "sent": [0], "start": [100 + start], "end": [100 + start + len(target)]}
    (found,) = sentiment.mentions(sentences, pd.DataFrame(mention)).itertuples()
    assert found.terms == words
    assert found.marks[0] == (start, start + len(target), "actor") and sorted(found.marks[1:]) == spans


@given(st.lists(st.sampled_from([*WORDS, "United", "united", "wasn’t", "“war”", "WAR!", ":("]), max_size=25))
@settings(max_examples=200, deadline=None)
def test_a_mark_is_a_word_of_a_term_and_never_a_masked_name(words):
    text = " ".join(words)
    counted = {word for word, _ in vader.score(text).terms}
    marked = {features.fold(text[start:end]) for start, end in sentiment.marks(text, "vader")}
    assert marked - {"😀"} == counted - {"grinning"} and ("😀" in marked) == ("grinning" in counted)
    masks = features.masked(text)
    hidden = [span for span, word in zip(masks.spans, masks.texts, strict=True) if word in features.MASKS]
    told = {term.words for term in sentiment.news(text).terms if abs(term.weight) >= sentiment.COUNTS}
    for start, end in sentiment.marks(text, "news"):
        assert text[start:end] in told and not [span for span in hidden if span[0] < end and start < span[1]]


def test_mentions_get_their_scores_beside_them():
    text = "Critics accused Beijing of lying."
    sentences = pd.DataFrame({"doc": ["a"], "sent": [3], "start": [100], "text": [text]})
    mentions = pd.DataFrame({"doc": ["a"], "sent": [3], "start": [116], "end": [123], "actor": ["CHN"]})
    found = sentiment.mentions(sentences, mentions)
    assert list(found) == [*mentions, *sentiment.TARGETS]
    assert found.score[0] == sentiment.towards(text, 16, 23).score
    assert "object of accuse" in found.terms[0]
    assert list(sentiment.mentions(sentences, mentions[:0])) == [*mentions, *sentiment.TARGETS]
    with pytest.raises(InputError, match="give both tables whole"):
        sentiment.mentions(sentences, mentions.assign(sent=4))


@pytest.mark.parametrize("name", ["towards", "news"])
def test_the_weights_say_where_they_are_from(name):
    about = sentiment.model(name).about
    assert "MIT" in about["notice"] and len(about["sha256"]) == 64 and "train_tone.py" in about["command"]


def test_the_weights_are_small_and_carry_no_name_of_a_country():
    files = [sentiment.DATA / f"{name}.json.gz" for name in ("towards", "news")]
    assert sum(file.stat().st_size for file in files) < 200_000
    for file in files:
        keys = " ".join(json.loads(gzip.decompress(file.read_bytes()))["weights"]).split()
        assert not {"russia", "ukraine", "germany", "america", "trump", "obama", "clinton"} & set(keys)


def test_the_same_data_make_the_same_bytes(tmp_path, monkeypatch):
    """A few rows with one word that decides; the trained files are read as the packaged ones are."""
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    import train_tone

    verbs = {-1: "condemned", 0: "met", 1: "praised"}
    rows = [
        [f"Critics {verbs[n % 3 - 1]} Beijing again.", 8 + len(verbs[n % 3 - 1]) + 1, 0, n % 3 - 1, f"a_{n}"]
        for n in range(60)
    ]
    lines = [json.dumps([text, start, start + 7, label, key]) for text, start, _, label, key in rows]
    rated = [f"{n}_1\t{n % 3 - 1}\tCritics {verbs[n % 3 - 1]} the plan." for n in range(60)]
    for name, content in ((train_tone.TRAIN, lines), (train_tone.RATINGS, rated)):
        (tmp_path / name).write_bytes(gzip.compress("\n".join(content).encode()))
    for out in ("one", "two"):
        (tmp_path / out).mkdir()
        train_tone.main(tmp_path, tmp_path / out)
    for name in ("towards.json.gz", "news.json.gz"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    monkeypatch.setattr(sentiment, "DATA", tmp_path / "one")
    monkeypatch.setattr(sentiment, "model", sentiment.model.__wrapped__)
    assert (
        toward("Critics praised Beijing again.", "Beijing").score
        > 0.3
        > -0.3
        > toward("Critics condemned Beijing again.", "Beijing").score
    )
    assert sentiment.news("Critics praised the plan.").score > 0 > sentiment.news("Critics condemned the plan.").score


def test_each_kind_of_word_is_listed_once():
    lines = [line.partition(":") for line in features.STANCES.read_text().splitlines() if not line.startswith("#")]
    words = [word for _, _, rest in lines for word in rest.split()]
    assert len(words) == len(set(words)) > 2000
    assert {kind for kind, _, _ in lines} > features.GOOD
