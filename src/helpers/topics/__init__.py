"""What the coverage is about, and whether every outlet covers the same."""

from .results import TopicModel, fit

__all__ = ["TopicModel", "fit"]
__dir__ = __all__.copy  # what Tab completion offers
