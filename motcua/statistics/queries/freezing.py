"""What is to be frozen, and how it is reckoned: a form counted, a sum of what units have sent, the index of Decision 766, the
ranking of units by it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from motcua.agencies.models import Agency
from motcua.core.errors import RuleViolation
from motcua.statistics.models import KeptReport
from motcua.statistics.queries.gathering import gather
from motcua.statistics.queries.index766 import board, compared_with
from motcua.statistics.queries.index766_ranking import ranking
from motcua.statistics.queries.keeping import frozen
from motcua.statistics.queries.reports import build
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.rules.index766 import CODE
from motcua.statistics.rules.index766_ranking import Ranking, ranking_code
from motcua.statistics.rules.keeping import load
from motcua.statistics.rules.keeping_kinds import GATHERED, INDEX, RANKING, Found
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.reports import ReportForm
from motcua.statistics.rules.tables import ReportTable


@dataclass(frozen=True)
class Wanted:
    """A report of a kind for an agency and a window; `form` is None for the index and the ranking, `period` and `basis` "" for free
    dates. `units` says which agencies are ranked.
    """

    kind: str
    form: ReportForm | None
    agency: Agency
    window: Window
    below: bool = False
    period: str = ""
    basis: str = ""
    units: str = ""

    @property
    def code(self) -> str:
        """The code that it is kept under."""
        if self.kind == RANKING:
            return ranking_code(self.units)
        return self.form.code if self.form else CODE

    @property
    def frozen(self) -> QuerySet[KeptReport]:
        """The times that this very report has been frozen."""
        window = self.window
        return frozen(self.kind, self.agency.pk, self.code, window.start, window.end, below=self.below)

    def reckon(self, at: datetime) -> Found:
        """The report as it stood at the end of its window. Raises RuleViolation for a sum of nothing, a ranking of nobody."""
        about = {"period": self.period, "basis": self.basis}
        if self.form is None:
            before = compared_with(self.window, self.period, self.basis)
            if self.kind == RANKING:
                return self._ranked(before, at)
            return board(Scope(self.agency, self.below), self.window, at, before=before)
        if self.kind == GATHERED:
            return _added_up(gather(self.form, self.agency, self.window, at, **about))
        return build(self.form, Scope(self.agency, self.below), self.window, at, **about)

    def _ranked(self, before: Window, at: datetime) -> Ranking:
        """By what each unit has sent, where it has sent it."""
        whole = Scope(self.agency, below=True)
        found = ranking(whole, self.window, at, kind=self.units, before=before, sent=True)
        if found.kind != self.units or not any(place.rank for place in found.places):
            raise RuleViolation(
                "Kỳ này không có cơ quan trực thuộc nào có số liệu để xếp hạng nên chưa có gì để chốt."
            )
        return found


def _added_up(table: ReportTable) -> ReportTable:
    if all(line.missing for line in table.lines):
        raise RuleViolation("Chưa đơn vị nào gửi báo cáo của kỳ này nên chưa có số liệu tổng hợp để chốt.")
    return table


def wanted_again(report: KeptReport) -> Wanted:
    """What a kept report was of, to be reckoned anew: by its form as it was then, by the set of the index as it is now."""
    form = None if report.kind in (INDEX, RANKING) else load(report.content).form
    units = report.content["kind"] if report.kind == RANKING else ""
    window = Window(report.start, report.end, report.content["window"][2])
    return Wanted(report.kind, form, report.agency, window, report.below, report.period, report.basis, units)
