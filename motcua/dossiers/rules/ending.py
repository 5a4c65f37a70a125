"""Endings without a result: refusal, stopping; correction of the agency's errors."""

from motcua.core.errors import RuleViolation

STOP_REASONS: dict[str, str] = {
    "no_supplement": "Người nộp không bổ sung hồ sơ đúng hạn",
    "no_payment": "Người nộp không thực hiện nghĩa vụ tài chính",
    "citizen": "Theo đề nghị của người nộp hồ sơ",
    "law": "Theo quy định khác của pháp luật",
}


def require_refusal(reason: str, legal_basis: str) -> None:
    """A refusal is written, reasoned, and names its legal basis (NĐ 61/2018, Điều 19 khoản 8). Raises RuleViolation."""
    if not reason.strip():
        raise RuleViolation("Ghi lý do từ chối; từ chối phải bằng văn bản có nêu lý do.", field="reason")
    if not legal_basis.strip():
        raise RuleViolation(
            "Ghi căn cứ pháp lý của việc từ chối: số văn bản, điều, khoản.", field="legal_basis"
        )


def require_stop(reason_code: str, reason: str) -> str:
    """The reason to print on the stop notice. Raises RuleViolation for an unknown code or a missing explanation."""
    if reason_code not in STOP_REASONS:
        raise RuleViolation(f"Chọn lý do dừng: {'; '.join(STOP_REASONS.values())}.", field="reason_code")
    if reason_code == "law" and not reason.strip():
        raise RuleViolation("Ghi rõ quy định là căn cứ dừng giải quyết.", field="reason")
    return reason.strip() or STOP_REASONS[reason_code]


def require_text(text: str, message: str, field: str) -> str:
    """The text without blanks around it. Raises RuleViolation with `message` when nothing is left."""
    if not text.strip():
        raise RuleViolation(message, field=field)
    return text.strip()
