"""Rules of furniture that a user writes: what would take for ever is refused, what is ordinary is not."""

import re
from time import thread_time

import pytest

from helpers import InputError
from helpers.reading import furniture

# Each with an example that it matches at once.
SLOW = [
    (r"(?:a+)+$", "aa"),
    (r"(?:a*)*b", "b"),
    (r"(?:a|a)*", "aa"),
    (r"(?:a|aa)+$", "a"),
    (r"(?:\w+\s?)+$", "more news"),
    (r"(?:\w+\s?)+!", "more news!"),
    (r"(?:.*)*x", "x"),
    (r"(?:[^x]+)+x", "ax"),
    (r"(?:a+?)+?b", "ab"),
    (r"(?:ab|ab)*c", "c"),
    (r"(?:red|green|blue|blue)+", "red"),
    (r"\d+\d+\d+$", "123"),
    (r"\w+\w+\w+x", "abx"),
    (r"\w*\d*\w*\d*!", "a!"),
    (r".*.*.*x", "x"),
    (r"\s*\s*\s*x", "x"),
    (r"[A-Z]+ ?[A-Z]+ ?[A-Z]+ ?\d", "A B C 1"),
    (r"(?:a?){30}a{30}", "a" * 30),
    (r"(?:a|aa){30}x", "a" * 30 + "x"),
    (r"(?:(?:a?){65535}){65535}", "a"),
    (r"(?:(?:(?:a+)+)+)+b", "b"),
    (r"(?:news|x(?:y+)+z)", "news"),
    (r"(?:a|b|c|d|(?:e+)+)+f", "af"),
    (r"(?=(?:a+)+b)ab", "ab"),
    (r"(?>(?:a+)+b)c", "abc"),
    (r"(?:a+)+\W", "a!"),
    (r"(?:\d+[.,]?)+ km", "1 km"),
    (r"photo(?: \w+)* ?(?:\w+ ?)*by", "photo by"),
    (r"(?:www\.)?(?:\w+\.?)+/", "www.a/"),
    (r"(?:[\w.]+)+@", "a@"),
    (r"(?:(?:very|so) ?|very )*good", "very good"),
    (r"^(?:.*,)*.*;", "a,b;"),
    (r"(?:é+)+x", "éx"),
    (r"(?:\(+)+\)", "()"),
]
ORDINARY = [
    (r"advertisement|sponsored", "Sponsored"),
    (r"photo(?:graph)?:? .{1,80}", "Photo: a pier"),
    (r"(?:by|from) [\w .'-]+ in [\w .'-]+", "By Ada Quist in Oslo"),
    (r"\d{1,2}:\d{2} ?(?:am|pm)?", "9:12 am"),
    (r"share (?:on|via) \w+(?:, \w+)*", "Share on this, that"),
    (r"The Lantern, (?:mon|tues|wednes|thurs|fri|satur|sun)day", "The Lantern, Sunday"),
    (r"© ?\d{4}(?:-\d{4})? .*", "© 2024 The Lantern"),
    (r"\[[^\]]*\]", "[see map]"),
    (r"read more:? .*", "Read more: piers"),
    (r"(?:[\w-]+\s)*subscribers? only", "for subscribers only"),
    (r"\w+(?:\s+\w+)*", "Piers and ferries"),
    (r"(?:\w+[ ,])+\w+", "piers, ferries".replace(", ", ",")),
    (r".*\bcookies?\b.*", "We use cookies here"),
    (r".* by .* in .*", "A song by a band in a hall"),
    (r"(?:https?://)?(?:\w+\.)+\w+(?:/\S*)?", "www.lantern.example/a"),
    (r"[\w.+-]+@[\w-]+\.[\w.]+", "desk@lantern.example"),
    (r"(?:tags?|topics?): *(?:[^,]+, *)*[^,]+", "Tags: piers, ferries"),
    (r"(?:\d+ )?comments?(?: \(\d+\))?", "12 comments"),
    (r"[A-Z ]+: .+", "IN SHORT: piers"),
    (r"(?:\d{1,3},)*\d{1,3} (?:views|shares)", "1,234 views"),
    (r".*photo.*credit.*agency.*", "Photo, credit: an agency"),
    (r".+?\s*\|\s*.+?", "Piers | The Lantern"),
    (r"#\w+(?: #\w+)*", "#piers #ferries"),
    (r"(?:[A-Z]\w+ ){1,4}(?:contributed|reported).*", "Ada Quist contributed to this"),
    (r"(?:[^/]{1,30} / ){2,6}[^/]{1,30}", "Home / News / Piers"),
    (r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?: \w{2,5}){2}", "2024-01-02 10:11:12 GMT AM"),
    (r"(?:january|february|march) \d{1,2}, \d{4}", "March 1, 2024"),
    (r"(?>a+)+b|(?:c++)+d", "aab"),
]


def written(place, pattern, example):
    path = place / "furniture.yml"
    path.write_text(f"- rule: own\n  pattern: '{pattern.replace(chr(39), chr(39) * 2)}'\n  example: '{example}'\n")
    return path


@pytest.mark.parametrize(("pattern", "example"), SLOW)
def test_a_rule_that_may_take_for_ever_is_refused_in_one_line(tmp_path, pattern, example):
    start = thread_time()
    with pytest.raises(InputError, match="rule 'own' takes too long") as told:
        furniture.rules(written(tmp_path, pattern, example))
    assert "\n" not in str(told.value)
    assert thread_time() - start < 5


@pytest.mark.parametrize(("pattern", "example"), ORDINARY)
def test_an_ordinary_rule_is_taken(tmp_path, pattern, example):
    assert furniture.rule_of(example, furniture.rules(written(tmp_path, pattern, example)))


@pytest.mark.slow
@pytest.mark.parametrize("rule", furniture.rules().listed, ids=lambda rule: rule.rule)
def test_no_packaged_rule_takes_long(rule):
    assert not furniture._is_slow(rule.pattern)


@pytest.mark.parametrize(
    "line",
    [
        "» " + "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 of the rest",
        "> " * 100 + "x",
        "1 of 2 " + "prev" * 50 + "-x",
        "share,share" + "," * 200 + "x",
        "page 1 of 2" + " ." * 100 + "ä",
        "next " * 45 + "?x",
    ],
)
def test_a_line_that_goes_on_is_judged_at_once(line):
    judge = furniture.rules().line.__wrapped__
    start = thread_time()
    judge(line)
    assert thread_time() - start < 0.1, re.sub(r"(.{30}).+", r"\1…", line)
