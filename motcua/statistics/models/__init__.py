"""What statistics keep: report templates of one's own."""

from motcua.statistics.models.templates import ReportColumn, ReportTemplate

__all__ = ["ReportColumn", "ReportTemplate"]
