"""Whom a text names."""

from .mentions import unknown

__all__ = ["unknown"]
__dir__ = __all__.copy  # what Tab completion offers
