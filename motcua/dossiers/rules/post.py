"""Postal items (bưu gửi): numbers of 13 characters, S10 of the Universal Postal Union (QĐ 45/2016/QĐ-TTg)."""

import re
from collections.abc import Iterable
from datetime import date

from motcua.core.errors import RuleViolation

_ITEM = re.compile(r"[A-Z]{2}(\d{8})(\d)[A-Z]{2}", re.ASCII)
WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
BACK_REASONS: dict[str, str] = {
    "absent": "Không gặp người nhận",
    "address": "Sai hoặc không đủ địa chỉ",
    "refused": "Người nhận từ chối nhận",
    "unclaimed": "Hết thời hạn lưu giữ, người nhận không đến lấy",
    "other": "Lý do khác",
}


def require_postal_number(number: str) -> str:
    """An item number, e.g. EB123456785VN, in capitals without spaces; its check digit is verified. Raises RuleViolation."""
    text = "".join(number.split()).upper()
    found = _ITEM.fullmatch(text)
    if not found:
        raise RuleViolation("Số hiệu bưu gửi gồm 13 ký tự, ví dụ EB123456785VN.", field="postal_number")
    if check_digit(found[1]) != int(found[2]):
        raise RuleViolation("Số hiệu bưu gửi sai chữ số kiểm tra. Nhập lại.", field="postal_number")
    return text


def check_digit(digits: str) -> int:
    """The check digit of eight digits: 11 less the weighted sum modulo 11; 10 becomes 0, 11 becomes 5."""
    rest = 11 - sum(int(d) * w for d, w in zip(digits, WEIGHTS, strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest)


def require_new_number(number: str, earlier: Iterable[str]) -> str:
    """An item number that this dossier's result was not sent under before. Raises RuleViolation."""
    text = require_postal_number(number)
    if text in earlier:
        raise RuleViolation(
            f"Bưu gửi {text} đã bị hoàn lại. Gửi lại bằng bưu gửi mới, nhập số hiệu mới.",
            field="postal_number",
        )
    return text


def require_delivery(received_by: str, day: date, posted: date, today: date) -> str:
    """Who took the item on a legal date: not before it was posted, nor after today. Raises RuleViolation."""
    if not received_by.strip():
        raise RuleViolation(
            "Nhập họ tên người nhận bưu gửi theo báo phát của bưu chính.", field="received_by"
        )
    if not posted <= day <= today:
        raise RuleViolation(
            f"Nhập ngày phát trong khoảng từ ngày gửi {posted:%d/%m/%Y} đến hôm nay {today:%d/%m/%Y}.",
            field="delivered_on",
        )
    return received_by.strip()


def require_back(reason: str, note: str) -> str:
    """What is noted beside the reason for which an item came back. Raises RuleViolation for an unknown or unsaid one."""
    if reason not in BACK_REASONS:
        raise RuleViolation(f"Chọn lý do hoàn: {'; '.join(BACK_REASONS.values())}.", field="reason")
    if reason == "other" and not note.strip():
        raise RuleViolation("Ghi rõ lý do bưu chính hoàn lại.", field="note")
    return note.strip()
