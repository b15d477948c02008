"""Whom a text names."""

from .mentions import unknown

__all__ = ["unknown"]
