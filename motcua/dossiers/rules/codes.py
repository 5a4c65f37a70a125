"""Dossier codes (mã hồ sơ): `<agency id>-<YYMMDD>-<XXXX>` (Thông tư 01/2018/TT-VPCP, Điều 19).

The agency id is in the old form (000.00.12.H40) before Quyết định 20/2020/QĐ-TTg took effect, in the new one (H40.12)
since; the day of change is a dated setting. XXXX is the running number of that agency in that day, from 0001; past
9999 it grows to five and six digits.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from motcua.agencies.rules.codes import NEW_FORM_SINCE, form_on, in_form
from motcua.core.errors import RuleViolation

PATTERN = re.compile(
    r"^((?:\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2}|[A-Y]\d{2}(?:\.[0-9A-Za-z]+)*))-(\d{6})-(\d{4,6})$", re.ASCII
)
HIGHEST = 999_999


@dataclass(frozen=True, slots=True)
class DossierCode:
    """The parts of a code: agency identifier as written, legal date of receipt, running number."""

    agency_code: str
    day: date
    number: int


def make(agency_code: str, day: date, number: int, *, new_since: date = NEW_FORM_SINCE) -> str:
    """The code of the `number`-th dossier that an agency received on a legal date. Raises RuleViolation."""
    if not agency_code:
        raise RuleViolation(
            "Cơ quan tiếp nhận chưa có mã định danh nên không cấp được mã hồ sơ. Bổ sung mã định danh của cơ quan."
        )
    if not 1 <= number <= HIGHEST:
        raise RuleViolation(f"Số thứ tự hồ sơ {number} ngoài khoảng 1 đến {HIGHEST} của một ngày.")
    return f"{prefix(agency_code, day, new_since=new_since)}-{day:%y%m%d}-{number:04d}"


def prefix(agency_code: str, day: date, *, new_since: date = NEW_FORM_SINCE) -> str:
    """The agency identifier in the form in force on a legal date; the new form where no old one exists."""
    form = form_on(day, new_since)
    try:
        return in_form(agency_code, form)
    except RuleViolation:
        return in_form(agency_code, "new")


def parse(text: str) -> DossierCode:
    """The parts of a code as typed or scanned. Raises RuleViolation."""
    found = PATTERN.fullmatch(text.strip())
    if not found:
        raise RuleViolation(
            f"Mã hồ sơ “{text.strip()}” không đúng. Mã có dạng H40.12-261122-0001.", field="code"
        )
    try:
        day = datetime.strptime(found[2], "%y%m%d").date()
    except ValueError:
        raise RuleViolation(
            f"Mã hồ sơ “{text.strip()}” có ngày không đúng: {found[2]} không phải năm-tháng-ngày.",
            field="code",
        ) from None
    return DossierCode(found[1], day, int(found[3]))


def is_code(text: str) -> bool:
    """Whether the text has the form of a dossier code."""
    return bool(PATTERN.fullmatch(text.strip()))
