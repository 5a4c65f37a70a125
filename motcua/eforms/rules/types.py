"""The types of fields, and what a check of their answers needs beside the form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from motcua.eforms.rules.functions import Kind


class FieldType(StrEnum):
    """What a field asks for."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    IDENTITY = "identity"
    TAX_CODE = "tax_code"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    GROUP = "group"
    FILE = "file"
    DECLARATION = "declaration"
    SIGNATURE = "signature"
    STATIC = "static"


LABELS: Mapping[FieldType, str] = {
    FieldType.TEXT: "Chữ một dòng",
    FieldType.LONG_TEXT: "Chữ nhiều dòng",
    FieldType.NUMBER: "Số",
    FieldType.MONEY: "Số tiền (đồng)",
    FieldType.DATE: "Ngày tháng năm",
    FieldType.YES_NO: "Có hoặc không",
    FieldType.CHOICE: "Chọn một",
    FieldType.CHOICES: "Chọn nhiều",
    FieldType.IDENTITY: "Số định danh, hộ chiếu",
    FieldType.TAX_CODE: "Mã số thuế",
    FieldType.PHONE: "Số điện thoại",
    FieldType.EMAIL: "Thư điện tử",
    FieldType.ADDRESS: "Địa chỉ",
    FieldType.GROUP: "Nhóm lặp nhiều dòng",
    FieldType.FILE: "Tệp đính kèm",
    FieldType.DECLARATION: "Lời cam đoan phải đánh dấu",
    FieldType.SIGNATURE: "Chữ ký bằng họ tên",
    FieldType.STATIC: "Chữ giải thích",
}
KINDS: Mapping[FieldType, Kind] = {
    FieldType.NUMBER: Kind.NUMBER,
    FieldType.MONEY: Kind.NUMBER,
    FieldType.DATE: Kind.DATE,
    FieldType.YES_NO: Kind.TRUTH,
    FieldType.CHOICES: Kind.LIST,
    FieldType.GROUP: Kind.ROWS,
    FieldType.FILE: Kind.TRUTH,
    FieldType.DECLARATION: Kind.TRUTH,
    FieldType.SIGNATURE: Kind.TRUTH,
}


class Units(Protocol):
    """The administrative units as a check of addresses needs them (`places.queries.Units`)."""

    def settle(self, address: Mapping[str, str], day: date | None) -> dict[str, str]:
        """An address with its units found and its text written. Raises RuleViolation that says which part is wrong."""


@dataclass(frozen=True)
class Context:
    """What a check needs beside the form: the moment of the filling (aware), the administrative units, whose files count."""

    at: datetime | None = None
    units: Units | None = None
    may_use_file: Callable[[str], bool] | None = None


def kind_of(type_: FieldType) -> Kind:
    """What a field of this type is in an expression."""
    return KINDS.get(type_, Kind.TEXT)


def is_blank(value: Any) -> bool:
    """Whether nothing was answered."""
    if isinstance(value, Mapping):
        return not any(part for key, part in value.items() if key not in ("era", "at", "set"))
    return (
        value is None
        or value is False
        or value in ("", [], ())
        or (isinstance(value, str) and not value.strip())
    )
