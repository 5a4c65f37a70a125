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
from motcua.statistics.queries.freezing import Wanted, wanted_again
from motcua.statistics.queries.keeping import times_of
from motcua.statistics.rules import keeping, keeping_kinds
from motcua.statistics.rules.index766_ranking import LABELS
from motcua.statistics.rules.keeping_kinds import FORM, GATHERED, INDEX, RANKING
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
    wanted = Wanted(FORM, form, agency, window, below or form.below, period, basis)
    return _freeze(wanted, actor, at)


@transaction.atomic
def freeze_gathered(
    form: ReportForm, agency: Agency, window: Window, *, period: str = "", basis: str = "", actor: User, at: datetime
) -> KeptReport:  # fmt: skip
    """Freeze the sum of what the units below have sent by now, with which of their reports it is made of and who had sent none.
    Raises as `freeze` does, and RuleViolation while nobody has sent anything.
    """
    return _freeze(Wanted(GATHERED, form, agency, window, True, period, basis), actor, at)


@transaction.atomic
def freeze_index(
    agency: Agency, window: Window, *, below: bool = False, period: str = "", basis: str = "", actor: User, at: datetime
) -> KeptReport:  # fmt: skip
    """Freeze the index of Decision 766 of a period that is over, with the set that scored it. Raises as `freeze` does, and
    RuleViolation when no set is in force on the last day.
    """
    return _freeze(Wanted(INDEX, None, agency, window, below, period, basis), actor, at)


@transaction.atomic
def freeze_ranking(
    agency: Agency, window: Window, *, units: str, period: str = "", basis: str = "", actor: User, at: datetime
) -> KeptReport:  # fmt: skip
    """Freeze the ranking of the units of a kind below an agency by their indexes of a period that is over: each by the index that it
    has sent, else as reckoned now. Raises as `freeze_index` does, RuleViolation when nobody of the kind has any figures, NotFound
    for a kind that there is not.
    """
    if units not in LABELS:
        raise NotFound("Không có loại cơ quan này.")
    return _freeze(Wanted(RANKING, None, agency, window, True, period, basis, units), actor, at)


def _freeze(wanted: Wanted, actor: User, at: datetime) -> KeptReport:
    _require(actor, Permission.REPORT_FREEZE, wanted.agency, at)
    keeping.require_closed(wanted.window, legal_date(at))
    # One freeze of an agency at a time: there is no row yet to lock, and two who press at once would both find nothing frozen.
    Agency.objects.select_for_update(no_key=True).get(pk=wanted.agency.pk)
    if wanted.frozen.exists():
        raise RuleViolation(
            "Báo cáo kỳ này đã chốt. Muốn sửa số liệu, mở báo cáo đã chốt và chọn “Điều chỉnh”."
        )
    return _keep(wanted, wanted.reckon(at), 1, "", actor, at)


@transaction.atomic
def amend(report_id: int, *, reason: str, actor: User, at: datetime) -> KeptReport:
    """Freeze the same report anew because something was wrong: a further number with a reason. The earlier one stays as it was.
    Raises RuleViolation without a reason, for one amended already, and when nothing would change.
    """
    old = _access(report_id, Permission.REPORT_FREEZE, "điều chỉnh", actor, at)
    words, wanted = keeping.require_reason(reason), wanted_again(old)
    found = wanted.reckon(at)
    if not keeping_kinds.changes(keeping_kinds.read(old.kind, old.content), found):
        raise RuleViolation("Tính lại không có số nào khác với lần chốt trước nên không cần điều chỉnh.")
    return _keep(wanted, found, old.number + 1, words, actor, at)


@transaction.atomic
def sign(report_id: int, *, actor: User, at: datetime) -> KeptReport:
    """A leader answers for the frozen figures. Raises RuleViolation unless the report waits for it, and for one amended since."""
    report = _access(report_id, Permission.REPORT_SIGN, "ký", actor, at)
    keeping.require_state(report.state, State.FROZEN, "Báo cáo này đã ký.")
    report.state, report.signed_at, report.signed_by = State.SIGNED, at, actor
    report.save(update_fields=["state", "signed_at", "signed_by"])
    _tell(report, "report.signed", actor, at)
    return report


@transaction.atomic
def send(report_id: int, *, actor: User, at: datetime) -> KeptReport:
    """Send a signed report to the agency above. Raises RuleViolation before it is signed, when it has been amended since, or when
    nothing stands above.
    """
    report = _access(report_id, Permission.REPORT_FREEZE, "gửi", actor, at)
    keeping.require_state(report.state, State.SIGNED, "Chỉ gửi được báo cáo đã ký và chưa gửi.")
    if report.agency.parent_id is None:
        raise RuleViolation(
            "Cơ quan này không có cơ quan cấp trên trong hệ thống; tải tệp báo cáo để gửi bằng văn bản."
        )
    report.state, report.sent_at, report.sent_by = State.SENT, at, actor
    report.save(update_fields=["state", "sent_at", "sent_by"])
    _tell(report, "report.sent", actor, at, to=report.agency.parent_id)
    return report


def _access(report_id: int, permission: str, act: str, actor: User, at: datetime) -> KeptReport:
    """One kept report, locked, for an act. Raises NotFound; RuleViolation when a later freeze has replaced it, also one that was
    being made while this waited for the lock.
    """
    rows = KeptReport.objects.select_for_update(of=("self",)).select_related("agency")
    found = rows.filter(pk=report_id).first()
    if found is None:
        raise NotFound("Không tìm thấy báo cáo này hoặc bạn không có quyền làm việc này.")
    _require(actor, permission, found.agency, at)
    keeping.require_newest(found.number, times_of(found).count(), act)
    return found


def _require(actor: User, permission: str, agency: Agency, at: datetime) -> None:
    authority_of(actor, legal_date(at)).require(permission, agency)


def _keep(
    wanted: Wanted, found: keeping_kinds.Found, number: int, reason: str, actor: User, at: datetime
) -> KeptReport:
    if faults := keeping_kinds.faults_of(found):
        raise RuleViolation(
            f"Số liệu không cân đối nên chưa chốt được: {'; '.join(faults)}. Báo cho quản trị hệ thống."
        )
    content, window = keeping_kinds.written(found), wanted.window
    report = KeptReport.objects.create(
        kind=wanted.kind, agency=wanted.agency, form_code=wanted.code, start=window.start, end=window.end, period=wanted.period,
        basis=wanted.basis, below=wanted.below, number=number, reason=reason, content=content, content_hash=fingerprint(content),
        frozen_at=at, frozen_by=actor,
    )  # fmt: skip
    kind = "report.frozen" if number == 1 else "report.amended"
    _tell(report, kind, actor, at, first=True, hash=report.content_hash, number=number, reason=reason)
    return report


def _tell(
    report: KeptReport, kind: str, actor: User, at: datetime, *, first: bool = False, **data: Any
) -> None:
    facts = {
        "agency": report.agency_id,
        "kind": report.kind,
        "form": report.form_code,
        "from": report.start,
        "to": report.end,
        **data,
    }
    append(f"report/{report.pk}", kind, actor=actor, at=at, data=facts, first=first)
