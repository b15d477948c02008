import pytest
from asked import plain, question

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
