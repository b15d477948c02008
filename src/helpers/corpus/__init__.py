"""All articles together: their tables, days, copies and events."""

from .corpus import Corpus, load

__all__ = ["Corpus", "load"]
