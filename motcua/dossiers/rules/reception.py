"""Where and when a dossier may be received: own counter, seated agency, non-territorial; no back-dating."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from motcua.core.errors import RuleViolation


@dataclass(frozen=True, slots=True)
class Offer:
    """An agency that resolves the procedure on the day, as seen from one office."""

    agency_id: int
    agency_name: str
    is_own: bool
    is_seated: bool
    non_territorial: bool = False
    by_post: bool = True

    @property
    def may_be_received_here(self) -> bool:
        """Own dossiers, those of agencies seated at the counter that day, and those open to reception anywhere
        (NĐ 118/2025, Điều 15).
        """
        return self.is_own or self.is_seated or self.non_territorial


def choose(offers: Sequence[Offer], wanted: int | None, day: date) -> Offer:
    """The agency that will resolve: the one wanted, else the office's own, else the only one. Raises RuleViolation."""
    if wanted is not None:
        return _wanted(offers, wanted, day)
    here = [o for o in offers if o.is_own] or [o for o in offers if o.is_seated]
    if len(here) == 1:
        return here[0]
    if here:
        names = ", ".join(o.agency_name for o in here)
        raise RuleViolation(
            f"Nhiều cơ quan cùng giải quyết thủ tục này: {names}. Chọn cơ quan giải quyết.",
            field="resolving_agency",
        )
    raise RuleViolation(
        f"Ngày {day:%d/%m/%Y} không có cơ quan nào nhận thủ tục này tại quầy. "
        "Kiểm tra danh mục, quầy của cơ quan ngành dọc, hoặc chọn cơ quan cho tiếp nhận phi địa giới.",
        field="procedure",
    )


def _wanted(offers: Sequence[Offer], wanted: int, day: date) -> Offer:
    found = next((o for o in offers if o.agency_id == wanted), None)
    if found is None:
        raise RuleViolation(
            f"Cơ quan được chọn không giải quyết thủ tục này vào ngày {day:%d/%m/%Y}. Chọn cơ quan khác.",
            field="resolving_agency",
        )
    if not found.may_be_received_here:
        raise RuleViolation(
            f"{found.agency_name} chưa đặt quầy tại bộ phận này vào ngày {day:%d/%m/%Y} và thủ tục không được tiếp nhận "
            "phi địa giới. Hướng dẫn người nộp đến đúng nơi tiếp nhận.",
            field="resolving_agency",
        )
    return found


def require_moment(received_at: datetime, at: datetime, tolerance: timedelta) -> None:
    """Raise RuleViolation unless the stated moment of reception is that of the act, or earlier by at most `tolerance`."""
    if received_at > at:
        raise RuleViolation("Thời điểm tiếp nhận không thể sau thời điểm ghi nhận.", field="received_at")
    if at - received_at > tolerance:
        minutes = int(tolerance.total_seconds() // 60)
        raise RuleViolation(
            f"Không ghi lùi thời điểm tiếp nhận quá {minutes} phút. Hồ sơ tính từ lúc tiếp nhận thực tế.",
            field="received_at",
        )


def transfer_due(received_at: datetime, cutoff: time, next_opening: datetime) -> datetime:
    """By when the dossier must be with the resolving agency: the end of the day of receipt, or, when received after the
    cut-off (15:00), the opening of the next working day (NĐ 61/2018, Điều 18). Local moments.
    """
    if received_at.time() > cutoff:
        return next_opening
    return datetime.combine(received_at.date(), time(23, 59, 59))
