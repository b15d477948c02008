import pandas as pd
import pytest
from asked import plain, question, said

from helpers.voices import findings

C, GREY = ("C", 12, 0.004, 0.6, 0.3, 0.14, "given"), ("G", 3, 0.9, float("nan"), 0.3, 0.14, "given")
M, Q = ("M", 20, 0.16, 0.001, 0.3, 0.14, "given"), ("Q", 12, -0.16, 0.004, 0.08, 0.24, "given")
V = ("V", 12, 0.1, 0.03, 0.25, 0.15, "given")


@pytest.mark.parametrize(
    ("rows", "says", "headline", "bars"),
    [
        (
            [M, C, GREY],
            "M gives 30 % of its text to others, and on the same events other outlets give 14 % (p = .001).",
            "M gives 30 % of its text to others. On the same events other outlets give 14 %.",
            ["M 30 % *", "C 30 %"],
        ),
        (
            [V, C, Q, M],
            "M gives 30 % of its text to others, and on the same events other outlets give 14 %; Q gives 8 %, others "
            "24 %; V gives 25 %, others 15 % (p = .030).",
            "M gives 30 % of its text to others. Q gives 8 %.",
            ["M 30 % *", "C 30 %", "V 25 %", "Q 8 % *"],
        ),
        (
            [M, Q, *((name, 40, 0.0, 0.9, 0.2, 0.2, "given") for name in "abcdefghij")],
            "M gives 30 % of its text to others, and on the same events other outlets give 14 %; Q gives 8 %, others "
            "24 % (p = .004).",
            "M gives 30 % of its text to others. Q gives 8 %.",
            ["M 30 % *", *(f"{name} 20 %" for name in "abcdefgh"), "Q 8 % *"],
        ),
        (
            [("M", 9, 0.1, 0.2, 0.1, 0.0, "given"), ("Q", 9, -0.1, 0.2, 0.0, 0.1, "given")],
            "M gives 10 % of its text to others, and on the same events other outlets give 0 %; Q gives 0 %, others "
            "10 % (p = .010 for all outlets); either alone could be chance.",
            "M gives 10 % of its text to others. Q gives 0 %.",
            ["M 10 % *", "Q 0 % *"],
        ),
    ],
)
def test_what_is_said_of_what_outlets_give_to_others(rows, says, headline, bars):
    (found,) = findings.of_given(question(*rows), leans={})
    assert (plain(found.says), plain(found.headline)) == (says, headline)
    assert [plain(f"{name} {words}{' *' * meant}") for name, _, words, meant in found.bars] == bars


U, R = ("S", 14, 0.2, 0.01, 0.56, 0.41, "unnamed"), ("R", 11, 0.26, 0.03, 0.44, 0.18, "power")
CALM = ("T", 20, -0.01, 0.9, 0.4, 0.41, "unnamed")
ALIKE = "Outlets differ in whose words they print on the same events (p = .010); any single difference could be chance."
LEAD = "Of the voices in S, 56 % have no name. Of those in other outlets on the same events, 41 %."
REST = "; of those in other outlets on the same events, "


