"""What must be paid before a result is handed over (Luật Phí và lệ phí 2015; land: nothing is handed over unpaid)."""

from motcua.core.errors import RuleViolation
from motcua.dossiers.rules.states import Payment


def after_reception(amount_dong: int, exempted: bool) -> Payment:
    """The state of payment when a dossier is received: due, exempt, or nothing to pay."""
    if amount_dong > 0:
        return Payment.DUE
    return Payment.EXEMPT if exempted else Payment.NONE


def require_paid(payment: Payment | str, open_obligations: int) -> None:
    """Raise RuleViolation while the fee is unpaid or a financial obligation is not met."""
    if Payment(payment) is Payment.DUE:
        raise RuleViolation("Hồ sơ chưa nộp phí, lệ phí. Thu phí hoặc ghi nhận miễn, giảm rồi trả kết quả.")
    if open_obligations:
        raise RuleViolation(
            "Nghĩa vụ tài chính của hồ sơ chưa hoàn thành. Ghi nhận chứng từ nộp tiền rồi trả kết quả."
        )
