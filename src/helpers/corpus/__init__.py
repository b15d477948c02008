"""All articles together: their tables, days, copies and events."""

from .corpus import Corpus, load

__all__ = ["Corpus", "load"]
__dir__ = __all__.copy  # what Tab completion offers
