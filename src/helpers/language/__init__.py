"""What any English text is: sentences, dates, quotation marks, and whose words they are."""

from .speech import spans
from .split import sentences

__all__ = ["sentences", "spans"]
__dir__ = __all__.copy  # what Tab completion offers
