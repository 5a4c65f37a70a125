"""Does a version have the parts that Nghị định 63/2010/NĐ-CP, Điều 8 asks for before it may be published?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from motcua.core.errors import RuleViolation
from motcua.procedures.rules.limits import can_be_reckoned
from motcua.procedures.rules.online import check_level, takes_online
from motcua.procedures.rules.process import Finding


@dataclass(frozen=True)
class LimitPart:
    """A limit through one channel, in general or for a case, as a draft has it."""

    channel: str
    amount: Decimal | None
    unit: str
    case: str = ""


@dataclass(frozen=True)
class VersionParts:
    """What the check looks at."""

    name: str
    steps_text: str
    agency_text: str
    audiences: Sequence[str]
    limits: Sequence[LimitPart]
    paper_names: Sequence[str]
    results: Sequence[str]
    legal_bases: Sequence[str]
    online_level: str
    partial_reason: str
    copies_of_dossier: int


def check_version(parts: VersionParts, on: date) -> tuple[Finding, ...]:
    """Errors forbid publication on that day, warnings are read and decided."""
    return (*_mandatory(parts), *_limits(parts), *_online(parts, on))


def _mandatory(parts: VersionParts) -> list[Finding]:
    wanted = (
        (parts.name.strip(), True, "Chưa có tên thủ tục."),
        (parts.limits, True, "Chưa có cách thức thực hiện và thời hạn."),
        (parts.copies_of_dossier > 0, True, "Số bộ hồ sơ phải từ 1."),
        (parts.agency_text.strip(), False, "Chưa ghi cơ quan thực hiện."),
        (parts.steps_text.strip(), False, "Chưa ghi trình tự thực hiện."),
        (parts.audiences, False, "Chưa ghi đối tượng thực hiện."),
        (parts.paper_names, False, "Chưa có thành phần hồ sơ."),
        (parts.results, False, "Chưa có kết quả thực hiện."),
        (parts.legal_bases, False, "Chưa có căn cứ pháp lý."),
    )
    return [Finding(is_error, 0, message) for present, is_error, message in wanted if not present]


def _limits(parts: VersionParts) -> list[Finding]:
    unsettled = any(part.amount is not None and not part.unit for part in parts.limits)
    general = [part.channel for part in parts.limits if not part.case]
    found = []
    if unsettled:
        found.append(
            Finding(True, 0, "Thời hạn chưa có đơn vị. Chọn ngày làm việc, ngày, giờ, tháng hay trong ngày.")
        )
    if not all(can_be_reckoned(part.amount, part.unit) for part in parts.limits):
        found.append(Finding(True, 0, "Thời hạn tính theo ngày hoặc tháng phải là số nguyên. Sửa thời hạn."))
    if len(set(general)) < len(general):
        found.append(
            Finding(
                False,
                0,
                "Một cách thức có nhiều thời hạn mà không nêu trường hợp; khi tiếp nhận lấy thời hạn đầu tiên. "
                "Nêu trường hợp của từng thời hạn.",
            )
        )
    return found


def _online(parts: VersionParts, on: date) -> list[Finding]:
    found = []
    try:
        check_level(parts.online_level, parts.partial_reason, on)
    except RuleViolation as error:
        found.append(Finding(True, 0, error.message))
    if takes_online(parts.online_level) and not any(part.channel == "online" for part in parts.limits):
        found.append(
            Finding(False, 0, "Có dịch vụ công trực tuyến nhưng chưa ghi thời hạn của cách thức trực tuyến.")
        )
    return found