@pytest.mark.parametrize(
    ("name", "rows", "says", "headline"),
    [
        (
            "whose",
            [U, R, CALM],
            [
                f"Of the voices in S, 56 % have no name{REST}41 % (p = .010; 14 articles).",
                f"Of the voices in R, 44 % are states, bodies or people in office{REST}18 % (p = .030; 11 articles).",
            ],
            "Of the voices in S, 56 % have no name. Of those in other outlets on the same events, 41 %.",
        ),
        (
            "verbs",
            [(*U[:6], "doubting")],
            [f"Of the verbs of saying in S, 56 % doubt (claimed, alleged){REST}41 % (p = .010; 14 articles)."],
            "Of the verbs of saying in S, 56 % doubt (claimed, alleged). Of those in other outlets on the same events, "
            "41 %.",
        ),
        (
            "country",
            [(*U[:6], "RUS")],
            [f"Of the voices in S, 56 % speak for Russia{REST}41 % (p = .010; 14 articles)."],
            "Of the voices in S, 56 % speak for Russia. Of those in other outlets on the same events, 41 %.",
        ),
        (
            "sides",
            [(*U[:6], "both")],
            [f"Of the articles of S in which a side speaks, 56 % let both speak{REST}41 % (p = .010; 14 articles)."],
            "Of the articles of S in which a side speaks, 56 % let both speak. Of those in other outlets on the same "
            "events, 41 %.",
        ),
        ("whose", [(*U[:3], 0.2, *U[4:]), CALM], [ALIKE], ""),
        ("whose", [("S", 7, *U[2:])], [f"Of the voices in S, 56 % have no name{REST}41 % (p = .010; 7 articles)."], ""),
        (
            "whose",
            [(name, *U[1:]) for name in "SWXYZ"],
            3,
            "Of the voices in S, 56 % have no name. Of those in other outlets on the same events, 41 %.",
        ),
    ],
)
def test_what_is_said_of_voices_verbs_and_sides(name, rows, says, headline):
    does = findings.does(name, {"RUS": "Russia", "": "x"} if name == "country" else {"both": "both"})
    found = findings.of_shares(name, question(*rows), does, leans={})
    assert said(found) == says if isinstance(says, list) else len(found) == says
    assert plain(found[0].headline) == headline and not any(finding.headline for finding in found[1:])
    assert all(finding.figure == name for finding in found) and bool(found[0].bars) == bool(headline)


def test_what_hangs_on_one_event_is_said_with_the_difference():
    (found,) = findings.of_shares("whose", question(U), findings.ARE, leans={("unnamed", "S"): "A visit"})
    assert found.says.endswith("14 articles). Without the event of “A visit” the difference of S could be chance.")
    (found,) = findings.of_given(question(M), leans={("given", "M"): "A visit", ("quoted", "Q"): "A storm"})
    assert found.says.endswith("the event of “A visit” the difference of M could be chance.")


@pytest.mark.parametrize(
    ("measure", "says"),
    [
        ("quoted", "M gives 30 % of its text to others in quotation marks"),
        ("reported", "M gives 30 % of its text to others without quotation marks"),
    ],
)
def test_what_is_quoted_or_reported_is_told_where_the_whole_says_nothing(measure, says):
    (found,) = findings.of_given(question((*M[:6], measure), C), leans={})
    assert plain(found.says) == f"{says}, and on the same events other outlets give 14 % (p = .001)."
    both = question((*M[:6], measure), M, (*Q[:6], measure))
    (found,) = findings.of_given(both, leans={})
    assert plain(found.says).startswith("M gives 30 % of its text to others, and on") and "; Q gives 8 %" in plain(
        found.says
    )


@pytest.mark.parametrize("asked", [question(U, p=0.05), question(U, p=1.0), question(U, cannot="no outlet is known")])
def test_nothing_is_said_of_what_may_be_chance_or_cannot_be_compared(asked):
    assert findings.of_shares("whose", asked, findings.ARE, leans={}) == findings.of_given(asked, leans={}) == ()


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (
            {"given": question(U, p=0.3, size=0.114), "whose": question(U)},
            "No difference between outlets is beyond chance in how much of their text they give to others (p = .300). "
            "A difference of 11 points would have been named four times in five.",
        ),
        ({"sides": question(U)}, ""),
        ({"verbs": question(cannot="fewer than 16 articles")}, "Outlets cannot be compared: fewer than 16 articles."),
    ],
)
def test_what_is_not_found_is_told_with_what_would_have_been(asked, says):
    assert findings.unsure(asked) == ((says,) if says else ())


def shares_of(**rows):
    """A table of shares by voice: of what, by, share, articles."""
    table = [("unnamed", by, share, articles) for by, (share, articles) in rows.items()]
    return pd.DataFrame(table, columns=["what", "by", "share", "articles"])


