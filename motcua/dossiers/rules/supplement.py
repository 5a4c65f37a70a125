"""Supplements: before acceptance any number, after it once and soon (NĐ 61/2018, Điều 11 khoản 2, Điều 19 khoản 4)."""

from collections.abc import Sequence
from datetime import date, timedelta

from motcua.core.errors import RuleViolation


def require_first(earlier: int) -> None:
    """Raise RuleViolation when a supplement was already asked for after acceptance: the law allows one."""
    if earlier:
        raise RuleViolation(
            "Hồ sơ này đã yêu cầu bổ sung một lần sau tiếp nhận; pháp luật chỉ cho yêu cầu một lần. "
            "Giải quyết theo hồ sơ hiện có, hoặc từ chối và nêu lý do."
        )


def require_items(reason: str, items: Sequence[object]) -> None:
    """Raise RuleViolation unless the request says why and what."""
    if not reason.strip():
        raise RuleViolation("Ghi lý do yêu cầu bổ sung.", field="reason")
    if not items:
        raise RuleViolation("Ghi ít nhất một giấy tờ cần bổ sung.", field="items")


def is_late(working_days_since: int, window: int) -> bool:
    """Whether the request comes after the working days that the law gives from receipt (3)."""
    return working_days_since > window


def require_window(working_days_since: int, window: int, policy: str) -> bool:
    """Whether the request is flagged as late; raises RuleViolation when the office's policy is to refuse late ones."""
    late = is_late(working_days_since, window)
    if late and policy == "refuse":
        raise RuleViolation(
            f"Đã quá {window} ngày làm việc kể từ ngày tiếp nhận nên không được yêu cầu bổ sung "
            "(Nghị định 61/2018/NĐ-CP, Điều 19 khoản 4)."
        )
    return late


def answer_due(asked_on: date, grace_days: int, answer_by: date | None) -> date:
    """By when the citizen is to bring the papers: the day stated, else `grace_days` calendar days. Raises RuleViolation."""
    if answer_by is not None and answer_by <= asked_on:
        raise RuleViolation("Hạn bổ sung phải sau ngày yêu cầu.", field="answer_by")
    return answer_by or asked_on + timedelta(days=grace_days)
