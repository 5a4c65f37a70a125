"""What a person may type for each type of field, what is kept of it (JSON), what it is in an expression.

Every check takes what was typed or what was kept before and gives what is kept: checking twice changes nothing.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from motcua.core import identity
from motcua.core.errors import RuleViolation
from motcua.core.text import nfc
from motcua.eforms.rules.functions import LARGEST, YEARS, Kind
from motcua.eforms.rules.types import Context, FieldType, is_blank, kind_of

if TYPE_CHECKING:
    from motcua.eforms.rules.schema import Field

LINE, PAGE = 300, 5000
FILES = 5
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+){1,8}")
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9:_-]{0,63}")


def checked(field: "Field", value: Any, context: Context, day: date | None = None) -> Any:
    """What is kept of what was typed. Raises RuleViolation that says what is wrong. `day`: when an address holds."""
    if field.type is FieldType.ADDRESS:
        return _address(value, context, day)
    if field.type is FieldType.SIGNATURE:
        return _signature(value, context)
    if field.type is FieldType.FILE:
        return _files(value, context)
    return CHECKS[field.type](field, value)


def _text(field: "Field", value: Any) -> str:
    most = field.length or LINE
    return _short(nfc(_typed(value)), most)


def _long_text(field: "Field", value: Any) -> str:
    lines = (nfc(line) for line in _typed(value).splitlines())
    return _short("\n".join(lines).strip(), field.length or PAGE)


def _typed(value: Any) -> str:
    if not isinstance(value, str):
        raise RuleViolation("Nhập bằng chữ.")
    if any(ord(letter) < 32 and letter not in "\r\n\t" for letter in value):
        raise RuleViolation("Có ký tự không in được. Gõ lại.")
    return value


def _short(text: str, most: int) -> str:
    if len(text) > most:
        raise RuleViolation(f"Dài {len(text)} ký tự, chỉ được {most}. Viết ngắn lại.")
    return text


def number_of(value: Any) -> Decimal:
    """A number as typed (1.234,5; 1234.5) or as kept. Raises RuleViolation."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise RuleViolation("Nhập một số.")
    text = (
        re.sub(r"\s", "", value)
        if isinstance(value, str)
        else repr(value)
        if isinstance(value, float)
        else str(value)
    )
    if isinstance(value, str):
        if re.fullmatch(r"[-+]?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?", text):
            text = text.replace(".", "")
        text = text.replace(",", ".")
    if len(text) > 24 or not re.fullmatch(r"[-+]?[0-9]+(?:\.[0-9]+)?", text):
        raise RuleViolation("Nhập một số, ví dụ 1.250 hoặc 1,5.")
    number = Decimal(text)
    if abs(number) > LARGEST:
        raise RuleViolation("Số quá lớn.")
    return number


def kept_number(number: Decimal) -> int | float:
    """A number as JSON keeps it: whole numbers as such."""
    return int(number) if number == int(number) else float(number)


def _number(field: "Field", value: Any) -> int | float:
    number = number_of(value)
    if number != round(number, field.decimals):
        least = (
            "số nguyên" if not field.decimals else f"số có nhiều nhất {field.decimals} chữ số sau dấu phẩy"
        )
        raise RuleViolation(f"Nhập {least}.")
    return kept_number(number)


def _money(field: "Field", value: Any) -> int:
    text = (
        re.sub(r"\s*(?:đ|đồng|vnđ|vnd)\.?\s*$", "", value.strip().lower())
        if isinstance(value, str)
        else value
    )
    number = number_of(text)
    if number != int(number) or number < 0:
        raise RuleViolation("Nhập số tiền bằng đồng, không có phần lẻ, ví dụ 1.500.000.")
    return int(number)


def _date(field: "Field", value: Any) -> str:
    return day_of(value).isoformat()


def day_of(value: Any) -> date:
    """A date as typed (5/1/2026, 05-01-2026, 05012026) or kept (2026-01-05). Raises RuleViolation."""
    text = value.strip() if isinstance(value, str) else ""
    found = re.fullmatch(r"([0-9]{1,2})\s*[/.\- ]\s*([0-9]{1,2})\s*[/.\- ]\s*([0-9]{4})", text)
    found = found or re.fullmatch(r"([0-9]{2})([0-9]{2})([0-9]{4})", text)
    kept = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    parts = found.groups() if found else kept.groups()[::-1] if kept else ()
    try:
        day, month, year = (int(part) for part in parts)
        if year not in YEARS:
            raise ValueError
        return date(year, month, day)
    except ValueError:
        raise RuleViolation("Nhập ngày theo dạng ngày/tháng/năm, ví dụ 05/01/2026.") from None


