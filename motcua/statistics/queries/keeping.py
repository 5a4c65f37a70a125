"""Kept reports: those a person may read, one with its earlier numbers, and who below has reported."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KT

from motcua.agencies.models import Agency
from motcua.agencies.queries import Authority, setting
from motcua.agencies.rules.permissions import Permission
from motcua.audit.rules.breaks import Break
from motcua.audit.rules.canonical import fingerprint
from motcua.core.errors import NotFound
from motcua.core.moments import legal_date
from motcua.statistics.models import KeptReport
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.reports import FORMS

# Forms that take a further permission to read, e.g. those that name officers.
RESTRICTED = {form.code: form.requires for form in FORMS if form.requires}
RELATED = ("agency", "frozen_by", "signed_by", "sent_by")


def kept_reports(authority: Authority) -> QuerySet[KeptReport]:
    """Reports of agencies where the person may read reports; what was sent upward also where it arrived. Newest first.

    `form_number` is what stands on paper, of the form as it was when the report was frozen.
    """
    rows = KeptReport.objects.defer("content").select_related(*RELATED)
    rows = rows.annotate(form_number=KT("content__form__number")).filter(
        _within(authority, Permission.REPORT_READ)
    )
    for code, permission in RESTRICTED.items():
        rows = rows.filter(~Q(form_code=code) | _within(authority, permission))
    return rows.order_by("-end", "-frozen_at", "-pk")


def _within(authority: Authority, permission: str) -> Q:
    """Of agencies where the permission is held; what was sent upward also where it arrived."""
    arrived = authority.where(permission, "agency__parent") & Q(state=KeptReport.State.SENT)
    return authority.where(permission, "agency") | arrived


def access_kept(authority: Authority, pk: int) -> KeptReport:
    """One kept report with its figures. Raises NotFound."""
    found = kept_reports(authority).defer(None).filter(pk=pk).first()
    if found is None:
        raise NotFound("Không tìm thấy báo cáo này hoặc bạn không có quyền xem.")
    return found


def readable(authority: Authority, ids: Iterable[int]) -> set[int]:
    """Those of some kept reports that the person may open. One statement."""
    return set(kept_reports(authority).order_by().filter(pk__in=list(ids)).values_list("pk", flat=True))


def numbers_of(report: KeptReport) -> list[KeptReport]:
    """All times that this report was frozen, the first one first."""
    return list(times_of(report).select_related(*RELATED).order_by("number"))


def times_of(report: KeptReport) -> QuerySet[KeptReport]:
    """The times that this very report has been frozen."""
    return frozen(
        report.kind, report.agency_id, report.form_code, report.start, report.end, below=report.below
    )


def frozen(
    kind: str, agency_id: int, code: str, start: date, end: date, *, below: bool
) -> QuerySet[KeptReport]:
    """The times that a report of a kind has been frozen for an agency and a window: what makes it the same report."""
    return KeptReport.objects.filter(
        kind=kind, agency=agency_id, form_code=code, start=start, end=end, below=below
    )


@dataclass(frozen=True)
class Reporting:
    """Whether a unit has reported: its newest report, by when it was due, and how many days it is late (0: in time). `pending`
    amends the one that was sent and has not been sent itself.
    """

    agency: Agency
    report: KeptReport | None
    due_on: date
    days_late: int
    pending: KeptReport | None = None

    @property
    def is_missing(self) -> bool:
        """Nothing was sent yet."""
        return self.report is None or self.report.state != KeptReport.State.SENT


def reporting(above: Agency, form_code: str, window: Window, today: date) -> list[Reporting]:
    """The units directly below an agency that existed when the period ended, each with its newest sent report of the period,
    else its newest; late by when it first sent one. What covers the units below stands before what does not, and a sum of what
    they signed before a count of one's own. Two statements.
    """
    units = Agency.objects.filter(Agency.in_force(window.end), parent=above).exclude(
        kind=Agency.Kind.DIVISION
    )
    rows = KeptReport.objects.filter(
        agency__in=units, form_code=form_code, start=window.start, end=window.end
    ).defer("content")
    found: defaultdict[int, list[KeptReport]] = defaultdict(list)
    for row in rows.order_by("below", "kind", "number"):  # "form" before "gathered"
        found[row.agency_id].append(row)
    due_on = due_day(above, window)
    return [_line(unit, found[unit.pk], due_on, today) for unit in units.order_by("path")]


def index_values(ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Of frozen indexes the value ("" for none) and the class, as they were frozen. One statement."""
    rows = KeptReport.objects.filter(pk__in=list(ids), kind=KeptReport.Kind.INDEX)
    found = rows.values_list("pk", KT("content__total__index"), KT("content__total__band"))
    return {pk: (value or "", band) for pk, value, band in found}


def due_day(above: Agency, window: Window) -> date:
    """By when the units below report (dated setting, days after the period)."""
    return window.end + timedelta(days=int(setting("report_due_days", above, window.end)))


def _line(unit: Agency, reports: list[KeptReport], due_on: date, today: date) -> Reporting:
    sent = [one for one in reports if one.state == KeptReport.State.SENT]
    known = sent or reports
    newest = known[-1] if known else None
    first = min((legal_date(one.sent_at) for one in sent if one.sent_at), default=today)
    pending = [one for one in reports if sent and one.is_later_than(sent[-1])]
    return Reporting(unit, newest, due_on, max(0, (first - due_on).days), pending[-1] if pending else None)


def broken_reports() -> Iterator[Break]:
    """Kept reports whose figures are not those that were frozen, for `motcua audit verify`."""
    for report in KeptReport.objects.order_by("pk").iterator(chunk_size=50):
        if (found := fingerprint(report.content)) != report.content_hash:
            yield Break("report", f"báo cáo {report.pk} ({report})", "số liệu khác với lúc chốt", report.content_hash, found)  # fmt: skip
