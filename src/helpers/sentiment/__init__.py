"""How a sentence sounds, and how it treats an actor: scores by outlet, each voice by itself."""

from .compare import Scores, explain, score
from .scores import news, towards

__all__ = ["Scores", "explain", "news", "score", "towards"]
__dir__ = __all__.copy  # what Tab completion offers
