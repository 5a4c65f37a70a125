"""Before, on, after the due date; why late (form II.07/VPCP/KSTT of Thông tư 01/2020/TT-VPCP)."""

from datetime import datetime
from enum import StrEnum

from motcua.core.errors import RuleViolation
from motcua.dossiers.rules.states import Status
from motcua.workdays.rules.clock import Standing, standing


class Outcome(StrEnum):
    """How a dossier counts in the reports: one class each."""

    BEFORE = "before"
    ON = "on"
    LATE = "late"
    OPEN = "open"
    OPEN_LATE = "open_late"
    OUTSIDE = "outside"
    NOT_RECEIVED = "not_received"


LABELS: dict[Outcome, str] = {
    Outcome.BEFORE: "Trước hạn",
    Outcome.ON: "Đúng hạn",
    Outcome.LATE: "Quá hạn",
    Outcome.OPEN: "Đang giải quyết, trong hạn",
    Outcome.OPEN_LATE: "Đang giải quyết, quá hạn",
    Outcome.OUTSIDE: "Ngoài tỷ lệ (dừng, rút)",
    Outcome.NOT_RECEIVED: "Chưa hoặc không tiếp nhận",
}

# Causes a to d of II.07, and the finer ones that people know; the letter is what the report counts.
CAUSES: dict[str, tuple[str, str]] = {
    "regulation": ("a", "Do quy định hành chính, hồ sơ phức tạp"),
    "partner": ("b", "Do cơ quan phối hợp chậm"),
    "capacity": ("c", "Do năng lực, thiếu người thực hiện"),
    "system": ("c", "Do hệ thống, cơ sở vật chất"),
    "other": ("d", "Nguyên nhân khác"),
}

_RESOLVED = frozenset(
    {
        Status.RESULT_READY,
        Status.WAIT_COLLECT,
        Status.RETURNED,
        Status.ARCHIVED,
        Status.ERROR_FIX,
        Status.REFUSED,
    }
)
_OUTSIDE = frozenset({Status.STOPPED, Status.WITHDRAWN})
_BEFORE_RECEPTION = frozenset({Status.DRAFT, Status.SUBMITTED, Status.PRE_SUPPLEMENT, Status.NOT_ACCEPTED})


def outcome(
    status: Status | str,
    due: datetime | None,
    ended_at: datetime | None,
    now: datetime,
    *,
    by_minute: bool = False,
) -> Outcome:
    """The class of a dossier. `ended_at` is when the result (or the refusal) was ready, not when it was collected
    (DOMAIN 3.4); all moments in one zone, local for comparison by date. A refusal counts as resolved.
    """
    status = Status(status)
    if status in _BEFORE_RECEPTION:
        return Outcome.NOT_RECEIVED
    if status in _OUTSIDE:
        return Outcome.OUTSIDE
    if status in _RESOLVED and ended_at is not None:
        return Outcome(standing(due, ended_at, by_minute=by_minute).value)
    late = standing(due, now, by_minute=by_minute) is Standing.LATE
    return Outcome.OPEN_LATE if late else Outcome.OPEN


def is_late(due: datetime | None, done: datetime, *, by_minute: bool = False) -> bool:
    """Whether something done at a moment (local) is after its due date (local)."""
    return standing(due, done, by_minute=by_minute) is Standing.LATE


def require_cause(late: bool, cause: str, *, what: str = "Hồ sơ") -> str:
    """The cause to record: required, and one of the list, when late; nothing when not late. Raises RuleViolation."""
    if not late:
        return ""
    if cause not in CAUSES:
        raise RuleViolation(
            f"{what} đã quá hạn: chọn nguyên nhân ({'; '.join(label for _, label in CAUSES.values())}).",
            field="late_cause",
        )
    return cause
