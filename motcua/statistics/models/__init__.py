"""What statistics keep: report templates of one's own, reports that were frozen, counts kept ready."""

from motcua.statistics.models.counts import CountState, HalfCount
from motcua.statistics.models.index766 import IndexBand, IndexComponent, IndexGroup, IndexSet
from motcua.statistics.models.keeping import KeptReport
from motcua.statistics.models.reminders import ReportReminder
from motcua.statistics.models.templates import ReportColumn, ReportTemplate

__all__ = [
    "CountState",
    "HalfCount",
    "IndexBand",
    "IndexComponent",
    "IndexGroup",
    "IndexSet",
    "KeptReport",
    "ReportColumn",
    "ReportReminder",
    "ReportTemplate",
]
