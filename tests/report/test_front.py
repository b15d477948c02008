"""What the front page prints, and in which order; and findings as lines."""

from types import SimpleNamespace

import pytest

from helpers.report import pages
from helpers.show.result import Finding

ONE, TWO, THREE = (SimpleNamespace(at=f"{name}.html") for name in ("one", "two", "three"))


def told(sheet, says, **facts):
    """A finding as a page gives it to the front page."""
    return Finding(says, **{"headline": says, "articles": 50, **facts}).as_json() | {"sheet": sheet}


FRONTS = [
    ("one without a headline stays on its page", [told(ONE, "a", headline="")], ""),
    ("a description needs no p", [told(ONE, "a")], "a"),
    ("the surer first", [told(ONE, "a", p=0.02), told(TWO, "b", p=0.001)], "b a"),
    ("the larger first", [told(ONE, "a", unusual=1), told(ONE, "b", unusual=3)], "b a"),
    ("what rests on more articles first", [told(ONE, "a", articles=9), told(ONE, "b", articles=60)], "b a"),
    ("news first", [told(ONE, "a", novel=0.1), told(ONE, "b", novel=0.9)], "b a"),
    (
        "an event leads",
        [told(ONE, "a", p=0.001, unusual=4), told(TWO, "b", articles=3, beside=(("X", "y", "z"),))],
        "b a",
    ),
    ("two of a page", [told(ONE, name) for name in "abc"] + [told(TWO, "d", articles=2)], "a b d"),
    (
        "six in all",
        [told(sheet, name) for sheet, names in ((ONE, "ab"), (TWO, "cd"), (THREE, "efg")) for name in names],
        "a b c d e f",
    ),
    # Three pages that tested something: the surest must hold three times, the next twice, the last once.
    ("all hold", [told(ONE, "a", p=0.033), told(TWO, "b", p=0.05), told(THREE, "c", p=0.05)], "a b c"),
    ("the surest does not", [told(ONE, "a", p=0.034), told(TWO, "b", p=0.06), told(THREE, "c", p=0.06)], ""),
    (
        "the second does not, so nor does the third",
        [told(ONE, "a", p=0.001), told(TWO, "b", p=0.051), told(THREE, "c", p=0.06)],
        "a",
    ),
    (
        "what is found without a headline counts",
        [told(ONE, "a", p=0.034, headline=""), told(TWO, "b", p=0.06), told(THREE, "c", p=0.06)],
        "",
    ),
    ("one page", [told(ONE, "a", p=0.0499), told(ONE, "b", p=0.0001)], "b a"),
    (
        "a page that tested nothing does not count",
        [told(ONE, "a", p=0.049), told(TWO, "b", p=0.049), told(THREE, "c")],
        "c a b",
    ),
    ("nothing", [], ""),
]


@pytest.mark.parametrize(("findings", "words"), [case[1:] for case in FRONTS], ids=[case[0] for case in FRONTS])
def test_the_front_page_takes_few_findings_the_best_first(findings, words):
    assert [each["says"] for each in pages.front(findings, 0)] == words.split()


UNSAID = [
    ([(ONE, ["a", "b"]), (TWO, ["c"])], "a c b"),
    ([(ONE, ["a"]), (TWO, ["a", "b"])], "a b"),
    ([(ONE, list("abcdef")), (TWO, list("gh"))], "a g b h c"),
    ([(ONE, []), (TWO, [])], ""),
]


@pytest.mark.parametrize(("given", "words"), UNSAID)
def test_what_cannot_be_said_takes_five_lines_each_page_in_its_turn(given, words):
    found = pages.unsaid(given)
    assert [line for _, line in found] == words.split()
    assert all(
        line in dict(zip(("one.html", "two.html"), (lines for _, lines in given), strict=True))[sheet.at]
        for sheet, line in found
    )


RANKS = [
    (Finding("", articles=100, p=0.001, unusual=4), 1.0),
    (Finding("", articles=100, p=0.001, unusual=40), 1.0),
    (Finding("", articles=100, p=0.0, unusual=4), 1.0),
    (Finding("", articles=1, p=0.001, unusual=4), 0.0),
    (Finding("", articles=0), 0.0),
    (Finding("", articles=100, p=0.001, unusual=4, novel=0.0), 0.0),
    (Finding("", articles=10, unusual=2), 0.125),
]


@pytest.mark.parametrize(("finding", "rank"), RANKS)
def test_the_rank_of_a_finding(finding, rank):
    assert finding.rank == pytest.approx(rank)
    assert finding.as_json()["rank"] == 0.0  # without a headline it is no candidate
    assert finding._replace(headline="A").as_json()["rank"] == pytest.approx(rank)


UNDER = [
    (
        "A gives 30 % to others.",
        "A gives 30 % to others (p = .002; 27 articles on events that others told too).",
        False,
    ),
    ("A gives 30 % to others.", "A gives 30 % to others, and on the same events the other outlets give 14 %.", True),
    ("One event, 3 outlets: “One”", "3 of 9 outlets told it, in 8 articles, 17 to 19 May 2024.", True),
    ("A names B.", "A names B.", False),
]


@pytest.mark.parametrize(("headline", "says", "shown"), UNDER)
def test_a_sentence_stands_under_its_headline_where_it_tells_more(headline, says, shown):
    assert pages.front([told(ONE, says, headline=headline)], 0)[0]["under"] == says * shown


@pytest.mark.parametrize(
    ("p", "tested", "shown"), [(0.049, 1, True), (0.049, 2, True), (0.049, 3, False), (0.033, 3, True)]
)
def test_pages_that_compared_and_found_nothing_count_too(p, tested, shown):
    assert bool(pages.front([told(ONE, "a", p=p)], tested)) == shown
