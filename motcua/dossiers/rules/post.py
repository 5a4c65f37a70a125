"""Postal items (bưu gửi): numbers of 13 characters, S10 of the Universal Postal Union (QĐ 45/2016/QĐ-TTg)."""

import re

from motcua.core.errors import RuleViolation

_ITEM = re.compile(r"[A-Z]{2}(\d{8})(\d)[A-Z]{2}", re.ASCII)
WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


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
