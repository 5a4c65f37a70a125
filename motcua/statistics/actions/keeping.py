"""A report is frozen by who keeps it, signed by a leader, sent upward, and amended with a reason: each an event of its own chain."""

from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.accounts.models import User
from motcua.agencies.models import Agency
from motcua.agencies.queries import authority_of
from motcua.agencies.rules.permissions import Permission
from motcua.audit.actions import append
from motcua.audit.rules.canonical import fingerprint
from motcua.core.errors import NotFound, RuleViolation
from motcua.core.moments import legal_date
from motcua.statistics.models import KeptReport
from motcua.statistics.queries.reports import build
from motcua.statistics.queries.scopes import Scope
from motcua.statistics.rules import keeping
from motcua.statistics.rules.periods import Window
from motcua.statistics.rules.reports import ReportForm

State = KeptReport.State


@transaction.atomic
def freeze(
    form: ReportForm, agency: Agency, window: Window, *, below: bool = False, period: str = "", basis: str = "",
    actor: User, at: datetime,
) -> KeptReport:  # fmt: skip
    """Freeze the report of a period that is over, as it stood at its end. Raises RuleViolation while the period runs and when
    it is frozen already (then `amend`); NotFound without report.freeze there.
    """
    _require(actor, Permission.REPORT_FREEZE, agency, at)
    keeping.require_closed(window, legal_date(at))
    if _those_of(agency, form.code, window, below or form.below).exists():
        raise RuleViolation(
            "Báo cáo kỳ này đã chốt. Muốn sửa số liệu, mở báo cáo đã chốt và chọn “Điều chỉnh”."
        )
    return _keep(form, agency, window, below, period, basis, 1, "", actor, at)


@transaction.atomic
def amend(report_id: int, *, reason: str, actor: User, at: datetime) -> KeptReport:
    """Freeze the same report anew because something was wrong: a further number with a reason. The earlier one stays as it was.
    Raises RuleViolation without a reason, for one amended already, and when nothing would change.
    """
    old = _access(report_id, Permission.REPORT_FREEZE, actor, at)
    words = keeping.require_reason(reason)
    table = keeping.load(old.content)
    if old.number < _those_of(old.agency, old.form_code, table.window, old.below).count():
        raise RuleViolation("Báo cáo này đã được điều chỉnh. Mở lần chốt mới nhất rồi điều chỉnh ở đó.")
    new = _keep(
        table.form,
        old.agency,
        table.window,
        old.below,
        old.period,
        old.basis,
        old.number + 1,
        words,
        actor,
        at,
    )
    if not keeping.differences(table, keeping.load(new.content)):
        raise RuleViolation("Tính lại không có số nào khác với lần chốt trước nên không cần điều chỉnh.")
    return new


@transaction.atomic
def sign(report_id: int, *, actor: User, at: datetime) -> KeptReport:
    """A leader answers for the frozen figures. Raises RuleViolation unless the report waits for it."""
    report = _access(report_id, Permission.REPORT_SIGN, actor, at)
    keeping.require_state(report.state, State.FROZEN, "Báo cáo này đã ký.")
    report.state, report.signed_at, report.signed_by = State.SIGNED, at, actor
    report.save(update_fields=["state", "signed_at", "signed_by"])
    _tell(report, "report.signed", actor, at)
    return report


@transaction.atomic
def send(report_id: int, *, actor: User, at: datetime) -> KeptReport:
    """Send a signed report to the agency above. Raises RuleViolation before it is signed, or when nothing stands above."""
    report = _access(report_id, Permission.REPORT_FREEZE, actor, at)
    keeping.require_state(report.state, State.SIGNED, "Chỉ gửi được báo cáo đã ký và chưa gửi.")
    if report.agency.parent_id is None:
        raise RuleViolation(
            "Cơ quan này không có cơ quan cấp trên trong hệ thống; tải tệp báo cáo để gửi bằng văn bản."
        )
    report.state, report.sent_at, report.sent_by = State.SENT, at, actor
    report.save(update_fields=["state", "sent_at", "sent_by"])
    _tell(report, "report.sent", actor, at, to=report.agency.parent_id)
    return report


def _access(report_id: int, permission: str, actor: User, at: datetime) -> KeptReport:
    """One kept report, locked, for an act. Raises NotFound."""
    rows = KeptReport.objects.select_for_update(of=("self",)).select_related("agency")
    found = rows.filter(pk=report_id).first()
    if found is None:
        raise NotFound("Không tìm thấy báo cáo này hoặc bạn không có quyền làm việc này.")
    _require(actor, permission, found.agency, at)
    return found


def _require(actor: User, permission: str, agency: Agency, at: datetime) -> None:
    authority_of(actor, legal_date(at)).require(permission, agency)


def _those_of(agency: Agency, form_code: str, window: Window, below: bool) -> Any:
    return KeptReport.objects.filter(
        agency=agency, form_code=form_code, start=window.start, end=window.end, below=below
    )


def _keep(
    form: ReportForm, agency: Agency, window: Window, below: bool, period: str, basis: str, number: int, reason: str,
    actor: User, at: datetime,
) -> KeptReport:  # fmt: skip
    table = build(form, Scope(agency, below), window, at, period=period, basis=basis)
    if table.broken:
        raise RuleViolation(
            f"Số liệu không cân đối nên chưa chốt được: {'; '.join(table.broken)}. Báo cho quản trị hệ thống."
        )
    content = keeping.dump(table)
    report = KeptReport.objects.create(
        agency=agency, form_code=form.code, start=window.start, end=window.end, period=period, basis=basis, below=table.below,
        number=number, reason=reason, content=content, content_hash=fingerprint(content), frozen_at=at, frozen_by=actor,
    )  # fmt: skip
    kind = "report.frozen" if number == 1 else "report.amended"
    _tell(report, kind, actor, at, first=True, hash=report.content_hash, number=number, reason=reason)
    return report


def _tell(
    report: KeptReport, kind: str, actor: User, at: datetime, *, first: bool = False, **data: Any
) -> None:
    facts = {
        "agency": report.agency_id,
        "form": report.form_code,
        "from": report.start,
        "to": report.end,
        **data,
    }
    append(f"report/{report.pk}", kind, actor=actor, at=at, data=facts, first=first)
