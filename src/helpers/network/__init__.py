"""Who is named with whom."""

from .company import Network, build

__all__ = ["Network", "build"]
__dir__ = __all__.copy  # what Tab completion offers
