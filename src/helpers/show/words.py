"""Numbers, days and lists in the words of a page."""

from collections.abc import Callable, Collection, Iterable
from functools import partial

import pandas as pd


def day(value: pd.Timestamp) -> str:
    """A day as words: "4 February 2022", or "day unknown"."""
    return "day unknown" if pd.isna(value) else f"{value.day} {value:%B %Y}"


def between(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """A stretch of days, one end of which may be unknown: "14 to 16 May 2024", "after 14 May 2024"."""
    if pd.isna(first):
        return "" if pd.isna(last) else f"before {day(last)}"
    if pd.isna(last):
        return f"after {day(first)}"
    if first == last:
        return day(first)
    told = "" if first.year == last.year and first.month == last.month else f" {first:%B}"
    return f"{first.day}{told}{'' if first.year == last.year else f' {first.year}'} to {day(last)}"


def signed(value: float, decimals: int = 2) -> str:
    """A score with its sign and a true minus: "+0.12", "−0.30"; what rounds to nothing is "0.00"."""
    return f"{value:+.{decimals}f}".replace("-", "−") if round(value, decimals) else f"{0:.{decimals}f}"


fine = partial(signed, decimals=3)  # a small score: "+0.013"
plain = "{:,.0f}".format  # a number as it is, without decimals: "1,204"
decimal = "{:,.1f}".format  # a number with one decimal: "4.5"


def points(share: float) -> str:
    """A difference of shares in percentage points: "+12", "−3"; what rounds to nothing is "0"."""
    return signed(100 * share, 0)


def span(low: float, high: float, form: Callable[[float], str]) -> str:
    """An interval as "0.02 to 0.14", which no line break parts, its ends written by `form`; "" when there is none."""
    return "" if pd.isna(low) else f"{form(low)}\u00a0to\u00a0{form(high)}"


def chance(p: float) -> str:
    """A p-value or q-value as "0.031" or "< 0.001"; "–" when there is none."""
    return "–" if pd.isna(p) else "< 0.001" if p < 0.001 else f"{p:.3f}"


def percent(share: float) -> str:
    """A share as "31 %", which no line break parts."""
    return f"{100 * share:.0f}\u00a0%"


def plural(number: int, noun: str, nouns: str = "") -> str:
    """A number with its noun: "1 article", "1,204 articles"."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


def listed(items: Iterable[object]) -> str:
    """Items as a phrase: "a", "a and b", "a, b and c"."""
    *rest, last = [str(item) for item in items] or [""]
    return f"{', '.join(rest)} and {last}" if rest else last


def named_or_counted(outlets: Collection[str], most: int = 8) -> str:
    """Outlets by name, or where there are more than `most` by their number: "A and B", "53 outlets"."""
    return listed(outlets) if len(outlets) <= most else plural(len(outlets), "outlet")


def with_p(p: float) -> str:
    """A p-value in a sentence: "p = .031" or "p < .001"."""
    return "p < .001" if p < 0.001 else f"p = {p:.3f}".replace("0.", ".", 1)


def hundredths(size: float) -> str:
    """A difference on a scale from −1 to +1 in words.

    >>> hundredths(-0.019), hundredths(0.001), hundredths(0.25)
    ('two hundredths', 'less than a hundredth', '0.25')
    """
    number = round(100 * abs(size))
    words = ["less than a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    return f"{abs(size):.2f}" if number > 9 else f"{words[number]} hundredth{'s' * (number > 1)}"
