"""From report.yml to pages: `python -m helpers.report`."""

__all__: list[str] = []
__dir__ = __all__.copy  # what Tab completion offers
