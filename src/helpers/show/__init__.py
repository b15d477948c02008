"""What a reader sees: results with their findings, tables, figures and evidence, alike in JupyterLab and the report."""

from .charts import bars, intervals
from .html import evidence, note, table
from .result import Finding, Result, answer

__all__ = ["Finding", "Result", "answer", "bars", "evidence", "intervals", "note", "table"]
__dir__ = __all__.copy  # what Tab completion offers
