"""A report put together from what the units below have sent: frozen figures added up, and nothing recounted."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from motcua.agencies.models import Agency
from motcua.core.moments import legal_date
from motcua.statistics.models import KeptReport
from motcua.statistics.queries.keeping import Reporting, due_day, reporting
from motcua.statistics.rules.figures import required
from motcua.statistics.rules.gathering import SENT, gathered_form
from motcua.statistics.rules.keeping import load
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.reports import ReportForm
from motcua.statistics.rules.tables import Kind, Line, ReportTable, Share
from motcua.statistics.rules.things import Subject

NOT_SENT, OTHER_FORM = "chưa gửi", "mẫu khác"


def gather(
    form: ReportForm, above: Agency, window: Window, at: datetime, *, period: str = "", basis: str = ""
) -> ReportTable:
    """The frozen figures of the units directly below, one row each, and their sum. A unit that has sent nothing has no figures:
    its cells say so. The agency's own frozen report, if it has one without those below, stands first.
    """
    today = legal_date(at)
    units = reporting(above, form.code, window, today)
    contents = dict(
        KeptReport.objects.filter(pk__in=[one.report.pk for one in units if one.report]).values_list(
            "pk", "content"
        )
    )
    rows = list(_rows(form, above, units, window, contents))
    whole: Counter[str] = Counter()
    for _, line in rows:
        if not line.missing:
            whole.update(line.counts)
    return ReportTable(
        gathered_form(form), above.name, above.code, True, window, period, basis, at, window.end >= today,
        tuple(line for _, line in rows), whole, (*_remarks(units, due_day(above, window)), *_twice(form)),
        tuple(share for share, _ in rows),
    )  # fmt: skip


def _rows(
    form: ReportForm, above: Agency, units: list[Reporting], window: Window, contents: Mapping[int, Any]
) -> Iterator[tuple[Share, Line]]:
    own = own_report(form.code, above, window)
    rows = ([(above, own, "của cơ quan tổng hợp")] if own else []) + [(one.agency, one.report, _said(one)) for one in units]  # fmt: skip
    for position, (unit, report, said) in enumerate(rows, 1):
        counted = report if report and (unit == above or report.state == KeptReport.State.SENT) else None
        counts = frozen_total(contents.get(counted.pk) or counted.content) if counted else None
        missing = NOT_SENT if counts is None else "" if required(form.keys) <= counts.keys() else OTHER_FORM
        texts = {SENT: said if missing != OTHER_FORM else f"{said}; báo cáo lập theo mẫu khác"}
        line = Line(Kind.ROW, str(position), unit.name, Counter(counts or {}), {}, texts, missing)
        yield _share(unit, counted), line


def _share(unit: Agency, report: KeptReport | None) -> Share:
    if report is None:
        return Share(unit.pk, unit.name)
    sent_on = legal_date(report.sent_at).isoformat() if report.sent_at else ""
    return Share(unit.pk, unit.name, report.pk, report.number, report.content_hash, sent_on)


def own_report(form_code: str, above: Agency, window: Window) -> KeptReport | None:
    """The newest frozen report of the agency's own dossiers."""
    rows = KeptReport.objects.filter(
        agency=above, form_code=form_code, start=window.start, end=window.end, below=False
    )
    return rows.order_by("-number").first()


def frozen_total(content: Mapping[str, Any]) -> Counter[str]:
    """The total row of a report as it was frozen, each figure that its form counts: nought where nothing was."""
    table = load(content)
    return Counter({**dict.fromkeys(required(table.form.keys), 0), **table.total})


def _said(one: Reporting) -> str:
    if one.report is None:
        return _late("chưa chốt", one)
    if one.is_missing:
        return _late(one.report.get_state_display().lower(), one)
    again = f", điều chỉnh lần {one.report.number - 1}" if one.report.number > 1 else ""
    return _late(f"gửi {legal_date(one.report.sent_at):%d-%m-%Y}{again}", one) if one.report.sent_at else ""


def _late(said: str, one: Reporting) -> str:
    return f"{said}, chậm {one.days_late} ngày" if one.days_late else f"{said}, đúng hạn" if not one.is_missing else said  # fmt: skip


def _twice(form: ReportForm) -> tuple[str, ...]:
    """What is one thing for several units and stands in the sum as often."""
    shared = {Subject.DECISION, Subject.CHANGE, Subject.DOCUMENT} & form.subjects
    return ("Quyết định, văn bản chung cho nhiều đơn vị được cộng ở từng đơn vị.",) if shared else ()


def _remarks(units: list[Reporting], due_on: date) -> tuple[str, ...]:
    sent = [one for one in units if not one.is_missing]
    late = sum(bool(one.days_late) for one in sent)
    found = [
        f"Cộng từ báo cáo đã chốt và gửi của {len(sent)} trên {len(units)} đơn vị; hạn gửi {due_on:%d-%m-%Y}; {late} đơn vị gửi chậm."
    ]
    if len(sent) < len(units):
        names = ", ".join(one.agency.name for one in units if one.is_missing)
        found.append(f"Chưa gửi, chưa cộng: {names}.")
    return tuple(found)


# What has changed since a sum was frozen ------------------------------------------------------------------------------------


def moved_on(table: ReportTable, above: Agency, today: date) -> dict[int, str]:
    """Of a frozen sum, what its units have done since, by the unit's id: amended, sent at last, amended and not sent yet."""
    window, code = table.window, table.form.code
    now = {one.agency.pk: one for one in reporting(above, code, window, today)}
    found = {share.agency: _since(share, now.get(share.agency)) for share in table.shares}
    own = own_report(code, above, window)
    if own and own.pk not in (share.report for share in table.shares):
        words = "đã điều chỉnh" if own.number > 1 else "đã chốt báo cáo của mình"
        found[above.pk] = f"{words} sau khi tổng hợp (lần chốt {own.number})"
    return {pk: said for pk, said in found.items() if said}


def _since(share: Share, now: Reporting | None) -> str:
    if now is None or now.report is None:
        return ""
    report = now.report
    if report.sent_at and report.pk != share.report:
        words = "đã điều chỉnh" if report.number > 1 and share.report else "đã gửi báo cáo"
        return (
            f"{words} sau khi tổng hợp (lần chốt {report.number}, gửi {legal_date(report.sent_at):%d-%m-%Y})"
        )
    if share.report and now.pending:
        return f"đã điều chỉnh sau khi tổng hợp (lần chốt {now.pending.number}), chưa gửi lại"
    return ""
