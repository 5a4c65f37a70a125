"""What statistics keep: report templates of one's own, and reports that were frozen."""

from motcua.statistics.models.keeping import KeptReport
from motcua.statistics.models.templates import ReportColumn, ReportTemplate

__all__ = ["KeptReport", "ReportColumn", "ReportTemplate"]
