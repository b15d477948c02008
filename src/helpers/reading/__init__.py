"""From the bytes of a folder to documents, and every piece that was cut."""

UNKNOWN = "unknown outlet"  # what `documents.outlet` says where nothing tells

__all__ = ["UNKNOWN"]
__dir__ = __all__.copy  # what Tab completion offers
