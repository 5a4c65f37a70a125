"""Agency identifier codes in the old and the new form, and their conversion.

New form: Quyết định 20/2020/QĐ-TTg (in force 15-9-2020), from level 1 on the left: `H40.12`, at most 35
characters. Old form: QCVN 102:2016/BTTTT, used in dossier codes by Thông tư 01/2018/TT-VPCP, Điều 19:
`V1V2V3.Z1Z2.Y1Y2.MX1X2`, level 1 on the right, zeros where a level is unused: `000.00.12.H40`.
"""

import re
from datetime import date
from enum import StrEnum

from motcua.core.errors import RuleViolation

MAX_LENGTH = 35
NEW_FORM_SINCE = date(2020, 9, 15)
_NEW = re.compile(r"[A-Y]\d{2}(\.[A-Z0-9]{1,32})*", re.ASCII)
_OLD = re.compile(r"(\d{3})\.(\d{2})\.(\d{2})\.([A-Y]\d{2})", re.ASCII)


class CodeForm(StrEnum):
    """How an agency's identifier is written."""

    OLD = "old"
    NEW = "new"


def is_old(text: str) -> bool:
    """Whether the text is an identifier in the old form that has a counterpart in the new one."""
    found = _OLD.fullmatch(text)
    # A level 3 without its level 2 would fall together with another agency's code in the new form.
    return found is not None and not (_zero(found[3]) and not _zero(found[2]))


def is_new(text: str) -> bool:
    """Whether the text is an identifier in the new form: at most 35 characters, no group of zeros only."""
    groups = text.split(".")[1:]
    return len(text) <= MAX_LENGTH and bool(_NEW.fullmatch(text)) and not any(_zero(g) for g in groups)


def is_valid_code(text: str) -> bool:
    """Whether the text is an identifier in either form."""
    return is_new(text) or is_old(text)


def to_new(code: str) -> str:
    """`000.00.12.H40` as `H40.12`; a code already in the new form is returned as it is. Raises
    RuleViolation.
    """
    code = _clean(code)
    if is_new(code):
        return code
    if not is_old(code):
        raise _invalid(code)
    level_1, *others = reversed(code.split("."))
    return ".".join([level_1, *(group for group in others if not _zero(group))])


def to_old(code: str) -> str:
    """`H40.12` as `000.00.12.H40`; a code already in the old form is returned as it is.

    Raises RuleViolation when the code is invalid or has no old form: letters, more than four levels, long
    groups.
    """
    code = _clean(code)
    if is_old(code):
        return code
    if not is_new(code):
        raise _invalid(code)
    level_1, *others = code.split(".")
    # Level 4 is the only group of three digits, so its width tells it apart when a level between is unused.
    level_4 = others.pop() if others and (len(others) == 3 or len(others[-1]) == 3) else ""
    if (
        len(others) > 2
        or len(level_4) > 3
        or any(len(group) > 2 for group in others)
        or not _digits(others, level_4)
    ):
        raise RuleViolation(
            f"Mã định danh {code} không có dạng cũ tương ứng (tối đa bốn cấp, mỗi cấp chỉ gồm chữ số)."
        )
    level_2, level_3 = (group.zfill(2) for group in [*others, "", ""][:2])
    return f"{level_4.zfill(3)}.{level_3}.{level_2}.{level_1}"


def in_form(code: str, form: CodeForm | str) -> str:
    """The identifier written in the form that is asked for. Raises RuleViolation."""
    return to_old(code) if form == CodeForm.OLD else to_new(code)


def form_on(day: date, since: date = NEW_FORM_SINCE) -> CodeForm:
    """The form in force on a legal date; `since` is the first day of the new form (a dated setting may
    move it).
    """
    return CodeForm.NEW if day >= since else CodeForm.OLD


def _clean(text: str) -> str:
    return text.strip().upper()


def _zero(group: str) -> bool:
    return not group.strip("0")


def _digits(groups: list[str], last: str) -> bool:
    return all(group.isdecimal() and group.isascii() for group in [*groups, last or "0"])


def _invalid(code: str) -> RuleViolation:
    return RuleViolation(
        f"Mã định danh “{code}” không đúng. "
        "Viết như H40.12 (Quyết định 20/2020/QĐ-TTg) hoặc 000.00.12.H40 (dạng cũ)."
    )
