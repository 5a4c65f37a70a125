"""One re-appointment by apology, told in time (NĐ 61/2018, Điều 19 khoản 9; NĐ 118/2025)."""

from motcua.core.errors import RuleViolation


def require_first(earlier: int) -> None:
    """Raise RuleViolation when the dossier was already re-appointed: at most once."""
    if earlier:
        raise RuleViolation("Hồ sơ này đã xin lỗi và hẹn lại một lần; pháp luật chỉ cho hẹn lại một lần.")


def require_words(extra_working_days: int, reason: str) -> None:
    """Raise RuleViolation unless the new date lies later and a reason is given."""
    if extra_working_days < 1:
        raise RuleViolation("Số ngày làm việc hẹn thêm phải từ 1.", field="extra_working_days")
    if not reason.strip():
        raise RuleViolation("Ghi lý do chậm trả kết quả.", field="reason")


def require_limit(has_due: bool, paused: bool) -> None:
    """Raise RuleViolation when there is no running due date to move."""
    if not has_due:
        raise RuleViolation("Thủ tục không quy định thời hạn nên không có ngày hẹn để hẹn lại.")
    if paused:
        raise RuleViolation("Thời hạn đang tạm dừng nên chưa cần hẹn lại. Hẹn lại sau khi thời hạn tiếp tục.")