def _yes_no(field: "Field", value: Any) -> str:
    found = {"co": "yes", "yes": "yes", "khong": "no", "no": "no"}.get(str(value))
    if found is None:
        raise RuleViolation("Chọn Có hoặc Không.")
    return found


def _choice(field: "Field", value: Any) -> str:
    if not any(option.value == value for option in field.options):
        raise RuleViolation("Chọn một mục trong danh sách.")
    return str(value)


def _choices(field: "Field", value: Any) -> list[str]:
    sent = [value] if isinstance(value, str) else value
    known = [option.value for option in field.options]
    if not isinstance(sent, list) or not set(map(str, sent)) <= set(known):
        raise RuleViolation("Chọn các mục trong danh sách.")
    return [one for one in known if one in sent]


def _by(check: Callable[[str], str]) -> Callable[["Field", Any], str]:
    return lambda field, value: check(_short(_typed(value), LINE))


def _email(field: "Field", value: Any) -> str:
    text = _short(_typed(value).strip(), 254)
    if not _EMAIL.fullmatch(text):
        raise RuleViolation("Địa chỉ thư điện tử không đúng, ví dụ ten@vidu.vn.")
    return text


def _declaration(field: "Field", value: Any) -> bool:
    if value not in (True, "on", "1", "yes"):
        raise RuleViolation("Đánh dấu vào ô để cam đoan.")
    return True


def _address(value: Any, context: Context, day: date | None) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise RuleViolation("Nhập địa chỉ.")
    parts = {
        key: _short(nfc(_typed(value.get(key) or "")), LINE)
        for key in ("era", "province", "district", "commune", "line")
    }
    if context.units is None:
        raise RuleViolation("Chưa kiểm tra được địa danh. Thử lại sau.")
    return context.units.settle(parts, day)


def _signature(value: Any, context: Context) -> dict[str, str]:
    """The typed name with the moment of signing; one signed before keeps its moment."""
    if not isinstance(value, Mapping):
        raise RuleViolation("Gõ họ tên để ký.")
    name = _short(nfc(_typed(value.get("name") or "")), 100)
    if len(name.split()) < 2:
        raise RuleViolation("Gõ đủ họ và tên như trong giấy tờ để ký.")
    if value.get("agree") not in (True, "on", "1", "yes"):
        raise RuleViolation("Đánh dấu vào ô cam đoan trước khi ký.")
    at = value.get("at") or (context.at.isoformat(timespec="seconds") if context.at else "")
    return {"name": name, "agree": "yes", "at": str(at)[:40]}


def _files(value: Any, context: Context) -> list[str]:
    sent = [value] if isinstance(value, str) else value
    if (
        not isinstance(sent, list)
        or len(sent) > FILES
        or not all(isinstance(one, str) and _FILE.fullmatch(one) for one in sent)
    ):
        raise RuleViolation(f"Đính kèm nhiều nhất {FILES} tệp.")
    if context.may_use_file and not all(map(context.may_use_file, sent)):
        raise RuleViolation("Có tệp không còn dùng được. Đính kèm lại.")
    return list(dict.fromkeys(sent))


CHECKS: Mapping[FieldType, Callable[["Field", Any], Any]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: _long_text,
    FieldType.NUMBER: _number,
    FieldType.MONEY: _money,
    FieldType.DATE: _date,
    FieldType.YES_NO: _yes_no,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.IDENTITY: _by(identity.identity_number),
    FieldType.TAX_CODE: _by(identity.tax_code),
    FieldType.PHONE: _by(identity.phone),
    FieldType.EMAIL: _email,
    FieldType.DECLARATION: _declaration,
}


def as_operand(type_: FieldType, kept: Any) -> Any:
    """A kept value as expressions see it; None for blank."""
    if is_blank(kept):
        return None
    match kind_of(type_):
        case Kind.NUMBER:
            return number_of(kept)
        case Kind.DATE:
            return date.fromisoformat(kept)
        case Kind.LIST:
            return tuple(kept)
        case Kind.TRUTH:
            return kept == "yes" if type_ is FieldType.YES_NO else True
    return kept["text"] if type_ is FieldType.ADDRESS else kept


def from_operand(type_: FieldType, value: Any, decimals: int) -> Any:
    """What is kept of a calculated value; None for blank."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return kept_number(round(value, 0 if type_ is FieldType.MONEY else decimals))
    return value.isoformat() if isinstance(value, date) else value
