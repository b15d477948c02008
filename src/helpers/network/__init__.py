"""Who is named with whom."""

from .company import Network, build

__all__ = ["Network", "build"]
