"""Whom a text names."""

from .names import unknown

__all__ = ["unknown"]
__dir__ = __all__.copy  # what Tab completion offers
