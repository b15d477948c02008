"""Who is named with whom."""

from .meetings import (
    BEFORE,
    CONTRAST,
    FORM,
    OWN,
    PAIRS,
    UNITS,
    appearances,
    companies,
    contrast,
    contrasts,
    intervals,
    pairs,
    shared,
    shares,
    units,
    verbs,
)

__all__ = [
    "BEFORE",
    "CONTRAST",
    "FORM",
    "OWN",
    "PAIRS",
    "UNITS",
    "appearances",
    "companies",
    "contrast",
    "contrasts",
    "intervals",
    "pairs",
    "shared",
    "shares",
    "units",
    "verbs",
]