FIRST = pd.DataFrame({"what": ["person", "unnamed"], "share": [0.2, 0.46], "at": [0.5, 0.12], "of": [40, 40]})
DESCRIBED = [
    (
        findings.of_voices,
        (shares_of(quoted=(0.63, 20), reported=(0.27, 30), both=(0.4, 30)),),
        "Of the voices in quotation marks 63 % have no name; of those that are only reported, 27 %.",
    ),
    (findings.of_voices, (shares_of(quoted=(0.63, 7), reported=(0.27, 30)),), ""),
    (findings.of_voices, (shares_of(reported=(0.27, 30)),), ""),
    (
        findings.of_early,
        (FIRST,),
        "In 46 % of the articles that give words to others the first to speak have no name. Where they speak, "
        "their first words stand 12 % into the text, as a rule.",
    ),
    (findings.of_early, (FIRST.assign(of=7),), ""),
    (findings.of_early, (FIRST[:0],), ""),
    (findings.of_people, (285, 137), "In 137 of 285 articles (48 %) no person with a name is given a word."),
    (findings.of_people, (5, 1), "In 1 of 5 articles no person with a name is given a word."),
    (findings.of_people, (285, 0), ""),
    (
        findings.of_headlines,
        (1, 0, 12),
        "1 of 12 headlines has the words of somebody whom the text quotes or reports, without marks and without saying "
        "whose they are.",
    ),
    (findings.of_headlines, (0, 3, 12), "3 of 12 headlines name somebody whom the text names once or never."),
    (findings.of_headlines, (0, 0, 12), ""),
]


@pytest.mark.parametrize(("of", "given", "says"), DESCRIBED)
def test_what_is_described(of, given, says):
    assert said(of(*given)) == ([says] if says else [])
    assert not any(finding.headline for finding in of(*given))


NOTES = [
    (
        findings.of_copies,
        ({"A": 0.2, "B": 0.1}, {"A": 0.25, "B": 0.101}),
        "Over all articles, with every copy counted, A gives 25 % instead of 20 %.",
    ),
    (findings.of_copies, ({"A": 0.2}, {"A": 0.2}), ""),
    (
        findings.of_copies,
        (dict.fromkeys("ABCDE", 0.2), {name: 0.21 + at / 10 for at, name in enumerate("ABCDE")}),
        "Over all articles, with every copy counted, E gives 61 % instead of 20 %, D gives 51 % instead of 20 %, C "
        "gives 41 % instead of 20 % and 2 more outlets move less.",
    ),
    (findings.of_silence, (list("AAB"),), "3 articles give nothing to others, 2 of them of A."),
    (findings.of_silence, (["A"],), "1 article gives nothing to others."),
    (findings.of_silence, ([],), ""),
]


@pytest.mark.parametrize(("of", "given", "says"), NOTES)
def test_what_stands_beside(of, given, says):
    assert [plain(each) for each in of(*map(pd.Series, given))] == ([says] if says else [])


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ([0.2, 0.1], "An article gives 15 % of its text to others, 8 % in quotation marks, on average."),
        ([0.2], "The article gives 20 % of its text to others, 10 % in quotation marks."),
        ([], ""),
    ],
)
def test_what_all_articles_give_is_told(given, says):
    articles = pd.DataFrame({"given": given, "quoted": [share / 2 for share in given]}, dtype=float)
    assert [plain(each) for each in findings.of_all(articles)] == ([says] if says else [])


VERBS = {
    "neutral": "said|told|says|adds|according to|wrote that|called|went on|pointed out|showed|found that",
    "doubting": "claimed|claims that|alleged|insisted|maintains|boasted",
    "conceding": "admitted|acknowledged that|conceded|recognised",
    "warning": "warned of|warns|threatened to|feared|cautioned",
    "accusing": "accused|blamed|condemned|criticized|dismissed|rejected",
    "pressing": "urged|called for|called on|promised|pledged|demanded|agreed to",
    "others": "hummed|meanwhile|saidst",
}


@pytest.mark.parametrize(("group", "verbs"), VERBS.items())
def test_a_verb_of_saying_has_its_group(group, verbs):
    assert {verb: findings.group(verb) for verb in verbs.split("|")} == dict.fromkeys(verbs.split("|"), group)
    assert {*VERBS} == {*findings.VERBS}


@pytest.mark.parametrize(
    ("known", "says"),
    [
        (0.25, ""),
        (1.0, ""),
        (
            0.08,
            "Of 8 % of the voices it is known for which country they speak; a column country in actors.csv tells more.",
        ),
        (
            0.0,
            "Of 0 % of the voices it is known for which country they speak; a column country in actors.csv tells more.",
        ),
    ],
)
def test_where_few_countries_are_known_that_is_said_instead(known, says):
    assert findings.of_unknown(known).replace("\u00a0", " ") == says
