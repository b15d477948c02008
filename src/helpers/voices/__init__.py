"""Who is allowed to speak: how much of its text an outlet gives to others, to whom, and with which verbs."""

from .spoken import Voices, hear

__all__ = ["Voices", "hear"]
__dir__ = __all__.copy  # what Tab completion offers
