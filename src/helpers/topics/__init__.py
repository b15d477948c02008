"""What the coverage is about."""

from .model import fit

__all__ = ["fit"]
