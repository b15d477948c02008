"""Whom a text names."""

__all__: list[str] = []
__dir__ = __all__.copy  # what Tab completion offers
