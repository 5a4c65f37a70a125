"""Single values of the portal's files: texts, numbers, units, amounts of money. What is odd is noted, never guessed."""

import math
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from motcua.core.errors import RuleViolation
from motcua.core.text import nfc
from motcua.procedures.rules.facts import LimitRow
from motcua.procedures.rules.limits import can_be_reckoned
from motcua.procedures.rules.notes import MAX_AMOUNT, MAX_DONG, MAX_SMALL, Notes
from motcua.workdays.rules.limits import Unit

CODE = re.compile(r"\d\.\d{6}(\.[0-9A-Z]{1,10}){0,5}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+", re.ASCII)
CHANNEL_WORDS = {"online": "trực tuyến", "post": "bưu chính", "counter": "trực tiếp"}


def text(value: Any, label: str, limit: int, notes: Notes) -> str:
    """A text in NFC with single spaces. Noted when it is no text, too long, or carries control characters."""
    if value is None:
        return ""
    if not isinstance(value, str):
        notes.refuse(f"{label} không phải là chữ ({_short(value)})", "Ghi lại thành chữ trong dấu ngoặc kép")
        return ""
    if _CONTROL.search(value):
        notes.refuse(f"{label} có ký tự điều khiển", "Xuất lại tệp hoặc gõ lại ô này")
        return ""
    clean = nfc(value)
    if len(clean) > limit:
        notes.refuse(f"{label} dài {len(clean)} ký tự, tối đa {limit}", "Rút gọn rồi nhập lại")
        return ""
    return clean


def code(value: Any, notes: Notes) -> str:
    """A procedure code, d.dddddd with an optional local ending."""
    found = text(value, "Mã thủ tục", 40, notes).upper()
    if not found:
        notes.refuse("Thiếu mã thủ tục", "Ghi mã dạng 1.001193")
    elif not CODE.fullmatch(found):
        notes.refuse(
            f"Mã thủ tục “{_short(found)}” không đúng dạng", "Ghi mã dạng 1.001193 hoặc 1.001193.H40"
        )
    return found


def count(value: Any, label: str, notes: Notes) -> int:
    """A whole number from 0; an odd one (over 99) is kept and noted."""
    number = decimal(value, label, notes)
    if number is None:
        return 0
    if number != int(number) or number > MAX_SMALL:
        notes.refuse(f"{label} “{_short(value)}” không phải số nguyên từ 0 đến {MAX_SMALL}", "Sửa lại số")
        return 0
    if number > 99:
        notes.warn(
            f"{label} là {int(number)}, bất thường",
            "Đối chiếu với quyết định công bố, có thể số năm dính vào",
        )
    return int(number)


def decimal(value: Any, label: str, notes: Notes) -> Decimal | None:
    """A number not below 0, with a point or a comma; None when empty."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    number = _decimal(value)
    if number is None:
        notes.refuse(f"{label} “{_short(value)}” không phải là số", "Ghi một số, ví dụ 3 hoặc 1,5")
    elif number < 0:
        notes.refuse(f"{label} âm ({_short(value)})", "Ghi số từ 0 trở lên")
    else:
        return number
    return None


def _decimal(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    try:
        number = Decimal(str(value).strip().replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < 10**30 else None


def dong(value: Any, label: str, notes: Notes) -> int | None:
    """An amount in whole đồng; None when empty. Thousands may be grouped by dots."""
    if isinstance(value, str) and _GROUPED.fullmatch(value.strip()):
        value = value.strip().replace(".", "")
    number = decimal(value, label, notes)
    if number is None:
        return None
    if number != int(number) or number > MAX_DONG:
        notes.refuse(f"{label} “{_short(value)}” không phải số tiền nguyên đồng", "Ghi số đồng, ví dụ 50000")
        return None
    if 0 < number < 500:
        notes.warn(f"{label} chỉ {int(number)} đồng", "Kiểm tra nguồn có ghi theo nghìn đồng không")
    return int(number)


def limit(amount: Any, unit: Any, fee: Any, channel: str, notes: Notes) -> LimitRow:
    """One limit with its fee. A missing or unknown unit stays unsettled and is noted: a person decides."""
    words = CHANNEL_WORDS[channel]
    number = decimal(amount, f"Thời hạn {words}", notes)
    if number is not None and (number > MAX_AMOUNT or number != number.quantize(Decimal("0.01"))):
        notes.refuse(
            f"Thời hạn {words} “{_short(amount)}” ngoài khoảng cho phép",
            f"Ghi số từ 0 đến {MAX_AMOUNT}, tối đa hai số lẻ",
        )
        number = None
    unit_code, unit_text = _unit(unit, number, words, notes)
    if number is not None and number != int(number) and unit_code == Unit.WORKING_DAY:
        notes.warn(
            f"Thời hạn {words} {plain(number)} không nguyên ngày",
            "Thời hạn lẻ ngày làm việc được tính theo 8 giờ một ngày",
        )
    return LimitRow(number, unit_code, unit_text, dong(fee, f"Phí, lệ phí {words}", notes))


def _unit(value: Any, number: Decimal | None, words: str, notes: Notes) -> tuple[str, str]:
    written = text(value, f"Đơn vị thời hạn {words}", 60, notes)
    if not written:
        if number is not None:
            notes.warn(
                f"Thời hạn {words} {plain(number)} không ghi đơn vị",
                "Xác định đơn vị ở trang “Thời hạn cần xác định đơn vị”",
            )
        return "", ""
    try:
        unit = Unit.parse(written)
        if can_be_reckoned(number, unit):
            return unit.value, ""
        notes.warn(
            f"Thời hạn {words} {plain(number or Decimal(0))} {unit.label.lower()} không tính được (có phần lẻ hoặc quá dài)",
            "Đối chiếu văn bản, sửa thời hạn trong dự thảo",
        )
        return "", written
    except RuleViolation:
        notes.warn(
            f"Đơn vị thời hạn {words} “{written}” chưa được biết, ghi nhận nguyên văn",
            "Xác định đơn vị trên màn hình danh mục",
        )
        return "", written


def plain(number: Decimal) -> str:
    """A number without needless zeros, with a point: 15, 1.5."""
    shown = f"{number:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _short(value: Any) -> str:
    shown = str(value)
    return shown if len(shown) <= 40 else f"{shown[:37]}…"
